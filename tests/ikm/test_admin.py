"""What an admin may change of the survey: everything before the first answer, nothing under an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from ikm.admin import FormPeriode
from ikm.models import Instrumen, Periode, Unsur
from tests.ikm.alat import isi_acak, periode

pytestmark = pytest.mark.django_db


def alamat(instrumen: Instrumen) -> str:
    return reverse("admin:ikm_instrumen_change", args=[instrumen.pk])


def kiriman(instrumen: Instrumen, **ubah: Any) -> dict[str, Any]:
    """The form of an instrument as a browser would send it, with the parts' rows."""
    isi: dict[str, Any] = {
        "kode": instrumen.kode,
        "nama": instrumen.nama,
        "dasar": instrumen.dasar,
        "berlaku_dari": instrumen.berlaku_dari.isoformat(),
        "berlaku_sampai": "",
        "aturan_sampel": instrumen.aturan_sampel,
        "sampel_tetap": "",
        "sumber": instrumen.sumber,
    }
    bagian = {
        "unsur": ("kode", "urutan", "nama", "pertanyaan", "jawaban_1", "jawaban_2", "jawaban_3", "jawaban_4"),
        "bobot": ("mode", "nilai"),
        "rentang_mutu": ("mutu", "kinerja", "persepsi", "batas_bawah"),
    }
    for nama, kolom in bagian.items():
        baris = list(getattr(instrumen, nama).all())
        isi |= {f"{nama}-TOTAL_FORMS": len(baris), f"{nama}-INITIAL_FORMS": len(baris)}
        for n, satu in enumerate(baris):
            isi |= {f"{nama}-{n}-id": satu.pk, f"{nama}-{n}-instrumen": instrumen.pk}
            isi |= {f"{nama}-{n}-{k}": str(getattr(satu, k)) for k in kolom}
    return isi | ubah


def test_before_the_first_answer_a_question_can_be_reworded(masuk, admin):
    instrumen = Instrumen.objects.get(kode="permenpan14-2017")
    jawab = masuk(admin).post(alamat(instrumen), kiriman(instrumen, **{"unsur-0-pertanyaan": "Bagaimana syaratnya?"}))
    assert jawab.status_code == 302
    assert Unsur.objects.get(instrumen=instrumen, urutan=1).pertanyaan == "Bagaimana syaratnya?"


def test_with_answers_neither_order_nor_weights_nor_grades_move(masuk, admin):
    instrumen = Instrumen.objects.get(kode="permenpan14-2017")
    isi_acak(periode(), 6)
    sebelum = list(instrumen.unsur.values_list("kode", "urutan", "pertanyaan"))
    peramban = masuk(admin)
    assert "sudah dijawab" in peramban.get(alamat(instrumen)).content.decode()
    ubah = {"unsur-0-urutan": "14", "unsur-0-pertanyaan": "Lain", "bobot-0-nilai": "1/2", "rentang_mutu-0-mutu": "Z"}
    peramban.post(alamat(instrumen), kiriman(instrumen, **ubah))
    assert list(instrumen.unsur.values_list("kode", "urutan", "pertanyaan")) == sebelum
    assert not instrumen.bobot.filter(nilai="1/2").exists()
    assert not instrumen.rentang_mutu.filter(mutu="Z").exists()
    assert peramban.post(reverse("admin:ikm_instrumen_delete", args=[instrumen.pk])).status_code == 403


def test_a_period_with_answers_keeps_its_days_and_its_weights(masuk, admin):
    p = periode()
    ke = reverse("admin:ikm_periode_change", args=[p.pk])
    peramban = masuk(admin)
    isi = {"kode": p.kode, "jenis": p.jenis, "mulai": "2026-01-01", "selesai": "2026-05-31"}
    isi |= {"instrumen": p.instrumen_id, "mode_bobot": "desimal", "mengumpulkan": "on"}
    assert peramban.post(ke, isi).status_code == 302  # control: nobody has answered yet
    isi_acak(p, 1)
    assert peramban.post(ke, isi | {"selesai": "2026-06-30", "mode_bobot": "eksak"}).status_code == 403
    p.refresh_from_db()
    assert (p.selesai, p.mode_bobot) == (date(2026, 5, 31), "desimal")


def form(**ubah: Any) -> FormPeriode:
    isi = {"kode": "2026-T3", "jenis": "triwulan", "mulai": "2026-07-01", "selesai": "2026-09-30"}
    isi |= {"mode_bobot": "eksak", "instrumen": Instrumen.objects.get(kode="permenpan14-2017").pk}
    return FormPeriode(isi | ubah)


def test_gathering_periods_never_share_a_day(pemeran):
    periode("2026-S2")
    assert "2026-S2" in str(form(mengumpulkan="on").errors["mulai"])
    assert form().errors == {}  # one that only pools may lie inside
    assert form(mengumpulkan="on", mulai="2027-01-01", selesai="2027-03-31", kode="2027-T1").errors == {}


def test_the_instrument_is_in_force_and_has_the_weight(pemeran):
    lama = Instrumen.objects.get(kode="kep25-2004")
    assert "tidak berlaku" in str(form(instrumen=lama.pk).errors["instrumen"])
    lama.bobot.filter(mode="desimal3").delete()
    assert "bobot" in str(form(instrumen=lama.pk, mode_bobot="desimal3").errors["mode_bobot"])
    assert Periode.objects.count() == 0


@pytest.mark.parametrize("nama", ["instrumen", "periode", "hasillama", "edisi", "tindaklanjut"])
def test_every_list_opens_for_an_admin(masuk, admin, nama):
    assert masuk(admin).get(reverse(f"admin:ikm_{nama}_changelist")).status_code == 200


def test_answers_counts_and_remarks_are_not_in_the_admin():
    from django.contrib import admin as situs

    terdaftar = {m.__name__ for m in situs.site._registry if m._meta.app_label == "ikm"}
    assert terdaftar == {"Instrumen", "Periode", "HasilLama", "Edisi", "TindakLanjut"}
