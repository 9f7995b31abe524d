"""What the book of a period says, whatever file it becomes. Every figure is the edition's own; none is counted anew.

Without an edition the book is a draft of the counts as they are now, and says so. Plans and remarks are those of the
day on which the book is made, with that day printed beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from core.bilangan import bulatkan, tulis
from core.waktu import sekarang
from ikm import deret, rumus
from ikm.cakupan import DIMENSI, anggota
from ikm.deret import TitikDeret
from ikm.enums import Dimensi, JenisPeriode, ModeBobot
from ikm.kata import kalimat
from ikm.models import Edisi, Komentar, Periode, RentangMutu, Unsur
from ikm.penyamaran import TidakTertutup, sembunyikan
from ikm.rumus import KALI, Peringatan
from ikm.services.penutupan import beda_edisi
from ikm.services.tindak_lanjut import Dampak, dampak
from ikm.statistik import hasil_periode

KOMENTAR_MAKS: Final = 60
_JUDUL_BAGIAN: Final = ("kelompok", "layanan", "saluran")


@dataclass(frozen=True, slots=True)
class BarisUnsur:
    """One row of the decree's table. Means are exact; they are rounded where they are printed."""

    nomor: int
    kode: str
    nama: str
    cacah: tuple[int, ...]
    n: int
    jumlah: int
    nrr: Fraction | None
    tertimbang: Fraction | None
    terendah: bool


@dataclass(frozen=True, slots=True)
class BarisProfil:
    """How many respondents said one thing of themselves; `n` None: withheld."""

    nama: str
    n: int | None


@dataclass(frozen=True, slots=True)
class BarisEdisi:
    """An edition with what it changed against the one before it."""

    nomor: int
    alasan: str
    penyusun: str
    dibuat_pada: datetime
    pengesah: str
    disahkan_pada: datetime | None
    beda: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Buku:
    """Everything that PDF and workbook print. `hasil` is the frozen value that API and dashboard show too."""

    periode: Periode
    nama: str
    edisi: Edisi | None
    hasil: dict[str, Any]
    pada: datetime
    peringatan: list[str]
    unsur: list[BarisUnsur]
    profil: list[tuple[str, list[BarisProfil]]]
    tahunan: list[TitikDeret]
    tren: list[TitikDeret]
    rencana: list[Dampak]
    komentar: list[str]
    riwayat: list[BarisEdisi]
    pertanyaan: list[Unsur]
    mutu: list[RentangMutu]

    @property
    def konsep(self) -> bool:
        """Not signed: every page says so."""
        return self.edisi is None or self.edisi.disahkan_pada is None

    @property
    def mode(self) -> str:
        return str(ModeBobot(self.hasil["mode_bobot"]).label)

    @property
    def bobot(self) -> str:
        """The official weight as people write it: `1/9` or `0,11`."""
        bobot: str = self.hasil["indeks"][self.hasil["mode_bobot"]]["bobot"]
        return bobot.replace(".", ",")

    @property
    def jumlah_tertimbang(self) -> Fraction:
        """The sum of the weighted means; times 25 it is the index."""
        return sum((u.tertimbang for u in self.unsur if u.tertimbang is not None), Fraction(0))

    @property
    def cap(self) -> str:
        """What the file's name says about it: `edisi-1` when signed, else `konsep`."""
        return "konsep" if self.konsep or self.edisi is None else f"edisi-{self.edisi.nomor}"


def susun(periode: Periode, edisi: Edisi | None = None) -> Buku | None:
    """The book of an edition, by default the newest; without any, of the counts as they are now.

    None while the whole result is withheld (fewer than five answers) or an unsur was answered by nobody.

    The number of queries does not grow with the answers. Words are Indonesian in any language, as the result is.
    """
    with translation.override("id"):
        return _susun(periode, edisi or Edisi.objects.filter(periode=periode).order_by("-nomor").first())


def _susun(periode: Periode, edisi: Edisi | None) -> Buku | None:
    hasil = edisi.hasil if edisi else hasil_periode(periode)
    if hasil.get("ditahan") or not hasil.get("ikm"):
        return None
    instrumen = periode.instrumen
    return Buku(
        periode=periode,
        nama=nama_periode(periode),
        edisi=edisi,
        hasil=hasil,
        pada=sekarang(),
        peringatan=_peringatan(hasil),
        unsur=_unsur(hasil),
        profil=_profil(hasil),
        tahunan=[t for t in deret.deret_tahunan() if int(t.label) <= periode.selesai.year],
        tren=_tren(periode, hasil, edisi),
        rencana=dampak(periode),
        komentar=_komentar(periode),
        riwayat=_riwayat(periode, edisi),
        pertanyaan=list(instrumen.unsur.order_by("urutan")),
        mutu=list(instrumen.rentang_mutu.order_by("-batas_bawah")),
    )


