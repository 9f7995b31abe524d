"""Files people and attackers upload, made on the spot (B25): each with the verdict that is right for it.

The verdict is a kind ("pdf", "jpeg", "png") for what is taken and the error's code for what is refused.
"""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from pikepdf._exceptions import PageCopyWarning
from PIL import Image

MUATAN = b"<script>alert('MUATAN')</script><?php system('MUATAN'); ?>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MB = 1024 * 1024


def gambar(bentuk: str, mode: str = "RGB", ukuran: tuple[int, int] = (64, 48), **opsi: object) -> bytes:
    keluaran = io.BytesIO()
    Image.new(mode, ukuran, 120).save(keluaran, bentuk, **opsi)
    return keluaran.getvalue()


def pdf(ubah: Callable[[pikepdf.Pdf], None] = lambda _: None, halaman: int = 1, **simpan: object) -> bytes:
    with pikepdf.new() as dokumen:
        for _ in range(halaman):
            dokumen.add_blank_page(page_size=(200, 200))
        ubah(dokumen)
        keluaran = io.BytesIO()
        with warnings.catch_warnings():  # a button outside any form is what some of these are about
            warnings.simplefilter("ignore", PageCopyWarning)
            dokumen.save(keluaran, **simpan)
    return keluaran.getvalue()


def _akar(**isi: object) -> Callable[[pikepdf.Pdf], None]:
    def ubah(dokumen: pikepdf.Pdf) -> None:
        for kunci, nilai in isi.items():
            dokumen.Root["/" + kunci] = nilai

    return ubah


def _halaman(**isi: object) -> Callable[[pikepdf.Pdf], None]:
    def ubah(dokumen: pikepdf.Pdf) -> None:
        for kunci, nilai in isi.items():
            dokumen.pages[0].obj["/" + kunci] = nilai

    return ubah


def _anotasi(**isi: object) -> Callable[[pikepdf.Pdf], None]:
    return _halaman(Annots=Array([Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **isi)]))


SKRIP = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _lampirkan(dokumen: pikepdf.Pdf) -> None:
    dokumen.attachments["x.exe"] = b"MZ"


def _tersembunyi(dokumen: pikepdf.Pdf) -> None:
    """A script that no page refers to, inside a compressed object stream."""
    dokumen.Root["/Catatan"] = dokumen.make_indirect(Dictionary(Satu=Array([Dictionary(Dua=SKRIP)])))


def _dalam(dokumen: pikepdf.Pdf) -> None:
    objek: object = SKRIP
    for _ in range(70):
        objek = Array([objek])
    dokumen.Root["/Catatan"] = objek


def _tujuan(dokumen: pikepdf.Pdf) -> None:
    dokumen.Root["/OpenAction"] = Array([dokumen.pages[0].obj, Name.Fit])


def _goto(dokumen: pikepdf.Pdf) -> None:
    dokumen.Root["/OpenAction"] = Dictionary(S=Name.GoTo, D=Array([dokumen.pages[0].obj, Name.Fit]))


def _goto_lalu_skrip(dokumen: pikepdf.Pdf) -> None:
    _goto(dokumen)
    dokumen.Root.OpenAction["/Next"] = Dictionary(S=Name.URI, URI=String("https://contoh.id"))


def _richmedia(dokumen: pikepdf.Pdf) -> None:
    dokumen.Root["/Catatan"] = Stream(dokumen, b"x", Type=Name.RichMedia)


def zip_(**isi: bytes) -> bytes:
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, data in isi.items():
            arsip.writestr(nama.replace("__", "/"), data)
    return keluaran.getvalue()


def png_bohong(lebar: int, tinggi: int) -> bytes:
    """A PNG of a few kilobytes that claims so many pixels."""

    def potong(jenis: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + jenis + isi + struct.pack(">I", zlib.crc32(jenis + isi))

    kepala = struct.pack(">IIBBBBB", lebar, tinggi, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1 + lebar) * min(tinggi, 40))
    return b"\x89PNG\r\n\x1a\n" + potong(b"IHDR", kepala) + potong(b"IDAT", data) + potong(b"IEND", b"")


