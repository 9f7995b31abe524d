"""Answering: once per file, without a name, never in the way (docs/keputusan/0030)."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import waktu
from core.galat import IsianTidakSah, TidakDitemukan, TransisiDitolak
from ikm.enums import SaluranJawaban
from ikm.models import KOLOM_UNSUR, Hitungan, HitunganProfil, Jawaban, Komentar, Periode
from ikm.services.menjawab import Isian, jawab
from notifications.models import Pesan
from perizinan import services
from perizinan.enums import StatusSurvei
from perizinan.models import Permohonan, UndanganSurvei
from perizinan.nomor import nomor_baru
from perizinan.services import survei
from tests.perizinan.bekal_waktu import biarkan

pytestmark = pytest.mark.django_db
TAUTAN = SaluranJawaban.TAUTAN


def isian(unsur, nilai=3, **lain):
    return Isian(nilai={u.kode: nilai for u in unsur}, **lain)


def segarkan(undangan):
    return UndanganSurvei.objects.select_related("permohonan").get(pk=undangan.pk)


def banyak_berkas(induk, n):
    """More files of the same service that were invited, as rows: what anonymity counts."""
    for _ in range(n):
        kolom = {f.attname: getattr(induk, f.attname) for f in induk._meta.concrete_fields if f.attname != "id"}
        kolom |= {
            "kunci": uuid.uuid4(),
            "nomor": nomor_baru(),
            "nomor_register": None,
            "status": "ditolak",
        }
        kolom |= {"nomor_register": nomor_baru(), "selesai_pada": waktu.sekarang(), "survei": "belum"}
        p = Permohonan.objects.create(**kolom)
        UndanganSurvei.objects.create(
            permohonan=p,
            kode=nomor_baru(),
            diundang_pada=waktu.sekarang(),
            berlaku_sampai=waktu.sekarang() + timedelta(days=60),
        )


class TestUndangan:
    def test_a_signed_permit_is_asked_about_and_so_is_a_refused_and_a_withdrawn_file(self, berkas_di, pemeran):
        terbit, ditarik = berkas_di("terbit", "siup"), berkas_di("verifikasi", "siup")
        services.batalkan(ditarik.pk, oleh=pemeran.sari)
        ditolak = berkas_di("verifikasi", "siup")
        services.usulkan_tolak(ditolak.pk, oleh=pemeran.kabid_np, alasan="Tidak sesuai.", dasar_hukum="Perda 15/2012")
        services.setujui_tolak(ditolak.pk, oleh=pemeran.kadis)
        for p in (terbit, ditarik, ditolak):
            undangan = UndanganSurvei.objects.get(permohonan=p)
            assert undangan.kode and len(undangan.kode) == 11
        assert UndanganSurvei.objects.get(permohonan=ditolak).ingat_pada is not None

    def test_a_draft_that_is_thrown_away_is_not_asked_about(self, berkas_di, sari):
        draf = berkas_di("draf", "siup")
        services.batalkan(draf.pk, oleh=sari)
        assert not UndanganSurvei.objects.exists()

    def test_reminders_start_only_when_the_file_ends_and_stop_after_two(self, undangan, sari):
        assert undangan.ingat_pada is None
        services.serahkan_daring(undangan.permohonan_id, oleh=sari)
        for _ in range(20):
            biarkan(1)
            survei.sapu_ingatan()
            survei.sapu_ingatan()
        pesan = list(Pesan.objects.filter(kode="SMS_IKM").order_by("pk"))
        assert len(pesan) == 2
        assert all(undangan.kode in p.teks and len(p.teks) <= 160 for p in pesan)
        assert segarkan(undangan).ingat_pada is None

    def test_whoever_answered_or_declined_is_not_reminded(self, undangan, unsur, sari):
        services.serahkan_daring(undangan.permohonan_id, oleh=sari)
        jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        biarkan(20)
        assert survei.sapu_ingatan() == 0
        assert not Pesan.objects.filter(kode="SMS_IKM").exists()

    def test_later_is_counted_and_changes_nothing_else(self, undangan):
        for ke in (1, 2):
            survei.tunda(undangan.permohonan_id)
            assert segarkan(undangan).ditunda == ke
        assert segarkan(undangan).permohonan.survei == StatusSurvei.DITUNDA
        assert segarkan(undangan).kode == undangan.kode

    def test_an_invitation_grows_too_old(self, undangan, unsur):
        waktu.maju(timedelta(days=61))
        with pytest.raises(TidakDitemukan):
            jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        assert survei.kode_terbuka(undangan.permohonan) == ""


class TestSatuJawaban:
    def test_a_code_works_once(self, undangan, unsur):
        jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        with pytest.raises(TidakDitemukan):
            jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        assert Jawaban.objects.count() == 1
        assert segarkan(undangan).kode is None
        assert segarkan(undangan).permohonan.survei == StatusSurvei.DIISI

    def test_control_the_status_alone_stops_a_second_answer(self, undangan, unsur):
        """Were the code still there (a restored copy), the file's own state says no."""
        jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        UndanganSurvei.objects.filter(pk=undangan.pk).update(kode=undangan.kode, periode="")
        with pytest.raises(TidakDitemukan):
            jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        assert Jawaban.objects.count() == 1

    def test_declining_ends_the_code(self, undangan, unsur):
        survei.kesampingkan(undangan.kode)
        assert segarkan(undangan).permohonan.survei == StatusSurvei.DIKESAMPINGKAN
        with pytest.raises(TidakDitemukan):
            jawab(undangan.kode, isian(unsur), saluran=TAUTAN)

    def test_a_missing_answer_is_named_and_the_code_stays(self, undangan, unsur):
        kurang = {u.kode: 4 for u in unsur[1:]} | {unsur[2].kode: 5}
        with pytest.raises(IsianTidakSah) as galat:
            jawab(undangan.kode, Isian(nilai=kurang), saluran=TAUTAN)
        assert set(galat.value.rincian) == {unsur[0].kode, unsur[2].kode}
        assert segarkan(undangan).kode == undangan.kode
        assert not Hitungan.objects.exists()

    def test_a_closed_period_takes_nothing_and_the_code_stays(self, undangan, unsur):
        jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        Periode.objects.update(status="ditutup")
        banyak_berkas(undangan.permohonan, 1)
        baru = UndanganSurvei.objects.order_by("-pk")[0]
        with pytest.raises(TransisiDitolak):
            jawab(baru.kode, isian(unsur), saluran=TAUTAN)
        assert segarkan(baru).kode == baru.kode

    def test_the_database_keeps_no_code_beside_a_counted_period(self, undangan):
        with pytest.raises(IntegrityError), transaction.atomic():
            UndanganSurvei.objects.filter(pk=undangan.pk).update(periode="2026-S1")


