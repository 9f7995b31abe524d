"""Invariants (a)-(k) of domain/sla.md section 4, and what the database refuses whatever the code does.

(f), (g) and (h) speak of acts on a permit (rows 52-61) that are not declared yet; the last test here says so.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F

from accounts.models import Kewenangan, Kuasa, Penugasan
from accounts.pihak import simpan_pihak
from bpptportal.contoh import alur
from bpptportal.contoh.berkas import pdf_contoh
from bpptportal.contoh.pemeran import data_orang
from core import waktu
from core.galat import IsianTidakSah
from core.mesin import transisi_model
from notifications.models import Pesan
from perizinan import services
from perizinan.enums import BERJALAN, DIJEDA, FINAL
from perizinan.models import (
    BeritaAcara,
    ButirPerbaikan,
    Izin,
    PemeriksaanSyarat,
    Permohonan,
    Rekomendasi,
    Skrd,
)

PETUGAS = ("budi", "rina", "kabid", "kabid_np", "kabid_tertentu", "dina", "kadis", "teknisi", "teknisi_bplh")


@pytest.fixture
def cepat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are laid out as empty pages: what they say is not the question here."""
    monkeypatch.setattr("perizinan.dokumen.pekerja._cetak", lambda _dokumen, _halaman: pdf_contoh())


@pytest.fixture
def selesai(cepat: None, berkas_di: Any) -> Permohonan:
    """An IMB that was handed over: advice, visit, fee, SK and permit are behind it."""
    p: Permohonan = berkas_di("diserahkan")
    return p


def ubah(objek: Any, **kolom: Any) -> None:
    """Write past every service, as a careless script would."""
    type(objek)._base_manager.filter(pk=objek.pk).update(**kolom)


def muat(p: Permohonan) -> Permohonan:
    return Permohonan.objects.get(pk=p.pk)


# --- (a) to (d): the clock and the states -------------------------------------------------------------------------


def test_a_b_jam_berjalan_dan_berhenti_di_status_yang_ditulis_pedoman():
    assert {s.value for s in BERJALAN} == {
        "terdaftar", "verifikasi", "kajian_teknis", "penetapan_retribusi", "penyusunan_sk", "paraf_berjenjang",
        "menunggu_tanda_tangan", "usul_tolak",
    }  # fmt: skip
    assert {s.value for s in DIJEDA} == {"perbaikan", "menunggu_pembayaran"}


@pytest.mark.parametrize(
    ("kode", "status"),
    [
        ("siup", "verifikasi"),
        ("iuppat", "kajian_teknis"),
        ("kekayaan_daerah", "penetapan_retribusi"),
        ("siup", "penyusunan_sk"),
    ],
)
def test_c_perbaikan_kembali_ke_status_asalnya(kode, status, berkas_di, pemeran):
    p = berkas_di(status, kode)
    kabid = pemeran.kabid_bidang(p.bidang_id)
    services.minta_perbaikan(p.pk, oleh=kabid, butir=[{"uraian": "Lengkapi gambar"}])
    butir = ButirPerbaikan.objects.get(perbaikan__permohonan=p)
    services.jawab_butir(butir, "Sudah kami lengkapi", oleh=pemeran.sari)
    services.kirim_perbaikan(p.pk, oleh=pemeran.sari)
    assert muat(p).status == status


def test_d_hanya_buka_kembali_keluar_dari_status_akhir():
    assert {s.value for s in FINAL} == {"diserahkan", "ditolak", "dibatalkan", "gugur"}
    assert {(t.source, t.name) for t in transisi_model(Permohonan) if t.source in FINAL} == {
        ("gugur", "buka_kembali")
    }


# --- (e) and (i) --------------------------------------------------------------------------------------------------


