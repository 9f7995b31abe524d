"""The plan 2013-2018 in the database: complete, the same after a second run, never against an edit."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.test import TestCase

from accounts.muat import muat_unit
from core.kalender import HasilMuat
from renstra.models import (
    Anggaran,
    BarisCetak,
    Indikator,
    Kegiatan,
    Keluaran,
    Misi,
    Rencana,
    TabelCetak,
    Target,
)
from renstra.muat import muat_renstra
from tests.renstra.test_periksa_nyata import NYATA


class RencanaDimuat(TestCase):
    @classmethod
    def setUpTestData(cls):
        muat_unit()
        muat_renstra()

    def test_everything_is_there(self):
        rencana = Rencana.objects.get()
        assert (rencana.tahun_mulai, rencana.tahun_akhir, rencana.status) == (2014, 2018, "berlaku")
        assert Misi.objects.count() == 2
        assert (Kegiatan.objects.count(), Keluaran.objects.count()) == (11, 59)
        assert Target.objects.filter(keluaran__isnull=False).count() == 59 * 5
        assert Anggaran.objects.aggregate(n=Sum("pagu"))["n"] == 9_600_000_000
        assert Kegiatan.objects.filter(unit__kode="bppt").count() == 11

    def test_money_per_year_is_that_of_the_plan(self):
        per_tahun = dict(Anggaran.objects.values_list("tahun").annotate(n=Sum("pagu")).order_by("tahun"))
        juta = {2014: 1800, 2015: 1600, 2016: 2375, 2017: 2450, 2018: 1375}
        assert per_tahun == {t: n * 10**6 for t, n in juta.items()}

    def test_the_main_indicator_has_its_targets_as_printed_and_as_numbers(self):
        ikm = Indikator.objects.get()
        assert (ikm.sumber, ikm.tipe, ikm.iku, ikm.awal, ikm.akhir) == ("ikm", "level", True, Decimal("79.99"), 82.5)
        target = list(ikm.target.order_by("tahun").values_list("teks", "angka"))
        assert target[0] == ("81%", 81)
        assert target[2] == ("82,05%", Decimal("82.05"))

    def test_every_cell_of_every_file_is_kept(self):
        berkas = sorted(f.name for f in NYATA.glob("*.csv"))
        assert sorted(TabelCetak.objects.values_list("berkas", flat=True)) == berkas
        for nama in berkas:
            with (NYATA / nama).open(encoding="utf-8", newline="") as f:
                kolom, *baris = csv.reader(f)
            tabel = TabelCetak.objects.get(berkas=nama)
            assert tabel.kolom == kolom
            assert list(tabel.baris.order_by("urutan").values_list("sel", flat=True)) == baris

    def test_a_second_run_changes_nothing(self):
        jumlah = sum(muat_renstra().values(), HasilMuat())
        assert (jumlah.baru, jumlah.diubah, jumlah.dihapus, jumlah.suntingan) == (0, 0, 0, 0)
        assert jumlah.sama == 1 + 2 + 12 + 238 + 1 + 1 + 1 + 5 + 1 + 11 + 32 + 59 + 295

    def test_what_an_admin_edited_stays(self):
        Kegiatan.objects.filter(no=1).update(lokasi="Bekasi Timur")
        jumlah = sum(muat_renstra().values(), HasilMuat())
        assert (jumlah.baru, jumlah.suntingan) == (0, 1)
        assert Kegiatan.objects.get(no=1).lokasi == "Bekasi Timur"

    def test_the_database_refuses_what_must_never_be(self):
        ikm, keluaran, kegiatan = Indikator.objects.get(), Keluaran.objects.first(), Kegiatan.objects.get(no=2)
        upaya = {
            "two plans in force": lambda: Rencana.objects.create(
                kode="renstra_bppt", edisi=2, nama="x", tahun_mulai=2014, tahun_akhir=2018, visi="x", status="berlaku"
            ),
            "the same edition twice": lambda: Rencana.objects.create(
                kode="renstra_bppt", edisi=1, nama="x", tahun_mulai=2014, tahun_akhir=2018, visi="x"
            ),
            "a plan that ends before it begins": lambda: Rencana.objects.create(
                kode="y", nama="x", tahun_mulai=2019, tahun_akhir=2018, visi="x"
            ),
            "two targets a year": lambda: Target.objects.create(indikator=ikm, tahun=2014, angka=1),
            "a target of nothing": lambda: Target.objects.create(tahun=2014, angka=1),
            "a target of two": lambda: Target.objects.create(indikator=ikm, keluaran=keluaran, tahun=2030, angka=1),
            "a negative target": lambda: Target.objects.create(indikator=ikm, tahun=2030, angka=-1),
            "two budgets a year": lambda: Anggaran.objects.create(kegiatan=kegiatan, tahun=2016, pagu=1),
            "an output of nobody": lambda: Keluaran.objects.create(urutan=99, nama="x", satuan="x"),
        }
        for nama, lakukan in upaya.items():
            with self.subTest(nama), pytest.raises(IntegrityError), transaction.atomic():
                lakukan()

    def test_rows_are_counted(self):
        assert BarisCetak.objects.count() == 34 + 71 + 16 + 17 + 5 + 5 + 1 + 12 + 59 + 1 + 4 + 13
