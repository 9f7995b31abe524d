"""Words for rules and levels, as the planner reads them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ATURAN: Final[dict[str, str | Promise]] = {
    "rasio_sel": _("Rasio per tahun"),
    "rasio_total": _("Rasio total"),
    "total_baris": _("Jumlah ke samping"),
    "total_kolom": _("Jumlah ke bawah"),
    "total_umum": _("Jumlah seluruhnya"),
    "format_angka": _("Penulisan angka"),
    "silang_tabel": _("Beda antartabel"),
    "judul_kolom": _("Judul kolom"),
    "kondisi_akhir": _("Kondisi akhir"),
    "metode_rata_rata": _("Cara merata-rata"),
    "jumlah_layanan": _("Jumlah jenis layanan"),
}
TINGKAT: Final[dict[str, str | Promise]] = {"kesalahan": _("Kesalahan"), "peringatan": _("Peringatan")}
#: Colour and icon of a level, for the `status` tag.
RUPA: Final = {"kesalahan": "merah silang", "peringatan": "hampir peringatan"}
