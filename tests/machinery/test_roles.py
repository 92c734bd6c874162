"""deploy/roles.sql on a PostgreSQL of its own: the application role works, and can do no more than work."""

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege

from kortrijk_gebied import embedded
from kortrijk_gebied.keeper import binaries
from tests.machinery import production

WORK = """
from teams.models import Organisation
from kortrijk_gebied.jobs.models import enqueue
it = Organisation.objects.create(code="stad", kind="city", name="Stad", letter="S")
it.name = "De stad"
it.save()
enqueue("round", key="round:roles")
it.delete()
"""


@pytest.fixture(scope="module")
def sockets() -> Iterator[str]:
    """A migrated production database; the folder of its server's socket."""
    home = embedded.throwaway_cluster()
    embedded.attach(home, throwaway=True)
    folder = str(embedded.socket_dir(home))
    with psycopg.connect(host=folder, user=embedded.NAME, dbname="postgres", autocommit=True) as admin:
        admin.execute("DROP DATABASE gebied")  # the demo's, empty: production makes its own
    psql = [str(binaries() / "psql"), "--host", folder, "--username", embedded.NAME, "--dbname", "postgres"]
    subprocess.run(
        [*psql, "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--quiet", "--file", "deploy/roles.sql"],
        cwd=embedded.ROOT,
        env={**os.environ, "OWNER_PASSWORD": "van-de-eigenaar", "APP_PASSWORD": "van-het-programma"},
        check=True,
    )
    done = production.run("migrate", "--noinput", DATABASE_URL=address(folder, "gebied_owner"), REDIS_URL="")
    assert done.returncode == 0, done.stderr
    yield folder
    embedded.detach(home)


def address(folder: str, role: str) -> str:
    return f"postgresql://{role}@/{folder}/gebied"


@pytest.fixture
def application(sockets: str) -> Iterator[Connection]:
    with psycopg.connect(host=sockets, user="gebied_app", dbname="gebied") as connection:
        yield connection
        connection.rollback()


class TestApplicationRole:
    def test_does_the_work_with_its_history(self, sockets: str, application: Connection) -> None:
        done = production.run(
            "shell", "--no-imports", "--command", WORK, DATABASE_URL=address(sockets, "gebied_app"), REDIS_URL=""
        )
        assert done.returncode == 0, done.stderr
        changes = application.execute("SELECT name FROM teams_organisationchange ORDER BY pgh_id").fetchall()
        assert ("De stad",) in changes

    def test_reads_and_writes_every_table(self, application: Connection) -> None:
        refused = application.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND"
            " NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')"
            " AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))"
        ).fetchall()
        assert not refused

    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE signals_signal ADD COLUMN extra int",
            "ALTER TABLE signals_signal DISABLE TRIGGER ALL",
            "DROP TABLE signals_signal",
            "TRUNCATE audit_readentry",
            "CREATE TABLE extra (id int)",
            "CREATE OR REPLACE FUNCTION public.extra() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "SET session_replication_role = replica",
            "SET ROLE gebied_owner",
        ],
    )
    def test_cannot(self, application: Connection, statement: str) -> None:
        with pytest.raises(InsufficientPrivilege):
            application.execute(statement)
