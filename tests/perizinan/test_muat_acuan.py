"""Reference data: loaded once, unchanged by a second run, never against an admin, never into a published version."""

from __future__ import annotations

import json
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import TestCase

from accounts.models import Unit
from accounts.muat import muat_kantor, muat_unit
from core.kalender import HasilMuat
from core.models import Kantor
from notifications.models import TemplatPesan
from notifications.muat import muat_templat
from perizinan.acuan.baca import AKAR, GalatAcuan
from perizinan.enums import StatusVersi
from perizinan.models import (
    ButuhRekomendasi,
    HariCadangan,
    Isian,
    JenisIzin,
    Rujukan,
    Syarat,
    Tarif,
    VersiLayanan,
)
from perizinan.muat import muat_katalog


def muat() -> None:
    for satu in (muat_kantor, muat_unit, muat_templat, muat_katalog):
        satu()


def _jumlah(hasil: dict[str, HasilMuat]) -> HasilMuat:
    return sum(hasil.values(), HasilMuat())


class DataAcuan(TestCase):
    @classmethod
    def setUpTestData(cls):
        muat()

    def test_everything_is_there_after_one_run(self):
        assert JenisIzin.objects.count() == 50
        assert VersiLayanan.objects.filter(status=StatusVersi.TERBIT, nomor_versi=1).count() == 50
        assert Unit.objects.count() == 31
        assert TemplatPesan.objects.count() == 35
        assert Kantor.objects.get().nama_pendek == "BPPT Bekasi"
        assert (Tarif.objects.count(), HariCadangan.objects.count(), Rujukan.objects.count()) == (10, 3, 18)

    def test_a_second_run_changes_nothing(self):
        semula = list(VersiLayanan.objects.order_by("pk").values_list("pk", "diterbitkan_pada"))
        hasil = {
            **muat_katalog(),
            "unit": muat_unit(),
            "templat": muat_templat(),
            "kantor": muat_kantor(),
        }
        assert _jumlah(hasil) == HasilMuat(sama=50 + 50 + 10 + 3 + 21 + 25 + 31 + 35 + 1)
        assert list(VersiLayanan.objects.order_by("pk").values_list("pk", "diterbitkan_pada")) == semula

    def test_units_know_their_parent_and_kecamatan_issue_under_their_own_code(self):
        bppt = Unit.objects.get(kode="bppt")
        assert Unit.objects.filter(induk=bppt).count() == 5
        kecamatan = Unit.objects.filter(jenis="kecamatan")
        assert kecamatan.count() == 12
        assert all(u.kode_nomor and u.penerbit_id == u.pk for u in kecamatan)

    def test_a_service_is_loaded_with_its_requirements_form_and_advice(self):
        versi = JenisIzin.objects.get(kode="imb").versi_pada(date(2026, 6, 2))
        assert (versi.hari_kerja, versi.biaya, versi.bidang.kode) == (14, "terlampir", "bid_jasa_usaha")
        assert versi.syarat.filter(kode="ippl", asal="izin_terbitan", layanan_asal="ippl").exists()
        assert versi.isian.get(kode="lantai").maksimum == 100
        assert {r.skpd.kode for r in versi.butuh_rekomendasi.all()} == {"distako", "bplh"}
        assert versi.sidik_acuan
        assert not versi.generik

    def test_no_version_is_in_force_before_the_sop_decree(self):
        assert JenisIzin.objects.get(kode="siup").versi_pada(date(2012, 12, 31)) is None

    def test_what_an_admin_edited_stays(self):
        JenisIzin.objects.filter(kode="siup").update(ringkas="Disunting.")
        Tarif.objects.filter(jenis_izin__kode="reklame").update(dasar_hukum="Perda baru")
        TemplatPesan.objects.filter(kode="SMS_BATAL").update(teks="{kantor}: {nomor} batal.")
        Unit.objects.filter(kode="bplh").update(nama="Dinas Lingkungan Hidup")
        Kantor.objects.update(telepon="021-88961767", alamat="Jl. Baru")

        hasil = _jumlah(
            {
                **muat_katalog(),
                "t": muat_templat(),
                "u": muat_unit(),
                "k": muat_kantor(),
            }
        )

        assert (hasil.baru, hasil.diubah, hasil.dihapus, hasil.suntingan) == (0, 0, 0, 5)
        assert JenisIzin.objects.get(kode="siup").ringkas == "Disunting."
        assert Unit.objects.get(kode="bplh").nama == "Dinas Lingkungan Hidup"
        assert TemplatPesan.objects.get(kode="SMS_BATAL").teks == "{kantor}: {nomor} batal."

    def test_the_database_refuses_every_change_of_a_published_version(self):
        versi = VersiLayanan.objects.get(jenis_izin__kode="siup")
        upaya = {
            "column": lambda: VersiLayanan.objects.filter(pk=versi.pk).update(hari_kerja=1),
            "unpublish": lambda: VersiLayanan.objects.filter(pk=versi.pk).update(status=StatusVersi.DRAF),
            "save": versi.save,
            "delete": versi.delete,
            "requirement changed": lambda: versi.syarat.update(wajib=False),
            "requirement deleted": lambda: versi.syarat.all().delete(),
            "requirement added": lambda: Syarat.objects.create(versi=versi, kode="x", nama="X"),
            "field changed": lambda: versi.isian.update(wajib=False),
            "field added": lambda: Isian.objects.create(versi=versi, kode="x", label="X", tipe="teks"),
            "advice added": lambda: ButuhRekomendasi.objects.create(
                versi=versi, skpd=Unit.objects.get(kode="dinkes"), hari_kerja=1
            ),
        }
        for nama, lakukan in upaya.items():
            with self.subTest(nama), pytest.raises(DatabaseError), transaction.atomic():
                lakukan()

    def test_a_draft_may_still_be_changed(self):
        versi = VersiLayanan.objects.get(jenis_izin__kode="siup")
        draf = VersiLayanan.objects.create(
            jenis_izin=versi.jenis_izin, nomor_versi=2, berlaku_mulai=date(2027, 1, 1), bidang=versi.bidang
        )
        Syarat.objects.create(versi=draf, kode="x", nama="X")
        assert draf.syarat.update(nama="Y") == 1

    def test_the_command_says_that_nothing_changed(self):
        call_command("muat_acuan", stdout=StringIO())
        keluaran = StringIO()
        call_command("muat_acuan", stdout=keluaran)
        assert keluaran.getvalue().endswith("Tidak ada perubahan.\n")

    def test_the_command_speaks_json(self):
        keluaran = StringIO()
        call_command("muat_acuan", "--json", stdout=keluaran)
        isi = json.loads(keluaran.getvalue())
        assert isi["versi layanan"] == {"baru": 0, "diubah": 0, "dihapus": 0, "sama": 50, "suntingan": 0}


