"""How many kinds of services the plan says there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from renstra.periksa.temuan import Hasil, Lokasi, Temuan, Tingkat
from renstra.tabel import Baris, Tabel, TabelRencana

_SEBUT = re.compile(r"\b(\d+)\s+jenis\s+(?:per)?(?:izin|layanan|pelayanan)", re.IGNORECASE)
_BAGIAN = re.compile(r"\b(penambahan|tambahan)\b", re.IGNORECASE)


class _Sebutan(NamedTuple):
    """`43 jenis izin` in a cell."""

    tabel: Tabel
    baris: Baris
    kolom: str
    angka: int


def jumlah_layanan(rencana: TabelRencana) -> Hasil:
    """jumlah_layanan: every place that counts the kinds of services counts the same.

    A row about adding services counts a part: it has to agree with itself only. Chapters (`narasi.csv`, butir
    `jumlah_layanan`) are compared with the tables where the plan brings them.
    """
    hasil = Hasil("jumlah_layanan")
    seluruh: list[_Sebutan] = []
    for tabel in rencana.tabel.values():
        for b in tabel.baris:
            sebutan = [_Sebutan(tabel, b, k, int(n)) for k, s in b.sel.items() for n in _SEBUT.findall(s.teks)]
            if any(_BAGIAN.search(s.teks) for s in b.sel.values()):
                _sama(hasil, sebutan)
            else:
                seluruh += sebutan
    _sama(hasil, seluruh)
    _narasi(hasil, rencana, seluruh)
    return hasil


def _sama(hasil: Hasil, sebutan: Iterable[_Sebutan]) -> None:
    """All the same; the minority is the finding."""
    semua = list(sebutan)
    if len(semua) < 2:
        return
    for s in semua:
        hasil.cakup(s.tabel, s.baris, s.kolom)
    hitung = Counter(s.angka for s in semua).most_common()
    if len(hitung) == 1:
        return
    seri = hitung[0][1] == hitung[1][1]
    for s in semua:
        if seri or s.angka != hitung[0][0]:
            benar = "-" if seri else str(hitung[0][0])
            kata = f"Disebut {s.angka} jenis; tempat lain {', '.join(str(n) for n, _ in hitung if n != s.angka)}."
            hasil.catat(s.tabel, s.baris, s.kolom, benar, kata)


def _narasi(hasil: Hasil, rencana: TabelRencana, seluruh: list[_Sebutan]) -> None:
    """The text of a chapter against the tables."""
    angka_tabel = Counter(s.angka for s in seluruh).most_common(1)
    for n in rencana.narasi:
        if n.butir == "jumlah_layanan" and angka_tabel and n.angka != angka_tabel[0][0]:
            kata = f"Bab {n.bab} menyebut {n.angka} jenis, tabel {angka_tabel[0][0]}."
            lokasi = Lokasi(n.butir, "angka")
            hasil.temuan.append(
                Temuan(hasil.aturan, n.bab, lokasi, n.kutipan, str(angka_tabel[0][0]), Tingkat.PERINGATAN, kata)
            )
