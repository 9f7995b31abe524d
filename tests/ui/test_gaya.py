"""The style pages and error pages: correct HTML, and in a real browser no complaint at any width or scheme."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from bpptportal.gaya import HALAMAN
from tests.klien import KlienTeliti
from tests.ui.peramban import MEJA, PONSEL, SKEMA, UKURAN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]
ALAMAT = [
    *[f"/gaya/{nama}/" for nama in HALAMAN],
    "/gaya/formulir/?galat",
    "/gaya/petugas/?kosong",
    "/gaya/petugas/?tahap=1&halaman=2",
    *[f"/uji-galat/{kode}/" for kode in ("400", "403", "403_csrf", "404", "500", "galat")],
]
POTRET = Path(os.environ.get("POTRET", settings.VAR_DIR / "potret"))
TEMPLAT = Path(settings.BASE_DIR) / "templates"


@pytest.fixture(autouse=True)
def _mode_uji(settings):
    settings.UJI = True


@pytest.mark.parametrize("alamat", ALAMAT)
def test_the_page_keeps_every_rule_of_html(alamat):
    assert KlienTeliti().get(alamat).status_code == 200


def test_the_style_pages_do_not_exist_in_production(settings, client):
    settings.UJI = settings.DEBUG = False
    assert client.get("/gaya/komponen/").status_code == 404


def test_an_unknown_style_page_is_not_found(client):
    assert client.get("/gaya/lain/").status_code == 404


def test_the_500_page_needs_no_request_and_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "bukan karena Anda" in get_template("500.html").render()


def test_the_list_says_how_many_and_how_it_is_sorted(client):
    isi = client.get("/gaya/petugas/").content.decode()
    assert "23 berkas" in isi
    assert "paling mepet di atas" in isi


def test_an_empty_list_says_why(client):
    isi = client.get("/gaya/petugas/?kosong").content.decode()
    assert "Tidak ada berkas menunggu Anda" in isi
    assert "<table" not in isi


def test_pages_keep_the_filters_of_the_address(client):
    isi = client.get("/gaya/petugas/?tahap=1").content.decode()
    assert 'href="?tahap=1&amp;halaman=2"' in isi


def test_the_error_summary_leads_to_the_first_input_of_each_field(client):
    isi = client.get("/gaya/formulir/?galat").content.decode()
    tujuan = re.findall(r'<li><a href="#(id_[a-z_0-9]+)">', isi)
    assert tujuan
    for satu in tujuan:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{satu}"', isi), satu


def test_no_template_uses_a_colour_of_bootstrap():
    """Bootstrap's colour utilities do not follow the scheme of the reader; ours do."""
    pola = re.compile(
        r"\b(bg|text-bg|link|border)-(primary|secondary|success|danger|warning|info|light|dark|white)\b"
    )
    for berkas in TEMPLAT.rglob("*.html"):
        assert not pola.search(berkas.read_text(encoding="utf-8")), berkas


def test_every_component_says_what_it_is_for():
    for berkas in (TEMPLAT / "komponen").glob("*.html"):
        assert berkas.read_text(encoding="utf-8").startswith("{% comment %}"), berkas


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ukuran", UKURAN, ids=["360", "1280"])
@pytest.mark.parametrize("skema", SKEMA)
def test_the_browser_has_no_complaint(peramban, ukuran, skema):
    keluhan = {}
    for alamat in ALAMAT:
        with peramban.jendela(ukuran, skema) as jendela:
            jendela.buka(alamat)
            nama = re.sub(r"\W+", "_", alamat).strip("_")
            jendela.potret(POTRET / f"{nama}-{ukuran[0]}-{skema}.png")
            if ini := jendela.keluhan():
                keluhan[alamat] = ini
    assert keluhan == {}


