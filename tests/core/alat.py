"""Other people's programs as witnesses. A missing one fails the test: what did not run did not pass."""

import shutil
import subprocess
from pathlib import Path

PAKET = {
    "pdfsig": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfdetach": "poppler-utils",
    "qpdf": "qpdf",
    "zbarimg": "zbar-tools",
    "certutil": "libnss3-tools",
}


def jalankan(program: str, *argumen: object, boleh: tuple[int, ...] = (0,), detik: float = 60) -> str:
    """Run a witness and return what it printed; fails on another exit code, a missing program, or after `detik`."""
    jalur = shutil.which(program)
    if jalur is None:
        raise AssertionError(f"{program} tidak ada. Jalankan: bin/setup --dev (paket {PAKET[program]})")
    hasil = subprocess.run([jalur, *map(str, argumen)], capture_output=True, text=True, timeout=detik, check=False)
    assert hasil.returncode in boleh, f"{program}: {hasil.stdout}\n{hasil.stderr}"
    return hasil.stdout


def baca_qr(gambar: Path) -> str:
    """What an independent reader finds in a picture."""
    return jalankan("zbarimg", "--nodbus", "--raw", "-q", gambar).strip()


def gudang_nss(folder: Path, akar_pem: bytes) -> str:
    """A certificate store that trusts one root, for `pdfsig -nssdir`."""
    folder.mkdir(parents=True)
    berkas = folder / "akar.crt"
    berkas.write_bytes(akar_pem)
    jalankan("certutil", "-N", "-d", f"sql:{folder}", "--empty-password")
    jalankan("certutil", "-A", "-d", f"sql:{folder}", "-n", "akar", "-t", "CT,C,C", "-i", berkas)
    return f"sql:{folder}"


def pdfsig_menerima(laporan: str) -> bool:
    """pdfsig exits 0 for every forgery, so all three sentences are asked for, and one signature only."""
    return (
        "Signature is Valid" in laporan
        and "Certificate is Trusted" in laporan
        and "Total document signed" in laporan
        and "Not total document signed" not in laporan
        and laporan.count("Signature #") == 1
    )
