"""What may be kept of an error: its kind and where it happened, never the values it quotes.

PostgreSQL quotes the row it refuses (`DETAIL: Failing row contains (...)`), and that row may be somebody's
trouble. A mail server quotes addresses. Neither belongs in a log, nor in the row of a job.
"""

import copy
import logging
import smtplib
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.db import Error as DatabaseError

from kortrijk_gebied.keyed import without_keys

BASE = Path(__file__).resolve().parent.parent
FRAMES = 12

QUOTING = (DatabaseError, psycopg.Error, smtplib.SMTPException)


def described(error: BaseException) -> str:
    """An error for the row of a job: kind and place, of what caused it too."""
    return "\nbecause of ".join("\n".join([kind(one), *_places(one)]) for one in _chain(error))


def kind(error: BaseException) -> str:
    """The class of an error, with what tells errors of that class apart and quotes nothing."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    known: dict[str, object] = {}
    if isinstance(cause, psycopg.Error):
        diag = cause.diag
        known = {"SQLSTATE": cause.sqlstate, "constraint": diag.constraint_name, "table": diag.table_name}
        known |= {"column": diag.column_name}
    elif isinstance(error, smtplib.SMTPResponseException):
        known = {"code": error.smtp_code}
    elif isinstance(error, OSError):
        known = {"errno": error.errno}
    facts = ", ".join(f"{name} {value}" for name, value in known.items() if value)
    return f"{type(error).__name__} ({facts})" if facts else type(error).__name__


def is_final(error: BaseException) -> bool:
    """A mail server that does not know the address will not know it in an hour."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _said in error.recipients.values())


class Discreet(logging.Formatter):
    """Logs as any other, but of errors that quote what was stored or sent only their kind and their place, and of
    addresses that are a key not the key."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(self._without_quotes(record))

    def _without_quotes(self, record: logging.LogRecord) -> str:
        errors = [error for error in _errors_of(record) if isinstance(error, QUOTING)]
        if not errors:
            return super().format(record)
        # A copy, with the text of the error already there: another handler may have cached one that quotes.
        quiet = copy.copy(record)
        quiet.msg, quiet.args = record.getMessage(), None
        for error in errors:
            for quoted in (repr(error), str(error), repr(str(error))[1:-1]):
                if quoted:
                    quiet.msg = quiet.msg.replace(quoted, kind(error))
        quiet.exc_info, quiet.exc_text = None, ""
        if record.exc_info and record.exc_info[1]:
            quiet.exc_text = described(record.exc_info[1])
        return super().format(quiet)


def _errors_of(record: logging.LogRecord) -> Iterator[BaseException]:
    """Those a record speaks of: being handled, or named in its message."""
    arguments = record.args.values() if isinstance(record.args, dict) else record.args or ()
    for error in [record.exc_info[1] if record.exc_info else None, *arguments]:
        if isinstance(error, BaseException):
            yield from _chain(error)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, as a traceback would show them, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(error: BaseException) -> Iterator[str]:
    """The innermost frames, the last one deepest; lines of code hold no values."""
    for frame in traceback.extract_tb(error.__traceback__)[-FRAMES:]:
        path = frame.filename.rpartition("site-packages/")[2].removeprefix(f"{BASE}/")
        yield f"  {path}:{frame.lineno} in {frame.name}"
