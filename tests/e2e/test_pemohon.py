"""The applicant's way in a real browser: from an account to a sent application, with and without JavaScript, on a
phone and at a desk, in both languages, without a complaint on any page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bpptportal.contoh.berkas import foto_contoh
from bpptportal.contoh.pemeran import SANDI
from tests.e2e.portal import _kelola, jalankan_portal
from tests.ui.peramban import MEJA, PONSEL, Jendela, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e
#: Both widths and both schemes; the look of the components is tested in every pairing by tests/ui.
LAYAR = [(PONSEL, "light"), (MEJA, "dark")]

#: Files of sari in the states that her pages tell apart: (name, service, state).
BERKAS = [
    ("draf", "siup", "draf"),
    ("diajukan", "siup", "diajukan"),
    ("dinilai", "imb", "kajian_teknis"),
    ("bayar", "imb", "menunggu_pembayaran"),
    ("terbit", "siup", "terbit"),
    ("selesai", "siup", "diserahkan"),
]
ISI = """
import datetime as dt, json
from bpptportal.contoh import alur, pemeran as pm
from core import waktu
from perizinan import services
mulai = (waktu.sekarang() - dt.timedelta(days=2)).replace(hour=2, minute=0)
nomor = {}
with waktu.beku(mulai):
    orang = pm.buat_pemeran()
    for ke, (nama, kode, status) in enumerate(json.loads(BERKAS)):
        with waktu.beku(mulai + dt.timedelta(hours=ke % 3)):
            nomor[nama] = alur.jalankan(alur.mulai(orang, kode), orang, status).acuan
    with waktu.beku(mulai):
        p = alur.jalankan(alur.mulai(orang, "siup"), orang, "verifikasi")
        services.minta_perbaikan(p.pk, oleh=orang.rina, butir=[
            {"uraian": "NIK di foto KTP tidak terbaca.", "syarat": "ktp", "kode_alasan": "tidak_terbaca"},
            {"uraian": "Kekayaan bersih berbeda dengan neraca.", "isian": "kekayaan_bersih", "kode_alasan": "beda"},
            {"uraian": "Sejak kapan usaha berjalan?", "kode_alasan": "tanya"}])
        nomor["perbaikan"] = p.nomor
print("NOMOR" + json.dumps(nomor))
"""
PUBLIK = [
    "/",
    "/layanan/",
    "/layanan/?q=buka+toko+obat",
    "/layanan/?q=bikin+ktp",
    "/layanan/?q=zzzz",
    "/layanan/toko_obat/",
    "/layanan/galian_c/",
    "/lacak/",
    "/masuk/",
    "/daftar/",
    "/terbit/",
]
SAYA = [
    "/",
    "/permohonan/",
    "/permohonan/baru/siup/",
    "/permohonan/baru/siup/baru/badan/",
    "draf:pemohon/",
    "draf:isian/",
    "draf:berkas/",
    "draf:tinjau/",
    "diajukan:",
    "diajukan:terkirim/",
    "diajukan:batalkan/",
    "dinilai:",
    "dinilai:hitungan/",
    "bayar:",
    "terbit:",
    "selesai:",
    "perbaikan:",
    "perbaikan:perbaikan/",
]


@dataclass(frozen=True)
class Situs:
    """The running portal with sari's files."""

    asal: str
    nomor: dict[str, str]

    def alamat(self, tulisan: str) -> str:
        nama, _pisah, sisa = tulisan.partition(":")
        return tulisan if tulisan.startswith("/") else f"/permohonan/{self.nomor[nama]}/{sisa}"


@pytest.fixture(scope="module")
def situs(tmp_path_factory) -> Iterator[Situs]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    folder = tmp_path_factory.mktemp("portal")
    with jalankan_portal(folder, []) as portal:
        kode = f"BERKAS = {json.dumps(json.dumps(BERKAS))}\n{ISI}"
        nomor = json.loads(_kelola(folder, "shell", "-v0", "-c", kode).rpartition("NOMOR")[2])
        yield Situs(portal.asal, nomor)


