"""manage.py as production runs it: with the environment that docker-compose.yml gives its web service."""

import os
import re
import subprocess
import sys
from typing import Any

import yaml

from kortrijk_gebied.embedded import ROOT

# What somebody who installs the program fills in.
FILLED_IN = {
    "APP_PASSWORD": "een-wachtwoord",
    "DEFAULT_FROM_EMAIL": "Gebied <gebied@stad.example>",
    "DOMAIN": "gebied.stad.example",
    "EMAIL_URL": "smtp+tls://gebied:wachtwoord@mail.stad.example:587",
    "SECRET_KEY": "w8nfbJ7ldz-4hQ0YtkZr2sVxE9uPmGc6aTiLoB5qRyNf31KdWj",
}
VARIABLE = re.compile(r"\$\{(\w+):([?-])([^}]*)\}")


def environment() -> dict[str, str]:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    given: dict[str, str] = compose["services"]["web"]["environment"]
    return {key: VARIABLE.sub(filled_in, value) for key, value in given.items()}


def filled_in(found: re.Match[str]) -> str:
    """As Compose does it: what somebody filled in, else the default."""
    name, kind, text = found.groups()
    if name not in FILLED_IN and kind == "?":
        raise AssertionError(f"{name}: {text}")
    return FILLED_IN.get(name, text)


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": os.environ["VAR_DIR"], **environment(), **changes},
        capture_output=True,
        text=True,
        check=False,
    )
