import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("reservations", "0006_closure_says_lifted"),
        ("teams", "0003_mail_choices"),
        ("teams", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Equipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("quantity", models.PositiveIntegerField(verbose_name="how many there are")),
                (
                    "unusable",
                    models.PositiveIntegerField(
                        default=0, help_text="These cannot be lent.", verbose_name="of which lost or broken"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="Pieces, parts of two metres, sets. Empty is pieces.",
                        max_length=20,
                        verbose_name="counted in",
                    ),
                ),
                ("condition", models.TextField(blank=True, max_length=1000, verbose_name="condition and use")),
                (
                    "is_portable",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise it goes with a room of that building alone.",
                        verbose_name="may leave the building",
                    ),
                ),
                (
                    "needs_approval",
                    models.BooleanField(default=False, verbose_name="somebody of the building says yes first"),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="equipment",
                        to="reservations.building",
                        verbose_name="where it lies",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.organisation",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of equipment",
                "verbose_name_plural": "equipment",
                "ordering": ["name", "building__name"],
            },
        ),
        migrations.CreateModel(
            name="EquipmentChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("quantity", models.PositiveIntegerField(verbose_name="how many there are")),
                (
                    "unusable",
                    models.PositiveIntegerField(
                        default=0, help_text="These cannot be lent.", verbose_name="of which lost or broken"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="Pieces, parts of two metres, sets. Empty is pieces.",
                        max_length=20,
                        verbose_name="counted in",
                    ),
                ),
                ("condition", models.TextField(blank=True, max_length=1000, verbose_name="condition and use")),
                (
                    "is_portable",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise it goes with a room of that building alone.",
                        verbose_name="may leave the building",
                    ),
                ),
                (
                    "needs_approval",
                    models.BooleanField(default=False, verbose_name="somebody of the building says yes first"),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                (
                    "building",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.building",
                        verbose_name="where it lies",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="teams.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="reservations.equipment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="what for")),
                ("is_shared", models.BooleanField(default=True, verbose_name="others may see what for")),
                ("quantity", models.PositiveIntegerField(verbose_name="how many")),
                ("starts", models.DateTimeField(verbose_name="from")),
                ("ends", models.DateTimeField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("confirmed", "confirmed"),
                            ("out", "handed out"),
                            ("returned", "back"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="answer")),
                ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="back in order")),
                ("returned_condition", models.CharField(blank=True, max_length=400, verbose_name="how it came back")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reservations.association",
                        verbose_name="association",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="reservations.booking",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="loans", to="reservations.equipment"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.organisation",
                    ),
                ),
                (
                    "picked_up_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "loan",
                "verbose_name_plural": "loans",
                "ordering": ["starts", "equipment"],
            },
        ),
        migrations.CreateModel(
            name="LoanChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="what for")),
                ("is_shared", models.BooleanField(default=True, verbose_name="others may see what for")),
                ("quantity", models.PositiveIntegerField(verbose_name="how many")),
                ("starts", models.DateTimeField(verbose_name="from")),
                ("ends", models.DateTimeField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("confirmed", "confirmed"),
                            ("out", "handed out"),
                            ("returned", "back"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="answer")),
                ("picked_up_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="back in order")),
                ("returned_condition", models.CharField(blank=True, max_length=400, verbose_name="how it came back")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.association",
                        verbose_name="association",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.booking",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "equipment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.equipment",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="teams.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="reservations.loan",
                    ),
                ),
                (
                    "picked_up_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="teams.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(fields=("building", "name"), name="equipment_one_name_per_building"),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="equipment_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("unusable__lte", models.F("quantity"))),
                name="equipment_no_more_broken_than_there_is",
                violation_error_message="More pieces cannot be broken than there are.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="equipment",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_less_than_lent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE touched bigint; there bigint; lent bigint;",
                    func="touched := NEW.id; \n    PERFORM pg_advisory_xact_lock(hashtext('equipment of rooms'), touched::int);\n    SELECT quantity - unusable INTO there FROM reservations_equipment WHERE id = touched;\n    SELECT greatest(\n        (SELECT max(total) FROM (\n            SELECT sum(delta) OVER (ORDER BY moment, delta) AS total FROM (\n                SELECT starts AS moment, quantity AS delta FROM reservations_loan\n                    WHERE equipment_id = touched AND state IN ('confirmed', 'out') AND ends > now()\n                UNION ALL SELECT ends, -quantity FROM reservations_loan\n                    WHERE equipment_id = touched AND state IN ('confirmed', 'out') AND ends > now()\n            ) AS steps\n        ) AS line),\n        (SELECT sum(quantity) FROM reservations_loan WHERE equipment_id = touched AND state = 'out')\n    ) INTO lent;\n    IF lent > there THEN\n        RAISE EXCEPTION 'Of equipment % there are %, and % would be lent at one moment', touched, there, lent\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_never_too_much';\n    END IF;\n    RETURN NULL;\n",
                    hash="935c061267f8a943def7c595b637fa18c4927f43",
                    operation='UPDATE OF "quantity", "unusable"',
                    pgid="pgtrigger_is_not_less_than_lent_c8498",
                    table="reservations_equipment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="equipment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_equipmentchange" ("building_id", "code", "condition", "id", "is_example", "is_portable", "name", "needs_approval", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "source", "unit", "unusable") VALUES (OLD."building_id", OLD."code", OLD."condition", OLD."id", OLD."is_example", OLD."is_portable", OLD."name", OLD."needs_approval", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."quantity", OLD."source", OLD."unit", OLD."unusable"); RETURN NULL;',
                    hash="e6bfadbad39b66313621f63b983947be52b55dca",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_99f17",
                    table="reservations_equipment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="equipment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_equipmentchange" ("building_id", "code", "condition", "id", "is_example", "is_portable", "name", "needs_approval", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "source", "unit", "unusable") VALUES (OLD."building_id", OLD."code", OLD."condition", OLD."id", OLD."is_example", OLD."is_portable", OLD."name", OLD."needs_approval", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."source", OLD."unit", OLD."unusable"); RETURN NULL;',
                    hash="abb200206832756c7f1d069e2947a76fb40c8160",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f9491",
                    table="reservations_equipment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(fields=["equipment", "starts"], name="loan_of_equipment"),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(condition=models.Q(("state", "out")), fields=["ends"], name="loan_out"),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("association__isnull", True),
                        ("booking__isnull", False),
                        ("organisation__isnull", True),
                        ("team__isnull", True),
                        ("title", ""),
                    ),
                    models.Q(
                        ("association__isnull", True),
                        ("booking__isnull", True),
                        ("organisation__isnull", False),
                        models.Q(("title", ""), _negated=True),
                    ),
                    models.Q(
                        ("association__isnull", False),
                        ("booking__isnull", True),
                        ("organisation__isnull", True),
                        ("team__isnull", True),
                        models.Q(("title", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="loan_of_a_booking_or_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gte", 1)), name="loan_of_something"),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "confirmed", "out", "returned", "cancelled"])),
                name="loan_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))), name="loan_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts"), "+", models.Value(datetime.timedelta(days=62))
                        ),
                    )
                ),
                name="loan_comes_back_some_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("picked_up_at__isnull", False), ("state__in", ["out", "returned"])),
                    models.Q(
                        ("picked_up_at__isnull", True),
                        ("state__in", ["asked", "confirmed", "cancelled"]),
                        ("picked_up_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="loan_picked_up_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("returned_at__isnull", False),
                        ("returned_quantity__isnull", False),
                        ("returned_quantity__lte", models.F("quantity")),
                        ("state", "returned"),
                    ),
                    models.Q(
                        models.Q(("state", "returned"), _negated=True),
                        ("returned_at__isnull", True),
                        ("returned_by__isnull", True),
                        ("returned_condition", ""),
                        ("returned_quantity__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="loan_returned_by_and_at",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="loan",
            trigger=pgtrigger.compiler.Trigger(
                name="lends_what_there_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" IN ('confirmed', 'out'))",
                    constraint="CONSTRAINT",
                    declare="DECLARE touched bigint; there bigint; lent bigint;",
                    func="touched := NEW.equipment_id; \n    PERFORM pg_advisory_xact_lock(hashtext('equipment of rooms'), touched::int);\n    SELECT quantity - unusable INTO there FROM reservations_equipment WHERE id = touched;\n    SELECT greatest(\n        (SELECT max(total) FROM (\n            SELECT sum(delta) OVER (ORDER BY moment, delta) AS total FROM (\n                SELECT starts AS moment, quantity AS delta FROM reservations_loan\n                    WHERE equipment_id = touched AND state IN ('confirmed', 'out') AND ends > now()\n                UNION ALL SELECT ends, -quantity FROM reservations_loan\n                    WHERE equipment_id = touched AND state IN ('confirmed', 'out') AND ends > now()\n            ) AS steps\n        ) AS line),\n        (SELECT sum(quantity) FROM reservations_loan WHERE equipment_id = touched AND state = 'out')\n    ) INTO lent;\n    IF lent > there THEN\n        RAISE EXCEPTION 'Of equipment % there are %, and % would be lent at one moment', touched, there, lent\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_never_too_much';\n    END IF;\n    RETURN NULL;\n",
                    hash="da1934ffdf2b1769e628829eb069dbf6a5857220",
                    operation='INSERT OR UPDATE OF "state", "quantity", "starts", "ends", "equipment_id"',
                    pgid="pgtrigger_lends_what_there_is_54b2c",
                    table="reservations_loan",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="loan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_loanchange" ("answer", "association_id", "booking_id", "created_at", "created_by_id", "ends", "equipment_id", "id", "is_shared", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "quantity", "returned_at", "returned_by_id", "returned_condition", "returned_quantity", "starts", "state", "team_id", "title") VALUES (OLD."answer", OLD."association_id", OLD."booking_id", OLD."created_at", OLD."created_by_id", OLD."ends", OLD."equipment_id", OLD."id", OLD."is_shared", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."picked_up_at", OLD."picked_up_by_id", OLD."quantity", OLD."returned_at", OLD."returned_by_id", OLD."returned_condition", OLD."returned_quantity", OLD."starts", OLD."state", OLD."team_id", OLD."title"); RETURN NULL;',
                    hash="9ced9804054fbb36a649b3272af03f04f93c065f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b5134",
                    table="reservations_loan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="loan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_loanchange" ("answer", "association_id", "booking_id", "created_at", "created_by_id", "ends", "equipment_id", "id", "is_shared", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_up_at", "picked_up_by_id", "quantity", "returned_at", "returned_by_id", "returned_condition", "returned_quantity", "starts", "state", "team_id", "title") VALUES (OLD."answer", OLD."association_id", OLD."booking_id", OLD."created_at", OLD."created_by_id", OLD."ends", OLD."equipment_id", OLD."id", OLD."is_shared", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."picked_up_at", OLD."picked_up_by_id", OLD."quantity", OLD."returned_at", OLD."returned_by_id", OLD."returned_condition", OLD."returned_quantity", OLD."starts", OLD."state", OLD."team_id", OLD."title"); RETURN NULL;',
                    hash="8b093ffe7fd048625d671f2995f6767378764a85",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dfead",
                    table="reservations_loan",
                    when="AFTER",
                ),
            ),
        ),
    ]
