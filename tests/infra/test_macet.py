"""The operator's page and the figures for Prometheus: what stands still is counted, seen and tried again once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from bpptportal import denyut, health, macet, metrik, segel
from core.waktu import sekarang
from notifications import layanan
from notifications.enums import StatusPesan
from notifications.models import Pesan
from perizinan.enums import StatusDokumen
from perizinan.models import Dokumen

pytestmark = pytest.mark.django_db
ALAMAT = "/petugas/macet/"


@pytest.fixture(autouse=True)
def tanpa_broker(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(health, "broker_menjawab", lambda: False)


def pesan(nomor: int, status: StatusPesan, **ubah: Any) -> Pesan:
    saat = sekarang() - timedelta(minutes=nomor)
    isi = {"kode": "SMS_TERIMA", "tujuan": "+6281299990000", "teks": "Isi rahasia", "kunci": f"uji-{nomor}"}
    isi |= {"perihal": f"NOMOR-{nomor:05d}", "dibuat_pada": saat, "kirim_sesudah": saat, "percobaan": 5}
    return Pesan.objects.create(**isi | {"status": status} | ubah)


@pytest.fixture
def dokumen_gagal(berkas_di: Any) -> Dokumen:
    berkas_di("verifikasi", "siup")
    d = Dokumen.objects.filter(status=StatusDokumen.DIMINTA).first()
    Dokumen.objects.filter(pk=d.pk).update(status=StatusDokumen.GAGAL, galat="Tempat penyimpanan penuh.")
    d.refresh_from_db()
    return d


def test_admin_sees_what_stands_still_without_anybodys_data(masuk, admin, dokumen_gagal):
    pesan(1, StatusPesan.GAGAL, galat="nomor +6281299990000 ditolak")
    pesan(2, StatusPesan.TIDAK_PASTI)
    pesan(3, StatusPesan.TERKIRIM)
    isi = masuk(admin).get(ALAMAT).content.decode()
    assert "NOMOR-00001" in isi
    assert "dua kali" in isi
    assert "NOMOR-00003" not in isi
    assert dokumen_gagal.permohonan.nomor in isi
    assert "Tempat penyimpanan penuh." in isi
    assert "81299990000" not in isi
    assert "Isi rahasia" not in isi
    assert dokumen_gagal.permohonan.pihak.nama not in isi


def test_a_click_tries_one_again_and_the_second_click_changes_nothing(masuk, admin, dokumen_gagal):
    satu, lain = pesan(1, StatusPesan.GAGAL), pesan(2, StatusPesan.GAGAL)
    for _ in range(2):
        assert masuk(admin).post(ALAMAT, {"sumber": "pesan", "baris": satu.pk}).status_code == 302
        satu.refresh_from_db()
        lain.refresh_from_db()
        assert (satu.status, satu.percobaan) == (StatusPesan.MENUNGGU, 0)
        assert lain.status == StatusPesan.GAGAL
    masuk(admin).post(ALAMAT, {"sumber": "dokumen", "baris": dokumen_gagal.pk})
    dokumen_gagal.refresh_from_db()
    assert dokumen_gagal.status == StatusDokumen.DIMINTA


def test_all_of_a_kind_are_tried_again_and_arrive(masuk, admin):
    daftar = [pesan(n, StatusPesan.TIDAK_PASTI) for n in range(1, 4)]
    respons = masuk(admin).post(ALAMAT, {"sumber": "pesan", "baris": "semua"}, follow=True)
    assert "3 pesan akan dicoba lagi." in respons.content.decode()
    layanan.sapu()
    # Three notices to one number leave as one SMS, and each part says so.
    dikirim = Pesan.objects.filter(pk__in=[p.pk for p in daftar]).select_related("gabungan")
    assert {p.gabungan.status if p.gabungan else p.status for p in dikirim} == {"terkirim"}
    assert macet.jumlah()["pesan"] == 0


def test_a_message_on_its_way_is_not_sent_again(admin):
    for status in (StatusPesan.MENGIRIM, StatusPesan.TERKIRIM, StatusPesan.MENUNGGU):
        p = pesan(9, status, kunci=f"uji-{status}")
        assert not layanan.ulang(p.pk, admin)


def test_a_late_sweep_is_named_and_can_be_asked_for(masuk, admin, monkeypatch):
    diminta: list[str] = []
    monkeypatch.setattr("bpptportal.operator.colek", lambda tugas, *_: diminta.append(tugas.name))
    pesan(10, StatusPesan.MENUNGGU)
    assert "kirim-pesan: terlambat 10 menit." in masuk(admin).get(ALAMAT).content.decode()
    assert masuk(admin).post(ALAMAT, {"sumber": "sapuan", "baris": "kirim-pesan"}).status_code == 302
    assert diminta == ["notifications.jadwal.sapu_pesan"]


def test_an_auditor_reads_and_changes_nothing_and_others_do_not_even_read(masuk, auditor, budi, sari):
    p = pesan(1, StatusPesan.GAGAL)
    kiriman = {"sumber": "pesan", "baris": p.pk}
    isi = masuk(auditor).get(ALAMAT).content.decode()
    assert "NOMOR-00001" in isi
    assert "Ulangi" not in isi
    assert masuk(auditor).post(ALAMAT, kiriman).status_code == 403
    assert masuk(budi).post(ALAMAT, kiriman).status_code == 403
    assert masuk(sari).post(ALAMAT, kiriman).status_code == 404
    p.refresh_from_db()
    assert p.status == StatusPesan.GAGAL


@pytest.mark.parametrize("isi", [{}, {"sumber": "lain", "baris": "1"}, {"sumber": "pesan", "baris": "٣"}])
def test_what_does_not_exist_is_not_found(masuk, admin, isi):
    assert masuk(admin).post(ALAMAT, isi).status_code == 404


def test_the_page_shows_the_anchor_of_the_last_seal(masuk, auditor, settings, tmp_path, berkas_di):
    settings.SEGEL_DIR, settings.KUNCI_SEGEL = str(tmp_path / "segel"), "kunci-uji"
    berkas_di("diajukan", "siup")
    jangkar = segel.buat().jangkar
    assert jangkar in masuk(auditor).get(ALAMAT).content.decode()


# --- metrics ---


def angka(teks: str) -> dict[str, float]:
    """The page as a scraper reads it; a line that is neither comment nor sample fails."""
    hasil = {}
    for baris in teks.splitlines():
        if not baris.startswith("#"):
            cocok = re.fullmatch(r'(bppt_[a-z_]+(?:\{[a-z]+="[a-z_-]+"\})?) (-?[0-9.e+]+)', baris)
            assert cocok, baris
            hasil[cocok[1]] = float(cocok[2])
    return hasil


def test_the_figures_tell_age_lateness_and_what_stands_still(settings, tmp_path, monkeypatch, dokumen_gagal):
    monkeypatch.setattr(metrik, "antrean", lambda: {"umum": 0, "tenggat": 2, "dokumen": 7, "pesan": 1, "dipegang": 3})
    settings.SEGEL_DIR, settings.KUNCI_SEGEL = str(tmp_path / "segel"), "kunci-uji"
    Pesan.objects.all().delete()
    pesan(10, StatusPesan.MENUNGGU)
    pesan(11, StatusPesan.GAGAL)
    denyut.catat("perizinan.jadwal.sapu_tenggat")
    segel.buat()
    nilai = angka(metrik.susun())
    assert nilai["bppt_basis_data_tersambung"] == 1
    assert 595 <= nilai["bppt_kotak_keluar_umur_detik"] <= 605
    assert 595 <= nilai["bppt_sapuan_terlambat_detik"] <= 605
    assert nilai['bppt_antrean{antrean="dokumen"}'] == 7
    assert nilai['bppt_macet_baris{sumber="pesan"}'] == 1
    assert nilai['bppt_macet_baris{sumber="dokumen"}'] == 1
    assert nilai['bppt_pesan_baris{status="gagal"}'] == 1
    assert nilai['bppt_sapuan_denyut_detik{sapuan="sapu-tenggat"}'] < 5
    assert nilai["bppt_segel_nomor"] == 1


def test_no_broker_is_a_figure():
    nilai = angka(metrik.susun())
    assert nilai["bppt_broker_tersambung"] == 0
    assert not [n for n in nilai if n.startswith("bppt_antrean")]


def test_a_database_that_is_away_is_a_figure(monkeypatch):
    from django.db import OperationalError

    def putus() -> None:
        raise OperationalError("putus")

    monkeypatch.setattr(metrik, "sekarang", putus)
    assert angka(metrik.susun()) == {"bppt_basis_data_tersambung": 0}


@pytest.mark.parametrize(
    ("token", "kepala", "status"),
    [("", "Bearer ", 404), ("", "", 404), ("t0", "", 404), ("t0", "Bearer t1", 404), ("t0", "Bearer t0", 200)],
)
def test_the_figures_are_for_whoever_holds_the_token(warga, settings, token, kepala, status):
    settings.TOKEN_METRIK = token
    respons = warga.get("/metrik/", headers={"authorization": kepala})
    assert respons.status_code == status
    if status == 200:
        assert respons["Content-Type"].startswith("text/plain; version=0.0.4")


def test_every_queue_of_the_routes_is_counted(settings):
    assert set(metrik.ANTREAN) == {r["queue"] for r in settings.CELERY_TASK_ROUTES.values()} | {"umum"}
