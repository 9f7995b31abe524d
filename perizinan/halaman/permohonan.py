"""The applicant's file page (ux.md sketch 8): one box, the date, the steps, the bill, the papers, the acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Peran
from accounts.models import Akun
from core.kalender import kalender_berlaku
from core.konfigurasi import kantor
from core.mesin import transisi_model
from core.templatetags.tampilan import sisa_hari, tanggal, waktu
from notifications.models import Pesan
from perizinan.enums import BERJALAN, JenisDokumen, StatusDokumen, StatusSkrd
from perizinan.halaman import perjalanan
from perizinan.label import LabelStatus, label_status
from perizinan.models import Dokumen, Permohonan, Rekomendasi, Riwayat, Skrd
from perizinan.services import _jam, boleh_tambah_waktu
from perizinan.services.survei import kode_terbuka

#: Who acts for the applicant; the buttons are the transitions that one of these may use.
PIHAK_PEMOHON = frozenset({Peran.PEMOHON, Peran.KUASA})
#: Where an act is prepared before it is sent. Acts without a page of their own have a confirmation page.
HALAMAN_VERBA = {
    "ajukan": "permohonan_tinjau",
    "ajukan_ulang": "permohonan_perbaikan",
    "kirim_perbaikan": "permohonan_perbaikan",
}
_AJAKAN = {
    "ajukan": gettext_lazy("Lanjutkan mengisi"),
    "ajukan_ulang": gettext_lazy("Lengkapi sekarang"),
    "kirim_perbaikan": gettext_lazy("Perbaiki sekarang"),
}
_KOTAK = {
    "isi-penuh": "tindakan",
    "netral": "tindakan",
    "hijau": "berhasil",
    "merah-garis": "bahaya",
    "abu": "hampir",
}


@dataclass(frozen=True, slots=True)
class Tindakan:
    """One act that this person may do on this file now, as the machine declares it."""

    verba: str
    teks: str
    alamat: str
    tugas: bool

    @property
    def ajakan(self) -> str:
        """What the button says that leads to the page of the act: the act itself comes after it."""
        return str(_AJAKAN.get(self.verba, self.teks))


def tindakan(permohonan: Permohonan, akun: Akun) -> list[Tindakan]:
    """The applicant's acts that the state, the guards and the permission allow; duties first."""
    daftar = []
    for t in transisi_model(Permohonan):
        if t.source != permohonan.status or not PIHAK_PEMOHON & set(t.custom["peran"]):
            continue
        if t.has_perm(permohonan, akun) and all(syarat(permohonan) for syarat in t.conditions):
            tugas = bool(PIHAK_PEMOHON & set(t.custom["tugas"]))
            daftar.append(Tindakan(t.name, str(t.custom["label"]), alamat_verba(permohonan, t.name), tugas))
    return sorted(daftar, key=lambda satu: not satu.tugas)


def alamat_verba(permohonan: Permohonan, verba: str) -> str:
    """The page on which an act is done."""
    if verba in HALAMAN_VERBA:
        return reverse(HALAMAN_VERBA[verba], args=[permohonan.acuan])
    return reverse("permohonan_verba", args=[permohonan.acuan, verba])


@dataclass(frozen=True, slots=True)
class Kotak:
    """The one box that says what matters now."""

    jenis: str
    judul: str
    isi: str
    tautan: str = ""
    teks: str = ""
    kirim: bool = False  # the act itself, by POST
    lanjutan: str = ""


@dataclass(frozen=True, slots=True)
class KartuTenggat:
    """The date card. `tenggat` None: no date yet, and `catatan` says so honestly."""

    tenggat: datetime | None = None
    sisa: int | None = None
    berhenti: bool = False
    label: str = ""
    catatan: str = ""
    tautan: str = ""


@dataclass(frozen=True, slots=True)
class Tagihan:
    """The official bill: how much, what for, where, until when, what was paid."""

    skrd: Skrd
    terbayar: int
    tempat: str
    batas: datetime | None
    lunas: bool

    @property
    def sisa(self) -> int:
        return max(0, self.skrd.nilai - self.terbayar)


@dataclass(frozen=True, slots=True)
class BarisDokumen:
    """One paper of the file; `alamat` is empty while it is being made."""

    nama: str
    nomor: str
    tanggal: Any
    alamat: str = ""


@dataclass(slots=True)
class HalamanPermohonan:
    """Everything that the applicant's page shows of one file."""

    permohonan: Permohonan
    label: LabelStatus
    kotak: Kotak
    kartu: KartuTenggat
    langkah: int
    tampil_langkah: bool
    waktu_langkah: list[datetime | None]
    tindakan: list[Tindakan]
    rekomendasi: list[perjalanan.BarisRekomendasi]
    tagihan: Tagihan | None
    dokumen: list[BarisDokumen]
    pesan: list[Pesan]
    peristiwa: list[perjalanan.Peristiwa]
    penangan: list[str] = field(default_factory=list)
    boleh_tambah_waktu: bool = False
    survei: str = ""  # the code by which the survey can be answered now


