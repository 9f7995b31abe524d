"""A test client that reads every HTML answer as a strict reviewer would (architecture.md "Tests").

`KlienTeliti` is used like django.test.Client; a page that breaks a rule fails the test that fetched it,
whatever that test was about. tests/ui/test_klien.py feeds the rules with bad pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

#: Pages of libraries, which are checked by nobody here: Django's admin and the API's own explorer.
DIKECUALIKAN = ("/admin/", "/api/")
_KOSONG = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_TANPA_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
_RUJUKAN = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


class HalamanTidakSah(AssertionError):
    """The page breaks at least one rule; the message lists all of them."""


@dataclass(eq=False)
class Unsur:
    """One element with what the rules need of it."""

    nama: str
    atribut: dict[str, str]
    induk: Unsur | None
    teks: str = ""
    bersuara: bool = False  # has an image or icon with a name inside

    def leluhur(self) -> Iterator[Unsur]:
        simpul = self.induk
        while simpul is not None:
            yield simpul
            simpul = simpul.induk

    def di_dalam(self, nama: str) -> bool:
        return any(simpul.nama == nama for simpul in self.leluhur())

    @property
    def bernama(self) -> bool:
        return bool(self.teks.strip() or self.bersuara or self.atribut.get("aria-label"))


@dataclass(eq=False)
class _Pohon(HTMLParser):
    """Flat list of elements with their parents; it repairs no mistake, so none is hidden."""

    unsur: list[Unsur] = field(default_factory=list)
    galat: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tumpuk: list[Unsur] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        nama = [satu for satu, _nilai in attrs]
        for ganda in {satu for satu in nama if nama.count(satu) > 1}:
            self.galat.append(f"<{tag}> menulis atribut {ganda} dua kali")
        baru = Unsur(tag, {n: v or "" for n, v in attrs}, self._tumpuk[-1] if self._tumpuk else None)
        self.unsur.append(baru)
        if baru.atribut.get("aria-label") or (tag == "img" and baru.atribut.get("alt")):
            for induk in self._tumpuk:
                induk.bersuara = True
        if tag not in _KOSONG:
            self._tumpuk.append(baru)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _KOSONG:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for nomor in range(len(self._tumpuk) - 1, -1, -1):
            if self._tumpuk[nomor].nama == tag:
                for terbuka in self._tumpuk[nomor + 1 :]:
                    if terbuka.nama not in {"p", "li", "option", "td", "th", "tr", "dt", "dd"}:
                        self.galat.append(f"<{terbuka.nama}> tidak ditutup sebelum </{tag}>")
                del self._tumpuk[nomor:]
                return
        self.galat.append(f"</{tag}> tanpa pembuka")

    def handle_data(self, data: str) -> None:
        if data.strip():
            for simpul in self._tumpuk:
                simpul.teks += data


def periksa(html: str) -> list[str]:
    """All broken rules of one page (or of a fragment, when it has no <html>), as sentences."""
    pohon = _Pohon()
    pohon.feed(html)
    pohon.close()
    galat = list(pohon.galat)
    if any(u.nama == "html" for u in pohon.unsur):
        galat += _rangka(pohon.unsur)
    for aturan in (_nomor, _csp, _label, _nama, _kelompok):
        galat += aturan(pohon.unsur)
    return galat


def _rangka(unsur: list[Unsur]) -> list[str]:
    """lang, title, one h1, one main with an id, a skip link that leads there, headings without jumps."""
    galat = []
    html = next(u for u in unsur if u.nama == "html")
    if not html.atribut.get("lang"):
        galat.append("<html> tanpa lang")
    judul = [u for u in unsur if u.nama == "title" and not u.di_dalam("svg")]
    if len(judul) != 1 or not judul[0].teks.split(" - ")[0].strip():
        galat.append("judul (<title>) kosong atau tidak tepat satu")
    h1 = [u for u in unsur if u.nama == "h1"]
    if len(h1) != 1 or not h1[0].teks.strip():
        galat.append(f"h1 harus satu dan berisi, ada {len(h1)}")
    utama = [u for u in unsur if u.nama == "main"]
    if len(utama) != 1 or not utama[0].atribut.get("id"):
        galat.append("<main> harus satu dan ber-id")
    tingkat = 0
    for u in unsur:
        if u.nama in {"h1", "h2", "h3", "h4", "h5", "h6"} and u.di_dalam("main"):
            kini = int(u.nama[1])
            if tingkat and kini > tingkat + 1:
                galat.append(f"judul melompat dari h{tingkat} ke h{kini}: {u.teks.strip()[:40]!r}")
            tingkat = kini
    return galat


def _nomor(unsur: list[Unsur]) -> list[str]:
    """No id twice; everything that is referred to exists."""
    nomor = [u.atribut["id"] for u in unsur if u.atribut.get("id")]
    galat = [f"id {satu!r} dipakai {nomor.count(satu)} kali" for satu in sorted(set(nomor)) if nomor.count(satu) > 1]
    for u in unsur:
        for atribut in _RUJUKAN:
            hilang = [tuju for tuju in u.atribut.get(atribut, "").split() if tuju not in nomor]
            galat += [f"<{u.nama} {atribut}={tuju!r}> menunjuk id yang tidak ada" for tuju in hilang]
        tuju = u.atribut.get("href", "")
        if u.nama == "a" and tuju.startswith("#") and len(tuju) > 1 and tuju[1:] not in nomor:
            galat.append(f"tautan {tuju!r} tidak menunjuk apa pun di halaman ini")
    return galat


def _csp(unsur: list[Unsur]) -> list[str]:
    """Nothing inline that a strict content security policy refuses (rule R22)."""
    galat = []
    for u in unsur:
        if u.nama == "style" or "style" in u.atribut:
            galat.append(f"gaya sebaris pada <{u.nama}>")
        if u.nama == "script" and "src" not in u.atribut and u.atribut.get("type") != "application/json":
            galat.append("skrip sebaris")
        for atribut, nilai in u.atribut.items():
            if atribut.startswith("on"):
                galat.append(f"penangan sebaris {atribut} pada <{u.nama}>")
            if nilai.strip().lower().startswith("javascript:"):
                galat.append(f"alamat javascript: pada <{u.nama}>")
    return galat


def _label(unsur: list[Unsur]) -> list[str]:
    """Every input has a label, by `for`, by standing inside it, or by an ARIA name."""
    berlabel = {u.atribut["for"] for u in unsur if u.nama == "label" and "for" in u.atribut and u.teks.strip()}
    galat = []
    for u in unsur:
        if u.nama not in {"input", "select", "textarea"} or u.atribut.get("type") in _TANPA_LABEL:
            continue
        punya = u.atribut.get("aria-label") or u.atribut.get("aria-labelledby") or u.di_dalam("label")
        if not punya and u.atribut.get("id") not in berlabel:
            galat.append(f"<{u.nama} name={u.atribut.get('name', '')!r}> tanpa label")
    return galat


def _nama(unsur: list[Unsur]) -> list[str]:
    """Images have alt; links and buttons have words."""
    galat = [
        f"gambar {u.atribut.get('src', '')[:40]!r} tanpa alt"
        for u in unsur
        if u.nama == "img" and "alt" not in u.atribut
    ]
    tombol = (u for u in unsur if u.nama == "button" or (u.nama == "a" and "href" in u.atribut))
    return galat + [f"<{u.nama}> tanpa kata" for u in tombol if not u.bernama]


def _kelompok(unsur: list[Unsur]) -> list[str]:
    """Groups of inputs have a legend, tables have column heads."""
    galat = []
    for u in unsur:
        isi = [satu for satu in unsur if u in satu.leluhur()] if u.nama in {"fieldset", "table"} else []
        if u.nama == "fieldset" and not any(a.nama == "legend" and a.teks.strip() for a in isi):
            galat.append("<fieldset> tanpa legend")
        if u.nama == "table" and not any(a.nama == "th" for a in isi):
            galat.append(f"tabel tanpa kepala kolom {u.atribut.get('class', '')!r}")
    return galat


class KlienTeliti(Client):
    """django.test.Client that refuses to hand over an HTML page with a broken rule."""

    def request(self, **request: Any) -> Any:
        respons = super().request(**request)
        self._periksa(str(request.get("PATH_INFO", "")), respons)
        return respons

    @staticmethod
    def _periksa(alamat: str, respons: HttpResponseBase) -> None:
        if alamat.startswith(DIKECUALIKAN) or respons.streaming or not respons.content:
            return
        if not respons.headers.get("Content-Type", "").startswith("text/html"):
            return
        if galat := periksa(respons.content.decode(respons.charset or "utf-8")):
            raise HalamanTidakSah(f"{alamat} ({respons.status_code}):\n- " + "\n- ".join(galat))
