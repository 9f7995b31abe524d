"""The pure rule of what time does: instants of the ladder, the applicant's limit, visits, uncollected permits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hari_kerja import Kalender
from perizinan import tenggat
from perizinan.efek import Anak, Aturan, Diminta, Jenis, Keadaan, Lingkup, efek_tersisa, hari_tahap

WIB = ZoneInfo("Asia/Jakarta")
KALENDER = Kalender(zona=WIB, libur={date(2026, 6, 1): "Hari Lahir Pancasila"})
TANGGA = (
    Anak(Lingkup.TAHAP, 50, 0, "petugas", False),
    Anak(Lingkup.TAHAP, 100, 0, "kabid", False),
    Anak(Lingkup.BERKAS, 50, 0, "petugas", False),
    Anak(Lingkup.BERKAS, 80, 0, "kabid", True),
    Anak(Lingkup.BERKAS, 100, 0, "penandatangan", True),
    Anak(Lingkup.BERKAS, 100, 3, "tim_pembina", True),
    Anak(Lingkup.REKOMENDASI, 100, 0, "kabid", False),
)
ATURAN = Aturan(tangga=TANGGA, anggaran={"verifikasi": 20, "kajian_teknis": 50})


def t(hari: str, jam: str = "16:00") -> datetime:
    return datetime.fromisoformat(f"2026-{hari}T{jam}").replace(tzinfo=WIB)


def berjalan(hari: int = 10, status: str = "verifikasi", **lain: object) -> Keadaan:
    mulai = t("06-02", "10:00")
    batas = tenggat.tenggat(mulai, hari, lain.get("jeda", ()), KALENDER)
    dasar = Keadaan(status, 5, mulai, mulai=mulai, hari=hari, tenggat=batas, fiktif=True)
    return replace(dasar, **lain)


def jatuh(k: Keadaan, a: Aturan = ATURAN) -> dict[str, datetime]:
    return {e.kunci: e.jatuh.astimezone(WIB) for e in efek_tersisa(k, a, KALENDER)}


def test_tangga_jatuh_pada_penutupan_menurut_persen():
    ada = jatuh(berjalan())
    assert ada["tahap/5/50+0/petugas"] == t("06-03")  # two days for the stage: one closing after the first
    assert ada["tahap/5/100+0/kabid"] == t("06-04")
    assert ada["berkas/50+0/petugas"] == t("06-09")
    assert ada["berkas/80+0/kabid"] == t("06-12")
    assert ada["berkas/100+0/penandatangan"] == ada["lewat"] == ada["lewat/fiktif"] == t("06-16")
    assert ada["berkas/100+3/tim_pembina"] == t("06-19")


def test_jeda_menggeser_dan_saat_menunggu_pemohon_jam_kami_tidak_berefek():
    jeda = (tenggat.Jeda(t("06-03", "09:00"), t("06-05", "09:00")),)
    ada = jatuh(berjalan(jeda=jeda))
    assert ada["berkas/50+0/petugas"] == t("06-11")
    assert ada["lewat"] == t("06-18")
    berhenti = berjalan(status="perbaikan", batas_pemohon=t("06-22"))
    assert {e.jenis for e in efek_tersisa(berhenti, ATURAN, KALENDER)} == {Jenis.INGAT_PEMOHON}


def test_yang_sudah_dikerjakan_tidak_muncul_lagi():
    k = berjalan(sudah={"lewat": t("06-17"), "berkas/50+0/petugas": t("06-09")})
    assert not {"lewat", "berkas/50+0/petugas"} & set(jatuh(k))


def test_pemohon_diingatkan_hari_ke_7_dan_12_lalu_gugur_tidak_sebelum_pengingat():
    k = Keadaan("perbaikan_berkas", 3, t("06-02", "10:00"), batas_pemohon=t("06-22"))
    assert jatuh(k) == {"pemohon/3.0/50": t("06-11"), "pemohon/3.0/86": t("06-18")}
    terlambat = replace(k, sudah={"pemohon/3.0/50": t("06-11"), "pemohon/3.0/86": t("06-24", "09:00")})
    assert jatuh(terlambat) == {"pemohon/3.0/gugur": t("06-25")}  # a day after the reminder
    tepat = replace(k, sudah={"pemohon/3.0/50": t("06-11"), "pemohon/3.0/86": t("06-18", "16:01")})
    assert jatuh(tepat) == {"pemohon/3.0/gugur": t("06-22")}


def test_tambahan_waktu_membuka_pengingat_baru():
    k = Keadaan("menunggu_pembayaran", 9, t("06-02", "10:00"), batas_pemohon=t("07-10"), tambahan_waktu=1)
    assert set(jatuh(k)) == {"pemohon/9.1/50", "pemohon/9.1/86"}


def test_kelengkapan_disapu_seperti_tahap():
    k = Keadaan("diajukan", 2, t("06-02", "10:00"), batas_periksa=t("06-03"))
    assert jatuh(k)["tahap/2/100+0/kabid"] == t("06-03")


def test_dinas_punya_waktunya_sendiri_dan_tinjauan_diingatkan_hari_kerja_sebelumnya():
    dinas = Diminta(7, 70, t("06-02", "10:00"), t("06-09"), t("06-08", "09:00"), terbuka=True)
    ada = jatuh(berjalan(status="kajian_teknis", rekomendasi=(dinas, replace(dinas, pk=8, terbuka=False))))
    assert ada["rekomendasi/7.20260609/100+0/kabid"] == t("06-09")
    assert ada["tinjau/7.202606080900"].date() == date(2026, 6, 5)  # a Friday; the visit is on Monday
    assert not [k for k in ada if k.startswith("rekomendasi/8")]


def test_izin_yang_belum_diambil():
    k = Keadaan("terbit", 12, t("06-10", "11:00"), terbit=t("06-10", "11:00"))
    assert jatuh(k) == {"belum_diambil/5": t("06-17"), "belum_diambil/20": t("07-08")}


@pytest.mark.parametrize(("persen", "hari", "hasil"), [(20, 3, 1), (20, 14, 3), (10, 1, 1), (10, 0, 0), (50, 5, 2)])
def test_anggaran_tahap_paling_sedikit_satu_hari(persen, hari, hasil):
    assert hari_tahap(persen, hari) == hasil


@given(st.integers(0, 30), st.sampled_from(["verifikasi", "kajian_teknis", "paraf_berjenjang"]))
def test_tidak_ada_efek_tahap_sesudah_batas_berkas_dan_kunci_tidak_kembar(hari, status):
    k = berjalan(hari, status)
    semua = efek_tersisa(k, ATURAN, KALENDER)
    assert len({e.kunci for e in semua}) == len(semua)
    assert semua == sorted(semua)
    assert all(e.jatuh <= k.tenggat for e in semua if e.jenis == Jenis.INGAT_TAHAP)


def test_satu_detik_sebelum_dan_sesudah_tutup():
    """An instant is the closing itself: a sweep acts after it (services/sapuan.py asks jatuh < kini)."""
    assert jatuh(berjalan(3))["lewat"] + timedelta(seconds=1) > t("06-05")
