"""Open data: the figures of the pages, signed numbers only, the same in JSON and CSV, and nobody's name."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from core.lembar_csv import sel_aman
from ikm.models import Edisi, Instrumen, Periode
from perizinan.models import JenisIzin, Pembayaran, Permohonan
from renstra.data_terbuka import SEMUA
from renstra.models import RealisasiKinerja
from renstra.services import penutupan, realisasi
from renstra.sumber import Masa
from tests.perizinan.bekal_api import masalah

pytestmark = pytest.mark.django_db
V1 = "/api/v1/data/"


def lihat(warga, kode, **query):
    respons = warga.get(f"{V1}{kode}/", query)
    assert respons.status_code == 200, respons.content
    return respons.json()["results"]


@pytest.fixture
def potret(rencana, peserta, prita, kabid, lewat_semester):
    """The first quarter of 2026 signed, the second frozen and signed by nobody."""
    realisasi.catat(peserta, Masa(2026, 1), Decimal(50), oleh=prita, keterangan="Daftar hadir Budi Contoh")
    satu = penutupan.sahkan(penutupan.susun_potret(rencana, Masa(2026, 1), oleh=prita).pk, oleh=kabid)
    realisasi.catat(peserta, Masa(2026, 2), Decimal(77), oleh=prita, keterangan="Daftar hadir")
    penutupan.susun_potret(rencana, Masa(2026, 2), oleh=prita)
    return satu


class TestIzin:
    @pytest.fixture
    def terbit(self, berkas_di):
        return [berkas_di("diserahkan", kode) for kode in ("siup", "siup", "imb")]

    def test_issued_and_in_time_are_the_direct_counts(self, warga, terbit):
        baris = lihat(warga, "izin-terbit", tahun=2026)
        ada = {(b["bulan"], b["layanan"]): b["terbit"] for b in baris}
        harap = {}
        for p in Permohonan.objects.filter(terbit_pada__isnull=False).select_related("jenis_izin"):
            kunci = f"{p.terbit_pada.astimezone(_wib()):%Y-%m}", p.jenis_izin.kode
            harap[kunci] = harap.get(kunci, 0) + 1
        assert ada == harap and sum(ada.values()) == 3
        assert all(b["sementara"] for b in baris if b["bulan"] == max(ada)[0])
        waktu = {b["layanan"]: b for b in lihat(warga, "ketepatan-waktu")}
        hari = sorted(p.hari_terpakai for p in terbit[:2] if p.jenis_izin.kode == "siup")
        tepat = sum(p.hari_terpakai <= p.hari_sop for p in terbit[:2])
        siup = waktu["siup"]
        assert (siup["terbit"], siup["tepat"], siup["lewat"]) == (2, tepat, 2 - tepat)
        assert (siup["median"], siup["p90"]) == (hari[0], hari[1])

    def test_paid_fees_are_the_sum_of_the_payments_of_the_month(self, warga, terbit):
        dibayar = sum(Pembayaran.objects.values_list("jumlah", flat=True))
        baris = lihat(warga, "retribusi")
        assert dibayar > 0 and sum(b["rupiah"] for b in baris) == dibayar
        assert [b["bulan"] for b in baris] == sorted({b["bulan"] for b in baris})
        assert lihat(warga, "retribusi", tahun=2019) == lihat(warga, "izin-terbit", tahun=2019) == []

    def test_no_row_names_a_person_or_a_file(self, warga, terbit, potret):
        teks = "".join(json.dumps(lihat(warga, d.kode)) for d in SEMUA)
        for p in terbit:
            for rahasia in (p.nomor, p.nomor_register, p.pihak.nama, p.izin.nomor_izin):
                assert rahasia and rahasia not in teks
        assert "Daftar hadir" in json.dumps(potret.isi)  # the note is frozen with the form, and stays there
        assert "Daftar hadir" not in teks and "Prita" not in teks


class TestRencana:
    def test_only_signed_quarters_are_published(self, warga, potret):
        (baris,) = [b for b in lihat(warga, "indikator-renstra") if b["indikator"] == "Peserta"]
        assert (baris["tahun"], baris["sampai_triwulan"]) == (2026, 1)
        assert (baris["target"], baris["realisasi"], baris["capaian"]) == ("200.0000", "50.0000", "25.00")
        assert baris["predikat"]
        semua = lihat(warga, "evaluasi-renja")
        assert {b["triwulan"] for b in semua} == {1} and "77" not in json.dumps(semua)
        (e81,) = [b for b in semua if b["indikator"] == "Peserta"]
        asal = next(b for b in potret.isi["baris"] if b["indikator"] == "Peserta")
        assert Decimal(e81["realisasi_triwulan"]) == Decimal(asal["triwulan"][0]["k"]) == 50
        assert e81["anggaran"] == 20_000_000

    def test_a_signature_publishes_the_next_quarter(self, warga, rencana, potret, kabid):
        """The negative control of the test above: signed, the same number is there."""
        penutupan.sahkan(rencana.potret.get(triwulan=2).pk, oleh=kabid)
        (baris,) = [b for b in lihat(warga, "indikator-renstra") if b["indikator"] == "Peserta"]
        assert (baris["sampai_triwulan"], baris["realisasi"]) == (2, "127.0000")
        assert {b["triwulan"] for b in lihat(warga, "evaluasi-renja", tahun=2026)} == {1, 2}

    def test_a_quarter_opened_again_keeps_its_signed_numbers_until_the_next_signature(
        self, warga, rencana, peserta, potret, prita
    ):
        sebelum = lihat(warga, "evaluasi-renja")
        penutupan.buka_lagi(rencana, Masa(2026, 1), "Salah hitung", oleh=prita)
        RealisasiKinerja.objects.filter(keluaran=peserta, triwulan=1).update(angka=1)
        penutupan.susun_potret(rencana, Masa(2026, 1), oleh=prita, alasan="Salah hitung")
        assert lihat(warga, "evaluasi-renja") == sebelum and {b["edisi"] for b in sebelum} == {1}


def test_only_signed_half_years_of_the_index_and_a_withheld_one_without_figures(warga, prita, kabid):
    def edisi(kode, awal, akhir, *, sah, jenis="semester", **hasil):
        instrumen = Instrumen.objects.get(kode="permenpan14-2017")
        periode = Periode.objects.create(kode=kode, jenis=jenis, mulai=awal, selesai=akhir, instrumen=instrumen)
        tanda = {"disahkan_oleh": kabid, "disahkan_pada": "2026-06-01T08:00+07:00"} if sah else {}
        kepala = {"instrumen": {"kode": instrumen.kode}, "mode_bobot": "eksak"}
        saat = {"disusun_oleh": prita, "dibuat_pada": "2026-06-01T07:00+07:00"}
        Edisi.objects.create(periode=periode, nomor=1, hasil=kepala | hasil, **saat, **tanda)

    ada = {"ditahan": False, "n": 40, "ikm": "81.50", "mutu": "B"}
    edisi("2023-S1", date(2023, 1, 1), date(2023, 6, 30), sah=True, **ada)
    edisi("2023-S2", date(2023, 7, 1), date(2023, 12, 31), sah=False, **ada | {"ikm": "99.99"})
    edisi("2024-S1", date(2024, 1, 1), date(2024, 6, 30), sah=True, ditahan=True)
    edisi("2023", date(2023, 1, 1), date(2023, 12, 31), sah=True, jenis="tahun", **ada)
    baris = lihat(warga, "ikm")
    assert [b["periode"] for b in baris] == ["2023-S1", "2024-S1"]
    assert (baris[0]["ikm"], baris[0]["mutu"], baris[0]["responden"]) == ("81.50", "B", 40)
    assert (baris[1]["ikm"], baris[1]["responden"], baris[1]["ditahan"]) == (None, None, True)
    assert [b["periode"] for b in lihat(warga, "ikm", tahun=2024)] == ["2024-S1"]


class TestBentuk:
    def test_csv_and_json_hold_the_same(self, warga, berkas_di, potret):
        berkas_di("diserahkan", "siup")
        JenisIzin.objects.filter(kode="siup").update(nama="=1+1")
        for d in SEMUA:
            respons = warga.get(f"{V1}{d.kode}/", {"format": "csv"})
            assert respons["Content-Type"] == "text/csv; charset=utf-8"
            kepala, *isi = csv.reader(io.StringIO(respons.content.decode()))
            baris = lihat(warga, d.kode, per_halaman=1000)
            assert kepala == [n for n, _kolom in d.kolom()]
            assert isi == [[sel_aman(b[k]) for k in kepala] for b in baris]
        assert "'=1+1" in warga.get(f"{V1}izin-terbit/", {"format": "csv"}).content.decode()

    def test_a_number_below_zero_stays_a_number_and_a_formula_does_not(self):
        assert [sel_aman(n) for n in (Decimal("-1.50"), "-1.50", -3, "-", True)] == [
            "-1.50",
            "-1.50",
            "-3",
            "-",
            "true",
        ]
        assert [sel_aman(n) for n in ("-1+1", "-a", "=1", "\nx", "+62")] == ["'-1+1", "'-a", "'=1", "'\nx", "'+62"]

    def test_the_list_leads_to_every_set_and_tells_its_columns(self, warga, settings):
        settings.ATURAN_PAKAI_DATA = "Aturan kantor ini."
        isi = warga.get(V1).json()
        assert [b["kode"] for b in isi["results"]] == [d.kode for d in SEMUA] and isi["count"] == len(SEMUA)
        for satu, d in zip(isi["results"], SEMUA, strict=True):
            assert satu["aturan_pakai"] == "Aturan kantor ini."
            assert [k["nama"] for k in satu["kolom"]] == [n for n, _kolom in d.kolom()]
            assert all(k["arti"] and k["jenis"] for k in satu["kolom"])
            assert warga.get(satu["json"]).status_code == warga.get(satu["csv"]).status_code == 200

    @pytest.mark.parametrize("bentuk", ["json", "csv"])
    def test_an_answer_may_be_kept_and_is_asked_for_again_by_its_tag(self, warga, potret, rencana, kabid, bentuk):
        alamat = f"{V1}evaluasi-renja/?format={bentuk}"
        satu = warga.get(alamat)
        assert "public" in satu["Cache-Control"] and "max-age=300" in satu["Cache-Control"]
        assert warga.get(alamat, headers={"If-None-Match": satu["ETag"]}).status_code == 304
        penutupan.sahkan(rencana.potret.get(triwulan=2).pk, oleh=kabid)
        assert warga.get(alamat, headers={"If-None-Match": satu["ETag"]}).status_code == 200

    def test_bad_questions_are_refused_in_words(self, warga):
        for query, isian, kata in (
            ({"tahun": "dua"}, "tahun", "empat angka"),
            ({"tahun": "1999"}, "tahun", "empat angka"),
            ({"bulan": "1"}, "bulan", "tidak dikenal"),
            ({"format": "xml"}, "format", "json, csv"),
        ):
            isi = masalah(warga.get(f"{V1}retribusi/", query), 400, "isian_tidak_sah")
            assert kata in isi["rincian"][isian][0]
        assert "Cache-Control" not in warga.get(f"{V1}retribusi/", {"tahun": "x"})
        isi = masalah(warga.get(f"{V1}entah/"), 404, "tidak_ditemukan")
        assert V1 in isi["detail"]
        assert warga.post(f"{V1}retribusi/").status_code == 405

    def test_the_page_for_people_lists_the_same_and_stands_in_the_foot(self, warga):
        teks = warga.get("/data/").content.decode()
        assert f"{len(SEMUA)} kumpulan data" in teks
        assert all(f'href="{V1}{d.kode}/?format=csv"' in teks for d in SEMUA)
        assert 'href="/data/"' in warga.get("/layanan/").content.decode()


def _wib():
    from core.waktu import zona

    return zona()
