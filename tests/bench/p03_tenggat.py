"""P3: the deadline sweep over open files among ten times as many closed ones, on PostgreSQL.

Ways to find what is late, in one run and in turn: ours (the partial index on the stored due date: all of it, and
the next 500), the pure rule on every open row, a plain Python loop over days, and a working-day join in SQL. All of
them must name the same files, and every stored due date must be what the log says (`periksa_semua`).
200,000 open of 2,000,000 with SKALA=penuh, else a tenth. Goals: all <= 50 ms, next 500 <= 2 ms.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tests.bench.alat import baris, berselang, gandakan, kondisi, median, tulis
from tests.pg import klaster

TERBUKA = 200_000 if os.environ.get("SKALA") == "penuh" else 20_000
SEMUA = TERBUKA * 10
BERIKUT = 500
RONDE = 5
SEMUA_MS, BERIKUT_MS = "semua yang lewat (ms)", f"{BERIKUT} berikut (ms)"
SASARAN = {SEMUA_MS: 50.0, BERIKUT_MS: 2.0}
#: Share of the open files that began so long ago that they are late, unless the applicant was waited for.
LAMA = 0.25


class Bekal(NamedTuple):
    """One open file, as the log tells it."""

    n: int
    hari: int
    mulai: datetime
    jeda: list[tuple[datetime, datetime | None]]


def bangkitkan(kalender: Any, kini: datetime) -> Iterable[Bekal]:
    """The open files, the same ones in every run: limits of the catalogue, up to a few pauses, some still open."""
    acak = random.Random(3)
    for n in range(TERBUKA):
        hari = acak.choice((3, 3, 5, 7, 10, 14))
        umur = hari + acak.randrange(1, 40) if acak.random() < LAMA else acak.randrange(hari + 1)
        hari_mulai = kalender.hari_kerja_ke(kini.date(), -umur)
        mulai = min(kalender.buka(hari_mulai) + timedelta(minutes=acak.randrange(450)), kini)
        jeda: list[tuple[datetime, datetime | None]] = []
        t = mulai
        while acak.random() < 0.35 and (a := t + timedelta(minutes=acak.randrange(60, 6000))) < kini:
            t = a + timedelta(minutes=acak.randrange(60, 9000))
            terbuka = t >= kini or acak.random() < 0.2
            jeda.append((a, None if terbuka else t))
            if terbuka:
                break
        yield Bekal(n, hari, mulai, jeda)


# --- the database -------------------------------------------------------------------------------------------------

#: Columns of an open file that the cloned one does not give, over `b`, its row of `bench_buka`.
_BUKA = {
    "status": "CASE WHEN b.jeda IS NULL THEN 'verifikasi' ELSE 'perbaikan' END",
    "status_asal": "'verifikasi'",
    "hari_sop": "b.hari",
    "terdaftar_pada": "b.mulai",
    "mulai_hitung": "b.mulai",
    "tenggat": "b.tenggat",
    "jeda_sejak": "b.jeda",
    "batas_pemohon": "b.jeda + interval '20 days'",
}


def _tutup(kini: datetime) -> dict[str, str]:
    """The same of a closed file: handed over some day in the last ten years."""
    selesai = f"(timestamptz '{kini.isoformat()}' - mod(b.n, 3650) * interval '1 day')"
    return {
        "status": "'diserahkan'",
        "tenggat": f"{selesai} + interval '2 days'",
        "mulai_hitung": f"{selesai} - interval '5 days'",
        "terbit_pada": selesai,
        "diserahkan_pada": selesai,
        "selesai_pada": selesai,
        "hari_terpakai": "2",
    }


def isi() -> tuple[datetime, Any, list[Bekal]]:
    """Fill the database: one file walked through the services, the others cloned from it with clocks of their own."""
    from django.db import connection

    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from core.kalender import kalender_berlaku
    from perizinan.enums import StatusPermohonan as S
    from perizinan.models import Permohonan

    with waktu.beku(hari_kerja_lalu(1)):
        pemeran = buat_pemeran()
        asal = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, S.VERIFIKASI)
    kalender = kalender_berlaku()
    kini = waktu.sekarang()
    berkas = list(bangkitkan(kalender, kalender.setempat(kini).replace(microsecond=0)))
    kolom = [f.column for f in Permohonan._meta.concrete_fields if f.column != "id"]
    with connection.cursor() as k:
        k.execute("SET statement_timeout = 0")  # filling may take longer than a request ever may
        _salin_masuk(k, berkas, kalender)
        gandakan(k, kolom, _tutup(kini), f"generate_series({TERBUKA}, {SEMUA - 1}) b(n)", asal.pk)
        gandakan(k, kolom, _BUKA, "bench_buka b", asal.pk)
        k.execute(
            "CREATE TABLE bench_id AS SELECT id, substr(nomor_register, 7)::int AS n FROM perizinan_permohonan"
            " WHERE nomor_register LIKE 'bench-%' AND selesai_pada IS NULL"
        )
        k.execute(
            "INSERT INTO perizinan_riwayat (permohonan_id, urut, objek, verba, dari, ke, peran, pada, jam,"
            " berlaku_pada, rinci, format, kanonik, sidik) SELECT i.id, 100 + l.urut, '', 'bench', '', '', 'sistem',"
            " l.pada, l.jam, l.pada, '{}', 1, '', '' FROM bench_log l JOIN bench_id i USING (n)"
        )
        k.execute(
            "CREATE TABLE bench_jeda AS SELECT i.id, l.pada AS a, m.pada AS b FROM bench_log l JOIN bench_id i"
            " USING (n) LEFT JOIN bench_log m ON m.n = l.n AND m.urut = l.urut + 1 WHERE l.jam = 'jeda'"
        )
        k.execute("CREATE INDEX ON bench_jeda (id)")
        akhir = kalender.indeks(kini)
        k.execute(
            "CREATE TABLE bench_tutup AS SELECT unnest(%s::timestamptz[]) AS pada",
            [[kalender.penutupan(i) for i in range(akhir - 300, akhir)]],
        )
        k.execute("CREATE INDEX ON bench_tutup (pada)")
        k.execute("VACUUM (ANALYZE)")
        k.execute("RESET statement_timeout")
    return kini, kalender, berkas


def _salin_masuk(k: Any, berkas: list[Bekal], kalender: Any) -> None:
    """COPY the generated clocks and their events; the stored date is the pure rule's, as the services store it."""
    from perizinan import tenggat as aturan

    buka, log = io.StringIO(), io.StringIO()
    for b in berkas:
        tutup = [aturan.Jeda(*j) for j in b.jeda if j[1]]
        jatuh_tempo = aturan.tenggat(b.mulai, b.hari, tutup, kalender)
        terbuka = b.jeda[-1][0].isoformat() if len(tutup) < len(b.jeda) else "\\N"
        buka.write(f"{b.n}\t{b.hari}\t{b.mulai.isoformat()}\t{jatuh_tempo.isoformat()}\t{terbuka}\n")
        kejadian = [("mulai", b.mulai), *((e, t) for a, z in b.jeda for e, t in (("jeda", a), ("lanjut", z)) if t)]
        log.writelines(f"{b.n}\t{urut}\t{efek}\t{t.isoformat()}\n" for urut, (efek, t) in enumerate(kejadian))
    k.execute("CREATE TABLE bench_buka (n int, hari int, mulai timestamptz, tenggat timestamptz, jeda timestamptz)")
    k.execute("CREATE TABLE bench_log (n int, urut int, jam text, pada timestamptz)")
    for tabel, isi_tabel in (("bench_buka", buka), ("bench_log", log)):
        isi_tabel.seek(0)
        k.copy_expert(f"COPY {tabel} FROM STDIN", isi_tabel)
    k.execute("CREATE INDEX ON bench_log (n, urut)")


