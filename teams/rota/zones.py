"""The zones of a rota, and what they became: a division of the inner city may be replaced while a rota runs."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import timezone

from areas.models import Area, AreaSet
from areas.succession import Areas, successors
from teams.models import Rota, RotaVersion
from teams.rota.facts import A_DAY, Days, Plan, Turn


def zones_of(rota: Rota, version: RotaVersion | None = None) -> list[Area]:
    """In the order in which everybody passes them. A draft is made over the zones of today; what was published keeps
    those over which it was told."""
    kept = _in_order(rota.zones.values_list("pk", flat=True))
    if version is None:
        return kept
    if version.is_draft:
        became = became_of(kept)
        return _in_order({new for zone in kept for new in became.get(zone.pk, [zone.pk])}) if became else kept
    told = set(version.turns.values_list("zone", flat=True))
    return kept if not told or told & {zone.pk for zone in kept} else _in_order(told)


def became_of(zones: Sequence[Area]) -> Areas:
    """Of zones whose division holds no more: what each became, most of it first. Nothing while it holds."""
    today = timezone.localdate()
    found: Areas = {}
    for former in {zone.set for zone in zones if zone.set.valid_to and zone.set.valid_to <= today}:
        if now := AreaSet.objects.current().filter(code=former.code).first():
            became = successors(former, now)
            found |= {zone.pk: became[zone.pk] for zone in zones if became.get(zone.pk)}
    return found


def replaced_on(zones: Sequence[Area]) -> dt.date | None:
    """Since when another division holds than that of these zones."""
    became = became_of(zones)
    return min((zone.set.valid_to for zone in zones if zone.pk in became and zone.set.valid_to), default=None)


def gone_over(plan: Plan, became: Areas, ahead: Days) -> Plan:
    """Who has a turn in a zone that is no more goes on in what most of it became."""
    turns: list[Turn] = []
    for turn in plan.turns:
        coming = turn.days.common(ahead)
        if coming is None or turn.zone in plan.zones or turn.zone not in became:
            turns.append(turn)
            continue
        if turn.days.starts < coming.starts:
            turns.append(replace(turn, days=Days(turn.days.starts, coming.starts - A_DAY)))
        turns.append(replace(turn, zone=became[turn.zone][0], days=coming))
    return replace(plan, turns=turns)


def _in_order(keys: Iterable[int]) -> list[Area]:
    found = Area.objects.filter(pk__in=keys).select_related("set").defer("boundary")
    return list(found.order_by("position", "code", "pk"))
