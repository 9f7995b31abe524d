"""Log in and register by e-mail or phone; the sentences never tell whether an account exists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Akun
from core.formulir import Formulir
from core.identitas import telepon_sah

_SANDI_MAKS = 128


def rapikan_kontak(teks: str) -> str:
    """One spelling of an e-mail or a phone, so that tries on one account are counted together.

    What is neither comes back as it was typed.
    """
    teks = teks.strip()
    if "@" in teks:
        return teks.lower()
    try:
        return telepon_sah(teks)
    except ValidationError:
        return teks


class FormMasuk(Formulir):
    """E-mail or phone with a password. The interface is that of Django's AuthenticationForm."""

    username = forms.CharField(
        label=gettext_lazy("Email atau nomor HP"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        max_length=_SANDI_MAKS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.akun: Akun | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask the backends; axes counts the failure and answers for a locked account."""
        data = self.cleaned_data
        nama, sandi = data.get("username"), data.get("password")
        if nama and sandi:
            akun = authenticate(self.request, username=rapikan_kontak(nama), password=sandi)
            if not isinstance(akun, Akun):
                raise ValidationError(_("Email atau nomor HP dan kata sandi itu belum cocok. Periksa lagi keduanya."))
            self.akun = akun
        return data

    def get_user(self) -> Akun | None:
        """The account that logged in; LoginView asks for it."""
        return self.akun


class FormDaftar(Formulir):
    """A new account: name, e-mail or phone, password. Who applies is asked later, in the application."""

    nama = forms.CharField(
        label=gettext_lazy("Nama Anda"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    kontak = forms.CharField(
        label=gettext_lazy("Nomor HP atau email"),
        help_text=gettext_lazy("Dipakai untuk masuk. Contoh: 0812 3456 7890 atau nama@contoh.com."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    sandi = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        help_text=gettext_lazy("Paling sedikit 10 huruf atau angka. Kalimat pendek mudah diingat dan sulit ditebak."),
        max_length=_SANDI_MAKS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_kontak(self) -> dict[str, str]:
        """Which of the two it is: {"surel": ..} or {"hp": ..}."""
        kontak = rapikan_kontak(self.cleaned_data["kontak"])
        if "@" in kontak:
            try:
                validate_email(kontak)
            except ValidationError as galat:
                raise ValidationError(_("Email ini belum benar. Contoh: nama@contoh.com.")) from galat
            return {"surel": kontak}
        return {"hp": telepon_sah(kontak)}

    def clean_sandi(self) -> str:
        sandi: str = self.cleaned_data["sandi"]
        password_validation.validate_password(sandi)
        return sandi

    def simpan(self) -> Akun | None:
        """Make the account; None, with a sentence on the form, when the contact cannot be used."""
        data = self.cleaned_data
        try:
            with transaction.atomic():
                return Akun.objects.create_user(nama=data["nama"], password=data["sandi"], **data["kontak"])
        except IntegrityError:
            pesan = _(
                "Akun dengan nomor HP atau email ini belum dapat dibuat. Sudah pernah mendaftar? Masuk saja; bila"
                " lupa kata sandi, bawa KTP ke loket."
            )
            self.add_error("kontak", pesan)
            return None
