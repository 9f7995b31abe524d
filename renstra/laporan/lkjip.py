"""LKjIP (LAKIP) of a year: the chapters of Permenpan RB 53/2014, their tables filled, the analysis left to people.

What the data say is said (rises, falls, the lowest, what passed its target); why is a stub that names who writes it.
Chapters: renstra_rules.md section 4. Numbers of chapter III come from the last frozen edition of the year's fourth
quarter, else from the reports as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from accounts.models import Unit
from core.lembar import Sel
from core.waktu import hari_ini
from ikm.deret import deret_tahunan
from renstra import angka
from renstra.evaluasi import sebagai_data, susun
from renstra.iku import kartu
from renstra.laporan import bulanan, e81, lampiran, tc
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.models import Potret, Rencana, Sasaran
from renstra.rumus import efisiensi, predikat

STUB: Final = "Sebab: ditulis oleh penanggung jawab kegiatan dan disunting perencana."


def buku(rencana: Rencana, tahun: int) -> Buku:
    """The book of one year of the plan."""
    isi, dari = isi_tahun(rencana, tahun)
    terbit = bulanan.tabel_penerbitan(date(tahun, 1, 1), date(tahun, 12, 1), f"Penerbitan menurut layanan, {tahun}")
    retribusi = bulanan.tabel_retribusi(date(tahun, 1, 1), date(tahun, 12, 1), f"Rekap retribusi, {tahun}")
    bagian = [
        _ringkasan(isi, tahun, dari),
        *_pendahuluan(terbit),
        *_perencanaan(rencana, isi, tahun),
        *_akuntabilitas(rencana, isi, tahun, terbit, retribusi),
        Bagian(
            "bab4",
            "Bab IV Penutup",
            paragraf=[
                _kalimat_akhir(isi, tahun),
                "Langkah perbaikan tahun berikut: ditulis oleh Kepala Perangkat Daerah.",
            ],
        ),
        Bagian("lampiran1", "Lampiran 1 Pengukuran kinerja (Formulir E.81)", tabel=[_ukur(isi)]),
    ]
    semua = [t for b in bagian for t in b.tabel]
    sumber = lampiran.sumber(semua, lampiran.dari_isi(isi), f"Bab III: {dari}.")
    bagian.append(Bagian("lampiran2", "Lampiran 2 Sumber setiap angka", tabel=[sumber]))
    lampiran.beri_kode(bagian)
    return Buku(
        f"Laporan Kinerja Instansi Pemerintah {tahun}",
        rencana.nama,
        bagian,
        tanda="" if dari.endswith("disahkan") and tahun < hari_ini().year else "Sementara",
        daftar_isi=True,
    )


def isi_tahun(rencana: Rencana, tahun: int) -> tuple[dict[str, Any], str]:
    """The form of the year's fourth quarter, and what it is: the last signed edition, or the reports so far."""
    sah = Potret.objects.filter(rencana=rencana, tahun=tahun, triwulan=4, disahkan_pada__isnull=False)
    akhir = sah.order_by("edisi").last()
    if akhir is not None:
        return akhir.isi, f"Formulir E.81 triwulan IV {tahun}, edisi {akhir.edisi}, disahkan"
    return sebagai_data(susun(rencana, tahun, 4)), f"Formulir E.81 {tahun}, sementara"


def _ringkasan(isi: dict[str, Any], tahun: int, dari: str) -> Bagian:
    butir = temuan(isi) or ["Belum ada capaian yang dapat dihitung untuk tahun ini."]
    return Bagian(
        "ringkasan", "Ringkasan eksekutif", paragraf=[_kalimat_akhir(isi, tahun), f"Dasar: {dari}."], butir=butir
    )


def _kalimat_akhir(isi: dict[str, Any], tahun: int) -> str:
    rata, kriteria = isi["rata"], isi["predikat"]
    if rata["k"] is None:
        return f"Capaian kinerja tahun {tahun} belum dapat dihitung: belum ada realisasi yang dicatat."
    uang = f"; serapan anggaran rata-rata {_persen(rata['rp'])}" if rata["rp"] is not None else ""
    return f"Rata-rata capaian kinerja tahun {tahun} {_persen(rata['k'])} ({kriteria['k']}){uang}."


def temuan(isi: dict[str, Any]) -> list[str]:
    """What the data say: the lowest, what passed its target, what fell short, in whole sentences."""
    ada = sorted((Decimal(b["capaian"]["k"]), b["indikator"]) for b in isi["baris"] if b["capaian"]["k"] is not None)
    if not ada:
        return []
    rendah, tinggi = ada[0], ada[-1]
    hasil = [
        f"Capaian terendah: {rendah[1]}, {_persen(rendah[0])}.",
        f"Capaian tertinggi: {tinggi[1]}, {_persen(tinggi[0])}.",
    ]
    kurang = sum(1 for n, _ in ada if n < 100)
    lebih = [nama for n, nama in ada if n > 100]
    hasil.append(f"{kurang} dari {len(ada)} indikator yang terukur belum mencapai target.")
    if lebih:
        hasil.append(f"{len(lebih)} indikator melampaui target; periksa apakah targetnya terlalu rendah.")
    tanpa = len(isi["baris"]) - len(ada)
    if tanpa:
        hasil.append(f"{tanpa} indikator belum dapat diukur: tidak ada target atau realisasi.")
    return hasil


