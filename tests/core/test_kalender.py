"""The calendar as data: loading it, editing it, noticing an edit, and keeping what it was."""

from __future__ import annotations

import csv
import io
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.kalender import ACUAN, HasilMuat, kalender_berlaku, kalender_tabel, kalender_versi, muat_hari_libur
from core.kalender import muat_kalender as muat
from core.management.commands.susun_hari_libur import baca_pustaka, tulis
from core.models.kalender import HariLibur, JamKantor, SumberBaris, VersiKalender, catat_versi
from tests.core.kalender_2026 import SKB_2026, baca

BARU = date(2026, 6, 3)


@pytest.fixture
def kosong(db):
    """An empty calendar, whatever reference data the suite has loaded."""
    HariLibur._base_manager.all().delete()
    JamKantor._base_manager.all().delete()
    VersiKalender.objects.all().delete()


@pytest.fixture
def terisi(kosong):
    muat()


def libur(tanggal: date = BARU, **lain: object) -> HariLibur:
    return HariLibur.objects.create(tanggal=tanggal, jenis="libur_setempat", keterangan="Pilkada", **lain)


def test_an_empty_calendar_still_knows_weekends_and_default_hours(kosong):
    kalender = kalender_berlaku()
    assert kalender.versi == 0
    assert not kalender.hari_kerja(date(2026, 6, 6))
    assert kalender.jam_pada(BARU).tutup == time(16)


def test_loading_gives_2013_to_2027_once(kosong):
    pertama = muat()
    assert pertama.baru == HariLibur.objects.count() + JamKantor.objects.count()
    assert {t.year for t in HariLibur.objects.values_list("tanggal", flat=True)} == set(range(2013, 2028))
    assert muat() == HasilMuat(sama=pertama.baru)
    assert VersiKalender.objects.count() == 1


def test_2026_is_exactly_the_decree(terisi):
    isi = HariLibur.objects.filter(tanggal__year=2026)
    assert dict(isi.values_list("tanggal", "keterangan")) == baca(SKB_2026)
    with SKB_2026.open(encoding="utf-8") as berkas:
        jenis = {b["tanggal"]: b["jenis"] for b in csv.DictReader(berkas)}
    assert {str(b.tanggal): b.jenis for b in isi} == jenis
    assert all(b.pasti for b in isi)


def test_estimated_days_are_marked_and_only_those(terisi):
    assert [str(t) for t in HariLibur.objects.filter(pasti=False).values_list("tanggal", flat=True)] == [
        "2027-03-10",
        "2027-03-11",
        "2027-05-17",
    ]
    assert not HariLibur.objects.filter(keterangan__contains="perkiraan").exists()


def test_the_frozen_file_is_what_the_library_and_the_decree_give():
    baru = io.StringIO()
    tulis(baru, 2013, 2027)
    assert (ACUAN / "hari_libur.csv").read_text(encoding="utf-8") == baru.getvalue()


def test_the_library_and_the_decree_agree_on_the_dates_of_2026():
    assert {b["tanggal"] for b in baca_pustaka(2026)} == {str(t) for t in baca(SKB_2026)}


def test_an_edit_is_noticed_at_once_and_the_same_calendar_is_not_built_twice(terisi):
    lama = kalender_berlaku()
    assert kalender_berlaku() is lama
    libur()
    baru = kalender_berlaku()
    assert (lama.hari_kerja(BARU), baru.hari_kerja(BARU)) == (True, False)
    assert baru.versi == lama.versi + 1


def test_the_calendar_in_force_costs_one_query(terisi, django_assert_num_queries):
    kalender_berlaku()
    with django_assert_num_queries(1):
        kalender_berlaku()


@pytest.mark.parametrize(
    "ubah",
    [
        lambda: HariLibur.objects.filter(tanggal="2026-06-01").update(berlaku=False),
        lambda: HariLibur.objects.filter(tanggal="2026-06-01").delete(),
        lambda: HariLibur.objects.get(tanggal="2026-06-01").delete(),
        lambda: HariLibur.objects.bulk_create([HariLibur(tanggal=BARU, jenis="cuti_bersama", keterangan="x")]),
        lambda: JamKantor.objects.update(tutup=time(17)),
    ],
    ids=["update", "delete many", "delete one", "bulk_create", "hours"],
)
def test_every_way_of_editing_writes_a_version(terisi, ubah):
    sebelum = kalender_berlaku()
    ubah()
    sesudah = kalender_berlaku()
    assert sesudah.versi == sebelum.versi + 1
    assert (sesudah.libur, sesudah.jam) != (sebelum.libur, sebelum.jam)
    tabel = kalender_tabel()
    assert (tabel.libur, tabel.jam) == (sesudah.libur, sesudah.jam)