@pytest.fixture(scope="module")
def peramban(situs) -> Iterator[Peramban]:
    with jalankan(situs.asal) as satu:
        yield satu


@pytest.fixture
def foto(tmp_path) -> list[str]:
    """Two photos as a phone makes them: one of them large."""
    import io

    from PIL import Image

    daftar = []
    for nama, isi in (("kecil.jpg", foto_contoh("KTP")), ("besar.jpg", _foto_besar(Image, io))):
        (tmp_path / nama).write_bytes(isi)
        daftar.append(str(tmp_path / nama))
    return daftar


def _foto_besar(image, io) -> bytes:
    keluaran = io.BytesIO()
    image.effect_noise((3000, 2200), 60).convert("RGB").save(keluaran, "JPEG", quality=90)
    return keluaran.getvalue()


def _masuk(jendela: Jendela, nama: str = "081210000101") -> None:
    halaman = jendela.buka("/masuk/")
    halaman.fill("[name=username]", nama)
    halaman.fill("[name=password]", SANDI)
    halaman.click("main button[type=submit]")
    halaman.wait_for_load_state("networkidle")


def _potret(jendela: Jendela, folder: Path, nama: str) -> None:
    jendela.potret(folder / (re.sub(r"\W+", "_", nama).strip("_") + ".png"))


@pytest.mark.parametrize(("ukuran", "skema"), LAYAR)
def test_no_public_page_has_a_complaint(situs, peramban, ukuran, skema):
    keluhan = {}
    with peramban.jendela(ukuran, skema) as j:
        for alamat in PUBLIK:
            j.buka(alamat)
            if ini := j.keluhan():
                keluhan[alamat] = ini
    assert keluhan == {}


@pytest.mark.parametrize(("ukuran", "skema"), LAYAR)
def test_no_page_of_an_applicant_has_a_complaint(situs, peramban, ukuran, skema, tmp_path):
    keluhan = {}
    with peramban.jendela(ukuran, skema) as j:
        _masuk(j)
        for tulisan in SAYA:
            halaman = j.buka(situs.alamat(tulisan))
            _potret(j, tmp_path, tulisan)
            halaman.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            if ini := j.keluhan():
                keluhan[tulisan] = ini
    assert keluhan == {}


@pytest.mark.parametrize("js", [True, False], ids=["js", "tanpa-js"])
def test_a_stranger_files_an_application_on_a_phone(situs, peramban, foto, js):
    with peramban.jendela(PONSEL, js=js) as j:
        halaman = j.buka("/")
        halaman.fill("main [name=q]", "buka toko obat")
        halaman.click("main form[role=search] button")
        halaman.click("main a.kartu >> nth=0")
        halaman.click("text=Ajukan permohonan")
        halaman.click("text=Buat akun")
        halaman.fill("[name=nama]", "Wati Lestari")
        halaman.fill("[name=kontak]", f"wati-{'js' if js else 'polos'}@contoh.invalid")
        halaman.fill("[name=sandi]", "kucing-lompat-pagar")
        halaman.click("main button[type=submit]")
        halaman.click("main button[type=submit]")  # new, myself: both are chosen already
        isian = {
            "nomor_identitas": "3275014101800001" if js else "3275014101800002",
            "alamat": "Jl. Mawar Contoh No. 9",
            "hp": "081210000555" if js else "081210000556",
        }
        for nama, nilai in isian.items():
            halaman.fill(f"[name={nama}]", nilai)
        halaman.click("text=Simpan dan lanjut")
        for nama in ("nama_usaha", "nama_ttk", "jam_buka", "lokasi"):
            halaman.fill(f"[name={nama}]", "Contoh untuk uji")
        halaman.click("text=Simpan dan lanjut")
        while halaman.locator("details[open] h2").count() and "Belum ada" in halaman.inner_text("details[open]"):
            kartu = halaman.locator("details[open]").first
            if kartu.locator("[value=nyatakan]").count():
                kartu.locator("[value=nyatakan]").click()
            else:
                kartu.locator("input[type=file]").set_input_files(foto)
                if js:
                    expect(kartu.locator("[role=status]")).to_contain_text("→")
                kartu.locator("[value=kirim]").click()
            halaman.wait_for_load_state("networkidle")
        assert "9 dari 9 siap" in halaman.inner_text("main")
        halaman.click("main .tindakan a.tombol >> text=Lanjut >> nth=0")
        halaman.click("text=Kirim permohonan")
        halaman.wait_for_load_state("networkidle")
        assert "Permohonan terkirim" in halaman.inner_text("h1")
        nomor = halaman.inner_text(".terkirim-nomor")
        halaman = j.buka("/lacak/")
        halaman.fill("[name=nomor]", nomor.lower())
        halaman.fill("[name=hp4]", "0555" if js else "0556")
        halaman.click("main button[type=submit]")
        assert "Diperiksa kelengkapannya" in halaman.inner_text("main")


