"""What somebody was typing at the report desk, kept until it is saved: a reload or a shut tab loses nothing.

Two tabs are two drafts: each is kept by the id that its form carries, and the latest is offered first.
It stays on our side, in the session: nothing secret lies in the browser, and signing out erases it.
"""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from signals.models import Report

KEY = "intake-drafts"
MOST = 5  # per person; the oldest makes room
KEPT_FOR = dt.timedelta(hours=12)
LONGEST = 6_000
LONGEST_ID = 36
FIELDS = (
    "id", "category", "place", "spot", "area", "longitude", "latitude", "description", "answer", "name", "phone",
    "email", "wants_answer", "kind", "channel", "received_at",
)  # fmt: skip
# What alone makes a draft worth keeping: the rest is there before anybody types.
TYPED = ("place", "description", "answer", "name", "phone", "email")


type Kept = dict[str, dict[str, Any]]  # by the id of the form, the latest last


def keep(request: HttpRequest, data: QueryDict) -> dt.datetime | None:
    """Keep what stands in the form; when it is kept, or None when nothing was typed yet."""
    key = data.get("id", "")[:LONGEST_ID]
    others = {name: draft for name, draft in _all(request).items() if name != key}
    if not any(data.get(name, "").strip() for name in TYPED):
        _put(request, others)
        return None
    now = timezone.now()
    typed = {name: data[name][:LONGEST] for name in FIELDS if name in data}
    _put(request, {**others, key: {"at": now.isoformat(), "typed": typed}})
    return now


def kept(request: HttpRequest) -> tuple[dt.datetime, dict[str, Any]] | None:
    """The latest draft and when it was kept; old ones are forgotten."""
    drafts = _all(request)
    since = timezone.now() - KEPT_FOR
    alive = {key: draft for key, draft in drafts.items() if _at(draft) >= since and not _is_saved(key)}
    if alive != drafts:
        _put(request, alive)
    if not alive:
        return None
    latest = alive[next(reversed(alive))]
    # A box that was not ticked is not sent.
    return _at(latest), {"wants_answer": False, **latest["typed"]}


def forget(request: HttpRequest, key: str) -> None:
    """One draft: it was saved, or is not wanted. What stands in another tab stays."""
    drafts = _all(request)
    if drafts.pop(key, None):
        _put(request, drafts)


def _all(request: HttpRequest) -> Kept:
    return dict(request.session.get(KEY, {}))


def _put(request: HttpRequest, drafts: Kept) -> None:
    request.session[KEY] = dict(list(drafts.items())[-MOST:])


def _at(draft: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(draft["at"])


def _is_saved(key: str) -> bool:
    """The last draft of a report may come in after the report itself: they were on their way together."""
    try:
        return Report.objects.filter(pk=uuid.UUID(key)).exists()
    except ValueError:
        return False
