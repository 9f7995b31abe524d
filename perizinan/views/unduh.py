"""Files leave the portal here and nowhere else: scope first, then a name, then headers that disarm (R10, B27).

Who may see a file may see its papers (`terlihat_oleh`); anything else is 404. An SK is the applicant's only
when it is signed, a konsep never. What is sent is an attachment, except a PDF or picture that was asked for with
`?lihat=1`.
"""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_sendfile import sendfile

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, TransisiDitolak
from core.unggah import nama_aman
from perizinan import services
from perizinan.enums import JenisDokumen, StatusDokumen, StatusPermohonan
from perizinan.models import Berkas, Dokumen, FotoPemeriksaan, Permohonan, Rekomendasi
from perizinan.perms import memegang
from perizinan.services import survei

#: What may stand in the browser's window, by the content that was found when the file came in.
JENIS_ISI = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
CSP_FILE = "sandbox; default-src 'none'"
#: The same for what our own check page shows in a frame; the style is the browser's own viewer's.
CSP_DILIHAT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_TEKNIS = frozenset({Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS})


def kirim(request: HttpRequest, berkas: FieldFile, nama: str, *, jenis: str) -> HttpResponse:
    """Send a stored file under a clean name (RFC 6266). 404 when the bytes are gone."""
    dikenal = jenis in JENIS_ISI
    lihat = dikenal and request.GET.get("lihat") == "1"
    isi = JENIS_ISI[jenis] if dikenal else "application/octet-stream"
    respons: HttpResponse = sendfile(request, berkas.path, attachment_filename=False, mimetype=isi)
    tawaran = nama_aman(nama, jenis) if dikenal else "berkas"  # type: ignore[arg-type] # known: one of the three
    respons["Content-Disposition"] = content_disposition_header(not lihat, tawaran) or ""
    respons["Content-Security-Policy"] = CSP_DILIHAT if lihat else CSP_FILE
    if lihat:
        respons["X-Frame-Options"] = "SAMEORIGIN"  # our own check page shows it in a frame
    respons["X-Content-Type-Options"] = "nosniff"
    respons["Cache-Control"] = "no-store, private"
    return respons


def _akun(request: HttpRequest) -> Akun:
    """Whoever is logged in; the middleware turned everybody else away."""
    assert isinstance(request.user, Akun)  # noqa: S101 LoginRequiredMiddleware
    return request.user


def _pihak(permohonan: Permohonan, akun: Akun) -> bool:
    """Whether somebody is on the applicant's side of a file: the party itself, or an agent in force."""
    return memegang(Peran.PEMOHON, permohonan, akun) or memegang(Peran.KUASA, permohonan, akun)


def _hanya_teknis(akun: Akun) -> bool:
    return bool(akun.daftar_peran) and not akun.daftar_peran - _TEKNIS


def dokumen_terlihat(akun: Akun) -> QuerySet[Dokumen]:
    """Documents of the files that somebody may see; a team sees no konsep and no other SKPD's berita acara."""
    daftar = Dokumen.objects.filter(permohonan__in=Permohonan.objects.terlihat_oleh(akun))
    if not _hanya_teknis(akun):
        return daftar
    milik = Rekomendasi.objects.terlihat_oleh(akun).values_list("kunci", flat=True)
    asing = daftar.filter(jenis=JenisDokumen.BAP).exclude(acuan__in=[str(k) for k in milik])
    return daftar.exclude(pk__in=asing.values("pk")).exclude(jenis=JenisDokumen.KONSEP_SK)


def _ambil(akun: Akun, kunci: UUID) -> Dokumen:
    terkait = ("permohonan__jenis_izin", "permohonan__kuasa")
    return get_object_or_404(dokumen_terlihat(akun).select_related(*terkait), kunci=kunci)


def _kirim_dokumen(request: HttpRequest, dokumen: Dokumen) -> HttpResponse:
    """The PDF, or the sentence that says why there is none yet."""
    if dokumen.status == StatusDokumen.DIMINTA:
        raise TransisiDitolak(_("Dokumen ini sedang kami buat. Coba lagi sebentar lagi."), kode="dokumen_belum_jadi")
    if not dokumen.berkas:
        raise TransisiDitolak(
            _("Dokumen ini belum berhasil kami buat. Petugas kami melihatnya juga."), kode="dokumen_gagal"
        )
    return kirim(request, dokumen.berkas, nama_unduhan(dokumen), jenis="pdf")


