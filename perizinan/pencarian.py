"""Find a service by what people say: "buka apotek", "bangun rumah", "pasang spanduk"; and what belongs elsewhere.

A phrase is folded (case, accents, Indonesian affixes, a few spellings) and matched word by word against names,
abbreviations, synonyms, needs and the one-sentence summary; best first. A small catalogue: everything is read
once a call and scored in memory, so that the same search works on every database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from perizinan.acuan.baca import Acuan
from perizinan.models import JenisIzin, Rujukan

PANJANG_MAKS = 120
#: What one matched word is worth by where it stands, and what a whole phrase adds.
_BOBOT = {"singkatan": 6.0, "nama": 4.0, "sinonim": 4.0, "kebutuhan": 1.0, "ringkas": 1.0}
_FRASA = 5.0
_BATAS_MIRIP = 0.84  # how alike two long words are that differ by a slip of the finger
_PANJANG_MIRIP = 5
_BAGIAN_COCOK = 0.5  # so much of the words typed must be found

#: Prefix, and the letter that it swallowed before a vowel: memasang is pasang, menutup is tutup, menyewa is sewa.
_AWALAN = (
    *(("memper", ""), ("menge", ""), ("meng", ""), ("meny", "s"), ("mem", "p"), ("men", "t"), ("me", "")),
    *(("peng", ""), ("peny", "s"), ("pem", "p"), ("pen", "t"), ("per", ""), ("pe", "")),
    *(("ber", ""), ("ter", ""), ("di", ""), ("se", "")),
)
_AKHIRAN = ("kannya", "annya", "nya", "kan", "lah", "an")
_AKAR_PENDEK = 4


@dataclass(frozen=True, slots=True)
class Temuan:
    """One service found, with its score; a higher score is a better match."""

    jenis_izin: JenisIzin
    nilai: float


@dataclass(frozen=True, slots=True)
class _Kata:
    """Words of no weight, and spellings that mean the same (acuan/kata.toml)."""

    hampa: frozenset[str]
    ejaan: dict[str, str]


@lru_cache(maxsize=1)
def _kata() -> _Kata:
    isi = Acuan().kata()
    return _Kata(frozenset(isi["hampa"]), isi["ejaan"])


def cari_layanan(q: str, *, maks: int = 12) -> list[JenisIzin]:
    """Active services that match what was typed, best first; an empty text gives them all in catalogue order."""
    if not q.strip():
        return list(JenisIzin.objects.filter(aktif=True).order_by("urutan", "nama"))
    return [t.jenis_izin for t in nilai_layanan(q)[:maks]]


def nilai_layanan(q: str) -> list[Temuan]:
    """Every service that matches, with its score, best first."""
    kata = _kata_berarti(q)
    if not kata:
        return []
    temuan = [
        Temuan(jenis, nilai)
        for jenis in JenisIzin.objects.filter(aktif=True).order_by("urutan", "nama")
        if (nilai := _nilai(jenis, kata)) > 0
    ]
    return sorted(temuan, key=lambda t: -t.nilai)


def rujukan(q: str) -> Rujukan | None:
    """The office that a matter belongs to when it is not ours, or None.

    The longest phrase that stands whole in what was typed wins; a service of ours whose own name or synonym
    stands there with more words goes before it, so that "tutup siup" is not sent away.
    """
    kata = _lipat(q)
    terbaik: tuple[int, Rujukan] | None = None
    for baris in Rujukan.objects.order_by("kantor"):
        panjang = max((len(f) for f in map(_lipat, baris.frasa) if _memuat(kata, f)), default=0)
        if panjang and (terbaik is None or panjang > terbaik[0]):
            terbaik = (panjang, baris)
    if terbaik is None or _frasa_sendiri(kata) >= terbaik[0]:
        return None
    return terbaik[1]


def _frasa_sendiri(kata: Sequence[str]) -> int:
    """Words of the longest phrase of one of our own services that stands whole in what was typed."""
    panjang = 0
    for jenis in JenisIzin.objects.filter(aktif=True).order_by("urutan"):
        for frasa in map(_lipat, _frasa(jenis)):
            if len(frasa) > panjang and _memuat(kata, frasa):
                panjang = len(frasa)
    return panjang


def _frasa(jenis: JenisIzin) -> list[str]:
    return [jenis.nama, jenis.nama_en, jenis.singkatan, *jenis.sinonim]


def _nilai(jenis: JenisIzin, kata: Sequence[str]) -> float:
    """How well a service matches: each word counts once, where it is worth most; whole phrases add."""
    tempat = (
        ("singkatan", {*_lipat(jenis.singkatan), *_lipat(jenis.kode.replace("_", " "))}),
        ("nama", {*_lipat(jenis.nama), *_lipat(jenis.nama_en)}),
        ("sinonim", {k for s in jenis.sinonim for k in _lipat(s)}),
        ("kebutuhan", {*_lipat(jenis.kebutuhan)}),
        ("ringkas", {*_lipat(jenis.ringkas), *_lipat(jenis.ringkas_en)}),
    )
    nilai, cocok = 0.0, 0
    for satu in kata:
        terbaik = 0.0
        for nama, isi in tempat:  # heaviest first: what follows cannot be worth more
            if terbaik >= _BOBOT[nama]:
                break
            terbaik = max(terbaik, _BOBOT[nama] * _kecocokan(satu, isi))
        nilai += terbaik
        cocok += terbaik > 0
    if cocok < _BAGIAN_COCOK * len(kata):
        return 0.0
    frasa = max((len(f) for f in map(_kata_berarti, _frasa(jenis)) if _memuat(kata, f)), default=0)
    return nilai / len(kata) + _FRASA * frasa / len(kata)


def _kecocokan(kata: str, isi: Set[str]) -> float:
    """1 for the word itself, less for one that begins with it or differs by a slip, 0 for none."""
    if kata in isi:
        return 1.0
    if len(kata) < _AKAR_PENDEK:
        return 0.0
    return max((_serupa(kata, lain) for lain in isi), default=0.0)


@lru_cache(maxsize=65536)
def _serupa(kata: str, lain: str) -> float:
    """How alike two different words are: one begins the other, or they differ by a slip of the finger."""
    if lain.startswith(kata) or (kata.startswith(lain) and len(lain) >= _AKAR_PENDEK):
        return 0.7
    if min(len(kata), len(lain)) >= _PANJANG_MIRIP and abs(len(kata) - len(lain)) <= 2:
        pembanding = SequenceMatcher(None, kata, lain)
        if pembanding.quick_ratio() >= _BATAS_MIRIP and pembanding.ratio() >= _BATAS_MIRIP:
            return 0.6
    return 0.0


def _memuat(kata: Sequence[str], frasa: Sequence[str]) -> bool:
    """Whether the words of a phrase stand in a row in what was typed."""
    n = len(frasa)
    return bool(n) and any(tuple(kata[i : i + n]) == tuple(frasa) for i in range(len(kata) - n + 1))


def _kata_berarti(q: str) -> tuple[str, ...]:
    """The words that tell services apart; all of them when nothing else is left."""
    return _berarti(q) or _lipat(q)


def _berarti(teks: str) -> tuple[str, ...]:
    return tuple(k for k in _lipat(teks) if k not in _kata().hampa)


@lru_cache(maxsize=4096)
def _lipat(teks: str) -> tuple[str, ...]:
    """A text as folded words: no case, accents or punctuation; affixes off, spellings made one."""
    polos = unicodedata.normalize("NFKD", teks[: PANJANG_MAKS * 4].lower())
    polos = "".join(h for h in polos if not unicodedata.combining(h))
    return tuple(_akar(k) for k in re.findall(r"[a-z0-9]+", polos))


def _akar(kata: str) -> str:
    """A word without its common affixes; crude on purpose: both sides of a match are folded alike."""
    kata = _kata().ejaan.get(kata, kata)
    for akhiran in _AKHIRAN:
        if kata.endswith(akhiran) and len(kata) - len(akhiran) >= _AKAR_PENDEK:
            kata = kata.removesuffix(akhiran)
            break
    for awalan, luluh in _AWALAN:
        sisa = kata.removeprefix(awalan)
        if sisa != kata and len(sisa) + len(luluh) >= _AKAR_PENDEK:
            return luluh + sisa if luluh and sisa[0] in "aiueo" else sisa
    return kata