class TestHitungan:
    def test_counts_equal_the_answers(self, undangan, unsur):
        banyak_berkas(undangan.permohonan, 40)
        for ke, u in enumerate(UndanganSurvei.objects.order_by("pk")):
            nilai = {satu.kode: (ke + satu.urutan) % 4 + 1 for satu in unsur}
            jawab(u.kode, Isian(nilai=nilai), saluran=TAUTAN)
        dari_jawaban: Counter = Counter()
        for j in Jawaban.objects.all():
            for urutan, nilai in enumerate(j.nilai, start=1):
                dari_jawaban[j.kelompok, j.layanan, j.saluran, urutan, nilai] += 1
        dari_hitungan = Counter(
            {(h.kelompok, h.layanan, h.saluran, h.urutan, h.nilai): h.jumlah for h in Hitungan.objects.all()}
        )
        assert dari_hitungan == dari_jawaban
        assert sum(dari_hitungan.values()) == 41 * 9

    def test_a_refused_transaction_counts_nothing(self, undangan, unsur):
        with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 the whole block is taken back
            jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
            raise RuntimeError
        assert not Hitungan.objects.exists()
        assert segarkan(undangan).kode == undangan.kode

    def test_profile_and_words_stand_apart(self, undangan, unsur):
        jawab(
            undangan.kode,
            isian(unsur, profil={"umur": "30-39", "pekerjaan": "wirausaha"}, teks="  Loketnya cepat. "),
            saluran=TAUTAN,
        )
        assert set(HitunganProfil.objects.values_list("dimensi", "nilai", "jumlah")) == {
            ("umur", "30-39", 1),
            ("pekerjaan", "wirausaha", 1),
        }
        assert Komentar.objects.get().teks == "Loketnya cepat."
        assert Komentar.objects.get().disembunyikan

    def test_an_unknown_profile_is_refused(self, undangan, unsur):
        with pytest.raises(IsianTidakSah):
            jawab(undangan.kode, isian(unsur, profil={"umur": "17"}), saluran=TAUTAN)


