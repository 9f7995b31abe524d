"""Closing a period: what is open blocks, two people, a signed edition that nothing changes, corrections."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from core import waktu
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from ikm import buku, rekap_luar
from ikm.enums import SaluranJawaban
from ikm.models import Edisi, Jawaban, Periode
from ikm.services import kertas, menjawab, penutupan, tindak_lanjut
from ikm.services.menjawab import Isian
from ikm.services.penandaan import putuskan
from ikm.services.periode import periode_berjalan
from ikm.statistik import hasil_periode
from tests.conftest import WIB

pytestmark = pytest.mark.django_db


@pytest.fixture
def periode(unsur):
    """A half year with forty answers, none of them uniform, that is over."""
    p = periode_berjalan(date(2026, 3, 2))
    for ke in range(40):
        nilai = tuple(3 + (ke + n) % 2 for n in range(9))
        menjawab.simpan(
            p, nilai, Isian({}), saluran=SaluranJawaban.TAUTAN, kelompok="jasa_usaha" if ke % 2 else "tertentu"
        )
    with waktu.beku(datetime(2026, 7, 6, 9, 0, tzinfo=WIB)):
        yield p


@pytest.fixture
def tertutup(periode, prita, kadis):
    edisi = penutupan.susun_edisi(periode, oleh=prita)
    penutupan.sahkan(edisi, oleh=kadis)
    periode.refresh_from_db()
    return periode


def kode_terbuka(periode):
    return {b.kode for b in penutupan.penghalang(periode)}


def test_the_checklist_names_every_open_thing(periode, unsur, prita, admin):
    assert kode_terbuka(periode) == set()
    isian = Isian(nilai={u.kode: 3 for u in unsur})
    kertas.entri(periode, "1", isian, oleh=prita)
    kertas.entri(periode, "2", isian, oleh=prita)
    kertas.entri(periode, "2", Isian(nilai=isian.nilai | {unsur[0].kode: 4}), oleh=admin)
    seragam = menjawab.simpan(periode, (4,) * 9, Isian({}), saluran=SaluranJawaban.KIOS)
    assert kode_terbuka(periode) == {"entri_pertama", "entri_beda", "janggal"}
    with pytest.raises(TransisiDitolak, match="dientri satu kali"):
        penutupan.susun_edisi(periode, oleh=prita)
    putuskan(seragam.pk, dihitung=True, alasan="Wajar.", oleh=prita)
    assert "janggal" not in kode_terbuka(periode)


def test_a_wrong_count_blocks(periode):
    from ikm.models import Hitungan

    Hitungan.objects.filter(periode=periode, urutan=1, nilai=3).update(jumlah=99)
    assert "hitungan" in kode_terbuka(periode)


def test_a_period_that_still_runs_is_not_frozen(periode, prita):
    with (
        waktu.beku(datetime(2026, 6, 30, 9, 0, tzinfo=WIB)),
        pytest.raises(TransisiDitolak, match="sudah lewat: belum"),
    ):
        penutupan.susun_edisi(periode, oleh=prita)


def test_one_prepares_another_signs_and_the_period_is_closed(periode, prita, kadis, budi):
    with pytest.raises(TidakBerwenang):
        penutupan.susun_edisi(periode, oleh=kadis)
    edisi = penutupan.susun_edisi(periode, oleh=prita)
    for orang in (prita, budi):
        with pytest.raises(TidakBerwenang):
            penutupan.sahkan(edisi, oleh=orang)
    penutupan.sahkan(edisi, oleh=kadis)
    with pytest.raises(Bentrok):
        penutupan.sahkan(edisi, oleh=kadis)
    with pytest.raises(TransisiDitolak):
        menjawab.kunci_periode(periode)
    with pytest.raises(TransisiDitolak):
        penutupan.susun_edisi(periode, oleh=prita)


def test_what_moved_after_freezing_is_not_signed(periode, prita, kadis):
    edisi = penutupan.susun_edisi(periode, oleh=prita)
    menjawab.simpan(periode, (1, 2, 3, 4, 1, 2, 3, 4, 1), Isian({}), saluran=SaluranJawaban.KIOS)
    with pytest.raises(Bentrok):
        penutupan.sahkan(edisi, oleh=kadis)
    ulang = penutupan.susun_edisi(periode, oleh=prita)
    assert ulang.nomor == 1
    penutupan.sahkan(ulang, oleh=kadis)


def test_the_database_keeps_a_signed_edition(tertutup):
    for laku in (
        lambda: Edisi.objects.update(alasan="lain"),
        lambda: Edisi.objects.all().delete(),
        lambda: Edisi.objects.update(hasil={}),
    ):
        with pytest.raises(DatabaseError, match="tidak berubah"), transaction.atomic():
            laku()


def test_control_an_edition_that_is_not_signed_may_still_change(periode, prita):
    penutupan.susun_edisi(periode, oleh=prita)
    assert Edisi.objects.update(alasan="") == 1


def test_a_correction_is_the_next_edition_with_its_reason_and_its_differences(tertutup, prita, kadis):
    with pytest.raises(IsianTidakSah):
        penutupan.buka_lagi(tertutup, " ", oleh=prita)
    penutupan.buka_lagi(tertutup, "Satu kotak lembar terlewat.", oleh=prita)
    menjawab.simpan(menjawab.kunci_periode(tertutup), (1,) * 8 + (2,), Isian({}), saluran=SaluranJawaban.KERTAS)
    edisi = penutupan.susun_edisi(tertutup, oleh=prita)
    assert (edisi.nomor, edisi.alasan) == (2, "Satu kotak lembar terlewat.")
    penutupan.sahkan(edisi, oleh=kadis)
    satu, dua = Edisi.objects.order_by("nomor")
    beda = {nama: (lama, baru) for nama, lama, baru in penutupan.beda_edisi(satu.hasil, dua.hasil)}
    assert beda["Responden"] == ("40", "41")
    assert "Indeks" in beda


def test_a_reopened_period_is_not_signed_over_a_sheet_that_nobody_counted(tertutup, unsur, prita, kadis):
    edisi = penutupan.buka_lagi(tertutup, "Satu kotak lembar terlewat.", oleh=prita)
    kertas.entri(tertutup, "1", Isian(nilai={u.kode: 3 for u in unsur}), oleh=prita)
    with pytest.raises(TransisiDitolak, match="dientri satu kali"):
        penutupan.sahkan(edisi, oleh=kadis)
    assert Edisi.objects.get(nomor=2).disahkan_pada is None


class TestRekap:
    def test_equal_numbers_show_no_difference_and_one_digit_shows_one(self, periode):
        hasil = hasil_periode(periode)
        baris = [f"U{ke},{u['n']},{u['jumlah']},{u['nrr']}" for ke, u in enumerate(hasil["unsur"], start=1)]
        teks = "unsur,n,jumlah,nrr\n" + "\n".join(baris)
        assert rekap_luar.bandingkan(hasil, rekap_luar.baca("a.csv", teks.encode())) == []
        jumlah = hasil["unsur"][3]["jumlah"]
        salah = teks.replace(f"U4,40,{jumlah},", f"U4,40,{jumlah + 1},")
        (satu,) = rekap_luar.bandingkan(hasil, rekap_luar.baca("a.csv", salah.encode()))
        assert (satu.unsur, satu.apa, satu.beda) == (hasil["unsur"][3]["nama"], "jumlah", 1)

    def test_indonesian_spelling_semicolons_and_names(self, periode):
        hasil = hasil_periode(periode)
        u = hasil["unsur"][0]
        teks = f"Unsur;NRR\n{u['nama'].upper()};{u['nrr'].replace('.', ',')}\n"
        assert rekap_luar.bandingkan(hasil, rekap_luar.baca("a.csv", teks.encode("utf-8-sig"))) == []

    def test_xlsx(self, periode):
        from openpyxl import Workbook

        hasil = hasil_periode(periode)
        kertas_ = Workbook()
        kertas_.active.append(["unsur", "n"])
        kertas_.active.append(["U1", 41])
        berkas = io.BytesIO()
        kertas_.save(berkas)
        (satu,) = rekap_luar.bandingkan(hasil, rekap_luar.baca("rekap.xlsx", berkas.getvalue()))
        assert satu.mereka == 41

    @pytest.mark.parametrize(
        ("nama", "isi", "kata"),
        [
            ("a.csv", b"", "kosong"),
            ("a.csv", b"nama,nilai\nU1,3\n", "judul"),
            ("a.csv", b"\xff\xfe\x00", "CSV"),
            ("a.xlsx", b"bukan", "tidak dapat dibaca"),
        ],
    )
    def test_bad_files_are_named(self, periode, nama, isi, kata):
        with pytest.raises(IsianTidakSah, match=kata):
            rekap_luar.baca(nama, isi)

    def test_bad_cells_are_named_by_row_and_column(self, periode):
        isi = rekap_luar.baca("a.csv", b"unsur,n\nU1,empat\nU99,3\n")
        with pytest.raises(IsianTidakSah) as galat:
            rekap_luar.bandingkan(hasil_periode(periode), isi)
        assert ["Baris 2 kolom n" in k or "Baris 3" in k for k in galat.value.rincian["berkas"]] == [True, True]


class TestTindakLanjut:
    def test_a_plan_its_evidence_and_its_effect(self, tertutup, prita, unsur, kabid):
        rencana = tindak_lanjut.rencanakan(
            tertutup,
            unsur[0].kode,
            rencana="Loket kedua.",
            penanggung_jawab="Kabid",
            batas=date(2026, 9, 1),
            oleh=prita,
        )
        with pytest.raises(TidakBerwenang):
            tindak_lanjut.perbarui(rencana.pk, status="selesai", catatan="x", bukti=None, oleh=kabid)
        with pytest.raises(IsianTidakSah):
            tindak_lanjut.perbarui(rencana.pk, status="selesai", catatan="", bukti=None, oleh=prita)
        with pytest.raises(IsianTidakSah):
            tindak_lanjut.perbarui(
                rencana.pk, status="berjalan", catatan="", bukti=SimpleUploadedFile("a.pdf", b"<html>"), oleh=prita
            )
        tindak_lanjut.perbarui(rencana.pk, status="selesai", catatan="Dibuka 1 Agustus.", bukti=None, oleh=prita)
        nanti = periode_berjalan(date(2026, 8, 1))
        for _ in range(6):
            menjawab.simpan(nanti, (4, 3) * 4 + (4,), Isian({}), saluran=SaluranJawaban.TAUTAN)
        (d,) = tindak_lanjut.dampak(tertutup)
        assert d.sesudah == 4
        assert d.perubahan == d.sesudah - d.sebelum

    def test_a_date_inside_the_period_is_refused(self, periode, prita, unsur):
        with pytest.raises(IsianTidakSah):
            tindak_lanjut.rencanakan(
                periode, unsur[0].kode, rencana="x", penanggung_jawab="y", batas=date(2026, 5, 1), oleh=prita
            )


class TestBuku:
    def test_dashboard_api_page_and_both_books_print_the_same_numbers(self, tertutup, masuk, prita, warga):
        from openpyxl import load_workbook

        isi = buku.susun(tertutup)
        hasil = isi.hasil
        api = warga.get("/api/v1/ikm/").json()["results"][0]
        assert str(api["ikm"]) == hasil["ikm"] or api["hasil"]["ikm"] == hasil["ikm"]
        angka = hasil["ikm"].replace(".", ",")
        assert angka in masuk(prita).get(reverse("ikm_dasbor"), {"periode": tertutup.kode}).content.decode()
        assert angka in warga.get(reverse("ikm")).content.decode()
        kerja = load_workbook(io.BytesIO(buku.buku_kerja(isi)[0]))
        baris = list(kerja["Pengolahan"].iter_rows(values_only=True))
        for ke, u in enumerate(hasil["unsur"], start=1):
            (sel,) = [b for b in baris if b[0] == f"U{ke}"]
            assert sel[1:8] == (u["nama"], u["n"], *u["cacah"], u["jumlah"])
            assert f"{sel[8]:.3f}" == u["nrr"]
        assert any(angka in str(b[0]) for b in baris)

    def test_the_pdf_is_made_tagged_and_marked(self, periode, tmp_path):
        import pikepdf

        isi = buku.susun(periode)
        assert isi.cap == "konsep"
        data, _jenis = buku.pdf(isi)
        with pikepdf.open(io.BytesIO(data)) as p:
            assert "/StructTreeRoot" in p.Root
            assert len(p.pages) >= 8

    def test_under_five_answers_there_is_no_book(self, unsur, masuk, prita):
        p = periode_berjalan(date(2026, 3, 2))
        menjawab.simpan(p, (3,) * 8 + (4,), Isian({}), saluran=SaluranJawaban.TAUTAN)
        assert buku.susun(p) is None
        assert masuk(prita).get(reverse("ikm_buku", args=["pdf"]), {"periode": p.kode}).status_code == 404


class TestHalaman:
    def test_the_planner_and_the_head_close_it_by_their_buttons(self, periode, masuk, prita, kadis):
        alamat = f"{reverse('ikm_tutup')}?periode={periode.kode}"
        perencana, kepala = masuk(prita), masuk(kadis)
        assert "Susun edisi" in perencana.get(alamat).content.decode()
        assert "Susun edisi" not in kepala.get(alamat).content.decode()
        assert perencana.post(alamat, {"laku": "susun"}).status_code == 302
        assert (
            "Sahkan"
            not in perencana.get(alamat).content.decode().split("Daftar selisih")[0].split("Yang perlu beres")[1]
        )
        assert kepala.post(alamat, {"laku": "sahkan"}).status_code == 302
        assert Periode.objects.get(pk=periode.pk).status == "ditutup"
        buka = perencana.post(alamat, {"laku": "buka", "alasan": ""})
        assert buka.status_code == 400
        assert perencana.post(alamat, {"laku": "buka", "alasan": "Lembar terlewat."}).status_code == 302
        assert Edisi.objects.count() == 2

    def test_a_recap_is_compared_on_the_page(self, periode, masuk, prita):
        alamat = f"{reverse('ikm_tutup')}?periode={periode.kode}"
        berkas = SimpleUploadedFile("kabid.csv", b"unsur,n\nU1,41\nU2,40\n", content_type="text/csv")
        isi = masuk(prita).post(alamat, {"laku": "rekap", "berkas": berkas}).content.decode()
        assert "1 angka berbeda" in isi
        salah = SimpleUploadedFile("kabid.csv", b"apa\n1\n", content_type="text/csv")
        assert masuk(prita).post(alamat, {"laku": "rekap", "berkas": salah}).status_code == 400

    def test_follow_up_is_written_and_read_on_its_page(self, periode, masuk, prita, kabid, unsur):
        alamat = f"{reverse('ikm_tindak_lanjut')}?periode={periode.kode}"
        data = {"laku": "rencana", "unsur": unsur[0].kode, "rencana": "Loket kedua.", "penanggung_jawab": "Kabid"}
        assert masuk(prita).post(alamat, data | {"batas": "2026-05-01"}).status_code == 400
        assert masuk(prita).post(alamat, data | {"batas": "2026-09-01"}).status_code == 302
        rencana = periode.tindak_lanjut.get()
        maju = {"laku": "kemajuan", "rencana_ke": rencana.pk, "status": "berjalan", "catatan": "Mulai."}
        assert masuk(prita).post(alamat, maju).status_code == 302
        assert masuk(prita).post(alamat, maju | {"status": "selesai", "catatan": ""}).status_code == 400
        halaman = masuk(kabid).get(alamat).content.decode()
        assert "Mulai." in halaman and "Simpan rencana" not in halaman
        assert Jawaban.objects.count() == 40
