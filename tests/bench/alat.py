"""What the benches of the core share: interleaved rounds, medians, and the file they leave behind."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpptportal.settings")
HASIL = Path(__file__).resolve().parents[2] / "var" / "bench"


def berselang(
    cara: dict[str, Callable[[], Any]], ronde: int, ulang: dict[str, int] | None = None
) -> dict[str, list[float]]:
    """Milliseconds of each way in each round; every round runs all ways, so that a busy machine hurts all alike.

    A way of a millisecond or so is run `ulang` times in a round, which then counts their median.
    """
    for satu in cara.values():
        satu()
    waktu: dict[str, list[float]] = {nama: [] for nama in cara}
    for _ in range(ronde):
        for nama, satu in cara.items():
            sekali = []
            for _ke in range((ulang or {}).get(nama, 1)):
                mulai = time.perf_counter()
                satu()
                sekali.append((time.perf_counter() - mulai) * 1000)
            waktu[nama].append(statistics.median(sekali))
    return waktu


def median(waktu: dict[str, list[float]]) -> dict[str, float]:
    return {nama: statistics.median(semua) for nama, semua in waktu.items()}


def baris(waktu: dict[str, list[float]]) -> list[dict[str, Any]]:
    """One line a way: median and range."""
    return [
        {
            "cara": nama,
            "median_ms": round(statistics.median(semua), 2),
            "min_ms": round(min(semua), 2),
            "maks_ms": round(max(semua), 2),
            "ronde": len(semua),
        }
        for nama, semua in waktu.items()
    ]


def kondisi(**lain: Any) -> dict[str, Any]:
    return {"python": platform.python_version(), "inti": os.cpu_count(), "beban_awal": os.getloadavg()[0], **lain}


def tulis(hasil: dict[str, Any]) -> None:
    HASIL.mkdir(parents=True, exist_ok=True)
    (HASIL / f"{hasil['nama']}.json").write_text(json.dumps(hasil, ensure_ascii=False, indent=2) + "\n")
    for satu in hasil["hasil"]:
        print(satu)  # noqa: T201  a bench is read on the terminal


def gandakan(k: Any, kolom: list[str], ganti: dict[str, str], sumber: str, pk: int) -> None:
    """Clone one file for each row of `sumber`, some columns computed."""
    ganti = ganti | {
        "kunci": "gen_random_uuid()",
        "nomor": "'B' || lpad(b.n::text, 9, '0')",
        "nomor_register": "'bench-' || b.n",
    }
    nama = ", ".join(f'"{c}"' for c in kolom)
    nilai = ", ".join(ganti.get(c, f'a."{c}"') for c in kolom)
    perintah = f"INSERT INTO perizinan_permohonan ({nama}) SELECT {nilai} FROM perizinan_permohonan a, {sumber}"
    k.execute(f"{perintah} WHERE a.id = %s", [pk])
