"""What both sides' page "Bagaimana tanggal ini dihitung?" shares: its numbers and its PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.waktu import sekarang
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.models import Dokumen, Permohonan
from perizinan.muat_buku import rincian
from perizinan.services.rincian import minta_rincian


def konteks(berkas: Permohonan, nama_alamat: str) -> dict[str, Any]:
    """Arithmetic, ledger, and the newest PDF of it with its address as soon as it can be opened."""
    hasil = rincian(berkas, sekarang())
    surat = surat_rincian(berkas)
    siap = surat is not None and surat.status == StatusDokumen.JADI
    alamat = reverse(nama_alamat, args=[surat.kunci]) if surat and siap else ""
    return {"rincian": hasil, "hitungan": hasil.hitungan, "surat": surat, "alamat_surat": alamat}


def surat_rincian(berkas: Permohonan) -> Dokumen | None:
    """The newest PDF that was ordered and did not fail."""
    daftar = berkas.dokumen.filter(jenis=JenisDokumen.RINCIAN_WAKTU).exclude(status=StatusDokumen.GAGAL)
    return daftar.order_by("-pk").first()


def pesan_pdf(request: HttpRequest, berkas: Permohonan, kembali: HttpResponse) -> HttpResponse:
    """Order the PDF and go back to the page, which says when it is there."""
    minta_rincian(berkas)
    messages.success(request, _("Permintaan PDF kami terima."))
    return kembali
