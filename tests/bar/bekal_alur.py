"""Seeds and legal inputs of B01: files already walked to every state, and what a person fills in for a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounts.models import Akun, Kuasa
from accounts.pihak import simpan_pihak
from bpptportal.contoh import alur
from bpptportal.contoh.pemeran import Pemeran, data_orang
from core import waktu
from perizinan import dokumen, services
from perizinan.enums import StatusDokumen
from perizinan.models import Permohonan, Rekomendasi
from perizinan.services import _otomatis
from tests.bar.model_alur import BERKAS, REKOMENDASI, WAKTU, Model, RekModel

#: Key in the cast; `sistem` is oleh=None. Everybody tries everything.
ORANG = (
    "sari", "asing", "budi", "rina", "kabid", "kabid_tertentu", "kabid_np", "teknisi", "teknisi_bplh", "dina",
    "kadis", "prita", "admin", "auditor", "sistem",
)  # fmt: skip
#: Who may hold an inbox, the busiest desks first.
PETUGAS = ("rina", "budi", "kabid_np", "kabid", "kabid_tertentu", "kadis", "dina", "teknisi", "teknisi_bplh")
WARGA = ("sari", "asing")
_ALASAN = {"alasan": "Uji alasan yang cukup panjang"}


@dataclass(frozen=True)
class Bibit:
    """A file in the database, with the instant at which its story goes on."""

    pk: int
    kode: str
    milik: str
    agen: str
    saat: datetime
    tepi: tuple[tuple[str, str, str], ...]


def _kekurangan(p: Permohonan, pemeran: Pemeran) -> None:
    syarat = next(s for s in p.versi_layanan.syarat.all() if s.wajib and s.alasan)
    services.periksa_syarat(p, syarat, "kurang", oleh=pemeran.budi, kode_alasan=syarat.alasan[0]["kode"])
    if p.perbaikan.exists():
        _izinkan_putaran(p, pemeran)


def _izinkan_putaran(p: Permohonan, pemeran: Pemeran) -> None:
    """The kabid's approval of another round."""
    setuju = services.minta_persetujuan(p, "Temuan baru di lapangan", oleh=pemeran.budi)
    services.putuskan_persetujuan(setuju, disetujui=True, oleh=pemeran.kabid_bidang(p.bidang_id))


def _jawab(p: Permohonan, pelaku: Akun) -> None:
    for butir in p.perbaikan.get(ditutup_pada__isnull=True).butir.filter(dijawab_pada__isnull=True):
        services.jawab_butir(butir, "Sudah kami perbaiki.", oleh=pelaku)


