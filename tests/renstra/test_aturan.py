"""Each rule alone, on the smallest table that shows it, beside the same table without the error."""

from __future__ import annotations

import pytest

from renstra import periksa
from renstra.tabel import susun

UANG = (
    "no,indikator,anggaran_2030,anggaran_2031,realisasi_2030,realisasi_2031,rasio_2030_tercetak,rasio_2031_tercetak,"
    "total_anggaran_tercetak,total_realisasi_tercetak,rasio_total_tercetak\n"
)
SATU = '1,A,100,300,50,300,"50,00%",100%,400,350,"87,50%"\n'
DUA = '2,B,100,,25,,"25,00%",-,100,25,25%\n'
JUMLAH = "Jumlah,Jumlah,200,300,75,300,,,,,75%\n"


def temuan(aturan: str, **berkas: str) -> list[tuple[str, str, str, str]]:
    """(row, column, recomputed, level) of what one rule finds in these files."""
    rencana = susun({f"{nama}.csv": isi for nama, isi in berkas.items()})
    hasil = getattr(periksa, aturan)(rencana)
    assert {t.aturan for t in hasil.temuan} <= {aturan}
    return [(t.lokasi.baris, t.lokasi.kolom, t.hitung_ulang, t.tingkat.value) for t in hasil.temuan]


def uang(aturan: str, satu: str = SATU, dua: str = DUA, jumlah: str = JUMLAH) -> list[tuple[str, str, str, str]]:
    return temuan(aturan, t_2_3_2_anggaran=UANG + satu + dua + jumlah)


@pytest.mark.parametrize("aturan", [a.__name__ for a in periksa.ATURAN])
def test_every_rule_is_silent_on_a_right_table_and_on_no_table(aturan):
    assert uang(aturan) == []
    assert temuan(aturan, t_2_4a_izin_terbit="tahun,jumlah_izin\n2030,5\n") == []


@pytest.mark.parametrize(
    ("dari", "ke", "benar"),
    [
        ('"50,00%"', '"50,01%"', "50,00%"),
        ('"50,00%"', "-", "50,00%"),
        ('"50,00%"', "51%", "50%"),
        ('"50,00%"', '"5,00%"', "50,00%"),
    ],
)
def test_a_wrong_or_missing_yearly_ratio(dari, ke, benar):
    assert uang("rasio_sel", SATU.replace(dari, ke)) == [("1", "rasio_2030_tercetak", benar, "kesalahan")]


def test_a_ratio_without_its_amounts():
    assert uang("rasio_sel", dua=DUA.replace(",-,", ",10%,")) == [("2", "rasio_2031_tercetak", "-", "kesalahan")]


def test_a_ratio_is_right_at_the_decimals_that_it_shows():
    tiga = '1,A,3,300,2,300,{},100%,303,302,"99,67%"\n'
    for cetak in ("67%", '"66,7%"', '"66,67%"'):
        assert uang("rasio_sel", tiga.format(cetak)) == []
    assert uang("rasio_sel", tiga.format('"66,66%"')) != []


def test_a_wrong_total_ratio_and_a_wrong_total_are_told_apart():
    assert uang("rasio_total", SATU.replace('"87,50%"', "87%")) == [("1", "rasio_total_tercetak", "88%", "kesalahan")]
    salah = SATU.replace(",400,", ",500,")
    assert uang("rasio_total", salah) == []
    assert uang("total_baris", salah) == [("1", "total_anggaran_tercetak", "400", "kesalahan")]


def test_a_wrong_cell_is_told_where_its_row_and_its_column_meet():
    salah = SATU.replace("1,A,100,", "1,A,190,")
    assert uang("total_baris", salah) == [
        ("1", "total_anggaran_tercetak", "490", "kesalahan"),
        ("1", "anggaran_2030", "100", "kesalahan"),
    ]
    assert uang("total_kolom", salah) == [("Jumlah", "anggaran_2030", "290", "kesalahan")]


def test_a_wrong_or_missing_column_total():
    assert uang("total_kolom", jumlah=JUMLAH.replace(",200,", ",201,")) == [
        ("Jumlah", "anggaran_2030", "200", "kesalahan")
    ]
    assert uang("total_kolom", jumlah=JUMLAH.replace(",200,", ",,")) == [
        ("Jumlah", "anggaran_2030", "200", "kesalahan")
    ]


def test_the_grand_total_by_rows_and_by_columns():
    assert uang("total_umum", jumlah=JUMLAH.replace(",200,", ",201,")) == [
        ("Jumlah", "total_anggaran_tercetak", "500", "kesalahan")
    ]


