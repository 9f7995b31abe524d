"""The charts of the style page, with figures of the size that the office has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.bilangan import tulis
from core.grafik import Butir, Titik, Tumpukan, batang, garis, tumpuk

_DERET = (
    (2011, Decimal("79.48"), Decimal("77"), "KEP 25/2004"),
    (2012, Decimal("79.75"), Decimal("78"), "KEP 25/2004"),
    (2013, Decimal("79.99"), Decimal("79"), "KEP 25/2004"),
    (2014, None, Decimal("81"), "KEP 25/2004"),
    (2015, Decimal("80.10"), Decimal("82"), "Permenpan 16/2014"),
    (2016, Decimal("81.20"), Decimal("82.05"), "Permenpan 16/2014"),
)


def grafik_contoh() -> dict[str, Any]:
    """One chart of each kind."""
    titik = [
        Titik(str(tahun), nilai, tulis(nilai) or "belum ada", sasaran, tulis(sasaran), dasar)
        for tahun, nilai, sasaran, dasar in _DERET
    ]
    return {
        "grafik_garis": garis(
            "grafik-tahunan", "Indeks dan target tiap tahun", titik, dari=70, sampai=90,
            garis_bantu=[(75, "75"), (80, "80"), (85, "85")],
            keterangan="Indeks naik dari 79,48 pada 2011 menjadi 81,20 pada 2016; target 82,05.",
            kolom=("Tahun", "Indeks", "Target"),
        ),
        "grafik_batang": batang(
            "grafik-unsur", "Nilai tiap unsur, terendah di atas",
            [
                Butir("Kepastian jadwal pelayanan", Decimal("2.720"), "2,720", "g-terendah"),
                Butir("Kecepatan pelayanan", Decimal("2.900"), "2,900"),
                Butir("Penanganan Pengaduan, Saran dan Masukan", None, "ditahan"),
                Butir("Kesopanan dan keramahan petugas", Decimal("3.260"), "3,260"),
            ],
            dari=1, sampai=4, kolom=("Unsur", "Nilai rata-rata"),
        ),
        "grafik_tumpuk": tumpuk(
            "grafik-sebaran", "Sebaran jawaban", ("Tidak baik", "Kurang baik", "Baik", "Sangat baik"),
            [Tumpukan("Prosedur pelayanan", (3, 12, 90, 45)), Tumpukan("Kecepatan pelayanan", (10, 30, 80, 30))],
            kolom="Unsur",
        ),
    }  # fmt: skip
