"""A signed edition is what was published: neither edited nor deleted, whatever the code does (0032)."""

from django.db import migrations

_PESAN = "edisi yang disahkan tidak berubah"
_PG = (
    f"""CREATE FUNCTION edisi_ikm_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.disahkan_pada IS NOT NULL THEN RAISE EXCEPTION '{_PESAN}'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$""",
    """CREATE TRIGGER edisi_tetap BEFORE UPDATE OR DELETE ON ikm_edisi
       FOR EACH ROW EXECUTE FUNCTION edisi_ikm_tetap()""",
)
_PG_BALIK = ("DROP TRIGGER edisi_tetap ON ikm_edisi", "DROP FUNCTION edisi_ikm_tetap()")
_SQLITE = tuple(
    f"""CREATE TRIGGER edisi_tetap_{aksi.lower()} BEFORE {aksi} ON ikm_edisi WHEN OLD.disahkan_pada IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{_PESAN}'); END"""
    for aksi in ("UPDATE", "DELETE")
)
_SQLITE_BALIK = ("DROP TRIGGER edisi_tetap_update", "DROP TRIGGER edisi_tetap_delete")


def pasang(apps, schema_editor):
    for perintah in _PG if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(perintah)


def lepas(apps, schema_editor):
    for perintah in _PG_BALIK if schema_editor.connection.vendor == "postgresql" else _SQLITE_BALIK:
        schema_editor.execute(perintah)


class Migration(migrations.Migration):
    dependencies = [("ikm", "0002_hasil_putusan_impor")]
    operations = [migrations.RunPython(pasang, lepas)]
