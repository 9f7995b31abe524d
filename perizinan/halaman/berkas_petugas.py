"""The officer's file page: the papers and what was typed on the left, time and acts on the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.enkripsi import samarkan
from core.kalender import kalender_berlaku
from core.templatetags.tampilan import tanggal
from notifications.masuk import belum_dikukuhkan
from notifications.percakapan import Baris, percakapan
from perizinan.enums import JenisPermohonan, Saluran, StatusDokumen
from perizinan.halaman.peringatan import BarisPeringatan, peringatan_berkas
from perizinan.halaman.peristiwa import peristiwa_petugas
from perizinan.halaman.perjalanan import Peristiwa
from perizinan.halaman.permohonan import terbaru
from perizinan.halaman.sisa import Sisa, sisa_batas, sisa_berkas
from perizinan.isian import RAHASIA
from perizinan.label import LabelStatus, label_status
from perizinan.models import BeritaAcara, Berkas, Dokumen, Permohonan, Rekomendasi
from perizinan.naskah import tampilkan
from perizinan.persyaratan import KeadaanSyarat, keadaan_syarat
from perizinan.tindakan import (
    DI_PERIKSA,
    PERIKSA,
    TAMBAHAN,
    Tindakan,
    boleh_isi_petugas,
    boleh_minta_persetujuan,
    isian_petugas_kurang,
    menunggu,
    penolakan_dinas,
    persetujuan_menunggu,
    tindakan,
)

#: Acts that loket does for somebody who brought the answers on paper.
DIJAWAB = frozenset({"ajukan_ulang", "kirim_perbaikan"})
#: What the kabid decides when a dinas says no (the other way is to ask that dinas again).
PUTUS_TOLAK = frozenset({"usulkan_tolak"})
Rincian = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tombol:
    """One act as a button: words and the address of its page."""

    teks: str | Promise
    alamat: str
    jenis: str = ""


@dataclass(frozen=True, slots=True)
class KartuRekomendasi:
    """One dinas that was asked: its state, its time, its answer, and what this officer may do."""

    rekomendasi: Rekomendasi
    label: LabelStatus
    sisa: Sisa | None
    tugas: list[Tombol]
    tombol: list[Tombol]
    berita_acara: BeritaAcara | None


@dataclass(frozen=True, slots=True)
class BarisDokumen:
    """A paper of the portal; `alamat` is empty until it can be opened."""

    dokumen: Dokumen
    alamat: str


@dataclass(slots=True)
class HalamanBerkas:
    """Everything that the page shows of one file."""

    berkas: Permohonan
    label: LabelStatus
    sisa: Sisa | None
    tugas: list[Tombol]
    lain: list[Tombol]
    pihak: list[Rincian]
    isian: list[tuple[str, list[Rincian]]]
    syarat: list[KeadaanSyarat]
    rekomendasi: list[KartuRekomendasi]
    dokumen: list[BarisDokumen]
    pesan: list[Baris]
    hp_ragu: bool
    sms_menunggu: list[Baris]
    peristiwa: list[Peristiwa]
    menunggu: list[str]
    penolakan: list[str]
    peringatan: list[BarisPeringatan]
    lihat: Berkas | None = None
    persetujuan: Any = None
    perbaikan: list[Any] = field(default_factory=list)
    skrd: list[Any] = field(default_factory=list)


def susun_berkas(berkas: Permohonan, akun: Akun, kini: datetime) -> HalamanBerkas:
    """Gather the page of a file that `dengan_isi` loaded."""
    tugas, lain = tombol_berkas(berkas, akun)
    dinas = kartu_rekomendasi(berkas, akun, kini)
    syarat = keadaan_syarat(berkas)
    pesan = percakapan(berkas.nomor)
    return HalamanBerkas(
        berkas=berkas,
        label=label_status("permohonan", berkas.status),
        sisa=sisa_berkas(berkas, kini, kalender_berlaku()),
        tugas=tugas + [t for kartu in dinas for t in kartu.tugas],
        lain=lain,
        pihak=rincian_pihak(berkas),
        isian=rincian_isian(berkas),
        syarat=syarat,
        rekomendasi=dinas,
        dokumen=_dokumen(berkas),
        pesan=pesan,
        sms_menunggu=[p for p in pesan if p.perlu],
        hp_ragu=bool(belum_dikukuhkan([berkas.pihak.hp, berkas.kuasa.hp_penerima if berkas.kuasa else ""])),
        peristiwa=peristiwa_petugas(berkas),
        menunggu=menunggu(berkas),
        penolakan=[r.skpd.nama for r in penolakan_dinas(berkas, akun)],
        peringatan=peringatan_berkas(berkas),
        lihat=next((b for k in syarat for b in k.berkas if b.file), None),
        persetujuan=next((p for p in berkas.persetujuan.all() if p.diputus_pada is None), None),
        perbaikan=list(berkas.perbaikan.prefetch_related("butir__diminta_oleh")),
        skrd=list(berkas.skrd.prefetch_related("pembayaran")),
    )


def dengan_isi(daftar: Any) -> Any:
    """Join what the page and the expressions of the version need."""
    return daftar.select_related(
        "jenis_izin", "versi_layanan", "pihak", "pemohon", "kuasa", "unit_penerbit", "bidang", "paket"
    ).prefetch_related(
        "versi_layanan__isian",
        "versi_layanan__syarat",
        "versi_layanan__butuh_rekomendasi",
        "rekomendasi__skpd",
        "perbaikan",
        "persetujuan",
    )


# --- acts ---------------------------------------------------------------------------------------------------


def tombol_berkas(berkas: Permohonan, akun: Akun) -> tuple[list[Tombol], list[Tombol]]:
    """(duties, what else is possible): one button per act, both decisions of the check as one."""
    semua = tindakan(berkas, akun)
    tugas = [_tombol(berkas, t) for t in semua if t.tugas and t.verba not in DI_PERIKSA]
    if any(t.verba in DI_PERIKSA for t in semua):
        tugas.insert(0, Tombol(PERIKSA, reverse("periksa", args=[berkas.acuan])))
    if persetujuan_menunggu(berkas, akun):
        tugas.insert(0, _alamat(berkas, "putuskan_persetujuan", _("Putuskan permintaan daftar kekurangan")))
    if penolakan_dinas(berkas, akun):
        tugas += [_tombol(berkas, t) for t in semua if t.verba in PUTUS_TOLAK]
        semua = [t for t in semua if t.verba not in PUTUS_TOLAK]
    lain = [_tombol(berkas, t) for t in semua if not t.tugas and t.verba not in DI_PERIKSA]
    if boleh_isi_petugas(berkas, akun):
        perlu = bool(tugas) and isian_petugas_kurang(berkas)
        (tugas if perlu else lain).insert(0, _alamat(berkas, "isi_petugas", TAMBAHAN["isi_petugas"][0]))
    if boleh_minta_persetujuan(berkas, akun):
        lain.append(_alamat(berkas, "minta_persetujuan", _("Minta persetujuan daftar kekurangan")))
    return tugas, lain


def _tombol(berkas: Permohonan, t: Tindakan) -> Tombol:
    if t.verba in DIJAWAB:
        return Tombol(_("Catat jawaban pemohon"), reverse("jawab", args=[berkas.acuan]))
    return _alamat(berkas, t.verba, t.label)


def _alamat(berkas: Permohonan, verba: str, teks: str | Promise) -> Tombol:
    return Tombol(teks, reverse("tindakan", args=[berkas.acuan, verba]))


def kartu_rekomendasi(berkas: Permohonan, akun: Akun, kini: datetime) -> list[KartuRekomendasi]:
    """What each dinas was asked; a team sees its own only (querysets.RekomendasiQuerySet)."""
    terlihat = Rekomendasi.objects.terlihat_oleh(akun).filter(permohonan=berkas)
    kartu = []
    lengkap = terlihat.select_related("skpd", "pemberi", "berita_acara").prefetch_related("berita_acara__foto")
    for r in lengkap.order_by("pk"):
        r.permohonan = berkas
        selesai = bool(r.diberikan_pada) or not label_status("rekomendasi", r.status).label_pemohon
        aksi = [
            (t, Tombol(t.label, reverse("tindakan_rekomendasi", args=[r.kunci, t.verba]), "kedua"))
            for t in tindakan(r, akun)
        ]
        tugas = [Tombol(b.teks, b.alamat) for t, b in aksi if t.tugas and not t.ulang]
        tombol = [b for t, b in aksi if t.ulang or not t.tugas]
        ba = getattr(r, "berita_acara", None)
        sisa = None if selesai else sisa_batas(r.tenggat, kini, kalender_berlaku())
        kartu.append(KartuRekomendasi(r, label_status("rekomendasi", r.status), sisa, tugas, tombol, ba))
    return kartu


# --- what was typed -----------------------------------------------------------------------------------------


def rincian_pihak(berkas: Permohonan) -> list[Rincian]:
    """Who applies, as officers see it: the identity number masked, the phone to call."""
    p = berkas.pihak
    baris: list[tuple[str, str, str]] = [
        (_("Nama"), p.sebutan, ""),
        (_("Penanggung jawab"), p.nama if p.nama_badan else "", ""),
        (str(p.get_jenis_identitas_display()), p.identitas_samar, ""),
        (_("Alamat"), ", ".join(b for b in (p.alamat, p.kelurahan, p.kecamatan) if b), ""),
        (_("Telepon"), p.hp, f"tel:{p.hp}"),
        (_("Email"), p.surel, f"mailto:{p.surel}"),
        (_("Jenis permohonan"), str(JenisPermohonan(berkas.jenis_permohonan).label), ""),
        (_("Masuk lewat"), str(Saluran(berkas.saluran).label), ""),
    ]
    if k := berkas.kuasa:
        sampai = _("sampai %(tgl)s") % {"tgl": tanggal(k.sampai)} if k.sampai else _("tanpa batas tanggal")
        baris.append((_("Penerima kuasa"), f"{k.nama_penerima} ({sampai})", ""))
    return [{"label": label, "nilai": nilai, "alamat": alamat} for label, nilai, alamat in baris if nilai]


def rincian_isian(berkas: Permohonan) -> list[tuple[str, list[Rincian]]]:
    """What was filled in, by heading; personal numbers masked."""
    isi = {**berkas.isian, **berkas.isian_rahasia}
    kelompok: dict[str, list[Rincian]] = {}
    for i in berkas.versi_layanan.isian.all():
        if isi.get(i.kode) in (None, "", []):
            continue
        nilai = samarkan(str(isi[i.kode])) if i.tipe in RAHASIA else tampilkan(i, isi[i.kode])
        baris = {"label": i.label, "nilai": nilai, "alamat": ""}
        kelompok.setdefault(i.kelompok or str(_("Isian")), []).append(baris)
    return list(kelompok.items())


def _dokumen(berkas: Permohonan) -> list[BarisDokumen]:
    """Papers that were made or are being made; replaced ones are history."""
    siap = {StatusDokumen.JADI, StatusDokumen.DITANDATANGANI}
    daftar = terbaru(berkas.dokumen.exclude(status=StatusDokumen.DIGANTI).order_by("pk"))
    return [BarisDokumen(d, reverse("dokumen_petugas", args=[d.kunci]) if d.status in siap else "") for d in daftar]
