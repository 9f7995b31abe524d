"""Editions of a plan: begun by a planner, submitted, published by another person who leads; then never edited.

A published edition is replaced by the next one in one transaction, and what was reported goes on under the new one.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.waktu import sekarang
from renstra.enums import PerbuatanEdisi, StatusRencana
from renstra.models import AlasanTemuan, JejakEdisi, Rencana
from renstra.services.salin import bawa_laporan, salin_isi
from renstra.temuan_edisi import kekurangan, temuan_edisi

#: Who edits a draft and submits it; and who publishes: another person, who answers for the plan (Renstra 2.1).
PENYUSUN = (Peran.PERENCANA,)
PENERBIT = (Peran.PENANDATANGAN,)
ALASAN_MIN = 10


def pastikan_penyusun(oleh: Akun) -> None:
    """Raises TidakBerwenang for anybody but a planner."""
    if not oleh.berperan(*PENYUSUN):
        raise TidakBerwenang(_("Rencana disusun oleh perencana."))


def kunci_draf(pk: int, *, oleh: Akun) -> Rencana:
    """The draft, locked until the transaction ends. Every change of its tree begins here.

    Raises TidakBerwenang, and TransisiDitolak for an edition that is published or waits for it.
    """
    pastikan_penyusun(oleh)
    rencana = Rencana.objects.select_for_update().get(pk=pk)
    if rencana.status != StatusRencana.DRAF:
        raise TransisiDitolak(_("Edisi yang sudah terbit tidak diubah lagi. Buat revisi."))
    if rencana.diajukan_pada is not None:
        raise TransisiDitolak(_("Draf ini sedang menunggu diterbitkan. Tarik dulu ajuannya sebelum mengubahnya."))
    return rencana


def _jejak(rencana: Rencana, perbuatan: PerbuatanEdisi, oleh: Akun, catatan: str = "") -> None:
    JejakEdisi.objects.create(
        rencana=rencana, perbuatan=perbuatan, oleh=oleh, pada=sekarang(), catatan=catatan.strip()[:240]
    )


def buat_revisi(pk: int, alasan: str, *, oleh: Akun) -> Rencana:
    """Copy the edition in force to a draft, the next edition. Raises Bentrok where a draft of the plan exists."""
    pastikan_penyusun(oleh)
    if len(alasan.strip()) < ALASAN_MIN:
        raise IsianTidakSah(_("Tulis alasan revisi."), {"alasan": [_("Mengapa rencana ini direvisi?")]})
    with transaction.atomic():
        asal = Rencana.objects.select_for_update().get(pk=pk)
        if asal.status != StatusRencana.BERLAKU:
            raise TransisiDitolak(_("Hanya edisi yang berlaku dapat direvisi."))
        semua = Rencana.objects.filter(kode=asal.kode)
        if semua.filter(status=StatusRencana.DRAF).exists():
            raise Bentrok(_("Rencana ini sudah mempunyai draf. Lanjutkan draf itu."))
        baru = Rencana.objects.create(
            kode=asal.kode,
            edisi=max(semua.values_list("edisi", flat=True)) + 1,
            nama=asal.nama,
            tahun_mulai=asal.tahun_mulai,
            tahun_akhir=asal.tahun_akhir,
            dasar=asal.dasar,
            sumber=asal.sumber,
            visi=asal.visi,
            asal=asal,
            alasan=alasan.strip()[:240],
            disusun_oleh=oleh,
        )
        salin_isi(asal, baru)
        _jejak(baru, PerbuatanEdisi.DIBUAT, oleh, alasan)
    return baru


def buat_baru(
    kode: str,
    nama: str,
    tahun_mulai: int,
    tahun_akhir: int,
    *,
    oleh: Akun,
    dasar: str = "",
    contoh: int | None = None,
) -> Rencana:
    """An empty draft of another period; `contoh` is a plan whose structure it takes, without its numbers.

    Raises IsianTidakSah for years that do not follow each other, Bentrok for a code that is taken.
    """
    pastikan_penyusun(oleh)
    if not 2000 <= tahun_mulai <= tahun_akhir <= tahun_mulai + 9:
        raise IsianTidakSah(
            _("Tahun rencana belum benar."),
            {"tahun_akhir": [_("Tahun akhir tidak sebelum tahun mulai, dan paling lama sepuluh tahun.")]},
        )
    try:
        with transaction.atomic():
            if Rencana.objects.filter(kode=kode).exists():
                raise Bentrok(_("Kode rencana ini sudah dipakai."))
            tiru = Rencana.objects.get(pk=contoh) if contoh else None
            baru = Rencana.objects.create(
                kode=kode,
                nama=nama.strip(),
                tahun_mulai=tahun_mulai,
                tahun_akhir=tahun_akhir,
                dasar=dasar.strip(),
                visi=tiru.visi if tiru else "",
                disusun_oleh=oleh,
            )
            if tiru:
                salin_isi(tiru, baru, angka=False)
            _jejak(baru, PerbuatanEdisi.DIBUAT, oleh)
    except IntegrityError as galat:
        raise Bentrok(_("Kode rencana ini sudah dipakai.")) from galat
    return baru


def beri_alasan(pk: int, alasan: Mapping[str, str], *, oleh: Akun) -> int:
    """Keep the reasons for findings, by their key; an empty one takes a reason back. Returns how many now stand."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        for t in temuan_edisi(rencana):
            teks = alasan.get(t.kunci, "").strip()[:400]
            if t.kunci not in alasan or teks == (t.alasan.alasan if t.alasan else ""):
                continue
            if not teks:
                AlasanTemuan.objects.filter(rencana=rencana, kunci=t.kunci).delete()
                continue
            AlasanTemuan.objects.update_or_create(
                rencana=rencana,
                kunci=t.kunci,
                defaults={"temuan": t.isi.sebagai_dict(), "alasan": teks, "oleh": oleh, "pada": sekarang()},
            )
        return AlasanTemuan.objects.filter(rencana=rencana).count()


