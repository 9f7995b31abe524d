"""The English catalogue covers every word of the public and applicant pages, with the same variables."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from perizinan.enums import JenisDokumen
from perizinan.label import label_status, semua_label

AKAR = Path(settings.BASE_DIR)
MO = AKAR / "locale/en/LC_MESSAGES/django.mo"
TEMPLAT = ("accounts", "publik", "perizinan", "perizinan/publik", "perizinan/pemohon", "ikm")
MODUL = (
    "accounts/forms.py",
    "accounts/views.py",
    "accounts/pihak.py",
    "bpptportal/views.py",
    "core/identitas.py",
    "ikm/forms/survei.py",
    "ikm/services/menjawab.py",
    "core/formulir.py",
    "core/unggah.py",
    "core/templatetags/tampilan.py",
    "perizinan/isian.py",
    "perizinan/kata_waktu.py",
    "perizinan/forms/isian.py",
    "perizinan/forms/mulai.py",
    "perizinan/forms/pihak.py",
    "perizinan/forms/publik.py",
    "perizinan/forms/unggah.py",
    "perizinan/halaman/daftar.py",
    "perizinan/halaman/katalog.py",
    "perizinan/halaman/pengisian.py",
    "perizinan/halaman/perbaikan.py",
    "perizinan/halaman/perjalanan.py",
    "perizinan/halaman/permohonan.py",
    "perizinan/halaman/tindakan.py",
    "perizinan/services/survei.py",
    "perizinan/services/pelacakan.py",
    "perizinan/templatetags/perizinan.py",
    "perizinan/tenggat.py",
    "perizinan/views/_hitungan.py",
    "perizinan/views/pengisian.py",
    "perizinan/views/publik.py",
)
_NAMA = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}


@pytest.fixture(scope="module")
def katalog():
    with MO.open("rb") as isi:
        return gettext.GNUTranslations(isi)


def _ada(katalog: gettext.GNUTranslations, teks: str) -> bool:
    return teks in katalog._catalog or (teks, 1) in katalog._catalog


def _dari_templat(berkas: Path) -> set[str]:
    kode = templatize(berkas.read_text(encoding="utf-8"), origin=str(berkas))
    return {
        t.replace("\\'", "'").replace('\\"', '"').replace("\\n", "\n")
        for t in re.findall(r"gettext\(\s*u?(?:'{3}|\"{3}|'|\")(.*?)(?:'{3}|\"{3}|'|\")\s*[,)]", kode, re.DOTALL)
    }


def _dari_modul(berkas: Path) -> set[str]:
    kata = set()
    for simpul in ast.walk(ast.parse(berkas.read_text(encoding="utf-8"))):
        if isinstance(simpul, ast.Call) and isinstance(simpul.func, ast.Name) and simpul.func.id in _NAMA:
            pertama = simpul.args[0] if simpul.args else None
            if isinstance(pertama, ast.Constant) and isinstance(pertama.value, str):
                kata.add(pertama.value)
    return kata


def _variabel(teks: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)|\{\w+\}|%s", teks))


@pytest.mark.parametrize("folder", TEMPLAT)
def test_every_word_of_the_templates_has_an_english_one(katalog, folder):
    berkas = list((AKAR / "templates" / folder).glob("*.html"))
    assert berkas
    kata = {t for b in berkas for t in _dari_templat(b)}
    assert len(kata) > 5
    assert sorted(t for t in kata if not _ada(katalog, t)) == []


@pytest.mark.parametrize("modul", MODUL)
def test_every_word_of_the_modules_has_an_english_one(katalog, modul):
    kata = _dari_modul(AKAR / modul)
    assert kata
    assert sorted(t for t in kata if t and not _ada(katalog, t)) == []


def test_every_state_has_english_words_with_the_same_variables():
    with translation.override("en"):
        for (mesin, status), satu in semua_label().items():
            for asal in filter(None, (satu.label_pemohon, satu.kalimat_pemohon)):
                inggris = translation.gettext(asal)
                assert _variabel(inggris) == _variabel(asal), (mesin, status)
            assert satu.kata == translation.gettext(satu.label_pemohon) if satu.label_pemohon else True
        assert label_status("permohonan", "verifikasi").kata == "In progress"


def test_translations_keep_their_variables(katalog):
    for kunci, nilai in katalog._catalog.items():
        asal = kunci[0] if isinstance(kunci, tuple) else kunci
        if asal:
            assert _variabel(nilai) <= _variabel(asal), asal


def test_the_compiled_catalogue_is_the_written_one(katalog):
    tertulis = set(re.findall(r'^msgid "(.+)"$', MO.with_suffix(".po").read_text(encoding="utf-8"), re.MULTILINE))
    jadi = {(k[0] if isinstance(k, tuple) else k) for k in katalog._catalog}
    assert {t.replace('\\"', '"') for t in tertulis} <= jadi


def test_papers_have_english_names():
    with translation.override("en"):
        for jenis in JenisDokumen:
            with translation.override("id"):
                asal = str(jenis.label)
            assert translation.gettext(asal) != asal


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("alamat", "kata"),
    [
        ("/", "Which permit do you need?"),
        ("/layanan/toko_obat/", "working days"),
        ("/lacak/", "Track an application"),
        ("/daftar/", "Create an account"),
    ],
)
def test_a_visitor_who_chose_english_reads_english(warga, alamat, kata):
    warga.post("/bahasa/", {"language": "en", "next": alamat})
    isi = warga.get(alamat).content.decode()
    assert '<html lang="en"' in isi
    assert kata in isi
