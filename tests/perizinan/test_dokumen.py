"""Documents: each kind is made whole, once, and says what it must; a failure is seen and tried again."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.db import connection

from accounts.enums import JenisKewenangan
from accounts.kewenangan import beri_kewenangan, cabut_kewenangan
from accounts.models import Kewenangan
from core import waktu
from core.cetak import GagalCetak
from perizinan import dokumen, services
from perizinan.dokumen import pekerja, simpan
from perizinan.dokumen.jenis import PENYUSUN
from perizinan.dokumen.kode import alamat_cek, kode_cek
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.models import Dokumen, Permohonan
from tests.core.alat import baca_qr, jalankan


def buat_semua(permohonan: Permohonan) -> dict[str, Dokumen]:
    """Make what the file ordered; the documents by kind."""
    for pk in permohonan.dokumen.filter(status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
        assert dokumen.buat(pk), Dokumen.objects.get(pk=pk).galat
    return {d.jenis: d for d in permohonan.dokumen.order_by("pk")}


def teks_pdf(d: Dokumen) -> str:
    return " ".join(jalankan("pdftotext", "-layout", d.berkas.path, "-").split())


def lampiran(d: Dokumen) -> dict[str, Any]:
    with pikepdf.open(d.berkas.path) as pdf:
        isi: dict[str, Any] = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
    return isi


def isi_folder() -> set[str]:
    folder = Path(settings.MEDIA_ROOT) / "dokumen"
    return {f.name for f in folder.iterdir()} if folder.exists() else set()


@pytest.fixture
def pesanan(berkas_di: Any) -> Dokumen:
    """An order that nobody has taken yet: the proof of filing of a SIUP."""
    satu: Dokumen = berkas_di("diajukan", "siup").dokumen.get()
    return satu


# --- the kinds ----------------------------------------------------------------------------------------------


def test_every_kind_on_the_way_of_an_imb_is_a_pdf_a_with_its_data_and_without_personal_numbers(
    berkas_di: Any, pemeran: Any
) -> None:
    berkas = berkas_di("diserahkan", "imb")
    semua = buat_semua(berkas)
    assert set(semua) == {
        JenisDokumen.BUKTI_PENGAJUAN,
        JenisDokumen.TANDA_TERIMA,
        JenisDokumen.BAP,
        JenisDokumen.SKRD,
        JenisDokumen.SK,
        JenisDokumen.TANDA_TERIMA_SK,
    }
    nik, hp = berkas.pihak.nomor_identitas, berkas.pihak.hp
    for d in semua.values():
        isi = Path(d.berkas.path).read_bytes()
        assert hashlib.sha256(isi).hexdigest() == d.sidik
        with pikepdf.open(d.berkas.path) as pdf:
            assert pdf.open_metadata()["pdfaid:part"] == "3"
            assert pdf.Root.MarkInfo.Marked
        data = lampiran(d)
        assert data["verifikasi"] == alamat_cek(d.token)
        assert data["kode"] == kode_cek(d.token)
        for rahasia in (nik, hp, hp.removeprefix("+62")):
            assert rahasia not in teks_pdf(d).replace(" ", ""), d.jenis
            assert rahasia not in json.dumps(data), d.jenis
        assert d.nomor


def test_the_receipt_says_until_when_with_the_hour_and_its_qr_leads_to_tracking(
    berkas_di: Any, tmp_path: Path
) -> None:
    berkas = berkas_di("verifikasi", "siup")
    d = buat_semua(berkas)[JenisDokumen.TANDA_TERIMA]
    teks = teks_pdf(d)
    assert d.nomor == berkas.nomor_register
    assert berkas.nomor in teks
    assert "selambat-lambatnya Jumat, 5 Juni 2026 pukul 16.00 WIB" in teks
    jalankan("pdftoppm", "-r", "110", "-png", "-singlefile", d.berkas.path, tmp_path / "hal")
    assert baca_qr(tmp_path / "hal.png") == f"{settings.SITUS}/lacak/?nomor={berkas.nomor}"


def test_the_permit_is_one_page_with_number_holder_validity_signatory_and_a_readable_qr(
    berkas_di: Any, pemeran: Any, tmp_path: Path
) -> None:
    berkas = berkas_di("menunggu_tanda_tangan", "siup")
    d = buat_semua(berkas)[JenisDokumen.SK]
    assert d.status == StatusDokumen.JADI
    assert d.sidik == d.sidik_naskah
    teks = teks_pdf(d)
    for kata in (d.nomor, berkas.pihak.sebutan, "Toko Sari Rasa", "Masa berlaku", kode_cek(d.token)):
        assert kata in teks
    kewenangan = Kewenangan.objects.get(pejabat=pemeran.kadis)
    assert kewenangan.nama_tercetak in teks
    assert d.kewenangan == kewenangan
    with pikepdf.open(d.berkas.path) as pdf:
        assert len(pdf.pages) == 1
    jalankan("pdftoppm", "-r", "110", "-png", "-singlefile", d.berkas.path, tmp_path / "hal")
    assert baca_qr(tmp_path / "hal.png") == f"{settings.SITUS}/verifikasi/{d.token}/"


def test_the_bill_adds_up_in_figures_and_in_words(berkas_di: Any) -> None:
    berkas = berkas_di("menunggu_pembayaran", "imb")
    d = buat_semua(berkas)[JenisDokumen.SKRD]
    skrd = berkas.skrd.get()
    data = lampiran(d)
    assert sum(baris["nilai"] for baris in data["rincian"]) == data["nilai"] == skrd.nilai
    teks = teks_pdf(d)
    assert f"Rp{skrd.nilai:,}".replace(",", ".") in teks
    assert pekerja.PENYUSUN[JenisDokumen.SKRD](d).konteks["terbilang"] in teks
    assert "angka contoh" in teks


def test_the_berita_acara_carries_the_visit_and_its_photos(berkas_di: Any) -> None:
    berkas = berkas_di("penetapan_retribusi", "imb")
    d = buat_semua(berkas)[JenisDokumen.BAP]
    with pikepdf.open(d.berkas.path) as pdf:
        gambar = [g for hal in pdf.pages for g in hal.get_images()]
    assert len(gambar) >= 2
    teks = teks_pdf(d)
    assert "-6.234900, 106.989600" in teks
    assert "Wawan Setiawan" in teks


def test_the_list_of_shortages_names_every_item_and_the_limit(berkas_di: Any, pemeran: Any) -> None:
    berkas = berkas_di("diajukan", "siup")
    syarat = next(iter(berkas.versi_layanan.syarat.all()))
    services.buka_pemeriksaan(berkas, oleh=pemeran.budi)
    alasan = syarat.alasan[0]
    services.periksa_syarat(berkas, syarat, "kurang", oleh=pemeran.budi, kode_alasan=alasan["kode"])
    services.kembalikan_berkas(berkas.pk, oleh=pemeran.budi)
    d = buat_semua(berkas)[JenisDokumen.LEMBAR_KEKURANGAN]
    teks = teks_pdf(d)
    assert "Ada 1 hal yang perlu Anda lengkapi" in teks
    assert alasan["teks"].split(".")[0] in teks
    assert "Waktu layanan belum dihitung" in teks


def test_the_refusal_gives_reason_law_unmet_requirement_and_the_last_day_to_object(
    berkas_di: Any, pemeran: Any
) -> None:
    berkas = berkas_di("verifikasi", "siup")
    kabid = pemeran.kabid_bidang(berkas.bidang_id)
    services.usulkan_tolak(
        berkas.pk, oleh=kabid, alasan="Akta tidak memuat usaha itu.", dasar_hukum="Permendag 36/2007", syarat="ktp"
    )
    services.setujui_tolak(berkas.pk, oleh=pemeran.kadis)
    d = buat_semua(berkas)[JenisDokumen.SURAT_PENOLAKAN]
    teks = teks_pdf(d)
    for kata in ("Akta tidak memuat usaha itu.", "Permendag 36/2007", d.nomor, "21 hari kerja", "Kamis, 2 Juli 2026"):
        assert kata in teks
    assert "Akta" not in json.dumps(lampiran(d))


def test_every_kind_of_document_has_a_builder() -> None:
    assert set(PENYUSUN) == set(JenisDokumen)


def test_the_signature_block_is_derived_from_the_authority_in_force(berkas_di: Any, pemeran: Any) -> None:
    berkas = berkas_di("menunggu_tanda_tangan", "siup")
    lama = Kewenangan.objects.get(pejabat=pemeran.kadis)
    cabut_kewenangan(lama, waktu.sekarang())
    plt = beri_kewenangan(
        pejabat=pemeran.kabid,
        unit=lama.unit,
        jenis=JenisKewenangan.PLT,
        jabatan=lama.jabatan,
        nomor_sk="SP/1/2026",
        mulai=waktu.sekarang(),
    )
    d = buat_semua(berkas)[JenisDokumen.SK]
    assert f"Plt. {lama.jabatan}" in teks_pdf(d)
    assert d.kewenangan == plt


def test_without_anybody_in_authority_the_permit_waits_and_says_so(berkas_di: Any, pemeran: Any) -> None:
    berkas = berkas_di("paraf_berjenjang", "siup")
    cabut_kewenangan(Kewenangan.objects.get(pejabat=pemeran.kadis), waktu.sekarang())
    services.paraf(berkas.pk, oleh=pemeran.kabid_bidang(berkas.bidang_id))
    d = berkas.dokumen.get(jenis=JenisDokumen.SK)
    for _ in range(pekerja.MAKS_PERCOBAAN + 1):
        assert not dokumen.buat(d.pk)
        waktu.maju(timedelta(minutes=5))
    d.refresh_from_db()
    assert d.status == StatusDokumen.DIMINTA
    assert "Belum ada pejabat" in d.galat


# --- hostile input ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "muatan",
    [
        '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<style>@import url(file:///etc/passwd)</style>",
        "{% include 'x' %}{{ permohonan.pihak.nomor_identitas }}",
        '"><script>alert(1)</script>',
    ],
)
def test_what_an_applicant_types_is_printed_as_typed_and_never_interpreted(berkas_di: Any, muatan: str) -> None:
    berkas = berkas_di("menunggu_tanda_tangan", "siup", nama_usaha=muatan)
    d = buat_semua(berkas)[JenisDokumen.SK]
    assert "".join(muatan.split()) in teks_pdf(d).replace(" ", "")
    with pikepdf.open(d.berkas.path) as pdf:
        assert list(pdf.attachments) == ["data.json"]


# --- the order: claimed once, tried again, never half -------------------------------------------------------


def test_two_workers_make_one_document(pesanan: Dokumen, monkeypatch: pytest.MonkeyPatch) -> None:
    ketika: list[bool] = []
    asli = pekerja.cetak_pdf

    def cetak(*args: Any, **kwargs: Any) -> bytes:
        ketika.append(dokumen.buat(pesanan.pk))
        return asli(*args, **kwargs)

    monkeypatch.setattr(pekerja, "cetak_pdf", cetak)
    assert dokumen.buat(pesanan.pk)
    assert ketika == [False]
    assert not dokumen.buat(pesanan.pk)
    pesanan.refresh_from_db()
    assert pesanan.percobaan == 1
    assert len([n for n in isi_folder() if n.startswith(str(pesanan.kunci))]) == 1


def test_no_transaction_is_open_while_a_page_is_laid_out(pesanan: Dokumen, monkeypatch: pytest.MonkeyPatch) -> None:
    kedalaman: list[int] = []
    asli = pekerja.cetak_pdf

    def cetak(*args: Any, **kwargs: Any) -> bytes:
        kedalaman.append(len(connection.savepoint_ids))
        return asli(*args, **kwargs)

    monkeypatch.setattr(pekerja, "cetak_pdf", cetak)
    semula = len(connection.savepoint_ids)
    assert dokumen.buat(pesanan.pk)
    assert kedalaman == [semula]


def test_the_sweep_finds_a_lost_nudge_and_an_ended_lease_and_leaves_a_running_one(pesanan: Dokumen) -> None:
    assert pekerja._ambil(pesanan.pk) is not None  # a worker took it and died
    assert dokumen.sapu() == 0
    waktu.maju(pekerja.SEWA)
    assert dokumen.sapu() == 1
    pesanan.refresh_from_db()
    assert pesanan.status == StatusDokumen.JADI
    assert pesanan.percobaan == 2


def test_a_failure_is_told_on_the_row_tried_again_later_and_given_up_in_the_end(
    pesanan: Dokumen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gagal(*args: Any, **kwargs: Any) -> bytes:
        raise GagalCetak("waktu", detik=8, jenis="")

    with monkeypatch.context() as tambal:
        tambal.setattr(pekerja, "cetak_pdf", gagal)
        for ke in range(1, pekerja.MAKS_PERCOBAAN + 1):
            assert not dokumen.buat(pesanan.pk)
            pesanan.refresh_from_db()
            assert pesanan.percobaan == ke
            assert "terlalu besar" in pesanan.galat
            assert dokumen.sapu() == 0  # not before its pause is over
            waktu.maju(timedelta(hours=1))
    assert pesanan.status == StatusDokumen.GAGAL
    assert dokumen.sapu() == 0
    assert dokumen.ulangi(pesanan.pk)
    assert dokumen.sapu() == 1
    pesanan.refresh_from_db()
    assert pesanan.status == StatusDokumen.JADI
    assert pesanan.galat == ""
    assert not dokumen.ulangi(pesanan.pk)


def test_a_full_disk_leaves_no_file_and_an_order_that_succeeds_once_there_is_room(
    pesanan: Dokumen, monkeypatch: pytest.MonkeyPatch
) -> None:
    semula = isi_folder()

    def penuh(fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as tambal:
        tambal.setattr(simpan.os, "fsync", penuh)
        assert not dokumen.buat(pesanan.pk)
    pesanan.refresh_from_db()
    assert pesanan.status == StatusDokumen.DIMINTA
    assert pesanan.galat == "Tempat penyimpanan penuh."
    assert not pesanan.berkas
    assert isi_folder() == semula
    waktu.maju(timedelta(minutes=1))
    assert dokumen.sapu() == 1


def test_the_file_goes_when_the_row_was_set_aside_meanwhile(
    pesanan: Dokumen, monkeypatch: pytest.MonkeyPatch
) -> None:
    semula, asli = isi_folder(), pekerja.cetak_pdf

    def cetak(*args: Any, **kwargs: Any) -> bytes:
        Dokumen.objects.filter(pk=pesanan.pk).update(status=StatusDokumen.DIGANTI)
        return asli(*args, **kwargs)

    monkeypatch.setattr(pekerja, "cetak_pdf", cetak)
    assert not dokumen.buat(pesanan.pk)
    assert isi_folder() == semula


def test_what_a_killed_try_left_behind_is_removed_by_the_next(pesanan: Dokumen) -> None:
    pertama = pekerja._ambil(pesanan.pk)
    assert pertama is not None
    sisa = simpan.nama_berkas(pertama, 1)
    simpan.tulis_utuh(sisa, b"%PDF- setengah jalan")
    waktu.maju(pekerja.SEWA)
    assert dokumen.sapu() == 1
    assert Path(sisa).name not in isi_folder()


def test_a_worker_whose_lease_ran_out_changes_nothing(pesanan: Dokumen) -> None:
    lambat = pekerja._ambil(pesanan.pk)
    assert lambat is not None
    waktu.maju(pekerja.SEWA)
    assert dokumen.sapu() == 1
    pesanan.refresh_from_db()
    jadi = pesanan.sidik
    nama = simpan.nama_berkas(lambat, lambat.percobaan)
    simpan.tulis_utuh(nama, b"%PDF- terlambat")
    halaman = PENYUSUN[JenisDokumen.BUKTI_PENGAJUAN](lambat)
    assert not pekerja._catat_jadi(lambat, halaman, nama, b"%PDF- terlambat")
    pesanan.refresh_from_db()
    assert pesanan.sidik == jadi
    assert Path(nama).name not in isi_folder()


# --- freezing anew ------------------------------------------------------------------------------------------


def test_freezing_anew_keeps_number_and_token_and_prints_the_new_date(berkas_di: Any) -> None:
    berkas = berkas_di("menunggu_tanda_tangan", "siup")
    lama = buat_semua(berkas)[JenisDokumen.SK]
    waktu.maju(timedelta(days=1))
    baru = dokumen.bekukan_ulang(lama, waktu.sekarang())
    assert (baru.nomor, baru.token, baru.status) == (lama.nomor, lama.token, StatusDokumen.JADI)
    assert baru.tanggal == lama.tanggal + timedelta(days=1)
    assert baru.sidik_naskah != lama.sidik_naskah
    assert "3 Juni 2026" in teks_pdf(baru)
    assert dokumen.bekukan_ulang(lama, waktu.sekarang()).pk == baru.pk  # the second caller gets the same row
    lama.refresh_from_db()
    assert lama.status == StatusDokumen.DIGANTI
    assert lama.token != baru.token


def test_the_signed_permit_begins_with_the_very_bytes_that_were_frozen(berkas_di: Any, pemeran: Any) -> None:
    berkas = berkas_di("menunggu_tanda_tangan", "siup")
    beku = buat_semua(berkas)[JenisDokumen.SK]
    naskah = Path(beku.berkas.path).read_bytes()
    services.tanda_tangani(berkas.pk, oleh=pemeran.kadis)
    d = berkas.dokumen.get(jenis=JenisDokumen.SK)
    bertanda = Path(d.berkas.path).read_bytes()
    assert bertanda.startswith(naskah)
    assert d.sidik_naskah == beku.sidik
    assert d.sidik != d.sidik_naskah
