"""B27 and the production layout: docker-compose.yml's own commands against real PostgreSQL, Redis and nginx.

No container: tests/bar/tata.py says what is rewritten. A page, a static file, a private download by X-Accel with its
headers, its folder closed to direct requests in every spelling, a document by a Celery task through Redis, every
health check of the file; and that the same nginx without `internal` would hand the folder out.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg2
import pytest

from bpptportal.contoh.pemeran import RANAH, SANDI
from tests.bar.conftest import Catat
from tests.bar.peladen import Peladen, semua, tunggu
from tests.bar.tata import TUAN, Tata
from tests.pg import klaster

PEKERJA = ("worker", "worker-dokumen", "worker-pesan")
#: Ways to ask for a file of the internal location; `%s` is its path below the folder.
EJAAN = (
    "/terlindung/%s",
    "//terlindung/%s",
    "/%%74erlindung/%s",
    "/terlindung/./%s",
    "/static/../terlindung/%s",
    "/terlindung/%%2e%%2e/berkas/%s",
    "/static/..%%2f..%%2fberkas/%s",
    "/static../berkas/%s",
    "/static/%%2e%%2e/berkas/%s",
    "/terlindung%%2f%s",
)


@pytest.fixture(scope="module")
def tata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tata]:
    with klaster() as alamat:
        sambungan = psycopg2.connect(alamat)
        sambungan.autocommit = True
        with sambungan.cursor() as kursor:
            kursor.execute("CREATE ROLE bppt SUPERUSER LOGIN")  # as POSTGRES_USER of the image is
            kursor.execute("CREATE DATABASE bppt OWNER bppt")
        sambungan.close()
        tuan = alamat.partition("host=")[2]
        yield Tata(tmp_path_factory.mktemp("tata"), f"postgres://bppt@/bppt?host={tuan}", tuan)


class Peramban:
    """A browser with cookies that speaks to nginx under the portal's name."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.kue: dict[str, str] = {}

    def minta(
        self, cara: str, alamat: str, isi: dict[str, str] | None = None, **kepala: str
    ) -> tuple[int, dict[str, str], bytes]:
        konteks = ssl.create_default_context()
        konteks.check_hostname, konteks.verify_mode = False, ssl.CERT_NONE
        sambungan = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=konteks)
        kirim = {"Host": TUAN, "Cookie": "; ".join(f"{k}={v}" for k, v in self.kue.items()), **kepala}
        badan = None
        if isi is not None:
            badan = urlencode(isi | {"csrfmiddlewaretoken": self.kue["__Host-csrf"]})
            kirim |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{TUAN}{alamat}"}
        try:
            sambungan.request(cara, alamat, badan, kirim)
            respons = sambungan.getresponse()
            tubuh = respons.read()
        finally:
            sambungan.close()
        for nama, nilai in respons.getheaders():
            if nama.lower() == "set-cookie":
                kunci, _, sisa = nilai.partition("=")
                self.kue[kunci] = sisa.partition(";")[0]
        return respons.status, {n.lower(): v for n, v in respons.getheaders()}, tubuh

    def masuk(self, siapa: str) -> None:
        self.minta("GET", "/masuk/")
        status, _k, _b = self.minta("POST", "/masuk/", {"username": f"{siapa}@{RANAH}", "password": SANDI})
        assert status == 302
        assert "__Host-sesi" in self.kue


BERKAS = """
import json
from django.conf import settings
settings.PRODUKSI = False  # the cast is not made where this is on
from bpptportal.contoh import alur
from bpptportal.contoh.pemeran import buat_pemeran
from datetime import timedelta
from core import waktu
from perizinan.models import Permohonan
pemeran = buat_pemeran()
# Lately: a notice is worth sending for three days only, and a weekend may lie between.
with waktu.beku(waktu.sekarang() - timedelta(hours=3)):
    p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "verifikasi")
d = p.dokumen.order_by("pk").first()
u = p.berkas.exclude(file="").first()
print("HASIL" + json.dumps({"dokumen": str(d.kunci), "unggahan": str(u.kunci), "file": u.file.name}))
"""


