"""The parent of the embedded portal: it starts broker, web and background work and stops them in order.

It waits until `/sehat/` answers, fills the demo data once, prints the address, and restarts a child that
dies. Ctrl-C, SIGTERM or a closed terminal stops everything; a second Ctrl-C does not wait. What is kept in
`var/` stays. Used by bin/run; production has its own supervisor (docker-compose.yml, docs/operasi.md).
"""

import fcntl
import json
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event
from types import FrameType
from typing import IO

from bpptportal.anak import Anak, GagalBertahan, ekor
from bpptportal.broker import cari_pelayan, perintah_broker, siapkan_tempat, soket_broker

AKAR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or AKAR / "var").resolve()
PORT = int(os.environ.get("PORT") or 8000)
ALAMAT = f"http://127.0.0.1:{PORT}"
#: Workers by their queues: a burst of documents delays no SMS, a gateway that hangs delays no deadline
#: (reliability.md R4). docker-compose.yml has the same three.
PEKERJA = {"tenggat": ("umum,tenggat", "1"), "dokumen": ("dokumen", "1"), "pesan": ("pesan", "1")}
PYTHON = [sys.executable]
CELERY = [*PYTHON, "-m", "celery", "-A", "bpptportal"]


def kabar(teks: str) -> None:
    """Tell the person at the terminal; stdout is theirs, the children write to var/log."""
    sys.stdout.write(f"==> {teks}\n")
    sys.stdout.flush()


class TidakBisaMulai(Exception):
    """Something a person must put right before the portal can start; the message says what and how."""


