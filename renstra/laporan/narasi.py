"""The sentences of a year's book: what the data say, where people write beside it, what stands there until they do.

One list of places (`tempat`) feeds the book, the page on which planners write, and the checklist, so that none of
them asks for a text that another does not print. A cause is never guessed. Pure, no ORM.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from renstra import angka
from renstra.enums import BagianNaskah
from renstra.laporan.bentuk import Tabel
from renstra.laporan.teks import Narasi, blok
from renstra.rumus import efisiensi

STUB: Final = "Sebab: ditulis oleh penanggung jawab kegiatan dan disunting perencana."
_STUB: Final = {
    BagianNaskah.RINGKASAN: "Catatan ringkasan: ditulis oleh perencana.",
    BagianNaskah.ISU: "Isu strategis: ditulis oleh Kepala Perangkat Daerah.",
    BagianNaskah.SEBAB: STUB,
    BagianNaskah.EFISIENSI: "Catatan efisiensi: ditulis oleh perencana.",
    BagianNaskah.PENUNJANG: "Program dan kegiatan penunjang: ditulis oleh penanggung jawab program.",
    BagianNaskah.PENUTUP: "Penutup: ditulis oleh perencana.",
    BagianNaskah.LANGKAH: "Langkah perbaikan tahun berikut: ditulis oleh Kepala Perangkat Daerah.",
}
_BAB: Final = {
    BagianNaskah.RINGKASAN: "Ringkasan eksekutif",
    BagianNaskah.ISU: "Bab I B",
    BagianNaskah.SEBAB: "Bab III D",
    BagianNaskah.EFISIENSI: "Bab III E",
    BagianNaskah.PENUNJANG: "Bab III F",
    BagianNaskah.PENUTUP: "Bab IV",
    BagianNaskah.LANGKAH: "Bab IV",
}
#: A form as it was frozen or as it stands (`evaluasi.sebagai_data`).
Isi = Mapping[str, Any]
Kunci = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tempat:
    """One place to write: which part, which line (a cause only), its heading, and what the data say there."""

    bagian: BagianNaskah
    kalimat: tuple[str, ...]
    acuan: str = ""
    indikator: str = ""

    @property
    def kunci(self) -> Kunci:
        return self.bagian.value, self.acuan

    @property
    def bab(self) -> str:
        """The chapter that prints it."""
        return _BAB[self.bagian]

    @property
    def stub(self) -> str:
        """What the book prints while nobody has written."""
        return _STUB[self.bagian]


@dataclass(frozen=True, slots=True)
class BahanTahun:
    """What a year's book is made of: its form, the form of the year before (None: none), and what was issued."""

    tahun: int
    isi: Isi
    lalu: Isi | None
    terbit: Tabel


def tempat(bahan: BahanTahun) -> list[Tempat]:
    """Every place to write, in the order of the book."""
    akhir = kalimat_akhir(bahan.isi, bahan.tahun)
    return [
        Tempat(BagianNaskah.RINGKASAN, (akhir, *temuan(bahan.isi))),
        Tempat(BagianNaskah.ISU, (kalimat_layanan(bahan.terbit),)),
        *_sebab(bahan.isi, bahan.lalu),
        Tempat(BagianNaskah.EFISIENSI, (_kalimat_efisiensi(bahan.isi),)),
        Tempat(BagianNaskah.PENUNJANG, (_kalimat_terbit(bahan.terbit, bahan.tahun),)),
        Tempat(BagianNaskah.PENUTUP, (akhir,)),
        Tempat(BagianNaskah.LANGKAH, _kalimat_langkah(bahan.isi)),
    ]


def narasi(daftar: Sequence[Tempat], tulisan: Mapping[Kunci, str], bagian: BagianNaskah) -> list[Narasi]:
    """What the book prints at the places of one part. A cause stands under its sentence; other parts have theirs."""
    return [
        Narasi(" ".join(t.kalimat) if t.bagian is BagianNaskah.SEBAB else "", blok(tulisan.get(t.kunci, "")), t.stub)
        for t in daftar
        if t.bagian is bagian
    ]


# --- what the data say --------------------------------------------------------------------------------------------


def kalimat_akhir(isi: Isi, tahun: int) -> str:
    """Mean achievement with its grade, and the mean absorption where there is any."""
    rata, kriteria = isi["rata"], isi["predikat"]
    if rata["k"] is None:
        return f"Capaian kinerja tahun {tahun} belum dapat dihitung: belum ada realisasi yang dicatat."
    uang = f"; serapan anggaran rata-rata {persen(rata['rp'])}" if rata["rp"] is not None else ""
    return f"Rata-rata capaian kinerja tahun {tahun} {persen(rata['k'])} ({kriteria['k']}){uang}."


def kalimat_layanan(terbit: Tabel) -> str:
    """How many services were used."""
    return f"Portal mencatat {len(terbit.isi)} layanan yang dipakai sepanjang tahun."


