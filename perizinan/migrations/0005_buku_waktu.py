"""The paper "rincian waktu", and an index that alone answers which open files are late."""

from django.db import migrations, models

JENIS = [
    ("bukti_pengajuan", "Bukti pengajuan"),
    ("lembar_kekurangan", "Daftar yang perlu dilengkapi"),
    ("tanda_terima", "Tanda terima berkas"),
    ("skrd", "Tagihan resmi (SKRD)"),
    ("bap", "Berita acara pemeriksaan"),
    ("sk", "Surat izin"),
    ("surat_penolakan", "Surat penolakan"),
    ("tanda_terima_sk", "Tanda terima surat izin"),
    ("rincian_waktu", "Rincian waktu layanan"),
]


class Migration(migrations.Migration):
    dependencies = [("perizinan", "0004_perbaikan_di_akhir")]

    operations = [
        migrations.AlterField("dokumen", "jenis", models.CharField(choices=JENIS, max_length=18)),
        migrations.AddIndex(
            "permohonan",
            models.Index(
                condition=models.Q(("selesai_pada__isnull", True), ("terbit_pada__isnull", True)),
                fields=["tenggat", "id", "jeda_sejak"],
                name="permohonan_lewat_terbuka",
            ),
        ),
        migrations.RemoveIndex("permohonan", "permohonan_tenggat_terbuka"),
    ]
