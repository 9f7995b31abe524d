"""Rolling the monthly summary up from the files: an act marks its file, the roll-up remakes the months it touched.

No act counts anything, so that nothing can be counted twice or forgotten: a month and service that a marked file
touches is counted anew from its rows. `segarkan` runs every minute and before a figure is read; `bangun_ulang`
makes everything anew (`manage.py rekap --ulang`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku
from core.waktu import sekarang, zona
from perizinan.enums import Ukuran
from perizinan.models import JenisIzin, Pembayaran, Perbaikan, Permohonan, PutaranRekap, Rekap, Rekomendasi, Riwayat

#: Files of one turn; the lock on them is held for well under a second.
UKURAN_PUTARAN = 500
#: ukuran, id of the service, butir
Sel = tuple[str, int, int]
_SELESAI = {"ditolak": Ukuran.DITOLAK, "gugur": Ukuran.GUGUR, "dibatalkan": Ukuran.DIBATALKAN}


def segarkan(putaran: int = 10) -> int:
    """Work off marked files, at most `putaran` turns of 500. Returns how many; 0 when the summary is up to date."""
    jumlah = 0
    for _ in range(putaran):
        if not Permohonan.objects.filter(perlu_rekap=True).exists():
            break
        sekali = _satu_putaran()
        jumlah += sekali
        if not sekali:
            break
    return jumlah


def _satu_putaran() -> int:
    """Clear the marks first and count afterwards: an act that comes later marks its file again."""
    with transaction.atomic():
        PutaranRekap.objects.get_or_create(kunci=1)
        PutaranRekap.objects.select_for_update().get(kunci=1)
        # A file that somebody is acting on is left for the next turn: waiting for it could wait in a ring.
        bertanda = Permohonan.objects.filter(perlu_rekap=True).order_by("pk")
        pk = list(
            bertanda.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:UKURAN_PUTARAN]
        )
        Permohonan.objects.filter(pk__in=pk).update(perlu_rekap=None)
        for bulan, jenis in sorted(_tersentuh(pk).items()):
            _tulis(bulan, jenis, hitung(bulan, jenis))
    return len(pk)


def _tersentuh(pk: list[int]) -> dict[date, set[int]]:
    """The months in which something happened to these files, each with their services."""
    bulan: dict[date, set[int]] = defaultdict(set)
    kolom = ("diajukan_pada", "terbit_pada", "selesai_pada")
    jenis: dict[int, int] = {}
    for satu, jenis_id, *saat in Permohonan.objects.filter(pk__in=pk).values_list("pk", "jenis_izin_id", *kolom):
        jenis[satu] = jenis_id
        for t in saat:
            if t:
                bulan[bulan_dari(t)].add(jenis_id)
    for satu, pada in Riwayat.objects.filter(permohonan__in=pk).order_by().values_list("permohonan_id", "pada"):
        bulan[bulan_dari(pada)].add(jenis[satu])
    return bulan


def bulan_dari(saat: datetime) -> date:
    """First day of the instant's month by the office's calendar."""
    return saat.astimezone(zona()).date().replace(day=1)


def batas(bulan: date) -> tuple[datetime, datetime]:
    """First instants of a month and of the next."""
    berikut = date(bulan.year + bulan.month // 12, bulan.month % 12 + 1, 1)
    return datetime.combine(bulan, time.min, zona()), datetime.combine(berikut, time.min, zona())


def hitung(bulan: date, jenis: Iterable[int]) -> Counter[Sel]:
    """Every measure of one month, for these services, counted from the rows.

    The database groups; only what asks the calendar is counted row by row here.
    """
    awal, akhir = batas(bulan)
    jenis_izin = list(jenis)
    sel: Counter[Sel] = Counter()

    def dalam(daftar: QuerySet[Any], kolom: str, ke: str = "permohonan__") -> QuerySet[Any]:
        return daftar.filter(**{f"{kolom}__gte": awal, f"{kolom}__lt": akhir, f"{ke}jenis_izin__in": jenis_izin})

    berkas = Permohonan.objects.order_by()
    for j, n in _cacah(dalam(berkas, "diajukan_pada", ""), "jenis_izin_id"):
        sel[Ukuran.DIAJUKAN, j, 0] += n
    for j, status, n in _cacah(dalam(berkas, "selesai_pada", ""), "jenis_izin_id", "status"):
        if ukuran := _SELESAI.get(status):
            sel[ukuran, j, 0] += n
    _terbit(sel, dalam(berkas, "terbit_pada", ""))
    putaran = dalam(Perbaikan.objects.order_by(), "dibuka_pada")
    for j, n in _cacah(putaran, "permohonan__jenis_izin_id"):
        sel[Ukuran.PERBAIKAN, j, 0] += n
    saran = dalam(Rekomendasi.objects.order_by().exclude(hasil=""), "diberikan_pada")
    _saran(
        sel,
        saran.values_list("permohonan__jenis_izin_id", "skpd_id", "diminta_pada", "diberikan_pada", "tenggat"),
    )
    bayar = dalam(Pembayaran.objects.order_by(), "dicatat_pada", "skrd__permohonan__")
    for j, rupiah in bayar.values_list("skrd__permohonan__jenis_izin_id").annotate(n=Sum("jumlah")):
        sel[Ukuran.RETRIBUSI, j, 0] += rupiah
    return sel


def _cacah(daftar: QuerySet[Any], *kolom: str) -> QuerySet[Any]:
    """How many rows there are of each combination of these columns."""
    dikelompok: QuerySet[Any] = daftar.values_list(*kolom).annotate(n=Count("pk"))
    return dikelompok


def _terbit(sel: Counter[Sel], terbit: QuerySet[Any]) -> None:
    for j, hari, sop, n in _cacah(terbit, "jenis_izin_id", "hari_terpakai", "hari_sop"):
        sel[Ukuran.TERBIT, j, 0] += n
        sel[Ukuran.HARI, j, hari] += n
        sel[Ukuran.TEPAT if hari <= sop else Ukuran.LEWAT, j, 0] += n
    kalender = kalender_berlaku()
    for j, sop, mulai, saat in terbit.values_list("jenis_izin_id", "hari_sop", "mulai_hitung", "terbit_pada"):
        if hari_kotor(mulai, saat, kalender) <= sop:
            sel[Ukuran.TEPAT_KOTOR, j, 0] += 1


def hari_kotor(mulai: datetime, terbit: datetime, kalender: Kalender) -> int:
    """Working days from the start of the clock to the signature, the applicant's own time included."""
    return kalender.indeks(terbit) - kalender.indeks(mulai)


