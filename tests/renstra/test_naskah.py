"""Texts of a year's book: who writes, what the book prints, and that two people never overwrite each other unseen."""

from __future__ import annotations

import re
from html import unescape

import pytest

from accounts.enums import Peran
from accounts.models import Akun, Penugasan
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang
from renstra.enums import BagianNaskah
from renstra.laporan import lkjip
from renstra.laporan.narasi import tempat
from renstra.laporan.teks import Blok, blok
from renstra.models import Keluaran, Naskah, RealisasiKinerja
from renstra.services import naskah, penutupan
from renstra.sumber import Masa

pytestmark = pytest.mark.django_db
ALAMAT = "/petugas/renstra/lkjip/naskah/"
ACUAN = "Sosialisasi / Peserta"


@pytest.fixture
def dua_tahun(rencana, peserta, lewat_semester):
    """Numbers of 2025 and 2026: one line rises and passes its target, one falls and is the lowest."""
    hasil = Keluaran.objects.get(sumber="tepat_waktu", program__rencana=rencana)
    for tahun, tepat, banyak in ((2025, 72, 90), (2026, 99, 100)):
        RealisasiKinerja.objects.create(keluaran=hasil, tahun=tahun, triwulan=2, angka=tepat)
        RealisasiKinerja.objects.create(keluaran=peserta, tahun=tahun, triwulan=2, angka=banyak)
    return rencana


@pytest.fixture
def pram(prita):
    """A second planner."""
    orang = Akun.objects.create_user(nama="Pram Contoh", surel="pram@contoh.invalid", password="x")
    tugas = Penugasan.objects.filter(akun=prita, peran=Peran.PERENCANA).get()
    tugas.pk, tugas.akun = None, orang
    tugas.save()
    return orang


def tulis(rencana, isi, *, oleh, bagian=BagianNaskah.ISU, acuan="", versi=0, tahun=2026):
    return naskah.tulis(rencana, tahun, bagian, acuan, isi, versi=versi, oleh=oleh)


def isian(respons):
    """What a browser would send back if nothing were typed: every named field of the page's POST form."""
    teks = respons.content.decode()
    teks = teks[teks.index('<form method="post" action="/petugas/renstra') :]
    kotak = re.findall(r'<textarea name="([^"]+)"[^>]*>\s?(.*?)</textarea>', teks, re.DOTALL)
    sembunyi = re.findall(r'<input type="hidden" name="(dasar_[^"]+)" value="([^"]*)"', teks)
    return {k: unescape(v) for k, v in [*kotak, *sembunyi]}


class TestLayanan:
    def test_a_planner_writes_and_every_change_counts_up(self, dua_tahun, prita, pram):
        satu = tulis(dua_tahun, "  Baris satu\r\nBaris dua  ", oleh=prita)
        assert (satu.isi, satu.versi, satu.oleh) == ("Baris satu\nBaris dua", 1, prita)
        dua = tulis(dua_tahun, "Lain", oleh=pram, versi=1)
        assert (dua.pk, dua.isi, dua.versi, dua.oleh) == (satu.pk, "Lain", 2, pram)

    @pytest.mark.parametrize("versi", [0, 1, 7])
    def test_who_saw_another_version_changes_nothing(self, dua_tahun, prita, pram, versi):
        tulis(dua_tahun, "Awal", oleh=prita)
        tulis(dua_tahun, "Kini", oleh=prita, versi=1)
        with pytest.raises(Bentrok):
            tulis(dua_tahun, "Punya Pram", oleh=pram, versi=versi)
        assert [(n.isi, n.versi) for n in Naskah.objects.all()] == [("Kini", 2)]

    def test_others_a_foreign_year_and_a_text_too_long_are_refused(self, dua_tahun, prita, kadis, budi):
        for orang in (kadis, budi):
            with pytest.raises(TidakBerwenang):
                tulis(dua_tahun, "x", oleh=orang)
        with pytest.raises(IsianTidakSah):
            tulis(dua_tahun, "x", oleh=prita, tahun=2030)
        with pytest.raises(IsianTidakSah):
            tulis(dua_tahun, "x" * (naskah.PANJANG_MAKS + 1), oleh=prita)
        assert not Naskah.objects.exists()
        assert tulis(dua_tahun, "x" * naskah.PANJANG_MAKS, oleh=prita).versi == 1

    def test_a_signed_fourth_quarter_locks_numbers_and_not_texts(self, dua_tahun, peserta, prita, kabid):
        penutupan.sahkan(penutupan.susun_potret(dua_tahun, Masa(2025, 4), oleh=prita).pk, oleh=kabid)
        assert lkjip.bahan_tahun(dua_tahun, 2025)[1].sah
        assert tulis(dua_tahun, "Sesudah disahkan", oleh=prita, tahun=2025).versi == 1


