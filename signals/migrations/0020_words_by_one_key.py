import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0019_attachments_of_joined_signals'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='note',
            name='follow_words',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='report',
            name='follow_words',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='follow_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF TG_OP <> 'INSERT' THEN \n    UPDATE signals_signalwords AS words SET vector = signal_vector(s) FROM signals_signal AS s\n    WHERE words.signal_id = OLD.signal_id AND s.id = OLD.signal_id\n AND s.level = 0; END IF;\n        IF TG_OP <> 'DELETE' THEN \n    UPDATE signals_signalwords AS words SET vector = signal_vector(s) FROM signals_signal AS s\n    WHERE words.signal_id = NEW.signal_id AND s.id = NEW.signal_id\n AND s.level = 0; END IF;\n        RETURN NULL;\n    ", hash='dbb568e6c5f41696f90b9e5bc2288c4f1f147429', operation='INSERT OR DELETE OR UPDATE OF "text", "level", "signal_id"', pgid='pgtrigger_follow_words_dcdad', table='signals_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='follow_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF TG_OP <> 'INSERT' THEN \n    UPDATE signals_signalwords AS words SET vector = signal_vector(s) FROM signals_signal AS s\n    WHERE words.signal_id = OLD.signal_id AND s.id = OLD.signal_id\n; END IF;\n        IF TG_OP <> 'DELETE' THEN\n            \n    UPDATE signals_signalwords AS words SET vector = signal_vector(s) FROM signals_signal AS s\n    WHERE words.signal_id = NEW.signal_id AND s.id = NEW.signal_id\n AND (s.description, s.place) IS DISTINCT FROM (NEW.description, NEW.place);\n        END IF;\n        RETURN NULL;\n    ", hash='1e27612d3192c9a1bac39afaa0d960cfd9b6b1dc', operation='INSERT OR DELETE OR UPDATE OF "description", "place", "signal_id"', pgid='pgtrigger_follow_words_dbba0', table='signals_report', when='AFTER')),
        ),
    ]
