"""Gateway for a developer's terminal: prints the message, numbers masked as in the logs."""

from __future__ import annotations

import sys

from notifications.enums import Kemampuan


class GerbangKonsol:
    """Prints to standard error; a repeated reference is printed again."""

    nama = "konsol"
    kemampuan = Kemampuan.TIDAK

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        sys.stderr.write(f"[SMS {acuan}] ke ...{tujuan[-4:]}: {teks}\n")


gerbang = GerbangKonsol()