def susun(permohonan: Permohonan, akun: Akun, kini: datetime) -> HalamanPermohonan:
    """Gather the page. A fixed number of queries for a state, whatever the number of rows."""
    riwayat = list(permohonan.riwayat.select_related("oleh").order_by("urut"))
    asal = permohonan.rekomendasi.select_related("skpd", "petugas")
    saran = list(asal) if riwayat and permohonan.mulai_hitung else []
    aksi = tindakan(permohonan, akun)
    kata = perjalanan.label(permohonan)
    terpakai = _jam.hari_terpakai(permohonan, kini) if permohonan.mulai_hitung else 0
    nomor = kata.langkah or 0
    return HalamanPermohonan(
        permohonan=permohonan,
        label=kata,
        kotak=_kotak(permohonan, kata, aksi, saran, terpakai, kini),
        kartu=_kartu(permohonan, terpakai),
        langkah=nomor,
        tampil_langkah=nomor < perjalanan.LANGKAH_AKHIR or perjalanan.berhasil(kata),
        waktu_langkah=perjalanan.tanggal_langkah(riwayat, nomor),
        tindakan=aksi,
        rekomendasi=perjalanan.rekomendasi(saran),
        tagihan=_tagihan(permohonan),
        dokumen=_dokumen(permohonan),
        pesan=_pesan(permohonan),
        peristiwa=perjalanan.peristiwa(riwayat)[::-1],
        penangan=_penangan(permohonan, riwayat, saran),
        boleh_tambah_waktu=boleh_tambah_waktu(permohonan),
        survei=kode_terbuka(permohonan) if permohonan.terbit_pada or permohonan.selesai_pada else "",
    )


# --- the box and the date ------------------------------------------------------------------------------------------


def _kotak(
    p: Permohonan,
    kata: LabelStatus,
    aksi: list[Tindakan],
    saran: list[Rekomendasi],
    terpakai: int,
    kini: datetime,
) -> Kotak:
    if p.status in BERJALAN and p.hari_sop is not None and terpakai > p.hari_sop:
        return _maaf(p, kata, saran, kini)
    jenis = _KOTAK.get(kata.warna_ikon.partition(" ")[0], "info")
    isi = perjalanan.kalimat(p)
    tugas = next((a for a in aksi if a.tugas), None)
    if jenis == "info":
        return Kotak(jenis, _("Tidak ada yang perlu Anda lakukan"), f"{isi} {_hari_dinas(saran, kini)}".strip())
    if jenis == "tindakan":
        tautan, teks = (tugas.alamat, tugas.ajakan) if tugas else ("#tagihan", _("Cara bayar"))
        return Kotak(jenis, kata.kata, f"{isi} {_sisa_pemohon(p, kini)}".strip(), tautan, teks)
    if tugas:
        return Kotak(jenis, kata.kata, isi, tugas.alamat, _("Unduh izin"), kirim=True)
    return Kotak(jenis, kata.kata, isi)


def _kecil(kata: str) -> str:
    """`Perlu Anda perbaiki` as the end of a sentence."""
    return kata[:1].lower() + kata[1:]


def _maaf(p: Permohonan, kata: LabelStatus, saran: list[Rekomendasi], kini: datetime) -> Kotak:
    """We say first that we are late, with what is waited for and the rights (product.md, fairness 10)."""
    isi = _("Seharusnya selesai %(tgl)s. Sekarang: %(keadaan)s. %(dinas)s") % {
        "tgl": tanggal(p.tenggat),
        "keadaan": _kecil(kata.kata),
        "dinas": _hari_dinas(saran, kini),
    }
    hak = _(
        "Keterlambatan ini tercatat di berkas dan terlihat oleh pimpinan. Hak Anda: meminta penjelasan di loket,"
        " mengadu, dan tidak membayar apa pun di luar tagihan resmi."
    )
    return Kotak("maaf", _("Maaf, kami terlambat"), isi.strip(), lanjutan=hak)


def _hari_dinas(saran: list[Rekomendasi], kini: datetime) -> str:
    """`Dinas Kesehatan: hari ke-3 dari 5.` for each dinas that has not answered."""
    terbuka = [r for r in saran if not r.hasil and label_status("rekomendasi", r.status).label_pemohon]
    if not terbuka:
        return ""
    kalender = kalender_berlaku()
    return " ".join(
        _("%(dinas)s: hari ke-%(ke)d dari %(hari)d.")
        % {"dinas": r.skpd.nama, "ke": perjalanan.hari_ke(r.diminta_pada, kini, kalender), "hari": r.hari_kerja}
        for r in terbuka
    )


def _sisa_pemohon(p: Permohonan, kini: datetime) -> str:
    """`Sisa 12 hari kerja.` as a sentence; empty when no limit of the applicant runs."""
    if p.batas_pemohon is None:
        return ""
    kalender = kalender_berlaku()
    kata = sisa_hari(kalender.indeks(p.batas_pemohon) - kalender.indeks(kini))
    return f"{kata[:1].upper()}{kata[1:]}."