def pdf_bom(mega: int) -> bytes:
    """A PDF whose catalogue lies in an object stream with so many megabytes of blanks behind it."""
    awal, kosong = b"5 0 <</Type/Catalog/Pages 7 0 R>>", b" " * MB
    pemeras = zlib.compressobj(9, zlib.DEFLATED, -15)
    kepala = pemeras.compress(awal) + pemeras.flush(zlib.Z_FULL_FLUSH)
    ulangan = pemeras.compress(kosong) + pemeras.flush(zlib.Z_FULL_FLUSH)
    jumlah = zlib.adler32(awal)
    for _ in range(mega):
        jumlah = zlib.adler32(kosong, jumlah)
    isi = b"\x78\xda" + kepala + ulangan * mega + pemeras.flush() + struct.pack(">I", jumlah)
    badan = (
        b"%PDF-1.5\n7 0 obj\n<</Type/Pages/Count 1/Kids[<</Type/Page/MediaBox[0 0 9 9]/Parent 7 0 R>>]>>\nendobj\n"
    )
    wadah = len(badan)
    badan += b"4 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(isi)
    badan += isi + b"\nendstream\nendobj\n"
    xref = len(badan)
    tabel = b"".join(struct.pack(">BIH", *b) for b in ((1, wadah, 0), (2, 4, 0), (1, xref, 0), (1, 9, 0)))
    badan += b"6 0 obj\n<</Type/XRef/Size 8/Index[4 4]/W[1 4 2]/Root 5 0 R/Length %d>>\nstream\n" % len(tabel)
    return badan + tabel + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % xref


