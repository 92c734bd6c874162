"""bin/demo --check: its last line, its exit code, and the reason when something does not work.

The program around it is a small web server of the test, and a worker that is asked through its command: what
stands beyond this process is replaced, nothing within it.
"""

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from kortrijk_gebied.demo import __main__ as demo
from kortrijk_gebied.demo import check as checking
from kortrijk_gebied.demo.accounts import PASSWORD, Account, write
from kortrijk_gebied.demo.supervisor import STOPPING, CannotStart, Interrupted
from tests.servers import free_port

BRAM = "coordinator@kortrijk.example"
FORM = b'<form><input type="hidden" name="csrfmiddlewaretoken" value="t0ken"></form>'


class Web(BaseHTTPRequestHandler):
    """What a sign-in and an inbox look like from the outside."""

    password, form, inbox = PASSWORD, FORM, 200

    def do_GET(self) -> None:
        if self.path == "/account/login/":
            self.answer(200, self.form)
        elif "session=bram" not in self.headers.get("Cookie", ""):
            self.answer(302, location="/account/login/")
        else:
            self.answer(self.inbox if self.path == "/postvak/" else 200)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if sent == {"csrfmiddlewaretoken": ["t0ken"], "login": [BRAM], "password": [self.password]}:
            self.answer(302, location="/vandaag/", cookie="session=bram; Path=/")
        else:
            self.answer(200, self.form)

    def answer(self, code: int, body: bytes = b"", *, location: str = "", cookie: str = "") -> None:
        self.send_response(code)
        for name, value in (("Location", location), ("Set-Cookie", cookie), ("Content-Length", str(len(body)))):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Child:
    def tail(self) -> str:
        return "ProgrammingError: relation does not exist"


class Programs:
    """Stands for all that the supervisor starts: here it runs already."""

    children = (Child(),)
    started = stopped = tended = linked = 0

    def __init__(self, port: int, var: Path) -> None:
        self.port, self.var = port, var

    def start(self) -> None:
        self.started += 1

    def stop(self) -> None:
        self.stopped += 1

    def tend(self) -> None:
        self.tended += 1


@pytest.fixture
def web() -> Iterator[type[Web]]:
    class Mine(Web):
        """Of this test alone: what it changes of it is gone afterwards."""

        port = 0

    server = ThreadingHTTPServer(("127.0.0.1", 0), Mine)
    Mine.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Mine
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def programs(web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Programs]:
    (tmp_path / "run").mkdir()
    write(tmp_path, [Account("Meldpuntmedewerker", "agent@x.example", ""), Account("Coördinator stad", BRAM, "")])
    made = Programs(web.port, tmp_path)

    def supervisor(_port: int, *, linked: int) -> Programs:
        made.linked = linked
        return made

    monkeypatch.setattr(demo, "Supervisor", supervisor)
    monkeypatch.setattr("sys.argv", ["bin/demo", "--check"])
    before = {each: signal.getsignal(each) for each in STOPPING}
    yield made
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were given, each of which goes well."""
    commands: list[list[str]] = []

    def run(command: list[str], **_how: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return commands


class Said:
    """How it ended: exit code, last line, and what stands on standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.code = demo.main()
        out, self.error = capsys.readouterr()
        self.last = out.splitlines()[-1] if out else ""


class TestThatAllWorks:
    def test_is_said_in_the_last_line(
        self, programs: Programs, capsys: pytest.CaptureFixture[str], asked: list[list[str]]
    ) -> None:
        said = Said(capsys)
        assert (said.code, said.error) == (0, "")
        assert re.fullmatch(r"ready in \d+ s", said.last)
        assert (programs.started, programs.stopped) == (1, 1)
        assert [command[1:4] for command in asked] == [["manage.py", "check_worker", "--timeout"]]

    def test_leaves_links_that_the_demo_after_it_answers(
        self, programs: Programs, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What the check loads stays; the port it listened on is gone."""
        assert Said(capsys).code == 0
        assert programs.linked == 8000


class TestThatSomethingDoesNot:
    def fails(self, programs: Programs, capsys: pytest.CaptureFixture[str]) -> str:
        """Why. Whatever it is, everything is stopped and nobody reads that it is ready."""
        said = Said(capsys)
        assert (said.code, said.last, programs.stopped) == (1, "", 1)
        return said.error.strip()

    def test_names_who_cannot_sign_in(self, programs: Programs, web: Any, capsys: pytest.CaptureFixture[str]) -> None:
        web.password = "changed"
        assert self.fails(programs, capsys) == f"{BRAM} cannot sign in."

    def test_says_that_there_is_no_form(self, programs: Programs, web: Any, capsys: pytest.CaptureFixture[str]) -> None:
        web.form = b"Welkom"
        assert self.fails(programs, capsys) == "The sign-in page has no form."

    def test_gives_the_log_of_a_page_that_broke(
        self, programs: Programs, web: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        web.inbox = 500
        page = f"http://localhost:{web.port}/postvak/"
        assert self.fails(programs, capsys) == f"{page} gave 500.\nProgrammingError: relation does not exist"

    def test_gives_no_log_of_a_page_that_refuses(
        self, programs: Programs, web: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        web.inbox = 403
        assert self.fails(programs, capsys) == f"http://localhost:{web.port}/postvak/ gave 403."

    def test_says_what_the_worker_said(
        self, programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        failed = subprocess.CompletedProcess([], 1, "", "CommandError: no worker answered in 60 s\n")
        monkeypatch.setattr(subprocess, "run", lambda command, **_how: failed)
        assert self.fails(programs, capsys) == "No task has gone round: CommandError: no worker answered in 60 s"

    def test_says_that_nobody_listens_and_tends_until_then(
        self, programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        programs.port = free_port()
        monkeypatch.setattr(checking, "PATIENCE", 0.3)
        assert self.fails(programs, capsys).startswith("The web server does not answer: ")
        assert programs.tended

    def test_says_why_it_cannot_start(
        self, programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def start() -> None:
            raise CannotStart("Another demo is already running in this folder.")

        monkeypatch.setattr(programs, "start", start)
        assert self.fails(programs, capsys) == "Another demo is already running in this folder."

    def test_stops_when_somebody_interrupts_it(
        self, programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def start() -> None:
            raise Interrupted("SIGINT")

        monkeypatch.setattr(programs, "start", start)
        said = Said(capsys)
        assert (said.code, said.last, programs.stopped) == (1, "Stopping.", 1)
