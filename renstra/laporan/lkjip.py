"""LKjIP (LAKIP) of a year: the chapters of Permenpan RB 53/2014, their tables filled, the analysis left to people.

What the data say is said (rises, falls, the lowest, what passed its target); why is what people wrote on the page of
the texts (renstra/laporan/narasi.py), and a stub that names who writes it until they do.
Chapters: renstra_rules.md section 4. Numbers of chapter III come from the last frozen edition of the year's fourth
quarter, else from the reports as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from accounts.models import Unit
from core.lembar import Sel
from core.waktu import hari_ini
from ikm.deret import deret_tahunan
from renstra.enums import BagianNaskah
from renstra.iku import kartu
from renstra.laporan import bulanan, e81, lampiran, tc
from renstra.laporan.bahan import Bahan, bahan_bila
from renstra.laporan.bahan import bahan as bahan_formulir
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.laporan.narasi import (
    BahanTahun,
    Isi,
    kalimat_akhir,
    kalimat_layanan,
    kunci,
    menurut_kunci,
    narasi,
    tempat,
    temuan,
)
from renstra.laporan.narasi import nilai as _angka
from renstra.laporan.teks import Narasi
from renstra.models import Naskah, Rencana, Sasaran
from renstra.rumus import efisiensi, predikat


def buku(rencana: Rencana, tahun: int) -> Buku:
    """The book of one year of the plan."""
    bahan, formulir = bahan_tahun(rencana, tahun)
    isi, terbit, dari = bahan.isi, bahan.terbit, formulir.dari
    tulis = _Tulis(rencana, bahan)
    retribusi = bulanan.tabel_retribusi(date(tahun, 1, 1), date(tahun, 12, 1), f"Rekap retribusi, {tahun}")
    bagian = [
        _ringkasan(bahan, dari, tulis),
        *_pendahuluan(terbit, tulis),
        *_perencanaan(rencana, isi, tahun),
        *_akuntabilitas(rencana, bahan, retribusi, tulis),
        Bagian(
            "bab4",
            "Bab IV Penutup",
            paragraf=[kalimat_akhir(isi, tahun)],
            narasi=tulis(BagianNaskah.PENUTUP),
        ),
        Bagian("langkah", "Langkah perbaikan tahun berikut", 2, narasi=tulis(BagianNaskah.LANGKAH)),
        Bagian("lampiran1", "Lampiran 1 Pengukuran kinerja (Formulir E.81)", tabel=[_ukur(isi)]),
    ]
    semua = [t for b in bagian for t in b.tabel]
    sumber = lampiran.sumber(semua, lampiran.dari_isi(dict(isi)), f"Bab III: {dari}.")
    bagian.append(Bagian("lampiran2", "Lampiran 2 Sumber setiap angka", tabel=[sumber]))
    lampiran.beri_kode(bagian)
    return Buku(
        f"Laporan Kinerja Instansi Pemerintah {tahun}",
        rencana.nama,
        bagian,
        tanda="" if formulir.sah and tahun < hari_ini().year else "Sementara",
        daftar_isi=True,
    )


def bahan_tahun(rencana: Rencana, tahun: int) -> tuple[BahanTahun, Bahan]:
    """What the sentences of the year's book are made of, and the form that its numbers come from."""
    formulir, lalu = bahan_formulir(rencana, tahun), bahan_bila(rencana, tahun - 1)
    terbit = bulanan.tabel_penerbitan(date(tahun, 1, 1), date(tahun, 12, 1), f"Penerbitan menurut layanan, {tahun}")
    return BahanTahun(tahun, formulir.isi, lalu.isi if lalu else None, terbit), formulir


class _Tulis:
    """What was written for each part of one year's book. One query."""

    def __init__(self, rencana: Rencana, bahan: BahanTahun) -> None:
        self._tempat = tempat(bahan)
        daftar = Naskah.objects.filter(rencana=rencana, tahun=bahan.tahun)
        self._isi = {(n.bagian, n.acuan): n.isi for n in daftar}

    def __call__(self, bagian: BagianNaskah) -> list[Narasi]:
        return narasi(self._tempat, self._isi, bagian)


def _ringkasan(bahan: BahanTahun, dari: str, tulis: _Tulis) -> Bagian:
    butir = temuan(bahan.isi) or ["Belum ada capaian yang dapat dihitung untuk tahun ini."]
    paragraf = [kalimat_akhir(bahan.isi, bahan.tahun), f"Dasar: {dari}."]
    narasi_ = tulis(BagianNaskah.RINGKASAN)
    return Bagian("ringkasan", "Ringkasan eksekutif", paragraf=paragraf, butir=butir, narasi=narasi_)


