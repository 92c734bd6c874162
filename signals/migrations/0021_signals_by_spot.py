from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0020_words_by_one_key"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("level", 0)),
                fields=["latitude", "longitude"],
                name="signal_spot_running",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("level", 0)),
                fields=["latitude", "longitude"],
                name="signal_spot_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("level__gt", 0)), fields=["owner", "latitude", "longitude"], name="signal_spot_kept"
            ),
        ),
    ]
