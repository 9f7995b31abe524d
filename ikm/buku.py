"""Buku IKM: a period's result as a document (PDF) and as a workbook (XLSX). Every number is the edition's.

From the newest signed edition; else from what is counted now, marked KONSEP. Whoever reads the API, the dashboard
or the book reads the same value (`ikm.statistik.hasil_periode`). Content: PermenPAN-RB 14/2017 (method, sample, per
unsur, follow-up, publication); order of the chapters is ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from core.bilangan import tulis
from core.cetak import cetak_pdf
from core.konfigurasi import kantor
from core.lembar import Kolom, Lembar, xlsx
from core.waktu import sekarang
from ikm.deret import deret_periode, deret_tahunan
from ikm.enums import Dimensi, ModeBobot
from ikm.halaman import gambar
from ikm.halaman.dasbor import bagian_hasil, kartu
from ikm.kata import kalimat
from ikm.models import Edisi, Instrumen, Komentar, Periode
from ikm.rumus import Peringatan
from ikm.services.tindak_lanjut import Dampak, dampak

#: A book of a busy half year is about fifteen pages; a small machine needs some seconds for it.
BATAS_DETIK: Final = 40.0
_JENIS_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DIMENSI: Final = {"kelompok": "Kelompok izin", "layanan": "Layanan", "saluran": "Cara menjawab"}
KOMENTAR_MAKS: Final = 200


@dataclass(frozen=True, slots=True)
class IsiBuku:
    """What both forms print. `edisi` None: a konsep."""

    periode: Periode
    instrumen: Instrumen
    hasil: dict[str, Any]
    edisi: Edisi | None
    rencana: list[Dampak]
    komentar: list[Komentar]
    dibuat: datetime

    @property
    def cap(self) -> str:
        """How the file is marked: `edisi-2` or `konsep`."""
        return f"edisi-{self.edisi.nomor}" if self.edisi else "konsep"

    @property
    def judul(self) -> str:
        return f"Indeks Kepuasan Masyarakat {self.periode.kode}"


def susun(periode: Periode) -> IsiBuku | None:
    """Gather the book; None while the whole result is withheld (fewer than five answers)."""
    from ikm.cakupan import anggota
    from ikm.statistik import hasil_periode

    edisi = (
        Edisi.objects.filter(periode=periode, disahkan_pada__isnull=False)
        .select_related("disusun_oleh", "disahkan_oleh")
        .order_by("-nomor")
        .first()
    )
    hasil = edisi.hasil if edisi else hasil_periode(periode)
    if hasil.get("ditahan") or not hasil.get("ikm"):
        return None
    terbit = Komentar.objects.filter(periode__in=anggota(periode), disembunyikan=False)
    return IsiBuku(
        periode=periode,
        instrumen=Instrumen.objects.prefetch_related("unsur", "rentang_mutu", "bobot").get(pk=periode.instrumen_id),
        hasil=hasil,
        edisi=edisi,
        rencana=dampak(periode),
        komentar=list(terbit.order_by("kunci")[:KOMENTAR_MAKS]),
        dibuat=edisi.disahkan_pada if edisi and edisi.disahkan_pada else sekarang(),
    )


def pdf(isi: IsiBuku) -> tuple[bytes, str]:
    """The book as a tagged PDF with a table of contents. Raises GagalCetak."""
    with translation.override("id"):
        html = render_to_string("dokumen/buku_ikm.html", _konteks(isi))
    return cetak_pdf(html, judul=isi.judul, dibuat=isi.dibuat, detik=BATAS_DETIK), "application/pdf"


def _konteks(isi: IsiBuku) -> dict[str, Any]:
    hasil = isi.hasil
    nama = {u["kode"]: u["nama"] for u in hasil["unsur"]}
    return {
        "isi": isi,
        "hasil": hasil,
        "kartu": kartu(hasil),
        "kantor": kantor(),
        "mode": str(ModeBobot(hasil["mode_bobot"]).label),
        "indeks": [
            {
                **i,
                "mode": str(ModeBobot(m).label),
                "bobot": i["bobot"].replace(".", ","),
                "resmi": m == hasil["mode_bobot"],
            }
            for m, i in hasil["indeks"].items()
        ],
        "terendah": [nama[k] for k in hasil["terendah"]],
        "peringatan": [kalimat(Peringatan(p["kode"], p["rinci"])) for p in hasil["peringatan"]],
        "bagian": [
            {"judul": judul, "baris": hasil[d]} for d, judul in _DIMENSI.items() if any(g["kunci"] for g in hasil[d])
        ],
        "profil": [
            (str(Dimensi(d).label), baris) for d, baris in hasil["profil"].items() if any(b["n"] for b in baris)
        ],
        "grafik": {
            "unsur": gambar.batang_unsur(hasil),
            "sebaran": gambar.sebaran(hasil),
            "tahunan": gambar.garis_indeks("g-tahun", "Indeks dan target tiap tahun", deret_tahunan(), kolom="Tahun"),
            "tren": gambar.garis_indeks("g-tren", "Indeks tiap semester", tren, kolom="Semester")
            if len(tren := deret_periode()) > 1
            else None,
            "bagian": bagian_hasil(hasil),
        },
    }


def buku_kerja(isi: IsiBuku) -> tuple[bytes, str]:
    """The same as a workbook: processing per unsur in the decree's order, parts, respondents, follow-up."""
    hasil = isi.hasil
    kepala = [isi.judul, f"{kantor().nama}, {isi.instrumen.nama}", _status(isi)]
    lembar = [_lembar_unsur(isi, kepala), _lembar_indeks(hasil, kepala)]
    lembar += [_lembar_bagian(judul, hasil[d], hasil, kepala) for d, judul in _DIMENSI.items()]
    lembar += [_lembar_profil(hasil, kepala), _lembar_rencana(isi, kepala)]
    return xlsx(lembar, dibuat=isi.dibuat, judul=isi.judul, penyusun=kantor().nama), _JENIS_XLSX


