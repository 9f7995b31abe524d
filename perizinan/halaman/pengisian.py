"""What the steps of an application show: where one stands, the cards of documents, the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.identitas import peringatan_nik
from perizinan.bahasa import dwibahasa
from perizinan.enums import FINAL, AsalSyarat
from perizinan.forms.isian import ditanyakan
from perizinan.forms.unggah import FormUnggah
from perizinan.isian import RAHASIA
from perizinan.models import Berkas, Isian, JenisIzin, Permohonan, Syarat
from perizinan.naskah import tampilkan
from perizinan.persyaratan import KeadaanSyarat, keadaan_syarat
from perizinan.querysets import PermohonanQuerySet
from perizinan.services.pengajuan import periksa_kelengkapan

_LANGKAH = ("pemohon", "isian", "berkas", "tinjau")
_SISA_TERBACA = 4


def langkah(permohonan: Permohonan, kini: str) -> list[dict[str, str]]:
    """The four steps with the present one marked; every step can be opened at any time."""
    nama = {"pemohon": _("Pemohon"), "isian": _("Isian"), "berkas": _("Berkas"), "tinjau": _("Tinjau dan kirim")}
    di = _LANGKAH.index(kini)
    return [
        {
            "nama": nama[satu],
            "keadaan": "kini" if ke == di else "selesai" if ke < di else "nanti",
            "alamat": "" if ke == di else reverse(f"permohonan_{satu}", args=[permohonan.acuan]),
        }
        for ke, satu in enumerate(_LANGKAH)
    ]


def serupa(milik: PermohonanQuerySet, jenis: JenisIzin) -> list[Permohonan]:
    """Open files of the same service: a warning, never a block (ux.md 5.6)."""
    return list(milik.filter(jenis_izin=jenis).exclude(status__in=FINAL).untuk_daftar().order_by("-pk")[:3])


# --- documents -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisBerkas:
    """One file that was handed in, with the address where its owner can look at it."""

    nama: str
    ukuran: int
    waktu: datetime
    alamat: str


def baris_berkas(daftar: Iterable[Berkas]) -> list[BarisBerkas]:
    """Files with bytes; an electronic statement has none."""
    return [
        BarisBerkas(b.nama_asli, b.ukuran, b.diunggah_pada, reverse("berkas", args=[b.kunci]))
        for b in daftar
        if b.file
    ]


@dataclass(frozen=True, slots=True)
class KartuSyarat:
    """One requirement as a card: what was handed in, or the means to do so."""

    syarat: Syarat
    nama: str
    keadaan: str
    kata: str
    berkas: list[BarisBerkas]
    form: FormUnggah
    boleh_nyatakan: bool
    buka: bool
    alamat: str
    dinyatakan: bool = False
    sendiri: str = ""


def kartu_syarat(permohonan: Permohonan, form_salah: Mapping[int, FormUnggah] | None = None) -> list[KartuSyarat]:
    """A card for each requirement that applies; open are the next missing one and those with an error."""
    salah = form_salah or {}
    daftar = keadaan_syarat(permohonan)
    berikut = next((k.syarat.pk for k in daftar if k.kurang), None)
    return [_kartu(permohonan, k, salah.get(k.syarat.pk), k.syarat.pk == berikut) for k in daftar]


def _kartu(permohonan: Permohonan, k: KeadaanSyarat, salah: FormUnggah | None, berikut: bool) -> KartuSyarat:
    return KartuSyarat(
        syarat=k.syarat,
        nama=dwibahasa(k.syarat, "nama"),
        keadaan="siap" if k.ada else "belum",
        kata=_("Siap") if k.ada else _("Belum ada") if k.syarat.wajib else _("Bila ada"),
        berkas=baris_berkas(k.berkas),
        form=salah or FormUnggah(k.syarat),
        boleh_nyatakan=k.syarat.asal == AsalSyarat.SURAT_BUATAN,
        buka=salah is not None or (berikut and not k.ada),
        alamat=reverse("permohonan_berkas_kirim", args=[permohonan.acuan, k.syarat.kode]),
        dinyatakan=any(not b.file and b.izin_terbitan_id is None for b in k.berkas),
        sendiri=milik_sendiri(k),
    )


def milik_sendiri(k: KeadaanSyarat) -> str:
    """Why nothing needs to be uploaded: our own permit, or a file of the same package."""
    if k.izin_sendiri:
        return _("%(nama)s no. %(nomor)s berlaku, tidak perlu diunggah.") % {
            "nama": k.izin_sendiri.jenis_izin.nama,
            "nomor": k.izin_sendiri.nomor_izin,
        }
    if k.sepaket:
        return _("Diajukan bersama dalam satu paket (%s), tidak perlu diunggah.") % k.sepaket.jenis_izin.nama
    return ""


def alamat_berkas(permohonan: Permohonan, sesudah: Syarat) -> str:
    """The documents page, at the card that was just dealt with."""
    return f"{reverse('permohonan_berkas', args=[permohonan.acuan])}#syarat-{sesudah.kode}"


# --- review --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kekurangan:
    """One thing that is missing, with the place where it is put right."""

    teks: str
    alamat: str


@dataclass(frozen=True, slots=True)
class Tinjauan:
    """Everything that will be sent, as it will be read."""

    kurang: list[Kekurangan]
    pihak: list[dict[str, str]]
    isian: list[dict[str, str]]
    berkas: list[dict[str, str]]
    peringatan: str = ""
    tidak: list[Isian] = field(default_factory=list)


def tinjauan(permohonan: Permohonan) -> Tinjauan:
    """The review page of a draft."""
    tanya, tidak = ditanyakan(permohonan)
    pihak = permohonan.pihak
    nik = pihak.nomor_identitas if pihak.jenis_identitas == "ktp" else ""
    return Tinjauan(
        kurang=_kekurangan(permohonan, {i.kode for i in tanya}),
        pihak=_baris_pihak(permohonan),
        isian=_baris_isian(permohonan, tanya),
        berkas=[_baris_berkas(k) for k in keadaan_syarat(permohonan)],
        peringatan=(peringatan_nik(nik, pihak.tanggal_lahir) or "") if nik else "",
        tidak=tidak,
    )


def _kekurangan(permohonan: Permohonan, kode_isian: set[str]) -> list[Kekurangan]:
    isian = reverse("permohonan_isian", args=[permohonan.acuan])
    berkas = reverse("permohonan_berkas", args=[permohonan.acuan])
    return [
        Kekurangan(" ".join(pesan), f"{isian}#id_{kode}" if kode in kode_isian else f"{berkas}#syarat-{kode}")
        for kode, pesan in periksa_kelengkapan(permohonan).items()
    ]


def _baris_pihak(permohonan: Permohonan) -> list[dict[str, str]]:
    p = permohonan.pihak
    baris = [
        (_("Badan"), f"{p.get_bentuk_badan_display()} {p.nama_badan}".strip() if p.nama_badan else ""),
        (_("Nama"), p.nama),
        (str(p.get_jenis_identitas_display()), p.identitas_samar),
        (_("Alamat"), ", ".join(b for b in (p.alamat, p.kelurahan, p.kecamatan) if b)),
        (_("Nomor HP"), p.hp),
        (_("Email"), p.surel),
    ]
    return [{"label": label, "nilai": nilai} for label, nilai in baris if nilai]


def _baris_isian(permohonan: Permohonan, tanya: list[Isian]) -> list[dict[str, str]]:
    isi = {**permohonan.isian, **permohonan.isian_rahasia}
    baris = []
    for satu in tanya:
        nilai: Any = isi.get(satu.kode)
        kosong = nilai in (None, "", [])
        teks = "" if kosong else _samar(str(nilai)) if satu.tipe in RAHASIA else tampilkan(satu, nilai)
        baris.append({"label": dwibahasa(satu, "label"), "nilai": teks or _("belum diisi")})
    return baris


def _samar(teks: str) -> str:
    return "•" * max(0, len(teks) - _SISA_TERBACA) + teks[-_SISA_TERBACA:]


def _baris_berkas(k: KeadaanSyarat) -> dict[str, str]:
    return {"label": dwibahasa(k.syarat, "nama"), "nilai": milik_sendiri(k) or _isi_berkas(k)}


def _isi_berkas(k: KeadaanSyarat) -> str:
    jumlah = len([b for b in k.berkas if b.file])
    if jumlah:
        return _("%(n)d file") % {"n": jumlah}
    if k.ada:
        return _("Kami buatkan suratnya")
    return _("belum ada") if k.syarat.wajib else _("tidak dilampirkan")
