"""One file, one set of numbers: page of the applicant, page of the desk, API, paper and `periksa_tenggat`."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command

from bpptportal.contoh import alur
from core.models import HariLibur
from core.templatetags.tampilan import waktu
from perizinan import dokumen, services
from perizinan.enums import HasilRekomendasi, JenisDokumen, StatusDokumen
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Dokumen, Permohonan
from perizinan.services import hitung_ulang
from perizinan.services.rincian import minta_rincian
from tests.core.alat import jalankan
from tests.core.kalender_2026 import wib
from tests.klien import KlienTeliti

pytestmark = pytest.mark.django_db
Masuk = Callable[[Any], KlienTeliti]


def _teks(klien: KlienTeliti, alamat: str) -> str:
    isi = klien.get(alamat).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", isi)).split())


def _api(klien: KlienTeliti, p: Permohonan) -> dict[str, Any]:
    isi: dict[str, Any] = klien.get(f"/api/v1/permohonan/{p.nomor}/hitungan/").json()
    return isi


def _pdf(d: Dokumen) -> str:
    return " ".join(jalankan("pdftotext", "-raw", d.berkas.path, "-").split())


def _cetak(p: Permohonan) -> Dokumen:
    satu = minta_rincian(p)
    assert dokumen.buat(satu.pk), Dokumen.objects.get(pk=satu.pk).galat
    return Dokumen.objects.get(pk=satu.pk)


# --- the scenario of the issue ------------------------------------------------------------------------------------


def _jawab(p: Permohonan, sari: Any) -> None:
    for butir in p.perbaikan.get(ditutup_pada__isnull=True).butir.all():
        services.jawab_butir(butir, "Sudah kami perbaiki", oleh=sari)
    services.kirim_perbaikan(p.pk, oleh=sari)


def _sampai(jam: Any, saat: str) -> None:
    jam.maju(wib(saat) - jam.sekarang())


@pytest.fixture
def imb(pemeran: Any, jam: Any) -> Permohonan:
    """An IMB with two rounds, items added to an open one, two SKPD and a payment; a holiday is still to come."""
    p = alur.jalankan(alur.mulai(pemeran, "imb"), pemeran, S.DIAJUKAN)
    _sampai(jam, "2026-06-05T10:00")  # the completeness limit passed on Wednesday 16.00
    alur.terima_semua(p, pemeran.budi)
    services.daftarkan(p.pk, oleh=pemeran.budi)
    butir = [{"uraian": "Tulis luas tanah menurut sertifikat"}]
    services.minta_perbaikan(p.pk, oleh=pemeran.rina, butir=butir)
    jam.maju(timedelta(hours=3))
    services.minta_perbaikan(p.pk, oleh=pemeran.rina, butir=[{"uraian": "Lampirkan denah lantai"}])
    _sampai(jam, "2026-06-09T09:00")
    _jawab(p, pemeran.sari)
    _sampai(jam, "2026-06-10T15:20")
    services.minta_rekomendasi(p.pk, oleh=pemeran.rina)
    jam.maju(timedelta(hours=20))
    setuju = services.minta_persetujuan(p, "Gambar potongan belum sesuai hasil tinjauan", oleh=pemeran.rina)
    services.putuskan_persetujuan(setuju, disetujui=True, oleh=pemeran.kabid)
    services.minta_perbaikan(p.pk, oleh=pemeran.teknisi, butir=[{"uraian": "Perbaiki gambar potongan"}])
    bplh = p.rekomendasi.get(skpd__kode="bplh")
    jam.maju(timedelta(hours=1))
    services.beri_rekomendasi(bplh.pk, oleh=pemeran.teknisi_bplh, hasil=HasilRekomendasi.SETUJU)
    _sampai(jam, "2026-06-15T11:00")
    _jawab(p, pemeran.sari)
    _sampai(jam, "2026-06-17T08:00")
    p = alur.jalankan(p, pemeran, S.MENUNGGU_PEMBAYARAN)
    _sampai(jam, "2026-06-22T14:00")
    skrd = p.skrd.get()
    setor = {"jumlah": skrd.nilai, "dibayar_pada": wib("2026-06-19T09:00"), "bukti": "BJB-1", "kanal": "Teller"}
    services.catat_lunas(p.pk, oleh=pemeran.dina, **setor)
    _sampai(jam, "2026-06-23T10:00")
    return Permohonan.objects.get(pk=p.pk)


def test_imb_dua_putaran_dua_dinas_pembayaran_dan_libur_baru_sama_di_mana_mana(
    imb: Permohonan, pemeran: Any, masuk: Masuk, jam: Any
) -> None:
    _sama_di_mana_mana(imb, pemeran, masuk, hitung_ulang)


def _sama_di_mana_mana(p: Permohonan, pemeran: Any, masuk: Masuk, ulang: Callable[[int], None]) -> None:
    """Before and after a holiday on a day that counted: four places, one answer, and the stored date follows."""
    sebelum = _banding(p, pemeran, masuk)
    HariLibur.objects.create(tanggal=date(2026, 6, 15), jenis="libur_setempat", keterangan="Libur uji", dasar="Uji")
    rusak = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("periksa_tenggat", json=True, stdout=rusak)
    assert [b["nomor"] for b in json.loads(rusak.getvalue())["rusak"]] == [p.nomor]
    ulang(p.pk)
    sesudah = _banding(Permohonan.objects.get(pk=p.pk), pemeran, masuk)
    assert sesudah["hari_terpakai"] == sebelum["hari_terpakai"] - 1
    assert sesudah["tenggat"] > sebelum["tenggat"]
    assert {"tanggal": "2026-06-15", "dihitung": False, "alasan": "Libur: Libur uji"} in sesudah["baris"]


def _banding(p: Permohonan, pemeran: Any, masuk: Masuk) -> dict[str, Any]:
    """The API's answer, after every other place said the same."""
    keluar = io.StringIO()
    call_command("periksa_tenggat", json=True, stdout=keluar)
    assert json.loads(keluar.getvalue())["rusak"] == []
    isi = _api(masuk(pemeran.sari), p)
    assert isi == _api(masuk(pemeran.rina), p)
    assert isi["tenggat"] == p.tenggat.astimezone(wib("2026-06-02T00:00").tzinfo).isoformat()  # type: ignore[union-attr]
    assert isi["hari_terpakai"] == sum(b["dihitung"] for b in isi["baris"])
    baris = isi["buku"]["baris"]
    assert isi["hari_terpakai"] == sum(b["hari_dihitung"] for b in baris if not b["sejajar"])
    assert {b["unit"] for b in baris if b["sejajar"]} == {"bplh", "distako"}
    d = _cetak(p)
    with pikepdf.open(d.berkas.path) as pdf:
        lampiran = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
        assert pdf.open_metadata()["pdfaid:part"] == "3"
        assert pdf.Root.MarkInfo.Marked
    assert (lampiran["hari_terpakai"], lampiran["hari_kerja"]) == (isi["hari_terpakai"], isi["hari"])
    assert [(b["tahap"], b["unit"], b["hari_bersih"], b["menit_bersih"]) for b in lampiran["buku"]] == [
        (b["tahap"], b["unit"], b["hari_dihitung"], b["menit_dihitung"]) for b in baris
    ]
    halaman = {
        "pemohon": _teks(masuk(pemeran.sari), f"/permohonan/{p.nomor}/hitungan/"),
        "petugas": _teks(masuk(pemeran.rina), f"/petugas/permohonan/{p.nomor}/hitungan/"),
        "pdf": _pdf(d),
    }
    for nama, teks in halaman.items():
        _memuat(nama, teks, isi)
    return isi