def _status(isi: IsiBuku) -> str:
    if isi.edisi is None:
        return "KONSEP: belum disahkan, angkanya masih berubah"
    return f"Edisi {isi.edisi.nomor}, disahkan"


def _lembar_unsur(isi: IsiBuku, kepala: list[str]) -> Lembar:
    """Sums, means and weighted means as the decree's processing form has them; the index stands below."""
    hasil = isi.hasil
    baris = [
        [f"U{ke}", u["nama"], u["n"], *u["cacah"], u["jumlah"], _angka(u["nrr"]), _angka(u["tertimbang"])]
        for ke, u in enumerate(hasil["unsur"], start=1)
    ]
    catatan = [
        f"Indeks (jumlah NRR tertimbang x 25, dibulatkan sekali): {tulis(Decimal(hasil['ikm']))}",
        f"Mutu {hasil['mutu']} ({hasil['kinerja']}); bobot: {ModeBobot(hasil['mode_bobot']).label}",
    ]
    kolom = [
        Kolom("Kode"),
        Kolom("Unsur", lebar=40),
        Kolom("Responden"),
        *(Kolom(f"Nilai {n}") for n in (1, 2, 3, 4)),
        Kolom("Jumlah nilai"),
        Kolom("NRR", 3),
        Kolom("NRR tertimbang", 3),
    ]
    return Lembar("Pengolahan", kepala, kolom, baris, catatan)


def _lembar_indeks(hasil: dict[str, Any], kepala: list[str]) -> Lembar:
    baris = [
        [str(ModeBobot(m).label), i["bobot"].replace(".", ","), Decimal(i["nilai"]), i["mutu"], i["kinerja"]]
        for m, i in hasil["indeks"].items()
    ]
    kolom = [
        Kolom("Cara menulis bobot", lebar=36),
        Kolom("Bobot"),
        Kolom("Indeks", 2),
        Kolom("Mutu"),
        Kolom("Kinerja"),
    ]
    return Lembar("Indeks", kepala, kolom, baris)


def _lembar_bagian(judul: str, bagian: list[dict[str, Any]], hasil: dict[str, Any], kepala: list[str]) -> Lembar:
    """Groups with their index and means; a withheld one is named without a figure."""
    kode = [u["kode"] for u in hasil["unsur"]]
    baris = [
        [g["nama"], "ditahan", None, "", *(None for _ in kode)]
        if g["ditahan"]
        else [g["nama"], g["n"], _angka(g["ikm"]), g["mutu"], *(_angka(g["nrr"].get(k)) for k in kode)]
        for g in bagian
    ]
    kolom = [Kolom(judul, lebar=40), Kolom("Responden"), Kolom("Indeks", 2), Kolom("Mutu")]
    kolom += [Kolom(f"U{ke}", 3) for ke in range(1, len(kode) + 1)]
    catatan = ["Ditahan: kurang dari 5 jawaban, atau dapat dipakai menghitung kelompok yang kurang dari 5."]
    return Lembar(judul, kepala, kolom, baris, catatan)


def _lembar_profil(hasil: dict[str, Any], kepala: list[str]) -> Lembar:
    baris = [[str(Dimensi(d).label), b["nama"], b["n"]] for d, isi in hasil["profil"].items() for b in isi]
    return Lembar("Responden", kepala, [Kolom("Tentang"), Kolom("Isian", lebar=30), Kolom("Responden")], baris)


def _lembar_rencana(isi: IsiBuku, kepala: list[str]) -> Lembar:
    baris = [
        [
            d.rencana.unsur.nama,
            d.rencana.rencana,
            d.rencana.penanggung_jawab,
            d.rencana.batas.isoformat(),
            str(d.rencana.get_status_display()),
            d.rencana.catatan,
            d.sebelum,
            d.sesudah,
        ]
        for d in isi.rencana
    ]
    judul = ("Unsur", "Rencana", "Penanggung jawab", "Paling lambat", "Keadaan", "Yang dikerjakan")
    kolom = [Kolom(j, lebar=30 if j in {"Unsur", "Rencana", "Yang dikerjakan"} else None) for j in judul]
    return Lembar("Tindak lanjut", kepala, [*kolom, Kolom("NRR sebelum", 3), Kolom("NRR sesudah", 3)], baris)


def _angka(teks: str | None) -> Decimal | Fraction | None:
    return None if teks is None else Decimal(teks)


#: What the address may ask for.
BENTUK: Final[dict[str, Callable[[IsiBuku], tuple[bytes, str]]]] = {"pdf": pdf, "xlsx": buku_kerja}
