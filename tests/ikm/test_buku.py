"""The book: its numbers are the API's and the dashboard's, a draft says so, what is withheld stays withheld."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from core import waktu
from core.bilangan import tulis
from ikm import buku
from ikm.buku.isi import indeks
from ikm.buku.pdf import konteks
from ikm.models import Edisi, Komentar, Periode
from ikm.services import penutupan, tindak_lanjut
from tests.conftest import WIB
from tests.ikm.alat import isi_acak, jawaban, periode

pytestmark = pytest.mark.django_db
JULI = dt.datetime(2026, 7, 6, 9, 0, tzinfo=WIB)


@pytest.fixture
def berisi(pemeran: Any) -> Periode:
    p = periode()
    isi_acak(p, 60, kelompok="jasa_usaha", layanan="siup")
    isi_acak(p, 40, kelompok="tertentu", benih=2, saluran="kios")
    isi_acak(p, 3, kelompok="non_perizinan", benih=3)
    for ke in range(20):
        jawaban(
            p, [2, 3, 4, 3, 3, 3, 4, 4, 3], kelompok="tertentu", profil={"pekerjaan": "pns" if ke < 2 else "swasta"}
        )
    return p


@pytest.fixture
def sah(berisi: Periode, prita: Any, kadis: Any) -> Edisi:
    with waktu.beku(JULI):
        return penutupan.sahkan(penutupan.susun_edisi(berisi, oleh=prita), oleh=kadis)


def html(isi: buku.Buku) -> str:
    from django.template.loader import render_to_string

    return render_to_string("dokumen/buku_ikm.html", konteks(isi) | {"judul": "Buku"})


def lembar(isi: buku.Buku) -> dict[str, list[tuple[Any, ...]]]:
    kerja = load_workbook(io.BytesIO(buku.buku_kerja(isi)[0]))
    return {s.title: list(s.iter_rows(values_only=True)) for s in kerja.worksheets}


def test_book_workbook_api_and_dashboard_say_the_same_numbers(sah, warga, masuk, prita):
    isi = buku.susun(sah.periode)
    api = warga.get("/api/v1/ikm/").json()["results"][0]
    dasbor = masuk(prita).get("/petugas/ikm/?periode=2026-S1").content.decode()
    naskah = html(isi)
    kerja = lembar(isi)["Formulir"]
    baris_indeks = next(b for b in kerja if b[0] and str(b[0]).startswith("Indeks (jumlah"))
    assert Decimal(str(baris_indeks[-1])) == Decimal(api["ikm"]) == indeks(isi)
    for teks in (naskah, dasbor):
        assert api["ikm"].replace(".", ",") in teks
    nrr = next(b for b in kerja if b[0] and str(b[0]).startswith("NRR per unsur"))
    assert [f"{Decimal(str(n)):.3f}" for n in nrr[1:10]] == [u["nrr"] for u in api["unsur"]]
    for u in api["unsur"]:
        assert tulis(Decimal(u["nrr"]), 3) in naskah
        assert tulis(Decimal(u["nrr"]), 3) in dasbor
    assert [u.jumlah for u in isi.unsur] == [u["jumlah"] for u in api["unsur"]]


def test_a_signed_book_stays_as_it_was_signed_when_answers_move(sah):
    lama = buku.susun(sah.periode).hasil["ikm"]
    for _ in range(50):
        jawaban(sah.periode, [1] * 9)
    assert buku.susun(sah.periode).hasil["ikm"] == lama
    assert tulis(Decimal(lama)) in html(buku.susun(sah.periode))


def test_a_draft_is_marked_on_every_page_and_a_signed_book_is_not(berisi, prita, kadis):
    konsep = buku.susun(berisi)
    assert konsep.cap == "konsep"
    assert 'class="cap-konsep"' in html(konsep)
    with waktu.beku(JULI):
        edisi = penutupan.susun_edisi(berisi, oleh=prita)
        assert buku.susun(berisi).cap == "konsep"  # prepared, not signed
        penutupan.sahkan(edisi, oleh=kadis)
        disahkan = buku.susun(berisi)
    assert disahkan.cap == "edisi-1"
    assert 'class="cap-konsep"' not in html(disahkan)
    assert kadis.nama in html(disahkan)


def test_a_withheld_group_has_a_word_and_no_figure(sah):
    isi = buku.susun(sah.periode)
    gelap = {g["nama"] for g in isi.hasil["kelompok"] if g["ditahan"]}
    assert gelap
    for nama, n, nilai, *_sisa in lembar(isi)["Per kelompok izin"]:
        if nama in gelap:
            assert (n, nilai) == ("ditahan", "ditahan")
    assert re.search(r"Non perizinan</td><td class=\"angka\">ditahan", html(isi))


def test_two_respondents_of_one_kind_cannot_be_read_or_worked_out(sah):
    """2 civil servants of 20 who told: 103 did not tell, so the total less the rest must not give the two."""
    profil = dict(buku.susun(sah.periode).profil)["Pekerjaan utama"]
    n = {b.nama: b.n for b in profil}
    assert sah.hasil["n"] == 123
    assert n["Pegawai negeri"] is None
    assert sum(v is None for v in n.values()) >= 2
    assert [b[2] for b in lembar(buku.susun(sah.periode))["Responden"] if b[1] == "Pegawai negeri"] == ["ditahan"]


def test_a_period_with_fewer_than_five_answers_has_no_book(pemeran):
    p = periode()
    isi_acak(p, 4)
    assert buku.susun(p) is None
    isi_acak(p, 1)
    assert buku.susun(p) is not None


def test_the_pdf_is_tagged_with_contents_that_lead_somewhere_and_names_no_hidden_remark(sah):
    Komentar.objects.create(periode=sah.periode, teks="Boleh terbit", disembunyikan=False)
    Komentar.objects.create(periode=sah.periode, teks="Rahasia sekali")
    isi = buku.susun(sah.periode)
    assert "Boleh terbit" in html(isi)
    assert "Rahasia sekali" not in html(isi)
    with pikepdf.open(io.BytesIO(buku.pdf(isi)[0])) as berkas:
        assert "/StructTreeRoot" in berkas.Root
        assert len(berkas.pages) >= 6
        tautan = [a for h in berkas.pages for a in h.get("/Annots", [])]
        assert len(tautan) >= 10


def test_formulas_in_a_plan_stay_text_in_the_workbook(sah, prita):
    tindak_lanjut.rencanakan(
        sah.periode,
        sah.hasil["terendah"][0],
        rencana="=1+1",
        penanggung_jawab="@kabid",
        batas=dt.date(2026, 9, 30),
        oleh=prita,
    )
    kerja = load_workbook(io.BytesIO(buku.buku_kerja(buku.susun(sah.periode))[0]))
    sel = [s for b in kerja["Tindak lanjut"].iter_rows() for s in b if s.value == "=1+1"]
    assert [s.data_type for s in sel] == ["s"]


def test_a_correction_is_named_with_its_reason_and_differences(sah, prita, kabid):
    with waktu.beku(JULI):
        penutupan.buka_lagi(sah.periode, "Satu kotak kertas tertinggal", oleh=prita)
        for _ in range(30):
            jawaban(sah.periode, [1, 2, 1, 2, 1, 2, 1, 2, 1], saluran="kertas")
        penutupan.sahkan(penutupan.susun_edisi(sah.periode, oleh=prita), oleh=kabid)
    isi = buku.susun(sah.periode)
    assert isi.cap == "edisi-2"
    assert isi.riwayat[1].alasan == "Satu kotak kertas tertinggal"
    assert ("Responden", "123", "153") in isi.riwayat[1].beda
    lama = buku.susun(sah.periode, sah)
    assert lama.cap == "edisi-1"
    assert len(lama.riwayat) == 1
    assert lama.hasil["n"] == 123


def test_an_earlier_book_does_not_show_what_came_later(sah, prita, kadis):
    nanti = periode("2026-S2")
    isi_acak(nanti, 30, benih=9)
    with waktu.beku(dt.datetime(2027, 1, 4, 9, 0, tzinfo=WIB)):
        penutupan.sahkan(penutupan.susun_edisi(nanti, oleh=prita), oleh=kadis)
    assert [t.label for t in buku.susun(sah.periode).tren] == ["2026-S1"]
    assert [t.label for t in buku.susun(nanti).tren] == ["2026-S1", "2026-S2"]


def test_a_book_that_cannot_be_laid_out_says_so_in_a_sentence(sah, masuk, prita, monkeypatch):
    from core.cetak import GagalCetak

    def gagal(_isi: Any) -> Any:
        raise GagalCetak("waktu", detik=30, jenis="")

    monkeypatch.setitem(buku.BENTUK, "pdf", gagal)
    jawab = masuk(prita).get("/petugas/ikm/buku/pdf/?periode=2026-S1")
    assert jawab.status_code == 503
    assert "terlalu besar" in jawab.content.decode()
