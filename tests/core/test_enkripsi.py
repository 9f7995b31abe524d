"""R15 and B40: personal numbers stand sealed in the database, are found by index, and survive a change of keys."""

import base64
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connections, models
from django.test.utils import isolate_apps

from core.enkripsi import (
    EncryptedJSONField,
    EncryptedTextField,
    GagalDekripsi,
    bidang_terenkripsi,
    dekripsi,
    enkripsi,
    indeks_buta,
    nama_kunci,
    putar_kunci,
    samarkan,
)

NIK = "3275011708450001"
ALIAS = "ruang_uji"


def kunci(nama: str, isi: int) -> str:
    return f"{nama}:{base64.b64encode(bytes([isi]) * 32).decode()}"


LAMA, BARU = kunci("k1", 1), kunci("k2", 2)


@pytest.fixture(autouse=True)
def satu_kunci(settings: Any) -> None:
    settings.KUNCI_ENKRIPSI = [LAMA]
    settings.KUNCI_INDEKS = base64.b64encode(b"i" * 32).decode()


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    sandi = enkripsi(NIK, "nik")
    assert NIK.encode() not in sandi
    assert dekripsi(sandi, "nik") == NIK


def test_the_same_number_never_looks_the_same_twice() -> None:
    assert enkripsi(NIK, "nik") != enkripsi(NIK, "nik")


def test_bytes_of_one_column_do_not_open_in_another() -> None:
    with pytest.raises(GagalDekripsi, match="npwp"):
        dekripsi(enkripsi(NIK, "nik"), "npwp")


def test_a_wrong_key_fails_loudly(settings: Any) -> None:
    sandi = enkripsi(NIK, "nik")
    settings.KUNCI_ENKRIPSI = [kunci("k1", 9)]
    with pytest.raises(GagalDekripsi, match="tidak terbuka"):
        dekripsi(sandi, "nik")


def test_a_missing_key_is_named(settings: Any) -> None:
    sandi = enkripsi(NIK, "nik")
    settings.KUNCI_ENKRIPSI = [BARU]
    with pytest.raises(GagalDekripsi, match="'k1'"):
        dekripsi(sandi, "nik")


@pytest.mark.parametrize("letak", [0, 1, 5, 20, -1])
def test_any_damaged_byte_fails_loudly(letak: int) -> None:
    rusak = bytearray(enkripsi(NIK, "nik"))
    rusak[letak] ^= 1
    with pytest.raises(GagalDekripsi):
        dekripsi(bytes(rusak), "nik")


@pytest.mark.parametrize("sandi", [b"", b"\x02", b"\x02k1", b"\x02k1" + b"x" * 11])
def test_truncated_bytes_fail_loudly(sandi: bytes) -> None:
    with pytest.raises(GagalDekripsi):
        dekripsi(sandi, "nik")


def test_the_newest_key_seals_and_the_older_still_opens(settings: Any) -> None:
    lama = enkripsi(NIK, "nik")
    settings.KUNCI_ENKRIPSI = [BARU, LAMA]
    assert dekripsi(lama, "nik") == NIK
    assert nama_kunci(enkripsi(NIK, "nik")) == "k2"


@pytest.mark.parametrize(
    "baris",
    [[], ["k1:###"], ["k1:" + base64.b64encode(b"pendek").decode()], [LAMA, LAMA], [LAMA[2:]]],
    ids=["kosong", "bukan base64", "pendek", "nama ganda", "tanpa nama"],
)
def test_a_key_setting_that_does_not_fit_is_refused(settings: Any, baris: list[str]) -> None:
    settings.KUNCI_ENKRIPSI = baris
    with pytest.raises(ImproperlyConfigured):
        enkripsi(NIK, "nik")


def test_the_index_finds_equal_numbers_and_depends_on_its_own_key(settings: Any) -> None:
    indeks = indeks_buta(NIK)
    assert indeks == indeks_buta(NIK)
    assert len(indeks) == 64
    assert indeks != indeks_buta(NIK[:-1] + "2")
    settings.KUNCI_ENKRIPSI = [BARU]
    assert indeks == indeks_buta(NIK)
    settings.KUNCI_INDEKS = base64.b64encode(b"j" * 32).decode()
    assert indeks != indeks_buta(NIK)


def test_a_nik_and_the_same_digits_as_npwp_cannot_be_joined() -> None:
    assert indeks_buta(NIK, "nik") != indeks_buta(NIK, "npwp")


@pytest.mark.parametrize("nilai", ["", "###", base64.b64encode(b"pendek").decode()])
def test_a_weak_index_key_is_refused(settings: Any, nilai: str) -> None:
    settings.KUNCI_INDEKS = nilai
    with pytest.raises(ImproperlyConfigured):
        indeks_buta(NIK)


@pytest.mark.parametrize(
    ("teks", "samar"), [(NIK, "•" * 12 + "0001"), ("1234567", "•" * 7), ("", ""), ("12345678", "••••5678")]
)
def test_masking_leaves_the_last_four_or_nothing(teks: str, samar: str) -> None:
    assert samarkan(teks) == samar


@pytest.fixture
def warga(django_db_blocker: Any) -> Iterator[type[models.Model]]:
    """A model with sealed columns in a database of its own, in memory."""
    with isolate_apps("core"), django_db_blocker.unblock():

        class Warga(models.Model):
            nik = EncryptedTextField()
            npwp = EncryptedTextField(blank=True, null=True)
            isian = EncryptedJSONField(default=dict)

            class Meta:
                app_label = "core"

        connections.databases[ALIAS] = {**connections.databases["default"], "ENGINE": "django.db.backends.sqlite3"}
        connections.databases[ALIAS] |= {"NAME": ":memory:", "OPTIONS": {}, "TEST": {"NAME": None, "MIRROR": None}}
        try:
            with connections[ALIAS].schema_editor() as penyunting:
                penyunting.create_model(Warga)
            yield Warga
        finally:
            connections[ALIAS].close()
            del connections[ALIAS]
            del connections.databases[ALIAS]