def test_saving_without_a_change_writes_no_version(terisi):
    sebelum = kalender_berlaku().versi
    HariLibur.objects.get(tanggal="2026-06-01").save()
    assert catat_versi() == sebelum


def test_a_closed_file_can_still_ask_for_the_calendar_it_had(terisi):
    versi = kalender_berlaku().versi
    libur()
    assert kalender_versi(versi).hari_kerja(BARU)
    assert not kalender_versi(versi + 1).hari_kerja(BARU)
    with pytest.raises(VersiKalender.DoesNotExist):
        kalender_versi(99)


def test_a_rolled_back_edit_leaves_nothing_in_memory(terisi):
    with transaction.atomic():
        libur()
        assert not kalender_berlaku().hari_kerja(BARU)
        transaction.set_rollback(True)
    assert kalender_berlaku().hari_kerja(BARU)
    libur(date(2026, 6, 4))  # takes the number that was given back
    assert kalender_berlaku().hari_kerja(BARU)
    assert not kalender_berlaku().hari_kerja(date(2026, 6, 4))


def test_loading_again_keeps_what_an_admin_edited(terisi):
    perkiraan = HariLibur.objects.get(tanggal="2027-05-17")
    perkiraan.tanggal, perkiraan.pasti = date(2027, 5, 16), True
    perkiraan.save()
    batal = HariLibur.objects.get(tanggal="2026-12-24")
    batal.berlaku = False
    batal.save()
    jam = JamKantor.objects.get()
    jam.tutup = time(16, 30)
    jam.save(update_fields=["tutup"])
    libur()
    hasil = muat()
    assert (hasil.baru, hasil.diubah, hasil.dihapus, hasil.suntingan) == (0, 0, 0, 3)
    kalender = kalender_berlaku()
    assert kalender.hari_kerja(date(2027, 5, 17)), "the moved estimate does not come back"
    assert kalender.hari_kerja(date(2026, 12, 24))
    assert not kalender.hari_kerja(BARU)
    assert kalender.tutup(BARU).time() == time(16, 30)


def test_a_date_that_an_admin_entered_first_is_left_alone(kosong):
    libur(date(2026, 6, 1))
    assert muat().suntingan == 1
    assert HariLibur.objects.get(tanggal="2026-06-01").keterangan == "Pilkada"


def test_reference_rows_follow_a_newer_file(terisi, tmp_path):
    isi = (ACUAN / "hari_libur.csv").read_text(encoding="utf-8")
    isi = isi.replace("2027-03-10,", "2027-03-12,").replace("Hari Raya Idul Adha", "Idul Adha", 1)
    baris = [b for b in isi.splitlines() if "2027-03-12,libur" in b or not b.startswith("2027-03-12")]
    (tmp_path / "baru.csv").write_text("\n".join(baris) + "\n", encoding="utf-8")
    hasil = muat_hari_libur(tmp_path / "baru.csv")
    assert (hasil.baru, hasil.dihapus, hasil.suntingan) == (0, 1, 0)
    assert hasil.diubah == 2
    assert kalender_berlaku().hari_kerja(date(2027, 3, 10))


def test_rows_edited_by_hand_say_so(terisi):
    assert set(HariLibur.objects.values_list("sumber", flat=True)) == {SumberBaris.ACUAN}
    assert libur().sumber == SumberBaris.SUNTINGAN


def test_the_database_refuses_hours_in_the_wrong_order(kosong):
    with pytest.raises(IntegrityError), transaction.atomic():
        JamKantor.objects.create(
            berlaku_mulai=BARU, buka=time(8), tutup=time(15), batas_loket=time(15, 30), keterangan="salah"
        )


@pytest.mark.parametrize("hari", [[], [7], ["1"], [True], 3, {}])
def test_weekdays_are_a_list_of_zero_to_six(hari):
    jam = JamKantor(berlaku_mulai=BARU, hari=hari, buka=time(8), tutup=time(16), batas_loket=time(15))
    with pytest.raises(ValidationError):
        jam.clean()


def test_friday_hours_from_the_table_reach_the_calendar(terisi):
    JamKantor.objects.create(
        berlaku_mulai=date(2026, 1, 1),
        hari=[4],
        buka=time(7, 30),
        tutup=time(16, 30),
        batas_loket=time(14),
        keterangan="Jumat",
    )
    assert kalender_berlaku().tutup(date(2026, 6, 5)).time() == time(16, 30)
    assert kalender_berlaku().tutup(date(2026, 6, 4)).time() == time(16)
