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
        ('areas', '0002_addresses'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('signals', '0026_as_secret_as_when_it_was_written'),
        ('teams', '0003_mail_choices'),
        ('teams', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CityKey',
            fields=[
                ('id', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('public', models.JSONField(help_text='as a JSON Web Key')),
                ('private', models.TextField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, help_text='it opens what was sealed, and seals no more', null=True)),
            ],
            options={
                'verbose_name': 'city key',
                'verbose_name_plural': 'city keys',
                'ordering': ['-created_at'],
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('retired_at__isnull', True)), name='citykey_one_current')],
            },
        ),
        migrations.CreateModel(
            name='PatrolRound',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='for who comes after')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='teams.team')),
                ('zone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='areas.area')),
            ],
            options={
                'verbose_name': 'round',
                'verbose_name_plural': 'rounds',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='PatrolRoundChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='for who comes after')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.patrolround')),
                ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team')),
                ('zone', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundActivity',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('informing', 'informing'), ('monitoring', 'monitoring'), ('sensitising', 'sensitising'), ('contact', 'being there'), ('crossing', 'helping children cross'), ('event', 'supervision at an event')], max_length=12, verbose_name='kind')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='in a few words')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='signals.patrolround')),
            ],
            options={
                'verbose_name': 'activity of a round',
                'verbose_name_plural': 'activities of rounds',
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='Tablet',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('waiting', models.PositiveIntegerField(default=0, verbose_name='waiting')),
                ('attention', models.PositiveIntegerField(default=0, verbose_name='asks for attention')),
                ('oldest_at', models.DateTimeField(blank=True, null=True)),
                ('used', models.PositiveBigIntegerField(blank=True, help_text='bytes', null=True)),
                ('quota', models.PositiveBigIntegerField(blank=True, help_text='bytes', null=True)),
                ('clock_offset_ms', models.BigIntegerField(blank=True, help_text='ours less its own', null=True)),
                ('shell', models.CharField(blank=True, max_length=64)),
                ('order', models.CharField(blank=True, choices=[('sign_out', 'sign out'), ('wipe', 'wipe')], max_length=8, verbose_name='instruction')),
                ('ordered_at', models.DateTimeField(blank=True, null=True)),
                ('carried_out_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ordered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tablets', to='teams.organisation')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tablet',
                'verbose_name_plural': 'tablets',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tablet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='signals.tablet')),
            ],
            options={
                'verbose_name': 'shift',
                'verbose_name_plural': 'shifts',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(editable=False, help_text='made by the tablet', primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('signal', 'signal'), ('task', 'task'), ('round', 'round')], max_length=8)),
                ('schema', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(help_text='of the record before it was sealed', max_length=64)),
                ('result', models.CharField(choices=[('registered', 'registered'), ('joined', 'joined'), ('to_divide', 'to divide'), ('accepted', 'accepted'), ('done', 'done'), ('returned', 'returned'), ('started', 'started'), ('noted', 'noted'), ('ended', 'ended'), ('conflict', 'overtaken')], max_length=12)),
                ('message', models.CharField(blank=True, help_text='for its author', max_length=400)),
                ('wrapped', models.TextField(blank=True, help_text='the key of the record, until its photos are here')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('clock_offset_ms', models.BigIntegerField(blank=True, help_text="ours less the tablet's, when it was saved", null=True)),
                ('locked', models.BooleanField(default=False, help_text='written after a restart, before the PIN was known again')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(help_text='whose session brought it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='signals.citykey')),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='signals.report')),
                ('signal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='signals.signal')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signals.task')),
                ('tablet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='signals.tablet')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-received_at'],
            },
        ),
        migrations.CreateModel(
            name='TabletChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=kortrijk_gebied.ids.uuid7, editable=False, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('order', models.CharField(blank=True, choices=[('sign_out', 'sign out'), ('wipe', 'wipe')], max_length=8, verbose_name='instruction')),
                ('ordered_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('ordered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='signals.tablet')),
                ('revoked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeliveredPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(help_text='of the picture as the tablet saved it', max_length=64)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('attachment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='signals.attachment')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='signals.delivery')),
            ],
            options={
                'verbose_name': 'delivered photo',
                'verbose_name_plural': 'delivered photos',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('delivery', 'sha256'), name='deliveredphoto_once')],
            },
        ),
        migrations.AddIndex(
            model_name='patrolround',
            index=models.Index(fields=['zone', '-started_at'], name='patrolround_of_zone'),
        ),
        migrations.AddConstraint(
            model_name='patrolround',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='patrolround_ends_after_it_starts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='patrolround',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "signals_patrolroundchange" ("by_id", "ended_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "team_id", "zone_id") VALUES (OLD."by_id", OLD."ended_at", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."started_at", OLD."team_id", OLD."zone_id"); RETURN NULL;', hash='2969583700bbb45420b1b80e16a45fd2e088842d', operation='UPDATE', pgid='pgtrigger_update_update_0bd50', table='signals_patrolround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='patrolround',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_patrolroundchange" ("by_id", "ended_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "team_id", "zone_id") VALUES (OLD."by_id", OLD."ended_at", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."started_at", OLD."team_id", OLD."zone_id"); RETURN NULL;', hash='d3ff533e3246bdfac8e27301e3905be4d59c05a1', operation='DELETE', pgid='pgtrigger_delete_delete_316a4', table='signals_patrolround', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='roundactivity',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['informing', 'monitoring', 'sensitising', 'contact', 'crossing', 'event'])), name='roundactivity_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='tablet',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), name='tablet_name_once', violation_error_message='Another tablet has this name already.'),
        ),
        migrations.AddConstraint(
            model_name='tablet',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tablet_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='tablet',
            constraint=models.CheckConstraint(condition=models.Q(('order__in', ['', 'sign_out', 'wipe'])), name='tablet_order_known'),
        ),
        migrations.AddConstraint(
            model_name='tablet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order', ''), ('ordered_at__isnull', True), ('ordered_by__isnull', True)), models.Q(('ordered_at__isnull', False), ('ordered_by__isnull', False)), _connector='OR'), name='tablet_ordered_at_by'),
        ),
        migrations.AddConstraint(
            model_name='tablet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='tablet_revoked_at_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablet',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at"))', func='INSERT INTO "signals_tabletchange" ("id", "name", "order", "ordered_at", "ordered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id") VALUES (OLD."id", OLD."name", OLD."order", OLD."ordered_at", OLD."ordered_by_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."revoked_at", OLD."revoked_by_id"); RETURN NULL;', hash='520b0de77d0a3e12c236662e64ead5abbb1b0372', operation='UPDATE', pgid='pgtrigger_update_update_53ad6', table='signals_tablet', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablet',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "signals_tabletchange" ("id", "name", "order", "ordered_at", "ordered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id") VALUES (OLD."id", OLD."name", OLD."order", OLD."ordered_at", OLD."ordered_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."revoked_by_id"); RETURN NULL;', hash='52e75f9c5d500e977a9510481e537a939c6fec2c', operation='DELETE', pgid='pgtrigger_delete_delete_6dee8', table='signals_tablet', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='shift_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('tablet',), name='shift_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signal', 'task', 'round'])), name='delivery_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('result__in', ['registered', 'joined', 'to_divide', 'accepted', 'done', 'returned', 'started', 'noted', 'ended', 'conflict'])), name='delivery_result_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'signal'), _negated=True), models.Q(('report__isnull', False), ('signal__isnull', False)), _connector='OR'), name='delivery_of_a_signal_has_it'),
        ),
    ]
