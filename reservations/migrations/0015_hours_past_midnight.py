from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0002_addresses'),
        ('reservations', '0014_month_lines_end_after_they_start'),
        ('teams', '0003_mail_choices'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='allocation',
            name='allocation_ends_after_it_starts',
        ),
        migrations.RemoveConstraint(
            model_name='seasonrequest',
            name='seasonrequest_ends_after_it_starts',
        ),
        migrations.AlterField(
            model_name='allocation',
            name='end_time',
            field=models.TimeField(help_text='before the start is past midnight', verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='allocationchange',
            name='end_time',
            field=models.TimeField(help_text='before the start is past midnight', verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='seasonrequest',
            name='end_time',
            field=models.TimeField(help_text='before the start is past midnight', verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='seasonrequestchange',
            name='end_time',
            field=models.TimeField(help_text='before the start is past midnight', verbose_name='until'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('end_time', models.F('start_time')), _negated=True), name='allocation_ends_at_another_hour'),
        ),
        migrations.AddConstraint(
            model_name='seasonrequest',
            constraint=models.CheckConstraint(condition=models.Q(('end_time', models.F('start_time')), _negated=True), name='seasonrequest_ends_at_another_hour'),
        ),
    ]
