"""Publishing a service version: what would fail at the counter is refused before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import TestCase

from accounts.models import Akun, Penugasan, Unit
from accounts.muat import muat_unit
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang
from notifications.models import TemplatPesan
from notifications.muat import muat_templat
from perizinan.enums import StatusVersi
from perizinan.models import ButuhRekomendasi, Isian, JenisIzin, Syarat, Tarif, VersiLayanan
from perizinan.services.katalog import periksa_versi, terbitkan_versi

ALASAN = [{"kode": "tidak_terbaca", "teks": "Tidak terbaca."}]


class MenerbitkanVersi(TestCase):
    @classmethod
    def setUpTestData(cls):
        muat_unit()
        muat_templat()
        cls.jenis = JenisIzin.objects.create(
            kode="uji_coba", nama="Izin Uji Coba", nama_sms="Izin Uji Coba", kode_nomor="UJI", kelompok="tertentu"
        )
        cls.versi = VersiLayanan.objects.create(
            jenis_izin=cls.jenis,
            berlaku_mulai=date(2026, 1, 1),
            bidang=Unit.objects.get(kode="bid_tertentu"),
            hari_kerja=5,
            jenis_permohonan=[{"kode": "baru", "tanpa_syarat": False, "hari": None, "biaya": None}],
        )
        cls.syarat = Syarat.objects.create(
            versi=cls.versi,
            kode="ktp",
            nama="KTP",
            jenis_permohonan=["baru"],
            format=["pdf"],
            alasan=ALASAN,
        )
        cls.isian = Isian.objects.create(versi=cls.versi, kode="luas", label="Luas", tipe="luas")
        cls.advis = ButuhRekomendasi.objects.create(versi=cls.versi, skpd=Unit.objects.get(kode="bplh"), hari_kerja=2)

    def _temuan(self) -> dict[str, list[str]]:
        return periksa_versi(VersiLayanan.objects.get(pk=self.versi.pk))

    def _tertolak(self, tentang: str, kalimat: str) -> None:
        temuan = self._temuan()
        assert list(temuan) == [tentang], temuan
        assert any(kalimat in satu for satu in temuan[tentang]), temuan
        with pytest.raises(IsianTidakSah) as galat:
            terbitkan_versi(self.versi.pk, oleh=None)
        assert galat.value.rincian == temuan
        assert VersiLayanan.objects.get(pk=self.versi.pk).status == StatusVersi.DRAF

    def test_a_sound_draft_is_published_once(self):
        assert self._temuan() == {}
        versi = terbitkan_versi(self.versi.pk, oleh=None)
        assert versi.status == StatusVersi.TERBIT
        assert versi.diterbitkan_pada is not None
        with pytest.raises(Bentrok):
            terbitkan_versi(self.versi.pk, oleh=None)

    def test_only_an_admin_publishes(self):
        akun = Akun.objects.create_user(nama="Budi", surel="budi@contoh.id")
        with pytest.raises(TidakBerwenang):
            terbitkan_versi(self.versi.pk, oleh=akun)
        Penugasan.objects.create(
            akun=akun, peran="admin", unit=Unit.objects.get(kode="bppt"), mulai=datetime(2020, 1, 1, tzinfo=UTC)
        )
        terbitkan_versi(self.versi.pk, oleh=Akun.objects.get(pk=akun.pk))

    def test_an_expression_that_names_no_field_is_refused(self):
        Syarat.objects.filter(pk=self.syarat.pk).update(bila="lus >= 100")
        self._tertolak("syarat.ktp", "'luas'")  # the near name is suggested

    def test_an_expression_that_does_not_parse_is_refused_wherever_it_stands(self):
        Isian.objects.filter(pk=self.isian.pk).update(bila="pemohon ==")
        self._tertolak("isian.luas", "tidak dapat dibaca")

    def test_a_call_in_an_expression_is_refused(self):
        ButuhRekomendasi.objects.filter(pk=self.advis.pk).update(bila="__import__('os')")
        assert "rekomendasi.bplh" in self._temuan()

    def test_a_kind_of_application_without_requirements_is_refused_unless_it_says_so(self):
        pilihan = [*self.versi.jenis_permohonan, {"kode": "duplikat", "tanpa_syarat": False}]
        VersiLayanan.objects.filter(pk=self.versi.pk).update(jenis_permohonan=pilihan)
        self._tertolak("jenis_permohonan", "belum punya persyaratan")
        pilihan[1]["tanpa_syarat"] = True
        VersiLayanan.objects.filter(pk=self.versi.pk).update(jenis_permohonan=pilihan)
        assert self._temuan() == {}

    def test_no_kind_of_application_at_all_is_refused(self):
        VersiLayanan.objects.filter(pk=self.versi.pk).update(jenis_permohonan=[])
        self._tertolak("jenis_permohonan", "sedikitnya satu")

    def test_an_unknown_or_repeated_kind_of_application_is_refused(self):
        baru = self.versi.jenis_permohonan[0]
        VersiLayanan.objects.filter(pk=self.versi.pk).update(jenis_permohonan=[baru, baru, {"kode": "pindah"}])
        kalimat = self._temuan()["jenis_permohonan"]
        assert any("lebih dari satu kali" in k for k in kalimat)
        assert any("pindah" in k for k in kalimat)

    def test_a_name_that_bursts_one_sms_is_refused(self):
        TemplatPesan.objects.filter(kode="SMS_TERIMA").update(teks="{kantor}: {izin} " + "x" * 122)
        JenisIzin.objects.filter(pk=self.jenis.pk).update(nama_sms="Izin")
        assert self._temuan() == {}
        JenisIzin.objects.filter(pk=self.jenis.pk).update(nama_sms="Izin Uji Coba Yang Jauh")
        self._tertolak("nama_sms", "SMS_TERIMA: Terlalu panjang")

    def test_a_name_outside_the_sms_alphabet_shared_or_empty_is_refused(self):
        JenisIzin.objects.create(
            kode="lain", nama="Lain", nama_sms="Izin Lain", kode_nomor="LAIN", kelompok="tertentu"
        )
        for nama, kalimat in (("izin lain", "sama dengan Lain"), ("", "wajib diisi")):
            JenisIzin.objects.filter(pk=self.jenis.pk).update(nama_sms=nama)
            with self.subTest(nama):
                self._tertolak("nama_sms", kalimat)

    def test_a_dinas_that_is_none_or_gone_is_refused(self):
        ButuhRekomendasi.objects.filter(pk=self.advis.pk).update(skpd=Unit.objects.get(kode="jatiasih"))
        self._tertolak("rekomendasi.jatiasih", "bukan dinas teknis")
        ButuhRekomendasi.objects.filter(pk=self.advis.pk).update(skpd=Unit.objects.get(kode="bplh"))
        Unit.objects.filter(kode="bplh").update(aktif=False)
        self._tertolak("rekomendasi.bplh", "bukan dinas teknis")

    def test_advice_may_not_take_longer_than_the_service(self):
        ButuhRekomendasi.objects.filter(pk=self.advis.pk).update(hari_kerja=6)
        self._tertolak("rekomendasi.bplh", "di dalam batas layanan")

    def test_a_service_belongs_to_a_bidang(self):
        VersiLayanan.objects.filter(pk=self.versi.pk).update(bidang=Unit.objects.get(kode="dinkes"))
        self._tertolak("bidang", "bukan bidang")

    def test_a_choice_without_options_or_with_one_twice_is_refused(self):
        Isian.objects.filter(pk=self.isian.pk).update(tipe="pilihan")
        self._tertolak("isian.luas", "pilihan yang dapat dipilih")
        satu = {"kode": "a", "label": "A"}
        Isian.objects.filter(pk=self.isian.pk).update(opsi=[satu, satu])
        self._tertolak("isian.luas", "lebih dari satu kali")

    def test_a_field_may_not_take_a_name_that_expressions_already_have(self):
        Isian.objects.filter(pk=self.isian.pk).update(kode="pemohon")
        self._tertolak("isian.pemohon", "tidak dapat dipakai")

    def test_a_field_code_that_no_expression_could_name_is_refused(self):
        Isian.objects.filter(pk=self.isian.pk).update(kode="luas-tanah")
        self._tertolak("isian.luas-tanah", "tidak dapat dipakai")

    def test_a_requirement_says_why_it_may_be_refused_and_which_files_it_takes(self):
        Syarat.objects.filter(pk=self.syarat.pk).update(alasan=[], format=["docx"])
        kalimat = " ".join(self._temuan()["syarat.ktp"])
        assert "alasan" in kalimat
        assert "PDF" in kalimat

    def test_a_permit_of_ours_must_be_one_that_we_issue(self):
        Syarat.objects.filter(pk=self.syarat.pk).update(asal="izin_terbitan", layanan_asal="izin_gaib")
        self._tertolak("syarat.ktp", "izin_gaib")

    def test_a_fee_needs_a_tariff_in_force_that_the_form_can_feed(self):
        VersiLayanan.objects.filter(pk=self.versi.pk).update(biaya="terlampir")
        self._tertolak("biaya", "tarifnya belum ada")
        tarif = Tarif.objects.create(
            jenis_izin=self.jenis,
            berlaku_mulai=date(2026, 2, 1),
            rumus="per_satuan",
            parameter={"uraian": "Sewa", "harga": "1000", "kali": ["luas"]},
            dasar_hukum="Perda",
        )
        self._tertolak("biaya", "tarifnya belum ada")
        Tarif.objects.filter(pk=tarif.pk).update(berlaku_mulai=date(2026, 1, 1))
        assert self._temuan() == {}
        Tarif.objects.filter(pk=tarif.pk).update(parameter={"uraian": "Sewa", "harga": "1000", "kali": ["lama"]})
        self._tertolak("biaya", "lama")
        Tarif.objects.filter(pk=tarif.pk).update(rumus="sihir")
        self._tertolak("biaya", "sihir")

    def test_a_version_does_not_begin_before_the_one_it_follows(self):
        terbitkan_versi(self.versi.pk, oleh=None)
        draf = VersiLayanan.objects.create(
            jenis_izin=self.jenis,
            nomor_versi=2,
            berlaku_mulai=date(2025, 12, 31),
            bidang=self.versi.bidang,
            jenis_permohonan=[{"kode": "baru", "tanpa_syarat": True}],
        )
        assert "berlaku_mulai" in periksa_versi(draf)

    def test_everything_wrong_is_said_at_once(self):
        VersiLayanan.objects.filter(pk=self.versi.pk).update(jenis_permohonan=[], biaya="terlampir")
        Syarat.objects.filter(pk=self.syarat.pk).update(bila="(")
        assert set(self._temuan()) == {"jenis_permohonan", "biaya", "syarat.ktp"}
