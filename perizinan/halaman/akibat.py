"""What an act will do, in sentences, read from its declaration: confirmation pages name it (interface.md, Words)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_fsm import Transition

from perizinan.enums import Jam, JenisDokumen
from perizinan.label import label_status
from perizinan.models import Permohonan, Rekomendasi
from perizinan.tindakan import induk, sasaran

_MESIN = {Permohonan: "permohonan", Rekomendasi: "rekomendasi"}


def akibat(t: Transition, objek: Permohonan | Rekomendasi) -> list[str]:
    """Where the file goes, what the clock does, who is told, which document is made."""
    berkas = induk(objek)
    kalimat = [_tujuan(t, objek), _jam(t.custom["jam"]), _pesan(t, berkas), _dokumen(t)]
    return [k for k in kalimat if k]


def _tujuan(t: Transition, objek: Permohonan | Rekomendasi) -> str:
    mesin = _MESIN[type(objek)]
    tujuan = [label_status(mesin, s).label_petugas for s in sasaran(t) if s != objek.status]
    if not tujuan:
        return ""
    pola = (
        _("Berkas pindah ke tahap: %(tahap)s.")
        if mesin == "permohonan"
        else _("Keadaan penilaian dinas menjadi: %(tahap)s.")
    )
    return pola % {"tahap": _(" atau ").join(tujuan)}


def _jam(jam: Jam) -> str:
    return {
        Jam.MULAI: _("Hitungan waktu layanan mulai."),
        Jam.JEDA: _("Hitungan waktu berhenti sampai pemohon bertindak."),
        Jam.LANJUT: _("Hitungan waktu dilanjutkan."),
        Jam.HENTI: _("Hitungan waktu layanan selesai."),
    }.get(jam, "")


def _pesan(t: Transition, berkas: Permohonan) -> str:
    if not t.custom["pesan"]:
        return ""
    tujuan = berkas.pihak.hp[-4:] if berkas.pihak.hp else ""
    if tujuan:
        return _("Pemohon dikabari lewat SMS ke nomor berakhiran %(hp)s.") % {"hp": tujuan}
    return _("Pemohon dikabari lewat email.") if berkas.pihak.surel else ""


def _dokumen(t: Transition) -> str:
    jenis = t.custom["dokumen"]
    return _("Dokumen dibuat: %(nama)s.") % {"nama": JenisDokumen(jenis).label} if jenis else ""