def _bekukan(p: Permohonan) -> None:
    """The document worker's part for the SK."""
    for pk in p.dokumen.filter(jenis="sk", status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
        assert dokumen.buat(pk)


def _putaran_lagi(p: Permohonan, pemeran: Pemeran) -> None:
    if p.status != "perbaikan" and (p.perbaikan.exists() or p.status in {"penetapan_retribusi", "penyusunan_sk"}):
        _izinkan_putaran(p, pemeran)


def siapkan(verba: str, p: Permohonan, pemeran: Pemeran, pelaku: Akun | None) -> None:
    """What has to be done before a legal act, through the services: verdicts, answers, approvals, fields."""
    persiapan: dict[str, Callable[[], object]] = {
        "daftarkan": lambda: alur.terima_semua(p, pemeran.budi),
        "kembalikan_berkas": lambda: _kekurangan(p, pemeran),
        "ajukan_ulang": lambda: pelaku and _jawab(p, pelaku),
        "kirim_perbaikan": lambda: pelaku and _jawab(p, pelaku),
        "minta_perbaikan": lambda: _putaran_lagi(p, pemeran),
        "tetapkan_retribusi": lambda: alur.isi_isian_petugas(p, pemeran.rina),
        "ajukan_paraf": lambda: alur.isi_isian_petugas(p, pemeran.rina),
        "tanda_tangan": lambda: _bekukan(p),
    }
    persiapan.get(verba, lambda: None)()


def masukan(verba: str, p: Permohonan, acak: Random) -> dict[str, Any]:
    """What the form of a verb sends; `acak` chooses where several answers are right."""
    buat: dict[str, Callable[[], dict[str, Any]]] = {
        "minta_perbaikan": lambda: {"butir": [{"uraian": "Lengkapi gambar", "kode_alasan": "tidak_terbaca"}]},
        "usulkan_tolak": lambda: _ALASAN | {"dasar_hukum": "Perda 6/2011 pasal 4"},
        "batal_tolak": lambda: _ALASAN,
        "koreksi_draf": lambda: _ALASAN,
        "kembalikan_proses": lambda: _ALASAN,
        "koreksi_skrd": lambda: _ALASAN,
        "minta_ulang": lambda: _ALASAN,
        "tarik": lambda: _ALASAN,
        "nihil": lambda: {"dasar": "Perda 14/2012 pasal 9"},
        "serahkan": lambda: {"identitas_cocok": True},
        "catat_lunas": lambda: _setoran(p, acak),
        "jadwalkan_tinjau": lambda: {"tinjau_pada": waktu.sekarang() + timedelta(hours=20), "tim": ["Tono"]},
        "catat_bap": _bap,
        "beri_rekomendasi": lambda: _rekomendasi(acak.choice(["setuju", "bersyarat", "setuju", "tolak"])),
    }
    return buat[verba]() if verba in buat else {}


def _setoran(p: Permohonan, acak: Random) -> dict[str, Any]:
    skrd = p.skrd.filter(status="berlaku").first()
    lama = acak.choice([timedelta(0), timedelta(hours=3), timedelta(days=2), timedelta(days=30)])
    return {
        "jumlah": (skrd.nilai if skrd else 1) + acak.choice([0, 0, 5000]),
        "dibayar_pada": waktu.sekarang() - lama,
        "bukti": f"BJB-{p.pk}-{p.versi}",
    }


def _bap() -> dict[str, Any]:
    return {
        "dilaksanakan_pada": waktu.sekarang(),
        "lintang": Decimal("-6.2349"),
        "bujur": Decimal("106.9896"),
        "daftar_periksa": [{"butir": "Lokasi", "hasil": "sesuai", "catatan": ""}],
        "foto": [],
    }


def _rekomendasi(hasil: str) -> dict[str, Any]:
    return {"hasil": hasil, "ketentuan": ["Pasang pagar"], "alasan": "Tidak sesuai", "dasar_hukum": "Perda"}


def model(bibit: Bibit) -> Model:
    """The model of a seed: its path so far is taken as it stands in the log, the rest is up to the model."""
    p = Permohonan.objects.get(pk=bibit.pk)
    m = Model(bibit.kode, p.status, asal=p.status_asal, bernomor=p.nomor is not None, kuasa=p.kuasa_id is not None)
    m.dibuka = p.dibuka_pada is not None
    m.terbayar = p.skrd.filter(status__in=["lunas", "nihil"]).exists()
    for r in p.rekomendasi.select_related("skpd"):
        m.rek[r.pk] = RekModel(r.skpd.kode, r.status, r.hasil, ditinjau=hasattr(r, "berita_acara"))
    return m


# --- seeds ----------------------------------------------------------------------------------------------------------


def semua_bibit(pemeran: Pemeran) -> list[Bibit]:
    """Files in every state that a declared transition leaves, of four services, three kinds of filers."""
    for kunci in ("distako", "bplh"):
        assert kunci in {pemeran.akun[k].penugasan_berlaku[0].unit.kode for k in ("teknisi", "teknisi_bplh")}
    bibit = [_sampai(pemeran, "siup", s) for s in ("draf", "diajukan", "verifikasi", "penyusunan_sk")]
    bibit += [_sampai(pemeran, "siup", s) for s in ("paraf_berjenjang", "menunggu_tanda_tangan", "terbit")]
    bibit += [_sampai(pemeran, "kekayaan_daerah", s) for s in ("verifikasi", "penetapan_retribusi")]
    bibit += [_sampai(pemeran, "kekayaan_daerah", s) for s in ("menunggu_pembayaran", "menunggu_tanda_tangan")]
    bibit += [_sampai(pemeran, "imb", "kajian_teknis", langkah=n) for n in (0, 1, 2, 3)]
    bibit += [_sampai(pemeran, "iuppat", s) for s in ("verifikasi", "kajian_teknis")]
    bibit += [_kuasa(pemeran, s) for s in ("draf", "diajukan", "terbit")]
    bibit += [_walk_in(pemeran, s) for s in ("diajukan", "verifikasi")]
    bibit += [_macet(pemeran), _perbaikan_berkas(pemeran), _usul_tolak(pemeran)]
    bibit += [_perbaikan(pemeran, *x) for x in (("siup", "verifikasi"), ("iuppat", "kajian_teknis"))]
    bibit += [_perbaikan(pemeran, "kekayaan_daerah", s) for s in ("penetapan_retribusi", "penyusunan_sk")]
    return bibit


def _bibit(p: Permohonan, milik: str = "sari", agen: str = "") -> Bibit:
    p = Permohonan.objects.select_related("jenis_izin").get(pk=p.pk)
    rek = set(p.rekomendasi.values_list("status", flat=True))
    tepi = [("", s, v) for s, v in BERKAS if s == p.status and v not in WAKTU]
    tepi += [("rekomendasi", s, v) for s, v in REKOMENDASI if s in rek]
    return Bibit(p.pk, p.jenis_izin.kode, milik, agen, waktu.sekarang(), tuple(tepi))


def _sampai(pemeran: Pemeran, kode: str, status: str, langkah: int = 0) -> Bibit:
    p = alur.jalankan(alur.mulai(pemeran, kode), pemeran, status)
    for _ in range(langkah):
        alur.langkah_berikut(p, pemeran)
        p = Permohonan.objects.get(pk=p.pk)
    return _bibit(p)


def _kuasa(pemeran: Pemeran, status: str) -> Bibit:
    """Filed by `asing` under a power of attorney of sari."""
    kuasa = Kuasa.objects.create(
        pemohon=pemeran.pemohon["sari"],
        penerima=pemeran.asing,
        nama_penerima="Asih Permata",
        hp_penerima="+6281210000102",
        mulai=waktu.sekarang(),
    )
    versi = alur.JenisIzin.objects.get(kode="siup")
    p = services.buat(oleh=pemeran.asing, jenis_izin=versi, pemohon=pemeran.pemohon["sari"], kuasa=kuasa)
    alur.isi_draf(p, pemeran.asing)
    return _bibit(alur.jalankan(p, pemeran, status), agen="asing")


def _walk_in(pemeran: Pemeran, status: str) -> Bibit:
    """Somebody without an account, whose papers loket types in."""
    pihak = simpan_pihak(jenis="orang", data=data_orang("Warga Tanpa Akun", 77)).pemohon
    p = alur.mulai(pemeran, "siup", oleh=pemeran.budi, pemohon=pihak)
    return _bibit(alur.jalankan(p, pemeran, status), milik="")


def _macet(pemeran: Pemeran) -> Bibit:
    """Registered, and the system's own step did not happen."""
    p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "diajukan")
    alur.terima_semua(p, pemeran.budi)
    asli = dict(_otomatis._LANGKAH)
    _otomatis._LANGKAH.clear()
    try:
        services.daftarkan(p.pk, oleh=pemeran.budi)
    finally:
        _otomatis._LANGKAH.update(asli)
    return _bibit(p)


