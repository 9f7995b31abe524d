"""B01: the machine under random acts. Whatever anybody tries, the file is what a hand-written model says.

The real services and the real signer, on SQLite. One thing is a stub: the layout of a document, which gives an
empty page instead of a full one. hypothesis draws the acts, the people and the passing of time.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as jalankan_mesin

from accounts.models import Akun
from bpptportal.contoh.berkas import pdf_contoh
from core import waktu
from core.galat import Bentrok, GalatPortal, TidakBerwenang
from core.mesin import transisi_model
from core.models import HariLibur
from notifications.models import Pesan
from perizinan.enums import StatusDokumen
from perizinan.models import Dokumen, Permohonan, Rekomendasi, Riwayat, Skrd
from perizinan.riwayat import periksa_satu
from tests.bar import bekal_alur as bekal
from tests.bar import model_alur as aturan
from tests.bar.conftest import Catat

#: What hypothesis draws for a step; every choice inside the step follows from it, evenly spread.
BENIH = st.integers(0, 2**32 - 1)
pytestmark = [pytest.mark.bar, pytest.mark.django_db]
MINIMAL = 10
CONTOH = 300 if os.environ.get("TINGKAT") == "penuh" else 100


class Alur(RuleBasedStateMachine):
    """One file after another, from a seed to wherever the acts lead."""

    bibit: ClassVar[list[bekal.Bibit]] = []
    pemeran: ClassVar[Any] = None
    libur: ClassVar[set[object]] = set()
    tembak: ClassVar[Counter[tuple[str, str, str]]] = Counter()
    langkah: ClassVar[Counter[str]] = Counter()
    garam: ClassVar[int] = 0
    pemegang: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom._from_testcase = True  # type: ignore[attr-defined] # what TestCase does: durable services may nest
        self.atom.__enter__()
        self.awal = transaction.savepoint()
        self.jam: Any = None

    def teardown(self) -> None:
        try:
            if self.jam:
                assert periksa_satu(self.kini.pk) == []
        finally:
            if self.jam:
                self.jam.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.atom.__exit__(None, None, None)

    # --- rules ----------------------------------------------------------------------------------------------------

    @initialize(benih=BENIH)
    def mulai(self, benih: int) -> None:
        self._tanam(Random(benih + (self.garam << 32)))

    @rule(benih=BENIH)
    def langkah_sah(self, benih: int) -> None:
        """A legal act by somebody who may: it must succeed. A finished file makes room for another one."""
        self._langkah_sah(Random(benih + (self.garam << 32)))

    @rule(benih=BENIH, orang=st.sampled_from(bekal.ORANG))
    def apa_saja(self, benih: int, orang: str) -> None:
        """Anybody tries anything: it succeeds only if the model allows it, and else changes nothing.

        A legal act follows, so that an example in which hypothesis draws this rule alone gets somewhere too.
        """
        acak = Random(benih + (self.garam << 32))
        rek = acak.choice([None, None, *sorted(self.model.rek)])
        daftar = aturan.VERBA_BERKAS if rek is None else aturan.VERBA_REKOMENDASI
        verba = acak.choice(daftar)
        dikenal = [v for v in daftar if self._boleh(v, rek)]
        if dikenal and acak.random() < 0.5:  # half of the tries are stopped by a guard only, or succeed
            # A guard is met most often where it is looked for.
            verba = acak.choice([v for v in dikenal if not self.model.syarat(v, rek)] or dikenal)
            orang = acak.choice(self._boleh(verba, rek))
        boleh = self._peran(orang, rek) & self.model.tahu(verba, rek)
        p, sebelum = self.kini, self._sidik()
        isi = bekal.masukan(verba, p, acak)
        try:
            with transaction.atomic():
                transaction.get_connection().atomic_blocks[-1]._from_testcase = True
                bekal.panggil(verba, p, rek, self._akun(orang), isi)
        except GalatPortal as galat:
            self.langkah["ditolak"] += 1
            assert self._sidik() == sebelum, (verba, orang, "penolakan meninggalkan jejak")
            if not (boleh or isinstance(galat, TidakBerwenang | Bentrok) or verba == "tanda_tangan"):
                raise AssertionError(f"{orang} {verba}: {galat}") from galat
        else:
            assert boleh, f"{orang} seharusnya tidak boleh {verba} pada {self.model.status}"
            assert self.model.syarat(verba, rek), f"syarat {verba} tidak terpenuhi"
            self._catat(verba, rek, isi)
        self._langkah_sah(acak)

    @rule(jam=st.integers(0, 60), hari=st.sampled_from([0, 0, 1, 5, 17]))
    def waktu_berjalan(self, jam: int, hari: int) -> None:
        waktu.maju(timedelta(days=hari, hours=jam))

    def _langkah_sah(self, acak: Random) -> None:
        if self.model.status in aturan.FINAL:
            self._tanam(acak)
        verba, rek = self._pilih(acak)
        orang = acak.choice(self._boleh(verba, rek))
        pelaku, p = self._akun(orang), self.kini
        bekal.siapkan(verba, p, self.pemeran, pelaku)
        self.model.dibuka = self.model.dibuka or verba == "daftarkan"
        isi = bekal.masukan(verba, p, acak)
        bekal.panggil(verba, p, rek, pelaku, isi)
        self._catat(verba, rek, isi)

    # --- invariants -----------------------------------------------------------------------------------------------

    @invariant()
    def semua_tetap_benar(self) -> None:
        p = self.kini
        jejak = list(p.riwayat.order_by("urut"))
        jalan = [(re.sub(r"^izin:\d+$", "izin", r.objek), r.verba, r.dari, r.ke) for r in jejak]
        self._keadaan_sesuai_model(p, jalan)
        _audit_adalah_jalan(jalan)
        self._jam_sesuai_status(p, jejak)
        self._kotak_keluar_sesuai(p)
        self._ada_yang_mengerjakan(p)

    def _keadaan_sesuai_model(self, p: Permohonan, jalan: list[tuple[str, str, str, str]]) -> None:
        assert (p.status, jalan) == (self.model.status, self.model.jalan)
        assert p.versi == sum(1 for o, *_ in jalan if o == "")
        assert p.riwayat_urut == len(jalan)
        for r in Rekomendasi.objects.filter(permohonan=p):
            assert r.status == self.model.rek[r.pk].status
            assert r.versi == sum(1 for o, *_ in jalan if o == f"rekomendasi:{r.pk}")

    def _jam_sesuai_status(self, p: Permohonan, jejak: list[Riwayat]) -> None:
        """sla.md section 4 (a) and (b): the clock runs, and is paused, exactly in the states that say so."""
        zona = waktu.zona()
        kejadian = [(r.jam, r.berlaku_pada.astimezone(zona)) for r in jejak if r.jam]
        keadaan = aturan.berjalan(kejadian)
        assert (keadaan == "jalan") == (p.status in aturan.BERJALAN)
        assert (keadaan == "jeda") == (p.status in aturan.DIJEDA)
        tutup, sejak = aturan.jeda_tertutup(kejadian)
        assert p.jeda_sejak == sejak
        if p.mulai_hitung is None:
            return
        mulai = p.mulai_hitung.astimezone(zona)
        hidup, _ = aturan.jeda_tertutup([k for k in kejadian if k[0] != "henti"])
        assert p.tenggat == aturan.tenggat(mulai, p.hari_sop, hidup, self.libur)
        if p.hari_terpakai is not None:
            akhir = max(kejadian[-1][1], mulai)
            assert p.hari_terpakai == aturan.terpakai(mulai, akhir, tutup, self.libur)

    def _ada_yang_mengerjakan(self, p: Permohonan) -> None:
        """(k): an open file stands in at least one inbox."""
        if p.status in aturan.FINAL:
            return
        satu = Permohonan.objects.filter(pk=p.pk)
        terakhir = self.pemegang.get(p.status, "rina")
        for kunci in dict.fromkeys((terakhir, *bekal.PETUGAS, *bekal.WARGA)):
            akun = self.pemeran.akun[kunci]
            kotak = satu.menunggu_pemohon(akun) if kunci in bekal.WARGA else satu.kotak_masuk(akun)
            if kotak.exists():
                self.pemegang[p.status] = kunci
                return
        budi = self.pemeran.budi  # a draft that loket types in stands in its own list
        entri = satu.filter(status="draf", dibuat_oleh=budi, pemohon__akun=None).terlihat_oleh(budi)
        assert entri.exists(), f"tidak ada yang memegang berkas {p.status}"

    def _kotak_keluar_sesuai(self, p: Permohonan) -> None:
        """Exactly the messages and documents that the acts order; no SMS holds an identity number (j)."""
        pesan = list(Pesan.objects.filter(kunci__startswith=f"{p.pk}/").values_list("kunci", "teks", "kanal"))
        harus = sorted(f"{p.pk}/{urut}/{kode}/{ke}" for urut, kode, ke in self.model.pesan)
        assert sorted(k for k, *_ in pesan) == harus
        nik = p.pihak.nomor_identitas
        assert not [k for k, teks, _ in pesan if nik in teks or re.search(r"\d{16}", teks)]
        assert {kanal for *_, kanal in pesan} <= {"sms"}
        semua = Counter(p.dokumen.exclude(status=StatusDokumen.DIGANTI).values_list("jenis", flat=True))
        sk = semua.pop("sk", 0)
        assert semua == Counter(self.model.dokumen)
        beku = self.model.status in {"menunggu_tanda_tangan", "terbit", "diserahkan"}
        # A file that was withdrawn at the signing desk keeps its frozen SK, unsigned.
        assert sk == (beku or self.model.jalan[-1][1:3] == ("batalkan", "menunggu_tanda_tangan"))

    # --- helpers --------------------------------------------------------------------------------------------------

    @property
    def kini(self) -> Permohonan:
        return Permohonan.objects.select_related("pihak").get(pk=self.pk)

    def _kurang(self, objek: str, status: str, verba: str) -> int:
        """How often an edge is still to be fired."""
        return max(0, MINIMAL + 2 - self.tembak[objek, status, verba])

    def _pilih(self, acak: Random) -> tuple[str, int | None]:
        """A legal act; two times of three one of those that were fired least so far (a walk alone never gets far)."""
        sah = self._sah()
        acak.shuffle(sah)
        if acak.random() < 0.67:
            m = self.model
            sah.sort(
                key=lambda x: -self._kurang(*(("rekomendasi", m.rek[x[1]].status) if x[1] else ("", m.status)), x[0])
            )
        return sah[0]

    def _tanam(self, acak: Random) -> None:
        bibit = max(acak.sample(self.bibit, 5), key=lambda b: sum(self._kurang(*t) for t in b.tepi))
        if self.jam:
            assert periksa_satu(self.pk) == []
            self.jam.__exit__(None, None, None)
            transaction.savepoint_rollback(self.awal)
        self.jam = waktu.beku(bibit.saat)
        self.jam.__enter__()
        self.bibit_kini, self.pk, self.model = bibit, bibit.pk, bekal.model(bibit)
        p = self.kini
        self.model.jalan = list(p.riwayat.order_by("urut").values_list("objek", "verba", "dari", "ke"))
        self.model.jalan = [(re.sub(r"^izin:\d+$", "izin", o), v, d, k) for o, v, d, k in self.model.jalan]
        self.model.pesan = [
            (int(k[1]), k[2], int(k[3]))
            for k in (
                x.split("/") for x in Pesan.objects.filter(perihal=p.nomor or "-").values_list("kunci", flat=True)
            )
        ]
        self.model.dokumen = list(p.dokumen.exclude(jenis="sk").values_list("jenis", flat=True))

    def _akun(self, orang: str) -> Akun | None:
        return None if orang == "sistem" else self.pemeran.akun[orang]

    def _peran(self, orang: str, rek: int | None) -> frozenset[str]:
        return self.model.peran(orang, self.bibit_kini.milik, self.bibit_kini.agen, rek)

    def _boleh(self, verba: str, rek: int | None) -> list[str]:
        tahu = self.model.tahu(verba, rek)
        return [o for o in bekal.ORANG if self._peran(o, rek) & tahu]

    def _sah(self) -> list[tuple[str, int | None]]:
        calon: list[tuple[str, int | None]] = [(v, None) for v in aturan.VERBA_BERKAS]
        calon += [(v, r) for r in sorted(self.model.rek) for v in aturan.VERBA_REKOMENDASI]
        return [(v, r) for v, r in calon if self.model.syarat(v, r) and self._boleh(v, r)]

    def _sidik(self) -> tuple[Any, ...]:
        kolom = ("status", "versi", "riwayat_urut", "riwayat_sidik", "tenggat", "jeda_sejak", "batas_pemohon")
        satu = Permohonan.objects.filter(pk=self.pk).values_list(*kolom).get()
        return *satu, Dokumen.objects.count(), Pesan.objects.count(), Riwayat.objects.count()

    def _catat(self, verba: str, rek: int | None, isi: dict[str, Any]) -> None:
        """Let the model follow an act that succeeded."""
        m, awal, lebih = self.model, len(self.model.jalan), False
        if verba == "catat_lunas":
            lebih = isi["jumlah"] > Skrd.objects.filter(permohonan=self.pk).latest("pk").nilai
        m.lakukan(verba, rek, hasil=isi.get("hasil", ""), lebih=lebih)
        if verba == "minta_rekomendasi":
            self._rekomendasi_baru()
        m.sistem()
        self.langkah["dilakukan"] += 1
        for objek, v, dari, _ke in m.jalan[awal:]:
            self.tembak[objek.split(":")[0], dari, v] += 1

    def _rekomendasi_baru(self) -> None:
        """One per SKPD named by the catalogue that has no live one yet, and no other."""
        hidup = {r.skpd for r in self.model.rek.values() if r.status != "ditarik"}
        baru = Rekomendasi.objects.filter(permohonan=self.pk).exclude(pk__in=list(self.model.rek))
        skpd = {r.pk: r.skpd.kode for r in baru.select_related("skpd")}
        assert sorted(skpd.values()) == sorted(set(self.model.jenis.rekomendasi) - hidup)
        self.model.rek |= {pk: bekal.RekModel(kode) for pk, kode in skpd.items()}


def _audit_adalah_jalan(jalan: list[tuple[str, str, str, str]]) -> None:
    """Each row starts where the one before it on the same object ended; nothing leaves a final state (d)."""
    akhir: dict[str, str] = {}
    for objek, verba, dari, ke in jalan:
        assert dari == akhir.get(objek, "diminta" if objek.startswith("rekomendasi") else ""), (verba, dari)
        assert dari not in aturan.FINAL
        akhir[objek] = ke


@pytest.fixture
def panggung(pemeran: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Seeds, cast and stubs; returns a function that runs the machine."""
    monkeypatch.setattr("perizinan.dokumen.pekerja._cetak", lambda _dokumen, _halaman: pdf_contoh())
    Alur.pemeran, Alur.bibit = pemeran, bekal.semua_bibit(pemeran)
    Alur.libur = set(HariLibur.objects.values_list("tanggal", flat=True))
    Alur.tembak, Alur.langkah, Alur.garam = Counter(), Counter(), 0
    yield _jalankan
    Alur.pemeran, Alur.bibit = None, []


