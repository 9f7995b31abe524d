"""Survey answers for the demo: the last half year taken in from a file and closed by two people, this one running.

Through the real services, from a seed. The words are invented; nobody is meant.
"""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from bpptportal.contoh.pemeran import Pemeran
from core import waktu
from ikm.enums import SaluranJawaban
from ikm.models import Edisi, Unsur
from ikm.services import penutupan
from ikm.services.impor import impor
from ikm.services.menjawab import Isian, jawab
from ikm.services.penandaan import perlu_dilihat, putuskan
from ikm.services.periode import periode_berjalan
from ikm.services.tindak_lanjut import rencanakan
from perizinan.models import UndanganSurvei

#: Of a hundred people who are asked so many answer.
MENJAWAB = 60
RESPONDEN_LALU = 320
_SARAN = (
    "Petugas loket ramah dan menjelaskan dengan sabar.",
    "Antrean pagi hari masih lama.",
    "Tolong tambah tempat duduk di ruang tunggu.",
    "Pemberitahuan lewat SMS sangat membantu.",
)


def isi_survei(pemeran: Pemeran, acak: random.Random) -> int:
    """Answer what is open and close the half year before. Returns how many answered now."""
    _semester_lalu(pemeran, acak)
    jumlah = 0
    for undangan in UndanganSurvei.objects.terbuka(waktu.sekarang()).order_by("pk"):
        if undangan.kode and acak.randrange(100) < MENJAWAB:
            unsur = list(
                Unsur.objects.filter(instrumen=periode_berjalan(waktu.hari_ini()).instrumen).order_by("urutan")
            )
            isian = Isian(
                nilai={u.kode: _nilai(acak, u.urutan) for u in unsur},
                profil={"jenis_kelamin": acak.choice(("perempuan", "laki_laki"))} if acak.random() < 0.7 else {},
                teks=acak.choice(_SARAN) if acak.random() < 0.2 else "",
            )
            jawab(undangan.kode, isian, saluran=acak.choice((SaluranJawaban.TAUTAN, SaluranJawaban.KIOS)))
            jumlah += 1
    return jumlah


def _nilai(acak: random.Random, urutan: int) -> int:
    """Mostly three and four; waiting time and facilities a little lower."""
    rendah = urutan in {3, 9}
    return acak.choices((1, 2, 3, 4), weights=(2, 12, 60, 26) if rendah else (1, 4, 55, 40))[0]


def _semester_lalu(pemeran: Pemeran, acak: random.Random) -> None:
    """The half year before this one: a file of answers, looked through, frozen, signed, with a plan."""
    hari_ini = waktu.hari_ini()
    awal = date(hari_ini.year, 1 if hari_ini.month <= 6 else 7, 1)
    periode = periode_berjalan(awal - timedelta(days=1))
    if Edisi.objects.filter(periode=periode).exists():
        return
    unsur = list(Unsur.objects.filter(instrumen=periode.instrumen).order_by("urutan"))
    kepala = ",".join(f"u{u.urutan}" for u in unsur)
    baris = [",".join(str(_nilai(acak, u.urutan)) for u in unsur) for _ in range(RESPONDEN_LALU)]
    with waktu.beku(datetime.combine(awal + timedelta(days=4), time(9), waktu.zona())):
        impor(periode, "\n".join([kepala, *baris]).encode(), nama="survei-contoh.csv", oleh=pemeran.prita)
        for janggal in perlu_dilihat([periode]):
            putuskan(janggal.pk, dihitung=True, alasan="Contoh: diperiksa, wajar.", oleh=pemeran.prita)
        edisi = penutupan.susun_edisi(periode, oleh=pemeran.prita)
        penutupan.sahkan(edisi, oleh=pemeran.kadis)
        rencanakan(
            periode,
            edisi.hasil["terendah"][0],
            rencana="Menambah satu loket pada jam ramai dan menayangkan nomor antrean.",
            penanggung_jawab="Kepala Bidang Pelayanan Administrasi",
            batas=awal + timedelta(days=120),
            oleh=pemeran.prita,
        )
