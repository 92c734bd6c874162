"""`bin/test` without arguments: every check, then every test, on throwaway servers; says which step failed."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kortrijk_gebied import embedded

BIN = Path(sys.executable).parent
PACKAGES = ["areas", "benchmarks", "kortrijk_gebied", "reservations", "signals", "teams", "tests", "manage.py"]

MIGRATED = "migrated"  # every migration has just run in it: the test databases are copies, and run none again


@dataclass
class Step:
    name: str
    command: list[str]
    seconds: float = 0.0

    def run(self) -> bool:
        """Print one line when all is well, the whole output when not."""
        begun = time.monotonic()
        done = subprocess.run(
            self.command,
            cwd=embedded.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.seconds = time.monotonic() - begun
        verdict = "FAILED" if done.returncode else "ok"
        details = f"\n{done.stdout.rstrip()}\n" if done.returncode else ""
        say(f"{verdict:>6}  {self.name} ({self.seconds:.0f} s){details}")
        return done.returncode == 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def steps() -> list[Step]:
    """Before any test. The longest first: two run at a time."""
    packages = [name for name in PACKAGES if (embedded.ROOT / name).exists()]
    templates = [str(path) for path in sorted((embedded.ROOT / "templates").rglob("*.html"))]
    return [
        Step("migrate forward", python("-W", "error", "-m", "tests.migrations", "forward", MIGRATED)),
        Step("mypy --strict", tool("mypy", *packages)),
        Step("makemigrations --check", python("-W", "error", "manage.py", "makemigrations", "--check", "--dry-run")),
        Step("ruff format --check", tool("ruff", "format", "--check", ".")),
        Step("ruff check", tool("ruff", "check", ".")),
        Step("djade --check", tool("djade", "--check", *templates)),
        Step("import-linter", tool("lint-imports")),
    ]


def beside() -> Step:
    """It takes longer than all of those, and no test stands on it. Nice, for some of these wait for a browser."""
    command = python("-W", "error", "-m", "tests.migrations", "back", MIGRATED)
    return Step("migrate back to zero", ["nice", "-n", "10", *command])


def main() -> int:
    begun = time.monotonic()
    os.environ["DEMO"] = "1"
    os.environ["DATABASE_URL"] = embedded.attach(embedded.throwaway_cluster(), throwaway=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        todo = steps()
        passed = list(pool.map(Step.run, todo))
    failed = [step.name for step, ok in zip(todo, passed, strict=True) if not ok]
    say(f"Checks took {time.monotonic() - begun:.0f} s.")
    if failed:
        say(f"Failed: {', '.join(failed)}. The tests were not run.")
        return 1
    # Three for two cores: a test with a browser or a worker waits for half of its time.
    command = python("-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-migrations", "--durations", "10")
    environment = {**os.environ, "TEST_TEMPLATE": MIGRATED}
    back = beside()
    with ThreadPoolExecutor(max_workers=1) as pool:
        went_back = pool.submit(back.run)
        tests = subprocess.run(command, cwd=embedded.ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    failed = ["pytest"] * bool(tests.returncode) + [back.name] * (not went_back.result())
    verdict = f"Failed: {', '.join(failed)}" if failed else "Everything passed"
    say(f"{verdict}, after {time.monotonic() - begun:.0f} s.")
    return tests.returncode or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
