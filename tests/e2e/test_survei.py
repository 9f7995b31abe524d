"""The survey in a real browser: on a phone, at the office's own screen, without JavaScript; axe finds nothing."""

from __future__ import annotations

import gzip
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.portal import Portal, jalankan_portal, masuk
from tests.ui.peramban import MEJA, PONSEL, SKEMA, UKURAN, Jendela, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e
BERKAS = [(nama, "siup", "terbit") for nama in ("satu", "dua", "tiga", "empat", "lima", "enam")]


class Dunia:
    """The portal and the codes of its invitations, one for each test that uses one up."""

    def __init__(self, portal: Portal, basis: Path) -> None:
        self.portal = portal
        self.basis = basis

    def kode(self, nama: str) -> str:
        return self.tanya(
            "SELECT kode FROM perizinan_undangansurvei u JOIN perizinan_permohonan p ON p.id = u.permohonan_id"
            " WHERE p.nomor = ?",
            self.portal.nomor[nama],
        )[0]

    def jawaban(self, saluran: str) -> int:
        return self.tanya("SELECT count(*) FROM ikm_jawaban WHERE saluran = ?", saluran)[0]

    def tanya(self, sql: str, *nilai: str) -> Any:
        sambungan = sqlite3.connect(self.basis, timeout=20)
        try:
            return sambungan.execute(sql, nilai).fetchone()
        finally:
            sambungan.close()


@pytest.fixture(scope="module")
def dunia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dunia]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    folder = tmp_path_factory.mktemp("portal")
    with jalankan_portal(folder, BERKAS) as portal:
        yield Dunia(portal, folder / "bppt.sqlite3")


@pytest.fixture(scope="module")
def peramban(dunia: Dunia) -> Iterator[Peramban]:
    with jalankan(dunia.portal.asal) as satu:
        yield satu


def keluhan(j: Jendela, nama: str) -> list[str]:
    semua = []
    for lebar, tinggi in UKURAN:
        j.halaman.set_viewport_size({"width": lebar, "height": tinggi})
        for skema in SKEMA:
            j.halaman.emulate_media(color_scheme=skema)
            semua += [f"{lebar} {skema}: {k}" for k in j.keluhan()]
            if folder := os.environ.get("POTRET"):
                j.potret(Path(folder) / f"{nama}-{lebar}-{skema}.png")
    return semua


def pilih_semua(j: Jendela, nilai: str = "3") -> None:
    for grup in j.halaman.locator(".survei-tanya fieldset").all():
        grup.locator(f"input[value='{nilai}']").check()


@pytest.mark.parametrize("js", [True, False])
def test_di_hp_dari_tautan_sms(dunia: Dunia, peramban: Peramban, js: bool) -> None:
    sebelum = dunia.jawaban("tautan")
    with peramban.jendela(PONSEL, js=js) as j:
        halaman = j.buka(f"/s/{dunia.kode('satu' if js else 'dua')}")
        assert halaman.locator(".survei-tanya fieldset").count() == 9
        halaman.click("text=Kirim jawaban")
        assert "belum dijawab" in halaman.inner_text(".ringkasan-galat")
        pilih_semua(j)
        halaman.click("summary")
        halaman.fill("[name=teks]", "Petugasnya ramah.")
        halaman.select_option("[name=umur]", "30-39")
        halaman.click("text=Kirim jawaban")
        assert "Terima kasih" in halaman.inner_text("h1")
        if js:
            assert j.keluhan() == []
    assert dunia.jawaban("tautan") == sebelum + 1


@pytest.mark.parametrize("js", [True, False])
def test_di_layar_kantor(dunia: Dunia, peramban: Peramban, js: bool) -> None:
    """With JavaScript by touch alone; without it by the keyboard. It starts over for the next person."""
    kode = dunia.kode("tiga" if js else "empat")
    with peramban.jendela(MEJA, js=js) as j:
        halaman = j.buka("/kios/survei/")
        assert halaman.locator("header a, nav a, footer a").count() == 0
        if js:
            for huruf in kode.replace("-", ""):
                halaman.click(f".papan button:text-is('{huruf}')")
            assert halaman.input_value("[name=kode]") == kode
        else:
            halaman.fill("[name=kode]", kode)
        halaman.click("text=Mulai survei")
        pilih_semua(j, "4")
        halaman.click("text=Kirim jawaban")
        assert "Terima kasih" in halaman.inner_text("h1")
        halaman.click("text=Selesai")
        halaman.wait_for_url("**/kios/survei/")
    assert dunia.jawaban("kios") >= 1


def test_tidak_ada_keluhan_di_setiap_halaman_survei(dunia: Dunia, peramban: Peramban) -> None:
    kode = dunia.kode("lima")
    semua = {}
    for alamat in ("/survei/", f"/survei/{kode}/", "/kios/survei/", f"/kios/survei/{kode}/", "/survei/selesai/"):
        with peramban.jendela(PONSEL) as j:
            j.buka(alamat)
            semua[alamat] = keluhan(j, alamat.strip("/").replace("/", "-"))
    with peramban.jendela(MEJA) as j:
        masuk(j, "budi")
        j.buka(f"/petugas/survei/{dunia.portal.nomor['lima']}/")
        semua["loket"] = keluhan(j, "loket")
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        for alamat in ("/petugas/ikm/kertas/", "/petugas/ikm/kertas/entri/"):
            j.buka(alamat)
            semua[alamat] = keluhan(j, alamat.strip("/").replace("/", "-"))
    assert {k: v for k, v in semua.items() if v} == {}


def test_halaman_isi_ringan(dunia: Dunia, peramban: Peramban) -> None:
    """Under 100 kB, everything included, compressed as it is sent (interface.md)."""
    with peramban.jendela(PONSEL) as j:
        ukuran: list[int] = []
        j.halaman.on("response", lambda r: ukuran.append(len(gzip.compress(r.body()))))
        j.buka(f"/survei/{dunia.kode('enam')}/")
        assert 0 < sum(ukuran) < 100_000
