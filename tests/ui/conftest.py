"""Fixture `peramban`: the browser on the live server. Use it with @pytest.mark.e2e."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from tests.ui.peramban import Peramban, chromium, jalankan


@pytest.fixture(scope="module")
def tanpa_siram() -> Iterator[None]:
    """After a live server Django flushes every table, which the log's append-only triggers refuse, as they must.

    The pages of this folder write no rows, so there is nothing to flush. Module scope: it outlives the server.
    """
    with pytest.MonkeyPatch.context() as tambal:
        tambal.setattr(TransactionTestCase, "_fixture_teardown", lambda _kasus: None)
        yield


@pytest.fixture
def peramban(tanpa_siram, live_server, monkeypatch) -> Iterator[Peramban]:
    """Chromium on the live server; fails, saying so, on a machine without it.

    The driver keeps an event loop in this thread, which Django would take for asynchronous database use.
    """
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with jalankan(live_server.url) as peramban:
        yield peramban
