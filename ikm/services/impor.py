"""Taking in answers that were gathered elsewhere: all of a file or nothing, and no file twice."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang
from core.waktu import sekarang
from ikm.aturan import aturan_instrumen
from ikm.berkas_jawaban import GalatSel, baca_baris
from ikm.enums import SaluranJawaban
from ikm.models import KOLOM_UNSUR, Hitungan, ImporJawaban, Jawaban, Periode
from ikm.rumus import Hasil, cacah, hitung
from ikm.services.menjawab import kunci_periode

BARIS_MAKS: Final = 50_000
GALAT_MAKS: Final = 100
_UKURAN: Final = 2_000


@dataclass(frozen=True, slots=True)
class Pratinjau:
    """What an import would do: rows, the index of the file alone, and everything that is wrong in it."""

    sidik: str
    banyak: int
    hasil: Hasil | None
    galat: tuple[GalatSel, ...]
    sudah: ImporJawaban | None

    @property
    def bersih(self) -> bool:
        """Whether it can be taken in."""
        return not self.galat and self.sudah is None and self.banyak > 0


def tinjau(periode: Periode, isi: bytes) -> Pratinjau:
    """Read a file and change nothing: the dry run."""
    return _baca(periode, isi)[0]


def impor(periode: Periode, isi: bytes, *, nama: str, oleh: Akun) -> ImporJawaban:
    """Take in every row of a file as answers of the channel "impor", without group and service.

    One transaction under the period's lock. Raises TidakBerwenang, IsianTidakSah naming row and column, Bentrok for
    a file that was taken in before, TransisiDitolak for a period that takes none.
    """
    if not oleh.berperan(Peran.PERENCANA):
        raise TidakBerwenang(_("Ini pekerjaan perencana."))
    pratinjau, baris = _baca(periode, isi)
    if pratinjau.sudah is not None:
        raise Bentrok(_("Berkas ini sudah diimpor; tidak ada yang dihitung dua kali."), kode="berkas_sama")
    if not pratinjau.bersih:
        kalimat = [str(g) for g in pratinjau.galat] or [_("Berkas ini tidak berisi jawaban.")]
        raise IsianTidakSah(_("Tidak ada yang diimpor. Perbaiki berkasnya dahulu."), {"berkas": kalimat})
    try:
        with transaction.atomic():
            terkunci = kunci_periode(periode)
            tercatat = ImporJawaban.objects.create(
                sidik=pratinjau.sidik,
                nama=nama[:120],
                periode=terkunci,
                jumlah=len(baris),
                oleh=oleh,
                pada=sekarang(),
            )
            _simpan(terkunci, baris)
    except IntegrityError as galat:  # the same file at the same moment: the unique digest decides
        raise Bentrok(_("Berkas ini sudah diimpor; tidak ada yang dihitung dua kali."), kode="berkas_sama") from galat
    return tercatat


def _baca(periode: Periode, isi: bytes) -> tuple[Pratinjau, list[list[int]]]:
    aturan = aturan_instrumen(periode.instrumen)
    banyak = len(aturan.unsur)
    baris: list[list[int]] = []
    galat: list[GalatSel] = []
    try:
        for nomor, satu in baca_baris(io.BytesIO(isi), banyak):
            if isinstance(satu, GalatSel):
                galat.append(satu)
            else:
                baris.append(satu)
            if len(galat) >= GALAT_MAKS:
                break
            if nomor > BARIS_MAKS:
                galat.append(GalatSel(nomor, "", _("lebih dari %(n)d baris; bagi berkasnya.") % {"n": BARIS_MAKS}))
                break
    except GalatSel as kepala:
        galat.append(kepala)
    sidik = hashlib.sha256(isi).hexdigest()
    sudah = ImporJawaban.objects.select_related("oleh", "periode").filter(sidik=sidik).first()
    hasil = hitung(aturan, cacah(baris, banyak), periode.mode_bobot) if baris and not galat else None
    return Pratinjau(sidik, len(baris), hasil, tuple(galat), sudah), baris


def _simpan(periode: Periode, baris: Sequence[Sequence[int]]) -> None:
    """Write the answers in bulk and add them to the counts; the caller holds the period's lock."""
    Jawaban.objects.bulk_create(
        (
            Jawaban(
                periode=periode,
                saluran=SaluranJawaban.IMPOR,
                seragam=len(set(nilai)) == 1,
                **dict(zip(KOLOM_UNSUR, nilai, strict=False)),
            )
            for nilai in baris
        ),
        batch_size=_UKURAN,
    )
    asal = {"periode": periode, "kelompok": "", "layanan": "", "saluran": SaluranJawaban.IMPOR}
    ada = {(h.urutan, h.nilai): h for h in Hitungan.objects.filter(**asal)}
    baru, ubah = [], []
    for urutan, isi in enumerate(cacah(baris, len(baris[0])), start=1):
        for nilai, jumlah in enumerate(isi, start=1):
            if satu := ada.get((urutan, nilai)):
                satu.jumlah += jumlah
                ubah.append(satu)
            else:
                baru.append(Hitungan(**asal, urutan=urutan, nilai=nilai, jumlah=jumlah))
    Hitungan.objects.bulk_create(baru)
    Hitungan.objects.bulk_update(ubah, ["jumlah"])
