"""The demo commands keep their contract (contracts.md) and never run in production."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from core.waktu import hari_ini
from ikm.models import Edisi
from perizinan.enums import Ukuran
from perizinan.models import Permohonan
from perizinan.statistik import Lingkup, jumlah
from renstra.models import Potret, RealisasiKinerja, Rencana
from renstra.temuan_edisi import kekurangan, temuan_edisi
from tests.renstra import test_dasbor

KUNCI = {
    "nomor", "nomor_register", "nomor_izin", "langkah", "berkas", "verifikasi", "sms", "hari_terpakai", "tenggat",
}  # fmt: skip


def demo(kode, tmp_path):
    keluar = io.StringIO()
    call_command("demo_alur", layanan=kode, keluaran=tmp_path, json=True, stdout=keluar)
    return json.loads(keluar.getvalue())


def test_demo_imb_melewati_semua_meja(db, tmp_path):
    hasil = demo("imb", tmp_path)
    assert set(hasil) == KUNCI
    verba = [langkah["verba"] for langkah in hasil["langkah"]]
    for satu in (
        "ajukan", "daftarkan", "minta_rekomendasi", "minta_perbaikan", "kirim_perbaikan", "jadwalkan_tinjau",
        "catat_bap", "tetapkan_retribusi", "catat_lunas", "paraf", "tanda_tangan", "serahkan",
    ):  # fmt: skip
        assert satu in verba, satu
    assert verba.count("beri_rekomendasi") == 2
    assert hasil["verifikasi"] == {"cocok": True, "alasan": "asli"}
    assert all(hasil["berkas"].values())
    assert {s["status"] for s in hasil["sms"]} == {"terkirim"}
    assert "3275" not in json.dumps(hasil["sms"])


def test_demo_siup_tanpa_tinjauan_dan_tanpa_biaya(db, tmp_path):
    hasil = demo("siup", tmp_path)
    verba = {langkah["verba"] for langkah in hasil["langkah"]}
    assert verba.isdisjoint({"minta_rekomendasi", "tetapkan_retribusi", "catat_bap"})
    assert hasil["berkas"]["bap"] is None
    assert hasil["verifikasi"]["cocok"]


def test_layanan_tak_dikenal_adalah_masukan_salah(db, tmp_path, capsys):
    with pytest.raises(SystemExit) as keluar:
        call_command("demo_alur", layanan="tidak_ada", keluaran=tmp_path)
    assert keluar.value.code == 2
    assert "tidak_ada" in capsys.readouterr().err


def test_isi_contoh_mengisi_setiap_meja(pemeran, masuk):
    keluar = io.StringIO()
    call_command("isi_contoh", permohonan=14, benih=7, stdout=keluar, stderr=io.StringIO())
    assert Permohonan.objects.count() == 14
    assert "survei dijawab" in keluar.getvalue()
    assert Edisi.objects.get().disahkan_pada is not None
    for kunci in ("budi", "rina", "kabid", "dina", "kadis"):
        akun = type(pemeran.budi).objects.get(pk=pemeran.akun[kunci].pk)
        assert Permohonan.objects.kotak_masuk(akun).exists(), kunci
    rencana = Rencana.objects.get(kode="rencana-contoh")
    tahun = hari_ini().year
    assert rencana.tahun_mulai == tahun - 1
    assert Potret.objects.filter(rencana=rencana, tahun=tahun - 1, disahkan_pada__isnull=False).count() == 4
    assert temuan_edisi(rencana) == [] and kekurangan(rencana) == []  # the demo is a plan that could be published
    terbit = RealisasiKinerja.objects.filter(keluaran__sumber="izin_terbit", tahun=tahun)
    assert sum(r.angka for r in terbit) == jumlah(Ukuran.TERBIT, Lingkup(date(tahun, 1, 1), date(tahun, 12, 1)))
    _setiap_angka_dasbor_sama_dengan_daftarnya(masuk(pemeran.prita))


def _setiap_angka_dasbor_sama_dengan_daftarnya(klien):
    """The demo as people open it: every figure that has a list counts the rows of that list."""
    isi = test_dasbor.dasbor(klien)
    assert test_dasbor.periksa(klien, isi) > 80


def test_rencana_contoh_tidak_dimuat_sebagai_acuan(db):
    assert not Rencana.objects.filter(kode="rencana-contoh").exists()


def test_produksi_menolak_akun_contoh(settings, db):
    from bpptportal.contoh.pemeran import buat_pemeran

    settings.PRODUKSI = True
    with pytest.raises(RuntimeError):
        buat_pemeran()
