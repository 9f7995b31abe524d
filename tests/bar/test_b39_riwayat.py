"""B39, without the outside seal: the log is append-only, and what a superuser changes all the same is found.

On a log of 100,000 rows: four ways of changing it are refused by both databases; a hundred random edits with the
triggers out of the way are all found, and nothing else is; reading it all takes no more than ten seconds.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from random import Random
from statistics import median
from typing import Any

import pytest

from tests.bar.alat import rumah_pg, rumah_sqlite, stopwatch
from tests.bar.conftest import Catat

BERKAS, LANGKAH, SUNTINGAN = 5000, 20, 100
BATAS_DETIK = 10.0
BATAS_BIAYA = 35


@pytest.mark.bar
@pytest.mark.parametrize("vendor", ["postgresql", "sqlite"])
def test_b39_tidak_dapat_diubah_dan_perubahan_ketahuan(vendor: str, catat: Catat) -> None:
    rumah = (rumah_pg if vendor == "postgresql" else rumah_sqlite)(f"b39-{vendor}")
    h = rumah.kerja("tests.bar.test_b39_riwayat:ukur", batas=400)
    catat("B39", f"{vendor}: ditolak {h['ditolak']}", "semua", all(h["ditolak"].values()), h["kontrol_pemicu"])
    bersih = h["bersih"] == [] and h["baris"] >= BERKAS * LANGKAH
    catat(
        "B39",
        f"{vendor}: {h['baris']} baris, {h['detik']} s",
        f"{BATAS_DETIK} s",
        bersih and h["detik"] <= BATAS_DETIK,
    )
    temuan = f"{vendor}: {h['ketahuan']}/{SUNTINGAN} ketahuan, {h['salah_tuduh']} salah tuduh"
    lulus = h["ketahuan"] == SUNTINGAN and h["salah_tuduh"] == 0
    catat("B39", temuan, f"{SUNTINGAN}/{SUNTINGAN}, 0", lulus, h["kontrol_temuan"] < SUNTINGAN)


@pytest.mark.bar
def test_b39_biaya_rantai(catat: Catat) -> None:
    h = rumah_pg("b39_biaya").kerja("tests.bar.test_b39_riwayat:biaya")
    catat("B39", f"PostgreSQL, rantai dan baris audit: {h}", f"{BATAS_BIAYA} %", h["persen"] <= BATAS_BIAYA)


# --- in the child -------------------------------------------------------------------------------------------------


def ukur() -> dict[str, Any]:
    """Build, verify, try to change, change as a superuser would, verify again."""
    from perizinan import riwayat

    asal = _bangun()
    hitung = stopwatch()
    laporan = riwayat.periksa_semua()
    detik = round(hitung(), 1)
    ditolak, kontrol_pemicu = _coba_ubah(asal)
    disunting = _sunting()
    temuan = {r.permohonan for r in riwayat.periksa_semua().rusak}
    # Control: a check that believes the stored text instead of computing it again.
    riwayat.teks_kanonik = lambda b, **_: b.kanonik  # type: ignore[assignment]
    tanpa = {r.permohonan for r in riwayat.periksa_semua().rusak}
    return {
        "baris": laporan.baris,
        "bersih": [str(r) for r in laporan.rusak],
        "detik": detik,
        "ditolak": ditolak,
        "kontrol_pemicu": kontrol_pemicu,
        "ketahuan": len(disunting & temuan),
        "salah_tuduh": len(temuan - disunting),
        "kontrol_temuan": len(disunting & tanpa),
    }


def _bangun() -> int:
    """One file walked through the services, then its like with true chains, written in bulk."""
    from django.db import transaction

    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from perizinan import services
    from perizinan.models import Permohonan, Riwayat
    from perizinan.models.riwayat import sidik_teks, teks_kanonik

    pemeran = buat_pemeran()
    with waktu.beku(hari_kerja_lalu(3)):
        pk = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "penyusunan_sk").pk
        while Riwayat.objects.filter(permohonan=pk).count() < LANGKAH:
            services.kembalikan_proses(pk, oleh=pemeran.kabid_np, alasan="Uji balik")
            services.lewati_teknis(pk, oleh=pemeran.rina)
    asal = Permohonan.objects.get(pk=pk)
    jejak = list(asal.riwayat.order_by("urut")[:LANGKAH])
    kolom = {f.attname: getattr(asal, f.attname) for f in Permohonan._meta.concrete_fields if f.attname != "id"}
    baru: list[Permohonan] = []
    baris: list[Riwayat] = []
    for ke in range(BERKAS):
        kunci, sebelum = uuid.uuid4(), ""
        p = Permohonan(**kolom | {"kunci": kunci, "nomor": f"U{ke:09d}", "nomor_register": f"uji-{ke}"})
        baru.append(p)
        for r in jejak:
            satu = _salin(r, p)
            satu.kanonik = teks_kanonik(satu, kunci_permohonan=str(kunci), sebelum=sebelum)
            satu.sidik = sebelum = sidik_teks(satu.kanonik)
            baris.append(satu)
        p.riwayat_urut, p.riwayat_sidik, p.versi = LANGKAH, sebelum, LANGKAH
        p.__dict__["status"] = jejak[-1].ke
    with transaction.atomic():
        Permohonan.objects.bulk_create(baru, batch_size=500)
        for r in baris:
            r.permohonan_id = r.permohonan.pk
        Riwayat.objects.bulk_create(baris, batch_size=2000)
    return pk


def _salin(r: Any, p: Any) -> Any:
    from perizinan.models import Riwayat

    kolom = (
        "urut",
        "objek",
        "verba",
        "dari",
        "ke",
        "oleh_id",
        "peran",
        "pada",
        "jam",
        "berlaku_pada",
        "rinci",
        "format",
    )
    return Riwayat(permohonan=p, **{k: getattr(r, k) for k in kolom})


def _coba_ubah(pk: int) -> tuple[dict[str, bool], bool]:
    """Whether the database refuses each way of changing the log; and that without the triggers it would not."""
    from django.db import connection

    pg = connection.vendor == "postgresql"
    with connection.cursor() as kursor:
        kursor.execute("SELECT * FROM perizinan_riwayat WHERE permohonan_id = %s AND urut = 3", [pk])
        baris = list(kursor.fetchone())
        nama = [k[0] for k in kursor.description]
    baris[nama.index("verba")] = "lain"
    tanda = ", ".join(["%s"] * len(baris))
    ganti = (
        f"INSERT INTO perizinan_riwayat ({', '.join(nama)}) VALUES ({tanda})"
        " ON CONFLICT (id) DO UPDATE SET verba = excluded.verba"
        if pg
        else f"INSERT OR REPLACE INTO perizinan_riwayat ({', '.join(nama)}) VALUES ({tanda})"
    )
    cara = {
        "UPDATE": ("UPDATE perizinan_riwayat SET verba = 'lain' WHERE permohonan_id = %s", [pk]),
        "DELETE": ("DELETE FROM perizinan_riwayat WHERE permohonan_id = %s", [pk]),
        "TRUNCATE": ("TRUNCATE perizinan_riwayat" if pg else "DELETE FROM perizinan_riwayat", []),
        "REPLACE": (ganti, baris),
        "status tanpa versi": ("UPDATE perizinan_permohonan SET status = 'terbit' WHERE id = %s", [pk]),
    }
    ditolak = {n: not _berhasil(p, isi) for n, (p, isi) in cara.items()}
    lepas = "SET LOCAL session_replication_role = replica" if pg else "PRAGMA recursive_triggers = OFF"
    kontrol = "UPDATE" if pg else "REPLACE"
    return ditolak, _berhasil(*cara[kontrol], lepas)


def _berhasil(perintah: str, isi: list[Any], sebelum: str = "") -> bool:
    """Whether a statement goes through; what it did is undone."""
    import json

    from django.db import DatabaseError, connection, transaction

    isi = [json.dumps(x) if isinstance(x, dict) else x for x in isi]
    with connection.cursor() as kursor:
        if sebelum.startswith("PRAGMA"):
            kursor.execute(sebelum)
        try:
            with transaction.atomic():
                if sebelum.startswith("SET"):
                    kursor.execute(sebelum)
                kursor.execute(perintah, isi)
                transaction.set_rollback(True)
        except DatabaseError:
            return False
        finally:
            if sebelum.startswith("PRAGMA"):
                kursor.execute("PRAGMA recursive_triggers = ON")
    return True


def _sunting() -> set[str]:
    """A hundred files, each changed in one random way with the triggers off; returns their numbers."""
    from django.db import connection, transaction

    from perizinan.models import Permohonan

    acak = Random(39)
    berkas = acak.sample(list(Permohonan.objects.filter(nomor__startswith="U").order_by("pk")), SUNTINGAN)
    cara = list(_CARA.items())
    with transaction.atomic(), connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET LOCAL session_replication_role = replica")
        else:
            kursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'perizinan_%%'")
            for (nama,) in kursor.fetchall():
                kursor.execute(f'DROP TRIGGER "{nama}"')
        for ke, p in enumerate(berkas):
            cara[ke % len(cara)][1](p, acak)
    return {p.nomor for p in berkas}


def _kolom(**nilai: Any) -> Callable[[Any, Random], None]:
    """Change columns of one row in the middle."""

    def sunting(p: Any, acak: Random) -> None:
        from perizinan.models import Riwayat

        lain = Riwayat.objects.filter(permohonan=p, urut__gt=1, urut__lt=LANGKAH)
        lain = lain.exclude(**nilai) if None not in nilai.values() else lain.exclude(oleh=None)
        urut = acak.choice(list(lain.values_list("urut", flat=True)))  # a row that the edit really changes
        assert Riwayat.objects.filter(permohonan=p, urut=urut).update(**nilai) == 1

    return sunting


def _pemalsu_teliti(p: Any, acak: Random) -> None:
    """Change a row and compute its own text and hash again, as somebody would who knows the format."""
    from perizinan.models import Riwayat
    from perizinan.models.riwayat import sidik_teks, teks_kanonik

    urut = acak.randint(2, LANGKAH)
    r = Riwayat.objects.get(permohonan=p, urut=urut)
    r.rinci = {"dipalsukan": True}
    sebelum = Riwayat.objects.get(permohonan=p, urut=urut - 1).sidik
    kanonik = teks_kanonik(r, kunci_permohonan=str(p.kunci), sebelum=sebelum)
    Riwayat.objects.filter(pk=r.pk).update(rinci=r.rinci, kanonik=kanonik, sidik=sidik_teks(kanonik))


def _hapus(dari: int, sampai: int) -> Callable[[Any, Random], None]:
    def sunting(p: Any, _acak: Random) -> None:
        from django.db import connection

        with connection.cursor() as kursor:
            kursor.execute(
                "DELETE FROM perizinan_riwayat WHERE permohonan_id = %s AND urut BETWEEN %s AND %s",
                [p.pk, dari, sampai],
            )
            assert kursor.rowcount == sampai - dari + 1

    return sunting


def _status_tanpa_jejak(p: Any, _acak: Random) -> None:
    """A transition that left no row."""
    from perizinan.models import Permohonan

    Permohonan.objects.filter(pk=p.pk).update(status="verifikasi", versi=p.versi + 1)


_CARA: dict[str, Callable[[Any, Random], None]] = {
    "pelaku": _kolom(oleh=None),
    "verba": _kolom(verba="paraf"),
    "rinci": _kolom(rinci={"nilai": 1}),
    "jam": _kolom(jam="jeda"),
    "sidik": _kolom(sidik="0" * 64),
    "kanonik": _kolom(kanonik="{}"),
    "pemalsu teliti": _pemalsu_teliti,
    "baris tengah dihapus": _hapus(7, 7),
    "ekor dipotong": _hapus(LANGKAH, LANGKAH),
    "ekor panjang dipotong": _hapus(LANGKAH - 4, LANGKAH),
    "semua dihapus": _hapus(1, LANGKAH),
    "status tanpa jejak": _status_tanpa_jejak,
}


def biaya(putaran: int = 7, per_putaran: int = 40) -> dict[str, Any]:
    """The same door with and without its log row and hash, in turn; medians of the rates."""
    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from perizinan import services
    from perizinan.models import Permohonan, Riwayat
    from perizinan.services import _alur

    pemeran = buat_pemeran()
    with waktu.beku(hari_kerja_lalu(3)):
        pk = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "verifikasi").pk
    asli = (_alur.teks_kanonik, _alur.sidik_teks, Riwayat.save)

    def pasang(*, rantai: bool) -> None:
        _alur.teks_kanonik = asli[0] if rantai else (lambda *_a, **_k: "")
        _alur.sidik_teks = asli[1] if rantai else (lambda _t: "")
        Riwayat.save = asli[2] if rantai else (lambda *_a, **_k: None)  # type: ignore[method-assign]

    laju: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(putaran):
        for rantai in (True, False):
            awal = Permohonan.objects.values_list("riwayat_urut", "riwayat_sidik").get(pk=pk)
            pasang(rantai=rantai)
            hitung = stopwatch()
            for _ke in range(per_putaran // 2):
                services.lewati_teknis(pk, oleh=pemeran.rina)
                services.kembalikan_proses(pk, oleh=pemeran.kabid_np, alasan="Uji balik")
            laju[rantai].append(per_putaran / hitung())
            pasang(rantai=True)
            if not rantai:
                Permohonan.objects.filter(pk=pk).update(riwayat_urut=awal[0], riwayat_sidik=awal[1])
    penuh, polos = median(laju[True]), median(laju[False])
    return {"per_detik": round(penuh), "tanpa": round(polos), "persen": round(100 * (1 - penuh / polos))}
