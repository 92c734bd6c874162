import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import signals.models.attachments
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('signals', '0002_standard_texts'),
        ('teams', '0002_working_calendar'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='attachment',
            options={'ordering': ['at', 'id'], 'verbose_name': 'photo or document', 'verbose_name_plural': 'photos and documents'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='attachment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='attachment',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_once_per_signal',
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='signalevent',
            name='event_kind_known',
        ),
        migrations.AddField(
            model_name='attachment',
            name='description',
            field=models.CharField(blank=True, max_length=300, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='kind',
            field=models.CharField(choices=[('photo', 'photo'), ('document', 'document')], default='photo', max_length=8),
        ),
        migrations.AddField(
            model_name='attachment',
            name='lost_at',
            field=models.DateTimeField(blank=True, help_text='when a sweep first missed its file', null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='name',
            field=models.CharField(blank=True, help_text='of a document; photos have none', max_length=100, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='pages',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='smudged_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='smudged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attachment',
            name='thumbnail',
            field=models.FileField(blank=True, upload_to=signals.models.attachments.thumbnail_stored_as),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='description',
            field=models.CharField(blank=True, max_length=300, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='kind',
            field=models.CharField(choices=[('photo', 'photo'), ('document', 'document')], default='photo', max_length=8),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='lost_at',
            field=models.DateTimeField(blank=True, help_text='when a sweep first missed its file', null=True),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='name',
            field=models.CharField(blank=True, help_text='of a document; photos have none', max_length=100, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='pages',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='smudged_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='smudged_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attachmentchange',
            name='thumbnail',
            field=models.FileField(blank=True, upload_to=signals.models.attachments.thumbnail_stored_as),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='height',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='sha256',
            field=models.CharField(help_text='of the file as it was sent, by which a tablet knows it', max_length=64),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='width',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='attachmentchange',
            name='height',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='attachmentchange',
            name='sha256',
            field=models.CharField(help_text='of the file as it was sent, by which a tablet knows it', max_length=64),
        ),
        migrations.AlterField(
            model_name='attachmentchange',
            name='width',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='signalevent',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.')], max_length=16),
        ),
        migrations.AlterField(
            model_name='signaleventchange',
            name='kind',
            field=models.CharField(choices=[('registered', 'Reported by %(channel)s.'), ('joined', 'Another report joined, by %(channel)s.'), ('offered', 'Task “%(title)s” offered to %(team)s.'), ('accepted', '%(team)s accepted “%(title)s”.'), ('returned', '%(team)s returned “%(title)s”: %(outcome)s'), ('returned_twice', 'Returned %(count)s times: the coordinators decide.'), ('completed', '%(team)s did “%(title)s”: %(outcome)s'), ('withdrawn', 'Task “%(title)s” for %(team)s withdrawn.'), ('lifted', 'Lifted to the area inbox.'), ('repeated', 'Reported %(count)s times in 30 days: lifted to the area inbox.'), ('level_raised', 'Made more secret.'), ('shared', 'A sentence shared with %(team)s.'), ('share_ended', 'Sharing with %(team)s ended.'), ('answered', 'Answered at once: %(outcome)s'), ('closed', 'Closed: %(outcome)s'), ('cancelled', 'Cancelled: %(reason)s'), ('reopened', 'Reopened: %(reason)s'), ('told', 'The reporter gets a mail.'), ('photo_added', 'A photo added.'), ('document_added', 'A document added.'), ('photo_smudged', 'A photo made unrecognisable in places.'), ('photo_removed', 'A photo removed.'), ('document_removed', 'A document removed.')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('kind', 'photo'), ('thumbnail', '')), fields=['at'], name='attachment_without_thumbnail'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_attachmentchange" ("at", "by_id", "description", "file", "height", "id", "kind", "level", "lost_at", "name", "organisation_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "sha256", "signal_id", "size", "smudged_at", "smudged_by_id", "team_id", "thumbnail", "width") VALUES (OLD."at", OLD."by_id", OLD."description", OLD."file", OLD."height", OLD."id", OLD."kind", OLD."level", OLD."lost_at", OLD."name", OLD."organisation_id", OLD."pages", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."report_id", OLD."sha256", OLD."signal_id", OLD."size", OLD."smudged_at", OLD."smudged_by_id", OLD."team_id", OLD."thumbnail", OLD."width"); RETURN NULL;', hash='20dcb640e86a475c7dc7db0716cf1678d171c1f7', operation='UPDATE', pgid='pgtrigger_update_update_4330b', table='signals_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_attachmentchange" ("at", "by_id", "description", "file", "height", "id", "kind", "level", "lost_at", "name", "organisation_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "sha256", "signal_id", "size", "smudged_at", "smudged_by_id", "team_id", "thumbnail", "width") VALUES (OLD."at", OLD."by_id", OLD."description", OLD."file", OLD."height", OLD."id", OLD."kind", OLD."level", OLD."lost_at", OLD."name", OLD."organisation_id", OLD."pages", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."sha256", OLD."signal_id", OLD."size", OLD."smudged_at", OLD."smudged_by_id", OLD."team_id", OLD."thumbnail", OLD."width"); RETURN NULL;', hash='495d0b6f3c5729d0373bb4c84e20fcf70cb640c2', operation='DELETE', pgid='pgtrigger_delete_delete_740f2', table='signals_attachment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(condition=models.Q(('level', 0)), fields=('signal', 'sha256'), name='attachment_open_once_per_signal'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('height__gte', 1), ('kind', 'photo'), ('pages__isnull', True), ('width__gte', 1)), models.Q(('height__isnull', True), ('kind', 'document'), ('pages__gte', 1), ('thumbnail', ''), ('width__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='attachment_is_photo_or_document'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='attachment_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('smudged_at__isnull', True), ('smudged_by__isnull', True)), models.Q(('kind', 'photo'), ('smudged_at__isnull', False), ('smudged_by__isnull', False)), _connector='OR'), name='attachment_smudged_at_by'),
        ),
        migrations.AddConstraint(
            model_name='signalevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'joined', 'offered', 'accepted', 'returned', 'returned_twice', 'completed', 'withdrawn', 'lifted', 'repeated', 'level_raised', 'shared', 'share_ended', 'answered', 'closed', 'cancelled', 'reopened', 'told', 'photo_added', 'document_added', 'photo_smudged', 'photo_removed', 'document_removed'])), name='event_kind_known'),
        ),
    ]