def nama_periode(periode: Periode) -> str:
    """`Semester I Tahun 2026`, `Triwulan III Tahun 2026`, `Tahun 2026`."""
    tahun = periode.mulai.year
    if periode.jenis == JenisPeriode.SEMESTER:
        return _("Semester %(n)s Tahun %(tahun)d") % {"n": "I" if periode.mulai.month <= 6 else "II", "tahun": tahun}
    if periode.jenis == JenisPeriode.TRIWULAN:
        ke = ("I", "II", "III", "IV")[(periode.mulai.month - 1) // 3]
        return _("Triwulan %(n)s Tahun %(tahun)d") % {"n": ke, "tahun": tahun}
    return _("Tahun %(tahun)d") % {"tahun": tahun}


def _peringatan(hasil: dict[str, Any]) -> list[str]:
    kata = [kalimat(Peringatan(p["kode"], p["rinci"])) for p in hasil.get("peringatan", [])]
    if lain := hasil["periode"]["berinstrumen_lain"]:
        kata.append(_("Jawaban %(kode)s memakai instrumen lain dan tidak digabung.") % {"kode": ", ".join(lain)})
    return kata


def _unsur(hasil: dict[str, Any]) -> list[BarisUnsur]:
    w = rumus.bobot(hasil["indeks"][hasil["mode_bobot"]]["bobot"])
    baris = []
    for nomor, u in enumerate(hasil["unsur"], start=1):
        nrr = Fraction(u["jumlah"], u["n"]) if u["n"] else None
        tertimbang = nrr * w if nrr is not None else None
        baris.append(
            BarisUnsur(
                nomor,
                u["kode"],
                u["nama"],
                tuple(u["cacah"]),
                u["n"],
                u["jumlah"],
                nrr,
                tertimbang,
                u["kode"] in hasil["terendah"],
            )
        )
    return baris


def indeks(buku: Buku) -> Decimal:
    """The index from the table's own sum: what a reader gets who recomputes the book."""
    return bulatkan(buku.jumlah_tertimbang * KALI)


def _profil(hasil: dict[str, Any]) -> list[tuple[str, list[BarisProfil]]]:
    """The respondents by each dimension that anybody answered; a book leaves the office, so few are withheld."""
    isi = ((d, hasil["profil"].get(str(d), [])) for d in Dimensi)
    return [(str(d.label), _dimensi(g, hasil["n"])) for d, g in isi if any(b["n"] for b in g)]


def _dimensi(isi: list[dict[str, Any]], n: int) -> list[BarisProfil]:
    orang = {g["kunci"]: g["n"] for g in isi} | {"": max(n - sum(g["n"] for g in isi), 0)}
    kelompok = {k: [k] for k in orang} | {"*": list(orang)}
    try:
        gelap = sembunyikan(orang, kelompok, terbit=["*"])
    except TidakTertutup:
        gelap = frozenset(orang)
    nama = {g["kunci"]: g["nama"] for g in isi} | {"": _("Tidak menyebutkan")}
    return [BarisProfil(nama[k], None if k in gelap else orang[k]) for k in orang]


def _tren(periode: Periode, hasil: dict[str, Any], edisi: Edisi | None) -> list[TitikDeret]:
    """Signed periods of this kind up to this one, which stands as this book has it."""
    lampau = Periode.objects.filter(jenis=periode.jenis, selesai__lt=periode.mulai).values_list("kode", flat=True)
    ada = [t for t in deret.deret_periode(periode.jenis) if t.label in set(lampau)]
    target = hasil.get("target")
    sumber = f"Edisi {edisi.nomor}" if edisi else ""
    nilai = Decimal(target["nilai"]) if target else None
    return [*ada, deret.titik_hasil(hasil, periode.kode, nilai, sumber=sumber, sementara=edisi is None)]


def _komentar(periode: Periode) -> list[str]:
    """What people wrote and somebody released for publication; in no order that tells when."""
    boleh = Komentar.objects.filter(periode__in=anggota(periode), disembunyikan=False).order_by("kunci")
    return list(boleh.values_list("teks", flat=True)[:KOMENTAR_MAKS])


def _riwayat(periode: Periode, edisi: Edisi | None) -> list[BarisEdisi]:
    """The editions up to this one."""
    semua = Edisi.objects.filter(periode=periode).select_related("disusun_oleh", "disahkan_oleh").order_by("nomor")
    baris: list[BarisEdisi] = []
    lama: Edisi | None = None
    for e in semua:
        if edisi is None or e.nomor > edisi.nomor:
            break
        baris.append(
            BarisEdisi(
                e.nomor,
                e.alasan,
                e.disusun_oleh.nama,
                e.dibuat_pada,
                e.disahkan_oleh.nama if e.disahkan_oleh else "",
                e.disahkan_pada,
                [(apa, _koma(dulu), _koma(kini)) for apa, dulu, kini in beda_edisi(lama.hasil, e.hasil)]
                if lama
                else [],
            )
        )
        lama = e
    return baris


def _koma(teks: str) -> str:
    """A number of the API as people write it; other words stay."""
    return teks.replace(".", ",") if teks.replace(".", "").isdigit() else teks


def bagian(hasil: dict[str, Any], dimensi: str) -> list[dict[str, Any]]:
    """The groups of one dimension; empty where nothing but unnamed answers stands in it."""
    isi: list[dict[str, Any]] = hasil.get(dimensi, [])
    return isi if dimensi in DIMENSI and any(g["kunci"] for g in isi) else []


def judul_bagian() -> list[tuple[str, str]]:
    """The dimensions in the order of the book, with their headings."""
    judul = (_("Per kelompok izin"), _("Per layanan"), _("Per cara menjawab"))
    return list(zip(_JUDUL_BAGIAN, judul, strict=True))


def nilai_atau(nilai: Fraction | Decimal | None, tempat: int) -> str:
    """A number as people write it, or a dash."""
    return "-" if nilai is None else tulis(nilai, tempat)
