"""Data entry of messages: seen before they are sent, tried on one's own phone, settled by a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications import layanan, statistik
from notifications.enums import JenisPesan, Kata
from notifications.enums import StatusPesan as S
from notifications.masuk import belum_dikukuhkan, catat_bukan_pemilik
from notifications.models import Pesan, PesanMasuk, TemplatPesan
from tests.notifications.bekal import HP, tulis

pytestmark = pytest.mark.django_db


def aksi(klien, model, nama, *pk):
    alamat = reverse(f"admin:notifications_{model._meta.model_name}_changelist")
    respons = klien.post(alamat, {"action": nama, "_selected_action": list(pk)}, follow=True)
    assert respons.status_code == 200
    return respons.content.decode()


@pytest.fixture
def kantor(masuk, admin):
    type(admin).objects.filter(pk=admin.pk).update(hp=HP)
    return masuk(type(admin).objects.get(pk=admin.pk))


def test_a_template_is_seen_as_it_will_arrive(kantor, settings):
    settings.BIAYA_SEGMEN = 410
    t = TemplatPesan.objects.get(kode="SMS_TERIMA")
    teks = kantor.get(reverse("admin:notifications_templatpesan_change", args=[t.pk])).content.decode()
    assert "Izin Penggunaan Bangunan 7QK4M-2XD9R lengkap" in teks
    assert "1 SMS, Rp410" in teks


def test_a_sample_goes_to_the_admins_own_phone_through_the_real_path(kantor, gerbang, jam):
    jam.maju(timedelta(hours=14))  # at night too: it was asked for
    t = TemplatPesan.objects.get(kode="SMS_TERIMA")
    assert "Contoh dikirim" in aksi(kantor, TemplatPesan, "uji_kirim", t.pk)
    layanan.sapu()
    p = Pesan.objects.get(jenis=JenisPesan.UJI)
    assert (p.status, p.tujuan) == (S.TERKIRIM, HP)


def test_an_admin_without_a_phone_is_told(masuk, admin):
    type(admin).objects.filter(pk=admin.pk).update(hp=None)
    klien = masuk(type(admin).objects.get(pk=admin.pk))
    assert "belum punya nomor HP" in aksi(klien, TemplatPesan, "uji_kirim", TemplatPesan.objects.first().pk)
    assert not Pesan.objects.exists()


def test_what_a_desk_settled_is_marked_and_a_number_is_confirmed_again(kantor, jam):
    m = PesanMasuk.objects.create(
        gerbang="berkas", dari=HP, teks="LAPOR x", diterima_pada=jam.sekarang(), kata=Kata.LAPOR, perlu_petugas=True
    )
    aksi(kantor, PesanMasuk, "tandai_selesai", m.pk)
    m.refresh_from_db()
    assert m.ditangani_pada
    catat_bukan_pemilik(HP, jam.sekarang())
    from notifications.models import Penerima

    aksi(kantor, Penerima, "kukuhkan", Penerima.objects.get().pk)
    assert belum_dikukuhkan([HP]) == set()


def test_use_and_cost_are_counted_by_channel_and_gateway(gerbang, jam, settings):
    settings.BIAYA_SEGMEN = 300
    tulis("BPPT: " + "a" * 200)
    tulis(tujuan="+6281234567891")
    tulis("BPPT: satu.", tujuan="+6281234567892")
    tulis("BPPT: dua.", tujuan="+6281234567892")
    layanan.sapu()
    kini = jam.sekarang()
    [baris] = statistik.pemakaian(kini - timedelta(days=1), kini + timedelta(days=1))
    harapan = {"kanal": "sms", "gerbang": "uji", "pesan": 3, "terkirim": 3, "segmen": 4, "biaya": 1200}
    assert harapan.items() <= baris.items(), "two that were merged are one SMS"
