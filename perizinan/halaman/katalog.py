"""The catalogue as people look for it: by what they say, and by need (ux.md sections 7 and 10.3)."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Avg, Count, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import JenisPemohon
from core.waktu import hari_ini, sekarang
from perizinan.acuan.baca import AKAR
from perizinan.bahasa import dwibahasa
from perizinan.ekspresi import nama_dipakai
from perizinan.enums import AsalSyarat, AsliSyarat
from perizinan.models import HariCadangan, JenisIzin, Permohonan, Rujukan, Syarat, VersiLayanan
from perizinan.pencarian import cari_layanan, rujukan
from perizinan.persyaratan import syarat_versi
from perizinan.services._jam import hari_efektif
from perizinan.services.katalog import NAMA_TETAP

#: A "usually n days" is only said when so many files of the last 90 days stand behind it.
BERKAS_PALING_SEDIKIT = 5
RENTANG_BIASANYA = timedelta(days=90)
IKON_LAIN = "dokumen"
SINONIM_MAKS = 5


@dataclass(frozen=True, slots=True)
class Kebutuhan:
    """One need in the reader's words, with its icon and the services under it."""

    nama: str
    kata: str
    ikon: str
    layanan: list[JenisIzin] = field(default_factory=list)


@lru_cache(maxsize=1)
def _kebutuhan() -> dict[str, dict[str, str]]:
    with (AKAR / "kebutuhan.csv").open(encoding="utf-8", newline="") as isi:
        return {b["kebutuhan"]: b for b in csv.DictReader(isi)}


def per_kebutuhan(layanan: list[JenisIzin]) -> list[Kebutuhan]:
    """Services grouped by need, in the order of the table of needs; an unknown need comes last."""
    tabel = _kebutuhan()
    urutan = {nama: i for i, nama in enumerate(tabel)}
    kelompok: dict[str, list[JenisIzin]] = {}
    for satu in layanan:
        kelompok.setdefault(satu.kebutuhan, []).append(satu)
    return [
        Kebutuhan(
            nama,
            dwibahasa(tabel.get(nama, {"kebutuhan": nama}), "kebutuhan") or _("Lainnya"),
            tabel.get(nama, {}).get("ikon", IKON_LAIN),
            kelompok[nama],
        )
        for nama in sorted(kelompok, key=lambda n: urutan.get(n, len(urutan)))
    ]


@dataclass(frozen=True, slots=True)
class HasilCari:
    """What the catalogue page shows for one address."""

    q: str
    kebutuhan: str
    hasil: list[JenisIzin]
    rujukan: Rujukan | None
    kelompok: list[Kebutuhan]
    chip: list[Kebutuhan]

    @property
    def jumlah(self) -> int:
        return len(self.hasil) if self.q else sum(len(k.layanan) for k in self.kelompok)


def cari(q: str, kebutuhan: str = "") -> HasilCari:
    """The page for a phrase, a need, or everything. A phrase wins over a need."""
    q = q.strip()
    semua = list(JenisIzin.objects.filter(aktif=True))
    chip = per_kebutuhan(semua)
    if q:
        return HasilCari(q, "", cari_layanan(q), rujukan(q), [], chip)
    terpilih = [k for k in chip if k.nama == kebutuhan]
    return HasilCari("", terpilih[0].kata if terpilih else "", [], None, terpilih or chip, chip)


# --- one service ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisSyarat:
    """One thing to bring, with its tags; `bila_isian` = asked only for some answers on the form."""

    nama: str
    petunjuk: str
    tanda: list[str]
    wajib: bool
    bila_isian: bool


