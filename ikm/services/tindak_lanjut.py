"""Follow-up plans for a period's lowest unsur, and what they did to the next period (PermenPAN-RB 14/2017)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import IsianTidakSah, TidakBerwenang
from core.unggah import HasilUnggahan, periksa_unggahan
from core.waktu import sekarang
from ikm.enums import StatusTindakLanjut
from ikm.models import Edisi, Periode, TindakLanjut, Unsur
from ikm.statistik import hasil_periode

BUKTI_MAKS = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Dampak:
    """A plan with the mean of its unsur before and in the period after it; None where there is none yet."""

    rencana: TindakLanjut
    sebelum: Decimal | None
    sesudah: Decimal | None

    @property
    def perubahan(self) -> Decimal | None:
        if self.sebelum is None or self.sesudah is None:
            return None
        return self.sesudah - self.sebelum


def rencanakan(
    periode: Periode, kode_unsur: str, *, rencana: str, penanggung_jawab: str, batas: date, oleh: Akun
) -> TindakLanjut:
    """Promise something for an unsur of the period's instrument. Raises TidakBerwenang, IsianTidakSah."""
    _pastikan(oleh)
    unsur = Unsur.objects.filter(instrumen=periode.instrumen_id, kode=kode_unsur).first()
    if unsur is None:
        raise IsianTidakSah(_("Unsur itu tidak ada."), {"unsur": [_("Pilih unsur dari daftar.")]})
    if batas <= periode.selesai:
        raise IsianTidakSah(_("Batas waktu terlalu awal."), {"batas": [_("Batasnya sesudah akhir periode survei.")]})
    return TindakLanjut.objects.create(
        periode=periode,
        unsur=unsur,
        rencana=rencana.strip(),
        penanggung_jawab=penanggung_jawab.strip(),
        batas=batas,
        oleh=oleh,
        pada=sekarang(),
    )


def perbarui(pk: int, *, status: str, catatan: str, bukti: Any, oleh: Akun) -> TindakLanjut:
    """Say how far a plan is. It ends only with a note of what was done."""
    _pastikan(oleh)
    satu = TindakLanjut.objects.get(pk=pk)
    if status == StatusTindakLanjut.SELESAI and not catatan.strip():
        raise IsianTidakSah(_("Tulis apa yang sudah dikerjakan."), {"catatan": [_("Belum ditulis.")]})
    satu.status, satu.catatan = status, catatan.strip()
    if bukti:
        sah = _periksa(bukti)
        satu.bukti.save(f"{uuid.uuid4()}.{sah.jenis}", ContentFile(sah.isi), save=False)
    satu.oleh, satu.pada = oleh, sekarang()
    satu.save()
    return satu


def _periksa(bukti: Any) -> HasilUnggahan:
    try:
        return periksa_unggahan(bukti, boleh={"pdf", "jpeg", "png"}, maks_byte=BUKTI_MAKS, sebutan=_("Bukti"))
    except ValidationError as galat:
        raise IsianTidakSah(_("Bukti belum dapat kami terima."), {"bukti": list(galat.messages)}) from galat


def dampak(periode: Periode) -> list[Dampak]:
    """The period's plans with the effect that the next period of the same instrument shows."""
    daftar = list(
        TindakLanjut.objects.filter(periode=periode).select_related("unsur", "oleh").order_by("batas", "pk")
    )
    if not daftar:
        return []
    kini = _nrr(periode)
    berikut = Periode.objects.filter(
        jenis=periode.jenis, mulai__gt=periode.selesai, instrumen=periode.instrumen_id
    ).order_by("mulai")
    nanti = _nrr(satu) if (satu := berikut.first()) else {}
    return [Dampak(t, kini.get(t.unsur.kode), nanti.get(t.unsur.kode)) for t in daftar]


def _nrr(periode: Periode) -> dict[str, Decimal]:
    """Means by unsur: of the signed edition where there is one, else as of now."""
    sah = Edisi.objects.filter(periode=periode, disahkan_pada__isnull=False).order_by("-nomor").first()
    hasil = sah.hasil if sah else hasil_periode(periode)
    return {u["kode"]: Decimal(u["nrr"]) for u in hasil.get("unsur", []) if u["nrr"]}


def _pastikan(oleh: Akun) -> None:
    if not oleh.berperan(Peran.PERENCANA):
        raise TidakBerwenang(_("Tindak lanjut dicatat oleh perencana."))