@pytest.mark.e2e
@pytest.mark.control
@pytest.mark.django_db(transaction=True)
def test_the_browser_sees_planted_faults(peramban):
    with peramban.jendela(PONSEL) as jendela:
        halaman = jendela.buka("/gaya/komponen/")
        halaman.evaluate(
            """() => {
              const lebar = document.createElement("p"); lebar.className = "text-nowrap";
              lebar.textContent = "x".repeat(900); document.querySelector("main").append(lebar);
              document.querySelector("main").append(document.createElement("img"));
              document.querySelector("main").setAttribute("onclick", "1");
              const gaya = document.createElement("style"); gaya.textContent = "h1 { color: red }";
              document.head.append(gaya); console.error("rusak");
            }"""
        )
        keluhan = "\n".join(jendela.keluhan())
    for tanda in ("rusak", "CSP", "image-alt", "lebih lebar"):
        assert tanda in keluhan, keluhan


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_reaches_the_content_first_and_the_summary_takes_the_focus(peramban):
    with peramban.jendela(MEJA) as jendela:
        halaman = jendela.buka("/gaya/petugas/")
        halaman.keyboard.press("Tab")
        assert halaman.evaluate("document.activeElement.className") == "lewati"
        halaman.keyboard.press("Enter")
        assert halaman.evaluate("document.activeElement.id") == "isi"
        halaman = jendela.buka("/gaya/formulir/?galat")
        assert "ringkasan-galat" in halaman.evaluate("document.activeElement.className")
        halaman.click(".ringkasan-galat a >> nth=0")
        assert halaman.evaluate("document.activeElement.id") == "id_nik"


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_j_and_k_move_between_rows_only_inside_the_list(peramban):
    with peramban.jendela(MEJA) as jendela:
        halaman = jendela.buka("/gaya/petugas/")
        halaman.keyboard.press("j")
        assert halaman.evaluate("document.activeElement.tagName") == "BODY"
        halaman.focus("table.daftar tbody tr:nth-child(1) a.utama")
        halaman.keyboard.press("j")
        assert halaman.evaluate("document.activeElement.search") == "?nomor=K7Q2M-9001"
        halaman.keyboard.press("k")
        assert halaman.evaluate("document.activeElement.search") == "?nomor=K7Q2M-9000"


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_a_second_click_does_not_send_twice_and_the_button_works_again_afterwards(peramban):
    with peramban.jendela(PONSEL) as jendela:
        halaman = jendela.buka("/gaya/formulir/")
        halaman.evaluate(
            """() => { window.kirim = 0; window.form = document.querySelector("main form");
              form.addEventListener("submit", e => { if (!e.defaultPrevented) window.kirim += 1; });
              document.addEventListener("submit", e => e.preventDefault()); }"""
        )
        halaman.evaluate("form.requestSubmit(form.querySelector('button')); form.requestSubmit()")
        assert halaman.evaluate("form.querySelector('button').getAttribute('aria-disabled')") == "true"
        assert halaman.evaluate("form.querySelector('button').disabled") is False
        halaman.evaluate("window.dispatchEvent(new Event('pageshow'))")
        assert halaman.evaluate("form.querySelector('button').getAttribute('aria-disabled')") is None


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_without_javascript_everything_needed_is_there(peramban):
    with peramban.jendela(PONSEL, js=False) as jendela:
        halaman = jendela.buka("/gaya/formulir/")
        assert halaman.locator("input[type=file]").count() >= 1
        assert halaman.locator("main form button").first.is_visible()
        assert halaman.locator("[data-salin]:visible, [data-cetak]:visible").count() == 0


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_a_file_over_the_limit_is_told_before_anything_is_sent(peramban, tmp_path):
    besar = tmp_path / "ktp.jpg"
    besar.write_bytes(b"x" * (11 * 1024 * 1024))
    with peramban.jendela(PONSEL) as jendela:
        halaman = jendela.buka("/gaya/formulir/")
        halaman.set_input_files("#id_ktp", str(besar))
        assert halaman.inner_text("#id_ktp_ukuran") == (
            "ktp.jpg (11 MB). Batasnya 10 MB. Ambil ulang foto, atau pilih ukuran lebih kecil."
        )
