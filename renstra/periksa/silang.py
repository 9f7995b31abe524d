"""One fact in two tables: performance (2.3.1) against money (2.3.2), the IKU in four tables, the lists of 5.1."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from renstra import angka
from renstra.periksa.rasio import cocok, rasio
from renstra.periksa.silang_iku import periksa_iku
from renstra.periksa.temuan import Hasil, Tingkat
from renstra.tabel import ANGGARAN, KINERJA, PENDANAAN, TARGET, Baris, Sel, Tabel, TabelRencana

_ANGKA_SAJA = re.compile(r"[\d.,]+\s*%?")


def silang_tabel(rencana: TabelRencana) -> Hasil:
    """silang_tabel: what two tables say about one thing agrees.

    Target and budget go together; the achievement of 2.3.1 is the ratio of 2.3.2 (as printed there, or as
    recomputed: a wrong ratio is rasio_sel's finding); yearly targets of an indicator are the same everywhere.
    Findings between 2.3.1 and 2.3.2 stand in 2.3.1, whose cell has no amounts to prove it.
    """
    hasil = Hasil("silang_tabel")
    kinerja, uang = rencana[KINERJA], rencana[ANGGARAN]
    if kinerja:
        _target_tanpa_realisasi(hasil, kinerja, uang)
    if kinerja and uang:
        _pasangan_baris(hasil, kinerja, uang)
        _tahun_tanpa_rupiah(hasil, kinerja, uang)
    periksa_iku(hasil, rencana)
    _urutan_kegiatan(hasil, rencana[PENDANAAN])
    _rujukan_kegiatan(hasil, rencana[PENDANAAN], rencana[TARGET])
    return hasil


def _menurut_no(hasil: Hasil, tabel: Tabel) -> dict[str, Baris]:
    """Rows by printed number; a number that stands twice is a finding."""
    baris: dict[str, Baris] = {}
    for b in tabel.isi:
        if b.nama in baris:
            hasil.catat(tabel, b, "no", "-", f"Nomor {b.nama} dipakai dua kali.")
        baris.setdefault(b.nama, b)
    return baris


def _pasangan_baris(hasil: Hasil, kinerja: Tabel, uang: Tabel) -> None:
    di_kinerja, di_uang = _menurut_no(hasil, kinerja), _menurut_no(hasil, uang)
    for sini, sana, tabel, lain in ((di_kinerja, di_uang, kinerja, uang), (di_uang, di_kinerja, uang, kinerja)):
        for no, b in sini.items():
            hasil.cakup(tabel, b, "no")
            if no not in sana:
                hasil.catat(tabel, b, "no", "-", f"No. {no} tidak ada di Tabel {lain.kode}.")
    tahun = [t for t in kinerja.tahun("target_") if f"anggaran_{t}" in uang.kolom]
    for no, b in di_kinerja.items():
        if no in di_uang:
            for t in tahun:
                _target(hasil, kinerja, b, di_uang[no], t)
                if f"realisasi_{t}" in b.sel:
                    _realisasi(hasil, kinerja, b, di_uang[no], t)


def _ada_target(b: Baris, tahun: int) -> bool:
    sel = b.sel.get(f"target_{tahun}")
    return sel is not None and not sel.kosong and sel.angka != 0


def _target(hasil: Hasil, tabel: Tabel, b: Baris, uang: Baris, tahun: int) -> None:
    """A target has a budget and a budget a target."""
    kolom, anggaran = f"target_{tahun}", uang[f"anggaran_{tahun}"].nilai
    if b[kolom].kosong:
        hasil.cakup(tabel, b, kolom)
    if _ada_target(b, tahun) and not anggaran:
        hasil.catat(tabel, b, kolom, "-", f"Target {tahun} tanpa anggaran di Tabel 2.3.2.")
    elif anggaran and b[kolom].kosong:
        kata = f"Anggaran {tahun} Rp{angka.tulis(anggaran)} di Tabel 2.3.2 tanpa target."
        hasil.catat(tabel, b, kolom, "ada target", kata)


def _sel_rasio(uang: Baris, tahun: int) -> Sel | None:
    return uang.sel.get(f"rasio_{tahun}_tercetak")


def _rasio_rp(uang: Baris, tahun: int) -> Fraction | None:
    realisasi = uang.sel.get(f"realisasi_{tahun}")
    return rasio(realisasi.angka if realisasi else None, uang[f"anggaran_{tahun}"].angka)


def _realisasi(hasil: Hasil, tabel: Tabel, b: Baris, uang: Baris, tahun: int) -> None:
    """The achievement is the printed or the recomputed ratio of 2.3.2."""
    kolom = f"realisasi_{tahun}"
    sel, cetak, benar = b[kolom], _sel_rasio(uang, tahun), _rasio_rp(uang, tahun)
    nilai_cetak = cetak.angka if cetak else None
    if not sel.kosong and not _ANGKA_SAJA.fullmatch(sel.teks.strip()):
        return  # an achievement in words has no ratio beside it
    if benar is None and nilai_cetak is None:
        _tanpa_rasio(hasil, tabel, b, uang, tahun)
        return
    hasil.cakup(tabel, b, kolom)
    teks = cetak.teks if cetak and nilai_cetak is not None else angka.tulis_persen(benar or 0)
    if sel.kosong:
        if benar or nilai_cetak:
            hasil.catat(tabel, b, kolom, teks, f"Kosong, padahal Tabel 2.3.2 memuat rasio {tahun}.")
    elif sel.angka != nilai_cetak and not (benar is not None and cocok(sel, benar)):
        tepat = angka.tulis_persen(benar) if benar is not None else teks
        hitung = f", hitung ulang {tepat}" if tepat != teks else ""
        hasil.catat(tabel, b, kolom, teks, f"Tabel 2.3.2 tahun {tahun}: {teks}{hitung}.")


def _tanpa_rasio(hasil: Hasil, tabel: Tabel, b: Baris, uang: Baris, tahun: int) -> None:
    """An achievement for which 2.3.2 has no realised amount: doubtful with a budget, wrong without."""
    kolom, sel, anggaran = f"realisasi_{tahun}", b[f"realisasi_{tahun}"], uang[f"anggaran_{tahun}"].nilai
    if sel.kosong:
        hasil.cakup(tabel, b, kolom)
    elif not anggaran and sel.angka:
        hasil.catat(tabel, b, kolom, "-", f"Realisasi {tahun} tanpa anggaran dan realisasi di Tabel 2.3.2.")
    elif sel.angka:
        tersirat = angka.tulis(anggaran * sel.angka / Decimal(100), 0)
        kata = f"Realisasi Rp {tahun} tidak dicetak di Tabel 2.3.2; nilai tersirat Rp{tersirat}."
        hasil.catat(tabel, b, kolom, "tidak dapat dihitung", kata, tingkat=Tingkat.PERINGATAN)


def _target_tanpa_realisasi(hasil: Hasil, tabel: Tabel, uang: Tabel | None) -> None:
    """In a year for which others report, a target without achievement is doubtful."""
    di_uang = {b.nama: b for b in uang.isi} if uang else {}
    for t in tabel.tahun("realisasi_"):
        kolom = f"realisasi_{t}"
        if all(b[kolom].kosong for b in tabel.isi):
            continue
        for b in tabel.isi:
            lain = di_uang.get(b.nama)
            terjawab = lain is not None and f"anggaran_{t}" in lain.sel and _terjawab(lain, t)
            if b[kolom].kosong and _ada_target(b, t) and not terjawab:
                kata = f"Target {t} tanpa realisasi."
                hasil.catat(tabel, b, kolom, "ada realisasi", kata, tingkat=Tingkat.PERINGATAN)


def _terjawab(uang: Baris, tahun: int) -> bool:
    """Is the missing achievement already another finding (no budget, or a ratio that is not repeated)?"""
    cetak = _sel_rasio(uang, tahun)
    return not uang[f"anggaran_{tahun}"].nilai or bool(_rasio_rp(uang, tahun)) or bool(cetak and cetak.angka)


def _tahun_tanpa_rupiah(hasil: Hasil, kinerja: Tabel, uang: Tabel) -> None:
    """A year that 2.3.1 reports has realised amounts in 2.3.2."""
    for t in uang.tahun("realisasi_"):
        kolom = f"realisasi_{t}"
        if kolom not in kinerja.kolom or f"anggaran_{t}" not in uang.kolom:
            continue
        ada = [b.nama for b in kinerja.isi if not b[kolom].kosong]
        if ada and all(b[kolom].kosong for b in uang.baris) and any(b[f"anggaran_{t}"].nilai for b in uang.isi):
            baris = uang.jumlah or uang.isi[-1]
            kata = (
                f"Realisasi Rp {t} kosong pada semua baris, padahal Tabel 2.3.1 memuatnya untuk no. {', '.join(ada)}."
            )
            hasil.catat(uang, baris, kolom, "-", kata, tercetak="kosong", tingkat=Tingkat.PERINGATAN)


def _urutan_kegiatan(hasil: Hasil, tabel: Tabel | None) -> None:
    """The activities of Tabel 5.1 stand in the order of the list 5.1.1."""
    if tabel is None or "no_daftar_5_1_1" not in tabel.kolom:
        return
    if all(b["no_daftar_5_1_1"].kosong for b in tabel.isi):
        return
    for b in tabel.isi:
        sel = b["no_daftar_5_1_1"]
        hasil.cakup(tabel, b, "no_daftar_5_1_1")
        if sel.angka is None or f"{sel.angka:f}".partition(".")[0] != b.nama:
            kata = f"No. {b.nama} di Tabel 5.1 adalah no. {sel.teks or '-'} di daftar 5.1.1."
            hasil.catat(tabel, b, "no_daftar_5_1_1", b.nama, kata, tingkat=Tingkat.PERINGATAN)


def _rujukan_kegiatan(hasil: Hasil, pendanaan: Tabel | None, target: Tabel | None) -> None:
    """Every output belongs to an activity that is funded; 0 is the programme itself."""
    if pendanaan is None or target is None:
        return
    ada = {"0", ""} | {b.nama for b in pendanaan.isi}
    for b in target.baris:
        if b.teks("no_tabel").strip() not in ada:
            hasil.catat(target, b, "no_tabel", "-", "Kegiatan ini tidak ada di tabel pendanaan.")
