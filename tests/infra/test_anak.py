"""Children of the parent: restarted with a growing pause, given up at the fifth death, stopped politely."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bpptportal.anak import MATI_MAKS, Anak, GagalBertahan
from tests.infra.alat import tunggu

HIDUP = "import signal; signal.pause()"
KERAS = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('siap', flush=True); signal.pause()"

Buat = Callable[..., Anak]


@pytest.fixture
def buat(tmp_path: Path) -> Iterator[Buat]:
    semua: list[Anak] = []

    def _buat(kode: str, *, sabar: float = 5) -> Anak:
        semua.append(Anak("uji", [sys.executable, "-c", kode], tmp_path / "uji.log", sabar=sabar))
        return semua[-1]

    yield _buat
    for anak in semua:
        anak.paksa()
        anak.hentikan()


def test_a_dead_child_is_reported_once_and_started_again_after_a_pause(buat: Buat) -> None:
    anak = buat("raise SystemExit(7)")
    anak.mulai()
    tunggu(lambda: not anak.hidup())
    pesan = anak.bangkitkan(kini=100.0)
    assert pesan is not None
    assert "kode 7" in pesan
    anak.perintah = [sys.executable, "-c", HIDUP]
    assert anak.bangkitkan(kini=100.5) is None
    assert not anak.hidup()
    assert anak.bangkitkan(kini=101.0) is None
    assert anak.hidup()


def test_a_child_that_keeps_dying_ends_the_portal_with_its_last_words(buat: Buat) -> None:
    anak = buat("raise SystemExit('port rusak')")
    anak.mulai()
    kini = 0.0
    for _ in range(MATI_MAKS - 1):
        tunggu(lambda: not anak.hidup())
        assert anak.bangkitkan(kini=kini)
        kini += 16.0
        anak.bangkitkan(kini=kini)
    tunggu(lambda: not anak.hidup())
    with pytest.raises(GagalBertahan, match="port rusak"):
        anak.bangkitkan(kini=kini)


def test_rare_deaths_never_end_the_portal(buat: Buat) -> None:
    """Negative control of the one above: the same number of deaths, but far apart."""
    anak = buat("raise SystemExit(1)")
    anak.mulai()
    for putaran in range(MATI_MAKS + 2):
        tunggu(lambda: not anak.hidup())
        assert anak.bangkitkan(kini=putaran * 1000.0)
        anak.bangkitkan(kini=putaran * 1000.0 + 500.0)


def test_stopping_is_polite_first(buat: Buat) -> None:
    anak = buat(HIDUP)
    anak.mulai()
    assert anak.hentikan() == -signal.SIGTERM
    assert not anak.hidup()


def test_a_child_that_does_not_listen_is_forced(buat: Buat, tmp_path: Path) -> None:
    anak = buat(KERAS, sabar=0.2)
    anak.mulai()
    tunggu(lambda: "siap" in (tmp_path / "uji.log").read_text())
    assert anak.hentikan() == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG ada di Linux saja")
def test_no_child_outlives_a_killed_parent(tmp_path: Path) -> None:
    kode = (
        "import sys, pathlib; from bpptportal.anak import Anak\n"
        f"a = Anak('x', [sys.executable, '-c', '{HIDUP}'], pathlib.Path(sys.argv[1]), sabar=1)\n"
        "a.mulai(); print(a._proses.pid, flush=True); import signal; signal.pause()"
    )
    perintah = [sys.executable, "-c", kode, str(tmp_path / "x.log")]
    with subprocess.Popen(perintah, stdout=subprocess.PIPE, text=True) as induk:
        assert induk.stdout is not None
        pid = int(induk.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        induk.kill()
    tunggu(lambda: not Path(f"/proc/{pid}").exists())
