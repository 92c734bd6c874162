import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('reservations', '0019_refused_unanswered'),
    ]

    operations = [
        migrations.CreateModel(
            name='BuildingGrantChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buildinggrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reservations_buildinggrantchange" ("content_object_id", "group_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."content_object_id", NEW."group_id", NEW."id", NEW."permission_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='167c918c046ce8337698d28ff891811576490cfe', operation='INSERT', pgid='pgtrigger_insert_insert_63c5c', table='reservations_buildinggrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buildinggrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reservations_buildinggrantchange" ("content_object_id", "group_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."content_object_id", OLD."group_id", OLD."id", OLD."permission_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='3cf5166f77a15e1795bdafeacfbc6e59f7be646e', operation='DELETE', pgid='pgtrigger_delete_delete_64e0d', table='reservations_buildinggrant', when='AFTER')),
        ),
        migrations.AddField(
            model_name='buildinggrantchange',
            name='content_object',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reservations.building'),
        ),
        migrations.AddField(
            model_name='buildinggrantchange',
            name='group',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.group'),
        ),
        migrations.AddField(
            model_name='buildinggrantchange',
            name='permission',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.permission'),
        ),
        migrations.AddField(
            model_name='buildinggrantchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='buildinggrantchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='reservations.buildinggrant'),
        ),
    ]
