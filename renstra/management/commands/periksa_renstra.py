"""`periksa_renstra DIR`: recompute a plan's tables and tell every place that does not hold (contracts.md)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from renstra.periksa import Temuan, periksa, tak_tercakup
from renstra.tabel import GalatTabel, TabelRencana, baca


class Command(BaseCommand):
    help = (
        "Periksa tabel rencana di DIR. Keluar 0 bila tidak ada temuan, 1 bila ada, 2 bila tabel tidak terbaca. "
        "Dengan --cakupan: daftar sel yang tidak dicakup aturan mana pun (keluar 0)."
    )

    requires_system_checks = []  # reads files only

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path)
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di keluaran")
        parser.add_argument("--cakupan", action="store_true", help="sel yang tidak dicakup aturan mana pun")

    def handle(self, *args: Any, **opsi: Any) -> None:
        try:
            rencana = baca(opsi["dir"])
        except GalatTabel as galat:
            raise CommandError(f"Tabel tidak dapat dibaca. {galat}", returncode=2) from galat
        if opsi["cakupan"]:
            self._cakupan(rencana, sebagai_json=opsi["json"])
            return
        temuan = periksa(rencana)
        if opsi["json"]:
            self.stdout.write(json.dumps([t.sebagai_dict() for t in temuan], ensure_ascii=False))
        else:
            self._kalimat(rencana, temuan)
        if temuan:
            sys.exit(1)

    def _kalimat(self, rencana: TabelRencana, temuan: list[Temuan]) -> None:
        for t in temuan:
            self.stdout.write(
                f"[{t.tingkat}] {t.aturan} · Tabel {t.tabel} · {t.lokasi.baris} · {t.lokasi.kolom}: "
                f"tercetak {t.tercetak or '(kosong)'}, hitung ulang {t.hitung_ulang}. {t.keterangan}"
            )
        salah = sum(1 for t in temuan if t.tingkat == "kesalahan")
        self.stdout.write(
            f"{len(rencana.tabel)} tabel diperiksa: {salah} kesalahan, {len(temuan) - salah} peringatan."
        )

    def _cakupan(self, rencana: TabelRencana, *, sebagai_json: bool) -> None:
        sel = tak_tercakup(rencana)
        if sebagai_json:
            isi = [{"tabel": k, "lokasi": {"baris": tempat.baris, "kolom": tempat.kolom}} for k, tempat, _ in sel]
            self.stdout.write(json.dumps(isi, ensure_ascii=False))
            return
        for kode, tempat, teks in sel:
            self.stdout.write(f"Tabel {kode} · {tempat.baris} · {tempat.kolom}: {teks or '(kosong)'}")
        self.stdout.write(f"{len(sel)} sel tidak dicakup aturan mana pun.")
