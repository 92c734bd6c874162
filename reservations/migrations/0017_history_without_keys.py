from django.db import migrations

# Until now the history kept the whole address on which something was changed, also where the address is a key.
FORGET = r"""
    UPDATE pghistory_context
    SET metadata = jsonb_set(metadata, '{url}', to_jsonb(regexp_replace(metadata->>'url', KEYS, '\1/***')))
    WHERE metadata->>'url' ~ KEYS
""".replace(
    "KEYS",
    r"'(/gevraagd|/zaal-vragen/link|/zaal-vragen/gegevens|/mijn-melding|/melden/bevestigen|/signalen/bevestigen"
    r"|/v2/tokens|/account/password/reset/key)/[^/]+'",
)


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("reservations", "0016_hours_for_each_day"),
    ]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
