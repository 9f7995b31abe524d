"""Every message about a file, in both directions: text, channel, when, result, and why one was not sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.templatetags.tampilan import waktu_pendek
from notifications.enums import StatusPesan
from notifications.models import Pesan, PesanMasuk

MAKS = 200
#: Signs of a badge as templates know them: how bad it is, never by colour alone.
_TANDA = {
    StatusPesan.GAGAL: "bahaya",
    StatusPesan.TIDAK_PASTI: "hampir",
    StatusPesan.DITAHAN: "hampir",
    StatusPesan.KEDALUWARSA: "hampir",
}


@dataclass(frozen=True, slots=True)
class Baris:
    """One message. `sebab` says why it was not sent, or what is not certain about it."""

    masuk: bool
    pada: datetime
    kanal: str
    nomor: str
    teks: str
    hasil: str
    rincian: str
    sebab: str
    tanda: str
    perlu: bool = False


def percakapan(perihal: str | None) -> list[Baris]:
    """The conversation about one file, newest first; two queries. Numbers are shown by their last four digits."""
    if not perihal:
        return []
    keluar = Pesan.objects.filter(perihal=perihal).select_related("gabungan").order_by("-pk")[:MAKS]
    masuk = PesanMasuk.objects.filter(perihal=perihal).select_related("ditangani_oleh").order_by("-pk")[:MAKS]
    semua = [(p.dibuat_pada, 0, p.pk, _keluar(p)) for p in keluar]
    semua += [(m.diterima_pada, 1, m.pk, _masuk(m)) for m in masuk]
    return [baris for *_urut, baris in sorted(semua, key=lambda s: s[:3], reverse=True)]


def _samar(nomor: str) -> str:
    if "@" in nomor:
        return f"{nomor[:1]}...@{nomor.rpartition('@')[2]}"
    return f"...{nomor[-4:]}"


def _keluar(p: Pesan) -> Baris:
    """A part of a merged SMS shares the fate of the row that carried it."""
    nasib = p.gabungan or p
    status = StatusPesan(nasib.status)
    hasil = str(status.label)
    if p.gabungan_id:
        hasil = _("%(hasil)s (satu SMS dengan kabar lain)") % {"hasil": hasil}
    return Baris(
        masuk=False,
        pada=p.dibuat_pada,
        kanal=str(p.get_kanal_display()),
        nomor=_samar(p.tujuan),
        teks=p.teks,
        hasil=hasil,
        rincian=_rincian(nasib),
        sebab=_sebab(nasib, status),
        tanda=_TANDA.get(status, ""),
    )


def _rincian(p: Pesan) -> str:
    if p.sampai_pada:
        return _("sampai %(waktu)s") % {"waktu": waktu_pendek(p.sampai_pada)}
    if p.dikirim_pada:
        return _("dikirim %(waktu)s") % {"waktu": waktu_pendek(p.dikirim_pada)}
    if p.status == StatusPesan.MENUNGGU:
        return _("dikirim sesudah %(waktu)s") % {"waktu": waktu_pendek(p.kirim_sesudah)}
    return ""


def _sebab(p: Pesan, status: StatusPesan) -> str:
    if p.tak_pasti and status in {StatusPesan.TERKIRIM, StatusPesan.SAMPAI}:
        return _("Satu percobaan sebelumnya tidak diketahui hasilnya; pesan ini mungkin diterima dua kali.")
    if status == StatusPesan.TIDAK_PASTI:
        return _("Tidak diketahui apakah pesan ini sampai: %(sebab)s.") % {"sebab": p.galat.rstrip(".")}
    return p.galat


def _masuk(m: PesanMasuk) -> Baris:
    perlu = m.perlu_petugas and m.ditangani_pada is None
    rincian = _("perlu tindakan petugas") if perlu else ""
    if m.ditangani_pada and m.ditangani_oleh:
        rincian = _("ditangani %(nama)s, %(waktu)s") % {
            "nama": m.ditangani_oleh.nama,
            "waktu": waktu_pendek(m.ditangani_pada),
        }
    return Baris(
        masuk=True,
        pada=m.diterima_pada,
        kanal="SMS",
        nomor=_samar(m.dari),
        teks=m.teks,
        hasil=str(m.get_status_display()),
        rincian=rincian,
        sebab="",
        tanda="hampir" if perlu else "",
        perlu=perlu,
    )
