import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reservations", "0012_activities_on_days_of_their_own"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="openingperiod",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="openingperiod",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="room",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="room",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="openingperiod",
            name="described",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="hours"),
        ),
        migrations.AddField(
            model_name="openingperiodchange",
            name="described",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="hours"),
        ),
        migrations.AddField(
            model_name="room",
            name="described",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="spaces and set-ups"),
        ),
        migrations.AddField(
            model_name="roomchange",
            name="described",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="spaces and set-ups"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_openingperiodchange" ("building_id", "described", "ends", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "starts") VALUES (OLD."building_id", OLD."described", OLD."ends", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."room_id", OLD."starts"); RETURN NULL;',
                    hash="98a7fe0544ec22125e2463137265267f7d91a14e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2c4a9",
                    table="reservations_openingperiod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_openingperiodchange" ("building_id", "described", "ends", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "starts") VALUES (OLD."building_id", OLD."described", OLD."ends", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."room_id", OLD."starts"); RETURN NULL;',
                    hash="5448df60d5737f34f55d06eb6d85259ac790f0b5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b7c7d",
                    table="reservations_openingperiod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_roomchange" ("building_id", "code", "described", "description", "features", "hold_hours", "id", "is_example", "name", "needs_approval", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tariff_id", "turnaround", "withdrawn_at") VALUES (OLD."building_id", OLD."code", OLD."described", OLD."description", OLD."features", OLD."hold_hours", OLD."id", OLD."is_example", OLD."name", OLD."needs_approval", OLD."notice_days", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."source", OLD."tariff_id", OLD."turnaround", OLD."withdrawn_at"); RETURN NULL;',
                    hash="fe0a6bdc1648ff50ff4f5992b8b20d5865726a2f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_df9da",
                    table="reservations_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_roomchange" ("building_id", "code", "described", "description", "features", "hold_hours", "id", "is_example", "name", "needs_approval", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tariff_id", "turnaround", "withdrawn_at") VALUES (OLD."building_id", OLD."code", OLD."described", OLD."description", OLD."features", OLD."hold_hours", OLD."id", OLD."is_example", OLD."name", OLD."needs_approval", OLD."notice_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."tariff_id", OLD."turnaround", OLD."withdrawn_at"); RETURN NULL;',
                    hash="3fe6e05bc5072aa56492de9573aa3d676b00ddfc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4ae5f",
                    table="reservations_room",
                    when="AFTER",
                ),
            ),
        ),
    ]
