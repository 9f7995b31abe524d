"""The time ledger: golden cases, one story told in full, and an oracle that walks in quarters of an hour."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.hari_kerja import Kalender
from perizinan import buku_waktu, tenggat
from perizinan.buku_waktu import JALAN, JEDA, PEMEGANG, Peristiwa, Permintaan, susun
from perizinan.enums import FINAL, StatusPermohonan
from tests.core.kalender_2026 import KALENDER, ZONA, wib
from tests.perizinan.peramal import ramal_mulai
from tests.perizinan.peramal_buku import PEMEGANG as HARAP_PEMEGANG
from tests.perizinan.peramal_buku import Cerita, bulatkan, ramal_buku

KASUS = json.loads((Path(__file__).parent / "data" / "sla_golden.json").read_text(encoding="utf-8"))["kasus"]
AWAL = date(2026, 1, 1)


def kejadian(ke: str, pada: datetime, jam: str = "", berlaku: datetime | None = None, objek: str = "") -> Peristiwa:
    return Peristiwa(objek, ke, pada, jam, berlaku or pada)


def baris(buku, tahap, peran=None, unit=None):
    """The one row of a stage and hand."""
    (satu,) = [
        b for b in buku.baris if b.tahap == tahap and (peran or b.peran) == b.peran and (unit or b.unit) == b.unit
    ]
    return satu


# --- told by hand -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_every_golden_case_comes_out_of_the_ledger_too(kasus):
    lengkap, terbit = wib(kasus["lengkap_benar"]), wib(kasus["terbit"])
    mulai = tenggat.mulai_efektif(lengkap, KALENDER)
    log = [kejadian("diajukan", lengkap), kejadian("verifikasi", lengkap, "mulai", mulai)]
    for a, b in kasus["jeda"]:
        log += [kejadian("perbaikan", wib(a), "jeda"), kejadian("verifikasi", wib(b), "lanjut")]
    log.append(kejadian("terbit", terbit, "henti"))
    buku = susun(log, kini=terbit + timedelta(days=30), kalender=KALENDER)
    assert buku.hari_terpakai == kasus["hari_terpakai"]
    assert baris(buku, "verifikasi").hari_bersih == kasus["hari_terpakai"]
    assert (baris(buku, "terbit").hari_bersih, baris(buku, "terbit").kotor) == (0, timedelta(days=30))


def test_one_file_from_filing_to_hand_over_and_who_used_its_days():
    """Registered a day late, two SKPD, one asked again, one round, a payment entered two days after the bank."""
    rek = "rekomendasi:1", "rekomendasi:2"
    log = [
        kejadian("diajukan", wib("2026-06-08T09:00")),  # Monday; the check's limit is Tuesday 16.00
        kejadian("terdaftar", wib("2026-06-11T10:00"), "mulai", wib("2026-06-10T07:30")),
        kejadian("verifikasi", wib("2026-06-11T10:00")),
        kejadian("kajian_teknis", wib("2026-06-12T09:00")),
        kejadian("diberikan", wib("2026-06-15T09:00"), objek=rek[0]),
        kejadian("perbaikan", wib("2026-06-15T11:00"), "jeda"),
        kejadian("perbaikan", wib("2026-06-15T14:00")),  # an item added to the open round
        kejadian("kajian_teknis", wib("2026-06-18T15:00"), "lanjut"),
        kejadian("diminta", wib("2026-06-18T15:30"), objek=rek[0]),
        kejadian("diberikan", wib("2026-06-19T10:00"), objek=rek[1]),
        kejadian("diberikan", wib("2026-06-22T10:00"), objek=rek[0]),  # says no: the kabid's move
        kejadian("penetapan_retribusi", wib("2026-06-23T10:00")),
        kejadian("menunggu_pembayaran", wib("2026-06-23T11:00"), "jeda"),
        kejadian("penyusunan_sk", wib("2026-06-26T11:00"), "lanjut", wib("2026-06-24T09:00")),
        kejadian("paraf_berjenjang", wib("2026-06-29T09:00")),
        kejadian("menunggu_tanda_tangan", wib("2026-06-30T09:00")),
        kejadian("terbit", wib("2026-07-01T09:00"), "henti"),
        kejadian("diserahkan", wib("2026-07-02T09:00")),
    ]
    minta = [Permintaan(r, u, wib("2026-06-12T09:00"), 2) for r, u in zip(rek, ("bplh", "distako"), strict=True)]
    unit = {"kabid": "jasa_usaha", "bendahara": "bppt"}
    jatah = {("diajukan", ""): 1, ("paraf_berjenjang", "jasa_usaha"): 0, ("penyusunan_sk", ""): 3}
    buku = susun(log, kini=wib("2026-08-01T09:00"), kalender=KALENDER, permintaan=minta, unit=unit, jatah=jatah)
    assert [(b.tahap, b.peran, b.unit, b.hari, b.hari_bersih) for b in buku.baris] == [
        ("diajukan", "loket", "", 3, 1),
        ("verifikasi", "back_office", "", 1, 1),
        ("kajian_teknis", "tim_teknis", "", 3, 3),
        ("kajian_teknis", "tim_teknis", "bplh", 3, 3),
        ("kajian_teknis", "tim_teknis", "distako", 4, 2),
        ("perbaikan", "pemohon", "", 2, 0),
        ("kajian_teknis", "kabid", "jasa_usaha", 1, 1),
        ("penetapan_retribusi", "back_office", "", 0, 0),
        ("menunggu_pembayaran", "pemohon", "", 1, 0),
        ("pencatatan_pembayaran", "bendahara", "bppt", 2, 2),
        ("penyusunan_sk", "back_office", "", 1, 1),
        ("paraf_berjenjang", "kabid", "jasa_usaha", 1, 1),
        ("menunggu_tanda_tangan", "penandatangan", "", 1, 1),
        ("terbit", "loket", "", 1, 0),
    ]
    peristiwa = [(p.jam, p.berlaku) for p in log if p.jam]
    rentang = tenggat.rentang(peristiwa)
    assert buku.hari_terpakai == 11 == tenggat.hari_terpakai(rentang.mulai, rentang.jeda, rentang.henti, KALENDER)
    assert (buku.tutup, buku.sampai, any(b.kini for b in buku.baris)) == (True, wib("2026-07-02T09:00"), False)
    loket = baris(buku, "diajukan")
    assert (loket.terlama, loket.jatah, loket.lewat) == (3, 1, 2)
    assert [(s.keadaan, s.menit_bersih) for s in buku.selang if s.tahap == "diajukan"] == [
        ("belum", 0),
        (JALAN, 510 + 150),
    ]
    assert [s.keadaan for s in buku.sejajar if s.unit == "distako"] == [JALAN, JEDA, JALAN]
    # Asked again at 15.30, after the cut-off: that visit begins on Friday, so its one closing is Friday's.
    assert [(b.unit, b.terlama, b.lewat) for b in buku.baris if b.sejajar] == [("bplh", 1, 0), ("distako", 2, 0)]
    assert (baris(buku, "paraf_berjenjang").lewat, baris(buku, "penyusunan_sk").lewat) == (1, 0)


def test_a_file_that_was_never_filed_has_an_empty_ledger():
    buku = susun(
        [kejadian("dibatalkan", wib("2026-06-02T09:00"), "henti")], kini=wib("2026-06-03T09:00"), kalender=KALENDER
    )
    assert (buku.selang, buku.baris, buku.hari_terpakai) == ((), (), 0)


def test_time_of_the_package_before_its_second_member_was_filed_stands_in_the_ledger():
    log = [
        kejadian("diajukan", wib("2026-06-04T09:00")),
        kejadian("verifikasi", wib("2026-06-04T10:00"), "mulai", wib("2026-06-02T10:00")),
    ]
    buku = susun(log, kini=wib("2026-06-05T10:00"), kalender=KALENDER)
    assert [(s.tahap, s.peran, s.hari_bersih) for s in buku.selang] == [
        ("paket", "pemohon", 2),
        ("diajukan", "loket", 0),
        ("verifikasi", "back_office", 1),
    ]


def test_every_state_of_the_machine_has_a_holder_or_ends_the_ledger():
    assert set(PEMEGANG) == set(StatusPermohonan.values) - FINAL
    assert dict(PEMEGANG) == HARAP_PEMEGANG


def test_a_clock_that_was_set_back_makes_no_negative_time():
    log = [
        kejadian("diajukan", wib("2026-06-04T09:00")),
        kejadian("verifikasi", wib("2026-06-04T08:00"), "mulai", wib("2026-06-04T08:00")),
    ]
    buku = susun(log, kini=wib("2026-06-04T08:30"), kalender=KALENDER)
    assert all(s.mulai <= s.selesai for s in buku.selang)


# --- against the oracle -------------------------------------------------------------------------------------------

_JALAN_BERKAS = {
    "diajukan": ("perbaikan_berkas", "draf", "verifikasi", "verifikasi", "verifikasi"),
    "perbaikan_berkas": ("diajukan",),
    "draf": ("diajukan",),
    "verifikasi": ("kajian_teknis", "penetapan_retribusi", "penyusunan_sk", "perbaikan", "usul_tolak"),
    "kajian_teknis": ("penetapan_retribusi", "penyusunan_sk", "perbaikan", "usul_tolak", "perbaikan"),
    "penetapan_retribusi": ("menunggu_pembayaran", "menunggu_pembayaran", "penyusunan_sk", "perbaikan"),
    "menunggu_pembayaran": ("penyusunan_sk", "penyusunan_sk", "penetapan_retribusi"),
    "penyusunan_sk": ("paraf_berjenjang", "perbaikan"),
    "paraf_berjenjang": ("menunggu_tanda_tangan", "penyusunan_sk"),
    "menunggu_tanda_tangan": ("terbit", "penyusunan_sk", "verifikasi"),
    "usul_tolak": ("ditolak", "verifikasi"),
    "terbit": ("diserahkan",),
}  # fmt: skip


class _Pembaca:
    """Reads choices from bytes, so that one draw gives a whole story."""

    def __init__(self, isi: bytes) -> None:
        self._isi = int.from_bytes(isi, "little")

    def pilih(self, banyak: int) -> int:
        self._isi, hasil = divmod(self._isi, banyak)
        return hasil

    def maju(self, t: datetime) -> datetime:
        """Later by quarters of an hour up to four days; every third time to a boundary of the office's day."""
        baru = t + timedelta(minutes=15 * self.pilih(96 * 4))
        if self.pilih(3) == 0:
            jam, menit = ((7, 30), (15, 0), (15, 15), (16, 0))[self.pilih(4)]
            baru = max(t, baru.replace(hour=jam, minute=menit))
        return baru


