"""A real server that may be killed: `python -m tests.faults.tablet.serve PORT`. This process has Django imported and
forks Granian from itself, so that after a kill the next one stands in a twentieth of a second."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client
from granian.constants import Interfaces
from granian.server import Server

from kortrijk_gebied.embedded import die_with_parent


def main(port: int) -> None:
    application = get_wsgi_application()
    rehearse()
    another_shell_on_demand()
    from tests.faults.tablet.injected import die_before_commit

    die_before_commit()
    multiprocessing.set_start_method("fork")
    children: list[int] = []

    def end(*_given: Any) -> None:
        for child in children:
            os.killpg(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    while True:
        ends_with_us = die_with_parent(signal.SIGKILL)
        child = os.fork()
        if child == 0:
            ends_with_us()
            serve(application, port)
        children[:] = [child]
        os.waitpid(child, 0)
        children.clear()


def serve(application: Any, port: int) -> None:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ends_with_us = die_with_parent(signal.SIGKILL)

    def load(_target: str) -> Any:
        ends_with_us()
        return application

    server = Server(
        "tablet", "127.0.0.1", port, interface=Interfaces.WSGI, blocking_threads=4, websockets=False, log_enabled=False
    )
    server.serve(target_loader=load)
    os._exit(0)


def rehearse() -> None:
    """Everything is imported and found that one record needs, so that each server forked from here has it; nothing of
    it stays."""
    from teams.models import User
    from tests.field.tablet import FieldTablet, seen

    with transaction.atomic():
        tablet = FieldTablet(Client(SERVER_NAME="localhost"))
        tablet.client.get("/veld/kaart.json")
        tablet.client.get("/veld/stand/")
        tablet.start(User.objects.get(email__startswith="gemeenschapswacht@"))
        answer = tablet.send(tablet.save("signal", seen("Sluikstort")))
        if answer.status_code != 201:
            raise RuntimeError(answer.text)
        transaction.set_rollback(True)
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
    caches.close_all()


def another_shell_on_demand() -> None:
    """What stands in the file `shell` makes another version of it."""
    from signals.views.field import shell

    page, file = shell._page, Path(os.environ["FAULTS"]) / "shell"

    def changed() -> str:
        return f"{page()}<!-- {file.read_text()} -->" if file.exists() else page()

    shell._page = changed


if __name__ == "__main__":
    main(int(sys.argv[1]))
