"""Editions: a revision is copied, edited, explained, published by a second person; reports follow, history stays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core import waktu
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from renstra import evaluasi
from renstra.banding import banding
from renstra.enums import BagianNaskah
from renstra.models import (
    Anggaran,
    Indikator,
    JejakEdisi,
    Kegiatan,
    Keluaran,
    Potret,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
    TabelCetak,
    Target,
)
from renstra.services import edisi, naskah, penutupan, realisasi, susun
from renstra.services.susun import IsiUkuran
from renstra.sumber import Masa
from renstra.susunan import rencana_tahun, tabel_rencana
from renstra.temuan_edisi import temuan_edisi
from tests.renstra.conftest import ALASAN_REVISI

pytestmark = pytest.mark.django_db
T = (2025, 2026, 2027)


def isi_peserta(draf, **ganti):
    satu = Keluaran.objects.get(nama="Peserta", kegiatan__program__rencana=draf)
    awal = {"target": {2025: Decimal(100), 2026: Decimal(200), 2027: Decimal(200)}, "akhir": Decimal(500)}
    return IsiUkuran(satu.pk, "Peserta", "orang", "positif", "kumulatif", **awal | ganti)


def ubah(draf, prita, *ukuran, pagu=None):
    kegiatan = Kegiatan.objects.select_related("program").get(program__rencana=draf)
    return susun.ubah_kegiatan(draf.pk, kegiatan, ukuran, pagu or {}, oleh=prita)


def terbit(draf, prita, kadis):
    draf = edisi.ajukan(draf.pk, oleh=prita)
    return edisi.terbitkan(draf.pk, edisi.versi_ajuan(draf), oleh=kadis)


def baris(form):
    """The lines of E.81 without the name of the edition."""
    return evaluasi.sebagai_data(form)["baris"]


class TestRevisi:
    def test_a_revision_is_a_copy_that_differs_in_nothing(self, draf, lengkap):
        assert (draf.kode, draf.edisi, draf.status, draf.asal) == (lengkap.kode, 2, "draf", lengkap)
        assert banding(draf) == []
        for model, jalan in (
            (Target, "keluaran__kegiatan__program__rencana"),
            (Anggaran, "kegiatan__program__rencana"),
        ):
            assert model.objects.filter(**{jalan: draf}).count() == 3
        assert Keluaran.objects.get(kegiatan__program__rencana=draf).asal.nama == "Peserta"

    def test_it_needs_a_planner_a_reason_and_no_other_draft(self, lengkap, prita, kadis):
        with pytest.raises(TidakBerwenang):
            edisi.buat_revisi(lengkap.pk, ALASAN_REVISI, oleh=kadis)
        with pytest.raises(IsianTidakSah):
            edisi.buat_revisi(lengkap.pk, " ", oleh=prita)
        draf = edisi.buat_revisi(lengkap.pk, ALASAN_REVISI, oleh=prita)
        with pytest.raises(Bentrok):
            edisi.buat_revisi(lengkap.pk, ALASAN_REVISI, oleh=prita)
        with pytest.raises(TransisiDitolak):
            edisi.buat_revisi(draf.pk, ALASAN_REVISI, oleh=prita)

    def test_another_period_takes_the_structure_without_numbers(self, lengkap, prita):
        baru = edisi.buat_baru("contoh_2028", "Rencana 2028-2032", 2028, 2032, oleh=prita, contoh=lengkap.pk)
        satu = Keluaran.objects.get(nama="Peserta", kegiatan__program__rencana=baru)
        assert (satu.akhir, satu.akhir_teks, satu.asal, satu.target.count()) == (None, "", None, 0)
        assert not Anggaran.objects.filter(kegiatan__program__rencana=baru).exists()
        with pytest.raises(Bentrok):
            edisi.buat_baru("contoh_2028", "Lagi", 2028, 2032, oleh=prita)
        with pytest.raises(IsianTidakSah):
            edisi.buat_baru("mundur", "Mundur", 2030, 2029, oleh=prita)

    def test_the_printed_plan_keeps_the_tables_of_the_years_before_and_its_first_edition_as_printed(
        self, pemeran, prita
    ):
        satu = Rencana.objects.get(kode="renstra_bppt")
        draf = edisi.buat_revisi(satu.pk, ALASAN_REVISI, oleh=prita)
        assert {t.kode for t in TabelCetak.objects.filter(rencana=draf)} == {
            "",
            "2.2.1",
            "2.2.2",
            "2.3.1",
            "2.3.2",
            "2.4a",
            "2.4b",
        }
        assert set(tabel_rencana(draf).tabel) == set(tabel_rencana(satu).tabel)
        assert banding(draf) == []
        assert {t.isi.tabel for t in temuan_edisi(draf)} == {"5.1"}


class TestUbah:
    def test_what_changed_is_told_cell_by_cell(self, draf, prita):
        baru = IsiUkuran(
            None, "Leaflet", "lembar", "positif", "kumulatif", target={2027: Decimal("1000")}, akhir=Decimal(1000)
        )
        target = {2025: Decimal(100), 2026: Decimal(300), 2027: Decimal(200)}
        ubah(
            draf,
            prita,
            isi_peserta(draf, target=target, akhir=Decimal(600)),
            baru,
            pagu={2027: 35_000_000, 2025: None},
        )
        assert {(u.jenis.value, u.kolom, u.lama, u.baru) for u in banding(draf)} == {
            ("ubah", "Target 2026", "200", "300"),
            ("ubah", "Kondisi akhir", "500", "600"),
            ("ubah", "Pagu 2025", "Rp10.000.000", ""),
            ("ubah", "Pagu 2027", "Rp30.000.000", "Rp35.000.000"),
            ("tambah", "", "", ""),
        }

    def test_a_printed_text_stays_with_its_number_and_goes_with_it(self, draf, prita):
        satu = Target.objects.get(keluaran__kegiatan__program__rencana=draf, tahun=2026)
        Target.objects.filter(pk=satu.pk).update(teks="200 orang (aparatur)")
        ubah(draf, prita, isi_peserta(draf))
        satu.refresh_from_db()
        assert satu.teks == "200 orang (aparatur)"
        ubah(draf, prita, isi_peserta(draf, target={2026: Decimal(1250)}))
        satu.refresh_from_db()
        assert satu.teks == "1.250"

    def test_a_source_outside_the_list_is_refused(self, draf, prita):
        with pytest.raises(IsianTidakSah):
            ubah(draf, prita, isi_peserta(draf, sumber="rm_rf"))

    def test_lines_of_another_plan_are_not_reached_through_a_draft(self, draf, lengkap, prita):
        asli = Kegiatan.objects.select_related("program").get(program__rencana=lengkap)
        with pytest.raises(TransisiDitolak):
            susun.ubah_kegiatan(draf.pk, asli, [], {2026: 1}, oleh=prita)
        with pytest.raises(TransisiDitolak):
            susun.hapus(draf.pk, asli, oleh=prita)
        lain = Keluaran.objects.get(nama="Peserta", kegiatan__program__rencana=lengkap)
        with pytest.raises(TransisiDitolak):
            ubah(draf, prita, IsiUkuran(lain.pk, "x", "x", "positif", "level"))
        assert Keluaran.objects.get(pk=lain.pk).nama == "Peserta"

    def test_nobody_edits_what_is_in_force_or_submitted(self, draf, lengkap, prita, kabid):
        with pytest.raises(TransisiDitolak):
            ubah(lengkap, prita)
        with pytest.raises(TidakBerwenang):
            ubah(draf, kabid)
        edisi.ajukan(draf.pk, oleh=prita)
        with pytest.raises(TransisiDitolak):
            ubah(draf, prita)
        edisi.kembalikan(draf.pk, "", oleh=prita)
        ubah(draf, prita)


class TestTerbit:
    def test_an_error_holds_the_edition_until_it_is_gone_or_explained(self, draf, prita, kadis):
        ubah(draf, prita, isi_peserta(draf, akhir=Decimal(600)))
        with pytest.raises(TransisiDitolak):
            edisi.ajukan(draf.pk, oleh=prita)
        (satu,) = [t for t in temuan_edisi(draf) if t.wajib]
        edisi.beri_alasan(draf.pk, {satu.kunci: "Seratus orang dilatih daring di luar target tahunan."}, oleh=prita)
        berlaku = terbit(draf, prita, kadis)
        assert berlaku.alasan_temuan.get().temuan["hitung_ulang"] == "500"

    def test_a_reason_does_not_cover_another_number(self, draf, prita):
        ubah(draf, prita, isi_peserta(draf, akhir=Decimal(600)))
        (satu,) = [t for t in temuan_edisi(draf) if t.wajib]
        edisi.beri_alasan(draf.pk, {satu.kunci: "Dilatih daring."}, oleh=prita)
        ubah(draf, prita, isi_peserta(draf, akhir=Decimal(700)))
        with pytest.raises(TransisiDitolak):
            edisi.ajukan(draf.pk, oleh=prita)
        ubah(draf, prita, isi_peserta(draf))
        edisi.ajukan(draf.pk, oleh=prita)
        assert not draf.alasan_temuan.exists()

    def test_two_people(self, draf, prita, kabid, kadis):
        edisi.ajukan(draf.pk, oleh=prita)
        draf.refresh_from_db()
        versi = edisi.versi_ajuan(draf)
        for orang in (prita, kabid):
            with pytest.raises(TidakBerwenang):
                edisi.terbitkan(draf.pk, versi, oleh=orang)
        with transaction.atomic(), pytest.raises(IntegrityError):
            Rencana.objects.filter(pk=draf.pk).update(diterbitkan_oleh=prita, diterbitkan_pada=waktu.sekarang())

    def test_who_holds_both_offices_still_needs_a_second_person(self, lengkap, prita, kadis):
        prita.penugasan.create(peran="penandatangan", unit=kadis.penugasan.first().unit, mulai=waktu.sekarang())
        draf = edisi.buat_revisi(lengkap.pk, ALASAN_REVISI, oleh=prita)
        with pytest.raises(TidakBerwenang) as galat:
            terbit(draf, prita, prita)
        assert galat.value.kode == "orang_sama"

    def test_the_new_edition_replaces_the_old_one_and_the_trail_tells_who(self, draf, lengkap, prita, kadis):
        terbit(draf, prita, kadis)
        lengkap.refresh_from_db()
        assert lengkap.status == "diganti"
        assert rencana_tahun(2026) == draf
        jejak = JejakEdisi.objects.filter(rencana=draf).values_list("perbuatan", "oleh__nama")
        assert list(jejak) == [("dibuat", prita.nama), ("diajukan", prita.nama), ("diterbitkan", kadis.nama)]
        with pytest.raises(TransisiDitolak):
            edisi.terbitkan(draf.pk, "", oleh=kadis)

    def test_money_without_an_output_is_not_submitted_for_e81_would_lose_it(self, draf, prita):
        program = draf.program.get()
        kegiatan = Kegiatan.objects.create(program=program, no=9, nama="Sewa genset")
        Anggaran.objects.create(kegiatan=kegiatan, tahun=2026, pagu=5_000_000)
        with pytest.raises(TransisiDitolak, match="Kegiatan Sewa genset berpagu, tetapi belum mempunyai keluaran"):
            edisi.ajukan(draf.pk, oleh=prita)
        Anggaran.objects.filter(kegiatan=kegiatan).update(pagu=0)
        edisi.ajukan(draf.pk, oleh=prita)

    def test_what_was_submitted_again_is_not_published_unseen(self, draf, prita, kadis):
        draf = edisi.ajukan(draf.pk, oleh=prita)
        lama = edisi.versi_ajuan(draf)
        with pytest.raises(IsianTidakSah):
            edisi.kembalikan(draf.pk, "", oleh=kadis)
        edisi.kembalikan(draf.pk, "Pagu 2027 belum sesuai.", oleh=kadis)
        edisi.ajukan(draf.pk, oleh=prita)
        with pytest.raises(Bentrok):
            edisi.terbitkan(draf.pk, lama, oleh=kadis)

    def test_an_empty_plan_is_not_submitted(self, prita):
        baru = edisi.buat_baru("kosong", "Rencana kosong", 2028, 2029, oleh=prita)
        with pytest.raises(TransisiDitolak):
            edisi.ajukan(baru.pk, oleh=prita)

    def test_a_draft_of_an_edition_that_was_replaced_meanwhile_is_refused(self, draf, lengkap, prita, kadis):
        draf = edisi.ajukan(draf.pk, oleh=prita)
        Rencana.objects.filter(pk=lengkap.pk).update(status="diganti")
        with pytest.raises(Bentrok):
            edisi.terbitkan(draf.pk, edisi.versi_ajuan(draf), oleh=kadis)


class TestLaporan:
    @pytest.fixture
    def berlaporan(self, lengkap, peserta, prita, lewat_semester):
        """Last year and two quarters of this one are reported."""
        for masa, n in ((Masa(2025, 4), 90), (Masa(2026, 1), 40), (Masa(2026, 2), 110)):
            realisasi.catat(peserta, masa, Decimal(n), oleh=prita, keterangan="Daftar hadir.")
        for a in Anggaran.objects.filter(kegiatan__program__rencana=lengkap, tahun__lte=2026):
            realisasi.catat_uang(a, 1, 5_000_000, oleh=prita)
        realisasi.catat_evaluasi(lengkap, Masa(2026, 2), {"pendorong": "Ruang dipinjamkan."}, oleh=prita)
        return lengkap

    def test_the_form_of_the_year_is_the_same_before_and_after_a_revision_of_later_years(
        self, berlaporan, prita, kadis
    ):
        naskah.tulis(berlaporan, 2026, BagianNaskah.RINGKASAN, "", "Naskah tahun ini.", versi=0, oleh=prita)
        sebelum = evaluasi.susun(berlaporan, 2026, 2)
        assert sebelum.baris[1].sampai_lalu.k == 90 and sebelum.baris[1].realisasi.k == 150
        draf = edisi.buat_revisi(berlaporan.pk, ALASAN_REVISI, oleh=prita)
        program = susun.ubah_program(draf.pk, draf.program.get(), [], oleh=prita)
        kegiatan = Kegiatan(program=program, nama="Kegiatan baru")
        keluaran = IsiUkuran(
            None, "Modul", "modul", "positif", "kumulatif", target={2027: Decimal(1)}, akhir=Decimal(1)
        )
        susun.ubah_kegiatan(draf.pk, kegiatan, [keluaran], {}, oleh=prita)
        terbit(draf, prita, kadis)
        sesudah = evaluasi.susun(draf, 2026, 2)
        assert baris(sesudah)[:2] == baris(sebelum)
        assert sesudah.catatan == sebelum.catatan
        assert draf.naskah.get().isi == berlaporan.naskah.get().isi == "Naskah tahun ini."
        assert baris(evaluasi.susun(berlaporan, 2026, 2)) == baris(sebelum)  # the old edition keeps its own

    def test_money_spent_where_the_revision_has_no_budget_is_not_lost(self, berlaporan, prita, kadis):
        draf = edisi.buat_revisi(berlaporan.pk, ALASAN_REVISI, oleh=prita)
        ubah(draf, prita, pagu={2026: None})
        terbit(draf, prita, kadis)
        satu = evaluasi.susun(draf, 2026, 2).baris[1]
        assert (satu.target.rp, satu.realisasi.rp) == (0, 5_000_000)

    def test_a_reported_line_that_is_dropped_needs_a_reason(self, berlaporan, prita, kadis):
        draf = edisi.buat_revisi(berlaporan.pk, ALASAN_REVISI, oleh=prita)
        baru = IsiUkuran(None, "Modul", "modul", "positif", "kumulatif", target={2027: Decimal(1)}, akhir=Decimal(1))
        ubah(draf, prita, isi_peserta(draf, hapus=True), baru)
        (satu,) = temuan_edisi(draf)
        assert (satu.isi.aturan, satu.isi.tercetak) == ("laporan_tertinggal", "3")
        with pytest.raises(TransisiDitolak):
            edisi.ajukan(draf.pk, oleh=prita)
        edisi.beri_alasan(draf.pk, {satu.kunci: "Kegiatan pindah ke dinas lain."}, oleh=prita)
        terbit(draf, prita, kadis)
        assert RealisasiKinerja.objects.filter(keluaran__kegiatan__program__rencana=berlaporan).count() == 3

    def test_a_signed_quarter_stays_signed_and_is_corrected_as_its_next_edition(
        self, berlaporan, peserta, prita, kabid, kadis
    ):
        masa = Masa(2026, 2)
        satu = penutupan.susun_potret(berlaporan, masa, oleh=prita)
        penutupan.sahkan(satu.pk, oleh=kabid)
        draf = terbit(edisi.buat_revisi(berlaporan.pk, ALASAN_REVISI, oleh=prita), prita, kadis)
        baru = Keluaran.objects.get(asal=peserta)
        with pytest.raises(TransisiDitolak):
            realisasi.catat(baru, masa, Decimal(1), oleh=prita, keterangan="x")
        with pytest.raises(TransisiDitolak):  # nor through the edition that was replaced
            realisasi.catat(peserta, Masa(2026, 1), Decimal(1), oleh=prita, keterangan="x")
        dua = penutupan.buka_lagi(draf, masa, "Daftar hadir kedua ditemukan.", oleh=prita)
        assert (dua.rencana, dua.edisi) == (draf, 2)
        realisasi.catat(baru, masa, Decimal(120), oleh=prita, keterangan="Dua daftar.")
        penutupan.sahkan(penutupan.susun_potret(draf, masa, oleh=prita).pk, oleh=kabid)
        satu.refresh_from_db()
        assert satu.isi["rencana"].endswith("/1") and Potret.objects.count() == 2

    def test_a_quarter_frozen_but_not_signed_before_a_revision_is_frozen_anew(self, berlaporan, prita, kabid, kadis):
        masa = Masa(2026, 2)
        satu = penutupan.susun_potret(berlaporan, masa, oleh=prita)
        draf = terbit(edisi.buat_revisi(berlaporan.pk, ALASAN_REVISI, oleh=prita), prita, kadis)
        with pytest.raises(Bentrok):
            penutupan.sahkan(satu.pk, oleh=kabid)
        dua = penutupan.susun_potret(draf, masa, oleh=prita)
        assert (dua.edisi, dua.rencana) == (2, draf)
        penutupan.sahkan(dua.pk, oleh=kabid)

    def test_publishing_again_carries_everything_once(self, berlaporan, prita, kadis):
        dua = terbit(edisi.buat_revisi(berlaporan.pk, ALASAN_REVISI, oleh=prita), prita, kadis)
        tiga = terbit(edisi.buat_revisi(dua.pk, ALASAN_REVISI, oleh=prita), prita, kadis)
        assert baris(evaluasi.susun(tiga, 2026, 2)) == baris(evaluasi.susun(berlaporan, 2026, 2))
        assert RealisasiAnggaran.objects.filter(anggaran__kegiatan__program__rencana=tiga).count() == 2


class TestAdmin:
    """The admin is no way around the rules: what is in force is read there, a draft may be mended."""

    @pytest.mark.parametrize(
        "model", ["rencana", "tujuan", "indikator", "program", "kegiatan", "keluaran", "anggaran"]
    )
    def test_a_line_in_force_is_read_only_and_a_drafts_is_not(self, masuk, admin, draf, lengkap, model):
        admin.is_staff = admin.is_superuser = True
        admin.save()
        orang = masuk(admin)
        for rencana, kirim in ((lengkap, False), (draf, True)):
            pk = {
                "rencana": rencana.pk,
                "tujuan": rencana.tujuan.get().pk,
                "indikator": Indikator.objects.get(sasaran__tujuan__rencana=rencana).pk,
                "program": rencana.program.get().pk,
                "kegiatan": Kegiatan.objects.get(program__rencana=rencana).pk,
                "keluaran": Keluaran.objects.get(kegiatan__program__rencana=rencana).pk,
                "anggaran": Anggaran.objects.filter(kegiatan__program__rencana=rencana).first().pk,
            }[model]
            alamat = f"/admin/renstra/{model}/{pk}/change/"
            teks = orang.get(alamat).content.decode()
            assert ('name="_save"' in teks) is kirim, (model, rencana)
            assert orang.post(alamat, {}).status_code == (200 if kirim else 403)
            assert orang.get(f"/admin/renstra/{model}/{pk}/delete/").status_code == (200 if kirim else 403)

    def test_nothing_new_is_hung_on_what_is_in_force(self, masuk, admin, draf, lengkap):
        admin.is_staff = admin.is_superuser = True
        admin.save()
        orang = masuk(admin)
        isi = {"no": 9, "nama": "Selundupan"}
        orang.post("/admin/renstra/program/add/", isi | {"rencana": lengkap.pk})
        assert not lengkap.program.filter(no=9).exists()
        orang.post("/admin/renstra/program/add/", isi | {"rencana": draf.pk})
        assert draf.program.filter(no=9).exists()
        assert orang.get("/admin/renstra/rencana/add/").status_code == 403


def test_the_books_of_a_signed_year_end_stay_signed_after_a_revision(lengkap, prita, kabid, kadis):
    from datetime import datetime

    from renstra.laporan.bahan import edisi_sah, potret_sah
    from tests.conftest import WIB

    masa = Masa(2025, 4)
    with waktu.beku(datetime(2026, 1, 20, 9, 0, tzinfo=WIB)):
        satu = penutupan.sahkan(penutupan.susun_potret(lengkap, masa, oleh=prita).pk, oleh=kabid)
        draf = terbit(edisi.buat_revisi(lengkap.pk, ALASAN_REVISI, oleh=prita), prita, kadis)
    assert potret_sah(draf, masa) == satu
    assert edisi_sah(draf) == {masa: 1}
