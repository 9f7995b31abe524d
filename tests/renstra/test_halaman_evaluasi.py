"""The evaluation page: shows the form, takes a whole quarter in one form, freezes, signs, corrects, and prints it."""

from __future__ import annotations

import io
from decimal import Decimal

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from bpptportal.contoh.berkas import foto_contoh
from renstra.models import Anggaran, Keluaran, Potret, RealisasiAnggaran, RealisasiKinerja
from renstra.sumber import Masa

pytestmark = pytest.mark.django_db
ALAMAT = "/petugas/renstra/evaluasi/"
TW = f"{ALAMAT}2026/2/"


def isian(keluaran, anggaran, **ganti):
    awal = {f"angka_{keluaran.pk}": "1.110,5", f"keterangan_{keluaran.pk}": "Daftar hadir."}
    return awal | {f"uang_{anggaran.pk}": "4.000.000", "pendorong": "Ruang sidang dipinjamkan."} | ganti


@pytest.fixture
def uang(rencana):
    return Anggaran.objects.get(tahun=2026, kegiatan__program__rencana=rencana)


def test_a_planner_fills_the_quarter_in_one_form_and_sees_it_on_the_page(
    masuk,
    prita,
    rencana,
    peserta,
    uang,
    lewat_semester,
):
    orang = masuk(prita)
    respons = orang.post(f"{TW}catat/", isian(peserta, uang))
    assert respons.status_code == 302
    satu = RealisasiKinerja.objects.get(keluaran=peserta)
    assert (satu.angka, satu.keterangan, satu.oleh) == (Decimal("1110.5"), "Daftar hadir.", prita)
    assert RealisasiAnggaran.objects.get().rupiah == 4_000_000
    teks = orang.get(ALAMAT, {"tahun": "2026", "triwulan": "2"}).content.decode()
    assert "Sementara" in teks and "1.110,5" in teks and "4.000.000" in teks
    assert "Ruang sidang dipinjamkan." in teks
    assert "Izin tepat waktu" in teks and "Dihitung portal" in teks


@pytest.mark.parametrize("salah", ["1.5", "12,34,5", "-3", "banyak", "1.2345"])
def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_written(
    masuk,
    prita,
    peserta,
    uang,
    lewat_semester,
    salah,
):
    respons = masuk(prita).post(f"{TW}catat/", isian(peserta, uang, **{f"angka_{peserta.pk}": salah}))
    assert respons.status_code == 400
    assert "Peserta (orang) belum dapat dibaca. Tulis seperti 1.234,5." in respons.content.decode()
    assert not RealisasiKinerja.objects.exists() and not RealisasiAnggaran.objects.exists()


def test_a_number_without_ground_is_refused_by_its_name_and_the_good_cells_wait_too(
    masuk,
    prita,
    peserta,
    uang,
    lewat_semester,
):
    respons = masuk(prita).post(f"{TW}catat/", isian(peserta, uang, **{f"keterangan_{peserta.pk}": ""}))
    assert respons.status_code == 400
    assert "Peserta: Lampirkan bukti, atau tulis dasarnya." in respons.content.decode()
    assert not RealisasiAnggaran.objects.exists()


def test_evidence_is_looked_at_before_it_is_kept_and_readers_may_open_it(
    masuk,
    prita,
    auditor,
    rina,
    peserta,
    uang,
    lewat_semester,
):
    orang = masuk(prita)
    palsu = SimpleUploadedFile("bukti.pdf", b"bukan pdf", "application/pdf")
    kirim = isian(peserta, uang, **{f"bukti_{peserta.pk}": palsu})
    assert orang.post(f"{TW}catat/", kirim).status_code == 400
    foto = SimpleUploadedFile("../foto.jpg", foto_contoh(), "image/jpeg")
    assert orang.post(f"{TW}catat/", isian(peserta, uang, **{f"bukti_{peserta.pk}": foto})).status_code == 302
    nama = RealisasiKinerja.objects.get().bukti.name.rpartition("/")[2]
    assert "foto" not in nama
    assert masuk(auditor).get(f"{ALAMAT}bukti/{nama}").status_code == 200
    assert masuk(rina).get(f"{ALAMAT}bukti/{nama}").status_code == 403


