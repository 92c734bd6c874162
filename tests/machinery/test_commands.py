"""bin/setup, bin/demo and bin/test: plain POSIX shell that finds what is there, and says in a sentence what is not.

Each runs in a folder of its own, with a PATH that holds nothing but what the test puts there.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kortrijk_gebied.embedded import ROOT

SCRIPTS = ["setup", "demo", "test"]
SHELL = shutil.which("dash") or "/bin/sh"
TOOLS = ["cat", "cksum", "dirname", "mkdir", "sh", "touch"]
# What bash knows and a POSIX shell does not.
BASHISMS = re.compile(r"\[\[|<<<|&>|\bfunction |\bsource |\blocal |\bdeclare |\$'|\$\{\w+(//|\^|,)|==|\w+=\(")


class Machine:
    """A computer with the project on it, and little else."""

    def __init__(self, folder: Path) -> None:
        self.root, self.bin, self.home = folder / "project", folder / "bin", folder / "home"
        for path in (self.root, self.bin, self.home):
            path.mkdir()
        shutil.copytree(ROOT / "bin", self.root / "bin")
        (self.root / "requirements.lock").write_text("django==6.1\n")
        (self.root / "package-lock.json").write_text("{}\n")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        self.has("id", "echo 1000")

    def has(self, name: str, script: str) -> None:
        self.put(self.bin / name, script)

    def put(self, path: Path, script: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def python(self, path: Path, version: str) -> Path:
        """A Python that says it is of this version, whatever it is asked."""
        said = f"import sys; sys.version_info = ({version.replace('.', ', ')}, 0); exec(sys.argv[1])"
        return self.put(path, f'exec "{sys.executable}" -c "{said}" "$2"')

    def is_set_up(self) -> None:
        """All synced before: only the programs of the operating system are looked for."""
        self.put(self.root / ".venv/bin/python", '[ "$1" = -c ] || echo "python $*"')
        for lock, stamp in (("requirements.lock", ".venv/.synced"), ("package-lock.json", "node_modules/.synced")):
            (self.root / stamp).parent.mkdir(exist_ok=True)
            (self.root / stamp).write_text(self.runs(f'sum_of "$root/{lock}"').stdout)
        os.utime(self.root / ".venv/.synced", (0, 0))
        (self.root / ".venv/.pango").touch()

    def runs(self, script: str) -> subprocess.CompletedProcess[str]:
        """Some lines of shell after bin/setup was read, as bin/demo reads it."""
        return self._run("-c", f'set -eu; root="{self.root}"; . "$root/bin/setup"; {script}')

    def command(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run(str(self.root / "bin" / name), *arguments)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "HOME": str(self.home)}
        return subprocess.run([SHELL, *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("name", SCRIPTS)
class TestEveryScript:
    def test_is_sound_shell(self, name: str) -> None:
        subprocess.run([SHELL, "-n", ROOT / "bin" / name], check=True)

    def test_needs_no_bash(self, name: str) -> None:
        text = (ROOT / "bin" / name).read_text()
        code = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        assert not [line for line in code if BASHISMS.search(re.sub(r"'[^']*'|>=", "", line))]


class TestPython:
    def found(self, machine: Machine) -> str:
        if not (machine.bin / "uv").exists():
            machine.has("uv", "exit 1")
        return machine.runs("uv=uv; find_python").stdout.strip()

    @pytest.mark.parametrize("name", ["python3.14", "python3.13", "python3"])
    def test_is_found_on_the_path(self, machine: Machine, name: str) -> None:
        path = machine.python(machine.bin / name, "3.13")
        assert self.found(machine) == str(path)

    def test_on_the_path_comes_before_the_others(self, machine: Machine) -> None:
        machine.python(machine.home / ".pyenv/versions/3.14.0/bin/python3", "3.14")
        machine.python(machine.bin / "python3", "3.14")
        path = machine.python(machine.bin / "python3.13", "3.13")
        assert self.found(machine) == str(path)

    def test_is_found_among_those_of_pyenv(self, machine: Machine) -> None:
        machine.python(machine.bin / "python3", "3.11")
        machine.python(machine.home / ".pyenv/versions/3.11.7/bin/python3", "3.11")
        path = machine.python(machine.home / ".pyenv/versions/3.13.0/bin/python3", "3.13")
        assert self.found(machine) == str(path)

    def test_that_is_a_shim_with_nothing_behind_it_is_passed_over(self, machine: Machine) -> None:
        machine.put(machine.bin / "python3.13", "exit 127")
        path = machine.python(machine.bin / "python3", "3.13")
        assert self.found(machine) == str(path)

    def test_that_is_too_old_is_not_taken(self, machine: Machine) -> None:
        machine.python(machine.bin / "python3", "3.11")
        assert self.found(machine) == ""

    def test_is_asked_of_uv_when_it_stands_nowhere(self, machine: Machine) -> None:
        machine.has("uv", '[ "$1 $2" = "python find" ] && echo /opt/uv/python3.13')
        assert self.found(machine) == "/opt/uv/python3.13"

    def test_that_is_nowhere_to_be_had_is_said_in_a_sentence(self, machine: Machine) -> None:
        machine.python(machine.bin / "python3", "3.11")
        machine.has("uv", '[ "$1" = "--version" ]')
        done = machine.runs("sync_python")
        assert done.returncode == 1
        assert done.stderr.strip() == (
            "Python 3.13 or newer is missing, and uv could not download it. Install it and run this command again."
        )


class TestPango:
    @pytest.fixture
    def without(self, machine: Machine) -> Machine:
        """WeasyPrint opens Pango when it is imported: here it does as soon as apt-get has been."""
        machine.put(machine.root / ".venv/bin/python", f'[ -f "{machine.root}/installed" ]')
        (machine.root / ".venv/.synced").touch()
        return machine

    sentence = (
        "Missing: Pango, to make PDFs. Install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
        "libharfbuzz-subset0 (Debian, Ubuntu), dnf install pango (Fedora), brew install pango (macOS)."
    )

    def apt_get(self, machine: Machine) -> None:
        machine.has("apt-get", f'echo "$*" >>"{machine.root}/asked"; touch "{machine.root}/installed"')

    def test_is_named_for_three_systems_where_nothing_installs_it(self, without: Machine) -> None:
        done = without.runs("check_pango")
        assert (done.returncode, done.stderr.strip()) == (1, self.sentence)

    def test_is_named_for_who_may_not_install_it(self, without: Machine) -> None:
        self.apt_get(without)
        without.has("sudo", "exit 1")  # it would ask for a password
        done = without.runs("check_pango")
        assert (done.returncode, done.stderr.strip()) == (1, self.sentence)
        assert not (without.root / "asked").exists()

    @pytest.mark.parametrize("who", ["root", "sudo"])
    def test_is_installed_by_who_may(self, without: Machine, who: str) -> None:
        self.apt_get(without)
        if who == "root":
            without.has("id", "echo 0")
        else:
            without.has("true", "exit 0")
            without.has("sudo", 'shift; exec env "$@"')
            (without.bin / "env").symlink_to(str(shutil.which("env")))
        done = without.runs("check_pango")
        assert done.returncode == 0, done.stderr
        assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in (without.root / "asked").read_text()
        assert (without.root / ".venv/.pango").exists()

    def test_is_asked_for_once(self, without: Machine) -> None:
        os.utime(without.root / ".venv/.synced", (0, 0))
        (without.root / ".venv/.pango").touch()
        assert without.runs("check_pango").returncode == 0


class TestDemo:
    def test_hands_its_arguments_on(self, machine: Machine) -> None:
        machine.is_set_up()
        done = machine.command("demo", "--port", "8001", "--check")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "python -m kortrijk_gebied.demo --port 8001 --check\n"

    def test_installs_again_when_the_lock_changed(self, machine: Machine) -> None:
        machine.is_set_up()
        (machine.root / "requirements.lock").write_text("django==6.2\n")
        machine.has("uv", f'echo "$*" >>"{machine.root}/asked"')
        assert machine.command("demo").returncode == 0
        assert "pip sync --quiet --require-hashes" in (machine.root / "asked").read_text()


class TestTest:
    PROGRAMS = ("chromium", "redis-server", "dovecot", "msgfmt")

    @pytest.fixture
    def ready(self, machine: Machine) -> Machine:
        machine.is_set_up()
        for name in self.PROGRAMS:
            machine.has(name, "exit 0")
        return machine

    def test_does_every_check_when_nothing_is_asked(self, ready: Machine) -> None:
        assert ready.command("test").stdout == "python -m tests.checks\n"

    def test_hands_its_arguments_to_pytest(self, ready: Machine) -> None:
        done = ready.command("test", "tests/areas", "-k", "border")
        assert done.stdout == "python -m pytest tests/areas -k border\n"

    @pytest.mark.parametrize(("name", "words"), [
        ("chromium", "apt-get install chromium-headless-shell (Debian, Ubuntu), dnf install chromium-headless"),
        ("redis-server", "apt-get install redis-server (Debian, Ubuntu), dnf install redis (Fedora)"),
        ("msgfmt", "apt-get install gettext (Debian, Ubuntu), dnf install gettext (Fedora)"),
    ])  # fmt: skip
    def test_names_the_program_that_it_lacks(self, ready: Machine, name: str, words: str) -> None:
        (ready.bin / name).unlink()
        done = ready.command("test")
        assert done.returncode == 1
        assert words in done.stderr
        assert done.stdout == ""
