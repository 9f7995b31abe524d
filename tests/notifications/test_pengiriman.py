"""From the outbox to the gateway: lease, retry, uncertainty, back-pressure, failover, quiet hours, expiry."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.waktu import sekarang
from notifications import layanan, pengiriman, sirkuit
from notifications.enums import JenisPesan, Kanal, Kemampuan
from notifications.enums import StatusPesan as S
from notifications.models import KeadaanGerbang, Pesan
from tests.conftest import WIB
from tests.notifications.bekal import GerbangUji, rusak, segar, tulis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jam")]
MENIT = timedelta(minutes=1)


def mati(pesan: Pesan, gerbang: GerbangUji) -> None:
    """A worker claims the message and dies; its lease runs out."""
    from core import waktu

    assert pengiriman.ambil(gerbang, Kanal.SMS, pk=pesan.pk)
    waktu.maju(pengiriman.SEWA + timedelta(seconds=1))


def test_what_is_due_is_sent_once_and_its_cost_is_counted(gerbang, settings):
    settings.BIAYA_SEGMEN = 350
    p = tulis("BPPT: " + "a" * 200)
    assert layanan.sapu() == 1
    assert layanan.sapu() == 0
    p = segar(p)
    assert (p.status, p.percobaan, p.segmen, p.biaya) == (S.TERKIRIM, 1, 2, 700)
    assert p.dikirim_pada
    assert [a for *_x, a in gerbang.diterima] == [str(p.acuan)]


def test_the_same_event_for_the_same_person_cannot_be_written_twice(gerbang):
    from django.db import IntegrityError, transaction

    tulis(kunci="7/3/SMS_TERIMA/0")
    with pytest.raises(IntegrityError), transaction.atomic():
        tulis(kunci="7/3/SMS_TERIMA/0")


def test_a_temporary_error_waits_longer_each_time_and_is_given_up_at_last(gerbang, jam):
    gerbang.tingkah = rusak()
    p, jeda = tulis(), []
    while segar(p).status == S.MENUNGGU:
        KeadaanGerbang.objects.all().delete()
        kini = sekarang()
        layanan.sapu()
        jeda.append((segar(p).kirim_sesudah - kini) / MENIT)
        jam.maju(timedelta(hours=2))
    assert segar(p).status == S.GAGAL
    assert segar(p).percobaan == 5
    assert segar(p).galat == "rusak"
    for nyata, rencana in zip(jeda, (0.5, 2, 10, 60), strict=False):
        assert 0.8 * rencana <= nyata <= 1.2 * rencana


def test_a_permanent_error_is_final_at_once_and_never_counts_against_the_gateway(gerbang):
    gerbang.tingkah = rusak(permanen=True)
    p = tulis()
    layanan.sapu()
    assert segar(p).status == S.GAGAL
    assert not KeadaanGerbang.objects.exists()


def test_a_gateway_that_is_away_costs_a_message_no_try_and_is_left_alone(gerbang, jam):
    gerbang.tingkah = rusak(salah_gerbang=True)
    daftar = [tulis(tujuan=f"+62812345600{n:02d}") for n in range(12)]
    layanan.sapu()
    keadaan = KeadaanGerbang.objects.get(nama="uji")
    assert keadaan.beruntun == sirkuit.BERUNTUN_MAKS, "after five errors in a row nothing is handed over"
    assert {segar(p).status for p in daftar} == {S.MENUNGGU}
    assert {segar(p).percobaan for p in daftar} == {0}
    assert layanan.sapu() == 0
    gerbang.tingkah = lambda: None
    jam.maju(2 * MENIT)
    assert layanan.sapu() == 12
    assert KeadaanGerbang.objects.get(nama="uji").beruntun == 0


def test_a_pause_doubles_until_something_succeeds(gerbang, jam):
    gerbang.tingkah = rusak(salah_gerbang=True)
    for n in range(8):
        tulis(tujuan=f"+62812345600{n:02d}")
    lama = []
    for _ in range(5):
        layanan.sapu()
        sampai = KeadaanGerbang.objects.get(nama="uji").tunda_sampai
        lama.append((sampai - sekarang()).total_seconds())
        jam.maju(sampai - sekarang() + timedelta(seconds=1))
        Pesan.objects.update(kirim_sesudah=sekarang())
    assert lama == [30, 60, 120, 240, 300]


def test_retry_after_is_obeyed(gerbang):
    gerbang.tingkah = rusak(salah_gerbang=True, tunggu=77)
    p = tulis()
    layanan.sapu()
    assert KeadaanGerbang.objects.get(nama="uji").tunda_sampai == sekarang() + timedelta(seconds=77)
    assert segar(p).kirim_sesudah >= sekarang() + timedelta(seconds=77)


def test_the_second_gateway_stands_in_while_the_first_pauses(pasang):
    satu, dua = GerbangUji("satu", Kemampuan.TIDAK), GerbangUji("dua", Kemampuan.TIDAK)
    satu.tingkah = rusak(salah_gerbang=True)
    pasang(satu, dua)
    daftar = [tulis(tujuan=f"+62812345600{n:02d}") for n in range(20)]
    layanan.sapu()
    assert len(dua.diterima) == 15, "all but the five that found the first one away, and these come next"
    Pesan.objects.filter(status=S.MENUNGGU).update(kirim_sesudah=sekarang())
    layanan.sapu()
    assert {segar(p).status for p in daftar} == {S.TERKIRIM}
    assert not satu.diterima


def test_more_than_fifty_errors_in_a_minute_pause_a_gateway_that_now_and_then_succeeds():
    from notifications.gateway import GalatGerbang

    for n in range(sirkuit.JENDELA_MAKS):
        assert not sirkuit.gagal("x", GalatGerbang("x"), sekarang()), n
        KeadaanGerbang.objects.update(beruntun=0)
    assert sirkuit.gagal("x", GalatGerbang("x"), sekarang())


# --- a worker dies ------------------------------------------------------------------------------------------------


def test_a_gateway_that_deduplicates_gets_the_same_reference_again(gerbang):
    p = tulis()
    mati(p, gerbang)
    layanan.sapu()
    p = segar(p)
    assert (p.status, p.tak_pasti, p.percobaan) == (S.TERKIRIM, 1, 2)
    assert gerbang.diterima[0][2] == str(p.acuan)


@pytest.mark.parametrize("sampai", [True, False])
def test_a_gateway_that_can_tell_is_asked_first(pasang, jam, sampai):
    g = GerbangUji("jawab", Kemampuan.STATUS)
    pasang(g)
    p = tulis()
    if sampai:
        g.kirim(tujuan=p.tujuan, teks=p.teks, acuan=str(p.acuan))
    mati(p, g)
    layanan.sapu()
    assert segar(p).status == S.MENUNGGU, "it is given time to know"
    jam.maju(pengiriman.JEDA_TANYA)
    layanan.sapu()
    assert segar(p).status == S.TERKIRIM
    assert len(g.diterima) == 1


def test_with_any_other_gateway_a_notice_is_sent_once_more_for_each_death_and_says_so(bisu):
    p = tulis()
    mati(p, bisu)
    layanan.sapu()
    assert (segar(p).status, segar(p).tak_pasti) == (S.TERKIRIM, 1)
    q = tulis(tujuan="+6281234567891")
    for _ in range(pengiriman.TAK_PASTI_MAKS):
        mati(q, bisu)
        pengiriman.pulihkan(sekarang())
        assert segar(q).status == S.MENUNGGU
    mati(q, bisu)
    layanan.sapu()
    assert segar(q).status == S.TIDAK_PASTI, "it kills whoever touches it: a person decides"


def test_a_code_of_unknown_end_is_never_sent_again(bisu):
    p = tulis(jenis=JenisPesan.KODE)
    mati(p, bisu)
    layanan.sapu()
    assert segar(p).status == S.TIDAK_PASTI
    assert not bisu.diterima


def test_a_late_worker_does_not_write_over_the_one_that_took_the_message_from_it(gerbang, jam):
    p = tulis()
    [lama] = pengiriman.ambil(gerbang, Kanal.SMS, pk=p.pk)
    jam.maju(pengiriman.SEWA + MENIT)
    pengiriman.pulihkan(sekarang())
    [_baru] = pengiriman.ambil(gerbang, Kanal.SMS, pk=p.pk)
    pengiriman._catat_gagal(gerbang, lama, rusak_permanen())
    assert segar(p).status == S.MENGIRIM


def rusak_permanen():
    from notifications.gateway import GalatGerbang

    return GalatGerbang("terlambat", permanen=True)


def test_what_a_gateway_may_hold_goes_to_no_other_one(pasang):
    satu, dua = GerbangUji("satu"), GerbangUji("dua")
    pasang(satu, dua)
    p = tulis()
    mati(p, satu)
    KeadaanGerbang.objects.create(nama="satu", tunda_sampai=sekarang() + 5 * MENIT)
    layanan.sapu()
    assert segar(p).status == S.MENUNGGU
    assert not dua.diterima


def test_time_that_runs_out_gives_the_rest_back(gerbang):
    daftar = [tulis(tujuan=f"+62812345600{n:02d}") for n in range(3)]
    diambil = pengiriman.ambil(gerbang, Kanal.SMS)
    assert pengiriman.serahkan(gerbang, diambil, habis=0) == 0
    assert {(segar(p).status, segar(p).percobaan) for p in daftar} == {(S.MENUNGGU, 0)}


def test_a_gateway_that_can_do_nothing_gets_one_message_a_claim(bisu):
    for n in range(3):
        tulis(tujuan=f"+62812345600{n:02d}")
    assert len(pengiriman.ambil(bisu, Kanal.SMS)) == 1


def test_codes_go_before_notices(bisu, jam):
    tulis()
    jam.maju(timedelta(seconds=1))
    kode = tulis(jenis=JenisPesan.KODE, tujuan="+6281234567891")
    assert [p.pk for p in pengiriman.ambil(bisu, Kanal.SMS)] == [kode.pk]


# --- night and age ------------------------------------------------------------------------------------------------


def test_notices_wait_for_the_morning_and_what_was_asked_for_does_not(gerbang, jam):
    jam.maju(timedelta(hours=11, minutes=59, seconds=59))  # 19.59.59
    terakhir = tulis()
    jam.maju(timedelta(seconds=1))
    malam = tulis(tujuan="+6281234567891")
    kode = tulis(tujuan="+6281234567892", jenis=JenisPesan.KODE)
    jawaban = tulis(tujuan="+6281234567893", jenis=JenisPesan.JAWABAN)
    assert malam.kirim_sesudah == datetime(2026, 6, 3, 7, 0, tzinfo=WIB)
    layanan.sapu()
    assert {t for t, *_x in gerbang.diterima} == {kode.tujuan, jawaban.tujuan}
    assert segar(terakhir).kirim_sesudah == datetime(2026, 6, 3, 7, 0, tzinfo=WIB), "its hour passed while it waited"
    assert layanan.kirim(terakhir.pk) is None
    jam.maju(timedelta(hours=11))
    assert layanan.sapu() == 2


def test_email_knows_no_quiet_hours(gerbang, jam, mailoutbox):
    jam.maju(timedelta(hours=14))
    p = tulis("BPPT: kabar “penting”.", tujuan="sari@contoh.id", kanal=Kanal.SUREL)
    layanan.sapu()
    assert segar(p).status == S.TERKIRIM
    assert (segar(p).gerbang, segar(p).biaya) == ("surel", 0)
    assert "“penting”" in mailoutbox[0].body
    assert str(p.acuan) in mailoutbox[0].extra_headers["Message-ID"]


def test_what_is_stale_is_not_sent_and_says_why(gerbang, jam):
    kode, kabar = tulis(jenis=JenisPesan.KODE), tulis(tujuan="+6281234567891")
    jam.maju(timedelta(minutes=6))
    layanan.sapu()
    assert segar(kode).status == S.KEDALUWARSA
    assert segar(kode).galat
    assert segar(kabar).status == S.TERKIRIM


# --- an operator --------------------------------------------------------------------------------------------------


def test_an_operator_tries_a_stuck_message_again_under_a_new_reference(gerbang):
    gerbang.tingkah = rusak(permanen=True)
    p = tulis()
    layanan.sapu()
    assert [m.pk for m in layanan.macet()] == [p.pk]
    gerbang.tingkah = lambda: None
    assert layanan.ulang(p.pk)
    assert segar(p).acuan != p.acuan
    assert not layanan.ulang(p.pk), "it is no longer stuck"
    layanan.sapu()
    assert segar(p).status == S.TERKIRIM
    assert not layanan.ulang(p.pk)
    assert not layanan.ulang(10**9)


def test_what_was_held_or_stale_is_not_stuck_but_may_be_tried_again(gerbang):
    p = tulis()
    Pesan.objects.filter(pk=p.pk).update(status=S.KEDALUWARSA)
    assert not layanan.macet().exists()
    assert layanan.ulang(p.pk)
    layanan.sapu()
    assert segar(p).status == S.TERKIRIM
