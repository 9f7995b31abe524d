"""R18: our documents are laid out quickly, embed what they need, and reach for nothing outside themselves."""

import os
import select
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pytest

from core import cetak
from core.cetak import GagalCetak, cetak_pdf
from tests.bench.halaman import alamat, kita
from tests.core.alat import baca_qr, jalankan

DIBUAT = datetime(2026, 6, 5, 9, 30, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(scope="module")
def izin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    berkas = tmp_path_factory.mktemp("cetak") / "izin.pdf"
    berkas.write_bytes(
        cetak_pdf(kita(), judul="SIUP 503/00123", lampiran={"izin.json": b'{"nomor": "503"}'}, dibuat=DIBUAT)
    )
    return berkas


def test_the_permit_is_one_page_of_a4_tagged_with_title_and_date(izin: Path) -> None:
    keterangan = jalankan("pdfinfo", izin)
    assert "Pages:           1" in keterangan
    assert "(A4)" in keterangan
    assert "Tagged:          yes" in keterangan
    assert "Title:           SIUP 503/00123" in keterangan
    assert "PDF version:     1.7" in keterangan
    with pikepdf.open(izin) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260605093000+07'00"
        assert pdf.open_metadata()["pdfaid:part"] == "3"
        assert pdf.open_metadata()["pdfaid:conformance"] == "B"
        assert "/OutputIntents" in pdf.Root


def test_every_font_is_embedded(izin: Path) -> None:
    baris = jalankan("pdffonts", izin).splitlines()[2:]
    assert baris
    assert all(satu.split()[-5] == "yes" for satu in baris), baris


def test_the_data_stands_inside_as_an_attachment(izin: Path, tmp_path: Path) -> None:
    assert "izin.json" in jalankan("pdfdetach", "-list", izin)
    jalankan("pdfdetach", "-save", "1", "-o", tmp_path / "x.json", izin)
    assert (tmp_path / "x.json").read_bytes() == b'{"nomor": "503"}'


def test_qpdf_finds_nothing_wrong(izin: Path) -> None:
    assert "No syntax or stream encoding errors" in jalankan("qpdf", "--check", izin)


def test_the_printed_code_is_at_least_25_mm_and_read_from_the_page(izin: Path, tmp_path: Path) -> None:
    jalankan("pdftoppm", "-r", "110", "-png", "-singlefile", izin, tmp_path / "halaman")
    assert baca_qr(tmp_path / "halaman.png") == alamat("k3Jq9fXw2LmV7tRbZ1cYdA")
    assert "width: 30mm; height: 30mm" in cetak.gaya_dokumen()


def test_text_can_be_searched_and_copied(izin: Path) -> None:
    teks = jalankan("pdftotext", "-layout", izin, "-")
    assert "CV Sumber Rejeki Bekasi" in teks
    assert "Halaman 1 dari 1" in teks


def test_a_name_outside_latin_does_not_stop_the_document() -> None:
    assert cetak_pdf("<p>Kim 김민서 — Çelik — Владимир</p>").startswith(b"%PDF-")


def test_an_outside_address_stops_the_document_and_the_worker_lives_on() -> None:
    anak = _anak()
    with pytest.raises(GagalCetak) as galat:
        cetak_pdf('<img src="http://127.0.0.1:9/x.png">')
    assert galat.value.sebab == "sumber"
    assert cetak_pdf("<p>sesudahnya</p>")
    assert _anak() == anak


def _anak() -> int:
    cetak_pdf("<p>ada</p>")
    anak = cetak._kandang.anak
    assert anak is not None
    return anak.proses.pid


def test_an_endless_document_ends_at_the_deadline_and_the_next_one_is_made() -> None:
    lama = _anak()
    mulai = time.monotonic()
    with pytest.raises(GagalCetak) as galat:
        cetak_pdf("<table>" + "<tr>" + "<td>x" * 200_000, detik=1)
    assert galat.value.sebab == "waktu"
    assert time.monotonic() - mulai < 5
    assert not _masih_ada(lama)
    assert cetak_pdf("<p>sesudahnya</p>")


def _masih_ada(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_was_killed_is_replaced() -> None:
    os.kill(_anak(), signal.SIGKILL)
    with pytest.raises(GagalCetak) as galat:
        cetak_pdf("<p>saat itu</p>")
    assert galat.value.sebab == "mati"
    assert cetak_pdf("<p>sesudahnya</p>")


def test_the_refusal_tells_nothing_of_the_content() -> None:
    with pytest.raises(GagalCetak) as galat:
        cetak_pdf('<img src="file:///rahasia/3275011708450001.png">')
    assert "3275011708450001" not in str(galat.value)


def test_threads_take_turns() -> None:
    hasil: list[bytes] = []
    utas = [threading.Thread(target=lambda: hasil.append(cetak_pdf("<p>utas</p>"))) for _ in range(4)]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join(30)
    assert [isi[:5] for isi in hasil] == [b"%PDF-"] * 4


def test_the_worker_sees_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "sangat-rahasia")
    cetak._kandang.tutup()
    lingkungan = Path(f"/proc/{_anak()}/environ")
    if not lingkungan.exists():
        pytest.skip("sistem ini tidak memperlihatkan lingkungan proses")
    assert b"sangat-rahasia" not in lingkungan.read_bytes()


def portal(naskah: str, folder: Path) -> subprocess.Popen[str]:
    """Another process of the portal, running a few lines."""
    lingkungan = {**os.environ, "DJANGO_SETTINGS_MODULE": "bpptportal.settings", "VAR_DIR": str(folder)}
    perintah = [sys.executable, "-c", textwrap.dedent(naskah)]
    return subprocess.Popen(perintah, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=lingkungan)


def test_a_forked_copy_starts_its_own_worker_and_leaves_ours_alone(tmp_path: Path) -> None:
    naskah = """
        import os
        from core import cetak
        def anak():
            assert cetak.cetak_pdf("<p>x</p>")[:5] == b"%PDF-"
            return cetak._kandang.anak.proses.pid
        semula = anak()
        if os.fork() == 0:
            print(anak() != semula, flush=True)
            os._exit(0 if cetak._kandang.tutup() is None else 1)
        os.wait()
        print(anak() == semula, flush=True)
    """
    proses = portal(naskah, tmp_path)
    keluaran, _ = proses.communicate(timeout=60)
    assert keluaran.split() == ["True", "True"]


@pytest.fixture
def induk(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A portal process that has made a document, tells its worker's number and waits."""
    naskah = """
        import sys
        from core import cetak
        cetak.cetak_pdf("<p>x</p>")
        print(cetak._kandang.anak.proses.pid, flush=True)
        sys.stdin.read()
    """
    proses = portal(naskah, tmp_path)
    yield proses
    proses.kill()
    proses.communicate()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux to watch a process that is not our child")
def test_the_worker_ends_with_a_parent_that_was_killed(induk: subprocess.Popen[str]) -> None:
    assert induk.stdout is not None
    pengawas = os.pidfd_open(int(induk.stdout.readline()))
    try:
        assert select.select([pengawas], [], [], 0)[0] == []
        induk.kill()
        assert select.select([pengawas], [], [], 10)[0] == [pengawas]
    finally:
        os.close(pengawas)
