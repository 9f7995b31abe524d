"""The planner's and the leaders' page: one period, running or frozen, and the years around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.grafik import Grafik
from ikm.cakupan import anggota
from ikm.deret import TitikDeret, deret_periode, deret_tahunan, titik_hasil
from ikm.enums import JenisPeriode, ModeBobot
from ikm.halaman import gambar
from ikm.kata import kalimat
from ikm.models import Edisi, HasilLama, Komentar, Periode
from ikm.rumus import Peringatan
from ikm.services.penandaan import perlu_dilihat
from ikm.statistik import hasil_periode


@dataclass(frozen=True, slots=True)
class Kartu:
    """The figure at the top: index, grade, by which measure, against which target."""

    ikm: str
    mutu: str
    kinerja: str
    ukuran: str
    mode: str
    target: str
    sasaran_tercapai: bool | None


@dataclass(frozen=True, slots=True)
class Dasbor:
    """All that the page prints; `hasil` is the result as the API and the book have it."""

    periode: Periode
    pilihan: list[Periode]
    hasil: dict[str, Any]
    kartu: Kartu | None
    edisi: int | None
    peringatan: list[str]
    tahunan: Grafik
    tren: Grafik | None
    unsur: Grafik | None
    sebaran: Grafik | None
    bagian: list[Grafik]
    bobot: list[dict[str, Any]]
    perlu_dilihat: int
    komentar: int

    @property
    def sementara(self) -> bool:
        """No signed edition yet: the figure moves with every answer."""
        return self.edisi is None


def pilih_periode(kode: str) -> Periode | None:
    """The period of the address; without one the gathering period that began last, else the newest."""
    semua = Periode.objects.select_related("instrumen")
    if kode:
        return semua.filter(kode=kode).first()
    return semua.filter(mengumpulkan=True).order_by("-mulai").first() or semua.order_by("-mulai").first()


def susun(periode: Periode) -> Dasbor:
    """The page of one period. A frozen one shows its newest signed edition, not what the counts say today."""
    edisi = Edisi.objects.filter(periode=periode, disahkan_pada__isnull=False).order_by("-nomor").first()
    hasil = edisi.hasil if edisi else hasil_periode(periode)
    ada = not hasil.get("ditahan") and bool(hasil.get("ikm"))
    tren = _tren(periode, hasil, sementara=edisi is None)
    bagian = anggota(periode)
    return Dasbor(
        periode=periode,
        pilihan=list(Periode.objects.order_by("-mulai", "selesai")[:40]),
        hasil=hasil,
        kartu=kartu(hasil) if ada else None,
        edisi=edisi.nomor if edisi else None,
        peringatan=_peringatan(hasil),
        tahunan=gambar.garis_indeks(
            "grafik-tahunan", _("Indeks dan target tiap tahun"), deret_tahunan(), kolom=_("Tahun")
        ),
        tren=gambar.garis_indeks("grafik-tren", _judul_tren(tren), tren, kolom=_("Periode"))
        if len(tren) > 1
        else None,
        unsur=gambar.batang_unsur(hasil) if ada else None,
        sebaran=gambar.sebaran(hasil) if ada else None,
        bagian=bagian_hasil(hasil) if ada else [],
        bobot=[
            {**i, "bobot": i["bobot"].replace(".", ","), "resmi": mode == hasil["mode_bobot"]}
            for mode, i in hasil.get("indeks", {}).items()
        ],
        perlu_dilihat=perlu_dilihat(bagian).count(),
        komentar=Komentar.objects.filter(periode__in=bagian).count(),
    )


def kartu(hasil: dict[str, Any]) -> Kartu:
    """The card of a result. A target that was set for another instrument is shown, but never judged by."""
    target = hasil.get("target")
    sebanding = target is not None and target["instrumen"] == hasil["instrumen"]["kode"]
    return Kartu(
        ikm=hasil["ikm"],
        mutu=hasil["mutu"],
        kinerja=hasil["kinerja"],
        ukuran=hasil["instrumen"]["nama"],
        mode=str(ModeBobot(hasil["mode_bobot"]).label),
        target=target["nilai"] if target else "",
        sasaran_tercapai=Decimal(hasil["ikm"]) >= Decimal(target["nilai"]) if target and sebanding else None,
    )


def bagian_hasil(hasil: dict[str, Any]) -> list[Grafik]:
    """Charts by group, service and channel; a dimension with a single unnamed group says nothing."""
    judul = {
        "kelompok": _("Indeks tiap kelompok izin"),
        "layanan": _("Indeks tiap layanan"),
        "saluran": _("Indeks tiap cara menjawab"),
    }
    return [
        gambar.batang_bagian(f"grafik-{d}", kata, hasil[d])
        for d, kata in judul.items()
        if any(g["kunci"] for g in hasil[d])
    ]


def _tren(periode: Periode, hasil: dict[str, Any], *, sementara: bool) -> list[TitikDeret]:
    """Signed semesters, and this one after them while it runs."""
    deret = deret_periode()
    if sementara and periode.jenis == JenisPeriode.SEMESTER and hasil.get("ikm"):
        target = HasilLama.objects.filter(tahun=periode.selesai.year).values_list("target", flat=True).first()
        deret.append(replace(titik_hasil(hasil, periode.kode, target, sumber=""), sementara=True))
    return deret


def _judul_tren(deret: list[TitikDeret]) -> str:
    sementara = bool(deret) and deret[-1].sementara
    return _("Indeks tiap semester; titik terakhir sementara") if sementara else _("Indeks tiap semester")


def _peringatan(hasil: dict[str, Any]) -> list[str]:
    kata = [kalimat(Peringatan(p["kode"], p["rinci"])) for p in hasil.get("peringatan", [])]
    if lain := hasil["periode"]["berinstrumen_lain"]:
        kata.append(_("Jawaban %(kode)s memakai instrumen lain dan tidak digabung.") % {"kode": ", ".join(lain)})
    return kata
