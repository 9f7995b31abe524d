"""The pages of results: what each reader sees, what waits for a signature, what is withheld, what is decided."""

from __future__ import annotations

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.waktu import sekarang
from ikm.models import Edisi, Jawaban, Komentar, Pengecualian
from ikm.statistik import hasil_periode
from tests.ikm.alat import isi_acak, jawaban, periode
from tests.ikm.test_statistik import sahkan

pytestmark = pytest.mark.django_db


@pytest.fixture
def berisi():
    p = periode()
    isi_acak(p, 30, kelompok="jasa_usaha")
    isi_acak(p, 40, kelompok="tertentu", benih=2, saluran="kios")
    isi_acak(p, 3, kelompok="non_perizinan", benih=3)
    jawaban(p, [3] * 9, kelompok="tertentu", teks="Antrean <b>lama</b>.")
    return p


def koma(teks: str) -> str:
    return teks.replace(".", ",")


def test_the_office_sees_the_running_period_marked_as_such(masuk, prita, berisi):
    isi = masuk(prita).get("/petugas/ikm/").content.decode()
    h = hasil_periode(berisi)
    assert koma(h["ikm"]) in isi
    assert "Indeks sementara" in isi
    assert "ditahan" in isi
    assert "Responden 74 orang, di bawah minimum 384." in isi


def test_the_public_sees_nothing_of_it_until_it_is_signed(warga, masuk, prita, kadis, berisi):
    angka = koma(hasil_periode(berisi)["ikm"])
    Edisi.objects.create(
        periode=berisi, nomor=1, hasil=hasil_periode(berisi), disusun_oleh=prita, dibuat_pada=sekarang()
    )
    assert angka not in warga.get("/ikm/").content.decode()
    assert warga.get("/ikm/?periode=2026-S1").status_code == 404
    assert warga.get("/api/v1/ikm/").json()["results"] == []
    Edisi.objects.update(disahkan_oleh=kadis, disahkan_pada=sekarang())
    assert angka in warga.get("/ikm/?periode=2026-S1").content.decode()
    assert warga.get("/api/v1/ikm/").json()["results"][0]["ikm"] == hasil_periode(berisi)["ikm"]


def test_a_frozen_period_stays_as_it_was_signed(warga, masuk, prita, kadis, berisi):
    edisi = sahkan(berisi, prita, kadis)
    for _ in range(40):
        jawaban(berisi, [1] * 9)
    lama, baru = koma(edisi.hasil["ikm"]), koma(hasil_periode(berisi)["ikm"])
    assert lama != baru
    for halaman in (warga.get("/ikm/"), masuk(prita).get("/petugas/ikm/")):
        assert lama in halaman.content.decode()
        assert baru not in halaman.content.decode()


def test_api_and_page_print_the_same_figures_and_nothing_of_withheld_groups(warga, prita, kadis, berisi):
    sahkan(berisi, prita, kadis)
    (satu,) = warga.get("/api/v1/ikm/").json()["results"]
    isi = warga.get("/ikm/").content.decode()
    assert koma(satu["ikm"]) in isi
    for u in satu["unsur"]:
        assert koma(u["nrr"]) in isi
    gelap = [g for g in satu["kelompok"] if g["ditahan"]]
    assert {g["kunci"] for g in gelap} == {"non_perizinan", "jasa_usaha"}
    assert all("n" not in g and g["ikm"] is None and "mutu" not in g for g in gelap)
    assert satu["indeks"]["desimal"]["bobot"] == "0.11"


def test_the_public_page_is_light_and_asks_little_of_the_database(
    warga, prita, kadis, berisi, django_assert_max_num_queries
):
    sahkan(berisi, prita, kadis)
    with django_assert_max_num_queries(12):
        respons = warga.get("/ikm/")
    assert len(respons.content) < 60_000


def test_without_editions_the_public_sees_the_years_of_the_renstra(warga):
    isi = warga.get("/ikm/").content.decode()
    assert "79,99" in isi
    assert "82,50" in isi


def test_a_target_set_for_another_instrument_is_not_judged_by(masuk, prita):
    isi_acak(periode("2018-S1"), 12)
    isi = masuk(prita).get("/petugas/ikm/?periode=2018-S1").content.decode()
    assert "dibuat untuk ukuran lain" in isi
    assert "tercapai" not in isi.replace("dibuat untuk ukuran lain", "")


def test_a_target_for_the_same_instrument_is(masuk, prita):
    p = periode("2014-S1", instrumen="kep25-2004")
    for _ in range(6):
        jawaban(p, [4] * 14)
    assert ": tercapai" in masuk(prita).get("/petugas/ikm/?periode=2014-S1").content.decode()


