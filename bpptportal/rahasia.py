"""Secrets: from the environment in production, made once and kept in `var/` otherwise.

The embedded portal must start with no setting at all and still sign its cookies, encrypt NIK and keep
both readable after a restart. Production never falls back to this file.
"""

import base64
import json
import os
import secrets
from pathlib import Path


def rahasia_tertanam(berkas: Path) -> dict[str, str]:
    """Read the embedded secrets, making them on first use (mode 0600, safe when two processes start at once)."""
    if not berkas.exists():
        isi = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "KUNCI_ENKRIPSI": "k1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            "KUNCI_INDEKS": base64.b64encode(secrets.token_bytes(32)).decode(),
            "RAHASIA_SMS": secrets.token_urlsafe(24),
        }
        _tulis_sekali(berkas, json.dumps(isi))
    isi_tersimpan: dict[str, str] = json.loads(berkas.read_text())
    return isi_tersimpan


def kunci_segel_tertanam(berkas: Path) -> str:
    """The embedded key of the audit seal: a file of its own, since the seal came after the other secrets."""
    if not berkas.exists():
        _tulis_sekali(berkas, secrets.token_urlsafe(32))
    return berkas.read_text().strip()


def _tulis_sekali(berkas: Path, isi: str) -> None:
    """Write a secret for its owner only; of two processes at once the first one's stays."""
    berkas.parent.mkdir(parents=True, exist_ok=True)
    sementara = berkas.with_name(f"{berkas.name}.{os.getpid()}")
    with os.fdopen(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
        f.write(isi)
    try:
        os.link(sementara, berkas)
    except FileExistsError:
        pass
    finally:
        sementara.unlink()
