"""The book as a workbook in the form of the decree: numbers are numbers, nothing in it runs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from core import lembar
from core.konfigurasi import kantor
from core.lembar import Kolom, Lembar, Sel
from core.waktu import zona
from ikm.buku.isi import Buku, bagian, indeks, judul_bagian
from ikm.enums import ModeBobot

JENIS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def buku_kerja(buku: Buku) -> tuple[bytes, str]:
    """The workbook and its media type: processing per unsur, the decree's form, groups, respondents, follow-up."""
    with translation.override("id"):
        isi = lembar.xlsx(
            [_unsur(buku), _formulir(buku), *_bagian(buku), _responden(buku), _tindak_lanjut(buku)],
            dibuat=buku.pada.astimezone(zona()),
            judul=f"Buku Indeks Kepuasan Masyarakat {buku.nama}",
            penyusun=kantor().nama,
        )
    return isi, JENIS


def _judul(buku: Buku, kata: str) -> list[str]:
    edisi = buku.edisi
    cap = _("KONSEP, belum disahkan") if buku.konsep or edisi is None else _("Edisi %(n)d") % {"n": edisi.nomor}
    return [kata, f"{kantor().nama}, {buku.nama}", f"{buku.hasil['instrumen']['nama']}. {cap}."]


def _formulir(buku: Buku) -> Lembar:
    """The decree's sheet: one column an unsur, under it the sum, the mean and the weighted mean."""
    kolom = [Kolom(_("Uraian"), lebar=34), *(Kolom(f"U{u.nomor}", 3, 10) for u in buku.unsur)]
    kolom += [Kolom(_("Jumlah"), 3, 12), Kolom(_("Indeks"), 2, 12)]
    nrr = [u.nrr for u in buku.unsur if u.nrr is not None]
    baris: list[list[Sel]] = [
        [_("Responden yang menjawab"), *(u.n for u in buku.unsur), None, None],
        [_("Jumlah nilai per unsur"), *(u.jumlah for u in buku.unsur), sum(u.jumlah for u in buku.unsur), None],
        [
            _("NRR per unsur (jumlah nilai dibagi responden)"),
            *(u.nrr for u in buku.unsur),
            sum(nrr, Fraction(0)),
            None,
        ],
        [
            _("NRR tertimbang (NRR kali bobot %(w)s)") % {"w": buku.bobot},
            *(u.tertimbang for u in buku.unsur),
            buku.jumlah_tertimbang,
            None,
        ],
        [_("Indeks (jumlah NRR tertimbang kali 25)"), *([None] * (len(buku.unsur) + 1)), indeks(buku)],
    ]
    catatan = [
        _("Mutu pelayanan: %(mutu)s (%(kinerja)s).") % {"mutu": buku.hasil["mutu"], "kinerja": buku.hasil["kinerja"]},
        *(
            _("%(mode)s, bobot %(bobot)s: indeks %(nilai)s, mutu %(mutu)s.")
            % {
                "mode": ModeBobot(mode).label,
                "bobot": i["bobot"].replace(".", ","),
                "nilai": i["nilai"].replace(".", ","),
                "mutu": i["mutu"],
            }
            for mode, i in buku.hasil["indeks"].items()
        ),
        *(f"U{u.nomor}: {u.nama}" for u in buku.unsur),
        *buku.peringatan,
    ]
    return Lembar(_("Formulir"), _judul(buku, _("Pengolahan data per unsur pelayanan")), kolom, baris, catatan)


def _unsur(buku: Buku) -> Lembar:
    """One row an unsur: who answered, the spread, the sum and the means."""
    kolom = [
        Kolom(_("Kode")),
        Kolom(_("Unsur pelayanan")),
        Kolom(_("Responden")),
        *(Kolom(_("Nilai %(n)d") % {"n": n}) for n in (1, 2, 3, 4)),
        Kolom(_("Jumlah nilai")),
        Kolom(_("NRR"), 3),
        Kolom(_("NRR tertimbang"), 3),
        Kolom(_("Tiga terendah")),
    ]
    baris: list[list[Sel]] = [
        [f"U{u.nomor}", u.nama, u.n, *u.cacah, u.jumlah, u.nrr, u.tertimbang, _("ya") if u.terendah else ""]
        for u in buku.unsur
    ]
    hasil = buku.hasil
    catatan = [
        _("Indeks (jumlah NRR tertimbang kali 25, dibulatkan sekali): %(ikm)s") % {"ikm": _koma(hasil["ikm"])},
        _("Mutu %(mutu)s (%(kinerja)s)") % {"mutu": hasil["mutu"], "kinerja": hasil["kinerja"]},
    ]
    return Lembar(_("Pengolahan"), _judul(buku, _("Nilai dan sebaran jawaban per unsur")), kolom, baris, catatan)


def _koma(teks: str) -> str:
    """A number of the API as people write it."""
    return teks.replace(".", ",")


def _bagian(buku: Buku) -> list[Lembar]:
    """One sheet a dimension that names anything; withheld groups have the word and no figure."""
    return [
        Lembar(
            kata,
            _judul(buku, kata),
            [
                Kolom(_("Nama")),
                Kolom(_("Responden")),
                Kolom(_("Indeks"), 2),
                Kolom(_("Mutu")),
                *(Kolom(f"U{u.nomor}", 3) for u in buku.unsur),
            ],
            [_baris_bagian(buku, g) for g in bagian(buku.hasil, dimensi)],
            [_("Ditahan: kurang dari lima jawaban, atau dapat dihitung balik dari angka lain.")],
        )
        for dimensi, kata in judul_bagian()
        if bagian(buku.hasil, dimensi)
    ]


def _baris_bagian(buku: Buku, g: dict[str, Any]) -> Sequence[Sel]:
    if g["ditahan"]:
        return [g["nama"], _("ditahan"), _("ditahan"), "", *([None] * len(buku.unsur))]
    return [g["nama"], g["n"], _angka(g["ikm"]), g["mutu"], *(_angka(g["nrr"].get(u.kode)) for u in buku.unsur)]


def _angka(teks: str | None) -> Decimal | None:
    return Decimal(teks) if teks else None


def _responden(buku: Buku) -> Lembar:
    baris: list[list[Sel]] = [
        [judul, b.nama, _("ditahan") if b.n is None else b.n] for judul, isi in buku.profil for b in isi
    ]
    kolom = [Kolom(_("Ciri")), Kolom(_("Jawaban")), Kolom(_("Responden"))]
    return Lembar(_("Responden"), _judul(buku, _("Responden menurut keterangan sendiri")), kolom, baris)


def _tindak_lanjut(buku: Buku) -> Lembar:
    kolom = [
        Kolom(_("Unsur")),
        Kolom(_("Rencana")),
        Kolom(_("Penanggung jawab")),
        Kolom(_("Batas")),
        Kolom(_("Keadaan")),
        Kolom(_("Yang sudah dikerjakan")),
        Kolom(_("NRR sebelum"), 3),
        Kolom(_("NRR sesudah"), 3),
    ]
    baris: list[list[Sel]] = [
        [
            d.rencana.unsur.nama,
            d.rencana.rencana,
            d.rencana.penanggung_jawab,
            d.rencana.batas,
            d.rencana.get_status_display(),
            d.rencana.catatan,
            d.sebelum,
            d.sesudah,
        ]
        for d in buku.rencana
    ]
    return Lembar(_("Tindak lanjut"), _judul(buku, _("Rencana tindak lanjut")), kolom, baris)