# --- the ways -----------------------------------------------------------------------------------------------------


def kami(kini: datetime) -> list[int]:
    """Everything that is late."""
    from perizinan.models import Permohonan

    return list(Permohonan.objects.lewat_tenggat(kini).values_list("pk", flat=True))


def berikut(kini: datetime) -> list[int]:
    """The sweep's next batch, longest late first."""
    from perizinan.models import Permohonan

    lewat = Permohonan.objects.lewat_tenggat(kini).order_by("tenggat", "pk")
    return list(lewat.values_list("pk", flat=True)[:BERIKUT])


def depan(semua: list[int]) -> list[int]:
    """Which ones that batch must hold, sorted here."""
    from perizinan.models import Permohonan

    tenggat = dict(Permohonan.objects.filter(pk__in=semua).values_list("pk", "tenggat"))
    return sorted(tenggat, key=lambda pk: (tenggat[pk], pk))[:BERIKUT]


def rencana(kini: datetime) -> list[str]:
    """How PostgreSQL reads both, for the record."""
    from perizinan.models import Permohonan

    lewat = Permohonan.objects.lewat_tenggat(kini).values_list("pk")
    return [daftar.explain(analyze=True) for daftar in (lewat, lewat.order_by("tenggat", "pk")[:BERIKUT])]


def murni(berkas: list[tuple[int, Bekal]], kini: datetime, kalender: Any) -> set[int]:
    """The pure rule on every open row."""
    from perizinan import tenggat as aturan

    return {
        pk
        for pk, b in berkas
        if aturan.hari_terpakai(b.mulai, [aturan.Jeda(*j) for j in b.jeda], kini, kalender) > b.hari
    }


