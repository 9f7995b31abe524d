"""The pages for making a plan: by role, with errors that lose nothing, findings beside the line, two people."""

from __future__ import annotations

import pytest

from renstra.models import Anggaran, Kegiatan, Keluaran, Rencana
from tests.renstra.conftest import ALASAN_REVISI

pytestmark = pytest.mark.django_db
SUSUN = "/petugas/renstra/susun/"
DRAF = f"{SUSUN}contoh/2/"
KEGIATAN = f"{DRAF}kegiatan/1/1/"


def isian(respons, **ganti):
    """What the browser would send back of the form on this page, with some cells typed anew."""
    form = respons.context["form"]
    isi = {b.html_name: b.value() for b in form if b.value() not in (None, "", False)}
    return {k: str(v) for k, v in isi.items()} | ganti


def peserta_di(draf):
    return Keluaran.objects.get(nama="Peserta", kegiatan__program__rencana=draf)


def test_a_planner_begins_a_revision_and_lands_on_its_outline(masuk, prita, lengkap):
    orang = masuk(prita)
    assert "Buat revisi" in orang.get(SUSUN).content.decode()
    alamat = f"{SUSUN}revisi/?rencana=contoh-1"
    assert orang.post(alamat, {"alasan": ""}).status_code == 400
    respons = orang.post(alamat, {"alasan": ALASAN_REVISI}, follow=True)
    teks = respons.content.decode()
    assert "Rencana contoh, edisi 2" in teks and "Tambah kegiatan pada program 1" in teks and ALASAN_REVISI in teks
    respons = orang.post(alamat, {"alasan": ALASAN_REVISI})
    assert respons.status_code == 400 and "sudah mempunyai draf" in respons.content.decode()


def test_a_new_plan_is_begun_and_its_first_lines_typed(masuk, prita, lengkap):
    orang = masuk(prita)
    isi = {"nama": "Rencana 2028", "kode": "rencana_2028", "tahun_mulai": "2028", "tahun_akhir": "2029"}
    assert orang.post(f"{SUSUN}baru/", isi | {"tahun_akhir": "2027"}).status_code == 400
    orang.post(f"{SUSUN}baru/", isi)
    akar = f"{SUSUN}rencana_2028/1/"
    orang.post(f"{akar}pokok/", {"nama": "Rencana 2028", "dasar": "", "visi": "Cepat", "misi": "Satu\nDua\n"})
    orang.post(f"{akar}tujuan/0/", {"uraian": "Layanan baik"})
    sel = {"baru1-nama": "Indeks", "baru1-satuan": "indeks", "baru1-tipe": "level", "baru1-target_2028": "80,5"}
    orang.post(
        f"{akar}sasaran/1/0/", {"uraian": "Warga puas"} | sel | {"baru1-akhir": "81", "baru1-target_2029": "81"}
    )
    orang.post(f"{akar}program/0/", {"nama": "Program satu"})
    sel = {"baru1-nama": "Modul", "baru1-satuan": "modul", "baru1-target_2028": "1.250", "baru1-akhir": "1.250"}
    orang.post(f"{akar}kegiatan/1/0/", {"nama": "Kegiatan satu", "pagu_2028": "10.000.000"} | sel)
    satu = Rencana.objects.get(kode="rencana_2028")
    assert [m.uraian for m in satu.misi.order_by("no")] == ["Satu", "Dua"]
    assert Anggaran.objects.get(kegiatan__program__rencana=satu).pagu == 10_000_000
    teks = orang.get(akar).content.decode()
    assert "80,5" in teks and "1.250" in teks and "10.000.000" in teks and "temuan" not in teks
    assert "Ajukan untuk diterbitkan" in orang.get(f"{akar}terbit/").content.decode()
    assert (
        "1 baris" in orang.get("/petugas/renstra/tabel/4_1_tujuan_sasaran/?rencana=rencana_2028-1").content.decode()
    )


def test_a_wrong_sum_is_saved_and_told_beside_its_line(masuk, prita, draf):
    orang = masuk(prita)
    satu = peserta_di(draf)
    respons = orang.post(KEGIATAN, isian(orang.get(KEGIATAN), **{f"{satu.pk}-akhir": "600"}), follow=True)
    assert "Kondisi akhir 600, jumlah target 500." in respons.content.decode()
    assert peserta_di(draf).akhir == 600
    assert "Kondisi akhir 600, jumlah target 500." in orang.get(DRAF).content.decode()
    respons = orang.post(KEGIATAN, isian(orang.get(KEGIATAN), **{f"{satu.pk}-akhir": "500"}), follow=True)
    assert "Kondisi akhir" in respons.content.decode() and "jumlah target" not in respons.content.decode()


