"""B23, fast part: somebody may sign if and only if an authority of theirs holds at that instant, for that service,
and the case is not their own. Overlaps are refused by the database on both vendors; a refusal changes nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.bar.alat import rumah_pg
from tests.bar.conftest import Catat

AWAL = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
DETIK = timedelta(seconds=1)
CONTOH = 600 if os.environ.get("TINGKAT") == "penuh" else 150
ORANG = ("kadis", "plt", "sari")  # sari is the applicant: an authority does not help in the own case


@dataclass(frozen=True)
class Jendela:
    """One authority as it is asked for: whose, for what, from second to second, revoked when."""

    orang: str
    layanan: str
    mulai: int
    sampai: int | None
    dicabut: int | None


def jendela_acak(acak: Random) -> list[Jendela]:
    daftar = []
    for _ in range(acak.randint(1, 4)):
        mulai = acak.randint(0, 60)
        sampai = None if acak.random() < 0.2 else mulai + acak.randint(1, 40)
        dicabut = mulai + acak.randint(-3, 45) if acak.random() < 0.3 else None
        daftar.append(Jendela(acak.choice(ORANG), acak.choice(["*", "siup", "imb"]), mulai, sampai, dicabut))
    return daftar


# --- the rule, told once more -----------------------------------------------------------------------------------


def akhir(j: Jendela) -> float:
    """When it really ends; before its start when it was revoked before it began."""
    ujung = [float("inf") if j.sampai is None else j.sampai, float("inf") if j.dicabut is None else j.dicabut]
    return min(ujung)


def bertumpuk(j: Jendela, lama: list[Jendela]) -> bool:
    """Two windows of one scope meet. What was revoked earlier in the list is free again."""
    baru = float("inf") if j.sampai is None else j.sampai
    return any(x.layanan == j.layanan and j.mulai < akhir(x) and x.mulai < min(baru, akhir(x)) for x in lama)


def berwenang(ada: list[Jendela], detik: float) -> str | None:
    """Whose signature counts for a SIUP: the row that names the service goes before the one for all."""
    for layanan in ("siup", "*"):
        for j in ada:
            if j.layanan == layanan and j.mulai <= detik < akhir(j):
                return j.orang
    return None


# --- the check, on any vendor -----------------------------------------------------------------------------------


@dataclass
class Perkara:
    """A SIUP of sari at the signing desk, and three officials."""

    berkas: Any
    akun: dict[str, Any]
    unit: Any

    def periksa(self, daftar: list[Jendela], hitung: Counter[str]) -> None:
        """Give the authorities one by one, then ask at every edge and a second around it."""
        from accounts.kewenangan import beri_kewenangan, cabut_kewenangan

        ada: list[Jendela] = []
        for ke, j in enumerate(daftar):
            tumpuk = bertumpuk(j, ada)
            try:
                with transaction.atomic():
                    satu = beri_kewenangan(
                        pejabat=self.akun[j.orang],
                        unit=self.unit,
                        jenis="plt",
                        jabatan="Kepala Badan",
                        nomor_sk=f"SK-{ke}",
                        mulai=AWAL + j.mulai * DETIK,
                        sampai=None if j.sampai is None else AWAL + j.sampai * DETIK,
                        layanan=(j.layanan,),
                    )
            except IntegrityError:
                hitung["tumpuk ditolak"] += 1
                assert tumpuk, (j, ada)
                continue
            assert not tumpuk, (j, ada)
            if j.dicabut is not None:
                cabut_kewenangan(satu, AWAL + j.dicabut * DETIK)
            ada.append(j)
        tepi = {t for j in daftar for t in (j.mulai, j.sampai, j.dicabut) if t is not None}
        for detik in sorted({t + d for t in tepi for d in (-1, 0, 1)}):
            self._satu_saat(ada, detik, hitung)

    def _satu_saat(self, ada: list[Jendela], detik: int, hitung: Counter[str]) -> None:
        from core.galat import TidakBerwenang
        from perizinan.services import penerbitan

        harus, saat = berwenang(ada, detik), AWAL + detik * DETIK
        for orang in ORANG:
            try:
                penerbitan._periksa_kewenangan(self.berkas, self.akun[orang], saat)
                boleh = True
            except TidakBerwenang:
                boleh = False
            hitung["boleh" if boleh else "ditolak"] += 1
            assert boleh == (harus == orang and orang != "sari"), (orang, detik, ada)
            if not boleh and hitung["ditolak"] % 8 == 0:
                hitung["ditolak penuh"] += 1
                self._tanda_tangan_ditolak(orang, saat)

    def _tanda_tangan_ditolak(self, orang: str, saat: datetime) -> None:
        from core import waktu
        from core.galat import TidakBerwenang
        from perizinan import services

        sebelum = sidik_isi()
        with waktu.beku(saat):
            try:
                services.tanda_tangani(self.berkas.pk, oleh=self.akun[orang])
            except TidakBerwenang:
                assert sidik_isi() == sebelum
                return
        raise AssertionError(f"{orang} menandatangani tanpa wewenang")


def sidik_isi() -> tuple[Any, ...]:
    """Everything that a signature would touch."""
    from notifications.models import Pesan
    from perizinan.models import Dokumen, Izin, Permohonan, RegisterNomor, Riwayat

    berkas = tuple(
        Permohonan.objects.order_by("pk").values_list("pk", "status", "versi", "riwayat_sidik", "terbit_pada")
    )
    dokumen = tuple(Dokumen.objects.order_by("pk").values_list("pk", "status", "sidik", "berkas", "kewenangan"))
    nomor = tuple(RegisterNomor.objects.order_by("pk").values_list("pk", "status"))
    return berkas, dokumen, nomor, Riwayat.objects.count(), Pesan.objects.count(), Izin.objects.count()


def perkara() -> Perkara:
    """Walk a SIUP to the signing desk at AWAL; the founder's open authority is ended before."""
    from accounts.kewenangan import cabut_kewenangan
    from accounts.models import Akun, Kewenangan, Penugasan
    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from core import waktu
    from perizinan.models import Permohonan

    with waktu.beku(AWAL - timedelta(hours=8)):
        pemeran = buat_pemeran()
        p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "menunggu_tanda_tangan")
    lama = Kewenangan.objects.get(pejabat=pemeran.kadis)
    cabut_kewenangan(lama, AWAL - timedelta(hours=1))
    plt = Akun.objects.create_user(nama="Pelaksana Tugas", surel="plt@contoh.invalid")
    for akun in (plt, pemeran.sari):
        Penugasan.objects.create(akun=akun, peran="penandatangan", unit=lama.unit, mulai=lama.mulai)
    akun = {"kadis": pemeran.kadis, "plt": plt, "sari": Akun.objects.get(pk=pemeran.sari.pk)}
    berkas = Permohonan.objects.select_related("jenis_izin", "kuasa", "pemohon", "unit_penerbit").get(pk=p.pk)
    return Perkara(berkas, akun, lama.unit)