def _cerita(isi: bytes):
    """A random life of a file in local times, with its calendar."""
    baca = _Pembaca(isi)
    libur = {AWAL + timedelta(days=baca.pilih(90)) for _ in range(baca.pilih(8))}
    t = datetime(2026, 1, 5) + timedelta(minutes=15 * baca.pilih(96 * 20))
    status, asal = "diajukan", "verifikasi"
    berkas, jam = [(status, t)], []
    for _ in range(3 + baca.pilih(12)):
        t = baca.maju(t)
        dari, pilihan = status, _JALAN_BERKAS[status] if status != "perbaikan" else (asal, "dibatalkan", asal)
        status = pilihan[baca.pilih(len(pilihan))]
        if dari == "diajukan" and status == "verifikasi":
            mundur = t - timedelta(minutes=15 * baca.pilih(96 * 5)) if baca.pilih(2) else t
            jam.append(("mulai", ramal_mulai(mundur, libur)))
        if status in {"perbaikan", "menunggu_pembayaran"}:
            asal = dari
            jam.append(("jeda", t))
        elif dari == "menunggu_pembayaran" or (dari == "perbaikan" and status != "dibatalkan"):
            bank = bulatkan(t - timedelta(minutes=15 * baca.pilih(96 * 3))) if baca.pilih(2) else t
            jam.append(("lanjut", bank))
        if status in {"terbit", "ditolak", "dibatalkan"}:
            jam.append(("henti", t))
        berkas.append((status, t))
        if status in {"ditolak", "dibatalkan", "diserahkan"}:
            return Cerita(berkas, jam, _dinas(baca, berkas[0][1]), t), libur
    return Cerita(berkas, jam, _dinas(baca, berkas[0][1]), baca.maju(t)), libur


