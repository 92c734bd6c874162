"""Whether the tests notice a fault: small faults are put in the code that keeps secrets, one at a time.

    uv run --with mutmut==3.8.1 python -m benchmarks.mutants [workflow] [access] [visibility] [sharing]

Works in a copy of the tree, on the test database of DATABASE_URL, which it makes anew. mutmut changes what stands in
functions and leaves the rest alone; so the maps of `workflow.py`, which are that file, we change ourselves: each state
and each action left out, each sum or difference of sets turned round. docs/mutants.md says what came of it.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAP, MAP_TEST = "signals/workflow.py", "tests/signals/test_workflow_map.py"


@dataclass(frozen=True)
class Target:
    sources: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "workflow": Target((MAP,), (MAP_TEST, "tests/signals/test_workflow.py::TestStatusFollowsTasks")),
    "access": Target(
        ("teams/access.py",),
        ("tests/teams/test_access_ask.py", "tests/teams/test_access_sealed.py", "tests/teams/test_access.py"),
    ),
    "visibility": Target(
        ("signals/visibility.py",), ("tests/signals/test_visibility_table.py", "tests/signals/test_visibility.py")
    ),
    "sharing": Target(
        ("signals/models/shares.py", "signals/models/told.py"),
        (
            "tests/signals/test_share_rules.py",
            "tests/signals/test_handover_end.py::TestFallingAway",
            "tests/signals/test_signal_join.py::TestSecrecy",
        ),
    ),
    "handovers": Target(
        ("signals/models/handovers.py", "signals/models/handover_sight.py"),
        (
            "tests/signals/test_handover_refused.py",
            "tests/signals/test_handover_course.py",
            "tests/signals/test_handover_end.py",
            "tests/signals/test_handover.py::TestReferringOutside",
            "tests/signals/test_handover_retract.py",
            "tests/signals/test_handover_sight.py",
            "tests/signals/test_ending_undone.py",
            "tests/signals/test_level_fallen.py",
        ),
    ),
    "handing": Target(
        ("signals/handing.py",),
        (
            "tests/signals/test_handover_refused.py",
            "tests/signals/test_handover_course.py",
            "tests/signals/test_handover_end.py",
            "tests/signals/test_handover_sight.py",
            "tests/signals/test_handover.py::TestReferringOutside",
            "tests/signals/test_signal_join.py::TestSecrecy",
        ),
    ),
    "resting": Target(
        ("signals/models/resting.py",),
        ("tests/signals/test_waiting.py", "tests/signals/test_workflow.py::TestSignalTransitions"),
    ),
    "undoing": Target(
        ("signals/undoing.py",),
        (
            "tests/signals/test_ending_undone.py",
            "tests/signals/test_signal_steer.py::TestUndo",
            "tests/signals/test_signal_steer.py::TestUndoneClosing",
            "tests/signals/test_waiting.py::TestReopening",
        ),
    ),
    "correcting": Target(
        ("signals/models/corrected.py", "signals/correction.py", "signals/correcting.py"),
        ("tests/signals/test_correcting.py", "tests/signals/test_correcting_course.py"),
    ),
    "answered": Target(("signals/answered.py",), ("tests/signals/test_answered.py",)),
    "field": Target(
        tuple(
            f"signals/field/{name}.py"
            for name in ("delivering", "records", "sightings", "task_acts", "photos", "shifts", "keys")
        ),
        (
            "tests/field/test_record_read.py",
            "tests/field/test_record_once.py",
            "tests/field/test_sighting_register.py",
            "tests/field/test_task_overtake.py",
            "tests/field/test_photo_deliver.py",
            "tests/field/test_shift_start.py",
            "tests/field/test_key_rotate.py",
            "tests/field/test_record_deliver.py",
            "tests/field/test_reading.py",
            "tests/field/test_tablets.py",
            "tests/field/test_attack.py",
        ),
    ),
}
# In each of the many processes the database stands already: only its name is needed. What the tests import as they go,
# and the keys that they make, are there before the processes part; and what notices faults goes first: in this
# function, then anywhere.
CONFTEST = """
import importlib, os, sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

IMPORTED, NOTICED = (Path(__file__).with_name(name) for name in ("imported.txt", "noticed.txt"))

@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    from tests import snapshot
    connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
    snapshot.take = lambda: None

def pytest_collection_finish(session):
    for name in IMPORTED.read_text().split() if IMPORTED.exists() else []:
        with suppress(Exception):
            importlib.import_module(name)
    if (field := sys.modules.get("tests.field.conftest")) and not field._pairs:
        field._pairs += [field.sealing.new_pair() for _time in range(3)]

def function():
    return os.environ.get("MUTANT_UNDER_TEST", "").rpartition("__mutmut_")[0]

def pytest_collection_modifyitems(items):
    if function() and NOTICED.exists():
        noticed = [line.split("\\t") for line in NOTICED.read_text().splitlines()]
        here, anywhere = [test for where, test in noticed if where == function()], [test for _, test in noticed]
        items.sort(key=lambda item: (here.count(item.nodeid), anywhere.count(item.nodeid)), reverse=True)

def pytest_runtest_logreport(report):
    if report.failed and function():
        with NOTICED.open("a") as noticed:
            noticed.write(f"{function()}\\t{report.nodeid}\\n")

