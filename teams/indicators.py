"""How many actions run in an area, and how many of them are past their day. Those that one house keeps to itself do not
count: the figure is the same for every reader."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.indicators import Indicator, Measure, Past, Values, register
from kortrijk_gebied.sections import Period
from teams.models import Action
from teams.models.action_words import OPEN
from teams.models.audience import Audience


def _kept(past: Past, periods: Sequence[Period]) -> list[dict[str, Any]]:
    """What was open at the end of any of the periods, a line per area. One query."""
    known = Action.objects.filter(audience__in=[Audience.PARTNERS, Audience.PUBLIC])
    there = known.filter(Q(status__in=OPEN) | Q(done_at__gte=min(period.end for period in periods)))
    names = ("pk", "areas", "created_at", "done_at", "due_on")
    return list(there.filter(areas__in=past.keys).order_by().values(*names))


def open_actions(past: Past, periods: Sequence[Period]) -> list[Values]:
    return _counted(past, periods, overdue=False)


def overdue_actions(past: Past, periods: Sequence[Period]) -> list[Values]:
    return _counted(past, periods, overdue=True)


def _counted(past: Past, periods: Sequence[Period], *, overdue: bool) -> list[Values]:
    """An action of a former area and of the one after it is one action."""
    rows: list[dict[str, Any]] = _kept(past, periods)
    found: list[Values] = []
    for period in periods:
        day = timezone.localdate(period.end)
        actions: dict[int, set[object]] = defaultdict(set)
        for row in rows:
            was_there = row["created_at"] < period.end and (row["done_at"] is None or row["done_at"] >= period.end)
            if was_there and (not overdue or (row["due_on"] and row["due_on"] < day)):
                for new, _share in past.shares.get(row["areas"], ()):
                    actions[new].add(row["pk"])
        found.append({area.pk: Measure(len(actions[area.pk]), len(actions[area.pk])) for area in past.areas})
    return found


AT_THE_END = _("at the end of the period")
register(Indicator("actions-open", _("Open actions"), AT_THE_END, 50, open_actions))
register(Indicator("actions-overdue", _("Actions past their day"), AT_THE_END, 52, overdue_actions, up_is_good=False))
