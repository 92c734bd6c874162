"""bin/demo: database, web server, worker and beat under one process that stops them all."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from kortrijk_gebied import embedded
from kortrijk_gebied.demo.children import Child, stop_all

HOST = "127.0.0.1"


class CannotStart(Exception):
    """The reason, in a sentence for whoever typed the command."""


class Interrupted(BaseException):
    """SIGINT, SIGTERM or SIGHUP came; not an Exception, so that no handler on the way swallows it."""


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def ignore_interrupts() -> None:
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)


def interrupt(signum: int, _frame: FrameType | None) -> None:
    ignore_interrupts()  # once is enough
    raise Interrupted(signal.Signals(signum).name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0


class Supervisor:
    def __init__(self, port: int, *, linked: int | None = None) -> None:
        """`linked`: the port that links in mails name, when it is not this one. What a check loads the demo keeps."""
        self.port = port
        self.linked = linked or port
        self.var = embedded.var_dir()
        self.children: list[Child] = []
        self.own_database = "DATABASE_URL" not in os.environ
        self._lock = -1

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Everything up to the listening port."""
        self._claim()
        if is_taken(self.port):
            raise CannotStart(f"Port {self.port} is in use. Choose another: bin/demo --port {self.port + 1}")
        os.environ.setdefault("DEMO", "1")
        os.environ["VAR_DIR"] = str(self.var)
        os.environ["SITE_URL"] = f"http://localhost:{self.linked}"
        if self.own_database:
            embedded.use()
        self._prepare()
        self._make_children()
        web, *others = self.children
        web.start()
        self._wait_for_web(web)
        for child in others:
            child.start()

    def tend(self) -> None:
        for child in self.children:
            child.tend()

    def stop(self) -> None:
        ignore_interrupts()  # stopping is not itself interrupted
        stop_all(self.children)
        if self.own_database:
            embedded.detach(embedded.demo_cluster())

    def _claim(self) -> None:
        """One demo per VAR_DIR: two would work the same queue and write the same logs."""
        (self.var / "run").mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self.var / "run/demo", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A demo is already running on {self.var}. Stop it, or set VAR_DIR to another folder."
            ) from None

    def _prepare(self) -> None:
        """Migrate, load the demo city, collect static files; skipped when nothing changed since last time."""
        stamp = self.var / "run/prepared"
        state = fingerprint(self.var)
        if stamp.exists() and stamp.read_text() == state:
            return
        stamp.unlink(missing_ok=True)
        prepare = [sys.executable, "-m", "kortrijk_gebied.demo.prepare"]
        done = subprocess.run(  # noqa: S603
            prepare, cwd=embedded.ROOT, preexec_fn=embedded.die_with_parent(signal.SIGTERM), check=False
        )
        if done.returncode:
            raise CannotStart("Preparing the demo failed; the reason stands above.")
        stamp.write_text(fingerprint(self.var))

    def _make_children(self) -> None:
        bin_dir = Path(sys.executable).parent
        log_dir = self.var / "log"
        log_dir.mkdir(parents=True, exist_ok=True)
        # A broker on disk keeps what an earlier run left behind; rows, not messages, hold the work.
        if not os.environ.get("REDIS_URL"):
            shutil.rmtree(self.var / "broker", ignore_errors=True)
        celery = [str(bin_dir / "celery"), "--app", "kortrijk_gebied", "--workdir", str(embedded.ROOT)]
        processes = min(2, os.cpu_count() or 1)
        granian = [str(bin_dir / "granian"), "--interface", "wsgi", "--host", HOST, "--port", str(self.port)]
        # Fewer threads than DATABASE_POOL_SIZE: no request waits for a connection.
        granian += ["--workers", str(processes), "--blocking-threads", "4", "--backpressure", "64"]
        granian += ["--workers-kill-timeout", "5", "--respawn-failed-workers", "--no-ws"]
        granian += ["--working-dir", str(embedded.ROOT), "kortrijk_gebied.wsgi:application"]
        schedule = str(self.var / "run/beat")
        self.children = [
            Child("web", granian, log_dir=log_dir),
            Child(
                "worker",
                [*celery, "worker", "--concurrency", str(processes), "--loglevel", "WARNING"],
                log_dir=log_dir,
            ),
            Child("beat", [*celery, "beat", "--schedule", schedule, "--loglevel", "WARNING"], log_dir=log_dir),
        ]

    def _wait_for_web(self, web: Child) -> None:
        deadline = time.monotonic() + 60
        while not answers(self.port):
            if not web.running or time.monotonic() > deadline:
                raise CannotStart(f"The web server does not start.\n{web.tail()}")
            time.sleep(0.05)


def fingerprint(var: Path) -> str:
    """Changes when a source file, a migration, a static asset or the database does."""
    parts = [os.environ.get("DATABASE_URL", "")]
    identity = var / "postgres-id"
    if identity.exists():
        parts.append(identity.read_text())
    for folder in ("areas", "kortrijk_gebied", "reservations", "signals", "static", "teams"):
        for path in sorted((embedded.ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                stat = path.stat()
                parts.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    lock = embedded.ROOT / "package-lock.json"
    if lock.exists():
        parts.append(lock.read_text())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
