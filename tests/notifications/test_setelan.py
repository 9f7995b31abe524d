"""Settings of gateways fail loudly: a wrong one stops the start, and names itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

AKAR = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("ubah", "sebut"),
    [
        ({"GERBANG_SMS": "kannel"}, "KANNEL_SANDI"),
        ({"GERBANG_SMS": "berkas,http", "GERBANG_HTTP_URL": "http://x"}, "GERBANG_HTTP_KUNCI"),
        ({"GERBANG_SMS": "gammu"}, "GAMMU_DATABASE_URL"),
        ({"ALAMAT_SMS": "127.0.0.1,kannel.lokal"}, "ALAMAT_SMS"),
        ({"JARINGAN_KANTOR": "10.0.0.0/99"}, "JARINGAN_KANTOR"),
        ({"JAM_TENANG": "malam"}, "JAM_TENANG"),
    ],
)
def test_a_wrong_setting_stops_the_start(tmp_path, ubah, sebut):
    env = os.environ | {"VAR_DIR": str(tmp_path)} | ubah
    perintah = [sys.executable, "-c", "import bpptportal.settings"]
    hasil = subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, check=False)
    assert hasil.returncode != 0
    assert sebut in hasil.stderr.splitlines()[-1]
