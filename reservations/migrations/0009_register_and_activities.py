import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_addresses"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("reservations", "0008_calendar_feeds"),
        ("teams", "0003_mail_choices"),
        ("teams", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("activity", "activity"),
                            ("meal", "meal"),
                            ("course", "course"),
                            ("sitting", "sitting day"),
                            ("open", "open house"),
                        ],
                        default="activity",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "targets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "children"),
                                ("young", "young people"),
                                ("adults", "adults"),
                                ("seniors", "seniors"),
                                ("families", "families"),
                                ("newcomers", "newcomers"),
                                ("carers", "informal carers"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="The room, or another address.", max_length=200, verbose_name="place"
                    ),
                ),
                (
                    "contact_line",
                    models.CharField(
                        blank=True,
                        help_text="Everybody reads this: a number or address of the organisation, not of a person.",
                        max_length=200,
                        verbose_name="to register or to ask",
                    ),
                ),
                ("price", models.CharField(blank=True, max_length=120, verbose_name="price")),
                ("first_on", models.DateField(verbose_name="day")),
                ("until", models.DateField(blank=True, null=True, verbose_name="up to and including")),
                ("start_time", models.TimeField(verbose_name="from")),
                (
                    "end_time",
                    models.TimeField(help_text="at or before the start is past midnight", verbose_name="until"),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Monday is 0; none: once",
                        verbose_name="weekdays",
                    ),
                ),
                ("interval", models.PositiveSmallIntegerField(default=1, verbose_name="every so many weeks or months")),
                ("nth", models.SmallIntegerField(blank=True, null=True, verbose_name="which in the month")),
                ("skips_public_holidays", models.BooleanField(default=True, verbose_name="not on public holidays")),
                ("skips_school_holidays", models.BooleanField(default=False, verbose_name="not in school holidays")),
                (
                    "cancelled_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, verbose_name="does not take place on"
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="everybody may read it")),
                ("uit_id", models.CharField(blank=True, editable=False, max_length=36, null=True, unique=True)),
                (
                    "uit_digest",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="of what came in: other than that, we changed it",
                        max_length=64,
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["title", "first_on"],
            },
        ),
        migrations.CreateModel(
            name="ActivityChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("activity", "activity"),
                            ("meal", "meal"),
                            ("course", "course"),
                            ("sitting", "sitting day"),
                            ("open", "open house"),
                        ],
                        default="activity",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "targets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("children", "children"),
                                ("young", "young people"),
                                ("adults", "adults"),
                                ("seniors", "seniors"),
                                ("families", "families"),
                                ("newcomers", "newcomers"),
                                ("carers", "informal carers"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="The room, or another address.", max_length=200, verbose_name="place"
                    ),
                ),
                (
                    "contact_line",
                    models.CharField(
                        blank=True,
                        help_text="Everybody reads this: a number or address of the organisation, not of a person.",
                        max_length=200,
                        verbose_name="to register or to ask",
                    ),
                ),
                ("price", models.CharField(blank=True, max_length=120, verbose_name="price")),
                ("first_on", models.DateField(verbose_name="day")),
                ("until", models.DateField(blank=True, null=True, verbose_name="up to and including")),
                ("start_time", models.TimeField(verbose_name="from")),
                (
                    "end_time",
                    models.TimeField(help_text="at or before the start is past midnight", verbose_name="until"),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Monday is 0; none: once",
                        verbose_name="weekdays",
                    ),
                ),
                ("interval", models.PositiveSmallIntegerField(default=1, verbose_name="every so many weeks or months")),
                ("nth", models.SmallIntegerField(blank=True, null=True, verbose_name="which in the month")),
                ("skips_public_holidays", models.BooleanField(default=True, verbose_name="not on public holidays")),
                ("skips_school_holidays", models.BooleanField(default=False, verbose_name="not in school holidays")),
                (
                    "cancelled_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, verbose_name="does not take place on"
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="everybody may read it")),
                ("uit_id", models.CharField(blank=True, editable=False, max_length=36, null=True)),
                (
                    "uit_digest",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="of what came in: other than that, we changed it",
                        max_length=64,
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActivityDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["starts", "activity__title"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="function")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "may_ask",
                    models.BooleanField(
                        default=False,
                        help_text="By a link in a mail, without a password.",
                        verbose_name="asks for rooms",
                    ),
                ),
                ("consent_on", models.DateField(verbose_name="consent given on")),
                (
                    "consent_by",
                    models.CharField(
                        choices=[
                            ("form", "on a form"),
                            ("mail", "by mail"),
                            ("phone", "on the phone"),
                            ("counter", "at the counter"),
                            ("link", "by the link in our mail"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("kept_until", models.DateField(verbose_name="kept until")),
                (
                    "asked_on",
                    models.DateField(blank=True, editable=False, help_text="to stay, the last time", null=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ContactChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="function")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "may_ask",
                    models.BooleanField(
                        default=False,
                        help_text="By a link in a mail, without a password.",
                        verbose_name="asks for rooms",
                    ),
                ),
                ("consent_on", models.DateField(verbose_name="consent given on")),
                (
                    "consent_by",
                    models.CharField(
                        choices=[
                            ("form", "on a form"),
                            ("mail", "by mail"),
                            ("phone", "on the phone"),
                            ("counter", "at the counter"),
                            ("link", "by the link in our mail"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("kept_until", models.DateField(verbose_name="kept until")),
                (
                    "asked_on",
                    models.DateField(blank=True, editable=False, help_text="to stay, the last time", null=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="association",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="association",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="booking",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="booking",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="association",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="association",
            name="ended_on",
            field=models.DateField(blank=True, null=True, verbose_name="stopped on"),
        ),
        migrations.AddField(
            model_name="association",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("sport", "sport"),
                        ("culture", "culture"),
                        ("youth", "youth"),
                        ("seniors", "seniors"),
                        ("family", "family"),
                        ("neighbourhood", "neighbourhood"),
                        ("welfare", "welfare and care"),
                        ("learning", "learning"),
                        ("nature", "nature and environment"),
                        ("other", "something else"),
                    ],
                    max_length=14,
                ),
                blank=True,
                default=list,
                verbose_name="kinds",
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="note",
            field=models.TextField(blank=True, max_length=1000, verbose_name="note"),
        ),
        migrations.AddField(
            model_name="association",
            name="number",
            field=models.CharField(
                blank=True,
                help_text="In the Verenigingsregister: V and seven digits.",
                max_length=8,
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="website",
            field=models.URLField(blank=True, verbose_name="website"),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="ended_on",
            field=models.DateField(blank=True, null=True, verbose_name="stopped on"),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("sport", "sport"),
                        ("culture", "culture"),
                        ("youth", "youth"),
                        ("seniors", "seniors"),
                        ("family", "family"),
                        ("neighbourhood", "neighbourhood"),
                        ("welfare", "welfare and care"),
                        ("learning", "learning"),
                        ("nature", "nature and environment"),
                        ("other", "something else"),
                    ],
                    max_length=14,
                ),
                blank=True,
                default=list,
                verbose_name="kinds",
            ),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="note",
            field=models.TextField(blank=True, max_length=1000, verbose_name="note"),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="number",
            field=models.CharField(
                blank=True,
                help_text="In the Verenigingsregister: V and seven digits.",
                max_length=8,
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="website",
            field=models.URLField(blank=True, verbose_name="website"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_associationchange" ("address", "area_id", "ended_on", "id", "is_example", "kinds", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "website") VALUES (OLD."address", OLD."area_id", OLD."ended_on", OLD."id", OLD."is_example", OLD."kinds", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."website"); RETURN NULL;',
                    hash="09c86abdafd4b263be0d8d7dc7816d49136f49d7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2204c",
                    table="reservations_association",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_associationchange" ("address", "area_id", "ended_on", "id", "is_example", "kinds", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "website") VALUES (OLD."address", OLD."area_id", OLD."ended_on", OLD."id", OLD."is_example", OLD."kinds", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."website"); RETURN NULL;',
                    hash="889dd531dd784fcb4da5c93b934def8b4e7b8df5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8114e",
                    table="reservations_association",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="booking",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_bookingchange" ("answer", "association_id", "cancelled_at", "cancelled_by_id", "cancelled_kind", "cancelled_late", "contact_id", "counted_at", "counted_by_id", "created_at", "created_by_id", "ends", "features", "headcount", "hold_until", "id", "is_shared", "layout", "note", "organisation_id", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "refusal", "room_id", "sequence", "series_id", "series_on", "starts", "state", "team_id", "title", "wants_offer") VALUES (OLD."answer", OLD."association_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."cancelled_kind", OLD."cancelled_late", OLD."contact_id", OLD."counted_at", OLD."counted_by_id", OLD."created_at", OLD."created_by_id", OLD."ends", OLD."features", OLD."headcount", OLD."hold_until", OLD."id", OLD."is_shared", OLD."layout", OLD."note", OLD."organisation_id", OLD."persons", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reference", OLD."refusal", OLD."room_id", OLD."sequence", OLD."series_id", OLD."series_on", OLD."starts", OLD."state", OLD."team_id", OLD."title", OLD."wants_offer"); RETURN NULL;',
                    hash="9bddf0a3603912e6c4f74b4efae737e0b5c08f6c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_339ed",
                    table="reservations_booking",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="booking",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_bookingchange" ("answer", "association_id", "cancelled_at", "cancelled_by_id", "cancelled_kind", "cancelled_late", "contact_id", "counted_at", "counted_by_id", "created_at", "created_by_id", "ends", "features", "headcount", "hold_until", "id", "is_shared", "layout", "note", "organisation_id", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "refusal", "room_id", "sequence", "series_id", "series_on", "starts", "state", "team_id", "title", "wants_offer") VALUES (OLD."answer", OLD."association_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."cancelled_kind", OLD."cancelled_late", OLD."contact_id", OLD."counted_at", OLD."counted_by_id", OLD."created_at", OLD."created_by_id", OLD."ends", OLD."features", OLD."headcount", OLD."hold_until", OLD."id", OLD."is_shared", OLD."layout", OLD."note", OLD."organisation_id", OLD."persons", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."refusal", OLD."room_id", OLD."sequence", OLD."series_id", OLD."series_on", OLD."starts", OLD."state", OLD."team_id", OLD."title", OLD."wants_offer"); RETURN NULL;',
                    hash="2b31437538a8ca7e7c4eeff6e07ed035f74c4d12",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_16c11",
                    table="reservations_booking",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="association",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), ("number__regex", "^V[0-9]{7}$"), _connector="OR"),
                name="association_number_of_the_register",
            ),
        ),
        migrations.AddConstraint(
            model_name="association",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("number",), name="association_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="association",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kinds__contained_by",
                        [
                            "sport",
                            "culture",
                            "youth",
                            "seniors",
                            "family",
                            "neighbourhood",
                            "welfare",
                            "learning",
                            "nature",
                            "other",
                        ],
                    )
                ),
                name="association_kinds_known",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="areas.area",
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="association",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="reservations.association",
                verbose_name="association",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="booking",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="activities",
                to="reservations.booking",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="building",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="reservations.building",
                verbose_name="building",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="teams.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="activities",
                to="reservations.series",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="areas.area",
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="association",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="activitychange",
            name="booking",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.booking",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="building",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.building",
                verbose_name="building",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="teams.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.activity",
            ),
        ),
        migrations.AddField(
            model_name="activitychange",
            name="series",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.series",
            ),
        ),
        migrations.AddField(
            model_name="activitydate",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="reservations.activity"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="association",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="reservations.association"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="bookings",
                to="reservations.contact",
            ),
        ),
        migrations.AddField(
            model_name="bookingchange",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="association",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.association",
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.contact",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["association"], name="activity_of_association"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="activity_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["activity", "meal", "course", "sitting", "open"])),
                name="activity_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "targets__contained_by",
                        ["children", "young", "adults", "seniors", "families", "newcomers", "carers"],
                    )
                ),
                name="activity_targets_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("organisation__isnull", False)),
                    models.Q(("association__isnull", False), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="activity_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nth__isnull", True), ("until__isnull", True), ("weekdays__len", 0)),
                    models.Q(("until__gte", models.F("first_on")), ("until__isnull", False), ("weekdays__len__gte", 1)),
                    _connector="OR",
                ),
                name="activity_once_or_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])), name="activity_weekdays_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("nth__isnull", True), ("nth__in", [1, 2, 3, 4, -1]), _connector="OR"),
                name="activity_nth_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("interval__gte", 1), ("interval__lte", 52)), name="activity_comes_within_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("booking__isnull", True), ("series__isnull", True), _connector="OR"),
                name="activity_of_one_booking",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_activitychange" ("area_id", "association_id", "booking_id", "building_id", "cancelled_on", "contact_line", "created_at", "created_by_id", "description", "end_time", "first_on", "id", "interval", "is_example", "is_public", "kind", "nth", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "series_id", "skips_public_holidays", "skips_school_holidays", "start_time", "targets", "title", "uit_digest", "uit_id", "until", "weekdays") VALUES (OLD."area_id", OLD."association_id", OLD."booking_id", OLD."building_id", OLD."cancelled_on", OLD."contact_line", OLD."created_at", OLD."created_by_id", OLD."description", OLD."end_time", OLD."first_on", OLD."id", OLD."interval", OLD."is_example", OLD."is_public", OLD."kind", OLD."nth", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."price", OLD."series_id", OLD."skips_public_holidays", OLD."skips_school_holidays", OLD."start_time", OLD."targets", OLD."title", OLD."uit_digest", OLD."uit_id", OLD."until", OLD."weekdays"); RETURN NULL;',
                    hash="f179524f352c69e926773e646b48e004b0ad3604",
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
                    func='INSERT INTO "reservations_activitychange" ("area_id", "association_id", "booking_id", "building_id", "cancelled_on", "contact_line", "created_at", "created_by_id", "description", "end_time", "first_on", "id", "interval", "is_example", "is_public", "kind", "nth", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "series_id", "skips_public_holidays", "skips_school_holidays", "start_time", "targets", "title", "uit_digest", "uit_id", "until", "weekdays") VALUES (OLD."area_id", OLD."association_id", OLD."booking_id", OLD."building_id", OLD."cancelled_on", OLD."contact_line", OLD."created_at", OLD."created_by_id", OLD."description", OLD."end_time", OLD."first_on", OLD."id", OLD."interval", OLD."is_example", OLD."is_public", OLD."kind", OLD."nth", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."price", OLD."series_id", OLD."skips_public_holidays", OLD."skips_school_holidays", OLD."start_time", OLD."targets", OLD."title", OLD."uit_digest", OLD."uit_id", OLD."until", OLD."weekdays"); RETURN NULL;',
                    hash="12c80ff1bb672b66a022b247bac0aba7faf4ce51",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b3d28",
                    table="reservations_activity",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="activitydate",
            index=models.Index(fields=["starts"], name="activitydate_starts"),
        ),
        migrations.AddConstraint(
            model_name="activitydate",
            constraint=models.UniqueConstraint(fields=("activity", "on"), name="activitydate_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="activitydate",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))), name="activitydate_ends_after_it_starts"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(django.db.models.functions.text.Lower("email"), name="contact_by_email"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="contact_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), ("phone", ""), _negated=True),
                name="contact_can_be_reached",
                violation_error_message="Give a mail address or a phone number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("may_ask", False), models.Q(("email", ""), _negated=True), _connector="OR"),
                name="contact_asks_by_mail",
                violation_error_message="Who asks for rooms by a link needs a mail address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_until__gt", models.F("consent_on"))),
                name="contact_kept_after_consent",
                violation_error_message="Keep it until a day after the consent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("consent_by__in", ["form", "mail", "phone", "counter", "link"])),
                name="contact_consent_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                models.F("association"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="contact_once_per_association",
                violation_error_message="This association has a contact with that mail address.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_contactchange" ("asked_on", "association_id", "consent_by", "consent_on", "created_at", "created_by_id", "email", "function", "id", "kept_until", "may_ask", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (OLD."asked_on", OLD."association_id", OLD."consent_by", OLD."consent_on", OLD."created_at", OLD."created_by_id", OLD."email", OLD."function", OLD."id", OLD."kept_until", OLD."may_ask", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."phone"); RETURN NULL;',
                    hash="2f3601d26ef763d0e0acc6f2407250ab13c078fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0eb8f",
                    table="reservations_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_contactchange" ("asked_on", "association_id", "consent_by", "consent_on", "created_at", "created_by_id", "email", "function", "id", "kept_until", "may_ask", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (OLD."asked_on", OLD."association_id", OLD."consent_by", OLD."consent_on", OLD."created_at", OLD."created_by_id", OLD."email", OLD."function", OLD."id", OLD."kept_until", OLD."may_ask", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone"); RETURN NULL;',
                    hash="631f823ade5c77194441e3e13d04397ec070fd65",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b1936",
                    table="reservations_contact",
                    when="AFTER",
                ),
            ),
        ),
    ]
