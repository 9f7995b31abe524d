"""Working days with the applicant's own time, stored; the summary over all services (docs/keputusan/0047)."""

from django.db import migrations, models

_UKURAN = [
    ("diajukan", "Permohonan masuk"),
    ("terbit", "Izin terbit"),
    ("tepat", "Terbit tepat waktu"),
    ("lewat", "Terbit melewati batas SOP"),
    ("tepat_kotor", "Terbit tepat waktu, menunggu pemohon ikut dihitung"),
    ("hari", "Hari kerja terpakai"),
    ("ditolak", "Tidak disetujui"),
    ("gugur", "Ditutup karena batas pemohon lewat"),
    ("dibatalkan", "Dibatalkan pemohon"),
    ("perbaikan", "Permintaan perbaikan"),
    ("saran", "Rekomendasi dinas diberikan"),
    ("saran_lewat", "Rekomendasi dinas terlambat"),
    ("saran_hari", "Hari kerja yang dipakai dinas"),
    ("minta_dinas", "Butir perbaikan diminta dinas"),
    ("retribusi", "Retribusi dibayar (rupiah)"),
]


class Migration(migrations.Migration):
    dependencies = [("perizinan", "0008_waktu_sapuan")]

    operations = [
        # Nullable, without a default: on SQLite anything else makes the table anew and loses its triggers.
        migrations.AddField(
            model_name="permohonan",
            name="hari_kotor",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="hari kerja, menunggu pemohon ikut"
            ),
        ),
        migrations.AddIndex(
            model_name="permohonan",
            index=models.Index(
                condition=models.Q(("hari_kotor__isnull", True), ("terbit_pada__isnull", False)),
                fields=["id"],
                name="permohonan_tanpa_hari_kotor",
            ),
        ),
        migrations.AlterField(
            model_name="rekap", name="ukuran", field=models.CharField(choices=_UKURAN, max_length=12)
        ),
        migrations.AddIndex(
            model_name="rekap",
            index=models.Index(
                fields=["ukuran", "jenis_izin", "bulan", "butir", "jumlah"], name="rekap_per_layanan"
            ),
        ),
        migrations.CreateModel(
            name="RekapSemua",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ukuran", models.CharField(choices=_UKURAN, max_length=12)),
                ("bulan", models.DateField()),
                ("butir", models.PositiveIntegerField(default=0)),
                ("jumlah", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name": "rekap bulanan semua layanan",
                "verbose_name_plural": "rekap bulanan semua layanan",
                "indexes": [models.Index(fields=["bulan"], name="rekap_semua_bulan")],
                "constraints": [
                    models.UniqueConstraint(fields=("ukuran", "bulan", "butir"), name="rekap_semua_unik")
                ],
            },
        ),
        migrations.RunSQL(
            "INSERT INTO perizinan_rekapsemua (ukuran, bulan, butir, jumlah)"
            " SELECT ukuran, bulan, butir, SUM(jumlah) FROM perizinan_rekap GROUP BY ukuran, bulan, butir",
            migrations.RunSQL.noop,
        ),
    ]
