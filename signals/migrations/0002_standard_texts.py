import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('signals', '0001_initial'),
        ('teams', '0002_working_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='StandardText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('use', models.CharField(choices=[('answer', 'answer at the report desk'), ('outcome', 'outcome of a signal or task')], default='answer', max_length=10, verbose_name='used as')),
                ('title', models.CharField(help_text='The question as a citizen asks it.', max_length=120, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='text')),
                ('source', models.URLField(blank=True, help_text='The page on the website it comes from.', verbose_name='more about it')),
                ('review_on', models.DateField(blank=True, help_text='From that day on it says so.', null=True, verbose_name='look at it again on')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='StandardTextChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('use', models.CharField(choices=[('answer', 'answer at the report desk'), ('outcome', 'outcome of a signal or task')], default='answer', max_length=10, verbose_name='used as')),
                ('title', models.CharField(help_text='The question as a citizen asks it.', max_length=120, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='text')),
                ('source', models.URLField(blank=True, help_text='The page on the website it comes from.', verbose_name='more about it')),
                ('review_on', models.DateField(blank=True, help_text='From that day on it says so.', null=True, verbose_name='look at it again on')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='standardtext',
            name='category',
            field=models.ForeignKey(blank=True, help_text='With everything below it. Empty: for every subject.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='signals.category', verbose_name='subject'),
        ),
        migrations.AddField(
            model_name='standardtext',
            name='organisation',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='teams.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='standardtext',
            name='written_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='standardtextchange',
            name='category',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='With everything below it. Empty: for every subject.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='signals.category', verbose_name='subject'),
        ),
        migrations.AddField(
            model_name='standardtextchange',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='standardtextchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='standardtextchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.standardtext'),
        ),
        migrations.AddField(
            model_name='standardtextchange',
            name='written_by',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='standardtext',
            constraint=models.CheckConstraint(condition=models.Q(('use__in', ['answer', 'outcome'])), name='text_use_known'),
        ),
        migrations.AddConstraint(
            model_name='standardtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='text_says_something'),
        ),
        migrations.AddConstraint(
            model_name='standardtext',
            constraint=models.UniqueConstraint(fields=('organisation', 'use', 'title'), name='text_titled_once', violation_error_message='There is a text with this title already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='standardtext',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_standardtextchange" ("active", "category_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on", "source", "text", "title", "use", "written_at", "written_by_id") VALUES (NEW."active", NEW."category_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_on", NEW."source", NEW."text", NEW."title", NEW."use", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='24ecf49cf07568df9e015661ad107c7ace60ef22', operation='INSERT', pgid='pgtrigger_insert_insert_c4337', table='signals_standardtext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='standardtext',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_standardtextchange" ("active", "category_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on", "source", "text", "title", "use", "written_at", "written_by_id") VALUES (NEW."active", NEW."category_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_on", NEW."source", NEW."text", NEW."title", NEW."use", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='c0889c655402a53e97f650d9297417bb37b505df', operation='UPDATE', pgid='pgtrigger_update_update_8dc6a', table='signals_standardtext', when='AFTER')),
        ),
    ]
