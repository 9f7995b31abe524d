"""The survey index of a half year on a card, against the target that the plan has for its year.

The index is that of the signed edition, else what is counted so far; its grade belongs to its own instrument, so
instrument and weight mode stand beside it (renstra_rules.md section 5 no. 1; ikm.md section 7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.bilangan import tulis
from core.grafik import Grafik, Titik, garis
from ikm.deret import deret_tahunan
from ikm.enums import ModeBobot
from ikm.models import Edisi, Periode
from ikm.statistik import hasil_periode
from renstra.iku import KartuIku, kartu
from renstra.models import Rencana
from renstra.sumber import Masa


@dataclass(frozen=True, slots=True)
class KartuIkm:
    """The card; `nilai` None where no period is open, nobody answered, or too few did (`ditahan`)."""

    kode: str  # 2026-S1
    ada: bool
    ditahan: bool
    nilai: Decimal | None
    mutu: str
    kinerja: str
    instrumen: str
    bobot: str | Promise
    edisi: int | None
    target: Decimal | None
    iku: KartuIku | None
    grafik: Grafik | None

    @property
    def teks(self) -> str:
        return "-" if self.nilai is None else tulis(self.nilai)

    @property
    def teks_target(self) -> str:
        return "-" if self.target is None else tulis(self.target)

    @property
    def tercapai(self) -> bool | None:
        """Whether the target is reached; None where one of the two is missing."""
        return None if self.nilai is None or self.target is None else self.nilai >= self.target

    @property
    def tautan(self) -> str:
        """The page of the period."""
        return reverse("ikm_dasbor", query={"periode": self.kode}) if self.ada else ""

    @property
    def tautan_buku(self) -> str:
        """The period's book as PDF."""
        return reverse("ikm_buku", args=["pdf"], query={"periode": self.kode}) if self.ada else ""


def susun(rencana: Rencana, masa: Masa) -> KartuIkm:
    """The card of the half year in which the quarter lies."""
    kode = f"{masa.tahun}-S{(masa.triwulan + 1) // 2}"
    periode = Periode.objects.filter(kode=kode).first()
    sah = _sah(periode)
    hasil: dict[str, Any] = sah.hasil if sah else hasil_periode(periode) if periode else {}
    nilai = Decimal(hasil["ikm"]) if hasil.get("ikm") else None
    iku = next(iter(kartu(rencana)), None)
    target = {t.tahun: t.nilai for t in iku.target} if iku else {}
    return KartuIkm(
        kode=kode,
        ada=periode is not None,
        ditahan=bool(hasil.get("ditahan")),
        nilai=nilai,
        mutu=hasil.get("mutu", ""),
        kinerja=hasil.get("kinerja", ""),
        instrumen=hasil["instrumen"]["nama"] if hasil else "",
        bobot=ModeBobot(hasil["mode_bobot"]).label if hasil else "",
        edisi=sah.nomor if sah else None,
        target=target.get(masa.tahun),
        iku=iku,
        grafik=_grafik(target, kode, nilai, hasil) if target else None,
    )


def _sah(periode: Periode | None) -> Edisi | None:
    if periode is None:
        return None
    return Edisi.objects.filter(periode=periode, disahkan_pada__isnull=False).order_by("-nomor").first()


def _grafik(target: dict[int, Decimal], kode: str, nilai: Decimal | None, hasil: dict[str, Any]) -> Grafik:
    """The plan's target line with each year's signed index on it, and the half year of the card in its year."""
    tahunan = {t.label: t for t in deret_tahunan()}
    titik: list[Titik] = []
    for tahun, sasaran in sorted(target.items()):
        satu = tahunan.get(str(tahun))
        ada = satu.nilai if satu else None
        tahun_kartu = nilai is not None and kode.startswith(f"{tahun}-")
        if tahun_kartu:
            titik.append(Titik(kode, nilai, tulis(nilai), sasaran, tulis(sasaran), hasil["instrumen"]["nama"]))
        if ada is not None or not tahun_kartu:
            kata = tulis(ada) or _("belum ada")
            titik.append(Titik(str(tahun), ada, kata, sasaran, tulis(sasaran), satu.ruas if satu else ""))
    titik = _sambung_ruas(titik)
    semua = [x for t in titik for x in (t.nilai, t.sasaran) if x is not None]
    dari, sampai = min(semua) // 5 * 5, min(max(semua) // 5 * 5 + 5, Decimal(105))
    return garis(
        "ikm-target",
        _("Indeks kepuasan terhadap target rencana"),
        titik,
        dari=dari,
        sampai=sampai,
        garis_bantu=[(n, str(n)) for n in range(int(dari), int(sampai) + 1, 5)],
        kolom=(_("Tahun atau semester"), _("Indeks"), _("Target")),
    )


def _sambung_ruas(titik: list[Titik]) -> list[Titik]:
    """A year without an index changes no measure: it belongs to the stretch before it, else to the first one."""
    kini = next((t.ruas for t in titik if t.ruas), "")
    hasil = []
    for t in titik:
        kini = t.ruas or kini
        hasil.append(replace(t, ruas=kini))
    return hasil
