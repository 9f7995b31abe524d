"""What an officer can do with a file now, derived from the declared transitions and nothing else.

Buttons, the column "yang diminta" of the inbox and the refusal of an address all ask here, so that no page keeps
its own list of states. Who may is decided again by the one door (services/_alur.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, Transition

from accounts.enums import PERAN_PETUGAS, Peran
from accounts.models import Akun
from core.galat import Bentrok, TidakBerwenang, TransisiDitolak
from core.mesin import Bermesin, transisi_dari, transisi_model
from perizinan import perms
from perizinan.enums import BERJALAN, FINAL, HasilRekomendasi, PengisiIsian, StatusPermohonan, StatusRekomendasi
from perizinan.isian import berlaku
from perizinan.models import Permohonan, Rekomendasi

if TYPE_CHECKING:
    from perizinan.models import Persetujuan

#: Who may ask the kabid for another list of shortages (services.minta_persetujuan).
_PEMINTA = (Peran.LOKET, Peran.BACK_OFFICE, Peran.TIM_TEKNIS)
#: Acts that are taken on the completeness check page, where both decisions stand side by side.
DI_PERIKSA = frozenset({"daftarkan", "kembalikan_berkas"})
PERIKSA = _("Periksa kelengkapan")
_PERAN_DINAS = (Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS)
_PENGISI = (Peran.BACK_OFFICE, Peran.BENDAHARA, Peran.KABID)


@dataclass(frozen=True, slots=True)
class Tindakan:
    """One act: its verb, its words, the role it is done in, whether it is that role's duty, and whether it only
    does again what was done (a visit moved to another day)."""

    verba: str
    label: str | Promise
    peran: Peran
    tugas: bool
    ulang: bool = False


def induk(objek: Permohonan | Rekomendasi) -> Permohonan:
    """The file behind a row: itself, or the one that a recommendation belongs to."""
    return objek.permohonan if isinstance(objek, Rekomendasi) else objek


def tindakan(objek: Permohonan | Rekomendasi, akun: Akun) -> list[Tindakan]:
    """Acts that the state, the guards and the officer's roles allow now, duties first."""
    daftar = [satu for t in transisi_kini(objek) if (satu := _boleh(t, objek, akun))]
    return sorted(daftar, key=lambda satu: (not satu.tugas, satu.ulang))


def tugas_kini(objek: Permohonan | Rekomendasi, akun: Akun) -> list[Tindakan]:
    """The duties among the acts; guards of other acts are not asked, so that a list costs no more than it shows."""
    milik = [t for t in transisi_kini(objek) if akun.daftar_peran & set(t.custom["tugas"])]
    daftar = [satu for t in milik if (satu := _boleh(t, objek, akun)) and satu.tugas]
    return sorted(daftar, key=lambda satu: satu.ulang)


def bersyarat(objek: Permohonan, akun: Akun) -> bool:
    """Whether a duty of this officer at the present state has a guard that looks at the service version."""
    return any(t.conditions and akun.daftar_peran & set(t.custom["tugas"]) for t in transisi_kini(objek))


def transisi_kini(objek: Permohonan | Rekomendasi) -> list[Transition]:
    """Declared transitions that start at the present state, in the order of the specification."""
    dari = [t for t in transisi_model(type(objek)) if t.source == objek.status]
    return sorted(dari, key=lambda t: int(t.custom["no"]))


def _boleh(t: Transition, objek: Permohonan | Rekomendasi, akun: Akun) -> Tindakan | None:
    resmi = tuple(p for p in t.custom["peran"] if p in PERAN_PETUGAS)
    peran = perms.peran_bertindak(objek, akun, resmi)
    if peran is None or not all(syarat(objek) for syarat in t.conditions):
        return None
    return Tindakan(t.name, t.custom["label"], peran, peran in t.custom["tugas"], sasaran(t) == [str(objek.status)])


def sasaran(t: Transition) -> list[str]:
    """States that a transition can lead to; empty when the state stays."""
    if isinstance(t.target, GET_STATE):
        return [str(s) for s in t.target.allowed_states]
    return [str(t.target)] if t.target else []


# --- what stands beside the machine: approvals and officer fields -------------------------------------------


def boleh_minta_persetujuan(berkas: Permohonan, akun: Akun) -> bool:
    """Whether to offer asking the kabid: an open file that had a round before, and no request is waiting."""
    if berkas.status in FINAL or not any(perms.memegang(p, berkas, akun) for p in _PEMINTA):
        return False
    meminta = {t.name for t in transisi_kini(berkas)} & {"kembalikan_berkas", "minta_perbaikan"}
    sudah = [p for p in berkas.persetujuan.all() if p.dipakai_pada is None and p.disetujui is not False]
    return bool(meminta) and not sudah and perlu_persetujuan(berkas)


def perlu_persetujuan(berkas: Permohonan) -> bool:
    """A list of shortages after the first, or after the file was found in order (services/perbaikan.py)."""
    putaran = list(berkas.perbaikan.all())
    if any(p.ditutup_pada is None for p in putaran):
        return False
    return bool(putaran) or berkas.status in {
        StatusPermohonan.PENETAPAN_RETRIBUSI,
        StatusPermohonan.PENYUSUNAN_SK,
    }


