import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
import signals.models.incoming
import signals.models.status_links
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0012_whole_indexes_of_reporters'),
        ('teams', '0002_working_calendar'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('message_id', models.CharField(blank=True, max_length=300)),
                ('sender', models.CharField(blank=True, max_length=254)),
                ('raw', models.FileField(max_length=200, upload_to=signals.models.incoming.stored_as)),
                ('size', models.PositiveIntegerField(help_text='bytes, on the mail server')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('received', 'received'), ('registered', 'became a report'), ('added', 'added to a report'), ('automatic', 'automatic answer'), ('bounce', 'mail that came back'), ('own', 'mail of our own'), ('too_many', 'too many of one sender'), ('unreadable', 'not readable')], default='received', max_length=12)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'incoming mail',
                'verbose_name_plural': 'incoming mail',
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UnprovenAddress',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='unproven_address', serialize=False, to='signals.report')),
                ('email', models.EmailField(max_length=254)),
                ('token', models.CharField(default=signals.models.status_links.new_token, editable=False, max_length=40, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'unproven address',
                'verbose_name_plural': 'unproven addresses',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='category',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='category',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='report',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='report',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='signalevent',
            name='event_kind_known',
        ),
        migrations.AddField(
            model_name='category',
            name='on_web',
            field=models.BooleanField(default=False, help_text='Everybody may report it on the website.', verbose_name='on the public form'),
        ),
        migrations.AddField(
            model_name='categorychange',
            name='on_web',
            field=models.BooleanField(default=False, help_text='Everybody may report it on the website.', verbose_name='on the public form'),
        ),
        migrations.AddField(
            model_name='report',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='later', to='signals.report'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='follows',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.report'),
        ),
        migrations.AlterField(
            model_name='signalevent',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s'), ('followed', 'The reporter adds something, by %(channel)s.'), ('proven', 'The reporter confirmed the mail address.'), ('files_refused', 'Not taken in: %(files)s')], max_length=16),
        ),
        migrations.AlterField(
            model_name='signaleventchange',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.'), ('read', 'Read for the first time.'), ('waits', 'Waits for %(waiting_for)s until %(until)s: %(reason)s'), ('resumed', 'No longer waiting.'), ('asked', '%(handover)s asked of %(receiver)s: “%(text)s”'), ('confirmed', '%(handover)s confirmed by %(receiver)s. %(answer)s'), ('declined', '%(handover)s declined by %(receiver)s: %(answer)s'), ('taken_back', '%(handover)s to %(receiver)s taken back.'), ('handed_over', 'Handed over by %(giver)s to %(receiver)s.'), ('reminded', '%(handover)s: %(receiver)s did not answer yet and was reminded.'), ('escalated', '%(handover)s: still no answer from %(receiver)s. Both sides were told.'), ('not_ours', 'Not ours: %(outcome)s'), ('followed', 'The reporter adds something, by %(channel)s.'), ('proven', 'The reporter confirmed the mail address.'), ('files_refused', 'Not taken in: %(files)s')], max_length=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='category',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_categorychange" ("about_persons", "active", "code", "icon", "id", "level", "name", "on_tablet", "on_web", "order", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public", "public_words", "routine", "task_title", "term_days") VALUES (NEW."about_persons", NEW."active", NEW."code", NEW."icon", NEW."id", NEW."level", NEW."name", NEW."on_tablet", NEW."on_web", NEW."order", NEW."owner_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public", NEW."public_words", NEW."routine", NEW."task_title", NEW."term_days"); RETURN NULL;', hash='e0addf1332f809583daae4e1c47cebc07ca3df3b', operation='INSERT', pgid='pgtrigger_insert_insert_22ad7', table='signals_category', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='category',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_categorychange" ("about_persons", "active", "code", "icon", "id", "level", "name", "on_tablet", "on_web", "order", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public", "public_words", "routine", "task_title", "term_days") VALUES (NEW."about_persons", NEW."active", NEW."code", NEW."icon", NEW."id", NEW."level", NEW."name", NEW."on_tablet", NEW."on_web", NEW."order", NEW."owner_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public", NEW."public_words", NEW."routine", NEW."task_title", NEW."term_days"); RETURN NULL;', hash='d5cb9e7c7f0bf35e67af29c7aad0407463ad2a02', operation='UPDATE', pgid='pgtrigger_update_update_b990d', table='signals_category', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_reportchange" ("answer", "answered_at_once", "category_id", "channel", "description", "external_number", "follows_id", "id", "kind", "latitude", "longitude", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "received_at", "registered_by_id", "signal_id") VALUES (OLD."answer", OLD."answered_at_once", OLD."category_id", OLD."channel", OLD."description", OLD."external_number", OLD."follows_id", OLD."id", OLD."kind", OLD."latitude", OLD."longitude", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."received_at", OLD."registered_by_id", OLD."signal_id"); RETURN NULL;', hash='4b20cabc78729ab74014c624457c18743c0fd7e2', operation='UPDATE', pgid='pgtrigger_update_update_80977', table='signals_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_reportchange" ("answer", "answered_at_once", "category_id", "channel", "description", "external_number", "follows_id", "id", "kind", "latitude", "longitude", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "received_at", "registered_by_id", "signal_id") VALUES (OLD."answer", OLD."answered_at_once", OLD."category_id", OLD."channel", OLD."description", OLD."external_number", OLD."follows_id", OLD."id", OLD."kind", OLD."latitude", OLD."longitude", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."received_at", OLD."registered_by_id", OLD."signal_id"); RETURN NULL;', hash='faeaaee05027126c0da3eb2c7b17a0dfb8201aa9', operation='DELETE', pgid='pgtrigger_delete_delete_59141', table='signals_report', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='signalevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'joined', 'offered', 'accepted', 'returned', 'returned_twice', 'completed', 'withdrawn', 'lifted', 'repeated', 'level_raised', 'shared', 'share_ended', 'answered', 'closed', 'cancelled', 'reopened', 'told', 'photo_added', 'document_added', 'photo_smudged', 'photo_removed', 'document_removed', 'read', 'waits', 'resumed', 'asked', 'confirmed', 'declined', 'taken_back', 'handed_over', 'reminded', 'escalated', 'not_ours', 'followed', 'proven', 'files_refused'])), name='event_kind_known'),
        ),
        migrations.AddField(
            model_name='incomingmail',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.organisation'),
        ),
        migrations.AddField(
            model_name='incomingmail',
            name='report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='signals.report'),
        ),
        migrations.AddField(
            model_name='incomingmail',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='unprovenaddress',
            index=models.Index(django.db.models.functions.text.Lower('email'), name='unproven_email'),
        ),
        migrations.AddIndex(
            model_name='incomingmail',
            index=models.Index(fields=['sender', '-received_at'], name='mail_of_sender'),
        ),
        migrations.AddIndex(
            model_name='incomingmail',
            index=models.Index(condition=models.Q(('settled_at__isnull', True), ('state__in', ['automatic', 'received', 'too_many', 'unreadable'])), fields=['received_at'], name='mail_left_over'),
        ),
        migrations.AddConstraint(
            model_name='incomingmail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'registered', 'added', 'automatic', 'bounce', 'own', 'too_many', 'unreadable'])), name='mail_state_known'),
        ),
        migrations.AddConstraint(
            model_name='incomingmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='mail_settled_at_by'),
        ),
        migrations.AddConstraint(
            model_name='incomingmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['registered', 'added']), _negated=True), ('report__isnull', False), _connector='OR'), name='mail_registered_as_a_report'),
        ),
        migrations.AddConstraint(
            model_name='incomingmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['unreadable', 'too_many']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='mail_refused_with_words'),
        ),
    ]
