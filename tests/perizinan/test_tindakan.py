"""The acts of the desks: what a button does, what it refuses, and what it says (views/_meja.kerjakan)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import PERAN_PETUGAS
from bpptportal.contoh.alur import isi_isian_petugas, nilai_isian, terima_semua
from bpptportal.contoh.berkas import foto_contoh
from bpptportal.contoh.pemeran import SANDI
from core.mesin import transisi_model
from core.waktu import sekarang, zona
from perizinan import dokumen, services
from perizinan.enums import PengisiIsian, StatusDokumen
from perizinan.enums import StatusPermohonan as S
from perizinan.forms.dasar import WAKTU_LOKAL
from perizinan.forms.tindakan import FORM
from perizinan.models import Permohonan, Rekomendasi
from perizinan.perms import memegang
from perizinan.tindakan import TAMBAHAN, pastikan_boleh, tindakan, verba_meja
from tests.perizinan.meja import alamat_verba, segarkan, tekan


def _lokal(t) -> str:
    return t.astimezone(zona()).strftime(WAKTU_LOKAL)


# --- the whole way, by pages alone --------------------------------------------------------------------------


def test_satu_imb_selesai_hanya_lewat_halaman(berkas_di, masuk, pemeran, jam):
    p = berkas_di(S.DIAJUKAN, "imb")
    terima_semua(p, pemeran.budi)
    loket, kantor, bendahara = masuk(pemeran.budi), masuk(pemeran.rina), masuk(pemeran.dina)
    assert tekan(loket, p, "daftarkan").status_code == 302
    assert tekan(kantor, segarkan(p), "minta_rekomendasi").status_code == 302
    _nilai_dinas(p, masuk, pemeran, jam)
    assert segarkan(p).status == S.PENETAPAN_RETRIBUSI
    data = {i.kode: nilai_isian(i) for i in p.versi_layanan.isian.filter(diisi_oleh=PengisiIsian.PETUGAS)}
    assert tekan(kantor, segarkan(p), "isi_petugas", **data).status_code == 302
    assert tekan(kantor, segarkan(p), "tetapkan_retribusi").status_code == 302
    skrd = p.skrd.get()
    jam.maju(timedelta(hours=1))
    lunas = {"jumlah": skrd.nilai, "dibayar_pada": _lokal(sekarang() - timedelta(minutes=9)), "bukti": "BJB-1"}
    assert tekan(bendahara, segarkan(p), "catat_lunas", **lunas).status_code == 302
    assert tekan(kantor, segarkan(p), "ajukan_paraf").status_code == 302
    assert tekan(masuk(pemeran.kabid), segarkan(p), "paraf").status_code == 302
    _bekukan(p)
    assert tekan(masuk(pemeran.kadis), segarkan(p), "tanda_tangan", sandi=SANDI).status_code == 302
    asli = {f"asli_{s.kode}": "on" for s in p.versi_layanan.syarat.exclude(asli="tidak")}
    serah = tekan(loket, segarkan(p), "serahkan", identitas_cocok="on", survei="lain_kali", **asli)
    assert serah.status_code == 302
    assert segarkan(p).status == S.DISERAHKAN


def _nilai_dinas(p, masuk, pemeran, jam) -> None:
    tata_kota, bplh = masuk(pemeran.teknisi), masuk(pemeran.teknisi_bplh)
    r = p.rekomendasi.get(skpd__kode="distako")
    jadwal = {"tinjau_pada": _lokal(sekarang() + timedelta(hours=2)), "tim": "Tono Prasetyo\nWawan Setiawan"}
    assert tekan(tata_kota, r, "jadwalkan_tinjau", **jadwal).status_code == 302
    jam.maju(timedelta(hours=3))
    r = Rekomendasi.objects.get(pk=r.pk)
    assert r.tim == ["Tono Prasetyo", "Wawan Setiawan"]
    bap = {f"hasil_{n}": "sesuai" for n in range(5)} | {"lintang": "-6.234900", "bujur": "106.989600"}
    foto = SimpleUploadedFile("a.jpg", foto_contoh(), "image/jpeg")
    assert (
        tekan(tata_kota, r, "catat_bap", dilaksanakan_pada=_lokal(r.tinjau_pada), foto=[foto], **bap).status_code
        == 302
    )
    setuju = {"hasil": "bersyarat", "ketentuan": "Sumur resapan dibuat\n\nPagar tidak melewati batas"}
    assert tekan(tata_kota, Rekomendasi.objects.get(pk=r.pk), "beri_rekomendasi", **setuju).status_code == 302
    assert Rekomendasi.objects.get(pk=r.pk).ketentuan == ["Sumur resapan dibuat", "Pagar tidak melewati batas"]
    satunya = p.rekomendasi.get(skpd__kode="bplh")
    assert tekan(bplh, satunya, "beri_rekomendasi", hasil="setuju").status_code == 302


def _bekukan(p: Permohonan) -> None:
    for pk in p.dokumen.filter(status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
        dokumen.buat(pk)


# --- pages are derived ----------------------------------------------------------------------------------------


def test_setiap_verba_petugas_punya_halaman_dan_setiap_form_punya_verba():
    semua = verba_meja(Permohonan) | verba_meja(Rekomendasi)
    deklarasi = {t.name for m in (Permohonan, Rekomendasi) for t in transisi_model(m)}
    assert set(FORM) <= semua
    assert semua <= deklarasi | set(TAMBAHAN)
    assert "serahkan_daring" not in semua  # the applicant's own
    assert "siapkan" not in semua  # the system's own


@pytest.mark.parametrize(
    "status", [S.DIAJUKAN, S.VERIFIKASI, S.KAJIAN_TEKNIS, S.PENYUSUNAN_SK, S.MENUNGGU_TANDA_TANGAN]
)
def test_tombol_sama_dengan_izin_yang_dideklarasikan(berkas_di, pemeran, status):
    p = berkas_di(status, "imb")
    for akun in pemeran.akun.values():
        boleh = {
            t.name
            for t in transisi_model(Permohonan)
            if t.source == p.status
            and any(memegang(r, p, akun) for r in t.custom["peran"] if r in PERAN_PETUGAS)
            and all(syarat(p) for syarat in t.conditions)
        }
        assert {t.verba for t in tindakan(p, akun)} == boleh, akun
        for verba in boleh:
            assert pastikan_boleh(p, akun, verba)


def test_setiap_tindakan_yang_mungkin_punya_halaman_yang_terbuka(berkas_di, masuk, pemeran):
    p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "imb")
    for akun in pemeran.akun.values():
        for t in tindakan(p, akun):
            halaman = masuk(akun).get(alamat_verba(p, t.verba))
            assert halaman.status_code == 200, (akun, t.verba)
            assert str(t.label) in halaman.content.decode()


# --- refusals ---------------------------------------------------------------------------------------------------


def test_tahap_yang_lewat_menjawab_409_dengan_kalimat_dan_jalan_kembali(berkas_di, masuk, rina):
    p = berkas_di(S.PENYUSUNAN_SK, "siup")
    klien = masuk(rina)
    for respons in (
        klien.get(alamat_verba(p, "lewati_teknis")),
        klien.post(alamat_verba(p, "lewati_teknis"), {"kunci": str(uuid4()), "versi": p.versi}),
    ):
        assert respons.status_code == 409
        assert f"/petugas/permohonan/{p.nomor}/" in respons.content.decode()
    assert segarkan(p).status == S.PENYUSUNAN_SK


def test_bukan_perannya_403_bukan_berkasnya_404_bukan_verba_404(berkas_di, masuk, budi, teknisi, asing, sari, warga):
    p = berkas_di(S.VERIFIKASI, "siup")
    assert masuk(budi).get(alamat_verba(p, "lewati_teknis")).status_code == 403
    assert masuk(budi).post(alamat_verba(p, "lewati_teknis"), {"versi": p.versi}).status_code == 403
    assert masuk(teknisi).get(alamat_verba(p, "lewati_teknis")).status_code == 404
    assert masuk(teknisi).post(alamat_verba(p, "lewati_teknis")).status_code == 404
    for orang in (asing, sari):
        assert masuk(orang).get(alamat_verba(p, "lewati_teknis")).status_code == 404
    assert masuk(budi).get(alamat_verba(p, "serahkan_daring")).status_code == 404
    assert masuk(budi).get(alamat_verba(p, "terbangkan")).status_code == 404
    assert warga.get(alamat_verba(p, "lewati_teknis")).status_code == 302
    assert segarkan(p).status == S.VERIFIKASI


def test_rekomendasi_dinas_lain_tidak_ditemukan(berkas_di, masuk, pemeran):
    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    r = p.rekomendasi.get(skpd__kode="bplh")
    klien = masuk(pemeran.teknisi)
    assert klien.get(alamat_verba(r, "beri_rekomendasi")).status_code == 404
    assert klien.post(alamat_verba(r, "beri_rekomendasi"), {"hasil": "setuju"}).status_code == 404
    assert Rekomendasi.objects.get(pk=r.pk).hasil == ""


def test_halaman_basi_kalah_dari_yang_lebih_dulu(berkas_di, masuk, rina):
    p = berkas_di(S.VERIFIKASI, "siup")
    klien = masuk(rina)
    halaman = klien.get(alamat_verba(p, "lewati_teknis"))
    services.lewati_teknis(p.pk, oleh=rina)
    respons = klien.post(
        alamat_verba(p, "lewati_teknis"), {"kunci": halaman.context["kunci"], "versi": halaman.context["versi"]}
    )
    assert respons.status_code == 409
    assert "sudah" in respons.content.decode()


def test_dua_klik_satu_tindakan_dan_kunci_dengan_isi_lain_ditolak(berkas_di, masuk, kabid_np):
    p = berkas_di(S.PARAF_BERJENJANG, "siup")
    klien = masuk(kabid_np)
    kiriman = {"kunci": str(uuid4()), "versi": p.versi, "alasan": "Salah eja"}
    for _ in range(2):
        assert klien.post(alamat_verba(p, "koreksi_draf"), kiriman).status_code == 302
    assert p.riwayat.filter(verba="koreksi_draf").count() == 1
    lain = klien.post(alamat_verba(p, "koreksi_draf"), kiriman | {"alasan": "Alasan lain"})
    assert lain.status_code == 422


# --- what is wrong is said, what was typed stays ------------------------------------------------------------------


def test_isian_yang_salah_kembali_dengan_kalimat_dan_ketikannya(berkas_di, masuk, dina):
    p = berkas_di(S.MENUNGGU_PEMBAYARAN, "imb")
    respons = tekan(masuk(dina), p, "catat_lunas", jumlah="1", dibayar_pada=_lokal(sekarang()), bukti="BJB-77")
    teks = respons.content.decode()
    assert respons.status_code == 400
    assert "Kurang Rp" in teks
    assert "BJB-77" in teks
    assert segarkan(p).status == S.MENUNGGU_PEMBAYARAN


def test_rekomendasi_tolak_tanpa_alasan_disebut_satu_per_satu(berkas_di, masuk, pemeran):
    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    r = p.rekomendasi.get(skpd__kode="bplh")
    respons = tekan(masuk(pemeran.teknisi_bplh), r, "beri_rekomendasi", hasil="tolak")
    assert respons.status_code == 400
    assert {"alasan", "dasar_hukum"} <= set(respons.context["form"].errors)


def test_serah_terima_menuntut_identitas_dan_asli_bukan_survei(berkas_di, masuk, budi):
    p = berkas_di(S.TERBIT, "imb")
    klien = masuk(budi)
    belum = tekan(klien, p, "serahkan", survei="lain_kali")
    assert belum.status_code == 400
    assert segarkan(p).status == S.TERBIT
    asli = {nama: "on" for nama in belum.context["form"].fields if nama.startswith("asli_")}
    assert asli
    tanpa_asli = tekan(klien, p, "serahkan", identitas_cocok="on", survei="lain_kali")
    assert tanpa_asli.status_code == 400
    assert tekan(klien, p, "serahkan", identitas_cocok="on", survei="lain_kali", **asli).status_code == 302


def test_perbaikan_menulis_butir_per_dokumen_dan_per_isian(berkas_di, masuk, rina):
    p = berkas_di(S.VERIFIKASI, "siup")
    syarat = p.versi_layanan.syarat.first()
    isian = p.versi_layanan.isian.filter(diisi_oleh=PengisiIsian.PEMOHON).first()
    klien = masuk(rina)
    kosong = tekan(klien, p, "minta_perbaikan")
    assert kosong.status_code == 400
    assert "paling sedikit satu" in kosong.content.decode()
    data = {
        f"s_{syarat.kode}": syarat.alasan[0]["kode"],
        f"c_{syarat.kode}": "Halaman 2",
        f"i_{isian.kode}": "Samakan dengan KTP",
    }
    assert tekan(klien, p, "minta_perbaikan", **data).status_code == 302
    butir = list(p.perbaikan.get().butir.order_by("pk"))
    assert [(b.syarat, b.isian) for b in butir] == [(syarat, None), (None, isian)]
    assert syarat.alasan[0]["teks"] in butir[0].uraian
    assert butir[0].uraian.endswith("Halaman 2")


def test_daftar_kedua_lewat_persetujuan_kabid(berkas_di, masuk, pemeran, sari):
    p = berkas_di(S.PENYUSUNAN_SK, "siup")
    syarat = p.versi_layanan.syarat.first()
    data = {f"s_{syarat.kode}": syarat.alasan[0]["kode"]}
    kantor, kabid = masuk(pemeran.rina), masuk(pemeran.kabid_bidang(p.bidang_id))
    ditolak = tekan(kantor, p, "minta_perbaikan", **data)
    assert ditolak.status_code == 409
    assert "/minta_persetujuan/" in ditolak.content.decode()
    assert tekan(kantor, p, "minta_persetujuan", alasan="Dokumen ternyata kedaluwarsa").status_code == 302
    assert "Dokumen ternyata kedaluwarsa" in kabid.get(f"/petugas/permohonan/{p.nomor}/").content.decode()
    assert tekan(kabid, p, "putuskan_persetujuan", putusan="ya").status_code == 302
    assert tekan(kantor, p, "minta_perbaikan", **data).status_code == 302
    assert segarkan(p).status == S.PERBAIKAN


def test_penolakan_diusulkan_dan_diputus(berkas_di, masuk, pemeran, kadis):
    p = berkas_di(S.VERIFIKASI, "siup")
    kabid = masuk(pemeran.kabid_bidang(p.bidang_id))
    usul = {"alasan": "Lokasi di jalur hijau", "dasar_hukum": "Perda 13/2011 pasal 8", "syarat": ""}
    assert tekan(kabid, p, "usulkan_tolak", **usul).status_code == 302
    halaman = masuk(kadis).get(alamat_verba(p, "setujui_tolak"))
    assert "Lokasi di jalur hijau" in halaman.content.decode()
    assert tekan(masuk(kadis), segarkan(p), "setujui_tolak", sandi="keliru").status_code == 400
    assert tekan(masuk(kadis), segarkan(p), "setujui_tolak", sandi=SANDI).status_code == 302
    assert segarkan(p).status == S.DITOLAK


def test_isian_petugas_menampilkan_retribusi_begitu_lengkap(berkas_di, masuk, rina):
    p = berkas_di(S.PENETAPAN_RETRIBUSI, "imb")
    klien = masuk(rina)
    belum = klien.get(alamat_verba(p, "isi_petugas")).content.decode()
    assert "belum dapat dihitung" in belum
    assert "risiko_kebakaran" not in belum.split("<form")[0]  # a label, never a code
    isi_isian_petugas(p, rina)
    assert "Retribusi menurut tarif: Rp" in klien.get(alamat_verba(p, "isi_petugas")).content.decode()


def test_halaman_konfirmasi_menyebut_akibatnya(berkas_di, masuk, dina):
    p = berkas_di(S.MENUNGGU_PEMBAYARAN, "imb")
    teks = masuk(dina).get(alamat_verba(p, "catat_lunas")).content.decode()
    for kalimat in ("Berkas pindah ke tahap: Penyusunan SK.", "Hitungan waktu dilanjutkan.", "lewat SMS"):
        assert kalimat in teks