def test_staff_counted_twice_is_the_same_staff():
    isi = "status,dimensi,kategori,jumlah\nPNS,pendidikan,S1,3\nPNS,pendidikan,JUMLAH,3\n"
    isi += "PNS,golongan,III.a,{0}\nPNS,golongan,JUMLAH,{0}\n"
    assert temuan("total_umum", t_2_2_1_sdm=isi.format(3)) == []
    assert temuan("total_umum", t_2_2_1_sdm=isi.format(4)) == [("PNS golongan JUMLAH", "jumlah", "3", "kesalahan")]


ASET = (
    "tipe,kelompok,nama_tercetak,jumlah,nilai_rp,nilai_tercetak\n"
    'total,,Badan,5,3000,"3.000,00"\nkelompok,A,A,5,3000,"3.000,00"\n'
    'barang,A,Meja,2,1000,"{}"\nbarang,A,Kursi,3,2000,"2.000,00"\n'
)


@pytest.mark.parametrize(
    ("cetak", "tingkat"),
    [
        ("1.000,00", None),
        ("Rp. 1.000", None),
        ("1000,00", "kesalahan"),
        ("1.00.0,00", "kesalahan"),
        ("1.;000,00", "kesalahan"),
        ("10.000,00", "kesalahan"),
    ],
)
def test_a_printed_amount_is_well_grouped_and_says_the_number_of_the_table(cetak, tingkat):
    hasil = temuan("format_angka", t_2_2_2_aset=ASET.format(cetak))
    assert {(b, k, t) for b, k, _, t in hasil} == ({("Meja", "nilai_tercetak", tingkat)} if tingkat else set())


@pytest.mark.parametrize(("cetak", "tingkat"), [("1000.000.000", "peringatan"), ("1.00.000.000", "kesalahan")])
def test_a_form_in_which_no_digit_can_be_lost_is_a_warning(cetak, tingkat):
    daftar = f"tabel,baris,kolom,tercetak\n5.1,1,rp_2030,{cetak}\n"
    ((_, kolom, _, t),) = temuan("format_angka", tercetak=daftar)
    assert (kolom, t) == ("rp_2030", tingkat)


KINERJA = (
    "no,indikator,target_2030,target_2031,realisasi_2030,realisasi_2031\n"
    '1,A,100%,100%,"50,00%",100%\n2,B,100%,-,{},-\n'
)


@pytest.mark.parametrize(
    ("cetak", "benar"), [('"25,00%"', None), ("25%", None), ('"52,00%"', "25,00%"), ("-", "25,00%")]
)
def test_the_achievement_is_the_ratio_of_the_other_table(cetak, benar):
    hasil = temuan("silang_tabel", t_2_3_1_kinerja=KINERJA.format(cetak), t_2_3_2_anggaran=UANG + SATU + DUA + JUMLAH)
    assert hasil == ([("2", "realisasi_2030", benar, "kesalahan")] if benar else [])


def test_a_ratio_that_is_wrong_in_both_tables_is_told_where_its_amounts_stand():
    salah = DUA.replace('"25,00%"', '"52,00%"')
    berkas = {"t_2_3_1_kinerja": KINERJA.format('"52,00%"'), "t_2_3_2_anggaran": UANG + SATU + salah + JUMLAH}
    assert temuan("silang_tabel", **berkas) == []
    assert temuan("rasio_sel", **berkas) == [("2", "rasio_2030_tercetak", "25,00%", "kesalahan")]


IKU = "no,indikator,satuan,2030,2031{}\n1,Indeks Kepuasan Masyarakat,%,81,{}{}\n"


def test_three_tables_outvote_the_odd_one_and_two_accuse_each_other():
    tujuan, iku = IKU.format("", "82", ""), IKU.format(",akhir_2031", "28", ",28")
    dua = temuan("silang_tabel", t_4_1_tujuan_sasaran=tujuan, t_6_1_iku=iku)
    assert dua == [("1", "2031", "-", "kesalahan")] * 2
    target = "no_tabel,indikator_output,satuan,target_2030_angka,target_2031_angka\n0,Survei IKM,indeks,81,82\n"
    tiga = temuan("silang_tabel", t_4_1_tujuan_sasaran=tujuan, t_6_1_iku=iku, t_5_1_target=target)
    assert tiga == [("1", "2031", "82", "kesalahan")]


