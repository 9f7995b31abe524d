"""The invitation to the satisfaction survey: asked of everybody, answered once, reminded twice, never in the way.

A file is invited when its permit is signed or when it ends otherwise, refused files too (Renstra 2.4, product.md).
What was answered is kept by `ikm` alone; from here it learns at most the group and the service of the file, and
those only where enough files could have given the answer (docs/keputusan/0030-anonim.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.galat import TidakDitemukan
from core.kalender import kalender_berlaku
from core.waktu import sekarang, zona
from perizinan.enums import BERKAS_MIN, FINAL, JAWABAN_MIN, StatusSurvei
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan, UndanganSurvei
from perizinan.nomor import baca_nomor, nomor_baru
from perizinan.services import _efek, _keluar
from perizinan.tetap import lengkapi

#: Own proposal, editable as settings of time: working days after the end of the file, and days of validity.
INGAT_HARI = (1, 7)
BERLAKU_HARI = 60
_UKURAN = 500
TERBUKA = frozenset({StatusSurvei.BELUM, StatusSurvei.DITUNDA})


@dataclass(frozen=True, slots=True)
class Asal:
    """Where an answer comes from, as far as that may be known. Empty: withheld."""

    kelompok: str
    layanan: str


def undang(permohonan: Permohonan, kini: datetime) -> None:
    """Invite a file that is signed or has ended; called by the door after every act, in its transaction.

    The reminders count from the end: a permit that waits at loket is asked about when it is handed over.
    """
    if permohonan.nomor is None or (permohonan.status != S.TERBIT and permohonan.status not in FINAL):
        return
    undangan, _baru = UndanganSurvei.objects.get_or_create(
        permohonan=permohonan,
        defaults={
            "kode": nomor_baru(),
            "diundang_pada": kini,
            "berlaku_sampai": kini + timedelta(days=int(_efek.setelan("survei_berlaku_hari", BERLAKU_HARI))),
        },
    )
    if permohonan.status in FINAL and undangan.kode and undangan.ingat_pada is None and not undangan.diingatkan:
        UndanganSurvei.objects.filter(pk=undangan.pk).update(ingat_pada=_ingat(kini, 0))


def _ingat(sejak: datetime, ke: int) -> datetime | None:
    """When the reminder number `ke` (from 0) is due: at the opening of a working day; None when all were sent."""
    hari = tuple(_efek.setelan("survei_ingat_hari", INGAT_HARI))
    if ke >= len(hari):
        return None
    kalender = kalender_berlaku()
    return kalender.buka(kalender.hari_kerja_ke(sejak.astimezone(zona()).date(), hari[ke]))


def kode_terbuka(permohonan: Permohonan) -> str:
    """The code by which the file's survey can be answered now; empty when it cannot."""
    undangan = UndanganSurvei.objects.terbuka(sekarang()).filter(permohonan=permohonan).first()
    return (undangan.kode or "") if undangan else ""


def tawaran_ketat() -> bool:
    """The stricter setting: the download asks for a deliberate "not now". Even then it withholds nothing."""
    return bool(_efek.setelan("survei_ketat", False))


def berkode(teks: str) -> UndanganSurvei:
    """The open invitation behind what somebody typed or followed.

    Raises TidakDitemukan with one sentence for a code that never was, was used, was declined or is too old:
    nobody learns from it which.
    """
    kode = baca_nomor(teks)
    terbuka = UndanganSurvei.objects.terbuka(sekarang()).select_related("permohonan__jenis_izin")
    undangan = terbuka.filter(kode=kode).first() if kode else None
    if undangan is None:
        raise TidakDitemukan(_salah())
    return undangan


def _salah() -> str:
    return _(
        "Kode survei itu tidak berlaku, atau sudah dipakai. Bila Anda baru saja mengirim jawaban, jawaban itu sudah"
        " kami terima."
    )


def tunda(permohonan_pk: int) -> None:
    """ "Lain kali": counted, and nothing else. Does nothing where there is nothing left to postpone."""
    with transaction.atomic():
        permohonan = Permohonan.objects.select_for_update(no_key=True).get(pk=permohonan_pk)
        if permohonan.survei not in TERBUKA:
            return
        undangan = UndanganSurvei.objects.terbuka(sekarang()).filter(permohonan=permohonan).first()
        if undangan is not None:
            UndanganSurvei.objects.filter(pk=undangan.pk).update(ditunda=undangan.ditunda + 1)
            Permohonan.objects.filter(pk=permohonan_pk).update(survei=StatusSurvei.DITUNDA)


