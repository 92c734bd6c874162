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


def environment() -> dict[str, str]:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    given: dict[str, str] = compose["services"]["web"]["environment"]
    variable = re.compile(r"\$\{(\w+):[?-][^}]*\}")
    return {key: variable.sub(lambda found: FILLED_IN.get(found[1], ""), value) for key, value in given.items()}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": os.environ["VAR_DIR"], **environment(), **changes},
        capture_output=True,
        text=True,
        check=False,
    )
