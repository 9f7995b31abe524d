"""The machine written a second time, by hand, for B01: what each act must lead to and who may do it.

Sources: domain/state_machine.csv (states, roles, messages), sla.md section 4 (invariants). Nothing here looks
at the declarations; the table of roles is the one that tests/perizinan/test_tabel_alur.py compares with them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

TABEL = Path(__file__).parents[1] / "perizinan" / "data" / "tabel_alur.csv"
with TABEL.open(encoding="utf-8") as _f:
    BERKAS = {(b["status"], b["verba"]): frozenset(b["peran"].split()) for b in csv.DictReader(_f)}
REKOMENDASI = {
    ("diminta", "jadwalkan_tinjau"): frozenset({"tim_teknis", "kabid"}),
    ("dijadwalkan", "jadwalkan_tinjau"): frozenset({"tim_teknis", "kabid"}),
    ("dijadwalkan", "catat_bap"): frozenset({"tim_teknis"}),
    ("diminta", "beri_rekomendasi"): frozenset({"tim_teknis"}),
    ("diperiksa", "beri_rekomendasi"): frozenset({"tim_teknis"}),
    ("diberikan", "minta_ulang"): frozenset({"kabid"}),
    ("diminta", "tarik"): frozenset({"kabid"}),
    ("dijadwalkan", "tarik"): frozenset({"kabid"}),
    ("diperiksa", "tarik"): frozenset({"kabid"}),
}
#: Verbs that the system alone performs, in the course of another act.
SISTEM_SAJA = frozenset({"rangkum_rekomendasi", "siapkan"})
#: What time alone does, and the way back from it: tests/perizinan/test_efek_waktu.py and B09 prove it.
WAKTU = frozenset({"tandai_lewat", "tandai_fiktif_positif", "gugurkan", "buka_kembali"})
VERBA_BERKAS = sorted({v for _s, v in BERKAS} - SISTEM_SAJA - WAKTU)
VERBA_REKOMENDASI = sorted({v for _s, v in REKOMENDASI})

BERJALAN = frozenset({
    "terdaftar", "verifikasi", "kajian_teknis", "penetapan_retribusi", "penyusunan_sk", "paraf_berjenjang",
    "menunggu_tanda_tangan", "usul_tolak",
})  # fmt: skip
DIJEDA = frozenset({"perbaikan", "menunggu_pembayaran"})
FINAL = frozenset({"diserahkan", "ditolak", "dibatalkan", "gugur"})
_DIKAJI = frozenset({"kajian_teknis", "perbaikan"})

_TUJUAN = {
    "ajukan": "diajukan", "tarik_kembali": "draf", "kembalikan_berkas": "perbaikan_berkas",
    "ajukan_ulang": "diajukan", "daftarkan": "terdaftar", "teruskan": "verifikasi",
    "minta_rekomendasi": "kajian_teknis", "minta_perbaikan": "perbaikan", "batalkan": "dibatalkan",
    "usulkan_tolak": "usul_tolak", "batal_tolak": "verifikasi", "setujui_tolak": "ditolak",
    "tetapkan_retribusi": "menunggu_pembayaran", "nihil": "penyusunan_sk", "koreksi_skrd": "penetapan_retribusi",
    "catat_lunas": "penyusunan_sk", "ajukan_paraf": "paraf_berjenjang", "paraf": "menunggu_tanda_tangan",
    "koreksi_draf": "penyusunan_sk", "kembalikan_proses": "verifikasi", "tanda_tangan": "terbit",
    "serahkan": "diserahkan", "serahkan_daring": "diserahkan",
    "jadwalkan_tinjau": "dijadwalkan", "catat_bap": "diperiksa", "beri_rekomendasi": "diberikan",
    "minta_ulang": "diminta", "tarik": "ditarik",
}  # fmt: skip
_PESAN = {
    "ajukan": "SMS_DIAJUKAN", "kembalikan_berkas": "SMS_LENGKAPI", "daftarkan": "SMS_TERIMA",
    "minta_perbaikan": "SMS_PERBAIKAN", "kirim_perbaikan": "SMS_PERBAIKAN_DITERIMA", "batalkan": "SMS_BATAL",
    "setujui_tolak": "SMS_DITOLAK", "tetapkan_retribusi": "SMS_SKRD", "catat_lunas": "SMS_LUNAS",
    "tanda_tangan": "SMS_TERBIT", "serahkan": "SMS_SELESAI", "serahkan_daring": "SMS_SELESAI",
    "jadwalkan_tinjau": "SMS_JADWAL",
}  # fmt: skip
#: Messages that the agent does not get: they are the party's own (product.md, fairness 6).
_HANYA_PEMOHON = frozenset({"SMS_BATAL", "SMS_SELESAI", "SMS_KUASA"})
#: Documents ordered with an act. The SK is not counted: it is frozen again when the day changes.
_DOKUMEN = {
    "ajukan": "bukti_pengajuan", "kembalikan_berkas": "lembar_kekurangan", "minta_perbaikan": "lembar_kekurangan",
    "daftarkan": "tanda_terima", "tetapkan_retribusi": "skrd", "setujui_tolak": "surat_penolakan",
    "serahkan": "tanda_terima_sk", "catat_bap": "bap",
}  # fmt: skip


@dataclass(frozen=True)
class Jenis:
    """What the catalogue says of a service, as far as the machine asks."""

    kabid: str
    biaya: bool
    rekomendasi: tuple[str, ...] = ()
    tinjau: tuple[str, ...] = ()


#: SIUP: neither advice nor fee. Kekayaan daerah: a fee. IMB: both, one SKPD visits. IUPPAT: advice, no fee.
JENIS = {
    "siup": Jenis("kabid_np", biaya=False),
    "kekayaan_daerah": Jenis("kabid_np", biaya=True),
    "imb": Jenis("kabid", biaya=True, rekomendasi=("bplh", "distako"), tinjau=("distako",)),
    "iuppat": Jenis("kabid_tertentu", biaya=False, rekomendasi=("bplh",)),
}


@dataclass
class RekModel:
    """One recommendation as the model sees it."""

    skpd: str
    status: str = "diminta"
    hasil: str = ""
    ditinjau: bool = False


@dataclass
class Model:
    """A file as it must be: its state, its whole path, and what was ordered on the way."""

    kode: str
    status: str
    asal: str = ""
    dibuka: bool = False
    bernomor: bool = True
    kuasa: bool = False
    terbayar: bool = False
    jalan: list[tuple[str, str, str, str]] = field(default_factory=list)
    pesan: list[tuple[int, str, int]] = field(default_factory=list)
    dokumen: list[str] = field(default_factory=list)
    rek: dict[int, RekModel] = field(default_factory=dict)

    @property
    def jenis(self) -> Jenis:
        return JENIS[self.kode]

    # --- who may do what ------------------------------------------------------------------------------------------

    def peran(self, orang: str, milik: str, agen: str, rek: int | None) -> frozenset[str]:
        """Roles of one of the cast on this file (or on one recommendation of it)."""
        skpd = {"teknisi": "distako", "teknisi_bplh": "bplh"}.get(orang)
        if skpd:
            hidup = {r.skpd for r in self.rek.values() if r.status != "ditarik"}
            cocok = skpd == self.rek[rek].skpd if rek else skpd in hidup
            return frozenset({"tim_teknis"} if cocok else ())
        if orang.startswith("kabid"):
            return frozenset({"kabid"} if orang == self.jenis.kabid else ())
        tetap = {"sistem": "sistem", "budi": "loket", "rina": "back_office", "dina": "bendahara"}
        tetap |= {"kadis": "penandatangan"}
        punya = {tetap[orang]} if orang in tetap else set()
        punya |= {"pemohon"} if orang == milik else set()
        return frozenset(punya | ({"kuasa"} if orang == agen else set()))

    def tahu(self, verba: str, rek: int | None) -> frozenset[str]:
        """Roles that may do a verb in the present state; empty when the state does not know it."""
        if rek is None:
            return BERKAS.get((self.status, verba), frozenset())
        return REKOMENDASI.get((self.rek[rek].status, verba), frozenset())

    def syarat(self, verba: str, rek: int | None) -> bool:
        """The guards of the declarations, in words of the specification."""
        if rek is not None:
            if verba == "minta_ulang":
                return self.status == "kajian_teknis"
            r = self.rek[rek]
            if verba == "jadwalkan_tinjau" and r.ditinjau:  # a visit that took place is not made again
                return False
            if verba == "beri_rekomendasi" and r.skpd in self.jenis.tinjau and not r.ditinjau:
                return False
            return self.status in _DIKAJI
        return {
            "tarik_kembali": not self.dibuka,
            "minta_rekomendasi": bool(self.jenis.rekomendasi),
            "lewati_teknis": not self.jenis.rekomendasi,
        }.get(verba, True)

    # --- what an act leads to -------------------------------------------------------------------------------------

    def lakukan(self, verba: str, rek: int | None, *, hasil: str = "", lebih: bool = False) -> None:
        """Move the model by one act and by what the system then does of itself."""
        if rek is None:
            self._catat("", verba, self.status, self._tujuan(verba))
            self._pesan_berkas(verba, lebih=lebih)
            if verba == "tanda_tangan":
                self.jalan.append(("izin", "berlakukan", "", "berlaku"))
        else:
            r = self.rek[rek]
            ulang = r.status == "dijadwalkan" and verba == "jadwalkan_tinjau"
            self.jalan.append((f"rekomendasi:{rek}", verba, r.status, _TUJUAN[verba]))
            r.status, r.hasil, r.ditinjau = _TUJUAN[verba], hasil, r.ditinjau or verba == "catat_bap"
            self._tulis("SMS_JADWAL_UBAH" if ulang else _PESAN.get(verba, ""))
        if verba in _DOKUMEN:
            self.dokumen.append(_DOKUMEN[verba])

    def sistem(self) -> None:
        """What waits for nobody: to verification, from the advice to the fee or the draft, the frozen SK."""
        if self.status == "terdaftar":
            self._catat("", "teruskan", self.status, "verifikasi")
        elif self.status == "kajian_teknis" and self.lengkap():
            self._catat("", "rangkum_rekomendasi", self.status, self._biaya())
        elif self.jalan[-1][1] == "paraf":
            self.jalan.append(("", "siapkan", self.status, self.status))

    def lengkap(self) -> bool:
        """Every recommendation that was not withdrawn is given, none says no, and there is one."""
        hidup = [r for r in self.rek.values() if r.status != "ditarik"]
        return bool(hidup) and all(r.status == "diberikan" and r.hasil != "tolak" for r in hidup)

    def _biaya(self) -> str:
        """A file that was settled and comes round again is not billed twice."""
        return "penetapan_retribusi" if self.jenis.biaya and not self.terbayar else "penyusunan_sk"

    def _tujuan(self, verba: str) -> str:
        if verba == "lewati_teknis":
            return self._biaya()
        if verba == "kirim_perbaikan":
            return self.asal  # invariant (c)
        return _TUJUAN[verba]

    def _catat(self, objek: str, verba: str, dari: str, ke: str) -> None:
        self.jalan.append((objek, verba, dari, ke))
        if ke == "perbaikan" and dari != "perbaikan":
            self.asal = dari
        if verba in {"ajukan", "ajukan_ulang"}:
            self.dibuka, self.bernomor = False, True
        self.terbayar = self.terbayar or verba in {"catat_lunas", "nihil"}
        self.status = ke

    def _pesan_berkas(self, verba: str, *, lebih: bool) -> None:
        if verba != "batalkan" or self.bernomor:
            self._tulis(_PESAN.get(verba, ""))
        if verba == "ajukan" and self.kuasa:
            self._tulis("SMS_KUASA")
        if verba == "catat_lunas" and lebih:
            self._tulis("SMS_LEBIH_BAYAR")

    def _tulis(self, kode: str) -> None:
        if kode:
            kepada = 2 if self.kuasa and kode not in _HANYA_PEMOHON else 1
            self.pesan.extend((len(self.jalan), kode, ke) for ke in range(kepada))


# --- the clock of sla.md section 4, on local times --------------------------------------------------------------


def jeda_tertutup(peristiwa: list[tuple[str, datetime]]) -> tuple[list[tuple[datetime, datetime]], datetime | None]:
    """(closed pauses, start of the open one) of the events (effect, instant); an empty pause is none."""
    tutup: list[tuple[datetime, datetime]] = []
    sejak: datetime | None = None
    for efek, saat in peristiwa:
        if efek == "jeda" and sejak is None:
            sejak = saat
        elif efek in {"lanjut", "henti"} and sejak is not None:
            tutup += [(sejak, saat)] if saat > sejak else []
            sejak = None
    return tutup, sejak


def berjalan(peristiwa: list[tuple[str, datetime]]) -> str:
    """What the events say of the clock: belum | jalan | jeda | selesai."""
    keadaan = "belum"
    for efek, _saat in peristiwa:
        keadaan = {"mulai": "jalan", "lanjut": "jalan", "jeda": "jeda", "henti": "selesai"}[efek]
    return keadaan


def penutupan(mulai: datetime, libur: set[object]) -> Iterator[datetime]:
    """Closings of the office from an instant on, day by day (16.00, Monday to Friday, no holidays)."""
    hari = mulai.replace(hour=16, minute=0, second=0, microsecond=0)
    while True:
        if hari.weekday() < 5 and hari.date() not in libur and hari >= mulai:
            yield hari
        hari += timedelta(days=1)


def tenggat(mulai: datetime, hari: int, jeda: list[tuple[datetime, datetime]], libur: set[object]) -> datetime:
    """Closing number hari+1 that lies in no pause."""
    hitung = 0
    for tutup in penutupan(mulai, libur):
        if not any(a <= tutup < b for a, b in jeda):
            hitung += 1
            if hitung == hari + 1:
                return tutup
    raise AssertionError


def terpakai(mulai: datetime, sampai: datetime, jeda: list[tuple[datetime, datetime]], libur: set[object]) -> int:
    """Closings before `sampai` that lie in no pause."""
    hitung = 0
    for tutup in penutupan(mulai, libur):
        if tutup >= sampai:
            return hitung
        hitung += not any(a <= tutup < b for a, b in jeda)
    raise AssertionError
