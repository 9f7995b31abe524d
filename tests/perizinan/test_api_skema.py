"""The API's description is true, complete and needs nobody else's server."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver

from perizinan.api.verba import PERMOHONAN, REKOMENDASI, TAMBAHAN
from tests.klien import periksa
from tests.perizinan.bekal_api import masalah

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def skema(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The description as served."""
    from django.test import Client

    with django_db_blocker.unblock():
        respons = Client().get("/api/schema/")
    assert respons.status_code == 200
    return yaml.safe_load(respons.content)


def test_the_schema_is_valid_and_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "skema.yml"))
    assert yaml.safe_load((tmp_path / "skema.yml").read_text())["openapi"].startswith("3.")


def test_every_address_of_version_one_is_described_and_nothing_else(skema):
    alamat = set()
    for pola in get_resolver().url_patterns:
        for satu in getattr(pola, "url_patterns", []):
            if str(pola.pattern) == "api/" and str(satu.pattern) == "v1/":
                alamat |= {f"/api/v1/{p.pattern}" for p in satu.url_patterns}
    polos = {a.replace("<str:", "{").replace("<slug:", "{").replace("<uuid:", "{").replace(">", "}") for a in alamat}
    assert polos == set(skema["paths"])


def test_every_operation_has_a_shape_for_its_refusals(skema):
    operasi = [op for satu in skema["paths"].values() for op in satu.values()]
    assert len(operasi) > 40
    assert all("application/problem+json" in op["responses"]["default"]["content"] for op in operasi)
    assert set(skema["components"]["schemas"]["Masalah"]["required"]) == {"type", "title", "status", "detail"}


def test_every_verb_has_its_own_request_and_takes_a_key(skema):
    for verba in (*PERMOHONAN, *TAMBAHAN):
        post = skema["paths"][f"/api/v1/permohonan/{{acuan}}/{verba}/"]["post"]
        assert post["operationId"] == f"permohonan_{verba}"
        assert post["requestBody"]["content"]
    for verba in REKOMENDASI:
        post = skema["paths"][f"/api/v1/rekomendasi/{{kunci}}/{verba}/"]["post"]
        assert "Idempotency-Key" in [p["name"] for p in post["parameters"]]


def test_what_is_open_says_so_and_the_rest_asks_for_somebody(skema):
    terbuka = {
        alamat for alamat, satu in skema["paths"].items() for op in satu.values() if not any(op.get("security", []))
    }
    assert terbuka == {
        f"/api/v1/{a}/"
        for a in (
            "layanan",
            "layanan/{kode}",
            "lacak",
            "verifikasi",
            "izin",
            "statistik/penerbitan",
            "ikm",
            "renstra",
            "data",
            "data/{kode}",
        )
    }


def test_the_description_comes_in_both_notations(warga, skema):
    respons = warga.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert respons["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert set(respons.json()["paths"]) == set(skema["paths"])
    assert warga.get("/api/schema/?format=json").json()["openapi"] == skema["openapi"]


def test_any_other_address_is_refused_in_the_apis_own_form(warga):
    for alamat in ("v1/entah/", "v1/rekomendasi/bukan-kunci/tarik/", "v2/layanan/"):
        masalah(warga.get(f"/api/{alamat}"), 404, "tidak_ditemukan")
        masalah(warga.post(f"/api/{alamat}"), 404, "tidak_ditemukan")
    assert warga.get("/api/v1/layanan").headers["Location"] == "/api/v1/layanan/"


def test_the_page_for_people_is_whole_and_calls_no_other_server(warga):
    respons = warga.get("/api/docs/")
    teks = respons.content.decode()
    assert respons.status_code == 200
    assert periksa(teks) == []
    assert "https://" not in teks and "http://" not in teks.replace("http://testserver", "")
    for alamat in ("/api/v1/layanan/", "/api/v1/permohonan/{acuan}/daftarkan/", "Idempotency-Key"):
        assert alamat in teks