def test_e_izin_punya_tepat_satu_permohonan_yang_terbit(selesai):
    izin = Izin.objects.get(permohonan=selesai)
    assert selesai.terbit_pada is not None
    assert izin.nomor_izin == selesai.nomor_sk.get().nomor
    kolom = {f.attname: getattr(izin, f.attname) for f in Izin._meta.concrete_fields if f.attname != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Izin(**kolom | {"token": "lain", "kunci": "00000000-0000-4000-8000-000000000001"}).save(force_insert=True)


@pytest.mark.parametrize("kurang", ["alasan", "dasar_hukum"])
def test_i_usul_tolak_menyebut_alasan_dan_dasar_hukum(kurang, berkas_di, kabid_np):
    p = berkas_di("verifikasi", "siup")
    isi = {"alasan": "Tidak sesuai tata ruang", "dasar_hukum": "Perda 13/2011 pasal 5"} | {kurang: "  "}
    with pytest.raises(IsianTidakSah):
        services.usulkan_tolak(p.pk, oleh=kabid_np, **isi)
    assert (muat(p).status, p.riwayat.filter(verba="usulkan_tolak").count()) == ("verifikasi", 0)


# --- (j): no identity number in a message ----------------------------------------------------------------------


def test_j_pesan_tidak_pernah_memuat_nomor_identitas(selesai):
    pesan = list(Pesan.objects.filter(perihal=selesai.nomor).values_list("teks", flat=True))
    assert len(pesan) >= 6
    nik = selesai.pihak.nomor_identitas
    assert len(nik) == 16
    assert not [t for t in pesan if nik in t or re.search(r"\d{15}", t)]


# --- (k): every open file is in somebody's inbox -----------------------------------------------------------------


def pemegang(p: Permohonan, pemeran: Any) -> set[str]:
    """Whose list the file stands in."""
    satu = Permohonan.objects.filter(pk=p.pk)
    kotak = {k for k in PETUGAS if satu.kotak_masuk(pemeran.akun[k]).exists()}
    return kotak | {k for k in ("sari", "asing") if satu.menunggu_pemohon(pemeran.akun[k]).exists()}


def test_k_sepanjang_jalan_selalu_ada_yang_memegang(cepat, pemeran):
    def dipegang(p: Permohonan) -> None:
        assert pemegang(p, pemeran), p.status

    p = alur.jalankan(alur.mulai(pemeran, "imb"), pemeran, "diserahkan", sebelum=dipegang)
    assert pemegang(p, pemeran) == set()


def test_k_bila_semua_rekomendasi_ditarik_kabid_yang_memutuskan(berkas_di, pemeran):
    p = berkas_di("kajian_teknis", "iuppat")
    assert pemegang(p, pemeran) == {"teknisi_bplh"}
    services.tarik(p.rekomendasi.get().pk, oleh=pemeran.kabid_tertentu, alasan="Salah alamat")
    assert pemegang(p, pemeran) == {"kabid_tertentu"}


def test_k_rekomendasi_yang_menolak_menunggu_kabid(berkas_di, pemeran):
    p = berkas_di("kajian_teknis", "iuppat")
    services.beri_rekomendasi(
        p.rekomendasi.get().pk, oleh=pemeran.teknisi_bplh, hasil="tolak", alasan="Tercemar", dasar_hukum="Perda"
    )
    assert pemegang(p, pemeran) == {"kabid_tertentu"}


def test_k_perbaikan_warga_tanpa_akun_ada_di_kotak_loket(pemeran):
    pihak = simpan_pihak(jenis="orang", data=data_orang("Warga Tanpa Akun", 77)).pemohon
    p = alur.mulai(pemeran, "siup", oleh=pemeran.budi, pemohon=pihak)
    p = alur.jalankan(p, pemeran, "verifikasi")
    services.minta_perbaikan(p.pk, oleh=pemeran.rina, butir=[{"uraian": "Lengkapi foto"}])
    assert pemegang(p, pemeran) == {"budi"}


def test_k_perbaikan_warga_berakun_bukan_urusan_loket(berkas_di, pemeran):
    p = berkas_di("verifikasi", "siup")
    services.minta_perbaikan(p.pk, oleh=pemeran.rina, butir=[{"uraian": "Lengkapi foto"}])
    assert pemegang(p, pemeran) == {"sari"}


def test_pesan_tentang_kuasa_baru_hanya_untuk_pemberi_kuasa(pemeran):
    """The warning "X filed in your name" is the party's; the agent knows (product.md, fairness 6)."""
    kuasa = Kuasa.objects.create(
        pemohon=pemeran.pemohon["sari"],
        penerima=pemeran.asing,
        nama_penerima="Asih Permata",
        hp_penerima="+6281210000102",
        mulai=waktu.sekarang(),
    )
    jenis = alur.JenisIzin.objects.get(kode="siup")
    p = services.buat(oleh=pemeran.asing, jenis_izin=jenis, pemohon=pemeran.pemohon["sari"], kuasa=kuasa)
    alur.isi_draf(p, pemeran.asing)
    services.ajukan(p.pk, oleh=pemeran.asing)
    tujuan = Pesan.objects.filter(perihal=muat(p).nomor, kode="SMS_KUASA").values_list("tujuan", flat=True)
    assert list(tujuan) == [p.pihak.hp]


# --- what the database refuses -----------------------------------------------------------------------------------

_KINI = timedelta(0)
#: Constraint -> (its sentence, what a careless script writes). Values are looked up in `_nilai`.
BERKAS: dict[str, tuple[str, dict[str, Any]]] = {
    "permohonan_status_dikenal": ("", {"status": "entah", "versi": F("versi") + 1, "selesai_pada": None}),
    "permohonan_diajukan_bernomor": ("Permohonan yang sudah diajukan harus bernomor.", {"nomor": None}),
    "permohonan_terdaftar_berjam": (
        "Berkas terdaftar harus punya nomor register dan batas waktu.",
        {"tenggat": None},
    ),
    "permohonan_jeda_sesuai_status": (
        "Hitungan waktu berhenti hanya saat menunggu pemohon.",
        {"jeda_sejak": _KINI},
    ),
    "permohonan_batas_pemohon_sesuai_status": (
        "Setiap tindakan pemohon harus punya batas waktu.",
        {"batas_pemohon": _KINI},
    ),
    "permohonan_terbit_bertanggal": ("Izin yang terbit harus bertanggal.", {"terbit_pada": None}),
    "permohonan_selesai_sesuai_status": (
        "Hanya berkas yang selesai yang bertanggal selesai.",
        {"selesai_pada": None},
    ),
}
REKOMENDASI: dict[str, tuple[str, dict[str, Any]]] = {
    "rekomendasi_status_dikenal": ("", {"status": "entah", "versi": F("versi") + 1}),
    "rekomendasi_diberikan_berhasil": ("Rekomendasi yang diberikan harus punya hasil.", {"hasil": ""}),
    "rekomendasi_tolak_beralasan": ("Penolakan harus menyebut alasan dan dasar hukum.", {"hasil": "tolak"}),
    "rekomendasi_dijadwalkan_bertanggal": (
        "Tinjauan harus bertanggal.",
        {"status": "dijadwalkan", "versi": F("versi") + 1, "tinjau_pada": None},
    ),
}
LAIN: dict[str, tuple[str, str, dict[str, Any]]] = {
    "izin_status_dikenal": ("", "izin", {"status": "entah", "versi": F("versi") + 1}),
    "izin_akhir_sesudah_mulai": (
        "Akhir masa berlaku harus sesudah mulainya.",
        "izin",
        {"akhir": F("mulai") - timedelta(days=1)},
    ),
    "dokumen_jadi_berberkas": ("Dokumen yang jadi harus punya berkas dan sidik.", "sk", {"berkas": ""}),
    "dokumen_ditandatangani_berwenang": ("", "sk", {"kewenangan": None}),
    "skrd_nihil_nol": ("SKRD bernilai nol hanya untuk nihil.", "skrd", {"nilai": 0}),
    "skrd_batal_beralasan": ("", "skrd", {"status": "batal"}),
    "pembayaran_bernilai": ("", "bayar", {"jumlah": 0}),
    "berita_acara_titik_sah": ("Titik lokasi tidak masuk akal.", "bap", {"lintang": 123}),
    "pemeriksaan_kurang_beralasan": ("Sebutkan alasan kekurangan.", "periksa", {"putusan": "kurang"}),
    "butir_syarat_atau_isian": ("", "butir", {}),
}


def tertolak(nama: str, objek: Any, kolom: dict[str, Any]) -> None:
    kolom = {k: waktu.sekarang() if v is _KINI else v for k, v in kolom.items()}
    with pytest.raises(IntegrityError, match=nama), transaction.atomic():
        ubah(objek, **kolom)


def test_basis_data_menolak_berkas_yang_tidak_masuk_akal(selesai):
    for nama, (_pesan, kolom) in BERKAS.items():
        tertolak(nama, selesai, kolom)
    r = Rekomendasi.objects.filter(permohonan=selesai).first()
    for nama, (_pesan, kolom) in REKOMENDASI.items():
        tertolak(nama, r, kolom)


def test_basis_data_menolak_baris_lain_yang_tidak_masuk_akal(selesai, pemeran):
    skrd = Skrd.objects.get(permohonan=selesai)
    objek = {
        "izin": selesai.izin,
        "sk": selesai.dokumen.get(jenis="sk", status="ditandatangani"),
        "skrd": skrd,
        "bayar": skrd.pembayaran.get(),
        "bap": BeritaAcara.objects.get(rekomendasi__permohonan=selesai),
        "periksa": PemeriksaanSyarat.objects.filter(permohonan=selesai).first(),
    }
    for nama, (_pesan, kunci, kolom) in LAIN.items():
        if kunci in objek:
            tertolak(nama, objek[kunci], kolom)


def test_butir_perbaikan_menyebut_syarat_atau_isian_tidak_keduanya(berkas_di, rina):
    p = berkas_di("verifikasi", "siup")
    services.minta_perbaikan(p.pk, oleh=rina, butir=[{"uraian": "Lengkapi foto"}])
    butir = ButirPerbaikan.objects.get(perbaikan__permohonan=p)
    versi = p.versi_layanan
    tertolak("butir_syarat_atau_isian", butir, {"syarat": versi.syarat.first(), "isian": versi.isian.first()})


def test_masa_peran_kuasa_dan_kewenangan_tidak_berakhir_sebelum_mulai(pemeran):
    kuasa = Kuasa.objects.create(
        pemohon=pemeran.pemohon["sari"],
        penerima=pemeran.asing,
        nama_penerima="Asih",
        hp_penerima="+6281210000102",
        mulai=waktu.sekarang(),
    )
    for nama, objek in (
        ("kuasa_sampai_sesudah_mulai", kuasa),
        ("penugasan_sampai_sesudah_mulai", Penugasan.objects.first()),
        ("kewenangan_sampai_sesudah_mulai", Kewenangan.objects.first()),
    ):
        tertolak(nama, objek, {"sampai": F("mulai")})
    tertolak("akun_punya_surel_atau_hp", pemeran.kadis, {"surel": None, "hp": None})


def test_satu_putaran_satu_skrd_satu_sk_satu_nomor_per_berkas(selesai):
    """What may stand only once per file does, whoever inserts it."""
    for objek, unik in (
        (Skrd.objects.get(permohonan=selesai), {"nomor": "lain", "status": "berlaku"}),
        (selesai.dokumen.get(jenis="sk", status="ditandatangani"), {"token": "lain"}),
        (selesai.nomor_sk.get(), {"urut": 999}),
        (Rekomendasi.objects.filter(permohonan=selesai).first(), {}),
    ):
        kolom = {f.attname: getattr(objek, f.attname) for f in objek._meta.concrete_fields if f.attname != "id"}
        kolom.pop("kunci", None)
        ganda = 2 if isinstance(objek, Skrd) else 1  # the paid SKRD is not the one in force
        with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012 the second insert is the one refused
            for ke in range(ganda):
                beda = {k: f"{v}{ke}" if k in {"nomor", "token"} else v for k, v in unik.items()}
                type(objek)(**kolom | beda).save(force_insert=True)


def test_status_hanya_berubah_bersama_versinya(selesai):
    r = Rekomendasi.objects.filter(permohonan=selesai).first()
    for objek in (selesai, r, selesai.izin):
        with pytest.raises(DatabaseError, match="status hanya berubah"), transaction.atomic():
            ubah(objek, status="dibatalkan" if objek is not r else "ditarik")


def semua_batasan() -> dict[str, models.CheckConstraint]:
    """Check constraints of the two apps that hold the rules."""
    daftar = [*apps.get_app_config("perizinan").get_models(), *apps.get_app_config("accounts").get_models()]
    return {c.name: c for m in daftar for c in m._meta.constraints if isinstance(c, models.CheckConstraint)}


def test_setiap_batasan_diuji_dan_kalimatnya_bahasa_indonesia():
    diuji = {**BERKAS, **REKOMENDASI, **LAIN}
    masa = {n for n in semua_batasan() if n.endswith("_sampai_sesudah_mulai")} | {"akun_punya_surel_atau_hp"}
    waktu_ = {"anggaran_tahap_persen", "tangga_persen", "gangguan_selesai_sesudah_mulai"}  # test_efek_waktu.py
    waktu_ |= {"survei_terjawab_tanpa_kode"}  # test_survei.py
    belum = {"versi_terbit_bertanggal"}  # not violated here yet
    assert set(semua_batasan()) == set(diuji) | masa | waktu_ | belum
    for nama, isi in diuji.items():
        if isi[0]:
            assert semua_batasan()[nama].violation_error_message == isi[0]


def test_f_g_h_hanya_waktu_yang_bertindak_atas_izin():
    """When more rows of 52-61 are declared this test fails, and (f), (g) and (h) get tests of their own."""
    assert {(t.source, t.name) for t in transisi_model(Izin)} == {
        ("berlaku", "ingatkan"),
        ("berlaku", "kedaluwarsakan"),
        ("dibekukan", "kedaluwarsakan"),
    }
