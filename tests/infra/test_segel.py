"""The audit seal finds what the chain inside the database cannot: somebody who wrote whole chains again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from bpptportal import segel
from core import waktu
from perizinan import riwayat, services
from perizinan.models import Permohonan, Riwayat
from perizinan.models.riwayat import sidik_teks, teks_kanonik

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tempat(settings: Any, tmp_path: Path) -> Path:
    settings.SEGEL_DIR = str(tmp_path / "segel")
    settings.KUNCI_SEGEL = "kunci-uji"
    return tmp_path / "segel"


@contextmanager
def tanpa_pemicu() -> Any:
    """What a superuser may do: change the log with its triggers out of the way."""
    with transaction.atomic(), connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET LOCAL session_replication_role = replica")
        else:
            kursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'perizinan_%%'")
            for (nama,) in kursor.fetchall():
                kursor.execute(f'DROP TRIGGER "{nama}"')
        yield


def tulis_ulang(p: Permohonan, ubah: Callable[[Riwayat], None]) -> None:
    """Forge a row in the middle and compute the whole chain again, head included."""
    with tanpa_pemicu():
        sebelum = ""
        for r in Riwayat.objects.filter(permohonan=p).order_by("urut"):
            if r.urut == 2:
                ubah(r)
            kanonik = teks_kanonik(r, kunci_permohonan=str(p.kunci), sebelum=sebelum)
            sebelum = sidik_teks(kanonik)
            Riwayat.objects.filter(pk=r.pk).update(rinci=r.rinci, oleh=r.oleh, kanonik=kanonik, sidik=sebelum)
        Permohonan.objects.filter(pk=p.pk).update(riwayat_sidik=sebelum)


def sebab(jangkar: str = "") -> set[str]:
    return {t.sebab for t in segel.periksa(jangkar).rusak}


def test_a_sound_log_fits_its_seals_and_only_what_changed_is_sealed_again(berkas_di, rina):
    satu, lain = berkas_di("verifikasi", "siup"), berkas_di("verifikasi", "siup")
    awal = segel.buat()
    assert {k for k, *_ in awal.kepala} >= {str(satu.kunci), str(lain.kunci)}
    waktu.maju(timedelta(hours=1))
    services.lewati_teknis(satu.pk, oleh=rina)
    waktu.maju(timedelta(hours=1))
    berikut = segel.buat()
    assert [k for k, *_ in berikut.kepala] == [str(satu.kunci)]
    assert berikut.sebelum == awal.sidik
    laporan = segel.periksa()
    assert laporan.rusak == ()
    assert laporan.segel == 2


def test_a_chain_that_was_computed_again_from_its_second_row_is_found_by_the_seal_alone(berkas_di):
    p = berkas_di("verifikasi", "siup")
    segel.buat()
    tulis_ulang(p, lambda r: setattr(r, "rinci", {"dipalsukan": True}))
    assert riwayat.periksa_satu(p.pk) == []  # the control: inside the database nothing is wrong
    laporan = segel.periksa()
    assert {(t.sebab, t.permohonan) for t in laporan.rusak} == {("rantai_ditulis_ulang", str(p.kunci))}


def test_a_tail_that_was_cut_off_with_its_head_is_found(berkas_di):
    p = berkas_di("verifikasi", "siup")
    segel.buat()
    with tanpa_pemicu():
        akhir = Riwayat.objects.filter(permohonan=p).order_by("-urut")
        hapus = akhir.values_list("pk", flat=True)[0]
        with connection.cursor() as kursor:
            kursor.execute("DELETE FROM perizinan_riwayat WHERE id = %s", [hapus])
        r = akhir.first()
        Permohonan.objects.filter(pk=p.pk).update(riwayat_urut=r.urut, riwayat_sidik=r.sidik)
    assert sebab() >= {"baris_hilang", "baris_berkurang"}


def test_a_row_put_in_under_an_old_number_is_found(berkas_di):
    p = berkas_di("verifikasi", "siup")
    segel.buat()
    waktu.maju(timedelta(hours=1))
    segel.buat()
    with tanpa_pemicu():
        r = Riwayat.objects.filter(permohonan=p).order_by("-urut").first()
        with connection.cursor() as kursor:
            kursor.execute("SELECT min(id) FROM perizinan_riwayat")
            lama = kursor.fetchone()[0] - 1
        r.pk, r.urut = lama, r.urut + 1
        r.save(force_insert=True)
    assert sebab() == {"baris_disisipkan"}


def test_a_changed_a_forged_and_a_missing_seal_are_found(berkas_di, tempat, settings):
    for _ in range(3):
        berkas_di("diajukan", "siup")
        segel.buat()
        waktu.maju(timedelta(hours=1))
    assert sebab() == set()
    berkas = segel.daftar_berkas()
    assert berkas[0].stat().st_mode & 0o777 == 0o440
    asli = berkas[1].read_bytes()

    isi = json.loads(asli)
    isi["kepala"] = isi["kepala"][:-1]
    os.chmod(berkas[1], 0o600)
    berkas[1].write_text(json.dumps(isi, sort_keys=True, separators=(",", ":")) + "\n")
    assert sebab() >= {"segel_palsu", "rantai_segel_putus"}

    berkas[1].write_bytes(asli[:100])
    assert "segel_tidak_terbaca" in sebab()

    berkas[1].unlink()
    assert "segel_hilang_sebelumnya" in sebab()
    berkas[1].write_bytes(asli)

    settings.KUNCI_SEGEL = "kunci-baru,kunci-uji"
    assert sebab() == set()
    settings.KUNCI_SEGEL = "kunci-penyusup"
    assert sebab() == {"segel_palsu"}


def test_seals_cut_off_at_the_end_are_found_by_the_anchor_that_left_the_house(berkas_di):
    berkas_di("diajukan", "siup")
    segel.buat()
    waktu.maju(timedelta(hours=1))
    berkas_di("diajukan", "siup")
    jangkar = segel.buat().jangkar
    assert sebab(jangkar) == set()
    segel.daftar_berkas()[-1].unlink()
    assert sebab() == set()  # the control: what is left is a sound chain
    assert sebab(jangkar) == {"jangkar_tidak_cocok"}


def test_the_schedule_seals_once_an_hour_and_a_second_beat_nothing(berkas_di):
    berkas_di("diajukan", "siup")
    assert segel.segel_bila_perlu().urut == 1
    assert segel.segel_bila_perlu() is None
    waktu.maju(timedelta(minutes=61))
    assert segel.segel_bila_perlu().urut == 2


def test_of_two_that_seal_at_once_one_writes(berkas_di, monkeypatch):
    berkas_di("diajukan", "siup")
    pertama = segel.buat()
    monkeypatch.setattr(segel, "terakhir", lambda: None)
    assert segel.buat() is None
    monkeypatch.undo()
    assert segel.terakhir().jangkar == pertama.jangkar


def test_without_a_key_nothing_is_sealed_and_nothing_is_called_sound(settings, tempat):
    settings.KUNCI_SEGEL = ""
    with pytest.raises(segel.TanpaKunci):
        segel.buat()
    with pytest.raises(segel.TanpaKunci):
        segel.periksa()
    assert not tempat.exists()


def perintah(*kata: str) -> tuple[int, str]:
    keluar = StringIO()
    try:
        call_command(*kata, stdout=keluar, stderr=StringIO())
    except SystemExit as akhir:
        return int(akhir.code or 0), keluar.getvalue()
    return 0, keluar.getvalue()


def test_the_commands_answer_as_the_others_do(berkas_di):
    assert perintah("periksa_segel")[0] == 1  # no seal is no proof
    p = berkas_di("verifikasi", "siup")
    assert perintah("segel_riwayat")[0] == 0
    kode, isi = perintah("periksa_segel", "--json")
    assert (kode, json.loads(isi)["rusak"], json.loads(isi)["rantai"]) == (0, [], [])
    assert "utuh" in perintah("periksa_segel")[1]
    assert perintah("periksa_segel", "--jangkar", "salah") == (2, "")
    tulis_ulang(p, lambda r: setattr(r, "rinci", {"dipalsukan": True}))
    kode, isi = perintah("periksa_segel", "--json")
    assert kode == 1
    assert json.loads(isi)["rusak"][0]["sebab"] == "rantai_ditulis_ulang"
    assert json.loads(isi)["rantai"] == []
