"""The tables as a workbook, one sheet a table; numbers are numbers, printed text is text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from core import lembar
from renstra.cetak.isi import Lembaran, Mode, SelLembar
from renstra.cetak.kata import kalimat_nota, kata_mode


def xlsx(daftar: Sequence[Lembaran], *, rencana: str, mode: Mode, dibuat: datetime) -> bytes:
    """The workbook. In recomputed mode a last column names the notes of a row, which stand below the table."""
    return lembar.xlsx(
        [_lembar(satu, rencana, mode) for satu in daftar], dibuat=dibuat, judul=f"{rencana}: {kata_mode(mode)}"
    )


def _lembar(satu: Lembaran, rencana: str, mode: Mode) -> lembar.Lembar:
    ditandai = mode is Mode.HITUNG_ULANG
    kolom = [lembar.Kolom(k, _desimal(satu, i)) for i, k in enumerate(satu.kepala)]
    baris: list[list[lembar.Sel]] = [[_nilai(s) for s in b] for b in satu.baris]
    if ditandai:
        kolom.append(lembar.Kolom("Catatan", lebar=40))
        for isi, b in zip(baris, satu.baris, strict=True):
            isi.append(_tanda(satu, b))
    return lembar.Lembar(
        nama=f"{satu.kode} {satu.judul}",
        judul=[f"Tabel {satu.kode} {satu.judul}", rencana, kata_mode(mode)],
        kolom=kolom,
        baris=baris,
        catatan=[kalimat_nota(n, t) for n, t in satu.nota],
    )


def _desimal(satu: Lembaran, i: int) -> int:
    """Decimals of a column: as many as its finest number has."""
    sisa = [s[i].angka for s in satu.baris]
    return 2 if any(n is not None and n % 1 for n in sisa) else 0


def _nilai(sel: SelLembar) -> lembar.Sel:
    if sel.angka is None:
        return sel.teks
    return int(sel.angka) if sel.angka % 1 == 0 else Decimal(sel.angka)


def _tanda(satu: Lembaran, baris: tuple[SelLembar, ...]) -> str:
    """`Rasio 2011 (tercetak): catatan 3`: which cells of the row have notes."""
    return "; ".join(
        f"{kepala}: catatan {', '.join(map(str, sel.nota))}"
        for kepala, sel in zip(satu.kepala, baris, strict=True)
        if sel.nota
    )
