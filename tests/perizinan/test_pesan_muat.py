"""Every SMS fits one message for every service of the catalogue (interface.md; sms texts and names are data)."""

from __future__ import annotations

import csv

from notifications.muat import ACUAN as ACUAN_PESAN
from notifications.muat import contoh_terpanjang
from notifications.teks import bukan_gsm7, isi_templat, periksa_templat, septet
from perizinan.acuan.baca import Acuan


def test_every_text_fits_one_sms_for_every_service_with_the_longest_values():
    terpanjang = contoh_terpanjang()
    templat, semua = _templat(), Acuan().layanan()
    assert (len(templat), len(semua)) == (35, 50)
    for kode, teks in templat.items():
        assert not bukan_gsm7(teks), kode
        for layanan in semua:
            contoh = terpanjang | {"izin": layanan.jenis["nama_sms"]}
            assert periksa_templat(teks, contoh) == [], (kode, layanan.kode)


def test_the_longest_values_are_as_long_as_the_office_allows():
    terpanjang = contoh_terpanjang()
    batas = {"kantor": 14, "izin": 24, "nomor": 11, "tempat": 22, "no_sk": 26, "kuasa": 30, "nilai": 11, "situs": 26}
    assert {k: len(terpanjang[k]) for k in batas} == batas
    terpakai = {k for teks in _templat().values() for k in terpanjang if f"{{{k}}}" in teks}
    assert terpakai == set(terpanjang)


def test_the_longest_sms_uses_up_to_the_last_letters_of_one_message():
    contoh = contoh_terpanjang()
    panjang = max(septet(isi_templat(teks, contoh)) for teks in _templat().values())
    assert 155 <= panjang <= 160  # a check that could not fail would show a much smaller number


def _templat() -> dict[str, str]:
    with (ACUAN_PESAN / "templat.csv").open(encoding="utf-8", newline="") as isi:
        return {b["kode"]: b["teks"] for b in csv.DictReader(isi)}
