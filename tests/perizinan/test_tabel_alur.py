"""Every state x verb x role against a table written by hand from domain/state_machine.csv."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from accounts.enums import Peran
from core.galat import Bentrok, GalatPortal, TidakBerwenang
from core.mesin import transisi_model
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan
from perizinan.services import _alur
from tests.perizinan.bekal_waktu import biarkan

TABEL = Path(__file__).parent / "data" / "tabel_alur.csv"
#: Verbs that the system alone performs are bodies without a public service.
HANYA_SISTEM = {"rangkum_rekomendasi", "siapkan"}
PERAN = (
    Peran.PEMOHON, Peran.KUASA, Peran.LOKET, Peran.BACK_OFFICE, Peran.KABID, Peran.TIM_TEKNIS,
    Peran.BENDAHARA, Peran.PENANDATANGAN, Peran.PERENCANA, Peran.ADMIN, Peran.AUDITOR, Peran.SISTEM,
)  # fmt: skip


def tabel() -> dict[tuple[str, str], set[str]]:
    with TABEL.open(encoding="utf-8") as f:
        return {(b["status"], b["verba"]): set(b["peran"].split()) for b in csv.DictReader(f)}


def test_tabel_sama_dengan_deklarasi():
    deklarasi = {(t.source, t.name): {p.value for p in t.custom["peran"]} for t in transisi_model(Permohonan)}
    assert deklarasi == tabel()


def test_kontrol_tabel_yang_diubah_tidak_sama():
    rusak = tabel()
    rusak[("verifikasi", "lewati_teknis")].add("loket")
    deklarasi = {(t.source, t.name): {p.value for p in t.custom["peran"]} for t in transisi_model(Permohonan)}
    assert deklarasi != rusak


def test_setiap_transisi_punya_label_dan_keputusan_tentang_pesan():
    for t in transisi_model(Permohonan):
        assert str(t.custom["label"])
        assert isinstance(t.custom["pesan"], str)
        assert t.permission is not None


@pytest.fixture
def orang(pemeran: Any) -> dict[Peran, Any]:
    """One person per role, each with its relation to the file (the agent gets one in `berkas`)."""
    return {
        Peran.PEMOHON: pemeran.sari,
        Peran.KUASA: pemeran.asing,
        Peran.LOKET: pemeran.budi,
        Peran.BACK_OFFICE: pemeran.rina,
        Peran.KABID: pemeran.kabid,
        Peran.TIM_TEKNIS: pemeran.teknisi,
        Peran.BENDAHARA: pemeran.dina,
        Peran.PENANDATANGAN: pemeran.kadis,
        Peran.PERENCANA: pemeran.prita,
        Peran.ADMIN: pemeran.admin,
        Peran.AUDITOR: pemeran.auditor,
        Peran.SISTEM: None,
    }


def siapkan_berkas(status: str, berkas_di: Any, pemeran: Any) -> Permohonan:
    """An IMB in a state, filed by sari through an agent in force, routed to Dinas Tata Kota."""
    from accounts.models import Kuasa
    from core.waktu import sekarang

    p = _lanjut(berkas_di(_asal(status)), status, pemeran)
    kuasa = Kuasa.objects.create(
        pemohon=p.pemohon,
        penerima=pemeran.asing,
        nama_penerima="Asih Permata",
        hp_penerima="+6281210000102",
        mulai=sekarang(),
    )
    Permohonan.objects.filter(pk=p.pk).update(kuasa=kuasa)
    if not p.rekomendasi.exists() and status not in {S.KAJIAN_TEKNIS}:
        from perizinan.models import Rekomendasi

        Rekomendasi.objects.create(
            permohonan=p,
            skpd=pemeran.teknisi.penugasan_berlaku[0].unit,
            hari_kerja=3,
            diminta_pada=sekarang(),
            tenggat=sekarang(),
        )
    return Permohonan.objects.get(pk=p.pk)


def _asal(status: str) -> str:
    """Where the happy path stops before the detour that leads to `status`."""
    return {
        S.PERBAIKAN_BERKAS: S.DIAJUKAN,
        S.TERDAFTAR: S.DIAJUKAN,
        S.PERBAIKAN: S.KAJIAN_TEKNIS,
        S.USUL_TOLAK: S.VERIFIKASI,
        S.DITOLAK: S.VERIFIKASI,
        S.DIBATALKAN: S.VERIFIKASI,
        S.GUGUR: S.DIAJUKAN,
    }.get(S(status), S(status))


def _lanjut(p: Permohonan, status: str, pemeran: Any) -> Permohonan:
    match status:
        case S.PERBAIKAN_BERKAS:
            syarat = p.versi_layanan.syarat.get(kode="ktp")
            services.periksa_syarat(p, syarat, "kurang", oleh=pemeran.budi, kode_alasan=syarat.alasan[0]["kode"])
            services.kembalikan_berkas(p.pk, oleh=pemeran.budi)
        case S.TERDAFTAR:
            _daftarkan_tanpa_teruskan(p, pemeran)
        case S.PERBAIKAN:
            services.minta_perbaikan(p.pk, oleh=pemeran.rina, butir=[{"uraian": "Lengkapi", "syarat": "ktp"}])
        case S.USUL_TOLAK | S.DITOLAK:
            services.usulkan_tolak(p.pk, oleh=pemeran.kabid, alasan="Tidak sesuai", dasar_hukum="Perda")
            if status == S.DITOLAK:
                services.setujui_tolak(p.pk, oleh=pemeran.kadis)
        case S.DIBATALKAN:
            services.batalkan(p.pk, oleh=pemeran.sari)
        case S.GUGUR:
            p = _lanjut(p, S.PERBAIKAN_BERKAS, pemeran)
            biarkan(25)
    return Permohonan.objects.get(pk=p.pk)


def _daftarkan_tanpa_teruskan(p: Permohonan, pemeran: Any) -> None:
    """The system forwards in the same act; here it is kept from it, to have a file in `terdaftar`."""
    from bpptportal.contoh.alur import terima_semua
    from perizinan.services import _otomatis

    terima_semua(p, pemeran.budi)
    asli = dict(_otomatis._LANGKAH)
    _otomatis._LANGKAH.clear()
    try:
        services.daftarkan(p.pk, oleh=pemeran.budi)
    finally:
        _otomatis._LANGKAH.update(asli)


def _coba(p: Permohonan, verba: str, oleh: Any) -> bool:
    """Whether the door lets the verb through authorisation and state; what it did is undone."""
    with transaction.atomic():
        try:
            _alur._buka(verba, Permohonan, p.pk, oleh, None)
        except (TidakBerwenang, Bentrok):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def _panggil_terlarang(p: Permohonan, verba: str, oleh: Any) -> None:
    """The public service refuses too, and nothing of the file changes."""
    layanan = getattr(services, verba, None)
    if layanan is None:
        assert verba in HANYA_SISTEM
        return
    with pytest.raises(GalatPortal) as galat:
        layanan(p.pk, oleh=oleh)
    assert isinstance(galat.value, TidakBerwenang | Bentrok)


@pytest.mark.parametrize("status", S.values)
def test_setiap_verba_dan_peran(status, berkas_di, pemeran, orang):
    p = siapkan_berkas(status, berkas_di, pemeran)
    orang = {k: type(a).objects.get(pk=a.pk) if a else None for k, a in orang.items()}
    assert p.status == status
    sebelum = (p.status, p.versi, p.riwayat_urut)
    boleh = tabel()
    semua = {t.name for t in transisi_model(Permohonan)}
    for verba in sorted(semua):
        terlarang = None
        for peran in PERAN:
            diizinkan = peran.value in boleh.get((status, verba), set())
            assert _coba(p, verba, orang[peran]) == diizinkan, (status, verba, peran)
            terlarang = terlarang if diizinkan else orang[peran]
        _panggil_terlarang(p, verba, terlarang)
    p = Permohonan.objects.get(pk=p.pk)
    assert (p.status, p.versi, p.riwayat_urut) == sebelum