def _dinas(baca: _Pembaca, awal: datetime):
    """Requests to up to three SKPD, opened and closed at any time."""
    hasil = {}
    for n in range(baca.pilih(4)):
        t, daftar = baca.maju(baca.maju(awal)), []
        for _ in range(1 + baca.pilih(3)):
            tutup = baca.maju(t)
            daftar.append((t, tutup))
            t = baca.maju(tutup)
        if baca.pilih(2):
            daftar.append((t, None))
        hasil[f"dinas{n}"] = daftar
    return hasil


def _log(cerita: Cerita):
    """The log that such a life leaves, and what the SKPD were asked."""
    jam = iter(cerita.jam)
    berkas, lalu = [], ""
    for status, t in cerita.berkas:
        beralih = lalu in {"perbaikan", "menunggu_pembayaran"} or status in {"perbaikan", "menunggu_pembayaran"}
        berjam = (
            beralih
            or (lalu == "diajukan" and status == "verifikasi")
            or status in {"terbit", "ditolak", "dibatalkan"}
        )
        efek, berlaku = next(jam) if berjam else ("", t)
        berkas.append((t, 0, Peristiwa("", status, t.replace(tzinfo=ZONA), efek, berlaku.replace(tzinfo=ZONA))))
        lalu = status
    minta = []
    for n, (unit, daftar) in enumerate(cerita.dinas.items()):
        objek = f"rekomendasi:{n}"
        minta.append(Permintaan(objek, unit, daftar[0][0].replace(tzinfo=ZONA), 3))
        for urut, (a, b) in enumerate(daftar):
            for ke, t in (("diminta" if urut else "dijadwalkan", a), ("diberikan", b)):
                if t is not None:
                    saat = t.replace(tzinfo=ZONA)
                    berkas.append((t, n + 1, Peristiwa(objek, ke, saat, "", saat)))
    berkas.sort(key=lambda satu: satu[:2])
    return [p for t, _n, p in berkas if t <= cerita.sampai], minta


