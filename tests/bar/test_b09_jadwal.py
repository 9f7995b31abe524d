"""B09: deadlines fall due while nobody sweeps; then two beats and a worker that die again and again do each once.

Real Celery on a real broker and PostgreSQL. What must have happened afterwards is told by the pure rule for every
file, so that nothing is missed; the log, the effects and the messages are counted, so that nothing is doubled.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from typing import Any

import psycopg2
import pytest

from tests.bar.alat import Rumah, rumah_pg, serentak
from tests.bar.conftest import Catat
from tests.bar.peladen import Peladen, pekerja, redis, semua, tunggu

PENUH = os.environ.get("TINGKAT") == "penuh"
BERKAS = 500 if PENUH else 250
BUNUH = 50 if PENUH else 6
KEJAR_DETIK = 60


@pytest.mark.bar
def test_b09_setiap_efek_tepat_satu_kali(catat: Catat) -> None:
    rumah = rumah_pg("b09")
    siap = rumah.kerja("tests.bar.test_b09_jadwal:tanam", jumlah=BERKAS)
    assert siap["sebelum"] == 0, "jam dimundurkan satu hari: belum ada yang boleh terjadi"
    bunuh = _sapu_sambil_dibunuh(rumah)
    h = rumah.kerja("tests.bar.test_b09_jadwal:hitung")
    lulus = h["lewat"] == h["sms"] == h["fiktif"] == BERKAS and h["kembar"] == h["tersisa"] == h["rusak"] == 0
    catat("B09", f"{h}, {bunuh} kali kill -9, 2 beat", f"{BERKAS} masing-masing, 0 kembar, 0 sisa", lulus)


@pytest.mark.bar
def test_b09_mengejar_dua_jam_padam(catat: Catat) -> None:
    rumah = rumah_pg("b09_padam")
    rumah.kerja("tests.bar.test_b09_jadwal:tanam", jumlah=BERKAS)
    h = rumah.kerja("tests.bar.test_b09_jadwal:kejar")
    lulus = h["lewat"] == BERKAS and h["detik"] <= KEJAR_DETIK
    catat("B09", f"{h['lewat']} dikejar dalam {h['detik']} s", f"{BERKAS} dalam {KEJAR_DETIK} s", lulus)


@pytest.mark.bar
def test_b09_kontrol_tanpa_kunci_efek_ada_yang_kembar(catat: Catat) -> None:
    rumah = rumah_pg("b09_kontrol")
    rumah.kerja("tests.bar.test_b09_jadwal:tanam", jumlah=20)
    kembar = rumah.kerja("tests.bar.test_b09_jadwal:tanpa_kunci")
    catat("B09", f"tanpa kunci efek: {kembar} kembar", "> 0", kembar > 0, kembar > 0)


def _beat(rumah: Rumah, env: dict[str, str], nama: str) -> Peladen:
    perintah = [sys.executable, "-m", "celery", "-A", "tests.bar.beat_cepat", "beat", "-l", "WARNING"]
    perintah += ["-s", str(rumah.folder / nama)]
    return Peladen(nama, perintah, env, rumah.folder / f"{nama}.log")


def _sapu_sambil_dibunuh(rumah: Rumah) -> int:
    """Two beats and a worker; each time some more effects are done one of them dies. Returns the deaths."""
    antrean, alamat = redis(rumah)
    env = rumah.env | {"REDIS_URL": alamat}
    beat = [_beat(rumah, env, "beat1"), _beat(rumah, env, "beat2")]
    kerja = pekerja(rumah, env)
    undi, mati = random.Random(9), 0
    sambungan = psycopg2.connect(rumah.alamat)
    sambungan.autocommit = True
    with semua(antrean, kerja, *beat):
        for satu in (antrean, kerja, *beat):
            satu.mulai()
        while mati < BUNUH:
            sebelum = _efek(sambungan)
            tunggu(lambda n=sebelum: _efek(sambungan) > n, 90, kerja.catatan)
            time.sleep(undi.uniform(0, 0.09))
            korban = kerja if mati % 3 else undi.choice(beat)
            korban.bunuh()
            korban.mulai()
            mati += 1
        tunggu(lambda: rumah.kerja("tests.bar.test_b09_jadwal:sisa") == 0, 90, kerja.catatan)
    sambungan.close()
    return mati


def _efek(sambungan: Any) -> int:
    with sambungan.cursor() as kursor:
        kursor.execute("SELECT count(*) FROM perizinan_efekwaktu")
        return int(kursor.fetchone()[0])


# --- in the child -------------------------------------------------------------------------------------------------


def tanam(jumlah: int, *, nanti: bool = False) -> dict[str, Any]:
    """So many registered files whose due date has passed two hours ago, and what a clock a day behind would do.

    With `nanti` they fall due at the closing after the next one.
    """
    import uuid
    from datetime import timedelta

    from django.db import transaction

    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from core import waktu
    from core.kalender import kalender_berlaku
    from perizinan.models import Permohonan, Riwayat
    from perizinan.models.riwayat import sidik_teks, teks_kanonik
    from perizinan.nomor import nomor_baru
    from perizinan.services import sapuan

    kalender, kini = kalender_berlaku(), waktu.sekarang()
    tutup = kalender.penutupan(kalender.indeks(kini) + 1 if nanti else kalender.indeks(kini - timedelta(hours=2)) - 1)
    with waktu.beku(kalender.penutupan(kalender.indeks(tutup) - 3) - timedelta(hours=4)):
        pk = alur.jalankan(alur.mulai(buat_pemeran(), "siup"), buat_pemeran(), "verifikasi").pk
    asal = Permohonan.objects.get(pk=pk)
    jejak = list(asal.riwayat.order_by("urut"))
    kolom = {f.attname: getattr(asal, f.attname) for f in Permohonan._meta.concrete_fields if f.attname != "id"}
    with transaction.atomic():
        for ke in range(jumlah - 1):
            kunci, sebelum = uuid.uuid4(), ""
            p = Permohonan(**kolom | {"kunci": kunci, "nomor": nomor_baru(), "nomor_register": f"uji-{ke}"})
            p.save(force_insert=True)
            for r in jejak:
                isi = {f.attname: getattr(r, f.attname) for f in Riwayat._meta.concrete_fields if f.attname != "id"}
                satu = Riwayat(**isi | {"permohonan_id": p.pk})
                satu.kanonik = teks_kanonik(satu, kunci_permohonan=str(kunci), sebelum=sebelum)
                satu.sidik = sebelum = sidik_teks(satu.kanonik)
                satu.save(force_insert=True)
            Permohonan.objects.filter(pk=p.pk).update(riwayat_sidik=sebelum)
    assert asal.tenggat is not None
    with waktu.beku(min(kini, asal.tenggat - timedelta(days=1))):
        sapuan.sapu()
        sebelum_waktunya = Riwayat.objects.filter(verba__startswith="tandai").count()
    # The clock comes back: every file is looked at again, as an act would have it.
    Permohonan.objects.filter(sapu_pada__isnull=False).update(sapu_pada=min(kini, asal.tenggat))
    return {"sebelum": sebelum_waktunya, "tenggat": str(asal.tenggat)}


def sisa() -> int:
    """Files on which time still has something to do."""
    from core.waktu import sekarang
    from perizinan.services import sapuan

    return len(sapuan.jatuh(sekarang()))


def hitung() -> dict[str, int]:
    """What happened: counted once a file in log, messages and effects; and what the rule still asks for."""
    from core.waktu import sekarang
    from notifications.models import Pesan
    from perizinan.models import EfekWaktu, Permohonan, Riwayat
    from perizinan.riwayat import periksa_semua
    from perizinan.services import _efek
    from perizinan.tetap import lengkapi

    kini = sekarang()
    lewat = Counter(Riwayat.objects.filter(verba="tandai_lewat").values_list("permohonan", flat=True))
    sms = Counter(Pesan.objects.filter(kode="SMS_LEWAT").values_list("perihal", flat=True))
    berkas = [lengkapi(p) for p in Permohonan.objects.filter(status="verifikasi")]
    return {
        "lewat": len(lewat),
        "sms": len(sms),
        "fiktif": Riwayat.objects.filter(verba="tandai_fiktif_positif").count(),
        "kembar": sum(n - 1 for hitungan in (lewat, sms) for n in hitungan.values()),
        "efek": EfekWaktu.objects.count(),
        "tersisa": sum(1 for p in berkas for e in _efek.tersisa(p) if e.jatuh < kini),
        "rusak": len(periksa_semua().rusak),
    }


def kejar() -> dict[str, Any]:
    """One sweep after the outage, as often as the beat would start it."""
    from perizinan.models import Riwayat
    from perizinan.services import sapuan

    mulai = time.perf_counter()
    while sisa():
        sapuan.sapu()
    return {
        "detik": round(time.perf_counter() - mulai, 1),
        "lewat": Riwayat.objects.filter(verba="tandai_lewat").count(),
    }


def tanpa_kunci() -> int:
    """Four sweeps at once that look and then write, without the key of the effect: how many messages are doubled."""
    import uuid

    from core.waktu import sekarang
    from notifications.enums import Kanal
    from notifications.models import Pesan
    from perizinan.models import Permohonan

    berkas = list(Permohonan.objects.filter(status="verifikasi").order_by("pk").values_list("pk", "nomor"))

    def sapu(_ke: int) -> None:
        for _pk, nomor in berkas:
            if not Pesan.objects.filter(kode="SMS_LEWAT", perihal=nomor).exists():
                time.sleep(0.01)  # what a sweep does between looking and writing
                kini = sekarang()
                Pesan.objects.create(
                    kode="SMS_LEWAT",
                    kanal=Kanal.SMS,
                    tujuan="+6281200000000",
                    teks="x",
                    perihal=nomor,
                    kunci=uuid.uuid4().hex,
                    dibuat_pada=kini,
                    kirim_sesudah=kini,
                )

    serentak(sapu, 4)
    return Pesan.objects.filter(kode="SMS_LEWAT").count() - len(berkas)