@pytest.fixture
def salinan(tmp_path) -> Path:
    shutil.copytree(AKAR, tmp_path / "acuan")
    return tmp_path / "acuan"


def _sunting(berkas: Path, dari: str, ke: str) -> None:
    isi = berkas.read_text(encoding="utf-8")
    assert dari in isi
    berkas.write_text(isi.replace(dari, ke, 1), encoding="utf-8")


@pytest.mark.django_db
def test_changed_content_becomes_a_draft_and_the_published_version_stays(salinan):
    muat()
    _sunting(salinan / "layanan" / "siup.toml", "hari = 3", "hari = 2")

    hasil = muat_katalog(salinan)["versi layanan"]

    assert hasil == HasilMuat(diubah=1, sama=49)
    satu, dua = VersiLayanan.objects.filter(jenis_izin__kode="siup").order_by("nomor_versi")
    assert (satu.hari_kerja, satu.status) == (3, StatusVersi.TERBIT)
    assert (dua.hari_kerja, dua.status, dua.nomor_versi) == (2, StatusVersi.DRAF, 2)
    assert dua.syarat.count() == satu.syarat.count()
    assert satu.jenis_izin.versi_pada(date(2026, 6, 2)) == satu

    assert muat_katalog(salinan)["versi layanan"] == HasilMuat(sama=50)
    assert muat_katalog()["versi layanan"] == HasilMuat(sama=50)


@pytest.mark.django_db
def test_a_wording_in_a_shared_file_reaches_every_service_that_uses_it_as_a_draft(salinan):
    muat()
    _sunting(salinan / "umum" / "persyaratan.toml", 'nama = "Pas foto berwarna"', 'nama = "Pas foto"')
    pemakai = VersiLayanan.objects.filter(syarat__kode="foto").count()
    assert pemakai > 3
    assert muat_katalog(salinan)["versi layanan"].diubah == pemakai


@pytest.mark.django_db
def test_a_bad_file_loads_nothing_at_all(salinan):
    muat_unit()
    muat_templat()
    _sunting(salinan / "layanan" / "apotek.toml", 'skpd = "dinkes"', 'skpd = "dinas_gaib"')
    with pytest.raises(GalatAcuan, match="dinas_gaib"):
        muat_katalog(salinan)
    assert not JenisIzin.objects.filter(versi_layanan__isnull=True).exists()


@pytest.mark.django_db
def test_the_command_names_what_is_wrong_and_exits_with_two(monkeypatch):
    def rusak() -> dict[str, HasilMuat]:
        raise GalatAcuan("layanan/apotek.toml: kunci 'hri' tidak dikenal")

    monkeypatch.setattr("bpptportal.management.commands.muat_acuan.muat_katalog", rusak)
    with pytest.raises(CommandError, match=r"layanan/apotek\.toml: kunci 'hri'") as galat:
        call_command("muat_acuan", stdout=StringIO())
    assert galat.value.returncode == 2
