import django.db.models.deletion
import django.utils.timezone
import kortrijk_gebied.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0016_joinings'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='signals.note')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mention',
                'verbose_name_plural': 'mentions',
                'ordering': ['-at'],
                'indexes': [models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='mention_unread')],
                'constraints': [models.UniqueConstraint(fields=('note', 'user'), name='mentioned_once_per_note')],
            },
        ),
    ]
