"""The documentation keeps its promises: every dependency has its reason, every link leads somewhere."""

import re
from pathlib import Path

import pytest

AKAR = Path(__file__).resolve().parents[2]
HALAMAN = sorted([*AKAR.glob("*.md"), *(AKAR / "docs").rglob("*.md")])


def langsung() -> set[str]:
    """Names of the direct dependencies in requirements/*.in."""
    nama = set()
    for berkas in (AKAR / "requirements").glob("*.in"):
        for baris in berkas.read_text().splitlines():
            if cocok := re.match(r"[A-Za-z][\w.-]*", baris):
                nama.add(cocok[0].lower())
    return nama


def test_every_direct_dependency_has_its_line_of_reason_and_no_other_has() -> None:
    isi = (AKAR / "docs/keputusan/0002-pustaka.md").read_text()
    sel = re.findall(r"(?m)^\| ([^|]+) \|", isi)
    beralasan = {n.strip().lower() for s in sel for n in s.split(",")} - {"package", "---"}
    assert len(langsung()) > 30
    assert beralasan == langsung()


@pytest.mark.parametrize("halaman", HALAMAN, ids=lambda p: str(p.relative_to(AKAR)))
def test_every_link_leads_to_a_file_of_this_repository(halaman: Path) -> None:
    for tujuan in re.findall(r"\]\(([^)#\s]+)\)", halaman.read_text()):
        if "://" not in tujuan:
            assert (halaman.parent / tujuan).exists(), f"{tujuan} tidak ada"


def test_every_decision_stands_in_the_index() -> None:
    daftar = (AKAR / "docs/keputusan/README.md").read_text()
    for berkas in (AKAR / "docs/keputusan").glob("[0-9]*.md"):
        assert berkas.name in daftar


def test_the_readme_names_every_target_of_make() -> None:
    isi = (AKAR / "README.md").read_text()
    for sasaran in re.findall(r"(?m)^([a-z]+):.*##", (AKAR / "Makefile").read_text()):
        assert sasaran == "bantuan" or f"make {sasaran}" in isi


def test_every_command_that_is_named_exists() -> None:
    from django.core.management import get_commands

    dikenal = {"help", *get_commands()}
    disebut = {(h.name, c) for h in HALAMAN for c in re.findall(r"manage\.py ([a-z_]+)", h.read_text())}
    assert len(disebut) > 5
    assert {(h, c) for h, c in disebut if c not in dikenal} == set()
