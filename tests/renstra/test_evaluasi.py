"""E.81 and the closing of a quarter: sums, levels, grades, two people, editions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from core import waktu
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from renstra import evaluasi
from renstra.enums import MANUAL
from renstra.models import Anggaran, Indikator, Keluaran, Potret, RealisasiKinerja, Sasaran, Target, Tujuan
from renstra.services import penutupan, realisasi
from renstra.sumber import SUMBER, Masa

pytestmark = pytest.mark.django_db


def test_quarters_add_up_and_levels_keep_the_last(rencana, peserta, prita, lewat_semester):
    tahun_lalu = {(2025, 4): 90}
    for (tahun, tw), n in (tahun_lalu | {(2026, 1): 40, (2026, 2): 110}).items():
        realisasi.catat(peserta, Masa(tahun, tw), Decimal(n), oleh=prita, keterangan="Daftar hadir.")
    uang = Anggaran.objects.get(tahun=2026)
    realisasi.catat_uang(uang, 1, 5_000_000, oleh=prita)
    realisasi.catat_uang(uang, 2, 4_000_000, oleh=prita)
    hasil = Keluaran.objects.get(nama="Izin tepat waktu")
    for tw, n in ((1, 70), (2, 81)):
        RealisasiKinerja.objects.create(keluaran=hasil, tahun=2026, triwulan=tw, angka=n)
    form = evaluasi.susun(rencana, 2026, 2)
    program, kegiatan = form.baris
    assert (program.realisasi.k, program.capaian.k) == (81, Fraction(90))
    assert kegiatan.realisasi.k == 150 and kegiatan.capaian.k == 75
    assert kegiatan.sampai_lalu.k == 90 and kegiatan.sampai_kini.k == 240
    assert kegiatan.target_akhir.k == 500 and kegiatan.capaian_renstra.k == 48
    assert kegiatan.realisasi.rp == 9_000_000 and kegiatan.capaian.rp == 45
    assert kegiatan.capaian_renstra.rp == 15
    assert form.rata.k == Fraction(165, 2)
    assert form.kriteria(form.rata.k) == "Tinggi"  # 82.5 rounds to 83
    assert program.capaian.rp == 45  # a programme's money is its activities'


def test_what_is_reported_later_does_not_show_in_an_earlier_quarter(rencana, peserta, prita, lewat_semester):
    realisasi.catat(peserta, Masa(2026, 2), Decimal(110), oleh=prita, keterangan="Daftar hadir.")
    assert evaluasi.susun(rencana, 2026, 1).baris[1].realisasi.k is None
    assert evaluasi.susun(rencana, 2026, 2).baris[1].realisasi.k == 110


def test_target_zero_is_not_applicable(rencana, peserta, prita, lewat_semester):
    Target.objects.filter(keluaran=peserta, tahun=2026).update(angka=0)
    realisasi.catat(peserta, Masa(2026, 1), Decimal(10), oleh=prita, keterangan="x")
    assert evaluasi.susun(rencana, 2026, 1).baris[1].capaian.k is None


def test_who_reports_what(rencana, peserta, prita, kabid, lewat_semester):
    with pytest.raises(TidakBerwenang):
        realisasi.catat(peserta, Masa(2026, 1), Decimal(1), oleh=kabid, keterangan="x")
    with pytest.raises(IsianTidakSah):  # neither evidence nor a word
        realisasi.catat(peserta, Masa(2026, 1), Decimal(1), oleh=prita)
    with pytest.raises(IsianTidakSah):  # a computed one is nobody's to type
        realisasi.catat(
            Keluaran.objects.get(sumber="tepat_waktu"), Masa(2026, 1), Decimal(1), oleh=prita, keterangan="x"
        )
    with pytest.raises(IsianTidakSah):
        realisasi.catat(peserta, Masa(2031, 1), Decimal(1), oleh=prita, keterangan="x")


def test_a_quarter_is_frozen_by_one_and_signed_by_another_and_corrected_as_the_next_edition(
    rencana, peserta, prita, kabid, lewat_semester
):
    masa = Masa(2026, 2)
    realisasi.catat(peserta, masa, Decimal(110), oleh=prita, keterangan="Daftar hadir.")
    potret = penutupan.susun_potret(rencana, masa, oleh=prita)
    with pytest.raises(TidakBerwenang):
        penutupan.sahkan(potret.pk, oleh=prita)
    penutupan.sahkan(potret.pk, oleh=kabid)
    with pytest.raises(Bentrok):
        penutupan.sahkan(potret.pk, oleh=kabid)
    with pytest.raises(TransisiDitolak):
        realisasi.catat(peserta, masa, Decimal(120), oleh=prita, keterangan="Salah jumlah.")
    with pytest.raises(IsianTidakSah):
        penutupan.buka_lagi(rencana, masa, " ", oleh=prita)
    penutupan.buka_lagi(rencana, masa, "Daftar hadir kedua ditemukan.", oleh=prita)
    realisasi.catat(peserta, masa, Decimal(120), oleh=prita, keterangan="Dua daftar hadir.")
    dua = penutupan.susun_potret(rencana, masa, oleh=prita)
    assert dua.edisi == 2
    penutupan.sahkan(dua.pk, oleh=kabid)
    satu = Potret.objects.get(edisi=1)
    assert ("Peserta", "realisasi.k", "110.0000", "120.0000") in evaluasi.beda(satu.isi, dua.isi)


def test_what_changed_after_freezing_is_not_signed(rencana, peserta, prita, kabid, lewat_semester):
    masa = Masa(2026, 1)
    potret = penutupan.susun_potret(rencana, masa, oleh=prita)
    realisasi.catat(peserta, masa, Decimal(7), oleh=prita, keterangan="x")
    with pytest.raises(Bentrok):
        penutupan.sahkan(potret.pk, oleh=kabid)


def test_a_quarter_that_is_not_over_is_not_frozen(rencana, prita, lewat_semester):
    with pytest.raises(TransisiDitolak):
        penutupan.susun_potret(rencana, Masa(2026, 3), oleh=prita)


def test_the_database_wants_two_people(rencana, prita, lewat_semester):
    potret = penutupan.susun_potret(rencana, Masa(2026, 1), oleh=prita)
    with pytest.raises(IntegrityError), transaction.atomic():
        Potret.objects.filter(pk=potret.pk).update(disahkan_oleh=prita, disahkan_pada=waktu.sekarang())


class TestSumber:
    def test_every_source_counts_what_its_list_shows(self, berkas_di, pemeran):
        berkas_di("diserahkan", "siup")
        berkas_di("terbit", "imb")
        from perizinan import statistik

        statistik.segarkan()
        masa = Masa(2026, 2)
        for sumber in SUMBER.values():
            nilai = sumber.hitung(masa)
            if sumber.daftar and sumber.tipe == "kumulatif" and sumber.kode != "retribusi":
                assert nilai == statistik.daftar(sumber.daftar, sumber.lingkup(masa)).count(), sumber.kode
        assert SUMBER["izin_terbit"].hitung(masa) == 2
        assert SUMBER["tepat_waktu"].hitung(masa) == 100
        assert SUMBER["hari_median"].hitung(masa) is not None
        assert SUMBER["layanan_daring"].hitung(masa) > 40

    def test_nothing_issued_is_no_share(self, pemeran):
        assert SUMBER["tepat_waktu"].hitung(Masa(2020, 1)) is None

    def test_the_index_has_no_odd_quarter(self, pemeran):
        assert SUMBER["ikm"].hitung(Masa(2026, 1)) is None

    def test_every_source_of_the_plan_is_registered(self, pemeran):
        dipakai = {s for model in (Indikator, Keluaran) for s in model.objects.values_list("sumber", flat=True)} - {
            MANUAL
        }
        assert dipakai and dipakai <= set(SUMBER)

    def test_an_indicator_of_an_objective_is_drawn_like_an_output(self, rencana, prita, berkas_di, lewat_semester):
        berkas_di("terbit", "siup")
        tujuan = Tujuan.objects.create(rencana=rencana, no=1, uraian="-")
        sasaran = Sasaran.objects.create(tujuan=tujuan, no=1, uraian="-")
        satu = Indikator.objects.create(sasaran=sasaran, no=1, nama="Izin", satuan="izin", sumber="izin_terbit")
        for _ in range(2):  # again changes nothing
            realisasi.tarik(rencana, Masa(2026, 3), oleh=prita)
        assert satu.realisasi.get().angka == 1