@pytest.mark.parametrize("salah", ["1.5", "dua", "12,34,5", "-3"])
def test_a_cell_that_cannot_be_read_is_named_and_nothing_typed_is_lost(masuk, prita, draf, salah):
    orang = masuk(prita)
    kunci = f"{peserta_di(draf).pk}-target_2026"
    respons = orang.post(
        KEGIATAN, isian(orang.get(KEGIATAN), nama="Nama lain", **{kunci: salah, "baru1-nama": "Leaflet"})
    )
    teks = respons.content.decode()
    assert respons.status_code == 400
    assert "Target 2026 (Peserta) belum dapat dibaca. Tulis seperti 1.234,5." in teks
    assert "Satuan belum diisi (baris baru)." in teks
    assert f'value="{salah}"' in teks and 'value="Nama lain"' in teks and 'value="Leaflet"' in teks
    assert Kegiatan.objects.get(program__rencana=draf).nama == "Sosialisasi"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(masuk, prita, draf):
    orang = masuk(prita)
    lama = isian(orang.get(KEGIATAN), lokasi="Kota")
    orang.post(KEGIATAN, lama | {"pagu_2027": "31.000.000"})
    respons = orang.post(KEGIATAN, lama)
    assert respons.status_code == 400 and "diubah orang lain" in respons.content.decode()
    uang = Anggaran.objects.get(kegiatan__program__rencana=draf, tahun=2027)
    assert uang.pagu == 31_000_000
    assert orang.post(KEGIATAN, isian(respons)).status_code == 302  # knowingly


def test_a_line_is_deleted_by_its_own_box(masuk, prita, draf):
    orang = masuk(prita)
    orang.post(KEGIATAN, isian(orang.get(KEGIATAN), hapus="on"))
    assert not Kegiatan.objects.filter(program__rencana=draf).exists()
    assert "Dihapus" in orang.get(f"{DRAF}banding/").content.decode()
    respons = orang.post(f"{DRAF}tujuan/1/", {"uraian": "x", "hapus": "on"}, follow=True)
    assert "Dihapus dari draf." in respons.content.decode()


def test_the_edition_goes_from_planner_to_head_with_its_explained_error(masuk, prita, kadis, kabid, draf):
    perencana, kepala = masuk(prita), masuk(kadis)
    perencana.post(KEGIATAN, isian(perencana.get(KEGIATAN), **{f"{peserta_di(draf).pk}-akhir": "600"}))
    halaman = perencana.get(f"{DRAF}terbit/")
    assert "1 kesalahan belum dibetulkan" in halaman.content.decode()
    assert "Ajukan untuk diterbitkan" not in halaman.content.decode()
    perencana.post(f"{DRAF}ajukan/")
    draf.refresh_from_db()
    assert draf.diajukan_pada is None
    (kunci,) = halaman.context["form"].fields
    perencana.post(f"{DRAF}alasan/", {kunci: "Seratus orang dilatih daring."})
    perencana.post(f"{DRAF}ajukan/")
    assert perencana.get(KEGIATAN).status_code == 302
    assert "Terbitkan edisi ini" not in masuk(kabid).get(f"{DRAF}terbit/").content.decode()
    halaman = kepala.get(f"{DRAF}terbit/")
    teks = halaman.content.decode()
    assert "Seratus orang dilatih daring." in teks and "Terbitkan edisi ini" in teks
    assert perencana.post(f"{DRAF}terbitkan/", {"versi": halaman.context["h"].versi}).status_code == 403
    kepala.post(f"{DRAF}terbitkan/", {"versi": "0"})
    assert Rencana.objects.get(pk=draf.pk).status == "draf"
    kepala.post(f"{DRAF}terbitkan/", {"versi": halaman.context["h"].versi})
    assert Rencana.objects.get(pk=draf.pk).status == "berlaku"
    teks = perencana.get("/petugas/renstra/", {"rencana": "contoh-2"}).content.decode()
    assert "Seratus orang dilatih daring." in teks and kadis.nama in teks
    lama = perencana.get("/petugas/renstra/", {"rencana": "contoh-1"}).content.decode()
    assert "Keadaan edisi ini: Diganti." in lama
    assert perencana.get("/petugas/renstra/", {"rencana": "contoh-9"}).status_code == 404


def test_the_head_sends_a_draft_back_with_a_note(masuk, prita, kadis, draf):
    masuk(prita).post(f"{DRAF}ajukan/")
    kepala = masuk(kadis)
    kepala.post(f"{DRAF}kembalikan/", {"catatan": ""})
    assert Rencana.objects.get(pk=draf.pk).diajukan_pada is not None
    kepala.post(f"{DRAF}kembalikan/", {"catatan": "Pagu 2027 belum sesuai."})
    assert "Pagu 2027 belum sesuai." in masuk(prita).get(f"{DRAF}terbit/").content.decode()


def test_readers_see_the_outline_and_nothing_to_press(masuk, auditor, kabid, draf):
    for satu in (auditor, kabid):
        orang = masuk(satu)
        for alamat in (SUSUN, DRAF, f"{DRAF}banding/", f"{DRAF}terbit/"):
            teks = orang.get(alamat).content.decode()
            assert "/kegiatan/" not in teks and "Buat revisi" not in teks and "<button" not in teks.split("<main")[1]
        assert orang.get(KEGIATAN).status_code == 403
        assert orang.post(f"{DRAF}ajukan/").status_code == 403


def test_the_outline_of_the_printed_plan_asks_the_database_a_fixed_number_of_times(
    masuk, prita, draf, django_assert_max_num_queries
):
    orang = masuk(prita)
    orang.get(SUSUN)
    with django_assert_max_num_queries(45):
        orang.get(DRAF)
    with django_assert_max_num_queries(45):
        assert "Spanduk" in orang.get(f"{SUSUN}renstra_bppt/1/").content.decode()
