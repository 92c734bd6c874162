from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reservations', '0018_condition_of_what_goes_out'),
        ('teams', '0003_mail_choices'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='booking',
            name='booking_refusal_known',
        ),
        migrations.AlterField(
            model_name='booking',
            name='refusal',
            field=models.CharField(blank=True, choices=[('occupied', 'it was taken already'), ('closed', 'the room is closed then'), ('outside_hours', 'outside opening hours'), ('allocated', 'kept for somebody else'), ('no_such_time', 'that hour does not exist that day'), ('unfit', 'the room does not suit this use'), ('decided', 'the keeper of the building decided so'), ('unanswered', 'nobody answered before its moment')], max_length=16, verbose_name='why not'),
        ),
        migrations.AlterField(
            model_name='bookingchange',
            name='refusal',
            field=models.CharField(blank=True, choices=[('occupied', 'it was taken already'), ('closed', 'the room is closed then'), ('outside_hours', 'outside opening hours'), ('allocated', 'kept for somebody else'), ('no_such_time', 'that hour does not exist that day'), ('unfit', 'the room does not suit this use'), ('decided', 'the keeper of the building decided so'), ('unanswered', 'nobody answered before its moment')], max_length=16, verbose_name='why not'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('refusal__in', ['', 'occupied', 'closed', 'outside_hours', 'allocated', 'no_such_time', 'unfit', 'decided', 'unanswered'])), name='booking_refusal_known'),
        ),
    ]
