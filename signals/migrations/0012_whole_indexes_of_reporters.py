import django.db.models.functions.text
from django.db import migrations, models

import signals.models.lexemes


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0011_dossiers'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='reporter', name='reporter_email'),
        migrations.RemoveIndex(model_name='reporter', name='reporter_phone_digits'),
        migrations.AddIndex(
            model_name='reporter',
            index=models.Index(django.db.models.functions.text.Lower('email'), name='reporter_email_lower'),
        ),
        migrations.AddIndex(
            model_name='reporter',
            index=models.Index(signals.models.lexemes.LastDigits('phone'), name='reporter_phone_last'),
        ),
    ]
