"""The signing desk: what to look at, each with its reason, and the routine (ux.md sketch 24)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.kewenangan import pejabat_berwenang
from accounts.models import Akun, Kewenangan
from core.kalender import kalender_berlaku
from core.mesin import transisi_model
from core.waktu import zona
from perizinan.enums import HasilRekomendasi, JenisDokumen, StatusDokumen, StatusSkrd
from perizinan.halaman.kotak import DIKEMBALIKAN, lingkup
from perizinan.halaman.sisa import Sisa, sisa_berkas
from perizinan.models import Dokumen, Permohonan, Riwayat

#: How many documents one press signs; the rest stays on the desk for the next press.
MAKS_SEKALI = 50


@dataclass(slots=True)
class BarisMeja:
    """One document that waits: the file, the frozen SK, why to look, who parafed, whether this person may sign."""

    berkas: Permohonan
    dokumen: Dokumen | None
    alamat: str
    sisa: Sisa | None
    alasan: list[str]
    pemaraf: str
    retribusi: int | None
    halangan: str

    @property
    def pilih(self) -> str:
        """What a ticked box sends: the file and the version that was shown."""
        return f"{self.berkas.nomor}:{self.berkas.versi}"


@dataclass(slots=True)
class Meja:
    """The desk of one official."""

    kewenangan: list[Kewenangan]
    lihat: list[BarisMeja] = field(default_factory=list)
    rutin: list[tuple[str, list[BarisMeja]]] = field(default_factory=list)
    hari_ini: list[Riwayat] = field(default_factory=list)

    @property
    def jumlah_rutin(self) -> int:
        return sum(len(isi) for _layanan, isi in self.rutin)

    @property
    def jumlah(self) -> int:
        return len(self.lihat) + self.jumlah_rutin


def menunggu(akun: Akun) -> list[Permohonan]:
    """Files that wait for a signature in this official's sight, most pressing first."""
    asal = {t.source for t in transisi_model(Permohonan) if t.name == "tanda_tangan"}
    daftar = lingkup(akun).filter(status__in=asal).untuk_daftar()
    return list(
        daftar.prefetch_related("rekomendasi", "perbaikan", "dokumen", "skrd", "riwayat__oleh").order_by(
            "tenggat", "pk"
        )
    )


def susun_meja(akun: Akun, kini: datetime) -> Meja:
    """Both piles, and by which authority this person acts."""
    wewenang = Wewenang(akun, kini)
    meja = Meja([])
    rutin: dict[str, list[BarisMeja]] = {}
    for p in menunggu(akun):
        baris = _baris(p, wewenang, kini)
        if baris.alasan or baris.halangan:
            meja.lihat.append(baris)
        else:
            rutin.setdefault(p.jenis_izin.nama, []).append(baris)
    meja.rutin = sorted(rutin.items())
    meja.kewenangan = list(akun.kewenangan.order_by("mulai"))
    meja.kewenangan = [k for k in meja.kewenangan if k.berlaku(kini)]
    meja.hari_ini = _hari_ini(akun, kini)
    return meja


class Wewenang:
    """Who may sign a service of a unit now; asked once per service."""

    def __init__(self, akun: Akun, kini: datetime) -> None:
        self.akun, self.kini = akun, kini
        self._ingat: dict[tuple[int, str], Kewenangan | None] = {}

    def halangan(self, berkas: Permohonan) -> str:
        """Why this person may not sign the file; empty when nothing stands in the way."""
        kunci = (berkas.unit_penerbit_id, berkas.jenis_izin.kode)
        if kunci not in self._ingat:
            self._ingat[kunci] = pejabat_berwenang(*kunci, self.kini)
        pejabat = self._ingat[kunci]
        if pejabat is None:
            return _("Tidak ada pejabat yang berwenang saat ini.")
        if pejabat.pejabat_id != self.akun.pk:
            return _("Yang berwenang saat ini: %(siapa)s.") % {"siapa": pejabat}
        return ""