def _jalankan(contoh: int, langkah: int = 25, **lain: Any) -> None:
    atur = settings(
        max_examples=contoh,
        stateful_step_count=langkah,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        phases=[Phase.generate],
        **lain,
    )
    jalankan_mesin(Alur, settings=atur)


def tepi() -> set[tuple[str, str, str]]:
    """Every (object, state, verb) that is declared and that an act can reach."""
    berkas = {("", t.source, t.name) for t in transisi_model(Permohonan) if t.name not in aturan.WAKTU}
    return berkas | {("rekomendasi", t.source, t.name) for t in transisi_model(Rekomendasi)}


def test_b01_apa_pun_yang_dicoba_berkas_tetap_sesuai_model(panggung: Any, catat: Catat) -> None:
    kurang = tepi()
    for garam in range(4):  # further rounds with other draws, until every edge was met often enough
        Alur.garam = garam
        panggung(CONTOH if garam == 0 else CONTOH // 2)
        kurang = {t for t in tepi() if Alur.tembak[t] < MINIMAL}
        if not kurang:
            break
    nilai = {"tepi": f"{len(tepi()) - len(kurang)}/{len(tepi())}", **Alur.langkah}
    catat("B01", nilai, f"0 pelanggaran, setiap tepi >= {MINIMAL} kali; kurang: {sorted(kurang)}", not kurang)


def _izin_hilang(patch: pytest.MonkeyPatch) -> None:
    """Anybody passes for the first declared role."""
    patch.setattr("perizinan.services._alur.peran_bertindak", lambda _objek, _akun, peran: peran[0])


def _syarat_hilang(patch: pytest.MonkeyPatch) -> None:
    """`lewati_teknis` no longer asks whether advice is needed."""
    for t in Permohonan.lewati_teknis._django_fsm.transitions.values():
        patch.setattr(t, "conditions", [])


def _pesan_ganda(patch: pytest.MonkeyPatch) -> None:
    """The agent gets what is meant for the party alone."""
    patch.setattr("perizinan.services._keluar.kotak_keluar.kepada", lambda _kode: "pemohon+kuasa")


def _jam_salah(patch: pytest.MonkeyPatch) -> None:
    """A correction does not give the applicant's days back."""
    patch.setattr("perizinan.services._jam.tenggat_bila_lanjut", lambda p, _pada: p.tenggat)


@pytest.mark.parametrize("rusak", [_izin_hilang, _syarat_hilang, _pesan_ganda, _jam_salah])
def test_b01_kontrol_satu_pagar_dilepas_dan_mesin_menemukannya(
    rusak: Any, panggung: Any, monkeypatch: pytest.MonkeyPatch, catat: Catat
) -> None:
    rusak(monkeypatch)
    ditemukan = False
    for garam in range(4):  # further rounds with other draws: what is drawn changes with any constant of the code
        Alur.garam = garam
        try:
            panggung(3 * CONTOH)  # ends with the first finding
        except Exception:  # an act that breaks in another way is a finding too
            ditemukan = True
            break
    langkah = sum(Alur.langkah.values())
    catat("B01", f"{rusak.__name__.strip('_')}: ditemukan dalam {langkah} langkah", "ditemukan", ditemukan, ditemukan)
