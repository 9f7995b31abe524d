"""The dashboard: every figure is what its list counts, cut for who reads it, and the same in its files."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from bpptportal.contoh import alur
from perizinan import rekap, services
from perizinan.enums import Ukuran
from perizinan.models import Permohonan
from tests.perizinan.bekal_waktu import biarkan

pytestmark = pytest.mark.django_db


@pytest.fixture
def ramai(berkas_di, pemeran):
    """Files of two bidang over two years: in time, late, refused, lapsed, corrected, advised, paid."""
    lama = berkas_di("diserahkan", "siup")
    Permohonan.objects.filter(pk=lama.pk).update(
        diajukan_pada="2025-05-02T08:00+07:00",
        mulai_hitung="2025-05-02T08:00+07:00",
        terbit_pada="2025-05-05T10:00+07:00",
        perlu_rekap=True,
    )
    lambat, _kini = berkas_di("verifikasi", "siup"), berkas_di("verifikasi", "siup")
    dikaji = berkas_di("kajian_teknis", "imb")
    berkas_di("menunggu_pembayaran", "imb")
    biarkan(35)
    ditanya = berkas_di("kajian_teknis", "imb")
    butir = [{"uraian": "Gambar"}, {"uraian": "Hitungan"}]
    services.minta_perbaikan(ditanya.pk, oleh=pemeran.teknisi, butir=butir)
    alur.jalankan(lambat, pemeran, "terbit")
    alur.jalankan(dikaji, pemeran, "terbit")
    tolak = berkas_di("verifikasi", "siup")
    services.usulkan_tolak(tolak.pk, oleh=pemeran.kabid_np, alasan="Tidak sesuai.", dasar_hukum="Perda 15/2012")
    services.setujui_tolak(tolak.pk, oleh=pemeran.kadis)
    services.batalkan(berkas_di("verifikasi", "siup").pk, oleh=pemeran.sari)
    menunggu = berkas_di("verifikasi", "tdp")
    services.minta_perbaikan(menunggu.pk, oleh=pemeran.rina, butir=[{"uraian": "Lengkapi foto"}])


def alamat(**tanya):
    return f"{reverse('dasbor')}?{urlencode(tanya)}" if tanya else reverse("dasbor")


def dasbor(klien, **tanya):
    return klien.get(alamat(**tanya)).context["dasbor"]


def periksa(klien, isi):
    """Open the list of every figure; returns how many there were."""
    sudah = {}
    for a in isi.angka:
        if a.tautan not in sudah:
            sudah[a.tautan] = klien.get(a.tautan).context
        konteks = sudah[a.tautan]
        if a.cacah is None:
            assert konteks["jumlahnya"] == a.teks, a
        else:
            assert konteks["jumlah"] == a.cacah, a
    return len(sudah)


def test_every_figure_equals_its_list(ramai, masuk, prita, kadis):
    isi = dasbor(klien := masuk(prita))
    assert periksa(klien, isi) > 60
    minta = [b.isi[4].nilai for b in isi.per_dinas.baris]
    assert sum(minta) == 2 and max(minta) == 2  # two items, asked by one SKPD
    assert periksa(klien := masuk(kadis), dasbor(klien, tahun=2025)) > 5


def test_every_figure_equals_its_list_for_one_service_and_for_one_bidang(ramai, masuk, kadis, kabid, kabid_np):
    klien = masuk(kadis)
    siup = dasbor(klien, layanan="siup")
    assert periksa(klien, siup) > 20
    assert len(siup.per_layanan.baris) == 1
    jumlah = []
    for orang in (kabid, kabid_np):
        satu = masuk(orang)
        isi = dasbor(satu)
        assert periksa(satu, isi) > 20
        jumlah.append(terbit(isi))
    assert all(jumlah) and sum(jumlah) == terbit(dasbor(klien))


def terbit(isi):
    """Issued this year, as the summary table says."""
    return next(b.isi[1].nilai for b in isi.ringkasan.baris if b.kepala == Ukuran.TERBIT.label)


def test_the_story_is_on_the_page(ramai, masuk, kadis):
    isi = dasbor(masuk(kadis))
    n = {str(b.kepala): [a.teks for a in b.isi] for b in isi.ringkasan.baris}
    assert n["Izin terbit"] == ["2", "2", "1"]
    assert n["Tepat waktu"][1:] == ["0,0%", "100,0%"]
    assert n["Tidak disetujui"][1] == n["Dibatalkan pemohon"][1] == n["Ditutup karena batas pemohon lewat"][1] == "1"
    assert [a.nilai for _nama, a in isi.hari_ini] == [3, 1, 1, 2]
    tahun = {b.kepala: b.isi[0].teks for b in isi.tahunan.baris}
    assert tahun == {
        "2009": "43.830",
        "2010": "41.517",
        "2011": "49.620",
        "2012": "50.843",
        "2013": "41.444",
        "2025": "1",
        "2026": "2",
    }
    assert "2.4a" in isi.tahunan.baris[0].isi[1].teks
    assert any(b.isi[1].nilai for b in isi.per_dinas.baris)


def test_the_downloads_say_what_the_page_says(ramai, masuk, auditor):
    from openpyxl import load_workbook

    klien = masuk(auditor)
    isi = dasbor(klien)
    buku = load_workbook(io.BytesIO(klien.get(alamat(format="xlsx")).content))
    assert len(buku.worksheets) == len(isi.tabel)
    for t, lembar in zip(isi.tabel, buku.worksheets, strict=True):
        baris = list(csv.reader(io.StringIO(klien.get(alamat(format="csv", tabel=t.kode)).content.decode())))
        assert baris[0] == t.kolom and len(baris) == len(t.baris) + 1
        for b, sel, dari_buku in zip(t.baris, baris[1:], lembar.iter_rows(min_row=5, values_only=True), strict=False):
            assert sel[0] == str(b.kepala) == str(dari_buku[0])
            for a, teks, nilai in zip(b.isi, sel[1:], dari_buku[1:], strict=True):
                if isinstance(a.nilai, int):
                    assert int(teks) == a.nilai == nilai
                elif isinstance(a.nilai, Fraction):
                    assert abs(Fraction(teks) - a.nilai) < Fraction(1, 1000)
                    assert abs(Fraction(str(nilai)) - a.nilai) < Fraction(1, 100)
    assert klien.get(alamat(format="csv", tabel="entah")).status_code == 404
    assert klien.get(alamat(format="exe")).status_code == 404


def test_a_filter_that_cannot_be_read_shows_this_year_and_says_so(ramai, masuk, auditor):
    klien = masuk(auditor)
    for tanya in ({"tahun": "1999"}, {"tahun": "x"}, {"layanan": "entah"}):
        halaman = klien.get(alamat(**tanya))
        assert halaman.context["saringan"].errors
        assert terbit(halaman.context["dasbor"]) == 2


def test_the_page_reads_the_summary_up_to_the_last_act(ramai, masuk, prita, berkas_di):
    klien = masuk(prita)
    semula = terbit(dasbor(klien))
    berkas_di("terbit", "siup")
    assert terbit(dasbor(klien)) == semula + 1


def test_it_is_for_who_plans_and_leads(masuk, rina, sari, admin, prita):
    for orang, status in ((rina, 403), (sari, 404), (admin, 200), (prita, 200)):
        assert masuk(orang).get(alamat()).status_code == status


def test_an_office_without_files_sees_zeros_not_errors(masuk, prita):
    halaman = masuk(prita).get(alamat())
    assert halaman.status_code == 200
    assert terbit(halaman.context["dasbor"]) == 0


def test_it_asks_the_same_queries_however_many_services_there_are(
    ramai, masuk, auditor, berkas_di, django_assert_num_queries
):
    klien = masuk(auditor)
    klien.get(alamat())
    with django_assert_num_queries(QUERI):
        klien.get(alamat())
    berkas_di("terbit", "tdp")
    rekap.segarkan()
    klien.get(alamat())
    with django_assert_num_queries(QUERI):
        klien.get(alamat())


QUERI = 33
