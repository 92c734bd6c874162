"""What holds now: the published turns and rounds of one person, and who serves where on a day."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import models
from django.db.models.functions import Cast, Greatest
from django.utils import timezone

from areas.models import Area
from teams.models import Absence, Membership, Rota, RotaShift, RotaTurn, RotaVersion, User
from teams.models.rota import SERVING, VersionState
from teams.rota.closed import with_closed_days
from teams.rota.zones import zones_of


def versions_that_hold() -> models.QuerySet[RotaVersion]:
    """Of each rota the last one that was published."""
    published = RotaVersion.objects.filter(state=VersionState.PUBLISHED)
    last = published.filter(rota=models.OuterRef("rota")).order_by("-number").values("pk")[:1]
    return published.filter(pk=models.Subquery(last))


def turns_of_person(user: User, since: dt.date) -> list[RotaTurn]:
    """Also on the pages of the person alone: who left the team has no zone any more."""
    found = RotaTurn.objects.filter(user=user, version__in=versions_that_hold(), ends__gte=since)
    last = Greatest(models.OuterRef("starts"), Cast(models.Value(since), models.DateField()))
    found = found.filter(models.Exists(_served(user).filter(models.Q(ends=None) | models.Q(ends__gte=last))))
    return list(found.select_related("zone", "version__rota__team").defer("zone__boundary").order_by("starts", "pk"))


def zone_today(user: User) -> int | None:
    """The key of the one zone that a published rota gives somebody today; of two none is more theirs."""
    zones = [turn.zone_id for turn in turns_of_person(user, timezone.localdate()) if turn.is_now]
    return zones[0] if len(zones) == 1 else None


def shifts_of_person(user: User, since: dt.date, until: dt.date | None = None) -> list[RotaShift]:
    found = RotaShift.objects.filter(user=user, version__in=versions_that_hold(), day__gte=since)
    if until is not None:
        found = found.filter(day__lt=until)
    rows = found.select_related("zone", "version__rota__team").defer("zone__boundary")
    away = Absence.objects.filter(user=user, starts__lte=models.OuterRef("day"), ends__gte=models.OuterRef("day"))
    member = models.Q(ends=None) | models.Q(ends__gte=models.OuterRef("day"))
    rows = rows.filter(models.Exists(_served(user).filter(member, starts__lte=models.OuterRef("day"))))
    return with_closed_days(rows.exclude(models.Exists(away)).order_by("day", "starts", "pk"))


def _served(user: User) -> models.QuerySet[Membership]:
    return Membership.objects.filter(user=user, function=SERVING, team=models.OuterRef("version__rota__team"))


@dataclass
class Serving:
    """One zone on one day."""

    zone: Area
    people: list[User] = field(default_factory=list)
    until: dt.date | None = None


def serving(rota: Rota, day: dt.date) -> list[Serving]:
    """Who is there in each zone: in the team and not away. Why somebody is not there is said nowhere."""
    found = {zone.pk: Serving(zone) for zone in zones_of(rota)}
    version = rota.published
    if version is None:
        return list(found.values())
    members = Membership.objects.valid_on(day).filter(team=rota.team_id, function=SERVING).values("user")
    turns = version.turns.filter(starts__lte=day, ends__gte=day, user__in=members)
    there = turns.exclude(user__in=Absence.objects.on(day).values("user"))
    for turn in there.select_related("user").order_by("user__name", "pk"):
        if turn.zone_id in found:
            found[turn.zone_id].people.append(turn.user)
            found[turn.zone_id].until = turn.ends
    return list(found.values())
