"""Every migration forward, and back until the schema is as empty as it was: `python -m tests.migrations`.

With a name, a copy of the database as it is in between is kept under it: tests can begin with that.
"""

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
        if len(sys.argv) > 1:
            keep_a_copy(sys.argv[1])
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


def keep_a_copy(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # nobody may be in a database while it is copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')


if __name__ == "__main__":
    sys.exit(main())
