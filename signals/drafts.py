"""What somebody was typing at the report desk, kept until it is saved: a reload or a shut tab loses nothing.

It stays on our side, in the session: nothing secret lies in the browser, and signing out erases it.
"""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from signals.models import Report

KEY = "intake-draft"
KEPT_FOR = dt.timedelta(hours=12)
LONGEST = 6_000
FIELDS = (
    "id", "category", "place", "spot", "area", "longitude", "latitude", "description", "answer", "name", "phone",
    "email", "wants_answer", "kind", "channel", "received_at",
)  # fmt: skip
# What alone makes a draft worth keeping: the rest is there before anybody types.
TYPED = ("place", "description", "answer", "name", "phone", "email")


def keep(request: HttpRequest, data: QueryDict) -> dt.datetime | None:
    """Keep what stands in the form; when it is kept, or None when nothing was typed yet."""
    if not any(data.get(name, "").strip() for name in TYPED):
        forget(request)
        return None
    now = timezone.now()
    typed = {name: data[name][:LONGEST] for name in FIELDS if name in data}
    request.session[KEY] = {"at": now.isoformat(), "typed": typed}
    return now


def kept(request: HttpRequest) -> tuple[dt.datetime, dict[str, Any]] | None:
    """The draft and when it was kept; an old one is forgotten."""
    draft = request.session.get(KEY)
    if not draft:
        return None
    at = dt.datetime.fromisoformat(draft["at"])
    if timezone.now() - at > KEPT_FOR or _is_saved(draft["typed"].get("id", "")):
        forget(request)
        return None
    # A box that was not ticked is not sent.
    return at, {"wants_answer": False, **draft["typed"]}


def _is_saved(key: str) -> bool:
    """The last draft of a report may come in after the report itself: they were on their way together."""
    try:
        return Report.objects.filter(pk=uuid.UUID(key)).exists()
    except ValueError:
        return False


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
