"""Closed lists of the survey. Instruments, questions, weights and grades are data (ikm/acuan), not lists here."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from perizinan.enums import JAWABAN_MIN

#: An answer row has so many columns; no instrument in force has more unsur (KEP/25/M.PAN/2/2004 has 14).
UNSUR_MAKS: Final = 14
#: Perception values (ikm.md section 2): 1 tidak baik, 2 kurang baik, 3 baik, 4 sangat baik.
NILAI: Final = (1, 2, 3, 4)
#: A group of fewer answers, or of fewer files that could have given them, is never named (ikm/penyamaran.py).
KELOMPOK_MIN: Final = JAWABAN_MIN


class SaluranJawaban(models.TextChoices):
    """How an answer reached the office."""

    TAUTAN = "tautan", _("Tautan pribadi")
    KIOS = "kios", _("Layar di kantor")
    KERTAS = "kertas", _("Lembar kertas")
    IMPOR = "impor", _("Impor berkas")


class JenisPeriode(models.TextChoices):
    TRIWULAN = "triwulan", _("Triwulan")
    SEMESTER = "semester", _("Semester")
    TAHUN = "tahun", _("Tahun")


class StatusPeriode(models.TextChoices):
    BUKA = "buka", _("Berjalan")
    DITUTUP = "ditutup", _("Ditutup")


class ModeBobot(models.TextChoices):
    """How the weight of an unsur is written. Official series never mix modes (ikm.md section 7)."""

    EKSAK = "eksak", _("Pecahan tepat (1/jumlah unsur)")
    DESIMAL = "desimal", _("Desimal seperti tercetak")
    DESIMAL3 = "desimal3", _("Desimal tiga angka")


class AturanSampel(models.TextChoices):
    """Where an instrument's minimum number of respondents comes from."""

    TETAP = "tetap", _("Jumlah tetap")
    KREJCIE_MORGAN = "krejcie_morgan", _("Tabel Krejcie dan Morgan")


class Dimensi(models.TextChoices):
    """What a respondent may tell of themselves; each is counted alone, never crossed with another."""

    UMUR = "umur", _("Umur")
    JENIS_KELAMIN = "jenis_kelamin", _("Jenis kelamin")
    PENDIDIKAN = "pendidikan", _("Pendidikan terakhir")
    PEKERJAAN = "pekerjaan", _("Pekerjaan utama")


class Umur(models.TextChoices):
    MUDA = "0-19", _("Di bawah 20 tahun")
    DUA = "20-29", _("20 sampai 29 tahun")
    TIGA = "30-39", _("30 sampai 39 tahun")
    EMPAT = "40-49", _("40 sampai 49 tahun")
    LIMA = "50-59", _("50 sampai 59 tahun")
    TUA = "60+", _("60 tahun ke atas")


class JenisKelamin(models.TextChoices):
    PEREMPUAN = "perempuan", _("Perempuan")
    LAKI_LAKI = "laki_laki", _("Laki-laki")


class Pendidikan(models.TextChoices):
    SD = "sd", _("SD ke bawah")
    SMP = "smp", _("SMP")
    SMA = "sma", _("SMA atau SMK")
    DIPLOMA = "diploma", _("D1, D2, atau D3")
    SARJANA = "sarjana", _("D4 atau S1")
    PASCA = "pasca", _("S2 ke atas")


class Pekerjaan(models.TextChoices):
    PNS = "pns", _("Pegawai negeri")
    TNI_POLRI = "tni_polri", _("TNI atau Polri")
    SWASTA = "swasta", _("Pegawai swasta")
    WIRAUSAHA = "wirausaha", _("Wirausaha")
    PELAJAR = "pelajar", _("Pelajar atau mahasiswa")
    LAIN = "lain", _("Lainnya")


PILIHAN_PROFIL: Final[dict[Dimensi, type[models.TextChoices]]] = {
    Dimensi.UMUR: Umur,
    Dimensi.JENIS_KELAMIN: JenisKelamin,
    Dimensi.PENDIDIKAN: Pendidikan,
    Dimensi.PEKERJAAN: Pekerjaan,
}


class StatusLembar(models.TextChoices):
    """A paper sheet: typed twice by two people, then counted; where they differ somebody decides."""

    ENTRI_PERTAMA = "entri_pertama", _("Menunggu entri kedua")
    BEDA = "beda", _("Dua entri berbeda")
    SELESAI = "selesai", _("Sudah dihitung")
    BATAL = "batal", _("Tidak dihitung")


class StatusTindakLanjut(models.TextChoices):
    RENCANA = "rencana", _("Direncanakan")
    BERJALAN = "berjalan", _("Dikerjakan")
    SELESAI = "selesai", _("Selesai")
