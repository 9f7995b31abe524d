"""The one door (reliability.md R1): nothing else sets a transition in motion.

A verb is written as a body that receives a `Langkah` and calls `langkah.maju(...)` once:

    @verba("daftarkan")
    def daftarkan(langkah: Langkah) -> None: ...

and is called as `daftarkan(permohonan.pk, oleh=akun, kunci=None, versi=None, **data)`. In one durable
transaction the door claims the idempotency key, locks the file, authorises, asks the declaration, runs the
body, writes the row by a conditional UPDATE on (status, versi), appends the log, writes the outbox rows, and
lets the system do what needs no judgement (`_otomatis`).
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django_fsm import TransitionNotAllowed

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, TidakBerwenang, TidakDitemukan, TransisiDitolak
from core.mesin import Bermesin, Potret, transisi_dari
from core.models import pakai_kunci
from core.waktu import sekarang, zona
from perizinan.enums import Jam
from perizinan.models import Permohonan, Rekomendasi, Riwayat
from perizinan.models._deklarasi import Aksi
from perizinan.models.riwayat import WAKTU, sidik_teks, teks_kanonik
from perizinan.perms import peran_bertindak
from perizinan.tetap import lengkapi


@dataclass
class Langkah:
    """One act in progress: who does what to which row, at which instant."""

    permohonan: Permohonan
    objek: Bermesin
    verba: str
    oleh: Akun | None
    peran: Peran
    kini: datetime
    aksi: Aksi
    dari: str = ""
    selesai: bool = False
    sesudah: list[Callable[[], None]] = field(default_factory=list)

    def maju(
        self,
        *,
        berlaku_pada: datetime | None = None,
        jam: Jam | None = None,
        rinci: dict[str, Any] | None = None,
        nilai_pesan: dict[str, str] | None = None,
        acuan_dokumen: str = "",
        pesan: bool = True,
        **ubahan: Any,
    ) -> Riwayat:
        """Perform the declared transition and write everything that follows from it.

        `berlaku_pada` is when the act counts for the clock (default: now); `rinci` must hold codes and ids
        only, never personal data. Raises TransisiDitolak when a guard says no, Bentrok when somebody was first.
        """
        potret = self.objek.potret()
        try:
            getattr(self.objek, self.verba)(**ubahan)
        except TransitionNotAllowed as galat:
            raise TransisiDitolak("Berkas ini belum memenuhi syarat untuk langkah itu.") from galat
        riwayat = self._riwayat(jam if jam is not None else self.aksi["jam"], berlaku_pada, rinci or {})
        self._simpan(potret, riwayat)
        self.selesai = True
        self._kotak_keluar(riwayat, nilai_pesan or {}, acuan_dokumen, pesan=pesan)
        return riwayat

    def _riwayat(self, jam: Jam, berlaku_pada: datetime | None, rinci: dict[str, Any]) -> Riwayat:
        return baris_riwayat(
            self.permohonan,
            objek=self.objek,
            verba=self.verba,
            dari=self.dari,
            oleh=self.oleh,
            peran=self.peran,
            pada=self.kini,
            jam=jam,
            berlaku_pada=berlaku_pada or self.kini,
            rinci=rinci,
        )

    def _simpan(self, potret: Potret, riwayat: Riwayat) -> None:
        # Every act changes what time will do to the file: the next sweep looks (perizinan/services/sapuan.py).
        kepala = {"riwayat_urut": riwayat.urut, "riwayat_sidik": riwayat.sidik, "sapu_pada": self.kini}
        kepala["perlu_rekap"] = True  # and every act may change the monthly summary (perizinan/rekap.py)
        if self.objek is self.permohonan:
            self.objek.simpan_transisi(potret, **kepala)
        else:
            self.objek.simpan_transisi(potret)
            majukan_kepala(self.permohonan, riwayat)
        riwayat.save(force_insert=True)

    def _kotak_keluar(self, riwayat: Riwayat, nilai: dict[str, str], acuan_dokumen: str, *, pesan: bool) -> None:
        from perizinan.services import _keluar

        if self.aksi["pesan"] and pesan:
            _keluar.tulis_pesan(self.permohonan, self.aksi["pesan"], riwayat, nilai)
        if self.aksi["dokumen"]:
            _keluar.minta_dokumen(self.permohonan, self.aksi["dokumen"], self.kini, acuan=acuan_dokumen)


def baris_riwayat(
    permohonan: Permohonan,
    *,
    objek: Bermesin,
    verba: str,
    dari: str,
    oleh: Akun | None,
    peran: Peran,
    pada: datetime,
    jam: Jam = Jam.TETAP,
    berlaku_pada: datetime | None = None,
    rinci: dict[str, Any] | None = None,
    atas: str = "",
) -> Riwayat:
    """The next log row of a file's chain, hashed over its canonical text; not yet saved.

    `atas` names an object without a machine: such a row has no states.
    """
    baris = Riwayat(
        permohonan=permohonan,
        urut=permohonan.riwayat_urut + 1,
        objek=atas or ("" if objek is permohonan else f"{objek._meta.model_name}:{objek.pk}"),
        verba=verba,
        dari=dari,
        ke="" if atas else objek.status,  # type: ignore[attr-defined] # every Bermesin declares its status field
        oleh=oleh,
        peran=peran,
        pada=pada,
        jam=jam,
        berlaku_pada=berlaku_pada or pada,
        rinci=rinci or {},
    )
    baris.kanonik = teks_kanonik(baris, kunci_permohonan=str(permohonan.kunci), sebelum=permohonan.riwayat_sidik)
    baris.sidik = sidik_teks(baris.kanonik)
    return baris


def majukan_kepala(permohonan: Permohonan, riwayat: Riwayat) -> None:
    """Move the head of the chain to a new row. The file is locked; the condition guards SQLite too."""
    diubah = Permohonan.objects.filter(pk=permohonan.pk, riwayat_urut=riwayat.urut - 1).update(
        riwayat_urut=riwayat.urut, riwayat_sidik=riwayat.sidik, sapu_pada=riwayat.pada, perlu_rekap=True
    )
    if diubah != 1:
        raise Bentrok(_kalimat_bentrok(permohonan))
    permohonan.riwayat_urut = riwayat.urut
    permohonan.riwayat_sidik = riwayat.sidik


def catat_waktu(
    permohonan: Permohonan,
    verba: str,
    pada: datetime,
    rinci: dict[str, Any],
    *,
    oleh: Akun | None = None,
    peran: Peran = Peran.SISTEM,
) -> Riwayat:
    """Log an act on the file's dates that moves no state (a calendar edit, more time). The file is locked."""
    riwayat = baris_riwayat(
        permohonan, objek=permohonan, verba=verba, dari="", oleh=oleh, peran=peran, pada=pada, rinci=rinci, atas=WAKTU
    )
    majukan_kepala(permohonan, riwayat)
    riwayat.save(force_insert=True)
    return riwayat