class TestTanpaNama:
    """The journalist and the curious colleague with the whole database."""

    def test_joining_answers_to_files_by_every_stored_column_finds_five_or_more(self, undangan, unsur, berkas_di):
        banyak_berkas(undangan.permohonan, 40)
        kecil = berkas_di("terbit", "imb")
        urut = list(UndanganSurvei.objects.order_by("pk"))
        for u in urut[:25]:
            jawab(u.kode, isian(unsur), saluran=TAUTAN)
        jawab(UndanganSurvei.objects.get(permohonan=kecil).kode, isian(unsur), saluran=TAUTAN)
        berkas = [
            (u.permohonan.jenis_izin.kelompok, u.permohonan.jenis_izin.kode, u.periode)
            for u in UndanganSurvei.objects.select_related("permohonan__jenis_izin").exclude(periode="")
        ]
        assert len(berkas) == 26
        dinamai = 0
        for j in Jawaban.objects.select_related("periode"):
            cocok = [
                b for b in berkas if b[2] == j.periode.kode and j.kelompok in {"", b[0]} and j.layanan in {"", b[1]}
            ]
            assert len(cocok) >= 5
            dinamai += bool(j.layanan)
        assert dinamai == 21  # from the fifth answer of the thirty invited on

    def test_control_without_the_rule_a_lone_answer_would_be_found(self, undangan, unsur, monkeypatch):
        monkeypatch.setattr(survei, "JAWABAN_MIN", 1)
        monkeypatch.setattr(survei, "BERKAS_MIN", 1)
        jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        assert Jawaban.objects.get().layanan == "siup"

    def test_a_service_with_few_files_is_never_named(self, undangan, unsur):
        banyak_berkas(undangan.permohonan, 28)  # 29 invited in all
        for u in list(UndanganSurvei.objects.order_by("pk")):
            jawab(u.kode, isian(unsur), saluran=TAUTAN)
        assert set(Jawaban.objects.values_list("layanan", flat=True)) == {""}

    def test_an_answer_holds_no_time_no_account_no_file_and_no_code(self):
        nama = {f.name for f in Jawaban._meta.get_fields() if f.concrete}
        assert nama == {"kunci", "periode", "saluran", "kelompok", "layanan", "seragam", "dikecualikan", *KOLOM_UNSUR}

    def test_the_log_of_the_file_and_its_messages_say_nothing_of_the_answer(self, undangan, unsur):
        semula = undangan.permohonan.riwayat.count(), Pesan.objects.count()
        jawab(undangan.kode, isian(unsur), saluran=TAUTAN)
        assert (undangan.permohonan.riwayat.count(), Pesan.objects.count()) == semula


def test_an_answer_costs_a_fixed_number_of_queries(undangan, unsur):
    banyak_berkas(undangan.permohonan, 2)
    kode = list(UndanganSurvei.objects.order_by("pk").values_list("kode", flat=True))
    jawab(kode[0], isian(unsur), saluran=TAUTAN)
    with CaptureQueriesContext(
        connection,
    ) as rekam:
        jawab(kode[1], isian(unsur), saluran=TAUTAN)
    assert len(rekam) <= 14
