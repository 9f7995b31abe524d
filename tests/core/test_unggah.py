"""R11, R13, B25: by content and not by name, pictures made anew, nothing that could act, and a sentence for each."""

import hashlib
import io
import time
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import unggah
from core.unggah import HasilUnggahan, PembatasUnggahan, nama_aman, periksa_unggahan
from tests.core.korpus import KORPUS, MB, gambar, jpeg_berputar, pdf, pdf_bom, png_bohong

MAKS = 10 * MB


def periksa(isi: bytes, nama: str = "ktp.pdf", **pilihan: Any) -> HasilUnggahan:
    return periksa_unggahan(SimpleUploadedFile(nama, isi), **{"maks_byte": MAKS, **pilihan})


def vonis(isi: bytes) -> str:
    try:
        return periksa(isi).jenis
    except ValidationError as galat:
        assert galat.messages[0].endswith(".")  # noqa: PT017  every refusal is a sentence
        return str(galat.code)


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(KORPUS) >= 60


@pytest.mark.parametrize("nama", KORPUS)
def test_each_file_of_the_corpus_gets_its_verdict(nama: str) -> None:
    isi, benar = KORPUS[nama]
    assert vonis(isi()) == benar


@pytest.mark.parametrize("nama", [n for n, (_, v) in KORPUS.items() if v in ("jpeg", "png")])
def test_no_payload_survives_in_a_kept_picture(nama: str) -> None:
    hasil = periksa(KORPUS[nama][0]())
    for sisa in (b"MUATAN", b"<script", b"<?php", b"EICAR", b"PK\x03\x04", b"Exif", b"GPS"):
        assert sisa not in hasil.isi
    assert hasil.sha256 == hashlib.sha256(hasil.isi).hexdigest()


@pytest.mark.control
def test_the_payloads_are_really_in_the_files_that_come() -> None:
    assert sum(b"MUATAN" in isi() for isi, v in KORPUS.values() if v in ("jpeg", "png")) >= 4


def test_a_kept_pdf_is_the_very_file_that_came() -> None:
    isi = pdf(halaman=3)
    hasil = periksa(isi)
    assert (hasil.isi, hasil.halaman) == (isi, 3)


def test_a_portrait_is_stored_upright_without_its_place() -> None:
    hasil = periksa(jpeg_berputar())
    with Image.open(io.BytesIO(hasil.isi)) as tegak:
        assert tegak.size == (32, 64)
        assert not tegak.getexif()
        atas, bawah = tegak.getpixel((16, 8)), tegak.getpixel((16, 56))
    assert isinstance(atas, tuple)
    assert isinstance(bawah, tuple)
    assert atas[0] > 200
    assert bawah[2] > 200


def test_transparency_stays_transparent() -> None:
    hasil = periksa(gambar("PNG", "RGBA"))
    with Image.open(io.BytesIO(hasil.isi)) as gambarnya:
        assert gambarnya.mode == "RGBA"


@pytest.mark.parametrize(
    ("boleh", "isi", "kalimat"),
    [
        (
            {"pdf", "jpeg", "png"},
            KORPUS["Word"][0](),
            "Surat ini dokumen Word. Kami hanya bisa menerima PDF atau foto. "
            "Di HP: buka file, pilih Cetak, simpan sebagai PDF.",
        ),
        ({"jpeg", "png"}, pdf(), "Surat ini bukan PDF atau foto. Kami hanya bisa menerima foto (JPG atau PNG)."),
        ({"pdf"}, gambar("PNG"), "hanya bisa menerima PDF. Di HP"),
    ],
)
def test_a_kind_that_is_not_wanted_here_is_answered_with_the_way_out(
    boleh: set[Any], isi: bytes, kalimat: str
) -> None:
    with pytest.raises(ValidationError) as galat:
        periksa(isi, boleh=boleh, sebutan="Surat")
    assert kalimat in galat.value.messages[0]


def test_a_file_too_large_is_answered_in_the_words_of_the_plan() -> None:
    with pytest.raises(ValidationError) as galat:
        periksa(b"%PDF-" + bytes(14 * MB - 5), sebutan="Foto KTP")
    assert galat.value.messages == [
        "Foto KTP ini 14 MB, batasnya 10 MB. Isian lain sudah tersimpan. "
        "Ambil ulang foto, atau pilih ukuran lebih kecil."
    ]


def test_one_byte_too_many_does_not_read_as_ten_of_ten() -> None:
    with pytest.raises(ValidationError, match=r"10,1 MB, batasnya 10 MB"):
        periksa(bytes(MAKS + 1))


def test_a_size_that_lies_is_not_believed() -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(2000))
    file.size = 10
    with pytest.raises(ValidationError) as galat:
        periksa_unggahan(file, maks_byte=1000)
    assert galat.value.code == "ukuran"


def test_a_bomb_inside_a_pdf_ends_soon_and_the_next_file_is_judged() -> None:
    mulai = time.monotonic()
    assert vonis(pdf_bom(3000)) in ("rusak", "memori", "mati", "waktu")
    assert time.monotonic() - mulai < 30
    assert vonis(pdf()) == "pdf"