def _memuat(nama: str, teks: str, isi: dict[str, Any]) -> None:
    """Every figure of the API stands in a text, row by row."""
    assert re.search(rf"{isi['hari_terpakai']} dari {isi['hari']}|{isi['hari_terpakai']} hari kerja", teks), nama
    for b in isi["buku"]["baris"]:
        jam, menit = divmod(b["menit_dihitung"], 60)
        lama = " ".join([*([f"{jam} jam"] if jam else []), *([f"{menit} menit"] if menit or not jam else [])])
        sebutan = f"di antaranya {b['meja']}" if b["sejajar"] else b["nama_tahap"]
        assert f"{b['meja']} {b['hari_dihitung']} {b['hari']} {lama}" in teks, (nama, b, teks)
        assert sebutan in teks, (nama, sebutan)
    for b in isi["baris"]:
        assert b["alasan"] in teks, (nama, b)


def test_angka_skenario_dihitung_tangan(imb: Permohonan, masuk: Masuk, sari: Any) -> None:
    """The ledger of the scenario, counted by hand on the calendar of June 2026 (the 16th is a holiday)."""
    isi = _api(masuk(sari), imb)
    assert [(b["tahap"], b["peran"], b["unit"], b["hari"], b["hari_dihitung"]) for b in isi["buku"]["baris"]] == [
        ("diajukan", "loket", "bppt", 3, 1),  # 2, 3, 4 June; the clock starts at the limit, on the 4th
        ("perbaikan", "pemohon", "", 4, 0),  # 5, 8 and 11, 12 June: both rounds
        ("verifikasi", "back_office", "bppt", 1, 1),  # the 9th
        ("kajian_teknis", "tim_teknis", "", 2, 2),  # the 10th and the 15th
        ("kajian_teknis", "tim_teknis", "bplh", 1, 1),
        ("kajian_teknis", "tim_teknis", "distako", 4, 2),
        ("penetapan_retribusi", "back_office", "bppt", 0, 0),
        ("menunggu_pembayaran", "pemohon", "", 2, 0),  # 17, 18 June: the bank has the money on the 19th
        ("pencatatan_pembayaran", "bendahara", "bppt", 1, 1),  # the 19th: recorded on Monday
        ("penyusunan_sk", "back_office", "bppt", 1, 1),  # the 22nd
    ]
    assert isi["hari_terpakai"] == 6


# --- the paper ----------------------------------------------------------------------------------------------------


