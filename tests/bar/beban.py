"""Load for the kill tests: clients that act on their own files through the API with a key per act, and the sums.

A client repeats a request with the same key until it has an answer that settles it, as a careful program would.
What it was told is its account; afterwards the database is asked whether it agrees (R1, R2, R7).
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bar.peladen import PUTUS, minta

#: Verb -> who does it and what they send. After registration a file goes to and fro between two states.
TUGAS: dict[str, tuple[str, dict[str, str]]] = {
    "daftarkan": ("budi", {}),
    "lewati_teknis": ("rina", {}),
    "kembalikan_proses": ("kabid_np", {"alasan": "Uji bolak-balik berkas"}),
}
SABAR = 60.0  # seconds until a client gives up; the limit of B04


@dataclass
class Kolam:
    """Files that wait for registration, and the tokens of who may act."""

    nomor: list[str]
    token: dict[str, str]


@dataclass
class Klien:
    """One client: its files, what it was told, and every status it saw."""

    port: int
    token: dict[str, str]
    nomor: list[str]
    berhenti: Callable[[], bool]
    jeda: float = 0.0
    hanya_daftar: bool = False
    pasti: list[tuple[str, str]] = field(default_factory=list)  # (file, verb) that was answered 2xx
    status: Counter[int] = field(default_factory=Counter)
    lama: list[tuple[float, float, int]] = field(default_factory=list)  # (when, seconds, status) of each request
    menyerah: int = 0

    def jalan(self) -> None:
        verba = dict.fromkeys(self.nomor, "daftarkan")
        while verba and not self.berhenti():
            for nomor in list(verba):
                if self.berhenti():
                    return
                berhasil = self.kerjakan(nomor, verba[nomor])
                if self.hanya_daftar or not berhasil:
                    del verba[nomor]
                else:
                    verba[nomor] = "kembalikan_proses" if verba[nomor] == "lewati_teknis" else "lewati_teknis"
                time.sleep(self.jeda)

    def kerjakan(self, nomor: str, verba: str) -> bool:
        siapa, isi = TUGAS[verba]
        kepala = {"Authorization": f"Token {self.token[siapa]}", "Idempotency-Key": str(uuid.uuid4())}
        mulai = time.monotonic()
        while time.monotonic() - mulai < SABAR:
            awal = time.monotonic()
            status, _badan = minta(
                self.port, "POST", f"/api/v1/permohonan/{nomor}/{verba}/", json.dumps(isi), kepala, batas=10
            )
            self.status[status] += 1
            self.lama.append((awal, time.monotonic() - awal, status))
            if 200 <= status < 300:
                self.pasti.append((nomor, verba))
                return True
            if status not in {PUTUS, 500, 502, 503}:
                return False
            time.sleep(0.1)
        self.menyerah += 1
        return False


def jalankan(klien: list[Klien]) -> list[threading.Thread]:
    """Start them all, each in its thread."""
    utas = [threading.Thread(target=k.jalan, daemon=True) for k in klien]
    for satu in utas:
        satu.start()
    return utas


def bagi(kolam: Kolam, jumlah: int) -> list[list[str]]:
    return [kolam.nomor[ke::jumlah] for ke in range(jumlah)]


def ringkas(klien: list[Klien]) -> tuple[Counter[int], list[tuple[str, str]]]:
    """Every status that was seen, and every act that was confirmed."""
    status = sum((k.status for k in klien), Counter[int]())
    return status, [butir for k in klien for butir in k.pasti]


def cocok(jumlah: dict[str, Any], pasti: list[tuple[str, str]]) -> dict[str, Any]:
    """What the database says against what the clients were told: all zero when it agrees."""
    ada = Counter({(n, v): c for n, v, c in jumlah["perbuatan"]})
    dijawab = Counter(pasti)
    return {
        "hilang": sum((dijawab - ada).values()),
        "ganda": sum((ada - dijawab).values()),
        "beda_versi": jumlah["versi"] - jumlah["audit"],
        "beda_pesan": jumlah["beda_pesan"],
        "beda_dokumen": jumlah["beda_dokumen"],
        "beda_kunci": jumlah["kunci"] - sum(ada.values()),
        "rusak": len(jumlah["rusak"]),
    }


# --- in the child -------------------------------------------------------------------------------------------------


def kolam(jumlah: int) -> dict[str, Any]:
    """Files of one service, checked and ready to be registered, and an API token for each desk."""
    from rest_framework.authtoken.models import Token

    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from perizinan.models import Permohonan

    pemeran, nomor = buat_pemeran(), []
    with waktu.beku(hari_kerja_lalu(2)):
        for _ in range(jumlah):
            p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "diajukan")
            alur.terima_semua(Permohonan.objects.get(pk=p.pk), pemeran.budi)
            nomor.append(Permohonan.objects.get(pk=p.pk).nomor)
    orang = ("sari", *{siapa for siapa, _isi in TUGAS.values()})
    return {"nomor": nomor, "token": {n: Token.objects.get_or_create(user=pemeran.akun[n])[0].key for n in orang}}


def jumlah() -> dict[str, Any]:
    """The sums of the house."""
    from django.db.models import Count, Sum

    from core.models import KunciUlang
    from notifications.models import Pesan
    from perizinan.models import Dokumen, Permohonan, Riwayat
    from perizinan.riwayat import periksa_semua
    from perizinan.services._alur import aksi_verba

    berkas = Riwayat.objects.filter(objek="")
    pesan, dokumen = set(), 0
    for pk, urut, verba in berkas.values_list("permohonan_id", "urut", "verba"):
        if not hasattr(Permohonan, verba):  # the birth of a draft is no transition
            continue
        aksi = aksi_verba(Permohonan, verba)
        pesan |= {f"{pk}/{urut}/{aksi['pesan']}"} if aksi["pesan"] else set()
        dokumen += bool(aksi["dokumen"])
    ada = {k.rpartition("/")[0] for k in Pesan.objects.values_list("kunci", flat=True)}
    per_verba = berkas.filter(verba__in=TUGAS).values_list("permohonan__nomor", "verba").annotate(Count("pk"))
    return {
        "versi": Permohonan.objects.aggregate(n=Sum("versi"))["n"],
        "audit": berkas.count(),
        "beda_pesan": len(pesan ^ ada) + Pesan.objects.count() - len(ada),
        "beda_dokumen": Dokumen.objects.count() - dokumen,
        "kunci": KunciUlang.objects.count(),
        "perbuatan": list(per_verba.order_by()),
        "rusak": [str(r) for r in periksa_semua().rusak],
    }