@pytest.mark.parametrize(
    ("kolom", "judul", "tingkat"),
    [
        ("target_2030..target_2031", "Target Kinerja", None),
        ("target_2030..target_2031", "Rasio Capaian", "kesalahan"),
        ("realisasi_2030..realisasi_2031", "Anggaran pada Tahun", "kesalahan"),
        ("total_anggaran", "Jumlah Anggaran", None),
        ("total_anggaran", "Pertumbuhan % Anggaran", "kesalahan"),
        ("ikm", "", "peringatan"),
        ("lain", "Apa saja", None),
    ],
)
def test_a_heading_says_what_its_column_holds(kolom, judul, tingkat):
    hasil = temuan("judul_kolom", judul_kolom=f'tabel,kolom,judul_tercetak\n2.3.1,{kolom},"{judul}"\n')
    assert [(k, t) for _, k, _, t in hasil] == ([(kolom, tingkat)] if tingkat else [])


TARGET = (
    "no_tabel,indikator_output,satuan,data_awal_tercetak,target_2030_tercetak,target_2031_tercetak,"
    "kondisi_akhir_tercetak,target_2030_angka,target_2031_angka,kondisi_akhir_angka\n"
)


@pytest.mark.parametrize(
    ("baris", "harap"),
    [
        ("1,A,buah,,2,3,5 buah,2,3,5", []),
        ("1,A,buah,,2,3,6 buah,2,3,6", [("A", "kondisi_akhir_angka", "5", "kesalahan")]),
        ("1,A,sistem,,1,1,1 sistem,1,1,1", [("A", "kondisi_akhir_angka", "2", "peringatan")]),
        ("1,A,sistem,2 sistem,1,1,1 sistem,1,1,1", [("A", "kondisi_akhir_angka", "2", "kesalahan")]),
        ("0,A,indeks,,81%,82%,82%,81,82,82", []),
        ("0,A,indeks,,81%,82%,81%,81,82,81", [("A", "kondisi_akhir_angka", "82", "kesalahan")]),
        (
            "1,A,unit,,2 unit kios,,2 Unit Kios dan 1 Situs,2,0,2",
            [("A", "kondisi_akhir_tercetak", "-", "peringatan")],
        ),
    ],
)
def test_the_end_is_the_sum_of_a_count_and_the_last_value_of_a_level(baris, harap):
    assert temuan("kondisi_akhir", t_5_1_target=f"{TARGET}{baris}\n") == harap


@pytest.mark.parametrize(
    ("cetak", "tingkat"), [("75%", None), ('"75,00%"', None), ("56%", "peringatan"), ("60%", "kesalahan")]
)
def test_an_average_is_the_ratio_of_sums_and_a_mean_of_ratios_is_a_warning(cetak, tingkat):
    hasil = uang("metode_rata_rata", jumlah=JUMLAH.replace("75%", cetak))
    assert [t for *_, t in hasil] == ([tingkat] if tingkat else [])


def test_kinds_of_services_are_counted_alike_and_a_part_only_with_itself():
    isi = "no_tabel,kegiatan\n1,Layanan 43 jenis izin\n2,Untuk 43 jenis Izin\n3,Penambahan 13 jenis izin\n"
    isi += "4,{} jenis izin\n"
    assert temuan("jumlah_layanan", t_5_1_pendanaan=isi.format(43)) == []
    assert temuan("jumlah_layanan", t_5_1_pendanaan=isi.format(34)) == [("4", "kegiatan", "43", "kesalahan")]
    narasi = "bab,butir,angka,kutipan\n2.3,jumlah_layanan,44,44 jenis\n"
    assert temuan("jumlah_layanan", t_5_1_pendanaan=isi.format(43), narasi=narasi) == [
        ("jumlah_layanan", "angka", "43", "peringatan")
    ]


def test_indicators_are_matched_by_the_surest_likeness():
    kepala = "no,indikator,satuan,2030\n"
    tujuan = kepala + "".join(f"{n},Indikator {n},%,{n}\n" for n in range(1, 12))
    iku = kepala + "".join(f"{n},Indikator {n},%,{n}\n" for n in range(11, 0, -1))
    assert temuan("silang_tabel", t_4_1_tujuan_sasaran=tujuan, t_6_1_iku=iku) == []
    salah = iku.replace("10,Indikator 10,%,10", "10,Indikator 10,%,12")
    assert (
        temuan("silang_tabel", t_4_1_tujuan_sasaran=tujuan, t_6_1_iku=salah) == [("10", "2030", "-", "kesalahan")] * 2
    )