def test_an_unknown_period_is_not_found(masuk, prita, berisi):
    assert masuk(prita).get("/petugas/ikm/?periode=1999-S1").status_code == 404


def test_fewer_than_five_answers_show_no_figure_to_the_office_either(masuk, prita):
    isi_acak(periode(), 4)
    isi = masuk(prita).get("/petugas/ikm/").content.decode()
    assert "Hasil ditahan" in isi
    assert 'id="grafik-unsur"' not in isi


def test_an_office_without_any_period_says_so(masuk, kadis):
    assert "Belum ada periode survei" in masuk(kadis).get("/petugas/ikm/").content.decode()


def test_the_planner_decides_about_a_uniform_answer(masuk, prita, kabid, berisi):
    (satu,) = Jawaban.objects.filter(seragam=True)
    klien = masuk(prita)
    assert "Catat putusan" in klien.get("/petugas/ikm/janggal/").content.decode()
    assert "Catat putusan" not in masuk(kabid).get("/petugas/ikm/janggal/").content.decode()
    kurang = klien.post("/petugas/ikm/janggal/", {"kunci": satu.pk, "putusan": "keluarkan", "alasan": ""})
    assert kurang.status_code == 400
    assert "Alasan belum diisi." in kurang.content.decode()
    kirim = {"kunci": satu.pk, "putusan": "keluarkan", "alasan": "Percobaan petugas."}
    assert masuk(kabid).post("/petugas/ikm/janggal/", kirim).status_code == 403
    assert klien.post("/petugas/ikm/janggal/", kirim).status_code == 302
    assert Pengecualian.objects.get().alasan == "Percobaan petugas."
    assert "Tidak ada yang menunggu putusan" in klien.get("/petugas/ikm/janggal/").content.decode()


def test_a_remark_is_escaped_gets_its_words_and_is_found_by_them(masuk, prita, berisi):
    klien, satu = masuk(prita), Komentar.objects.get()
    isi = klien.get("/petugas/ikm/komentar/").content.decode()
    assert "Antrean &lt;b&gt;lama&lt;/b&gt;." in isi
    klien.post("/petugas/ikm/komentar/", {"kunci": satu.pk, "tanda": "antrean", "terbitkan": "on"})
    satu.refresh_from_db()
    assert (satu.tanda, satu.disembunyikan) == (["antrean"], False)
    assert "1 tulisan" in klien.get("/petugas/ikm/komentar/?tanda=antrean").content.decode()
    assert "0 tulisan" in klien.get("/petugas/ikm/komentar/?tanda=biaya").content.decode()


def berkas(isi: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("j.csv", isi.encode(), "text/csv")


def test_a_file_is_looked_at_first_and_taken_in_on_the_second_press(masuk, prita):
    periode()
    klien = masuk(prita)
    isi = ",".join(f"u{n}" for n in range(1, 10)) + "\n" + "3,4,3,4,3,4,3,4,3\n" * 6
    pertama = klien.post("/petugas/ikm/impor/", {"periode": "2026-S1", "berkas": berkas(isi)})
    assert "6 jawaban untuk 2026-S1" in pertama.content.decode()
    assert not Jawaban.objects.exists()
    kedua = {"periode": "2026-S1", "nama": "j.csv", "isi": base64.b64encode(isi.encode()).decode()}
    assert klien.post("/petugas/ikm/impor/", kedua).status_code == 302
    assert Jawaban.objects.count() == 6
    lagi = klien.post("/petugas/ikm/impor/", kedua)
    assert lagi.status_code == 400
    assert "sudah diimpor" in lagi.content.decode()
    assert Jawaban.objects.count() == 6


def test_errors_of_a_file_stand_in_a_table_by_row_and_column(masuk, prita):
    periode()
    isi = ",".join(f"u{n}" for n in range(1, 10)) + "\n3,4,3,4,3,4,3,4,9\n"
    halaman = masuk(prita).post("/petugas/ikm/impor/", {"periode": "2026-S1", "berkas": berkas(isi)})
    assert "<td>u9</td>" in halaman.content.decode()
    assert "&#x27;9&#x27; bukan 1, 2, 3, atau 4." in halaman.content.decode()


def test_the_list_of_the_api_is_paged_and_described(warga, prita, kadis):
    for n in range(3):
        p = periode(f"20{18 + n}-S1")
        isi_acak(p, 6, benih=n)
        sahkan(p, prita, kadis)
    satu = warga.get("/api/v1/ikm/?per_halaman=2").json()
    assert [r["periode"] for r in satu["results"]] == ["2020-S1", "2019-S1"]
    assert satu["next"]
    skema = json.loads(warga.get("/api/schema/?format=json").content)
    assert skema["paths"]["/api/v1/ikm/"]["get"]["operationId"] == "ikm"