def _pastikan_lengkap(rencana: Rencana) -> None:
    """Raises TransisiDitolak for a draft that lacks something, or an error that nobody explained."""
    if kurang := kekurangan(rencana):
        raise TransisiDitolak(" ".join(kurang))
    menahan = sum(t.menahan for t in temuan_edisi(rencana))
    if menahan:
        raise TransisiDitolak(_("%(n)d kesalahan belum dibetulkan dan belum beralasan.") % {"n": menahan})


def ajukan(pk: int, *, oleh: Akun) -> Rencana:
    """Submit a draft for publication; from now on it is not edited. Reasons of findings that are gone are dropped."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        _pastikan_lengkap(rencana)
        masih = {t.kunci for t in temuan_edisi(rencana)}
        AlasanTemuan.objects.filter(rencana=rencana).exclude(kunci__in=masih).delete()
        rencana.diajukan_oleh, rencana.diajukan_pada = oleh, sekarang()
        rencana.save(update_fields=["diajukan_oleh", "diajukan_pada"])
        _jejak(rencana, PerbuatanEdisi.DIAJUKAN, oleh)
    return rencana


def kembalikan(pk: int, catatan: str, *, oleh: Akun) -> Rencana:
    """Open a submitted draft again: the planner takes it back, or who would publish it sends it back with a note."""
    if not oleh.berperan(*PENYUSUN, *PENERBIT):
        raise TidakBerwenang(_("Ajuan ditarik perencana atau dikembalikan Kepala Badan."))
    if not oleh.berperan(*PENYUSUN) and not catatan.strip():
        raise IsianTidakSah(_("Tulis apa yang perlu diperbaiki."), {"catatan": [_("Apa yang perlu diperbaiki?")]})
    with transaction.atomic():
        rencana = Rencana.objects.select_for_update().get(pk=pk)
        if rencana.status != StatusRencana.DRAF or rencana.diajukan_pada is None:
            raise TransisiDitolak(_("Edisi ini tidak sedang diajukan."))
        rencana.diajukan_oleh = rencana.diajukan_pada = None
        rencana.save(update_fields=["diajukan_oleh", "diajukan_pada"])
        _jejak(rencana, PerbuatanEdisi.DIKEMBALIKAN, oleh, catatan)
    return rencana


def terbitkan(pk: int, versi: str, *, oleh: Akun) -> Rencana:
    """Put a submitted draft in force, and the edition before it into history; reports follow. One transaction.

    `versi` names the submission that was looked at (`versi_ajuan`). Raises TidakBerwenang for who
    made or submitted it, Bentrok for another version, or where another edition came into force meanwhile.
    """
    if not oleh.berperan(*PENERBIT):
        raise TidakBerwenang(_("Rencana diterbitkan oleh Kepala Badan."))
    with transaction.atomic():
        kode = Rencana.objects.values_list("kode", flat=True).get(pk=pk)
        seedisi = {r.pk: r for r in Rencana.objects.select_for_update().filter(kode=kode).order_by("pk")}
        rencana = seedisi[pk]
        if rencana.status != StatusRencana.DRAF or rencana.diajukan_pada is None:
            raise TransisiDitolak(_("Edisi ini tidak sedang diajukan."))
        if oleh.pk in {rencana.diajukan_oleh_id, rencana.disusun_oleh_id}:
            raise TidakBerwenang(_("Yang menerbitkan harus orang lain."), kode="orang_sama")
        if versi != versi_ajuan(rencana):
            raise Bentrok(_("Draf ini diajukan lagi sejak Anda membukanya. Lihat isinya lagi sebelum menerbitkan."))
        berlaku = [r for r in seedisi.values() if r.status == StatusRencana.BERLAKU]
        if [r.pk for r in berlaku] != ([rencana.asal_id] if rencana.asal_id else []):
            raise Bentrok(_("Edisi lain sudah berlaku sejak draf ini dibuat."))
        _pastikan_lengkap(rencana)
        Rencana.objects.filter(pk__in=[r.pk for r in berlaku]).update(status=StatusRencana.DIGANTI)
        rencana.status = StatusRencana.BERLAKU
        rencana.diterbitkan_oleh, rencana.diterbitkan_pada = oleh, sekarang()
        rencana.save(update_fields=["status", "diterbitkan_oleh", "diterbitkan_pada"])
        bawa_laporan(rencana)
        _jejak(rencana, PerbuatanEdisi.DITERBITKAN, oleh)
    return rencana


def versi_ajuan(rencana: Rencana) -> str:
    """Names the submission that somebody looked at; empty for a draft that is not submitted."""
    if rencana.diajukan_pada is None:
        return ""
    ajuan = JejakEdisi.objects.filter(rencana=rencana, perbuatan=PerbuatanEdisi.DIAJUKAN)
    return str(ajuan.order_by("pk").values_list("pk", flat=True).last())
