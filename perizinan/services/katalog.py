"""Publish a service version: from then on it never changes, and files are pinned to it (architecture.md).

What an officer would only find out with a citizen at the counter is refused here: an expression that names no
field, a kind of application that asks for nothing, a dinas that does not exist, a name that bursts an SMS.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from accounts.enums import JenisUnit, Peran
from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang
from core.waktu import sekarang
from notifications.models import TemplatPesan
from notifications.muat import contoh_terpanjang
from notifications.teks import periksa_templat
from perizinan.ekspresi import GalatEkspresi, periksa
from perizinan.enums import AsalSyarat, JenisPermohonan, StatusVersi, TipeIsian
from perizinan.models import JenisIzin, Tarif, VersiLayanan
from perizinan.tarif import GalatTarif, periksa_tarif

#: Names that every expression may use beside the form's own (Permohonan.konteks_isian).
NAMA_TETAP = frozenset({"pemohon", "bentuk", "dikuasakan", "jenis_permohonan"})
NAMA_SMS_MAKS = 24
FORMAT_BERKAS = frozenset({"pdf", "jpeg", "png"})
_KODE = re.compile(r"[a-z][a-z0-9_]*")

Temuan = tuple[str, str]  # (what it is about, a sentence for the admin)


def terbitkan_versi(pk: int, *, oleh: Akun | None) -> VersiLayanan:
    """Publish a draft version. `oleh` is an admin, or None when reference data is loaded.

    Raises TidakBerwenang, IsianTidakSah (`rincian` says everything that is wrong at once), and Bentrok when the
    version is no draft any more.
    """
    if oleh is not None and not oleh.berperan(Peran.ADMIN):
        raise TidakBerwenang(_("Hanya admin yang menerbitkan versi layanan."))
    versi = VersiLayanan.objects.select_related("jenis_izin", "bidang").get(pk=pk)
    rincian = periksa_versi(versi)
    if rincian:
        raise IsianTidakSah(_("Versi layanan belum dapat diterbitkan. Perbaiki yang ditandai."), rincian)
    diubah = VersiLayanan.objects.filter(pk=pk, status=StatusVersi.DRAF).update(
        status=StatusVersi.TERBIT, diterbitkan_pada=sekarang()
    )
    if diubah != 1:
        raise Bentrok(_("Versi ini sudah terbit. Buat versi baru untuk mengubahnya."))
    versi.refresh_from_db()
    return versi


def periksa_versi(versi: VersiLayanan) -> dict[str, list[str]]:
    """Everything that keeps a version from being published, by what it is about; empty when it may be."""
    rincian: dict[str, list[str]] = defaultdict(list)
    for bagian in _PEMERIKSA:
        for tentang, kalimat in bagian(versi):
            rincian[tentang].append(kalimat)
    return dict(rincian)


def _nama_dan_pesan(versi: VersiLayanan) -> Iterator[Temuan]:
    """The name in an SMS is short, unlike every other service's, and leaves every text within one message."""
    nama = versi.jenis_izin.nama_sms
    if not nama or len(nama) > NAMA_SMS_MAKS:
        yield "nama_sms", _("Nama SMS wajib diisi, paling panjang %d huruf.") % NAMA_SMS_MAKS
        return
    kembar = JenisIzin.objects.filter(nama_sms__iexact=nama).exclude(pk=versi.jenis_izin_id).first()
    if kembar:
        yield "nama_sms", _("Nama SMS sama dengan %s.") % kembar.nama
    contoh = contoh_terpanjang() | {"izin": nama}
    for templat in TemplatPesan.objects.order_by("kode"):
        for salah in periksa_templat(templat.teks, contoh):
            yield "nama_sms", f"{templat.kode}: {salah}"


def _penempatan(versi: VersiLayanan) -> Iterator[Temuan]:
    """It belongs to a bidang in service, and does not begin before the version that it follows."""
    if versi.bidang.jenis != JenisUnit.BIDANG or not versi.bidang.aktif:
        yield "bidang", _("%s bukan bidang yang aktif.") % versi.bidang.nama
    terakhir = versi.jenis_izin.versi_layanan.filter(status=StatusVersi.TERBIT).order_by("-berlaku_mulai").first()
    if terakhir and versi.berlaku_mulai < terakhir.berlaku_mulai:
        yield "berlaku_mulai", _("Mulai berlaku lebih dahulu daripada versi yang sudah terbit.")


def _jenis_permohonan(versi: VersiLayanan) -> Iterator[Temuan]:
    """Every kind of application asks for something, unless the version says that it asks for nothing."""
    kode = [p["kode"] for p in versi.jenis_permohonan]
    if not kode:
        yield "jenis_permohonan", _("Pilih sedikitnya satu jenis permohonan.")
    yield from _kembar("jenis_permohonan", kode)
    syarat = list(versi.syarat.all())
    for pilihan in versi.jenis_permohonan:
        jenis = pilihan["kode"]
        if jenis not in JenisPermohonan.values:
            yield "jenis_permohonan", _("Jenis permohonan %s tidak dikenal.") % jenis
        elif not pilihan.get("tanpa_syarat") and not any(
            not s.jenis_permohonan or jenis in s.jenis_permohonan for s in syarat
        ):
            yield "jenis_permohonan", _("%s belum punya persyaratan.") % JenisPermohonan(jenis).label


