"""Who may do what. A permission is a function; it quotes the rule that it implements.

A declared transition names the roles that may use it; each role also needs its relation to the file:

* pemohon: the party is the account's own; kuasa: acts by a power of attorney in force for that service;
* loket, back office, bendahara, penandatangan, ajudan: the file belongs to their issuing unit;
* kabid: the file belongs to their bidang;
* tim teknis, koordinator: a recommendation of the file is asked of their SKPD and was not withdrawn;
* sistem: nobody (`oleh=None`); no person ever passes as the system.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from accounts.enums import Peran

if TYPE_CHECKING:
    from accounts.models import Akun
    from perizinan.models import Permohonan, Rekomendasi

Izinkan = Callable[["Permohonan | Rekomendasi", "Akun | None"], bool]


def _berkas(objek: Permohonan | Rekomendasi) -> Permohonan:
    """The application behind the object (a recommendation belongs to one)."""
    induk: Permohonan | None = getattr(objek, "permohonan", None)
    return induk or cast("Permohonan", objek)


def _milik_pemohon(objek: Permohonan | Rekomendasi, akun: Akun) -> bool:
    return _berkas(objek).pemohon_id in akun.pemohon_milik


def _kuasa_berlaku(objek: Permohonan | Rekomendasi, akun: Akun) -> bool:
    """Kuasa: the file was filed by this agent and the power of attorney still holds (ux.md 5.3)."""
    from core.waktu import sekarang

    berkas = _berkas(objek)
    kuasa = berkas.kuasa
    return (
        kuasa is not None and kuasa.penerima_id == akun.pk and kuasa.berlaku_untuk(berkas.jenis_izin.kode, sekarang())
    )


def _sepenerbit(peran: Peran) -> Callable[[Permohonan | Rekomendasi, Akun], bool]:
    return lambda objek, akun: _berkas(objek).unit_penerbit_id in akun.penerbit_peran(peran)


def _sebidang(objek: Permohonan | Rekomendasi, akun: Akun) -> bool:
    return _berkas(objek).bidang_id in akun.unit_peran(Peran.KABID)


def _seskpd(peran: Peran) -> Callable[[Permohonan | Rekomendasi, Akun], bool]:
    """Tim teknis: only files routed to their SKPD; a recommendation object only when it is their own."""

    def cek(objek: Permohonan | Rekomendasi, akun: Akun) -> bool:
        from perizinan.enums import StatusRekomendasi

        unit = akun.unit_peran(peran)
        skpd_id = getattr(objek, "skpd_id", None)
        if skpd_id is not None:
            return skpd_id in unit
        return any(
            r.skpd_id in unit and r.status != StatusRekomendasi.DITARIK for r in _berkas(objek).rekomendasi.all()
        )

    return cek


RELASI: dict[Peran, Callable[[Permohonan | Rekomendasi, Akun], bool]] = {
    Peran.PEMOHON: _milik_pemohon,
    Peran.KUASA: _kuasa_berlaku,
    Peran.LOKET: _sepenerbit(Peran.LOKET),
    Peran.BACK_OFFICE: _sepenerbit(Peran.BACK_OFFICE),
    Peran.BENDAHARA: _sepenerbit(Peran.BENDAHARA),
    Peran.PENANDATANGAN: _sepenerbit(Peran.PENANDATANGAN),
    Peran.KABID: _sebidang,
    Peran.TIM_TEKNIS: _seskpd(Peran.TIM_TEKNIS),
    Peran.KOORDINATOR_TEKNIS: _seskpd(Peran.KOORDINATOR_TEKNIS),
}


def memegang(peran: Peran, objek: Permohonan | Rekomendasi, akun: Akun | None) -> bool:
    """Whether somebody acts in a role on this object: holds the role and has the relation to the file."""
    if peran == Peran.SISTEM or akun is None:
        return peran == Peran.SISTEM and akun is None
    if not akun.is_active:
        return False
    if peran not in {Peran.PEMOHON, Peran.KUASA} and not akun.berperan(peran):
        return False
    return RELASI[peran](objek, akun)


def peran_bertindak(objek: Permohonan | Rekomendasi, akun: Akun | None, peran: tuple[Peran, ...]) -> Peran | None:
    """The first of the declared roles that somebody holds on this object; it is what the log keeps."""
    return next((p for p in peran if memegang(p, objek, akun)), None)


def peran(*daftar: Peran) -> Izinkan:
    """The `permission` of a transition: one of these roles, with its relation to the file."""

    def izinkan(objek: Permohonan | Rekomendasi, akun: Akun | None) -> bool:
        return peran_bertindak(objek, akun, daftar) is not None

    return izinkan
