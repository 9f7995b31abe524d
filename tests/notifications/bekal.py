"""What tests of messages share: a gateway that does as it is told, and messages to send."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from core.waktu import sekarang
from notifications import layanan
from notifications.enums import JenisPesan, Kanal, Kemampuan
from notifications.gateway import GalatGerbang
from notifications.models import Pesan

HP = "+6281234567890"
_urut = count(1)


class GerbangUji:
    """Takes everything, or does what `tingkah` says; remembers what it took."""

    def __init__(self, nama: str = "uji", kemampuan: Kemampuan = Kemampuan.DEDUP) -> None:
        self.nama, self.kemampuan = nama, kemampuan
        self.tingkah: Callable[[], None] = lambda: None
        self.diterima: list[tuple[str, str, str]] = []

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        self.tingkah()
        self.diterima.append((tujuan, teks, acuan))

    def dikenal(self, acuan: str) -> bool:
        return any(a == acuan for *_lain, a in self.diterima)


def rusak(**sifat: Any) -> Callable[[], None]:
    """A behaviour: always this error."""

    def naik() -> None:
        raise GalatGerbang("rusak", **sifat)

    return naik


def tulis(teks: str = "BPPT: kabar.", tujuan: str = HP, **ubah: Any) -> Pesan:
    """One message in the outbox."""
    n = next(_urut)
    isi = {
        "kode": "SMS_UJI",
        "jenis": JenisPesan.KABAR,
        "kanal": Kanal.SMS,
        "perihal": "7QK4M-2XD9R",
        "kunci": f"uji/{n}",
        "kini": sekarang(),
    }
    return layanan.tulis_teks(teks, tujuan=tujuan, **isi | ubah)


def segar(pesan: Pesan) -> Pesan:
    return Pesan.objects.get(pk=pesan.pk)
