"""The tree of a plan as tables: the same rules say of it what they say of the printed tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.muat import muat_unit
from renstra.models import Anggaran, Kegiatan, Keluaran, Program, Rencana
from renstra.muat import muat_renstra
from renstra.periksa import periksa
from renstra.pohon import tabel_pohon
from renstra.susunan import tabel_rencana
from renstra.tabel import susun

pytestmark = pytest.mark.django_db


def ringkas(temuan):
    return sorted((t.aturan, t.tabel, t.lokasi, t.hitung_ulang, t.tingkat.value, t.keterangan) for t in temuan)


def test_the_tree_of_the_printed_plan_has_the_findings_of_its_printed_tables():
    """Three kinds of cells are not in the tree, and their findings with them:

    headings (judul_kolom), the printed sums, and what the tables of chapter 2 say beside 4.1, 5.1 and 6.1.
    """
    muat_unit()
    muat_renstra()
    rencana = Rencana.objects.get()
    bab = {"4.1", "5.1", "6.1"}
    cetak = [t for t in periksa(tabel_rencana(rencana)) if t.tabel in bab and t.aturan != "judul_kolom"]
    pohon = periksa(susun(tabel_pohon(rencana)))
    assert {"kondisi_akhir", "format_angka", "silang_tabel"} <= {t.aturan for t in pohon}
    assert ringkas(pohon) == ringkas(cetak)


def test_a_consistent_tree_has_no_finding_and_one_wrong_end_is_told_with_its_sum(rencana, peserta):
    Keluaran.objects.filter(pk=peserta.pk).update(akhir=Decimal(500), akhir_teks="500")
    Keluaran.objects.filter(sumber="tepat_waktu").update(akhir=Decimal(95), akhir_teks="95")
    assert periksa(susun(tabel_pohon(rencana))) == []
    Keluaran.objects.filter(pk=peserta.pk).update(akhir=Decimal(600), akhir_teks="600")
    (satu,) = periksa(susun(tabel_pohon(rencana)))
    assert (satu.aturan, satu.tercetak, satu.hitung_ulang) == ("kondisi_akhir", "600", "500")


def test_the_kind_that_was_chosen_counts_more_than_the_unit(rencana, peserta):
    """Days are no level by their word; a plan says what they are."""
    Keluaran.objects.filter(pk=peserta.pk).update(satuan="hari", tipe="level", akhir=Decimal(200), akhir_teks="200")
    Keluaran.objects.filter(sumber="tepat_waktu").delete()
    assert periksa(susun(tabel_pohon(rencana))) == []


def test_several_programmes_keep_their_activities_apart(rencana):
    Anggaran.objects.filter(tahun=2026).update(teks="20000.000")
    dua = Program.objects.create(rencana=rencana, no=2, nama="Program dua")
    kegiatan = Kegiatan.objects.create(program=dua, no=1, nama="Kegiatan dua")
    Anggaran.objects.create(kegiatan=kegiatan, tahun=2027, pagu=5_000_000)
    isi = susun(tabel_pohon(rencana))
    tabel = isi["5_1_pendanaan"]
    assert [b.nama for b in tabel.baris] == ["1.1", "2.1", "JUMLAH"]
    assert tabel.jumlah["total_tercetak"].angka == 65_000_000
    assert [(t.aturan, t.tercetak) for t in periksa(isi) if t.aturan == "format_angka" and "." in t.tercetak] == [
        ("format_angka", "20000.000")
    ]
