"""What was issued by day, week, month and year: one truth for the pages, their CSV, and the API."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from core import waktu
from perizinan.halaman import penerbitan
from perizinan.models import Permohonan

pytestmark = pytest.mark.django_db
PER = ("hari", "minggu", "bulan", "tahun")


@pytest.fixture
def terbit(berkas_di):
    """Signed on 2 June in time, over the year's end, at five in the morning of 1 June (here), and late in June."""
    for pada, hari in (
        ("2026-06-02T10:00+07:00", 1),
        ("2026-06-01T05:00+07:00", 2),
        ("2026-06-30T15:00+07:00", 9),
        ("2025-12-31T15:00+07:00", 1),
        ("2026-01-01T00:30+07:00", 1),
    ):
        p = berkas_di("terbit", "siup")
        Permohonan.objects.filter(pk=p.pk).update(terbit_pada=pada, hari_terpakai=hari, hari_sop=3, perlu_rekap=True)
    waktu.maju(timedelta(days=40))


def unduh(klien, per, **saring):
    teks = b"".join(klien.get(f"/terbit/{per}/", saring | {"format": "csv"}).streaming_content).decode()
    return [[b["periode"], int(b["terbit"]), int(b["tepat_waktu"])] for b in csv.DictReader(io.StringIO(teks))]


def test_periods_are_the_offices(terbit, warga):
    assert unduh(warga, "hari", bulan="2026-06") == [["2026-06-30", 1, 0], ["2026-06-02", 1, 1], ["2026-06-01", 1, 1]]
    assert unduh(warga, "minggu", bulan="2026-06") == [["2026-W27", 1, 0], ["2026-W23", 2, 2], ["2026-W01", 2, 2]]
    assert unduh(warga, "bulan", bulan="2026-06") == [["2026-06", 3, 2], ["2026-01", 1, 1]]
    assert unduh(warga, "tahun") == [["2026", 4, 3], ["2025", 1, 1]]


def test_pages_files_and_api_say_the_same(terbit, warga):
    for per in PER:
        halaman = warga.get(f"/terbit/{per}/", {"bulan": "2026-06"})
        dari_berkas = unduh(warga, per, bulan="2026-06")
        assert [[b.kode, b.terbit, b.tepat] for b in halaman.context["baris"]] == dari_berkas != []
        api = {
            b["periode"]: b["jumlah"]
            for b in warga.get("/api/v1/statistik/penerbitan/", {"per": per}).json()["results"]
        }
        assert all(api[kode] == n for kode, n, _tepat in dari_berkas), per


def test_months_and_years_of_the_summary_are_those_of_the_files(terbit):
    for per in ("bulan", "tahun"):
        dari_rekap = {b.mulai: (b.terbit, b.tepat) for b in penerbitan.susun(per, waktu.hari_ini())}
        langsung = {b["mulai"]: (b["jumlah"], b["tepat"]) for b in penerbitan.terbit_per(per)}
        assert dari_rekap.items() <= langsung.items() and dari_rekap


def test_a_service_has_its_own_figures(terbit, warga):
    for per in PER:
        assert unduh(warga, per, bulan="2026-06", layanan="imb") == []
        assert unduh(warga, per, bulan="2026-06", layanan="siup") == unduh(warga, per, bulan="2026-06")


def test_no_page_lies_in_the_future(terbit, warga):
    assert warga.get("/terbit/hari/", {"bulan": "2026-06"}).context["tetangga"]["depan"] == "?bulan=2026-07"
    for per in ("hari", "minggu", "bulan"):
        assert warga.get(f"/terbit/{per}/").context["tetangga"]["depan"] == ""
    assert warga.get("/terbit/tahun/").context["tetangga"] == {}


def test_what_cannot_be_read_filters_nothing(terbit, warga):
    for saring in ({"bulan": "9999-99"}, {"layanan": "entah"}, {"bulan": "x" * 200}):
        assert warga.get("/terbit/tahun/", saring).context["terbit"] == 5
    assert warga.get("/terbit/abad/").status_code == 404


def test_it_costs_a_fixed_number_of_queries(terbit, warga, django_assert_num_queries):
    for per, n in {"hari": 2, "minggu": 2, "bulan": 4, "tahun": 4}.items():
        warga.get(f"/terbit/{per}/")
        with django_assert_num_queries(n):
            warga.get(f"/terbit/{per}/")
