"""Who gets what at which address: every route, every role, against a table written by hand (B18, B19).

A route that is missing from tests/data/authz.csv fails. When a row differs, the message holds the row as the
portal answers now: judge it first, and only then copy it into the table.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

import core.cetak
from accounts.models import Akun, Penugasan
from perizinan.models import Izin, Permohonan, Rekomendasi, Skrd
from tests.klien import KlienTeliti
from tests.peta_alamat import PEMERAN, Dunia, bangun, berobjek, rute_admin, semua_rute, tabel

pytestmark = pytest.mark.django_db

#: Who has nothing to do with the two files: another applicant, another SKPD, another bidang, no desk at all.
ORANG_LUAR = ("asing", "teknisi_bplh", "prita", "admin")
#: Written by any request: the session, failed logins, attempts counted against guessing.
_BOLEH_BERUBAH = {
    "sessions.Session",
    "core.Pencacah",
    "axes.AccessAttempt",
    "axes.AccessFailureLog",
    "axes.AccessLog",
}
#: Answers everybody alike and changes nothing, so that no session could be abused: no CSRF check.
TANPA_CSRF = {"api/v1/verifikasi/"}
#: Django's admin in front of its own door.
PINTU_ADMIN = {"admin/login/", "admin/logout/"}
_API_TERBUKA = (
    "layanan/",
    "layanan/<slug:kode>/",
    "lacak/",
    "izin/",
    "statistik/penerbitan/",
    "ikm/",
    "renstra/",
    "data/",
)
HANYA_BACA = {"api/schema/", "api/v1/data/", "api/v1/data/<slug:kode>/", *(f"api/v1/{r}" for r in _API_TERBUKA)}
#: Addresses that know more than GET and POST.
BANYAK_METODE = {f"api/v1/permohonan/<str:acuan>/{r}" for r in ("isian/", "berkas/<uuid:kunci>/")}


@pytest.fixture
def dunia(pemeran: Any, monkeypatch: pytest.MonkeyPatch) -> Dunia:
    """The files that are walked about. Books are not laid out: their words come as they are, and can be read here."""
    semua = bangun(pemeran)
    monkeypatch.setattr(core.cetak._kandang, "kerjakan", lambda _kepala, isi, _detik: ({}, [b"%PDF-" + isi[0]]))
    return semua


def klien(pemeran: Any, nama: str, *, csrf: bool = False) -> KlienTeliti:
    """A person's browser; `warga` is nobody."""
    satu = KlienTeliti(enforce_csrf_checks=csrf)
    if nama != "warga":
        satu.force_login(pemeran.akun[nama], backend="accounts.masuk.SurelAtauHp")
    return satu


def sidik_basis_data() -> dict[str, str]:
    """A digest of every table that a GET must leave alone."""
    sidik = {}
    for model in apps.get_models():
        if model._meta.label not in _BOLEH_BERUBAH and model._meta.managed:
            baris = list(model._base_manager.order_by("pk").values_list())
            sidik[model._meta.label] = hashlib.sha256(repr(baris).encode()).hexdigest()
    return sidik


def isi(respons: Any) -> str:
    """The body of an answer as text."""
    badan = b"".join(respons.streaming_content) if respons.streaming else respons.content
    return str(badan.decode("utf-8", "replace"))


# --- the matrix ---


def test_every_address_stands_in_the_table_and_every_row_is_an_address():
    assert set(tabel()) == set(semua_rute())


def test_every_role_gets_at_every_address_what_the_table_says_and_reading_writes_nothing(pemeran, dunia):
    harapan = tabel()
    jawaban: dict[str, list[str]] = {rute: [] for rute in semua_rute()}
    for nama in PEMERAN:
        satu = klien(pemeran, nama)
        semula = sidik_basis_data()
        for rute, daftar in jawaban.items():
            daftar.append(str(satu.get(dunia.alamat(rute)).status_code))
        assert sidik_basis_data() == semula, nama
    beda = [
        ",".join([f'"{rute}"' if "," in rute else rute, *daftar])
        for rute, daftar in jawaban.items()
        if not all(
            kini in harapan.get(rute, {}).get(n, "").split("|") for n, kini in zip(PEMERAN, daftar, strict=True)
        )
    ]
    assert not beda, "\n" + "\n".join(["rute," + ",".join(PEMERAN), *beda])


