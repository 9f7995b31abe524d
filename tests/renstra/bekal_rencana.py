"""Plans of any size in which everything is right, as texts of CSV files; and errors to plant in them.

The numbers are made here with ints and Decimals of the test's own, not with the code that is tested.
"""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from hypothesis import strategies as st

Isi = dict[str, list[dict[str, str]]]


def tulis(isi: Isi) -> dict[str, str]:
    """The files as texts."""
    hasil = {}
    for nama, baris in isi.items():
        keluar = io.StringIO()
        penulis = csv.DictWriter(keluar, list(baris[0]), lineterminator="\n")
        penulis.writeheader()
        penulis.writerows(baris)
        hasil[nama] = keluar.getvalue()
    return hasil


def titik(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def persen(a: int, b: int, desimal: int) -> str:
    nilai = (Decimal(a) * 100 / Decimal(b)).quantize(Decimal(1).scaleb(-desimal), ROUND_HALF_UP)
    return f"{nilai}%".replace(".", ",")


def rencana_benar(acak: Random) -> Isi:
    """A plan in which every table agrees with itself and with the others."""
    awal = acak.randint(1995, 2040)
    lama = [awal + i for i in range(acak.randint(2, 6))]
    baru = [lama[-1] + 1 + i for i in range(acak.randint(2, 6))]
    isi: Isi = {}
    _sdm(acak, isi)
    _aset(acak, isi)
    _anggaran_kinerja(acak, isi, lama)
    _izin_ikm(acak, isi, lama)
    _pendanaan_target(acak, isi, baru)
    _iku(acak, isi, lama, baru)
    _judul(acak, isi, lama, baru)
    for nama in [n for n in isi if acak.random() < 0.12]:
        if len([n for n in isi if n.startswith("t_")]) > 1:
            del isi[nama]
    return isi


def _sdm(acak: Random, isi: Isi) -> None:
    baris = []
    for status in ["PNS", "TKK"][: acak.randint(1, 2)]:
        orang = acak.randint(1, 90)
        for dimensi in ["pendidikan", "golongan"][: acak.randint(1, 2)]:
            sisa = orang
            for i in range(acak.randint(1, 9)):
                n = acak.randint(0, sisa)
                sisa -= n
                baris.append((status, dimensi, f"K{i}", n))
            baris += [(status, dimensi, "lain", sisa), (status, dimensi, "JUMLAH", orang)]
    isi["t_2_2_1_sdm.csv"] = [
        {"status": s, "dimensi": d, "kategori": k, "jumlah_tercetak": str(n) if n else "-", "jumlah": str(n)}
        for s, d, k, n in baris
    ]


def _aset(acak: Random, isi: Isi) -> None:
    baris: list[tuple[str, str, str, int, int]] = []
    for k in range(acak.randint(1, 4)):
        barang = [(acak.randint(1, 400), acak.randint(1, 10**9)) for _ in range(acak.randint(1, 6))]
        nama = f"Kelompok {k}"
        baris.append(("kelompok", nama, nama, sum(b[0] for b in barang), sum(b[1] for b in barang)))
        baris += [("barang", nama, f"Barang {k}.{i}", *b) for i, b in enumerate(barang)]
    jumlah = [sum(b[i] for b in baris if b[0] == "barang") for i in (3, 4)]
    isi["t_2_2_2_aset.csv"] = [
        {
            "urut": str(i), "tipe": t, "kelompok": k, "nama_tercetak": n, "jumlah": str(j), "nilai_rp": str(rp),
            "nilai_tercetak": f"{titik(rp)},00", "catatan": "",
        }
        for i, (t, k, n, j, rp) in enumerate([("total", "", "Badan", *jumlah), *baris])
    ]  # fmt: skip


def _anggaran_kinerja(acak: Random, isi: Isi, tahun: list[int]) -> None:
    """Budget, realisation and ratios; the last year may not be realised yet, in both tables."""
    belum = {tahun[-1]} if acak.random() < 0.3 else set()
    uang, kinerja = [], []
    for no in range(1, acak.randint(2, 10)):
        a: dict[int, int] = {t: acak.randint(10, 9000) * 10**5 for t in tahun if acak.random() < 0.7}
        r = {t: acak.randint(1, n) for t, n in a.items() if t not in belum}
        des = acak.choice([0, 2, 2, 2])
        rasio = {t: persen(r[t], a[t], des) for t in r}
        baris = {"no": str(no), "indikator": f"Kegiatan {no}"}
        baris |= {f"anggaran_{t}": str(a.get(t, "")) for t in tahun}
        baris |= {f"realisasi_{t}": str(r.get(t, "")) for t in tahun}
        baris |= {f"rasio_{t}_tercetak": rasio.get(t, acak.choice(["-", ""])) for t in tahun}
        ja, jr = sum(a.values()), sum(r.values())
        baris["total_anggaran_tercetak"] = str(ja) if a else ""
        baris["total_realisasi_tercetak"] = str(jr) if r else ""
        baris["rasio_total_tercetak"] = persen(jr, ja, 0) if r else "-"
        uang.append(baris)
        kinerja.append(
            {"no": str(no), "indikator": f"Kegiatan {no}"}
            | {f"target_{t}": "100%" if t in a else "-" for t in tahun}
            | {f"realisasi_{t}": rasio.get(t, "-") for t in tahun}
        )
    jumlah = {"no": "Jumlah", "indikator": "Jumlah"}
    for jenis in ("anggaran", "realisasi"):
        for t in tahun:
            n = sum(int(b[f"{jenis}_{t}"] or 0) for b in uang)
            jumlah[f"{jenis}_{t}"] = str(n) if n or acak.random() < 0.5 else ""
    jumlah |= {f"rasio_{t}_tercetak": "" for t in tahun}
    ja, jr = (sum(int(b[f"total_{j}_tercetak"] or 0) for b in uang) for j in ("anggaran", "realisasi"))
    lengkap = acak.random() < 0.5
    jumlah["total_anggaran_tercetak"] = str(ja) if lengkap and ja else ""
    jumlah["total_realisasi_tercetak"] = str(jr) if lengkap and jr else ""
    jumlah["rasio_total_tercetak"] = persen(jr, ja, acak.choice([0, 2])) if ja and jr else ""
    isi["t_2_3_2_anggaran.csv"] = [*uang, jumlah]
    isi["t_2_3_1_kinerja.csv"] = kinerja


def _izin_ikm(acak: Random, isi: Isi, tahun: list[int]) -> None:
    izin = {t: acak.randint(0, 99999) for t in tahun}
    isi["t_2_4a_izin_terbit.csv"] = [
        {"tahun": str(t), "jumlah_izin_tercetak": titik(n), "jumlah_izin": str(n)} for t, n in izin.items()
    ]
    ikm = {t: Decimal(acak.randint(2500, 10000)) / 100 for t in tahun}
    isi["t_2_4b_ikm.csv"] = [
        {
            "tahun": str(t), "ikm_tercetak": f"{n:.2f}".replace(".", ","), "ikm": f"{n:.2f}",
            "target_tercetak": str(75 + i), "target": str(75 + i),
        }
        for i, (t, n) in enumerate(ikm.items())
    ]  # fmt: skip


_SATUAN = [("lembar", "leaflet"), ("dokumen", "Dok"), ("orang", "org"), ("unit", "unit")]


def _pendanaan_target(acak: Random, isi: Isi, tahun: list[int]) -> None:
    uang, target = [], []
    banyak = acak.randint(1, 6)
    for no in range(1, banyak + 1):
        rp = {t: acak.randint(1, 2000) * 10**6 for t in tahun if acak.random() < 0.7}
        uang.append(
            {"no_tabel": str(no), "no_daftar_5_1_1": str(no), "kegiatan": f"Kegiatan {no}"}
            | {f"rp_{t}": str(rp.get(t, "")) for t in tahun}
            | {"total_tercetak": str(sum(rp.values())) if rp else "", "total_hitung": "salah", "catatan": "x"}
        )
        target += [_keluaran(acak, no, i, tahun) for i in range(acak.randint(1, 4))]
    jumlah = {f"rp_{t}": sum(int(b[f"rp_{t}"] or 0) for b in uang) for t in tahun}
    dicetak = acak.random() < 0.7
    uang.append(
        {"no_tabel": "JUMLAH", "no_daftar_5_1_1": "", "kegiatan": "JUMLAH"}
        | {k: str(n) if dicetak else "" for k, n in jumlah.items()}
        | {"total_tercetak": str(sum(jumlah.values())), "total_hitung": "", "catatan": ""}
    )
    isi["t_5_1_pendanaan.csv"], isi["t_5_1_target.csv"] = uang, target


def _keluaran(acak: Random, no: int, i: int, tahun: list[int]) -> dict[str, str]:
    satuan, kata = acak.choice(_SATUAN)
    n = {t: acak.randint(1, 5000) if acak.random() < 0.6 else 0 for t in tahun}
    bentuk = acak.choice(["{}", "{} " + kata])
    akhir = sum(n.values())
    return (
        {"no_tabel": str(no), "indikator_output": f"Keluaran {no}.{i}", "satuan": satuan}
        | {"data_awal_tercetak": acak.choice(["", "-", f"{titik(acak.randint(0, 9999))} {kata}"])}
        | {f"target_{t}_tercetak": bentuk.format(titik(x)) if x else acak.choice(["-", ""]) for t, x in n.items()}
        | {"kondisi_akhir_tercetak": f"{titik(akhir)} {kata}" if akhir else "-"}
        | {f"target_{t}_angka": str(x) for t, x in n.items()}
        | {"kondisi_akhir_angka": str(akhir), "catatan": ""}
    )


def _iku(acak: Random, isi: Isi, lama: list[int], baru: list[int]) -> None:
    """Outcome row of 5.1, Tabel 4.1 and 6.1 carry the same yearly targets."""
    n = {t: Decimal(acak.randint(5000, 10000)) / 100 for t in baru}
    awal = isi["t_2_4b_ikm.csv"][-1]["ikm"]
    koma = {t: f"{x}".replace(".", ",") + "%" for t, x in n.items()}
    tahunan = {f"{t}": f"{x}" for t, x in n.items()}
    nama = "Indeks Kepuasan Masyarakat"
    isi["t_4_1_tujuan_sasaran.csv"] = [
        {"no": "1", "tujuan": "T", "sasaran": "S", "indikator": nama, "satuan": "%"} | tahunan
    ]
    isi["t_6_1_iku.csv"] = [
        {"no": "1", "indikator": nama, "satuan": "%", f"awal_{lama[-1]}": awal}
        | tahunan
        | {f"akhir_{baru[-1]}": f"{n[baru[-1]]}"}
    ]
    isi["t_5_1_target.csv"].insert(
        0,
        {"no_tabel": "0", "indikator_output": "Hasil Survey IKM", "satuan": "indeks"}
        | {"data_awal_tercetak": awal.replace(".", ",") + "%"}
        | {f"target_{t}_tercetak": koma[t] for t in baru}
        | {"kondisi_akhir_tercetak": koma[baru[-1]]}
        | {f"target_{t}_angka": f"{x}" for t, x in n.items()}
        | {"kondisi_akhir_angka": f"{n[baru[-1]]}", "catatan": ""},
    )


def _judul(acak: Random, isi: Isi, lama: list[int], baru: list[int]) -> None:
    semua = [
        ("2.3.1", f"target_{lama[0]}..target_{lama[-1]}", "Target pada Tahun ke-"),
        ("2.3.1", f"realisasi_{lama[0]}..realisasi_{lama[-1]}", "Realisasi Capaian Tahun ke-"),
        ("2.3.2", f"anggaran_{lama[0]}..anggaran_{lama[-1]}", "Anggaran pada Tahun"),
        ("2.3.2", f"rasio_{lama[0]}..rasio_{lama[-1]}", "Rasio Capaian pada Tahun ke-"),
        ("2.3.2", "total_anggaran", "Jumlah Anggaran"),
        ("2.4b", "ikm", "IKM"),
        ("2.4b", "target", "Target"),
        ("5.1", "data_awal", "Data Capaian pada Tahun Awal Perencanaan"),
        ("5.1", f"target_{baru[0]}..target_{baru[-1]}", "Target Kinerja Program dan Kerangka Pendanaan"),
        ("5.1", "kondisi_akhir", "Kondisi Kinerja pada akhir periode Renstra SKPD"),
        ("6.1", "kondisi_awal", "Kondisi kinerja pada awal periode"),
    ]
    dipilih = acak.sample(semua, acak.randint(1, len(semua)))
    isi["judul_kolom.csv"] = [{"tabel": t, "kolom": k, "judul_tercetak": j} for t, k, j in dipilih]


rencana = st.integers(0, 2**48).map(lambda benih: rencana_benar(Random(benih)))
