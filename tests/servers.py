"""Servers and processes that tests run against, started here and gone when the tests are."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kortrijk_gebied.embedded import ROOT, die_with_parent


def temporary_folder() -> Path:
    path = Path(tempfile.mkdtemp(prefix="gebied-test-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PATIENCE = (
    180.0  # seconds; what comes true comes at once, also on a machine that many share; this is for what never does
)


def wait_until(condition: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    """Look every twentieth of a second; fail with `what` when it does not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s in vain: {what}.")
        time.sleep(0.05)


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start_redis() -> str:
    """A Redis that keeps nothing, for this process alone; its address, database 0."""
    program = shutil.which("redis-server")
    if program is None:
        raise RuntimeError("redis-server is missing; bin/test installs it or says how.")
    port = free_port()
    process = subprocess.Popen(
        [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        cwd="/",
        preexec_fn=die_with_parent(signal.SIGKILL),
    )
    atexit.register(end, process)
    wait_until(lambda: accepts(port), what="Redis accepts connections")
    return f"redis://127.0.0.1:{port}/0"


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Worker:
    """A real Celery worker process on the test database; `kill` takes it away as a power cut would."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment, self.log = environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        celery = str(Path(sys.executable).parent / "celery")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [celery, "-A", "kortrijk_gebied", "worker", "--concurrency", "2", "--loglevel", "INFO"],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        wait_until(lambda: b" ready." in self.log.read_bytes(), what=f"the worker is ready ({self.log})")

    def kill(self) -> None:
        """SIGKILL for the worker and every process it started."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            end(self.process)
            self.process = None

    def settle(self) -> None:
        """Wait until no job or message is due or running. What failed for good is not waited for."""
        from kortrijk_gebied.jobs.models import Job, Message, State

        def idle() -> bool:
            return not any(
                model.objects.due().exists() or model.objects.filter(state=State.RUNNING).exists()
                for model in (Job, Message)
            )

        wait_until(idle, what="every job and message is done")
