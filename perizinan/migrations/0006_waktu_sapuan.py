"""The index of the permit that ends first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("perizinan", "0006_survei")]

    operations = [
        migrations.AddIndex(
            model_name="izin",
            index=models.Index(
                condition=models.Q(("status__in", ["berlaku", "dibekukan"])), fields=["akhir"], name="izin_berakhir"
            ),
        ),
    ]