class Layanan(Protocol):
    """How every verb is called."""

    def __call__(
        self,
        pk: int,
        /,
        *,
        oleh: Akun | None,
        kunci: str | None = None,
        versi: int | None = None,
        **data: Any,
    ) -> Permohonan: ...


def verba(
    nama: str, model: type[Bermesin] = Permohonan, *, luar_sidik: frozenset[str] = frozenset()
) -> Callable[..., Layanan]:
    """Make a body the public service of the verb `nama`, declared on `model`.

    `luar_sidik` names data that a repetition makes anew (signed bytes): they are no part of what a key stands for.
    """

    def bungkus(badan: Callable[..., None]) -> Layanan:
        @functools.wraps(badan)
        def layanan(
            pk: int,
            /,
            *,
            oleh: Akun | None,
            kunci: str | None = None,
            versi: int | None = None,
            **data: Any,
        ) -> Permohonan:
            with transaction.atomic(durable=True):
                isi = {k: v for k, v in data.items() if k not in luar_sidik}
                if kunci and _sudah(nama, model, pk, oleh, kunci, isi):
                    return _muat(model, pk)[0]
                langkah = _buka(nama, model, pk, oleh, versi)
                badan(langkah, **data)
                if not langkah.selesai:
                    raise RuntimeError(f"{nama} tidak memanggil langkah.maju")
                _lanjutkan(langkah)
            return langkah.permohonan

        return layanan

    return bungkus


