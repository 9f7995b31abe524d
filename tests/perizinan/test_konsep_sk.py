"""`siapkan_draf`: when the time is over a konsep is made for staff; it is no permit, and cannot pass for one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import waktu
from notifications.models import Pesan
from perizinan import dokumen, verifikasi
from perizinan.enums import JenisDokumen, JenisEfek, KebijakanFiktif, StatusDokumen
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Dokumen, JenisIzin, Permohonan, RegisterNomor, VersiLayanan
from perizinan.riwayat import periksa_satu
from perizinan.services import sapuan
from perizinan.services.katalog import terbitkan_versi
from perizinan.services.salin_versi import salin_versi
from tests.core.alat import jalankan
from tests.perizinan.bekal_waktu import biarkan


@pytest.fixture
def kebijakan(admin: Any) -> Any:
    """Publish the next version of a service with a policy, in force from today."""

    def terbitkan(kode: str, nilai: KebijakanFiktif) -> None:
        lama = JenisIzin.objects.get(kode=kode).versi_pada(waktu.hari_ini())
        assert lama is not None
        baru = salin_versi(lama.pk, oleh=admin)
        VersiLayanan.objects.filter(pk=baru.pk).update(kebijakan_fiktif=nilai)
        terbitkan_versi(baru.pk, oleh=None)

    return terbitkan


def konsep(p: Permohonan) -> list[Dokumen]:
    return list(p.dokumen.filter(jenis=JenisDokumen.KONSEP_SK))


def lewat(p: Permohonan) -> None:
    """Sweep three times just after the due date."""
    assert p.tenggat is not None
    waktu.maju(p.tenggat - waktu.sekarang() + timedelta(seconds=2))
    for _ in range(3):
        sapuan.sapu()
        Permohonan.objects.filter(pk=p.pk).update(sapu_pada=waktu.sekarang())


@pytest.fixture
def berkas(berkas_di: Any, kebijakan: Any) -> Permohonan:
    kebijakan("siup", KebijakanFiktif.SIAPKAN_DRAF)
    p: Permohonan = berkas_di(S.VERIFIKASI, "siup")
    lewat(p)
    return Permohonan.objects.get(pk=p.pk)


@pytest.fixture
def jadi(berkas: Permohonan) -> Dokumen:
    (d,) = konsep(berkas)
    assert dokumen.buat(d.pk), Dokumen.objects.get(pk=d.pk).galat
    d.refresh_from_db()
    return d


def test_one_konsep_is_ordered_and_neither_state_number_nor_signature_comes_of_it(berkas: Permohonan) -> None:
    assert len(konsep(berkas)) == 1
    assert berkas.status == S.VERIFIKASI
    catatan = berkas.riwayat.get(verba="tandai_fiktif_positif")
    assert (catatan.dari, catatan.ke) == (S.VERIFIKASI, S.VERIFIKASI)
    assert catatan.rinci["draf"] == "konsep"
    assert "UU" in catatan.rinci["dasar"]
    assert not RegisterNomor.objects.filter(permohonan=berkas).exists()
    assert not berkas.dokumen.filter(jenis=JenisDokumen.SK).exists()
    assert periksa_satu(berkas.pk) == []


@pytest.mark.parametrize("nilai", [KebijakanFiktif.PERINGATAN, KebijakanFiktif.MATI])
def test_no_other_policy_prepares_anything(berkas_di: Any, kebijakan: Any, nilai: KebijakanFiktif) -> None:
    kebijakan("siup", nilai)
    p = berkas_di(S.VERIFIKASI, "siup")
    lewat(p)
    assert konsep(p) == []
    assert p.riwayat.filter(verba="tandai_lewat").exists()
    assert p.riwayat.filter(verba="tandai_fiktif_positif").exists() == (nilai == KebijakanFiktif.PERINGATAN)


def test_nothing_is_prepared_while_there_is_time(berkas_di: Any, kebijakan: Any) -> None:
    kebijakan("siup", KebijakanFiktif.SIAPKAN_DRAF)
    p = berkas_di(S.VERIFIKASI, "siup")
    waktu.maju(p.tenggat - waktu.sekarang())
    sapuan.sapu()
    assert konsep(p) == []


def test_a_file_whose_permit_waits_for_the_signature_gets_no_second_text(berkas_di: Any, kebijakan: Any) -> None:
    kebijakan("siup", KebijakanFiktif.SIAPKAN_DRAF)
    p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
    lewat(p)
    assert konsep(p) == []
    assert p.riwayat.get(verba="tandai_fiktif_positif").rinci["draf"] == "sk"
    assert Permohonan.objects.get(pk=p.pk).status == S.MENUNGGU_TANDA_TANGAN


def test_the_paper_says_that_it_is_none_with_the_law_and_without_number_official_or_code(jadi: Dokumen) -> None:
    teks = " ".join(jalankan("pdftotext", "-layout", jadi.berkas.path, "-").split())
    dasar = jadi.permohonan.efek_waktu.get(jenis=JenisEfek.FIKTIF).rinci["dasar"]
    for kata in ("Konsep, belum berlaku", "bukan surat izin", "tidak ditandatangani", str(jadi.permohonan.nomor)):
        assert kata.casefold() in teks.casefold()
    assert " ".join(dasar.split()) in teks
    assert not re.search("ditandatangani secara elektronik|cek keaslian|NIP", teks, re.IGNORECASE)
    assert jadi.kewenangan is None
    assert jadi.nomor == ""


def test_the_back_office_is_told_and_reads_it_the_applicant_never(
    jadi: Dokumen, masuk: Any, pemeran: Any, rina: Any
) -> None:
    meja = masuk(rina)
    assert jadi.permohonan.nomor in meja.get(reverse("peringatan_waktu")).content.decode()
    alamat = reverse("dokumen_petugas", args=[jadi.kunci])
    assert alamat in meja.get(reverse("berkas_petugas", args=[jadi.permohonan.nomor])).content.decode()
    assert meja.get(alamat).status_code == 200
    pemohon = masuk(pemeran.sari)
    for satu in (alamat, reverse("dokumen", args=[jadi.kunci])):
        assert pemohon.get(satu).status_code == 404
    halaman = pemohon.get(reverse("permohonan", args=[jadi.permohonan.nomor])).content.decode()
    assert "Konsep" not in halaman
    assert not Pesan.objects.filter(perihal=jadi.permohonan.nomor, teks__icontains="konsep").exists()


def test_the_check_page_never_calls_it_genuine(jadi: Dokumen, client: Client) -> None:
    with jadi.berkas.open("rb") as isi:
        assert not verifikasi.cek_berkas(isi.read()).cocok
    halaman = client.get(reverse("cek_token", args=[jadi.token])).content.decode()
    assert "Belum ditandatangani" in halaman
    assert "Dokumen asli" not in halaman


def test_the_permit_itself_puts_the_konsep_aside(berkas_di: Any, kebijakan: Any, pemeran: Any) -> None:
    from perizinan import services

    kebijakan("siup", KebijakanFiktif.SIAPKAN_DRAF)
    p = berkas_di(S.PARAF_BERJENJANG, "siup")
    lewat(p)
    assert [d.status for d in konsep(p)] == [StatusDokumen.DIMINTA]
    services.paraf(p.pk, oleh=pemeran.kabid_bidang(p.bidang_id))
    assert [d.status for d in konsep(p)] == [StatusDokumen.DIGANTI]
    biarkan(1)
    assert len(konsep(p)) == 1


def test_whoever_edits_a_version_reads_what_the_policy_does(admin: Any) -> None:
    bantuan = VersiLayanan._meta.get_field("kebijakan_fiktif").help_text
    assert "tidak pernah menandatangani" in bantuan
