"""States and catalogue texts in templates: words and badges come from the labels, never from a comparison."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from perizinan.bahasa import dwibahasa as _dwibahasa
from perizinan.label import label_status

register = template.Library()


@register.filter
def dwibahasa(objek: Any, nama: str) -> str:
    """A catalogue column in the reader's language: `{{ jenis|dwibahasa:"nama" }}`."""
    return _dwibahasa(objek, nama)


@register.inclusion_tag("komponen/status.html")
def status_pemohon(objek: Any, mesin: str = "permohonan", kelas: str = "") -> dict[str, str]:
    """The badge of a row with a machine, in the applicant's word: `{% status_pemohon permohonan %}`."""
    satu = label_status(mesin, objek.status)
    jenis, _spasi, gambar = satu.warna_ikon.partition(" ")
    return {"jenis": jenis, "gambar": gambar, "kata": satu.kata, "kelas": kelas}


@register.filter
def alasan_baris(baris: Any) -> str:
    """One line of the arithmetic in the reader's language (perizinan/tenggat.py gives the Indonesian msgid)."""
    return str(gettext(baris.pola) % baris.isian)


@register.simple_tag
def jumlah_siap(kartu: Any) -> str:
    """`2 dari 9 siap.`"""
    siap = sum(1 for satu in kartu if satu.keadaan == "siap")
    return gettext("%(siap)d dari %(semua)d siap.") % {"siap": siap, "semua": len(kartu)}
