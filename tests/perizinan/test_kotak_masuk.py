"""The inbox: whom does a file wait for, how much time is left, what is asked (ux.md sketch 20)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bpptportal.contoh import alur
from bpptportal.contoh.pemeran import orang_baru
from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku
from perizinan import services
from perizinan.enums import FINAL, MENUNGGU_PEMOHON
from perizinan.enums import StatusPermohonan as S
from perizinan.halaman.kotak import isi_kotak
from perizinan.halaman.sisa import hari_kerja_sisa, sisa_batas
from perizinan.models import Permohonan, Rekomendasi
from tests.conftest import SELASA_PAGI

KOTAK = "/petugas/"
#: Session (read; kept alive inside a savepoint), account, roles, count, rows, calendar.
KUERI_LOKET = 9
#: The same and what a guard of the back office looks at: fields and advice of the version.
KUERI_BACK_OFFICE = 11


def _isi(respons) -> str:
    assert respons.status_code == 200
    return respons.content.decode()


def test_berkas_yang_baru_diajukan_menunggu_loket_bukan_back_office(berkas_di, masuk, budi, rina):
    p = berkas_di(S.DIAJUKAN, "siup")
    loket = _isi(masuk(budi).get(KOTAK))
    assert p.nomor in loket
    assert "Periksa kelengkapan" in loket
    assert "1 berkas" in loket
    assert p.nomor not in _isi(masuk(rina).get(KOTAK))


@pytest.mark.parametrize(
    ("status", "siapa", "diminta"),
    [
        (S.DIAJUKAN, "budi", "Periksa kelengkapan"),
        (S.VERIFIKASI, "rina", "Minta rekomendasi dinas teknis"),
        (S.KAJIAN_TEKNIS, "teknisi", "Jadwalkan tinjauan"),
        (S.KAJIAN_TEKNIS, "teknisi_bplh", "Beri rekomendasi"),
        (S.PENETAPAN_RETRIBUSI, "rina", "Tetapkan retribusi"),
        (S.MENUNGGU_PEMBAYARAN, "dina", "Catat pembayaran"),
        (S.PENYUSUNAN_SK, "rina", "Ajukan draf untuk paraf"),
        (S.PARAF_BERJENJANG, "kabid", "Paraf"),
        (S.MENUNGGU_TANDA_TANGAN, "kadis", "Tanda tangani"),
        (S.TERBIT, "budi", "Serahkan"),
    ],
)
def test_setiap_tahap_berdiri_di_kotak_orang_yang_harus_bertindak(berkas_di, masuk, pemeran, status, siapa, diminta):
    p = berkas_di(status, "imb")
    teks = _isi(masuk(pemeran.akun[siapa]).get(KOTAK))
    assert p.nomor in teks
    assert diminta in teks


def test_berkas_terbuka_tidak_pernah_hilang_dari_semua_kotak(berkas_di, pemeran):
    """Invariant: whatever does not wait for the applicant stands in some officer's inbox."""
    p = berkas_di(S.DIAJUKAN, "imb")
    petugas = [pemeran.akun[k] for k in ("budi", "rina", "kabid", "teknisi", "teknisi_bplh", "dina", "kadis")]
    while p.status not in FINAL:
        if p.status not in MENUNGGU_PEMOHON:
            assert any(isi_kotak(a).filter(pk=p.pk).exists() for a in petugas), p.status
        berikut = alur.jalankan(p, pemeran, p.status)
        alur._LANGKAH[S(p.status)](berikut, pemeran)
        p = Permohonan.objects.get(pk=p.pk)


def test_tim_teknis_hanya_melihat_berkas_dinasnya_dan_batas_dinasnya(berkas_di, masuk, pemeran, kabid):
    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    r = p.rekomendasi.get(skpd__kode="bplh")
    teks = _isi(masuk(pemeran.teknisi_bplh).get(KOTAK))
    assert "batas dinas" in teks
    services.tarik(r.pk, oleh=kabid, alasan="Tidak diperlukan")
    assert p.nomor not in _isi(masuk(pemeran.teknisi_bplh).get(KOTAK))


def test_penilaian_tolak_menunggu_putusan_kabid(berkas_di, masuk, pemeran, kabid):
    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    r = p.rekomendasi.get(skpd__kode="bplh")
    services.beri_rekomendasi(
        r.pk, oleh=pemeran.teknisi_bplh, hasil="tolak", alasan="Resapan kurang", dasar_hukum="Perda 15/2012"
    )
    assert "Putuskan: dinas menilai tolak" in _isi(masuk(kabid).get(KOTAK))


def test_yang_dikembalikan_berdiri_paling_atas_dengan_alasannya(berkas_di, masuk, pemeran, kadis, rina):
    lebih_mepet = berkas_di(S.PENYUSUNAN_SK, "siup")
    kembali = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
    services.koreksi_draf(kembali.pk, oleh=kadis, alasan="Nama usaha salah eja")
    teks = _isi(masuk(rina).get(KOTAK))
    assert "Nama usaha salah eja" in teks
    assert teks.index(kembali.nomor) < teks.index(lebih_mepet.nomor)


