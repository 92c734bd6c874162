import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reservations', '0017_history_without_keys'),
        ('teams', '0003_mail_choices'),
        ('teams', '__first__'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='loan',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='loan',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='loan',
            name='loan_picked_up_by_and_at',
        ),
        migrations.AddField(
            model_name='loan',
            name='picked_up_condition',
            field=models.CharField(blank=True, max_length=400, verbose_name='how it went along'),
        ),
        migrations.AddField(
            model_name='loanchange',
            name='picked_up_condition',
            field=models.CharField(blank=True, max_length=400, verbose_name='how it went along'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reservations_loanchange" ("answer", "association_id", "booking_id", "created_at", "created_by_id", "ends", "equipment_id", "id", "is_shared", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "picked_up_condition", "quantity", "returned_at", "returned_by_id", "returned_condition", "returned_quantity", "starts", "state", "team_id", "title") VALUES (OLD."answer", OLD."association_id", OLD."booking_id", OLD."created_at", OLD."created_by_id", OLD."ends", OLD."equipment_id", OLD."id", OLD."is_shared", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."picked_up_at", OLD."picked_up_by_id", OLD."picked_up_condition", OLD."quantity", OLD."returned_at", OLD."returned_by_id", OLD."returned_condition", OLD."returned_quantity", OLD."starts", OLD."state", OLD."team_id", OLD."title"); RETURN NULL;', hash='4654af012e018ef1581c68a4af33822d09d1100a', operation='UPDATE', pgid='pgtrigger_update_update_b5134', table='reservations_loan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reservations_loanchange" ("answer", "association_id", "booking_id", "created_at", "created_by_id", "ends", "equipment_id", "id", "is_shared", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "picked_up_condition", "quantity", "returned_at", "returned_by_id", "returned_condition", "returned_quantity", "starts", "state", "team_id", "title") VALUES (OLD."answer", OLD."association_id", OLD."booking_id", OLD."created_at", OLD."created_by_id", OLD."ends", OLD."equipment_id", OLD."id", OLD."is_shared", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."picked_up_at", OLD."picked_up_by_id", OLD."picked_up_condition", OLD."quantity", OLD."returned_at", OLD."returned_by_id", OLD."returned_condition", OLD."returned_quantity", OLD."starts", OLD."state", OLD."team_id", OLD."title"); RETURN NULL;', hash='827345e47f686b92607fc7cf83efee5e4e044caf', operation='DELETE', pgid='pgtrigger_delete_delete_dfead', table='reservations_loan', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='loan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('picked_up_at__isnull', False), ('state__in', ['out', 'returned'])), models.Q(('picked_up_at__isnull', True), ('state__in', ['asked', 'confirmed', 'cancelled']), ('picked_up_by__isnull', True), ('picked_up_condition', '')), _connector='OR'), name='loan_picked_up_by_and_at'),
        ),
    ]