def kesampingkan(kode: str) -> None:
    """ "Tidak bersedia": the code ends and no reminder follows. Raises TidakDitemukan."""
    with transaction.atomic():
        undangan = _pakai(kode, StatusSurvei.DIKESAMPINGKAN)
        UndanganSurvei.objects.filter(pk=undangan.pk).update(kode=None, ingat_pada=None)


def tandai_diisi(kode: str, *, periode: str, mulai: date, selesai: date) -> Asal:
    """Use the code up and tell what may be kept with the answer. Belongs into the answer's own transaction.

    `periode` is the survey period that counts the answer, `mulai` and `selesai` its days. Raises TidakDitemukan
    when somebody was first: one answer per file.
    """
    undangan = _pakai(kode, StatusSurvei.DIISI)
    UndanganSurvei.objects.filter(pk=undangan.pk).update(kode=None, ingat_pada=None, periode=periode)
    return _asal(undangan.permohonan, periode, mulai, selesai)


def _pakai(kode: str, menjadi: StatusSurvei) -> UndanganSurvei:
    undangan = berkode(kode)
    berubah = Permohonan.objects.filter(pk=undangan.permohonan_id, survei__in=TERBUKA).update(survei=menjadi)
    if not berubah:
        raise TidakDitemukan(_salah())
    return undangan


def _asal(permohonan: Permohonan, periode: str, mulai: date, selesai: date) -> Asal:
    """Name the group from its fifth answered file of the period on, the service from its thirtieth invited too."""
    jenis = permohonan.jenis_izin
    dijawab = UndanganSurvei.objects.filter(periode=periode)
    if _kurang(dijawab.filter(permohonan__jenis_izin__kelompok=jenis.kelompok), JAWABAN_MIN):
        return Asal("", "")
    diundang = UndanganSurvei.objects.filter(
        permohonan__jenis_izin=jenis, diundang_pada__gte=_awal(mulai), diundang_pada__lt=_awal(selesai, 1)
    )
    sedikit = _kurang(diundang, BERKAS_MIN) or _kurang(dijawab.filter(permohonan__jenis_izin=jenis), JAWABAN_MIN)
    return Asal(jenis.kelompok, "" if sedikit else jenis.kode)


def kelompok_boleh(kelompok: str, mulai: date, selesai: date) -> str:
    """The group of a paper answer that no code ties to a file; empty where it has fewer than five files."""
    diundang = UndanganSurvei.objects.filter(
        permohonan__jenis_izin__kelompok=kelompok,
        diundang_pada__gte=_awal(mulai),
        diundang_pada__lt=_awal(selesai, 1),
    )
    return "" if not kelompok or _kurang(diundang, JAWABAN_MIN) else kelompok


def _kurang(daftar: QuerySet[UndanganSurvei], batas: int) -> bool:
    """Whether fewer rows than `batas`; never counts further than that."""
    return len(daftar.values_list("pk", flat=True)[:batas]) < batas


def _awal(hari: date, tambah: int = 0) -> datetime:
    return datetime.combine(hari + timedelta(days=tambah), time.min, zona())


def sapu_ingatan() -> int:
    """Remind of unanswered surveys: at most twice, each once, however many sweeps run. Returns how many."""
    kini, jumlah = sekarang(), 0
    jatuh = UndanganSurvei.objects.filter(ingat_pada__lte=kini).order_by("ingat_pada", "pk")
    for pk in list(jatuh.values_list("pk", flat=True)[:_UKURAN]):
        jumlah += _ingatkan(pk, kini)
    return jumlah


def _ingatkan(pk: int, kini: datetime) -> int:
    with transaction.atomic():
        undangan = UndanganSurvei.objects.select_for_update().filter(pk=pk, ingat_pada__lte=kini).first()
        if undangan is None:
            return 0
        p = lengkapi(Permohonan.objects.select_related("kuasa").get(pk=undangan.permohonan_id))
        if not undangan.kode or undangan.berlaku_sampai < kini:
            UndanganSurvei.objects.filter(pk=pk).update(ingat_pada=None)
            return 0
        ke = undangan.diingatkan + 1
        berikut = _ingat(p.selesai_pada or kini, ke)
        UndanganSurvei.objects.filter(pk=pk).update(ingat_pada=berikut, diingatkan=ke)
        _keluar.tulis_kabar(p, "SMS_IKM", f"{p.pk}/survei/{ke}", kini, {"situs": undangan.alamat})
    return 1
