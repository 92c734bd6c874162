import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0017_mentions'),
        ('teams', '__first__'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='task',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='task',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='signalevent',
            name='event_kind_known',
        ),
        migrations.AddField(
            model_name='task',
            name='escalated_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='taskchange',
            name='escalated_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='taskchange',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='signalevent',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s'), ('followed', 'The reporter adds something, by %(channel)s.'), ('proven', 'The reporter confirmed the mail address.'), ('files_refused', 'Not taken in: %(files)s'), ('offer_reminded', '%(team)s did not answer yet and was reminded.'), ('offer_escalated', 'Still no answer of %(team)s. The coordinators of both were told.'), ('begun', '%(team)s began with “%(title)s”.'), ('merged', 'Joined with another signal.'), ('took_in', '%(count)s reports of another signal joined.'), ('separated', 'The joining undone.'), ('split_off', '%(count)s reports went on as a signal of their own.'), ('split_from', 'Split off from another signal.')], max_length=16),
        ),
        migrations.AlterField(
            model_name='signaleventchange',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s'), ('followed', 'The reporter adds something, by %(channel)s.'), ('proven', 'The reporter confirmed the mail address.'), ('files_refused', 'Not taken in: %(files)s'), ('offer_reminded', '%(team)s did not answer yet and was reminded.'), ('offer_escalated', 'Still no answer of %(team)s. The coordinators of both were told.'), ('begun', '%(team)s began with “%(title)s”.'), ('merged', 'Joined with another signal.'), ('took_in', '%(count)s reports of another signal joined.'), ('separated', 'The joining undone.'), ('split_off', '%(count)s reports went on as a signal of their own.'), ('split_from', 'Split off from another signal.')], max_length=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_taskchange" ("accepted_at", "accepted_by_id", "due_at", "ended_at", "ended_by_id", "escalated_at", "id", "level", "offered_at", "offered_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "reminded_at", "signal_id", "status", "team_id", "title") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."due_at", OLD."ended_at", OLD."ended_by_id", OLD."escalated_at", OLD."id", OLD."level", OLD."offered_at", OLD."offered_by_id", OLD."outcome", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."post_id", OLD."reminded_at", OLD."signal_id", OLD."status", OLD."team_id", OLD."title"); RETURN NULL;', hash='9aa15fd43c7b8c3e01ecf07ba56a8e394260a1af', operation='UPDATE', pgid='pgtrigger_update_update_5afde', table='signals_task', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_taskchange" ("accepted_at", "accepted_by_id", "due_at", "ended_at", "ended_by_id", "escalated_at", "id", "level", "offered_at", "offered_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "reminded_at", "signal_id", "status", "team_id", "title") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."due_at", OLD."ended_at", OLD."ended_by_id", OLD."escalated_at", OLD."id", OLD."level", OLD."offered_at", OLD."offered_by_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_id", OLD."reminded_at", OLD."signal_id", OLD."status", OLD."team_id", OLD."title"); RETURN NULL;', hash='e7ff105a95f0f46719d6eb63f65347af8d1f4c29', operation='DELETE', pgid='pgtrigger_delete_delete_09de7', table='signals_task', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='signalevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'joined', 'offered', 'accepted', 'returned', 'returned_twice', 'completed', 'withdrawn', 'lifted', 'repeated', 'level_raised', 'shared', 'share_ended', 'answered', 'closed', 'cancelled', 'reopened', 'told', 'photo_added', 'document_added', 'photo_smudged', 'photo_removed', 'document_removed', 'read', 'waits', 'resumed', 'asked', 'confirmed', 'declined', 'taken_back', 'handed_over', 'reminded', 'escalated', 'not_ours', 'followed', 'proven', 'files_refused', 'offer_reminded', 'offer_escalated', 'begun', 'merged', 'took_in', 'separated', 'split_off', 'split_from'])), name='event_kind_known'),
        ),
    ]
