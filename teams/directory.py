"""Who is who in an area: its joint team, who holds a post for it, and when somebody can be found there."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from areas.models import Area, AreaSet
from areas.within import zones_over
from teams.access import Access
from teams.models import Membership, Organisation, PostHolder, PresenceHour, ServicePoint, Team, User
from teams.models.mandates import Role
from teams.models.posts import away_on
from teams.models.presence import PresenceHourQuerySet


def colleagues_of(viewer: Access) -> Q:
    """People whose face a viewer may see: oneself, one's own organisation, who sits at a table with one, and, for
    who follows an area, everybody who works for an organisation of this house."""
    known = Q(pk=viewer.user_id)
    if viewer.organisation_id is not None:
        known |= Q(organisation=viewer.organisation_id)
    today = Membership.objects.valid_on(timezone.localdate())
    beside = today.filter(team__in=viewer.team_ids, team__organisation__isnull=True)
    known |= Q(pk__in=beside.values("user"))
    if viewer.areas("view"):
        known |= Q(pk__in=today.filter(team__areas__in=viewer.areas("view")).values("user"))
    return known


@dataclass
class Entry:
    person: User
    functions: list[str] = field(default_factory=list)
    mandates: list[str] = field(default_factory=list)

    @property
    def dial(self) -> str:
        return "".join(sign for sign in self.person.phone if sign.isdigit() or sign == "+")


def who_is_who(area: Area, day: dt.date) -> list[Entry]:
    """Everybody once, by organisation and name; in a handful of queries, however many they are."""
    hours = PresenceHour.objects.valid_on(day).filter(Q(area=area) | Q(area=None)).order_by("weekday", "opens", "pk")
    shown = ["user__organisation", "user__deputy"]
    with_user = [away_on(day), Prefetch("user__presence_hours", hours, to_attr="hours_here")]
    joint = Membership.objects.valid_on(day).filter(
        team__areas=area, team__organisation__isnull=True, team__kind=Team.Kind.AREA
    )
    held = PostHolder.objects.valid_on(day).filter(
        Q(post__area=area) | Q(post__area__in=_inner_zones_over(area)),
    )
    found: dict[uuid.UUID, Entry] = {}
    for member in joint.select_related(*shown).prefetch_related(*with_user).order_by("pk"):
        entry = found.setdefault(member.user_id, Entry(member.user))
        _once(entry.functions, member.get_function_display())
        _once(entry.functions, member.get_role_display() if member.role != Role.MEMBER else "")
        _once(entry.mandates, member.speaks_for(day))
    for holder in held.select_related("post", *shown).prefetch_related(*with_user).order_by("pk"):
        entry = found.setdefault(holder.user_id, Entry(holder.user))
        _once(entry.functions, holder.post.get_function_display())
    return sorted(found.values(), key=lambda entry: (entry.person.organisation_id or 0, entry.person.name))


def _inner_zones_over(area: Area) -> QuerySet[Area]:
    """Zones of the inner city of which a part lies in the area: who serves there by the rota works in it too."""
    return Area.objects.current().filter(pk__in=zones_over([area]), set__kind=AreaSet.Kind.INNER_CITY)


def _once(words: list[str], word: str) -> None:
    if word and word not in words:
        words.append(word)


def by_organisation(entries: list[Entry]) -> list[tuple[Organisation | None, list[Entry]]]:
    groups: dict[int | None, tuple[Organisation | None, list[Entry]]] = {}
    for entry in entries:
        organisation = entry.person.organisation
        groups.setdefault(entry.person.organisation_id, (organisation, []))[1].append(entry)
    return list(groups.values())


def hours_in(area: Area, day: dt.date) -> PresenceHourQuerySet:
    """When somebody, or somebody of a team, is found there: hours that name the area, and sittings at the service
    points that lie in it."""
    there = Q(area=area) | Q(service_point__in=ServicePoint.objects.within([area.pk], day))
    hours = PresenceHour.objects.somebody_there(day).filter(there).order_by("weekday", "opens", "pk")
    return hours.select_related("team__organisation", "user__organisation")


type Week = list[tuple[str, list[PresenceHour]]]


def week_of(area: Area, day: dt.date) -> Week:
    """Each day on which somebody is found there, with who; in two queries. Who is away today is said."""
    return _by_day(hours_in(area, day).prefetch_related(away_on(day)))


def public_week_of(area: Area, day: dt.date) -> Week:
    """What residents may know of it: where and when, and of which house; no names."""
    return _by_day(hours_in(area, day).filter(is_public=True))


def _by_day(hours: Iterable[PresenceHour]) -> Week:
    days: dict[int, list[PresenceHour]] = {}
    for row in hours:
        days.setdefault(row.weekday, []).append(row)
    return [(str(WEEKDAYS[weekday]), rows) for weekday, rows in days.items()]
