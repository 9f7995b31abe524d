"""The pulse of the background work: when each sweep last did what it is there for.

Rows that are due tell what waits; the pulse tells whether anybody works on it. Only both together mean that a
sweep is late: a long backlog that is being worked off is not, nor is a quiet night. Kept as the time stamp of a
file in `var/run`, which web and workers share; where they do not, `/sehat/` judges by the rows alone.
"""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings


def _berkas(tugas: str) -> Path:
    return Path(settings.VAR_DIR) / "run" / f"denyut-{re.sub(r'[^a-z_.]', '-', tugas)}"


def catat(tugas: str) -> None:
    """Note that a task has just ended well. Never raises: a full disk must not undo the task."""
    berkas = _berkas(tugas)
    try:
        berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        berkas.touch()
    except OSError:
        return


def sejak(tugas: tuple[str, ...]) -> timedelta | None:
    """How long ago the most recent of these tasks ended well; None when none ever did."""
    saat = []
    for satu in tugas:
        try:
            saat.append(_berkas(satu).stat().st_mtime)
        except OSError:
            continue
    return timedelta(seconds=max(0.0, time.time() - max(saat))) if saat else None
