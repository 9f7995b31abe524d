"""The monthly summary: every cell is what a count of the rows says, whatever happened and in whatever order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from core import waktu
from perizinan import rekap, services, statistik
from perizinan.enums import Ukuran
from perizinan.models import Permohonan, Rekap
from perizinan.statistik import Lingkup
from tests.perizinan.bekal_waktu import biarkan

pytestmark = pytest.mark.django_db
TAHUN = Lingkup(date(2026, 1, 1), date(2026, 12, 1))


@pytest.fixture
def ramai(berkas_di, pemeran):
    """Half a year: issued in time and late, refused, withdrawn, corrected, with payment and advice."""
    berkas_di("diserahkan", "siup")
    lambat = berkas_di("verifikasi", "siup")
    waktu.maju(timedelta(days=35))
    from bpptportal.contoh import alur

    alur.jalankan(lambat, pemeran, "terbit")
    berkas_di("terbit", "imb")
    tolak = berkas_di("verifikasi", "siup")
    services.usulkan_tolak(tolak.pk, oleh=pemeran.kabid_np, alasan="Tidak sesuai.", dasar_hukum="Perda 15/2012")
    services.setujui_tolak(tolak.pk, oleh=pemeran.kadis)
    services.batalkan(berkas_di("verifikasi", "siup").pk, oleh=pemeran.sari)
    waktu.maju(timedelta(days=30))
    berkas_di("terbit", "siup")


def isi():
    return set(Rekap.objects.values_list("ukuran", "bulan", "jenis_izin", "butir", "jumlah"))


def test_every_figure_equals_its_list(ramai):
    assert rekap.segarkan() > 0
    for ukuran in Ukuran:
        daftar = statistik.daftar(ukuran, TAHUN)
        if ukuran == Ukuran.RETRIBUSI:
            harapan = sum(b.jumlah for b in daftar)
        elif ukuran == Ukuran.SARAN_HARI:
            continue
        else:
            harapan = daftar.count()
        assert statistik.jumlah(ukuran, TAHUN) == harapan, ukuran
        bulanan = statistik.per_bulan(ukuran, TAHUN)
        assert sum(bulanan.values()) == harapan
        for bulan, n in bulanan.items():
            if ukuran != Ukuran.RETRIBUSI:
                assert statistik.daftar(ukuran, Lingkup(bulan, bulan)).count() == n, (ukuran, bulan)
        for kode, n in statistik.per_layanan(ukuran, TAHUN).items():
            if ukuran != Ukuran.RETRIBUSI:
                assert statistik.daftar(ukuran, Lingkup(TAHUN.dari, TAHUN.sampai, layanan=kode)).count() == n


def test_the_story_is_all_there(ramai):
    rekap.segarkan()
    angka = {u: statistik.jumlah(u, TAHUN) for u in Ukuran}
    assert angka[Ukuran.TERBIT] == 4
    assert angka[Ukuran.TEPAT] == 3 and angka[Ukuran.LEWAT] == 1
    assert angka[Ukuran.DITOLAK] == 1 and angka[Ukuran.DIBATALKAN] == 1
    assert angka[Ukuran.DIAJUKAN] == 6
    assert angka[Ukuran.SARAN] >= 1 and angka[Ukuran.RETRIBUSI] > 0
    median, p90 = statistik.persentil(TAHUN, 50, 90)
    assert median is not None and p90 is not None and median < p90


def test_rolling_up_twice_or_anew_changes_nothing(ramai):
    rekap.segarkan()
    semula = isi()
    assert rekap.segarkan() == 0
    Permohonan.objects.update(perlu_rekap=True)
    rekap.segarkan()
    assert isi() == semula
    Rekap.objects.all().delete()
    assert list(rekap.bangun_ulang())
    assert isi() == semula


def test_an_act_marks_its_file_and_only_its_months_are_made_anew(ramai, berkas_di, pemeran):
    rekap.segarkan()
    semula = isi()
    Rekap.objects.filter(ukuran=Ukuran.TERBIT, bulan=date(2026, 6, 1)).update(jumlah=99)
    berkas_di("terbit", "siup")
    assert rekap.segarkan() == 1
    kini = isi()
    assert kini != semula
    assert Rekap.objects.filter(ukuran=Ukuran.TERBIT, bulan=date(2026, 6, 1), jumlah=99).exists()  # untouched month


def test_a_file_that_is_opened_again_leaves_the_month_in_which_it_had_lapsed(berkas_di, kabid):
    """Row 34 clears the day of the end: the log still names the month whose cell has to go."""
    p = berkas_di("menunggu_pembayaran", "imb")
    biarkan(45)
    p.refresh_from_db()
    assert p.status == "gugur"
    rekap.segarkan()
    assert statistik.jumlah(Ukuran.GUGUR, TAHUN) == 1
    services.buka_kembali(p.pk, oleh=kabid, alasan="Setoran menyusul")
    rekap.segarkan()
    assert statistik.jumlah(Ukuran.GUGUR, TAHUN) == 0
    assert rekap.periksa() == []


def test_nearest_rank_percentiles_against_a_sorted_list(ramai):
    rekap.segarkan()
    hari = sorted(statistik.daftar(Ukuran.HARI, TAHUN).values_list("hari_terpakai", flat=True))
    for persen in (1, 25, 50, 75, 90, 100):
        peringkat = -(-persen * len(hari) // 100)
        assert statistik.persentil(TAHUN, persen) == [hari[peringkat - 1]]
    kosong = Lingkup(date(2020, 1, 1), date(2020, 2, 1))
    assert statistik.persentil(kosong, 50) == [None]


def test_control_a_wrong_cell_is_found(ramai, capsys):
    assert rekap.periksa() == []
    Rekap.objects.filter(ukuran=Ukuran.TEPAT).update(jumlah=7)
    assert rekap.periksa()
    with pytest.raises(SystemExit):
        call_command("rekap", "--periksa", "--json")
    capsys.readouterr()
    call_command("rekap", "--ulang", "--periksa", "--json")


def test_the_month_is_the_offices_not_utcs(berkas_di, jam):
    """Issued on the first of July at five in the morning here: still June in Greenwich."""
    p = berkas_di("terbit", "siup")
    Permohonan.objects.filter(pk=p.pk).update(terbit_pada="2026-07-01T05:00:00+07:00", perlu_rekap=True)
    rekap.segarkan()
    assert statistik.per_bulan(Ukuran.TERBIT, TAHUN)[date(2026, 7, 1)] == 1
    assert statistik.daftar(Ukuran.TERBIT, Lingkup(date(2026, 7, 1), date(2026, 7, 1))).count() == 1
