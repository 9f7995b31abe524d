"""Log in by e-mail or by phone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import Akun
from core.identitas import telepon_sah


class SurelAtauHp(ModelBackend):
    """Finds the account by e-mail (case-insensitive) or by phone (any usual spelling)."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Akun | None:
        """The account when the password fits and it is active, else None. Hashes once either way."""
        akun = self._cari(username or kwargs.get(Akun.USERNAME_FIELD) or "")
        if akun is None:
            Akun().set_password(password)
            return None
        if akun.check_password(password or "") and self.user_can_authenticate(akun):
            return akun
        return None

    def _cari(self, masukan: str) -> Akun | None:
        masukan = masukan.strip()
        if "@" in masukan:
            return Akun.objects.filter(surel=masukan.lower()).first()
        try:
            return Akun.objects.filter(hp=telepon_sah(masukan)).first()
        except ValidationError:
            return None
