"""Collects what the reliability bar measured into var/bar.json: one row a check, and never an empty file.

A check calls `catat("B02", nilai, batas, lulus, kontrol)`: the figure it saw, its limit, whether it passed,
and whether the negative control failed as it must (None where the control is another row). A false `lulus` or
`kontrol` fails the test that measured it, and so does a bar test that ends without having recorded anything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

BERKAS = Path(__file__).resolve().parents[2] / "var" / "bar.json"
_KUNCI = pytest.StashKey[list[dict[str, Any]]]()

Catat = Callable[..., None]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_KUNCI] = []


@pytest.fixture
def catat(request: pytest.FixtureRequest) -> Catat:
    """Write one row of the bar, then fail the test if the figure or its negative control is wrong."""

    def _catat(butir: str, nilai: Any, batas: Any, lulus: bool, kontrol: bool | None = None) -> None:
        baris = {
            "id": butir,
            "value": nilai,
            "limit": batas,
            "pass": bool(lulus),
            "test": request.node.nodeid,
        }
        request.config.stash[_KUNCI].append(baris | {"control_failed_as_expected": kontrol})
        assert lulus, f"{butir}: {nilai!r} melewati batas {batas!r}"
        assert kontrol is not False, f"{butir}: kontrol negatif lolos; pemeriksaan ini tidak memeriksa apa-apa"

    return _catat


@pytest.fixture(autouse=True)
def wajib_mencatat(request: pytest.FixtureRequest) -> Iterator[None]:
    """A bar check that measured nothing must not be green; a test marked `control` measures the checks."""
    yield
    butir = request.node
    if butir.get_closest_marker("control") or not butir.get_closest_marker("bar"):
        return
    if not any(b["test"] == butir.nodeid for b in request.config.stash[_KUNCI]):
        pytest.fail("pemeriksaan ini tidak mencatat apa pun ke var/bar.json", pytrace=False)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int | pytest.ExitCode) -> None:
    """Write var/bar.json. A run of bar tests that recorded nothing is a failure, whatever pytest says."""
    dipilih = [i for i in session.items if i.get_closest_marker("bar") or i.get_closest_marker("bar_penuh")]
    if not dipilih or session.config.option.collectonly or hasattr(session.config, "workerinput"):
        return
    baris = sorted(session.config.stash[_KUNCI], key=lambda b: (b["id"], b["test"]))
    gagal = [b for b in baris if not b["pass"] or b["control_failed_as_expected"] is False]
    isi = {
        "pada": datetime.now(UTC).isoformat(timespec="seconds"),
        "tingkat": os.environ.get("TINGKAT", "cepat"),
        "pemeriksaan": len({b["id"] for b in baris}),
        "lulus": bool(baris) and not gagal and exitstatus == pytest.ExitCode.OK,
        "baris": baris,
    }
    BERKAS.parent.mkdir(parents=True, exist_ok=True)
    BERKAS.write_text(json.dumps(isi, ensure_ascii=False, indent=2) + "\n")
    if not baris and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table a person reads: one line a row."""
    baris = sorted(config.stash[_KUNCI], key=lambda b: (b["id"], b["test"]))
    if not baris:
        return
    terminalreporter.section(f"bar: {BERKAS}")
    for b in baris:
        kontrol = {True: "kontrol gagal seperti harusnya", False: "KONTROL LOLOS", None: ""}
        tanda = "lulus" if b["pass"] else "GAGAL"
        terminalreporter.line(
            f"{b['id']:<5} {tanda}  {b['value']!s:<24} batas {b['limit']!s:<24} "
            + kontrol[b["control_failed_as_expected"]]
        )
