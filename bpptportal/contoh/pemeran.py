"""The cast. Every name, number and address is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from accounts.enums import JenisIdentitas, JenisKewenangan, JenisPemohon, JenisUnit, Peran
from accounts.kewenangan import beri_kewenangan
from accounts.models import Akun, DataPihak, Kewenangan, Pemohon, Penugasan, Unit
from accounts.pihak import simpan_pihak
from core.waktu import sekarang

SANDI = "contoh-bekasi-2026"
RANAH = "contoh.invalid"

#: key -> (name, role, code of the unit). Tim teknis of the other SKPD are made on demand.
PETUGAS: dict[str, tuple[str, Peran, str]] = {
    "budi": ("Budi Santosa", Peran.LOKET, "bid_pelayanan"),
    "rina": ("Rina Marlina", Peran.BACK_OFFICE, "bid_pelayanan"),
    "kabid": ("Hendra Kusuma", Peran.KABID, "bid_jasa_usaha"),
    "kabid_tertentu": ("Yuli Astuti", Peran.KABID, "bid_tertentu"),
    "kabid_np": ("Darma Wijaya", Peran.KABID, "bid_non_perizinan"),
    "teknisi": ("Tono Prasetyo", Peran.TIM_TEKNIS, "distako"),
    "teknisi_bplh": ("Lia Rahmawati", Peran.TIM_TEKNIS, "bplh"),
    "dina": ("Dina Lestari", Peran.BENDAHARA, "bid_pelayanan"),
    "kadis": ("Kartika Adiwijaya", Peran.PENANDATANGAN, "bppt"),
    "prita": ("Prita Anggraini", Peran.PERENCANA, "tata_usaha"),
    "admin": ("Ade Supriatna", Peran.ADMIN, "tata_usaha"),
    "auditor": ("Agus Rahardjo", Peran.AUDITOR, "tata_usaha"),
}
#: key -> (name, phone). Applicants with an account.
WARGA: dict[str, tuple[str, str]] = {
    "sari": ("Sari Wulandari", "081210000101"),
    "asing": ("Asih Permata", "081210000102"),
}


@dataclass
class Pemeran:
    """Accounts by key, and the parties of the two applicants."""

    akun: dict[str, Akun]
    pemohon: dict[str, Pemohon]

    def __getattr__(self, kunci: str) -> Akun:
        try:
            return self.akun[kunci]
        except KeyError:
            raise AttributeError(kunci) from None

    def kabid_bidang(self, bidang_id: int) -> Akun:
        """The kabid of a bidang."""
        calon = [self.akun[k] for k in ("kabid", "kabid_tertentu", "kabid_np")]
        return next(a for a in calon if bidang_id in a.unit_peran(Peran.KABID))

    def teknisi_skpd(self, skpd: Unit) -> Akun:
        """A member of an SKPD's team, made when there is none yet."""
        kunci = {"distako": "teknisi", "bplh": "teknisi_bplh"}.get(skpd.kode, f"teknisi_{skpd.kode}")
        if kunci not in self.akun:
            nama = f"Tim Teknis {skpd.nama_pendek or skpd.nama}"
            self.akun[kunci] = _petugas(kunci, nama, Peran.TIM_TEKNIS, skpd, sekarang() - timedelta(days=1))
        return self.akun[kunci]

    def segarkan(self) -> Pemeran:
        """Accounts loaded anew, so that roles in force are read again (they are cached for one request)."""
        return Pemeran({k: Akun.objects.get(pk=a.pk) for k, a in self.akun.items()}, self.pemohon)


