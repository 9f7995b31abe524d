"""From the draft to the signing desk, and the way to a refusal (rows 10-12, 19, 20, 22, 33)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.kewenangan import pejabat_berwenang
from core.galat import IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.models import nomor_berikut
from perizinan import naskah
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.models import Dokumen, Permohonan, Syarat
from perizinan.services import _jam
from perizinan.services._alur import Langkah, verba
from perizinan.services._catatan import catat
from perizinan.services.pembatalan import lepaskan_semua


@verba("ajukan_paraf")
def ajukan_paraf(langkah: Langkah) -> None:
    """Send the draft up the paraf chain (row 19); a draft with an empty variable is refused by name."""
    kosong = naskah.variabel_kosong(langkah.permohonan)
    if kosong:
        raise IsianTidakSah(
            _("Naskah belum lengkap: %(apa)s.") % {"apa": ", ".join(kosong)},
            {nama: [_("Belum terisi.")] for nama in kosong},
        )
    langkah.maju()


@verba("paraf")
def paraf(langkah: Langkah) -> None:
    """Initial the draft (row 20); the last of the chain sends it to the signing desk."""
    _tolak_perkara_sendiri(langkah)
    langkah.maju()


def _tolak_perkara_sendiri(langkah: Langkah) -> None:
    """Nobody decides on a file in which they are the applicant or the agent (reliability.md R19)."""
    p, akun = langkah.permohonan, langkah.oleh
    if akun is not None and (
        p.pemohon.akun_id == akun.pk or (p.kuasa is not None and p.kuasa.penerima_id == akun.pk)
    ):
        raise TidakBerwenang(_("Anda tidak boleh memutus berkas Anda sendiri."))


def ganti_sk(permohonan: Permohonan) -> None:
    """Set a frozen SK aside; its number stays with the file."""
    permohonan.dokumen.filter(jenis=JenisDokumen.SK).exclude(status=StatusDokumen.DIGANTI).update(
        status=StatusDokumen.DIGANTI
    )


@verba("koreksi_draf")
def koreksi_draf(langkah: Langkah, *, alasan: str) -> None:
    """Send the draft back to be mended (row 22)."""
    ganti_sk(langkah.permohonan)
    catat(langkah, langkah.maju(), alasan)


@verba("kembalikan_proses")
def kembalikan_proses(langkah: Langkah, *, alasan: str) -> None:
    """Send the file back to verification (row 33); parafs lapse, the reserved number stays."""
    ganti_sk(langkah.permohonan)
    catat(langkah, langkah.maju(), alasan)


@verba("usulkan_tolak")
def usulkan_tolak(langkah: Langkah, *, alasan: str, dasar_hukum: str, syarat: str = "") -> None:
    """Propose a refusal (row 10): it cites an unmet requirement or a rule (invariant i)."""
    if not dasar_hukum.strip():
        raise IsianTidakSah(_("Sebutkan dasar hukum."), {"dasar_hukum": [_("Sebutkan dasar hukumnya.")]})
    dirujuk = Syarat.objects.filter(versi=langkah.permohonan.versi_layanan_id, kode=syarat).first()
    ganti_sk(langkah.permohonan)
    riwayat = langkah.maju(rinci={"syarat": syarat} if dirujuk else {})
    catat(langkah, riwayat, alasan, dasar_hukum=dasar_hukum, syarat=dirujuk)


@verba("batal_tolak")
def batal_tolak(langkah: Langkah, *, alasan: str) -> None:
    """Take the proposal back (row 11): the file returns to verification."""
    catat(langkah, langkah.maju(), alasan)


@verba("setujui_tolak")
def setujui_tolak(langkah: Langkah) -> None:
    """Decide to refuse (row 12), by the official in authority now; the letter says how to object."""
    p = langkah.permohonan
    _tolak_perkara_sendiri(langkah)
    kewenangan = pejabat_berwenang(p.unit_penerbit_id, p.jenis_izin.kode, langkah.kini)
    if kewenangan is None or langkah.oleh is None or kewenangan.pejabat_id != langkah.oleh.pk:
        raise TidakBerwenang(_("Anda tidak berwenang memutus layanan ini saat ini."))
    usul = p.catatan.filter(verba="usulkan_tolak").order_by("-riwayat_urut").first()
    if usul is None:
        raise TransisiDitolak(_("Usul penolakan tidak ditemukan."))
    tahun = _jam.tanggal_setempat(langkah.kini).year
    nomor = f"{nomor_berikut(f'tolak/{p.unit_penerbit.kode}/{tahun}'):04d}/TOLAK/{tahun}"
    lepaskan_semua(p, langkah.kini, alasan=_("permohonan ditolak"))
    langkah.maju(
        pada=langkah.kini, **_jam.angka_akhir(p, langkah.kini), rinci={"nomor": nomor, "kewenangan": kewenangan.pk}
    )
    Dokumen.objects.filter(permohonan=p, jenis=JenisDokumen.SURAT_PENOLAKAN).update(
        nomor=nomor, kewenangan=kewenangan
    )
