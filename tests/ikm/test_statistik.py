"""A period's result from the counts: equal to the answers, parted, pooled, withheld, and checked cell by cell."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from core.bilangan import bulatkan
from core.waktu import sekarang
from ikm.deret import deret_periode, deret_tahunan, edisi_terbit
from ikm.models import Edisi, Hitungan, Jawaban
from ikm.pemeriksaan import hitung_ulang, nrr_dari_jawaban, periksa_hitungan
from ikm.statistik import hasil_periode
from tests.ikm.alat import isi_acak, jawaban, periode

pytestmark = pytest.mark.django_db


def sahkan(p, prita, kadis, nomor: int = 1) -> Edisi:
    return Edisi.objects.create(
        periode=p, nomor=nomor, hasil=hasil_periode(p), alasan="koreksi" if nomor > 1 else "",
        disusun_oleh=prita, dibuat_pada=sekarang(), disahkan_oleh=kadis, disahkan_pada=sekarang(),
    )  # fmt: skip


def grup(hasil, dimensi, kunci):
    return next(g for g in hasil[dimensi] if g["kunci"] == kunci)


def test_the_result_is_what_the_answers_say():
    p = periode()
    semua = isi_acak(p, 30)
    h = hasil_periode(p)
    tepat = Fraction(sum(map(sum, semua)), 30 * 9) * 25
    assert (h["n"], h["ikm"]) == (30, str(bulatkan(tepat)))
    assert [u["jumlah"] for u in h["unsur"]] == [sum(k) for k in zip(*semua, strict=True)]
    assert set(h["indeks"]) == {"eksak", "desimal", "desimal3"}
    assert h["indeks"]["desimal"]["nilai"] == str(bulatkan(tepat * 9 * Fraction(11, 100)))
    assert [u["kode"] for u in sorted(h["unsur"], key=lambda u: Decimal(u["nrr"]))][:3] == h["terendah"]
    assert json.loads(json.dumps(h)) == h


def test_the_official_figure_is_that_of_the_mode_the_period_names():
    p = periode(mode="desimal", instrumen="kep25-2004")
    isi_acak(p, 12)
    h = hasil_periode(p)
    assert h["ikm"] == h["indeks"]["desimal"]["nilai"] != h["indeks"]["eksak"]["nilai"]
    assert len(h["unsur"]) == 14


def test_an_excluded_answer_is_in_neither(prita):
    from ikm.services import hitungan

    p = periode()
    isi_acak(p, 10)
    satu = jawaban(p, [1] * 9)
    sebelum = hasil_periode(p)["ikm"]
    hitungan.kurangi(satu)
    Jawaban.objects.filter(pk=satu.pk).update(dikecualikan=True)
    h = hasil_periode(p)
    assert h["n"] == 10
    assert h["ikm"] != sebelum
    assert periksa_hitungan() == (10, [])


def test_groups_services_and_channels_have_their_own_index():
    p = periode()
    isi_acak(p, 8, kelompok="jasa_usaha", layanan="siup")
    for _ in range(6):
        jawaban(p, [4] * 9, kelompok="tertentu", saluran="kios")
    h = hasil_periode(p)
    assert grup(h, "kelompok", "tertentu")["ikm"] == "100.00"
    assert grup(h, "saluran", "kios") == grup(h, "kelompok", "tertentu") | {
        "kunci": "kios",
        "nama": "Layar di kantor",
    }
    assert grup(h, "layanan", "siup")["n"] == 8
    assert h["layanan"][-1]["nama"] == "Tidak disebutkan"


def test_fewer_than_five_answers_are_withheld_as_a_whole():
    p = periode()
    isi_acak(p, 4)
    h = hasil_periode(p)
    assert h["ditahan"] is True
    assert "ikm" not in h
    assert "unsur" not in h
    jawaban(p, [3] * 9)
    assert hasil_periode(p)["ditahan"] is False


def test_a_small_group_is_withheld_together_with_the_one_that_would_tell_it():
    p = periode()
    isi_acak(p, 3, kelompok="jasa_usaha")
    isi_acak(p, 20, kelompok="tertentu")
    isi_acak(p, 30, kelompok="non_perizinan")
    h = hasil_periode(p)
    gelap = {g["kunci"] for g in h["kelompok"] if g["ditahan"]}
    assert gelap == {"jasa_usaha", "tertentu"}
    assert all(set(g) == {"kunci", "nama", "ditahan"} for g in h["kelompok"] if g["ditahan"])
    assert h["n"] == 53


def test_a_year_hides_what_it_would_tell_of_a_semester(prita, kadis):
    """S1 was published with 20 of a group; the year of 23 would tell of the three in S2."""
    s1, s2, tahun = periode("2026-S1"), periode("2026-S2"), periode("2026")
    for s, sedikit in ((s1, 20), (s2, 3)):
        isi_acak(s, sedikit, kelompok="tertentu")
        isi_acak(s, 30, kelompok="jasa_usaha")
        isi_acak(s, 40, kelompok="non_perizinan")
    assert grup(hasil_periode(tahun), "kelompok", "tertentu")["ditahan"] is False
    sahkan(s1, prita, kadis)
    h = hasil_periode(tahun)
    assert grup(h, "kelompok", "tertentu")["ditahan"] is True
    assert sum(g["ditahan"] for g in h["kelompok"]) >= 2
    assert h["n"] == 163


def test_a_year_pools_and_offers_the_mean_of_its_semesters_beside_it():
    s1, s2, tahun = periode("2026-S1"), periode("2026-S2"), periode("2026")
    for _ in range(10):
        jawaban(s1, [4] * 9)
    for _ in range(30):
        jawaban(s2, [3] * 9)
    h = hasil_periode(tahun)
    assert (h["n"], h["ikm"]) == (40, "81.25")
    assert h["rata_semester"] == {
        "nilai": "87.50",
        "mutu": "B",
        "semester": {"2026-S1": "100.00", "2026-S2": "75.00"},
    }
    assert hasil_periode(s1)["rata_semester"] is None


def test_a_year_never_pools_two_instruments():
    s1, _s2, tahun = periode("2017-S1", instrumen="kep25-2004"), periode("2017-S2"), periode("2017")
    isi_acak(s1, 10)
    isi_acak(_s2, 7)
    h = hasil_periode(tahun)
    assert h["n"] == 7
    assert h["periode"]["anggota"] == ["2017-S2"]
    assert h["periode"]["berinstrumen_lain"] == ["2017-S1"]


def test_who_answered_is_told_in_the_order_of_the_questionnaire():
    p = periode()
    for n in range(6):
        jawaban(p, [3] * 9, profil={"umur": "30-39", "pendidikan": "sma" if n % 2 else "sd"})
    profil = hasil_periode(p)["profil"]
    assert [(b["kunci"], b["n"]) for b in profil["umur"]][:3] == [("0-19", 0), ("20-29", 0), ("30-39", 6)]
    assert {b["kunci"]: b["n"] for b in profil["pendidikan"] if b["n"]} == {"sd": 3, "sma": 3}


def test_a_frozen_result_has_the_same_words_in_every_language():
    p = periode()
    isi_acak(p, 6)
    with translation.override("en"):
        assert hasil_periode(p)["saluran"][0]["nama"] == "Tautan pribadi"


def test_the_number_of_queries_does_not_grow_with_the_groups(django_assert_max_num_queries):
    p = periode()
    for n in range(12):
        isi_acak(p, 5, kelompok="tertentu", layanan=f"l{n}", saluran="kios")
    with django_assert_max_num_queries(13):
        hasil_periode(p)


def test_counts_and_answers_agree_cell_by_cell():
    p = periode()
    isi_acak(p, 9, layanan="siup")
    isi_acak(p, 9, benih=2, saluran="kertas")
    assert periksa_hitungan() == (18, [])
    assert sum(hitung_ulang(p).values()) == 18 * 9
    h = hasil_periode(p)
    assert [str(bulatkan(x, 3)) for x in nrr_dari_jawaban(p) if x is not None] == [u["nrr"] for u in h["unsur"]]


def test_a_count_that_is_wrong_is_named_and_fails_the_command():
    """Negative control: both a cell too high and a cell that is missing."""
    p = periode()
    isi_acak(p, 6)
    satu, dua = Hitungan.objects.filter(jumlah__gt=0).order_by("pk")[:2]
    Hitungan.objects.filter(pk=satu.pk).update(jumlah=satu.jumlah + 1)
    dua.delete()
    keluaran = StringIO()
    with pytest.raises(SystemExit) as keluar:
        call_command("periksa_ikm", "--json", stdout=keluaran)
    assert keluar.value.code == 1
    isi = json.loads(keluaran.getvalue())
    assert isi["baris"] == 6
    assert sorted(b["tersimpan"] - b["hitung_ulang"] for b in isi["rusak"]) == [-dua.jumlah, 1]


def test_the_check_speaks_to_people(capsys):
    isi_acak(periode(), 5)
    call_command("periksa_ikm")
    assert capsys.readouterr().out == "5 jawaban dihitung ulang, 0 sel berbeda.\n"


def test_the_series_is_the_renstra_with_signed_editions_over_it(prita, kadis):
    tahun = periode("2015", instrumen="kep25-2004")
    s = periode("2015-S1", instrumen="kep25-2004", mode="desimal")
    isi_acak(s, 8)
    Edisi.objects.create(
        periode=tahun, nomor=1, hasil=hasil_periode(tahun), disusun_oleh=prita, dibuat_pada=sekarang()
    )
    sebelum = {t.label: t for t in deret_tahunan()}
    assert sebelum["2015"].nilai is None
    assert (sebelum["2013"].nilai, sebelum["2013"].mutu) == (Decimal("79.99"), "B")
    edisi = Edisi.objects.get()
    Edisi.objects.filter(pk=edisi.pk).update(disahkan_oleh=kadis, disahkan_pada=sekarang())
    sesudah = {t.label: t for t in deret_tahunan()}
    assert str(sesudah["2015"].nilai) == hasil_periode(tahun)["ikm"]
    assert sesudah["2015"].target == Decimal("82.00")


def test_a_change_of_instrument_or_weight_begins_a_new_stretch(prita, kadis):
    for kode, instrumen, mode in (
        ("2015-S1", "kep25-2004", "eksak"),
        ("2015-S2", "kep25-2004", "desimal"),
        ("2017-S2", "permenpan14-2017", "eksak"),
    ):
        p = periode(kode, instrumen=instrumen, mode=mode)
        isi_acak(p, 6)
        sahkan(p, prita, kadis)
    assert [t.ruas for t in deret_periode()] == [
        "KEP/25/M.PAN/2/2004",
        "KEP/25/M.PAN/2/2004, bobot 0,071",
        "Permenpan RB 14/2017",
    ]


def test_of_a_corrected_period_the_newest_signed_edition_counts(prita, kadis):
    p = periode()
    isi_acak(p, 6)
    sahkan(p, prita, kadis)
    dua = sahkan(p, prita, kadis, nomor=2)
    Edisi.objects.create(periode=p, nomor=3, hasil={}, alasan="belum", disusun_oleh=prita, dibuat_pada=sekarang())
    assert list(edisi_terbit()) == [dua]
