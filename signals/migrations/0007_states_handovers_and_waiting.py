import django.db.models.deletion
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('signals', '0006_rules_with_hours_words_posts_and_versions'),
        ('teams', '0002_working_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('handover', 'handover'), ('referral', 'referral'), ('outside', 'referral outside')], max_length=10, verbose_name='kind')),
                ('state', models.CharField(choices=[('offered', 'offered'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='offered', max_length=10, verbose_name='state')),
                ('outside', models.CharField(blank=True, max_length=120, verbose_name='to whom')),
                ('outside_email', models.EmailField(blank=True, max_length=254, verbose_name='their e-mail address')),
                ('text', models.TextField(max_length=500, verbose_name='what you tell them')),
                ('legal_ground', models.CharField(blank=True, max_length=200, verbose_name='legal ground')),
                ('seal', models.BooleanField(default=False, verbose_name='seal it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(verbose_name='answer expected by')),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, max_length=500, verbose_name='answer')),
            ],
            options={
                'verbose_name': 'handover',
                'verbose_name_plural': 'handovers',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='HandoverChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('handover', 'handover'), ('referral', 'referral'), ('outside', 'referral outside')], max_length=10, verbose_name='kind')),
                ('state', models.CharField(choices=[('offered', 'offered'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='offered', max_length=10, verbose_name='state')),
                ('outside', models.CharField(blank=True, max_length=120, verbose_name='to whom')),
                ('outside_email', models.EmailField(blank=True, max_length=254, verbose_name='their e-mail address')),
                ('text', models.TextField(max_length=500, verbose_name='what you tell them')),
                ('legal_ground', models.CharField(blank=True, max_length=200, verbose_name='legal ground')),
                ('seal', models.BooleanField(default=False, verbose_name='seal it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(verbose_name='answer expected by')),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, max_length=500, verbose_name='answer')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='signal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='signal',
            name='delete_delete',
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
        migrations.RemoveConstraint(
            model_name='task',
            name='task_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='task_ended_at_when_ended',
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='task_accepted_at_when_accepted',
        ),
        migrations.RemoveIndex(
            model_name='signal',
            name='signal_open_in_area',
        ),
        migrations.RemoveIndex(
            model_name='signal',
            name='signal_open_of_owner',
        ),
        migrations.RemoveIndex(
            model_name='signal',
            name='signal_open_of_team',
        ),
        migrations.RemoveIndex(
            model_name='signal',
            name='signal_open_spot',
        ),
        migrations.RemoveIndex(
            model_name='signal',
            name='signal_ended',
        ),
        migrations.RemoveIndex(
            model_name='task',
            name='task_live',
        ),
        migrations.AddField(
            model_name='signal',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='signal',
            name='waiting_for',
            field=models.CharField(blank=True, choices=[('reporter', 'an answer of the reporter'), ('weather', 'the weather'), ('third_party', 'somebody else'), ('other', 'something else')], max_length=12, verbose_name='waiting for'),
        ),
        migrations.AddField(
            model_name='signal',
            name='waiting_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='signal',
            name='waiting_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='signal',
            name='waiting_until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AddField(
            model_name='signalchange',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='signalchange',
            name='waiting_for',
            field=models.CharField(blank=True, choices=[('reporter', 'an answer of the reporter'), ('weather', 'the weather'), ('third_party', 'somebody else'), ('other', 'something else')], max_length=12, verbose_name='waiting for'),
        ),
        migrations.AddField(
            model_name='signalchange',
            name='waiting_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='signalchange',
            name='waiting_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='signalchange',
            name='waiting_until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='signal',
            name='status',
            field=models.CharField(choices=[('new', 'new'), ('to_divide', 'to divide'), ('routed', 'routed'), ('in_progress', 'in progress'), ('waiting', 'waiting'), ('referred', 'referred'), ('resolved', 'resolved'), ('reopened', 'reopened'), ('closed', 'closed'), ('cancelled', 'cancelled'), ('not_ours', 'not ours')], default='to_divide', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='signalchange',
            name='status',
            field=models.CharField(choices=[('new', 'new'), ('to_divide', 'to divide'), ('routed', 'routed'), ('in_progress', 'in progress'), ('waiting', 'waiting'), ('referred', 'referred'), ('resolved', 'resolved'), ('reopened', 'reopened'), ('closed', 'closed'), ('cancelled', 'cancelled'), ('not_ours', 'not ours')], default='to_divide', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='signalevent',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s')], max_length=16),
        ),
        migrations.AlterField(
            model_name='signaleventchange',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s')], max_length=16),
        ),
        migrations.AlterField(
            model_name='task',
            name='status',
            field=models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('in_progress', 'in progress'), ('returned', 'returned'), ('done', 'done'), ('withdrawn', 'withdrawn')], default='offered', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='taskchange',
            name='status',
            field=models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('in_progress', 'in progress'), ('returned', 'returned'), ('done', 'done'), ('withdrawn', 'withdrawn')], default='offered', max_length=12, verbose_name='status'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status__in', frozenset(['in_progress', 'new', 'referred', 'reopened', 'resolved', 'routed', 'to_divide', 'waiting']))), fields=['area', 'due_at'], name='signal_open_in_area'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status__in', frozenset(['in_progress', 'new', 'referred', 'reopened', 'resolved', 'routed', 'to_divide', 'waiting']))), fields=['owner', 'status'], name='signal_open_of_owner'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status__in', frozenset(['in_progress', 'new', 'referred', 'reopened', 'resolved', 'routed', 'to_divide', 'waiting']))), fields=['team', 'due_at'], name='signal_open_of_team'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status__in', frozenset(['in_progress', 'new', 'referred', 'reopened', 'resolved', 'routed', 'to_divide', 'waiting']))), fields=['latitude', 'longitude'], name='signal_open_spot'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status', 'waiting')), fields=['waiting_until'], name='signal_waiting'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(condition=models.Q(('status__in', frozenset(['cancelled', 'closed', 'not_ours']))), fields=['-closed_at'], name='signal_ended'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('status__in', frozenset(['accepted', 'in_progress', 'offered']))), fields=['team', 'due_at'], name='task_live'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_signalchange" ("area_id", "area_ids", "category_id", "closed_at", "closed_by_id", "description", "due_at", "id", "invented", "last_reported_at", "latitude", "level", "longitude", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reference", "reopened_at", "report_count", "reported_at", "route_reason", "routine", "rule_id", "status", "surfaced_at", "surfaced_why", "team_id", "waiting_for", "waiting_reason", "waiting_since", "waiting_until", "working_team_ids") VALUES (OLD."area_id", OLD."area_ids", OLD."category_id", OLD."closed_at", OLD."closed_by_id", OLD."description", OLD."due_at", OLD."id", OLD."invented", OLD."last_reported_at", OLD."latitude", OLD."level", OLD."longitude", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."reference", OLD."reopened_at", OLD."report_count", OLD."reported_at", OLD."route_reason", OLD."routine", OLD."rule_id", OLD."status", OLD."surfaced_at", OLD."surfaced_why", OLD."team_id", OLD."waiting_for", OLD."waiting_reason", OLD."waiting_since", OLD."waiting_until", OLD."working_team_ids"); RETURN NULL;', hash='a634263afb106d384297d21ce31f844b298e00a3', operation='UPDATE', pgid='pgtrigger_update_update_22d89', table='signals_signal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_signalchange" ("area_id", "area_ids", "category_id", "closed_at", "closed_by_id", "description", "due_at", "id", "invented", "last_reported_at", "latitude", "level", "longitude", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reference", "reopened_at", "report_count", "reported_at", "route_reason", "routine", "rule_id", "status", "surfaced_at", "surfaced_why", "team_id", "waiting_for", "waiting_reason", "waiting_since", "waiting_until", "working_team_ids") VALUES (OLD."area_id", OLD."area_ids", OLD."category_id", OLD."closed_at", OLD."closed_by_id", OLD."description", OLD."due_at", OLD."id", OLD."invented", OLD."last_reported_at", OLD."latitude", OLD."level", OLD."longitude", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."reference", OLD."reopened_at", OLD."report_count", OLD."reported_at", OLD."route_reason", OLD."routine", OLD."rule_id", OLD."status", OLD."surfaced_at", OLD."surfaced_why", OLD."team_id", OLD."waiting_for", OLD."waiting_reason", OLD."waiting_since", OLD."waiting_until", OLD."working_team_ids"); RETURN NULL;', hash='b3b8ab9529266819b18a09df6a7b08b46d240351', operation='DELETE', pgid='pgtrigger_delete_delete_4eccc', table='signals_signal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['new', 'to_divide', 'routed', 'in_progress', 'waiting', 'referred', 'resolved', 'reopened', 'closed', 'cancelled', 'not_ours'])), name='signal_status_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status__in', frozenset(['cancelled', 'closed', 'not_ours']))), models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('status__in', frozenset(['in_progress', 'new', 'referred', 'reopened', 'resolved', 'routed', 'to_divide', 'waiting']))), _connector='OR'), name='signal_closed_at_when_ended'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', frozenset(['cancelled', 'closed', 'not_ours'])), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='signal_ends_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), ('waiting_until__isnull', False), ('waiting_for__in', ['reporter', 'weather', 'third_party', 'other']), ('waiting_since__isnull', False), models.Q(('waiting_reason', ''), _negated=True)), models.Q(models.Q(('status', 'waiting'), _negated=True), ('waiting_for', ''), ('waiting_reason', ''), ('waiting_since__isnull', True), ('waiting_until__isnull', True)), _connector='OR'), name='signal_waits_until_a_day_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'reopened'), _negated=True), ('reopened_at__isnull', False), _connector='OR'), name='signal_reopened_at_when_reopened'),
        ),
        migrations.AddConstraint(
            model_name='signalevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'joined', 'offered', 'accepted', 'returned', 'returned_twice', 'completed', 'withdrawn', 'lifted', 'repeated', 'level_raised', 'shared', 'share_ended', 'answered', 'closed', 'cancelled', 'reopened', 'told', 'photo_added', 'document_added', 'photo_smudged', 'photo_removed', 'document_removed', 'read', 'waits', 'resumed', 'asked', 'confirmed', 'declined', 'taken_back', 'handed_over', 'reminded', 'escalated', 'not_ours'])), name='event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['offered', 'accepted', 'in_progress', 'returned', 'done', 'withdrawn'])), name='task_status_known'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('status__in', frozenset(['accepted', 'in_progress', 'offered']))), models.Q(models.Q(('status__in', frozenset(['accepted', 'in_progress', 'offered'])), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='task_ended_at_when_ended'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', False), models.Q(models.Q(('status__in', frozenset(['accepted', 'done', 'in_progress'])), _negated=True), ('accepted_by__isnull', True)), _connector='OR'), name='task_accepted_at_when_accepted'),
        ),
        migrations.AddField(
            model_name='handover',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.organisation'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team'),
        ),
        migrations.AddField(
            model_name='handover',
            name='signal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='signals.signal'),
        ),
        migrations.AddField(
            model_name='handover',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='teams.team', verbose_name='to'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='ended_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='from_organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.organisation'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='from_team',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.handover'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='signal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.signal'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team', verbose_name='to'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['team', 'state'], name='handover_received'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['due_at'], name='handover_pending'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['handover', 'referral', 'outside'])), name='handover_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'confirmed', 'declined', 'withdrawn'])), name='handover_state_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'outside'), ('legal_ground', ''), ('seal', False), ('team__isnull', True), models.Q(('outside', ''), _negated=True)), models.Q(models.Q(('kind', 'outside'), _negated=True), ('outside', ''), ('outside_email', ''), ('team__isnull', False)), _connector='OR'), name='handover_to_a_team_or_outside'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='handover_says_something'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('seal', False), models.Q(('kind', 'handover'), models.Q(('legal_ground', ''), _negated=True)), _connector='OR'), name='handover_seals_on_a_ground'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), ('answer', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(models.Q(('state', 'offered'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='handover_ended_at_when_answered'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('kind', 'outside'), ('state', 'confirmed'), _negated=True)), models.Q(('answer', ''), _negated=True), _connector='OR'), name='handover_declined_or_confirmed_outside_with_words'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('escalated_at__isnull', True), ('reminded_at__isnull', False), _connector='OR'), name='handover_reminds_before_it_escalates'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered'), models.Q(('kind', 'referral'), _negated=True)), fields=('signal',), name='handover_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered'), ('kind', 'referral')), fields=('signal', 'team'), name='handover_one_referral_per_team'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_handoverchange" ("answer", "at", "by_id", "due_at", "ended_at", "ended_by_id", "escalated_at", "from_organisation_id", "from_team_id", "id", "kind", "legal_ground", "outside", "outside_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "seal", "signal_id", "state", "team_id", "text") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."due_at", OLD."ended_at", OLD."ended_by_id", OLD."escalated_at", OLD."from_organisation_id", OLD."from_team_id", OLD."id", OLD."kind", OLD."legal_ground", OLD."outside", OLD."outside_email", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reminded_at", OLD."seal", OLD."signal_id", OLD."state", OLD."team_id", OLD."text"); RETURN NULL;', hash='26bda011fc169eb4127983e132273b2f44a1fe7c', operation='UPDATE', pgid='pgtrigger_update_update_7730a', table='signals_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_handoverchange" ("answer", "at", "by_id", "due_at", "ended_at", "ended_by_id", "escalated_at", "from_organisation_id", "from_team_id", "id", "kind", "legal_ground", "outside", "outside_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "seal", "signal_id", "state", "team_id", "text") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."due_at", OLD."ended_at", OLD."ended_by_id", OLD."escalated_at", OLD."from_organisation_id", OLD."from_team_id", OLD."id", OLD."kind", OLD."legal_ground", OLD."outside", OLD."outside_email", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reminded_at", OLD."seal", OLD."signal_id", OLD."state", OLD."team_id", OLD."text"); RETURN NULL;', hash='64ee93c33638180d56e420033d2ab06e479221ba', operation='DELETE', pgid='pgtrigger_delete_delete_f1416', table='signals_handover', when='AFTER')),
        ),
    ]
