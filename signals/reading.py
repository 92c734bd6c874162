"""Reading limited or sealed content leaves a row in the read log of its owner, snippets in lists too."""

import datetime as dt
from collections.abc import Iterable

from kortrijk_gebied.audit.models import Look, record
from signals.levels import Level
from signals.models import Attachment, Note, Signal
from signals.visibility import Sight
from teams.models import User


def looked_at(signals: Iterable[Signal], *, by: User, surface: str, once_since: dt.datetime | None = None) -> None:
    """Log the secret ones among signals whose words (or whose shared sentence) `by` is about to see.

    Rows that carry `sight` "limited" show no words and are not logged: there is nothing to read in them. `once_since`
    is for what is given along to read later, such as with a tablet: once from that moment on.
    """
    looks = [
        Look(signal.owner_id, "signal", signal.pk, signal.reference, signal.level)
        for signal in signals
        if signal.level > Level.OPEN and getattr(signal, "sight", Sight.FULL) != Sight.LIMITED
    ]
    if looks:
        record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface,
               once_since=once_since)  # fmt: skip


def looked_at_parts(parts: Iterable[Note | Attachment], *, of: Signal, by: User, surface: str) -> None:
    """Log notes and photos that are more secret than the signal they hang on. Their own organisation owns them."""
    looks = [
        Look(part.organisation_id, part._meta.model_name or "", part.pk, of.reference, part.level)
        for part in parts
        if part.level > of.level
    ]
    if looks:
        record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface)
