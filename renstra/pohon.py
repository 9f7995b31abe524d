"""The tree of a plan as its tables 4.1, 5.1 and 6.1, so that the rules for printed tables read a typed plan, too.

Texts of CSV files in the shape of `renstra/tabel.py`. Sums are computed, so nothing that compares a printed sum can
complain of them; every target stands with its text and its number. Column `tipe` says whether an indicator is a
level, which the unit of a printed table only suggests.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from renstra import tabel as bentuk
from renstra.angka import tulis
from renstra.models import Indikator, Kegiatan, Keluaran, Program, Rencana

#: What the tree holds; everything else of a plan is printed and never typed.
KUNCI = (bentuk.TUJUAN, bentuk.PENDANAAN, bentuk.TARGET, bentuk.IKU)
#: Titles of tables that no document gave one.
JUDUL = {
    bentuk.TUJUAN: "Tujuan dan sasaran jangka menengah",
    bentuk.PENDANAAN: "Rencana program dan kegiatan: pendanaan indikatif",
    bentuk.TARGET: "Rencana program dan kegiatan: target keluaran",
    bentuk.IKU: "Indikator kinerja utama",
}
Isi = dict[str, str]


def berkas(kunci: str) -> str:
    """The file name of a table."""
    return f"t_{kunci}.csv"


def tabel_pohon(rencana: Rencana) -> Isi:
    """The tables of the tree by file name; a table without a row is left out. A fixed number of queries."""
    tahun = rencana.tahun
    indikator = list(_indikator(rencana))
    program = list(_program(rencana))
    isi = {
        bentuk.TUJUAN: [_baris_tujuan(n, i, tahun) for n, i in enumerate(indikator, start=1)],
        bentuk.PENDANAAN: list(_pendanaan(program, tahun)),
        bentuk.TARGET: list(_target(program, tahun)),
        bentuk.IKU: [_baris_iku(n, i, rencana) for n, i in enumerate((i for i in indikator if i.iku), start=1)],
    }
    hasil = {berkas(k): _csv(baris) for k, baris in isi.items() if baris}
    if cetak := list(_tercetak(program)):
        hasil["tercetak.csv"] = _csv(cetak)
    return hasil


def _indikator(rencana: Rencana) -> Iterable[Indikator]:
    daftar = Indikator.objects.filter(sasaran__tujuan__rencana=rencana).select_related("sasaran__tujuan")
    return daftar.order_by("sasaran__tujuan__no", "sasaran__no", "no").prefetch_related("target")


def _program(rencana: Rencana) -> Iterable[Program]:
    daftar = Program.objects.filter(rencana=rencana).order_by("no")
    return daftar.prefetch_related("hasil__target", "kegiatan__keluaran__target", "kegiatan__anggaran")


def nomor_kegiatan(kegiatan: Kegiatan, program: Program, *, banyak: bool) -> str:
    """`3`, or `2.3` where the plan has several programmes."""
    return f"{program.no}.{kegiatan.no}" if banyak else str(kegiatan.no)


def _angka(nilai: Decimal | int | None) -> str:
    """As a machine writes it, without the zeros of the column."""
    if nilai is None:
        return ""
    teks = f"{Decimal(nilai):f}"
    return teks.rstrip("0").rstrip(".") if "." in teks else teks


def _teks(teks: str, nilai: Decimal | None) -> str:
    """What is printed; of a number that nobody printed, the number."""
    return teks or (tulis(nilai) if nilai else "")


def _target_tahun(ukuran: Indikator | Keluaran) -> dict[int, tuple[str, Decimal | None]]:
    return {t.tahun: (_teks(t.teks, t.angka), t.angka) for t in ukuran.target.all()}


def _baris_tujuan(n: int, i: Indikator, tahun: range) -> Isi:
    target = _target_tahun(i)
    kepala = {"no": str(n), "tujuan": i.sasaran.tujuan.uraian, "sasaran": i.sasaran.uraian, "indikator": i.nama}
    angka = {str(t): _angka(target.get(t, ("", None))[1]) for t in tahun}
    return kepala | {"satuan": i.satuan, "tipe": i.tipe} | angka


def _baris_iku(n: int, i: Indikator, rencana: Rencana) -> Isi:
    target = _target_tahun(i)
    angka = {str(t): _angka(target.get(t, ("", None))[1]) for t in rencana.tahun}
    awal = {f"awal_{rencana.tahun_mulai - 1}": _angka(i.awal)}
    akhir = {f"akhir_{rencana.tahun_akhir}": _angka(i.akhir)}
    return {"no": str(n), "indikator": i.nama, "satuan": i.satuan, "tipe": i.tipe} | awal | angka | akhir


def _pagu(kegiatan: Kegiatan) -> dict[int, int]:
    return {a.tahun: a.pagu for a in kegiatan.anggaran.all() if a.sub_kegiatan_id is None}


def _pendanaan(program: Sequence[Program], tahun: range) -> Iterator[Isi]:
    """A row an activity and the row of sums, both added up here."""
    jumlah = dict.fromkeys(tahun, 0)
    for p in program:
        for k in p.kegiatan.all():
            pagu = _pagu(k)
            for t in tahun:
                jumlah[t] += pagu.get(t, 0)
            kepala = {
                "no_tabel": nomor_kegiatan(k, p, banyak=len(program) > 1),
                "no_daftar_5_1_1": _angka(k.no_daftar),
            }
            ada = {t: pagu.get(t) for t in tahun}
            yield (
                kepala
                | {"kegiatan": k.nama}
                | _rp(ada)
                | {"total_tercetak": _angka(sum(n or 0 for n in ada.values()))}
            )
    if any(p.kegiatan.all() for p in program):
        kepala = {"no_tabel": "JUMLAH", "no_daftar_5_1_1": "", "kegiatan": "JUMLAH"}
        yield kepala | _rp(jumlah) | {"total_tercetak": _angka(sum(jumlah.values()))}


def _rp(pagu: dict[int, int | None] | dict[int, int]) -> Isi:
    return {f"rp_{t}": _angka(n) for t, n in pagu.items()}


def _target(program: Sequence[Program], tahun: range) -> Iterator[Isi]:
    """Outcomes of programmes (number 0), then the outputs of their activities."""
    for p in program:
        for k in p.hasil.all():
            yield _baris_target("0", k, tahun)
    for p in program:
        for kegiatan in p.kegiatan.all():
            for k in kegiatan.keluaran.all():
                yield _baris_target(nomor_kegiatan(kegiatan, p, banyak=len(program) > 1), k, tahun)


def _baris_target(no: str, k: Keluaran, tahun: range) -> Isi:
    target = _target_tahun(k)
    kosong: tuple[str, Decimal | None] = ("", None)
    return (
        {"no_tabel": no, "indikator_output": k.nama, "satuan": k.satuan, "tipe": k.tipe}
        | {"data_awal_tercetak": _teks(k.awal_teks, k.awal)}
        | {f"target_{t}_tercetak": target.get(t, kosong)[0] for t in tahun}
        | {"kondisi_akhir_tercetak": _teks(k.akhir_teks, k.akhir)}
        | {f"target_{t}_angka": _angka(target.get(t, kosong)[1]) for t in tahun}
        | {"kondisi_akhir_angka": _angka(k.akhir)}
    )


def _tercetak(program: Sequence[Program]) -> Iterator[Isi]:
    """Amounts whose printed form the tree keeps beside the number."""
    for p in program:
        for k in p.kegiatan.all():
            for a in k.anggaran.all():
                if a.teks and a.sub_kegiatan_id is None:
                    no = nomor_kegiatan(k, p, banyak=len(program) > 1)
                    yield {"tabel": "5.1", "baris": no, "kolom": f"rp_{a.tahun}", "tercetak": a.teks}


def _csv(baris: Sequence[Isi]) -> str:
    keluar = io.StringIO()
    penulis = csv.DictWriter(keluar, list(baris[0]), lineterminator="\n")
    penulis.writeheader()
    penulis.writerows(baris)
    return keluar.getvalue()


def pemilik(rencana: Rencana) -> dict[str, list[tuple[str, int]]]:
    """Whose row is whose: by file name, the kind and key of the line behind every row of `tabel_pohon`, in order."""
    indikator = list(_indikator(rencana))
    program = list(_program(rencana))
    hasil = [("keluaran", k.pk) for p in program for k in p.hasil.all()]
    hasil += [("keluaran", k.pk) for p in program for keg in p.kegiatan.all() for k in keg.keluaran.all()]
    return {
        berkas(bentuk.TUJUAN): [("indikator", i.pk) for i in indikator],
        berkas(bentuk.IKU): [("indikator", i.pk) for i in indikator if i.iku],
        berkas(bentuk.PENDANAAN): [("kegiatan", k.pk) for p in program for k in p.kegiatan.all()],
        berkas(bentuk.TARGET): hasil,
    }
