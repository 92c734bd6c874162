"""What a run happens in: the server that may be killed, the line to it, and the ledger of what the screen said."""

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from kortrijk_gebied.embedded import ROOT, die_with_parent
from tests.faults.tablet.wire import Wire
from tests.servers import accepts, end, free_port, wait_until


def database_url() -> str:
    of = connection.settings_dict
    host, port, password = str(of["HOST"]), of["PORT"], f":{of['PASSWORD']}" if of["PASSWORD"] else ""
    if host.startswith("/"):  # the folder of a socket
        return f"postgresql://{of['USER']}{password}@/{host}/{of['NAME']}"
    return f"postgresql://{of['USER']}{password}@{host}{f':{port}' if port else ''}/{of['NAME']}"


def conninfo() -> str:
    """The same, as PostgreSQL's own programs read it."""
    of = connection.settings_dict
    parts = {
        "host": of["HOST"],
        "port": of["PORT"],
        "user": of["USER"],
        "password": of["PASSWORD"],
        "dbname": of["NAME"],
    }
    return " ".join(f"{name}='{value}'" for name, value in parts.items() if value)


class Server:
    """Granian in a process of its own, on the database of the tests."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder, self.log = free_port(), folder / "faults", folder / "log"
        self.folder.mkdir()
        (self.folder / "happened").touch()
        self._order = 0
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.tablet.settings", "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": database_url(), "REDIS_URL": settings.REDIS_URL, "VAR_DIR": str(settings.VAR_DIR),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT), "FAULTS": str(self.folder), "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.tablet.serve", str(self.port)],
                cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip

    def wait(self) -> None:
        wait_until(lambda: accepts(self.port), what=f"the server stands ({self.log})")

    def arm(self, kind: str, what: str) -> None:
        """`kind` is `record` or `photo`: what happens to the next of those that comes."""
        self._order += 1
        (self.folder / f"{self._order:06}.{kind}.{what}").touch()

    @property
    def happened(self) -> list[str]:
        """Each fault that there was, in order, as `record.die-after`."""
        return [line.partition(".")[2] for line in (self.folder / "happened").read_text().splitlines()]

    @property
    def waiting(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*.*.*"))

    def hold(self) -> None:
        (self.folder / "go-on").unlink(missing_ok=True)

    def go_on(self) -> None:
        (self.folder / "go-on").touch()

    def shell(self, version: str) -> None:
        (self.folder / "shell").write_text(version)

    def clear(self) -> None:
        for name in self.waiting:
            (self.folder / name).unlink(missing_ok=True)
        self.go_on()

    def stop(self) -> None:
        end(self.process)


class Ledger:
    """What the driver saw on the screen, written down while it stood there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def tried(self, seed: int, text: str) -> None:
        self._write(seed=seed, tried=text)

    def said(self, seed: int, said: str, **what: Any) -> None:
        self._write(seed=seed, said=said, at=dt.datetime.now(dt.UTC).isoformat(), **what)

    def _write(self, **line: Any) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def counted(self) -> dict[str, Any]:
        program = str(Path(__file__).with_name("count.py"))
        command = [sys.executable, "-I", program, str(self.path), conninfo()]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout))


class Town:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = Server(folder)
        self.wire = Wire(self.server.port)
        self.site = f"http://localhost:{self.wire.port}"

    def ledger(self) -> Ledger:
        path = self.folder / "ledger"
        path.unlink(missing_ok=True)
        return Ledger(path)

    def calm(self) -> None:
        """Nothing that was armed for a run before is still to come."""
        self.server.clear()
        self.wire.clear()

    def close(self) -> None:
        self.wire.close()
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