def _saran(sel: Counter[Sel], baris: QuerySet[Any]) -> None:
    kalender = kalender_berlaku()
    for j, skpd, diminta, diberikan, tenggat in baris:
        sel[Ukuran.SARAN, j, skpd] += 1
        sel[Ukuran.SARAN_HARI, j, skpd] += kalender.indeks(diberikan) - kalender.indeks(diminta)
        if diberikan > tenggat:
            sel[Ukuran.SARAN_LEWAT, j, skpd] += 1


def _tulis(bulan: date, jenis: Iterable[int], sel: Counter[Sel]) -> None:
    """Put a month's cells in place of the old ones."""
    Rekap.objects.filter(bulan=bulan, jenis_izin__in=list(jenis)).delete()
    Rekap.objects.bulk_create(
        [
            Rekap(ukuran=ukuran, bulan=bulan, jenis_izin_id=j, butir=butir, jumlah=n)
            for (ukuran, j, butir), n in sel.items()
            if n
        ],
        batch_size=1000,
    )


def bangun_ulang() -> Iterator[date]:
    """Make the whole summary anew, month by month, each in its own transaction; yields each month that is done."""
    jenis = list(JenisIzin.objects.values_list("pk", flat=True))
    pertama = Permohonan.objects.filter(diajukan_pada__isnull=False).order_by("diajukan_pada").first()
    if pertama is None or pertama.diajukan_pada is None:
        Rekap.objects.all().delete()
        return
    bulan, akhir = bulan_dari(pertama.diajukan_pada), bulan_dari(sekarang())
    Rekap.objects.filter(bulan__lt=bulan).delete()
    Rekap.objects.filter(bulan__gt=akhir).delete()
    while bulan <= akhir:
        with transaction.atomic():
            PutaranRekap.objects.get_or_create(kunci=1)
            PutaranRekap.objects.select_for_update().get(kunci=1)
            _tulis(bulan, jenis, hitung(bulan, jenis))
        yield bulan
        bulan = batas(bulan)[1].date()


def periksa() -> list[str]:
    """Compare every cell with a fresh count, after working off marked files; one sentence for each that differs."""
    segarkan(putaran=10_000)
    jenis = list(JenisIzin.objects.values_list("pk", flat=True))
    beda: list[str] = []
    for bulan in Rekap.objects.order_by("bulan").values_list("bulan", flat=True).distinct():
        tersimpan = Counter(
            {(r.ukuran, r.jenis_izin_id, r.butir): r.jumlah for r in Rekap.objects.filter(bulan=bulan).order_by("pk")}
        )
        segar = +hitung(bulan, jenis)
        beda += [
            f"{bulan:%Y-%m} {k[0]} {k[1]}/{k[2]}: {tersimpan[k]}, seharusnya {segar[k]}"
            for k in sorted((tersimpan - segar) | (segar - tersimpan))
        ]
    return beda
