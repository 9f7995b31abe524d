"""B25, the part of the validator: the verdict on every file of the corpus equals the table, no payload is kept."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core.unggah import periksa_unggahan
from tests.bar.conftest import Catat
from tests.core.korpus import KORPUS, MB

pytestmark = pytest.mark.bar
MUATAN = (b"MUATAN", b"<script", b"<?php", b"EICAR", b"Exif")


def test_b25_setiap_file_mendapat_vonis_yang_benar(catat: Catat) -> None:
    salah, muatan, muatan_masuk = [], 0, 0
    for nama, (buat, benar) in KORPUS.items():
        isi = buat()
        try:
            hasil = periksa_unggahan(SimpleUploadedFile("x.pdf", isi), maks_byte=10 * MB)
        except ValidationError as galat:
            vonis = str(galat.code)
        else:
            vonis = hasil.jenis
            assert hasil.sha256 == hashlib.sha256(hasil.isi).hexdigest()
            if vonis != "pdf":
                muatan += sum(satu in hasil.isi for satu in MUATAN)
                muatan_masuk += sum(satu in isi for satu in MUATAN)
        if vonis != benar:
            salah.append((nama, vonis))
    assert len(KORPUS) >= 40
    catat(
        "B25",
        f"{len(KORPUS)} file, {len(salah)} salah, {muatan} muatan tersisa",
        "0 dan 0",
        not salah and not muatan,
        muatan_masuk > 0,
    )