@dataclass(frozen=True, slots=True)
class HalamanLayanan:
    """One service as its page shows it; `versi` None when it cannot be applied for today."""

    jenis_izin: JenisIzin
    versi: VersiLayanan | None
    jenis_permohonan: str = ""
    pemohon: str = ""
    fakta: list[dict[str, Any]] = field(default_factory=list)
    siapkan: list[BarisSyarat] = field(default_factory=list)
    mungkin: list[BarisSyarat] = field(default_factory=list)
    langkah: list[dict[str, Any]] = field(default_factory=list)
    hari: int = 0
    cadangan: str = ""
    mirip: list[JenisIzin] = field(default_factory=list)

    @property
    def jumlah_wajib(self) -> int:
        return sum(1 for s in self.siapkan if s.wajib)

    @property
    def kata_kebutuhan(self) -> str:
        """The need it belongs to, in the reader's language."""
        return per_kebutuhan([self.jenis_izin])[0].kata

    @property
    def sinonim(self) -> str:
        """What people call it, the first few."""
        return ", ".join(str(s) for s in self.jenis_izin.sinonim[:SINONIM_MAKS])


def layanan(jenis_izin: JenisIzin, jenis_permohonan: str, pemohon: str) -> HalamanLayanan:
    """Everything on a service's page; unknown answers to the two questions fall back to the usual ones."""
    tanggal = hari_ini()
    versi = jenis_izin.versi_pada(tanggal) if jenis_izin.aktif else None
    mirip = list(JenisIzin.objects.filter(aktif=True, kebutuhan=jenis_izin.kebutuhan).exclude(pk=jenis_izin.pk)[:4])
    if versi is None:
        return HalamanLayanan(jenis_izin, None, mirip=mirip)
    prefetch_related_objects([versi], "syarat", "butuh_rekomendasi__skpd", "bidang")
    pilihan = [str(p["kode"]) for p in versi.jenis_permohonan]
    jenis = jenis_permohonan if jenis_permohonan in pilihan else pilihan[0]
    pihak = pemohon if pemohon in JenisPemohon.values else JenisPemohon.ORANG.value
    siapkan, mungkin = _pisahkan(versi, jenis, pihak)
    hari, sumber = hari_efektif(versi, jenis, tanggal)
    return HalamanLayanan(
        jenis_izin,
        versi,
        jenis,
        pihak,
        _fakta(jenis_izin, versi, jenis, hari),
        siapkan,
        mungkin,
        _langkah(versi, hari),
        hari,
        _dasar_cadangan(tanggal) if sumber == "cadangan" else "",
        mirip,
    )


def _dasar_cadangan(tanggal: date) -> str:
    baris = HariCadangan.objects.filter(berlaku_mulai__lte=tanggal).order_by("-berlaku_mulai").first()
    return baris.dasar if baris else ""


def _pisahkan(versi: VersiLayanan, jenis: str, pihak: str) -> tuple[list[BarisSyarat], list[BarisSyarat]]:
    """(asked of this applicant, asked only for some answers on the form)."""
    konteks: dict[str, object] = {"jenis_permohonan": jenis, "pemohon": pihak, "bentuk": "", "dikuasakan": False}
    pasti = {s.pk for s in syarat_versi(versi, jenis, konteks) if not _tergantung_isian(s)}
    siapkan, mungkin = [], []
    for satu in versi.syarat.all():
        if satu.jenis_permohonan and jenis not in satu.jenis_permohonan:
            continue
        if satu.pk in pasti:
            siapkan.append(_baris_syarat(satu))
        elif _tergantung_isian(satu) or (pihak == JenisPemohon.BADAN and "bentuk" in nama_dipakai(satu.bila)):
            mungkin.append(_baris_syarat(satu))
    return siapkan, mungkin


def _tergantung_isian(syarat: Syarat) -> bool:
    return bool(nama_dipakai(syarat.bila) - NAMA_TETAP)


def _baris_syarat(syarat: Syarat) -> BarisSyarat:
    tanda = []
    if syarat.asal == AsalSyarat.SURAT_BUATAN:
        tanda.append(_("Kami buatkan"))
    elif syarat.asal == AsalSyarat.IZIN_TERBITAN:
        tanda.append(_("Tidak perlu bila kami yang menerbitkan"))
    if syarat.asli != AsliSyarat.TIDAK:
        tanda.append(_("Bawa aslinya saat mengambil"))
    if not syarat.wajib:
        tanda.append(_("Bila ada"))
    return BarisSyarat(
        dwibahasa(syarat, "nama"),
        syarat.petunjuk,
        tanda,
        syarat.wajib,
        bool(syarat.bila and _tergantung_isian(syarat)),
    )


