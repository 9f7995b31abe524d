"""The desks' pages: file, check, counter entry, signing desk, bills, visits."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Peran
from accounts.models import DataPihak, Pemohon, Penugasan
from bpptportal.contoh.alur import isi_draf, terima_semua
from bpptportal.contoh.berkas import foto_contoh
from bpptportal.contoh.pemeran import SANDI, data_orang, orang_baru
from core.waktu import sekarang
from perizinan import dokumen, services
from perizinan.enums import JenisDokumen, PutusanSyarat, Saluran, StatusDokumen
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan
from perizinan.persyaratan import keadaan_syarat
from tests.perizinan.meja import alamat_verba, segarkan


def _halaman(p: Permohonan, sisa: str = "") -> str:
    return f"/petugas/permohonan/{p.acuan}/{sisa}"


def _teks(respons, status: int = 200) -> str:
    assert respons.status_code == status, respons.content.decode()[:500]
    return respons.content.decode()


# --- file page --------------------------------------------------------------------------------------------


def test_halaman_berkas_menunjukkan_yang_diperlukan_dan_menyamarkan_nik(berkas_di, masuk, rina):
    p = berkas_di(S.VERIFIKASI, "imb")
    teks = _teks(masuk(rina).get(_halaman(p)))
    for kata in (p.nomor, p.nomor_register, "Sari Wulandari", "Minta rekomendasi dinas teknis", "Riwayat", "tel:"):
        assert kata in teks
    nik = p.pihak.nomor_identitas
    assert nik not in teks
    assert nik[-4:] in teks


def test_nomor_identitas_hanya_dengan_alasan_dan_tercatat(berkas_di, masuk, rina, caplog):
    p = berkas_di(S.VERIFIKASI, "siup")
    klien = masuk(rina)
    nik = p.pihak.nomor_identitas
    assert nik not in _teks(klien.get(_halaman(p, "identitas/")))
    assert nik not in _teks(klien.post(_halaman(p, "identitas/"), {}))
    assert not caplog.records
    with caplog.at_level(logging.WARNING, logger="perizinan.akses"):
        assert nik in _teks(klien.post(_halaman(p, "identitas/"), {"alasan": "cocokkan_ktp"}))
    (catatan,) = [r for r in caplog.records if r.name == "perizinan.akses"]
    assert (catatan.akun, catatan.permohonan, catatan.alasan) == (rina.pk, p.nomor, "cocokkan_ktp")
    assert nik not in str(vars(catatan))


def test_auditor_melihat_semua_dan_tidak_dapat_berbuat_apa_pun(berkas_di, masuk, auditor):
    p = berkas_di(S.VERIFIKASI, "siup")
    klien = masuk(auditor)
    assert p.nomor in _teks(klien.get("/petugas/semua/"))
    halaman = klien.get(_halaman(p))
    assert "Tidak ada tugas Anda" in _teks(halaman)
    assert not halaman.context["halaman"].tugas
    assert not halaman.context["halaman"].lain
    assert klien.post(alamat_verba(p, "lewati_teknis"), {"versi": p.versi}).status_code == 403


def test_berkas_asing_tidak_ditemukan_di_setiap_halaman(berkas_di, masuk, teknisi, asing, sari):
    p = berkas_di(S.DIAJUKAN, "siup")
    halaman = ("", "periksa/", "jawab/", "hitungan/", "identitas/", "daftarkan/")
    for akun in (teknisi, asing, sari):
        for sisa in halaman:
            assert masuk(akun).get(_halaman(p, sisa)).status_code == 404, (akun, sisa)
    assert p.nomor not in _teks(masuk(teknisi).get("/petugas/semua/"))


def test_kecamatan_lain_tidak_melihat_berkas_kantor(berkas_di, masuk, budi, db):
    from accounts.models import Akun, Unit

    p = berkas_di(S.DIAJUKAN, "siup")
    lain = Akun.objects.create_user(nama="Loket Kecamatan", surel="kec@contoh.invalid", password=None)
    unit = Unit.objects.get(kode="bekasi_barat")
    Penugasan.objects.create(akun=lain, peran=Peran.LOKET, unit=unit, mulai=sekarang() - timedelta(days=1))
    assert masuk(lain).get(_halaman(p)).status_code == 404
    assert p.nomor not in _teks(masuk(lain).get("/petugas/"))


def test_hitungan_sama_baris_demi_baris(berkas_di, masuk, rina):
    p = berkas_di(S.VERIFIKASI, "siup")
    halaman = masuk(rina).get(_halaman(p, "hitungan/"))
    assert "Selasa, 2 Juni 2026" in _teks(halaman)
    assert halaman.context["hitungan"].tenggat == p.tenggat


def test_permohonan_serupa_diperingatkan_tanpa_dihalangi(berkas_di, masuk, budi):
    pertama = berkas_di(S.VERIFIKASI, "siup")
    p = berkas_di(S.DIAJUKAN, "siup")
    teks = _teks(masuk(budi).get(_halaman(p, "periksa/")))
    assert "permohonan serupa" in teks
    assert pertama.nomor in teks


def test_jumlah_kueri_halaman_berkas_tetap(berkas_di, masuk, rina, django_assert_num_queries):
    p = berkas_di(S.PENYUSUNAN_SK, "imb")
    klien = masuk(rina)
    klien.get(_halaman(p))
    with django_assert_num_queries(32):
        klien.get(_halaman(p))


# --- completeness check -----------------------------------------------------------------------------------


@pytest.fixture
def diperiksa(berkas_di):
    return berkas_di(S.DIAJUKAN, "siup")


def _putusan(p: Permohonan, kurang: str = "", **tambahan: str) -> dict[str, str]:
    data = {}
    for k in keadaan_syarat(p):
        kode = k.syarat.kode
        if kode == kurang:
            data |= {f"{kode}-putusan": "kurang", f"{kode}-kode_alasan": k.syarat.alasan[0]["kode"]}
        elif k.ada:
            data[f"{kode}-putusan"] = "terima"
    return data | tambahan


def test_membuka_pemeriksaan_mengunci_penarikan_kembali(diperiksa, masuk, budi):
    assert diperiksa.dibuka_pada is None
    masuk(budi).get(_halaman(diperiksa, "periksa/"))
    assert segarkan(diperiksa).dibuka_pada is not None


def test_semua_diterima_menawarkan_daftarkan_dengan_tanggal_dan_sms(diperiksa, masuk, budi):
    klien = masuk(budi)
    belum = klien.get(_halaman(diperiksa, "periksa/"))
    assert belum.context["putusan"].verba == ""
    respons = klien.post(_halaman(diperiksa, "periksa/"), _putusan(diperiksa))
    assert respons.status_code == 302
    halaman = klien.get(respons.url)
    assert halaman.context["putusan"].verba == "daftarkan"
    pratinjau = halaman.context["putusan"].pratinjau
    terima = {"kunci": halaman.context["kunci"], "versi": segarkan(diperiksa).versi}
    assert klien.post(alamat_verba(diperiksa, "daftarkan"), terima).status_code == 302
    p = segarkan(diperiksa)
    assert p.tenggat == pratinjau.batas
    assert p.mulai_hitung == pratinjau.mulai
    from notifications.models import Pesan

    assert Pesan.objects.get(perihal=p.nomor, kode="SMS_TERIMA").teks == pratinjau.sms


def test_satu_kurang_menawarkan_pengembalian_dengan_alasan_berkode(diperiksa, masuk, budi):
    klien = masuk(budi)
    klien.post(_halaman(diperiksa, "periksa/"), _putusan(diperiksa, kurang="ktp"))
    halaman = klien.get(_halaman(diperiksa, "periksa/"))
    assert halaman.context["putusan"].verba == "kembalikan_berkas"
    assert "Kembalikan dengan daftar (1)" in _teks(halaman)
    pratinjau = halaman.context["putusan"].pratinjau
    kirim = {"kunci": halaman.context["kunci"], "versi": segarkan(diperiksa).versi}
    assert klien.post(alamat_verba(diperiksa, "kembalikan_berkas"), kirim).status_code == 302
    p = segarkan(diperiksa)
    assert p.batas_pemohon == pratinjau.batas
    from notifications.models import Pesan

    assert Pesan.objects.get(perihal=p.nomor, kode="SMS_LENGKAPI").teks == pratinjau.sms


def test_kurang_tanpa_alasan_disebut_dan_tidak_ada_yang_tersimpan(diperiksa, masuk, budi):
    data = _putusan(diperiksa) | {"ktp-putusan": "kurang"}
    respons = masuk(budi).post(_halaman(diperiksa, "periksa/"), data)
    assert "Pilih alasan kekurangan untuk" in _teks(respons, 400)
    assert not diperiksa.pemeriksaan.exists()


def test_yang_tidak_dikirim_tidak_dapat_diterima_tetapi_dapat_dicatat_fisik(diperiksa, masuk, budi):
    kosong = next(k for k in keadaan_syarat(diperiksa) if not k.ada)
    klien = masuk(budi)
    kode = kosong.syarat.kode
    assert klien.post(_halaman(diperiksa, "periksa/"), {f"{kode}-putusan": "terima"}).status_code == 400
    assert klien.post(_halaman(diperiksa, "periksa/"), {f"{kode}-putusan": "fisik"}).status_code == 302
    assert diperiksa.pemeriksaan.get(syarat=kosong.syarat).putusan == PutusanSyarat.FISIK


def test_daftar_kedua_dari_loket_meminta_kabid(diperiksa, masuk, budi, sari):
    klien = masuk(budi)
    klien.post(_halaman(diperiksa, "periksa/"), _putusan(diperiksa, kurang="ktp"))
    services.kembalikan_berkas(diperiksa.pk, oleh=budi)
    p = segarkan(diperiksa)
    syarat = p.versi_layanan.syarat.get(kode="ktp")
    services.unggah(p, syarat, [SimpleUploadedFile("k.jpg", foto_contoh(), "image/jpeg")], oleh=sari)
    services.ajukan_ulang(p.pk, oleh=sari)
    klien.post(_halaman(p, "periksa/"), _putusan(p, kurang="ktp"))
    halaman = klien.get(_halaman(p, "periksa/"))
    assert halaman.context["putusan"].verba == "minta_persetujuan"
    assert "/minta_persetujuan/" in _teks(halaman)


def test_pemeriksaan_hanya_untuk_loket_dan_hanya_sekali(diperiksa, masuk, budi, rina):
    assert masuk(rina).get(_halaman(diperiksa, "periksa/")).status_code == 403
    terima_semua(diperiksa, budi)
    services.daftarkan(diperiksa.pk, oleh=budi)
    assert masuk(budi).get(_halaman(diperiksa, "periksa/")).status_code == 409


# --- counter ----------------------------------------------------------------------------------------------


def test_loket_hari_ini_menumpuk_yang_diperiksa_diserahkan_dan_entri_sendiri(berkas_di, masuk, budi, rina):
    periksa = berkas_di(S.DIAJUKAN, "siup")
    serah = berkas_di(S.TERBIT, "siup")
    teks = _teks(masuk(budi).get("/petugas/loket/"))
    assert periksa.nomor in teks
    assert serah.nomor in teks
    assert masuk(rina).get("/petugas/loket/").status_code == 403


def test_entri_menemukan_pihak_lama_hanya_dengan_nomor_yang_sama_persis(masuk, budi, db):
    lama = orang_baru("Dewi Anggraeni", 7)
    klien = masuk(budi)
    alamat = "/petugas/loket/entri/siup/"
    assert "Belum ada data" in _teks(klien.post(alamat, {"cari": "1", "nomor": lama.nomor_identitas[:-1] + "0"}))
    for nomor in (lama.nomor_identitas, "0812 1000-0108"):
        halaman = klien.post(alamat, {"cari": "1", "nomor": nomor})
        teks = _teks(halaman)
        assert "D•••" in teks
        assert "Dewi" not in teks
        assert lama.nomor_identitas not in teks.replace(f'value="{nomor}"', "")
    pakai = {"pakai": str(lama.pemohon.kunci), "jenis_permohonan": "baru", "kunci": halaman.context["kunci"]}
    respons = klien.post(alamat, pakai)
    draf = Permohonan.objects.get(pemohon=lama.pemohon)
    assert respons.url == f"/petugas/loket/draf/{draf.acuan}/"
    assert draf.saluran == Saluran.LOKET
    assert klien.post(alamat, pakai).url == respons.url  # two clicks, one draft


def test_entri_pihak_baru_sampai_terdaftar_di_meja_loket(masuk, budi, db, jam):
    klien = masuk(budi)
    data = {k: v for k, v in data_orang("Eko Prasetyo", 41).items() if v} | {"jenis_permohonan": "baru"}
    salah = klien.post("/petugas/loket/entri/siup/orang/", data | {"nomor_identitas": "327"})
    assert "Eko Prasetyo" in _teks(salah, 400)
    assert klien.post("/petugas/loket/entri/siup/orang/", data).status_code == 302
    draf = Permohonan.objects.get(dibuat_oleh=budi)
    assert "isian belum lengkap" in _teks(klien.get(f"/petugas/loket/draf/{draf.acuan}/"))
    isi_draf(draf, budi)
    opsional = next(k.syarat for k in keadaan_syarat(draf) if not k.ada)
    assert klien.post(f"/petugas/loket/draf/{draf.acuan}/", {opsional.kode: "on"}).status_code == 302
    hub = klien.get(f"/petugas/loket/draf/{draf.acuan}/")
    assert "Semua lengkap" in _teks(hub)
    kirim = {"kunci": hub.context["kunci"], "versi": segarkan(draf).versi}
    assert klien.post(f"/petugas/permohonan/{draf.kunci}/ajukan/", kirim).status_code == 302
    p = segarkan(draf)
    assert p.status == S.DIAJUKAN
    assert p.dokumen.filter(jenis=JenisDokumen.BUKTI_PENGAJUAN).exists()
    assert Pemohon.objects.filter(pk=p.pemohon_id, akun=None).exists()


def test_orang_yang_sama_tidak_dicatat_dua_kali(masuk, budi, db):
    klien = masuk(budi)
    data = {k: v for k, v in data_orang("Eko Prasetyo", 41).items() if v} | {"jenis_permohonan": "baru"}
    for _ in range(2):
        assert klien.post("/petugas/loket/entri/siup/orang/", data).status_code == 302
    assert DataPihak.objects.filter(nama="Eko Prasetyo").values("pemohon").distinct().count() == 1


def test_entri_hanya_untuk_loket(masuk, rina, db):
    for alamat in ("", "siup/", "siup/orang/"):
        assert masuk(rina).get(f"/petugas/loket/entri/{alamat}").status_code == 403
    assert masuk(rina).post("/petugas/loket/entri/siup/", {"cari": "1", "nomor": "0812"}).status_code == 403


def test_jawaban_yang_dibawa_ke_loket_dicatat_lalu_dikirim(berkas_di, masuk, budi, rina):
    p = berkas_di(S.VERIFIKASI, "siup")
    services.minta_perbaikan(
        p.pk, oleh=rina, butir=[{"syarat": "ktp", "kode_alasan": "tidak_terbaca", "uraian": "KTP: tidak terbaca"}]
    )
    klien = masuk(budi)
    assert "Catat jawaban pemohon" in _teks(klien.get(_halaman(p)))
    foto = SimpleUploadedFile("k.jpg", foto_contoh(), "image/jpeg")
    assert klien.post(_halaman(p, "jawab/"), {"ke": "1", "berkas": foto}).status_code == 302
    halaman = klien.get(_halaman(p, "jawab/"))
    kirim = {"kunci": halaman.context["kunci"], "versi": segarkan(p).versi}
    assert klien.post(alamat_verba(p, "kirim_perbaikan"), kirim).status_code == 302
    assert segarkan(p).status == S.VERIFIKASI


# --- signing desk -----------------------------------------------------------------------------------------


def _siap(berkas_di, jumlah: int) -> list[Permohonan]:
    daftar = [berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup") for _ in range(jumlah)]
    for p in daftar:
        for pk in p.dokumen.filter(status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
            dokumen.buat(pk)
    return daftar


def test_meja_memisahkan_yang_perlu_dilihat_dari_yang_rutin(berkas_di, masuk, kadis, jam):
    rutin, lihat = _siap(berkas_di, 2)
    Permohonan.objects.filter(pk=lihat.pk).update(tenggat=sekarang() - timedelta(days=4))
    meja = masuk(kadis).get("/petugas/meja/").context["meja"]
    assert [b.berkas.pk for b in meja.lihat] == [lihat.pk]
    assert "erlambat" in meja.lihat[0].alasan[0]
    assert [b.berkas.pk for _layanan, isi in meja.rutin for b in isi] == [rutin.pk]


def test_tanda_tangan_banyak_sekaligus_satu_hasil_per_surat(berkas_di, masuk, kadis):
    satu, dua, gagal = _siap(berkas_di, 3)
    klien = masuk(kadis)
    halaman = klien.get("/petugas/meja/")
    pilih = [f"{p.nomor}:{p.versi}" for p in (satu, dua)] + [f"{gagal.nomor}:{gagal.versi - 1}", "ZZZZZ-ZZZZZ:1"]
    kiriman = {"kunci": halaman.context["kunci"], "pilih": pilih}
    assert klien.post("/petugas/meja/", kiriman).status_code == 400  # no password yet
    assert klien.post("/petugas/meja/", kiriman | {"sandi": "bukan-ini"}).status_code == 400
    assert segarkan(satu).status == S.MENUNGGU_TANDA_TANGAN
    hasil = klien.post("/petugas/meja/", kiriman | {"sandi": SANDI})
    teks = _teks(hasil)
    assert "2 ditandatangani, 2 gagal" in teks
    assert [segarkan(p).status for p in (satu, dua, gagal)] == [S.TERBIT, S.TERBIT, S.MENUNGGU_TANDA_TANGAN]
    assert {h.nomor for h in hasil.context["hasil"] if h.berhasil} == {satu.nomor, dua.nomor}
    lagi = klien.post("/petugas/meja/", kiriman)  # within 15 minutes no password; the key answers again
    assert "2 ditandatangani, 2 gagal" in _teks(lagi)
    assert satu.riwayat.filter(verba="tanda_tangan").count() == 1


def test_penegasan_habis_sesudah_15_menit(berkas_di, masuk, kadis, jam):
    satu, dua = _siap(berkas_di, 2)
    klien = masuk(kadis)
    kunci = klien.get("/petugas/meja/").context["kunci"]
    pertama = {"kunci": kunci, "pilih": [f"{satu.nomor}:{satu.versi}"], "sandi": SANDI}
    assert klien.post("/petugas/meja/", pertama).status_code == 200
    assert not klien.get("/petugas/meja/").context["form"].fields
    jam.maju(timedelta(minutes=15))
    assert "sandi" in klien.get("/petugas/meja/").context["form"].fields
    assert klien.post("/petugas/meja/", {"kunci": kunci, "pilih": [f"{dua.nomor}:{dua.versi}"]}).status_code == 400


def test_isi_file_yang_berubah_tidak_pernah_disebut_ditandatangani(berkas_di, masuk, kadis):
    (p,) = _siap(berkas_di, 1)
    klien = masuk(kadis)
    kunci = klien.get("/petugas/meja/").context["kunci"]
    kirim = {"kunci": kunci, "pilih": [f"{p.nomor}:{p.versi}"], "sandi": SANDI}
    assert klien.post("/petugas/meja/", kirim).status_code == 200
    sk = p.dokumen.get(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI)
    with open(sk.berkas.path, "ab") as f:
        f.write(b"%")
    lagi = klien.post("/petugas/meja/", kirim)
    assert "Isi file berbeda" in _teks(lagi)


def test_ajudan_menyiapkan_meja_tanpa_dapat_menandatangani(berkas_di, masuk, asing, db):
    from accounts.models import Unit

    (p,) = _siap(berkas_di, 1)
    unit = Unit.objects.get(kode="bppt")
    Penugasan.objects.create(akun=asing, peran=Peran.AJUDAN, unit=unit, mulai=sekarang() - timedelta(days=1))
    klien = masuk(asing)
    teks = _teks(klien.get("/petugas/meja/"))
    assert "Sari Wulandari" in teks
    assert 'name="pilih"' not in teks
    kirim = {"kunci": "x", "pilih": [f"{p.nomor}:{p.versi}"], "sandi": SANDI}
    assert klien.post("/petugas/meja/", kirim).status_code == 403
    assert segarkan(p).status == S.MENUNGGU_TANDA_TANGAN


def test_tanpa_kewenangan_meja_mengatakannya(berkas_di, masuk, kadis):
    from accounts.kewenangan import cabut_kewenangan

    _siap(berkas_di, 1)
    cabut_kewenangan(kadis.kewenangan.get(), sekarang())
    teks = _teks(masuk(kadis).get("/petugas/meja/"))
    assert "tidak sedang berwenang" in teks
    assert 'name="pilih"' not in teks


def test_meja_hanya_untuk_pimpinan(masuk, rina, db):
    assert masuk(rina).get("/petugas/meja/").status_code == 403


# --- bills and visits -------------------------------------------------------------------------------------


def test_bendahara_melihat_tagihan_menurut_jatuh_tempo(berkas_di, masuk, dina):
    p = berkas_di(S.MENUNGGU_PEMBAYARAN, "imb")
    klien = masuk(dina)
    assert p.skrd.get().nomor in _teks(klien.get("/petugas/pembayaran/"))
    assert "Tidak ada tagihan" in _teks(klien.get("/petugas/pembayaran/?lunas=1"))
