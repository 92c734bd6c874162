from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reservations", "0005_bookings_proven_faster"),
    ]

    operations = [
        migrations.AlterField(
            model_name="closure",
            name="lifted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="lifted"),
        ),
        migrations.AlterField(
            model_name="closurechange",
            name="lifted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="lifted"),
        ),
    ]
