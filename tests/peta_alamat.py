"""Every address of the portal, with something real behind each name in it: what access tests walk over."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from bpptportal.contoh import alur
from bpptportal.contoh.berkas import foto_contoh
from core import waktu
from perizinan import dokumen, rekap, services
from perizinan.models import Dokumen, FotoPemeriksaan, Permohonan

TABEL = Path(__file__).parent / "data" / "authz.csv"
PEMERAN = (
    "warga",
    "sari",
    "asing",
    "budi",
    "rina",
    "kabid",
    "kabid_np",
    "teknisi",
    "teknisi_bplh",
    "dina",
    "kadis",
    "prita",
    "admin",
    "auditor",
)
TIADA_NOMOR = "7QK4M-2XD9R"
TIADA_KUNCI = "00000000-0000-4000-8000-000000000000"
_NAMA = re.compile(r"<(?:\w+:)?(\w+)>")


def semua_rute(pola: Any = None, awal: str = "") -> Iterator[str]:
    """The pattern of every address, Django's admin as one."""
    for satu in pola if pola is not None else get_resolver().url_patterns:
        alamat = awal + str(satu.pattern)
        if alamat == "admin/":
            yield alamat
        elif isinstance(satu, URLResolver):
            yield from semua_rute(satu.url_patterns, alamat)
        elif isinstance(satu, URLPattern):
            yield alamat


def rute_admin() -> list[str]:
    """Addresses of Django's admin that name no object."""
    akar = next(p for p in get_resolver().url_patterns if str(p.pattern) == "admin/")
    rute = list(semua_rute(akar.url_patterns, "admin/"))
    return [r for r in rute if not _NAMA.search(r) and "(" not in r]


@dataclass
class Dunia:
    """Two files of sari: one that SKPD distako judges, one with a signed SK; and what hangs on them."""

    diproses: Permohonan
    terbit: Permohonan
    nilai: dict[str, str]
    per_rute: dict[str, dict[str, str]] = field(default_factory=dict)

    def alamat(self, rute: str) -> str:
        """A real address for a pattern. Raises KeyError for a name that nobody gave a value."""
        khusus = self.per_rute.get(rute, {})
        return "/" + _NAMA.sub(lambda m: khusus.get(m[1]) or self.nilai[m[1]], rute)

    def alamat_kosong(self, rute: str) -> str:
        """The same address with names that nothing bears."""
        tiada = {"acuan": TIADA_NOMOR, "nomor": TIADA_NOMOR, "kunci": TIADA_KUNCI}
        khusus = self.nilai | self.per_rute.get(rute, {}) | tiada
        return "/" + _NAMA.sub(lambda m: khusus[m[1]], rute)


def berobjek(rute: str) -> bool:
    """Whether the address names something that belongs to somebody."""
    return bool(set(_NAMA.findall(rute)) & {"acuan", "nomor", "kunci"})


def bangun(pemeran: Any) -> Dunia:
    """Walk both files. After it, BPLH is another SKPD: what was asked of it was withdrawn."""
    diproses = alur.jalankan(alur.mulai(pemeran, "imb"), pemeran, "kajian_teknis")
    bplh = diproses.rekomendasi.get(skpd__kode="bplh")
    services.tarik(bplh.pk, oleh=pemeran.kabid, alasan="Tidak diperlukan.")
    distako = diproses.rekomendasi.get(skpd__kode="distako")
    _tinjau(distako, pemeran.teknisi)
    terbit = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "terbit")
    for pk in Dokumen.objects.filter(status="diminta").values_list("pk", flat=True):
        dokumen.buat(pk)
    rekap.segarkan()  # readers may bring the derived summary up to date; done here, their reading writes nothing
    diproses = Permohonan.objects.get(pk=diproses.pk)
    bukti = diproses.dokumen.get(jenis="bukti_pengajuan")
    unggahan = diproses.berkas.filter(diganti_pada__isnull=True).exclude(file="").first()
    assert unggahan is not None
    umum = {
        "acuan": str(diproses.nomor),
        "lembar": "1",
        "ukuran": "terbit",
        "per": "hari",
        "bentuk": "pdf",
        "nomor": str(diproses.nomor),
        "kode": "siup",
        "jenis_permohonan": "baru",
        "jenis": "orang",
        "jenis_pemohon": "orang",
        "syarat": "ktp",
        "ke": "1",
        "token": bukti.token,
        "nama": "beranda",
        "sisa": "v1/entah",
        "kunci": str(unggahan.kunci),
        "rahasia": "bukan-rahasia-kami",
        "tahun": "2018",
        "triwulan": "2",
    }
    kunci = {
        "dokumen/<uuid:kunci>/": bukti.kunci,
        "petugas/dokumen/<uuid:kunci>/": bukti.kunci,
        "foto/<uuid:kunci>/": FotoPemeriksaan.objects.get().kunci,
        "petugas/rekomendasi/<uuid:kunci>/<slug:verba>/": distako.kunci,
        **{r: distako.kunci for r in semua_rute() if r.startswith("api/v1/rekomendasi/")},
    }
    per_rute = {rute: {"kunci": str(k)} for rute, k in kunci.items()}
    per_rute["petugas/renstra/buku/<slug:kode>/"] = {"kode": "tc-28"}
    per_rute["petugas/renstra/buku/<slug:kode>/<slug:bentuk>/"] = {"kode": "tc-28", "bentuk": "xlsx"}
    for rute, verba in (
        ("permohonan/<str:acuan>/<slug:verba>/", "batalkan"),
        ("petugas/permohonan/<str:nomor>/<slug:verba>/", "minta_perbaikan"),
        ("petugas/rekomendasi/<uuid:kunci>/<slug:verba>/", "beri_rekomendasi"),
    ):
        per_rute.setdefault(rute, {})["verba"] = verba
    per_rute["api/v1/data/<slug:kode>/"] = {"kode": "izin-terbit"}
    return Dunia(diproses, terbit, umum, per_rute)


def _tinjau(rekomendasi: Any, teknisi: Any) -> None:
    """Schedule and visit, with one photo."""
    saat = waktu.sekarang() + timedelta(hours=1)
    services.jadwalkan_tinjau(rekomendasi.pk, oleh=teknisi, tinjau_pada=saat, tim=["Tono Prasetyo"])
    waktu.maju(timedelta(hours=2))
    services.catat_bap(
        rekomendasi.pk,
        oleh=teknisi,
        dilaksanakan_pada=saat,
        lintang=Decimal("-6.234900"),
        bujur=Decimal("106.989600"),
        daftar_periksa=[{"butir": "Lokasi sesuai", "hasil": "sesuai", "catatan": ""}],
        foto=[SimpleUploadedFile("foto.jpg", foto_contoh(), "image/jpeg")],
    )


def tabel() -> dict[str, dict[str, str]]:
    """The table written by hand: pattern -> person -> status of GET."""
    with TABEL.open(encoding="utf-8", newline="") as isi:
        return {baris.pop("rute"): baris for baris in csv.DictReader(isi)}
