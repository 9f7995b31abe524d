"""Real Kannel with its fake SMSC on loopback: send, both reports, CEK answered on the phone, SMSC and Kannel down.

The portal is a house of its own with a web server; Kannel runs the example configuration that operators copy.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.bar.alat import Rumah, rumah_sqlite
from tests.gerbang.alat import AKAR, RAHASIA, isi_contoh, jalan, peladen, porta, program, terbuka
from tests.infra.alat import tunggu

pytestmark = pytest.mark.gerbang
CONTOH = AKAR / "kannel" / "kannel.conf.contoh"
SANDI = "sandi-kannel-uji"


@dataclass
class Kannel:
    """A house whose SMS go through Kannel, and the pieces of Kannel."""

    rumah: Rumah
    folder: Path
    konfigurasi: Path
    port: dict[str, int]

    @contextmanager
    def kotak(self) -> Iterator[None]:
        """bearerbox and smsbox."""
        paket = "kannel kannel-extras"
        with jalan([program("bearerbox", paket), "-v", "1", str(self.konfigurasi)]):
            tunggu(lambda: terbuka(self.port["smsbox"]) and terbuka(self.port["smsc"]))
            with jalan([program("smsbox", paket), "-v", "1", str(self.konfigurasi)]):
                tunggu(lambda: terbuka(self.port["sendsms"]))
                yield

    @contextmanager
    def smsc(self, *masuk: str) -> Iterator[None]:
        """The phone network: prints what arrives, and sends `masuk` (`FROM TO text WORDS`) to us."""
        perintah = [program("fakesmsc", "kannel-extras"), "-H", "127.0.0.1", "-r", str(self.port["smsc"])]
        perintah += ["-i", "0.2", "-m", str(len(masuk)), *(masuk or ("1 2 text x",))]
        with (self.folder / "smsc.log").open("ab") as catatan:
            # fakesmsc hangs up when its input ends: it gets a pipe that nobody writes to.
            proses = subprocess.Popen(perintah, stdin=subprocess.PIPE, stdout=catatan, stderr=catatan)
            try:
                yield
            finally:
                proses.kill()
                proses.communicate()

    @property
    def telepon(self) -> str:
        """What the phones got."""
        berkas = self.folder / "smsc.log"
        return berkas.read_text(errors="replace") if berkas.exists() else ""

    def kerja(self, fungsi: str, **argumen: Any) -> Any:
        return self.rumah.kerja(f"tests.gerbang.bekal:{fungsi}", **argumen)


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    folder = tmp_path_factory.mktemp("kannel")
    nama = ("admin", "smsbox", "smsc", "sendsms", "web")
    port = dict(zip(nama, porta(len(nama)), strict=True))
    situs = f"http://127.0.0.1:{port['web']}"
    (folder / "simpan").mkdir()
    lokal = dict.fromkeys(("antarmuka", "jaringan", "bearerbox"), "127.0.0.1")
    lokal |= {"folder": str(folder / "simpan"), "sandi": SANDI, "sandi_admin": SANDI[::-1]}
    konfigurasi = isi_contoh(CONTOH, folder / "kannel.conf", rahasia=RAHASIA, situs=situs, **lokal, **port)
    rumah = rumah_sqlite("kannel")
    env = rumah.env | {
        "GERBANG_SMS": "kannel",
        "KANNEL_URL": f"http://127.0.0.1:{port['sendsms']}/cgi-bin/sendsms",
        "KANNEL_SANDI": SANDI,
        "KANNEL_SITUS": situs,
        "RAHASIA_SMS": f"kannel:{RAHASIA}",
        "JAM_TENANG": "",
        "PEKERJA_SEKETIKA": "1",
    }
    k = Kannel(replace(rumah, env=env), folder, konfigurasi, port)
    with peladen(k.rumah, port["web"]):
        tunggu(lambda: terbuka(port["web"]), 30)
        yield k


def test_an_sms_leaves_and_both_reports_come_back(kannel: Kannel) -> None:
    with kannel.kotak(), kannel.smsc():
        [pk] = kannel.kerja("tulis", teks=["BPPT: kode uji {7} @ pukul 10."])
        tunggu(lambda: "kode uji" in kannel.telepon, 20, lambda: kannel.telepon)
        assert "text BPPT: kode uji {7} @ pukul 10." in kannel.telepon
        tunggu(lambda: kannel.kerja("keadaan", pk=[pk])[0]["status"] == "sampai", 20)
        [p] = kannel.kerja("keadaan", pk=[pk])
    assert p["dikirim_pada"]
    assert p["sampai_pada"]
    assert (p["gerbang"], p["percobaan"], p["tak_pasti"]) == ("kannel", 1, 0)


def test_cek_is_answered_on_the_phone(kannel: Kannel) -> None:
    berkas = kannel.kerja("berkas_sari")
    with kannel.kotak(), kannel.smsc(f"{berkas['hp']} 1500 text cek {berkas['nomor']}"):
        tunggu(lambda: f"{berkas['nomor']}:" in kannel.telepon, 20, lambda: kannel.telepon)
        [baris] = [b for b in kannel.telepon.splitlines() if f"{berkas['nomor']}:" in b and "Got message" in b]
        assert f"BPPT {berkas['hp']} text" in baris
        tunggu(lambda: kannel.kerja("percakapan", nomor=berkas["nomor"])["jawaban"] == "sampai", 20)
    p = kannel.kerja("percakapan", nomor=berkas["nomor"])
    assert p["masuk"] == [f"cek {berkas['nomor']}"]
    assert "Selesai paling lambat" in p["teks"]


def test_with_the_smsc_down_kannel_keeps_everything_and_delivers_when_it_is_back(kannel: Kannel) -> None:
    teks = [f"BPPT: turun nomor {n:02d}." for n in range(10)]
    with kannel.kotak():
        daftar = kannel.kerja("tulis", teks=teks, seri=1)
        assert {p["status"] for p in kannel.kerja("keadaan", pk=daftar)} == {"terkirim"}
        assert "turun nomor" not in kannel.telepon
        with kannel.smsc():
            tunggu(
                lambda: all(f"<BPPT +62812001000{n:02d} text {t}" in kannel.telepon for n, t in enumerate(teks)), 20
            )
            tunggu(lambda: {p["status"] for p in kannel.kerja("keadaan", pk=daftar)} == {"sampai"}, 20)
    assert all(kannel.telepon.count(t) == 1 for t in teks)


def test_with_kannel_down_our_outbox_keeps_everything_and_sends_when_it_is_back(kannel: Kannel) -> None:
    teks = [f"BPPT: mati nomor {n:02d}." for n in range(7)]
    daftar = kannel.kerja("tulis", teks=teks, seri=2)
    semua = kannel.kerja("keadaan", pk=daftar)
    assert {p["status"] for p in semua} == {"menunggu"}
    assert {p["percobaan"] for p in semua} == {0}, json.dumps(semua)
    with kannel.kotak(), kannel.smsc():
        assert kannel.kerja("sapu_sesudah_jeda") == len(teks)
        tunggu(lambda: all(t in kannel.telepon for t in teks), 20, lambda: kannel.telepon)
    assert all(kannel.telepon.count(t) == 1 for t in teks)


def test_a_failed_report_is_final_and_shows_on_the_file(kannel: Kannel) -> None:
    """fakesmsc cannot make a failed report, so that one is posted as Kannel would."""
    from urllib.request import urlopen

    with kannel.kotak():
        [pk] = kannel.kerja("tulis", teks=["BPPT: tak sampai."], seri=3)
    [p] = kannel.kerja("keadaan", pk=[pk])
    alamat = f"http://127.0.0.1:{kannel.port['web']}/api/v1/sms/laporan/{RAHASIA}/?acuan={p['acuan']}&status="
    for kode in ("16", "1"):
        with urlopen(alamat + kode) as jawaban:
            assert jawaban.status == 200
    [p] = kannel.kerja("keadaan", pk=[pk])
    assert p["status"] == "gagal"
    assert "Operator" in p["galat"]
