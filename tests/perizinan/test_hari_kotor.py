"""Working days with the applicant's own time: stored when a file ends, and what the pure rule says of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core import waktu
from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku
from perizinan import rekap, services, statistik
from perizinan.enums import Ukuran
from perizinan.jadwal import sapu_rekap
from perizinan.models import Permohonan
from perizinan.statistik import Lingkup
from perizinan.tenggat import hari_kotor
from tests.conftest import WIB
from tests.perizinan.bekal_waktu import biarkan


def test_the_rule_counts_closings_and_never_goes_below_nothing():
    kalender = Kalender()
    senin = datetime(2026, 6, 1, 9, 0, tzinfo=WIB)
    assert hari_kotor(senin, senin + timedelta(hours=2), kalender) == 0
    assert hari_kotor(senin, senin + timedelta(days=7), kalender) == 5
    assert hari_kotor(senin, senin - timedelta(days=7), kalender) == 0


@pytest.fixture
def berakhir(berkas_di, pemeran):
    """Issued after a correction that took the applicant two weeks, refused, withdrawn, lapsed."""
    kembali = berkas_di("verifikasi", "siup")
    services.minta_perbaikan(kembali.pk, oleh=pemeran.rina, butir=[{"uraian": "Lengkapi foto"}])
    waktu.maju(timedelta(days=14))
    from bpptportal.contoh import alur

    alur.jalankan(kembali, pemeran, "terbit")
    tolak = berkas_di("verifikasi", "siup")
    waktu.maju(timedelta(days=3))
    services.usulkan_tolak(tolak.pk, oleh=pemeran.kabid_np, alasan="Tidak sesuai.", dasar_hukum="Perda 15/2012")
    services.setujui_tolak(tolak.pk, oleh=pemeran.kadis)
    services.batalkan(berkas_di("verifikasi", "siup").pk, oleh=pemeran.sari)
    gugur = berkas_di("menunggu_pembayaran", "imb")
    biarkan(45)
    return kembali, gugur


def murni(p):
    return hari_kotor(p.mulai_hitung, p.terbit_pada or p.selesai_pada, kalender_berlaku())


@pytest.mark.django_db
def test_every_file_that_ended_has_what_the_rule_says(berakhir, kabid):
    selesai = Permohonan.objects.exclude(hari_terpakai=None).order_by("pk")
    assert {p.status for p in selesai} >= {"terbit", "ditolak", "dibatalkan", "gugur"}
    assert all(p.hari_kotor == murni(p) >= p.hari_terpakai for p in selesai)
    kembali, gugur = Permohonan.objects.get(pk=berakhir[0].pk), berakhir[1]
    assert kembali.hari_kotor > kembali.hari_terpakai  # the applicant's two weeks are in the one and not in the other
    services.buka_kembali(gugur.pk, oleh=kabid, alasan="Setoran menyusul")
    gugur.refresh_from_db()
    assert gugur.hari_kotor is None and gugur.hari_terpakai is None


@pytest.mark.django_db
def test_a_file_from_before_is_counted_as_it_is_and_filled_by_the_roll_up(berakhir):
    tahun = Lingkup(date(2026, 1, 1), date(2026, 12, 1))
    terbit = Permohonan.objects.filter(pk=berakhir[0].pk)
    for sop, masuk in ((terbit.get().hari_kotor, 1), (terbit.get().hari_kotor - 1, 0)):
        terbit.update(hari_sop=sop, hari_kotor=None, perlu_rekap=True)
        assert statistik.daftar(Ukuran.TEPAT_KOTOR, tahun).filter(pk=berakhir[0].pk).count() == masuk
        belum = statistik.daftar(Ukuran.TEPAT_KOTOR, tahun).count()
        rekap.segarkan()
        assert statistik.jumlah(Ukuran.TEPAT_KOTOR, tahun) == belum  # computed where it is not stored yet
        sapu_rekap()
        assert not rekap.tanpa_hari_kotor().exists()
        assert terbit.get().hari_kotor == murni(terbit.get())
        assert (
            statistik.daftar(Ukuran.TEPAT_KOTOR, tahun).count()
            == belum
            == statistik.jumlah(Ukuran.TEPAT_KOTOR, tahun)
        )
        assert rekap.periksa() == []


@pytest.mark.django_db
def test_making_all_anew_fills_them_too_and_the_check_finds_a_wrong_total(berakhir):
    from perizinan.models import RekapSemua

    semula = dict(Permohonan.objects.filter(terbit_pada__isnull=False).values_list("pk", "hari_kotor"))
    Permohonan.objects.update(hari_kotor=None)
    list(rekap.bangun_ulang())
    assert dict(Permohonan.objects.filter(terbit_pada__isnull=False).values_list("pk", "hari_kotor")) == semula
    assert rekap.periksa() == []
    RekapSemua.objects.filter(ukuran=Ukuran.TERBIT).update(jumlah=99)
    assert any("semua" in beda for beda in rekap.periksa())
