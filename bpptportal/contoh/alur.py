"""Walk a file through the real services, one normal act at a time, under a held clock.

`jalankan` knows for every state who acts next on the happy path and what they fill in; the demo, the tests and
the benches differ only in where they stop and in what they do differently on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Akun, Pemohon
from bpptportal.contoh.berkas import foto_contoh, unggahan
from bpptportal.contoh.pemeran import Pemeran
from core import waktu
from perizinan import services
from perizinan.enums import (
    HasilRekomendasi,
    JenisPermohonan,
    PengisiIsian,
    PutusanSyarat,
    StatusDokumen,
    StatusRekomendasi,
    StatusSkrd,
    TipeIsian,
)
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Isian, JenisIzin, Permohonan, Rekomendasi
from perizinan.persyaratan import keadaan_syarat

_NILAI: dict[str, Any] = {
    TipeIsian.TEKS: "Contoh isian",
    TipeIsian.TEKS_PANJANG: "Uraian contoh untuk peragaan",
    TipeIsian.BILANGAN: 1,
    TipeIsian.DESIMAL: "10",
    TipeIsian.PERSEN: "10",
    TipeIsian.UANG: 75_000_000,
    TipeIsian.LUAS: "72",
    TipeIsian.TANGGAL: "2026-01-05",
    TipeIsian.TELEPON: "081210000199",
    TipeIsian.TITIK: "-6.2349, 106.9896",
    TipeIsian.YA_TIDAK: "tidak",
    TipeIsian.IDENTITAS: "A1234567",
    TipeIsian.NPWP: "012345678407000",
}
#: Values that make the IMB a private house of 72 m2 on one floor.
KHUSUS: dict[str, dict[str, Any]] = {
    "imb": {
        "lokasi": "Jl. Kenanga Contoh No. 7, RT 03 RW 05",
        "luas_tanah": "120",
        "luas_bangunan": "72",
        "lantai": 1,
        "fungsi": "hunian_tunggal",
        "kompleksitas": "sederhana",
        "permanensi": "permanen",
        "jenis_kegiatan": "baru",
        "lahan_dikuasai": "ya",
        "jumlah_unit": 1,
        "patokan": "Seberang balai warga contoh",
        "pagar": "12",
        "perkerasan": "0",
        "menara": "0",
    },
    "siup": {"nama_usaha": "Toko Sari Rasa", "kekayaan_bersih": 120_000_000, "barang": "Makanan ringan"},
}


def nilai_isian(isian: Isian) -> Any:
    """A plausible value for a field by its kind."""
    if isian.opsi:
        kode = isian.opsi[0]["kode"]
        return [kode] if isian.tipe == TipeIsian.PILIHAN_BANYAK else kode
    nilai = _NILAI[isian.tipe]
    if isian.minimum is not None and isian.tipe not in {TipeIsian.TEKS, TipeIsian.TEKS_PANJANG}:
        nilai = str(max(Decimal(str(nilai)), isian.minimum))
    return nilai


def isi_draf(permohonan: Permohonan, oleh: Akun, **khusus: Any) -> None:
    """Fill every field and hand in every applicable requirement."""
    isian = permohonan.versi_layanan.isian.filter(diisi_oleh=PengisiIsian.PEMOHON)
    data = {i.kode: nilai_isian(i) for i in isian}
    data |= KHUSUS.get(permohonan.jenis_izin.kode, {}) | khusus
    galat = services.simpan_isian(permohonan, data, oleh=oleh)
    if galat:
        raise RuntimeError(f"{permohonan.jenis_izin.kode}: {galat}")
    for k in keadaan_syarat(Permohonan.objects.get(pk=permohonan.pk)):
        if k.kurang:
            services.unggah(permohonan, k.syarat, [unggahan(k.syarat.kode, k.syarat.format)], oleh=oleh)


def mulai(
    pemeran: Pemeran,
    kode: str,
    *,
    oleh: Akun | None = None,
    pemohon: Pemohon | None = None,
    jenis: str = JenisPermohonan.BARU,
    **khusus: Any,
) -> Permohonan:
    """A filled draft of a service, by `sari` unless said otherwise."""
    oleh = oleh or pemeran.sari
    draf = services.buat(
        oleh=oleh,
        jenis_izin=JenisIzin.objects.get(kode=kode),
        pemohon=pemohon or pemeran.pemohon["sari"],
        jenis_permohonan=jenis,
    )
    isi_draf(draf, oleh, **khusus)
    return draf


def jalankan(
    permohonan: Permohonan,
    pemeran: Pemeran,
    sampai: str,
    *,
    jeda: timedelta = timedelta(minutes=20),
    sebelum: Callable[[Permohonan], None] | None = None,
) -> Permohonan:
    """Act until the file is in the state `sampai`; the held clock moves by `jeda` before each act.

    `sebelum` is called before each act, for what is not on the happy path. Raises RuntimeError when the path
    does not lead there.
    """
    for _ in range(40):
        permohonan = Permohonan.objects.get(pk=permohonan.pk)
        if permohonan.status == sampai:
            return permohonan
        if sebelum:
            sebelum(permohonan)
            permohonan = Permohonan.objects.get(pk=permohonan.pk)
            if permohonan.status == sampai:
                return permohonan
        if permohonan.status not in _LANGKAH:
            break
        waktu.maju(jeda)
        langkah_berikut(permohonan, pemeran)
    raise RuntimeError(f"{permohonan} berhenti di {permohonan.status}, bukan {sampai}")


def langkah_berikut(permohonan: Permohonan, pemeran: Pemeran) -> None:
    """The one normal act that comes next. Raises KeyError in a final state."""
    _LANGKAH[S(permohonan.status)](permohonan, pemeran)


def _pihak(p: Permohonan, pemeran: Pemeran) -> Akun:
    """Who acts for the applicant: the account that made the file."""
    return Akun.objects.get(pk=p.dibuat_oleh_id)


def _ajukan(p: Permohonan, pemeran: Pemeran) -> None:
    services.ajukan(p.pk, oleh=_pihak(p, pemeran))


def terima_semua(p: Permohonan, petugas: Akun) -> None:
    """Loket accepts every applicable requirement."""
    services.buka_pemeriksaan(p, oleh=petugas)
    for k in keadaan_syarat(p):
        if k.ada:
            services.periksa_syarat(p, k.syarat, PutusanSyarat.TERIMA, oleh=petugas)


def _daftarkan(p: Permohonan, pemeran: Pemeran) -> None:
    terima_semua(p, pemeran.budi)
    services.daftarkan(p.pk, oleh=pemeran.budi)


def _jawab_dan_kirim(p: Permohonan, pemeran: Pemeran) -> None:
    oleh = _pihak(p, pemeran)
    putaran = p.perbaikan.get(ditutup_pada__isnull=True)
    for butir in putaran.butir.select_related("syarat", "isian"):
        if butir.syarat:
            services.unggah(p, butir.syarat, [unggahan(butir.syarat.kode, butir.syarat.format)], oleh=oleh)
        else:
            services.jawab_butir(butir, "Sudah kami perbaiki.", oleh=oleh)
    kirim = services.ajukan_ulang if p.status == S.PERBAIKAN_BERKAS else services.kirim_perbaikan
    kirim(p.pk, oleh=oleh)


def _verifikasi(p: Permohonan, pemeran: Pemeran) -> None:
    verba = services.minta_rekomendasi if p.butuh_rekomendasi else services.lewati_teknis
    verba(p.pk, oleh=pemeran.rina)


def _kaji(p: Permohonan, pemeran: Pemeran) -> None:
    r = p.rekomendasi.terbuka().select_related("skpd").first()
    if r is None:
        raise RuntimeError(f"{p}: tidak ada rekomendasi yang terbuka")
    langkah_rekomendasi(r, pemeran)


def langkah_rekomendasi(r: Rekomendasi, pemeran: Pemeran, hasil: str = HasilRekomendasi.SETUJU) -> None:
    """The next act on one recommendation: schedule, visit, or advise."""
    teknisi = pemeran.teknisi_skpd(r.skpd)
    if r.wajib_tinjau and r.status == StatusRekomendasi.DIMINTA:
        saat = waktu.sekarang() + timedelta(hours=2)
        services.jadwalkan_tinjau(r.pk, oleh=teknisi, tinjau_pada=saat, tim=[teknisi.nama, "Wawan Setiawan"])
    elif r.status == StatusRekomendasi.DIJADWALKAN:
        waktu.maju(timedelta(hours=3))
        catat_bap(r, teknisi)
    else:
        services.beri_rekomendasi(r.pk, oleh=teknisi, hasil=hasil)


def catat_bap(r: Rekomendasi, teknisi: Akun) -> None:
    """Record a visit with two photos and the checklist of the version."""
    assert r.tinjau_pada is not None  # noqa: S101 constraint rekomendasi_dijadwalkan_bertanggal
    butuh = r.permohonan.versi_layanan.butuh_rekomendasi.filter(skpd=r.skpd).first()
    butir = (butuh.daftar_periksa if butuh else []) or ["Lokasi sesuai permohonan"]
    foto = [SimpleUploadedFile(f"foto{n}.jpg", foto_contoh(f"Lokasi {n}"), "image/jpeg") for n in (1, 2)]
    services.catat_bap(
        r.pk,
        oleh=teknisi,
        dilaksanakan_pada=r.tinjau_pada,
        lintang=Decimal("-6.234900"),
        bujur=Decimal("106.989600"),
        daftar_periksa=[{"butir": str(b), "hasil": "sesuai", "catatan": ""} for b in butir],
        foto=foto,
        pendamping=r.permohonan.pihak.nama,
    )


def isi_isian_petugas(p: Permohonan, petugas: Akun) -> None:
    """Fill the fields that officers fill in."""
    isian = p.versi_layanan.isian.filter(diisi_oleh=PengisiIsian.PETUGAS)
    services.isi_petugas(p, {i.kode: nilai_isian(i) for i in isian}, oleh=petugas)


def _retribusi(p: Permohonan, pemeran: Pemeran) -> None:
    isi_isian_petugas(p, pemeran.rina)
    p = Permohonan.objects.get(pk=p.pk)
    if services.taksir_retribusi(p, waktu.hari_ini())[1].total > 0:
        services.tetapkan_retribusi(p.pk, oleh=pemeran.rina)
    else:
        services.nihil(p.pk, oleh=pemeran.rina, dasar="Nihil menurut tarif")


def _bayar(p: Permohonan, pemeran: Pemeran) -> None:
    skrd = p.skrd.get(status=StatusSkrd.BERLAKU)
    services.catat_lunas(
        p.pk,
        oleh=pemeran.dina,
        jumlah=skrd.nilai,
        dibayar_pada=waktu.sekarang() - timedelta(minutes=5),
        bukti=f"BJB-{skrd.nomor}",
        kanal="Teller Bank BJB",
    )


def _susun(p: Permohonan, pemeran: Pemeran) -> None:
    isi_isian_petugas(p, pemeran.rina)
    services.ajukan_paraf(p.pk, oleh=pemeran.rina)


def _paraf(p: Permohonan, pemeran: Pemeran) -> None:
    services.paraf(p.pk, oleh=pemeran.kabid_bidang(p.bidang_id))


def _tanda_tangan(p: Permohonan, pemeran: Pemeran) -> None:
    from perizinan import dokumen

    for pk in p.dokumen.filter(status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
        dokumen.buat(pk)
    services.tanda_tangani(p.pk, oleh=pemeran.kadis)


def _serahkan(p: Permohonan, pemeran: Pemeran) -> None:
    services.serahkan(p.pk, oleh=pemeran.budi, identitas_cocok=True)


def _tolak(p: Permohonan, pemeran: Pemeran) -> None:
    services.setujui_tolak(p.pk, oleh=pemeran.kadis)


_LANGKAH: dict[S, Callable[[Permohonan, Pemeran], None]] = {
    S.DRAF: _ajukan,
    S.DIAJUKAN: _daftarkan,
    S.PERBAIKAN_BERKAS: _jawab_dan_kirim,
    S.VERIFIKASI: _verifikasi,
    S.KAJIAN_TEKNIS: _kaji,
    S.PERBAIKAN: _jawab_dan_kirim,
    S.PENETAPAN_RETRIBUSI: _retribusi,
    S.MENUNGGU_PEMBAYARAN: _bayar,
    S.PENYUSUNAN_SK: _susun,
    S.PARAF_BERJENJANG: _paraf,
    S.MENUNGGU_TANDA_TANGAN: _tanda_tangan,
    S.USUL_TOLAK: _tolak,
    S.TERBIT: _serahkan,
}
