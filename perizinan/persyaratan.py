"""Which requirements apply to one application, and which of them are met (product.md, fairness 5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from perizinan.ekspresi import nilai
from perizinan.enums import AsalSyarat, PutusanSyarat, StatusIzin, StatusPermohonan
from perizinan.models import Berkas, Izin, PemeriksaanSyarat, Permohonan, Syarat, VersiLayanan


@dataclass(slots=True)
class KeadaanSyarat:
    """One applicable requirement of a file: what was handed in, what we have ourselves, loket's verdict."""

    syarat: Syarat
    berkas: list[Berkas] = field(default_factory=list)
    pemeriksaan: PemeriksaanSyarat | None = None
    izin_sendiri: Izin | None = None
    sepaket: Permohonan | None = None

    @property
    def ada(self) -> bool:
        """Whether something answers the requirement: a file, our own permit, the package, a paper seen."""
        fisik = self.pemeriksaan is not None and self.pemeriksaan.putusan == PutusanSyarat.FISIK
        return bool(self.berkas or self.izin_sendiri or self.sepaket or fisik)

    @property
    def kurang(self) -> bool:
        return self.syarat.wajib and not self.ada


def syarat_versi(versi: VersiLayanan, jenis_permohonan: str, konteks: dict[str, object]) -> list[Syarat]:
    """Requirements of a version that apply to a kind of application and to what was filled in, in order."""
    return [
        s
        for s in versi.syarat.all()
        if (not s.jenis_permohonan or jenis_permohonan in s.jenis_permohonan)
        and (not s.bila or nilai(s.bila, konteks))
    ]


def syarat_berlaku(permohonan: Permohonan) -> list[Syarat]:
    """Requirements that apply to one file."""
    return syarat_versi(permohonan.versi_layanan, permohonan.jenis_permohonan, permohonan.konteks_isian())


def keadaan_syarat(permohonan: Permohonan) -> list[KeadaanSyarat]:
    """Every applicable requirement with its state, in the order of the catalogue. Four queries."""
    berkas: dict[int | None, list[Berkas]] = defaultdict(list)
    for b in permohonan.berkas.filter(diganti_pada__isnull=True).order_by("urutan", "pk"):
        berkas[b.syarat_id].append(b)
    putusan = {p.syarat_id: p for p in permohonan.pemeriksaan.select_related("oleh")}
    daftar = [KeadaanSyarat(s, berkas.get(s.pk, []), putusan.get(s.pk)) for s in syarat_berlaku(permohonan)]
    _isi_milik_sendiri(permohonan, [k for k in daftar if k.syarat.asal == AsalSyarat.IZIN_TERBITAN])
    return daftar


def _isi_milik_sendiri(permohonan: Permohonan, daftar: list[KeadaanSyarat]) -> None:
    """We never ask for what we issued: the holder's own permit in force, or a sibling of the package."""
    if not daftar:
        return
    kode = {k.syarat.layanan_asal for k in daftar}
    izin = {
        i.jenis_izin.kode: i
        for i in Izin.objects.filter(
            permohonan__pemohon=permohonan.pemohon_id, jenis_izin__kode__in=kode, status=StatusIzin.BERLAKU
        ).select_related("jenis_izin")
    }
    sepaket = {}
    if permohonan.paket_id:
        saudara = (
            Permohonan.objects.filter(paket=permohonan.paket_id)
            .exclude(pk=permohonan.pk)
            .exclude(status__in=[StatusPermohonan.DIBATALKAN, StatusPermohonan.GUGUR, StatusPermohonan.DITOLAK])
        )
        sepaket = {p.jenis_izin.kode: p for p in saudara.select_related("jenis_izin")}
    for k in daftar:
        k.izin_sendiri = izin.get(k.syarat.layanan_asal)
        k.sepaket = sepaket.get(k.syarat.layanan_asal)
