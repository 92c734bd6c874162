import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
import reservations.models.seasons
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("reservations", "0009_register_and_activities"),
        ("teams", "0003_mail_choices"),
        ("teams", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Season",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="up to and including")),
                ("requests_until", models.DateField(verbose_name="ask until")),
                (
                    "order",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("partner", "schools and partners"),
                                ("youth", "activities for under-18s"),
                                ("ocmw", "the OCMW"),
                                ("association", "associations"),
                                ("city", "the city"),
                                ("police", "the police"),
                            ],
                            max_length=12,
                        ),
                        default=reservations.models.seasons.usual_order,
                        verbose_name="order",
                    ),
                ),
                (
                    "keeps_last",
                    models.BooleanField(default=True, verbose_name="who had the hour last season goes first"),
                ),
                (
                    "most_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="most hours a week for one holder"
                    ),
                ),
                (
                    "release_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="free for all, so many days ahead"),
                ),
                ("skips_school_holidays", models.BooleanField(default=True, verbose_name="not in school holidays")),
                ("lot", models.PositiveSmallIntegerField(default=reservations.models.seasons.draw, verbose_name="lot")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "buildings",
                    models.ManyToManyField(
                        related_name="seasons", to="reservations.building", verbose_name="buildings"
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
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "season",
                "verbose_name_plural": "seasons",
                "ordering": ["-starts", "name"],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), help_text="Monday is 0", verbose_name="weekdays"
                    ),
                ),
                ("start_time", models.TimeField(verbose_name="from")),
                ("end_time", models.TimeField(verbose_name="until")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("skips_school_holidays", models.BooleanField(default=False, verbose_name="not in school holidays")),
                (
                    "given_back",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, verbose_name="days given back"
                    ),
                ),
                (
                    "release_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="free for all, so many days ahead"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("standing", "in force"), ("withdrawn", "withdrawn")],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(help_text="Everybody reads this.", max_length=200, verbose_name="why")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reservations.association",
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
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="reservations.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="reservations.season",
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation",
                "verbose_name_plural": "allocations",
                "ordering": ["room", "start_time", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SeasonChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="up to and including")),
                ("requests_until", models.DateField(verbose_name="ask until")),
                (
                    "order",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("partner", "schools and partners"),
                                ("youth", "activities for under-18s"),
                                ("ocmw", "the OCMW"),
                                ("association", "associations"),
                                ("city", "the city"),
                                ("police", "the police"),
                            ],
                            max_length=12,
                        ),
                        default=reservations.models.seasons.usual_order,
                        verbose_name="order",
                    ),
                ),
                (
                    "keeps_last",
                    models.BooleanField(default=True, verbose_name="who had the hour last season goes first"),
                ),
                (
                    "most_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="most hours a week for one holder"
                    ),
                ),
                (
                    "release_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="free for all, so many days ahead"),
                ),
                ("skips_school_holidays", models.BooleanField(default=True, verbose_name="not in school holidays")),
                ("lot", models.PositiveSmallIntegerField(default=reservations.models.seasons.draw, verbose_name="lot")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        to="reservations.season",
                    ),
                ),
                (
                    "settled_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SeasonRequest",
            fields=[
                ("title", models.CharField(max_length=120, verbose_name="what for")),
                ("persons", models.PositiveIntegerField(verbose_name="how many people")),
                (
                    "layout",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tables", "tables"),
                            ("rows", "chairs in rows"),
                            ("meeting", "one meeting table"),
                            ("dinner", "laid tables"),
                            ("standing", "standing"),
                            ("sport", "sport"),
                            ("empty", "empty floor"),
                        ],
                        max_length=10,
                        verbose_name="set-up",
                    ),
                ),
                (
                    "features",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("kitchen", "kitchen"),
                                ("bar", "bar"),
                                ("projector", "projector"),
                                ("sound", "sound installation"),
                                ("stage", "stage"),
                                ("piano", "piano"),
                                ("blackout", "can be darkened"),
                                ("wifi", "wifi"),
                                ("sports_floor", "sports floor"),
                                ("showers", "showers"),
                                ("workshop", "workshop with sink"),
                                ("terrace", "terrace or garden"),
                                ("parking", "parking"),
                                ("step_free", "without steps"),
                                ("hearing_loop", "hearing loop"),
                                ("adapted_toilet", "adapted toilet"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="needed",
                    ),
                ),
                (
                    "is_shared",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise they see that it is taken.",
                        verbose_name="others may see what for",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="for the keeper of the building")),
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), help_text="Monday is 0", verbose_name="weekdays"
                    ),
                ),
                ("start_time", models.TimeField(verbose_name="from")),
                ("end_time", models.TimeField(verbose_name="until")),
                ("for_youth", models.BooleanField(default=False, verbose_name="for under-18s")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("given", "given"),
                            ("refused", "not given"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=500, verbose_name="because")),
                ("is_fixed", models.BooleanField(default=False, verbose_name="decided by hand")),
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
                    "room",
                    models.ForeignKey(
                        blank=True,
                        help_text="none: any room that suits",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reservations.room",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="reservations.season"
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
                "verbose_name": "request for a season",
                "verbose_name_plural": "requests for a season",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AllocationChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), help_text="Monday is 0", verbose_name="weekdays"
                    ),
                ),
                ("start_time", models.TimeField(verbose_name="from")),
                ("end_time", models.TimeField(verbose_name="until")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("skips_school_holidays", models.BooleanField(default=False, verbose_name="not in school holidays")),
                (
                    "given_back",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, verbose_name="days given back"
                    ),
                ),
                (
                    "release_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="free for all, so many days ahead"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("standing", "in force"), ("withdrawn", "withdrawn")],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(help_text="Everybody reads this.", max_length=200, verbose_name="why")),
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
                        to="reservations.allocation",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.season",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.seasonrequest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="allocation",
            name="request",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocation",
                to="reservations.seasonrequest",
            ),
        ),
        migrations.CreateModel(
            name="SeasonRequestChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("title", models.CharField(max_length=120, verbose_name="what for")),
                ("persons", models.PositiveIntegerField(verbose_name="how many people")),
                (
                    "layout",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tables", "tables"),
                            ("rows", "chairs in rows"),
                            ("meeting", "one meeting table"),
                            ("dinner", "laid tables"),
                            ("standing", "standing"),
                            ("sport", "sport"),
                            ("empty", "empty floor"),
                        ],
                        max_length=10,
                        verbose_name="set-up",
                    ),
                ),
                (
                    "features",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("kitchen", "kitchen"),
                                ("bar", "bar"),
                                ("projector", "projector"),
                                ("sound", "sound installation"),
                                ("stage", "stage"),
                                ("piano", "piano"),
                                ("blackout", "can be darkened"),
                                ("wifi", "wifi"),
                                ("sports_floor", "sports floor"),
                                ("showers", "showers"),
                                ("workshop", "workshop with sink"),
                                ("terrace", "terrace or garden"),
                                ("parking", "parking"),
                                ("step_free", "without steps"),
                                ("hearing_loop", "hearing loop"),
                                ("adapted_toilet", "adapted toilet"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="needed",
                    ),
                ),
                (
                    "is_shared",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise they see that it is taken.",
                        verbose_name="others may see what for",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="for the keeper of the building")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), help_text="Monday is 0", verbose_name="weekdays"
                    ),
                ),
                ("start_time", models.TimeField(verbose_name="from")),
                ("end_time", models.TimeField(verbose_name="until")),
                ("for_youth", models.BooleanField(default=False, verbose_name="for under-18s")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("given", "given"),
                            ("refused", "not given"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=500, verbose_name="because")),
                ("is_fixed", models.BooleanField(default=False, verbose_name="decided by hand")),
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
                        to="reservations.seasonrequest",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="none: any room that suits",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.room",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.season",
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
        migrations.CreateModel(
            name="AllocatedRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("released_at", models.DateTimeField()),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allocated_ranges",
                        to="reservations.space",
                    ),
                ),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ranges", to="reservations.allocation"
                    ),
                ),
            ],
            options={
                "verbose_name": "allocated stretch",
                "verbose_name_plural": "allocated stretches",
                "indexes": [models.Index(fields=["released_at"], name="allocatedrange_released")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("space", "="), ("during", "&&")], name="allocatedrange_of_one_holder"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("during__isempty", False)), name="allocatedrange_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("during__lower_inf", False), ("during__upper_inf", False)),
                        name="allocatedrange_has_two_ends",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="season_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__gte", models.F("starts")),
                    (
                        "ends__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts"), "+", models.Value(datetime.timedelta(days=400))
                        ),
                    ),
                ),
                name="season_of_some_days_to_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(("requests_until__lte", models.F("starts"))), name="season_asked_before_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("order__contained_by", ["partner", "youth", "ocmw", "association", "city", "police"]),
                    ("order__contains", ["partner", "youth", "ocmw", "association", "city", "police"]),
                ),
                name="season_order_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_hours__isnull", True),
                    models.Q(("most_hours__gte", 1), ("most_hours__lte", 168)),
                    _connector="OR",
                ),
                name="season_most_hours_of_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(("release_days__lte", 365)), name="season_releases_within_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled_at__isnull", False), ("settled_by__isnull", True), _connector="OR"),
                name="season_settled_by_and_at",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="season",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_seasonchange" ("created_at", "created_by_id", "ends", "id", "keeps_last", "lot", "most_hours", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_days", "requests_until", "settled_at", "settled_by_id", "skips_school_holidays", "starts") VALUES (OLD."created_at", OLD."created_by_id", OLD."ends", OLD."id", OLD."keeps_last", OLD."lot", OLD."most_hours", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."release_days", OLD."requests_until", OLD."settled_at", OLD."settled_by_id", OLD."skips_school_holidays", OLD."starts"); RETURN NULL;',
                    hash="cd15fce5a55e3927b9faf1f072c04ff60e0096ea",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5fc80",
                    table="reservations_season",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="season",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_seasonchange" ("created_at", "created_by_id", "ends", "id", "keeps_last", "lot", "most_hours", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_days", "requests_until", "settled_at", "settled_by_id", "skips_school_holidays", "starts") VALUES (OLD."created_at", OLD."created_by_id", OLD."ends", OLD."id", OLD."keeps_last", OLD."lot", OLD."most_hours", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."release_days", OLD."requests_until", OLD."settled_at", OLD."settled_by_id", OLD."skips_school_holidays", OLD."starts"); RETURN NULL;',
                    hash="da2bb68405f5d3f158183470db95086937b77cb1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0655a",
                    table="reservations_season",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("organisation__isnull", False)),
                    models.Q(("association__isnull", False), ("organisation__isnull", True), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="seasonrequest_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("persons__gte", 1)), name="seasonrequest_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("layout__in", ["", "tables", "rows", "meeting", "dinner", "standing", "sport", "empty"])
                ),
                name="seasonrequest_layout_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "features__contained_by",
                        [
                            "kitchen",
                            "bar",
                            "projector",
                            "sound",
                            "stage",
                            "piano",
                            "blackout",
                            "wifi",
                            "sports_floor",
                            "showers",
                            "workshop",
                            "terrace",
                            "parking",
                            "step_free",
                            "hearing_loop",
                            "adapted_toilet",
                        ],
                    )
                ),
                name="seasonrequest_features_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="seasonrequest_says_what_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("weekdays__len__gte", 1)),
                name="seasonrequest_weekdays_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_time__gt", models.F("start_time"))), name="seasonrequest_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["asked", "given", "refused", "withdrawn"])),
                name="seasonrequest_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seasonrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["asked", "withdrawn"]), models.Q(("because", ""), _negated=True), _connector="OR"
                ),
                name="seasonrequest_answered_with_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seasonrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_seasonrequestchange" ("association_id", "because", "created_at", "created_by_id", "end_time", "features", "for_youth", "id", "is_fixed", "is_shared", "layout", "note", "organisation_id", "outcome", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "season_id", "start_time", "team_id", "title", "weekdays") VALUES (OLD."association_id", OLD."because", OLD."created_at", OLD."created_by_id", OLD."end_time", OLD."features", OLD."for_youth", OLD."id", OLD."is_fixed", OLD."is_shared", OLD."layout", OLD."note", OLD."organisation_id", OLD."outcome", OLD."persons", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."room_id", OLD."season_id", OLD."start_time", OLD."team_id", OLD."title", OLD."weekdays"); RETURN NULL;',
                    hash="3e62160cce9e0697e00b5b39ebb73694a1a40b6a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c7313",
                    table="reservations_seasonrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seasonrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_seasonrequestchange" ("association_id", "because", "created_at", "created_by_id", "end_time", "features", "for_youth", "id", "is_fixed", "is_shared", "layout", "note", "organisation_id", "outcome", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "season_id", "start_time", "team_id", "title", "weekdays") VALUES (OLD."association_id", OLD."because", OLD."created_at", OLD."created_by_id", OLD."end_time", OLD."features", OLD."for_youth", OLD."id", OLD."is_fixed", OLD."is_shared", OLD."layout", OLD."note", OLD."organisation_id", OLD."outcome", OLD."persons", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."room_id", OLD."season_id", OLD."start_time", OLD."team_id", OLD."title", OLD."weekdays"); RETURN NULL;',
                    hash="fec32e15e8839efeb3cc6da9a6c3e99381599bfc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_be14a",
                    table="reservations_seasonrequest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("organisation__isnull", False)),
                    models.Q(("association__isnull", False), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="allocation_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("weekdays__len__gte", 1)),
                name="allocation_weekdays_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_time__gt", models.F("start_time"))), name="allocation_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on__gte", models.F("first_on")),
                    (
                        "last_on__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("first_on"), "+", models.Value(datetime.timedelta(days=800))
                        ),
                    ),
                ),
                name="allocation_of_some_days_to_two_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("release_days__lte", 365)), name="allocation_releases_in_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "standing", "withdrawn"])), name="allocation_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="allocation_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "proposed"), _negated=True),
                    models.Q(("request__isnull", False), ("season__isnull", False)),
                    _connector="OR",
                ),
                name="allocation_proposed_for_a_request",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_allocationchange" ("association_id", "created_at", "created_by_id", "end_time", "first_on", "given_back", "id", "last_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_days", "request_id", "room_id", "season_id", "skips_school_holidays", "start_time", "state", "weekdays", "why") VALUES (OLD."association_id", OLD."created_at", OLD."created_by_id", OLD."end_time", OLD."first_on", OLD."given_back", OLD."id", OLD."last_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."release_days", OLD."request_id", OLD."room_id", OLD."season_id", OLD."skips_school_holidays", OLD."start_time", OLD."state", OLD."weekdays", OLD."why"); RETURN NULL;',
                    hash="c2196685ccf2d1cd71b649b630ff44c22a2e1da2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_af8a4",
                    table="reservations_allocation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_allocationchange" ("association_id", "created_at", "created_by_id", "end_time", "first_on", "given_back", "id", "last_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_days", "request_id", "room_id", "season_id", "skips_school_holidays", "start_time", "state", "weekdays", "why") VALUES (OLD."association_id", OLD."created_at", OLD."created_by_id", OLD."end_time", OLD."first_on", OLD."given_back", OLD."id", OLD."last_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."release_days", OLD."request_id", OLD."room_id", OLD."season_id", OLD."skips_school_holidays", OLD."start_time", OLD."state", OLD."weekdays", OLD."why"); RETURN NULL;',
                    hash="104b592a40a84c55672577405acdff0e4580a60b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_09184",
                    table="reservations_allocation",
                    when="AFTER",
                ),
            ),
        ),
    ]
