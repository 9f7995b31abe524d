"""Genuine is what our hash knows; what a permit is worth is its state today (contracts.md, B28, B29)."""

from __future__ import annotations

import io
import json
import secrets
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from core import waktu
from core.tanda_tangan.periksa import tanda_tangan_sah
from core.tanda_tangan.sertifikat import akar_tepercaya
from perizinan import dokumen, verifikasi
from perizinan.dokumen.kode import kode_cek
from perizinan.enums import JenisDokumen, Publikasi, StatusDokumen, StatusIzin
from perizinan.models import Dokumen, Izin, Permohonan, VersiLayanan
from tests.klien import KlienTeliti


@pytest.fixture
def berkas(berkas_di: Any) -> Permohonan:
    """A SIUP that was signed a moment ago."""
    satu: Permohonan = berkas_di("terbit", "siup")
    return satu


@pytest.fixture
def sk(berkas: Permohonan) -> Dokumen:
    satu: Dokumen = berkas.dokumen.get(jenis=JenisDokumen.SK)
    return satu


@pytest.fixture
def isi(sk: Dokumen) -> bytes:
    return Path(sk.berkas.path).read_bytes()


def jadikan(berkas: Permohonan, status: str, **kolom: Any) -> Izin:
    izin = Izin.objects.get(permohonan=berkas)
    nilai = {"status": status, "versi": izin.versi + 1, "status_sejak": waktu.sekarang(), **kolom}
    Izin.objects.filter(pk=izin.pk).update(**nilai)
    return izin


def publikasikan(berkas: Permohonan, cara: str) -> None:
    """Give the file a version that publishes differently; published versions are immutable, so a copy."""
    versi = VersiLayanan.objects.get(pk=berkas.versi_layanan_id)
    versi.pk, versi._state.adding = None, True
    versi.nomor_versi, versi.publikasi = 99, cara
    versi.save()
    Permohonan.objects.filter(pk=berkas.pk).update(versi_layanan=versi)


# --- the file -----------------------------------------------------------------------------------------------


def test_the_signed_file_is_genuine_with_its_number_and_state(sk: Dokumen, isi: bytes) -> None:
    hasil = verifikasi.cek_berkas(isi)
    assert (hasil.cocok, hasil.alasan, hasil.nomor_izin, hasil.status) == (True, "asli", sk.nomor, "berlaku")
    assert hasil.izin is not None
    assert tanda_tangan_sah(isi, akar_tepercaya())


def test_a_revoked_permit_is_genuine_and_said_to_be_revoked(berkas: Permohonan, isi: bytes) -> None:
    jadikan(berkas, StatusIzin.DICABUT)
    hasil = verifikasi.cek_berkas(isi)
    assert (hasil.cocok, hasil.status) == (True, "dicabut")


def _ubah_satu_byte(isi: bytes) -> bytes:
    letak = isi.index(b"stream") + 60
    return isi[:letak] + bytes([isi[letak] ^ 1]) + isi[letak + 1 :]


def _tulis_ulang(isi: bytes) -> bytes:
    keluar = io.BytesIO()
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        pdf.save(keluar)
    return keluar.getvalue()


@pytest.mark.parametrize(
    ("pemalsuan", "alasan"),
    [
        (_ubah_satu_byte, {"diubah"}),
        (lambda isi: isi + b"\n% tambahan\n", {"ditambah", "diubah"}),
        (_tulis_ulang, {"diubah"}),
        (lambda isi: b"GIF89a" + isi, {"bukan_pdf"}),
        (lambda isi: b"", {"bukan_pdf"}),
        (lambda isi: b"%PDF-1.7 bukan apa-apa", {"bukan_pdf"}),
    ],
)
def test_a_changed_file_is_not_genuine_and_the_reason_is_told(isi: bytes, pemalsuan: Any, alasan: set[str]) -> None:
    hasil = verifikasi.cek_berkas(pemalsuan(isi))
    assert not hasil.cocok
    assert hasil.alasan in alasan
    assert (hasil.nomor_izin, hasil.status, hasil.izin) == (None, None, None)


