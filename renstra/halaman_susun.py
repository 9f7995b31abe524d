"""The planner's draft on a page: its outline, its findings by line, what has to be done before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Akun
from renstra.angka import tulis
from renstra.banding import JenisUbahan, Ubahan, banding
from renstra.cetak.isi import kepala_kolom
from renstra.enums import StatusRencana
from renstra.kata import ATURAN
from renstra.models import Indikator, JejakEdisi, Kegiatan, Keluaran, Program, Rencana, Tujuan
from renstra.periksa import Temuan
from renstra.pohon import pemilik
from renstra.services.edisi import PENERBIT, PENYUSUN, versi_ajuan
from renstra.susunan import tabel_rencana
from renstra.tabel import TabelRencana
from renstra.temuan_edisi import LAPORAN_TERTINGGAL, TemuanEdisi, kekurangan, temuan_edisi

_LAPORAN = gettext_lazy("Laporan tertinggal")
#: Look and word of the kinds of changes.
UBAHAN: dict[JenisUbahan, tuple[str, str | Promise]] = {
    JenisUbahan.TAMBAH: ("hijau centang", gettext_lazy("Ditambah")),
    JenisUbahan.HAPUS: ("merah silang", gettext_lazy("Dihapus")),
    JenisUbahan.UBAH: ("biru pensil", gettext_lazy("Diubah")),
}


def keadaan(rencana: Rencana) -> tuple[str, str | Promise]:
    """Look and word of where an edition stands."""
    if rencana.status == StatusRencana.DRAF:
        menunggu = rencana.diajukan_pada is not None
        return ("hampir jam", _("Menunggu diterbitkan")) if menunggu else ("netral pensil", _("Draf"))
    if rencana.status == StatusRencana.BERLAKU:
        return "hijau centang", _("Berlaku")
    return "abu strip", _("Diganti")


def kalimat_temuan(t: Temuan) -> str:
    """A finding as one sentence, as short as it can be said."""
    if t.aturan == LAPORAN_TERTINGGAL:
        return f"{t.lokasi.baris}: {t.keterangan}"
    if t.aturan == "kondisi_akhir" and t.lokasi.kolom != "kondisi_akhir_tercetak":
        pola = _("Kondisi akhir %(a)s, jumlah target %(b)s.")
        if "jumlah target" not in t.keterangan:
            pola = _("Kondisi akhir %(a)s, target tahun terakhir %(b)s.")
        return pola % {"a": t.tercetak or "-", "b": t.hitung_ulang}
    kolom = kepala_kolom(t.lokasi.kolom)
    return f"{ATURAN[t.aturan]}, {kolom}: {t.tercetak or '-'}. {t.keterangan}"


@dataclass(frozen=True, slots=True)
class BarisUkuran:
    """One indicator or output with its numbers in words and its findings."""

    nama: str
    satuan: str
    angka: list[str]
    temuan: list[str]


@dataclass(frozen=True, slots=True)
class Simpul:
    """One line of the outline; `alamat` edits it, `tambah` adds below it (empty: not for this person or edition)."""

    judul: str
    keterangan: str = ""
    alamat: str = ""
    tambah: str = ""
    tambah_kata: str = ""
    ukuran: list[BarisUkuran] = field(default_factory=list)
    pagu: list[str] = field(default_factory=list)
    temuan: list[str] = field(default_factory=list)
    anak: list[Simpul] = field(default_factory=list)

    @property
    def banyak_temuan(self) -> int:
        """Findings of the line and its measures."""
        return len(self.temuan) + sum(len(u.temuan) for u in self.ukuran)


@dataclass(frozen=True, slots=True)
class BarisUbahan:
    """A change with its look."""

    isi: Ubahan
    rupa: str
    kata: str | Promise


class HalamanDraf:
    """One edition as `orang` sees it on the pages for making a plan."""

    def __init__(self, rencana: Rencana, orang: Akun) -> None:
        self.rencana, self.orang = rencana, orang
        self.rupa, self.kata = keadaan(rencana)
        self.tahun = list(rencana.tahun)
        self.kolom = [_("Kondisi awal"), *(str(t) for t in self.tahun), _("Kondisi akhir")]

    @property
    def boleh_ubah(self) -> bool:
        return self.rencana.dapat_diubah and self.orang.berperan(*PENYUSUN)

    @property
    def boleh_tarik(self) -> bool:
        return self.diajukan and self.orang.berperan(*PENYUSUN)

    @property
    def boleh_terbitkan(self) -> bool:
        bukan = {self.rencana.disusun_oleh_id, self.rencana.diajukan_oleh_id}
        return self.diajukan and self.orang.berperan(*PENERBIT) and self.orang.pk not in bukan

    @property
    def diajukan(self) -> bool:
        return self.rencana.status == StatusRencana.DRAF and self.rencana.diajukan_pada is not None

    @property
    def draf(self) -> bool:
        """Not yet published."""
        return self.rencana.status == StatusRencana.DRAF

    @property
    def versi(self) -> str:
        return versi_ajuan(self.rencana)

    def alamat(self, nama: str, *bagian: int) -> str:
        """Address of a page or act of this edition."""
        return reverse(f"renstra_susun_{nama}", args=[self.rencana.kode, self.rencana.edisi, *bagian])

    @cached_property
    def temuan(self) -> list[TemuanEdisi]:
        return temuan_edisi(self.rencana, self.tabel)

    @cached_property
    def tabel(self) -> TabelRencana:
        return tabel_rencana(self.rencana)

    @cached_property
    def kekurangan(self) -> list[str]:
        return kekurangan(self.rencana)

    @property
    def menahan(self) -> int:
        """Errors that are neither mended nor explained."""
        return sum(t.menahan for t in self.temuan)

    @property
    def siap(self) -> bool:
        return not self.kekurangan and not self.menahan

    @cached_property
    def jejak(self) -> list[JejakEdisi]:
        return list(JejakEdisi.objects.filter(rencana=self.rencana).select_related("oleh").order_by("pk"))

    @cached_property
    def ubahan(self) -> list[BarisUbahan]:
        return [BarisUbahan(u, *UBAHAN[u.jenis]) for u in banding(self.rencana)]

    @cached_property
    def per_baris(self) -> dict[tuple[str, int], list[str]]:
        """Sentences of findings by the kind and key of the line that they stand in."""
        isi, milik = self.tabel, pemilik(self.rencana)
        tempat = {
            (t.berkas, b.nomor): satu
            for t in isi.tabel.values()
            for b, satu in zip(t.baris, milik.get(t.berkas, []), strict=False)
        }
        hasil: dict[tuple[str, int], list[str]] = {}
        for t in self.temuan:
            sel = t.isi.sel
            if sel is not None and (satu := tempat.get((sel.berkas, sel.nomor))):
                kalimat = kalimat_temuan(t.isi)
                if kalimat not in hasil.setdefault(satu, []):
                    hasil[satu].append(kalimat)
        return hasil

    def temuan_ukuran(self, jenis: str) -> dict[int, list[str]]:
        """Findings of measures of one kind, by key."""
        return {pk: kalimat for (j, pk), kalimat in self.per_baris.items() if j == jenis}

    @cached_property
    def tujuan(self) -> list[Simpul]:
        """Aims with their objectives. A fixed number of queries."""
        daftar = Tujuan.objects.filter(rencana=self.rencana).order_by("no")
        return [
            Simpul(
                judul=_("Tujuan %(n)d") % {"n": t.no},
                keterangan=t.uraian,
                alamat=self._ubah("tujuan", t.no),
                tambah=self._ubah("sasaran", t.no, 0),
                tambah_kata=_("Tambah sasaran pada tujuan %(n)d") % {"n": t.no},
                anak=[self._sasaran(s, t.no) for s in t.sasaran.all()],
            )
            for t in daftar.prefetch_related("sasaran__indikator__target")
        ]

    def _sasaran(self, s: Any, no_tujuan: int) -> Simpul:
        ukuran = self._ukuran(s.indikator.all(), "indikator")
        alamat = self._ubah("sasaran", no_tujuan, s.no)
        return Simpul(f"{no_tujuan}.{s.no} {s.uraian}", alamat=alamat, ukuran=ukuran)

    @cached_property
    def program(self) -> list[Simpul]:
        """Programmes with their activities. A fixed number of queries."""
        daftar = Program.objects.filter(rencana=self.rencana).select_related("sasaran").order_by("no")
        terkait = ("hasil__target", "kegiatan__keluaran__target", "kegiatan__anggaran", "kegiatan__unit")
        return [self._program(p) for p in daftar.prefetch_related(*terkait)]

    def _program(self, p: Program) -> Simpul:
        return Simpul(
            judul=_("Program %(n)d: %(nama)s") % {"n": p.no, "nama": p.nama},
            keterangan=_("Mendukung: %(s)s") % {"s": p.sasaran.uraian} if p.sasaran else "",
            alamat=self._ubah("program", p.no),
            tambah=self._ubah("kegiatan", p.no, 0),
            tambah_kata=_("Tambah kegiatan pada program %(n)d") % {"n": p.no},
            ukuran=self._ukuran(p.hasil.all(), "keluaran"),
            anak=[self._kegiatan(k, p.no) for k in p.kegiatan.all()],
        )

    def _kegiatan(self, k: Kegiatan, no_program: int) -> Simpul:
        pagu = {a.tahun: a.pagu for a in k.anggaran.all() if a.sub_kegiatan_id is None}
        sel = [tulis(pagu[t]) if t in pagu else "-" for t in self.tahun]
        keterangan = ", ".join(x for x in (str(k.unit or ""), k.lokasi) if x)
        return Simpul(
            judul=str(k),
            keterangan=keterangan,
            alamat=self._ubah("kegiatan", no_program, k.no),
            ukuran=self._ukuran(k.keluaran.all(), "keluaran"),
            pagu=["-", *sel, tulis(sum(pagu.values()))],
            temuan=self.per_baris.get(("kegiatan", k.pk), []),
        )

    def _ubah(self, nama: str, *bagian: int) -> str:
        return self.alamat(nama, *bagian) if self.boleh_ubah else ""

    def _ukuran(self, semua: Iterable[Indikator | Keluaran], jenis: str) -> list[BarisUkuran]:
        return [BarisUkuran(u.nama, u.satuan, self._angka(u), self.per_baris.get((jenis, u.pk), [])) for u in semua]

    def _angka(self, u: Indikator | Keluaran) -> list[str]:
        target = {t.tahun: t for t in u.target.all()}
        sel = [(target[t].angka, target[t].teks) if t in target else (None, "") for t in self.tahun]
        semua: Sequence[tuple[Any, str]] = [(u.awal, u.awal_teks), *sel, (u.akhir, u.akhir_teks)]
        return [tulis(n) if n is not None else (teks or "-") for n, teks in semua]
