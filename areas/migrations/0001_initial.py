import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        # By hand: the exclusion constraint below and the search for places stand on these.
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                ('ring', models.CharField(blank=True, choices=[('binnenstad', 'Inner city'), ('rand', 'Rim')], max_length=10, verbose_name='ring')),
                ('boundary', models.JSONField(help_text='A GeoJSON Polygon or MultiPolygon, longitude before latitude (WGS84).', verbose_name='border')),
                ('provisional', models.BooleanField(default=False, verbose_name='provisional border')),
                ('hectares', models.DecimalField(decimal_places=1, max_digits=8, verbose_name='hectares')),
                ('inhabitants', models.PositiveIntegerField(blank=True, null=True, verbose_name='inhabitants')),
                ('inhabitants_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='counted in')),
                ('inhabitants_source', models.CharField(blank=True, max_length=200, verbose_name='source of the count')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'ordering': ['set', 'position', 'code'],
                'permissions': [('register_area', 'Can register in the area'), ('route_area', 'Can route in the area'), ('work_area', 'Can work in the area'), ('view_reporter_area', 'Can see who reported in the area'), ('manage_area', 'Can manage the area')],
            },
        ),
        migrations.CreateModel(
            name='AreaSetChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('working', 'Areas of the area work'), ('neighbourhood', 'Neighbourhoods of today'), ('care', 'Care areas'), ('inner_city', 'Inner-city zones'), ('submunicipality', 'Sub-municipalities'), ('patrol', 'Patrol sectors'), ('ward', 'Police wards'), ('sector', 'Statistical sectors')], max_length=20, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True, verbose_name='valid to')),
                ('source', models.TextField(verbose_name='source')),
                ('licence', models.TextField(blank=True, verbose_name='licence')),
                ('covering', models.BooleanField(help_text='Every place in the municipality lies in exactly one area of it.', verbose_name='covers the municipality')),
                ('provisional', models.BooleanField(help_text='Not only a border: the division itself still has to be confirmed.', verbose_name='provisional division')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Crosswalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.DecimalField(decimal_places=6, max_digits=7, verbose_name='share')),
            ],
            options={
                'verbose_name': 'overlap',
                'verbose_name_plural': 'overlaps',
                'ordering': ['from_area', 'to_set', models.OrderBy(models.F('share'), descending=True)],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('locality', models.CharField(blank=True, max_length=60, verbose_name='sub-municipality')),
                ('kind', models.CharField(choices=[('street', 'Street'), ('square', 'Square'), ('neighbourhood', 'Neighbourhood'), ('building', 'Building')], max_length=20, verbose_name='kind')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('is_example', models.BooleanField(default=False, verbose_name='example')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ['name', 'locality'],
            },
        ),
        migrations.CreateModel(
            name='SectorWard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'sector in a ward',
                'verbose_name_plural': 'sectors per ward',
                'ordering': ['sector'],
            },
        ),
        migrations.CreateModel(
            name='SectorWardChange',
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
        migrations.CreateModel(
            name='AreaSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('working', 'Areas of the area work'), ('neighbourhood', 'Neighbourhoods of today'), ('care', 'Care areas'), ('inner_city', 'Inner-city zones'), ('submunicipality', 'Sub-municipalities'), ('patrol', 'Patrol sectors'), ('ward', 'Police wards'), ('sector', 'Statistical sectors')], max_length=20, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True, verbose_name='valid to')),
                ('source', models.TextField(verbose_name='source')),
                ('licence', models.TextField(blank=True, verbose_name='licence')),
                ('covering', models.BooleanField(help_text='Every place in the municipality lies in exactly one area of it.', verbose_name='covers the municipality')),
                ('provisional', models.BooleanField(help_text='Not only a border: the division itself still has to be confirmed.', verbose_name='provisional division')),
            ],
            options={
                'verbose_name': 'area set',
                'verbose_name_plural': 'area sets',
                'ordering': ['position', 'code', '-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['working', 'neighbourhood', 'care', 'inner_city', 'submunicipality', 'patrol', 'ward', 'sector'])), name='area_set_kind_is_known'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='area_set_ends_after_it_starts', violation_error_message='The set must end after it starts.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='area_set_code_once_at_a_time', violation_error_message='Another set with this code holds in the same period.')],
            },
        ),
        migrations.CreateModel(
            name='AreaChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                ('ring', models.CharField(blank=True, choices=[('binnenstad', 'Inner city'), ('rand', 'Rim')], max_length=10, verbose_name='ring')),
                ('boundary', models.JSONField(help_text='A GeoJSON Polygon or MultiPolygon, longitude before latitude (WGS84).', verbose_name='border')),
                ('provisional', models.BooleanField(default=False, verbose_name='provisional border')),
                ('hectares', models.DecimalField(decimal_places=1, max_digits=8, verbose_name='hectares')),
                ('inhabitants', models.PositiveIntegerField(blank=True, null=True, verbose_name='inhabitants')),
                ('inhabitants_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='counted in')),
                ('inhabitants_source', models.CharField(blank=True, max_length=200, verbose_name='source of the count')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='areas.area')),
                ('set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.areaset', verbose_name='area set')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='area',
            name='set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='areas.areaset', verbose_name='area set'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_areasetchange" ("code", "covering", "id", "kind", "licence", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provisional", "source", "valid_from", "valid_to") VALUES (NEW."code", NEW."covering", NEW."id", NEW."kind", NEW."licence", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."provisional", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='33fe3c743dcd781b2fbd46b9c31c2ebe2c3eb9db', operation='INSERT', pgid='pgtrigger_insert_insert_4cd9c', table='areas_areaset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "areas_areasetchange" ("code", "covering", "id", "kind", "licence", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provisional", "source", "valid_from", "valid_to") VALUES (NEW."code", NEW."covering", NEW."id", NEW."kind", NEW."licence", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."provisional", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='fc8792b92da476eba1ccfa0c9bf4423c5de928d6', operation='UPDATE', pgid='pgtrigger_update_update_740e2', table='areas_areaset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaset',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_areasetchange" ("code", "covering", "id", "kind", "licence", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provisional", "source", "valid_from", "valid_to") VALUES (OLD."code", OLD."covering", OLD."id", OLD."kind", OLD."licence", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."provisional", OLD."source", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='f134f14379edf5bb2fb8d9e52fd798de41964fca', operation='DELETE', pgid='pgtrigger_delete_delete_17b5e', table='areas_areaset', when='AFTER')),
        ),
        migrations.AddField(
            model_name='areasetchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='areasetchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='areas.areaset'),
        ),
        migrations.AddField(
            model_name='crosswalk',
            name='from_area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crosswalk', to='areas.area', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='crosswalk',
            name='to_area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='areas.area', verbose_name='other area'),
        ),
        migrations.AddField(
            model_name='crosswalk',
            name='to_set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='areas.areaset', verbose_name='other area set'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('name', 'locality', 'kind'), name='place_once'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['street', 'square', 'neighbourhood', 'building'])), name='place_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('longitude__gte', -180), ('longitude__lte', 180)), name='place_longitude_in_range'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('latitude__gte', -90), ('latitude__lte', 90)), name='place_latitude_in_range'),
        ),
        migrations.AddField(
            model_name='sectorward',
            name='sector',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ward_row', to='areas.area', verbose_name='statistical sector'),
        ),
        migrations.AddField(
            model_name='sectorward',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sector_rows', to='areas.area', verbose_name='police ward'),
        ),
        migrations.AddField(
            model_name='sectorwardchange',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='sectorwardchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='areas.sectorward'),
        ),
        migrations.AddField(
            model_name='sectorwardchange',
            name='sector',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='statistical sector'),
        ),
        migrations.AddField(
            model_name='sectorwardchange',
            name='ward',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='police ward'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('set', 'code'), name='area_code_once_per_set'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('ring__in', ['', 'binnenstad', 'rand'])), name='area_ring_is_known'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('boundary__type__in', ['Polygon', 'MultiPolygon'])), name='area_border_is_a_surface'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('hectares__gt', 0)), name='area_has_a_surface'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inhabitants__isnull', True), ('inhabitants_year__isnull', True)), models.Q(('inhabitants__isnull', False), ('inhabitants_year__isnull', False), models.Q(('inhabitants_source', ''), _negated=True)), _connector='OR'), name='area_count_has_year_and_source', violation_error_message='A number of inhabitants needs its year and its source.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_areachange" ("boundary", "code", "hectares", "id", "inhabitants", "inhabitants_source", "inhabitants_year", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provisional", "ring", "set_id") VALUES (NEW."boundary", NEW."code", NEW."hectares", NEW."id", NEW."inhabitants", NEW."inhabitants_source", NEW."inhabitants_year", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."provisional", NEW."ring", NEW."set_id"); RETURN NULL;', hash='7550434f067fc20c2be7a446213ec6e80ecec79d', operation='INSERT', pgid='pgtrigger_insert_insert_e5c2d', table='areas_area', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "areas_areachange" ("boundary", "code", "hectares", "id", "inhabitants", "inhabitants_source", "inhabitants_year", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provisional", "ring", "set_id") VALUES (NEW."boundary", NEW."code", NEW."hectares", NEW."id", NEW."inhabitants", NEW."inhabitants_source", NEW."inhabitants_year", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."provisional", NEW."ring", NEW."set_id"); RETURN NULL;', hash='9e16d60a27ca83f79d000b06af551371073c4af1', operation='UPDATE', pgid='pgtrigger_update_update_e3393', table='areas_area', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_areachange" ("boundary", "code", "hectares", "id", "inhabitants", "inhabitants_source", "inhabitants_year", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provisional", "ring", "set_id") VALUES (OLD."boundary", OLD."code", OLD."hectares", OLD."id", OLD."inhabitants", OLD."inhabitants_source", OLD."inhabitants_year", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."provisional", OLD."ring", OLD."set_id"); RETURN NULL;', hash='83336a902420b6bf0317ff2caee4134b8d359cf1', operation='DELETE', pgid='pgtrigger_delete_delete_96aa5', table='areas_area', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='crosswalk',
            constraint=models.UniqueConstraint(fields=('from_area', 'to_set', 'to_area'), name='crosswalk_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='crosswalk',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 1)), name='crosswalk_share_between_0_and_1'),
        ),
        migrations.AddConstraint(
            model_name='crosswalk',
            constraint=models.CheckConstraint(condition=models.Q(('to_area__isnull', True), ('share__gt', 0), _connector='OR'), name='crosswalk_only_outside_may_be_0'),
        ),
        migrations.AddConstraint(
            model_name='sectorward',
            constraint=models.CheckConstraint(condition=models.Q(('sector', models.F('ward')), _negated=True), name='sector_ward_are_two_areas'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sectorward',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_sectorwardchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id", "ward_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sector_id", NEW."ward_id"); RETURN NULL;', hash='68a1de6fad921ac7da64615e57ff0cd10e65373c', operation='INSERT', pgid='pgtrigger_insert_insert_3e4e9', table='areas_sectorward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sectorward',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "areas_sectorwardchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id", "ward_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sector_id", NEW."ward_id"); RETURN NULL;', hash='eef8a9b76fa83c038ac93f4f9ba1708ac2213ef4', operation='UPDATE', pgid='pgtrigger_update_update_5c3fc', table='areas_sectorward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sectorward',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_sectorwardchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id", "ward_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sector_id", OLD."ward_id"); RETURN NULL;', hash='1e73544fded6ce8728d15982dbb9e51644e14007', operation='DELETE', pgid='pgtrigger_delete_delete_24579', table='areas_sectorward', when='AFTER')),
        ),
    ]
