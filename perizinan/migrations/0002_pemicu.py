"""What the database refuses whatever the code does.

* the log is append-only: UPDATE, DELETE and TRUNCATE are refused (reliability.md R16);
* a published service version and its children are immutable (architecture.md);
* a status changes only together with the row's version, by one (rule R1);
* the versions of a party's data are append-only.
"""

from django.db import migrations

_ANAK_VERSI = ("perizinan_syarat", "perizinan_isian", "perizinan_butuhrekomendasi")
_BERMESIN = ("perizinan_permohonan", "perizinan_rekomendasi", "perizinan_izin")
_HANYA_TAMBAH = ("perizinan_riwayat", "accounts_datapihak")
#: Columns that may be written again: sealed values, when the encryption key is rotated.
_BOLEH_DISEGEL_ULANG = {"accounts_datapihak": ("nomor_identitas", "npwp")}


def _kolom_tetap(schema_editor):
    """` OF a, b, c` per append-only table: every column but those that key rotation writes."""
    hasil = {}
    with schema_editor.connection.cursor() as kursor:
        for t in _HANYA_TAMBAH:
            semua = [k.name for k in schema_editor.connection.introspection.get_table_description(kursor, t)]
            tetap = [k for k in semua if k not in _BOLEH_DISEGEL_ULANG.get(t, ())]
            hasil[t] = " OF " + ", ".join(tetap)
    return hasil


def _pg(kolom):
    yield """CREATE FUNCTION tolak_perubahan() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% hanya boleh ditambah', TG_TABLE_NAME; END $$"""
    yield """CREATE FUNCTION tolak_ubah_versi_terbit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.status = 'terbit' THEN RAISE EXCEPTION 'versi layanan yang terbit tidak berubah'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$"""
    yield """CREATE FUNCTION tolak_ubah_anak_versi_terbit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE v bigint;
        BEGIN
          IF TG_OP = 'INSERT' THEN v := NEW.versi_id; ELSE v := OLD.versi_id; END IF;
          IF EXISTS (SELECT 1 FROM perizinan_versilayanan WHERE id = v AND status = 'terbit')
            THEN RAISE EXCEPTION 'versi layanan yang terbit tidak berubah'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$"""
    yield """CREATE FUNCTION status_bersama_versi() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.status IS DISTINCT FROM OLD.status AND NEW.versi <> OLD.versi + 1
            THEN RAISE EXCEPTION 'status hanya berubah melalui transisi'; END IF;
          RETURN NEW;
        END $$"""
    for t in _HANYA_TAMBAH:
        yield f"""CREATE TRIGGER hanya_tambah BEFORE UPDATE{kolom[t]} OR DELETE ON {t}
                  FOR EACH ROW EXECUTE FUNCTION tolak_perubahan()"""
        yield f"""CREATE TRIGGER hanya_tambah_kosongkan BEFORE TRUNCATE ON {t}
                  FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan()"""
    yield """CREATE TRIGGER versi_terbit_tetap BEFORE UPDATE OR DELETE ON perizinan_versilayanan
             FOR EACH ROW EXECUTE FUNCTION tolak_ubah_versi_terbit()"""
    for t in _ANAK_VERSI:
        yield f"""CREATE TRIGGER versi_terbit_tetap BEFORE INSERT OR UPDATE OR DELETE ON {t}
                  FOR EACH ROW EXECUTE FUNCTION tolak_ubah_anak_versi_terbit()"""
    for t in _BERMESIN:
        yield f"""CREATE TRIGGER status_bersama_versi BEFORE UPDATE OF status ON {t}
                  FOR EACH ROW EXECUTE FUNCTION status_bersama_versi()"""


def _pg_mundur():
    for t in _HANYA_TAMBAH:
        yield f"DROP TRIGGER IF EXISTS hanya_tambah ON {t}"
        yield f"DROP TRIGGER IF EXISTS hanya_tambah_kosongkan ON {t}"
    for t in ("perizinan_versilayanan", *_ANAK_VERSI):
        yield f"DROP TRIGGER IF EXISTS versi_terbit_tetap ON {t}"
    for t in _BERMESIN:
        yield f"DROP TRIGGER IF EXISTS status_bersama_versi ON {t}"
    for f in ("tolak_perubahan", "tolak_ubah_versi_terbit", "tolak_ubah_anak_versi_terbit", "status_bersama_versi"):
        yield f"DROP FUNCTION IF EXISTS {f}()"


def _pemicu_sqlite(kolom):
    """(name, table, body) of every SQLite trigger."""
    for t in _HANYA_TAMBAH:
        for aksi in ("UPDATE", "DELETE"):
            yield (
                f"{t}_tolak_{aksi.lower()}",
                f"BEFORE {aksi}{kolom[t] if aksi == 'UPDATE' else ''} ON {t}",
                f"SELECT RAISE(ABORT, '{t} hanya boleh ditambah');",
            )
    for aksi in ("UPDATE", "DELETE"):
        yield (
            f"versi_terbit_{aksi.lower()}",
            f"BEFORE {aksi} ON perizinan_versilayanan WHEN OLD.status = 'terbit'",
            "SELECT RAISE(ABORT, 'versi layanan yang terbit tidak berubah');",
        )
    for t in _ANAK_VERSI:
        for aksi, baris in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            yield (
                f"{t}_tetap_{aksi.lower()}",
                f"BEFORE {aksi} ON {t}",
                "SELECT RAISE(ABORT, 'versi layanan yang terbit tidak berubah') WHERE EXISTS (SELECT 1 FROM"
                f" perizinan_versilayanan WHERE id = {baris}.versi_id AND status = 'terbit');",
            )
    for t in _BERMESIN:
        yield (
            f"{t}_status_bersama_versi",
            f"BEFORE UPDATE OF status ON {t} WHEN NEW.status IS NOT OLD.status AND NEW.versi <> OLD.versi + 1",
            "SELECT RAISE(ABORT, 'status hanya berubah melalui transisi');",
        )


def maju(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for perintah in _pg(_kolom_tetap(schema_editor)):
            schema_editor.execute(perintah, params=None)
        return
    for nama, kapan, isi in _pemicu_sqlite(_kolom_tetap(schema_editor)):
        schema_editor.execute(f"CREATE TRIGGER {nama} {kapan} BEGIN {isi} END")


def mundur(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for perintah in _pg_mundur():
            schema_editor.execute(perintah, params=None)
        return
    for nama, _kapan, _isi in _pemicu_sqlite(_kolom_tetap(schema_editor)):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {nama}")


class Migration(migrations.Migration):
    dependencies = [("perizinan", "0001_awal"), ("accounts", "0001_awal")]
    operations = [migrations.RunPython(maju, mundur)]