def jpeg_berputar() -> bytes:
    """A camera's portrait: stored lying, with the note to turn it, a place, and a payload in the comment."""
    asal = Image.new("RGB", (64, 32), "red")
    asal.paste("blue", (32, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise
    exif[0x010F] = MUATAN.decode()
    exif.get_ifd(0x8825)[1] = "S"
    keluaran = io.BytesIO()
    asal.save(keluaran, "JPEG", exif=exif, comment=MUATAN, quality=95)
    return keluaran.getvalue()


def _png_bercatatan() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    catatan = PngInfo()
    catatan.add_text("Comment", MUATAN.decode())
    return gambar("PNG", pnginfo=catatan)


KORPUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "foto JPEG": (lambda: gambar("JPEG"), "jpeg"),
    "foto JPEG abu-abu": (lambda: gambar("JPEG", "L"), "jpeg"),
    "foto JPEG CMYK": (lambda: gambar("JPEG", "CMYK"), "jpeg"),
    "foto JPEG tegak dengan lokasi": (jpeg_berputar, "jpeg"),
    "JPEG dengan PHP di belakang": (lambda: gambar("JPEG") + MUATAN, "jpeg"),
    "JPEG dengan zip di belakang": (lambda: gambar("JPEG") + zip_(**{"a.html": MUATAN}), "jpeg"),
    "JPEG dengan EICAR di belakang": (lambda: gambar("JPEG") + EICAR, "jpeg"),
    "PNG": (lambda: gambar("PNG"), "png"),
    "PNG tembus pandang": (lambda: gambar("PNG", "RGBA"), "png"),
    "PNG berpalet": (lambda: gambar("PNG", "P"), "png"),
    "PNG hitam putih": (lambda: gambar("PNG", "1"), "png"),
    "PNG 16 bit": (lambda: gambar("PNG", "I;16"), "png"),
    "PNG dengan HTML di belakang": (lambda: gambar("PNG") + MUATAN, "png"),
    "PNG dengan catatan": (_png_bercatatan, "png"),
    "PDF": (pdf, "pdf"),
    "PDF 200 halaman": (lambda: pdf(halaman=200), "pdf"),
    "PDF yang membuka halaman tertentu": (lambda: pdf(_tujuan), "pdf"),
    "PDF dengan GoTo": (lambda: pdf(_goto), "pdf"),
    "PDF dengan tautan": (
        lambda: pdf(_anotasi(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://contoh.id")))),
        "pdf",
    ),
    "kosong": (lambda: b"", "kosong"),
    "satu byte": (lambda: b"%", "jenis"),
    "teks": (lambda: b"halo " * 50, "jenis"),
    "HTML": (lambda: b"<!doctype html>" + MUATAN, "jenis"),
    "HTML lalu PDF": (lambda: MUATAN + b"\n" + pdf(), "jenis"),
    "baris baru lalu PDF": (lambda: b"\n" + pdf(), "jenis"),
    "SVG berskrip": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + MUATAN + b"</svg>", "jenis"),
    "XML dengan entitas": (
        lambda: b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "jenis",
    ),
    "program Windows": (lambda: b"MZ\x90\x00" + bytes(200), "jenis"),
    "program Linux": (lambda: b"\x7fELF" + bytes(200), "jenis"),
    "skrip": (lambda: b"#!/bin/sh\nrm -rf /\n", "jenis"),
    "EICAR": (lambda: EICAR, "jenis"),
    "EICAR dalam zip": (lambda: zip_(**{"eicar.com": EICAR}), "jenis"),
    "Word": (lambda: zip_(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b"<x/>"}), "jenis"),
    "Word bermakro": (lambda: zip_(**{"word__vbaProject.bin": b"x", "[Content_Types].xml": b"<x/>"}), "jenis"),
    "Word lama": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "jenis"),
    "bom zip": (lambda: zip_(a=bytes(20 * MB)), "jenis"),
    "GIF": (lambda: gambar("GIF", "P"), "jenis"),
    "WebP": (lambda: gambar("WEBP"), "jenis"),
    "TIFF": (lambda: gambar("TIFF"), "jenis"),
    "BMP": (lambda: gambar("BMP"), "jenis"),
    "HEIC": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(200), "jenis"),
    "JPEG terpotong": (lambda: gambar("JPEG", ukuran=(400, 400))[:400], "rusak"),
    "hanya kepala JPEG": (lambda: b"\xff\xd8\xff\xe0" + MUATAN, "rusak"),
    "PNG terpotong": (lambda: gambar("PNG", ukuran=(400, 400))[:60], "rusak"),
    "PNG bernama JPEG di dalam": (lambda: b"\xff\xd8\xff" + gambar("PNG"), "rusak"),
    "bom piksel 30.000 kali 30.000": (lambda: png_bohong(30_000, 30_000), "piksel"),
    "bom piksel 9.000 kali 9.000": (lambda: png_bohong(9_000, 9_000), "piksel"),
    "hanya kepala PDF": (lambda: b"%PDF-1.7\n" + MUATAN, "rusak"),
    "PDF terpotong": (lambda: pdf(halaman=30)[:300], "rusak"),
    "PDF tanpa halaman": (lambda: pdf(halaman=0), "rusak"),
    "PDF 201 halaman": (lambda: pdf(halaman=201), "halaman"),
    "PDF berkata sandi": (lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci"),
    "PDF dikunci tanpa sandi pembaca": (lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="")), "terkunci"),
    "PDF JavaScript saat dibuka": (lambda: pdf(_akar(OpenAction=SKRIP)), "aktif"),
    "PDF JavaScript pada nama": (
        lambda: pdf(_akar(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SKRIP]))))),
        "aktif",
    ),
    "PDF JavaScript tersembunyi": (
        lambda: pdf(_tersembunyi, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "aktif",
    ),
    "PDF JavaScript sangat dalam": (lambda: pdf(_dalam), "aktif"),
    "PDF JavaScript pada tombol": (lambda: pdf(_anotasi(Subtype=Name.Widget, A=SKRIP)), "aktif"),
    "PDF tindakan halaman": (lambda: pdf(_halaman(AA=Dictionary(O=Dictionary(S=Name.URI)))), "aktif"),
    "PDF membuka alamat": (
        lambda: pdf(_akar(OpenAction=Dictionary(S=Name.URI, URI=String("https://x.id")))),
        "aktif",
    ),
    "PDF GoTo lalu alamat": (lambda: pdf(_goto_lalu_skrip), "aktif"),
    "PDF menjalankan program": (
        lambda: pdf(_anotasi(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe")))),
        "aktif",
    ),
    "PDF mengirim formulir": (
        lambda: pdf(_anotasi(Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F=String("https://x.id")))),
        "aktif",
    ),
    "PDF membuka file lain": (
        lambda: pdf(_anotasi(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("\\\\jahat\\x")))),
        "aktif",
    ),
    "PDF berlampiran": (lambda: pdf(_lampirkan), "aktif"),
    "PDF formulir XFA": (lambda: pdf(_akar(AcroForm=Dictionary(XFA=String("<x/>")))), "aktif"),
    "PDF RichMedia": (lambda: pdf(_richmedia), "aktif"),
    "PDF bersuara": (lambda: pdf(_anotasi(Subtype=Name.Sound)), "aktif"),
}
