"""The parsing of uploaded files, run inside the fence (`core.kandang`): pictures made anew, PDFs looked
through.

Answers with a word the caller turns into a sentence: rusak, piksel, terkunci, aktif, halaman.
"""

import io
from collections.abc import Iterator
from typing import Any

PIKSEL_MAKS = 60_000_000
DALAM_MAKS = 60
MUTU_JPEG = 88

_KUNCI_TERLARANG = frozenset(
    ("/JavaScript", "/JS", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/XFA", "/RichMedia")
)
_JENIS_TERLARANG = frozenset(
    ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition")
) | frozenset(("/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D"))


class _Ditolak(Exception):
    """Carries the word of the answer."""


def siapkan() -> None:
    """Load both parsers, so that the first upload does not wait for them."""
    import pikepdf
    from PIL import JpegImagePlugin, PngImagePlugin

    del pikepdf, JpegImagePlugin, PngImagePlugin


def kerjakan(kepala: dict[str, Any], isi: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One file of the kind named in the head: its page count, and for a picture its new bytes."""
    try:
        if kepala["jenis"] == "pdf":
            return {"halaman": _pdf(isi[0], kepala["halaman_maks"])}, []
        return {"halaman": 1}, [_gambar(isi[0], kepala["jenis"].upper())]
    except _Ditolak as galat:
        return {"galat": str(galat)}, []
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  damaged files make the parsers raise a dozen unrelated kinds
        return {"galat": "rusak"}, []


def _gambar(isi: bytes, bentuk: str) -> bytes:
    """The pixels alone, turned the way the camera was held, in a new file."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit below is lower, and it has a sentence
    gambar: Image.Image = Image.open(io.BytesIO(isi), formats=(bentuk,))
    if gambar.width * gambar.height > PIKSEL_MAKS:
        raise _Ditolak("piksel")
    mode = _mode(gambar, bentuk)
    bersih = ImageOps.exif_transpose(gambar).convert(mode)
    bersih.info.clear()
    keluaran = io.BytesIO()
    if bentuk == "JPEG":
        bersih.save(keluaran, "JPEG", quality=MUTU_JPEG)
    else:
        bersih.save(keluaran, "PNG")
    return keluaran.getvalue()


def _mode(gambar: Any, bentuk: str) -> str:
    if gambar.mode in ("1", "L"):
        return "L"
    tembus = gambar.mode in ("LA", "RGBA", "PA") or "transparency" in gambar.info
    return "RGBA" if tembus and bentuk == "PNG" else "RGB"


def _pdf(isi: bytes, halaman_maks: int) -> int:
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(isi))
    except pikepdf.PasswordError as galat:
        raise _Ditolak("terkunci") from galat
    with pdf:
        if pdf.is_encrypted:  # an empty password opens it, but not in every viewer and not for ever
            raise _Ditolak("terkunci")
        if next(_terlarang(pdf), None):
            raise _Ditolak("aktif")
        halaman = len(pdf.pages)
    if not 0 < halaman <= halaman_maks:
        raise _Ditolak("halaman" if halaman else "rusak")
    return halaman


def _terlarang(pdf: Any) -> Iterator[str]:
    """Every dictionary of the file, reachable from a page or not, that could act, carry or run something."""
    if _membuka_dengan_tindakan(pdf.Root.get("/OpenAction")):
        yield "/OpenAction"
    for objek in pdf.objects:
        yield from _telusuri(objek, 0)


def _membuka_dengan_tindakan(objek: Any) -> bool:
    """Where to start reading (a destination) is no action; nearly every word processor writes one."""
    import pikepdf

    if objek is None or isinstance(objek, pikepdf.Array | pikepdf.String | pikepdf.Name):
        return False
    return not isinstance(objek, pikepdf.Dictionary) or str(objek.get("/S")) != "/GoTo" or "/Next" in objek


def _telusuri(objek: Any, dalam: int) -> Iterator[str]:
    import pikepdf

    if dalam > DALAM_MAKS:
        yield "/Dalam"
    elif isinstance(objek, pikepdf.Array):
        for anak in objek.as_list():
            yield from _anak(anak, dalam)
    elif isinstance(objek, pikepdf.Dictionary | pikepdf.Stream):
        for kunci, anak in objek.items():
            if kunci in _KUNCI_TERLARANG or (isinstance(anak, pikepdf.Name) and str(anak) in _JENIS_TERLARANG):
                yield kunci
            yield from _anak(anak, dalam)


def _anak(anak: Any, dalam: int) -> Iterator[str]:
    """Indirect objects are visited by the outer loop; following them here could run in circles."""
    if not getattr(anak, "is_indirect", False):
        yield from _telusuri(anak, dalam + 1)