def nama_unduhan(dokumen: Dokumen) -> str:
    """A name that says what the file is: `sk-503-0001-IMB-BPPT-2026.pdf`."""
    nomor = re.sub(r"[^A-Za-z0-9]+", "-", dokumen.nomor or dokumen.permohonan.acuan).strip("-")
    return f"{dokumen.jenis.replace('_', '-')}-{nomor}.pdf"


@require_http_methods(["GET", "HEAD", "POST"])
def dokumen(request: HttpRequest, kunci: UUID) -> HttpResponse:
    """One document. The applicant's first download of the signed SK is the hand-over (row 25), so it is a POST.

    A GET before that shows the button; a GET never changes anything (reliability.md B18).
    """
    akun = _akun(request)
    d = _ambil(akun, kunci)
    pihak = _pihak(d.permohonan, akun)
    if d.jenis == JenisDokumen.KONSEP_SK and pihak:
        raise Http404
    if d.jenis != JenisDokumen.SK or not pihak:
        return _kirim_dokumen(request, d)
    if d.status != StatusDokumen.DITANDATANGANI:
        raise Http404
    if d.permohonan.status == StatusPermohonan.TERBIT:
        if request.method != "POST" or _belum_memilih(request, d.permohonan):
            return _tawarkan(request, d)
        _serahkan(d.permohonan, akun)
        if request.POST.get("survei") == "lain_kali":
            survei.tunda(d.permohonan_id)
    return _kirim_dokumen(request, d)


def _belum_memilih(request: HttpRequest, permohonan: Permohonan) -> bool:
    """Under the stricter setting the first download asks for the survey or for a deliberate "not now"."""
    if not survei.tawaran_ketat() or request.POST.get("tidak_sekarang"):
        return False
    return bool(survei.kode_terbuka(permohonan))


def _tawarkan(request: HttpRequest, d: Dokumen) -> HttpResponse:
    """The button that hands the permit over, and the survey beside it."""
    konteks = {
        "dokumen": d,
        "permohonan": d.permohonan,
        "survei": survei.kode_terbuka(d.permohonan),
        "ketat": survei.tawaran_ketat(),
    }
    return render(request, "perizinan/pemohon/unduh_izin.html", konteks)


def _serahkan(permohonan: Permohonan, akun: Akun) -> None:
    """Hand over, before a byte is sent. Two clicks at once are one hand-over."""
    try:
        services.serahkan_daring(permohonan.pk, oleh=akun)
    except Bentrok:
        if Permohonan.objects.values_list("status", flat=True).get(pk=permohonan.pk) != StatusPermohonan.DISERAHKAN:
            raise


@require_safe
def dokumen_petugas(request: HttpRequest, kunci: UUID) -> HttpResponse:
    """The frozen PDF as the signatory previews it: staff of the file only, inline, no hand-over."""
    akun = _akun(request)
    if not akun.petugas:
        raise Http404
    d = _ambil(akun, kunci)
    if _pihak(d.permohonan, akun):
        raise Http404
    _sisipkan_lihat(request)
    return _kirim_dokumen(request, d)


def _sisipkan_lihat(request: HttpRequest) -> None:
    """Preview means inline, without the reader having to ask for it in the address."""
    tanya = request.GET.copy()
    tanya["lihat"] = "1"
    request.GET = tanya  # type: ignore[assignment] # a QueryDict is what Django keeps there


@require_safe
def berkas(request: HttpRequest, kunci: UUID) -> HttpResponse:
    """An uploaded file of an application. Letters stated electronically and permits of ours have no file."""
    terlihat = Berkas.objects.filter(permohonan__in=Permohonan.objects.terlihat_oleh(request.user))
    satu = get_object_or_404(terlihat.exclude(file=""), kunci=kunci)
    return kirim(request, satu.file, satu.nama_asli or f"{satu.kunci}.{satu.jenis_isi}", jenis=satu.jenis_isi)


@require_safe
def foto(request: HttpRequest, kunci: UUID) -> HttpResponse:
    """A photo of a site visit; a team sees only its own SKPD's."""
    terlihat = FotoPemeriksaan.objects.filter(
        berita_acara__rekomendasi__in=Rekomendasi.objects.terlihat_oleh(request.user)
    )
    satu = get_object_or_404(terlihat.select_related("berita_acara"), kunci=kunci)
    akhiran = Path(str(satu.file.name)).suffix.lstrip(".")
    nama = f"foto-{re.sub(r'[^A-Za-z0-9]+', '-', satu.berita_acara.nomor)}-{satu.pk}.{akhiran}"
    return kirim(request, satu.file, nama, jenis=akhiran if akhiran in JENIS_ISI else "jpeg")