def _sudah(nama: str, model: type[Bermesin], pk: int, oleh: Akun | None, kunci: str, data: dict[str, Any]) -> bool:
    isi = json.dumps([nama, model._meta.model_name, pk, data], sort_keys=True, default=str)
    pelaku = f"akun:{oleh.pk}" if oleh else "sistem"
    sidik = hashlib.sha256(isi.encode()).hexdigest()
    return pakai_kunci(pelaku=pelaku, kunci=kunci, sidik=sidik, acuan=f"{nama}:{pk}") is not None


def _muat(model: type[Bermesin], pk: int) -> tuple[Permohonan, Bermesin]:
    """Lock the file (NO KEY UPDATE on PostgreSQL) and load the row that the verb is about: it or a part of it."""
    permohonan_pk = pk
    if model is not Permohonan:
        bagian: Any = model._default_manager
        induk = bagian.filter(pk=pk).values_list("permohonan_id", flat=True).first()
        if induk is None:
            raise TidakDitemukan(f"{model._meta.verbose_name} tidak ditemukan.".capitalize())
        permohonan_pk = induk
    try:
        permohonan = lengkapi(Permohonan.objects.select_for_update(no_key=True).get(pk=permohonan_pk))
    except Permohonan.DoesNotExist as galat:
        raise TidakDitemukan("Permohonan tidak ditemukan.") from galat
    if model is Permohonan:
        return permohonan, permohonan
    terkait = ("skpd",) if model is Rekomendasi else ()
    objek: Any = model._default_manager.select_related(*terkait).get(pk=pk)
    objek.permohonan = permohonan
    return permohonan, objek


def _buka(
    nama: str,
    model: type[Bermesin],
    pk: int,
    oleh: Akun | None,
    versi: int | None,
) -> Langkah:
    permohonan, objek = _muat(model, pk)
    aksi = aksi_verba(model, nama)
    peran = peran_bertindak(objek, oleh, aksi["peran"])  # type: ignore[arg-type] # both are accepted kinds
    if peran is None:
        raise TidakBerwenang("Anda tidak berwenang melakukan ini pada berkas ini.")
    if transisi_dari(objek, nama) is None or (versi is not None and versi != objek.versi):
        raise Bentrok(_kalimat_bentrok(permohonan))
    return Langkah(
        permohonan,
        objek,
        nama,
        oleh,
        peran,
        sekarang(),
        aksi,
        dari=objek.status,  # type: ignore[attr-defined] # every Bermesin declares its status field
    )


def aksi_verba(model: type[Bermesin], nama: str) -> Aksi:
    """What the declaration says of a verb; the same for every state that it may start from."""
    return next(iter(getattr(model, nama)._django_fsm.transitions.values())).custom  # type: ignore[no-any-return]


def langkah_sistem(permohonan: Permohonan, nama: str, kini: datetime) -> Langkah:
    """A step that the system takes by itself inside the running act, on the file that is already locked."""
    return Langkah(
        permohonan,
        permohonan,
        nama,
        None,
        Peran.SISTEM,
        kini,
        aksi_verba(Permohonan, nama),
        dari=permohonan.status,
    )


def _lanjutkan(langkah: Langkah) -> None:
    from perizinan.services import _otomatis, survei

    _otomatis.lanjutkan(langkah.permohonan, langkah.kini)
    survei.undang(langkah.permohonan, langkah.kini)


def _kalimat_bentrok(permohonan: Permohonan) -> str:
    """Who was first, and when: "Berkas ini sudah didaftarkan Budi pukul 10.42." (ux.md section 7)."""
    akhir = permohonan.riwayat.select_related("oleh").order_by("-urut").first()
    if akhir is None:
        return "Berkas ini baru saja berubah. Muat ulang halaman."
    siapa = akhir.oleh.nama if akhir.oleh else "sistem"
    jam = akhir.pada.astimezone(zona()).strftime("%H.%M")
    return f"Berkas ini sudah diproses {siapa} pukul {jam}. Tidak ada yang perlu Anda ulangi."
