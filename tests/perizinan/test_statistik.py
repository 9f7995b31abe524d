"""The list behind a figure: as many rows as it says, nobody's name, the way to a file only for who may see it."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from bpptportal.contoh import alur
from core import waktu
from perizinan import rekap, services, statistik
from perizinan.enums import Ukuran, UkuranKini
from perizinan.halaman.statistik import BERJUMLAH
from perizinan.models import JenisIzin, Permohonan
from tests.perizinan.bekal_waktu import biarkan

pytestmark = pytest.mark.django_db


@pytest.fixture
def ramai(berkas_di, pemeran):
    """Files of two bidang: issued in time and late, refused, lapsed, corrected, waiting, late now, advised, paid."""
    berkas_di("diserahkan", "siup")
    lambat = berkas_di("verifikasi", "siup")
    tetap = berkas_di("verifikasi", "siup")
    dikaji = berkas_di("kajian_teknis", "imb")
    services.batalkan(berkas_di("verifikasi", "siup").pk, oleh=pemeran.sari)
    berkas_di("menunggu_pembayaran", "imb")
    biarkan(35)
    alur.jalankan(lambat, pemeran, "terbit")
    alur.jalankan(dikaji, pemeran, "terbit")
    berkas_di("terbit", "imb")
    dinas = berkas_di("kajian_teknis", "imb")
    services.minta_perbaikan(dinas.pk, oleh=pemeran.teknisi, butir=[{"uraian": "Gambar"}, {"uraian": "Hitungan"}])
    tolak = berkas_di("verifikasi", "siup")
    services.usulkan_tolak(tolak.pk, oleh=pemeran.kabid_np, alasan="Tidak sesuai.", dasar_hukum="Perda 15/2012")
    services.setujui_tolak(tolak.pk, oleh=pemeran.kadis)
    menunggu = berkas_di("verifikasi", "tdp")
    services.minta_perbaikan(menunggu.pk, oleh=pemeran.rina, butir=[{"uraian": "Lengkapi foto"}])
    rekap.segarkan()
    return tetap


def alamat(ukuran, **saring):
    return (
        reverse("statistik_rinci", args=[ukuran], query=saring)
        if saring
        else reverse("statistik_rinci", args=[ukuran])
    )


def angka(ukuran, **lingkup):
    tahun = statistik.Lingkup(waktu.hari_ini().replace(month=1, day=1), waktu.hari_ini().replace(day=1), **lingkup)
    return statistik.jumlah(ukuran, tahun)


def baris_csv(klien, ukuran, **saring):
    teks = b"".join(klien.get(alamat(ukuran, **saring, format="csv")).streaming_content).decode()
    return list(csv.reader(io.StringIO(teks)))[1:]


def test_every_figure_is_the_count_of_its_list_and_of_its_csv(ramai, masuk, auditor):
    klien = masuk(auditor)
    for ukuran in Ukuran:
        konteks = klien.get(alamat(ukuran)).context
        assert konteks["jumlah"] == len(baris_csv(klien, ukuran)) > 0, ukuran
        if ukuran in BERJUMLAH:
            tertulis = konteks["jumlahnya"].replace(".", "").removeprefix("Rp").split()[0]
            assert tertulis == str(angka(ukuran)), ukuran
        else:
            assert konteks["jumlah"] == angka(Ukuran.TERBIT if ukuran == Ukuran.HARI else ukuran), ukuran


def test_live_figures_are_the_count_of_their_lists(ramai, masuk, kadis):
    klien, jumlah = masuk(kadis), statistik.jumlah_kini()
    for ukuran in UkuranKini:
        assert klien.get(alamat(ukuran)).context["jumlah"] == jumlah[ukuran] > 0, ukuran


def test_what_is_late_now_is_named_with_its_due_date(ramai, masuk, kadis):
    halaman = masuk(kadis).get(alamat(UkuranKini.LEWAT_KINI))
    assert halaman.context["jumlah"] == 1
    assert ramai.nomor in halaman.content.decode() and "Batas waktu" in halaman.content.decode()


def test_filters_cut_list_and_figure_alike(ramai, masuk, auditor):
    klien = masuk(auditor)
    for kode in ("siup", "imb"):
        assert klien.get(alamat("terbit", layanan=kode)).context["jumlah"] == angka(Ukuran.TERBIT, layanan=kode)
    juni = klien.get(alamat("terbit", dari="2026-06", sampai="2026-06")).context["jumlah"]
    juli = klien.get(alamat("terbit", dari="2026-07", sampai="2026-07")).context["jumlah"]
    assert juni and juli and juni + juli == angka(Ukuran.TERBIT)
    terbalik = klien.get(alamat("terbit", dari="2026-07", sampai="2026-06")).context["jumlah"]
    assert terbalik == juni + juli


def test_from_in_time_one_step_leads_to_the_late_files_by_the_same_filters(ramai, masuk, auditor):
    klien, saring = masuk(auditor), {"dari": "2026-01", "sampai": "2026-12", "layanan": "imb"}
    for ukuran, tujuan in (("tepat", "lewat"), ("lewat", "tepat"), ("terbit", "lewat"), ("saran", "saran_lewat")):
        terkait = {t["nama"]: t for t in klien.get(alamat(ukuran, **saring)).context["terkait"]}
        satu = terkait[Ukuran(tujuan).label]
        halaman = klien.get(satu["alamat"])
        assert satu["alamat"] == alamat(tujuan, **saring)
        assert satu["jumlah"] == halaman.context["jumlah"]
    assert klien.get(alamat("lewat", **saring)).context["jumlah"] > 0


def test_an_skpd_has_its_own_list(ramai, masuk, auditor):
    klien = masuk(auditor)
    semua = klien.get(alamat("saran")).context["jumlah"]
    per_dinas = statistik.per_butir(
        Ukuran.SARAN, statistik.Lingkup(waktu.hari_ini().replace(month=1, day=1), waktu.hari_ini().replace(day=1))
    )
    from accounts.models import Unit

    jumlah = {pk: klien.get(alamat("saran", skpd=Unit.objects.get(pk=pk).kode)).context["jumlah"] for pk in per_dinas}
    assert jumlah == per_dinas and sum(jumlah.values()) == semua > 0


def test_a_filter_that_cannot_be_read_filters_nothing_and_says_so(ramai, masuk, auditor):
    klien = masuk(auditor)
    for saring in ({"dari": "2026-13"}, {"dari": "0001-01"}, {"layanan": "entah"}, {"dari": "' OR 1=1"}):
        halaman = klien.get(alamat("terbit", **saring))
        assert halaman.status_code == 200
        assert halaman.context["jumlah"] == angka(Ukuran.TERBIT)
        assert halaman.context["saringan"].errors
    assert klien.get("/petugas/statistik/entah/").status_code == 404


def test_a_kabid_reads_figures_of_the_own_bidang_only(ramai, masuk, kabid, kabid_np):
    jumlah = {}
    for orang in (kabid, kabid_np):
        jenis = statistik.jenis_pembaca(orang)
        halaman = masuk(orang).get(alamat("terbit"))
        jumlah[orang.pk] = halaman.context["jumlah"]
        assert halaman.context["jumlah"] == angka(Ukuran.TERBIT, jenis=jenis)
        assert "Hanya layanan bidang Anda" in halaman.content.decode()
    assert all(jumlah.values()) and sum(jumlah.values()) == angka(Ukuran.TERBIT)
    siup = JenisIzin.objects.get(kode="siup").pk
    assert siup in statistik.jenis_pembaca(kabid_np) and siup not in statistik.jenis_pembaca(kabid)


def test_no_name_and_no_number_for_who_may_not_see_the_files(ramai, masuk, prita, admin):
    pihak = ramai.pihak
    rahasia = [pihak.nama, pihak.nomor_identitas, pihak.hp, *Permohonan.objects.values_list("nomor", flat=True)]
    for orang in (prita, admin):
        klien = masuk(orang)
        for ukuran in (*Ukuran, *UkuranKini):
            teks = klien.get(alamat(ukuran)).content.decode().partition("<main")[2] + str(baris_csv(klien, ukuran))
            assert "Surat" in teks or "Izin" in teks
            assert not [r for r in rahasia if r in teks], (orang, ukuran)


def test_control_the_number_and_the_way_are_there_for_who_may_see_the_file(ramai, masuk, auditor):
    teks = masuk(auditor).get(alamat(UkuranKini.LEWAT_KINI)).content.decode()
    assert reverse("berkas_petugas", args=[ramai.nomor]) in teks
    assert ramai.pihak.nama not in teks.partition("<main")[2]


def test_other_desks_are_refused_and_strangers_find_nothing(masuk, rina, budi, sari):
    for orang, status in ((rina, 403), (budi, 403), (sari, 404)):
        assert masuk(orang).get(alamat("terbit")).status_code == status


def test_the_list_asks_the_same_queries_for_one_row_and_for_many(ramai, masuk, auditor, django_assert_num_queries):
    klien = masuk(auditor)
    for ukuran in ("terbit", "saran", "perbaikan", "retribusi"):
        klien.get(alamat(ukuran))
        with django_assert_num_queries(QUERI[ukuran]):
            klien.get(alamat(ukuran))


QUERI = {"terbit": 14, "saran": 14, "perbaikan": 11, "retribusi": 13}
