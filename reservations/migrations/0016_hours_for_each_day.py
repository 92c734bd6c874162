import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_addresses"),
        ("reservations", "0015_hours_past_midnight"),
        ("teams", "0003_mail_choices"),
        ("teams", "__first__"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="activity",
            name="day_ends",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TimeField(), blank=True, default=list, verbose_name="until, on each of these days"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="day_starts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TimeField(), blank=True, default=list, verbose_name="from, on each of these days"
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="day_ends",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TimeField(), blank=True, default=list, verbose_name="until, on each of these days"
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="day_starts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TimeField(), blank=True, default=list, verbose_name="from, on each of these days"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_activitychange" ("area_id", "association_id", "booking_id", "building_id", "cancelled_on", "contact_line", "created_at", "created_by_id", "day_ends", "day_starts", "days", "description", "end_time", "first_on", "id", "interval", "is_example", "is_public", "kind", "nth", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "series_id", "skips_public_holidays", "skips_school_holidays", "start_time", "targets", "title", "uit_digest", "uit_id", "until", "weekdays") VALUES (OLD."area_id", OLD."association_id", OLD."booking_id", OLD."building_id", OLD."cancelled_on", OLD."contact_line", OLD."created_at", OLD."created_by_id", OLD."day_ends", OLD."day_starts", OLD."days", OLD."description", OLD."end_time", OLD."first_on", OLD."id", OLD."interval", OLD."is_example", OLD."is_public", OLD."kind", OLD."nth", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."price", OLD."series_id", OLD."skips_public_holidays", OLD."skips_school_holidays", OLD."start_time", OLD."targets", OLD."title", OLD."uit_digest", OLD."uit_id", OLD."until", OLD."weekdays"); RETURN NULL;',
                    hash="0226b13253941ad4d8558fd65ab584da20a7d379",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a09b6",
                    table="reservations_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_activitychange" ("area_id", "association_id", "booking_id", "building_id", "cancelled_on", "contact_line", "created_at", "created_by_id", "day_ends", "day_starts", "days", "description", "end_time", "first_on", "id", "interval", "is_example", "is_public", "kind", "nth", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "series_id", "skips_public_holidays", "skips_school_holidays", "start_time", "targets", "title", "uit_digest", "uit_id", "until", "weekdays") VALUES (OLD."area_id", OLD."association_id", OLD."booking_id", OLD."building_id", OLD."cancelled_on", OLD."contact_line", OLD."created_at", OLD."created_by_id", OLD."day_ends", OLD."day_starts", OLD."days", OLD."description", OLD."end_time", OLD."first_on", OLD."id", OLD."interval", OLD."is_example", OLD."is_public", OLD."kind", OLD."nth", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."price", OLD."series_id", OLD."skips_public_holidays", OLD."skips_school_holidays", OLD."start_time", OLD."targets", OLD."title", OLD."uit_digest", OLD."uit_id", OLD."until", OLD."weekdays"); RETURN NULL;',
                    hash="700a53acc788be27472a7d6b14ff97c94a66c416",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b3d28",
                    table="reservations_activity",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("day_ends__len", 0), ("day_starts__len", 0)),
                    models.Q(("day_ends__len", models.F("days__len")), ("day_starts__len", models.F("days__len"))),
                    _connector="OR",
                ),
                name="activity_hours_for_each_day",
            ),
        ),
    ]