def buat_pemeran(mulai: datetime | None = None) -> Pemeran:
    """Make the cast, or load it when it is there. Roles and authority begin at `mulai` (default 2013).

    Raises RuntimeError in production: demo accounts have a known password.
    """
    if settings.PRODUKSI:
        raise RuntimeError("Akun contoh tidak dibuat di produksi.")
    sejak = mulai or datetime(2013, 1, 1, tzinfo=sekarang().tzinfo)
    unit = {u.kode: u for u in Unit.objects.all()}
    akun = {k: _petugas(k, nama, peran, unit[kode], sejak) for k, (nama, peran, kode) in PETUGAS.items()}
    _kuasai_admin(akun["admin"])
    _kewenangan(akun["kadis"], unit["bppt"], sejak)
    pemohon = {}
    for ke, (kunci, (nama, hp)) in enumerate(WARGA.items()):
        akun[kunci] = _akun(kunci, nama, hp=hp)
        pemohon[kunci] = _pemohon(akun[kunci], ke, sejak)
    return Pemeran(akun, pemohon)


def _akun(kunci: str, nama: str, **lain: str) -> Akun:
    ada = Akun.objects.filter(surel=f"{kunci}@{RANAH}").first()
    return ada or Akun.objects.create_user(
        nama=nama, surel=f"{kunci}@{RANAH}", password=SANDI, hp=_internasional(lain.get("hp", "")) or None
    )


def _internasional(hp: str) -> str:
    return f"+62{hp[1:]}" if hp.startswith("0") else hp


def _petugas(kunci: str, nama: str, peran: Peran, unit: Unit, sejak: datetime) -> Akun:
    akun = _akun(kunci, nama)
    Penugasan.objects.get_or_create(akun=akun, peran=peran, unit=unit, defaults={"mulai": sejak})
    return akun


def _kuasai_admin(akun: Akun) -> None:
    if not akun.is_superuser:
        akun.is_staff = akun.is_superuser = True
        akun.save(update_fields=["is_staff", "is_superuser"])


def _kewenangan(kadis: Akun, bppt: Unit, sejak: datetime) -> None:
    assert bppt.jenis == JenisUnit.BADAN  # noqa: S101 reference data
    if not Kewenangan.objects.filter(unit=bppt).exists():
        beri_kewenangan(
            pejabat=kadis,
            unit=bppt,
            jenis=JenisKewenangan.DEFINITIF,
            jabatan="Kepala Badan Pelayanan Perizinan Terpadu",
            nomor_sk="821.2/CONTOH-1/2013",
            mulai=sejak,
            nama_tercetak="Dr. Kartika Adiwijaya, M.Si.",
            nip="000000000000000001",
            pangkat="Pembina Utama Muda",
        )


def _pemohon(akun: Akun, ke: int, sejak: datetime) -> Pemohon:
    ada = akun.pemohon.first()
    return (
        ada or simpan_pihak(jenis=JenisPemohon.ORANG, data=data_orang(akun.nama, ke), akun=akun, kini=sejak).pemohon
    )


def data_orang(nama: str, ke: int, *, hp: str = "") -> dict[str, object]:
    """Invented data of a person: a NIK that fits its birth date, serial numbers that nobody has."""
    lahir = datetime(1980 + ke % 20, 1 + ke % 12, 1 + ke % 27).date()  # noqa: DTZ001 a birth date has no zone
    return {
        "nama": nama,
        "jenis_identitas": JenisIdentitas.KTP,
        "nomor_identitas": f"327500{lahir:%d%m%y}{9000 + ke % 1000:04d}",
        "tanggal_lahir": lahir,
        "alamat": f"Jl. Melati Contoh No. {ke + 1}",
        "kelurahan": "Kayuringin Jaya",
        "kecamatan": "Bekasi Selatan",
        "hp": hp or f"0812{10000101 + ke:08d}",
        "surel": "",
    }


def data_badan(nama: str, ke: int, bentuk: str = "cv") -> dict[str, object]:
    """Invented data of an entity and the person who answers for it."""
    return data_orang(f"Penanggung Jawab {ke + 1}", ke) | {
        "nama_badan": nama,
        "bentuk_badan": bentuk,
        "npwp": f"01234{ke % 10000:04d}6407000"[:15],
        "akta": f"No. {ke + 1} tanggal 2 Januari 2020",
        "jabatan": "Direktur",
    }


def orang_baru(nama: str, ke: int) -> DataPihak:
    """A walk-in without an account."""
    return simpan_pihak(jenis=JenisPemohon.ORANG, data=data_orang(nama, ke))
