"""Which requests a caller follows, and what is told of each.

The public hears what is where and in what state it is; words only of subjects that say so (docs/decisions/020).
A partner reads what its team reads. Everything else answers as if it were not there.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models import Category, Signal, SignalEvent
from signals.open311.answers import ApiError, Value
from signals.open311.callers import Caller
from signals.workflow import ENDED, OPEN, SignalStatus

SPAN = dt.timedelta(days=90)
MOST = 1000
MOST_ASKED_BY_ID = 100
STATES = {"open": OPEN, "closed": ENDED}
# The public sees a spot to some ten metres: the pavement, not the front door.
PUBLIC_DECIMALS = 4


@dataclass
class Question:
    """What is asked for, as the standard has it."""

    references: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    start: dt.datetime = field(default_factory=lambda: timezone.now() - SPAN)
    end: dt.datetime = field(default_factory=timezone.now)
    page: int = 1
    page_size: int = MOST

    @classmethod
    def read(cls, given: QueryDict) -> "Question":
        start, end = _moment(given, "start_date"), _moment(given, "end_date")
        now = timezone.now()
        if start is None:
            start = (end or now) - SPAN
        if end is None:
            end = min(now, start + SPAN)
        if end < start:
            raise ApiError(400, _("The end (end_date) lies before the start (start_date)."))
        if end - start > SPAN:
            raise ApiError(400, _("Ask for 90 days at most at a time (start_date, end_date)."))
        return cls(
            references=[word.upper() for word in _words(given, "service_request_id")][:MOST_ASKED_BY_ID],
            codes=_words(given, "service_code"),
            statuses=_statuses(_words(given, "status")),
            start=start,
            end=end,
            page=_number(given, "page", 1, 10_000),
            page_size=_number(given, "page_size", MOST, MOST),
        )

    def among(self, found: QuerySet[Signal]) -> QuerySet[Signal]:
        if self.references:  # overrides all else
            return found.filter(reference__in=self.references)
        found = found.filter(reported_at__gte=self.start, reported_at__lte=self.end)
        if self.codes:
            found = found.filter(category__in=_categories(self.codes))
        if self.statuses:
            found = found.filter(status__in=[state for name in self.statuses for state in STATES[name]])
        first = (self.page - 1) * self.page_size
        return found.order_by("-reported_at", "pk")[first : first + self.page_size]


def requests_for(caller: Caller, question: Question) -> list[Value]:
    return [told(signal) for signal in _whole(question.among(caller.requests()))]


def request_for(caller: Caller, reference: str) -> list[Value]:
    """One, as a list, as the standard has it. What the caller may not know of is not there."""
    found = [told(signal) for signal in _whole(caller.requests().filter(reference=reference.upper()))]
    if not found:
        raise ApiError(404, _("We do not know number “%(number)s” (service_request_id).") % {"number": reference[:40]})
    return found


def _whole(found: QuerySet[Signal]) -> QuerySet[Signal]:
    """With what is told of each, in one query. Only what happened in the open moves its time."""
    events = SignalEvent.objects.filter(signal=OuterRef("pk"), level=Level.OPEN).order_by()
    latest = events.values("signal").annotate(latest=Max("at")).values("latest")
    return found.select_related("category", "area", "owner").annotate(latest=Subquery(latest))


def told(signal: Signal) -> Value:
    """A row of `Caller.requests()`."""
    in_full = bool(getattr(signal, "in_full", False))
    words = in_full or (signal.category.public_words and signal.status != SignalStatus.NEW)
    moments = [signal.reported_at, signal.last_reported_at, getattr(signal, "latest", None)]
    return {
        "service_request_id": signal.reference,
        "status": "open" if signal.is_open else "closed",
        "status_notes": signal.outcome if in_full and signal.outcome else str(signal.get_status_display()),
        "service_name": signal.category.name,
        "service_code": signal.category.code,
        "description": signal.description[:4000] if words else "",
        "agency_responsible": signal.owner.name,
        "service_notice": "",
        "requested_datetime": signal.reported_at,
        "updated_datetime": signal.closed_at or max(moment for moment in moments if moment),
        "expected_datetime": signal.due_at if signal.is_open else None,
        "address": _address(signal, in_full=in_full),
        "address_id": "",
        "zipcode": "",
        "lat": _degrees(signal.latitude, in_full=in_full),
        "long": _degrees(signal.longitude, in_full=in_full),
        "media_url": "",
    }


def _address(signal: Signal, *, in_full: bool) -> str:
    """What somebody typed as a place may hold a name: the public gets the area."""
    area = signal.area.name if signal.area else ""
    return ", ".join(part for part in (signal.place if in_full else "", area) if part)


def _degrees(value: float | None, *, in_full: bool) -> float | None:
    return value if value is None or in_full else round(value, PUBLIC_DECIMALS)


def link_to(signal: Signal) -> str:
    return str(settings.SITE_URL).rstrip("/") + reverse("open311:request", args=[signal.reference, "json"])


def _categories(codes: list[str]) -> list[int]:
    found = dict(Category.objects.filter(code__in=codes).values_list("code", "pk"))
    for code in codes:
        if code not in found:
            raise ApiError(404, _("We do not know subject “%(code)s” (service_code).") % {"code": code[:80]})
    return list(found.values())


def _words(given: QueryDict, name: str) -> list[str]:
    return [word.strip() for text in given.getlist(name) for word in text.split(",") if word.strip()]


def _statuses(given: list[str]) -> list[str]:
    for word in given:
        if word not in STATES:
            raise ApiError(400, _("State “%(word)s” (status) does not exist: open or closed.") % {"word": word[:20]})
    return given


def _moment(given: QueryDict, name: str) -> dt.datetime | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    if (moment := moment_of(text)) is None:
        said = _("%(field)s “%(text)s” is no moment with its time zone, such as 2026-11-21T14:30:00Z.")
        raise ApiError(400, said % {"field": name, "text": text[:40]})
    return moment


def moment_of(text: str) -> dt.datetime | None:
    """A moment of the standard, with its time zone. A plus in an address arrives as a space."""
    try:
        moment = dt.datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _number(given: QueryDict, name: str, default: int, most: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise ApiError(400, _("%(field)s is a number from 1.") % {"field": name})
    return min(int(text), most)