def _pendahuluan(terbit: Tabel, tulis: _Tulis) -> list[Bagian]:
    unit = [
        [u.nama, u.get_jenis_display()] for u in Unit.objects.filter(jenis__in=("badan", "bidang")).order_by("pk")
    ]
    tabel = Tabel(
        "Organisasi", "Susunan organisasi", [Kolom("Unit"), Kolom("Jenis")], [*unit], sumber="data unit portal"
    )
    return [
        Bagian("bab1", "Bab I Pendahuluan"),
        Bagian("organisasi", "A. Organisasi", 2, tabel=[tabel] if unit else []),
        Bagian("isu", "B. Isu strategis", 2, paragraf=[kalimat_layanan(terbit)], narasi=tulis(BagianNaskah.ISU)),
    ]


def _perencanaan(rencana: Rencana, isi: Isi, tahun: int) -> list[Bagian]:
    baris: list[Sequence[Sel]] = [
        [n, b["indikator"], b["satuan"], _angka(b["target"]["k"]), _angka(b["target"]["rp"])]
        for n, b in enumerate(isi["baris"], start=1)
    ]
    kolom = [
        Kolom("No", angka=True),
        Kolom("Indikator", lebar=44),
        Kolom("Satuan"),
        Kolom("Target", angka=True, kosong="-"),
        Kolom("Anggaran (Rp)", angka=True, desimal=0, kosong="-"),
    ]
    sasaran = [str(s.uraian) for s in Sasaran.objects.filter(tujuan__rencana=rencana).order_by("tujuan__no", "no")]
    return [
        Bagian("bab2", "Bab II Perencanaan kinerja", paragraf=[f"Visi: {rencana.visi}"], butir=sasaran),
        Bagian(
            "pk",
            "A. Ringkasan Perjanjian Kinerja",
            2,
            tabel=[Tabel("Perjanjian", f"Target dan anggaran {tahun}", kolom, baris, sumber=rencana.nama)],
        ),
    ]


def _akuntabilitas(rencana: Rencana, bahan: BahanTahun, retribusi: Tabel, tulis: _Tulis) -> list[Bagian]:
    isi, tahun = bahan.isi, bahan.tahun
    capai = _capaian(isi, bahan.lalu, tahun)
    sebab = tulis(BagianNaskah.SEBAB)
    tanpa_sebab = [] if sebab else ["Belum ada perubahan capaian yang dapat dihitung."]
    boros, sokong = tulis(BagianNaskah.EFISIENSI), tulis(BagianNaskah.PENUNJANG)
    tahunan, pendanaan = tc.tabel_kini(rencana)
    return [
        Bagian("bab3", "Bab III Akuntabilitas kinerja"),
        Bagian("capaian", "A. Capaian kinerja organisasi", 2, paragraf=[kalimat_akhir(isi, tahun)], tabel=[capai]),
        Bagian("beberapa-tahun", "B. Perbandingan beberapa tahun", 2, tabel=[tahunan]),
        Bagian("ikm", "C. Indeks kepuasan masyarakat", 2, tabel=_ikm(rencana)),
        Bagian("analisis", "D. Analisis keberhasilan dan kegagalan", 2, paragraf=tanpa_sebab, narasi=sebab),
        Bagian("efisiensi", "E. Efisiensi sumber daya", 2, narasi=boros, tabel=[_efisiensi(isi)]),
        Bagian(
            "penerbitan",
            "F. Program dan kegiatan penunjang: penerbitan",
            2,
            narasi=sokong,
            tabel=[bahan.terbit],
        ),
        Bagian("anggaran", "G. Realisasi anggaran", 2, tabel=[pendanaan, retribusi]),
    ]


