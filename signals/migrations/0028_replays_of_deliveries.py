from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0027_tablets'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='different_at',
            field=models.DateTimeField(blank=True, help_text='when another came under this id, last', null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='replays',
            field=models.PositiveIntegerField(default=0, help_text='how often it came again'),
        ),
    ]
