"""bin/demo's process, for real: what it starts, what it replaces, and that nothing outlives it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kortrijk_gebied import embedded
from kortrijk_gebied.demo.accounts import Account, write
from kortrijk_gebied.demo.supervisor import fingerprint
from tests.servers import PATIENCE, accepts, free_port, wait_until


class Demo:
    """A demo on a VAR_DIR of its own, marked as prepared: these tests are about processes, not about data."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}}
        self.environment |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kortrijk_gebied.settings"}
        self._process: subprocess.Popen[str] | None = None

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kortrijk_gebied.demo", "--port", str(self.port), *arguments],
            cwd=embedded.ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.process

    def family(self) -> dict[psutil.Process, str]:
        """Every living process of this demo, with its command line: its environment names our VAR_DIR."""
        found = {}
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("VAR_DIR") == str(self.var)
                if ours and process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid():
                    found[process] = " ".join(process.cmdline())
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def named(self, *words: str) -> list[psutil.Process]:
        return [process for process, line in self.family().items() if all(word in line for word in words)]

    def wait_until_started(self) -> None:
        wait_until(lambda: accepts(self.port) or self.process.poll(), what="the web server answers")
        assert self.process.poll() is None, self.output()
        wait_until(lambda: self.named("celery", "worker") and self.named("beat"), what="worker and beat run")

    def wait_until_gone(self) -> None:
        wait_until(lambda: not self.family(), what=f"no process is left of {self.family()}")

    def output(self) -> str:
        return self.process.communicate(timeout=PATIENCE)[0]


def kill(process: psutil.Process) -> None:
    """Some end by themselves between being found and being killed, when another one of them is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    home = embedded.demo_cluster()
    url = embedded.attach(home)
    monkeypatch.setenv("DATABASE_URL", url)
    (tmp_path / "run").mkdir()
    write(tmp_path, [Account("Coördinator", "an@kortrijk.example", "Open het postvak")])
    (tmp_path / "run/prepared").write_text(fingerprint(tmp_path))
    embedded.detach(home)
    demo = Demo(tmp_path)
    yield demo
    for process in demo.family():
        kill(process)
    if demo._process is not None:
        demo.process.communicate(timeout=PATIENCE)
    demo.wait_until_gone()
    embedded.forget(home)


class TestStopping:
    @pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGINT])
    def test_leaves_no_process_behind(self, demo: Demo, sig: signal.Signals) -> None:
        process = demo.start()
        demo.wait_until_started()
        assert demo.named("postgres", "-D")
        process.send_signal(sig)
        assert "Ctrl-C" in demo.output()
        assert process.returncode == 0
        assert not demo.family()

    def test_ends_with_its_supervisor_when_that_is_killed(self, demo: Demo) -> None:
        process = demo.start()
        demo.wait_until_started()
        process.kill()
        demo.wait_until_gone()


class TestTending:
    def test_replaces_what_dies(self, demo: Demo) -> None:
        """The web server, then the database."""
        demo.start()
        demo.wait_until_started()
        (web, *_) = [process for process in demo.named("granian") if process.ppid() == demo.process.pid]
        for process in [*web.children(recursive=True), web]:
            kill(process)
        wait_until(lambda: not accepts(demo.port), what="the port closes")
        wait_until(lambda: accepts(demo.port), what="the web server is back")

        (keeper,) = demo.named("kortrijk_gebied.keeper")
        (server,) = [process for process in demo.named("postgres", "-D") if process.ppid() == keeper.pid]
        server.kill()
        wait_until(
            lambda: [process for process in demo.named("postgres", "-D") if process.pid != server.pid],
            what="PostgreSQL is back",
        )


class TestRefusals:
    def test_names_another_port_when_this_one_is_taken(self, demo: Demo) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", demo.port))
            taken.listen()
            process = demo.start()
            assert f"--port {demo.port + 1}" in demo.output()
        assert process.returncode == 1

    def test_runs_once_per_folder(self, demo: Demo, tmp_path: Path) -> None:
        first = demo.start()
        demo.wait_until_started()
        demo.port = free_port()
        second = demo.start()
        assert "already running" in demo.output()
        assert second.returncode == 1
        first.terminate()
        first.communicate(timeout=PATIENCE)
