from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import teams.models.teams


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("reservations", "0010_seasons_and_allocations"),
        ("teams", "0003_mail_choices"),
        ("teams", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DiscountReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount",
                    ),
                ),
                (
                    "managers_only",
                    models.BooleanField(default=False, verbose_name="only who manages the building gives it"),
                ),
                ("is_in_use", models.BooleanField(default=True, verbose_name="can be given")),
            ],
            options={
                "verbose_name": "discount reason",
                "verbose_name_plural": "discount reasons",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DiscountReasonChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount",
                    ),
                ),
                (
                    "managers_only",
                    models.BooleanField(default=False, verbose_name="only who manages the building gives it"),
                ),
                ("is_in_use", models.BooleanField(default=True, verbose_name="can be given")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MonthLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_correction", models.BooleanField(default=False)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("place", models.CharField(max_length=220)),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                ("vat_rate", models.PositiveSmallIntegerField(choices=[(0, "0 %"), (6, "6 %"), (21, "21 %")])),
                ("vat", models.DecimalField(decimal_places=2, max_digits=10)),
            ],
            options={
                "verbose_name": "line of a month",
                "verbose_name_plural": "lines of a month",
                "ordering": ["month_list", "starts", "booking"],
            },
        ),
        migrations.CreateModel(
            name="MonthList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="its first day")),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "closed month",
                "verbose_name_plural": "closed months",
                "ordering": ["owner", "month"],
            },
        ),
        migrations.CreateModel(
            name="MonthListChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("month", models.DateField(help_text="its first day")),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationPriceGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "price group of an organisation",
                "verbose_name_plural": "price groups of organisations",
            },
        ),
        migrations.CreateModel(
            name="OrganisationPriceGroupChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.CharField(
                        choices=[("hour", "per hour"), ("half_day", "per half-day"), ("flat", "per time")],
                        default="hour",
                        max_length=8,
                        verbose_name="unit",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
            ],
            options={
                "verbose_name": "price",
                "verbose_name_plural": "prices",
                "ordering": ["price_list", "price_group__order", "moment__order"],
            },
        ),
        migrations.CreateModel(
            name="PriceBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "day_kind",
                    models.CharField(
                        choices=[("weekday", "Monday to Friday"), ("weekend", "weekends and public holidays")],
                        max_length=8,
                        verbose_name="days",
                    ),
                ),
                ("starts", models.TimeField(verbose_name="from")),
            ],
            options={
                "verbose_name": "hours of a price moment",
                "verbose_name_plural": "hours of price moments",
                "ordering": ["day_kind", "starts"],
            },
        ),
        migrations.CreateModel(
            name="PriceBandChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "day_kind",
                    models.CharField(
                        choices=[("weekday", "Monday to Friday"), ("weekend", "weekends and public holidays")],
                        max_length=8,
                        verbose_name="days",
                    ),
                ),
                ("starts", models.TimeField(verbose_name="from")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[("hour", "per hour"), ("half_day", "per half-day"), ("flat", "per time")],
                        default="hour",
                        max_length=8,
                        verbose_name="unit",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("pays_deposit", models.BooleanField(default=True, verbose_name="pays a deposit")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
            ],
            options={
                "verbose_name": "price group",
                "verbose_name_plural": "price groups",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="PriceGroupChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("pays_deposit", models.BooleanField(default=True, verbose_name="pays a deposit")),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="up to and including")),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "0 %"), (6, "6 %"), (21, "21 %")], default=0, verbose_name="VAT"
                    ),
                ),
                (
                    "minimum",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="A use that costs something costs at least this.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="minimum",
                    ),
                ),
                (
                    "deposit",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="deposit",
                    ),
                ),
            ],
            options={
                "verbose_name": "price list",
                "verbose_name_plural": "price lists",
                "ordering": ["tariff", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="PriceListChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="up to and including")),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "0 %"), (6, "6 %"), (21, "21 %")], default=0, verbose_name="VAT"
                    ),
                ),
                (
                    "minimum",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="A use that costs something costs at least this.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="minimum",
                    ),
                ),
                (
                    "deposit",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="deposit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceMoment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                (
                    "name",
                    models.CharField(
                        help_text="As it reads on a bill: evening rate.",
                        max_length=40,
                        unique=True,
                        verbose_name="name",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "price moment",
                "verbose_name_plural": "price moments",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="PriceMomentChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=40)),
                (
                    "name",
                    models.CharField(
                        help_text="As it reads on a bill: evening rate.", max_length=40, verbose_name="name"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("booked", "asked for or booked"),
                            ("moved", "moved"),
                            ("changed", "for somebody else"),
                            ("discount", "a discount was given or taken back"),
                            ("cancelled", "cancelled"),
                        ],
                        default="booked",
                        max_length=9,
                    ),
                ),
                ("is_current", models.BooleanField(default=True)),
                ("lines", models.JSONField(default=list)),
                ("subtotal", models.DecimalField(decimal_places=2, max_digits=10)),
                ("discount", models.DecimalField(decimal_places=2, default=0, max_digits=10)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="why this discount")),
                ("total", models.DecimalField(decimal_places=2, max_digits=10)),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(choices=[(0, "0 %"), (6, "6 %"), (21, "21 %")], default=0),
                ),
                ("vat", models.DecimalField(decimal_places=2, default=0, help_text="within the total", max_digits=10)),
                ("deposit", models.DecimalField(decimal_places=2, default=0, max_digits=8)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "quote",
                "verbose_name_plural": "quotes",
                "ordering": ["booking", "number"],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "late_percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="percent due when cancelled late",
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
            ],
            options={
                "verbose_name": "tariff",
                "verbose_name_plural": "tariffs",
                "ordering": ["owner", "name"],
            },
        ),
        migrations.CreateModel(
            name="TariffChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "late_percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="percent due when cancelled late",
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="example")),
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
            model_name="room",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="room",
            name="delete_delete",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_associationchange" ("address", "area_id", "ended_on", "id", "is_example", "kinds", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_group_id", "website") VALUES (OLD."address", OLD."area_id", OLD."ended_on", OLD."id", OLD."is_example", OLD."kinds", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."price_group_id", OLD."website"); RETURN NULL;',
                    hash="fa563a42c80365964c8eafe5eaf5b3ea8e49fcfc",
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
                    func='INSERT INTO "reservations_associationchange" ("address", "area_id", "ended_on", "id", "is_example", "kinds", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_group_id", "website") VALUES (OLD."address", OLD."area_id", OLD."ended_on", OLD."id", OLD."is_example", OLD."kinds", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_group_id", OLD."website"); RETURN NULL;',
                    hash="986ee3886f46fe9f69cc711a27d43067207a6f71",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8114e",
                    table="reservations_association",
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
                    func='INSERT INTO "reservations_roomchange" ("building_id", "code", "description", "features", "hold_hours", "id", "is_example", "name", "needs_approval", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tariff_id", "turnaround", "withdrawn_at") VALUES (OLD."building_id", OLD."code", OLD."description", OLD."features", OLD."hold_hours", OLD."id", OLD."is_example", OLD."name", OLD."needs_approval", OLD."notice_days", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."source", OLD."tariff_id", OLD."turnaround", OLD."withdrawn_at"); RETURN NULL;',
                    hash="4620877fc815cc5a9c32dd00f2e736f6be2625b6",
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
                    func='INSERT INTO "reservations_roomchange" ("building_id", "code", "description", "features", "hold_hours", "id", "is_example", "name", "needs_approval", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tariff_id", "turnaround", "withdrawn_at") VALUES (OLD."building_id", OLD."code", OLD."description", OLD."features", OLD."hold_hours", OLD."id", OLD."is_example", OLD."name", OLD."needs_approval", OLD."notice_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."tariff_id", OLD."turnaround", OLD."withdrawn_at"); RETURN NULL;',
                    hash="1e75b781a949b3e6cc50b3f5560757b27679a045",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4ae5f",
                    table="reservations_room",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="discountreason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__isnull", True), ("percent__gte", 1), ("percent__isnull", False), ("percent__lte", 100)
                    ),
                    models.Q(("amount__gt", 0), ("amount__isnull", False), ("percent__isnull", True)),
                    _connector="OR",
                ),
                name="discountreason_percent_or_amount",
                violation_error_message="Give a percent from 1 to 100, or an amount: one of both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discountreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="discountreason_has_a_name"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discountreason",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_discountreasonchange" ("amount", "id", "is_in_use", "managers_only", "name", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."id", OLD."is_in_use", OLD."managers_only", OLD."name", OLD."percent", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="4eea16c8fe2468bdc976f7a0ba440746b61f808d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7b47e",
                    table="reservations_discountreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discountreason",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_discountreasonchange" ("amount", "id", "is_in_use", "managers_only", "name", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."id", OLD."is_in_use", OLD."managers_only", OLD."name", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="930398d721d48b1fdacc24cde99779b55c805c0b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_89d9c",
                    table="reservations_discountreason",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="discountreasonchange",
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
            model_name="discountreasonchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.discountreason",
            ),
        ),
        migrations.AddField(
            model_name="monthline",
            name="association",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="month_lines",
                to="reservations.association",
            ),
        ),
        migrations.AddField(
            model_name="monthline",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reservations.booking"
            ),
        ),
        migrations.AddField(
            model_name="monthline",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.organisation"
            ),
        ),
        migrations.AddField(
            model_name="monthlist",
            name="closed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="monthlist",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="month_lists", to="teams.organisation"
            ),
        ),
        migrations.AddField(
            model_name="monthline",
            name="month_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="reservations.monthlist"
            ),
        ),
        migrations.AddField(
            model_name="monthlistchange",
            name="closed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="monthlistchange",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="teams.organisation",
            ),
        ),
        migrations.AddField(
            model_name="monthlistchange",
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
            model_name="monthlistchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.monthlist",
            ),
        ),
        migrations.AddField(
            model_name="organisationpricegroup",
            name="organisation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="teams.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisationpricegroupchange",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="teams.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisationpricegroupchange",
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
            model_name="organisationpricegroupchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.organisationpricegroup",
            ),
        ),
        migrations.AddField(
            model_name="pricebandchange",
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
            model_name="pricebandchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.priceband",
            ),
        ),
        migrations.AddField(
            model_name="pricechange",
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
            model_name="pricechange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.price",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricegroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="pricegroup_has_a_name"
            ),
        ),
        migrations.AddField(
            model_name="pricechange",
            name="price_group",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.pricegroup",
                verbose_name="price group",
            ),
        ),
        migrations.AddField(
            model_name="price",
            name="price_group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reservations.pricegroup",
                verbose_name="price group",
            ),
        ),
        migrations.AddField(
            model_name="organisationpricegroupchange",
            name="price_group",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.pricegroup",
                verbose_name="price group",
            ),
        ),
        migrations.AddField(
            model_name="organisationpricegroup",
            name="price_group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reservations.pricegroup",
                verbose_name="price group",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricegroup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_pricegroupchange" ("code", "id", "is_example", "name", "order", "pays_deposit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."is_example", OLD."name", OLD."order", OLD."pays_deposit", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="73f357e14162de1c1f5772265bee1dc186b3463f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5346f",
                    table="reservations_pricegroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricegroup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_pricegroupchange" ("code", "id", "is_example", "name", "order", "pays_deposit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."is_example", OLD."name", OLD."order", OLD."pays_deposit", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="8e3bdfd2d2779a5de3c143379cc34d0a2204d38f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_47de8",
                    table="reservations_pricegroup",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="price_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="associations",
                to="reservations.pricegroup",
                verbose_name="price group",
            ),
        ),
        migrations.AddField(
            model_name="associationchange",
            name="price_group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.pricegroup",
                verbose_name="price group",
            ),
        ),
        migrations.AddField(
            model_name="pricegroupchange",
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
            model_name="pricegroupchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.pricegroup",
            ),
        ),
        migrations.AddField(
            model_name="pricechange",
            name="price_list",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.pricelist",
            ),
        ),
        migrations.AddField(
            model_name="price",
            name="price_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="reservations.pricelist"
            ),
        ),
        migrations.AddField(
            model_name="pricelistchange",
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
            model_name="pricelistchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.pricelist",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricemoment",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="pricemoment_has_a_name"
            ),
        ),
        migrations.AddField(
            model_name="pricechange",
            name="moment",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.pricemoment",
                verbose_name="price moment",
            ),
        ),
        migrations.AddField(
            model_name="pricebandchange",
            name="moment",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.pricemoment",
                verbose_name="price moment",
            ),
        ),
        migrations.AddField(
            model_name="priceband",
            name="moment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bands",
                to="reservations.pricemoment",
                verbose_name="price moment",
            ),
        ),
        migrations.AddField(
            model_name="price",
            name="moment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reservations.pricemoment",
                verbose_name="price moment",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricemoment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_pricemomentchange" ("code", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="22dcf95e090d0376893f136af09bdd6b189854bc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cacf4",
                    table="reservations_pricemoment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricemoment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_pricemomentchange" ("code", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="5b7c64eb2c5b4a3236205a2e8fdb567720a82604",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7666c",
                    table="reservations_pricemoment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="pricemomentchange",
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
            model_name="pricemomentchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.pricemoment",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="reservations.booking"
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="discount_reason",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotes",
                to="reservations.discountreason",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="made_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="price_group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotes",
                to="reservations.pricegroup",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="price_list",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotes",
                to="reservations.pricelist",
            ),
        ),
        migrations.AddField(
            model_name="tariff",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tariffs",
                to="teams.organisation",
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="pricelistchange",
            name="tariff",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.tariff",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="tariff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lists", to="reservations.tariff"
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="tariff",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rooms",
                to="reservations.tariff",
                verbose_name="tariff",
            ),
        ),
        migrations.AddField(
            model_name="roomchange",
            name="tariff",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reservations.tariff",
                verbose_name="tariff",
            ),
        ),
        migrations.AddField(
            model_name="tariffchange",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="teams.organisation",
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="tariffchange",
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
            model_name="tariffchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reservations.tariff",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthlist",
            constraint=models.UniqueConstraint(fields=("owner", "month"), name="monthlist_closed_once"),
        ),
        migrations.AddConstraint(
            model_name="monthlist",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="monthlist_begins_a_month"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monthlist",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_monthlistchange" ("closed_at", "closed_by_id", "id", "month", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."id", OLD."month", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="8a811de0b9768e299834475513cd618f077a291a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dfd0c",
                    table="reservations_monthlist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monthlist",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_monthlistchange" ("closed_at", "closed_by_id", "id", "month", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."id", OLD."month", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="11dad2966d3c7df9736ab59572dfd10e05920422",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_641f6",
                    table="reservations_monthlist",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="monthline",
            constraint=models.UniqueConstraint(
                fields=("month_list", "booking", "organisation", "association", "vat_rate"),
                name="monthline_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="monthline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("organisation__isnull", False)),
                    models.Q(("association__isnull", False), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="monthline_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("is_correction", True), _connector="OR"),
                name="monthline_less_only_to_correct",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthline",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_rate__in", [0, 6, 21])), name="monthline_vat_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationpricegroup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_organisationpricegroupchange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_group_id") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."price_group_id"); RETURN NULL;',
                    hash="4445c1ab572f0d0165c3e1609b8c4c008f6977b8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6bb01",
                    table="reservations_organisationpricegroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationpricegroup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_organisationpricegroupchange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_group_id") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_group_id"); RETURN NULL;',
                    hash="a679982d31f26fc82aa878b5ffa450c7fed6a874",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_20d39",
                    table="reservations_organisationpricegroup",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="priceband",
            constraint=models.UniqueConstraint(fields=("day_kind", "starts"), name="priceband_one_per_hour"),
        ),
        migrations.AddConstraint(
            model_name="priceband",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_kind__in", ["weekday", "weekend"])), name="priceband_day_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceband",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_pricebandchange" ("day_kind", "id", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts") VALUES (OLD."day_kind", OLD."id", OLD."moment_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."starts"); RETURN NULL;',
                    hash="457c205dd3d4ef88348f6ef4775e110789271378",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d256a",
                    table="reservations_priceband",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceband",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_pricebandchange" ("day_kind", "id", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts") VALUES (OLD."day_kind", OLD."id", OLD."moment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts"); RETURN NULL;',
                    hash="e2050159fe5ef4cc4e03795dc976791148445f62",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d5713",
                    table="reservations_priceband",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.UniqueConstraint(
                fields=("price_list", "price_group", "moment"), name="price_once_in_a_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit__in", ["hour", "half_day", "flat"])), name="price_unit_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="price_not_below_nought"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="price",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_pricechange" ("amount", "id", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_group_id", "price_list_id", "unit") VALUES (OLD."amount", OLD."id", OLD."moment_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."price_group_id", OLD."price_list_id", OLD."unit"); RETURN NULL;',
                    hash="af34a7bdb7683d2058777fc88189a9d3b0340687",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ff07",
                    table="reservations_price",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="price",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_pricechange" ("amount", "id", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_group_id", "price_list_id", "unit") VALUES (OLD."amount", OLD."id", OLD."moment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_group_id", OLD."price_list_id", OLD."unit"); RETURN NULL;',
                    hash="a585d7f0b0afcc0e46de1f515dda76d48a36ae0e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6ce74",
                    table="reservations_price",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(fields=("booking", "number"), name="quote_numbered_per_booking"),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("booking",), name="quote_one_is_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            models.F("subtotal"), "-", models.F("discount")
                        ),
                    )
                ),
                name="quote_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deposit__gte", 0),
                    ("discount__gte", 0),
                    ("total__gte", 0),
                    ("vat__gte", 0),
                    ("vat__lte", models.F("total")),
                ),
                name="quote_not_below_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(("discount", 0), ("discount_reason__isnull", False), _connector="OR"),
                name="quote_discount_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["booked", "moved", "changed", "discount", "cancelled"])),
                name="quote_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(condition=models.Q(("vat_rate__in", [0, 6, 21])), name="quote_vat_known"),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="tariff_one_name_per_owner"),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="tariff_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_percent__lte", 100)), name="tariff_late_at_most_all"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_tariffchange" ("id", "is_example", "late_percent", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."is_example", OLD."late_percent", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="bf1feb389b0d66bef3daabbd61091b3ecf79c15b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e7e2",
                    table="reservations_tariff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_tariffchange" ("id", "is_example", "late_percent", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."is_example", OLD."late_percent", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="f4fd2c704f644d96271b238266552fd32f51f463",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9755b",
                    table="reservations_tariff",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="pricelist_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_rate__in", [0, 6, 21])), name="pricelist_vat_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(("deposit__gte", 0), ("minimum__gte", 0)), name="pricelist_amounts_not_below_nought"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tariff", "="),
                    (
                        teams.models.teams.DateRange(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="pricelist_one_a_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_pricelistchange" ("deposit", "id", "minimum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id", "valid_from", "valid_to", "vat_rate") VALUES (OLD."deposit", OLD."id", OLD."minimum", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."tariff_id", OLD."valid_from", OLD."valid_to", OLD."vat_rate"); RETURN NULL;',
                    hash="2d6f541b9d409fb5a39bb542c6b840877eb06297",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b3f37",
                    table="reservations_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_pricelistchange" ("deposit", "id", "minimum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id", "valid_from", "valid_to", "vat_rate") VALUES (OLD."deposit", OLD."id", OLD."minimum", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tariff_id", OLD."valid_from", OLD."valid_to", OLD."vat_rate"); RETURN NULL;',
                    hash="2b8c9595b7f4f6971d41944f11962c56268bf51c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cf7b8",
                    table="reservations_pricelist",
                    when="AFTER",
                ),
            ),
        ),
    ]
