"""The audit chain: whole after every act, and whatever a superuser changes behind its back is found."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from perizinan import riwayat, services
from perizinan.models import Izin, Permohonan, Rekomendasi, Riwayat
from perizinan.models.riwayat import sidik_teks, teks_kanonik


@contextmanager
def tanpa_pemicu() -> Iterator[None]:
    """What a superuser can do: the triggers are out of the way. SQLite's come back with the test's rollback."""
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET LOCAL session_replication_role = replica")
            yield
            kursor.execute("SET LOCAL session_replication_role = origin")
            return
        kursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'perizinan_%'")
        for (nama,) in kursor.fetchall():
            kursor.execute(f'DROP TRIGGER "{nama}"')
        yield


@pytest.fixture
def berkas(berkas_di: Any) -> Permohonan:
    """A file with seven rows behind it."""
    satu: Permohonan = berkas_di("paraf_berjenjang", "siup")
    return satu


@pytest.fixture
def lengkap(berkas_di: Any) -> Permohonan:
    """A file with a permit and a visit behind it: every kind of log row."""
    satu: Permohonan = berkas_di("diserahkan", "imb")
    return satu


def sebab() -> set[str]:
    return {r.sebab.split()[0] for r in riwayat.periksa_semua().rusak}


def ubah(berkas: Permohonan, urut: int, **kolom: Any) -> None:
    """Change a row of the log directly in the table."""
    with tanpa_pemicu():
        assert Riwayat.objects.filter(permohonan=berkas, urut=urut).update(**kolom) == 1


def test_the_chain_is_whole_after_a_file_went_all_the_way(lengkap: Permohonan) -> None:
    laporan = riwayat.periksa_semua()
    assert laporan.rusak == ()
    assert laporan.baris == Riwayat.objects.count() > 15
    objek = set(lengkap.riwayat.values_list("objek", flat=True))
    assert {o.split(":")[0] for o in objek} == {"", "rekomendasi", "izin"}


def test_the_database_itself_refuses_to_change_or_remove_a_row(berkas: Permohonan) -> None:
    from django.db import DatabaseError, transaction

    baris = berkas.riwayat.first()
    for lakukan in (
        lambda: Riwayat.objects.filter(pk=baris.pk).update(verba="lain"),
        lambda: Riwayat.objects.filter(pk=baris.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            lakukan()


@pytest.mark.parametrize(
    ("kolom", "nilai"),
    [
        ("verba", "tanda_tangan"),
        ("ke", "terbit"),
        ("oleh_id", None),
        ("peran", "admin"),
        ("jam", "henti"),
        ("rinci", {"sumber": "lain"}),
        ("objek", "rekomendasi:1"),
        ("kanonik", "{}"),
        ("sidik", "0" * 64),
        ("format", 9),
    ],
)
def test_an_edited_column_is_found(berkas: Permohonan, kolom: str, nilai: Any) -> None:
    ubah(berkas, 3, **{kolom: nilai})
    assert sebab()


def test_a_moved_time_is_found(berkas: Permohonan) -> None:
    from datetime import timedelta

    baris = berkas.riwayat.get(urut=4)
    ubah(berkas, 4, pada=baris.pada + timedelta(microseconds=1))
    assert sebab() == {"isi_berubah"}


def test_a_row_forged_with_a_fitting_hash_breaks_the_link_of_the_next(berkas: Permohonan) -> None:
    baris = berkas.riwayat.get(urut=3)
    sebelum = berkas.riwayat.get(urut=2).sidik
    baris.peran = "admin"
    teks = teks_kanonik(baris, kunci_permohonan=str(berkas.kunci), sebelum=sebelum)
    ubah(berkas, 3, peran="admin", kanonik=teks, sidik=sidik_teks(teks))
    assert [(r.urut, r.sebab) for r in riwayat.periksa_semua().rusak] == [(4, "isi_berubah")]


def test_a_removed_row_in_the_middle_is_found(berkas: Permohonan) -> None:
    with tanpa_pemicu():
        Riwayat.objects.filter(permohonan=berkas, urut=5).delete()
    assert "urut_terputus" in sebab()


def test_a_cut_tail_is_found_through_the_head_on_the_file(berkas: Permohonan) -> None:
    with tanpa_pemicu():
        Riwayat.objects.filter(permohonan=berkas, urut__gt=berkas.riwayat_urut - 2).delete()
    assert "kepala_tidak_cocok" in sebab()


def test_a_whole_log_removed_is_found(berkas: Permohonan) -> None:
    with tanpa_pemicu():
        Riwayat.objects.filter(permohonan=berkas).delete()
    assert {"kepala_tidak_cocok", "status_tidak_cocok", "versi_tidak_cocok"} <= sebab()


def test_a_status_changed_without_a_row_is_found(berkas: Permohonan) -> None:
    with tanpa_pemicu():
        Permohonan.objects.filter(pk=berkas.pk).update(status="verifikasi")
    assert sebab() == {"status_tidak_cocok"}


def test_a_version_raised_without_a_row_is_found(berkas: Permohonan) -> None:
    Permohonan.objects.filter(pk=berkas.pk).update(versi=berkas.versi + 1)
    assert sebab() == {"versi_tidak_cocok"}


@pytest.mark.parametrize("model", [Rekomendasi, Izin])
def test_a_recommendation_or_permit_changed_without_a_row_is_found(lengkap: Permohonan, model: Any) -> None:
    baris = model.objects.filter(permohonan=lengkap).first()
    lain = {"rekomendasi": "ditarik", "izin": "dicabut"}[model._meta.model_name]
    model.objects.filter(pk=baris.pk).update(status=lain, versi=baris.versi + 1)
    temuan = riwayat.periksa_semua().rusak
    nama = f"{model._meta.model_name}:{baris.pk}"
    assert {r.sebab for r in temuan} == {f"status_tidak_cocok {nama}", f"versi_tidak_cocok {nama}"}


def test_a_row_without_its_file_is_found(lengkap: Permohonan) -> None:
    kepala = riwayat._kepala(lengkap.pk, lengkap.pk)[lengkap.pk]
    asing = dataclasses.replace(kepala, objek={"": kepala.objek[""]})
    baris = list(riwayat._baris(lengkap.pk, lengkap.pk))
    assert any(r.sebab.startswith("objek_hilang rekomendasi") for r in riwayat.periksa_rantai(asing, baris))


def test_files_are_read_in_batches_and_none_is_left_out(berkas_di: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    semua = [berkas_di("diajukan", "siup") for _ in range(3)]
    monkeypatch.setattr(riwayat, "SEKALI_BACA", 2)
    assert riwayat.periksa_semua() == riwayat.Laporan(Riwayat.objects.count(), ())
    ubah(semua[-1], 2, peran="admin")
    assert [r.permohonan for r in riwayat.periksa_semua().rusak] == [semua[-1].nomor]


def test_a_draft_and_a_withdrawn_file_are_whole_too(berkas_di: Any, sari: Any) -> None:
    berkas = berkas_di("draf", "siup")
    services.ajukan(berkas.pk, oleh=sari)
    services.tarik_kembali(berkas.pk, oleh=sari)
    services.batalkan(berkas.pk, oleh=sari)
    assert riwayat.periksa_semua().rusak == ()


def test_no_personal_datum_stands_in_the_log(lengkap: Permohonan) -> None:
    teks = " ".join(lengkap.riwayat.values_list("kanonik", flat=True))
    for rahasia in (lengkap.pihak.nomor_identitas, lengkap.pihak.nama, lengkap.pihak.hp, lengkap.pihak.alamat):
        assert rahasia not in teks


def test_the_command_says_how_many_rows_and_ends_with_1_when_anything_is_wrong(berkas: Permohonan) -> None:
    keluar = StringIO()
    call_command("periksa_riwayat", "--json", stdout=keluar)
    assert json.loads(keluar.getvalue()) == {"baris": Riwayat.objects.count(), "rusak": []}
    ubah(berkas, 2, peran="admin")
    keluar = StringIO()
    with pytest.raises(SystemExit) as akhir:
        call_command("periksa_riwayat", "--json", stdout=keluar)
    assert akhir.value.code == 1
    assert json.loads(keluar.getvalue())["rusak"] == [{"permohonan": berkas.nomor, "urut": 2, "sebab": "isi_berubah"}]


@pytest.mark.control
def test_control_without_recomputing_the_text_an_edited_column_passes(
    berkas: Permohonan, monkeypatch: pytest.MonkeyPatch
) -> None:
    ubah(berkas, 3, rinci={"sumber": "lain"})
    assert sebab() == {"isi_berubah"}
    monkeypatch.setattr(riwayat, "teks_kanonik", lambda baris, **_lain: baris.kanonik)
    assert riwayat.periksa_semua().rusak == ()
