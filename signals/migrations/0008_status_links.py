import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import signals.models.status_links
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('signals', '0007_states_handovers_and_waiting'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatusLinkChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('score', models.PositiveSmallIntegerField(blank=True, choices=[(3, 'satisfied'), (2, 'so-so'), (1, 'not satisfied')], null=True, verbose_name='satisfaction')),
                ('rated_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatusLink',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='status_link', serialize=False, to='signals.report')),
                ('token', models.CharField(default=signals.models.status_links.new_token, editable=False, max_length=40, null=True, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('score', models.PositiveSmallIntegerField(blank=True, choices=[(3, 'satisfied'), (2, 'so-so'), (1, 'not satisfied')], null=True, verbose_name='satisfaction')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='what could be better')),
                ('rated_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'status page',
                'verbose_name_plural': 'status pages',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('comment', ''), ('rated_at__isnull', True), ('score__isnull', True)), models.Q(('rated_at__isnull', False), ('score__in', [3, 2, 1])), _connector='OR'), name='status_link_rated_at_when_rated')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuslink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."rated_at" IS DISTINCT FROM (NEW."rated_at") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."score" IS DISTINCT FROM (NEW."score"))', func='INSERT INTO "signals_statuslinkchange" ("made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_at", "report_id", "score") VALUES (OLD."made_at", _pgh_attach_context(), NOW(), \'update\', OLD."report_id", OLD."rated_at", OLD."report_id", OLD."score"); RETURN NULL;', hash='08dfe75e76a009b5db011046c37c8b1e162a8cc9', operation='UPDATE', pgid='pgtrigger_update_update_29c3b', table='signals_statuslink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuslink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_statuslinkchange" ("made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_at", "report_id", "score") VALUES (OLD."made_at", _pgh_attach_context(), NOW(), \'delete\', OLD."report_id", OLD."rated_at", OLD."report_id", OLD."score"); RETURN NULL;', hash='aa73e27225540cef5bfa9fc7a0b70505e6774b07', operation='DELETE', pgid='pgtrigger_delete_delete_3fa73', table='signals_statuslink', when='AFTER')),
        ),
        migrations.AddField(
            model_name='statuslinkchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='statuslinkchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.statuslink'),
        ),
        migrations.AddField(
            model_name='statuslinkchange',
            name='report',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='signals.report'),
        ),
    ]