def kunci_tunggal() -> IO[str]:
    """Hold the lock of this `var/`: two parents on one database would fight over socket and port."""
    (VAR / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
    berkas = (VAR / "run" / "induk.lock").open("w")
    try:
        fcntl.flock(berkas, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as galat:
        raise TidakBisaMulai("Portal dari folder ini sudah berjalan. Hentikan dahulu dengan Ctrl-C.") from galat
    return berkas


def pastikan_port_bebas() -> None:
    """Say it before anything starts when somebody else listens on the port."""
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", PORT))
        except OSError as galat:
            raise TidakBisaMulai(
                f"Port {PORT} sudah dipakai program lain. Pilih yang lain, misalnya: PORT={PORT + 1} make run"
            ) from galat


def menjawab(soket: Path) -> bool:
    """Whether a broker accepts connections on the socket."""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(1)
        try:
            s.connect(str(soket))
        except OSError:
            return False
        return True


class Induk:
    """Children in the order in which they start; they stop in the opposite order."""

    def __init__(self) -> None:
        self.berhenti = Event()
        self.anak: list[Anak] = []
        self.log = VAR / "log"
        self.log.mkdir(parents=True, exist_ok=True)
        for nomor in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(nomor, self.minta_berhenti)

    def minta_berhenti(self, _nomor: int, _bingkai: FrameType | None) -> None:
        """First signal: stop in order. Second: end the children without waiting for their work."""
        if self.berhenti.is_set():
            for anak in self.anak:
                anak.paksa()
        self.berhenti.set()

    def mulai(self, nama: str, perintah: list[str], *, sabar: float = 10) -> Anak:
        """Start a child and keep an eye on it; `sabar` is how long it may finish its work when stopped."""
        anak = Anak(nama, perintah, self.log / f"{nama}.log", sabar=sabar)
        anak.mulai()
        self.anak.append(anak)
        return anak

    def mulai_broker(self) -> bool:
        """Whether Celery has a broker: the one named by REDIS_URL, or an embedded one that answers."""
        if os.environ.get("REDIS_URL"):
            return True
        pelayan = cari_pelayan()
        if pelayan is None:
            return False
        soket = soket_broker(VAR)
        siapkan_tempat(soket)
        anak = self.mulai("broker", perintah_broker(pelayan, soket, VAR / "broker"))
        for _ in range(100):
            if menjawab(soket):
                return True
            if not anak.hidup() or self.berhenti.wait(0.1):
                break
        anak.hentikan()
        self.anak.remove(anak)
        return False

    def mulai_web(self) -> None:
        pilihan = ["--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "4", "--timeout", "60"]
        pilihan += ["--no-control-socket", "--log-level", "warning", "--graceful-timeout", "10"]
        web = self.mulai("web", [*PYTHON, "-m", "gunicorn", "bpptportal.wsgi", *pilihan], sabar=15)
        while not self.berhenti.is_set() and not self.sehat_menjawab():
            if not web.hidup():
                raise GagalBertahan(f"Web tidak dapat mulai:\n{ekor(web.log)}")
            self.berhenti.wait(0.2)

    def sehat_menjawab(self) -> bool:
        """Any answer counts: after a long pause the first one rightly says that the sweeps are late."""
        try:
            with urllib.request.urlopen(f"{ALAMAT}/sehat/", timeout=10):  # noqa: S310 - our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def mulai_latar(self, *, ada_broker: bool) -> None:
        if not ada_broker:
            kabar("Tanpa broker: pekerjaan latar dijalankan bergiliran oleh satu proses.")
            self.mulai("penyapu", [*PYTHON, "-m", "bpptportal.penyapu"], sabar=60)
            return
        for nama, (antrean, proses) in PEKERJA.items():
            pilihan = ["-Q", antrean, "-c", proses, "-n", f"{nama}@%h", "-l", "WARNING"]
            self.mulai(nama, [*CELERY, "worker", *pilihan], sabar=60)
        self.mulai("jadwal", [*CELERY, "beat", "-l", "WARNING"])

    def isi_contoh(self) -> None:
        """Fill the embedded database once; the stamp names the database file: a new one is filled again.

        A database that DATABASE_URL names belongs to somebody: no demo data goes there.
        """
        basis_data, stempel = VAR / "bppt.sqlite3", VAR / "contoh.json"
        if os.environ.get("DATABASE_URL") or os.environ.get("CONTOH") == "0":
            return
        tanda = json.dumps({"inode": basis_data.stat().st_ino})
        if not stempel.exists() or stempel.read_text() != tanda:
            kabar("Mengisi data contoh (sekali saja; portal sudah dapat dibuka) ...")
            if self.jalankan("isi_contoh") == 0:
                stempel.write_text(tanda)
            elif not self.berhenti.is_set():
                kabar("Data contoh tidak lengkap; portal tetap berjalan. Pesannya ada di atas.")
        if not self.berhenti.is_set():
            self.jalankan("akun_contoh")

    def jalankan(self, *kata: str) -> int:
        """Run one management command whose words go to the terminal, watching the children meanwhile."""
        anak = Anak(kata[0], [*PYTHON, "manage.py", *kata], None, sabar=10)
        anak.mulai()
        self.anak.append(anak)
        try:
            while anak.hidup() and not self.berhenti.wait(0.2):
                self.periksa(kecuali=anak)
            return anak.hentikan() if self.berhenti.is_set() else anak.kode()
        finally:
            self.anak.remove(anak)

    def periksa(self, kecuali: Anak | None = None) -> None:
        """Restart what died; raises GagalBertahan when a child does not stay alive."""
        for anak in self.anak:
            if anak is not kecuali and (pesan := anak.bangkitkan()):
                kabar(pesan)

    def hentikan_semua(self) -> None:
        for anak in reversed(self.anak):
            anak.hentikan()

    def jalan(self) -> None:
        """Start everything, then watch until somebody asks to stop."""
        kabar("Memulai portal ...")
        ada_broker = self.mulai_broker()
        self.mulai_web()
        if not self.berhenti.is_set():
            kabar(f"Portal siap di {ALAMAT}  (Ctrl-C untuk berhenti)")
            self.mulai_latar(ada_broker=ada_broker)
            self.isi_contoh()
        if not self.berhenti.is_set():
            kabar(f"Buka {ALAMAT}  (Ctrl-C untuk berhenti; data tersimpan di {VAR})")
        while not self.berhenti.wait(0.5):
            self.periksa()


def main() -> int:
    """Exit 0 after a wished stop, 1 when the portal could not start or a child could not be kept alive."""
    os.chdir(AKAR)
    os.umask(0o077)  # what is kept in var/ holds personal data
    induk = None
    try:
        with kunci_tunggal():
            pastikan_port_bebas()
            induk = Induk()
            try:
                induk.jalan()
            finally:
                if induk.anak:
                    kabar("Menghentikan portal ...")
                induk.hentikan_semua()
    except (TidakBisaMulai, GagalBertahan, PermissionError) as galat:
        sys.stderr.write(f"\nGAGAL: {galat}\n")
        return 1
    kabar("Portal berhenti. Data tersimpan.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
