"""From the database to the facts of a rota, in a fixed number of questions."""

import datetime as dt
import uuid

from django.utils import timezone

from areas.models import Area
from teams.models import Absence, Membership, Rota, RotaTurn, RotaVersion, User
from teams.models.rota import SERVING
from teams.rota.closed import closed_days
from teams.rota.facts import A_DAY, Days, Key, Plan, Round, Shift, Turn, Warden, periods_from
from teams.rota.words import Names
from teams.rota.zones import zones_of

FOR_EVER = dt.date(2999, 12, 31)


def wardens_of(rota: Rota) -> list[Warden]:
    """Everybody who serves in the team, or did: who left served in what is past."""
    yesterday = timezone.localdate() - A_DAY
    member: dict[uuid.UUID, list[Days]] = {}
    rows = Membership.objects.filter(team=rota.team_id, function=SERVING).order_by("starts", "pk")
    for user, starts, ends, active in rows.values_list("user", "starts", "ends", "user__is_active"):
        last = ends or FOR_EVER if active else min(ends or FOR_EVER, yesterday)
        if starts <= last:
            member.setdefault(user, []).append(Days(starts, last))
    away: dict[uuid.UUID, list[Days]] = {}
    for user, starts, ends in Absence.objects.filter(user__in=member).values_list("user", "starts", "ends"):
        away.setdefault(user, []).append(Days(starts, ends))
    return [Warden(user, tuple(days), tuple(away.get(user, ()))) for user, days in member.items()]


def periods_of(rota: Rota, last: dt.date) -> list[Days]:
    """From the first up to and including the one in which `last` lies."""
    count = 1
    while periods_from(rota.first_on, rota.months, count)[-1].ends < last:
        count += 1
    return [period for period in periods_from(rota.first_on, rota.months, count) if period.starts <= last]


def plan_of(rota: Rota, version: RotaVersion | None, *, with_shifts: bool = True) -> Plan:
    turns = [] if version is None else [of_turn(turn) for turn in version.turns.order_by("starts", "pk")]
    shifts = [] if version is None or not with_shifts else shifts_of(version)
    rounds = [
        Round(each.name, frozenset(each.weekdays), each.starts, each.ends, each.on_closed_days)
        for each in rota.patterns.order_by("starts", "name", "pk")
    ]
    periods = periods_of(rota, max(turn.days.ends for turn in turns)) if turns else []
    return Plan(
        [zone.pk for zone in zones_of(rota, version)], periods, wardens_of(rota), turns, shifts, rounds,
        closed=closed_days(rota.team.organisation_id, rota.first_on, periods[-1].ends) if periods else {},
    )  # fmt: skip


def of_turn(turn: RotaTurn) -> Turn:
    return Turn(turn.user_id, turn.zone_id, Days(turn.starts, turn.ends))


def shifts_of(version: RotaVersion) -> list[Shift]:
    rows = version.shifts.order_by("day", "starts", "pk").values_list(
        "user", "zone", "day", "name", "starts", "ends", "is_cover"
    )
    return [Shift(*row) for row in rows]


def names_of(rota: Rota, plan: Plan) -> Names:
    keys: set[Key] = {warden.key for warden in plan.wardens} | {turn.who for turn in plan.turns}
    people = dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
    zones = Area.objects.filter(pk__in={*plan.zones, *(turn.zone for turn in plan.turns)})
    return Names(people, dict(zones.values_list("pk", "name")))


def from_today(days: Days) -> Days | None:
    """The part of it that can still be otherwise."""
    return days.common(Days(timezone.localdate(), FOR_EVER))
