"""The forms of a year's work plan (Renja): T-C.29, T-C.30, T-C.33. Year n is the year that is planned.

What the portal does not know (NSPK, IKK, projections, source of funds) stands as an empty column that says who
fills it. Columns: renstra_rules.md section 1; Permendagri 86/2017 (recalled).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from core.lembar import Sel
from renstra.evaluasi import sebagai_data, susun
from renstra.laporan import lampiran, tc
from renstra.laporan.bahan import (
    Bahan,
    Baris,
    angka,
    bahan_bila,
    jumlah_kegiatan,
    kunci,
    menurut_kunci,
    pertama,
    tanpa_keluaran,
)
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel, bersatuan
from renstra.models import Kegiatan, Rencana

_LUAR: Final = "Tahun {tahun} di luar {rencana}; kolomnya kosong."
_URAIAN: Final = Kolom("Program dan kegiatan", lebar=40)
_UKURAN: Final = Kolom("Indikator (satuan)", lebar=36)


def nama(b: Baris) -> list[Sel]:
    """Code and words of a programme or activity, on its first line only."""
    return [b["kode"], b["uraian"]] if pertama(b) else ["", ""]


def ukuran(b: Baris) -> str:
    """The indicator with its unit."""
    return bersatuan(b["indikator"], b["satuan"])


def _luar(rencana: Rencana, *tahun: int) -> list[str]:
    return [_LUAR.format(tahun=t, rencana=rencana.nama) for t in tahun if t not in rencana.tahun]


def _angka(b: Baris | None, kolom: str, sisi: str = "k") -> Decimal | None:
    return angka(b[kolom][sisi]) if b else None


def _dasar(daftar: Sequence[Bahan | None]) -> str:
    return "; ".join(b.dari for b in daftar if b) or "rencana"


def tc_29(rencana: Rencana, tahun: int) -> Buku:
    """T-C.29 (Tabel 2.1 of Renja n): what Renja n-2 achieved, and how far the plan has come with year n-1."""
    lalu, kini = bahan_bila(rencana, tahun - 2), bahan_bila(rencana, tahun - 1)
    sebelum, sekarang = menurut_kunci(lalu), menurut_kunci(kini)
    semua = (kini or lalu or Bahan(rencana_data(rencana, tahun), "", sah=False)).baris
    baris: list[Sequence[Sel]] = []
    for b in semua:
        a, c = sebelum.get(kunci(b)), sekarang.get(kunci(b))
        dua_lalu = [_angka(a, k) for k in ("sampai_lalu", "target", "realisasi", "capaian")]
        berjalan = [_angka(c, k) for k in ("target", "sampai_kini", "capaian_renstra")]
        baris.append([*nama(b), ukuran(b), _angka(b, "target_akhir"), *dua_lalu, *berjalan, ""])
    dua_tahun, sampai = f"Renja tahun {tahun - 2}", f"Renstra sampai tahun berjalan ({tahun - 1})"
    kolom = [
        Kolom("Kode"),
        _URAIAN,
        _UKURAN,
        Kolom(f"Target Renstra pada akhir masa ({rencana.tahun_akhir})", angka=True, kosong="-"),
        Kolom(f"Realisasi Renstra sampai tahun {tahun - 3}", angka=True, kosong="-"),
        Kolom("Target Renja", dua_tahun, angka=True, kosong="-"),
        Kolom("Realisasi Renja", dua_tahun, angka=True, kosong="-"),
        Kolom("Tingkat realisasi (%)", dua_tahun, angka=True, desimal=2, kosong="n/a"),
        Kolom(f"Target Renja tahun berjalan ({tahun - 1})", angka=True, kosong="-"),
        Kolom("Realisasi", sampai, angka=True, kosong="-"),
        Kolom("Tingkat capaian (%)", sampai, angka=True, desimal=2, kosong="n/a"),
        Kolom("Catatan", lebar=20),
    ]
    catatan = [
        "Kolom 10 dan 11 berisi yang sudah dicatat (kolom 14 dan 15 Formulir E.81). Selama tahun berjalan belum "
        "berakhir, perkiraannya ditulis perencana. Kolom 12 diisi tangan.",
        *_luar(rencana, tahun - 2, tahun - 1),
    ]
    tabel = Tabel(
        "T-C.29",
        f"T-C.29 Rekapitulasi evaluasi Renja dan pencapaian Renstra sampai tahun {tahun - 1}",
        kolom,
        baris,
        sumber=_dasar([lalu, kini]),
        catatan=catatan,
        kosong="Rencana ini belum memuat indikator program dan kegiatan.",
        bernomor=True,
        senyap=True,
    )
    return _buku(rencana, tahun, tabel, semua, _belum([lalu, kini]))


def _belum(daftar: Sequence[Bahan | None]) -> list[str]:
    """A sentence where nothing was reported in any of these years."""
    ada = any(b.terlapor for b in daftar if b)
    return [] if ada else ["Belum ada realisasi yang dicatat untuk tahun-tahun ini."]


def _buku(rencana: Rencana, tahun: int, tabel: Tabel, baris: Sequence[Baris], paragraf: Sequence[str] = ()) -> Buku:
    bagian = Bagian("formulir", "", paragraf=paragraf, tabel=[tabel])
    buku = Buku(tabel.judul, f"Renja {tahun}, {rencana.nama}", [bagian], mendatar=True)
    return lampiran.lengkapi(buku, [(b["indikator"], b.get("sumber", "")) for b in baris])


def rencana_data(rencana: Rencana, tahun: int) -> dict[str, Any]:
    """The lines of a year as the plan has them now, whether anything was reported or not."""
    return sebagai_data(susun(rencana, tahun, 4))


def tc_30(rencana: Rencana, tahun: int) -> Buku:
    """T-C.30 (Tabel 2.2 of Renja n): targets of n-2 to n+1, what was achieved in n-2 and n-1."""
    urut = {t: ke for ke, t in enumerate(rencana.tahun)}
    capai = tc.capai_rencana(rencana)
    target, realisasi = range(tahun - 2, tahun + 2), range(tahun - 2, tahun)
    baris: list[Sequence[Sel]] = [
        [
            n,
            bersatuan(c.nama, c.satuan),
            "",
            "",
            *(c.target[urut[t]] if t in urut else None for t in target),
            *(c.realisasi[urut[t]] if t in urut else None for t in realisasi),
            "",
            "",
            "",
        ]
        for n, c in enumerate(capai, start=1)
    ]
    kolom = [
        Kolom("No", angka=True),
        _UKURAN,
        Kolom("NSPK"),
        Kolom("IKK"),
        *(Kolom(str(t), "Target Renstra", angka=True, kosong="-") for t in target),
        *(Kolom(str(t), "Realisasi capaian", angka=True, kosong="-") for t in realisasi),
        *(Kolom(str(t), "Proyeksi", angka=True) for t in (tahun, tahun + 1)),
        Kolom("Catatan analisis", lebar=24),
    ]
    ada = any(b[n] is not None for b in baris for n in (8, 9))
    tabel = Tabel(
        "T-C.30",
        f"T-C.30 Pencapaian kinerja pelayanan untuk Renja {tahun}",
        kolom,
        baris,
        sumber=f"{rencana.nama}; realisasi yang dicatat dan dihitung portal",
        catatan=[
            "Kolom 3 dan 4 (norma, standar, prosedur, kriteria, dan indikator kinerja kunci), 11 dan 12 (proyeksi), "
            "dan 13 diisi tangan: portal tidak menyimpannya.",
            *_luar(rencana, *target),
        ],
        kosong="Rencana ini belum memuat indikator.",
        bernomor=True,
        senyap=True,
    )
    buku = Buku(
        tabel.judul,
        f"Renja {tahun}, {rencana.nama}",
        [Bagian("formulir", "", paragraf=[] if ada else _belum([]), tabel=[tabel])],
        mendatar=True,
    )
    return lampiran.lengkapi(buku, lampiran.dari_rencana(rencana))


def tc_33(rencana: Rencana, tahun: int) -> Buku:
    """T-C.33: programmes and activities of year n with their money, and the forward estimate of n+1."""
    kini = Bahan(rencana_data(rencana, tahun), rencana.nama, sah=False)
    maju = Bahan(rencana_data(rencana, tahun + 1), "", sah=False) if tahun + 1 in rencana.tahun else None
    depan = menurut_kunci(maju)
    lokasi = dict(Kegiatan.objects.filter(program__rencana=rencana).order_by("pk").values_list("nama", "lokasi"))
    baris: list[Sequence[Sel]] = []
    for b in kini.baris:
        c = depan.get(kunci(b))
        tempat = lokasi.get(b["uraian"], "") if b["tingkat"] == "kegiatan" and pertama(b) else ""
        tahun_ini: list[Sel] = [_angka(b, "target"), _uang(b)]
        tahun_depan: list[Sel] = [_angka(c, "target"), _uang(c) if c else None if pertama(b) else ""]
        baris.append([*nama(b), ukuran(b), tempat, *tahun_ini, "", "", *tahun_depan])
    kaki = 1 if baris else 0
    if baris:
        rp = [jumlah_kegiatan(satu.baris, "target") if satu else None for satu in (kini, maju)]
        baris.append(["", "Jumlah", "", "", "", rp[0], "", "", "", rp[1]])
    kelompok, prakiraan = f"Rencana tahun {tahun}", f"Prakiraan maju tahun {tahun + 1}"
    kolom = [
        Kolom("Kode"),
        _URAIAN,
        _UKURAN,
        Kolom("Lokasi", kelompok, lebar=16),
        Kolom("Target", kelompok, angka=True, kosong="-"),
        Kolom("Pagu indikatif (Rp)", kelompok, angka=True, desimal=0, kosong="-"),
        Kolom("Sumber dana", kelompok),
        Kolom("Catatan penting", lebar=20),
        Kolom("Target", prakiraan, angka=True, kosong="-"),
        Kolom("Pagu indikatif (Rp)", prakiraan, angka=True, desimal=0, kosong="-"),
    ]
    tabel = Tabel(
        "T-C.33",
        f"T-C.33 Rumusan rencana program dan kegiatan tahun {tahun}",
        kolom,
        baris,
        kaki=kaki,
        sumber=rencana.nama,
        catatan=[
            "Pagu program adalah jumlah pagu kegiatannya, dan tidak dijumlahkan lagi. Kolom 7 dan 8 diisi tangan: "
            "portal tidak menyimpannya.",
            *tanpa_keluaran(rencana, tahun),
            *_luar(rencana, tahun + 1),
        ],
        kosong="Rencana ini belum memuat program dan kegiatan.",
        bernomor=True,
        senyap=True,
    )
    return _buku(rencana, tahun, tabel, kini.baris)


def _uang(b: Baris) -> Sel:
    """Money of a line: its number on the first of an activity, nothing on the others; no budget is a dash."""
    return (_angka(b, "target", "rp") or None) if pertama(b) else ""
