"""Whether the tests notice a fault: small faults are put in the code that keeps secrets, one at a time.

    uv run --with mutmut==3.8.1 python -m benchmarks.mutants [workflow] [access] [visibility] [placing] ...

Works in a copy of the tree, on the test database of DATABASE_URL, which it makes anew. mutmut changes what stands in
functions and leaves the rest alone; so the maps of `workflow.py`, which are that file, we change ourselves: each state
and each action left out, each sum or difference of sets turned round. Which code and which tests: mutant_targets.py.
docs/mutants.md says what came of it.
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
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.mutant_targets import MAP, MAP_TEST, TARGETS, Target

ROOT = Path(__file__).resolve().parent.parent


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
source_paths = ["signals", "teams", "reservations"]
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


# What mutmut leaves alone where it stands before a function, and not where it is put around it afterwards.
AROUND = ("undisturbed()", "transaction.atomic")


def undecorated(source: str) -> str:
    """The same, with the transaction around each function in a line of its own below it."""
    body: list[ast.stmt] = []
    for part in ast.parse(source).body:
        body.append(part)
        around = [ast.unparse(each) for each in getattr(part, "decorator_list", ())]
        if isinstance(part, ast.FunctionDef) and around and around[0] in AROUND:
            part.decorator_list.clear()
            body += ast.parse(f"{part.name} = {around[0]}({part.name})").body
    return ast.unparse(ast.Module(body, []))


def run(*command: str, cwd: Path) -> int:
    return subprocess.run([sys.executable, "-m", *command], cwd=cwd, check=False).returncode


def mutate(tree: Path, target: Target) -> Counter[str]:
    """What mutmut finds in functions."""
    rest = sorted(
        {path.name for path in tree.iterdir()} - {"signals", "teams", "reservations", "mutants", "node_modules"}
    )
    settings = (ROOT / "pyproject.toml").read_text() + SETTINGS.format(
        sources=json.dumps(target.sources), tests=json.dumps(target.tests), rest=json.dumps([*rest, "conftest.py"])
    )
    (tree / "pyproject.toml").write_text(settings)
    (tree / "conftest.py").write_text(CONFTEST)
    for source in target.sources if target.in_transactions else ():
        (tree / source).write_text(undecorated((tree / source).read_text()))
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
