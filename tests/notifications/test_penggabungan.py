"""Notices to one number within ten minutes become one SMS, and none is dropped."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from notifications import layanan, penggabungan
from notifications.enums import JenisPesan
from notifications.enums import StatusPesan as S
from notifications.masuk import catat_berhenti, catat_bukan_pemilik
from notifications.models import Pesan
from notifications.teks import segmen, septet
from tests.notifications.bekal import HP, rusak, segar, tulis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jam")]
MENIT = timedelta(minutes=1)


def test_an_agent_with_twelve_files_hears_of_every_change_of_one_busy_hour(gerbang, jam):
    """Twelve files, four changes each, spread over the hour; the sweep runs every minute."""
    ditulis = []
    for menit in range(75):
        if menit < 60:
            for n in range(12):
                if (menit + n * 5) % 15 == 0:
                    teks = f"BPPT KBekasi: AAAA{n:01X}-{menit:05d} berkas lengkap. Selesai paling lambat 30 Jun 2026."
                    ditulis.append(tulis(teks, perihal=f"AAAA{n:01X}"))
        layanan.sapu()
        jam.maju(MENIT)
    assert len(ditulis) == 48
    diterima = "\n".join(t for _n, t, _a in gerbang.diterima)
    for p in ditulis:
        assert p.teks.removeprefix("BPPT KBekasi: ") in diterima, "every change reached the phone"
        nasib = segar(p)
        assert (nasib.gabungan or nasib).status == S.TERKIRIM
    assert len(gerbang.diterima) <= 15, "and in far fewer than 48 messages"
    saat = sorted(p.dikirim_pada for p in Pesan.objects.exclude(dikirim_pada=None))
    jarak = [b - a for a, b in pairwise(saat) if b != a]
    assert min(jarak) >= penggabungan.JENDELA


def test_the_first_leaves_at_once_and_what_follows_leaves_together(gerbang, jam):
    satu = tulis("BPPT: satu.")
    layanan.sapu()
    jam.maju(MENIT)
    dua, tiga = tulis("BPPT: dua."), tulis("BPPT: tiga.")
    layanan.sapu()
    assert len(gerbang.diterima) == 1
    jam.maju(9 * MENIT)
    layanan.sapu()
    assert [t for _n, t, _a in gerbang.diterima] == ["BPPT: satu.", "BPPT Bekasi: 2 kabar\n- dua.\n- tiga."]
    assert segar(satu).status == S.TERKIRIM
    pembawa = segar(dua).gabungan
    assert pembawa == segar(tiga).gabungan
    assert (pembawa.status, pembawa.kode, pembawa.perihal) == (S.TERKIRIM, "GABUNGAN", "")


def test_a_single_one_stays_itself_after_the_wait(gerbang, jam):
    tulis()
    layanan.sapu()
    p = tulis("BPPT: dua.")
    layanan.sapu()
    jam.maju(10 * MENIT)
    layanan.sapu()
    assert segar(p).status == S.TERKIRIM
    assert segar(p).gabungan is None


def test_too_many_for_one_sms_go_in_several_and_none_is_cut(gerbang):
    daftar = [tulis("BPPT: " + f"kabar {n:02d} " + "a" * 130) for n in range(9)]
    layanan.sapu()
    diterima = [t for _n, t, _a in gerbang.diterima]
    assert len(diterima) == 3
    assert all(septet(t) <= penggabungan.SEPTET_GABUNGAN and segmen(t) <= 4 for t in diterima)
    assert all(any(p.teks.removeprefix("BPPT: ") in t for t in diterima) for p in daftar)


def test_codes_and_answers_are_never_merged_or_delayed(gerbang):
    tulis()
    layanan.sapu()
    tulis("BPPT: kode 1.", jenis=JenisPesan.KODE)
    tulis("BPPT: jawaban.", jenis=JenisPesan.JAWABAN)
    assert layanan.sapu() == 2


def test_another_number_does_not_wait(gerbang):
    tulis()
    layanan.sapu()
    tulis(tujuan="+6281234567891")
    assert layanan.sapu() == 1


def test_parts_share_the_fate_of_the_message_that_carries_them(gerbang):
    gerbang.tingkah = rusak(permanen=True)
    dua = [tulis(), tulis()]
    layanan.sapu()
    pembawa = segar(dua[0]).gabungan
    assert pembawa.status == S.GAGAL
    gerbang.tingkah = lambda: None
    assert layanan.ulang(pembawa.pk)
    layanan.sapu()
    assert len(gerbang.diterima) == 1


def test_stop_holds_notices_only_and_mulai_brings_them_back(gerbang, jam):
    catat_berhenti(HP, jam.sekarang())
    kabar, kode = tulis(), tulis(jenis=JenisPesan.KODE)
    layanan.sapu()
    assert (segar(kabar).status, segar(kode).status) == (S.DITAHAN, S.TERKIRIM)
    assert "STOP" in segar(kabar).galat
    catat_berhenti(HP, None)
    lagi = tulis()
    layanan.sapu()
    assert segar(lagi).status == S.TERKIRIM


def test_a_number_that_is_somebody_elses_gets_neither_news_nor_codes(gerbang, jam):
    catat_bukan_pemilik(HP, jam.sekarang())
    kabar, kode, jawaban = tulis(), tulis(jenis=JenisPesan.KODE), tulis(jenis=JenisPesan.JAWABAN)
    layanan.sapu()
    assert [segar(p).status for p in (kabar, kode, jawaban)] == [S.DITAHAN, S.DITAHAN, S.TERKIRIM]