@pytest.mark.control
def test_the_bomb_is_a_readable_pdf_when_it_is_small() -> None:
    isi = pdf_bom(4)
    assert len(isi) < 20_000
    with pikepdf.open(io.BytesIO(isi)) as dokumen:
        assert len(dokumen.pages) == 1
    assert vonis(isi) == "pdf"


def test_a_bomb_of_pixels_is_refused_before_it_unpacks() -> None:
    mulai = time.monotonic()
    with pytest.raises(ValidationError, match="terlalu besar untuk dibuka"):
        periksa(png_bohong(30_000, 30_000))
    assert time.monotonic() - mulai < 5


def test_a_photo_of_a_modern_phone_passes() -> None:
    hasil = periksa(gambar("JPEG", ukuran=(9000, 6600)))
    assert hasil.jenis == "jpeg"


@pytest.mark.parametrize(
    ("kirim", "simpan"),
    [
        ("ktp.pdf", "ktp.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\sari\\KTP Sari.PDF", "KTP Sari.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("ktp\u202efdp.exe", "ktpfdp.exe.pdf"),
        ("\u2066ktp\u2069\u200b.pdf", "ktp.pdf"),
        ("x\r\nSet-Cookie: a=b.pdf", "xSet-Cookie_ a=b.pdf"),
        ('a"b;c<d>.pdf', "a_b_c_d_.pdf"),
        ("ktp.jpg.pdf.png", "ktp.pdf"),
        ("...", "berkas.pdf"),
        ("", "berkas.pdf"),
        ("/", "berkas.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("Surat kuasa – Çelik.pdf", "Surat kuasa – Çelik.pdf"),
    ],
)
def test_names_are_cleaned_and_get_the_ending_of_what_they_are(kirim: str, simpan: str) -> None:
    assert nama_aman(kirim, "pdf") == simpan


@given(st.text(max_size=400))
def test_no_name_whatever_breaks_a_header_or_leaves_its_folder(nama: str) -> None:
    aman = nama_aman(nama, "jpeg")
    assert aman.endswith(".jpg")
    assert len(aman) <= 124
    assert not set(aman) & set('/\\\r\n\0"<>:;\u202e')
    assert aman.strip(". ") == aman
    assert nama_aman(aman, "jpeg") == aman


def _kiriman(pabrik: RequestFactory, *ukuran: int) -> Any:
    berkas = {f"f{n}": SimpleUploadedFile(f"{n}.pdf", b"x" * satu) for n, satu in enumerate(ukuran)}
    permintaan = pabrik.post("/", {"isian": "a", **berkas})
    permintaan.upload_handlers = [PembatasUnggahan(permintaan), MemoryFileUploadHandler(permintaan)]
    return permintaan


def test_files_that_fit_together_come_through_whole(rf: RequestFactory, settings: Any) -> None:
    settings.UKURAN_UNGGAHAN_MAKS = 1 * MB
    permintaan = _kiriman(rf, 400_000, 400_000)
    assert [f.size for f in permintaan.FILES.values()] == [400_000, 400_000]
    assert permintaan.POST["isian"] == "a"


def test_a_request_announced_too_long_is_not_read(rf: RequestFactory, settings: Any) -> None:
    settings.UKURAN_UNGGAHAN_MAKS = 1 * MB
    permintaan = _kiriman(rf, 600_000, 600_000)
    with pytest.raises(RequestDataTooBig, match="lebih dari 1 MB"):
        _ = permintaan.FILES
    assert permintaan._stream is not None or permintaan.upload_handlers[0].terhitung == 0


def test_a_body_longer_than_announced_is_cut_where_it_passes_the_limit(settings: Any) -> None:
    settings.UKURAN_UNGGAHAN_MAKS = 1 * MB
    penghitung = PembatasUnggahan()
    penghitung.handle_raw_input(io.BytesIO(), {}, 10, b"x")
    for _ in range(MB // 65_536):
        assert penghitung.receive_data_chunk(b"x" * 65_536, 0)
    with pytest.raises(RequestDataTooBig):
        penghitung.receive_data_chunk(b"x", 0)


@pytest.mark.control
def test_without_the_guard_django_takes_any_number_of_file_bytes(rf: RequestFactory, settings: Any) -> None:
    settings.UKURAN_UNGGAHAN_MAKS = 1 * MB
    permintaan = _kiriman(rf, 3_000_000)
    permintaan.upload_handlers = [MemoryFileUploadHandler(permintaan)]
    permintaan.upload_handlers[0].handle_raw_input = lambda *a, **k: setattr(
        permintaan.upload_handlers[0], "activated", True
    )
    assert permintaan.FILES["f0"].size == 3_000_000


def test_a_parser_that_dies_refuses_the_file_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unggah, "BATAS_DETIK", 0.001)
    with pytest.raises(ValidationError, match="terlalu besar untuk dibuka"):
        periksa(gambar("JPEG", ukuran=(3000, 3000)))
    monkeypatch.undo()
    assert periksa(gambar("JPEG")).jenis == "jpeg"
