"""The style pages: every component with true-to-life content, only where DEBUG or UJI is on.

They are what a person looks at after a change of style, and what tests/ui measures.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bpptportal.gaya_grafik import grafik_contoh
from core.formulir import Formulir
from core.ikon import IKON

HALAMAN = ("komponen", "formulir", "beranda", "layanan", "permohonan", "cek", "petugas", "grafik")
_BARIS = 23
_PER_HALAMAN = 10


class FormulirContoh(Formulir):
    """One field of every kind that the portal uses."""

    nama = forms.CharField(label="Nama lengkap", help_text="Seperti tertulis di KTP.", max_length=60)
    nik = forms.CharField(
        label="NIK",
        help_text="16 angka di KTP.",
        min_length=16,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    hp = forms.CharField(
        label="Nomor HP", required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    lahir = forms.DateField(label="Tanggal lahir", widget=forms.DateInput(attrs={"type": "date"}))
    luas = forms.IntegerField(label="Luas tempat usaha (m²)", min_value=1)
    kelurahan = forms.ChoiceField(
        label="Kelurahan", choices=[("", "Pilih kelurahan"), ("1", "Kayuringin Jaya"), ("2", "Margahayu")]
    )
    jenis = forms.ChoiceField(
        label="Anda mengurus sebagai",
        help_text="Pilih satu.",
        choices=[("orang", "Perorangan"), ("badan", "Badan usaha atau yayasan")],
        widget=forms.RadioSelect,
    )
    waktu_buka = forms.MultipleChoiceField(
        label="Hari buka",
        required=False,
        choices=[("1", "Senin sampai Jumat"), ("2", "Sabtu"), ("3", "Minggu dan hari libur")],
        widget=forms.CheckboxSelectMultiple,
    )
    uraian = forms.CharField(label="Uraian kegiatan", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    ktp = forms.FileField(
        label="Foto KTP",
        help_text="PDF atau foto, paling besar 10 MB. Seluruh tepi KTP harus terlihat.",
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf", "data-maks": 10 * 1024 * 1024}),
    )
    benar = forms.BooleanField(label="Isian dan berkas ini benar. Saya tahu akibat hukum bila tidak.")


class SaringanContoh(forms.Form):
    """Filters of the example list."""

    q = forms.CharField(label="Nomor atau nama", required=False)
    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), ("1", "Perlu diperiksa")])


@login_not_required
def gaya(request: HttpRequest, nama: str = "komponen") -> HttpResponse:
    """One style page by name. 404 in production, or for an unknown name."""
    if not (settings.DEBUG or settings.UJI) or nama not in HALAMAN:
        raise Http404
    if nama == "komponen":
        messages.success(request, "Isian tersimpan pukul 10.42.")
    isian = {"nama": "Sari Wulandari", "nik": "3275", "jenis": "orang", "luas": "0"}
    return render(
        request,
        f"gaya/{nama}.html",
        {
            "halaman_gaya": HALAMAN,
            "form": FormulirContoh(isian if "galat" in request.GET else None),
            "kunci": "contoh",
            "versi": 3,
            **_contoh(request),
        },
    )


def _contoh(request: HttpRequest) -> dict[str, Any]:
    """The facts behind the examples; dates are fixed, so that two screenshots can be compared."""
    kini = datetime(2026, 6, 2, 10, 42, tzinfo=timezone.get_default_timezone())
    hari = kini.date()
    return {
        "hari": hari,
        "kini": kini,
        "daftar_ikon": sorted(IKON),
        "status_contoh": [
            ("isi-penuh tangan", "Perlu Anda lengkapi"),
            ("isi-penuh dompet", "Perlu Anda bayar"),
            ("biru putar", "Diproses petugas"),
            ("biru pena", "Menunggu tanda tangan"),
            ("jeda", "Hitungan waktu berhenti"),
            ("hampir", "Hampir terlambat"),
            ("terlambat", "Terlambat"),
            ("hijau centang", "Izin terbit"),
            ("merah-garis silang", "Tidak disetujui"),
            ("merah jeda", "Dibekukan sementara"),
            ("abu jam", "Ditutup (lewat batas)"),
            ("netral pensil", "Belum dikirim"),
        ],
        "fakta": [
            {
                "label": "Waktu",
                "nilai": "14 hari kerja",
                "catatan": "biasanya 9, dari 46 berkas",
                "ikon": "jam",
            },
            {
                "label": "Biaya",
                "nilai": "Gratis (Rp0)",
                "catatan": "tidak ada pungutan lain",
                "ikon": "dompet",
            },
            {"label": "Berlaku", "nilai": "5 tahun", "catatan": "dapat diperpanjang", "ikon": "kalender"},
            {"label": "Petugas meninjau lokasi", "nilai": "Ya", "catatan": "tanpa biaya", "ikon": "pin"},
        ],
        "waktu_langkah": [hari - timedelta(days=8), hari - timedelta(days=7), hari - timedelta(days=4)],
        "langkah_isian": [
            {"nama": "Pemohon", "keadaan": "selesai", "alamat": "#"},
            {"nama": "Isian", "keadaan": "selesai", "alamat": "#"},
            {"nama": "Berkas", "keadaan": "kini", "catatan": "2 dari 9 siap"},
            {"nama": "Tinjau", "keadaan": "nanti"},
            {"nama": "Kirim", "keadaan": "nanti"},
        ],
        "tindakan": [
            {"teks": "Ajukan permohonan", "alamat": "#", "ikon": "panah"},
            {"teks": "Bagikan", "alamat": "#", "ikon": "bagikan"},
        ],
        "peristiwa": [
            {
                "judul": "Lokasi ditinjau",
                "waktu": kini,
                "oleh": "Ratna, Dinas Kesehatan",
                "catatan": "Berita acara ada di Dokumen Anda.",
                "penting": True,
            },
            {
                "judul": "Diteruskan ke Dinas Kesehatan",
                "waktu": kini - timedelta(days=4),
                "oleh": "Rina, petugas",
            },
            {
                "judul": "Berkas lengkap dan diterima",
                "waktu": kini - timedelta(days=7),
                "oleh": "Budi, loket",
            },
        ],
        "roti": [
            {"teks": "Layanan izin", "alamat": "#"},
            {"teks": "Kesehatan", "alamat": "#"},
            {"teks": "Toko obat"},
        ],
        "rincian": [
            {"label": "Nama usaha", "nilai": "Toko Obat Sari Sehat"},
            {"label": "Alamat", "nilai": "Jl. Mawar No. 12, RT 03/RW 05, Kayuringin Jaya"},
            {"label": "Patokan", "nilai": "Seberang masjid Al-Ikhlas"},
        ],
        "akibat": [
            "Permohonan K7Q2M-9XT4R ditutup. Petugas tidak memprosesnya lagi.",
            "Berkas Anda tetap tersimpan dan dapat dipakai untuk permohonan baru.",
        ],
        "berkas": {"nama": "ktp-sari.jpg", "ukuran": 921600, "alamat": "#", "waktu": kini},
        **_daftar(request, hari),
        **grafik_contoh(),
    }


def _daftar(request: HttpRequest, hari: date) -> dict[str, Any]:
    keadaan = [
        ("terlambat", "Terlambat", -2, "Kembalikan atau daftarkan"),
        ("hampir", "Hampir terlambat", 1, "Beri penilaian"),
        ("biru putar", "Diproses petugas", 4, "Susun surat izin"),
        ("jeda", "Menunggu pemohon", None, "Tidak ada"),
        ("biru pena", "Menunggu paraf", 6, "Periksa dan paraf"),
    ]
    layanan = ("Toko obat", "SIUP kecil", "Reklame tetap", "IMB rumah tinggal")
    nama = ("Sari Wulandari", "PT Bumi Sejahtera Abadi", "CV Karya Tunggal", "Yayasan Harapan Ibu")
    baris = [
        {
            "nomor": f"K7Q2M-{9000 + i}",
            "layanan": layanan[i % 4],
            "pemohon": nama[i % 4],
            "jenis": keadaan[i % 5][0],
            "kata": keadaan[i % 5][1],
            "sisa": keadaan[i % 5][2],
            "diminta": keadaan[i % 5][3],
            "tenggat": hari + timedelta(days=i % 5 * 2),
            "nilai": 125_000 * i,
            "terpakai": min(100, 40 + 15 * (i % 5)),
        }
        for i in range(_BARIS)
    ]
    halaman = Paginator(baris, _PER_HALAMAN).get_page(request.GET.get("halaman"))
    return {
        "halaman": halaman,
        "baris": [] if "kosong" in request.GET else halaman.object_list,
        "jumlah": _BARIS,
        "kolom": [
            {"judul": "Sisa waktu"},
            {"judul": "Permohonan"},
            {"judul": "Yang diminta"},
            {"judul": "Batas"},
            {"judul": "Tahap"},
            {"judul": "Tagihan", "kelas": "angka"},
        ],
        "saringan": SaringanContoh(request.GET),
        "ekspor": [{"teks": "CSV", "alamat": "#"}, {"teks": "XLSX", "alamat": "#"}],
    }
