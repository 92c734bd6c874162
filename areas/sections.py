"""What this room shows of an area."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from areas.crosswalk import overlaps_of
from areas.doing import Summary, compared, last_day, lines_of, whole_days
from areas.figures import figures_of
from areas.models import Area, AreaSet, Crosswalk
from areas.people import inhabitants_of
from kortrijk_gebied.sections import Content, Place, Request, section

# A smaller share is the width of a drawn line, not a part of an area.
WORTH_SAYING = Decimal("0.005")


@section(
    key="profile", title=_("Profile"), template="areas/sections/profile.html", on={Place.AREA}, order=90, folded=True
)
def profile(request: Request) -> Content:
    area: Area = request.area
    others: dict[str, list[Crosswalk]] = {}
    for row in overlaps_of(area):
        if row.share >= WORTH_SAYING and (row.to_area or row.to_set.covering):
            others.setdefault(row.to_set.name, []).append(row)
    people = inhabitants_of([area]).get(area.pk)
    density = round(people.number / float(area.hectares), 1) if people else None
    return {"area": area, "people": people, "others": others, "density": density}


@section(key="doing", title=_("How is it going here?"), template="areas/sections/doing.html", on={Place.AREA}, order=5)
def doing(request: Request) -> Content:
    """Of an area of the working set. Of the other sets nobody counts: there it says which areas hold the figures."""
    area: Area = request.area
    if request.period is None:
        return None
    if area.set.kind != AreaSet.Kind.WORKING:
        there = [row for row in overlaps_of(area) if row.to_set.kind == AreaSet.Kind.WORKING]
        counted = [row for row in there if row.to_area and row.share >= WORTH_SAYING]
        return {"area": area, "counted": counted} if counted else None
    period = whole_days(request.period)
    lines = lines_of(area, period)
    return {"lines": lines, "last": last_day(period), "names": list(compared(period)), "summary": Summary.of(lines)}


@section(
    key="figures", title=_("Figures of people and homes"), template="areas/sections/figures.html",
    on={Place.AREA}, order=91, folded=True,
)  # fmt: skip
def figures(request: Request) -> Content:
    """Of each the latest year, beside what the city has of that year: two queries."""
    topics = figures_of(request.area)
    return {"area": request.area, "topics": topics} if topics else None
