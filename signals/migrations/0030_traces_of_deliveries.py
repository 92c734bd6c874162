from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0029_partners_hear_of_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeliveryTrace",
            fields=[
                ("digest", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "trace of a delivery",
                "verbose_name_plural": "traces of deliveries",
                "ordering": ["digest"],
            },
        ),
    ]
