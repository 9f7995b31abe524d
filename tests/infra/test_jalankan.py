"""The closing line of a run: it adds up what the reports say, and an empty run is never green."""

from pathlib import Path

import pytest

from tests import jalankan

LAPORAN = """<testsuites><testsuite tests="99">
<testcase classname="a" name="lulus"/>
<testcase classname="a" name="gagal"><failure/></testcase>
<testcase classname="a" name="rusak"><error/></testcase>
<testcase classname="a" name="lewat"><skipped/></testcase>
</testsuite></testsuites>"""
LULUS = '<testsuites><testsuite><testcase classname="b" name="x"/></testsuite></testsuites>'


@pytest.fixture
def hasil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(jalankan, "HASIL", tmp_path)
    return tmp_path


def test_the_line_adds_up_all_suites(hasil: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hasil / "sqlite.xml").write_text(LAPORAN)
    (hasil / "pg.xml").write_text(LULUS)
    assert jalankan.main(["jumlah"]) == 1
    assert capsys.readouterr().out == "2 passed, 2 failed, 1 skipped\n"


def test_all_passed_is_green(hasil: Path) -> None:
    (hasil / "pg.xml").write_text(LULUS)
    assert jalankan.main(["jumlah"]) == 0


def test_a_run_without_any_test_is_not_green(hasil: Path) -> None:
    assert jalankan.main(["jumlah"]) == 1


def test_a_suite_that_ran_nothing_fails_the_run(hasil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jalankan, "jalankan", lambda suite, tambahan: (0, jalankan.hitung(hasil / "tidak.xml")))
    assert jalankan.main(["sqlite"]) == 1


def test_an_unknown_suite_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert jalankan.main(["sqlit"]) == 2
    assert "sqlit" in capsys.readouterr().err


def test_only_the_postgresql_suite_gets_a_database_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://seseorang/produksi")
    with jalankan.lingkungan("sqlite") as env:
        assert "DATABASE_URL" not in env
    with jalankan.lingkungan("pg") as env:
        assert env["DATABASE_URL"].startswith("postgres://postgres@/postgres?host=/tmp/bppt-pg-")
