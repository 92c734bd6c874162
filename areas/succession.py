"""What of a division comes after what of the one before it, by code and by surface."""

from collections import defaultdict
from decimal import Decimal

from areas.models import AreaSet, Crosswalk

# Borders are never drawn twice alike: less than this share of either is not a part of the other.
A_PART = Decimal("0.05")

type Areas = dict[int, list[int]]
"""Key of an area to keys of areas of another version of its set."""


def former_version(area_set: AreaSet) -> AreaSet | None:
    before = AreaSet.objects.filter(code=area_set.code, valid_from__lt=area_set.valid_from)
    return before.order_by("-valid_from").first()


def successors(former: AreaSet, area_set: AreaSet) -> Areas:
    """What each former area became, the one to which most of it goes first. An area keeps its code; a new
    one comes from the area that most of it lay in; one that is gone goes to where most of it lies."""
    codes = dict(area_set.areas.values_list("code", "pk"))
    became: Areas = {pk: [codes[code]] if code in codes else [] for pk, code in former.areas.values_list("pk", "code")}
    kept = {pk for news in became.values() for pk in news}
    for new, olds in parts(area_set, former).items():
        if new not in kept:
            became[olds[0]].append(new)
    for old, news in parts(former, area_set).items():
        if not became[old]:
            became[old] = news[:1]
    return became


def predecessors(former: AreaSet, area_set: AreaSet) -> Areas:
    """The former areas of which each new one took over a part."""
    found: dict[int, set[int]] = defaultdict(set)
    for old, news in successors(former, area_set).items():
        for new in news:
            found[new].add(old)
    rows = Crosswalk.objects.filter(share__gte=A_PART)
    for new, old in rows.filter(from_area__set=area_set, to_area__set=former).values_list("from_area", "to_area"):
        found[new].add(old or 0)
    for old, new in rows.filter(from_area__set=former, to_area__set=area_set).values_list("from_area", "to_area"):
        found[new or 0].add(old)
    return {new: sorted(olds) for new, olds in found.items()}


def parts(one: AreaSet, other: AreaSet) -> Areas:
    """For each area of one set those of the other it lies in, the largest part first."""
    found: Areas = defaultdict(list)
    rows = Crosswalk.objects.filter(from_area__set=one, to_area__set=other).order_by("-share", "to_area")
    for from_area, to_area in rows.values_list("from_area", "to_area"):
        found[from_area].append(to_area or 0)
    return found
