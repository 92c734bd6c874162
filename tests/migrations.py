"""Every migration forward into a new database: `python -m tests.migrations forward NAME`. Tests can begin with that.

And in a copy of it back, until the schema is as empty as it was: `python -m tests.migrations back NAME`.
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
    way, name = sys.argv[1:]
    return forward(name) if way == "forward" else back(name)


def forward(name: str) -> int:
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0)
    return 0


def back(name: str) -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    original, copy = connection.settings_dict["NAME"], f"migrations_{uuid.uuid4().hex[:8]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the database we leave
    connection.settings_dict["NAME"] = copy
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
