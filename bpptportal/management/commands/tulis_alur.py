"""`tulis_alur`: write docs/alur-permohonan.md from the declared transitions; a test keeps the two equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django_fsm import Transition

from core.mesin import Bermesin, transisi_model
from perizinan.models import Izin, Permohonan, Rekomendasi

TUJUAN = Path(settings.BASE_DIR) / "docs" / "alur-permohonan.md"
_KEPALA = """# The machines of an application

Written by `manage.py tulis_alur` from the declarations in `perizinan/models/_mesin_*.py`, `rekomendasi.py` and
`izin.py`; do not edit. The first column is the row number of the specified machine, which docstrings quote. "duty":
the file stands in that role's inbox. "clock": what the act does to the service time.
"""


def alur() -> str:
    """The whole page, in Indonesian words for the buttons."""
    with translation.override("id"):
        return (
            _KEPALA
            + _tabel("Permohonan", Permohonan)
            + _tabel("Rekomendasi (one per SKPD)", Rekomendasi)
            + _tabel("Izin", Izin)
        )


def _tabel(judul: str, model: type[Bermesin]) -> str:
    daftar = sorted(transisi_model(model), key=lambda t: (t.custom["no"], str(t.source)))
    baris = [_baris(t) for t in daftar]
    kepala = (
        "| no. | from | verb | to | who | duty | clock | SMS | document |\n|---|---|---|---|---|---|---|---|---|\n"
    )
    return f"\n## {judul}\n\n{kepala}" + "\n".join(baris) + "\n"


def _baris(t: Transition) -> str:
    a = t.custom
    tujuan = getattr(t.target, "allowed_states", None)
    ke = " / ".join(str(s) for s in tujuan) if tujuan else str(t.target or "(stays)")
    sel = [
        str(a["no"]),
        str(t.source),
        f"`{t.name}` {a['label']}",
        ke,
        ", ".join(a["peran"]),
        ", ".join(a["tugas"]) or "-",
        a["jam"] or "-",
        a["pesan"] or "-",
        a["dokumen"] or "-",
    ]
    return "| " + " | ".join(sel) + " |"


class Command(BaseCommand):
    help = "Tulis docs/alur-permohonan.md dari deklarasi transisi."

    def handle(self, *args: Any, **opsi: Any) -> None:
        TUJUAN.write_text(alur(), encoding="utf-8")
        self.stdout.write(f"{TUJUAN.name} ditulis.")
