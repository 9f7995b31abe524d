"""The words of the genuineness check: one answer that fills the screen, then the facts to compare (ux.md 15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.tampilan import rupiah, tanggal, waktu
from perizinan.bahasa import dwibahasa
from perizinan.dokumen.kode import kode_cek
from perizinan.enums import JenisDokumen, Publikasi, StatusIzin
from perizinan.models import Izin, Skrd
from perizinan.verifikasi import Alasan, Surat, nama_terbuka, pengganti


@dataclass(frozen=True, slots=True)
class Jawaban:
    """One page: look of the answer, its word, its sentence, the facts, and what lies in the fold."""

    jenis: str
    judul: str
    keterangan: str
    rincian: list[dict[str, str]] = field(default_factory=list)
    lipatan: list[dict[str, str]] = field(default_factory=list)
    tautan: str = ""
    kata_tautan: str = ""


_TIDAK_BERLAKU = gettext_lazy("Tidak berlaku sejak %(tgl)s.")
#: Look, word and sentence by the permit's state today.
_STATUS: dict[StatusIzin, tuple[str, str | Promise, str | Promise]] = {
    StatusIzin.BERLAKU: ("berlaku", gettext_lazy("Asli dan berlaku"), ""),
    StatusIzin.DIBEKUKAN: (
        "peringatan",
        gettext_lazy("Asli, tetapi dibekukan"),
        gettext_lazy("Tidak boleh dipakai sejak %(tgl)s sampai dicairkan kembali."),
    ),
    StatusIzin.KEDALUWARSA: (
        "peringatan",
        gettext_lazy("Asli, tetapi masa berlakunya habis"),
        gettext_lazy("Masa berlakunya habis %(tgl)s."),
    ),
    StatusIzin.DIGANTIKAN: ("peringatan", gettext_lazy("Asli, tetapi sudah diganti"), _TIDAK_BERLAKU),
    StatusIzin.DITUTUP: (
        "peringatan",
        gettext_lazy("Asli, tetapi sudah ditutup"),
        gettext_lazy("Ditutup atas permintaan pemegangnya sejak %(tgl)s."),
    ),
    StatusIzin.DICABUT: ("salah", gettext_lazy("Asli, tetapi sudah dicabut"), _TIDAK_BERLAKU),
    StatusIzin.DIBATALKAN: ("salah", gettext_lazy("Asli, tetapi keputusannya dibatalkan"), _TIDAK_BERLAKU),
}


def _masa_berlaku(izin: Izin) -> str:
    if izin.akhir is not None:
        return _("Berlaku sampai %(tgl)s.") % {"tgl": tanggal(izin.akhir)}
    teks: str = izin.permohonan.versi_layanan.masa_berlaku_teks
    return f"{teks}." if teks else _("Berlaku sejak %(tgl)s.") % {"tgl": tanggal(izin.mulai)}


def _kalimat(status: StatusIzin, izin: Izin, baru: Izin | None) -> str:
    """One sentence with the date that matters in this state."""
    if status == StatusIzin.BERLAKU:
        return _masa_berlaku(izin)
    if baru is not None:
        return _("Diganti oleh surat nomor %(nomor)s.") % {"nomor": baru.nomor_izin}
    saat = izin.akhir if status == StatusIzin.KEDALUWARSA and izin.akhir else izin.status_sejak
    return str(_STATUS[status][2]) % {"tgl": tanggal(saat)}


def jawab(surat: Surat) -> Jawaban:
    """The answer about a document of ours."""
    if not surat.terbit:
        return Jawaban(
            "salah",
            _("Belum ditandatangani"),
            _("Ini naskah yang belum menjadi surat izin. Jangan menerimanya sebagai izin."),
        )
    if surat.dokumen.jenis != JenisDokumen.SK:
        return _jawab_dokumen(surat)
    isi: dict[str, Any] = {"rincian": _rincian_izin(surat), "lipatan": _lipatan(surat)}
    if surat.izin is None or surat.status is None:
        return Jawaban("berlaku", _("Asli"), _("Surat ini kami terbitkan."), **isi)
    jenis, judul, _pola = _STATUS[surat.status]
    baru = pengganti(surat.izin) if surat.status == StatusIzin.DIGANTIKAN else None
    if baru is not None:
        isi |= {"tautan": reverse("cek_token", args=[baru.token]), "kata_tautan": _("Lihat surat penggantinya")}
    return Jawaban(jenis, str(judul), _kalimat(surat.status, surat.izin, baru), **isi)


def _baris(label: str, nilai: str) -> dict[str, str]:
    return {"label": label, "nilai": nilai}


def _rincian_izin(surat: Surat) -> list[dict[str, str]]:
    d, p = surat.dokumen, surat.dokumen.permohonan
    nama = nama_terbuka(surat)
    baris = [
        _baris(_("Nomor"), d.nomor),
        _baris(_("Surat"), dwibahasa(p.jenis_izin, "nama")),
        _baris(_sebutan_pemegang(p.versi_layanan.publikasi), nama or _("Tidak kami tampilkan untuk layanan ini")),
    ]
    if surat.izin:
        if surat.izin.kelurahan and nama:
            baris.append(_baris(_("Kelurahan"), surat.izin.kelurahan))
        baris.append(_baris(_("Masa berlaku"), _masa_berlaku(surat.izin).rstrip(".")))
    if d.kewenangan and d.ditandatangani_pada:
        siapa = f"{d.kewenangan.nama_tercetak}, {d.kewenangan.sebutan}"
        baris.append(_baris(_("Ditandatangani oleh"), siapa))
        baris.append(_baris(_("Ditandatangani pada"), tanggal(d.ditandatangani_pada)))
    return baris


def _sebutan_pemegang(publikasi: str) -> str:
    """The printed name stands under the word that the paper uses for it."""
    return _("Nama usaha") if publikasi == Publikasi.NAMA_USAHA else _("Pemegang")


def _lipatan(surat: Surat) -> list[dict[str, str]]:
    d = surat.dokumen
    baris = [_baris(_("Kode cek"), kode_cek(d.token)), _baris(_("Sidik file (SHA-256)"), d.sidik)]
    if d.ditandatangani_pada:
        baris.append(_baris(_("Waktu tanda tangan"), waktu(d.ditandatangani_pada)))
    if d.kewenangan:
        baris.append(_baris(_("Dasar kewenangan"), d.kewenangan.nomor_sk))
    return baris


def _jawab_dokumen(surat: Surat) -> Jawaban:
    """A receipt, a bill or a letter: what it is, when, and for the bill whether it still is to be paid."""
    d, p = surat.dokumen, surat.dokumen.permohonan
    nama = str(JenisDokumen(d.jenis).label)
    rincian = [
        _baris(_("Dokumen"), nama),
        _baris(_("Nomor"), d.nomor),
        _baris(_("Layanan"), dwibahasa(p.jenis_izin, "nama")),
        _baris(_("Tanggal"), tanggal(d.tanggal)),
    ]
    if d.jenis == JenisDokumen.SKRD and (skrd := p.skrd.filter(kunci=d.acuan).first()):
        rincian += _rincian_skrd(skrd)
    return Jawaban(
        "berlaku",
        _("Dokumen asli"),
        _("%(nama)s ini kami buat. Dokumen ini bukan surat izin.") % {"nama": nama},
        rincian,
        _lipatan(surat),
    )


def _rincian_skrd(skrd: Skrd) -> list[dict[str, str]]:
    baris = [_baris(_("Jumlah"), rupiah(skrd.nilai)), _baris(_("Keadaan tagihan"), skrd.get_status_display())]
    if skrd.jatuh_tempo:
        baris.append(_baris(_("Bayar paling lambat"), waktu(skrd.jatuh_tempo)))
    return baris


def tidak_dikenal() -> Jawaban:
    """The answer to a token or code that is not ours."""
    return Jawaban(
        "salah",
        _("Tidak kami kenal"),
        _("Kode ini tidak ada pada catatan kami. Jangan percaya surat itu, dan laporkan kepada kami."),
    )


_BERKAS: dict[Alasan, tuple[str | Promise, str | Promise]] = {
    "tidak_dikenal": (
        gettext_lazy("Tidak kami kenal"),
        gettext_lazy("File ini bukan file yang kami terbitkan. Jangan percaya isinya."),
    ),
    "diubah": (
        gettext_lazy("Isinya diubah"),
        gettext_lazy("File ini pernah kami tandatangani, lalu isinya diubah. Jangan percaya isinya."),
    ),
    "ditambah": (
        gettext_lazy("Ada yang ditambahkan"),
        gettext_lazy("File ini pernah kami tandatangani, lalu ditambahi sesuatu. Jangan percaya isinya."),
    ),
    "tanda_tangan_asing": (
        gettext_lazy("Ditandatangani pihak lain"),
        gettext_lazy("Tanda tangan pada file ini bukan tanda tangan kami. Jangan percaya isinya."),
    ),
    "bukan_pdf": (
        gettext_lazy("Bukan file PDF"),
        gettext_lazy("Kami hanya dapat memeriksa file PDF asli. Untuk kertas atau foto, pindai kode QR-nya."),
    ),
}


def tidak_cocok(alasan: Alasan) -> Jawaban:
    """The answer about a file that is not ours, with the reason."""
    judul, keterangan = _BERKAS[alasan]
    return Jawaban("peringatan" if alasan == "bukan_pdf" else "salah", str(judul), str(keterangan))
