"""The text of an SMS: which characters it may hold, how many messages it fills, how a template is filled in.

GSM 03.38 (3GPP TS 23.038): the basic table takes one septet a character, its extension table two. One message
is 160 septets; a longer text goes in parts of 153, and a two-septet character is never cut. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

GSM7_DASAR = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_TAMBAHAN = frozenset("\f^{}\\[~]|€")
SEPTET_SATU = 160
SEPTET_BAGIAN = 153

_VARIABEL = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_NIK = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
_GANTI = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        "…": "...",
        "•": "-",
        "×": "x",
        "²": "2",
        "³": "3",
    }
)


class GalatTeks(ValueError):
    """A template or text that must not be sent; the message says what to mend."""


def bukan_gsm7(teks: str) -> str:
    """The characters of a text that GSM-7 lacks, each once, in order; empty when all are fine."""
    return "".join(dict.fromkeys(h for h in teks if h not in GSM7_DASAR and h not in GSM7_TAMBAHAN))


def ke_gsm7(teks: str) -> str:
    """The nearest text in GSM-7: typographic signs become plain, foreign letters lose their marks, else `?`.

    For names that people typed: one letter outside the table would make the SMS cost twice.
    """
    hasil = []
    for huruf in unicodedata.normalize("NFC", teks).translate(_GANTI):
        if not bukan_gsm7(huruf):
            hasil.append(huruf)
            continue
        polos = "".join(h for h in unicodedata.normalize("NFKD", huruf) if not unicodedata.combining(h))
        hasil.append(polos if polos and not bukan_gsm7(polos) else "?")
    return "".join(hasil)


def septet(teks: str) -> int:
    """How many septets a text takes. Raises GalatTeks naming the characters outside GSM-7."""
    asing = bukan_gsm7(teks)
    if asing:
        raise GalatTeks(f"Huruf ini tidak dapat dikirim lewat SMS: {' '.join(asing)}")
    return sum(2 if huruf in GSM7_TAMBAHAN else 1 for huruf in teks)


def segmen(teks: str) -> int:
    """How many messages a text fills; an empty one still fills one. Raises GalatTeks like `septet`."""
    return len(bagi(teks))


def bagi(teks: str) -> list[str]:
    """A text as the parts in which it is sent; one when it fits. Raises GalatTeks like `septet`."""
    if septet(teks) <= SEPTET_SATU:
        return [teks]
    bagian, sisa = [""], SEPTET_BAGIAN
    for huruf in teks:
        perlu = 2 if huruf in GSM7_TAMBAHAN else 1
        if perlu > sisa:
            bagian.append("")
            sisa = SEPTET_BAGIAN
        bagian[-1] += huruf
        sisa -= perlu
    return bagian


def variabel(teks: str) -> frozenset[str]:
    """The variables of a template. Raises GalatTeks for a brace that does not enclose a name."""
    if "{" in _VARIABEL.sub("", teks) or "}" in _VARIABEL.sub("", teks):
        raise GalatTeks("Kurung kurawal hanya untuk variabel, misalnya {nomor}.")
    return frozenset(_VARIABEL.findall(teks))


def isi_templat(teks: str, nilai: Mapping[str, object]) -> str:
    """A template with every variable filled in, in GSM-7.

    Values may hold more names than the template uses, so that an admin can shorten a text. Raises GalatTeks
    for a variable without a value (None and blank count as none), and for a text that shows 16 digits in a
    row like a NIK: an SMS never contains one.
    """
    isi = {nama: ke_gsm7(str(nilai[nama])).strip() for nama in variabel(teks) if nilai.get(nama) is not None}
    kosong = sorted(nama for nama in variabel(teks) if not isi.get(nama))
    if kosong:
        raise GalatTeks(f"Variabel pesan tanpa nilai: {', '.join(kosong)}.")
    hasil = _VARIABEL.sub(lambda cocok: isi[cocok[1]], teks)
    if _NIK.search(hasil):
        raise GalatTeks("Pesan memuat 16 angka seperti NIK; NIK tidak dikirim lewat SMS.")
    return hasil


def periksa_templat(teks: str, contoh: Mapping[str, str], maks_segmen: int = 1) -> list[str]:
    """What is wrong with a template, as sentences for the admin; an empty list when it may be saved.

    `contoh` maps every allowed variable to its longest sample value (the longest service name, and so on).
    """
    try:
        dipakai = variabel(teks)
    except GalatTeks as galat:
        return [str(galat)]
    salah = [
        f"Variabel {{{nama}}} tidak dikenal. Yang ada: {', '.join(sorted(contoh))}."
        for nama in sorted(dipakai - contoh.keys())
    ]
    asing = bukan_gsm7(teks)
    if asing:
        salah.append(f"Huruf ini tidak dapat dikirim lewat SMS: {' '.join(asing)}")
    if salah:
        return salah
    try:
        penuh = isi_templat(teks, contoh)
    except GalatTeks as galat:
        return [str(galat)]
    if segmen(penuh) > maks_segmen:
        salah.append(f"Terlalu panjang: {septet(penuh)} huruf dengan isi terpanjang, paling banyak {SEPTET_SATU}.")
    return salah