def test_saringan_ada_di_alamat_dan_dikatakan_dengan_kata(berkas_di, masuk, budi):
    siup = berkas_di(S.DIAJUKAN, "siup")
    obat = berkas_di(S.DIAJUKAN, "toko_obat")
    klien = masuk(budi)
    hanya_siup = _isi(klien.get(KOTAK, {"layanan": "siup"}))
    assert siup.nomor in hanya_siup
    assert obat.nomor not in hanya_siup
    assert "Surat Izin Usaha Perdagangan" in hanya_siup
    menurut_nomor = _isi(klien.get(KOTAK, {"q": obat.nomor.lower().replace("-", " ")}))
    assert obat.nomor in menurut_nomor
    assert siup.nomor not in menurut_nomor
    assert siup.nomor in _isi(klien.get(KOTAK, {"q": "wulan"}))
    kosong = _isi(klien.get(KOTAK, {"q": "tak ada"}))
    assert "Tidak ada yang cocok" in kosong
    assert "<table" not in kosong


def test_unduhan_csv_berisi_baris_yang_sama_tanpa_nomor_identitas(berkas_di, masuk, budi):
    siup = berkas_di(S.DIAJUKAN, "siup")
    obat = berkas_di(S.DIAJUKAN, "toko_obat")
    respons = masuk(budi).get(KOTAK, {"layanan": "siup", "format": "csv"})
    teks = b"".join(respons.streaming_content).decode()
    assert respons["Content-Type"].startswith("text/csv")
    assert siup.nomor in teks
    assert obat.nomor not in teks
    assert siup.pihak.nomor_identitas not in teks
    assert siup.pihak.hp not in teks


def test_sel_csv_tidak_pernah_menjadi_rumus(berkas_di, masuk, budi):
    berkas_di(S.DIAJUKAN, "siup", oleh=budi, pemohon=orang_baru("=HYPERLINK(1)", 3).pemohon)
    teks = b"".join(masuk(budi).get(KOTAK, {"format": "csv"}).streaming_content).decode()
    assert "'=HYPERLINK(1)" in teks


def test_kotak_kosong_bicara_bukan_tabel_kosong(db, masuk, dina):
    teks = _isi(masuk(dina).get(KOTAK))
    assert "Tidak ada berkas menunggu Anda" in teks
    assert "<table" not in teks


@pytest.mark.parametrize(
    ("siapa", "status", "jumlah"),
    [("budi", S.DIAJUKAN, KUERI_LOKET), ("rina", S.VERIFIKASI, KUERI_BACK_OFFICE)],
)
def test_jumlah_kueri_tidak_bertambah_bersama_jumlah_berkas(
    berkas_di, masuk, pemeran, django_assert_num_queries, siapa, status, jumlah
):
    berkas_di(status, "imb")
    klien = masuk(pemeran.akun[siapa])
    klien.get(KOTAK)
    with django_assert_num_queries(jumlah):
        klien.get(KOTAK)
    for _ in range(2):
        berkas_di(status, "imb")
    with django_assert_num_queries(jumlah):
        klien.get(KOTAK)


def test_orang_luar_mendapat_404_dan_tamu_disuruh_masuk(berkas_di, masuk, sari, warga):
    berkas_di(S.DIAJUKAN, "siup")
    assert masuk(sari).get(KOTAK).status_code == 404
    assert warga.get(KOTAK).status_code == 302


def test_berkas_sendiri_tidak_dikerjakan_sendiri(berkas_di, masuk, budi, sari):
    """An officer who applies is an applicant there (reliability.md R19)."""
    p = berkas_di(S.DIAJUKAN, "siup")
    p.pemohon.akun = budi
    p.pemohon.save()
    klien = masuk(budi)
    assert p.nomor not in _isi(klien.get(KOTAK))
    assert klien.get(f"/petugas/permohonan/{p.nomor}/").status_code == 404


def test_daftar_berhalaman_25(berkas_di, masuk, budi, pemeran, monkeypatch):
    monkeypatch.setattr("perizinan.halaman.kotak.PER_HALAMAN", 2)
    for _ in range(3):
        berkas_di(S.DIAJUKAN, "siup")
    pertama = _isi(masuk(budi).get(KOTAK))
    assert "3 berkas" in pertama
    assert pertama.count('class="utama"') == 2
    assert _isi(masuk(budi).get(KOTAK, {"halaman": 2})).count('class="utama"') == 1


# --- the distance to a limit ------------------------------------------------------------------------------


@pytest.fixture
def kalender(db) -> Kalender:
    return kalender_berlaku()


@pytest.mark.parametrize(
    ("geser_hari", "sisa", "kata"),
    [
        (3, 3, "sisa 3 hari kerja"),
        (1, 1, "sisa 1 hari kerja"),
        (0, 0, "paling lambat hari ini"),
        (-4, -1, "terlambat 1 hari kerja"),  # 1 June is a holiday, the weekend lies before it
    ],
)
def test_sisa_menghitung_penutupan_kantor(kalender, geser_hari, sisa, kata):
    kini = SELASA_PAGI + timedelta(hours=2)
    batas = SELASA_PAGI.replace(hour=16) + timedelta(days=geser_hari)
    assert hari_kerja_sisa(batas, kini, kalender) == sisa
    assert sisa_batas(batas, kini, kalender).kata == kata


def test_tepat_jam_tutup_masih_tepat_waktu(kalender):
    batas = SELASA_PAGI.replace(hour=16)
    assert hari_kerja_sisa(batas, batas, kalender) == 0
    assert hari_kerja_sisa(batas, batas + timedelta(seconds=1), kalender) == -1


def test_rekomendasi_yang_terlambat_tampak_merah(berkas_di, masuk, pemeran, jam):
    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    jam.maju(timedelta(days=14))
    assert Rekomendasi.objects.filter(permohonan=p).count() == 2
    assert "status-terlambat" in _isi(masuk(pemeran.segarkan().teknisi).get(KOTAK))