def _syarat(versi: VersiLayanan) -> Iterator[Temuan]:
    """A requirement names known kinds, formats and issuing services, and says why it may be refused."""
    syarat = list(versi.syarat.all())
    yield from _kembar("syarat", [s.kode for s in syarat])
    asal = {s.layanan_asal for s in syarat if s.asal == AsalSyarat.IZIN_TERBITAN}
    ada = set(JenisIzin.objects.filter(kode__in=asal).values_list("kode", flat=True))
    for s in syarat:
        tentang = f"syarat.{s.kode}"
        if s.asal == AsalSyarat.IZIN_TERBITAN and s.layanan_asal not in ada:
            yield tentang, _("Layanan %s tidak ada.") % (s.layanan_asal or "-")
        if not s.format or not set(s.format) <= FORMAT_BERKAS:
            yield tentang, _("Format berkas hanya PDF, JPEG, atau PNG.")
        for jenis in sorted(set(s.jenis_permohonan) - set(JenisPermohonan.values)):
            yield tentang, _("Jenis permohonan %s tidak dikenal.") % jenis
        if not s.alasan:
            yield tentang, _("Tulis sedikitnya satu alasan kekurangan.")
        yield from _kembar(tentang, [a["kode"] for a in s.alasan])


def _isian(versi: VersiLayanan) -> Iterator[Temuan]:
    """A field's code can be named in an expression, is not taken, and a choice has something to choose."""
    isian = list(versi.isian.all())
    yield from _kembar("isian", [i.kode for i in isian])
    for i in isian:
        tentang = f"isian.{i.kode}"
        if not _KODE.fullmatch(i.kode) or i.kode in NAMA_TETAP:
            yield tentang, _("Kode %s tidak dapat dipakai sebagai nama isian.") % i.kode
        if i.tipe in {TipeIsian.PILIHAN, TipeIsian.PILIHAN_BANYAK}:
            if not i.opsi:
                yield tentang, _("Tulis pilihan yang dapat dipilih.")
            yield from _kembar(tentang, [o["kode"] for o in i.opsi])


def _rekomendasi(versi: VersiLayanan) -> Iterator[Temuan]:
    """Advice is asked of an SKPD in service, within the version's own limit."""
    for r in versi.butuh_rekomendasi.select_related("skpd"):
        tentang = f"rekomendasi.{r.skpd.kode}"
        if r.skpd.jenis != JenisUnit.SKPD or not r.skpd.aktif:
            yield tentang, _("%s bukan dinas teknis yang aktif.") % r.skpd.nama
        if not r.hari_kerja or (versi.hari_kerja is not None and r.hari_kerja > versi.hari_kerja):
            yield tentang, _("Batas penilaian dinas harus di dalam batas layanan.")


def _ekspresi(versi: VersiLayanan) -> Iterator[Temuan]:
    """Every condition parses and names only fields of this version or the fixed names."""
    isian = list(versi.isian.all())
    nama = NAMA_TETAP | {i.kode for i in isian}
    syarat = [(f"syarat.{s.kode}", s.bila) for s in versi.syarat.all()]
    rekomendasi = [(f"rekomendasi.{r.skpd.kode}", r.bila) for r in versi.butuh_rekomendasi.select_related("skpd")]
    for tentang, bila in [*syarat, *((f"isian.{i.kode}", i.bila) for i in isian), *rekomendasi]:
        try:
            periksa(bila, nama)
        except GalatEkspresi as galat:
            yield tentang, str(galat)


def _tarif(versi: VersiLayanan) -> Iterator[Temuan]:
    """A service with a fee has a tariff in force when it begins, and the form asks what the tariff needs."""
    if not versi.berbiaya:
        return
    tarif = list(Tarif.objects.filter(jenis_izin=versi.jenis_izin_id).order_by("berlaku_mulai"))
    if not tarif or tarif[0].berlaku_mulai > versi.berlaku_mulai:
        yield "biaya", _("Layanan ini berbiaya, tetapi tarifnya belum ada pada hari versi ini mulai berlaku.")
    nama = NAMA_TETAP | {i.kode for i in versi.isian.all()}
    for t in tarif:
        try:
            hilang = sorted(periksa_tarif(t.rumus, t.parameter) - nama)
        except GalatTarif as galat:
            yield "biaya", f"{t.berlaku_mulai}: {galat}"
            continue
        for kode in hilang:
            yield "biaya", _("Tarif memerlukan isian %s, yang tidak ada pada formulir.") % kode


def _kembar(tentang: str, kode: Iterable[str]) -> Iterator[Temuan]:
    daftar = list(kode)
    for satu in sorted({k for k in daftar if daftar.count(k) > 1}):
        yield tentang, _("%s tertulis lebih dari satu kali.") % satu


_PEMERIKSA: tuple[Callable[[VersiLayanan], Iterator[Temuan]], ...] = (
    _nama_dan_pesan,
    _penempatan,
    _jenis_permohonan,
    _syarat,
    _isian,
    _rekomendasi,
    _ekspresi,
    _tarif,
)