def test_lines_become_paragraphs_and_lists_and_never_markup():
    teks = "Satu <b>tebal</b>\n- a\n- b\n\n- c\n1. x\n7) y\nakhir - bukan butir\n-tanpa spasi\n"
    assert blok(teks) == (
        Blok("p", ("Satu <b>tebal</b>",)),
        Blok("ul", ("a", "b")),
        Blok("ul", ("c",)),
        Blok("ol", ("x", "y")),
        Blok("p", ("akhir - bukan butir",)),
        Blok("p", ("-tanpa spasi",)),
    )
    assert blok(" \n\r\n ") == ()


class TestBuku:
    def test_the_book_prints_what_was_written_and_the_stub_elsewhere(self, dua_tahun, masuk, prita):
        semula = lkjip.buku(dua_tahun, 2026)
        assert (len(semula.narasi), semula.ditulis, semula.tanda) == (8, 0, "Sementara")
        tulis(dua_tahun, "Sebabnya <i>hujan</i>.\n- banjir", oleh=prita, bagian=BagianNaskah.SEBAB, acuan=ACUAN)
        tulis(dua_tahun, "Isu tahun lain", oleh=prita, tahun=2025)
        buku = lkjip.buku(dua_tahun, 2026)
        (satu,) = [n for n in buku.narasi if n.blok]
        assert satu.kalimat == "Peserta turun dari 90,00% menjadi 50,00%. Ini capaian terendah tahun ini."
        assert satu.blok == (Blok("p", ("Sebabnya <i>hujan</i>.",)), Blok("ul", ("banjir",)))
        assert (buku.ditulis, buku.tanda) == (1, "Sementara")
        teks = masuk(prita).get("/petugas/renstra/lkjip/", {"tahun": "2026"}).content.decode()
        assert "Sebabnya &lt;i&gt;hujan&lt;/i&gt;." in teks and "<i>hujan" not in teks
        assert teks.count("Sebab: ditulis oleh") == 1 and "Isu tahun lain" not in teks
        assert "Naskah: 1 dari 8 bagian sudah ditulis." in teks

    def test_every_place_of_the_page_is_printed_by_the_book_with_its_own_text(self, dua_tahun, prita):
        daftar = tempat(lkjip.bahan_tahun(dua_tahun, 2026)[0])
        for t in daftar:
            tulis(dua_tahun, f"Teks {t.kunci}", oleh=prita, bagian=t.bagian, acuan=t.acuan)
        dicetak = [n.blok[0].baris[0] for n in lkjip.buku(dua_tahun, 2026).narasi]
        assert dicetak == [f"Teks {t.kunci}" for t in daftar] and len(set(dicetak)) == 8

    def test_two_lines_of_the_same_words_keep_their_own_causes(self, dua_tahun, peserta, lewat_semester):
        kembar = Keluaran.objects.create(
            kegiatan=peserta.kegiatan, urutan=2, nama="Peserta", satuan="orang", tipe="kumulatif"
        )
        kembar.target.create(tahun=2026, angka=10)
        RealisasiKinerja.objects.create(keluaran=kembar, tahun=2026, triwulan=2, angka=30)
        acuan = [t.acuan for t in tempat(lkjip.bahan_tahun(dua_tahun, 2026)[0]) if t.acuan]
        assert acuan[-2:] == [ACUAN, f"{ACUAN} (2)"]


