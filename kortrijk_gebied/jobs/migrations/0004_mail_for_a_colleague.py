from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0003_bounces'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='reader_id',
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
