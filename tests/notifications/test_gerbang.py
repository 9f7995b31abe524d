"""What each gateway makes of each answer: never again, perhaps, later, or not this message's fault."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from notifications.gateway import GalatGerbang, daftar_gerbang
from notifications.gateway.http.transport import gerbang as http
from notifications.gateway.kannel.transport import gerbang as kannel
from notifications.gateway.surel.transport import gerbang as surel
from notifications.rahasia import pemilik_rahasia, rahasia_gerbang

ACUAN = "5f0c7f0e-0000-4000-8000-000000000001"


class Peladen(BaseHTTPRequestHandler):
    jawaban: tuple[int, str, dict[str, str]] = (200, "", {})
    diminta: list[str] = []

    def do_GET(self) -> None:
        type(self).diminta.append(self.path)
        status, isi, kepala = self.jawaban
        self.send_response(status)
        for nama, nilai in {**kepala, "Content-Length": str(len(isi))}.items():
            self.send_header(nama, nilai)
        self.end_headers()
        self.wfile.write(isi.encode())

    do_POST = do_GET

    def log_message(self, *_apa: Any) -> None:
        return


@pytest.fixture
def peladen(settings: Any) -> Iterator[type[Peladen]]:
    server = HTTPServer(("127.0.0.1", 0), Peladen)
    benang = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    benang.start()
    alamat = f"http://127.0.0.1:{server.server_address[1]}"
    Peladen.diminta = []
    settings.GERBANG_HTTP_URL, settings.GERBANG_HTTP_KUNCI = f"{alamat}/kirim", "k"
    settings.KANNEL_URL, settings.KANNEL_SANDI = f"{alamat}/cgi-bin/sendsms", "s"
    yield Peladen
    server.shutdown()
    server.server_close()
    benang.join()


def galat(gerbang: Any) -> GalatGerbang:
    with pytest.raises(GalatGerbang) as g:
        gerbang.kirim(tujuan="+62811", teks="x", acuan=ACUAN)
    return g.value


@pytest.mark.parametrize("gerbang", [http, kannel])
@pytest.mark.parametrize(
    ("status", "permanen", "pasti", "salah_gerbang"),
    [
        (400, True, True, False),
        (422, True, True, False),
        (401, False, True, True),
        (404, False, True, True),
        (302, False, True, True),
        (429, False, True, True),
        (503, False, True, True),
        (500, False, True, False),
        (502, False, True, False),
        (200, False, False, False),
    ],
)
def test_a_status_says_whose_fault_it_is(peladen, gerbang, status, permanen, pasti, salah_gerbang):
    peladen.jawaban = (status, "entah", {"Location": "http://127.0.0.1:1/lain"})
    g = galat(gerbang)
    assert (g.permanen, g.pasti, g.salah_gerbang) == (permanen, pasti, salah_gerbang)
    assert len(peladen.diminta) == 1, "redirects are not followed"


@pytest.mark.parametrize(("kepala", "detik"), [("77", 77), ("1e9", 900), ("-5", 30), ("besok", 30), ("", 30)])
def test_retry_after_is_read_within_reason(peladen, kepala, detik):
    peladen.jawaban = (429, "", {"Retry-After": kepala})
    assert galat(http).tunggu == detik


def test_nobody_there_is_the_gateways_fault_and_nothing_was_sent(settings):
    settings.GERBANG_HTTP_URL = "http://127.0.0.1:9/"
    g = galat(http)
    assert (g.pasti, g.salah_gerbang) == (True, True)


@pytest.mark.parametrize("alamat", ["", "ftp://x/", "http:///x"])
def test_an_address_that_is_none_is_the_set_ups_fault(settings, alamat):
    settings.GERBANG_HTTP_URL = alamat
    assert galat(http).salah_gerbang


def test_kannel_gets_text_reference_and_where_to_report(peladen, settings):
    settings.RAHASIA_SMS = "kannel:rahasia-k"
    settings.KANNEL_SITUS = "http://127.0.0.1:8000"
    peladen.jawaban = (202, "0: Accepted for delivery", {})
    kannel.kirim(tujuan="+62811", teks="BPPT: 50% & {nomor} é", acuan=ACUAN)
    isi = {k: v[0] for k, v in parse_qs(urlsplit(peladen.diminta[0]).query).items()}
    assert (isi["to"], isi["text"], isi["coding"]) == ("+62811", "BPPT: 50% & {nomor} é", "0")
    assert isi["dlr-url"] == f"http://127.0.0.1:8000/api/v1/sms/laporan/rahasia-k/?acuan={ACUAN}&status=%d"
    peladen.jawaban = (202, "3: Queued for later delivery", {})
    kannel.kirim(tujuan="+62811", teks="x", acuan=ACUAN)


def test_a_provider_is_asked_about_a_reference(peladen):
    peladen.jawaban = (200, "{}", {})
    assert http.dikenal(ACUAN)
    peladen.jawaban = (404, "{}", {})
    assert not http.dikenal(ACUAN)
    peladen.jawaban = (500, "", {})
    with pytest.raises(GalatGerbang):
        http.dikenal(ACUAN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("salah", "permanen", "pasti", "salah_gerbang"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.id": (550, b"tiada")}), True, True, False),
        (smtplib.SMTPRecipientsRefused({"a@b.id": (450, b"nanti")}), False, True, False),
        (smtplib.SMTPDataError(554, b"spam"), True, True, False),
        (smtplib.SMTPDataError(451, b"nanti"), False, True, False),
        (smtplib.SMTPServerDisconnected("putus"), False, False, False),
        (TimeoutError(), False, False, False),
        (ConnectionRefusedError(), False, True, True),
    ],
)
def test_what_a_mail_server_says(monkeypatch, salah, permanen, pasti, salah_gerbang):
    def kirim(*_apa: Any, **_lain: Any) -> None:
        raise salah

    monkeypatch.setattr("django.core.mail.EmailMessage.send", kirim)
    with pytest.raises(GalatGerbang) as g:
        surel.kirim(tujuan="a@b.id", teks="x", acuan=ACUAN)
    assert (g.value.permanen, g.value.pasti, g.value.salah_gerbang) == (permanen, pasti, salah_gerbang)


def test_each_gateway_has_its_own_secret(settings):
    settings.GERBANG_SMS = "kannel,http"
    settings.RAHASIA_SMS = "kannel:satu,http:dua"
    assert (pemilik_rahasia("satu"), pemilik_rahasia("dua"), pemilik_rahasia("tiga")) == ("kannel", "http", None)
    assert rahasia_gerbang("gammu") == ""
    assert pemilik_rahasia("") is None
    settings.RAHASIA_SMS = "tunggal"
    assert pemilik_rahasia("tunggal") == "kannel", "one secret is the first gateway's"
    assert [g.nama for g in daftar_gerbang()] == ["kannel", "http"]
