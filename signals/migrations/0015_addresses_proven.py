from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0014_lessons_of_subjects'),
    ]

    operations = [
        migrations.AddField(
            model_name='unprovenaddress',
            name='proven_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
