"""Where every applicant's view starts: the files that are this person's to act on, everything else is not found."""

from __future__ import annotations

import uuid

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Akun
from core.mesin import transisi_dari
from perizinan.models import Permohonan
from perizinan.querysets import PermohonanQuerySet

_TERKAIT = ("jenis_izin", "versi_layanan", "pihak", "pemohon", "kuasa", "bidang", "unit_penerbit")


def akun(request: HttpRequest) -> Akun:
    """The person who is logged in; LoginRequiredMiddleware lets nobody else through."""
    assert isinstance(request.user, Akun)  # noqa: S101 the middleware's promise, for the type checker
    return request.user


def milik(orang: Akun) -> PermohonanQuerySet:
    """Own files, files under a power of attorney in force, and drafts that this person is typing at the loket."""
    saya = Q(pemohon__akun=orang) | Q(kuasa__penerima=orang) | Q(nomor__isnull=True, dibuat_oleh=orang)
    return Permohonan.objects.terlihat_oleh(orang).filter(saya)


def berkas_saya(request: HttpRequest, acuan: str) -> Permohonan:
    """One of them, by its public number or its draft's key. Raises Http404."""
    return get_object_or_404(milik(akun(request)).beracuan(acuan).select_related(*_TERKAIT))


def isian_saya(request: HttpRequest, acuan: str) -> Permohonan:
    """The same with the fields of its form, for the steps of filling in."""
    daftar = milik(akun(request)).beracuan(acuan).select_related(*_TERKAIT)
    return get_object_or_404(daftar.prefetch_related("versi_layanan__isian"))


def masih_draf(berkas: Permohonan) -> bool:
    """Whether the file can still be sent for the first time, as the machine says."""
    return transisi_dari(berkas, "ajukan") is not None


def kunci_baru() -> str:
    """A key for one form: the same form sent twice acts once (R7)."""
    return str(uuid.uuid4())


def versi_kiriman(request: HttpRequest) -> int | None:
    """The version of the file that the form had shown, if it said one."""
    teks = request.POST.get("versi", "")
    return int(teks) if teks.isdigit() and len(teks) < 10 else None


def kunci_kiriman(request: HttpRequest) -> str | None:
    """The form's key, cut to what the table holds."""
    return request.POST.get("kunci", "")[:80] or None
