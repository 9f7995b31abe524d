"""What people wrote, as a book prints it: every line a paragraph, lines with a mark or a number a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_BUTIR = re.compile(r"[-*•]\s+(.+)")
_NOMOR = re.compile(r"\d{1,2}[.)]\s+(.+)")
#: Control characters that no document can hold; line ends and tabs stay.
_TAK_TERTULIS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Blok:
    """A paragraph (`jenis` p, one line) or a list (ul with marks, ol with numbers)."""

    jenis: str
    baris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Narasi:
    """What the data say, what somebody wrote about it, and the words that stand there until somebody does."""

    kalimat: str = ""
    blok: tuple[Blok, ...] = field(default_factory=tuple)
    stub: str = ""


def rapikan(teks: str) -> str:
    """The text as it is kept: one kind of line end, nothing unprintable, no space around it."""
    satu = teks.replace("\r\n", "\n").replace("\r", "\n")
    return _TAK_TERTULIS.sub("", satu).strip()


def blok(teks: str) -> tuple[Blok, ...]:
    """Its paragraphs and lists. An ordered list counts anew from 1, whatever numbers were typed."""
    hasil: list[Blok] = []
    for jenis, isi in _baris(teks):
        if jenis != "p" and hasil and hasil[-1].jenis == jenis:
            hasil[-1] = Blok(jenis, (*hasil[-1].baris, isi))
        elif isi:
            hasil.append(Blok(jenis, (isi,)))
        else:
            hasil.append(Blok("", ()))  # an empty line ends a list
    return tuple(b for b in hasil if b.jenis)


def _baris(teks: str) -> Iterable[tuple[str, str]]:
    for mentah in rapikan(teks).split("\n"):
        baris = mentah.strip()
        if cocok := _BUTIR.fullmatch(baris):
            yield "ul", cocok[1]
        elif cocok := _NOMOR.fullmatch(baris):
            yield "ol", cocok[1]
        else:
            yield "p", baris
