import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0002_working_calendar'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        migrations.AddField(
            model_name='user',
            name='mail_mentions',
            field=models.BooleanField(default=False, verbose_name='a mail when a colleague mentions me'),
        ),
        migrations.AddField(
            model_name='user',
            name='mail_offers',
            field=models.BooleanField(default=False, verbose_name='a mail when my team is asked something'),
        ),
        migrations.AddField(
            model_name='userchange',
            name='mail_mentions',
            field=models.BooleanField(default=False, verbose_name='a mail when a colleague mentions me'),
        ),
        migrations.AddField(
            model_name='userchange',
            name='mail_offers',
            field=models.BooleanField(default=False, verbose_name='a mail when my team is asked something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_userchange" ("created_at", "email", "id", "is_active", "mail_mentions", "mail_offers", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."mail_mentions", NEW."mail_offers", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone"); RETURN NULL;', hash='f135aef799326da0172768c736620cedd2d3b877', operation='INSERT', pgid='pgtrigger_insert_insert_640a3', table='teams_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."mail_mentions" IS DISTINCT FROM (NEW."mail_mentions") OR OLD."mail_offers" IS DISTINCT FROM (NEW."mail_offers") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone"))', func='INSERT INTO "teams_userchange" ("created_at", "email", "id", "is_active", "mail_mentions", "mail_offers", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."mail_mentions", NEW."mail_offers", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone"); RETURN NULL;', hash='8d923494a129db40ea78b8557ab864a43f9bc9ee', operation='UPDATE', pgid='pgtrigger_update_update_5a40a', table='teams_user', when='AFTER')),
        ),
    ]
