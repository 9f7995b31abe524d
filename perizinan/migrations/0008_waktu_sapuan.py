"""The index of the permit that ends first, and the konsep of a permit (docs/keputusan/0026)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("perizinan", "0007_rekap")]

    operations = [
        migrations.AddIndex(
            model_name="izin",
            index=models.Index(
                condition=models.Q(("status__in", ["berlaku", "dibekukan"])), fields=["akhir"], name="izin_berakhir"
            ),
        ),
        migrations.AlterField(
            model_name="dokumen",
            name="jenis",
            field=models.CharField(
                choices=[
                    ("bukti_pengajuan", "Bukti pengajuan"),
                    ("lembar_kekurangan", "Daftar yang perlu dilengkapi"),
                    ("tanda_terima", "Tanda terima berkas"),
                    ("skrd", "Tagihan resmi (SKRD)"),
                    ("bap", "Berita acara pemeriksaan"),
                    ("sk", "Surat izin"),
                    ("konsep_sk", "Konsep surat izin (belum berlaku)"),
                    ("surat_penolakan", "Surat penolakan"),
                    ("tanda_terima_sk", "Tanda terima surat izin"),
                    ("rincian_waktu", "Rincian waktu layanan"),
                ],
                max_length=18,
            ),
        ),
        migrations.AlterField(
            model_name="efekwaktu",
            name="jenis",
            field=models.CharField(
                choices=[
                    ("ingat_tahap", "Waktu tahap hampir habis"),
                    ("ingat_berkas", "Waktu berkas hampir habis"),
                    ("ingat_rekom", "Waktu dinas hampir habis"),
                    ("lewat", "Lewat batas"),
                    ("fiktif", "Peringatan fiktif positif"),
                    ("konsep_sk", "Konsep surat izin disiapkan karena waktu lewat"),
                    ("ingat_pemohon", "Pemohon diingatkan"),
                    ("gugur", "Ditutup karena batas pemohon lewat"),
                    ("gugur_tertahan", "Batas pemohon lewat, pemohon belum terhubungi"),
                    ("tinjau_besok", "Tinjauan besok"),
                    ("perbaikan_akhir", "Perbaikan diminta pada seperlima akhir waktu"),
                    ("belum_diambil", "Izin belum diambil"),
                    ("izin_habis", "Izin akan berakhir"),
                    ("izin_berakhir", "Izin berakhir"),
                    ("wewenang_habis", "Kewenangan akan berakhir"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="versilayanan",
            name="kebijakan_fiktif",
            field=models.CharField(
                choices=[("mati", "Mati"), ("peringatan", "Peringatan"), ("siapkan_draf", "Siapkan draf")],
                default="peringatan",
                help_text="Bila waktu layanan lewat. Siapkan draf: sistem membuat konsep surat izin untuk dilihat "
                "petugas. Status berkas tidak berubah, dan sistem tidak pernah menandatangani.",
                max_length=14,
                verbose_name="kebijakan fiktif positif",
            ),
        ),
    ]
