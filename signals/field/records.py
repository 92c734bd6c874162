"""What one record of a tablet says, once it is open. Older shells go on sending what they know: each schema that was
ever given out is read here, for ever."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.attaching.keeping import MOST_FILES
from signals.models import RecordKind

SHA256 = re.compile(r"[0-9a-f]{64}")
LONGEST_NAME = 60


@dataclass(frozen=True)
class Record:
    """`content` is what its kind says, of a signal or a briefing. Times are those of the tablet's clock."""

    id: uuid.UUID
    kind: str
    author_id: uuid.UUID
    shift_pass: str
    content: dict[str, Any]
    schema: int
    photos: list[str] = field(default_factory=list)
    saved_at: dt.datetime | None = None
    clock_offset_ms: int | None = None
    locked: bool = False
    writer: str = ""  # who said, without signing in, not to be the author


def read(body: Any) -> Record:
    """Raises Refused for what no shell of ours ever wrote."""
    if not isinstance(body, dict):
        raise _unknown()
    schema = body.get("schema")
    reader = READERS.get(schema) if isinstance(schema, int) else None
    if reader is None:
        raise Refused(_("This was saved by a newer version than ours. It stays on the tablet; tell your coordinator."))
    try:
        return reader(body)
    except (KeyError, TypeError, ValueError) as problem:
        raise _unknown() from problem


def _read_1(body: dict[str, Any]) -> Record:
    kind = RecordKind(body["kind"])
    content = body[kind.value]
    if not isinstance(content, dict):
        raise TypeError
    photos = [str(photo["hash"]) for photo in body.get("photos", [])]
    if not all(SHA256.fullmatch(each) for each in photos):
        raise ValueError
    return Record(
        id=uuid.UUID(str(body["id"])), kind=kind, author_id=uuid.UUID(str(body["author"])),
        shift_pass=str(body.get("pass", "")), content=content, schema=1,
        photos=list(dict.fromkeys(photos))[: 2 * MOST_FILES],
        saved_at=moment(body.get("saved_at")), clock_offset_ms=_offset(body.get("clock_offset_ms")),
        locked=body.get("locked") is True,
    )  # fmt: skip


def _read_2(body: dict[str, Any]) -> Record:
    """Schema 1, and who wrote where that is another than whose shift it was."""
    return replace(_read_1(body), schema=2, writer=words(body, "writer")[:LONGEST_NAME])


def _read_3(body: dict[str, Any]) -> Record:
    """Schema 2, and that a briefing was read."""
    return replace(_read_2(body), schema=3)


def _read_4(body: dict[str, Any]) -> Record:
    """Schema 3, and from when the briefing was that somebody read."""
    return replace(_read_3(body), schema=4)


READERS: dict[Any, Callable[[dict[str, Any]], Record]] = {1: _read_1, 2: _read_2, 3: _read_3, 4: _read_4}


def moment(text: Any) -> dt.datetime | None:
    """A moment as a browser writes it; None for what is none."""
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    # Nearer to the ends of time than this, another zone lies beyond them, and nobody reads it back.
    return found if found is not None and timezone.is_aware(found) and 1 < found.year < 9999 else None


def words(content: dict[str, Any], name: str) -> str:
    """A text as it was typed."""
    return storable(str(content.get(name) or "")).strip()


def storable(text: str) -> str:
    """Less what no database keeps: a zero byte, and half of a sign that a program cut in two."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def number(content: dict[str, Any], name: str, low: float, high: float) -> float | None:
    found = content.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if low <= found <= high else None


def key(content: dict[str, Any], name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(content.get(name) or ""))
    except ValueError:
        return None


def _offset(found: Any) -> int | None:
    whole = isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 2**53
    return int(found) if whole else None


def _unknown() -> Refused:
    return Refused(_("We cannot read what the tablet sent. It stays on the tablet; tell your coordinator."))
