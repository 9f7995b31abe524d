"""Closing a period: a checklist, an edition frozen by the planner, signed by somebody who leads (0032).

A signed edition never changes (the database refuses it). What turns up later opens the period again with a reason
and becomes the next edition; the differences are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.waktu import hari_ini, sekarang
from ikm.cakupan import anggota
from ikm.enums import JenisPeriode, StatusLembar, StatusPeriode
from ikm.models import Edisi, LembarKertas, Periode
from ikm.pemeriksaan import beda_periode
from ikm.services.penandaan import perlu_dilihat
from ikm.statistik import hasil_periode

PENYUSUN = (Peran.PERENCANA,)
PENGESAH = (Peran.KABID, Peran.PENANDATANGAN)


@dataclass(frozen=True, slots=True)
class ButirPeriksa:
    """One line of the checklist: what is asked, how many are open, where to settle it, and whether it blocks."""

    kode: str
    kata: str
    jumlah: int
    tautan: str = ""
    menghalangi: bool = True
    ya_tidak: bool = False

    @property
    def beres(self) -> bool:
        return self.jumlah == 0

    @property
    def sebut(self) -> str:
        """`kata` with its number, or that it is not so yet."""
        return _("%(hal)s: belum") % {"hal": self.kata} if self.ya_tidak else f"{self.kata} ({self.jumlah})"


def daftar_periksa(periode: Periode) -> list[ButirPeriksa]:
    """Everything that has to be looked at before the period is frozen; what only warns says so."""
    bagian = anggota(periode)
    lembar = LembarKertas.objects.filter(periode__in=bagian)
    tanya = f"?periode={periode.kode}"
    butir = [
        ButirPeriksa(
            "berjalan", _("Hari terakhir periode sudah lewat"), int(hari_ini() <= periode.selesai), ya_tidak=True
        ),
        ButirPeriksa(
            "entri_pertama",
            _("Lembar kertas yang baru dientri satu kali"),
            lembar.filter(status=StatusLembar.ENTRI_PERTAMA).count(),
            reverse("kertas") + "?status=entri_pertama",
        ),
        ButirPeriksa(
            "entri_beda",
            _("Lembar kertas yang dua entrinya berbeda"),
            lembar.filter(status=StatusLembar.BEDA).count(),
            reverse("kertas") + "?status=beda",
        ),
        ButirPeriksa(
            "janggal",
            _("Jawaban seragam yang belum diputuskan"),
            perlu_dilihat(bagian).count(),
            reverse("ikm_janggal") + tanya,
        ),
        ButirPeriksa(
            "hitungan", _("Sel hitungan yang berbeda dari jawabannya"), sum(len(beda_periode(p)) for p in bagian)
        ),
        ButirPeriksa(
            "patahan",
            _("Instrumen dan bobot sama dengan periode sebelumnya"),
            _patahan(periode),
            menghalangi=False,
            ya_tidak=True,
        ),
        ButirPeriksa(
            "sampel", _("Responden mencapai minimum"), _kurang_sampel(periode), menghalangi=False, ya_tidak=True
        ),
    ]
    if periode.jenis != JenisPeriode.SEMESTER and not periode.mengumpulkan:
        terbuka = sum(p.status == StatusPeriode.BUKA for p in bagian)
        butir.insert(1, ButirPeriksa("anggota", _("Periode di dalamnya yang belum ditutup"), terbuka))
    return butir


def _patahan(periode: Periode) -> int:
    """1 where the period before it used another instrument or weight: the series breaks, and charts show it."""
    lalu = Periode.objects.filter(jenis=periode.jenis, selesai__lt=periode.mulai).order_by("-mulai").first()
    if lalu is None:
        return 0
    return int((lalu.instrumen_id, lalu.mode_bobot) != (periode.instrumen_id, periode.mode_bobot))


def _kurang_sampel(periode: Periode) -> int:
    peringatan = hasil_periode(periode).get("peringatan", [])
    return sum(p["kode"] == "sampel_kurang" for p in peringatan)


def penghalang(periode: Periode) -> list[ButirPeriksa]:
    """The lines of the checklist that still keep the period open."""
    return [b for b in daftar_periksa(periode) if b.menghalangi and not b.beres]


def _pastikan_beres(periode: Periode) -> None:
    """Raises TransisiDitolak naming what the checklist still has open."""
    if halangan := penghalang(periode):
        raise TransisiDitolak(_("Belum beres: %(hal)s.") % {"hal": "; ".join(b.sebut for b in halangan)})


def susun_edisi(periode: Periode, *, oleh: Akun) -> Edisi:
    """Freeze the period's result. An edition that is not signed yet is frozen anew.

    Raises TidakBerwenang, TransisiDitolak naming what is open, or that the signed edition stands.
    """
    if not oleh.berperan(*PENYUSUN):
        raise TidakBerwenang(_("Hasil disusun oleh perencana."))
    with transaction.atomic():
        periode = _kunci(periode)
        akhir = _terakhir(periode)
        if akhir is not None and akhir.disahkan_pada is not None:
            raise TransisiDitolak(
                _("Edisi %(n)d sudah disahkan. Buka lagi dengan alasan untuk mengoreksinya.") % {"n": akhir.nomor}
            )
        _pastikan_beres(periode)
        isi = {"hasil": hasil_periode(periode), "disusun_oleh": oleh, "dibuat_pada": sekarang()}
        if akhir is None:
            return Edisi.objects.create(periode=periode, nomor=1, **isi)
        for kolom, nilai in isi.items():
            setattr(akhir, kolom, nilai)
        akhir.save(update_fields=list(isi))
    return akhir


def sahkan(edisi: Edisi, *, oleh: Akun) -> Edisi:
    """Sign an edition: the period closes and takes no more answers.

    Raises TidakBerwenang for the person who froze it, Bentrok when the figures moved since.
    """
    if not oleh.berperan(*PENGESAH):
        raise TidakBerwenang(_("Hasil disahkan oleh Kepala Bidang atau Kepala Badan."))
    with transaction.atomic():
        periode = _kunci(edisi.periode)
        edisi = Edisi.objects.select_for_update().get(pk=edisi.pk)
        if edisi.disahkan_pada is not None:
            raise Bentrok(_("Edisi ini sudah disahkan."))
        if edisi.disusun_oleh_id == oleh.pk:
            raise TidakBerwenang(_("Yang mengesahkan harus orang lain."), kode="orang_sama")
        _pastikan_beres(periode)  # a reopened period may hold sheets that nobody has counted yet
        if edisi.hasil != hasil_periode(periode):
            raise Bentrok(_("Angkanya berubah sejak edisi ini disusun. Minta perencana menyusunnya lagi."))
        edisi.disahkan_oleh, edisi.disahkan_pada = oleh, sekarang()
        edisi.save(update_fields=["disahkan_oleh", "disahkan_pada"])
        Periode.objects.filter(pk=periode.pk).update(status=StatusPeriode.DITUTUP)
    return edisi


def buka_lagi(periode: Periode, alasan: str, *, oleh: Akun) -> Edisi:
    """Open a closed period for a correction; the next edition begins as a copy of the signed one."""
    if not oleh.berperan(*PENYUSUN):
        raise TidakBerwenang(_("Periode dibuka lagi oleh perencana."))
    if not alasan.strip():
        raise IsianTidakSah(_("Tulis alasan koreksi."), {"alasan": [_("Mengapa hasil ini dikoreksi?")]})
    with transaction.atomic():
        periode = _kunci(periode)
        akhir = _terakhir(periode)
        if akhir is None or akhir.disahkan_pada is None:
            raise TransisiDitolak(_("Periode ini belum ditutup; tidak perlu dibuka lagi."))
        Periode.objects.filter(pk=periode.pk).update(status=StatusPeriode.BUKA)
        return Edisi.objects.create(
            periode=periode,
            nomor=akhir.nomor + 1,
            hasil=akhir.hasil,
            alasan=alasan.strip()[:240],
            disusun_oleh=oleh,
            dibuat_pada=sekarang(),
        )


def _kunci(periode: Periode) -> Periode:
    return Periode.objects.select_for_update().get(pk=periode.pk)


def _terakhir(periode: Periode) -> Edisi | None:
    return Edisi.objects.filter(periode=periode).order_by("nomor").last()


def beda_edisi(lama: dict[str, Any], baru: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a correction changed: name, before, after."""
    hasil = [
        (kata, str(lama.get(kunci) or "-"), str(baru.get(kunci) or "-"))
        for kunci, kata in (("n", _("Responden")), ("ikm", _("Indeks")), ("mutu", _("Mutu")))
        if lama.get(kunci) != baru.get(kunci)
    ]
    sebelum = {u["kode"]: u for u in lama.get("unsur", [])}
    for u in baru.get("unsur", []):
        dulu = sebelum.get(u["kode"], {}).get("nrr")
        if dulu != u["nrr"]:
            hasil.append((u["nama"], str(dulu or "-"), str(u["nrr"] or "-")))
    return hasil