def test_the_frozen_text_without_its_signature_is_not_a_permit(berkas_di: Any) -> None:
    beku = berkas_di("menunggu_tanda_tangan", "siup").dokumen.get(jenis=JenisDokumen.SK)
    assert dokumen.buat(beku.pk)
    beku.refresh_from_db()
    hasil = verifikasi.cek_berkas(Path(beku.berkas.path).read_bytes())
    assert (hasil.cocok, hasil.alasan) == (False, "tidak_dikenal")


def test_a_receipt_is_genuine_by_its_hash_and_names_no_permit(berkas: Permohonan) -> None:
    d = berkas.dokumen.get(jenis=JenisDokumen.TANDA_TERIMA)
    if d.status == StatusDokumen.DIMINTA:
        assert dokumen.buat(d.pk)
        d.refresh_from_db()
    hasil = verifikasi.cek_berkas(Path(d.berkas.path).read_bytes())
    assert (hasil.cocok, hasil.nomor_izin, hasil.status) == (True, None, None)


# --- the token ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", list(StatusIzin))
def test_the_page_behind_the_qr_says_what_the_permit_is_worth_now(
    berkas: Permohonan, sk: Dokumen, warga: KlienTeliti, status: StatusIzin
) -> None:
    jadikan(berkas, status)
    halaman = warga.get(f"/verifikasi/{sk.token}/").content.decode()
    kata = {
        StatusIzin.BERLAKU: "Asli dan berlaku",
        StatusIzin.DIBEKUKAN: "Asli, tetapi dibekukan",
        StatusIzin.KEDALUWARSA: "masa berlakunya habis",
        StatusIzin.DIGANTIKAN: "sudah diganti",
        StatusIzin.DICABUT: "sudah dicabut",
        StatusIzin.DITUTUP: "sudah ditutup",
        StatusIzin.DIBATALKAN: "keputusannya dibatalkan",
    }
    assert kata[status] in halaman
    assert ("Asli dan berlaku" in halaman) == (status == StatusIzin.BERLAKU)
    assert sk.nomor in halaman
    assert "Kepala Badan Pelayanan Perizinan Terpadu" in halaman
    assert settings.SITUS.split("//")[1] in halaman


def test_a_permit_past_its_last_day_is_expired_before_any_sweep_ran(
    berkas: Permohonan, sk: Dokumen, warga: KlienTeliti
) -> None:
    izin = Izin.objects.get(permohonan=berkas)
    Izin.objects.filter(pk=izin.pk).update(akhir=waktu.hari_ini())
    assert "Asli dan berlaku" in warga.get(f"/verifikasi/{sk.token}/").content.decode()
    waktu.maju(timedelta(days=1))
    assert "masa berlakunya habis" in warga.get(f"/verifikasi/{sk.token}/").content.decode()
    izin.refresh_from_db()
    assert izin.status == StatusIzin.BERLAKU


def test_a_replaced_permit_leads_to_its_successor(
    berkas: Permohonan, sk: Dokumen, berkas_di: Any, warga: KlienTeliti
) -> None:
    lama = jadikan(berkas, StatusIzin.DIGANTIKAN)
    baru = berkas_di("terbit", "siup")
    Permohonan.objects.filter(pk=baru.pk).update(izin_lama=lama)
    halaman = warga.get(f"/verifikasi/{sk.token}/").content.decode()
    pengganti = Izin.objects.get(permohonan=baru)
    assert pengganti.nomor_izin in halaman
    assert f"/verifikasi/{pengganti.token}/" in halaman


def test_no_identity_number_no_phone_no_home_address_and_no_cookie(
    berkas: Permohonan, sk: Dokumen, warga: KlienTeliti
) -> None:
    respons = warga.get(f"/verifikasi/{sk.token}/")
    halaman = respons.content.decode()
    pihak = berkas.pihak
    for rahasia in (pihak.nomor_identitas, pihak.nomor_identitas[-8:], pihak.hp, pihak.hp[-8:], pihak.alamat):
        assert rahasia not in halaman
    assert not respons.cookies
    assert not warga.cookies


