"""Filing services of one SOP number together (docs/keputusan/0006): another draft of the same package, one tap."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.galat import GalatPortal
from perizinan import services
from perizinan.models import JenisIzin
from perizinan.views._saya import akun, berkas_saya, kunci_kiriman


@require_POST
def tambah(request: HttpRequest, acuan: str) -> HttpResponse:
    """Start the draft of a sibling service with what is already known, and go on with its form."""
    berkas = berkas_saya(request, acuan)
    jenis = get_object_or_404(JenisIzin, kode=request.POST.get("layanan", ""))
    try:
        baru = services.tambah_sepaket(berkas, jenis, oleh=akun(request), kunci=kunci_kiriman(request))
    except GalatPortal as galat:
        messages.error(request, galat.pesan)
        return redirect("permohonan_tinjau", berkas.acuan)
    messages.success(request, _("%(nama)s ditambahkan. Isian yang sama sudah terisi.") % {"nama": jenis.nama})
    return redirect("permohonan_isian", baru.acuan)
