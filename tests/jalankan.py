"""Runs the suites one after the other and closes with one line that adds them up.

`sqlite` and `pg` are the same tests on the two databases the portal runs on, pure rules (MURNI) once: SQLite hides
races, PostgreSQL shows them. A suite that collects nothing fails, so that an empty run never looks green. Used by
bin/test and bin/bar; `python -m tests.jalankan [sqlite|pg|e2e|gerbang|lambat|bar]... [-- PYTEST-OPTIONS]`.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pg import klaster

AKAR = Path(__file__).resolve().parent.parent
HASIL = AKAR / "var" / "uji"
BIASA = ("sqlite", "pg")
SEMUA = (*BIASA, "e2e", "gerbang", "lambat", "bar")
#: Pure rules: they ask no database, so once is enough (the suite of both databases is held to ten minutes).
MURNI = (
    "tests/renstra/test_periksa_acak.py",
    "tests/renstra/test_aturan.py",
    "tests/renstra/test_periksa_nyata.py",
    "tests/renstra/test_rumus.py",
    "tests/renstra/test_cetak_renstra.py",
    "tests/ikm/test_rumus.py",
    "tests/ikm/test_penyamaran.py",
    "tests/ikm/test_hitung_ikm.py",
    "tests/perizinan/test_tenggat_peramal.py",
    "tests/perizinan/test_buku_waktu.py",
    "tests/perizinan/test_efek.py",
    "tests/perizinan/test_ekspresi.py",
)


def pilihan(suite: str) -> list[str]:
    """Pytest's options that make a suite; the marker expression overrides the one of pyproject.toml."""
    proses = ["-n", os.environ.get("PEKERJA", "2")]
    penuh = os.environ.get("TINGKAT") == "penuh"
    return {
        "sqlite": proses,
        "pg": [*proses, *(f"--ignore={berkas}" for berkas in MURNI)],
        "e2e": ["-m", "e2e"],
        "gerbang": ["-m", "gerbang", "tests/gerbang"],
        "lambat": ["-m", "lambat", "-x", "-p", "no:randomly"],
        "bar": ["-m", "bar or bar_penuh" if penuh else "bar and not bar_penuh", "tests/bar"],
    }[suite]


@contextmanager
def lingkungan(suite: str) -> Iterator[dict[str, str]]:
    """Environment of one suite: only `pg` has a DATABASE_URL, whatever the caller's environment says."""
    dasar = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "PRODUKSI")}
    dasar |= {"UJI": "1", "VAR_DIR": str(HASIL / "var")}
    if suite != "pg":
        yield dasar
        return
    with klaster() as alamat:
        yield dasar | {"DATABASE_URL": alamat}


def jalankan(suite: str, tambahan: list[str]) -> tuple[int, dict[str, int]]:
    """Run one suite; returns the exit code and the counts of its report (all zero if it wrote none)."""
    laporan = HASIL / f"{suite}.xml"
    laporan.unlink(missing_ok=True)
    with lingkungan(suite) as env:
        perintah = [sys.executable, "-m", "pytest", "-q", *pilihan(suite), f"--junitxml={laporan}", *tambahan]
        kode = subprocess.run(perintah, cwd=AKAR, env=env, check=False).returncode
    return kode, hitung(laporan)


def hitung(laporan: Path) -> dict[str, int]:
    """Counts of one JUnit report: passed, failed (with errors) and skipped."""
    jumlah = {"lulus": 0, "gagal": 0, "dilewati": 0}
    if not laporan.exists():
        return jumlah
    for uji in ET.parse(laporan).getroot().iter("testcase"):
        anak = {bagian.tag for bagian in uji}
        jumlah["gagal" if anak & {"failure", "error"} else "dilewati" if "skipped" in anak else "lulus"] += 1
    return jumlah


def penutup(jumlah: dict[str, int]) -> str:
    return f"{jumlah['lulus']} passed, {jumlah['gagal']} failed, {jumlah['dilewati']} skipped"


def jumlahkan() -> int:
    """Add up every report that is there; 1 when anything failed or nothing ran."""
    total = {"lulus": 0, "gagal": 0, "dilewati": 0}
    for laporan in sorted(HASIL.glob("*.xml")):
        jumlah = hitung(laporan)
        total = {k: total[k] + jumlah[k] for k in total}
    sys.stdout.write(penutup(total) + "\n")
    return 1 if total["gagal"] or not total["lulus"] else 0


def main(argumen: list[str]) -> int:
    if argumen == ["jumlah"]:
        return jumlahkan()
    batas = argumen.index("--") if "--" in argumen else len(argumen)
    suite_dipilih, tambahan = argumen[:batas] or list(BIASA), argumen[batas + 1 :]
    if asing := [s for s in suite_dipilih if s not in SEMUA]:
        sys.stderr.write(f"Suite tidak dikenal: {', '.join(asing)}. Pilih dari: {', '.join(SEMUA)}\n")
        return 2
    HASIL.mkdir(parents=True, exist_ok=True)
    total = {"lulus": 0, "gagal": 0, "dilewati": 0}
    buruk: list[str] = []
    for suite in suite_dipilih:
        mulai = time.monotonic()
        sys.stdout.write(f"==> {suite}\n")
        sys.stdout.flush()
        kode, jumlah = jalankan(suite, tambahan)
        total = {k: total[k] + jumlah[k] for k in total}
        if kode != 0 or jumlah["lulus"] == 0:
            buruk.append(suite)
        sys.stdout.write(f"==> {suite}: {jumlah['lulus']} lulus, {time.monotonic() - mulai:.0f} detik\n")
    if buruk:
        sys.stdout.write(f"Tidak lulus: {', '.join(buruk)}\n")
    sys.stdout.write(penutup(total) + "\n")
    return 1 if buruk else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
