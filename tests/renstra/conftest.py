"""A small plan that the tests of evaluation and books share."""

from __future__ import annotations

from datetime import datetime

import pytest

from core import waktu
from renstra.models import Anggaran, Kegiatan, Keluaran, Program, Rencana, Target
from tests.conftest import WIB


@pytest.fixture
def rencana(pemeran):
    """A small plan of 2025-2027: one outcome from the portal, one output by hand, money in each year."""
    r = Rencana.objects.create(
        kode="contoh", nama="Rencana contoh", tahun_mulai=2025, tahun_akhir=2027, visi="-", status="berlaku"
    )
    program = Program.objects.create(rencana=r, no=1, nama="Program pelayanan")
    hasil = Keluaran.objects.create(
        program=program, urutan=1, nama="Izin tepat waktu", satuan="%", tipe="level", sumber="tepat_waktu"
    )
    kegiatan = Kegiatan.objects.create(program=program, no=1, nama="Sosialisasi")
    keluaran = Keluaran.objects.create(kegiatan=kegiatan, urutan=1, nama="Peserta", satuan="orang", tipe="kumulatif")
    for tahun, level, banyak, pagu in ((2025, 80, 100, 10), (2026, 90, 200, 20), (2027, 95, 200, 30)):
        Target.objects.create(keluaran=hasil, tahun=tahun, angka=level)
        Target.objects.create(keluaran=keluaran, tahun=tahun, angka=banyak)
        Anggaran.objects.create(kegiatan=kegiatan, tahun=tahun, pagu=pagu * 1_000_000)
    return r


@pytest.fixture
def peserta(rencana):
    return Keluaran.objects.get(nama="Peserta")


@pytest.fixture
def lewat_semester():
    """A day in July 2026: two quarters are over."""
    with waktu.beku(datetime(2026, 7, 7, 9, 0, tzinfo=WIB)):
        yield
