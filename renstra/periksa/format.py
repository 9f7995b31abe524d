"""How numbers are printed, and whether the number that a table holds is the one that is printed."""

from __future__ import annotations

import re

from renstra import angka
from renstra.periksa.temuan import Hasil, Lokasi, SelTercakup, Temuan, Tingkat
from renstra.tabel import BENTUK, TARGET, Baris, Jenis, Sel, Tabel, TabelRencana, Tercetak

#: Amounts are always printed with groups of three; small counts are not.
_BERGRUP = re.compile(r"nilai_tercetak|jumlah_izin_tercetak")
_PERSEN_SAJA = re.compile(r"[\d.,;]+\s*%")
_SATU_TITIK_KURANG = re.compile(r"\d{4,}(\.\d{3})+(,\d{2})?")


def format_angka(rencana: TabelRencana) -> Hasil:
    """format_angka: printed numbers are `1.234.567` or `1.234.567,00`, ratios `92,48%`, and say what the table holds.

    A warning where only a dot is missing before the first group, so that no digit can be lost; else an error.
    """
    hasil = Hasil("format_angka")
    for kunci, tabel in rencana.tabel.items():
        for b in tabel.baris:
            for kolom, sel in b.sel.items():
                _bentuk(hasil, tabel, b, kolom, sel)
            _pasangan(hasil, tabel, b, longgar=kunci == TARGET)
    sudah = {(t.tabel, t.lokasi.baris, t.tercetak) for t in hasil.temuan}
    for t in rencana.tercetak:
        if (t.tabel, t.baris, t.teks) not in sudah:
            _tercetak(hasil, rencana, t)
    return hasil


def _bentuk(hasil: Hasil, tabel: Tabel, b: Baris, kolom: str, sel: Sel) -> None:
    if sel.kosong or _sah(kolom, sel):
        return
    nilai = "tidak terbaca"
    if sel.angka is not None:
        nilai = angka.tulis(sel.angka) + ("%" if sel.jenis is Jenis.PERSEN else "")
    hasil.catat(tabel, b, kolom, nilai, _kata(sel.teks), tingkat=_tingkat(sel.teks))


def _sah(kolom: str, sel: Sel) -> bool:
    teks = sel.teks.strip()
    if sel.jenis is Jenis.ANGKA:
        return angka.sah_mesin(teks)
    if sel.jenis is Jenis.PERSEN:
        return bool(angka.PERSEN_BAKU.fullmatch(teks))
    if sel.jenis is Jenis.LONGGAR and _PERSEN_SAJA.fullmatch(teks) and kolom.startswith("realisasi_"):
        return bool(angka.PERSEN_BAKU.fullmatch(teks))
    if sel.jenis is Jenis.CETAK:
        inti = angka.tanpa_rp(teks)
        polos = not _BERGRUP.fullmatch(kolom) and re.fullmatch(r"\d+(,\d+)?", inti)
        return bool(angka.BAKU.fullmatch(inti) or polos)
    return True


def _tingkat(teks: str) -> Tingkat:
    return Tingkat.PERINGATAN if _SATU_TITIK_KURANG.fullmatch(angka.tanpa_rp(teks)) else Tingkat.KESALAHAN


def _kata(teks: str) -> str:
    if "%" in teks:
        return "Persen ditulis dengan koma desimal dan tanda %."
    if re.search(r"[^\d.,\s]", angka.tanpa_rp(teks)):
        return "Ada tanda yang bukan bagian dari angka."
    return "Pengelompokan ribuan tidak sah."


def _tercetak(hasil: Hasil, rencana: TabelRencana, t: Tercetak) -> None:
    """A cell of tercetak.csv: its form, and that it says the number of the table."""
    sel = _cari(rencana, t)
    kolom = sel[2] if sel else t.kolom
    nilai = angka.baca_cetak(t.teks)
    dipegang = sel[1][kolom].angka if sel else None
    benar = angka.tulis(dipegang if dipegang is not None else nilai or 0)
    lokasi = Lokasi(t.baris, kolom)
    tempat = SelTercakup(sel[0].berkas, sel[1].nomor, kolom) if sel else None
    if not angka.BAKU.fullmatch(angka.tanpa_rp(t.teks)):
        hasil.temuan.append(
            Temuan(hasil.aturan, t.tabel, lokasi, t.teks, benar, _tingkat(t.teks), _kata(t.teks), tempat)
        )
    elif sel and nilai != dipegang:
        kata = "Angka yang tercetak bukan angka di dalam tabel."
        hasil.temuan.append(Temuan(hasil.aturan, t.tabel, lokasi, t.teks, benar, Tingkat.KESALAHAN, kata, tempat))


def _cari(rencana: TabelRencana, t: Tercetak) -> tuple[Tabel, Baris, str] | None:
    """The cell that a line of tercetak.csv names; its column may be written without `_tercetak`."""
    for kunci, tabel in rencana.tabel.items():
        if BENTUK[kunci].kode == t.tabel:
            kolom = next((k for k in (t.kolom, f"{t.kolom}_tercetak") if k in tabel.kolom), None)
            baris = next((b for b in tabel.baris if b.nama == t.baris), None)
            if kolom and baris:
                return tabel, baris, kolom
    return None


#: Column of the printed text by column of the number.
_TEKS_DARI = {"nilai_rp": "nilai_tercetak"}


def _pasangan(hasil: Hasil, tabel: Tabel, b: Baris, *, longgar: bool) -> None:
    """Number columns that have a column of printed text beside them."""
    for kolom, sel in b.sel.items():
        if sel.jenis is not Jenis.ANGKA or kolom.endswith("_tercetak"):
            continue
        teks = _TEKS_DARI.get(kolom, f"{kolom.removesuffix('_angka')}_tercetak")
        if teks not in b.sel:
            continue
        if longgar:
            _sama_longgar(hasil, tabel, b, kolom, teks)
        else:
            hasil.cakup(tabel, b, [kolom, teks])
            if b[teks].nilai != sel.nilai:
                _beda(hasil, tabel, b, teks, sel)


def _beda(hasil: Hasil, tabel: Tabel, b: Baris, teks: str, sel: Sel) -> None:
    kata = f"Tercetak {b[teks].teks or '-'}, di dalam tabel {sel.teks or '-'}."
    hasil.catat(tabel, b, teks, angka.tulis(sel.nilai), kata)


def _sama_longgar(hasil: Hasil, tabel: Tabel, b: Baris, kolom: str, teks: str) -> None:
    """Free text: only where it starts with a number in the unit of the row (`67 org`, not `12 Kecamatan`)."""
    cetak, sel = b[teks], b[kolom]
    if cetak.kosong:
        hasil.cakup(tabel, b, kolom)
        if sel.nilai:
            _beda(hasil, tabel, b, teks, sel)
    elif cetak.angka is not None and (sel.nilai or _sesatuan(cetak.teks, b.teks("satuan"))):
        hasil.cakup(tabel, b, kolom)
        if len(re.findall(r"\d[\d.,]*", cetak.teks)) == 1:
            hasil.cakup(tabel, b, teks)
        if cetak.angka != sel.nilai:
            _beda(hasil, tabel, b, teks, sel)


def _sesatuan(teks: str, satuan: str) -> bool:
    """Is the word after the number short for the unit of the row, or none at all?"""
    cocok = re.match(r"[\d.,]+\s*([A-Za-z]*)", teks.strip())
    kata = cocok.group(1) if cocok else ""
    return not kata or kata[:1].casefold() == satuan[:1].casefold()