def _banding(kasus) -> None:
    cerita, libur = kasus
    kalender = Kalender(libur=dict.fromkeys(libur, "libur acak"))
    log, minta = _log(cerita)
    buku = susun(log, kini=cerita.sampai.replace(tzinfo=ZONA), kalender=kalender, permintaan=minta)
    harap = ramal_buku(cerita, libur)
    kolom = ("kotor", "hari", "hari_bersih", "menit", "menit_bersih")
    terlihat = {(b.tahap, b.peran): [getattr(b, k) for k in kolom] for b in buku.baris if not b.sejajar}
    assert terlihat == {k: [getattr(v, n) for n in kolom] for k, v in harap.berkas.items()}
    dinas = {b.unit: [getattr(b, k) for k in kolom] for b in buku.baris if b.sejajar}
    assert dinas == {k: [getattr(v, n) for n in kolom] for k, v in harap.dinas.items()}
    _tanpa_celah(buku, log)
    rentang = tenggat.rentang((p.jam, p.berlaku) for p in log if p.jam)
    akhir = rentang.henti or buku.sampai
    terpakai = 0
    if rentang.mulai is not None and rentang.mulai <= akhir:
        terpakai = tenggat.hari_terpakai(rentang.mulai, rentang.jeda, akhir, kalender)
    assert buku.hari_terpakai == terpakai


def _tanpa_celah(buku, log) -> None:
    """The file's intervals follow each other from the first filing to the end."""
    if not buku.selang:
        return
    awal = log[0].pada
    assert min(awal, buku.selang[0].mulai) == buku.selang[0].mulai
    assert buku.selang[0].mulai == awal or buku.selang[0].tahap == "paket"
    assert buku.selang[-1].selesai == buku.sampai
    assert all(
        a.selesai == b.mulai and a.mulai < a.selesai for a, b in zip(buku.selang, buku.selang[1:], strict=False)
    )


cerita_acak = st.binary(min_size=60, max_size=60).map(_cerita)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(cerita_acak)
def test_six_hundred_lives_agree_with_the_oracle_and_their_days_add_up_to_the_clock(kasus):
    _banding(kasus)


def _bank_terlambat(self, status, saat, terbuka):
    return status, PEMEGANG[status]


def _semua_jalan(self, saat):
    return JALAN


@pytest.mark.control
@pytest.mark.parametrize(
    ("letak", "nama", "rusak"),
    [
        (buku_waktu._Penyusun, "_pemegang", _bank_terlambat),
        (buku_waktu._Jam, "pada", _semua_jalan),
        (buku_waktu._Jam, "potong", lambda _diri, a, b, _lain=(): iter([(a, b)] if a < b else [])),
    ],
    ids=["who was slow to record is not told", "pauses count", "stages are not cut at the clock's turns"],
)
def test_a_broken_ledger_is_caught_by_the_oracle(monkeypatch, letak, nama, rusak):
    monkeypatch.setattr(letak, nama, rusak)
    uji = settings(
        max_examples=300,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(cerita_acak)(_banding))
    with pytest.raises(AssertionError):
        uji()
