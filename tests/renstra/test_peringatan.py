"""The rules of the alerts, each at its edge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from renstra import dasbor_rencana
from renstra.dasbor_rencana import KUADRAN
from renstra.periksa.temuan import Lokasi, Temuan, Tingkat
from renstra.peringatan import (
    Aturan,
    Titik,
    Triwulan,
    Ukur,
    batas,
    kondisi_akhir_beda,
    predikat_perlu_perhatian,
    serapan_mendahului,
    target_tak_terukur,
    triwulan_terlambat,
)
from renstra.rumus import tabel_predikat

PADA = date(2026, 6, 28)


def ukur(capaian=None, target="10", cetak=""):
    angka = None if target is None else Decimal(target)
    return Ukur(7, "Peserta", angka, cetak, None if capaian is None else Decimal(capaian))


@pytest.mark.parametrize(
    ("capaian", "kriteria"),
    [
        ("75.49", "Sedang"),
        ("75.5", None),
        ("65.49", "Rendah"),
        ("50.49", "Sangat Rendah"),
        ("120", None),
        (None, None),
    ],
)
def test_a_grade_of_sedang_or_lower_is_named(capaian, kriteria):
    hasil = predikat_perlu_perhatian([ukur(capaian)], PADA, batas().perhatian)
    assert [p.tambahan for p in hasil] == ([kriteria] if kriteria else [])


def test_money_more_than_twenty_points_ahead_is_named_and_twenty_is_not():
    def titik(capaian, serapan):
        return Titik(1, "K", capaian if capaian is None else Decimal(capaian), serapan and Decimal(serapan))

    tenang = [titik("70", "90"), titik("90", "20"), titik(None, "90"), titik("10", None)]
    assert serapan_mendahului(tenang, 20) == []
    (satu,) = serapan_mendahului([titik("70", "90.01")], 20)
    assert (satu.aturan, satu.nilai) == (Aturan.SERAPAN, Decimal("20.01"))


def test_a_target_of_nothing_or_without_a_number_is_named():
    semua = [ukur(target="0", cetak="-"), ukur(target=None, cetak="sesuai kebutuhan"), ukur(target="0.5")]
    assert [p.tambahan for p in target_tak_terukur(semua)] == ["-", "sesuai kebutuhan"]


def test_the_end_condition_is_what_the_check_of_the_tables_says():
    temuan = [
        Temuan(aturan, "5.1", Lokasi("Leaflet", "x"), "36", "12", Tingkat.KESALAHAN, "")
        for aturan in ("kondisi_akhir", "rasio_sel")
    ]
    assert [(p.hal, p.nilai, p.tambahan) for p in kondisi_akhir_beda(temuan)] == [("5.1, Leaflet", "36", "12")]


def test_a_quarter_is_late_from_the_day_after_the_limit():
    assert triwulan_terlambat([Triwulan(1, 10, False, False), Triwulan(2, -1, False, False)], 10) == []
    hasil = triwulan_terlambat(
        [Triwulan(1, 11, False, False), Triwulan(2, 11, True, False), Triwulan(3, 11, True, True)], 10
    )
    assert [(p.aturan, p.kunci) for p in hasil] == [(Aturan.BELUM_DILAPORKAN, 1), (Aturan.BELUM_DISAHKAN, 2)]


def test_the_limit_of_the_fields_is_the_lower_edge_of_tinggi_and_rounds_as_grades_do():
    tepi = next(j.dari for j in tabel_predikat()[-1].jenjang if j.kriteria == "Tinggi")
    assert batas().tinggi == tepi

    def letak(capaian, serapan):
        return dasbor_rencana.letak(Titik(1, "K", Decimal(capaian), Decimal(serapan)), tepi)

    assert [letak("75.5", "76"), letak("80", "75.49"), letak("75.49", "100"), letak("0", "0")] == list(KUADRAN)
    assert dasbor_rencana.letak(Titik(1, "K", None, Decimal(5)), tepi) == ""


def test_a_file_of_limits_that_lacks_one_is_refused(tmp_path):
    rusak = tmp_path / "dasbor.toml"
    rusak.write_text("batas_tinggi = 76\n")
    with pytest.raises(KeyError):
        batas(rusak)