def test_reading_a_file_that_waits_for_loket_changes_nothing_but_that_loket_opened_it(pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    nama_berkas = dict.fromkeys(("acuan", "nomor"), str(berkas.nomor))
    dunia = Dunia(berkas, berkas, nama_berkas | {"verba": "daftarkan", "syarat": "ktp", "ke": "1"})
    rute = [r for r in semua_rute() if berobjek(r) and "kunci" not in r]
    for nama in PEMERAN:
        satu = klien(pemeran, nama)
        semula = sidik_basis_data()
        for r in rute:
            satu.get(dunia.alamat(r))
        if nama == "budi":  # product.md: from here on the applicant cannot take it back
            assert Permohonan.objects.filter(pk=berkas.pk, dibuka_pada__isnull=False).update(dibuka_pada=None) == 1
        assert sidik_basis_data() == semula, nama


def test_the_back_rooms_are_for_the_admin_alone(pemeran, dunia):
    for nama in PEMERAN:
        satu = klien(pemeran, nama)
        status = {satu.get(f"/{rute}").status_code for rute in rute_admin() if rute not in PINTU_ADMIN}
        assert status <= ({200, 302, 403} if nama == "admin" else {302, 404}), nama  # 403: not even the admin adds


def test_writing_without_a_csrf_token_is_refused_everywhere(pemeran, dunia):
    for nama in ("sari", "kadis"):
        satu = klien(pemeran, nama, csrf=True)
        semula = sidik_basis_data()
        for rute in semua_rute():
            for metode in ("post", "put", "patch", "delete"):
                status = getattr(satu, metode)(dunia.alamat(rute)).status_code
                assert status in _tanpa_token(rute), (nama, metode, rute, status)
        assert sidik_basis_data() == semula, nama


def _tanpa_token(rute: str) -> set[int]:
    """How a write without its token is refused; 415 by an address that cannot even read the body."""
    if rute in TANPA_CSRF:
        return {400, 405, 415}
    if rute in HANYA_BACA:
        return {405}
    if rute == "api/<path:sisa>/":
        return {404}
    return {403, 415} if rute.startswith("api/v1/") else {403}


def test_nobody_writes_anything(pemeran, dunia):
    satu = klien(pemeran, "warga")
    semula = sidik_basis_data()
    for rute in semua_rute():
        if berobjek(rute):
            status = satu.post(dunia.alamat(rute)).status_code
            assert status in ({401} if rute.startswith("api/") else {302}), (rute, status)
    assert sidik_basis_data() == semula


# --- what is not yours ---


def test_who_has_nothing_to_do_with_a_file_neither_reads_nor_writes_it_anywhere(pemeran, dunia):
    for nama in ORANG_LUAR:
        _periksa_orang_luar(klien(pemeran, nama), dunia, nama)


def _periksa_orang_luar(satu: KlienTeliti, dunia: Dunia, nama: str) -> None:
    semula = sidik_basis_data()
    for rute in filter(berobjek, semua_rute()):
        ada, tiada = dunia.alamat(rute), dunia.alamat_kosong(rute)
        for metode in ("get", "post", "patch", "delete") if rute in BANYAK_METODE else ("get", "post"):
            status = [getattr(satu, metode)(alamat).status_code for alamat in (ada, tiada)]
            assert status[0] == status[1], (nama, metode, rute, status)  # nobody learns whether it exists
            assert status[0] in {403, 404, 405}, (nama, metode, rute, status)
    assert sidik_basis_data() == semula


def test_no_list_count_or_export_names_a_file_that_is_not_yours(pemeran, dunia):
    pihak = dunia.diproses.pihak
    rahasia = [pihak.hp, pihak.alamat, pihak.nomor_identitas]
    for berkas in (dunia.diproses, dunia.terbit):
        rahasia += [str(berkas.nomor), str(berkas.kunci), str(berkas.nomor_register)]
    cari = str(dunia.diproses.nomor).replace("-", "").lower()  # a page that repeats what was typed is no leak
    for nama in (*ORANG_LUAR, "warga"):
        satu = klien(pemeran, nama)
        for rute in semua_rute():
            if berobjek(rute) or rute.startswith(("verifikasi/<", "admin/")):
                continue
            for saring in ("", f"?q={cari}", f"?q={pihak.nama}", "?format=csv"):
                teks = isi(satu.get(dunia.alamat(rute) + saring))
                assert not [r for r in rahasia if r in teks], (nama, rute, saring)


def test_a_number_of_your_own_file_does_not_open_what_hangs_on_anothers(pemeran, dunia):
    from perizinan import services
    from perizinan.models import JenisIzin

    milik = services.buat(
        oleh=pemeran.asing, jenis_izin=JenisIzin.objects.get(kode="imb"), pemohon=pemeran.pemohon["asing"]
    )
    satu = klien(pemeran, "asing")
    for rute in semua_rute():
        if "acuan" in rute and "<uuid:kunci>" in rute:
            alamat = dunia.alamat(rute).replace(str(dunia.diproses.nomor), str(milik.kunci))
            assert satu.delete(alamat).status_code == 404


# --- columns are not arguments ---


def selundupan(pemeran: Any) -> dict[str, Any]:
    """Values that somebody would like to see in columns that no form asks for."""
    lain = pemeran.pemohon["asing"]
    return {
        "status": "diserahkan",
        "status_asal": "terbit",
        "nomor": "00000-00000",
        "nomor_register": "SELUNDUP",
        "nomor_izin": "SELUNDUP",
        "hari_sop": "999",
        "hari_terpakai": "998",
        "paraf_ke": "99",
        "tenggat": "2031-01-01T00:00:00+07:00",
        "terbit_pada": "2031-01-01T00:00:00+07:00",
        "mulai_hitung": "2031-01-01T00:00:00+07:00",
        "pemohon": str(lain.pk),
        "pemohon_id": str(lain.pk),
        "pihak": str(lain.versi_data.get().pk),
        "dibuat_oleh": str(pemeran.asing.pk),
        "unit_penerbit": "1",
        "riwayat_urut": "9999",
        "riwayat_sidik": "SELUNDUP",
        "survei": "diisi",
        "pemberi": str(pemeran.asing.pk),
        "nilai": "1",
        "peran": "admin",
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "verified_by": "1",
        "biaya": "0",
    }


def terselundup(palsu: dict[str, Any]) -> list[str]:
    """Names of columns, anywhere, that hold a smuggled value."""
    ketemu = []
    for model in (Permohonan, Rekomendasi, Izin, Skrd):
        for kolom in {f.attname for f in model._meta.concrete_fields} & palsu.keys():
            ada = model._base_manager.filter(**{kolom: palsu[kolom]}).exists()
            ketemu += [f"{model.__name__}.{kolom}"] * ada
    if Akun.objects.filter(is_superuser=True).count() != 1 or Akun.objects.filter(is_staff=True).count() != 1:
        ketemu.append("Akun")
    return ketemu


def test_no_form_takes_a_column_for_a_field(pemeran, dunia):
    palsu = selundupan(pemeran)
    assert terselundup(palsu) == []
    for nama in ("sari", "budi", "rina", "kabid", "teknisi", "dina", "kadis"):
        satu = klien(pemeran, nama)
        for rute in semua_rute():
            if not rute.startswith(("admin/", "api/")):  # the API: tests/perizinan/test_api_verba.py
                _selundupkan(satu, dunia, rute, palsu)


def _selundupkan(satu: KlienTeliti, dunia: Dunia, rute: str, palsu: dict[str, Any]) -> None:
    """Send the values to one address of both files; what the address does with the rest is undone."""
    jabatan = set(Penugasan.objects.values_list("pk", flat=True))
    titik = transaction.savepoint()
    for berkas in (dunia.diproses, dunia.terbit):
        satu.post(dunia.alamat(rute).replace(str(dunia.diproses.nomor), str(berkas.nomor)), palsu)
        assert terselundup(palsu) == [], rute
        assert set(Penugasan.objects.values_list("pk", flat=True)) == jabatan, rute
    transaction.savepoint_rollback(titik)


# --- the tests themselves ---


@login_not_required
def _tanpa_jaga(request: Any, acuan: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Permohonan.objects.beracuan(acuan)).pihak.hp)


@pytest.mark.control
def test_control_a_view_without_a_guard_is_caught(pemeran, dunia, settings):
    import bpptportal.urls

    class Peta:
        urlpatterns = [*bpptportal.urls.urlpatterns, path("bocor/<str:acuan>/", _tanpa_jaga)]

    settings.ROOT_URLCONF = Peta
    assert set(semua_rute()) - set(tabel()) == {"bocor/<str:acuan>/"}
    with pytest.raises(AssertionError, match="bocor"):
        _periksa_orang_luar(klien(pemeran, "asing"), dunia, "asing")
