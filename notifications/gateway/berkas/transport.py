"""Gateway of the embedded portal: one JSON file per reference in VAR_DIR/sms.

A file is made with O_EXCL under the reference's name, so a repeated sending changes nothing: it de-duplicates.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings

from core.waktu import sekarang
from notifications.enums import Kemampuan
from notifications.gateway import GalatGerbang


class GerbangBerkas:
    """Writes messages where a person can read them."""

    nama = "berkas"
    kemampuan = Kemampuan.DEDUP

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Write the message once. Raises GalatGerbang (temporary) when the disk refuses."""
        folder = Path(settings.VAR_DIR) / "sms"
        isi = {"acuan": acuan, "tujuan": tujuan, "teks": teks, "pada": sekarang().isoformat()}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sementara = folder / f".{acuan}.{os.getpid()}"
            sementara.write_text(json.dumps(isi, ensure_ascii=False), encoding="utf-8")
            try:
                os.link(sementara, folder / f"{acuan}.json")
            except FileExistsError:
                return
            finally:
                sementara.unlink()
        except OSError as galat:
            raise GalatGerbang(str(galat)) from galat


gerbang = GerbangBerkas()
