"""The public part of the API keeps contracts.md, and shows nobody what is not for everybody."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.lembar_csv import sel_aman
from perizinan.enums import JenisDokumen, StatusIzin, StatusVersi
from perizinan.models import HariCadangan, Izin, JenisIzin, Permohonan, VersiLayanan
from tests.perizinan.bekal_api import V1, gandakan, hari_lalu, izin_contoh, lihat, masalah, terbitkan

pytestmark = pytest.mark.django_db

BIDANG_LAYANAN = {
    "kode",
    "nama",
    "kelompok",
    "jenis_produk",
    "hari_kerja",
    "sumber_hari",
    "biaya",
    "status",
    "dasar_hukum",
    "persyaratan",
}


def semua(klien: Any, alamat: str) -> list[Any]:
    """Every row of a paginated list."""
    hasil, lanjut = [], V1 + alamat
    while lanjut:
        isi = klien.get(lanjut).json()
        hasil += isi["results"]
        lanjut = isi["next"]
    return hasil


# --- catalogue ---


def test_the_catalogue_lists_every_service_with_exactly_the_promised_fields(warga, jam):
    daftar = semua(warga, "layanan/")
    assert [s["kode"] for s in daftar] == list(
        JenisIzin.objects.filter(aktif=True).order_by("urutan", "nama").values_list("kode", flat=True)
    )
    assert all(set(s) == BIDANG_LAYANAN for s in daftar)
    assert all(isinstance(s["hari_kerja"], int) and s["status"] == "aktif" for s in daftar)
    assert all(s["persyaratan"] and s["dasar_hukum"] for s in daftar)


def test_the_limit_is_the_sop_row_or_else_the_legal_fallback_of_today(warga, jam):
    cadangan = HariCadangan.objects.filter(berlaku_mulai__lte=date(2026, 6, 2)).first()
    sop = dict(VersiLayanan.objects.filter(status=StatusVersi.TERBIT).values_list("jenis_izin__kode", "hari_kerja"))
    for satu in semua(warga, "layanan/"):
        hari = sop[satu["kode"]]
        diharap = (hari, "sop") if hari is not None else (cadangan.hari_kerja, "cadangan")
        assert (satu["hari_kerja"], satu["sumber_hari"]) == diharap
    assert {s["sumber_hari"] for s in semua(warga, "layanan/")} == {"sop", "cadangan"}


def test_one_service_is_told_as_in_the_list(warga, jam):
    assert lihat(warga, "layanan/imb/") == next(s for s in semua(warga, "layanan/") if s["kode"] == "imb")
    masalah(warga.get(f"{V1}layanan/tidak_ada/"), 404, "tidak_ditemukan")


def test_a_service_without_a_version_in_force_is_not_open(warga, jam):
    JenisIzin.objects.filter(kode="siup").update(aktif=False)
    satu = lihat(warga, "layanan/siup/")
    assert (satu["status"], satu["hari_kerja"], satu["persyaratan"]) == ("nonaktif", None, [])
    assert "siup" not in [s["kode"] for s in semua(warga, "layanan/")]


def test_the_search_is_the_pages_own_best_first(warga, jam):
    from perizinan.pencarian import cari_layanan

    isi = lihat(warga, "layanan/?q=bangun rumah")
    assert [s["kode"] for s in isi["results"]] == [j.kode for j in cari_layanan("bangun rumah")]
    assert isi["results"][0]["kode"] == "imb"
    assert isi["rujukan"] is None


def test_a_matter_of_another_office_is_sent_there(warga, jam):
    isi = lihat(warga, "layanan/?q=surat nikah")
    assert set(isi["rujukan"]) == {"kantor", "keterangan"}
    assert "KUA" in isi["rujukan"]["kantor"]


def test_the_catalogue_can_be_filtered_by_group_and_refuses_an_unknown_one(warga, jam):
    assert {s["kelompok"] for s in semua(warga, "layanan/?kelompok=tertentu")} == {"tertentu"}
    isi = masalah(warga.get(f"{V1}layanan/?kelompok=lain"), 400, "isian_tidak_sah")
    assert list(isi["rincian"]) == ["kelompok"]


@pytest.mark.parametrize("alamat", ["layanan/", "layanan/?per_halaman=50", "layanan/?halaman=3"])
def test_the_catalogue_costs_the_same_queries_however_long_it_is(warga, jam, alamat, django_assert_num_queries):
    warga.get(V1 + alamat)
    with django_assert_num_queries(4):  # services, versions, requirements, the fallback
        lihat(warga, alamat)


# --- tracking ---


def test_tracking_tells_state_and_dates_and_nothing_about_the_person(warga, berkas_di):
    berkas = berkas_di("kajian_teknis")
    isi = lihat(warga, f"lacak/?nomor={berkas.nomor.lower()}&hp4={berkas.pihak.hp[-4:]}")
    assert set(isi) == {"nomor", "layanan", "status", "status_teks", "diajukan_pada", "tenggat", "langkah"}
    assert (isi["nomor"], isi["status"]) == (berkas.nomor, "kajian_teknis")
    assert isi["tenggat"].endswith("+07:00")
    assert all(set(n) == {"verba_teks", "pada"} for n in isi["langkah"])
    teks = str(isi)
    assert not any(rahasia in teks for rahasia in (berkas.pihak.nama, berkas.pihak.hp, berkas.pihak.alamat, "Budi"))


def test_a_wrong_number_and_a_wrong_phone_get_the_same_answer(warga, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    benar = berkas.pihak.hp[-4:]
    salah = [
        (berkas.nomor, "0000"),
        ("7QK4M-2XD9R", benar),
        ("bukan nomor", benar),
        (berkas.nomor, "x"),
        (str(berkas.kunci), benar),
        (berkas.nomor_register or "503-2026-000001", benar),
    ]
    jawaban = [warga.get(f"{V1}lacak/", {"nomor": n, "hp4": h}) for n, h in salah]
    assert {j.content for j in jawaban} == {jawaban[0].content}
    masalah(jawaban[0], 404, "tidak_ditemukan")


def test_a_draft_cannot_be_tracked(warga, berkas_di):
    draf = berkas_di("draf", "siup")
    masalah(warga.get(f"{V1}lacak/", {"nomor": str(draf.kunci), "hp4": draf.pihak.hp[-4:]}), 404, "tidak_ditemukan")


def test_tracking_asks_for_both_secrets(warga, jam):
    isi = masalah(warga.get(f"{V1}lacak/?nomor=7QK4M-2XD9R"), 400, "isian_tidak_sah")
    assert list(isi["rincian"]) == ["hp4"]


def test_misses_of_the_page_and_of_the_api_are_counted_together(warga, jam):
    for _ in range(10):
        assert warga.post("/lacak/", {"nomor": "7QK4M-2XD9R", "hp4": "0000"}).status_code == 404
        assert warga.get(f"{V1}lacak/?nomor=7QK4M-2XD9R&hp4=0000").status_code == 404
    respons = warga.get(f"{V1}lacak/?nomor=7QK4M-2XD9R&hp4=0000")
    masalah(respons, 429, "terlalu_sering")
    assert int(respons["Retry-After"]) > 0
    assert warga.post("/lacak/", {"nomor": "7QK4M-2XD9R", "hp4": "0000"}).status_code == 429


def test_a_mistyped_number_asks_the_database_for_no_file(warga, jam):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as tangkap:
        warga.get(f"{V1}lacak/?nomor=7QK4M-2XD9X&hp4=0000")
    assert not [q for q in tangkap.captured_queries if "perizinan_permohonan" in q["sql"]]


# --- genuineness ---


def _cek(klien: Any, isi: bytes) -> Any:
    return klien.post(f"{V1}verifikasi/", {"berkas": SimpleUploadedFile("surat.pdf", isi, "application/pdf")})


def test_a_genuine_file_is_known_and_an_altered_one_is_not(warga, berkas_di):
    berkas = berkas_di("terbit", "siup")
    sk = berkas.dokumen.get(jenis=JenisDokumen.SK, status="ditandatangani")
    with sk.berkas.open("rb") as f:
        asli = f.read()
    assert _cek(warga, asli).json() == {
        "cocok": True,
        "alasan": "asli",
        "nomor_izin": sk.nomor,
        "status": StatusIzin.BERLAKU,
    }
    assert [b["nomor_izin"] for b in lihat(warga, "izin/")["results"]] == [sk.nomor]
    palsu = _cek(warga, asli + b"\n% tambahan\n").json()
    assert (palsu["cocok"], palsu["nomor_izin"], palsu["status"]) == (False, None, None)
    assert palsu["alasan"] in {"ditambah", "diubah"}
    assert _cek(warga, b"bukan pdf").json()["alasan"] == "bukan_pdf"


def test_the_check_asks_for_a_file_and_nothing_else(warga, jam, monkeypatch):
    assert list(masalah(warga.post(f"{V1}verifikasi/", {}), 400, "isian_tidak_sah")["rincian"]) == ["berkas"]
    berkas = SimpleUploadedFile("surat.pdf", b"%PDF-", "application/pdf")
    isi = masalah(warga.post(f"{V1}verifikasi/", {"berkas": berkas, "token": "x"}), 400, "isian_tidak_sah")
    assert list(isi["rincian"]) == ["token"]
    monkeypatch.setattr("perizinan.api.publik.UKURAN_MAKS", 10)
    masalah(_cek(warga, b"%PDF-" + b"0" * 20), 400, "isian_tidak_sah")


def test_one_place_cannot_ask_for_the_fence_without_end(warga, jam, monkeypatch):
    monkeypatch.setattr("perizinan.api.publik.BERKAS_MAKS", 2)
    assert [_cek(warga, b"x").status_code for _ in range(3)] == [200, 200, 429]


# --- register ---


@pytest.fixture
def izin(pemeran: Any) -> Izin:
    """One permit, of a person whose name is published."""
    return izin_contoh(pemeran)


def test_the_register_shows_what_is_published_and_no_more(warga, izin):
    isi = lihat(warga, "izin/")
    assert isi["results"] == [
        {
            "nomor_izin": izin.nomor_izin,
            "layanan": "imb",
            "nama_layanan": izin.jenis_izin.nama,
            "pemegang": izin.pemegang,
            "tanggal_terbit": izin.tanggal_terbit.isoformat(),
            "mulai": izin.mulai.isoformat(),
            "akhir": None,
            "status": "berlaku",
        }
    ]


def test_a_holder_is_named_as_the_service_allows(warga, izin):
    terbitkan(izin, hari_lalu(1), kode="iptm", pemegang="Almarhum Rahasia")
    terbitkan(izin, hari_lalu(2), kode="apotek", pemegang="Apoteker Rahasia", isian={"nama_usaha": "Apotek Sehat"})
    terbitkan(izin, hari_lalu(3), kode="apotek", pemegang="Apoteker Rahasia", isian={})
    per_layanan = [(b["layanan"], b["pemegang"]) for b in lihat(warga, "izin/")["results"]]
    assert per_layanan == [
        ("imb", izin.pemegang),
        ("iptm", None),
        ("apotek", "Apotek Sehat"),
        ("apotek", None),
    ]
    assert lihat(warga, "izin/?q=rahasia")["results"] == []
    assert len(lihat(warga, "izin/?q=sehat")["results"]) == 1
    assert [b["layanan"] for b in lihat(warga, f"izin/?q={izin.pemegang}")["results"]] == ["imb"]


def test_the_register_is_filtered_by_service_time_and_state(warga, izin):
    lama = terbitkan(izin, date(2024, 12, 31), akhir=date(2025, 12, 31))
    terbitkan(izin, date(2025, 6, 10), kode="siup")

    def nomor(saring: str) -> list[str]:
        return [b["nomor_izin"] for b in lihat(warga, f"izin/?{saring}")["results"]]

    assert nomor("tahun=2024") == [lama.nomor_izin]
    assert nomor("tahun=2024&bulan=12") == [lama.nomor_izin]
    assert nomor("tahun=2024&bulan=11") == []
    assert len(nomor("bulan=6")) == 2
    assert len(nomor("layanan=siup")) == 1
    assert nomor(f"q={lama.nomor_izin}") == [lama.nomor_izin]
    assert nomor("status=kedaluwarsa") == [lama.nomor_izin]
    assert lama.nomor_izin not in nomor("status=berlaku")
    assert next(b for b in lihat(warga, "izin/?tahun=2024")["results"])["status"] == "kedaluwarsa"
    assert list(masalah(warga.get(f"{V1}izin/?bulan=13"), 400, "isian_tidak_sah")["rincian"]) == ["bulan"]


def test_pages_of_the_register_hold_every_permit_once_though_one_comes_in_between(warga, izin):
    for n in range(12):
        terbitkan(izin, hari_lalu(n // 4))
    pertama = lihat(warga, "izin/?per_halaman=5")
    terbitkan(izin, hari_lalu(0))
    sisa, lanjut = [], pertama["next"]
    while lanjut:
        isi = warga.get(lanjut).json()
        sisa, lanjut = sisa + isi["results"], isi["next"]
    nomor = [b["nomor_izin"] for b in pertama["results"] + sisa]
    assert len(nomor) == len(set(nomor))
    assert set(Izin.objects.values_list("nomor_izin", flat=True)) - set(nomor) <= {
        Izin.objects.order_by("-pk").first().nomor_izin
    }


def test_the_register_costs_one_query_a_page(warga, izin, django_assert_num_queries):
    for n in range(8):
        terbitkan(izin, hari_lalu(n))
    with django_assert_num_queries(1):
        assert len(lihat(warga, "izin/")["results"]) == 9


def test_the_sheet_holds_the_same_rows_and_no_living_formula(warga, izin):
    terbitkan(izin, hari_lalu(1), pemegang='=HYPERLINK("http://jahat.invalid";"klik")')
    respons = warga.get(f"{V1}izin/?format=csv&layanan=imb")
    assert respons["Content-Type"] == "text/csv; charset=utf-8"
    assert respons["Content-Disposition"] == 'attachment; filename="register-izin.csv"'
    baris = list(csv.DictReader(io.StringIO(b"".join(respons.streaming_content).decode())))
    dari_json = lihat(warga, "izin/?layanan=imb")["results"]
    assert [b["nomor_izin"] for b in baris] == [b["nomor_izin"] for b in dari_json]
    assert list(baris[0]) == list(dari_json[0])
    assert baris[1]["pemegang"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("awal", list("=+-@\t\r\n"))
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(awal):
    assert sel_aman(f"{awal}1+1") == f"'{awal}1+1"


def test_a_cell_that_is_harmless_stays_as_it_is():
    assert [sel_aman(n) for n in ("Toko Sari", None, 12)] == ["Toko Sari", "", "12"]


def test_a_sheet_that_would_be_too_long_is_refused(warga, izin, monkeypatch):
    terbitkan(izin, hari_lalu(1))
    monkeypatch.setattr("perizinan.api.register.BARIS_MAKS", 1)
    respons = warga.get(f"{V1}izin/?format=csv")
    assert respons.status_code == 400
    assert respons.json()["type"] == "/api/masalah/isian_tidak_sah/"


# --- counts ---


@pytest.mark.parametrize(
    ("per", "diharap"),
    [
        ("hari", [("2026-06-02", 1), ("2026-06-01", 1), ("2025-12-31", 2)]),
        ("minggu", [("2026-W23", 2), ("2026-W01", 2)]),
        ("bulan", [("2026-06", 2), ("2025-12", 2)]),
        ("tahun", [("2026", 2), ("2025", 2)]),
    ],
)
def test_issued_permits_are_counted_by_the_offices_calendar(warga, izin, per, diharap):
    terbitkan(izin, hari_lalu(1), kode="siup")
    for _ in range(2):
        terbitkan(izin, date(2025, 12, 31))
    isi = lihat(warga, f"statistik/penerbitan/?per={per}")
    assert [(b["periode"], b["jumlah"]) for b in isi["results"]] == diharap
    assert all(set(b) == {"periode", "mulai", "jumlah"} for b in isi["results"])


def test_a_permit_signed_just_after_midnight_belongs_to_the_new_day(warga, izin):
    from datetime import datetime

    from tests.perizinan.bekal_api import WIB

    gandakan(izin.permohonan, terbit_pada=datetime(2026, 3, 1, 0, 5, tzinfo=WIB))
    gandakan(izin.permohonan, terbit_pada=datetime(2026, 2, 28, 23, 55, tzinfo=WIB))
    isi = lihat(warga, "statistik/penerbitan/?per=bulan&tahun=2026")
    assert {b["periode"]: b["jumlah"] for b in isi["results"]} == {"2026-06": 1, "2026-03": 1, "2026-02": 1}


def test_the_counts_can_be_narrowed_and_cost_two_queries(warga, izin, django_assert_num_queries):
    terbitkan(izin, hari_lalu(1), kode="siup")
    with django_assert_num_queries(2):
        isi = lihat(warga, "statistik/penerbitan/?per=tahun&layanan=siup&tahun=2026")
    assert [b["jumlah"] for b in isi["results"]] == [1]
    masalah(warga.get(f"{V1}statistik/penerbitan/?per=abad"), 400, "isian_tidak_sah")


def test_nothing_of_a_file_is_public_before_it_is_issued(warga, berkas_di):
    berkas_di("menunggu_pembayaran", "imb")
    assert lihat(warga, "izin/")["results"] == []
    assert lihat(warga, "statistik/penerbitan/")["results"] == []
    assert Permohonan.objects.count() == 1