def per_hari(berkas: list[tuple[int, Bekal]], kini: datetime, kalender: Any) -> set[int]:
    """What is usually written: a loop over the days of every file."""
    tutup = {t.date(): t for i in range(400) if (t := kalender.penutupan(kalender.indeks(kini) - 1 - i))}
    lewat = set()
    for pk, b in berkas:
        terpakai, hari = 0, b.mulai.date()
        while hari <= kini.date():
            t = tutup.get(hari)
            if t is not None and b.mulai <= t < kini and not any(a <= t < (z or kini) for a, z in b.jeda):
                terpakai += 1
            hari += timedelta(days=1)
        if terpakai > b.hari:
            lewat.add(pk)
    return lewat


def gabung_sql() -> set[int]:
    """Working days counted in SQL."""
    from django.db import connection

    with connection.cursor() as k:
        k.execute(
            "SELECT p.id FROM perizinan_permohonan p JOIN bench_tutup t ON t.pada >= p.mulai_hitung"
            " WHERE p.selesai_pada IS NULL AND p.terbit_pada IS NULL AND NOT EXISTS (SELECT 1 FROM bench_jeda j"
            " WHERE j.id = p.id AND t.pada >= j.a AND (j.b IS NULL OR t.pada < j.b))"
            " GROUP BY p.id HAVING count(*) > p.hari_sop"
        )
        return {pk for (pk,) in k.fetchall()}


def ukur() -> dict[str, Any]:
    from django.db import connection

    from perizinan.pemeriksaan_tenggat import periksa_semua

    mulai = time.perf_counter()
    kini, kalender, bekal = isi()
    diisi = time.perf_counter()
    with connection.cursor() as k:
        k.execute("SELECT n, id FROM bench_id")
        nomor = dict(k.fetchall())
    kini = kalender.setempat(kini)
    berkas = [(nomor[b.n], b) for b in bekal]
    diperiksa, beda = periksa_semua()
    ulang = time.perf_counter()
    cara = {
        "kami, semua yang lewat": lambda: kami(kini),
        f"kami, {BERIKUT} berikut": lambda: berikut(kini),
        "aturan murni pada setiap baris": lambda: murni(berkas, kini, kalender),
        "lingkar hari di Python": lambda: per_hari(berkas, kini, kalender),
        "gabungan hari kerja di SQL": gabung_sql,
    }
    semua = kami(kini)
    sama = {
        "aturan murni": set(semua) == murni(berkas, kini, kalender),
        "lingkar hari": set(semua) == per_hari(berkas, kini, kalender),
        "SQL": set(semua) == gabung_sql(),
        f"{BERIKUT} berikut": berikut(kini) == depan(semua),
        "tersimpan = hitung ulang": diperiksa == TERBUKA + 1 and not beda,
    }
    waktu = berselang(cara, RONDE, {"kami, semua yang lewat": 5, f"kami, {BERIKUT} berikut": 20})
    tengah = median(waktu)
    terlihat = {SEMUA_MS: tengah["kami, semua yang lewat"], BERIKUT_MS: tengah[f"kami, {BERIKUT} berikut"]}
    rasio = terlihat | {
        f"kami lawan {nama}": tengah[cara_lain] / terlihat[SEMUA_MS]
        for nama, cara_lain in (
            ("aturan murni", "aturan murni pada setiap baris"),
            ("lingkar hari", "lingkar hari di Python"),
            ("SQL", "gabungan hari kerja di SQL"),
        )
    }
    return {
        "nama": "p03_tenggat",
        "kondisi": kondisi(
            ronde=RONDE,
            baris=SEMUA,
            terbuka=TERBUKA,
            lewat=len(semua),
            rencana=rencana(kini),
            sama=sama,
            isi_detik=round(diisi - mulai),
            hitung_ulang_detik=round(ulang - diisi, 1),
        ),
        "hasil": baris(waktu),
        "rasio": rasio,
        "target": SASARAN,
        "lulus": all(sama.values()) and all(terlihat[k] <= v for k, v in SASARAN.items()),
    }


def utama() -> int:
    """Start a cluster and run this module again inside it; fails when two ways name different files."""
    if "BENCH_DI_DALAM" not in os.environ:
        with klaster() as alamat, tempfile.TemporaryDirectory() as folder:
            env = os.environ | {
                "DATABASE_URL": alamat,
                "BENCH_DI_DALAM": "1",
                "VAR_DIR": folder,
                "LOG_LEVEL": "ERROR",
            }
            return subprocess.run([sys.executable, "-m", "tests.bench.p03_tenggat"], env=env, check=False).returncode
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("muat_acuan", verbosity=0)
    hasil = ukur()
    tulis(hasil)
    print({k: v for k, v in hasil["kondisi"].items() if k != "rencana"})  # noqa: T201  a bench is read on the terminal
    return 0 if all(hasil["kondisi"]["sama"].values()) else 1


if __name__ == "__main__":
    sys.exit(utama())