def _capaian(isi: Isi, lalu: Isi | None, tahun: int) -> Tabel:
    """Target against realisation, last year, and the end of the plan, with the grade of each."""
    sebelum = menurut_kunci(lalu)
    baris: list[Sequence[Sel]] = []
    for n, b in enumerate(isi["baris"], start=1):
        persen = _angka(b["capaian"]["k"])
        nilai = predikat(persen, date(tahun, 12, 31))
        lama = sebelum.get(kunci(b))
        kini = [_angka(b["target"]["k"]), _angka(b["realisasi"]["k"]), persen, nilai.kriteria if nilai else "n/a"]
        baris.append([n, f"{b['indikator']} ({b['satuan']})", *kini, lama, _angka(b["capaian_renstra"]["k"])])
    kolom = [
        Kolom("No", angka=True),
        Kolom("Indikator (satuan)", lebar=40),
        Kolom("Target", angka=True, kosong="-"),
        Kolom("Realisasi", angka=True, kosong="-"),
        Kolom("Capaian (%)", angka=True, desimal=2, kosong="n/a"),
        Kolom("Predikat"),
        Kolom(f"Capaian {tahun - 1} (%)", angka=True, desimal=2, kosong="n/a"),
        Kolom("Terhadap akhir Renstra (%)", angka=True, desimal=2, kosong="n/a"),
    ]
    return Tabel("Capaian", f"Pengukuran kinerja {tahun}", kolom, baris, sumber=f"Formulir E.81 tahun {tahun}")


def _efisiensi(isi: Isi) -> Tabel:
    """Achievement against absorption, per line that has money, in both variants."""
    baris: list[Sequence[Sel]] = []
    for b in isi["baris"]:
        kinerja, uang = _angka(b["capaian"]["k"]), _angka(b["capaian"]["rp"])
        if uang is None:
            continue
        e = efisiensi(kinerja, uang)
        baris.append([len(baris) + 1, b["uraian"], kinerja, uang, e.selisih if e else None, e.nisbah if e else None])
    kolom = [
        Kolom("No", angka=True),
        Kolom("Program atau kegiatan", lebar=44),
        *(
            Kolom(kata, angka=True, desimal=2, kosong="n/a")
            for kata in ("Capaian (%)", "Serapan (%)", "Efisiensi: selisih (poin)", "Efisiensi: nisbah (%)")
        ),
    ]
    catatan = (
        "Selisih adalah capaian dikurangi serapan; nisbah adalah (1 - serapan / capaian) x 100. Capaian diambil dari "
        "indikator pertama program atau kegiatan itu.",
    )
    return Tabel("Efisiensi", "Efisiensi sumber daya", kolom, baris, sumber="Formulir E.81", catatan=catatan)


def _ikm(rencana: Rencana) -> list[Tabel]:
    deret: list[Sequence[Sel]] = [
        [t.label, t.target, t.nilai, t.mutu or "-", t.ruas, t.sumber or "-"] for t in deret_tahunan()
    ]
    kolom = [
        Kolom("Tahun"),
        Kolom("Target", angka=True, desimal=2, kosong="-"),
        Kolom("Indeks", angka=True, desimal=2, kosong="-"),
        Kolom("Mutu"),
        Kolom("Keputusan"),
        Kolom("Sumber"),
    ]
    hasil = [Tabel("IKM", "Indeks kepuasan masyarakat per tahun", kolom, deret, sumber="survei kepuasan; Renstra")]
    for k in kartu(rencana):
        mutu: list[Sequence[Sel]] = [[str(t.tahun), t.nilai, *(m.mutu for m in t.mutu)] for t in k.target]
        kepala = [Kolom("Tahun"), Kolom("Target", angka=True, desimal=2), *(Kolom(n) for n in k.instrumen)]
        judul = f"Mutu target {k.nama} menurut keputusan"
        hasil.append(Tabel("Mutu target", judul, kepala, mutu, sumber="tabel mutu tiap keputusan"))
    return hasil


def _ukur(isi: Isi) -> Tabel:
    """E.81 cut to what fits an upright page: this year only."""
    baris: list[Sequence[Sel]] = []
    for n, b in enumerate(isi["baris"], start=1):
        tw = [_angka(p["k"]) for p in b["triwulan"]]
        akhir = [_angka(b["realisasi"]["k"]), _angka(b["capaian"]["k"]), _angka(b["capaian"]["rp"])]
        baris.append([n, b["indikator"], _angka(b["target"]["k"]), *tw, *akhir])
    kolom = [
        Kolom("No", angka=True),
        Kolom("Indikator", lebar=40),
        Kolom("Target", angka=True, kosong="-"),
        *(Kolom(f"Triwulan {r}", angka=True, kosong="-") for r in e81.ROMAWI),
        Kolom("Realisasi", angka=True, kosong="-"),
        Kolom("Capaian (%)", angka=True, desimal=2, kosong="n/a"),
        Kolom("Serapan (%)", angka=True, desimal=2, kosong="n/a"),
    ]
    return Tabel("Pengukuran", "Realisasi per triwulan", kolom, baris, sumber="Formulir E.81")
