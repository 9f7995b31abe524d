"""No two authorities for one issuing unit and one scope overlap (reliability.md R19).

PostgreSQL: an exclusion constraint. SQLite: triggers with the same rule.
"""

from django.db import migrations

_PG_MAJU = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """ALTER TABLE accounts_lingkupkewenangan ADD CONSTRAINT kewenangan_tidak_bertumpuk
       EXCLUDE USING gist (unit_id WITH =, kode_layanan WITH =, tstzrange(mulai, sampai, '[)') WITH &&)""",
]
_PG_MUNDUR = ["ALTER TABLE accounts_lingkupkewenangan DROP CONSTRAINT IF EXISTS kewenangan_tidak_bertumpuk"]

_SYARAT = """
    SELECT RAISE(ABORT, 'kewenangan_tidak_bertumpuk') WHERE EXISTS (
      SELECT 1 FROM accounts_lingkupkewenangan l
      WHERE l.unit_id = NEW.unit_id AND l.kode_layanan = NEW.kode_layanan AND l.id <> NEW.id
        AND (l.sampai IS NULL OR l.sampai > NEW.mulai) AND (NEW.sampai IS NULL OR NEW.sampai > l.mulai));
"""
_SQLITE_MAJU = [
    f"""CREATE TRIGGER kewenangan_tidak_bertumpuk_{aksi.lower()} AFTER {aksi} ON accounts_lingkupkewenangan
        BEGIN {_SYARAT} END"""
    for aksi in ("INSERT", "UPDATE")
]
_SQLITE_MUNDUR = [f"DROP TRIGGER IF EXISTS kewenangan_tidak_bertumpuk_{aksi}" for aksi in ("insert", "update")]


def _jalankan(pg, sqlite):
    def kerja(apps, schema_editor):
        for perintah in pg if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(perintah, params=None)

    return kerja


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_awal")]
    operations = [migrations.RunPython(_jalankan(_PG_MAJU, _SQLITE_MAJU), _jalankan(_PG_MUNDUR, _SQLITE_MUNDUR))]