def _fakta(jenis_izin: JenisIzin, versi: VersiLayanan, jenis: str, hari: int) -> list[dict[str, Any]]:
    pilihan = versi.pilihan_permohonan(jenis) or {}
    gratis = pilihan.get("biaya") == "-" or not versi.berbiaya
    tinjau = versi.tinjau or any(r.tinjau for r in versi.butuh_rekomendasi.all())
    return [
        {"label": _("Waktu"), "nilai": hari_kerja(hari), "catatan": _biasanya(jenis_izin), "ikon": "jam"},
        {
            "label": _("Biaya"),
            "nilai": _("Gratis (Rp0)") if gratis else _("Ada biaya"),
            "catatan": _("Tidak ada pungutan lain") if gratis else _("Sesuai tagihan resmi (SKRD)"),
            "ikon": "dompet",
        },
        {"label": _("Berlaku"), "nilai": _masa_berlaku(versi), "ikon": "kalender"},
        {
            "label": _("Petugas meninjau lokasi"),
            "nilai": _("Ya") if tinjau else _("Tidak"),
            "catatan": _("Tanpa biaya") if tinjau else "",
            "ikon": "pin",
        },
    ]


def hari_kerja(hari: int) -> str:
    """`14 hari kerja`."""
    return ngettext("%(n)d hari kerja", "%(n)d hari kerja", hari) % {"n": hari}


def _masa_berlaku(versi: VersiLayanan) -> str:
    bulan = versi.masa_berlaku_bulan
    if versi.masa_berlaku_teks or not bulan:
        return versi.masa_berlaku_teks or _("Sesuai surat izin")
    if bulan % 12 == 0:
        return ngettext("%(n)d tahun", "%(n)d tahun", bulan // 12) % {"n": bulan // 12}
    return ngettext("%(n)d bulan", "%(n)d bulan", bulan) % {"n": bulan}


def _biasanya(jenis_izin: JenisIzin) -> str:
    """How long it took lately, only when enough files stand behind it."""
    terbit = Permohonan.objects.filter(jenis_izin=jenis_izin, terbit_pada__gte=sekarang() - RENTANG_BIASANYA)
    angka = terbit.aggregate(n=Count("pk"), rata=Avg("hari_terpakai"))
    if angka["n"] < BERKAS_PALING_SEDIKIT:
        return ""
    return _("biasanya %(hari)d, dari %(n)d berkas 90 hari terakhir") % {
        "hari": round(angka["rata"]),
        "n": angka["n"],
    }


def _langkah(versi: VersiLayanan, hari: int) -> list[dict[str, Any]]:
    """The five public steps of this service: who does it, in how many days."""
    dinas = list(versi.butuh_rekomendasi.all())
    nama_dinas = ", ".join(r.skpd.nama for r in dinas)
    paling_lama = max((r.hari_kerja for r in dinas), default=0)
    isi = [
        (_("Diterima"), _("Loket memeriksa kelengkapan, paling lama %s.") % hari_kerja(versi.batas_periksa_hari)),
        (_("Diproses"), _("%(bidang)s. Waktu layanan mulai dihitung.") % {"bidang": versi.bidang.nama}),
        (
            _("Dinilai dinas"),
            _("%(dinas)s, paling lama %(hari)s.") % {"dinas": nama_dinas, "hari": hari_kerja(paling_lama)}
            if dinas
            else _("Tidak diperlukan untuk layanan ini."),
        ),
        (_("Ditandatangani"), _("Surat disusun, diperiksa pimpinan, lalu ditandatangani.")),
        (_("Selesai"), _("Unduh atau ambil di loket, paling lama %s sejak waktu dihitung.") % hari_kerja(hari)),
    ]
    return [{"nama": nama, "catatan": catatan, "keadaan": "nanti"} for nama, catatan in isi]
