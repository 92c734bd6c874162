"""Figures about an area over a period, for a viewer; one query each.

What is counted is what the viewer may read, less all that is sealed: in an area, and more so in a village,
a count of sealed matter would tell of a person. Of what is limited the subject is never counted by name:
these figures go into mails and onto the wall of a meeting room.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.closeup import Spot
from areas.models import Area, AreaSet
from kortrijk_gebied.sections import Period
from kortrijk_gebied.workdays import BRUSSELS, working_days_between
from signals.levels import Level
from signals.models import Signal
from signals.visibility import Sight, SignalQuerySet
from signals.workflow import ENDED, OPEN, UNDIVIDED, SignalStatus
from teams.access import Access
from teams.models import Organisation

MOST_LATE = 12
MOST_DOTS = 400
A_MOMENT = dt.timedelta(minutes=5)  # a period that ends now, seen while the page is made


def counted(viewer: Access, area: Area | None) -> SignalQuerySet:
    found = Signal.objects.readable(viewer).exclude(level=Level.SEALED)
    return found if area is None else found.filter(lying_in(area))


def lying_in(area: Area) -> Q:
    """Of signals: of a ward or a care area those that lie in it too."""
    is_working = area.set.kind == AreaSet.Kind.WORKING
    return Q(area=area) if is_working else Q(area_ids__contains=[area.pk])


def within(field_name: str, period: Period) -> Q:
    return Q(**{f"{field_name}__gte": period.start, f"{field_name}__lt": period.end})


@dataclass
class SubjectCount:
    name: str
    to_divide: int = 0
    under_way: int = 0
    closed: int = 0
    cancelled: int = 0
    not_ours: int = 0
    joined: int = 0
    limited: bool = False

    @property
    def total(self) -> int:
        return self.to_divide + self.under_way + self.closed + self.cancelled + self.not_ours + self.joined

    def add(self, status: str, number: int) -> None:
        if status in UNDIVIDED:
            self.to_divide += number
        elif status == SignalStatus.CLOSED:
            self.closed += number
        elif status == SignalStatus.CANCELLED:
            self.cancelled += number
        elif status == SignalStatus.NOT_OURS:
            self.not_ours += number
        elif status == SignalStatus.JOINED:
            self.joined += number
        else:
            self.under_way += number


def by_subject(viewer: Access, area: Area | None, period: Period) -> list[SubjectCount]:
    """What was reported in the period, by subject and by where it stands now; most first, limited matter last."""
    rows = (
        counted(viewer, area)
        .filter(within("reported_at", period))
        .values_list("level", "category__name", "status")
        .annotate(number=Count("pk"))
        .order_by()
    )
    subjects: dict[str, SubjectCount] = {}
    for level, name, status, number in rows:
        hidden = level > Level.OPEN
        shown = _("Limited, without subject") if hidden else name
        subjects.setdefault(shown, SubjectCount(shown, limited=hidden)).add(status, number)
    return sorted(subjects.values(), key=lambda subject: (subject.limited, -subject.total, subject.name))


def together(name: str, rows: Sequence[SubjectCount]) -> SubjectCount:
    return SubjectCount(
        name,
        to_divide=sum(row.to_divide for row in rows),
        under_way=sum(row.under_way for row in rows),
        closed=sum(row.closed for row in rows),
        cancelled=sum(row.cancelled for row in rows),
        not_ours=sum(row.not_ours for row in rows),
        joined=sum(row.joined for row in rows),
    )


def by_group(viewer: Access, area: Area | None, periods: Sequence[Period]) -> dict[str, list[int]]:
    """How much was reported in each period, by main group of subjects; most in the first period first."""
    counts = {f"p{number}": Count("pk", filter=within("reported_at", p)) for number, p in enumerate(periods)}
    rows = (
        counted(viewer, area)
        .filter(_any("reported_at", periods))
        .annotate(group=Case(When(level=Level.OPEN, then=F("category__parent__name")), default=Value(_("Limited"))))
        .values("group")
        .annotate(**counts)
        .order_by()
    )
    found = {row["group"] or _("Other"): [row[f"p{number}"] for number in range(len(periods))] for row in rows}
    return dict(sorted(found.items(), key=lambda item: [-number for number in item[1]]))


@dataclass
class Pace:
    """How fast signals were closed. What was answered at once, on the phone, is left out."""

    closed: int = 0
    in_term: int = 0
    days: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # working days -> signals

    def add(self, working_days: int, closed: int, in_term: int) -> None:
        self.closed += closed
        self.in_term += in_term
        self.days[working_days] += closed

    @property
    def median(self) -> float | None:
        if not self.closed:
            return None
        return float(np.median(np.repeat(list(self.days), list(self.days.values()))))

    @property
    def percentage_in_term(self) -> int | None:
        return round(100 * self.in_term / self.closed) if self.closed else None


def pace(viewer: Access, area: Area | None, periods: Sequence[Period]) -> list[Pace]:
    """Grouped by day of report and day of closing, so that a year of the whole city stays small."""
    in_term = Q(closed_at__lte=F("due_at"))
    counts = {
        f"{name}{number}": Count("pk", filter=within("closed_at", period) & condition)
        for number, period in enumerate(periods)
        for name, condition in (("closed", Q()), ("in_term", in_term))
    }
    rows = (
        counted(viewer, area)
        .filter(_any("closed_at", periods), status=SignalStatus.CLOSED, closed_at__gt=F("reported_at"))
        .annotate(start=TruncDate("reported_at", tzinfo=BRUSSELS), end=TruncDate("closed_at", tzinfo=BRUSSELS))
        .values("start", "end")
        .annotate(**counts)
        .order_by()
    )
    paces = [Pace() for _period in periods]
    for row in rows:
        days = working_days_between(row["start"], row["end"])
        for number, made in enumerate(paces):
            made.add(days, row[f"closed{number}"], row[f"in_term{number}"])
    return paces


@dataclass(frozen=True)
class Late:
    reference: str
    subject: str  # empty when limited
    place: str
    days: int
    owner: Organisation
    limited: bool


def standing(viewer: Access, area: Area | None, period: Period) -> tuple[SignalQuerySet, dt.datetime]:
    """What was open at the end of the period, or is open now when the period runs on; and that moment."""
    moment = min(period.end, timezone.now())
    found = counted(viewer, area)
    if timezone.now() - period.end < A_MOMENT:
        return found.open(), moment
    closed_later = Q(status__in=ENDED, closed_at__gte=moment)
    return found.filter(Q(status__in=OPEN) | closed_later, reported_at__lt=moment), moment


def late(viewer: Access, area: Area | None, period: Period) -> tuple[list[Late], int]:
    """What is past its term at the end of the period, the oldest first, and how many there are in all."""
    found, moment = standing(viewer, area, period)
    rows = (
        found.filter(due_at__lt=moment)
        .select_related("category", "owner")
        .annotate(all=Window(Count("pk")))
        .order_by("due_at", "pk")[:MOST_LATE]
    )
    listed = [_late(signal, moment) for signal in rows]
    return listed, rows[0].all if listed else 0


def _late(signal: Signal, moment: dt.datetime) -> Late:
    assert signal.due_at is not None  # noqa: S101  filtered on
    limited = signal.level > Level.OPEN
    days = (last_day(moment) - timezone.localdate(signal.due_at)).days
    return Late(
        reference=signal.reference,
        subject="" if limited else signal.category.name,
        place="" if limited else signal.place,
        days=days,
        owner=signal.owner,
        limited=limited,
    )


def last_day(moment: dt.datetime) -> dt.date:
    """The day that ends at, or runs at, a moment: a month ends at midnight, on its last day."""
    return timezone.localdate(moment - dt.timedelta(microseconds=1))


def elsewhere(viewer: Access, area: Area) -> list[tuple[Organisation, int]]:
    """How much runs at others of which the viewer knows no more than that; as it is now.

    Only in areas of the working set: a smaller one, such as a statistical sector, would tell where.
    """
    running = Signal.objects.listed(viewer).filter(sight=Sight.LIMITED, area=area).open()
    owners = Organisation.objects.filter(signals__in=running.values("pk")).annotate(number=Count("signals"))
    return [(owner, owner.number) for owner in owners.order_by("pk")]


@dataclass(frozen=True)
class Spots:
    """The newest open signals with a place on the map; how many there are in all, and late."""

    drawn: list[Spot] = field(default_factory=list)
    open: int = 0
    late: int = 0


def spots(viewer: Access, area: Area, period: Period) -> Spots:
    """Where open matter lies at the end of the period. Only what every reader of the area may see."""
    found, moment = standing(viewer, area, period)
    rows = (
        found.filter(level=Level.OPEN, longitude__isnull=False)
        .annotate(all=Window(Count("pk")), all_late=Window(Count("pk", filter=Q(due_at__lt=moment))))
        .order_by("-reported_at")
        .values_list("longitude", "latitude", "due_at", "all", "all_late")[:MOST_DOTS]
    )
    drawn = [(longitude, latitude, bool(due and due < moment)) for longitude, latitude, due, _all, _late in rows]
    return Spots(drawn, rows[0][3], rows[0][4]) if drawn else Spots()


def _any(field_name: str, periods: Sequence[Period]) -> Q:
    wanted = Q()
    for period in periods:
        wanted |= within(field_name, period)
    return wanted
