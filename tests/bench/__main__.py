"""Runs every bench (`tests/bench/p*.py`), each in a process of its own, and prints one table of ratios.

A bench is a module that measures when it is run and writes `var/bench/<nama>.json`: `{"nama", "kondisi",
"hasil": [...], "rasio": {...}, "target": {...}, "lulus": bool}`. A goal that is missed is printed as missed;
only a bench that breaks, or writes nothing, fails the run. `python -m tests.bench [p1 p9 ...]`; SKALA=penuh.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

AKAR = Path(__file__).resolve().parents[2]
HASIL = AKAR / "var" / "bench"


def modul(pilihan: list[str]) -> list[str]:
    """Names of the benches, all or those that begin with one of `pilihan`."""
    semua = sorted(b.stem for b in Path(__file__).parent.glob("p[0-9]*.py"))
    return [m for m in semua if not pilihan or any(m == p or m.startswith(f"{p}_") for p in pilihan)]


def jalankan(nama: str) -> tuple[bool, list[dict[str, Any]]]:
    """Run one bench; returns whether it ended well and the results it wrote."""
    mulai = time.time()
    sys.stdout.write(f"==> {nama}\n")
    sys.stdout.flush()
    kode = subprocess.run([sys.executable, "-m", f"tests.bench.{nama}"], cwd=AKAR, check=False).returncode
    baru = [b for b in sorted(HASIL.glob("*.json")) if b.stat().st_mtime >= mulai - 1]
    return kode == 0 and bool(baru), [json.loads(b.read_text()) for b in baru]


def tabel(hasil: list[dict[str, Any]]) -> str:
    """For each bench its verdict, which only the bench can give, then one line a ratio: seen and goal."""
    baris = [("bench", "rasio", "terlihat", "sasaran")]
    for h in hasil:
        baris.append((str(h.get("nama", "?")), "semua sasaran tercapai" if h.get("lulus") else "MELESET", "", ""))
        target = h.get("target", {})
        for kunci, nilai in h.get("rasio", {}).items():
            angka = f"{nilai:.2f}" if isinstance(nilai, float) else str(nilai)
            baris.append(("", kunci, angka, str(target.get(kunci, ""))))
    lebar = [max(len(b[i]) for b in baris) for i in range(len(baris[0]))]
    return "\n".join("  ".join(k.ljust(w) for k, w in zip(b, lebar, strict=True)).rstrip() for b in baris)


def main(pilihan: list[str]) -> int:
    daftar = modul(pilihan)
    if not daftar:
        sys.stderr.write("Tidak ada bench yang cocok.\n")
        return 2
    HASIL.mkdir(parents=True, exist_ok=True)
    rusak: list[str] = []
    hasil: list[dict[str, Any]] = []
    for nama in daftar:
        baik, ditulis = jalankan(nama)
        hasil += ditulis
        if not baik:
            rusak.append(nama)
    sys.stdout.write(f"\n{tabel(hasil)}\n")
    if rusak:
        sys.stderr.write(f"\nBench yang tidak selesai: {', '.join(rusak)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