def pytest_sessionfinish(session):
    if not session.config.option.collectonly and not IMPORTED.exists():
        IMPORTED.write_text(" ".join(name for name in sys.modules if not name.startswith(("_", "tests"))))
"""
SETTINGS = """
[tool.mutmut]
source_paths = ["signals", "teams"]
only_mutate = {sources}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception"]
pytest_add_cli_args_test_selection = {tests}
also_copy = {rest}
process_isolation = "forkserver"
timeout_multiplier = 30.0
timeout_constant = 30.0
use_git_change_detection = false
track_dependencies = false
log_to_file = true
"""


def copy_of_the_tree(where: Path) -> Path:
    tree = where / "tree"
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, names.split("\0")):
        if (source := ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, tree / name)
    (tree / "mutants").mkdir()
    for folder in (tree, tree / "mutants"):
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return tree


def run(*command: str, cwd: Path) -> int:
    return subprocess.run([sys.executable, "-m", *command], cwd=cwd, check=False).returncode


def mutate(tree: Path, target: Target) -> Counter[str]:
    """What mutmut finds in functions."""
    rest = sorted({path.name for path in tree.iterdir()} - {"signals", "teams", "mutants", "node_modules"})
    settings = (ROOT / "pyproject.toml").read_text() + SETTINGS.format(
        sources=json.dumps(target.sources), tests=json.dumps(target.tests), rest=json.dumps([*rest, "conftest.py"])
    )
    (tree / "pyproject.toml").write_text(settings)
    (tree / "conftest.py").write_text(CONFTEST)
    run("mutmut", "run", "--max-children", "1", cwd=tree)
    found: Counter[str] = Counter()
    for source in target.sources:
        meta = json.loads((tree / "mutants" / f"{source}.meta").read_text())
        for name, code in sorted(meta["exit_code_by_key"].items()):
            found[(state := "killed" if code in (1, 3) else {0: "survived", 33: "no tests"}.get(code, "timeout"))] += 1
            if state != "killed":
                print(f"{state}: {name}", flush=True)
            if state == "survived":
                run("mutmut", "show", name, cwd=tree)
    return found


def changed(source: str) -> Iterator[tuple[str, str]]:
    """Each fault in what stands beside the functions: what it is, and the source with it."""
    tree = ast.parse(source)
    beside = [part for part in tree.body if isinstance(part, ast.Assign | ast.AnnAssign)]
    for node in [node for part in beside for node in ast.walk(part)]:
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Set):
            for index, left_out in enumerate(list(node.elts)):
                yield f"{line}: without {ast.unparse(left_out)}", _with(tree, node.elts, index)
        elif isinstance(node, ast.Dict):
            for index, key in enumerate(list(node.keys)):
                value = node.values.pop(index)
                yield f"{line}: without {ast.unparse(key) if key else '**'}", _with(tree, node.keys, index)
                node.values.insert(index, value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.BitOr):
            was, node.op = node.op, ast.BitOr() if isinstance(node.op, ast.Sub) else ast.Sub()
            yield f"{line}: {ast.unparse(node)}", ast.unparse(tree)
            node.op = was


def _with[T](tree: ast.Module, parts: list[T], index: int) -> str:
    left_out = parts.pop(index)
    source = ast.unparse(tree)
    parts.insert(index, left_out)
    return source


def mutate_maps(tree: Path) -> Counter[str]:
    """In processes that part from one in which Django stands already, with the map changed under the test."""
    found: Counter[str] = Counter()
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    pytest.main(["--collect-only", "-qqq", MAP_TEST])
    as_it_is = (tree / MAP).read_text()
    for what, source in [("as it is", as_it_is), *changed(as_it_is)]:
        if not (child := os.fork()):
            _try(source)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        if source is as_it_is:
            if killed:
                raise SystemExit("The maps as they are must pass.")
            continue
        found["killed" if killed else "survived"] += 1
        if not killed:
            print(f"survived: {MAP}:{what}", flush=True)
    return found


def _try(source: str) -> None:
    name, test = (path.removesuffix(".py").replace("/", ".") for path in (MAP, MAP_TEST))
    module = ModuleType(name)
    sys.modules[name] = sys.modules["signals"].workflow = module  # type: ignore[attr-defined]
    del sys.modules[test]
    code = 1
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        try:
            exec(source, module.__dict__)  # noqa: S102  our own source, with a fault in it
            code = pytest.main(["-x", "-q", MAP_TEST])
        finally:
            os._exit(code)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument(
        "--reuse-db", action="store_true", help="the test database stands already, and is as it must be"
    )
    args = parser.parse_args()
    fresh = "--reuse-db" if args.reuse_db else "--create-db"
    for name in args.targets:
        with tempfile.TemporaryDirectory(prefix="mutants-") as where:
            tree = copy_of_the_tree(Path(where))
            if run("pytest", "-q", "--reuse-db", fresh, *TARGETS[name].tests, cwd=tree):
                raise SystemExit("The tests must pass before they can notice a fault.")
            fresh = "--reuse-db"
            found = mutate(tree, TARGETS[name])
            print(f"{name}: {sum(found.values())} mutants, {dict(found)}", flush=True)
            if MAP in TARGETS[name].sources:
                found = mutate_maps(tree)
                print(f"{name}, its maps: {sum(found.values())} mutants, {dict(found)}", flush=True)


if __name__ == "__main__":
    main()
