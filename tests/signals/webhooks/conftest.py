"""Fluvius hears by webhook; its program is a server on this machine."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from signals.models import Happening, Webhook
from teams.models import Team
from tests.cast import Cast


@dataclass
class Program:
    """Keeps what it gets; answers with `status`."""

    url: str = ""
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.got]


@pytest.fixture
def program(settings: Any) -> Iterator[Program]:
    settings.OUTGOING_LOOPBACK = True
    here = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(here.status)
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    here.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def make_webhook(cast: Cast) -> Callable[..., Webhook]:
    """`make_webhook("fluvius-verlichting", url=...)`: for everything that happens, unless said otherwise."""

    def make(team: str = "fluvius-verlichting", *, url: str = "https://partner.example/hook", **fields: Any) -> Webhook:
        row = Webhook(team=Team.objects.get(code=team), url=url, **{"happenings": list(Happening.values), **fields})
        row.organisation = row.team.organisation  # type: ignore[assignment]
        Webhook.begin(row, by=cast["beheerder"])
        return row

    return make


@pytest.fixture
def webhook(make_webhook: Callable[..., Webhook], program: Program) -> Webhook:
    return make_webhook(url=program.url)