def test_a_large_photo_is_shrunk_on_the_phone_and_says_so(situs, peramban, foto):
    with peramban.jendela(PONSEL) as j:
        _masuk(j)
        halaman = j.buka(situs.alamat("perbaikan:perbaikan/"))
        halaman.set_input_files("#butir-1 input[type=file]", foto[1])
        expect(halaman.locator("#butir-1 [role=status]")).to_contain_text("→")
        assert j.keluhan() == []


def test_each_answer_is_saved_as_it_is_given(situs, peramban):
    with peramban.jendela(PONSEL) as j:
        _masuk(j)
        halaman = j.buka(situs.alamat("draf:isian/"))
        halaman.fill("[name=nama_usaha]", "Toko Tersimpan Sendiri")
        halaman.press("[name=nama_usaha]", "Tab")
        expect(halaman.locator("[data-simpan]")).to_contain_text("Tersimpan")
        halaman = j.buka(situs.alamat("draf:isian/"))
        assert halaman.input_value("[name=nama_usaha]") == "Toko Tersimpan Sendiri"


def test_the_whole_form_is_filled_by_keyboard_alone(situs, peramban):
    with peramban.jendela(MEJA) as j:
        _masuk(j)
        halaman = j.buka(situs.alamat("draf:isian/"))
        halaman.focus("[name=nama_usaha]")
        halaman.keyboard.press("Control+A")
        halaman.keyboard.type("Toko Papan Ketik")
        for _ in range(40):
            halaman.keyboard.press("Tab")
            if halaman.evaluate("document.activeElement.textContent.trim()") == "Simpan dan lanjut":
                break
        halaman.keyboard.press("Enter")
        halaman.wait_for_url("**/berkas/")
        halaman = j.buka(situs.alamat("draf:tinjau/"))
        assert "Toko Papan Ketik" in halaman.inner_text("main")


def test_the_first_download_gives_the_signed_permit(situs, peramban):
    with peramban.jendela(PONSEL) as j:
        _masuk(j)
        halaman = j.buka(situs.alamat("terbit:"))
        with halaman.expect_download() as unduhan:
            halaman.get_by_role("button", name="Unduh izin").click()
        isi = Path(unduhan.value.path()).read_bytes()
        assert isi.startswith(b"%PDF-")
        assert b"/ByteRange" in isi
        assert "Selesai" in j.buka(situs.alamat("terbit:")).inner_text("main")


def test_in_english_the_pages_speak_english_without_complaint(situs, peramban):
    keluhan = {}
    with peramban.jendela(PONSEL) as j:
        _masuk(j)
        j.buka("/").click("button[name=language][value=en]")
        for tulisan, kata in (
            ("/", "Which permit do you need?"),
            ("/permohonan/", "My applications"),
            ("draf:isian/", "Application form"),
            ("dinilai:", "With the technical agency"),
            ("dinilai:hitungan/", "Working day"),
        ):
            isi = j.buka(situs.alamat(tulisan)).inner_text("body")
            assert kata in isi, tulisan
            if ini := j.keluhan():
                keluhan[tulisan] = ini
    assert keluhan == {}