def persetujuan_menunggu(berkas: Permohonan, akun: Akun) -> Persetujuan | None:
    """The request that waits for this kabid, if there is one."""
    if not perms.memegang(Peran.KABID, berkas, akun):
        return None
    return next((p for p in berkas.persetujuan.all() if p.diputus_pada is None), None)


def boleh_isi_petugas(berkas: Permohonan, akun: Akun) -> bool:
    """Whether the version has fields for officers, the clock runs, and this officer may fill them in."""
    if berkas.status not in BERJALAN or not any(perms.memegang(p, berkas, akun) for p in _PENGISI):
        return False
    return any(i.diisi_oleh == PengisiIsian.PETUGAS for i in berkas.versi_layanan.isian.all())


def isian_petugas_kurang(berkas: Permohonan) -> bool:
    """Whether an obligatory officer field that applies is still empty; the fee and the draft need it."""
    konteks = berkas.konteks_isian()
    return any(
        i.wajib and berkas.isian.get(i.kode) in (None, "", []) and berlaku(i, konteks)
        for i in berkas.versi_layanan.isian.all()
        if i.diisi_oleh == PengisiIsian.PETUGAS
    )


def permintaan(berkas: Permohonan, akun: Akun) -> str:
    """What the file asks of this officer, in one line for the inbox; empty when nothing."""
    return " / ".join(dict.fromkeys(_permintaan(berkas, akun)))


def _permintaan(berkas: Permohonan, akun: Akun) -> Iterator[str]:
    if persetujuan_menunggu(berkas, akun):
        yield str(_("Putuskan permintaan daftar kekurangan"))
    if penolakan_dinas(berkas, akun):
        yield str(_("Putuskan: dinas menilai tolak"))
    yield from (str(PERIKSA if t.verba in DI_PERIKSA else t.label) for t in tugas_kini(berkas, akun))
    for r in berkas.rekomendasi.all() if akun.berperan(*_PERAN_DINAS) else ():
        r.permohonan = berkas
        yield from (str(t.label) for t in tugas_kini(r, akun) if not t.ulang)


def menunggu(berkas: Permohonan) -> list[str]:
    """Whom the file waits for now: the roles whose duty a transition is, and every dinas that still has to answer."""
    peran = {p: None for t in transisi_kini(berkas) for p in t.custom["tugas"] if p != Peran.KUASA}
    tutup = {StatusRekomendasi.DIBERIKAN, StatusRekomendasi.DITARIK}
    return [str(Peran(p).label) for p in peran] + [
        r.skpd.nama for r in berkas.rekomendasi.all() if r.status not in tutup
    ]


def penolakan_dinas(berkas: Permohonan, akun: Akun) -> list[Rekomendasi]:
    """Recommendations that say no and wait for this kabid: propose the refusal, or ask again (row 9)."""
    if berkas.status != StatusPermohonan.KAJIAN_TEKNIS or not perms.memegang(Peran.KABID, berkas, akun):
        return []
    return [
        r
        for r in berkas.rekomendasi.all()
        if r.hasil == HasilRekomendasi.TOLAK and r.status == StatusRekomendasi.DIBERIKAN
    ]


#: Acts beside the machine: their words, and whether an officer may.
TAMBAHAN: dict[str, tuple[str | Promise, Callable[[Permohonan, Akun], object]]] = {
    "isi_petugas": (_("Isi data petugas"), boleh_isi_petugas),
    "minta_persetujuan": (_("Minta persetujuan daftar kekurangan"), boleh_minta_persetujuan),
    "putuskan_persetujuan": (_("Putuskan permintaan daftar kekurangan"), persetujuan_menunggu),
}


def verba_meja(model: type[Bermesin]) -> frozenset[str]:
    """Verbs that have a page at the desks: those that some official role may use."""
    resmi = {t.name for t in transisi_model(model) if set(t.custom["peran"]) & set(PERAN_PETUGAS)}
    return frozenset(resmi | set(TAMBAHAN)) if model is Permohonan else frozenset(resmi)


def pastikan_boleh(objek: Permohonan | Rekomendasi, akun: Akun, verba: str) -> str | Promise:
    """The words of an act that is possible now.

    Raises Bentrok when the state knows no such act, TidakBerwenang for another role, TransisiDitolak by a guard.
    """
    if verba in TAMBAHAN and isinstance(objek, Permohonan):
        label, boleh = TAMBAHAN[verba]
        if not boleh(objek, akun):
            raise Bentrok(gettext("Langkah ini sedang tidak tersedia untuk Anda pada berkas ini."))
        return label
    ada = next((t for t in tindakan(objek, akun) if t.verba == verba), None)
    if ada is not None:
        return ada.label
    t = transisi_dari(objek, verba)
    if t is None:
        raise Bentrok(gettext("Berkas ini sudah di tahap lain. Tidak ada yang perlu Anda ulangi."))
    if perms.peran_bertindak(objek, akun, t.custom["peran"]) is None:
        raise TidakBerwenang(gettext("Langkah ini bukan tugas peran Anda pada berkas ini."))
    raise TransisiDitolak(gettext("Berkas ini belum memenuhi syarat untuk langkah itu."))
