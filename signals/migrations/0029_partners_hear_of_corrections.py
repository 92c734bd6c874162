from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0028_replays_of_deliveries'),
        ('teams', '0003_mail_choices'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='webhook',
            name='webhook_happenings_known',
        ),
        migrations.RemoveConstraint(
            model_name='webhookdelivery',
            name='delivery_happening_known',
        ),
        migrations.AlterField(
            model_name='webhookdelivery',
            name='happening',
            field=models.CharField(choices=[('signal.routed', 'a signal comes to the team'), ('task.offered', 'a task is offered'), ('task.accepted', 'a task is accepted'), ('task.returned', 'a task is returned'), ('task.done', 'a task is done'), ('task.withdrawn', 'a task is withdrawn'), ('signal.corrected', 'the subject or place of a signal is corrected'), ('signal.closed', 'a signal is closed'), ('signal.reopened', 'a signal is reopened')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('happenings__contained_by', ['signal.routed', 'task.offered', 'task.accepted', 'task.returned', 'task.done', 'task.withdrawn', 'signal.corrected', 'signal.closed', 'signal.reopened']), models.Q(('happenings', []), _negated=True)), name='webhook_happenings_known'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('happening__in', ['signal.routed', 'task.offered', 'task.accepted', 'task.returned', 'task.done', 'task.withdrawn', 'signal.corrected', 'signal.closed', 'signal.reopened'])), name='delivery_happening_known'),
        ),
    ]
