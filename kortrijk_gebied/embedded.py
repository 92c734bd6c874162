"""A real PostgreSQL from a wheel: for bin/demo, bin/test, and manage.py without DATABASE_URL.

One process, the keeper (keeper.py), owns the server. Whoever uses the server holds a shared lock on the file
`users`; the keeper waits for that file exclusively, so it wakes when the last user has gone, however
that one ended (the kernel releases the lock of a killed process too), and stops the server. Nobody
counts, nobody can forget. See docs/decisions/002-embedded-postgresql.md.
"""

import ctypes
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

ROOT = Path(__file__).resolve().parent.parent
NAME = "gebied"
# As root nothing may run from, or be stored under, a folder that an unprivileged user cannot reach.
ROOT_HOME = Path("/var/lib/gebied-kortrijk")
SOCKET_PATH_MAX = 100  # the kernel's limit is 108 bytes on Linux, 104 on macOS

_held: dict[Path, list[int]] = {}  # locked file descriptors of this process, kept until it ends


def var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def use() -> None:
    """Point this process at the demo's server, started when needed, and make it a demo process."""
    var = var_dir()
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("SECRET_KEY", _secret_key(var))
    os.environ["DATABASE_URL"] = attach(demo_cluster())


def demo_cluster() -> Path:
    """Where the demo's cluster lives: in VAR_DIR, or as root in a folder named after VAR_DIR's path."""
    if os.geteuid() != 0:
        return var_dir() / "postgres"
    return ROOT_HOME / hashlib.sha256(bytes(var_dir())).hexdigest()[:12]


def throwaway_cluster() -> Path:
    """A new folder for a cluster that its keeper deletes in the end."""
    parent = ROOT_HOME if os.geteuid() == 0 else Path(tempfile.gettempdir())
    parent.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="gebied-test-", dir=parent))
    path.chmod(0o755 if os.geteuid() == 0 else 0o700)
    return path


def attach(home: Path, *, throwaway: bool = False) -> str:
    """Hold the cluster in `home` until this process ends or detaches; return its DATABASE_URL."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "starting").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        users = os.open(home / "users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper is stopping the server
        _held.setdefault(home, []).append(users)
        if not _has_keeper(home):
            if not throwaway:
                _forget_another_life(home)
            _start_keeper(home, throwaway=throwaway)
    return f"postgresql://{NAME}@/{socket_dir(home)}/{NAME}"


def detach(home: Path) -> None:
    """Let go of the cluster, and when nobody else uses it, wait until its server is gone."""
    for lock in _held.pop(home, []):
        os.close(lock)
    for _ in range(25):
        with (home / "users").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                fcntl.flock(users, fcntl.LOCK_SH)
                return
        if not _has_keeper(home):
            return
        time.sleep(0.02)


def forget(home: Path) -> None:
    """Delete a cluster, once nobody uses it and its keeper has ended."""
    with (home / "users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        shutil.rmtree(home)


def die_with_parent(sig: signal.Signals) -> Callable[[], None]:
    """For preexec_fn: have the kernel send `sig` when the parent is gone (Linux; elsewhere nothing)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def arrange() -> None:
        if libc is not None:
            libc.prctl(1, int(sig))  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)

    return arrange


def _secret_key(var: Path) -> str:
    var.mkdir(parents=True, exist_ok=True)
    path = var / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def _has_keeper(home: Path) -> bool:
    with (home / "keeper").open("w") as keeper:
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _forget_another_life(home: Path) -> None:
    """Drop a cluster whose VAR_DIR was deleted since: a new clone on the same path starts anew."""
    ours, theirs = var_dir() / "postgres-id", home / "id"
    if not (ours.exists() and theirs.exists() and ours.read_text() == theirs.read_text()):
        (home / "made").unlink(missing_ok=True)
        ours.parent.mkdir(parents=True, exist_ok=True)
        identity = secrets.token_hex(8)
        ours.write_text(identity)
        theirs.write_text(identity)
        (home / "var").write_text(str(var_dir()))
        if home.parent == ROOT_HOME:
            _forget_deleted_checkouts()


def _forget_deleted_checkouts() -> None:
    """As root clusters lie outside VAR_DIR: delete those whose VAR_DIR is gone."""
    for note in ROOT_HOME.glob("*/var"):
        home = note.parent
        if not Path(note.read_text()).exists() and not _has_keeper(home):
            forget(home)


def socket_dir(home: Path) -> Path:
    path = home / "socket"
    if len(bytes(path)) <= SOCKET_PATH_MAX - len("/.s.PGSQL.5432") and " " not in str(path):
        return path
    digest = hashlib.sha256(bytes(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"{NAME}-{os.geteuid()}-{digest}"


def _start_keeper(home: Path, *, throwaway: bool) -> None:
    command = [sys.executable, "-m", "kortrijk_gebied.keeper", str(home)]
    keeper = subprocess.Popen(  # noqa: S603
        [*command, "--throwaway"] if throwaway else command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for the programs on top of the database
        text=True,
    )
    with cast(IO[str], keeper.stdout) as output:
        said = output.readline()
        if said != "ready\n":
            raise RuntimeError(f"PostgreSQL does not start. {said}{output.read()}")
    keeper.returncode = 0  # it outlives us on purpose: no ResourceWarning when this object goes
