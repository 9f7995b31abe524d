"""Fixture `peramban`: the browser on the live server. Use it with @pytest.mark.e2e."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.peramban import Peramban, chromium, jalankan


@pytest.fixture
def peramban(live_server, monkeypatch) -> Iterator[Peramban]:
    """Chromium on the live server; skips, saying so, on a machine without it.

    The driver keeps an event loop in this thread, which Django would take for asynchronous database use.
    """
    if chromium() is None:
        pytest.skip("chromium tidak terpasang: apt-get install chromium")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with jalankan(live_server.url) as peramban:
        yield peramban
