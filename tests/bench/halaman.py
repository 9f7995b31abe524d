"""The page both renderers of P9 lay out: a permit with letterhead, facts, conditions and a signature block."""

from core.cetak import gaya_dokumen
from core.qr import qr_png, qr_svg

LAMBANG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 48'%3E%3Cpath "
    "d='M2 2h36v26c0 10-10 15-18 18C12 43 2 38 2 28z' fill='%23fff' stroke='%23000' stroke-width='2'/%3E%3C/svg%3E"
)
ISIAN = (
    ("Nama perusahaan", "CV Sumber Rejeki Bekasi"),
    ("Nama penanggung jawab", "Sari Wulandari"),
    (
        "Alamat perusahaan",
        "Jl. Ir. H. Juanda No. 17, RT 003 RW 005, Kelurahan Margahayu, Kecamatan Bekasi Timur",
    ),
    ("Nomor telepon", "021 8801234"),
    (
        "Kekayaan bersih",
        "Rp450.000.000 (empat ratus lima puluh juta rupiah), tidak termasuk tanah dan bangunan",
    ),
    ("Kelembagaan", "Pengecer"),
    ("Kegiatan usaha (KBLI)", "47721 Perdagangan eceran barang dan obat farmasi"),
    ("Barang/jasa dagangan utama", "Obat bebas, obat bebas terbatas, alat kesehatan, kosmetik"),
    ("Berlaku sampai", "5 Juni 2031"),
)
KETENTUAN = (
    "Izin ini berlaku untuk melakukan kegiatan usaha di seluruh wilayah Republik Indonesia selama perusahaan "
    "masih menjalankan usahanya, dan wajib didaftar ulang setiap lima tahun.",
    "Pemegang izin wajib melaporkan perubahan nama, alamat, penanggung jawab atau modal paling lambat tiga bulan "
    "sejak perubahan terjadi.",
    "Izin ini tidak berlaku untuk kegiatan perdagangan berjangka komoditi dan penjualan berjenjang.",
    "Izin dapat dibekukan atau dicabut apabila ketentuan peraturan perundang-undangan dilanggar.",
)
DASAR = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    "Peraturan Daerah Kota Bekasi Nomor 5 Tahun 2012 tentang Penyelenggaraan Perizinan;",
    "Keputusan Wali Kota Bekasi Nomor 060/Kep.506-BPPT/XII/2012 tentang Standar Operasional Prosedur;",
)


def alamat(token: str) -> str:
    return f"https://perizinan.bekasikota.go.id/verifikasi/{token}/"


def kita(token: str = "k3Jq9fXw2LmV7tRbZ1cYdA") -> str:
    """Our page: own small style, tables with fixed layout, QR as PNG."""
    isian = "".join(f'<tr><td class="kunci">{k}</td><td class="titik">:</td><td>{v}</td></tr>' for k, v in ISIAN)
    return f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Surat Izin Usaha Perdagangan</title>
<style>{gaya_dokumen()}</style></head><body>
<table class="kop"><tr><td class="lambang"><img src="{LAMBANG}" alt="Lambang daerah"></td><td class="teks">
<div class="pemda">PEMERINTAH KOTA BEKASI</div><div class="instansi">BADAN PELAYANAN PERIZINAN TERPADU</div>
<div class="alamat">Jl. Jenderal Ahmad Yani No. 1, Bekasi 17141 · Telepon (021) 88961767</div></td></tr></table>
<h1>Surat Izin Usaha Perdagangan</h1>
<p class="nomor" data-kode="503/00123/SIUP/BPPT/2026">Nomor 503/00123/SIUP/BPPT/2026</p>
<p>Berdasarkan:</p><ol>{"".join(f"<li>{d}</li>" for d in DASAR)}</ol>
<p class="pemegang"><small>diberikan kepada</small>CV Sumber Rejeki Bekasi</p>
<table class="isian">{isian}</table>
<p><b>Ketentuan</b></p><ol>{"".join(f"<li>{k}</li>" for k in KETENTUAN)}</ol>
<table class="penutup"><tr><td class="qr"><img src="{qr_png(alamat(token))}" alt="Kode QR cek keaslian">
<span class="kode">{token[:9].upper()}</span><br>Cek keaslian: pindai kode atau buka perizinan.bekasikota.go.id</td>
<td class="pejabat">Bekasi, 5 Juni 2026<br>Kepala Badan Pelayanan Perizinan Terpadu Kota Bekasi
<p class="elektronik">Ditandatangani secara elektronik. Tanda tangan melekat pada file PDF ini.</p>
<p class="nama">Drs. Amit Riyadi, M.Si.</p>NIP 19630101 198903 1 001</td></tr></table>
<p class="catatan">Cetakan sah bila isinya sama dengan halaman cek keaslian.</p></body></html>"""


def naif(token: str, bootstrap: str) -> str:
    """The page as it is usually made: Bootstrap with rows and columns of flex, QR as SVG."""
    isian = "".join(
        f'<div class="row"><div class="col-4">{k}</div><div class="col-8">: {v}</div></div>' for k, v in ISIAN
    )
    return f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Surat Izin Usaha Perdagangan</title>
<style>{bootstrap}</style><style>@page {{ size: A4; margin: 16mm 20mm 18mm 25mm }} body {{ font-size: 10pt }}</style>
</head><body><div class="container-fluid">
<div class="d-flex border-bottom mb-3"><img src="{LAMBANG}" alt="Lambang daerah" width="72">
<div class="flex-fill text-center">
<div class="fs-5">PEMERINTAH KOTA BEKASI</div><div class="fs-4 fw-bold">BADAN PELAYANAN PERIZINAN TERPADU</div>
<div class="small">Jl. Jenderal Ahmad Yani No. 1, Bekasi 17141 · Telepon (021) 88961767</div></div></div>
<h1 class="h4 text-center text-uppercase">Surat Izin Usaha Perdagangan</h1>
<p class="text-center">Nomor 503/00123/SIUP/BPPT/2026</p>
<p>Berdasarkan:</p><ol>{"".join(f"<li>{d}</li>" for d in DASAR)}</ol>
<p class="text-center"><small>diberikan kepada</small><br>
<span class="fs-4 fw-bold">CV Sumber Rejeki Bekasi</span></p>
{isian}
<p><b>Ketentuan</b></p><ol>{"".join(f"<li>{k}</li>" for k in KETENTUAN)}</ol>
<div class="row"><div class="col-4"><img src="{qr_svg(alamat(token))}" alt="Kode QR cek keaslian" width="113">
<span class="fw-bold font-monospace">{token[:9].upper()}</span><br><small>Cek keaslian: pindai kode atau buka
perizinan.bekasikota.go.id</small></div><div class="col-8">Bekasi, 5 Juni 2026<br>Kepala Badan Pelayanan Perizinan
Terpadu Kota Bekasi<p class="border p-2 small">Ditandatangani secara elektronik. Tanda tangan melekat pada file PDF
ini.</p><p class="fw-bold text-decoration-underline">Drs. Amit Riyadi, M.Si.</p>NIP 19630101 198903 1 001</div></div>
<p class="small border-top">Cetakan sah bila isinya sama dengan halaman cek keaslian.</p></div></body></html>"""
