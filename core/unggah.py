"""What people upload: only PDF, JPEG and PNG, judged by content, pictures made anew (R11, R13).

Nothing of a picture's file survives but its pixels, so scripts, archives and positions hidden in it are gone.
A PDF is kept as sent, because a stamped copy must stay what it was; one that could do anything but be read is
refused. The parsers run inside the fence (`core.kandang`): a bomb costs one child process.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.base import File
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from core.kandang import GagalKerja, Kandang

Jenis = Literal["pdf", "jpeg", "png"]
JENIS: frozenset[Jenis] = frozenset(("pdf", "jpeg", "png"))
AKHIRAN: dict[Jenis, str] = {"pdf": ".pdf", "jpeg": ".jpg", "png": ".png"}
HALAMAN_MAKS = 200
PANJANG_NAMA_MAKS = 120
BATAS_DETIK = 15.0
MB = 1024 * 1024

_KEPALA: tuple[tuple[bytes, Jenis], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
)
_kandang = Kandang("core.unggah_dalam")


@dataclass(frozen=True)
class HasilUnggahan:
    """A file that was judged good: the bytes to keep, which for a picture are not the bytes that came."""

    isi: bytes
    jenis: Jenis
    sha256: str
    nama_aman: str
    halaman: int


class PembatasUnggahan(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS: stops a request whose files together pass UKURAN_UNGGAHAN_MAKS.

    Django's own limit does not count files. RequestDataTooBig (400) ends the request where the limit is
    passed, so an endless body costs no more; each file's own limit is judged later by `periksa_unggahan`.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.terhitung = 0
        self.batas: int = settings.UKURAN_UNGGAHAN_MAKS

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  Django's name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """A length that is declared too long is not read at all."""
        if content_length > self.batas:
            raise self._terlalu_besar()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and hand the chunk on to the handlers after this one."""
        self.terhitung += len(raw_data)
        if self.terhitung > self.batas:
            raise self._terlalu_besar()
        return raw_data

    def _terlalu_besar(self) -> RequestDataTooBig:
        pesan = _("Kiriman ini lebih dari %(batas)s MB. Kirim file satu per satu, atau pilih ukuran lebih kecil.")
        return RequestDataTooBig(pesan % {"batas": self.batas // MB})

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""


def periksa_unggahan(
    file: File[bytes], *, boleh: Set[Jenis] = JENIS, maks_byte: int, sebutan: str = ""
) -> HasilUnggahan:
    """Judge an uploaded file; raises ValidationError with the sentence to show, its `code` naming the fault.

    `sebutan` is what the page calls the document ("Foto KTP"), so that the sentence names it.
    """
    sebut = sebutan or _("File")
    mentah = _baca(file, maks_byte, sebut)
    jenis = next((jenis for kepala, jenis in _KEPALA if mentah.startswith(kepala)), None)
    if jenis is None or jenis not in boleh:
        raise ValidationError(_kalimat_jenis(mentah, sebut, boleh), code="jenis")
    try:
        kepala = {"jenis": jenis, "halaman_maks": HALAMAN_MAKS}
        jawaban, baru = _kandang.kerjakan(kepala, [mentah], BATAS_DETIK)
    except GagalKerja as galat:
        raise ValidationError(_kalimat_isi(galat.sebab, jenis, sebut), code=galat.sebab) from galat
    isi = baru[0] if baru else mentah
    nama = nama_aman(file.name or "", jenis)
    return HasilUnggahan(isi, jenis, hashlib.sha256(isi).hexdigest(), nama, jawaban["halaman"])


def nama_aman(nama: str, jenis: Jenis) -> str:
    """The name to show and to offer for download: no path, no control or direction marks, the true ending."""
    nama = unicodedata.normalize("NFC", nama).replace("\\", "/").rsplit("/", 1)[-1]
    nama = "".join(h for h in nama if h == " " or unicodedata.category(h)[0] not in "CZ")
    nama = re.sub(r'[<>:"|?*%;&#]', "_", nama).strip(" .")
    pokok = re.sub(r"(?i)(\.(pdf|jpe?g|png))+$", "", nama)[:PANJANG_NAMA_MAKS].strip(" .")
    return (pokok or "berkas") + AKHIRAN[jenis]


def _baca(file: File[bytes], maks_byte: int, sebut: str) -> bytes:
    """All of it, or a sentence; the announced size is not believed."""
    if (file.size or 0) > maks_byte:
        raise ValidationError(_kalimat_ukuran(sebut, file.size, maks_byte), code="ukuran")
    file.seek(0)
    isi: bytes = file.read(maks_byte + 1)
    if len(isi) > maks_byte:
        raise ValidationError(_kalimat_ukuran(sebut, len(isi), maks_byte), code="ukuran")
    if not isi:
        raise ValidationError(_("%(sebut)s kosong. Pilih lagi filenya.") % {"sebut": sebut}, code="kosong")
    return isi


def _kalimat_ukuran(sebut: str, ukuran: int, batas: int) -> str:
    return _(
        "%(sebut)s ini %(ukuran)s MB, batasnya %(batas)s MB. Isian lain sudah tersimpan. "
        "Ambil ulang foto, atau pilih ukuran lebih kecil."
    ) % {"sebut": sebut, "ukuran": _mb(ukuran), "batas": _mb(batas)}


def _mb(ukuran: int) -> str:
    """Megabytes as people write them, rounded up: a file just over 10 MB must not read "10 MB"."""
    persepuluh = -(-ukuran * 10 // MB)
    return f"{persepuluh // 10},{persepuluh % 10}".removesuffix(",0")


_ASING: tuple[tuple[Callable[[bytes], bool], Callable[[], str]], ...] = (
    (
        lambda isi: isi.startswith(b"\xd0\xcf\x11\xe0") or (isi.startswith(b"PK") and b"word/" in isi),
        lambda: _("%(sebut)s ini dokumen Word."),
    ),
    (lambda isi: isi.startswith(b"PK"), lambda: _("%(sebut)s ini arsip (zip) atau dokumen Office.")),
    (lambda isi: isi.startswith(b"MZ"), lambda: _("%(sebut)s ini sebuah program.")),
    (lambda isi: isi[4:8] == b"ftyp", lambda: _("%(sebut)s ini foto HEIC atau video.")),
)


def _kalimat_jenis(isi: bytes, sebut: str, boleh: Set[Jenis]) -> str:
    """What it is, what we take, and the way there on a phone (ux.md section 7, "File kind")."""
    awal = next((kata() for cocok, kata in _ASING if cocok(isi)), _("%(sebut)s ini bukan PDF atau foto."))
    if "pdf" not in boleh:
        lanjut = _("Kami hanya bisa menerima foto (JPG atau PNG).")
    elif boleh == {"pdf"}:
        lanjut = _("Kami hanya bisa menerima PDF. Di HP: buka file, pilih Cetak, simpan sebagai PDF.")
    else:
        lanjut = _("Kami hanya bisa menerima PDF atau foto. Di HP: buka file, pilih Cetak, simpan sebagai PDF.")
    return f"{awal % {'sebut': sebut}} {lanjut}"


def _kalimat_isi(sebab: str, jenis: Jenis, sebut: str) -> str:
    """Why the content does not do, and what to do about it."""
    if sebab == "terkunci":
        pesan = _("%(sebut)s ini dikunci kata sandi. Buka kuncinya, simpan lagi, lalu pilih file yang baru.")
    elif sebab == "aktif":
        pesan = _(
            "%(sebut)s ini berisi skrip, lampiran atau tombol. Buka filenya, pilih Cetak, "
            "simpan sebagai PDF, lalu pilih file yang baru."
        )
    elif sebab == "halaman":
        pesan = _("%(sebut)s ini lebih dari %(batas)s halaman. Pisahkan menjadi beberapa file.")
    elif sebab in ("piksel", "memori", "waktu"):
        pesan = _("%(sebut)s ini terlalu besar untuk dibuka. Pilih ukuran foto lebih kecil, lalu kirim lagi.")
    elif jenis == "pdf":
        pesan = _("%(sebut)s ini rusak atau tidak terbaca. Simpan ulang sebagai PDF, lalu pilih lagi.")
    else:
        pesan = _("%(sebut)s ini rusak atau tidak terbaca. Ambil ulang foto, lalu pilih lagi.")
    return pesan % {"sebut": sebut, "batas": HALAMAN_MAKS}
