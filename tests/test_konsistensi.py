"""House rules that would otherwise be paragraphs (architecture.md, sentence 8)."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from celery import current_app

from core.mesin import transisi_model
from perizinan.models import Permohonan, Rekomendasi

AKAR = Path(__file__).resolve().parent.parent
APP = ("bpptportal", "core", "accounts", "notifications", "perizinan", "ikm", "renstra")


def sumber(*akhiran: str) -> list[Path]:
    folder = [*(AKAR / a for a in APP), AKAR / "templates", AKAR / "static", AKAR / "tests"]
    return [
        f
        for d in folder
        for f in d.rglob("*")
        if f.suffix in akhiran and "migrations" not in f.parts and "__pycache__" not in f.parts
    ]


def test_tidak_ada_berkas_lebih_dari_400_baris():
    panjang = {str(f.relative_to(AKAR)): n for f in sumber(".py", ".html", ".css", ".js") if (n := _baris(f)) > 400}
    assert panjang == {}


def _baris(f: Path) -> int:
    return len(f.read_text(encoding="utf-8").splitlines())


def test_setiap_templat_dipakai():
    """A template is named by a view, a form, a setting or another template."""
    templat = AKAR / "templates"
    teks = "\n".join(f.read_text(encoding="utf-8") for f in sumber(".py", ".html"))
    bawaan = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
    yatim = []
    for f in templat.rglob("*.html"):
        nama = f.relative_to(templat).as_posix()
        dinamis = nama.startswith(("dokumen/", "django/", "gaya/"))  # named by their kind or by Django
        disebut = nama in teks or f'"{f.stem}"' in teks or f'"{f.name}"' in teks
        if nama not in bawaan and not dinamis and not disebut:
            yatim.append(nama)
    assert yatim == []


def test_setiap_tugas_menerima_nomor_baris_saja():
    current_app.loader.import_default_modules()
    tugas = [t for n, t in current_app.tasks.items() if n.split(".")[0] in APP]
    assert tugas
    for t in tugas:
        for p in inspect.signature(t.run).parameters.values():
            assert p.annotation in ("int", int), f"{t.name}({p})"


@pytest.mark.parametrize("model", [Permohonan, Rekomendasi])
def test_setiap_verba_punya_layanan_atau_dikerjakan_sistem(model):
    from perizinan import services

    for t in transisi_model(model):
        oleh_orang = [p for p in t.custom["peran"] if p != "sistem"]
        assert not oleh_orang or hasattr(services, t.name), t.name


def test_waktu_hanya_dari_satu_sumber():
    """Nothing but core.waktu asks the machine for now."""
    pola = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|utcnow\(")
    bukan = {"core/waktu.py", "core/catatan.py"}
    salah = [
        str(f.relative_to(AKAR))
        for f in sumber(".py")
        if f.relative_to(AKAR).parts[0] in APP
        and str(f.relative_to(AKAR)) not in bukan
        and pola.search(f.read_text(encoding="utf-8"))
    ]
    assert salah == []


def test_status_tidak_dibandingkan_di_templat():
    pola = re.compile(r"\bstatus\s*(==|!=)\s*['\"]")
    salah = [str(f.relative_to(AKAR)) for f in sumber(".html") if pola.search(f.read_text(encoding="utf-8"))]
    assert salah == []


def test_tidak_ada_naskah_atau_gaya_di_dalam_halaman():
    """The documents are printed pages and inline their style; web pages never do."""
    pola = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    salah = [
        str(f.relative_to(AKAR))
        for f in sumber(".html")
        if "dokumen" not in f.parts and pola.search(f.read_text(encoding="utf-8"))
    ]
    assert salah == []


def test_tidak_ada_jalan_pintas_pengamanan():
    """csrf_exempt and mark_safe are not used outside a reasoned list."""
    boleh: dict[str, set[str]] = {
        "mark_safe": {"core/templatetags/tampilan.py", "perizinan/dokumen/halaman.py"},
        "csrf_exempt": {"bpptportal/skema_api.py"},  # answers 404 to any method, reads and writes nothing
    }
    for kata, daftar in boleh.items():
        pemakai = {
            str(f.relative_to(AKAR))
            for f in sumber(".py")
            if f.relative_to(AKAR).parts[0] in APP and kata in f.read_text(encoding="utf-8")
        }
        assert pemakai <= daftar, (kata, pemakai - daftar)


def test_halaman_alur_sama_dengan_deklarasi():
    from bpptportal.management.commands.tulis_alur import TUJUAN, alur

    assert TUJUAN.read_text(encoding="utf-8") == alur(), "jalankan manage.py tulis_alur"
