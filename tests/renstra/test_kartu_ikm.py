"""The card of the survey index: the signed edition, its target and its place on the line of the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.waktu import sekarang
from ikm.models import Edisi, Instrumen, Periode
from renstra.kartu_ikm import susun
from renstra.models import Indikator
from renstra.sumber import Masa

pytestmark = pytest.mark.django_db


@pytest.fixture
def berencana(terisi):
    """The small plan with its index as a main indicator: 80, 81, 82."""
    Indikator.objects.update(iku=True)
    return terisi


def edisi(kode, mulai, selesai, prita, kadis, **isi):
    instrumen = Instrumen.objects.get(kode="permenpan14-2017")
    periode, _baru = Periode.objects.get_or_create(
        kode=kode,
        defaults={"instrumen": instrumen, "jenis": "semester", "mulai": mulai, "selesai": selesai},
    )
    hasil = {"instrumen": {"nama": instrumen.nama}, "mode_bobot": "eksak", "kinerja": "Baik", **isi}
    tanda = {"disahkan_oleh": kadis, "disahkan_pada": sekarang()}
    nomor = Edisi.objects.filter(periode=periode).count() + 1
    return Edisi.objects.create(
        periode=periode,
        nomor=nomor,
        hasil=hasil,
        disusun_oleh=prita,
        dibuat_pada=sekarang(),
        alasan="" if nomor == 1 else "Koreksi hitungan.",
        **tanda,
    )


def semester(prita, kadis, **isi):
    return edisi("2026-S1", date(2026, 1, 1), date(2026, 6, 30), prita, kadis, **isi)


def test_the_signed_index_stands_against_the_target_of_its_year(berencana, prita, kadis):
    semester(prita, kadis, ikm="79.10", mutu="B")
    semester(prita, kadis, ikm="81.85", mutu="B")  # the correction is what counts
    kartu = susun(berencana, Masa(2026, 2))
    assert (kartu.kode, kartu.teks, kartu.mutu, kartu.edisi) == ("2026-S1", "81,85", "B", 2)
    assert (kartu.target, kartu.tercapai) == (Decimal(81), True)
    assert susun(berencana, Masa(2026, 1)).teks == "81,85"  # the same half year


def test_the_half_year_stands_in_its_own_year_on_the_line(berencana, prita, kadis):
    semester(prita, kadis, ikm="81.85", mutu="B")
    baris = susun(berencana, Masa(2026, 2)).grafik.baris
    assert [b[:3] for b in baris] == [
        ["2025", "belum ada", "80,00"],
        ["2026-S1", "81,85", "81,00"],
        ["2027", "belum ada", "82,00"],
    ]
    assert len({len(b) for b in baris}) == 1 and len(baris[0]) == 3  # years without an index break no line


def test_a_withheld_or_missing_index_is_told_apart_and_never_a_number(berencana, prita, kadis):
    kosong = susun(berencana, Masa(2026, 3))
    assert (kosong.ada, kosong.ditahan, kosong.teks, kosong.tercapai, kosong.tautan) == (False, False, "-", None, "")
    semester(prita, kadis, ditahan=True, ikm=None, mutu="")
    ditahan = susun(berencana, Masa(2026, 2))
    assert (ditahan.ada, ditahan.ditahan, ditahan.teks, ditahan.tercapai) == (True, True, "-", None)
    assert [b[0] for b in ditahan.grafik.baris] == ["2025", "2026", "2027"]