def _perbaikan_berkas(pemeran: Pemeran) -> Bibit:
    p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "diajukan")
    _kekurangan(p, pemeran)
    services.kembalikan_berkas(p.pk, oleh=pemeran.budi)
    return _bibit(p)


def _perbaikan(pemeran: Pemeran, kode: str, status: str) -> Bibit:
    p = alur.jalankan(alur.mulai(pemeran, kode), pemeran, status)
    siapkan("minta_perbaikan", p, pemeran, None)
    services.minta_perbaikan(p.pk, oleh=pemeran.rina, **masukan("minta_perbaikan", p, Random(0)))
    return _bibit(p)


def _usul_tolak(pemeran: Pemeran) -> Bibit:
    p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "verifikasi")
    services.usulkan_tolak(p.pk, oleh=pemeran.kabid_np, **masukan("usulkan_tolak", p, Random(0)))
    return _bibit(p)


def panggil(verba: str, p: Permohonan, rek: int | None, oleh: Akun | None, data: dict[str, Any]) -> None:
    """The public service of a verb; signing goes through its two steps."""
    if rek is not None:
        assert Rekomendasi.objects.filter(pk=rek, permohonan=p).exists()
    layanan = services.tanda_tangani if verba == "tanda_tangan" else getattr(services, verba)
    layanan(p.pk if rek is None else rek, oleh=oleh, **data)