def _kartu(p: Permohonan, terpakai: int) -> KartuTenggat:
    if p.tenggat is None or p.hari_sop is None:
        return _kartu_belum(p)
    tautan = reverse("permohonan_hitungan", args=[p.acuan])
    if p.selesai_pada or p.terbit_pada:
        hari = _("%(n)d dari %(batas)d hari kerja terpakai.") % {"n": p.hari_terpakai or 0, "batas": p.hari_sop}
        return KartuTenggat(p.terbit_pada or p.selesai_pada, label=_("Selesai"), catatan=hari, tautan=tautan)
    berhenti = p.jeda_sejak is not None
    catatan = _("Tanggal ini bergeser selama kami menunggu Anda.") if berhenti else ""
    return KartuTenggat(p.tenggat, p.hari_sop - terpakai, berhenti, catatan=catatan, tautan=tautan)


def _kartu_belum(p: Permohonan) -> KartuTenggat:
    """Before registration the card says honestly that the clock has not started."""
    if p.batas_periksa:
        catatan = _("Waktu layanan belum dihitung. Mulai dihitung begitu berkas lengkap.")
        return KartuTenggat(p.batas_periksa, label=_("Kelengkapan kami periksa paling lambat"), catatan=catatan)
    if p.batas_pemohon:
        catatan = _("Waktu layanan belum dihitung. Setelah lewat tanggal ini permohonan ditutup.")
        return KartuTenggat(p.batas_pemohon, label=_("Batas Anda melengkapi"), catatan=catatan)
    if p.selesai_pada:
        return KartuTenggat(p.selesai_pada, label=_("Ditutup"))
    return KartuTenggat(catatan=_("Waktu layanan baru dihitung sesudah permohonan dikirim dan berkasnya lengkap."))


# --- what stands around it -----------------------------------------------------------------------------------------


def _tagihan(p: Permohonan) -> Tagihan | None:
    """The bill in force or paid; a cancelled one is history."""
    if p.mulai_hitung is None:
        return None
    skrd = p.skrd.exclude(status=StatusSkrd.BATAL).prefetch_related("pembayaran").last()
    if skrd is None:
        return None
    terbayar = sum(b.jumlah for b in skrd.pembayaran.all())
    return Tagihan(skrd, terbayar, kantor().tempat_bayar, p.batas_pemohon, skrd.status != StatusSkrd.BERLAKU)


def _dokumen(p: Permohonan) -> list[BarisDokumen]:
    """The papers that are the applicant's: everything but drafts of the permit, whoever made them."""
    if p.nomor is None:
        return []
    daftar = []
    for d in terbaru(p.dokumen.exclude(status__in=[StatusDokumen.DIGANTI, StatusDokumen.GAGAL]).order_by("pk")):
        if d.jenis in {JenisDokumen.SK, JenisDokumen.KONSEP_SK} and d.status != StatusDokumen.DITANDATANGANI:
            continue
        siap = d.status in {StatusDokumen.JADI, StatusDokumen.DITANDATANGANI}
        alamat = alamat_dokumen(d) if siap else ""
        nomor = "" if d.nomor in {p.nomor, p.nomor_register} else d.nomor
        daftar.append(BarisDokumen(str(d.get_jenis_display()), nomor, d.tanggal, alamat))
    return daftar[::-1]


def terbaru(dokumen: Iterable[Dokumen]) -> list[Dokumen]:
    """Documents in their order, but of the time statement, which can be ordered again and again, only the last."""
    daftar = list(dokumen)
    akhir = max((d.pk for d in daftar if d.jenis == JenisDokumen.RINCIAN_WAKTU), default=0)
    return [d for d in daftar if d.jenis != JenisDokumen.RINCIAN_WAKTU or d.pk == akhir]


def alamat_dokumen(dokumen: Dokumen) -> str:
    """Where a paper is downloaded."""
    return reverse("dokumen", args=[dokumen.kunci])


def _pesan(p: Permohonan) -> list[Pesan]:
    """What we wrote about this file, newest first."""
    return list(Pesan.objects.filter(perihal=p.nomor).order_by("-pk")[:20]) if p.nomor else []


def _penangan(p: Permohonan, riwayat: Iterable[Riwayat], saran: Iterable[Rekomendasi]) -> list[str]:
    """Who has the file now: the unit, and the officer (name and role) who acted last."""
    if p.nomor is None or p.selesai_pada:
        return []
    baris = [
        _("%(nama)s, %(unit)s") % {"nama": r.petugas.nama, "unit": r.skpd.nama}
        for r in saran
        if r.petugas and not r.hasil
    ]
    baris.append(p.bidang.nama if p.mulai_hitung else p.unit_penerbit.nama)
    petugas = [r for r in riwayat if r.oleh and r.peran not in PIHAK_PEMOHON]
    if petugas and petugas[-1].oleh:
        akhir = petugas[-1]
        baris.append(
            _("Terakhir dikerjakan %(nama)s (%(peran)s), %(waktu)s")
            % {"nama": akhir.oleh, "peran": Peran(akhir.peran).label, "waktu": waktu(akhir.pada)}
        )
    return baris
