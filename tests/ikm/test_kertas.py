"""Paper sheets: two people, each sheet once, differences decided with the sheet in hand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Penugasan
from core import waktu
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from ikm.enums import StatusLembar
from ikm.models import Jawaban, LembarKertas, Periode
from ikm.services import kertas
from ikm.services.menjawab import Isian
from ikm.services.periode import periode_berjalan
from perizinan.models import UndanganSurvei

pytestmark = pytest.mark.django_db


@pytest.fixture
def periode(unsur):
    return periode_berjalan(waktu.hari_ini())


def isian(unsur, nilai=3, **ganti):
    return Isian(nilai={u.kode: nilai for u in unsur} | ganti, profil={"umur": "20-29"}, teks="Antre lama.")


def test_equal_entries_by_two_people_count_once_and_leave_no_values_behind(periode, unsur, prita, admin):
    satu = kertas.entri(periode, "17", isian(unsur), oleh=prita)
    assert satu.status == StatusLembar.ENTRI_PERTAMA
    assert not Jawaban.objects.exists()
    dua = kertas.entri(periode, "17", isian(unsur), oleh=admin)
    assert dua.status == StatusLembar.SELESAI
    lembar = LembarKertas.objects.get()
    assert (lembar.isi_1, lembar.isi_2) == (None, None)
    assert Jawaban.objects.get().saluran == "kertas"
    with pytest.raises(Bentrok):
        kertas.entri(periode, "17", isian(unsur), oleh=prita)


def test_the_same_person_does_not_check_themselves(periode, unsur, prita):
    kertas.entri(periode, "17", isian(unsur), oleh=prita)
    with pytest.raises(TidakBerwenang):
        kertas.entri(periode, "17", isian(unsur), oleh=prita)
    with pytest.raises(IntegrityError), transaction.atomic():
        LembarKertas.objects.update(oleh_2=prita)


@pytest.mark.parametrize("siapa", ["budi", "rina", "kabid", "teknisi", "kadis", "dina", "auditor", "sari"])
def test_nobody_who_is_rated_types_a_sheet(periode, unsur, pemeran, siapa):
    with pytest.raises(TidakBerwenang):
        kertas.entri(periode, "17", isian(unsur), oleh=getattr(pemeran, siapa))


def test_a_planner_who_also_serves_at_the_counter_is_rated_too(periode, unsur, prita):
    Penugasan.objects.create(
        akun=prita, peran="loket", unit=Penugasan.objects.filter(akun=prita)[0].unit, mulai=waktu.sekarang()
    )
    prita = type(prita).objects.get(pk=prita.pk)
    with pytest.raises(TidakBerwenang):
        kertas.entri(periode, "17", isian(unsur), oleh=prita)


def test_a_difference_waits_for_a_decision_and_the_decided_value_counts(periode, unsur, prita, admin):
    kode = unsur[2].kode
    kertas.entri(periode, "17", isian(unsur), oleh=prita)
    beda = kertas.entri(periode, "17", isian(unsur, **{kode: 1}), oleh=admin)
    assert beda.status == StatusLembar.BEDA
    assert kertas.beda(beda) == {"u3": (3, 1)}
    with pytest.raises(IsianTidakSah):
        kertas.putuskan(beda.pk, {}, oleh=admin)
    kertas.putuskan(beda.pk, {"u3": 2}, oleh=admin)
    assert Jawaban.objects.get().u3 == 1
    assert "1 perbedaan" in LembarKertas.objects.get().catatan


def test_a_code_on_the_sheet_uses_up_the_files_invitation(periode, unsur, undangan, prita, admin):
    for orang in (prita, admin):
        kertas.entri(periode, "17", isian(unsur), oleh=orang, kode=undangan.kode.lower())
    assert UndanganSurvei.objects.get(pk=undangan.pk).kode is None
    assert Jawaban.objects.count() == 1


def test_a_file_that_answered_meanwhile_is_not_counted_twice(periode, unsur, undangan, prita, admin):
    kertas.entri(periode, "17", isian(unsur), oleh=prita, kode=undangan.kode)
    kertas.entri(periode, "18", isian(unsur), oleh=prita, kode=undangan.kode)
    kertas.entri(periode, "18", isian(unsur), oleh=admin, kode=undangan.kode)
    with pytest.raises(IsianTidakSah):  # the code is said to be used already at the keyboard
        kertas.entri(periode, "17", isian(unsur), oleh=admin, kode=undangan.kode)
    beda = kertas.entri(periode, "17", isian(unsur), oleh=admin)
    kertas.putuskan(beda.pk, {"kode": 1}, oleh=admin)
    assert LembarKertas.objects.get(nomor="17").status == StatusLembar.BATAL
    assert Jawaban.objects.count() == 1


def test_a_closed_period_takes_no_sheet(periode, unsur, prita):
    Periode.objects.update(status="ditutup")
    with pytest.raises(TransisiDitolak):
        kertas.entri(periode, "17", isian(unsur), oleh=prita)


def test_a_sheet_is_left_out_with_a_reason(periode, unsur, prita, admin):
    lembar = kertas.entri(periode, "17", isian(unsur), oleh=prita)
    with pytest.raises(IsianTidakSah):
        kertas.batalkan(lembar.pk, " ", oleh=admin)
    kertas.batalkan(lembar.pk, "Tidak terbaca.", oleh=admin)
    assert LembarKertas.objects.get().isi_1 is None


def data_lembar(unsur, nomor="21", **ganti):
    return {"nomor": nomor, "kelompok": "usaha"} | {u.kode: "3" for u in unsur} | ganti


def test_the_pages_type_two_entries_and_decide(periode, unsur, masuk, prita, admin):
    alamat = reverse("kertas_entri")
    assert masuk(prita).post(alamat, data_lembar(unsur, kelompok="")).status_code == 302
    klien = masuk(admin)
    salah = klien.post(alamat, data_lembar(unsur, kelompok="", **{unsur[0].kode: "7"}))
    assert salah.status_code == 400
    assert "ketik 1, 2, 3, atau 4" in salah.content.decode()
    klien.post(alamat, data_lembar(unsur, kelompok="", **{unsur[0].kode: "4"}))
    lembar = LembarKertas.objects.get()
    halaman = klien.get(reverse("kertas_putuskan", args=[lembar.periode.kode, lembar.nomor])).content.decode()
    assert unsur[0].nama in halaman and unsur[1].nama not in halaman
    assert klien.get(reverse("kertas")).content.decode().count("Dua entri berbeda") >= 2
    selesai = klien.post(reverse("kertas_putuskan", args=[lembar.periode.kode, lembar.nomor]), {"u1": "2"})
    assert selesai.status_code == 302
    assert Jawaban.objects.get().u1 == 4


def test_the_page_leaves_a_sheet_out(periode, unsur, masuk, prita, admin):
    kertas.entri(periode, "21", isian(unsur), oleh=prita)
    lembar = kertas.entri(periode, "21", isian(unsur, 4), oleh=admin)
    alamat = reverse("kertas_putuskan", args=[lembar.periode.kode, lembar.nomor])
    klien = masuk(prita)
    assert klien.post(alamat, {"batalkan": "1", "alasan": ""}).status_code == 400
    assert klien.post(alamat, {"batalkan": "1", "alasan": "Bukan lembar kami."}).status_code == 302
    assert LembarKertas.objects.get().status == StatusLembar.BATAL
    assert not Jawaban.objects.exists()
