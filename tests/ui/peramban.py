"""A real browser for tests: Debian's chromium through playwright, with every complaint collected.

`Peramban` opens pages at the two widths and in both colour schemes that interface.md names ("Held to"),
watches console, script errors, CSP reports and failed requests, runs axe, and writes screenshots.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

PONSEL = (360, 740)
MEJA = (1280, 800)
UKURAN = (PONSEL, MEJA)
SKEMA = ("light", "dark")
#: As root in a container (stack.md).
BENDERA = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: WCAG 2.2 AA and what axe calls best practice; `target-size` is the 24 px rule of 2.2.
ATURAN_AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}
_LAPOR_CSP = """
window.__csp = [];
document.addEventListener(
  "securitypolicyviolation", e => window.__csp.push(e.violatedDirective + " " + e.blockedURI));
"""


def chromium() -> str | None:
    """Path of the browser, or None where none is installed. CHROMIUM wins."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Catatan:
    """What went wrong on one page, apart from what the test itself expects."""

    konsol: list[str] = field(default_factory=list)
    gagal: list[str] = field(default_factory=list)

    def pasang(self, halaman: Page) -> None:
        halaman.add_init_script(_LAPOR_CSP)
        halaman.on("console", self._konsol)
        halaman.on("pageerror", lambda galat: self.konsol.append(f"pageerror: {galat}"))
        halaman.on("requestfailed", lambda r: self.gagal.append(f"{r.url}: {r.failure}"))
        halaman.on("response", lambda r: self.gagal.append(f"{r.url}: {r.status}") if self._rusak(r) else None)

    @staticmethod
    def _rusak(respons: Any) -> bool:
        """A page may answer 404 on purpose; a picture, style or script never."""
        return respons.status >= 400 and respons.request.resource_type != "document"

    def _konsol(self, pesan: ConsoleMessage) -> None:
        # The status of the page itself is the test's own business; chromium repeats it in the console.
        if pesan.type in {"error", "warning"} and "Failed to load resource" not in pesan.text:
            self.konsol.append(f"{pesan.type}: {pesan.text}")


@dataclass
class Jendela:
    """One open page together with what was noted about it."""

    halaman: Page
    catatan: Catatan
    asal: str

    def buka(self, alamat: str) -> Page:
        """Go to an address of the live server and wait until nothing moves."""
        self.halaman.goto(self.asal + alamat)
        self.halaman.wait_for_load_state("networkidle")
        return self.halaman

    def keluhan(self) -> list[str]:
        """Everything wrong with the page: axe, console, CSP, failed requests, sideways scrolling."""
        keluhan = [*self.catatan.konsol, *self.catatan.gagal]
        keluhan += [f"CSP: {satu}" for satu in self.halaman.evaluate("window.__csp || []")]
        keluhan += pelanggaran_axe(self.halaman)
        if self.halaman.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            keluhan.append("halaman lebih lebar daripada layar")
        return keluhan

    def potret(self, berkas: Path) -> Path:
        berkas.parent.mkdir(parents=True, exist_ok=True)
        self.halaman.screenshot(path=str(berkas), full_page=True)
        return berkas


def pelanggaran_axe(halaman: Page) -> list[str]:
    """Violations as lines: rule, then the elements. Raises when axe did not run at all."""
    hasil = Axe().run(halaman, options=ATURAN_AXE).response
    if not hasil.get("passes"):
        raise AssertionError("axe tidak memeriksa apa pun")
    return [
        f"axe {aturan['id']}: {simpul['html'][:160]}" for aturan in hasil["violations"] for simpul in aturan["nodes"]
    ]


@dataclass
class Peramban:
    """The running browser. `jendela()` gives a fresh profile; `kuki` of a logged-in client make it somebody."""

    browser: Browser
    asal: str

    @contextmanager
    def jendela(
        self,
        ukuran: tuple[int, int] = PONSEL,
        skema: str = "light",
        *,
        js: bool = True,
        kuki: dict[str, str] | None = None,
    ) -> Iterator[Jendela]:
        konteks: BrowserContext = self.browser.new_context(
            viewport={"width": ukuran[0], "height": ukuran[1]},
            color_scheme=skema,  # type: ignore[arg-type]
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=js,
            reduced_motion="reduce",
        )
        konteks.set_default_timeout(10_000)
        for nama, nilai in (kuki or {}).items():
            konteks.add_cookies([{"name": nama, "value": nilai, "url": self.asal}])
        catatan = Catatan()
        halaman = konteks.new_page()
        catatan.pasang(halaman)
        try:
            yield Jendela(halaman, catatan, self.asal)
        finally:
            konteks.close()


@contextmanager
def jalankan(asal: str) -> Iterator[Peramban]:
    """Start chromium for pages of `asal` (http://host:port)."""
    with sync_playwright() as mesin:
        browser = mesin.chromium.launch(executable_path=chromium(), args=list(BENDERA))
        try:
            yield Peramban(browser, asal.rstrip("/"))
        finally:
            browser.close()
