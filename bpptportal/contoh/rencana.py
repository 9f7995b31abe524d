"""An invented plan for the present years, so that a fresh demo shows live numbers. Never loaded by muat_acuan.

Its indicators name the registered sources (renstra/sumber.py); two outputs are reported by hand. Nothing in it is
the plan of a real office.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction

from accounts.models import Akun, Unit
from core import waktu
from renstra.enums import MANUAL, StatusRencana, TipeIndikator
from renstra.models import Anggaran, Indikator, Kegiatan, Keluaran, Misi, Program, Rencana, Sasaran, Target, Tujuan
from renstra.services import penutupan, realisasi
from renstra.sumber import SUMBER, Masa

KODE: Final = "rencana-contoh"
#: (programme or activity, source or `manual`, name, unit, targets of the first year and the growth per year)
HASIL: Final = (
    ("tepat_waktu", 88, 2),
    ("hari_p90", 12, -1),
    ("ikm", 80, 1),
    ("sms_sampai", 90, 1),
)
#: activity: (sources with targets and growth, outputs by hand, budget in million rupiah)
KEGIATAN: Final = (
    (
        "Penyelenggaraan pelayanan perizinan",
        (
            ("izin_terbit", 40, 5),
            ("penolakan", 10, 0),
            ("layanan_daring", 40, 2),
            ("retribusi", 20_000_000, 1_000_000),
        ),
        (),
        950,
    ),
    (
        "Peningkatan mutu pelayanan",
        (("hari_median", 6, 0), ("perbaikan_per_berkas", 30, -2)),
        (("Petugas loket yang dilatih", "orang", 24, 2),),
        320,
    ),
    (
        "Sosialisasi perizinan kepada warga",
        (),
        (("Peserta sosialisasi", "orang", 600, 50), ("Bahan informasi tercetak", "lembar", 4000, 500)),
        180,
    ),
)
LAMA: Final = 5
#: What the planner of the demo writes at the foot of E.81.
CATATAN: Final = {
    "pendorong": "Loket dan dinas memakai satu daftar berkas (contoh).",
    "penghambat": "Dua petugas loket pindah tugas dan belum diganti (contoh).",
    "triwulan_berikut": "Melatih petugas pengganti pada bulan pertama (contoh).",
    "renja_berikut": "Menambah satu kali pelatihan setahun (contoh).",
}


def buat_rencana(perencana: Akun, kepala: Akun) -> Rencana:
    """The plan, made once: five years of which last year was the first; last year is closed, this year reported."""
    ada = Rencana.objects.filter(kode=KODE).first()
    if ada is not None:
        return ada
    hari = waktu.hari_ini()
    with transaction.atomic():
        rencana = _pohon(hari.year - 1)
    for tahun, triwulan in ((hari.year - 1, t) for t in (1, 2, 3, 4)):
        _laporkan(rencana, Masa(tahun, triwulan), perencana)
        _tutup(rencana, Masa(tahun, triwulan), perencana, kepala)
    for triwulan in range(1, _triwulan(hari) + 1):
        _laporkan(rencana, Masa(hari.year, triwulan), perencana)
    if _triwulan(hari) > 1:
        _tutup(rencana, Masa(hari.year, _triwulan(hari) - 1), perencana, kepala)
    return rencana


def _triwulan(hari: date) -> int:
    return (hari.month - 1) // 3 + 1


def _pohon(mulai: int) -> Rencana:
    rencana = Rencana.objects.create(
        kode=KODE,
        nama=f"Rencana contoh {mulai}-{mulai + LAMA - 1}",
        tahun_mulai=mulai,
        tahun_akhir=mulai + LAMA - 1,
        visi="Pelayanan perizinan yang cepat, terbuka, dan dapat dipercaya (contoh).",
        sumber="Data rekaan untuk peragaan",
        status=StatusRencana.BERLAKU,
    )
    Misi.objects.create(rencana=rencana, no=1, uraian="Melayani perizinan tepat waktu (contoh).")
    tujuan = Tujuan.objects.create(rencana=rencana, no=1, uraian="Mewujudkan pelayanan yang memuaskan warga (contoh)")
    sasaran = Sasaran.objects.create(tujuan=tujuan, no=1, uraian="Meningkatnya kepuasan dan ketepatan waktu (contoh)")
    ikm = SUMBER["ikm"]
    iku = Indikator.objects.create(
        sasaran=sasaran, no=1, nama=str(ikm.nama), satuan=ikm.satuan, tipe=ikm.tipe, sumber=ikm.kode, iku=True
    )
    _target(rencana, 80, 1, indikator=iku)
    program = Program.objects.create(
        rencana=rencana, no=1, sasaran=sasaran, nama="Program pelayanan perizinan (contoh)"
    )
    for urutan, (kode, awal, naik) in enumerate(HASIL, start=1):
        _target(rencana, awal, naik, keluaran=_dari_sumber(kode, urutan, program=program))
    unit = Unit.objects.filter(kode="bid_pelayanan").first()
    for no, (nama, sumber, manual, juta) in enumerate(KEGIATAN, start=1):
        kegiatan = Kegiatan.objects.create(program=program, no=no, nama=nama, unit=unit, lokasi="Kota Bekasi")
        for urutan, (kode, awal, naik) in enumerate(sumber, start=1):
            _target(rencana, awal, naik, keluaran=_dari_sumber(kode, urutan, kegiatan=kegiatan))
        for urutan, (sebutan, satuan, awal, naik) in enumerate(manual, start=len(sumber) + 1):
            keluaran = Keluaran.objects.create(kegiatan=kegiatan, urutan=urutan, nama=sebutan, satuan=satuan)
            _target(rencana, awal, naik, keluaran=keluaran)
        for ke, tahun in enumerate(rencana.tahun):
            Anggaran.objects.create(kegiatan=kegiatan, tahun=tahun, pagu=juta * 1_000_000 + ke * 15_000_000)
    return rencana


def _dari_sumber(
    kode: str, urutan: int, *, program: Program | None = None, kegiatan: Kegiatan | None = None
) -> Keluaran:
    s = SUMBER[kode]
    return Keluaran.objects.create(
        program=program,
        kegiatan=kegiatan,
        urutan=urutan,
        nama=str(s.nama),
        satuan=s.satuan,
        tipe=s.tipe,
        arah=s.arah,
        sumber=kode,
    )


def _target(
    rencana: Rencana, awal: int, naik: int, *, indikator: Indikator | None = None, keluaran: Keluaran | None = None
) -> None:
    """Targets of every year, and the end that they lead to: the last of a level, the sum of what adds up."""
    angka = [awal + ke * naik for ke in range(len(rencana.tahun))]
    Target.objects.bulk_create(
        Target(indikator=indikator, keluaran=keluaran, tahun=tahun, angka=n)
        for tahun, n in zip(rencana.tahun, angka, strict=True)
    )
    ukuran = indikator or keluaran
    assert ukuran is not None  # noqa: S101 one of the two, for the type checker
    ukuran.akhir = Decimal(angka[-1] if ukuran.tipe == TipeIndikator.LEVEL else sum(angka))
    ukuran.save(update_fields=["akhir"])


def _laporkan(rencana: Rencana, masa: Masa, perencana: Akun) -> None:
    """A quarter as a planner reports it: about a quarter of the target, a little less of the money."""
    realisasi.tarik(rencana, masa, oleh=perencana)
    manual = Keluaran.objects.filter(kegiatan__program__rencana=rencana, sumber=MANUAL).order_by("pk")
    for ke, keluaran in enumerate(manual):
        angka = Target.objects.get(keluaran=keluaran, tahun=masa.tahun).angka or Decimal(0)
        nilai = angka * (22 + masa.triwulan + ke) // 100
        realisasi.catat(keluaran, masa, nilai, oleh=perencana, keterangan="Daftar hadir dan berita acara (contoh).")
    for ke, anggaran in enumerate(Anggaran.objects.filter(kegiatan__program__rencana=rencana, tahun=masa.tahun)):
        realisasi.catat_uang(
            anggaran, masa.triwulan, anggaran.pagu * (17 + 2 * masa.triwulan + ke) // 100, oleh=perencana
        )
    realisasi.catat_evaluasi(rencana, masa, CATATAN, oleh=perencana)


def _tutup(rencana: Rencana, masa: Masa, perencana: Akun, kepala: Akun) -> None:
    potret = penutupan.susun_potret(rencana, masa, oleh=perencana)
    penutupan.sahkan(potret.pk, oleh=kepala)
