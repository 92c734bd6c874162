"""The city as it stood before the first test, kept beside the tables and put back in a tenth of a second.

Most tests roll back. One that commits (a worker, a browser, two people at once) leaves rows behind;
Django would empty the database after it, and the next test would have to build the city again.
Needs a database user that may set `session_replication_role`, as the owner of a test server is.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = "as_it_stood"


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        return [name for (name,) in cursor.fetchall()]


def _columns() -> dict[str, str]:
    """For each table the columns that may be written: generated ones follow by themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY 1"
        )
        return dict(cursor.fetchall())


def take() -> None:
    """Copy every row there is now into a schema beside the tables."""
    statements = [f'DROP SCHEMA IF EXISTS "{KEPT}" CASCADE', f'CREATE SCHEMA "{KEPT}"']
    statements += [f'CREATE TABLE "{KEPT}"."{table}" AS TABLE public."{table}"' for table in _tables("public")]
    with connection.cursor() as cursor:
        cursor.execute(";".join(statements))


def restore() -> None:
    """Put every table back as it was at `take`; triggers and foreign keys sleep meanwhile."""
    columns = _columns()
    statements = ["SET LOCAL session_replication_role = replica"]
    for table in _tables(KEPT):
        statements += [
            f'DELETE FROM public."{table}"',  # noqa: S608
            f'INSERT INTO public."{table}" ({columns[table]}) SELECT {columns[table]} FROM "{KEPT}"."{table}"',  # noqa: S608
        ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(";".join(statements))


def after_a_test_that_commits(_case: TransactionTestCase) -> None:
    """Stands in for `TransactionTestCase._fixture_teardown`, which empties the database."""
    restore()


def let_go() -> None:
    """End what others still hold of the database (a worker takes a moment to go): it is about to be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