def test_the_quarter_is_frozen_signed_and_corrected_from_the_page(
    masuk,
    prita,
    kabid,
    peserta,
    uang,
    lewat_semester,
):
    perencana, pemimpin = masuk(prita), masuk(kabid)
    perencana.post(f"{TW}catat/", isian(peserta, uang))
    perencana.post(f"{TW}potret/")
    assert pemimpin.get(f"{TW}catat/").status_code == 403
    assert pemimpin.post(f"{TW}potret/").status_code == 403
    assert perencana.post(f"{TW}sahkan/", {"versi": "1"}).status_code == 403
    pemimpin.post(f"{TW}sahkan/", {"versi": "9"})
    assert Potret.objects.get().disahkan_pada is None
    pemimpin.post(f"{TW}sahkan/", {"versi": "1"})
    assert Potret.objects.get().disahkan_oleh == kabid
    assert perencana.get(f"{TW}catat/").status_code == 302
    assert perencana.post(f"{TW}catat/", isian(peserta, uang)).status_code == 302
    perencana.post(f"{TW}buka/", {"alasan": ""})
    assert Potret.objects.count() == 1
    perencana.post(f"{TW}buka/", {"alasan": "Daftar hadir kedua ditemukan."})
    perencana.post(f"{TW}catat/", isian(peserta, uang, **{f"angka_{peserta.pk}": "1.200"}))
    teks = perencana.get(ALAMAT, {"tahun": "2026", "triwulan": "2"}).content.decode()
    assert "angka berubah sejak potret disusun" in teks
    perencana.post(f"{TW}potret/")
    pemimpin.post(f"{TW}sahkan/", {"versi": "2"})
    teks = perencana.get(ALAMAT, {"tahun": "2026", "triwulan": "2"}).content.decode()
    assert "Edisi 2, disahkan" in teks and "Daftar hadir kedua ditemukan." in teks
    assert "1.110,50" in teks and "1.200,00" in teks  # the difference
    lama = perencana.get(ALAMAT, {"tahun": "2026", "triwulan": "2", "edisi": "1"}).content.decode()
    assert "Edisi 1, disahkan" in lama


def test_computed_indicators_are_drawn_by_one_button(masuk, prita, rencana, berkas_di, lewat_semester):
    berkas_di("terbit", "siup")
    masuk(prita).post(f"{ALAMAT}2026/3/hitung/")
    satu = RealisasiKinerja.objects.get(keluaran=Keluaran.objects.get(sumber="tepat_waktu", program__rencana=rencana))
    assert (satu.triwulan, satu.angka) == (3, 100)


def test_the_files_have_the_official_columns_and_say_that_they_may_change(
    masuk,
    prita,
    kabid,
    peserta,
    uang,
    lewat_semester,
):
    orang = masuk(prita)
    orang.post(f"{TW}catat/", isian(peserta, uang))
    kertas = load_workbook(io.BytesIO(orang.get(f"{TW}xlsx/").content)).worksheets[0]
    semua = [[s.value for s in b] for b in kertas.iter_rows()]
    assert any(b[0] == "Sementara" for b in semua)
    kepala = next(b for b in semua if b[0] == "1 No")
    assert [str(k).split()[0] for k in kepala[::1] if k][:4] == ["1", "2", "3", "4"]
    assert {str(k).split()[0] for k in kepala} == {str(n) for n in range(1, 18)}
    baris = next(b for b in semua if b[3] == "Peserta (orang)")
    isi = dict(zip(kepala, baris, strict=True))
    assert isi["12 Realisasi Renja yang dievaluasi: K"] == pytest.approx(1110.5)
    assert isi["13 Tingkat capaian Renja (%): K"] == pytest.approx(555.25)
    assert isi["13 Tingkat capaian Renja (%): Rp"] == 20
    assert isi["11 Realisasi triwulan IV: K"] == "-"
    with pikepdf.open(io.BytesIO(orang.get(f"{TW}pdf/").content)) as berkas:
        assert bool(berkas.Root.MarkInfo.Marked)
        kotak = berkas.pages[0].MediaBox
        assert kotak[2] > kotak[3]


def test_the_printed_plan_has_its_form_for_every_year(masuk, prita):
    orang = masuk(prita)
    for tahun in range(2014, 2019):
        teks = orang.get(ALAMAT, {"tahun": str(tahun), "triwulan": "4"}).content.decode()
        assert f"Evaluasi Renja {tahun} triwulan 4" in teks
    assert "Evaluasi Renja 2018 triwulan 4" in orang.get(ALAMAT, {"tahun": "1999"}).content.decode()
    assert orang.get(f"{ALAMAT}1999/1/pdf/").status_code == 404
    assert orang.get(f"{ALAMAT}2014/5/pdf/").status_code == 404


def test_the_page_asks_the_database_the_same_however_long_the_plan(
    masuk,
    prita,
    rencana,
    django_assert_max_num_queries,
):
    orang = masuk(prita)
    orang.get(ALAMAT)
    with django_assert_max_num_queries(32):
        orang.get(ALAMAT, {"tahun": "2014"})  # 59 outputs
    with django_assert_max_num_queries(32):
        orang.get(ALAMAT, {"tahun": "2026"})


def test_a_year_means_the_plan_that_began_last(rencana):
    from renstra.susunan import rencana_tahun

    assert rencana_tahun(2026) == rencana
    assert Masa(2026, 1).tahun in rencana.tahun
    assert rencana_tahun(2014) != rencana
    assert rencana_tahun(2040) is None
