"""The pages of answering, as the person served meets them; JavaScript is never needed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ikm.models import Jawaban
from perizinan.enums import StatusSurvei
from perizinan.models import SetelanWaktu, UndanganSurvei
from perizinan.services import survei
from perizinan.services._efek import lupakan_aturan

pytestmark = pytest.mark.django_db


def pilih(unsur, nilai="4"):
    return {u.kode: nilai for u in unsur}


def test_by_link_without_a_log_in(undangan, unsur, warga):
    pendek = warga.get(reverse("survei_pendek", args=[undangan.kode]))
    assert pendek.status_code == 302
    halaman = warga.get(pendek["Location"])
    assert halaman.status_code == 200
    assert undangan.permohonan.nomor not in halaman.content.decode()
    kirim = warga.post(pendek["Location"], pilih(unsur) | {"umur": "20-29", "teks": "Baik"})
    assert kirim["Location"] == reverse("survei_selesai")
    assert Jawaban.objects.get().saluran == "tautan"
    assert warga.get(kirim["Location"]).status_code == 200
    lagi = warga.get(pendek["Location"])
    assert lagi.status_code == 404
    assert "sudah kami terima" in lagi.content.decode()


def test_what_was_chosen_stays_when_one_answer_is_missing(undangan, unsur, warga):
    data = pilih(unsur)
    del data[unsur[4].kode]
    balas = warga.post(reverse("survei", args=[undangan.kode]), data)
    isi = balas.content.decode()
    assert balas.status_code == 400
    assert isi.count("checked") == len(unsur) - 1
    assert f"{unsur[4].nama} belum dijawab" in isi
    assert not Jawaban.objects.exists()


@pytest.mark.parametrize("nilai", ["0", "5", "empat", ""])
def test_a_forged_value_is_refused(undangan, unsur, warga, nilai):
    balas = warga.post(reverse("survei", args=[undangan.kode]), pilih(unsur, nilai))
    assert balas.status_code == 400
    assert not Jawaban.objects.exists()


def test_the_code_is_typed_as_people_type(undangan, warga):
    rapat = undangan.kode.replace("-", " ").lower()
    assert warga.post(reverse("survei_kode"), {"kode": rapat})["Location"] == reverse("survei", args=[undangan.kode])
    salah = warga.post(reverse("survei_kode"), {"kode": "AAAAA-AAAAA"})
    assert salah.status_code == 404


def test_guessing_codes_is_slowed_down(undangan, warga):
    for _ in range(30):
        warga.post(reverse("survei_kode"), {"kode": "AAAAA-AAAAA"})
    assert warga.post(reverse("survei_kode"), {"kode": undangan.kode}).status_code == 429


def test_the_kiosk_has_no_way_out_and_starts_over(undangan, unsur, warga):
    mulai = warga.get(reverse("kios_survei")).content.decode()
    assert "Menu utama" not in mulai and "Masuk" not in mulai
    isi = warga.post(reverse("kios_survei"), {"kode": undangan.kode})["Location"]
    selesai = warga.post(isi, pilih(unsur))["Location"]
    respons = warga.get(selesai)
    assert reverse("kios_survei") in respons["Refresh"]
    assert Jawaban.objects.get().saluran == "kios"


def test_before_the_first_download_it_is_offered_and_put_off_in_one_tap(undangan, masuk, sari):
    klien = masuk(sari)
    dokumen = undangan.permohonan.dokumen.get(jenis="sk", status="ditandatangani")
    alamat = reverse("dokumen", args=[dokumen.kunci])
    halaman = klien.get(alamat).content.decode()
    assert reverse("survei", args=[undangan.kode]) in halaman
    unduh = klien.post(alamat, {"survei": "lain_kali"})
    assert unduh["Content-Type"] == "application/pdf"
    undangan.refresh_from_db()
    assert undangan.ditunda == 1
    assert UndanganSurvei.objects.get(pk=undangan.pk).permohonan.survei == StatusSurvei.DITUNDA


def test_the_stricter_setting_asks_for_a_deliberate_no_and_still_withholds_nothing(undangan, masuk, sari):
    SetelanWaktu.objects.filter(kode="survei_ketat").update(nilai=True)
    lupakan_aturan()
    klien = masuk(sari)
    alamat = reverse("dokumen", args=[undangan.permohonan.dokumen.get(jenis="sk", status="ditandatangani").kunci])
    assert klien.post(alamat, {"survei": "lain_kali"})["Content-Type"].startswith("text/html")
    tetap = klien.post(alamat, {"survei": "lain_kali", "tidak_sekarang": "on"})
    assert tetap["Content-Type"] == "application/pdf"


def test_after_the_answer_the_way_leads_back_and_nowhere_else(undangan, unsur, warga):
    alamat = reverse("survei", args=[undangan.kode])
    for luar in ("https://jahat.example/", "//jahat.example/", "javascript:alert(1)"):
        assert warga.get(alamat, {"kembali": luar}).context["kembali"] == ""
    kirim = warga.post(f"{alamat}?kembali=/permohonan/", pilih(unsur))
    assert "/permohonan/" in warga.get(kirim["Location"]).content.decode()


def test_later_and_never_are_one_tap(undangan, warga):
    nanti = warga.post(reverse("survei_lain_kali", args=[undangan.kode]) + "?kembali=/permohonan/")
    assert nanti["Location"] == "/permohonan/"
    tidak = warga.post(reverse("survei_tidak", args=[undangan.kode]))
    assert "tidak bertanya lagi" in tidak.content.decode()
    assert survei.kode_terbuka(undangan.permohonan) == ""


def test_the_counter_shows_the_code_and_answers_for_nobody(undangan, unsur, masuk, budi):
    klien = masuk(budi)
    halaman = klien.get(reverse("survei_loket", args=[undangan.permohonan.acuan])).content.decode()
    assert undangan.kode in halaman
    assert 'type="radio"' not in halaman
    survei.kesampingkan(undangan.kode)
    assert "tidak terbuka" in klien.get(reverse("survei_loket", args=[undangan.permohonan.acuan])).content.decode()


def test_the_applicants_file_page_carries_the_invitation(undangan, masuk, sari):
    halaman = masuk(sari).get(reverse("permohonan", args=[undangan.permohonan.acuan])).content.decode()
    assert reverse("survei", args=[undangan.kode]) in halaman


def test_a_reader_of_english_is_asked_in_english(undangan, unsur, warga):
    warga.cookies["django_language"] = "en"
    halaman = warga.get(reverse("survei", args=[undangan.kode])).content.decode()
    assert "How polite and friendly were the officers?" in halaman
    assert not any(u.pertanyaan in halaman for u in unsur)
