"""Verification and the technical advice of the SKPD: rows 7, 8 and 41-45."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.galat import IsianTidakSah, TransisiDitolak
from core.models import nomor_berikut
from core.unggah import HasilUnggahan, periksa_unggahan
from core.waktu import zona
from perizinan.ekspresi import nilai
from perizinan.enums import HasilRekomendasi, PutusanSyarat, StatusRekomendasi
from perizinan.models import BeritaAcara, FotoPemeriksaan, Permohonan, Rekomendasi
from perizinan.persyaratan import keadaan_syarat
from perizinan.services import _jam, _keluar
from perizinan.services._alur import Langkah, verba
from perizinan.services._catatan import catat

FOTO_MAKS_BYTE = 10 * 1024 * 1024


def _tolak_bila_belum_dipindai(permohonan: Permohonan) -> None:
    """Papers seen at the counter are scanned before verification ends (ux.md, loket)."""
    belum = [
        k.syarat
        for k in keadaan_syarat(permohonan)
        if k.pemeriksaan and k.pemeriksaan.putusan == PutusanSyarat.FISIK and not k.berkas
    ]
    if belum:
        raise TransisiDitolak(
            _("Pindai dahulu dokumen fisik: %(nama)s.") % {"nama": ", ".join(s.nama for s in belum)}
        )


@verba("minta_rekomendasi")
def minta_rekomendasi(langkah: Langkah) -> None:
    """Ask every SKPD that the version names, in parallel, each with its own due date (row 7)."""
    p = langkah.permohonan
    _tolak_bila_belum_dipindai(p)
    konteks = p.konteks_isian()
    diminta = [
        b for b in p.versi_layanan.butuh_rekomendasi.select_related("skpd") if not b.bila or nilai(b.bila, konteks)
    ]
    lama = {r.skpd_id for r in p.rekomendasi.exclude(status=StatusRekomendasi.DITARIK)}
    Rekomendasi.objects.bulk_create(
        Rekomendasi(
            permohonan=p,
            skpd=b.skpd,
            wajib_tinjau=b.tinjau,
            hari_kerja=b.hari_kerja,
            diminta_pada=langkah.kini,
            tenggat=_jam.batas(langkah.kini, b.hari_kerja),
        )
        for b in diminta
        if b.skpd_id not in lama
    )
    langkah.maju(rinci={"skpd": sorted(b.skpd.kode for b in diminta)})


@verba("lewati_teknis")
def lewati_teknis(langkah: Langkah) -> None:
    """Verified without advice (row 8): to the fee where there is one, else to the draft."""
    _tolak_bila_belum_dipindai(langkah.permohonan)
    langkah.maju()


@verba("jadwalkan_tinjau", Rekomendasi)
def jadwalkan_tinjau(langkah: Langkah, *, tinjau_pada: datetime, tim: list[str], sebab: str = "") -> None:
    """Fix or move the visit (row 41). The applicant hears day and hour; a move says why."""
    anggota = [nama.strip() for nama in tim if nama.strip()]
    if tinjau_pada <= langkah.kini:
        raise IsianTidakSah(
            _("Jadwal tinjauan harus di waktu yang akan datang."), {"tinjau_pada": [_("Sudah lewat.")]}
        )
    if not anggota:
        raise IsianTidakSah(_("Sebutkan anggota tim."), {"tim": [_("Sebutkan paling sedikit satu nama.")]})
    pindah = langkah.dari == StatusRekomendasi.DIJADWALKAN
    setempat = tinjau_pada.astimezone(zona())
    waktu = {"tgl": _keluar.tanggal_pendek(tinjau_pada), "jam": setempat.strftime("%H.%M")}
    riwayat = langkah.maju(
        tinjau_pada=tinjau_pada,
        tim=anggota,
        rinci={"tinjau": setempat.isoformat(timespec="minutes")},
        nilai_pesan=waktu,
        pesan=not pindah,
    )
    if pindah:
        sebab_sms = (sebab.strip() or _("perubahan jadwal petugas"))[:30]
        _keluar.tulis_pesan(langkah.permohonan, "SMS_JADWAL_UBAH", riwayat, waktu | {"sebab": sebab_sms})


@verba("catat_bap", Rekomendasi)
def catat_bap(
    langkah: Langkah,
    *,
    dilaksanakan_pada: datetime,
    lintang: Decimal,
    bujur: Decimal,
    daftar_periksa: list[dict[str, str]],
    foto: list[UploadedFile[Any]],
    catatan: str = "",
    pendamping: str = "",
) -> None:
    """Record the visit (row 42): checklist, photos, point, team. Raises IsianTidakSah, nothing is kept then."""
    r = langkah.objek
    assert isinstance(r, Rekomendasi) and langkah.oleh is not None  # noqa: S101 declared on Rekomendasi, never by the system
    if not daftar_periksa:
        raise IsianTidakSah(_("Isi daftar periksa."), {"daftar_periksa": [_("Belum diisi.")]})
    if dilaksanakan_pada > langkah.kini:
        raise IsianTidakSah(_("Waktu tinjauan belum lewat."), {"dilaksanakan_pada": [_("Belum lewat.")]})
    gambar = [_periksa_foto(f) for f in foto]
    tahun = _jam.tanggal_setempat(langkah.kini).year
    urut = nomor_berikut(f"bap/{r.skpd.kode}/{tahun}")
    ba = BeritaAcara.objects.create(
        rekomendasi=r,
        nomor=f"BAP-{urut:04d}/{r.skpd.kode.upper()}/{tahun}",
        dilaksanakan_pada=dilaksanakan_pada,
        lintang=lintang,
        bujur=bujur,
        daftar_periksa=daftar_periksa,
        catatan=catatan,
        tim=r.tim,
        pendamping=pendamping,
        dicatat_oleh=langkah.oleh,
    )
    for isi in gambar:
        satu = FotoPemeriksaan(berita_acara=ba, sidik=isi.sha256)
        satu.file.save(f"{satu.kunci}.{isi.jenis}", ContentFile(isi.isi), save=False)
        satu.save(force_insert=True)
    langkah.maju(rinci={"bap": ba.nomor, "foto": len(gambar)}, acuan_dokumen=str(r.kunci))


def _periksa_foto(f: UploadedFile[Any]) -> HasilUnggahan:
    try:
        return periksa_unggahan(f, boleh={"jpeg", "png"}, maks_byte=FOTO_MAKS_BYTE)
    except ValidationError as galat:
        raise IsianTidakSah(_("Foto belum dapat kami terima."), {"foto": list(galat.messages)}) from galat


@verba("beri_rekomendasi", Rekomendasi)
def beri_rekomendasi(
    langkah: Langkah,
    *,
    hasil: str,
    ketentuan: list[str] | None = None,
    alasan: str = "",
    dasar_hukum: str = "",
) -> None:
    """Give the advice (row 43): agree, agree with conditions for the SK, or refuse with reason and law."""
    assert langkah.oleh is not None  # noqa: S101 row 43 names no system
    syarat = [k.strip() for k in ketentuan or [] if k.strip()]
    galat: dict[str, list[str]] = {}
    if hasil not in HasilRekomendasi.values:
        galat["hasil"] = [_("Pilih setuju, setuju dengan syarat, atau tolak.")]
    if hasil == HasilRekomendasi.BERSYARAT and not syarat:
        galat["ketentuan"] = [_("Tulis ketentuan yang masuk ke surat izin.")]
    if hasil == HasilRekomendasi.TOLAK:
        if not alasan.strip():
            galat["alasan"] = [_("Tulis alasan penolakan.")]
        if not dasar_hukum.strip():
            galat["dasar_hukum"] = [_("Sebutkan dasar hukumnya.")]
    if galat:
        raise IsianTidakSah(_("Rekomendasi belum lengkap."), galat)
    langkah.maju(
        hasil=hasil,
        ketentuan=syarat if hasil == HasilRekomendasi.BERSYARAT else [],
        alasan=alasan.strip(),
        dasar_hukum=dasar_hukum.strip(),
        pemberi_id=langkah.oleh.pk,
        pada=langkah.kini,
        rinci={"hasil": hasil},
    )


@verba("minta_ulang", Rekomendasi)
def minta_ulang(langkah: Langkah, *, alasan: str) -> None:
    """Ask an SKPD again (row 44), with a reason and a new due date by its budget."""
    r = langkah.objek
    assert isinstance(r, Rekomendasi)  # noqa: S101 declared on Rekomendasi
    riwayat = langkah.maju(tenggat=_jam.batas(langkah.kini, r.hari_kerja))
    catat(langkah, riwayat, alasan)


@verba("tarik", Rekomendasi)
def tarik(langkah: Langkah, *, alasan: str) -> None:
    """Withdraw the request to an SKPD (row 45), with a reason; its sight of the file ends in this act."""
    catat(langkah, langkah.maju(), alasan)
