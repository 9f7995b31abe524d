"""Files leave through one door: scope, then a name, then headers that disarm (B19, B27)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from core import waktu
from perizinan import dokumen, services
from perizinan.enums import JenisDokumen, StatusDokumen, StatusPermohonan
from perizinan.models import Berkas, Dokumen, FotoPemeriksaan, Permohonan, Rekomendasi
from tests.klien import KlienTeliti

PETUGAS_BERKAS = ("budi", "rina", "kabid", "dina", "kadis", "auditor")
BUKAN_PETUGAS_BERKAS = ("asing", "kabid_np", "prita", "admin")


@pytest.fixture
def imb(berkas_di: Any) -> Permohonan:
    """An IMB whose advice is in: a routed file with uploads, photos and a berita acara."""
    berkas: Permohonan = berkas_di("penetapan_retribusi", "imb")
    for pk in berkas.dokumen.filter(status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
        assert dokumen.buat(pk)
    return berkas


@pytest.fixture
def terbit(berkas_di: Any) -> Dokumen:
    """The signed SK of a SIUP that nobody has downloaded yet."""
    satu: Dokumen = berkas_di("terbit", "siup").dokumen.get(jenis=JenisDokumen.SK)
    return satu


@pytest.fixture
def beku(berkas_di: Any) -> Dokumen:
    """A frozen, unsigned SK."""
    satu: Dokumen = berkas_di("menunggu_tanda_tangan", "siup").dokumen.get(jenis=JenisDokumen.SK)
    assert dokumen.buat(satu.pk)
    satu.refresh_from_db()
    return satu


def alamat(objek: Any) -> str:
    depan = {Dokumen: "dokumen", Berkas: "berkas", FotoPemeriksaan: "foto"}[type(objek)]
    return f"/{depan}/{objek.kunci}/"


def isi(respons: Any) -> bytes:
    return b"".join(respons.streaming_content) if respons.streaming else respons.content


def periksa_kepala(respons: Any, *, lihat: bool = False) -> None:
    assert respons["Content-Disposition"].startswith("inline" if lihat else "attachment")
    assert respons["X-Content-Type-Options"] == "nosniff"
    csp = respons["Content-Security-Policy"]
    assert csp.startswith("sandbox; default-src 'none'")
    assert "script-src" not in csp
    assert ("frame-ancestors 'self'" in csp) == lihat
    assert "no-store" in respons["Cache-Control"]


def satu_dari_tiap(imb: Permohonan) -> list[Any]:
    return [
        imb.dokumen.get(jenis=JenisDokumen.TANDA_TERIMA),
        imb.dokumen.get(jenis=JenisDokumen.BAP),
        imb.berkas.exclude(file="").first(),
        FotoPemeriksaan.objects.filter(berita_acara__rekomendasi__permohonan=imb).first(),
    ]


# --- who --------------------------------------------------------------------------------------------------------


def test_the_owner_and_the_officers_of_the_file_get_every_kind_of_file(
    imb: Permohonan, pemeran: Any, masuk: Any
) -> None:
    for kunci in ("sari", *PETUGAS_BERKAS, "teknisi"):
        klien = masuk(pemeran.akun[kunci])
        for objek in satu_dari_tiap(imb):
            respons = klien.get(alamat(objek))
            assert respons.status_code == 200, (kunci, objek)
            periksa_kepala(respons)


def test_whoever_may_not_see_the_file_gets_the_same_404_as_for_nothing(
    imb: Permohonan, pemeran: Any, masuk: Any
) -> None:
    for kunci in BUKAN_PETUGAS_BERKAS:
        klien = masuk(pemeran.akun[kunci])
        for objek in satu_dari_tiap(imb):
            for a in (alamat(objek), alamat(objek) + "?lihat=1", f"/petugas/dokumen/{objek.kunci}/"):
                assert klien.get(a).status_code == 404, (kunci, a)
        assert klien.get(f"/dokumen/{uuid4()}/").status_code == 404


def test_an_anonymous_visitor_is_sent_to_log_in(imb: Permohonan, warga: KlienTeliti) -> None:
    for objek in satu_dari_tiap(imb):
        respons = warga.get(alamat(objek))
        assert respons.status_code == 302
        assert "/masuk/" in respons["Location"]


def test_a_team_sees_uploads_of_files_routed_to_it_and_not_the_other_teams_findings(
    imb: Permohonan, pemeran: Any, masuk: Any
) -> None:
    tanda_terima, bap, unggahan, foto = satu_dari_tiap(imb)
    lain = masuk(pemeran.teknisi_bplh)
    assert lain.get(alamat(unggahan)).status_code == 200
    assert lain.get(alamat(tanda_terima)).status_code == 200
    assert lain.get(alamat(bap)).status_code == 404
    assert lain.get(alamat(foto)).status_code == 404


def test_sight_ends_in_the_act_that_withdraws_the_request(berkas_di: Any, pemeran: Any, masuk: Any) -> None:
    berkas = berkas_di("kajian_teknis", "imb")
    unggahan = berkas.berkas.exclude(file="").first()
    klien = masuk(pemeran.teknisi)
    assert klien.get(alamat(unggahan)).status_code == 200
    r = Rekomendasi.objects.get(permohonan=berkas, skpd__kode="distako")
    services.tarik(r.pk, oleh=pemeran.kabid_bidang(berkas.bidang_id), alasan="Salah alamat.")
    assert klien.get(alamat(unggahan)).status_code == 404


# --- how --------------------------------------------------------------------------------------------------------


def test_a_pdf_or_picture_may_be_looked_at_in_a_sandbox_when_asked_for(
    imb: Permohonan, pemeran: Any, masuk: Any
) -> None:
    klien = masuk(pemeran.rina)
    for objek in satu_dari_tiap(imb):
        respons = klien.get(alamat(objek), {"lihat": "1"})
        periksa_kepala(respons, lihat=True)
        assert respons["Content-Type"] in {"application/pdf", "image/jpeg", "image/png"}
        periksa_kepala(klien.get(alamat(objek), {"lihat": "0"}))


def test_a_file_of_no_known_kind_is_never_shown(imb: Permohonan, pemeran: Any, masuk: Any) -> None:
    unggahan = imb.berkas.exclude(file="").first()
    Berkas.objects.filter(pk=unggahan.pk).update(jenis_isi="html")
    respons = masuk(pemeran.rina).get(alamat(unggahan), {"lihat": "1"})
    periksa_kepala(respons)
    assert respons["Content-Type"] == "application/octet-stream"


def test_the_name_offered_is_ours_or_the_cleaned_original_by_rfc_6266(
    imb: Permohonan, pemeran: Any, masuk: Any
) -> None:
    klien = masuk(pemeran.sari)
    tanda_terima, _bap, unggahan, _foto = satu_dari_tiap(imb)
    nama = f"tanda-terima-{imb.nomor_register}.pdf"
    assert f'filename="{nama}"' in klien.get(alamat(tanda_terima))["Content-Disposition"]
    Berkas.objects.filter(pk=unggahan.pk).update(nama_asli='ktp "Ünal"\r\nX: y.pdf')
    kepala = klien.get(alamat(unggahan))["Content-Disposition"]
    assert "filename*=utf-8''ktp%20_%C3%9Cnal_X_%20y." in kepala
    assert "\r" not in kepala
    assert "\n" not in kepala


def test_the_bytes_that_leave_are_the_bytes_that_are_kept(imb: Permohonan, pemeran: Any, masuk: Any) -> None:
    klien = masuk(pemeran.sari)
    for objek in satu_dari_tiap(imb):
        simpanan = objek.berkas if isinstance(objek, Dokumen) else objek.file
        assert isi(klien.get(alamat(objek))) == Path(simpanan.path).read_bytes()


def test_stored_files_have_no_address_of_their_own(imb: Permohonan, pemeran: Any, masuk: Any) -> None:
    nama = imb.berkas.exclude(file="").first().file.name
    klien = masuk(pemeran.rina)
    for a in (f"/media/{nama}", f"/terlindung/{nama}", f"/static/../berkas/{nama}", f"/{nama}", f"/berkas/{nama}"):
        assert klien.get(a).status_code == 404, a


def test_a_missing_file_is_404_and_not_an_error(imb: Permohonan, pemeran: Any, masuk: Any) -> None:
    unggahan = imb.berkas.exclude(file="").first()
    Path(unggahan.file.path).unlink()
    assert masuk(pemeran.rina).get(alamat(unggahan)).status_code == 404


def test_an_electronic_statement_has_no_file_to_send(imb: Permohonan, pemeran: Any, masuk: Any) -> None:
    pernyataan = Berkas.objects.create(
        permohonan=imb, oleh=pemeran.sari, diunggah_pada=waktu.sekarang(), jenis_isi="pernyataan"
    )
    assert masuk(pemeran.sari).get(alamat(pernyataan)).status_code == 404


def test_a_document_in_the_making_says_so(berkas_di: Any, pemeran: Any, masuk: Any) -> None:
    d = berkas_di("diajukan", "siup").dokumen.get()
    klien = masuk(pemeran.sari)
    respons = klien.get(alamat(d))
    assert respons.status_code == 409
    assert "sedang kami buat" in respons.content.decode()
    Dokumen.objects.filter(pk=d.pk).update(status=StatusDokumen.GAGAL)
    assert "belum berhasil" in klien.get(alamat(d)).content.decode()


# --- the signed permit --------------------------------------------------------------------------------------------


def test_an_unsigned_permit_is_never_the_applicants(beku: Dokumen, pemeran: Any, masuk: Any) -> None:
    klien = masuk(pemeran.sari)
    for a in (alamat(beku), f"/petugas/dokumen/{beku.kunci}/"):
        assert klien.get(a).status_code == 404
        assert klien.post(a).status_code in {404, 405}


def test_the_signatory_previews_exactly_the_frozen_bytes(beku: Dokumen, pemeran: Any, masuk: Any) -> None:
    respons = masuk(pemeran.kadis).get(f"/petugas/dokumen/{beku.kunci}/")
    periksa_kepala(respons, lihat=True)
    assert isi(respons) == Path(beku.berkas.path).read_bytes()


def test_the_applicants_first_download_is_the_hand_over(terbit: Dokumen, pemeran: Any, masuk: Any) -> None:
    klien = masuk(pemeran.sari)
    berkas = terbit.permohonan
    for _ in range(2):  # a GET shows the button and changes nothing
        respons = klien.get(alamat(terbit))
        assert "Lain kali, unduh izin (PDF)" in respons.content.decode()
        berkas.refresh_from_db()
        assert berkas.status == StatusPermohonan.TERBIT
    respons = klien.post(alamat(terbit))
    periksa_kepala(respons)
    assert isi(respons) == Path(terbit.berkas.path).read_bytes()
    berkas.refresh_from_db()
    assert berkas.status == StatusPermohonan.DISERAHKAN
    assert berkas.riwayat.filter(verba="serahkan_daring").count() == 1
    for cara in (klien.get, klien.post):  # afterwards it is a plain download
        respons = cara(alamat(terbit))
        assert respons.status_code == 200
        periksa_kepala(respons)
    assert berkas.riwayat.filter(verba="serahkan_daring").count() == 1


def test_an_officers_download_is_no_hand_over(terbit: Dokumen, pemeran: Any, masuk: Any) -> None:
    for kunci in ("budi", "kadis", "auditor"):
        respons = masuk(pemeran.akun[kunci]).get(alamat(terbit))
        periksa_kepala(respons)
    terbit.permohonan.refresh_from_db()
    assert terbit.permohonan.status == StatusPermohonan.TERBIT


def test_two_clicks_at_once_are_one_hand_over(
    terbit: Dokumen, pemeran: Any, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asli = services.serahkan_daring

    def dua_kali(pk: int, **lain: Any) -> Any:
        asli(pk, **lain)
        return asli(pk, **lain)

    monkeypatch.setattr(services, "serahkan_daring", dua_kali)
    respons = masuk(pemeran.sari).post(alamat(terbit))
    assert respons.status_code == 200
    assert terbit.permohonan.riwayat.filter(verba="serahkan_daring").count() == 1


def test_what_is_due_before_the_hand_over_keeps_the_permit_back(
    terbit: Dokumen, pemeran: Any, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.galat import TransisiDitolak

    def belum_lunas(pk: int, **lain: Any) -> Any:
        raise TransisiDitolak("Retribusi belum lunas.")

    monkeypatch.setattr(services, "serahkan_daring", belum_lunas)
    respons = masuk(pemeran.sari).post(alamat(terbit))
    assert respons.status_code == 409
    assert "belum lunas" in respons.content.decode()


@pytest.mark.control
def test_control_without_the_scope_a_stranger_would_read_the_file(
    imb: Permohonan, pemeran: Any, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perizinan.querysets import PermohonanQuerySet

    unggahan = imb.berkas.exclude(file="").first()
    klien = masuk(pemeran.asing)
    assert klien.get(alamat(unggahan)).status_code == 404
    monkeypatch.setattr(PermohonanQuerySet, "terlihat_oleh", lambda diri, akun: diri.all())
    assert klien.get(alamat(unggahan)).status_code == 200


def test_files_are_kept_inside_the_private_folder(imb: Permohonan) -> None:
    for objek in satu_dari_tiap(imb):
        simpanan = objek.berkas if isinstance(objek, Dokumen) else objek.file
        assert Path(simpanan.path).is_relative_to(settings.MEDIA_ROOT)
