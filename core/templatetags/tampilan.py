"""How the portal writes money, dates, times, states and icons (interface.md "Look", ux.md section 7).

A builtin of the template engine: no page needs {% load %}. On an empty value a filter prints nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Literal

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.bilangan import tulis
from core.ikon import IKON

register = template.Library()

#: The three legal times of Indonesia by their offset; any other zone is written with its own name.
ZONA: Final = {7: "WIB", 8: "WITA", 9: "WIT"}
_KILO = 1024


# --- numbers --------------------------------------------------------------------------------------
def _ribuan(nilai: int) -> str:
    """Thousands with a dot, in both languages: rupiah are always written the Indonesian way."""
    return f"{nilai:,}".replace(",", ".")


@register.filter
def angka(nilai: int | str | None) -> str:
    """`12345` becomes `12.345`."""
    return "" if nilai is None or nilai == "" else _ribuan(int(nilai))


@register.filter
def desimal(nilai: Fraction | Decimal | int | str | None, tempat: int = 2) -> str:
    """`76.45` becomes `76,45`; exact numbers only, rounded half up. Text is a number as the API writes it."""
    if nilai is None or nilai == "":
        return ""
    return tulis(Decimal(nilai) if isinstance(nilai, str) else nilai, tempat)


@register.filter
def rupiah(nilai: int | str | None) -> str:
    """`1250000` becomes `Rp1.250.000`; money is whole rupiah."""
    if nilai is None or nilai == "":
        return ""
    bulat = int(nilai)
    return f"{'-' if bulat < 0 else ''}Rp{_ribuan(abs(bulat))}"


@register.filter
def biaya(nilai: int | None) -> str:
    """A fee in words: nothing to pay is said, not left as a bare zero."""
    return _("Gratis (Rp0)") if nilai == 0 else rupiah(nilai)


@register.filter
def ukuran_berkas(bita: int | str | None) -> str:
    """`5033164` becomes `4,8 MB`, the unit that a phone shows."""
    if bita is None or bita == "":
        return ""
    kb = int(bita) / _KILO
    if kb < _KILO:
        return f"{max(1, round(kb))} kB"
    return f"{kb / _KILO:.1f} MB".replace(".", ",").replace(",0 MB", " MB")


# --- dates and times ------------------------------------------------------------------------------
def _setempat(nilai: date | datetime) -> date | datetime:
    """The moment on the office's own clock."""
    if isinstance(nilai, datetime) and timezone.is_aware(nilai):
        return timezone.localtime(nilai)
    return nilai


@register.filter
def tanggal(nilai: date | datetime | None) -> str:
    """`Selasa, 2 Juni 2026`."""
    return date_format(_setempat(nilai), "l, j F Y") if nilai else ""


@register.filter
def tanggal_pendek(nilai: date | datetime | None) -> str:
    """`2 Jun 2026`, for tables."""
    return date_format(_setempat(nilai), "j M Y") if nilai else ""


def _zona(nilai: datetime) -> str:
    selisih = nilai.utcoffset()
    jam = selisih.total_seconds() / 3600 if selisih is not None else None
    return ZONA.get(int(jam), nilai.tzname() or "") if jam is not None and jam == int(jam) else ""


@register.filter
def pukul(nilai: datetime | time | None) -> str:
    """`pukul 16.00 WIB`; a bare time of the day is the office's own."""
    if nilai is None or nilai == "":
        return ""
    if isinstance(nilai, time):
        zona = _zona(timezone.localtime())
    else:
        nilai = timezone.localtime(nilai) if timezone.is_aware(nilai) else nilai
        zona = _zona(nilai) or _zona(timezone.localtime())
    return _("pukul %(jam)s %(zona)s") % {"jam": f"{nilai:%H.%M}", "zona": zona}


@register.filter
def waktu(nilai: datetime | None) -> str:
    """`Selasa, 2 Juni 2026 pukul 16.00 WIB`."""
    return f"{tanggal(nilai)} {pukul(nilai)}" if nilai else ""


@register.filter
def waktu_pendek(nilai: datetime | None) -> str:
    """`2 Jun 2026 16.00`, for tables and logs."""
    return f"{tanggal_pendek(nilai)} {_setempat(nilai):%H.%M}" if nilai else ""


