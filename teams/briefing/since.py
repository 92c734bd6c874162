"""From when on something is new to a person: the briefing they read last, or the end of their last shift."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.sections import Period
from teams.models import BriefingRead, User

LONGEST = dt.timedelta(days=14)
OTHERWISE = dt.timedelta(days=1)  # for who never read one
# A shift that ended a moment ago goes on: a tablet that was handed over, a coffee.
A_BREAK = dt.timedelta(hours=2)

type LastEnd = Callable[[User, dt.datetime], dt.datetime | None]

_ends: list[LastEnd] = []


def register_last_end(last_end: LastEnd) -> None:
    """How a room above knows when a person's last shift ended: the latest end up to a moment."""
    if last_end not in _ends:
        _ends.append(last_end)


def as_of(shown: dt.datetime | None, read: dt.datetime) -> dt.datetime:
    """What was read is what was shown: what came between that and the tap is new the next time. A moment that no page
    and no tablet of ours can have said is not believed."""
    return shown if shown and read - LONGEST <= shown <= read else read


def period_of(user: User, area: Area) -> Period:
    """What was read today stays new today: who opens the briefing a second time reads the same."""
    now = timezone.now()
    last = BriefingRead.objects.filter(user=user, area=area, day__lt=timezone.localdate()).order_by("-at").first()
    moments = [last.at] if last else []
    moments += [end for last_end in _ends if (end := last_end(user, now - A_BREAK))]
    start = max(moments, default=now - OTHERWISE)
    return Period(max(start, now - LONGEST), now)