@pytest.mark.parametrize("cara", list(Publikasi))
def test_the_holder_is_shown_as_the_service_publishes(
    berkas: Permohonan, sk: Dokumen, warga: KlienTeliti, cara: Publikasi
) -> None:
    publikasikan(berkas, cara)
    halaman = warga.get(f"/verifikasi/{sk.token}/").content.decode()
    assert (berkas.pihak.sebutan in halaman) == (cara == Publikasi.NAMA)
    assert ("Toko Sari Rasa" in halaman) == (cara == Publikasi.NAMA_USAHA)
    assert ("Tidak kami tampilkan" in halaman) == (cara == Publikasi.ANGKA)


def test_a_thousand_random_tokens_are_all_unknown(sk: Dokumen) -> None:
    assert all(verifikasi.cek_token(secrets.token_hex(16)) is None for _ in range(1000))


@pytest.mark.parametrize("token", ["x", "0" * 31, "0" * 33, "G" * 32, "0" * 31 + "g", "%00", "' OR 1=1 --"])
def test_what_is_no_token_costs_no_query(db: None, token: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert verifikasi.cek_token(token) is None


def test_an_unknown_token_is_a_page_that_warns_with_404(db: None, warga: KlienTeliti) -> None:
    respons = warga.get(f"/verifikasi/{'0' * 32}/")
    assert respons.status_code == 404
    assert "Tidak kami kenal" in respons.content.decode()


def test_the_token_of_an_unsigned_permit_says_that_it_is_not_one(berkas_di: Any, warga: KlienTeliti) -> None:
    beku = berkas_di("menunggu_tanda_tangan", "siup").dokumen.get(jenis=JenisDokumen.SK)
    alamat = f"/verifikasi/{beku.token}/"
    assert warga.get(alamat).status_code == 404
    assert dokumen.buat(beku.pk)
    halaman = warga.get(alamat).content.decode()
    assert "Belum ditandatangani" in halaman
    assert "Asli" not in halaman


def test_a_bill_says_its_amount_and_whether_it_is_paid(berkas_di: Any, warga: KlienTeliti) -> None:
    berkas = berkas_di("menunggu_pembayaran", "imb")
    d = berkas.dokumen.get(jenis=JenisDokumen.SKRD)
    assert dokumen.buat(d.pk)
    halaman = warga.get(f"/verifikasi/{d.token}/").content.decode()
    assert "Menunggu pembayaran" in halaman
    assert f"Rp{berkas.skrd.get().nilai:,}".replace(",", ".") in halaman
    assert "bukan surat izin" in halaman
    assert berkas.pihak.sebutan not in halaman


def test_the_page_costs_a_fixed_small_number_of_queries(sk: Dokumen, warga: KlienTeliti) -> None:
    alamat = f"/verifikasi/{sk.token}/"
    warga.get(alamat)
    hitungan = Penghitung()
    with connection.execute_wrapper(hitungan):
        warga.get(alamat)
    assert hitungan.jumlah <= 4


class Penghitung:
    """Counts statements."""

    jumlah = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.jumlah += 1
        return execute(sql, params, many, context)


# --- the code and the form ----------------------------------------------------------------------------------


def test_the_code_under_the_qr_leads_to_the_same_page(sk: Dokumen, warga: KlienTeliti) -> None:
    for kode in (kode_cek(sk.token), kode_cek(sk.token).lower().replace("-", " ")):
        respons = warga.get("/verifikasi/", {"kode": kode})
        assert respons.status_code == 302
        assert respons["Location"] == f"/verifikasi/{sk.token}/"


def test_an_unknown_or_mistyped_code_is_answered_like_an_unknown_paper(sk: Dokumen, warga: KlienTeliti) -> None:
    for kode in ("0000-0000-0000", "bukan kode", "<script>"):
        respons = warga.get("/verifikasi/", {"kode": kode})
        assert respons.status_code == 404
        assert "Tidak kami kenal" in respons.content.decode()


def _unggahan(isi: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("surat.pdf", isi, "application/pdf")


def test_a_genuine_file_is_answered_like_its_qr(sk: Dokumen, isi: bytes, warga: KlienTeliti) -> None:
    halaman = warga.post("/verifikasi/", {"berkas": _unggahan(isi)}).content.decode()
    assert "Asli dan berlaku" in halaman
    assert sk.nomor in halaman


def test_a_changed_file_is_answered_with_a_warning(isi: bytes, warga: KlienTeliti) -> None:
    halaman = warga.post("/verifikasi/", {"berkas": _unggahan(_ubah_satu_byte(isi))}).content.decode()
    assert "Isinya diubah" in halaman
    assert "Asli dan berlaku" not in halaman


def test_no_file_and_a_file_too_large_are_explained(
    db: None, warga: KlienTeliti, monkeypatch: pytest.MonkeyPatch
) -> None:
    respons = warga.post("/verifikasi/")
    assert respons.status_code == 400
    assert "belum dipilih" in respons.content.decode()
    monkeypatch.setattr(verifikasi, "UKURAN_MAKS", 100)
    respons = warga.post("/verifikasi/", {"berkas": _unggahan(b"x" * 101)})
    assert respons.status_code == 400
    assert "lebih dari" in respons.content.decode()


def test_the_form_is_protected_against_other_sites(db: None) -> None:
    klien = KlienTeliti(enforce_csrf_checks=True)
    assert klien.post("/verifikasi/", {"berkas": _unggahan(b"%PDF-")}).status_code == 403


def test_many_files_from_one_address_are_asked_to_wait(db: None, jam: Any, warga: KlienTeliti) -> None:
    from perizinan.views import verifikasi as halaman

    for _ in range(halaman.verifikasi.BERKAS_MAKS):
        assert warga.post("/verifikasi/", {"berkas": _unggahan(b"x")}).status_code == 200
    respons = warga.post("/verifikasi/", {"berkas": _unggahan(b"x")})
    assert respons.status_code == 429
    assert int(respons["Retry-After"]) > 0


def test_the_language_is_chosen_in_the_address_without_a_cookie(sk: Dokumen, warga: KlienTeliti) -> None:
    respons = warga.get(f"/verifikasi/{sk.token}/", {"bahasa": "en"})
    assert '<html lang="en">' in respons.content.decode()
    assert "Genuine and valid" in respons.content.decode()
    assert respons["Content-Language"] == "en"
    assert not warga.cookies
    assert '<html lang="id">' in warga.get(f"/verifikasi/{sk.token}/", {"bahasa": "xx"}).content.decode()


# --- the command --------------------------------------------------------------------------------------------


def _perintah(*argumen: str) -> tuple[int, str]:
    keluar = StringIO()
    try:
        call_command("verifikasi_pdf", *argumen, stdout=keluar)
    except SystemExit as akhir:
        return int(str(akhir.code)), keluar.getvalue()
    except CommandError as galat:
        return galat.returncode, keluar.getvalue()
    return 0, keluar.getvalue()


def test_the_command_answers_in_json_with_0_1_and_2(sk: Dokumen, isi: bytes, tmp_path: Path) -> None:
    asli, palsu = tmp_path / "asli.pdf", tmp_path / "palsu.pdf"
    asli.write_bytes(isi)
    palsu.write_bytes(_ubah_satu_byte(isi))
    kode, teks = _perintah(str(asli), "--json")
    assert kode == 0
    assert json.loads(teks) == {"cocok": True, "alasan": "asli", "nomor_izin": sk.nomor, "status": "berlaku"}
    kode, teks = _perintah(str(palsu), "--json")
    assert kode == 1
    assert json.loads(teks) == {"cocok": False, "alasan": "diubah", "nomor_izin": None, "status": None}
    assert _perintah(str(tmp_path / "tidak-ada.pdf"), "--json") == (2, "")
    assert _perintah(str(asli)) == (0, f"ASLI, {sk.nomor}, status sekarang: berlaku\n")


@pytest.mark.control
def test_control_a_signature_alone_would_accept_what_the_hash_refuses(isi: bytes) -> None:
    """reliability.md 5.4: `bottom_line` of the first signature is True for a file with bytes appended."""
    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    akar = x509.Certificate.load(pem.unarmor(akar_tepercaya()[0])[2])
    ditambah = isi + b"\n% tambahan\n"
    tanda = PdfFileReader(io.BytesIO(ditambah)).embedded_signatures[0]
    konteks = ValidationContext(trust_roots=[akar], moment=tanda.self_reported_timestamp, allow_fetching=False)
    assert validate_pdf_signature(tanda, konteks).bottom_line
    assert not verifikasi.cek_berkas(ditambah).cocok
