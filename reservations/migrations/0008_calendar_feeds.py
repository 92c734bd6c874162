import django.db.models.deletion
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('reservations', '0007_equipment_and_loans'),
        ('teams', '0003_mail_choices'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('person', 'my bookings'), ('team', 'team'), ('building', 'building'), ('room', 'room')], max_length=8, verbose_name='kind')),
                ('hashed', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_read_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, help_text='of what it said when it was last read', max_length=64)),
                ('changed_at', models.DateTimeField(blank=True, help_text='when it first said that', null=True)),
                ('building', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='reservations.building')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='reservations.room')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='teams.team')),
            ],
            options={
                'verbose_name': 'calendar subscription',
                'verbose_name_plural': 'calendar subscriptions',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='FeedChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('person', 'my bookings'), ('team', 'team'), ('building', 'building'), ('room', 'room')], max_length=8, verbose_name='kind')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('building', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reservations.building')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='reservations.feed')),
                ('revoked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reservations.room')),
                ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='feed',
            index=models.Index(fields=['owner', '-created_at'], name='feed_of_owner'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('building__isnull', True), ('kind', 'room'), ('room__isnull', False), ('team__isnull', True)), models.Q(('building__isnull', False), ('kind', 'building'), ('room__isnull', True), ('team__isnull', True)), models.Q(('building__isnull', True), ('kind', 'team'), ('room__isnull', True), ('team__isnull', False)), models.Q(('building__isnull', True), ('kind', 'person'), ('room__isnull', True), ('team__isnull', True)), _connector='OR'), name='feed_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'team', 'building', 'room'])), name='feed_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='feed_revoked_at_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id"))', func='INSERT INTO "reservations_feedchange" ("building_id", "created_at", "id", "kind", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "room_id", "team_id") VALUES (OLD."building_id", OLD."created_at", OLD."id", OLD."kind", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."revoked_at", OLD."revoked_by_id", OLD."room_id", OLD."team_id"); RETURN NULL;', hash='bb2e48213d0430c768ed3ef3fb91652f295980ad', operation='UPDATE', pgid='pgtrigger_update_update_d519f', table='reservations_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reservations_feedchange" ("building_id", "created_at", "id", "kind", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "room_id", "team_id") VALUES (OLD."building_id", OLD."created_at", OLD."id", OLD."kind", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."revoked_by_id", OLD."room_id", OLD."team_id"); RETURN NULL;', hash='336909530fe21bc2684baec52e042cac3f8ff8f6', operation='DELETE', pgid='pgtrigger_delete_delete_4ac23', table='reservations_feed', when='AFTER')),
        ),
    ]