@register.filter
def sisa_hari(hari: int | Literal[""] | None) -> str:
    """Working days left, in words: `sisa 2 hari kerja`, `hari ini`, `terlambat 3 hari kerja`."""
    if hari is None or hari == "":
        return ""
    if hari == 0:
        return _("paling lambat hari ini")
    if hari > 0:
        return str(ngettext("sisa %(n)s hari kerja", "sisa %(n)s hari kerja", hari) % {"n": hari})
    return ngettext("terlambat %(n)s hari kerja", "terlambat %(n)s hari kerja", -hari) % {"n": -hari}


# --- icons, emblem, state -------------------------------------------------------------------------
@register.simple_tag
@lru_cache(maxsize=512)
def ikon(nama: str, label: str = "", kelas: str = "") -> SafeString:
    """One inline icon, silent unless a `label` makes it speak. An unknown name fails loudly."""
    isi = mark_safe(IKON[nama])
    suara = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="ikon{}{}" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        " " if kelas else "",
        kelas,
        suara,
        isi,
    )


@register.filter
def data_svg(svg: str) -> str:
    """A configured drawing as an image address: inside <img> no script of it can run."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


#: label_status.csv `warna_ikon`: first word = look of the badge (CSS class), second = icon.
JENIS_STATUS: Final = {
    "isi-penuh": "tangan",
    "biru": "putar",
    "jeda": "jeda",
    "hampir": "jam",
    "terlambat": "peringatan",
    "hijau": "centang",
    "merah-garis": "silang",
    "merah": "silang",
    "abu": "strip",
    "netral": "pensil",
}


@register.inclusion_tag("komponen/status.html")
def status(warna_ikon: str, kata: str, kelas: str = "") -> dict[str, str]:
    """The state as icon + word + colour; `warna_ikon` as in label_status.csv ("biru putar")."""
    jenis, _spasi, gambar = warna_ikon.partition(" ")
    return {"jenis": jenis, "gambar": gambar or JENIS_STATUS[jenis], "kata": kata, "kelas": kelas}


LANGKAH_PUBLIK: Final = 5


def nama_langkah() -> tuple[str, ...]:
    """The five steps that the public sees, in the reader's language."""
    return (_("Diterima"), _("Diproses"), _("Dinilai dinas"), _("Ditandatangani"), _("Selesai"))


@register.inclusion_tag("komponen/langkah.html")
def langkah_publik(
    nomor: int, catatan: str = "", waktu: Iterable[Any] = (), berhenti: bool = False
) -> dict[str, Any]:
    """Five steps with step `nomor` (0-5) current; `waktu` holds the dates of the steps begun, in order."""
    kapan = list(waktu)
    langkah = []
    for urut, nama in enumerate(nama_langkah(), start=1):
        keadaan = (
            "selesai" if urut < nomor or nomor == urut == LANGKAH_PUBLIK else "kini" if urut == nomor else "nanti"
        )
        langkah.append(
            {
                "nama": nama,
                "keadaan": "berhenti" if berhenti and urut == nomor else keadaan,
                "kapan": kapan[urut - 1] if urut <= len(kapan) else None,
                "catatan": catatan if urut == nomor else "",
            }
        )
    return {"langkah": langkah, "judul": _("Perjalanan permohonan")}


# --- forms and lists ------------------------------------------------------------------------------
@register.filter
def id_pertama(field: BoundField) -> str:
    """Where a link from the error summary lands: the first input of the field."""
    if field.field.widget.use_fieldset:
        bagian = field.subwidgets
        if bagian and (satu := bagian[0].id_for_label):
            return str(satu)
    return str(field.id_for_label or field.auto_id)


PANJANG_NAMA: Final = 40  # a longer label is a sentence (a declaration to tick), not a name


@register.filter
def dengan_nama(pesan: str, label: str) -> str:
    """An error that does not name its field gets the (short) name in front, for the summary."""
    bernama = str(label).lower() in str(pesan).lower() or len(str(label)) > PANJANG_NAMA
    return str(pesan) if bernama else f"{label}: {pesan}"


@register.inclusion_tag("komponen/paginasi.html", takes_context=True)
def paginasi(context: Context, halaman: Page[Any], nama: str = "halaman") -> dict[str, Any]:
    """Previous/next of a Django page, keeping the other words of the address."""
    tanya = context["request"].GET.copy()

    def alamat(nomor: int) -> str:
        tanya[nama] = str(nomor)
        return f"?{tanya.urlencode()}"

    return {
        "sebelumnya": alamat(halaman.previous_page_number()) if halaman.has_previous() else "",
        "berikutnya": alamat(halaman.next_page_number()) if halaman.has_next() else "",
        "keterangan": _("Halaman %(ini)s dari %(semua)s")
        % {"ini": halaman.number, "semua": halaman.paginator.num_pages},
    }
