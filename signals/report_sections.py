"""What signals show of an area over a period, on its page and in its monthly report. See signals.statistics."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.closeup import close_up
from areas.doing import compared
from areas.models import AreaSet
from kortrijk_gebied.charts import Bar, BarChart
from kortrijk_gebied.periods import month_period, names
from kortrijk_gebied.sections import Content, Period, Place, Request, section
from signals import statistics

MOST_GROUPS = 6
MOST_SUBJECTS = 12
BOTH = {Place.AREA, Place.REPORT}


def period_of(request: Request) -> Period:
    return request.period or month_period(timezone.localdate())


@section(
    key="signals-map", title=gettext_lazy("Where it is open"), template="signals/sections/map.html",
    on=BOTH, order=12,
)  # fmt: skip
def where(request: Request) -> Content:
    period = period_of(request)
    spots = statistics.spots(request.viewer, request.area, period)
    title = _("Map of %(area)s with %(open)s open signals, %(late)s of them late")
    return {
        "map": close_up(request.area, spots.drawn),
        "title": title % {"area": request.area.name, "open": spots.open, "late": spots.late},
        "open": spots.open,
        "late": spots.late,
        "on": statistics.last_day(min(period.end, timezone.now())),
    }


@section(
    key="signals-subjects", title=gettext_lazy("What was reported"), template="signals/sections/subjects.html",
    on=BOTH, order=20, folded=True,
)  # fmt: skip
def subjects(request: Request) -> Content:
    rows = statistics.by_subject(request.viewer, request.area, period_of(request))
    named = [row for row in rows if not row.limited]
    head, tail = named[:MOST_SUBJECTS], named[MOST_SUBJECTS:]
    rest = [statistics.together(_("Other subjects"), tail)] if tail else []
    return {
        "rows": [*head, *rest, *(row for row in rows if row.limited)],
        "all": statistics.together(_("Together"), rows),
        "period": names(period_of(request))[0],
    }


@section(
    key="signals-compared", title=gettext_lazy("More or less than before"), template="signals/sections/compared.html",
    on=BOTH, order=40, folded=True,
)  # fmt: skip
def than_before(request: Request) -> Content:
    shown = compared(period_of(request))
    groups = statistics.by_group(request.viewer, request.area, list(shown.values()))
    if not groups:
        return None
    totals = [sum(column) for column in zip(*groups.values(), strict=True)]
    return {
        "chart": BarChart(
            title=_("Signals by main subject"),
            description="; ".join(f"{name}: {total}" for name, total in zip(shown, totals, strict=True)),
            label_heading=_("Subject"),
            series=list(shown),
            bars=bars_of(groups),
        )
    }  # fmt: skip


def bars_of(groups: dict[str, list[int]]) -> list[Bar]:
    """The largest groups; the small ones together, so that the chart adds up."""
    bars = [Bar(name, numbers) for name, numbers in groups.items()]
    if len(bars) <= MOST_GROUPS:
        return bars
    small = zip(*list(groups.values())[MOST_GROUPS - 1 :], strict=True)
    return [*bars[: MOST_GROUPS - 1], Bar(_("Other subjects"), [sum(column) for column in small])]


@section(
    key="signals-pace", title=gettext_lazy("How long it took"), template="signals/sections/pace.html",
    on={Place.REPORT}, order=50,
)  # fmt: skip
def pace(request: Request) -> Content:
    """Not on the page of an area: there the indicators tell the median, of what all may read, and one is enough."""
    shown = compared(period_of(request))
    paces = statistics.pace(request.viewer, request.area, list(shown.values()))
    if not any(made.closed for made in paces):
        return None
    return {"rows": list(zip(shown, paces, strict=True)), "now": paces[0]}


@section(
    key="signals-late",
    title=gettext_lazy("What is late"),
    template="signals/sections/late.html",
    on=BOTH,
    order=60,
    on_page=6,
)
def late(request: Request) -> Content:
    period = period_of(request)
    rows, total = statistics.late(request.viewer, request.area, period)
    return {
        "rows": rows,
        "total": total,
        "more": total - len(rows),
        "on": statistics.last_day(min(period.end, timezone.now())),
    }


@section(
    key="signals-elsewhere", title=gettext_lazy("What runs at others"), template="signals/sections/elsewhere.html",
    on=BOTH, order=70,
)  # fmt: skip
def elsewhere(request: Request) -> Content:
    if request.area.set.kind != AreaSet.Kind.WORKING:
        return None
    return {"owners": statistics.elsewhere(request.viewer, request.area)}
