"""The demo accounts as bin/demo shows them. Like settings and urls, the demo knows every app."""

from signals.demo.accounts import ACCOUNTS

PASSWORD = "gebied-kortrijk"  # noqa: S105  (of invented people in an invented year)


def coordinator() -> tuple[str, str]:
    """E-mail and password of somebody who works the inbox."""
    email = next(email for function, _, email, _ in ACCOUNTS if "coördinator" in function.lower())
    return email, PASSWORD


def table(address: str) -> str:
    """What somebody who just started the demo needs to begin."""
    rows = [(function, email, first) for function, _, email, first in ACCOUNTS]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {function:<{widths[0]}}  {email:<{widths[1]}}  {first}" for function, email, first in rows]
    return "\n".join(
        ["", *lines, "", f"  Open {address}  -  every password is {PASSWORD}  -  Ctrl-C stops everything", ""]
    )
