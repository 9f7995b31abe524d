"""The dashboard of the plan: every figure is the form's or its list's, for who plans and leads, and in its files."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import reverse

from perizinan import rekap
from renstra.evaluasi import sebagai_data, susun
from renstra.models import Anggaran, Keluaran, Target
from renstra.services import penutupan, realisasi
from renstra.sumber import Masa
from tests.renstra.alat_pdf import tabel_pdf

pytestmark = pytest.mark.django_db
DAFTAR = "/petugas/statistik/"


@pytest.fixture
def berisi(rencana, berkas_di, prita, peserta):
    """Two quarters reported: permits of two bidang counted by the portal, participants and money by hand."""
    berkas_di("terbit", "siup")
    berkas_di("terbit", "imb")
    program = rencana.program.get()
    hitung = Keluaran.objects.create(
        program=program, urutan=2, nama="Izin terbit", satuan="izin", tipe="kumulatif", sumber="izin_terbit"
    )
    Target.objects.create(keluaran=hitung, tahun=2026, angka=4)
    anggaran = Anggaran.objects.get(tahun=2026)
    for tw, orang, uang in ((1, 30, 8_000_000), (2, 50, 10_000_000)):
        realisasi.catat(peserta, Masa(2026, tw), Decimal(orang), oleh=prita, keterangan="Daftar hadir")
        realisasi.catat_uang(anggaran, tw, uang, oleh=prita)
        realisasi.tarik(rencana, Masa(2026, tw), oleh=prita)
    return rencana


def alamat(**tanya):
    return reverse("dasbor_rencana", query={"tahun": 2026, "triwulan": 2} | tanya)


def angka(d):
    return [a for t in d.tabel for b in t.baris for a in b.isi]


def dari_daftar(klien, d):
    """Open every list that a figure leads to; returns how many figures had one that counts."""
    jumlah = 0
    for a in angka(d):
        if a.tautan.startswith(DAFTAR) and a.cacah is not None:
            assert klien.get(a.tautan).context["jumlah"] == a.cacah == a.nilai, a
            jumlah += 1
    return jumlah


def test_every_figure_is_that_of_the_form_or_of_its_list_and_every_origin_is_there(
    berisi, masuk, prita, kadis, kabid
):
    bentuk = {b["indikator"]: b for b in sebagai_data(susun(berisi, 2026, 2))["baris"]}
    for orang, berdaftar in ((prita, 2), (kadis, 2), (kabid, 0)):
        klien = masuk(orang)
        d = klien.get(alamat()).context["d"]
        assert dari_daftar(klien, d) == berdaftar
        for b, nama in zip(d.kinerja.baris, ("Izin tepat waktu", "Izin terbit", "Peserta"), strict=True):
            satu = bentuk[nama]
            asal = [satu["target"], *satu["triwulan"], satu["realisasi"], satu["capaian"]]
            assert [a.nilai for a in b.isi[:-1]] == [None if p["k"] is None else Fraction(p["k"]) for p in asal]
        (uang,) = d.anggaran.baris
        satu = bentuk["Peserta"]
        asal = [satu["target"], *satu["triwulan"], satu["realisasi"], satu["capaian"]]
        assert [a.nilai for a in uang.isi] == [None if p["rp"] is None else Fraction(p["rp"]) for p in asal]
        assert [a.nilai for a in d.per_triwulan.baris[1].isi] == [10_000_000, 18_000_000, 90]
        assert [a.teks for a in d.kuadran.baris[0].isi][:2] == ["90,00%", "40,00%"]
        assert not [a for a in angka(d) if a.tautan.startswith(DAFTAR)] or orang != kabid
    # A link into the form leads to a line that the page has.
    for orang in (prita, kabid):
        klien = masuk(orang)
        halaman = klien.get(alamat())
        tautan = {a.tautan for a in angka(halaman.context["d"])} | {
            b.tautan for k in halaman.context["kelompok"] for b in k.butir
        }
        assert len(tautan) > 4
        for satu in tautan - {""}:
            jawab = klien.get(satu)
            assert jawab.status_code == 200, satu
            if pecahan := urlsplit(satu).fragment:
                assert f'id="{pecahan}"' in jawab.content.decode()


def test_year_and_quarter_are_chosen_in_the_address_and_a_signed_quarter_is_shown_as_it_was_signed(
    berisi, masuk, prita, kabid
):
    klien = masuk(prita)
    satu = klien.get(alamat(triwulan=1)).context["d"]
    assert [len(satu.per_triwulan.baris), satu.anggaran.baris[0].isi[6].teks] == [1, "40,00%"]
    lama = klien.get(alamat(tahun=2025, triwulan=4)).context["d"]
    assert lama.anggaran.baris[0].isi[0].nilai == 10_000_000 and lama.serapan is None
    salah = klien.get(alamat(tahun="1999", triwulan="9"))
    assert salah.status_code == 200 and salah.context["saringan"].errors
    potret = penutupan.susun_potret(berisi, Masa(2026, 1), oleh=prita)
    penutupan.sahkan(potret.pk, oleh=kabid)
    Target.objects.filter(keluaran__nama="Peserta", tahun=2026).update(angka=1)
    halaman = masuk(prita).get(alamat(triwulan=1))
    assert halaman.context["d"].kinerja.baris[2].isi[0].nilai == 200
    assert "belum_disahkan" not in {k.kode for k in halaman.context["kelompok"]}


def test_alerts_name_what_is_late_low_and_ahead_of_its_work(berisi, masuk, prita, kabid):
    def peringatan(orang):
        return {k.kode: k.butir for k in masuk(orang).get(alamat()).context["kelompok"]}

    isi = peringatan(prita)
    assert [b.rincian for b in isi["serapan"]] == ["50 poin di atas capaian"]
    assert any("40,00%, Sangat Rendah" in b.rincian for b in isi["predikat"])
    (potret,) = isi["belum_disahkan"]  # only the first quarter is over
    assert "Triwulan I 2026" in potret.hal
    Target.objects.filter(keluaran__nama="Peserta", tahun=2026).update(angka=None, teks="sesuai kebutuhan")
    assert "sesuai kebutuhan" in peringatan(kabid)["target"][0].rincian


def test_the_files_say_what_the_page_says(berisi, masuk, prita):
    from openpyxl import load_workbook

    klien = masuk(prita)
    halaman = klien.get(alamat())
    tabel = halaman.context["tabel"]
    buku = load_workbook(io.BytesIO(klien.get(alamat(format="xlsx")).content))
    assert len(buku.worksheets) == len(tabel) == 5
    for t in tabel:
        baris = list(csv.reader(io.StringIO(klien.get(alamat(format="csv", tabel=t.kode)).content.decode())))
        assert baris[0] == t.kolom and len(baris) == len(t.baris) + 1
        for b, sel in zip(t.baris, baris[1:], strict=True):
            for a, teks in zip(b.isi, sel[1:], strict=True):
                assert a.nilai is None or abs(Fraction(teks) - a.nilai) < Fraction(1, 100)
    pdf = klien.get(alamat(format="pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    tercetak = tabel_pdf(pdf.content)
    for t in tabel:
        harapan = [t.kolom, *([str(b.kepala), *(a.teks for a in b.isi)] for b in t.baris)]
        rapat = [["".join(sel.split()) for sel in baris] for baris in harapan]
        assert rapat in [[["".join(sel.split()) for sel in baris] for baris in satu] for satu in tercetak], t.kode
    assert klien.get(f"{reverse('dasbor')}?{urlencode({'format': 'pdf'})}").content.startswith(b"%PDF")
    assert klien.get(alamat(format="csv", tabel="entah")).status_code == 404


def test_it_asks_the_same_queries_however_many_activities_there_are(berisi, masuk, prita, django_assert_num_queries):
    from renstra.models import Kegiatan

    klien = masuk(prita)
    rekap.segarkan()
    klien.get(alamat())
    with django_assert_num_queries(QUERI):
        klien.get(alamat())
    for n in range(2, 6):
        k = Kegiatan.objects.create(program=berisi.program.get(), no=n, nama=f"Kegiatan {n}")
        Keluaran.objects.create(kegiatan=k, urutan=1, nama=f"Keluaran {n}", satuan="buah", tipe="kumulatif")
    with django_assert_num_queries(QUERI):
        klien.get(alamat())


QUERI = 30


def test_an_office_without_a_plan_says_so(masuk, prita):
    from renstra.models import Rencana

    Rencana.objects.update(status="diganti")
    halaman = masuk(prita).get(reverse("dasbor_rencana"))
    assert halaman.status_code == 200 and "Belum ada rencana yang berlaku" in halaman.content.decode()
