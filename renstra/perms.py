"""Who reads the plan: those who plan, lead, and look over them; nobody writes it outside the admin."""

from __future__ import annotations

from typing import Final

from accounts.enums import Peran
from accounts.models import Akun

#: Planner, heads, auditor, admin (issue 5; Renstra 2.1: Kasubag Perencanaan reports to the Kepala Badan).
PEMBACA: Final = (Peran.PERENCANA, Peran.PENANDATANGAN, Peran.KABID, Peran.AUDITOR, Peran.ADMIN)


def boleh_lihat(akun: Akun) -> bool:
    """Read the plan, its findings and its files."""
    return bool(akun.berperan(*PEMBACA))