class TestHalaman:
    def test_a_planner_fills_the_page_and_sees_how_much_is_written(self, dua_tahun, masuk, prita):
        orang = masuk(prita)
        awal = orang.get(ALAMAT, {"tahun": "2026"})
        assert "0 dari 8 sudah ditulis." in awal.content.decode()
        assert "Peserta turun dari 90,00% menjadi 50,00%." in awal.content.decode()
        kirim = isian(awal)
        assert sum(k.startswith("isi_") for k in kirim) == 8
        kirim |= {"isi_isu": "Isu kami", "isi_penutup": "Demikian"}
        respons = orang.post(f"{ALAMAT}?tahun=2026", kirim, follow=True)
        teks = respons.content.decode()
        assert "2 naskah tersimpan." in teks and "2 dari 8 sudah ditulis." in teks
        assert "Belum ditulis: 6 bagian" in teks
        assert set(Naskah.objects.values_list("bagian", "isi")) == {("isu", "Isu kami"), ("penutup", "Demikian")}

    def test_readers_see_texts_and_what_is_missing_and_cannot_write(self, dua_tahun, masuk, prita, kadis):
        tulis(dua_tahun, "Isu kami", oleh=prita)
        orang = masuk(kadis)
        teks = orang.get(ALAMAT, {"tahun": "2026"}).content.decode()
        assert "Isu kami" in teks and "1 dari 8 sudah ditulis." in teks and "<textarea" not in teks
        assert orang.post(f"{ALAMAT}?tahun=2026", {"isi_isu": "x"}).status_code == 403
        assert Naskah.objects.get().isi == "Isu kami"

    def test_two_planners_on_one_text_both_texts_are_there_and_the_other_texts_are_kept(
        self, dua_tahun, masuk, prita, pram
    ):
        satu, dua = masuk(prita), masuk(pram)
        milik_prita, milik_pram = (isian(o.get(ALAMAT, {"tahun": "2026"})) for o in (satu, dua))
        satu.post(f"{ALAMAT}?tahun=2026", milik_prita | {"isi_isu": "Dari Prita", "isi_langkah": "Langkah Prita"})
        kedua = {"isi_isu": "Dari Pram", "isi_penutup": "Penutup Pram"}
        respons = dua.post(f"{ALAMAT}?tahun=2026", milik_pram | kedua)
        teks = respons.content.decode()
        assert respons.status_code == 409 and "Dari Prita" in teks and "Dari Pram" in teks
        ada = dict(Naskah.objects.values_list("bagian", "isi"))
        assert ada == {"isu": "Dari Prita", "penutup": "Penutup Pram", "langkah": "Langkah Prita"}
        lagi = isian(respons)
        assert (lagi["isi_isu"], lagi["isi_langkah"]) == ("Dari Pram", "Langkah Prita")
        dua.post(f"{ALAMAT}?tahun=2026", lagi | {"isi_isu": "Dari Prita dan Pram"})
        ada = dict(Naskah.objects.values_list("bagian", "isi"))
        assert ada == {"isu": "Dari Prita dan Pram", "penutup": "Penutup Pram", "langkah": "Langkah Prita"}

    def test_what_was_not_touched_never_overwrites(self, dua_tahun, masuk, prita, pram):
        dua = masuk(pram)
        lama = isian(dua.get(ALAMAT, {"tahun": "2026"}))
        tulis(dua_tahun, "Baru", oleh=prita)
        respons = dua.post(f"{ALAMAT}?tahun=2026", lama | {"isi_penutup": "Penutup"})
        assert respons.status_code == 302
        assert dict(Naskah.objects.values_list("bagian", "isi")) == {"isu": "Baru", "penutup": "Penutup"}

    def test_a_text_too_long_is_named_and_everything_typed_stays(self, dua_tahun, masuk, prita):
        orang = masuk(prita)
        panjang = "x" * (naskah.PANJANG_MAKS + 1)
        kirim = isian(orang.get(ALAMAT, {"tahun": "2026"})) | {"isi_isu": panjang, "isi_penutup": "Penutup"}
        respons = orang.post(f"{ALAMAT}?tahun=2026", kirim)
        teks = respons.content.decode()
        assert respons.status_code == 400 and "paling banyak 4000" in teks
        assert panjang in teks and ">\nPenutup</textarea>" in teks
        assert not Naskah.objects.exists()

    def test_a_text_whose_place_is_gone_is_shown_and_not_lost(self, dua_tahun, peserta, masuk, prita):
        orang = masuk(prita)
        kirim = isian(orang.get(ALAMAT, {"tahun": "2026"}))
        (kotak,) = [k for k in kirim if k.startswith("isi_sebab_") and k.endswith(_tanda(ACUAN))]
        tulis(dua_tahun, "Tersimpan", oleh=prita, bagian=BagianNaskah.SEBAB, acuan=ACUAN)
        RealisasiKinerja.objects.filter(keluaran=peserta).delete()
        respons = orang.post(f"{ALAMAT}?tahun=2026", kirim | {kotak: "Ketikan saya"})
        teks = respons.content.decode()
        assert respons.status_code == 409 and "Ketikan saya" in teks and "Tersimpan" in teks
        assert "Tersimpan" not in str(lkjip.buku(dua_tahun, 2026).narasi)


def _tanda(acuan):
    from hashlib import sha256

    return sha256(acuan.encode()).hexdigest()[:16]
