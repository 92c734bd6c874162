import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0002_addresses'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('signals', '0015_addresses_proven'),
        ('teams', '0002_working_calendar'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('report_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('attachment_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('share_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('task_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('withdrawn_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ],
            options={
                'verbose_name': 'joining',
                'verbose_name_plural': 'joinings',
            },
        ),
        migrations.CreateModel(
            name='JoiningChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('report_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('attachment_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('share_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('task_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
                ('withdrawn_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='signal',
            name='signal_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='signal',
            name='signal_closed_at_when_ended',
        ),
        migrations.RemoveConstraint(
            model_name='signal',
            name='signal_ends_with_an_outcome',
        ),
        migrations.RemoveConstraint(
            model_name='signalevent',
            name='event_kind_known',
        ),
        migrations.RemoveIndex(
            model_name='signal',
            name='signal_ended',
        ),
        migrations.AlterField(
            model_name='signal',
            name='status',
            field=models.CharField(choices=[('new', 'new'), ('to_divide', 'to divide'), ('routed', 'routed'), ('in_progress', 'in progress'), ('waiting', 'waiting'), ('referred', 'referred'), ('resolved', 'resolved'), ('reopened', 'reopened'), ('closed', 'closed'), ('cancelled', 'cancelled'), ('not_ours', 'not ours'), ('joined', 'joined with another')], default='to_divide', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='signalchange',
            name='status',
            field=models.CharField(choices=[('new', 'new'), ('to_divide', 'to divide'), ('routed', 'routed'), ('in_progress', 'in progress'), ('waiting', 'waiting'), ('referred', 'referred'), ('resolved', 'resolved'), ('reopened', 'reopened'), ('closed', 'closed'), ('cancelled', 'cancelled'), ('not_ours', 'not ours'), ('joined', 'joined with another')], default='to_divide', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='signalevent',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s'), ('followed', 'The reporter adds something, by %(channel)s.'), ('proven', 'The reporter confirmed the mail address.'), ('files_refused', 'Not taken in: %(files)s'), ('merged', 'Joined with another signal.'), ('took_in', '%(count)s reports of another signal joined.'), ('separated', 'The joining undone.'), ('split_off', '%(count)s reports went on as a signal of their own.'), ('split_from', 'Split off from another signal.')], max_length=16),
        ),
        migrations.AlterField(
            model_name='signaleventchange',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s'), ('followed', 'The reporter adds something, by %(channel)s.'), ('proven', 'The reporter confirmed the mail address.'), ('files_refused', 'Not taken in: %(files)s'), ('merged', 'Joined with another signal.'), ('took_in', '%(count)s reports of another signal joined.'), ('separated', 'The joining undone.'), ('split_off', '%(count)s reports went on as a signal of their own.'), ('split_from', 'Split off from another signal.')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status__in', frozenset(['cancelled', 'closed', 'joined', 'not_ours']))), fields=['-closed_at'], name='signal_ended'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['new', 'to_divide', 'routed', 'in_progress', 'waiting', 'referred', 'resolved', 'reopened', 'closed', 'cancelled', 'not_ours', 'joined'])), name='signal_status_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status__in', frozenset(['cancelled', 'closed', 'joined', 'not_ours']))), models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('status__in', frozenset(['in_progress', 'new', 'referred', 'reopened', 'resolved', 'routed', 'to_divide', 'waiting']))), _connector='OR'), name='signal_closed_at_when_ended'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', frozenset(['cancelled', 'closed', 'joined', 'not_ours'])), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='signal_ends_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='signalevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'joined', 'offered', 'accepted', 'returned', 'returned_twice', 'completed', 'withdrawn', 'lifted', 'repeated', 'level_raised', 'shared', 'share_ended', 'answered', 'closed', 'cancelled', 'reopened', 'told', 'photo_added', 'document_added', 'photo_smudged', 'photo_removed', 'document_removed', 'read', 'waits', 'resumed', 'asked', 'confirmed', 'declined', 'taken_back', 'handed_over', 'reminded', 'escalated', 'not_ours', 'followed', 'proven', 'files_refused', 'merged', 'took_in', 'separated', 'split_off', 'split_from'])), name='event_kind_known'),
        ),
        migrations.AddField(
            model_name='joining',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joining',
            name='into',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='took_in', to='signals.signal'),
        ),
        migrations.AddField(
            model_name='joining',
            name='signal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='signals.signal'),
        ),
        migrations.AddField(
            model_name='joining',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joiningchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joiningchange',
            name='into',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.signal'),
        ),
        migrations.AddField(
            model_name='joiningchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='joiningchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.joining'),
        ),
        migrations.AddField(
            model_name='joiningchange',
            name='signal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.signal'),
        ),
        migrations.AddField(
            model_name='joiningchange',
            name='undone_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('signal',), name='signal_joined_once'),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.CheckConstraint(condition=models.Q(('signal', models.F('into')), _negated=True), name='joining_of_two'),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='joining_undone_at_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joining',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_joiningchange" ("at", "attachment_ids", "by_id", "id", "into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_ids", "share_ids", "signal_id", "task_ids", "undone_at", "undone_by_id", "withdrawn_ids") VALUES (OLD."at", OLD."attachment_ids", OLD."by_id", OLD."id", OLD."into_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."report_ids", OLD."share_ids", OLD."signal_id", OLD."task_ids", OLD."undone_at", OLD."undone_by_id", OLD."withdrawn_ids"); RETURN NULL;', hash='b1dd31545a9ed61dd747062d39fc7ecff808d769', operation='UPDATE', pgid='pgtrigger_update_update_ae16a', table='signals_joining', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joining',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_joiningchange" ("at", "attachment_ids", "by_id", "id", "into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_ids", "share_ids", "signal_id", "task_ids", "undone_at", "undone_by_id", "withdrawn_ids") VALUES (OLD."at", OLD."attachment_ids", OLD."by_id", OLD."id", OLD."into_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_ids", OLD."share_ids", OLD."signal_id", OLD."task_ids", OLD."undone_at", OLD."undone_by_id", OLD."withdrawn_ids"); RETURN NULL;', hash='b561afed686553fc30296646af3cb0c009205486', operation='DELETE', pgid='pgtrigger_delete_delete_bb673', table='signals_joining', when='AFTER')),
        ),
    ]
