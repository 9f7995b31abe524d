"""Any provider behind a small JSON address: POST {"acuan", "tujuan", "teks"}, GET ?acuan= where it can tell.

What the provider does with a repeated reference is said by the installation (GERBANG_HTTP_KEMAMPUAN): an adapter
of a few lines in front of a provider makes it `dedup` or `status`.
"""

from __future__ import annotations

import json
import urllib.parse

from django.conf import settings

from notifications.enums import Kemampuan
from notifications.gateway.panggil import galat_status, panggil


class GerbangHttp:
    """A provider over HTTP with a bearer key."""

    nama = "http"

    @property
    def kemampuan(self) -> Kemampuan:
        return Kemampuan(settings.GERBANG_HTTP_KEMAMPUAN)

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Hand over; anything but a 2xx with `"acuan"` in a JSON object is an error."""
        isi = json.dumps({"acuan": acuan, "tujuan": tujuan, "teks": teks}).encode()
        jawaban = panggil("POST", settings.GERBANG_HTTP_URL, isi=isi, kepala=self._kepala())
        if not (200 <= jawaban.status < 300 and self._acuan(jawaban.isi) == acuan):
            raise galat_status(jawaban)

    def dikenal(self, acuan: str) -> bool:
        """Ask by reference: 200 is yes, 404 is no."""
        tanya = urllib.parse.urlencode({"acuan": acuan})
        jawaban = panggil("GET", f"{settings.GERBANG_HTTP_URL}?{tanya}", kepala=self._kepala())
        if jawaban.status in {200, 404}:
            return jawaban.status == 200
        raise galat_status(jawaban)

    def _kepala(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {settings.GERBANG_HTTP_KUNCI}", "Content-Type": "application/json"}

    def _acuan(self, teks: str) -> str:
        try:
            isi = json.loads(teks)
        except ValueError:
            return ""
        return str(isi.get("acuan", "")) if isinstance(isi, dict) else ""


gerbang = GerbangHttp()
