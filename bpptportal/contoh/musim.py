"""A season of the office: files of many services, walked in the order of time, so that every desk has work.

Events lie in one queue by their instant; each is performed under a clock held at that instant, so numbers,
due dates and the log come out as they would have. The same seed gives the same season for the same day
(random public numbers excepted).
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import Akun, Pemohon
from accounts.pihak import simpan_pihak
from bpptportal.contoh import alur
from bpptportal.contoh.pemeran import Pemeran, buat_pemeran, data_badan, data_orang
from bpptportal.contoh.waktu_kerja import hari_kerja_lalu, jam_kantor
from core import waktu
from notifications import layanan as kotak_keluar
from perizinan import services
from perizinan.enums import PutusanSyarat, StatusVersi
from perizinan.enums import StatusPermohonan as S
from perizinan.models import JenisIzin, Permohonan
from perizinan.persyaratan import keadaan_syarat

#: How many of a hundred files stop where; the rest is handed over.
SASARAN: tuple[tuple[str, int], ...] = (
    (S.DIAJUKAN, 9),
    (S.PERBAIKAN_BERKAS, 6),
    (S.VERIFIKASI, 8),
    (S.KAJIAN_TEKNIS, 10),
    (S.PERBAIKAN, 6),
    (S.PENETAPAN_RETRIBUSI, 5),
    (S.MENUNGGU_PEMBAYARAN, 6),
    (S.PENYUSUNAN_SK, 6),
    (S.PARAF_BERJENJANG, 7),
    (S.MENUNGGU_TANDA_TANGAN, 7),
    (S.USUL_TOLAK, 3),
    (S.TERBIT, 6),
    (S.DITOLAK, 3),
    (S.DIBATALKAN, 2),
)
#: Services that people ask for most come first; the others follow in turn.
RAMAI = ("siup", "tdp", "imb", "siup", "tdp", "reklame", "izin_gangguan", "iptm", "toko_obat", "trayek")
BERBIAYA = ("imb", "reklame", "izin_gangguan", "trayek")
BERDINAS = ("imb", "reklame", "izin_gangguan", "toko_obat", "tdup")
TIGA_BIDANG = ("imb", "siup", "reklame")
_NAMA = (
    "Maya Puspita", "Joko Wibowo", "Nur Aini", "Bagas Saputra", "Tuti Handayani", "Rizal Fikri", "Dewi Anggun",
    "Slamet Riyanto", "Fitri Yani", "Yusuf Hakim", "Ratna Sari", "Eko Purnomo", "Wati Kusnadi", "Iwan Gunadi",
)  # fmt: skip
_BADAN = ("Maju Sentosa Contoh", "Karya Bersama Contoh", "Sumber Rejeki Contoh", "Tirta Abadi Contoh")


@dataclass(order=True)
class _Acara:
    saat: datetime
    urut: int
    kerja: Callable[[], datetime | None] = field(compare=False)


class Musim:
    """The simulation. `jalankan(n)` makes `n` files; `lapor` is told after each finished one."""

    def __init__(self, benih: int) -> None:
        self.acak = random.Random(benih)  # noqa: S311 demo data, no secret
        self.pemeran: Pemeran = buat_pemeran()
        self.antrean: list[_Acara] = []
        self.urut = 0
        self.akhir = waktu.sekarang() - timedelta(minutes=10)

    def jalankan(self, jumlah: int, lapor: Callable[[int], None] = lambda _n: None) -> int:
        """Make the files. Returns how many were filed."""
        for ke in range(jumlah):
            self._jadwalkan_berkas(ke, self._sasaran(ke, jumlah))
        selesai = 0
        while self.antrean:
            acara = heapq.heappop(self.antrean)
            with waktu.beku(acara.saat):
                berikut = acara.kerja()
                kotak_keluar.sapu()  # at its own time: later its messages would be stale
            if berikut is not None:
                self._antre(min(berikut, self.akhir), acara.kerja)  # nothing happens in the future
            else:
                selesai += 1
                lapor(selesai)
        return selesai

    def _antre(self, saat: datetime, kerja: Callable[[], datetime | None]) -> None:
        self.urut += 1
        heapq.heappush(self.antrean, _Acara(saat, self.urut, kerja))

    def _sasaran(self, ke: int, jumlah: int) -> str:
        """Every state in turn, twice, so that a small season shows every desk; then by the shares."""
        if ke < 2 * len(SASARAN):
            return SASARAN[ke % len(SASARAN)][0]
        undian = self.acak.uniform(0, 100)
        for status, bagian in SASARAN:
            undian -= bagian
            if undian < 0:
                return status
        return S.DISERAHKAN

    def _layanan(self, ke: int, sasaran: str) -> str:
        if sasaran in {S.PENETAPAN_RETRIBUSI, S.MENUNGGU_PEMBAYARAN}:
            return BERBIAYA[ke % len(BERBIAYA)]
        if sasaran == S.KAJIAN_TEKNIS:
            return BERDINAS[ke // len(SASARAN) % len(BERDINAS)]
        if sasaran in {S.PARAF_BERJENJANG, S.USUL_TOLAK, S.PERBAIKAN}:
            return TIGA_BIDANG[ke // len(SASARAN) % len(TIGA_BIDANG)]
        if self.acak.random() < 0.7:
            return self.acak.choice(RAMAI)
        return self.acak.choice(self._ditawarkan())

    def _ditawarkan(self) -> list[str]:
        """Services that somebody can apply for anew today; closing a firm, for one, is no such thing."""
        semua = JenisIzin.objects.filter(aktif=True, versi_layanan__status=StatusVersi.TERBIT).order_by("kode")
        versi = {j.kode: j.versi_pada(waktu.hari_ini()) for j in semua.distinct()}
        return [kode for kode, v in versi.items() if v and v.pilihan_permohonan("baru")]

    def _jadwalkan_berkas(self, ke: int, sasaran: str) -> None:
        """Files that have far to go began longer ago; one in eight is late, most are not."""
        kode = self._layanan(ke, sasaran)
        urutan = [s for s, _ in SASARAN]
        jauh = urutan.index(sasaran) if sasaran in urutan else len(urutan) + 6
        versi = JenisIzin.objects.get(kode=kode).versi_pada(waktu.hari_ini())
        hari = (versi.hari_kerja if versi else None) or 5
        paling_lama = jauh if jauh > len(urutan) else min(jauh // 2 + 1, max(1, hari - 1))
        lama = hari + 2 if ke % 8 == 7 else self.acak.randint(1, max(1, paling_lama))
        mulai = min(hari_kerja_lalu(lama) + timedelta(minutes=self.acak.randint(0, 330)), self.akhir)
        self._antre(mulai, _Berkas(self, ke, sasaran, kode).langkah)

    def selang(self) -> timedelta:
        """Time until somebody acts next."""
        return timedelta(minutes=self.acak.randint(20, 420))

    def pihak(self, ke: int) -> tuple[Akun, Pemohon]:
        """Who files: now and then sari online, else a walk-in through loket."""
        if ke % 6 == 0:
            return self.pemeran.sari, self.pemeran.pemohon["sari"]
        if ke % 4 == 1:
            data = data_badan(_BADAN[ke % len(_BADAN)], 10 + ke)
            return self.pemeran.budi, simpan_pihak(jenis="badan", data=data).pemohon
        data = data_orang(_NAMA[ke % len(_NAMA)], 10 + ke)
        return self.pemeran.budi, simpan_pihak(jenis="orang", data=data).pemohon


class _Berkas:
    """One file on its way to the state where it stops."""

    def __init__(self, musim: Musim, ke: int, sasaran: str, kode: str) -> None:
        self.musim, self.ke, self.sasaran, self.kode = musim, ke, sasaran, kode
        self.pk: int | None = None

    def langkah(self) -> datetime | None:
        """Perform the next act at the held instant; returns when the next one is due, or None at the end."""
        if self.pk is None:
            oleh, pemohon = self.musim.pihak(self.ke)
            self.pk = alur.mulai(self.musim.pemeran, self.kode, oleh=oleh, pemohon=pemohon).pk
        else:
            p = Permohonan.objects.get(pk=self.pk)
            if p.status == self.sasaran or not self._menyimpang(p):
                if p.status == self.sasaran:
                    return None
                alur.langkah_berikut(p, self.musim.pemeran)
            if Permohonan.objects.get(pk=self.pk).status == self.sasaran:
                return None
        return jam_kantor(waktu.sekarang() + self.musim.selang())

    def _menyimpang(self, p: Permohonan) -> bool:
        """Leave the happy path where the target asks for it."""
        pemeran = self.musim.pemeran
        if p.status == S.DIAJUKAN and self.sasaran == S.PERBAIKAN_BERKAS:
            alur.terima_semua(p, pemeran.budi)
            satu = next(k.syarat for k in keadaan_syarat(p) if k.syarat.wajib)
            services.periksa_syarat(
                p, satu, PutusanSyarat.KURANG, oleh=pemeran.budi, kode_alasan=satu.alasan[0]["kode"]
            )
            services.kembalikan_berkas(p.pk, oleh=pemeran.budi)
        elif p.status == S.VERIFIKASI and self.sasaran == S.PERBAIKAN:
            butir = [{"uraian": "Alamat lokasi belum lengkap, tambahkan RT dan RW.", "kode_alasan": "tidak_lengkap"}]
            services.minta_perbaikan(p.pk, oleh=pemeran.rina, butir=butir)
        elif p.status == S.VERIFIKASI and self.sasaran in {S.USUL_TOLAK, S.DITOLAK}:
            services.usulkan_tolak(
                p.pk,
                oleh=pemeran.kabid_bidang(p.bidang_id),
                alasan="Lokasi berada di luar peruntukan yang diizinkan.",
                dasar_hukum="Perda RTRW Kota Bekasi",
            )
        elif p.status == S.VERIFIKASI and self.sasaran == S.DIBATALKAN:
            services.batalkan(p.pk, oleh=Akun.objects.get(pk=p.dibuat_oleh_id))
        else:
            return False
        return True
