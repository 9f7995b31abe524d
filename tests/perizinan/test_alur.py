"""The door: one act, one transition, one log row, one set of outbox rows."""

from __future__ import annotations

import pytest

from core.galat import Bentrok, KunciDipakaiUlang, TidakBerwenang
from notifications.models import Pesan
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan


def test_satu_tindakan_menulis_satu_riwayat_dan_satu_pesan(berkas_di, budi):
    p = berkas_di(S.DIAJUKAN, "siup")
    sebelum = (p.riwayat.count(), Pesan.objects.filter(perihal=p.nomor).count())
    from bpptportal.contoh.alur import terima_semua

    terima_semua(p, budi)
    services.daftarkan(p.pk, oleh=budi)
    p = Permohonan.objects.get(pk=p.pk)
    # daftarkan, then the system's own teruskan.
    assert p.riwayat.count() == sebelum[0] + 2
    assert Pesan.objects.filter(perihal=p.nomor).count() == sebelum[1] + 1
    assert p.status == S.VERIFIKASI


def test_yang_kedua_mendapat_bentrok_dengan_nama_yang_pertama(berkas_di, budi):
    p = berkas_di(S.VERIFIKASI, "siup")
    with pytest.raises(Bentrok, match="sudah diproses"):
        services.daftarkan(p.pk, oleh=budi)


def test_kunci_yang_sama_dengan_isi_sama_menjawab_sama(berkas_di, rina):
    p = berkas_di(S.VERIFIKASI, "siup")
    services.lewati_teknis(p.pk, oleh=rina, kunci="k-1")
    lagi = services.lewati_teknis(p.pk, oleh=rina, kunci="k-1")
    assert lagi.status == S.PENYUSUNAN_SK
    assert p.riwayat.filter(verba="lewati_teknis").count() == 1


def test_kunci_yang_sama_dengan_isi_lain_ditolak(berkas_di, rina, kabid_np):
    p = berkas_di(S.VERIFIKASI, "siup")
    butir = [{"uraian": "Foto KTP buram", "syarat": "ktp", "kode_alasan": "tidak_terbaca"}]
    services.minta_perbaikan(p.pk, oleh=rina, kunci="k-2", butir=butir)
    with pytest.raises(KunciDipakaiUlang):
        services.minta_perbaikan(p.pk, oleh=rina, kunci="k-2", butir=[{"uraian": "Lain"}])


def test_versi_yang_basi_ditolak_tanpa_mengubah_apa_pun(berkas_di, rina):
    p = berkas_di(S.VERIFIKASI, "siup")
    with pytest.raises(Bentrok):
        services.lewati_teknis(p.pk, oleh=rina, versi=p.versi - 1)
    assert Permohonan.objects.get(pk=p.pk).status == S.VERIFIKASI


def test_orang_lain_tidak_berwenang(berkas_di, asing):
    p = berkas_di(S.VERIFIKASI, "siup")
    with pytest.raises(TidakBerwenang):
        services.batalkan(p.pk, oleh=asing)


def test_status_tidak_dapat_ditulis_di_luar_pintu(berkas_di):
    from django.db import DatabaseError, transaction

    p = berkas_di(S.VERIFIKASI, "siup")
    with pytest.raises(AttributeError):
        p.status = S.TERBIT
    with pytest.raises(RuntimeError):
        p.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Permohonan.objects.filter(pk=p.pk).update(status=S.PENYUSUNAN_SK)


def test_tanda_tangan_dengan_kunci_yang_sama_menjawab_sama(berkas_di, kadis):
    from perizinan import dokumen
    from perizinan.enums import JenisDokumen, StatusDokumen

    p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
    dokumen.buat(p.dokumen.get(jenis=JenisDokumen.SK).pk)
    for _ in range(2):
        assert services.tanda_tangani(p.pk, oleh=kadis, kunci="k-ttd").status == S.TERBIT
    assert p.dokumen.filter(status=StatusDokumen.DITANDATANGANI).count() == 1
    with pytest.raises(Bentrok):
        services.tanda_tangani(p.pk, oleh=kadis, kunci="k-lain")


def test_yang_bukan_penandatangan_tidak_diberi_tahu_siapa_yang_berwenang(berkas_di, sari):
    p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
    with pytest.raises(TidakBerwenang) as galat:
        services.tanda_tangani(p.pk, oleh=sari)
    assert "Kartika" not in galat.value.pesan
