"""The alerts of a quarter in words, each with the way to where it is mended, for who reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Peran
from accounts.models import Akun
from core.kalender import kalender_berlaku
from core.waktu import sekarang
from renstra import angka, peringatan
from renstra.dasbor import Angka, Baris, Tabel
from renstra.dasbor_rencana import DasborRencana
from renstra.enums import MANUAL
from renstra.laporan.e81 import ROMAWI
from renstra.models import Potret, TabelCetak, Target
from renstra.periksa.kondisi import kondisi_akhir
from renstra.periksa.temuan import Temuan
from renstra.peringatan import Aturan, Peringatan, Triwulan
from renstra.services.realisasi import PELAPOR
from renstra.sumber import Masa
from renstra.susunan import rencana_bertabel, tabel_rencana

JUDUL: Final[dict[Aturan, str | Promise]] = {
    Aturan.BELUM_DILAPORKAN: gettext_lazy("Triwulan belum dilaporkan"),
    Aturan.BELUM_DISAHKAN: gettext_lazy("Triwulan belum disahkan"),
    Aturan.PREDIKAT: gettext_lazy("Predikat perlu perhatian"),
    Aturan.SERAPAN: gettext_lazy("Serapan jauh mendahului capaian"),
    Aturan.TARGET: gettext_lazy("Target nol atau bukan angka"),
    Aturan.KONDISI_AKHIR: gettext_lazy("Kondisi akhir tidak cocok dengan target tahunan"),
}


@dataclass(frozen=True, slots=True)
class ButirPeringatan:
    """One alert: what it is about, the figure, and the act that leads to where it is mended."""

    hal: str
    rincian: str
    tautan: str
    laku: str


@dataclass(frozen=True, slots=True)
class KelompokPeringatan:
    """All alerts of one rule."""

    kode: str
    judul: str | Promise
    aturan: str
    butir: list[ButirPeringatan]


class HalamanPeringatan:
    """The alerts of the dashboard's quarter as `orang` sees them. A fixed number of queries."""

    def __init__(self, d: DasborRencana, orang: Akun) -> None:
        self.d, self.orang = d, orang

    def kelompok(self) -> list[KelompokPeringatan]:
        """The rules that found something, in their order."""
        semua = self._semua()
        return [
            KelompokPeringatan(a.value, JUDUL[a], self._aturan(a), [self._butir(p) for p in semua if p.aturan == a])
            for a in Aturan
            if any(p.aturan == a for p in semua)
        ]

    def _semua(self) -> list[Peringatan]:
        d, batas = self.d, self.d.batas
        ukur = d.ukur(self._target_cetak())
        return [
            *peringatan.triwulan_terlambat(self._triwulan(), batas.hari_lapor),
            *peringatan.predikat_perlu_perhatian(ukur, d.akhir, batas.perhatian),
            *peringatan.serapan_mendahului((k.titik for k in d.kegiatan), batas.selisih),
            *peringatan.target_tak_terukur(ukur),
            *peringatan.kondisi_akhir_beda(self._temuan()),
        ]

    def _target_cetak(self) -> dict[int, str]:
        pk = [k.pk for k in self.d.keluaran.values()]
        daftar = Target.objects.filter(keluaran__in=pk, tahun=self.d.masa.tahun)
        return {t: teks for t, teks in daftar.values_list("keluaran_id", "teks") if t is not None}

    def _temuan(self) -> list[Temuan]:
        rencana = self.d.h.rencana
        if not TabelCetak.objects.filter(rencana=rencana).exists():
            return []
        return kondisi_akhir(tabel_rencana(rencana)).temuan

    def _triwulan(self) -> list[Triwulan]:
        tahun, indeks, kini = self.d.masa.tahun, kalender_berlaku().indeks, sekarang()
        daftar = Potret.objects.filter(rencana=self.d.h.rencana, tahun=tahun).order_by("edisi")
        sah = {p.triwulan: p.disahkan_pada is not None for p in daftar.only("triwulan", "disahkan_pada")}
        hasil = []
        for n in range(1, self.d.masa.triwulan + 1):
            akhir = Masa(tahun, n).triwulan_ini.rentang[1]
            lewat = indeks(kini) - indeks(akhir) if kini >= akhir else -1
            hasil.append(Triwulan(n, lewat, n in sah or self._dilaporkan(n), sah.get(n, False)))
        return hasil

    def _dilaporkan(self, n: int) -> bool:
        """Whether somebody reported anything by hand; what the portal computes by itself is no report."""
        pasangan = ((b["sumber"] == MANUAL, b["triwulan"][n - 1]) for b in self.d.isi)
        return any((tangan and p["k"] is not None) or p["rp"] is not None for tangan, p in pasangan)

    # --- words ------------------------------------------------------------------------------------------------------

    def _aturan(self, a: Aturan) -> str:
        """The limit that was passed."""
        b = self.d.batas
        hari = _("Lebih dari %(n)d hari kerja sesudah triwulan berakhir.") % {"n": b.hari_lapor}
        return {
            Aturan.BELUM_DILAPORKAN: hari,
            Aturan.BELUM_DISAHKAN: hari,
            Aturan.PREDIKAT: _("Predikat %(daftar)s.") % {"daftar": ", ".join(b.perhatian)},
            Aturan.SERAPAN: _("Serapan lebih dari %(n)d poin di atas capaian.") % {"n": b.selisih},
            Aturan.TARGET: _("Capaiannya tidak dapat dihitung."),
            Aturan.KONDISI_AKHIR: _("Dari pemeriksaan tabel rencana."),
        }[a]

    def _butir(self, p: Peringatan) -> ButirPeringatan:
        return _BUTIR[p.aturan](self, p)

    def _belum_dilaporkan(self, p: Peringatan) -> ButirPeringatan:
        boleh = self.orang.berperan(*PELAPOR)
        alamat = (
            reverse("renstra_evaluasi_catat", args=[self.d.masa.tahun, p.kunci]) if boleh else self.d.e81(p.kunci)
        )
        return ButirPeringatan(*self._masa(p), alamat, _("Catat realisasi") if boleh else _("Buka triwulan"))

    def _belum_disahkan(self, p: Peringatan) -> ButirPeringatan:
        return ButirPeringatan(*self._masa(p), self.d.e81(p.kunci), _("Buka triwulan"))

    def _masa(self, p: Peringatan) -> tuple[str, str]:
        hal = _("Triwulan %(tw)s %(tahun)s") % {"tw": ROMAWI[p.kunci - 1], "tahun": self.d.masa.tahun}
        return hal, _("berakhir %(n)s hari kerja lalu") % {"n": angka.tulis(int(p.nilai or 0))}

    def _predikat(self, p: Peringatan) -> ButirPeringatan:
        assert isinstance(p.nilai, Decimal)  # noqa: S101 the rule gives the achievement, for the type checker
        rincian = f"{angka.tulis_persen(p.nilai)}, {p.tambahan}"
        return ButirPeringatan(p.hal, rincian, self._baris(p), _("Lihat angkanya"))

    def _serapan(self, p: Peringatan) -> ButirPeringatan:
        assert isinstance(p.nilai, Decimal)  # noqa: S101 the same
        rincian = _("%(n)s poin di atas capaian") % {"n": angka.tulis(p.nilai)}
        return ButirPeringatan(p.hal, rincian, self.d.e81(self.d.masa.triwulan), _("Buka Formulir E.81"))

    def _target(self, p: Peringatan) -> ButirPeringatan:
        rincian = _("target %(tahun)s: %(teks)s") % {"tahun": self.d.masa.tahun, "teks": p.tambahan or "-"}
        if p.kunci and self.orang.berperan(Peran.ADMIN) and self.orang.is_staff:
            return ButirPeringatan(
                p.hal, rincian, reverse("admin:renstra_keluaran_change", args=[p.kunci]), _("Ubah target")
            )
        return ButirPeringatan(p.hal, rincian, self._baris(p), _("Lihat angkanya"))

    def _kondisi_akhir(self, p: Peringatan) -> ButirPeringatan:
        rincian = _("tercetak %(a)s, seharusnya %(b)s") % {"a": p.nilai or "-", "b": p.tambahan or "-"}
        bertabel = rencana_bertabel() == self.d.h.rencana
        alamat = reverse("renstra", query={"aturan": "kondisi_akhir"}) if bertabel else ""
        return ButirPeringatan(p.hal, rincian, alamat, _("Lihat temuan"))

    def _baris(self, p: Peringatan) -> str:
        return self.d.e81(self.d.masa.triwulan, f"asal-{p.kunci}" if p.kunci else "e81")


_BUTIR: Final[dict[Aturan, Callable[[HalamanPeringatan, Peringatan], ButirPeringatan]]] = {
    Aturan.BELUM_DILAPORKAN: HalamanPeringatan._belum_dilaporkan,
    Aturan.BELUM_DISAHKAN: HalamanPeringatan._belum_disahkan,
    Aturan.PREDIKAT: HalamanPeringatan._predikat,
    Aturan.SERAPAN: HalamanPeringatan._serapan,
    Aturan.TARGET: HalamanPeringatan._target,
    Aturan.KONDISI_AKHIR: HalamanPeringatan._kondisi_akhir,
}


def tabel(kelompok: list[KelompokPeringatan]) -> Tabel:
    """The alerts for the files."""
    baris = [Baris(str(k.judul), [Angka(b.hal, None), Angka(b.rincian, None)]) for k in kelompok for b in k.butir]
    return Tabel(
        "peringatan", _("Yang perlu diperhatikan"), [_("Peringatan"), _("Hal"), _("Rincian")], baris, berkata=True
    )
