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
from django.db.models import Count, F, QuerySet, Sum

from accounts.enums import JenisUnit
from core.kalender import kalender_berlaku
from core.waktu import sekarang, zona
from perizinan.enums import Ukuran
from perizinan.models import (
    ButirPerbaikan,
    JenisIzin,
    Pembayaran,
    Perbaikan,
    Permohonan,
    PutaranRekap,
    Rekap,
    RekapSemua,
    Rekomendasi,
    Riwayat,
)
from perizinan.tenggat import hari_kotor

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
    butir = dalam(butir_dinas(), "diminta_pada", "perbaikan__permohonan__")
    for j, skpd, n in _cacah(butir, "perbaikan__permohonan__jenis_izin_id", "unit_id"):
        sel[Ukuran.MINTA_DINAS, j, skpd] += n
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
    for j, n in _cacah(terbit.filter(hari_kotor__lte=F("hari_sop")), "jenis_izin_id"):
        sel[Ukuran.TEPAT_KOTOR, j, 0] += n
    kalender = kalender_berlaku()
    belum = terbit.filter(hari_kotor__isnull=True).values_list(
        "jenis_izin_id", "hari_sop", "mulai_hitung", "terbit_pada"
    )
    for j, sop, mulai, saat in belum:
        if hari_kotor(mulai, saat, kalender) <= sop:
            sel[Ukuran.TEPAT_KOTOR, j, 0] += 1


def butir_dinas() -> QuerySet[ButirPerbaikan]:
    """What SKPDs asked applicants to put right; the unit is that of who asked, when it was asked."""
    return ButirPerbaikan.objects.filter(unit__jenis=JenisUnit.SKPD).order_by()


def tanpa_hari_kotor() -> QuerySet[Permohonan]:
    """Files that were issued before `hari_kotor` was stored: none, once the roll-up has been there."""
    return Permohonan.objects.filter(terbit_pada__isnull=False, hari_kotor__isnull=True).order_by()


def isi_hari_kotor(putaran: int = 1) -> int:
    """Store `hari_kotor` of files that were issued before it was; at most `putaran` turns. Returns how many.

    The sweep calls this, no reader does. A file that somebody is acting on is left: its figure is computed until
    the next turn (`hitung`).
    """
    jumlah = 0
    for _ in range(putaran):
        with transaction.atomic():
            belum = tanpa_hari_kotor().order_by("pk").select_for_update(skip_locked=True, no_key=True)
            isi = list(belum.values_list("pk", "mulai_hitung", "terbit_pada")[:UKURAN_PUTARAN])
            kalender = kalender_berlaku()
            menurut: dict[int, list[int]] = defaultdict(list)
            for pk, mulai, saat in isi:
                assert mulai is not None and saat is not None  # noqa: S101 constraints of a registered, issued file
                menurut[hari_kotor(mulai, saat, kalender)].append(pk)
            for hari, semua in menurut.items():
                Permohonan.objects.filter(pk__in=semua).update(hari_kotor=hari)
        jumlah += len(isi)
        if len(isi) < UKURAN_PUTARAN:
            break
    return jumlah


def _saran(sel: Counter[Sel], baris: QuerySet[Any]) -> None:
    kalender = kalender_berlaku()
    for j, skpd, diminta, diberikan, tenggat in baris:
        sel[Ukuran.SARAN, j, skpd] += 1
        sel[Ukuran.SARAN_HARI, j, skpd] += kalender.indeks(diberikan) - kalender.indeks(diminta)
        if diberikan > tenggat:
            sel[Ukuran.SARAN_LEWAT, j, skpd] += 1


def _tulis(bulan: date, jenis: Iterable[int], sel: Counter[Sel]) -> None:
    """Put a month's cells in place of the old ones; of the sums over all services only those that changed."""
    Rekap.objects.filter(bulan=bulan, jenis_izin__in=list(jenis)).delete()
    Rekap.objects.bulk_create(
        [
            Rekap(ukuran=ukuran, bulan=bulan, jenis_izin_id=j, butir=butir, jumlah=n)
            for (ukuran, j, butir), n in sel.items()
            if n
        ],
        batch_size=1000,
    )
    segar, basi = _semua(bulan), []
    for satu in RekapSemua.objects.filter(bulan=bulan).order_by("pk"):
        kunci = satu.ukuran, satu.butir
        if segar.get(kunci) == satu.jumlah:
            del segar[kunci]
        else:
            basi.append(satu.pk)
    if basi:
        RekapSemua.objects.filter(pk__in=basi).delete()
    RekapSemua.objects.bulk_create(
        [RekapSemua(bulan=bulan, ukuran=u, butir=b, jumlah=n) for (u, b), n in segar.items()]
    )


def _semua(bulan: date) -> dict[tuple[str, int], int]:
    """The month's cells added up over the services."""
    daftar = Rekap.objects.filter(bulan=bulan).order_by().values_list("ukuran", "butir").annotate(n=Sum("jumlah"))
    return {(u, b): int(n) for u, b, n in daftar}


def bangun_ulang() -> Iterator[date]:
    """Make the whole summary anew, month by month, each in its own transaction; yields each month that is done."""
    jenis = list(JenisIzin.objects.values_list("pk", flat=True))
    while isi_hari_kotor(100):
        pass
    pertama = Permohonan.objects.filter(diajukan_pada__isnull=False).order_by("diajukan_pada").first()
    if pertama is None or pertama.diajukan_pada is None:
        Rekap.objects.all().delete()
        RekapSemua.objects.all().delete()
        return
    bulan, akhir = bulan_dari(pertama.diajukan_pada), bulan_dari(sekarang())
    for tabel in (Rekap.objects, RekapSemua.objects):
        tabel.exclude(bulan__range=(bulan, akhir)).delete()
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
    ada = {b for m in (Rekap, RekapSemua) for b in m.objects.order_by().values_list("bulan", flat=True).distinct()}
    for bulan in sorted(ada):
        tersimpan = Counter(
            {(r.ukuran, r.jenis_izin_id, r.butir): r.jumlah for r in Rekap.objects.filter(bulan=bulan).order_by("pk")}
        )
        segar = +hitung(bulan, jenis)
        beda += [
            f"{bulan:%Y-%m} {k[0]} {k[1]}/{k[2]}: {tersimpan[k]}, seharusnya {segar[k]}"
            for k in sorted((tersimpan - segar) | (segar - tersimpan))
        ]
        beda += _beda_semua(bulan)
    return beda


def _beda_semua(bulan: date) -> list[str]:
    """Where the month over all services is not the sum of its services; one sentence each."""
    tersimpan = {(r.ukuran, r.butir): r.jumlah for r in RekapSemua.objects.filter(bulan=bulan).order_by("pk")}
    segar = _semua(bulan)
    return [
        f"{bulan:%Y-%m} {k[0]} semua/{k[1]}: {tersimpan.get(k, 0)}, seharusnya {segar.get(k, 0)}"
        for k in sorted(tersimpan.keys() | segar.keys())
        if tersimpan.get(k) != segar.get(k)
    ]
