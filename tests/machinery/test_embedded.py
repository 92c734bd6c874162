"""The embedded PostgreSQL: shared while somebody uses it, gone when nobody does."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from kortrijk_gebied import embedded
from tests.servers import PATIENCE, wait_until

# What manage.py does; says where the server is, and holds it until its standard input closes.
USER = "from kortrijk_gebied import embedded; import os, sys; embedded.use();" + (
    "print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
)


class User:
    def __init__(self, var: Path) -> None:
        drop = {"DATABASE_URL", "SECRET_KEY", "DEMO"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER],
            cwd=embedded.ROOT,
            env={**{key: value for key, value in os.environ.items() if key not in drop}, "VAR_DIR": str(var)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def url(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate(timeout=PATIENCE)


type Enter = Callable[[], User]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    return embedded.demo_cluster()


@pytest.fixture
def enter(home: Path, tmp_path: Path) -> Iterator[Enter]:
    """Start one more process that uses the cluster in `home`; in the end all of them leave."""
    users: list[User] = []

    def enter() -> User:
        users.append(User(tmp_path))
        return users[-1]

    yield enter
    for user in users:
        user.process.kill()
        user.leave()
    embedded.forget(home)
    assert not home.exists()


def runs(home: Path) -> bool:
    try:
        psycopg.connect(host=str(embedded.socket_dir(home)), user=embedded.NAME, dbname=embedded.NAME).close()
    except psycopg.OperationalError:
        return False
    return True


def execute(home: Path, statement: LiteralString) -> list[tuple[Any, ...]]:
    with psycopg.connect(host=str(embedded.socket_dir(home)), user=embedded.NAME, dbname=embedded.NAME) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


class TestSharing:
    def test_starts_one_server_for_many_at_once(self, home: Path, enter: Enter) -> None:
        users = [enter() for _ in range(4)]
        assert len({user.url() for user in users}) == 1
        assert runs(home)
        for user in users:
            user.leave()

    def test_keeps_it_until_the_last_has_gone(self, home: Path, enter: Enter) -> None:
        first, second = enter(), enter()
        first.url()
        second.url()
        first.leave()
        assert runs(home)
        second.leave()
        wait_until(lambda: not runs(home), what="the server stops")

    def test_stops_it_after_a_user_that_was_killed(self, home: Path, enter: Enter) -> None:
        user = enter()
        user.url()
        user.process.kill()
        user.leave()
        wait_until(lambda: not runs(home), what="the server stops")


class TestData:
    def test_outlives_the_server(self, home: Path, enter: Enter) -> None:
        user = enter()
        user.url()
        execute(home, "CREATE TABLE kept (one int)")
        user.leave()
        wait_until(lambda: not runs(home), what="the server stops")
        again = enter()
        again.url()
        assert execute(home, "SELECT * FROM kept") == []
        again.leave()

    def test_starts_anew_when_its_folder_was_deleted(self, home: Path, tmp_path: Path, enter: Enter) -> None:
        user = enter()
        user.url()
        execute(home, "CREATE TABLE kept (one int)")
        user.leave()
        wait_until(lambda: not runs(home), what="the server stops")
        (tmp_path / "postgres-id").unlink()
        again = enter()
        again.url()
        assert execute(home, "SELECT FROM pg_class WHERE relname = 'kept'") == []
        again.leave()

    def test_is_out_of_reach_of_others(self, home: Path, tmp_path: Path, enter: Enter) -> None:
        user = enter()
        user.url()
        modes = {path.name: path.stat().st_mode & 0o077 for path in (home / "data", home / "socket")}
        assert modes == {"data": 0, "socket": 0}
        assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
        user.leave()
