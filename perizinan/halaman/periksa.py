"""The completeness check: what is judged, what is missing, and the one decision that is possible now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from perizinan.enums import PutusanSyarat
from perizinan.halaman.pratinjau import Pratinjau, pratinjau_daftarkan, pratinjau_kembalikan
from perizinan.models import Permohonan
from perizinan.persyaratan import KeadaanSyarat
from perizinan.tindakan import perlu_persetujuan


@dataclass(frozen=True, slots=True)
class Putusan:
    """Counts, and the verb that follows from them: `daftarkan`, `kembalikan_berkas`, `minta_persetujuan`, or none."""

    diterima: int
    kurang: int
    belum: int
    verba: str
    pratinjau: Pratinjau | None


def putusan(keadaan: Iterable[KeadaanSyarat], berkas: Permohonan, kini: datetime) -> Putusan:
    """One primary at a time: register when all is accepted, send back when everything is judged."""
    semua = list(keadaan)
    kurang = sum(1 for k in semua if _putusan(k) == PutusanSyarat.KURANG)
    diterima = sum(1 for k in semua if _putusan(k) in {PutusanSyarat.TERIMA, PutusanSyarat.FISIK} and k.ada)
    belum = sum(1 for k in semua if not k.pemeriksaan and (k.syarat.wajib or k.ada))
    if belum:
        return Putusan(diterima, kurang, belum, "", None)
    if not kurang:
        return Putusan(diterima, 0, 0, "daftarkan", pratinjau_daftarkan(berkas, kini))
    verba = "kembalikan_berkas" if _boleh_kembalikan(berkas) else "minta_persetujuan"
    return Putusan(diterima, kurang, 0, verba, pratinjau_kembalikan(berkas, kurang, kini))


def _putusan(keadaan: KeadaanSyarat) -> str:
    return keadaan.pemeriksaan.putusan if keadaan.pemeriksaan else ""


def _boleh_kembalikan(berkas: Permohonan) -> bool:
    """A second list needs an approval of the kabid that was not used yet (product.md, fairness 2)."""
    setuju = any(p.disetujui and p.dipakai_pada is None for p in berkas.persetujuan.all())
    return setuju or not perlu_persetujuan(berkas)
