"""The form of the signing desk: the key of the batch, and the password unless it was confirmed just now."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.penegasan import sudah_ditegaskan
from core.formulir import Formulir
from perizinan.forms.penetapan import bidang_sandi, periksa_sandi


class FormMeja(Formulir):
    """What is ticked is read by the view; this asks who ticks."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        self.__dict__["base_fields"] = {} if sudah_ditegaskan(request) else {"sandi": bidang_sandi()}
        super().__init__(*args, **kwargs)

    def clean_sandi(self) -> str:
        return periksa_sandi(self)

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.request.POST.getlist("pilih"):
            raise forms.ValidationError(gettext("Belum ada surat yang dipilih."))
        return self.cleaned_data

    @property
    def kunci(self) -> str:
        """The batch's idempotency key; every document adds its own part."""
        return self.request.POST.get("kunci", "")[:36] or str(uuid.uuid4())