def test_pdf_menyebut_keadaan_saat_dipesan_walau_dibuat_kemudian(berkas_di: Any, pemeran: Any, jam: Any) -> None:
    p = berkas_di(S.VERIFIKASI, "siup")
    pesanan = minta_rincian(p)
    jam.maju(timedelta(days=3))
    services.lewati_teknis(p.pk, oleh=pemeran.rina)
    HariLibur.objects.create(tanggal=date(2026, 6, 4), jenis="libur_setempat", keterangan="Libur uji", dasar="Uji")
    assert dokumen.buat(pesanan.pk)
    teks = _pdf(Dokumen.objects.get(pk=pesanan.pk))
    assert f"keadaan per {waktu(pesanan.diminta_pada)}" in teks
    assert "0 dari 3" in teks
    assert "Libur uji" not in teks
    assert "Penyusunan surat izin" not in teks


def test_satu_pesanan_terbuka_per_berkas_dan_satu_baris_di_daftar_dokumen(
    berkas_di: Any, masuk: Masuk, sari: Any, rina: Any
) -> None:
    p = berkas_di(S.VERIFIKASI, "siup")
    alamat = f"/permohonan/{p.nomor}/hitungan/", f"/petugas/permohonan/{p.nomor}/hitungan/"
    for _ in range(2):
        assert masuk(sari).post(alamat[0]).status_code == 302
        assert masuk(rina).post(alamat[1]).status_code == 302
    (pesanan,) = p.dokumen.filter(jenis=JenisDokumen.RINCIAN_WAKTU)
    assert "PDF sedang kami buat" in _teks(masuk(sari), alamat[0])
    assert dokumen.buat(pesanan.pk)
    for klien, satu, nama in ((masuk(sari), alamat[0], "/dokumen/"), (masuk(rina), alamat[1], "/petugas/dokumen/")):
        assert f'href="{nama}{pesanan.kunci}/"' in klien.get(satu).content.decode()
        assert klien.get(f"{nama}{pesanan.kunci}/").status_code == 200
    kedua = minta_rincian(p)
    assert kedua.pk != pesanan.pk
    for klien, satu in ((masuk(sari), f"/permohonan/{p.nomor}/"), (masuk(rina), f"/petugas/permohonan/{p.nomor}/")):
        assert _teks(klien, satu).count("Rincian waktu layanan") == 1


def test_sebelum_terdaftar_tidak_ada_yang_dapat_dipesan(berkas_di: Any, masuk: Masuk, sari: Any, rina: Any) -> None:
    p = berkas_di(S.DIAJUKAN, "siup")
    assert masuk(sari).post(f"/permohonan/{p.nomor}/hitungan/").status_code == 404
    assert masuk(rina).post(f"/petugas/permohonan/{p.nomor}/hitungan/").status_code == 302
    assert not p.dokumen.filter(jenis=JenisDokumen.RINCIAN_WAKTU).exists()


def test_berkas_yang_selesai_tetap_memakai_kalendernya(berkas_di: Any, masuk: Masuk, sari: Any, jam: Any) -> None:
    p = berkas_di(S.VERIFIKASI, "siup")
    jam.maju(timedelta(days=2))
    services.batalkan(p.pk, oleh=sari)
    jam.maju(timedelta(days=1))
    semula = _api(masuk(sari), p)
    HariLibur.objects.create(tanggal=date(2026, 6, 3), jenis="libur_setempat", keterangan="Libur uji", dasar="Uji")
    kini = _api(masuk(sari), p)
    assert (kini["hari_terpakai"], kini["baris"]) == (2, semula["baris"])
    assert Permohonan.objects.get(pk=p.pk).hari_terpakai == 2


def test_yang_dibaca_pemohon_tidak_menyebut_petugas(imb: Permohonan, masuk: Masuk, pemeran: Any) -> None:
    d = _cetak(imb)
    teks = [_teks(masuk(pemeran.sari), f"/permohonan/{imb.nomor}/hitungan/"), _pdf(d)]
    teks.append(json.dumps(_api(masuk(pemeran.sari), imb)))
    for satu in teks:
        for orang in ("budi", "rina", "kabid", "teknisi", "teknisi_bplh", "dina", "kadis"):
            assert pemeran.akun[orang].nama not in satu, orang


def test_gagal_boleh_dipesan_lagi(berkas_di: Any) -> None:
    p = berkas_di(S.VERIFIKASI, "siup")
    lama = minta_rincian(p)
    Dokumen.objects.filter(pk=lama.pk).update(status=StatusDokumen.GAGAL)
    assert minta_rincian(p).pk != lama.pk


def test_berkas_yang_terbuka_bertahun_tahun_tetap_menjadi_pdf(berkas_di: Any, jam: Any) -> None:
    p = berkas_di(S.VERIFIKASI, "siup")
    jam.maju(timedelta(days=900))
    teks = _pdf(_cetak(p))
    assert "501 tanggal di antaranya tidak dicetak" in teks
    assert "Hari kerja ke-1 dari 3" in teks