def simpan(model: type[models.Model], **nilai: Any) -> Any:
    return model._base_manager.using(ALIAS).create(**nilai)


def mentah(model: type[models.Model], kolom: str) -> list[bytes]:
    with connections[ALIAS].cursor() as kursor:
        kursor.execute(f"SELECT {kolom} FROM {model._meta.db_table} ORDER BY id")
        return [bytes(baris[0]) for baris in kursor.fetchall()]


def test_a_row_holds_ciphertext_and_gives_back_values(warga: Any) -> None:
    simpan(warga, nik=NIK, isian={"nik_direktur": NIK, "modal": 450_000_000, "nama": "Sari Çelik"})
    baru = warga._base_manager.using(ALIAS).get()
    assert baru.nik == NIK
    assert baru.npwp is None
    assert baru.isian == {"nik_direktur": NIK, "modal": 450_000_000, "nama": "Sari Çelik"}
    assert NIK.encode() not in mentah(warga, "nik")[0] + mentah(warga, "isian")[0]


def test_a_sealed_column_cannot_be_searched(warga: Any) -> None:
    with pytest.raises(FieldError, match="indeks_buta"):
        warga._base_manager.using(ALIAS).filter(nik=NIK)
    assert warga._base_manager.using(ALIAS).filter(npwp__isnull=True).count() == 0


def test_an_update_seals_too(warga: Any) -> None:
    baris = simpan(warga, nik=NIK)
    warga._base_manager.using(ALIAS).filter(pk=baris.pk).update(nik="3275011708450002")
    baris.refresh_from_db(using=ALIAS)
    assert baris.nik == "3275011708450002"


def test_a_dump_stays_sealed_and_loads_again(warga: Any) -> None:
    baris = simpan(warga, nik=NIK, isian={"nik": NIK})
    salinan = serializers.serialize("json", [baris])
    assert NIK not in salinan
    bidang = warga._meta.get_field("nik")
    assert bidang.to_python(bidang.value_to_string(baris)) == NIK
    assert bidang.to_python(NIK) == NIK


def test_a_form_edits_the_text_and_asks_for_it() -> None:
    bidang = EncryptedTextField()
    bidang.set_attributes_from_name("nik")
    isian = bidang.formfield()
    assert isinstance(isian, forms.CharField)
    with pytest.raises(forms.ValidationError):
        isian.clean("")
    with pytest.raises(forms.ValidationError):
        bidang.clean("", None)


def test_migrations_rebuild_the_same_field() -> None:
    for bidang in (EncryptedTextField(konteks="nik_lama"), EncryptedTextField(null=True), EncryptedJSONField()):
        bidang.set_attributes_from_name("nik")
        _, jalur, args, kwargs = bidang.deconstruct()
        kembar = type(bidang)(*args, **kwargs)
        kembar.set_attributes_from_name("nik")
        assert jalur.startswith("core.enkripsi.")
        assert (kembar.konteks, kembar.null, kembar.editable) == (bidang.konteks, bidang.null, bidang.editable)


def test_rotation_moves_every_row_to_the_newest_key_and_then_the_old_key_can_go(warga: Any, settings: Any) -> None:
    for n in range(30):
        simpan(warga, nik=f"{n:016d}", isian={"urut": n})
    settings.KUNCI_ENKRIPSI = [BARU, LAMA]
    simpan(warga, nik="9" * 16)
    jumlah = {b.name: putar_kunci(warga, b, ALIAS) for b in bidang_terenkripsi(warga)}
    assert jumlah == {"nik": 30, "npwp": 0, "isian": 30}
    assert {nama_kunci(s) for kolom in ("nik", "isian") for s in mentah(warga, kolom)} == {"k2"}
    assert putar_kunci(warga, warga._meta.get_field("nik"), ALIAS) == 0
    settings.KUNCI_ENKRIPSI = [BARU]
    assert [w.nik for w in warga._base_manager.using(ALIAS).order_by("id")][:2] == [f"{0:016d}", f"{1:016d}"]


@pytest.mark.django_db
def test_the_command_names_every_sealed_column_of_the_portal() -> None:
    keluaran = io.StringIO()
    call_command("putar_kunci", "--json", stdout=keluaran)
    hasil = json.loads(keluaran.getvalue())
    assert hasil["kunci"] == "k1"
    assert {"accounts.DataPihak.nomor_identitas", "accounts.DataPihak.npwp"} <= set(hasil["baris"])
    assert set(hasil["baris"].values()) == {0}


def test_rotation_never_overwrites_what_was_written_meanwhile(
    warga: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    baris = simpan(warga, nik=NIK)
    settings.KUNCI_ENKRIPSI = [BARU, LAMA]
    asli = dekripsi

    def sela(sandi: bytes, konteks: str) -> str:
        warga._base_manager.using(ALIAS).filter(pk=baris.pk).update(nik="1" * 16)
        return asli(sandi, konteks)

    monkeypatch.setattr("core.enkripsi.dekripsi", sela)
    assert putar_kunci(warga, warga._meta.get_field("nik"), ALIAS) == 0
    monkeypatch.undo()
    baris.refresh_from_db(using=ALIAS)
    assert baris.nik == "1" * 16
