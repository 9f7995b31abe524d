"""Real gammu-smsd with its dummy phone: sent once after kill -9 in the window, reports read, CEK received."""

from __future__ import annotations

import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.bar.alat import Rumah, rumah_sqlite
from tests.gerbang.alat import AKAR, isi_contoh, jalan, program
from tests.infra.alat import tunggu

pytestmark = pytest.mark.gerbang
CONTOH = AKAR / "notifications" / "gateway" / "gammu" / "smsdrc.contoh"
SKEMA = AKAR / "tests" / "notifications" / "data" / "gammu-17.sqlite.sql"


@dataclass
class Gammu:
    """A house whose SMS go through SMSD's tables."""

    rumah: Rumah
    folder: Path
    konfigurasi: Path

    @contextmanager
    def smsd(self) -> Iterator[None]:
        with jalan([program("gammu-smsd", "gammu-smsd libdbd-sqlite3"), "-c", str(self.konfigurasi)]):
            yield

    def tanya(self, perintah: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "smsd.sqlite3", timeout=10)) as basis:
            return basis.execute(perintah).fetchall()

    def kerja(self, fungsi: str, **argumen: Any) -> Any:
        return self.rumah.kerja(f"tests.gerbang.bekal:{fungsi}", **argumen)

    def telepon_menerima(self, dari: str, teks: str) -> None:
        """Put a message into the dummy phone's inbox."""
        gammu = [program("gammu", "gammu"), "-c", str(self.konfigurasi)]
        simpan = ["savesms", "TEXT", "-folder", "1", "-unread", "-sender", dari, "-text", teks]
        subprocess.run([*gammu, *simpan], check=True, capture_output=True)
        for berkas in (self.folder / "telepon" / "sms" / "1").iterdir():
            berkas.write_text(berkas.read_text().replace("PDU = Submit", "PDU = Deliver"))


@pytest.fixture
def gammu(tmp_path: Path, request: pytest.FixtureRequest) -> Gammu:
    for n in range(1, 6):
        (tmp_path / "telepon" / "sms" / str(n)).mkdir(parents=True)
    with closing(sqlite3.connect(tmp_path / "smsd.sqlite3")) as basis:
        basis.executescript(SKEMA.read_text())
    nilai = {"model": "dummy", "sambungan": "none", "alat": tmp_path / "telepon"}
    konfigurasi = isi_contoh(CONTOH, tmp_path / "smsdrc", folder=tmp_path, **nilai)
    rumah = rumah_sqlite(request.node.name[:40])
    alamat = f"sqlite:///{tmp_path / 'smsd.sqlite3'}"
    env = rumah.env | {"GERBANG_SMS": "gammu", "GAMMU_DATABASE_URL": alamat, "JAM_TENANG": ""}
    return Gammu(replace(rumah, env=env), tmp_path, konfigurasi)


def test_after_kill_9_between_gateway_and_database_the_phone_sends_once(gammu: Gammu) -> None:
    teks = [f"BPPT: sekali {n}. " + "panjang " * (25 if n == 4 else 0) for n in range(5)]
    daftar = gammu.kerja("mati_di_celah", teks=teks)
    acuan = {p["acuan"] for p in gammu.kerja("keadaan", pk=daftar)}
    assert {a for (a,) in gammu.tanya('SELECT "CreatorID" FROM outbox')} == acuan
    with gammu.smsd():
        tunggu(lambda: len(gammu.tanya("SELECT 1 FROM sentitems")) >= 2, 30)
        assert gammu.kerja("bangkit") == len(teks), "another worker hands all of them over again"
        tunggu(lambda: not gammu.tanya("SELECT 1 FROM outbox"), 30)
    terkirim = Counter(gammu.tanya('SELECT "CreatorID", "SequencePosition" FROM sentitems'))
    assert set(terkirim.values()) == {1}, "no part was sent twice"
    assert {a for a, _ke in terkirim} == acuan
    assert len(terkirim) == len(teks) + 1, "the long one in two parts"
    semua = gammu.kerja("keadaan", pk=daftar)
    assert {(p["status"], p["tak_pasti"]) for p in semua} == {("terkirim", 1)}


def test_what_smsd_writes_about_a_message_is_read_back(gammu: Gammu) -> None:
    [pk] = gammu.kerja("tulis", teks=["BPPT: laporan."])
    gammu.kerja("sapu_sesudah_jeda")
    with gammu.smsd():
        tunggu(lambda: bool(gammu.tanya("SELECT 1 FROM sentitems")), 30)
    gammu.tanya("SELECT 1")
    with closing(sqlite3.connect(gammu.folder / "smsd.sqlite3", isolation_level=None)) as basis:
        basis.execute("UPDATE sentitems SET Status = 'DeliveryOK'")  # the dummy phone gets no reports of its own
    assert gammu.kerja("tanya") == 1
    assert gammu.kerja("keadaan", pk=[pk])[0]["status"] == "sampai"


def test_a_message_that_the_phone_received_is_answered(gammu: Gammu) -> None:
    gammu.telepon_menerima("+628111222333", "INFO siup")
    with gammu.smsd():
        tunggu(lambda: bool(gammu.tanya("SELECT 1 FROM inbox")), 30)
        assert gammu.kerja("jemput") == ["INFO siup"]
        gammu.kerja("sapu_sesudah_jeda")
        tunggu(lambda: bool(gammu.tanya("SELECT 1 FROM sentitems")), 30)
    [(nomor, teks)] = gammu.tanya('SELECT "DestinationNumber", "TextDecoded" FROM sentitems')
    assert nomor == "+628111222333"
    assert "hari kerja" in teks
