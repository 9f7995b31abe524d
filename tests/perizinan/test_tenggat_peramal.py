"""The service clock against an independent day-by-day oracle, and proof that this comparison can fail."""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.hari_kerja import Kalender
from perizinan import tenggat as aturan
from tests.core.kalender_2026 import KALENDER, ZONA
from tests.perizinan.peramal import ramal

AWAL = date(2026, 1, 1)
BATAS_JAM = [
    time(7, 29, 59),
    time(7, 30),
    time(15, 0),
    time(15, 0, 0, 1),
    time(15, 59, 59, 999999),
    time(16, 0),
    time(16, 0, 0, 1),
]


def _acak(benih: int) -> Kalender:
    """A calendar with a random set of holidays, long breaks among them."""
    rng = random.Random(benih)
    libur = {AWAL + timedelta(days=rng.randrange(500)) for _ in range(rng.randrange(60))}
    libur |= {AWAL + timedelta(days=rng.randrange(500) + n) for n in range(10)}
    return Kalender(libur=dict.fromkeys(libur, "libur acak"))


KALENDER_SEMUA = [KALENDER, Kalender(), *(_acak(benih) for benih in range(40))]


class _Pembaca:
    """Reads choices from bytes: one draw gives a whole case, so ten thousand of them stay cheap."""

    def __init__(self, isi: bytes) -> None:
        self._isi = int.from_bytes(isi, "little")

    def pilih(self, banyak: int) -> int:
        self._isi, hasil = divmod(self._isi, banyak)
        return hasil

    def jam(self) -> time:
        """Any minute of the day, and in every third case one of the boundaries."""
        if self.pilih(3) == 0:
            return BATAS_JAM[self.pilih(len(BATAS_JAM))]
        return time(*divmod(self.pilih(24 * 60), 60))


def _susun(isi: bytes):
    """(calendar, complete, SOP days, pauses, issued?, end): pauses overlap, touch, are empty, open, outside."""
    baca = _Pembaca(isi)
    kalender = KALENDER_SEMUA[baca.pilih(len(KALENDER_SEMUA))]
    awal = AWAL + timedelta(days=baca.pilih(200))
    lengkap = datetime.combine(awal, baca.jam())
    hari, selesai = baca.pilih(21), baca.pilih(2) == 1
    akhir = max(lengkap, datetime.combine(awal + timedelta(days=baca.pilih(60)), baca.jam()))
    jeda: list[tuple[datetime, datetime | None]] = []
    for _ in range(baca.pilih(5)):
        mulai = datetime.combine(awal + timedelta(days=baca.pilih(46) - 5), baca.jam())
        tutup = datetime.combine(mulai.date() + timedelta(days=baca.pilih(21)), baca.jam())
        jeda.append((mulai, max(mulai, tutup)))
    if baca.pilih(2):
        jeda.append((datetime.combine(awal + timedelta(days=baca.pilih(31)), baca.jam()), None))
    return kalender, lengkap, hari, jeda, selesai, akhir


perkara = st.binary(min_size=40, max_size=40).map(_susun)


def _banding(kasus) -> None:
    """The rule and the oracle give the same start, due instant, days used and lines."""
    kalender, lengkap, hari, jeda, selesai, akhir = kasus
    zona = ZONA if hari % 2 else UTC  # callers may hold instants in either zone
    jadikan = lambda t: t.replace(tzinfo=ZONA).astimezone(zona)  # noqa: E731
    ujung = {"terbit" if selesai else "kini": akhir}
    harap = ramal(lengkap, hari, jeda, set(kalender.libur), **ujung)
    hasil = aturan.hitung(
        jadikan(lengkap),
        hari,
        [aturan.Jeda(jadikan(a), jadikan(b) if b else None) for a, b in jeda],
        kalender,
        **{nama: jadikan(t) for nama, t in ujung.items()},
    )
    assert hasil.mulai.replace(tzinfo=None) == harap.mulai
    assert hasil.tenggat.replace(tzinfo=None) == harap.tenggat
    assert hasil.hari_terpakai == harap.terpakai == sum(b.dihitung for b in hasil.baris)
    assert hasil.tepat_waktu is (harap.terpakai <= hari) is (akhir <= harap.tenggat)
    tanggal = [b.tanggal for b in hasil.baris]
    assert tanggal == [tanggal[0] + timedelta(days=n) for n in range(len(tanggal))]
    assert tanggal[0] == lengkap.date()
    assert tanggal[-1] >= max(harap.tenggat, akhir).date()


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(perkara)
def test_ten_thousand_files_agree_with_the_day_by_day_oracle(kasus):
    _banding(kasus)


def _tanpa_gabung(jeda, akhir):
    return sorted((j.mulai, j.selesai or akhir) for j in jeda if (j.selesai or akhir) > j.mulai)


def _tutup_terhitung(self, saat_):
    blok = self._blok(self.setempat(saat_).year)
    return blok.awal + bisect_right(blok.penutupan, saat_.astimezone(UTC))


def _batas_terlalu_dini(self, tanggal):
    return datetime.combine(tanggal, self.jam_pada(tanggal).batas_loket, self.zona) - timedelta(microseconds=1)


@pytest.mark.control
@pytest.mark.parametrize(
    ("letak", "nama", "rusak"),
    [
        (aturan, "_gabung", _tanpa_gabung),
        (Kalender, "indeks", _tutup_terhitung),
        (Kalender, "batas_loket", _batas_terlalu_dini),
    ],
    ids=["pauses not merged", "an act at 16.00.00 is late", "15.00.00 is after the cut-off"],
)
def test_a_broken_rule_is_caught_by_the_oracle(monkeypatch, letak, nama, rusak):
    monkeypatch.setattr(letak, nama, rusak)
    uji = settings(
        max_examples=10_000,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(perkara)(_banding))
    with pytest.raises(AssertionError):
        uji()
