import django.db.models.deletion
import django.utils.timezone
import kortrijk_gebied.ids
import pgtrigger.compiler
import pgtrigger.migrations
import reservations.models.photos
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("reservations", "0002_rooms_and_bookings"),
        ("teams", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        help_text="In a sentence, for who cannot see the photo.",
                        max_length=200,
                        verbose_name="what one sees",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("file", models.FileField(upload_to=reservations.models.photos.stored_as)),
                ("thumbnail", models.FileField(upload_to=reservations.models.photos.stored_as)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="reservations.building",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="reservations.room",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["position", "added_at"],
            },
        ),
        migrations.CreateModel(
            name="PhotoChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                (
                    "description",
                    models.CharField(
                        help_text="In a sentence, for who cannot see the photo.",
                        max_length=200,
                        verbose_name="what one sees",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("file", models.FileField(upload_to=reservations.models.photos.stored_as)),
                ("thumbnail", models.FileField(upload_to=reservations.models.photos.stored_as)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
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
                    "building",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.building",
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
                        to="reservations.photo",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reservations.room",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("building__isnull", False), ("room__isnull", True)),
                    models.Q(("building__isnull", True), ("room__isnull", False)),
                    _connector="OR",
                ),
                name="photo_of_a_building_or_a_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(("description", ""), _negated=True), name="photo_says_what_one_sees"
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gte", 1), ("width__gte", 1)), name="photo_has_a_size"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reservations_photochange" ("added_at", "added_by_id", "building_id", "description", "file", "height", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "room_id", "thumbnail", "width") VALUES (OLD."added_at", OLD."added_by_id", OLD."building_id", OLD."description", OLD."file", OLD."height", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."room_id", OLD."thumbnail", OLD."width"); RETURN NULL;',
                    hash="464dce2bbe5b9487699c5e0a03b218433f80d137",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7cb65",
                    table="reservations_photo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reservations_photochange" ("added_at", "added_by_id", "building_id", "description", "file", "height", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "room_id", "thumbnail", "width") VALUES (OLD."added_at", OLD."added_by_id", OLD."building_id", OLD."description", OLD."file", OLD."height", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."room_id", OLD."thumbnail", OLD."width"); RETURN NULL;',
                    hash="4742dbaa51880a6ec4f7023badb2a467c8dc3d88",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f7722",
                    table="reservations_photo",
                    when="AFTER",
                ),
            ),
        ),
    ]