def temuan(isi: Isi) -> list[str]:
    """What the data say: the lowest, what passed its target, what fell short, in whole sentences."""
    ada = _urut(isi)
    if not ada:
        return []
    rendah, tinggi = ada[0], ada[-1]
    hasil = [
        f"Capaian terendah: {rendah[1]}, {persen(rendah[0])}.",
        f"Capaian tertinggi: {tinggi[1]}, {persen(tinggi[0])}.",
        _kalimat_kurang(ada),
    ]
    if lebih := sum(1 for n, _ in ada if n > 100):
        hasil.append(f"{lebih} indikator melampaui target; periksa apakah targetnya terlalu rendah.")
    if tanpa := len(isi["baris"]) - len(ada):
        hasil.append(f"{tanpa} indikator belum dapat diukur: tidak ada target atau realisasi.")
    return hasil


def _urut(isi: Isi) -> list[tuple[Decimal, str]]:
    """What could be measured, the lowest achievement first."""
    return sorted((Decimal(b["capaian"]["k"]), b["indikator"]) for b in isi["baris"] if b["capaian"]["k"] is not None)


def _kalimat_kurang(ada: Sequence[tuple[Decimal, str]]) -> str:
    kurang = sum(1 for n, _ in ada if n < 100)
    return f"{kurang} dari {len(ada)} indikator yang terukur belum mencapai target."


def _kalimat_langkah(isi: Isi) -> tuple[str, ...]:
    ada = _urut(isi)
    if not ada:
        return ("Belum ada capaian yang dapat dihitung.",)
    return _kalimat_kurang(ada), f"Capaian terendah: {ada[0][1]}, {persen(ada[0][0])}."


def _kalimat_efisiensi(isi: Isi) -> str:
    hitung = [efisiensi(nilai(b["capaian"]["k"]), nilai(b["capaian"]["rp"])) for b in isi["baris"]]
    ada = [e for e in hitung if e is not None]
    if not ada:
        return "Efisiensi belum dapat dihitung: belum ada capaian bersama serapan anggarannya."
    boros = sum(1 for e in ada if e.selisih < 0)
    return f"{boros} dari {len(ada)} program atau kegiatan memakai bagian anggaran lebih besar daripada capaiannya."


def _kalimat_terbit(terbit: Tabel, tahun: int) -> str:
    if not terbit.jumlah:
        return f"Belum ada izin yang terbit pada tahun {tahun}."
    banyak, tepat = (sel.teks for sel in terbit.jumlah[0][3:5])
    return f"Izin yang terbit tahun {tahun}: {banyak}, di antaranya tepat waktu: {tepat}."


# --- causes ---------------------------------------------------------------------------------------------------------


def kunci(b: Isi) -> Kunci:
    """A line of the form in its own words, to find it in another year."""
    return b["uraian"], b["indikator"]


def menurut_kunci(isi: Isi | None) -> dict[Kunci, Decimal | None]:
    """Achievement of every line."""
    return {kunci(b): nilai(b["capaian"]["k"]) for b in (isi or {}).get("baris", [])}


def _sebab(isi: Isi, lalu: Isi | None) -> list[Tempat]:
    """A place for every line that rose or fell against last year, missed or passed its target, or is the lowest.

    Two lines of the same words are told apart by a number.
    """
    sebelum, ada = menurut_kunci(lalu), _urut(isi)
    terendah = ada[0][0] if ada and ada[0][0] < ada[-1][0] else None
    terpakai: dict[str, int] = {}
    hasil = []
    for b in isi["baris"]:
        kini = nilai(b["capaian"]["k"])
        dasar = " / ".join(kunci(b))
        n = terpakai[dasar] = terpakai.get(dasar, 0) + 1
        kalimat = _kalimat_sebab(b["indikator"], kini, sebelum.get(kunci(b)), terendah)
        if kalimat:
            acuan = dasar if n == 1 else f"{dasar} ({n})"
            hasil.append(Tempat(BagianNaskah.SEBAB, kalimat, acuan, b["indikator"]))
    return hasil


def _kalimat_sebab(
    nama: str, kini: Decimal | None, lama: Decimal | None, terendah: Decimal | None
) -> tuple[str, ...]:
    if kini is None:
        return ()
    hasil = []
    if lama is not None and lama != kini:
        hasil.append(f"{nama} {'naik' if kini > lama else 'turun'} dari {persen(lama)} menjadi {persen(kini)}.")
        hasil += ["Targetnya terlampaui."] if kini > 100 else []
    elif kini != 100:
        hasil.append(f"{nama} {'belum mencapai' if kini < 100 else 'melampaui'} target: {persen(kini)}.")
    if kini == terendah:
        hasil.append("Ini capaian terendah tahun ini." if hasil else f"{nama}: capaian terendah, {persen(kini)}.")
    return tuple(hasil)


def nilai(teks: str | None) -> Decimal | None:
    """A number of the form."""
    return None if teks is None else Decimal(teks)


def persen(n: str | Decimal | Fraction) -> str:
    """`98,49%`."""
    return angka.tulis_persen(Decimal(n) if isinstance(n, str) else n)
