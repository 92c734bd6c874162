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
        ('signals', '0010_notes_between_the_words'),
        ('teams', '0002_working_calendar'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'open'), (1, 'limited'), (2, 'sealed')], default=0, verbose_name='level')),
                ('reference', models.CharField(editable=False, max_length=12, unique=True, verbose_name='reference')),
                ('kind', models.CharField(choices=[('action', 'linked action'), ('hotspot', 'picture of a hotspot'), ('other', 'other')], default='hotspot', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='what it is for')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='outcome')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='area')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='teams.organisation', verbose_name='owner')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='teams.team', verbose_name='team that keeps it')),
            ],
            options={
                'verbose_name': 'dossier',
                'verbose_name_plural': 'dossiers',
                'ordering': ['-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='DossierChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'open'), (1, 'limited'), (2, 'sealed')], default=0, verbose_name='level')),
                ('reference', models.CharField(editable=False, max_length=12, verbose_name='reference')),
                ('kind', models.CharField(choices=[('action', 'linked action'), ('hotspot', 'picture of a hotspot'), ('other', 'other')], default='hotspot', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='what it is for')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='outcome')),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='area')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.organisation', verbose_name='owner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.dossier')),
                ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team', verbose_name='team that keeps it')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DossierEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='signals.dossier')),
                ('signal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dossier_entries', to='signals.signal')),
            ],
        ),
        migrations.CreateModel(
            name='DossierEntryChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.dossier')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.dossierentry')),
                ('signal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.signal')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DossierNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='signals.dossier')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='DossierNoteChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(max_length=5000, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.dossier')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.dossiernote')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['area'], name='dossier_open'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', [0, 1, 2])), name='dossier_level_known'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['action', 'hotspot', 'other'])), name='dossier_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='dossier_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='dossier_closed_at_by_with_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossier',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_dossierchange" ("area_id", "closed_at", "closed_by_id", "id", "kind", "level", "opened_at", "opened_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "team_id", "title") VALUES (OLD."area_id", OLD."closed_at", OLD."closed_by_id", OLD."id", OLD."kind", OLD."level", OLD."opened_at", OLD."opened_by_id", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."purpose", OLD."reference", OLD."team_id", OLD."title"); RETURN NULL;', hash='585af7ac2da76d1d5f2f53e95c8d5a200915d9fe', operation='UPDATE', pgid='pgtrigger_update_update_f33bd', table='signals_dossier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossier',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_dossierchange" ("area_id", "closed_at", "closed_by_id", "id", "kind", "level", "opened_at", "opened_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "team_id", "title") VALUES (OLD."area_id", OLD."closed_at", OLD."closed_by_id", OLD."id", OLD."kind", OLD."level", OLD."opened_at", OLD."opened_by_id", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."reference", OLD."team_id", OLD."title"); RETURN NULL;', hash='f5c7b5703d57d6f78e9b5011fd2fe84f452d68e0', operation='DELETE', pgid='pgtrigger_delete_delete_b4571', table='signals_dossier', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.UniqueConstraint(fields=('dossier', 'signal'), name='dossier_holds_a_signal_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossierentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_dossierentrychange" ("at", "by_id", "dossier_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id") VALUES (OLD."at", OLD."by_id", OLD."dossier_id", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."signal_id"); RETURN NULL;', hash='42b72c2022c61a2443129095f23410c4f8d83ebd', operation='UPDATE', pgid='pgtrigger_update_update_cf3db', table='signals_dossierentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossierentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_dossierentrychange" ("at", "by_id", "dossier_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id") VALUES (OLD."at", OLD."by_id", OLD."dossier_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signal_id"); RETURN NULL;', hash='b69b6bd51425bb48d2f4a4fb7ede468b91cada00', operation='DELETE', pgid='pgtrigger_delete_delete_cc235', table='signals_dossierentry', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='dossiernote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='dossier_note_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossiernote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_dossiernotechange" ("at", "by_id", "dossier_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."at", OLD."by_id", OLD."dossier_id", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."text"); RETURN NULL;', hash='b44576aafa331a0e9614e4d62c920b96ef6d2800', operation='UPDATE', pgid='pgtrigger_update_update_05592', table='signals_dossiernote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossiernote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_dossiernotechange" ("at", "by_id", "dossier_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."at", OLD."by_id", OLD."dossier_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;', hash='c2daa39833b2aa05ced0a49a84086fea5a9ddeb5', operation='DELETE', pgid='pgtrigger_delete_delete_ad689', table='signals_dossiernote', when='AFTER')),
        ),
    ]
