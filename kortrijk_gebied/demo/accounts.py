"""The demo accounts as bin/demo shows them.

Preparing the demo writes them to a file: reading that takes no Django, so that the second start is quick.
"""

import json
from pathlib import Path
from typing import NamedTuple

PASSWORD = "gebied-kortrijk"  # noqa: S105  (of invented people in an invented year)
FILE = "run/accounts.json"


class Account(NamedTuple):
    role: str
    email: str
    try_first: str


def write(var: Path, accounts: list[Account]) -> None:
    (var / FILE).write_text(json.dumps(accounts))


def read(var: Path) -> list[Account]:
    return [Account(*row) for row in json.loads((var / FILE).read_text())]


def coordinator(accounts: list[Account]) -> Account:
    """Somebody who works the inbox."""
    return next(account for account in accounts if account.role.startswith("Coördinator"))


def table(address: str, accounts: list[Account]) -> str:
    """What somebody who just started the demo needs to begin."""
    role, email = (max(len(account[column]) for account in accounts) for column in (0, 1))
    lines = [f"  {account.role:<{role}}  {account.email:<{email}}  {account.try_first}" for account in accounts]
    end = f"  {address}   every password: {PASSWORD}   Ctrl-C stops everything"
    besides = f"  {address}/melden/ is the form for citizens; mail is written to files in var/mail"
    return "\n".join(["", *lines, "", end, besides, ""])