def _pendahuluan(terbit: Tabel) -> list[Bagian]:
    unit = [
        [u.nama, u.get_jenis_display()] for u in Unit.objects.filter(jenis__in=("badan", "bidang")).order_by("pk")
    ]
    tabel = Tabel(
        "Organisasi", "Susunan organisasi", [Kolom("Unit"), Kolom("Jenis")], [*unit], sumber="data unit portal"
    )
    kalimat = "Isu strategis: ditulis oleh Kepala Perangkat Daerah."
    banyak = f"Portal mencatat {len(terbit.isi)} layanan yang dipakai sepanjang tahun."
    return [
        Bagian("bab1", "Bab I Pendahuluan"),
        Bagian("organisasi", "A. Organisasi", 2, tabel=[tabel] if unit else []),
        Bagian("isu", "B. Isu strategis", 2, paragraf=[banyak, kalimat]),
    ]


def _perencanaan(rencana: Rencana, isi: dict[str, Any], tahun: int) -> list[Bagian]:
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


def _akuntabilitas(
    rencana: Rencana, isi: dict[str, Any], tahun: int, terbit: Tabel, retribusi: Tabel
) -> list[Bagian]:
    lalu = isi_tahun(rencana, tahun - 1)[0] if tahun - 1 in rencana.tahun else None
    capai = _capaian(isi, lalu, tahun)
    analisis = _analisis(isi, lalu)
    tahunan, pendanaan = tc.tabel_kini(rencana)
    return [
        Bagian("bab3", "Bab III Akuntabilitas kinerja"),
        Bagian("capaian", "A. Capaian kinerja organisasi", 2, paragraf=[_kalimat_akhir(isi, tahun)], tabel=[capai]),
        Bagian("beberapa-tahun", "B. Perbandingan beberapa tahun", 2, tabel=[tahunan]),
        Bagian("ikm", "C. Indeks kepuasan masyarakat", 2, tabel=_ikm(rencana)),
        Bagian("analisis", "D. Analisis keberhasilan dan kegagalan", 2, butir=analisis),
        Bagian("efisiensi", "E. Efisiensi sumber daya", 2, tabel=[_efisiensi(isi)]),
        Bagian("penerbitan", "F. Program dan kegiatan penunjang: penerbitan", 2, tabel=[terbit]),
        Bagian("anggaran", "G. Realisasi anggaran", 2, tabel=[pendanaan, retribusi]),
    ]


def _capaian(isi: dict[str, Any], lalu: dict[str, Any] | None, tahun: int) -> Tabel:
    """Target against realisation, last year, and the end of the plan, with the grade of each."""
    sebelum = _menurut_kunci(lalu)
    baris: list[Sequence[Sel]] = []
    for n, b in enumerate(isi["baris"], start=1):
        persen = _angka(b["capaian"]["k"])
        nilai = predikat(persen, date(tahun, 12, 31))
        lama = sebelum.get(_kunci(b))
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


def _kunci(b: dict[str, Any]) -> tuple[str, str]:
    return b["uraian"], b["indikator"]


def _menurut_kunci(isi: dict[str, Any] | None) -> dict[tuple[str, str], Decimal | None]:
    return {_kunci(b): _angka(b["capaian"]["k"]) for b in (isi or {}).get("baris", [])}


def _analisis(isi: dict[str, Any], lalu: dict[str, Any] | None) -> list[str]:
    """A sentence and a stub for every rise or fall against last year and for what fell below half of its target."""
    sebelum = _menurut_kunci(lalu)
    hasil = []
    for b in isi["baris"]:
        kini, lama = _angka(b["capaian"]["k"]), sebelum.get(_kunci(b))
        if kini is None:
            continue
        if lama is not None and lama != kini:
            arah = "naik" if kini > lama else "turun"
            hasil.append(f"{b['indikator']} {arah} dari {_persen(lama)} menjadi {_persen(kini)}. {STUB}")
        elif kini < 100:
            hasil.append(f"{b['indikator']} belum mencapai target: {_persen(kini)}. {STUB}")
    return hasil or ["Belum ada perubahan capaian yang dapat dihitung."]


def _efisiensi(isi: dict[str, Any]) -> Tabel:
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


def _ukur(isi: dict[str, Any]) -> Tabel:
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


def _angka(teks: str | None) -> Decimal | None:
    return None if teks is None else Decimal(teks)


def _persen(nilai: str | Decimal | Fraction) -> str:
    return angka.tulis_persen(Decimal(nilai) if isinstance(nilai, str) else nilai)
