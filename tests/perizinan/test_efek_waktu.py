"""What time does to real files: reminders, escalation, lateness, lapse and the way back; each exactly once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Peran
from accounts.models import Akun, Penugasan
from core import waktu
from core.galat import TidakBerwenang, TransisiDitolak
from core.models import HariLibur
from notifications.models import Pesan
from perizinan import services
from perizinan.enums import JenisEfek
from perizinan.enums import StatusPermohonan as S
from perizinan.models import AnggaranTahap, EfekWaktu, Gangguan, Permohonan, Riwayat, TanggaEskalasi, VersiLayanan
from perizinan.pemeriksaan_tenggat import periksa_semua
from perizinan.riwayat import periksa_satu
from perizinan.services import _efek, sapuan
from tests.perizinan.bekal_waktu import biarkan


def kini_p(p: Permohonan) -> Permohonan:
    return Permohonan.objects.get(pk=p.pk)


def pesan(p: Permohonan, kode: str) -> int:
    return Pesan.objects.filter(perihal=p.nomor, kode=kode).count()


def efek(p: Permohonan, jenis: JenisEfek) -> list[EfekWaktu]:
    return list(EfekWaktu.objects.filter(permohonan=p, jenis=jenis))


@pytest.fixture
def menunggu(berkas_di: Any, budi: Any) -> Permohonan:
    p = berkas_di(S.DIAJUKAN, "siup")
    syarat = p.versi_layanan.syarat.get(kode="ktp")
    services.periksa_syarat(p, syarat, "kurang", oleh=budi, kode_alasan=syarat.alasan[0]["kode"])
    services.kembalikan_berkas(p.pk, oleh=budi)
    return kini_p(p)


class TestTerlambat:
    def test_pemohon_diberi_tahu_pada_harinya_satu_kali_walau_disapu_berkali_kali(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        waktu.maju(p.tenggat - waktu.sekarang())
        sapuan.sapu()
        assert pesan(p, "SMS_LEWAT") == 0  # a closing that is reached is still in time
        waktu.maju(timedelta(seconds=2))
        for _ in range(3):
            sapuan.sapu()
            Permohonan.objects.filter(pk=p.pk).update(sapu_pada=waktu.sekarang())
        assert pesan(p, "SMS_LEWAT") == 1
        assert [r.verba for r in p.riwayat.filter(verba__startswith="tandai")] == [
            "tandai_lewat",
            "tandai_fiktif_positif",
        ]
        assert periksa_satu(p.pk) == []

    def test_eskalasi_naik_dari_petugas_ke_kepala_badan_lalu_tim_pembina(self, berkas_di, kadis):
        pembina = Akun.objects.create_user(nama="Ketua Tim Pembina", hp="+6281210000900")
        Penugasan.objects.create(akun=pembina, peran=Peran.TIM_PEMBINA, mulai=waktu.sekarang() - timedelta(days=1))
        p = berkas_di(S.VERIFIKASI, "siup")
        biarkan(12)
        urut = [(e.tingkat, e.kepada) for e in efek(p, JenisEfek.INGAT_BERKAS)][::-1]
        assert urut == [(50, "back_office"), (80, "kabid"), (100, "penandatangan"), (100, "tim_pembina")]
        tujuan = list(Pesan.objects.filter(perihal=p.nomor, kode="SMS_ESKALASI").values_list("tujuan", flat=True))
        assert tujuan[-1] == pembina.hp
        assert (kadis.hp in tujuan) == bool(kadis.hp)

    def test_tahap_yang_habis_waktunya_sampai_ke_kabid_yang_benar(self, berkas_di, masuk, kabid_np, kabid):
        p = berkas_di(S.VERIFIKASI, "siup")
        biarkan(2)
        assert {e.kepada for e in efek(p, JenisEfek.INGAT_TAHAP)} == {"back_office", "kabid"}
        halaman = masuk(kabid_np).get(reverse("peringatan_waktu")).content.decode()
        assert p.nomor in halaman
        assert p.nomor not in masuk(kabid).get(reverse("peringatan_waktu")).content.decode()

    def test_fiktif_positif_memberi_peringatan_dan_tidak_pernah_menandatangani(self, berkas_di, masuk, kadis):
        p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
        biarkan(8)
        p = kini_p(p)
        assert p.status == S.MENUNGGU_TANDA_TANGAN
        satu = efek(p, JenisEfek.FIKTIF)[0]
        assert (satu.rinci["kebijakan"], "UU" in satu.rinci["dasar"]) == ("peringatan", True)
        assert not p.riwayat.filter(verba="tanda_tangan").exists()
        halaman = masuk(kadis).get(reverse("berkas_petugas", args=[p.nomor])).content.decode()
        assert "Sistem tidak pernah menandatangani sendiri" in halaman

    def test_kebijakan_mati_tidak_menulis_apa_pun(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        with transaction.atomic():
            VersiLayanan.objects.filter(pk=p.versi_layanan_id).query  # noqa: B018 published versions never change
        k = _efek.keadaan(kini_p(p))
        from dataclasses import replace

        from core.kalender import kalender_berlaku
        from perizinan.efek import Jenis, efek_tersisa

        sisa = efek_tersisa(replace(k, fiktif=False), _efek.aturan_waktu(), kalender_berlaku())
        assert Jenis.FIKTIF not in {e.jenis for e in sisa}

    def test_seorang_pun_tidak_dapat_menandai_sebelum_waktunya(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        with pytest.raises(TransisiDitolak, match="belum tiba"):
            services.tandai_lewat(p.pk, oleh=None)


class TestPemohon:
    def test_dua_pengingat_lalu_ditutup_dan_dapat_dibuka_kembali(self, menunggu, kabid_np, sari):
        batas = menunggu.batas_pemohon
        biarkan(25)
        p = kini_p(menunggu)
        assert p.status == S.GUGUR
        assert p.selesai_pada > batas
        assert (pesan(p, "SMS_INGAT"), pesan(p, "SMS_GUGUR")) == (2, 1)
        services.buka_kembali(p.pk, oleh=kabid_np, alasan="Pemohon sakit, surat dokter terlampir")
        p = kini_p(p)
        assert p.status == S.PERBAIKAN_BERKAS
        assert p.batas_pemohon > waktu.sekarang()
        for butir in p.perbaikan.get(ditutup_pada__isnull=True).butir.all():
            services.jawab_butir(butir, "Sudah.", oleh=sari)
        services.ajukan_ulang(p.pk, oleh=sari)
        assert kini_p(p).status == S.DIAJUKAN
        assert periksa_satu(p.pk) == []

    def test_dari_pembayaran_dibuka_kembali_dengan_hari_terpakai_yang_sama(self, berkas_di, kabid):
        p = berkas_di(S.MENUNGGU_PEMBAYARAN, "imb")
        terpakai = services_hari(p)
        biarkan(28)
        assert kini_p(p).status == S.GUGUR
        services.buka_kembali(p.pk, oleh=kabid, alasan="Setoran menyusul")
        p = kini_p(p)
        assert (p.status, services_hari(p)) == (S.MENUNGGU_PEMBAYARAN, terpakai)
        assert p.skrd.get(status="berlaku").jatuh_tempo == p.batas_pemohon
        assert periksa_semua()[1] == []

    def test_lewat_20_hari_kerja_tidak_dapat_dibuka_lagi(self, menunggu, kabid_np):
        biarkan(25)
        waktu.maju(timedelta(days=45))
        with pytest.raises(TransisiDitolak, match="20 hari kerja"):
            services.buka_kembali(menunggu.pk, oleh=kabid_np, alasan="Terlambat")

    def test_yang_pengingatnya_tidak_sampai_tidak_ditutup_dan_loket_diberi_tahu(self, menunggu, monkeypatch):
        from notifications.gateway import GalatGerbang
        from notifications.gateway.berkas import transport

        def gagal(**_isi: object) -> None:
            raise GalatGerbang("nomor tidak dikenal", permanen=True)

        monkeypatch.setattr(transport.gerbang, "kirim", gagal)
        biarkan(30)
        p = kini_p(menunggu)
        assert p.status == S.PERBAIKAN_BERKAS
        tertahan = efek(p, JenisEfek.GUGUR_TERTAHAN)
        assert [(e.kepada, e.rinci["sebab"]) for e in tertahan] == [("loket", "belum_terhubungi")]

    def test_tambahan_waktu_satu_kali_dengan_satu_tombol(self, menunggu, masuk, sari, asing):
        lama = menunggu.batas_pemohon
        with pytest.raises(TidakBerwenang):
            services.tambah_waktu(menunggu, oleh=asing)
        klien = masuk(sari)
        assert "Minta tambahan waktu" in klien.get(reverse("permohonan", args=[menunggu.nomor])).content.decode()
        klien.post(reverse("permohonan_tambah_waktu", args=[menunggu.nomor]))
        p = kini_p(menunggu)
        assert p.batas_pemohon > lama + timedelta(days=14)
        assert p.perbaikan.get().batas == p.batas_pemohon
        assert "Minta tambahan waktu" not in klien.get(reverse("permohonan", args=[p.nomor])).content.decode()
        with pytest.raises(TransisiDitolak, match="hanya sekali"):
            services.tambah_waktu(p, oleh=sari)

    def test_batas_yang_jatuh_dalam_gangguan_bergeser_batas_kami_tidak(self, menunggu, berkas_di):
        kami = berkas_di(S.VERIFIKASI, "siup")
        batas = menunggu.batas_pemohon
        pendek = Gangguan(mulai=batas - timedelta(hours=1), selesai=batas + timedelta(minutes=30), sebab="Listrik")
        pendek.save()
        Gangguan.objects.create(
            mulai=batas - timedelta(hours=2), selesai=batas + timedelta(hours=1), sebab="Jaringan"
        )
        tenggat = kini_p(kami).tenggat
        biarkan((batas - waktu.sekarang()).days + 1)
        p = kini_p(menunggu)
        assert p.status == S.PERBAIKAN_BERKAS
        assert p.batas_pemohon.date() > batas.date()
        assert p.riwayat.filter(verba="geser_batas").count() == 1
        assert kini_p(kami).tenggat == tenggat


def services_hari(p: Permohonan) -> int:
    from perizinan.services import _jam

    return _jam.hari_terpakai(kini_p(p), waktu.sekarang())


class TestKalender:
    def _libur(self, hari: date) -> None:
        HariLibur.objects.create(tanggal=hari, jenis="libur_setempat", keterangan="Pemilihan wali kota")

    def test_libur_pada_hari_batas_menggeser_dan_berkata_sebabnya(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        lama = p.tenggat
        waktu.maju(timedelta(minutes=5))
        self._libur(lama.astimezone(waktu.zona()).date())
        sapuan.sapu()
        p = kini_p(p)
        assert p.tenggat > lama
        baris = p.riwayat.get(verba="hitung_ulang")
        assert "Pemilihan wali kota" in baris.rinci["sebab"]
        teks = Pesan.objects.get(perihal=p.nomor, kode="SMS_TENGGAT").teks
        assert "Pemilihan wali kota" in teks
        assert len(teks) <= 160
        assert (periksa_semua()[1], periksa_satu(p.pk)) == ([], [])

    def test_sebelum_disapu_periksa_tenggat_melapor(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        self._libur(p.tenggat.astimezone(waktu.zona()).date())
        assert [b.nomor for b in periksa_semua()[1]] == [p.nomor]

    def test_berkas_yang_selesai_memegang_kalendernya(self, berkas_di):
        p = berkas_di(S.TERBIT, "siup")
        lama = p.tenggat
        waktu.maju(timedelta(minutes=5))
        self._libur(lama.astimezone(waktu.zona()).date())
        sapuan.sapu()
        assert kini_p(p).tenggat == lama
        assert not services.hitung_ulang(p.pk)

    def test_batas_pemohon_yang_jadi_hari_libur_pindah_ke_hari_kerja_berikut(self, menunggu):
        lama = menunggu.batas_pemohon
        self._libur(lama.astimezone(waktu.zona()).date())
        sapuan.sapu()
        assert kini_p(menunggu).batas_pemohon > lama

    def test_libur_yang_dibatalkan_memajukan_lagi(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        lama = p.tenggat
        self._libur(lama.astimezone(waktu.zona()).date())
        sapuan.sapu()
        waktu.maju(timedelta(minutes=5))
        HariLibur.objects.filter(keterangan="Pemilihan wali kota").update(berlaku=False)
        sapuan.sapu()
        assert kini_p(p).tenggat == lama
        assert p.riwayat.filter(verba="hitung_ulang").count() == 2


class TestLain:
    def test_tinjauan_diingatkan_hari_kerja_sebelumnya(self, berkas_di, teknisi):
        p = berkas_di(S.KAJIAN_TEKNIS, "imb")
        r = p.rekomendasi.get(wajib_tinjau=True)
        saat = waktu.sekarang() + timedelta(days=3)
        services.jadwalkan_tinjau(r.pk, oleh=teknisi, tinjau_pada=saat, tim=["Tono"])
        biarkan(2)
        assert pesan(p, "SMS_JADWAL") == 2
        assert [e.kepada for e in efek(p, JenisEfek.TINJAU_BESOK)] == ["tim_teknis"]

    def test_izin_yang_tidak_diambil_diingatkan_dua_kali(self, berkas_di):
        p = berkas_di(S.TERBIT, "siup")
        biarkan(35)
        assert pesan(p, "SMS_BELUM_DIAMBIL") == 2

    def test_satu_berkas_yang_rusak_tidak_menahan_yang_lain(self, berkas_di, monkeypatch):
        satu, dua = berkas_di(S.VERIFIKASI, "siup"), berkas_di(S.VERIFIKASI, "tdp")
        asli = _efek.keadaan

        def rusak(p: Permohonan) -> Any:
            if p.pk == satu.pk:
                raise RuntimeError("rusak")
            return asli(p)

        monkeypatch.setattr(_efek, "keadaan", rusak)
        waktu.maju(timedelta(days=10))
        sapuan.sapu()
        assert pesan(dua, "SMS_LEWAT") == 1
        assert kini_p(satu).sapu_pada > waktu.sekarang()

    def test_setiap_tindakan_menjadwalkan_sapuan_dan_sapuan_menulis_saat_berikutnya(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        assert kini_p(p).sapu_pada <= waktu.sekarang()
        sapuan.sapu()
        berikut = _efek.tersisa(kini_p(p))[0].jatuh
        assert kini_p(p).sapu_pada == berikut + timedelta(seconds=1)

    def test_kunci_efek_tidak_dapat_ditulis_dua_kali(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        biarkan(8)
        satu = EfekWaktu.objects.filter(permohonan=p).first()
        with pytest.raises(IntegrityError), transaction.atomic():
            EfekWaktu.objects.create(
                kunci=satu.kunci, jenis="lewat", jatuh_pada=waktu.sekarang(), dikerjakan_pada=waktu.sekarang()
            )

    def test_aturan_yang_tidak_masuk_akal_ditolak_basis_data(self, db):
        saat = datetime(2026, 6, 2, 8, tzinfo=waktu.zona())
        for nama, baris in (
            ("anggaran_tahap_persen", AnggaranTahap(tahap="verifikasi2", persen=0)),
            ("tangga_persen", TanggaEskalasi(lingkup="tahap", persen=50, tambah_hari=2, kepada="kabid")),
            ("gangguan_selesai_sesudah_mulai", Gangguan(mulai=saat, selesai=saat, sebab="x")),
        ):
            with pytest.raises(IntegrityError, match=nama), transaction.atomic():
                baris.save(force_insert=True)

    def test_anggaran_yang_disunting_admin_berlaku_seketika(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "imb")
        sebelum = _efek.aturan_waktu().anggaran["verifikasi"]
        sapuan.sapu()
        AnggaranTahap.objects.filter(tahap="verifikasi").update(persen=sebelum + 30)
        sapuan.tandai_semua()  # what the admin's page calls after saving
        assert _efek.aturan_waktu().anggaran["verifikasi"] == sebelum + 30
        assert kini_p(p).sapu_pada == waktu.sekarang()

    def test_riwayat_waktu_tidak_memuat_data_pribadi(self, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        biarkan(8)
        rinci = [str(r) for r in Riwayat.objects.filter(permohonan=p).values_list("rinci", flat=True)]
        assert not [r for r in rinci if p.pihak.nama in r or (p.pihak.hp or "-") in r]
