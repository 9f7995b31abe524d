"""Who may do what with the survey. The officers being rated type nobody's answers and decide about none."""

from __future__ import annotations

from typing import Final

from accounts.enums import Peran
from accounts.models import Akun

#: They act on applications: what people say is about them.
DINILAI: Final = frozenset(
    {
        Peran.LOKET,
        Peran.BACK_OFFICE,
        Peran.KABID,
        Peran.TIM_TEKNIS,
        Peran.KOORDINATOR_TEKNIS,
        Peran.BENDAHARA,
        Peran.PENANDATANGAN,
    }
)


def boleh_entri(akun: Akun) -> bool:
    """Type paper sheets: planners and admins who hold no desk that is being rated (issue: never by the rated)."""
    return bool(akun.berperan(Peran.PERENCANA, Peran.ADMIN)) and not akun.daftar_peran & DINILAI