@contextmanager
def dibatalkan() -> Iterator[None]:
    """A block whose writes are undone; durable services may stand inside."""
    atom = transaction.atomic()
    atom._from_testcase = True  # type: ignore[attr-defined] # what TestCase does
    with atom:
        yield
        transaction.set_rollback(True)


def di_postgres(jumlah: int) -> Counter[str]:
    """The same check on PostgreSQL, in the child."""
    hitung: Counter[str] = Counter()
    with dibatalkan():
        satu = perkara()
        for benih in range(jumlah):
            with dibatalkan():
                satu.periksa(jendela_acak(Random(benih)), hitung)
    return hitung


def _jelajahi(satu: Perkara, hitung: Counter[str]) -> None:
    @settings(
        max_examples=CONTOH,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32 - 1))
    def jelajah(benih: int) -> None:
        with dibatalkan():
            satu.periksa(jendela_acak(Random(benih)), hitung)

    jelajah()


@pytest.mark.bar
@pytest.mark.django_db
def test_b23_boleh_menandatangani_jika_dan_hanya_jika_berwenang(
    catat: Catat, monkeypatch: pytest.MonkeyPatch
) -> None:
    satu, hitung = perkara(), Counter[str]()
    _jelajahi(satu, hitung)
    cukup = hitung["boleh"] + hitung["ditolak"] >= 2000 and min(hitung["boleh"], hitung["tumpuk ditolak"]) > 30
    from accounts.models import Kewenangan
    from accounts.models.kewenangan import LingkupKewenangan

    def longgar(unit_id: int, kode: str, pada: datetime) -> Kewenangan | None:
        """The end of the window is taken for part of it."""
        lingkup = LingkupKewenangan.objects.filter(unit=unit_id, kode_layanan__in=[kode, "*"], mulai__lte=pada)
        satu = lingkup.exclude(sampai__lt=pada).order_by("-kode_layanan").first()
        return satu.kewenangan if satu else None

    monkeypatch.setattr("perizinan.services.penerbitan.pejabat_berwenang", longgar)
    try:
        _jelajahi(satu, Counter())
        kontrol = False
    except AssertionError:
        kontrol = True
    catat("B23", dict(hitung), "0 pelanggaran dalam 2.000 pertanyaan", cukup, kontrol)


@pytest.mark.bar
def test_b23_sama_di_postgresql(catat: Catat) -> None:
    hitung = rumah_pg("b23").kerja("tests.bar.test_b23_kewenangan:di_postgres", jumlah=CONTOH)
    catat("B23", f"PostgreSQL {hitung}", "0 pelanggaran", hitung["tumpuk ditolak"] > 10 and hitung["boleh"] > 30)