def _hasil(keluaran: str) -> Any:
    return json.loads(keluaran.rpartition("HASIL")[2])


def kelola(tata: Tata, kode: str) -> Any:
    return _hasil(tata.jalankan("web", ["python", "manage.py", "shell", "-v0", "-c", kode]))


def keadaan(tata: Tata) -> dict[str, list[str]]:
    """Status of every document and of every message."""
    sambungan = psycopg2.connect(tata.basis_data)
    hasil = {}
    with sambungan.cursor() as kursor:
        for nama, tabel in (("dokumen", "perizinan_dokumen"), ("pesan", "notifications_pesan")):
            kursor.execute(f"SELECT status FROM {tabel}")
            hasil[nama] = [baris[0] for baris in kursor.fetchall()]
    sambungan.close()
    return hasil


@pytest.mark.bar
def test_b27_perintah_compose_tanpa_wadah(tata: Tata, catat: Catat) -> None:
    mulai = time.monotonic()
    tata.berkas_statik()
    redis = tata.mulai("redis")
    layanan: dict[str, Peladen] = {"redis": redis}
    with semua(redis):
        tunggu(lambda: tata.sehat("redis"), 20, redis.catatan)
        assert tata.sehat("postgres")
        tata.sekali("siapkan")
        layanan |= {nama: tata.mulai(nama) for nama in ("web", *PEKERJA, "beat", "penyapu", "nginx")}
        with semua(*layanan.values()):
            for nama in ("web", "nginx", "beat", "penyapu"):
                tunggu(lambda n=nama: tata.sehat(n), 40, layanan[nama].catatan)  # type: ignore[misc]
            berkas = kelola(tata, BERKAS)
            hasil = _periksa(tata, berkas)
            hasil["pekerja sehat"] = [n for n in PEKERJA if tata.sehat(n)]
            hasil["celery"] = _celery(tata, layanan)
            hasil["segel"] = _segel(tata)
            hasil["dibatasi"] = 429 in {Peramban(tata.port["https"]).minta("GET", "/lacak/")[0] for _ in range(60)}
            kontrol = _tanpa_internal(tata, layanan["nginx"], berkas["file"])
            hidup = [n for n, p in layanan.items() if p.hidup()]
    salah = {k: v for k, v in hasil.items() if v is not True and k != "pekerja sehat"}
    lulus = not salah and hasil["pekerja sehat"] == list(PEKERJA) and len(hidup) == len(layanan)
    nilai = salah or {"butir": len(hasil), "detik": round(time.monotonic() - mulai)}
    catat("B27", nilai, "semua butir benar", lulus, kontrol)


