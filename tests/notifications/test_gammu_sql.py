"""Gammu SMSD's tables (its own schema 17), without the daemon: inserted once, parts, reports, inbound."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from notifications import laporan, layanan
from notifications.enums import StatusPesan as S
from notifications.gateway import GalatGerbang
from notifications.gateway.gammu.transport import gerbang as gammu
from tests.notifications.bekal import HP, segar, tulis

pytestmark = pytest.mark.django_db
SKEMA = Path(__file__).parent / "data" / "gammu-17.sqlite.sql"


@pytest.fixture
def smsd(tmp_path: Path, settings: Any) -> sqlite3.Connection:
    berkas = tmp_path / "smsd.sqlite3"
    basis = sqlite3.connect(berkas, isolation_level=None)
    basis.executescript(SKEMA.read_text())
    settings.GAMMU_DATABASE_URL = f"sqlite:///{berkas}"
    settings.GERBANG_SMS = "gammu"
    return basis


def isi(basis: sqlite3.Connection, tabel: str, kolom: str = "*") -> list[Any]:
    return basis.execute(f"SELECT {kolom} FROM {tabel} ORDER BY 1").fetchall()


def pindahkan(basis: sqlite3.Connection, status: str) -> None:
    """What the daemon does after sending."""
    basis.execute(
        "INSERT INTO sentitems (Text, UDH, SenderID, DestinationNumber, TextDecoded, ID, Status, CreatorID)"
        " SELECT '', '', '', DestinationNumber, TextDecoded, ID, ?, CreatorID FROM outbox",
        [status],
    )
    basis.execute("DELETE FROM outbox")


def test_a_reference_is_inserted_once_before_and_after_it_was_sent(smsd):
    for _ in range(3):
        gammu.kirim(tujuan=HP, teks="BPPT: kabar.", acuan="a-1")
    assert isi(smsd, "outbox", "DestinationNumber, TextDecoded, CreatorID, MultiPart") == [
        (HP, "BPPT: kabar.", "a-1", "false")
    ]
    pindahkan(smsd, "SendingOK")
    gammu.kirim(tujuan=HP, teks="BPPT: kabar.", acuan="a-1")
    assert isi(smsd, "outbox") == []


def test_a_long_text_becomes_parts_under_one_header(smsd):
    gammu.kirim(tujuan=HP, teks="a" * 400, acuan="a-2")
    [(nomor, awal, kepala, jamak)] = isi(smsd, "outbox", "ID, TextDecoded, UDH, MultiPart")
    lain = isi(smsd, "outbox_multipart", "SequencePosition, ID, TextDecoded, UDH")
    assert jamak == "true"
    assert [len(awal), *(len(t) for _ke, _id, t, _u in lain)] == [153, 153, 94]
    assert [(ke, n) for ke, n, *_x in lain] == [(2, nomor), (3, nomor)]
    assert [u[-4:] for u in (kepala, *(u for *_x, u in lain))] == ["0301", "0302", "0303"]
    assert len({u[:8] for u in (kepala, *(u for *_x, u in lain))}) == 1


def test_a_database_that_is_away_is_the_gateways_fault(settings, tmp_path):
    settings.GAMMU_DATABASE_URL = f"sqlite:///{tmp_path / 'tiada' / 'x.sqlite3'}"
    with pytest.raises(GalatGerbang) as galat:
        gammu.kirim(tujuan=HP, teks="x", acuan="a")
    assert galat.value.salah_gerbang


@pytest.mark.parametrize(
    ("kata", "hasil"),
    [
        ("DeliveryOK", S.SAMPAI),
        ("DeliveryFailed", S.GAGAL),
        ("SendingError", S.GAGAL),
        ("DeliveryPending", S.TERKIRIM),
    ],
)
def test_reports_are_read_from_sentitems(smsd, jam, kata, hasil):
    p = tulis()
    assert layanan.sapu() == 1
    pindahkan(smsd, kata)
    laporan.tanya_gammu()
    assert segar(p).status == hasil
    assert laporan.tanya_gammu() == 0


def test_inbound_is_taken_over_once_and_long_ones_are_put_together(smsd, jam):
    from bpptportal import balasan
    from notifications.models import PesanMasuk

    def datang(teks: str, udh: str = "") -> None:
        smsd.execute(
            "INSERT INTO inbox (Text, UDH, RecipientID, SenderNumber, TextDecoded) VALUES ('', ?, '', ?, ?)",
            [udh, HP, teks],
        )

    datang("LAPOR bagian satu ", "050003A10201")
    datang("STOP")
    assert balasan.jemput_gammu() == 1, "half a message waits for the other half"
    datang("dan dua", "050003A10202")
    assert balasan.jemput_gammu() == 1
    assert balasan.jemput_gammu() == 0
    assert list(PesanMasuk.objects.values_list("teks", flat=True)) == ["STOP", "LAPOR bagian satu dan dua"]
    assert {nilai for (nilai,) in isi(smsd, "inbox", "Processed")} == {"true"}