def _baris(p: Permohonan, wewenang: Wewenang, kini: datetime) -> BarisMeja:
    dokumen = next((d for d in p.dokumen.all() if d.jenis == JenisDokumen.SK and d.status in _HIDUP), None)
    siap = dokumen is not None and dokumen.status == StatusDokumen.JADI
    halangan = wewenang.halangan(p) or ("" if siap else _kata_naskah(dokumen))
    sisa = sisa_berkas(p, kini, kalender_berlaku())
    skrd = next((s for s in p.skrd.all() if s.status != StatusSkrd.BATAL), None)
    riwayat = list(p.riwayat.all())
    pemaraf = [r.oleh.nama for r in riwayat if r.verba == "paraf" and r.oleh]
    return BarisMeja(
        p,
        dokumen,
        reverse("dokumen_petugas", args=[dokumen.kunci]) if dokumen and siap else "",
        sisa,
        _alasan(p, sisa, {r.verba for r in riwayat}),
        ", ".join(dict.fromkeys(pemaraf)),
        skrd.nilai if skrd else None,
        halangan,
    )


_HIDUP = {StatusDokumen.DIMINTA, StatusDokumen.JADI, StatusDokumen.GAGAL}


def _kata_naskah(dokumen: Dokumen | None) -> str:
    if dokumen is not None and dokumen.status == StatusDokumen.GAGAL:
        return _("Naskah gagal dibuat. Admin sudah melihatnya di daftar dokumen macet.")
    return _("Naskah sedang dibuat. Muat ulang sebentar lagi.")


def _alasan(p: Permohonan, sisa: Sisa | None, verba: set[str]) -> list[str]:
    """Why a document deserves a look before it is signed, in words."""
    syarat = [
        (any(r.hasil == HasilRekomendasi.BERSYARAT for r in p.rekomendasi.all()), _("Dinas memberi syarat")),
        ("minta_ulang" in verba, _("Dinas pernah diminta menilai ulang")),
        (sisa is not None and sisa.terlambat, sisa.kata.capitalize() if sisa else ""),
        (len(p.perbaikan.all()) > 1, _("Lebih dari satu putaran perbaikan")),
        (bool(verba & set(DIKEMBALIKAN)), _("Pernah dikembalikan")),
        (any(s.status == StatusSkrd.NIHIL for s in p.skrd.all()), _("Retribusi nihil")),
    ]
    return [kata for berlaku, kata in syarat if berlaku]


def _hari_ini(akun: Akun, kini: datetime) -> list[Riwayat]:
    """What this person signed today."""
    awal = kini.astimezone(zona()).replace(hour=0, minute=0, second=0, microsecond=0)
    daftar = Riwayat.objects.filter(verba="tanda_tangan", oleh=akun, pada__gte=awal, pada__lte=kini)
    return list(daftar.select_related("permohonan__jenis_izin", "permohonan__pihak").order_by("-pada")[:MAKS_SEKALI])


@dataclass(frozen=True, slots=True)
class Hasil:
    """What became of one document of a batch."""

    nomor: str
    judul: str
    berhasil: bool
    kalimat: str


def sudah_oleh(pejabat: Akun, berkas: Permohonan) -> bool:
    """Whether this official signed it before: a batch that is sent twice gets the same answer twice."""
    return berkas.riwayat.filter(verba="tanda_tangan", oleh=pejabat).exists()


def terverifikasi(berkas: Permohonan) -> Hasil:
    """Read the signed bytes back before anything says "signed": stored hash and file must agree."""
    sk = berkas.dokumen.filter(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI).first()
    judul = f"{berkas.jenis_izin.nama}, {berkas.pihak.sebutan}"
    if sk is None:
        return Hasil(berkas.acuan, judul, False, _("Dokumen bertanda tangan tidak ditemukan. Hubungi admin."))
    with sk.berkas.open("rb") as isi:
        cocok = hashlib.sha256(isi.read()).hexdigest() == sk.sidik
    kalimat = _("Ditandatangani, nomor %(no)s.") % {"no": sk.nomor}
    return Hasil(
        berkas.acuan, judul, cocok, kalimat if cocok else _("Isi file berbeda dari yang tercatat. Hubungi admin.")
    )


def terpilih(pilihan: Iterable[str]) -> list[tuple[str, int]]:
    """(number, version) of the ticked boxes, at most MAKS_SEKALI, each once; what cannot be read is left out."""
    hasil: dict[str, int] = {}
    for satu in pilihan:
        nomor, _pisah, versi = satu.partition(":")
        if nomor and versi.isdigit():
            hasil[nomor] = int(versi)
    return list(hasil.items())[:MAKS_SEKALI]
