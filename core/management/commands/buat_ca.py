"""Make the local certificate authority; issue, renew or revoke an official's certificate. Idempotent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.tanda_tangan import SertifikatTidakSah
from core.tanda_tangan.sertifikat import (
    Sertifikat,
    akar,
    cabut,
    folder,
    sertifikat_untuk,
    terbitkan,
    tulis_akar_umum,
)
from core.waktu import sekarang


class Command(BaseCommand):
    help = "Membuat otoritas sertifikat lokal, dan menerbitkan, memperbarui atau mencabut sertifikat pejabat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kunci", default="", help="nama kunci pejabat, misalnya NIP-nya")
        parser.add_argument("--nama", default="", help="nama pejabat seperti tercetak pada sertifikat")
        parser.add_argument("--jabatan", default="", help="jabatan pejabat seperti tercetak pada sertifikat")
        pilihan = parser.add_mutually_exclusive_group()
        pilihan.add_argument("--perbarui", action="store_true", help="ganti kunci dan sertifikat yang ada")
        pilihan.add_argument("--cabut", action="store_true", help="cabut sertifikat yang ada")

    def handle(self, *args: Any, **opsi: Any) -> None:
        self.stdout.write(f"akar: {akar().berkas}")
        self.stdout.write(f"sertifikat akar (boleh dibagikan): {tulis_akar_umum()}")
        if not opsi["kunci"]:
            return
        if not (opsi["nama"] and opsi["jabatan"]):
            raise CommandError("--kunci memerlukan --nama dan --jabatan.", returncode=2)
        try:
            sertifikat = self._pejabat(opsi)
        except (SertifikatTidakSah, ValueError) as galat:
            raise CommandError(str(galat)) from galat
        self.stdout.write(f"pejabat: {sertifikat.berkas}")
        self.stdout.write(f"berlaku: {sertifikat.berlaku_dari:%Y-%m-%d} sampai {sertifikat.berlaku_sampai:%Y-%m-%d}")
        self.stdout.write(f"sidik jari SHA-256: {sertifikat.sidik_jari}")
        if opsi["cabut"]:
            self.stdout.write(f"dicabut: tercatat di {folder() / 'akar.crl'}")

    def _pejabat(self, opsi: dict[str, Any]) -> Sertifikat:
        siapa = (opsi["kunci"], opsi["nama"], opsi["jabatan"])
        if opsi["perbarui"]:
            return terbitkan(*siapa, dari=sekarang(), ganti=True)
        sertifikat = sertifikat_untuk(*siapa)
        if opsi["cabut"]:
            cabut(sertifikat)
        return sertifikat
