"""The package on the review page: one tap starts the sibling's draft, with what is the same filled in."""

from __future__ import annotations

from django.urls import reverse

from bpptportal.contoh import alur
from perizinan.models import Permohonan


def _mulai(pemeran):
    return alur.mulai(pemeran, "imb")


def test_saudara_sepaket_dimulai_dari_halaman_tinjau(pemeran, masuk, sari):
    p, klien = _mulai(pemeran), masuk(sari)
    halaman = klien.get(reverse("permohonan_tinjau", args=[p.acuan])).content.decode()
    assert "Ajukan juga" in halaman
    for _ in range(2):  # the same form sent twice makes one draft
        jawab = klien.post(reverse("permohonan_sepaket", args=[p.acuan]), {"layanan": "ippl", "kunci": "k1-ippl"})
    baru = Permohonan.objects.get(jenis_izin__kode="ippl")
    assert baru.paket_id == Permohonan.objects.get(pk=p.pk).paket_id is not None
    assert jawab.url == reverse("permohonan_isian", args=[baru.acuan])
    halaman = klien.get(reverse("permohonan_tinjau", args=[p.acuan])).content.decode()
    assert reverse("permohonan", args=[baru.acuan]) in halaman


def test_layanan_yang_tidak_sepaket_ditolak_dengan_kata(pemeran, masuk, sari):
    p, klien = _mulai(pemeran), masuk(sari)
    jawab = klien.post(reverse("permohonan_sepaket", args=[p.acuan]), {"layanan": "siup", "kunci": "k"}, follow=True)
    assert "tidak dapat ditambahkan" in jawab.content.decode()
    assert Permohonan.objects.count() == 1


def test_orang_lain_tidak_dapat_menambah(pemeran, masuk, asing):
    p = _mulai(pemeran)
    assert masuk(asing).post(reverse("permohonan_sepaket", args=[p.acuan]), {"layanan": "ippl"}).status_code == 404
