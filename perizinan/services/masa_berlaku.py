"""What time does to permits and authorities: reminders before the end, and the end (rows 52 and 54)."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Kewenangan
from core.galat import GalatPortal, TransisiDitolak
from core.waktu import sekarang, zona
from perizinan.enums import JenisEfek, StatusIzin
from perizinan.models import EfekWaktu, Izin
from perizinan.services import _efek, _keluar
from perizinan.services._alur import Langkah, verba

catatan = logging.getLogger(__name__)
UKURAN = 500
_BERHARI = (90, 30, 7)
_WEWENANG = (30, 7)


def sapu_masa_berlaku() -> int:
    """Remind of permits and authorities that end, end permits that are over. Returns the number of effects."""
    hari_ini = sekarang().astimezone(zona()).date()
    return _ingatkan_izin(hari_ini) + _akhiri_izin(hari_ini) + _ingatkan_wewenang()


def _jendela(batas: tuple[int, ...]) -> list[tuple[int, int]]:
    """(more than, up to) days before the end, for each reminder: one that was missed is not sent late."""
    urut = sorted(batas)
    return list(zip([-1, *urut], urut, strict=False))


def _ingatkan_izin(hari_ini: date) -> int:
    jumlah = 0
    for lebih, hari in _jendela(tuple(_efek.setelan("izin_habis_hari", _BERHARI))):
        sudah = EfekWaktu.objects.filter(izin=OuterRef("pk"), jenis=JenisEfek.IZIN_HABIS, tingkat=hari)
        daftar = Izin.objects.filter(
            status=StatusIzin.BERLAKU,
            akhir__gt=hari_ini + timedelta(days=lebih),
            akhir__lte=hari_ini + timedelta(days=hari),
        ).exclude(Exists(sudah))
        # Issued for less than that: the holder knows.
        for izin in daftar.order_by("akhir", "pk")[:UKURAN]:
            if izin.akhir and izin.tanggal_terbit <= izin.akhir - timedelta(days=hari):
                jumlah += _kerjakan(ingatkan, izin.pk, hari=hari)
    return jumlah


def _akhiri_izin(hari_ini: date) -> int:
    lewat = Izin.objects.sampai_akhirnya().filter(akhir__lt=hari_ini)
    return sum(_kerjakan(kedaluwarsakan, pk) for pk in lewat.order_by("akhir").values_list("pk", flat=True)[:UKURAN])


def _kerjakan(layanan: object, pk: int, **data: int) -> int:
    try:
        layanan(pk, oleh=None, **data)  # type: ignore[operator] # a verb
    except (IntegrityError, GalatPortal):
        return 0  # another sweep was first
    except Exception:  # noqa: BLE001 one bad permit must not stop the others; it is logged in full
        catatan.exception("sapuan izin gagal", extra={"izin": pk})
        return 0
    return 1


def _catat(langkah: Langkah, jenis: JenisEfek, tingkat: int) -> Izin:
    izin = langkah.objek
    assert isinstance(izin, Izin)  # noqa: S101 the verb is declared on Izin
    assert izin.akhir is not None  # noqa: S101 asked for by the sweep
    EfekWaktu.objects.create(
        kunci=f"izin/{izin.pk}/{izin.akhir:%Y%m%d}/{jenis}/{tingkat}",
        permohonan=langkah.permohonan,
        izin=izin,
        jenis=jenis,
        tingkat=tingkat,
        jatuh_pada=datetime.combine(izin.akhir, time(), zona()) - timedelta(days=tingkat),
        dikerjakan_pada=langkah.kini,
    )
    return izin


def _nilai(izin: Izin) -> dict[str, str]:
    assert izin.akhir is not None  # noqa: S101 asked for by the sweep
    return {
        "no_sk": izin.nomor_izin,
        "tgl": _keluar.tanggal_pendek(datetime.combine(izin.akhir, time(12), zona())),
    }


@verba("ingatkan", Izin)
def ingatkan(langkah: Langkah, *, hari: int) -> None:
    """So many days before the end (row 52), once each. Raises TransisiDitolak when the permit has no end."""
    if getattr(langkah.objek, "akhir", None) is None:
        raise TransisiDitolak(_("Izin ini tidak berbatas waktu."))
    izin = _catat(langkah, JenisEfek.IZIN_HABIS, hari)
    langkah.maju(rinci={"hari": hari}, nilai_pesan=_nilai(izin))


@verba("kedaluwarsakan", Izin)
def kedaluwarsakan(langkah: Langkah) -> None:
    """The day after the last day (row 54). Raises TransisiDitolak before that."""
    akhir = getattr(langkah.objek, "akhir", None)
    if akhir is None or langkah.kini.astimezone(zona()).date() <= akhir:
        raise TransisiDitolak(_("Masa berlaku izin ini belum lewat."))
    izin = _catat(langkah, JenisEfek.IZIN_BERAKHIR, 0)
    langkah.maju(pada=langkah.kini, nilai_pesan=_nilai(izin))


def _ingatkan_wewenang() -> int:
    """An authority that ends without another one is a desk without a signature: admin and official are told."""
    kini, jumlah = sekarang(), 0
    for lebih, hari in _jendela(tuple(_efek.setelan("kewenangan_habis_hari", _WEWENANG))):
        habis = Kewenangan.objects.filter(
            sampai__gt=kini + timedelta(days=max(0, lebih)),
            sampai__lte=kini + timedelta(days=hari),
            dicabut_pada__isnull=True,
        )
        for satu in habis:
            assert satu.sampai is not None  # noqa: S101 filtered
            for peran in (Peran.ADMIN, Peran.PENANDATANGAN):
                _baris, baru = EfekWaktu.objects.get_or_create(
                    kunci=f"kewenangan/{satu.pk}/{satu.sampai:%Y%m%d}/{hari}/{peran}",
                    defaults={
                        "jenis": JenisEfek.KEWENANGAN_HABIS,
                        "tingkat": hari,
                        "kepada": peran,
                        "unit_id": satu.unit_id,
                        "jatuh_pada": satu.sampai - timedelta(days=hari),
                        "dikerjakan_pada": kini,
                        "rinci": {"sebutan": satu.sebutan, "sampai": satu.sampai.isoformat(timespec="minutes")},
                    },
                )
                jumlah += baru
    return jumlah
