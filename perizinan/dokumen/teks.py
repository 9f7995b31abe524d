"""The standing sentences of the documents, from `teks.toml` beside this file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_BERKAS = Path(__file__).with_name("teks.toml")


@cache
def teks() -> dict[str, Any]:
    """All sentences, read once in a process."""
    return tomllib.loads(_BERKAS.read_text(encoding="utf-8"))


def isi_kalimat(kalimat: list[str], **nilai: object) -> list[str]:
    """Sentences with their blanks filled in."""
    return [satu.format(**nilai) for satu in kalimat]
