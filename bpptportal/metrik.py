"""`GET /metrik/`: the figures of the background work for Prometheus, behind a bearer token (docs/keputusan/0021).

Without TOKEN_METRIK, and for a wrong token, the address does not exist. Figures only: no name, number or text.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpptportal import denyut, health, macet
from core.waktu import sekarang
from notifications.models import Pesan
from perizinan.models import Dokumen, Permohonan

JENIS_ISI = "text/plain; version=0.0.4; charset=utf-8"
#: The queues that the workers of docker-compose.yml read.
ANTREAN = ("umum", "tenggat", "dokumen", "pesan")
#: Broker keys of work that a worker took and has not finished.
_DIPEGANG = "unacked"


@dataclass(frozen=True, slots=True)
class Ukuran:
    """One gauge: name, help text, and its values by label."""

    nama: str
    bantuan: str
    nilai: tuple[tuple[str, float], ...]
    label: str = ""

    def teks(self) -> Iterator[str]:
        yield f"# HELP bppt_{self.nama} {self.bantuan}"
        yield f"# TYPE bppt_{self.nama} gauge"
        for isi, nilai in self.nilai:
            kurung = f'{{{self.label}="{isi}"}}' if self.label else ""
            yield f"bppt_{self.nama}{kurung} {nilai:.10g}"


def _satu(nama: str, bantuan: str, nilai: float) -> Ukuran:
    return Ukuran(nama, bantuan, (("", nilai),))


def antrean() -> dict[str, int] | None:
    """Tasks that wait in each queue, and those in a worker's hands; None when the broker is away."""
    import redis

    try:
        with health.klien_broker() as klien, klien.pipeline(transaction=False) as pipa:
            for nama in ANTREAN:
                pipa.llen(nama)
            pipa.hlen(_DIPEGANG)
            return dict(zip((*ANTREAN, "dipegang"), map(int, pipa.execute()), strict=True))
    except (redis.RedisError, OSError, ValueError):
        return None


def _dari_basis_data(kini: datetime) -> Iterator[Ukuran]:
    menunggu = health.semua_menunggu(kini)
    umur = {nama: (kini - menunggu[nama]).total_seconds() if nama in menunggu else 0.0 for nama in health.SAPUAN}
    lambat = health.semua_terlambat(menunggu, kini)
    yield _satu("kotak_keluar_umur_detik", "Umur pesan tertua yang harus dikirim.", umur["kirim-pesan"])
    yield Ukuran("menunggu_umur_detik", "Umur baris tertua yang menunggu sapuan.", tuple(umur.items()), "sapuan")
    terlama = max((lama.total_seconds() for lama in lambat.values()), default=0.0)
    yield _satu("sapuan_terlambat_detik", "Keterlambatan sapuan yang paling terlambat; 0 bila tidak ada.", terlama)
    for nama, model in (("pesan", Pesan), ("dokumen", Dokumen)):
        per_status = model._base_manager.order_by().values_list("status").annotate(Count("pk"))
        yield Ukuran(f"{nama}_baris", f"Baris {nama} menurut status.", tuple(per_status), "status")
    yield Ukuran("macet_baris", "Baris yang menunggu keputusan admin.", tuple(macet.jumlah().items()), "sumber")
    lewat = Permohonan.objects.berjalan().filter(tenggat__lt=kini).count()
    yield _satu("berkas_lewat_tenggat", "Permohonan berjalan yang lewat batas waktunya.", lewat)


def _dari_luar(kini: datetime) -> Iterator[Ukuran]:
    isi = antrean()
    yield _satu("broker_tersambung", "1 bila antrean menjawab.", 0 if isi is None else 1)
    if isi is not None:
        yield Ukuran("antrean", "Tugas di setiap antrean.", tuple(isi.items()), "antrean")
    sejak = {nama: denyut.sejak((str(j["task"]),)) for nama, j in settings.CELERY_BEAT_SCHEDULE.items()}
    denyutan = tuple((nama, lama.total_seconds()) for nama, lama in sejak.items() if lama is not None)
    yield Ukuran("sapuan_denyut_detik", "Sejak sapuan terakhir selesai baik.", denyutan, "sapuan")
    akhir = health.segel_terakhir()
    if akhir is not None:
        yield _satu("segel_nomor", "Nomor segel riwayat terakhir.", akhir.urut)
        yield _satu("segel_umur_detik", "Umur segel riwayat terakhir.", (kini - akhir.pada).total_seconds())


def susun() -> str:
    """The whole page. A database that is away is a figure, not an error."""
    daftar: list[Ukuran] = []
    try:
        kini = sekarang()
        daftar += _dari_basis_data(kini)
        daftar += _dari_luar(kini)
        tersambung = 1
    except DatabaseError:
        tersambung = 0
    return _cetak([_satu("basis_data_tersambung", "1 bila basis data menjawab.", tersambung), *daftar])


def _cetak(daftar: Iterable[Ukuran]) -> str:
    return "".join(f"{baris}\n" for ukuran in daftar for baris in ukuran.teks())


@never_cache
@login_not_required
@require_safe
def metrik(request: HttpRequest) -> HttpResponse:
    """Figures for whoever holds the token. Raises Http404 for anybody else."""
    harapan = f"Bearer {settings.TOKEN_METRIK}"
    diberi = request.headers.get("Authorization", "")
    if not settings.TOKEN_METRIK or not hmac.compare_digest(diberi.encode(), harapan.encode()):
        raise Http404
    return HttpResponse(susun(), content_type=JENIS_ISI)
