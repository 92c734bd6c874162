"""Every migration forward, and back until the schema is as empty as it was: `python -m tests.migrations`."""

import os
import sys
import uuid

import django

# Tables, views, sequences. Not functions: pgtrigger leaves those of its triggers, which do nothing alone.
LEFT = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relkind IN ('r', 'v', 'm', 'S') AND relname NOT LIKE 'django_migrations%'
    AND relname <> 'django_cache'  -- made by createcachetable, which making a test database calls
"""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    original = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"migrations_{uuid.uuid4().hex[:8]}"
    connection.creation.create_test_db(verbosity=0)
    try:
        executor = MigrationExecutor(connection)
        executor.migrate([(label, None) for label in executor.loader.migrated_apps])
        with connection.cursor() as cursor:
            cursor.execute(LEFT)
            left = [row[0] for row in cursor.fetchall()]
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
    if left:
        sys.stdout.write(f"Left behind after migrating to zero: {', '.join(left)}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