def _periksa(tata: Tata, berkas: dict[str, str]) -> dict[str, Any]:
    """What visitors and applicants see through nginx; True where it is right, else what was seen."""
    tamu, sari = Peramban(tata.port["https"]), Peramban(tata.port["https"])
    hasil: dict[str, Any] = {}
    status, kepala, isi = tamu.minta("GET", "/")
    hasil["halaman"] = (status == 200 and b"</html>" in isi and "strict-transport-security" in kepala) or (
        status,
        kepala,
    )
    statik = re.search(rb'href="(/static/css/portal\.[0-9a-f]{12}\.css)"', isi)
    hasil["gaya bersidik"] = bool(statik)
    if statik:
        status, kepala, isi = tamu.minta("GET", statik[1].decode(), **{"Accept-Encoding": "gzip"})
        benar = status == 200 and "immutable" in kepala["cache-control"] and kepala.get("content-encoding") == "gzip"
        hasil["statik dari nginx"] = (
            benar and isi[:2] == b"\x1f\x8b" and "x-content-type-options" in kepala
        ) or kepala
    hasil["http ke https"] = _http(tata) == (301, f"https://{TUAN}/lacak/")
    hasil["sehat"] = tamu.minta("GET", "/sehat/")[0] in {200, 503}
    token = {"Authorization": f"Bearer {tata.env['TOKEN_METRIK']}"}
    status, _k, isi = tamu.minta("GET", "/metrik/", **token)
    hasil["metrik"] = status == 200 and b"bppt_broker_tersambung 1" in isi
    hasil["metrik tanpa token"] = tamu.minta("GET", "/metrik/")[0] == 404
    hasil["tamu tidak mengunduh"] = tamu.minta("GET", f"/berkas/{berkas['unggahan']}/")[0] == 302

    sari.masuk("sari")
    status, kepala, isi = sari.minta("GET", f"/berkas/{berkas['unggahan']}/")
    asli = (tata.app / "var" / "berkas" / berkas["file"]).read_bytes()
    hasil["unduhan"] = (status == 200 and isi == asli) or (status, kepala, len(isi))
    harapan = {
        "content-disposition": "attachment",
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store, private",
        "x-frame-options": "DENY",
    }
    hasil["kepala unduhan"] = all(kepala.get(k, "").startswith(v) for k, v in harapan.items()) or kepala
    hasil["tanpa jejak x-accel"] = "x-accel-redirect" not in kepala
    tunggu(lambda: keadaan(tata)["dokumen"].count("jadi") > 0, 30)
    status, kepala, isi = sari.minta("GET", f"/dokumen/{berkas['dokumen']}/")
    hasil["dokumen"] = (
        status == 200 and isi.startswith(b"%PDF") and kepala["content-type"] == "application/pdf"
    ) or status
    langsung = {e: sari.minta("GET", e % berkas["file"])[0] for e in EJAAN}
    hasil["langsung ditolak"] = set(langsung.values()) <= {400, 404} or langsung
    return hasil


def _http(tata: Tata) -> tuple[int, str]:
    sambungan = http.client.HTTPConnection("127.0.0.1", tata.port["http"], timeout=10)
    sambungan.request("GET", "/lacak/", headers={"Host": TUAN})
    respons = sambungan.getresponse()
    respons.read()
    sambungan.close()
    return respons.status, str(respons.getheader("Location"))


def _celery(tata: Tata, layanan: dict[str, Peladen]) -> Any:
    """Documents and messages that acts ordered are done by the workers; without beat, by the nudge alone."""
    layanan["beat"].henti()
    sebelum = keadaan(tata)
    kelola(tata, BERKAS)
    try:
        lama = tunggu(lambda: _selesai(keadaan(tata)), 45)
    except AssertionError:
        return keadaan(tata)
    finally:
        layanan["beat"] = layanan["beat"].mulai()
    return (len(keadaan(tata)["dokumen"]) > len(sebelum["dokumen"]) and lama < 45) or sebelum


def _selesai(keadaan: dict[str, list[str]]) -> bool:
    return "diminta" not in keadaan["dokumen"] and set(keadaan["pesan"]) <= {"terkirim"}


def _segel(tata: Tata) -> Any:
    """The worker that seals can; the web cannot, for it has no key."""
    tata.jalankan("worker", ["python", "manage.py", "segel_riwayat"])
    tata.jalankan("worker", ["python", "manage.py", "periksa_segel", "--json"])
    try:
        tata.jalankan("web", ["python", "manage.py", "segel_riwayat"])
    except AssertionError as galat:
        return "KUNCI_SEGEL belum diisi" in str(galat)
    return False


def _tanpa_internal(tata: Tata, nginx: Peladen, berkas: str) -> bool:
    """The control: without its one word the location hands the file to anybody."""
    setelan = Path(tata.folder / "nginx" / "nginx.conf")
    isi = setelan.read_text()
    assert isi.count("internal;") == 1
    setelan.write_text(isi.replace("internal;", ""))
    nginx.henti()
    nginx.mulai()
    tunggu(lambda: tata.sehat("nginx"), 15, nginx.catatan)
    return Peramban(tata.port["https"]).minta("GET", f"/terlindung/{berkas}")[0] == 200
