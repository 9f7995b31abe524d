"""The counter today: files to check, permits to hand over, entries that this officer began."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Akun, DataPihak
from core.enkripsi import samarkan
from core.mesin import transisi_model
from perizinan.halaman.kotak import BarisBerkas, baris, isi_kotak
from perizinan.models import Permohonan

MAKS = 25


def _asal(verba: str) -> set[str]:
    """States from which a verb starts, as declared."""
    return {t.source for t in transisi_model(Permohonan) if t.name == verba}


@dataclass(frozen=True, slots=True)
class Hari:
    """What the counter page shows."""

    periksa: list[BarisBerkas]
    serah: list[BarisBerkas]
    draf: list[Permohonan]


def susun_hari(akun: Akun) -> Hari:
    """The officer's own piles, most pressing first."""
    kotak = isi_kotak(akun)
    return Hari(
        baris(kotak.filter(status__in=_asal("daftarkan"))[:MAKS], akun),
        baris(kotak.filter(status__in=_asal("serahkan"))[:MAKS], akun),
        list(
            Permohonan.objects.filter(status__in=_asal("ajukan"), dibuat_oleh=akun.pk, pemohon__akun__isnull=True)
            .select_related("jenis_izin", "pihak")
            .order_by("-dibuat_pada")[:MAKS]
        ),
    )


@dataclass(frozen=True, slots=True)
class PihakDitemukan:
    """A known party, masked: enough to recognise the person at the counter, too little to learn anything."""

    kunci: str
    nama: str
    identitas: str
    hp: str
    badan: bool


def samar(pihak: DataPihak) -> PihakDitemukan:
    """`S••• W•••••••, NIK ••••••••••••0001, HP •••••••0101`."""
    nama = " ".join(kata[:1] + "•" * (len(kata) - 1) for kata in pihak.sebutan.split())
    return PihakDitemukan(
        str(pihak.pemohon.kunci), nama, pihak.identitas_samar, samarkan(pihak.hp), bool(pihak.nama_badan)
    )
