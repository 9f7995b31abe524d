"""The admin site: data entry works, published versions and rows of machines are only read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin as situs
from django.test import Client
from django.urls import reverse

from accounts.models import Akun, Kewenangan, Unit
from core.waktu import sekarang
from notifications.enums import StatusPesan
from notifications.models import Pesan, TemplatPesan
from perizinan.enums import StatusDokumen, StatusVersi
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Dokumen, JenisIzin, Permohonan, VersiLayanan


@pytest.fixture
def kantor(admin: Akun) -> Client:
    klien = Client()
    klien.force_login(admin, backend="accounts.masuk.SurelAtauHp")
    return klien


def _alamat(model: type, aksi: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{aksi}", args=args)


def _aksi(klien: Client, model: type, nama: str, *pk: int):
    return klien.post(_alamat(model, "changelist"), {"action": nama, "_selected_action": pk}, follow=True)


def test_setiap_daftar_dan_formulir_terbuka(kantor, berkas_di):
    berkas_di(S.TERBIT, "imb")
    for model, pengelola in situs.site._registry.items():
        if not model.__module__.startswith(("perizinan", "accounts", "core", "notifications")):
            continue
        assert kantor.get(_alamat(model, "changelist")).status_code == 200, model
        satu = model._default_manager.first()
        if satu is not None:
            assert kantor.get(_alamat(model, "change", satu.pk)).status_code == 200, model
        tambah = kantor.get(_alamat(model, "add")).status_code
        assert tambah == (200 if pengelola.has_add_permission(_minta(kantor)) else 403), model


def _minta(klien: Client):
    from django.test import RequestFactory

    minta = RequestFactory().get("/admin/")
    minta.user = Akun.objects.get(pk=klien.session["_auth_user_id"])
    return minta


def test_baris_mesin_tidak_dapat_diubah_lewat_admin(kantor, berkas_di):
    p = berkas_di(S.VERIFIKASI, "siup")
    alamat = _alamat(Permohonan, "change", p.pk)
    assert kantor.post(alamat, {"status": S.TERBIT, "nomor": "XXXXX-XXXXX"}).status_code == 403
    assert kantor.post(_alamat(Permohonan, "delete", p.pk), {"post": "yes"}).status_code == 403
    assert Permohonan.objects.get(pk=p.pk).status == S.VERIFIKASI
    isi = kantor.get(alamat).content.decode()
    assert p.pihak.nomor_identitas not in isi


def test_versi_terbit_hanya_dibaca_dan_disalin_menjadi_draf(kantor, db):
    terbit = VersiLayanan.objects.get(jenis_izin__kode="siup", status=StatusVersi.TERBIT)
    assert kantor.post(_alamat(VersiLayanan, "change", terbit.pk), {"hari_kerja": 1}).status_code == 403
    _aksi(kantor, VersiLayanan, "salin", terbit.pk)
    draf = VersiLayanan.objects.get(jenis_izin__kode="siup", status=StatusVersi.DRAF)
    assert draf.nomor_versi == terbit.nomor_versi + 1
    for anak in ("syarat", "isian", "butuh_rekomendasi"):
        assert getattr(draf, anak).count() == getattr(terbit, anak).count()
    assert kantor.get(_alamat(VersiLayanan, "change", draf.pk)).status_code == 200
    _aksi(kantor, VersiLayanan, "terbitkan", draf.pk)
    draf.refresh_from_db()
    assert draf.status == StatusVersi.TERBIT


def test_draf_yang_salah_tidak_terbit_dan_sebabnya_disebut(kantor, db):
    terbit = VersiLayanan.objects.get(jenis_izin__kode="siup", status=StatusVersi.TERBIT)
    _aksi(kantor, VersiLayanan, "salin", terbit.pk)
    draf = VersiLayanan.objects.get(jenis_izin__kode="siup", status=StatusVersi.DRAF)
    VersiLayanan.objects.filter(pk=draf.pk).update(jenis_permohonan=[])
    teks = _aksi(kantor, VersiLayanan, "terbitkan", draf.pk).content.decode()
    assert "Pilih sedikitnya satu jenis permohonan" in teks
    draf.refresh_from_db()
    assert draf.status == StatusVersi.DRAF


def test_templat_pesan_diperiksa_gsm7_dan_panjangnya(kantor, db):
    t = TemplatPesan.objects.get(kode="SMS_TERIMA")
    alamat = _alamat(TemplatPesan, "change", t.pk)
    for buruk in ("Izin Anda “siap” {nomor}", "{tak_dikenal}", "x" * 161):
        assert kantor.post(alamat, {"teks": buruk}).status_code == 200
        assert TemplatPesan.objects.get(pk=t.pk).teks == t.teks
    assert kantor.post(alamat, {"teks": "{kantor}: {izin} no. {nomor} kami terima."}).status_code == 302
    assert TemplatPesan.objects.get(pk=t.pk).teks.endswith("kami terima.")


def test_kewenangan_diberi_lewat_layanan_dan_tidak_dapat_bertumpuk(kantor, budi, kadis, jam):
    bppt = Unit.objects.get(kode="bppt")
    mulai = sekarang() + timedelta(days=1)
    isi = {
        "pejabat": budi.pk,
        "unit": bppt.pk,
        "jenis": "plt",
        "jabatan": "Kepala Badan",
        "nama_tercetak": "Budi Santosa",
        "nomor_sk": "800/1",
        "mulai_0": f"{mulai:%Y-%m-%d}",
        "mulai_1": "08:00:00",
        "layanan": "*",
    }
    bentrok = kantor.post(_alamat(Kewenangan, "add"), isi)
    assert "Sudah ada pejabat lain" in bentrok.content.decode()
    assert kantor.post(_alamat(Kewenangan, "add"), isi | {"layanan": "siup, tdp"}).status_code == 302
    baru = Kewenangan.objects.get(pejabat=budi)
    assert set(baru.lingkup.values_list("kode_layanan", flat=True)) == {"siup", "tdp"}
    assert kantor.post(_alamat(Kewenangan, "change", baru.pk), isi).status_code == 403
    lama = kadis.kewenangan.get()
    _aksi(kantor, Kewenangan, "cabut_sekarang", lama.pk)
    lama.refresh_from_db()
    assert lama.dicabut_pada is not None


def test_pesan_dan_dokumen_macet_diulang(kantor, berkas_di):
    p = berkas_di(S.VERIFIKASI, "siup")
    pesan = Pesan.objects.filter(perihal=p.nomor).first()
    Pesan.objects.filter(pk=pesan.pk).update(status=StatusPesan.GAGAL, galat="gerbang mati")
    _aksi(kantor, Pesan, "kirim_lagi", pesan.pk)
    pesan.refresh_from_db()
    assert (pesan.status, pesan.galat) == (StatusPesan.MENUNGGU, "")
    dokumen = p.dokumen.first()
    Dokumen.objects.filter(pk=dokumen.pk).update(status=StatusDokumen.GAGAL, galat="naskah")
    _aksi(kantor, Dokumen, "buat_lagi", dokumen.pk)
    dokumen.refresh_from_db()
    assert dokumen.status == StatusDokumen.DIMINTA


def test_layanan_dimatikan_bukan_dihapus(kantor, db):
    satu = JenisIzin.objects.get(kode="siup")
    assert kantor.post(_alamat(JenisIzin, "delete", satu.pk), {"post": "yes"}).status_code == 403


def test_petugas_biasa_tidak_masuk_admin(masuk, rina):
    assert masuk(rina).get("/admin/").status_code == 302
