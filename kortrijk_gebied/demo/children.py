"""Child processes that are restarted when they die, and that never outlive their parent."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from kortrijk_gebied.embedded import die_with_parent

GRACE = 10.0  # seconds between asking and insisting
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
SETTLED = 60.0  # a child that ran this long starts again without a pause


class Child:
    """One command in a process group of its own, with its output in a log file."""

    def __init__(self, name: str, command: list[str], *, log_dir: Path) -> None:
        self.name, self.command = name, command
        self.log = log_dir / f"{name}.log"
        self.log.unlink(missing_ok=True)
        self.pause = 0.0
        self.restarts = -1
        self.process: subprocess.Popen[bytes] | None = None
        self.started = self.died = 0.0

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        log: IO[bytes]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then stops us in order
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        self.restarts += 1
        self.started, self.died = time.monotonic(), 0.0

    def tend(self) -> None:
        """Start it again when it has died, after a pause that doubles while it keeps dying."""
        if self.running:
            return
        now = time.monotonic()
        if not self.died:
            self.kill_rest()
            self.died = now
            settled = now - self.started > SETTLED
            self.pause = FIRST_PAUSE if settled else min(max(self.pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        if now - self.died >= self.pause:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.running:
            self.process.terminate()

    def kill_rest(self) -> None:
        """End whatever is left of its process group."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # gone; macOS says "not permitted" of a zombie
            return

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""


def stop_all(children: Iterable[Child]) -> None:
    """Ask all at once, wait for all, then make sure."""
    children = list(children)
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
            child.kill_rest()
