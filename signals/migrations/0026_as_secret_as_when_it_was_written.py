import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# As secret as their signal was at that moment, which its history tells, and as it is today. Before the triggers are
# there: nobody changed these rows.
LEVEL_THEN = """
    UPDATE {table} AS r SET level = greatest(s.level, coalesce(
        (SELECT c.level FROM signals_signalchange AS c
         WHERE c.pgh_obj_id = s.id AND c.pgh_created_at >= r.at ORDER BY c.pgh_id LIMIT 1), s.level))
    FROM signals_signal AS s WHERE s.id = r.signal_id
"""
TABLES = ["signals_handover", "signals_handoverchange", "signals_signaltag", "signals_signaltagchange"]


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0025_statistics_of_words'),
        ('teams', '0003_mail_choices'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='handover',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='handover',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='signaltag',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='signaltag',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='handover',
            name='level',
            field=models.PositiveSmallIntegerField(choices=[(0, 'open'), (1, 'limited'), (2, 'sealed')], default=0, verbose_name='level'),
        ),
        migrations.AddField(
            model_name='handoverchange',
            name='level',
            field=models.PositiveSmallIntegerField(choices=[(0, 'open'), (1, 'limited'), (2, 'sealed')], default=0, verbose_name='level'),
        ),
        migrations.AddField(
            model_name='signaltag',
            name='level',
            field=models.PositiveSmallIntegerField(choices=[(0, 'open'), (1, 'limited'), (2, 'sealed')], default=0, verbose_name='level'),
        ),
        migrations.AddField(
            model_name='signaltagchange',
            name='level',
            field=models.PositiveSmallIntegerField(choices=[(0, 'open'), (1, 'limited'), (2, 'sealed')], default=0, verbose_name='level'),
        ),
        migrations.RunSQL([LEVEL_THEN.format(table=table) for table in TABLES], migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='never_below_its_signal', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.level = greatest(\n                NEW.level, (SELECT level FROM signals_signal WHERE id = NEW.signal_id)\n            );\n            RETURN NEW;\n        ', hash='6140a1a323eff9fd113cdf72ea1efe9de4b826a3', operation='INSERT OR UPDATE OF "level", "signal_id"', pgid='pgtrigger_never_below_its_signal_91652', table='signals_handover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_handoverchange" ("answer", "at", "by_id", "due_at", "ended_at", "ended_by_id", "escalated_at", "from_organisation_id", "from_team_id", "id", "kind", "legal_ground", "level", "outside", "outside_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "seal", "signal_id", "state", "team_id", "text") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."due_at", OLD."ended_at", OLD."ended_by_id", OLD."escalated_at", OLD."from_organisation_id", OLD."from_team_id", OLD."id", OLD."kind", OLD."legal_ground", OLD."level", OLD."outside", OLD."outside_email", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reminded_at", OLD."seal", OLD."signal_id", OLD."state", OLD."team_id", OLD."text"); RETURN NULL;', hash='dfdf56507b3a7c748484770015575ae2ed7bda24', operation='UPDATE', pgid='pgtrigger_update_update_7730a', table='signals_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_handoverchange" ("answer", "at", "by_id", "due_at", "ended_at", "ended_by_id", "escalated_at", "from_organisation_id", "from_team_id", "id", "kind", "legal_ground", "level", "outside", "outside_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "seal", "signal_id", "state", "team_id", "text") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."due_at", OLD."ended_at", OLD."ended_by_id", OLD."escalated_at", OLD."from_organisation_id", OLD."from_team_id", OLD."id", OLD."kind", OLD."legal_ground", OLD."level", OLD."outside", OLD."outside_email", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reminded_at", OLD."seal", OLD."signal_id", OLD."state", OLD."team_id", OLD."text"); RETURN NULL;', hash='cc9a7706f7575a55aca16fb478a23cae57fb7af3', operation='DELETE', pgid='pgtrigger_delete_delete_f1416', table='signals_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signaltag',
            trigger=pgtrigger.compiler.Trigger(name='never_below_its_signal', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.level = greatest(\n                NEW.level, (SELECT level FROM signals_signal WHERE id = NEW.signal_id)\n            );\n            RETURN NEW;\n        ', hash='74bc8b65c9e9c6bfa338f0e84ab128c1a92d6052', operation='INSERT OR UPDATE OF "level", "signal_id"', pgid='pgtrigger_never_below_its_signal_f6327', table='signals_signaltag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signaltag',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_signaltagchange" ("at", "by_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "tag_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."signal_id", OLD."tag_id"); RETURN NULL;', hash='b2be9df8d64f230bf7359cf40dec344b88bdefe9', operation='UPDATE', pgid='pgtrigger_update_update_f469b', table='signals_signaltag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signaltag',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_signaltagchange" ("at", "by_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "tag_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signal_id", OLD."tag_id"); RETURN NULL;', hash='e81c13e117381dcc3a223d8d13e0202e679c6b6d', operation='DELETE', pgid='pgtrigger_delete_delete_68a54', table='signals_signaltag', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', [0, 1, 2])), name='handover_level_known'),
        ),
        migrations.AddConstraint(
            model_name='signaltag',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', [0, 1, 2])), name='signaltag_level_known'),
        ),
    ]
