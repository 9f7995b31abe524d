"""What people send us: who is told what, what is kept for a desk, and who may call the addresses at all."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from accounts.models import DataPihak, Kuasa
from bpptportal import balasan
from notifications import masuk as kotak
from notifications.enums import Kata, StatusMasuk
from notifications.enums import StatusPesan as S
from notifications.models import Penerima, Pesan, PesanMasuk
from notifications.percakapan import percakapan
from notifications.teks import segmen
from perizinan import services
from perizinan.models import Permohonan
from tests.notifications.bekal import tulis

pytestmark = pytest.mark.django_db
RAHASIA = "rahasia-gerbang-berkas"
MASUK = f"/api/v1/sms/masuk/{RAHASIA}/"
LAPORAN = f"/api/v1/sms/laporan/{RAHASIA}/"
ASING = "+6289900000001"


@pytest.fixture(autouse=True)
def rahasia(settings: Any) -> None:
    settings.RAHASIA_SMS = f"berkas:{RAHASIA},kannel:rahasia-kannel"


def hp(p: Permohonan) -> str:
    return DataPihak.objects.get(pk=p.pihak_id).hp


def kirim(warga: Any, dari: str, teks: str, **lain: str) -> PesanMasuk:
    """The gateway calls as Kannel does; returns what was kept."""
    respons = warga.get(f"{MASUK}?{urlencode({'dari': dari, 'teks': teks, 'charset': 'UTF-8', **lain})}")
    assert (respons.status_code, respons.content) == (200, b"")
    return PesanMasuk.objects.order_by("pk").last()


def jawaban(warga: Any, dari: str, teks: str) -> str:
    m = kirim(warga, dari, teks)
    return m.jawaban.teks if m.jawaban else ""


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("teks", "kata", "isi"),
    [
        ("CEK 7QK4M-2XD9R", Kata.CEK, "7QK4M-2XD9R"),
        ("  cek:7qk4m 2xd9r", Kata.LAIN, "cek:7qk4m 2xd9r"),
        ("Cek. 7qk4m 2xd9r", Kata.CEK, "7qk4m 2xd9r"),
        ("bukan saya", Kata.BUKAN_SAYA, ""),
        ("BUKAN  SAYA!!", Kata.BUKAN_SAYA, "!!"),
        ("Bukansaya", Kata.BUKAN_SAYA, ""),
        ("bukan sayap", Kata.LAIN, "bukan sayap"),
        ("stop", Kata.STOP, ""),
        ("MAULAI", Kata.MULAI, ""),
        ("lapor ada pungli", Kata.LAPOR, "ada pungli"),
        ("halo", Kata.LAIN, "halo"),
        ("", Kata.LAIN, ""),
    ],
)
def test_the_first_word_decides(teks, kata, isi):
    assert kotak.kata_pertama(teks) == (kata, isi)


def test_cek_answers_the_partys_phone_with_state_and_date(warga, berkas_di):
    p = berkas_di("kajian_teknis")
    teks = jawaban(warga, hp(p), f"cek {str(p.nomor).lower().replace('-', ' ')} terima kasih")
    assert str(p.nomor) in teks
    assert "Selesai paling lambat" in teks
    assert segmen(teks) <= 3
    m = PesanMasuk.objects.get()
    assert (m.perihal, m.kata, m.status) == (p.nomor, "cek", StatusMasuk.DIJAWAB)
    assert Pesan.objects.get(pk=m.jawaban_id).jenis == "jawaban"


def test_a_stranger_and_a_wrong_number_get_one_and_the_same_sentence(warga, berkas_di):
    p = berkas_di("kajian_teknis")
    for kata in ("CEK", "KURANG", "BAYAR", "UBAH", "TOLAK"):
        asing = jawaban(warga, ASING, f"{kata} {p.nomor}")
        assert asing == jawaban(warga, ASING, f"{kata} 7QK4M-2XD9R")
        assert str(p.nomor) not in asing
    assert not PesanMasuk.objects.exclude(perihal="")


def test_the_agents_phone_is_answered_while_the_power_is_in_force(warga, berkas_di, pemeran):
    p = berkas_di("kajian_teknis")
    kini = p.diajukan_pada
    kuasa = Kuasa.objects.create(
        pemohon=p.pemohon, penerima=pemeran.asing, nama_penerima="Hendra", hp_penerima=ASING, mulai=kini
    )
    Permohonan.objects.filter(pk=p.pk).update(kuasa=kuasa)
    assert str(p.nomor) in jawaban(warga, ASING, f"CEK {p.nomor}")
    assert "belum cocok" in jawaban(warga, ASING, f"TOLAK {p.nomor}"), "only the client may refuse"
    Kuasa.objects.filter(pk=kuasa.pk).update(dicabut_pada=kini)
    assert "belum cocok" in jawaban(warga, ASING, f"CEK {p.nomor}")


def test_kurang_lists_what_is_open(warga, berkas_di, teknisi_bplh):
    p = berkas_di("kajian_teknis")
    uraian = "Gambar rencana: tambahkan letak sumur resapan."
    butir = [{"syarat": "gambar", "kode_alasan": "gambar_kurang", "uraian": uraian}]
    services.minta_perbaikan(p.pk, oleh=teknisi_bplh, butir=butir)
    teks = jawaban(warga, hp(p), f"KURANG {p.nomor}")
    assert f"1. {uraian}" in teks
    assert "paling lambat" in teks
    assert "tidak ada yang kurang" in jawaban(warga, hp(p2 := berkas_di("kajian_teknis")), f"KURANG {p2.nomor}")


def test_a_long_list_is_counted_and_not_cut():
    teks = balasan._daftar("7QK4M-2XD9R perlu 9 hal dari Anda.", [f"{n} " + "x" * 100 for n in range(9)])
    assert segmen(teks) <= 3
    assert "lagi: lihat di portal" in teks


def test_bayar_tells_the_bill_and_where(warga, berkas_di):
    p = berkas_di("menunggu_pembayaran")
    skrd = p.skrd.get()
    teks = jawaban(warga, hp(p), f"BAYAR {p.nomor}")
    assert skrd.nomor in teks
    assert f"{skrd.nilai:,}".replace(",", ".") in teks
    assert "Jangan membayar" in jawaban(warga, hp(q := berkas_di("diajukan", "siup")), f"BAYAR {q.nomor}")


@pytest.mark.parametrize(
    ("tanya", "kata"),
    [
        ("INFO siup", "hari kerja"),
        ("INFO ktp hilang", "bukan di sini"),
        ("INFO zzzzqq", "belum menemukan"),
        ("INFO", "INFO SIUP"),
    ],
)
def test_info_answers_anybody(warga, jam, tanya, kata):
    assert kata in jawaban(warga, ASING, tanya)


@pytest.mark.parametrize("kata", ["LAPOR", "UBAH", "TOLAK"])
def test_what_a_desk_must_settle_is_kept_and_shows_on_the_file(warga, berkas_di, kata):
    p = berkas_di("kajian_teknis")
    m = kirim(warga, hp(p), f"{kata} {p.nomor} tidak bisa hari itu")
    assert m.perlu_petugas
    assert m.perihal == p.nomor
    [baris] = [b for b in percakapan(p.nomor) if b.masuk]
    assert baris.teks.endswith("tidak bisa hari itu")
    assert baris.rincian == "perlu tindakan petugas"


def test_an_officer_settles_what_was_sent_and_an_auditor_only_looks(warga, berkas_di, masuk, budi, auditor):
    p = berkas_di("kajian_teknis")
    kirim(warga, hp(p), f"UBAH {p.nomor} saya di luar kota")
    alamat = f"/petugas/permohonan/{p.nomor}/"
    assert "saya di luar kota" in masuk(budi).get(alamat).content.decode()
    assert masuk(auditor).post(f"{alamat}sms-selesai/").status_code == 403
    assert masuk(budi).post(f"{alamat}sms-selesai/").status_code == 302
    halaman = masuk(budi).get(alamat).content.decode()
    assert "menunggu tindakan" not in halaman
    assert f"ditangani {budi.nama}" in halaman


def test_a_complaint_without_a_file_is_kept_whole(warga, jam):
    m = kirim(warga, ASING, "LAPOR petugas minta uang rokok")
    assert m.perlu_petugas
    assert m.teks == "LAPOR petugas minta uang rokok"
    assert f"L{m.pk}" in m.jawaban.teks


def test_bukan_saya_marks_the_number_on_every_file_and_ends_what_it_is_told(warga, berkas_di, masuk, budi):
    p, q = berkas_di("kajian_teknis"), berkas_di("diajukan", "siup")
    nomor = hp(p)
    assert nomor == hp(q)
    kirim(warga, nomor, "Bukan saya")
    assert kotak.belum_dikukuhkan([nomor]) == {nomor}
    for satu in (p, q):
        halaman = masuk(budi).get(f"/petugas/permohonan/{satu.nomor}/")
        assert "belum dikukuhkan" in halaman.content.decode()
    assert "belum cocok" in jawaban(warga, nomor, f"CEK {p.nomor}")


def test_stop_and_mulai(warga, jam):
    assert "MULAI" in jawaban(warga, ASING, "STOP")
    assert Penerima.objects.get(tujuan=ASING).berhenti_sejak
    assert "STOP" in jawaban(warga, ASING, "MULAI")
    assert Penerima.objects.get(tujuan=ASING).berhenti_sejak is None


def test_anything_else_gets_help(warga, jam):
    assert "CEK nomor" in jawaban(warga, ASING, "selamat pagi pak")


def test_every_fixed_answer_is_gsm_and_fits(warga, jam):
    for teks in ("halo", "INFO", "LAPOR", "STOP", "MULAI", "BUKAN SAYA", "CEK x", "LAPOR y"):
        assert segmen(jawaban(warga, ASING, teks)) <= 2, teks


def test_answers_are_rate_limited_and_what_came_is_kept(warga, jam):
    for _ in range(kotak.JAWABAN_MAKS):
        kirim(warga, ASING, "halo")
    m = kirim(warga, ASING, "LAPOR masih penting")
    assert (m.status, m.jawaban, m.perlu_petugas) == (StatusMasuk.DIBATASI, None, True)
    jam.maju(kotak.JENDELA)
    assert kirim(warga, ASING, "halo").status == StatusMasuk.DIJAWAB


@pytest.mark.parametrize("dari", ["3355", "TELKOMSEL", "+62218841234"])
def test_machines_and_landlines_are_never_answered(warga, jam, dari):
    m = kirim(warga, dari, "Promo halo")
    assert (m.status, m.jawaban) == (StatusMasuk.TANPA_JAWABAN, None)


def test_a_repeated_delivery_is_one_message(warga, jam):
    for _ in range(3):
        kirim(warga, ASING, "halo", id="k-17")
    assert PesanMasuk.objects.count() == Pesan.objects.count() == 1


def test_a_message_that_breaks_us_is_answered_by_the_sweep(warga, jam, monkeypatch):
    monkeypatch.setitem(balasan._PENJAWAB, Kata.LAIN, lambda *_x: 1 / 0)
    m = kirim(warga, ASING, "halo")
    assert m.status == StatusMasuk.BARU
    monkeypatch.undo()
    assert balasan.sapu() == 1
    assert not balasan.tanggapi(m.pk)
    m.refresh_from_db()
    assert m.status == StatusMasuk.DIJAWAB


def test_other_alphabets_arrive_as_they_were_typed(warga, jam):
    teks = quote("LAPOR “pungli” 한".encode("utf-16-be"))
    warga.get(f"{MASUK}?dari={quote(ASING)}&teks={teks}&charset=UTF-16BE")
    assert PesanMasuk.objects.get().teks == "LAPOR “pungli” 한"


def test_post_is_the_same_as_get_and_needs_no_token(jam):
    from django.test import Client

    klien = Client(enforce_csrf_checks=True)
    isi = urlencode({"dari": ASING, "teks": "halo"})
    respons = klien.post(MASUK, isi, content_type="application/x-www-form-urlencoded")
    assert respons.status_code == 200
    assert PesanMasuk.objects.get().jawaban


@pytest.mark.parametrize(
    ("badan", "kode"), [(json.dumps({"dari": ASING, "teks": "halo"}), 200), ("[1]", 400), ("{", 400)]
)
def test_json_is_understood_too(warga, jam, badan, kode):
    assert warga.post(MASUK, badan, content_type="application/json").status_code == kode
    assert PesanMasuk.objects.count() == (kode == 200)


# --- who may call -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("alamat", [MASUK, LAPORAN])
def test_a_wrong_secret_or_a_strange_address_is_403_and_writes_nothing(warga, jam, alamat, django_assert_num_queries):
    palsu = alamat.replace(RAHASIA, "rahasia-lain")
    with django_assert_num_queries(0):
        assert warga.get(f"{palsu}?dari={ASING}&teks=x").status_code == 403
        assert warga.get(f"{alamat}?dari={ASING}&teks=x", REMOTE_ADDR="203.0.113.9").status_code == 403
        assert warga.put(palsu).status_code == 403


def test_without_a_sender_nothing_is_kept(warga, jam):
    assert warga.get(f"{MASUK}?teks=x").status_code == 400
    assert not PesanMasuk.objects.exists()


# --- delivery reports ---------------------------------------------------------------------------------------------


def terkirim(gerbang: str = "berkas") -> Pesan:
    p = tulis()
    Pesan.objects.filter(pk=p.pk).update(status=S.TERKIRIM, gerbang=gerbang, dikirim_pada=p.dibuat_pada)
    return p


@pytest.mark.parametrize(
    ("urutan", "akhir"),
    [("8", S.TERKIRIM), ("81", S.SAMPAI), ("18", S.SAMPAI), ("12", S.SAMPAI), ("21", S.GAGAL), ("4", S.TERKIRIM)],
)
def test_reports_move_forward_only(warga, jam, urutan, akhir):
    p = terkirim()
    for kode in urutan:
        assert warga.get(f"{LAPORAN}?acuan={p.acuan}&status={kode}").status_code == 200
    p.refresh_from_db()
    assert p.status == akhir


def test_another_gateways_message_is_not_this_ones_to_report(warga, jam):
    p = terkirim("kannel")
    warga.get(f"{LAPORAN}?acuan={p.acuan}&status=1")
    p.refresh_from_db()
    assert p.status == S.TERKIRIM


def test_a_report_settles_what_was_uncertain_before_it_is_sent_again(warga, jam):
    p = terkirim()
    Pesan.objects.filter(pk=p.pk).update(status=S.MENUNGGU, tak_pasti=1)
    warga.get(f"{LAPORAN}?acuan={p.acuan}&status=1")
    p.refresh_from_db()
    assert p.status == S.SAMPAI


def test_nonsense_is_answered_and_changes_nothing(warga, jam):
    p = terkirim()
    for tanya in ("", "?acuan=bukan-uuid&status=1", f"?acuan={p.acuan}&status=99", f"?acuan={p.acuan}&status=%d"):
        assert warga.get(f"{LAPORAN}{tanya}").status_code == 200
    p.refresh_from_db()
    assert p.status == S.TERKIRIM


# --- the file's page ----------------------------------------------------------------------------------------------


def test_an_officer_sees_every_message_with_its_result_and_why_one_was_not_sent(berkas_di, masuk, budi, jam):
    p = berkas_di("kajian_teknis")
    dua = list(Pesan.objects.filter(perihal=p.nomor).order_by("pk"))
    assert len(dua) >= 2
    Pesan.objects.filter(pk=dua[0].pk).update(status=S.DITAHAN, galat="Pemegang nomor ini membalas STOP.")
    Pesan.objects.filter(pk=dua[1].pk).update(
        status=S.SAMPAI, dikirim_pada=jam.sekarang(), sampai_pada=jam.sekarang() + timedelta(minutes=1), tak_pasti=1
    )
    teks = masuk(budi).get(f"/petugas/permohonan/{p.nomor}/").content.decode()
    for isi in (dua[0].teks, dua[1].teks, "membalas STOP", "Tidak dikirim: ditahan", "mungkin diterima dua kali"):
        assert isi in teks.replace("&#x27;", "'"), isi
    assert hp(p) not in "".join(b.nomor for b in percakapan(p.nomor))
