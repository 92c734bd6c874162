from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0018_offers_followed'),
        ('teams', '0003_mail_choices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_open_once_per_signal',
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(condition=models.Q(('level', 0)), fields=('signal', 'report', 'sha256'), name='attachment_open_once_per_report'),
        ),
    ]
