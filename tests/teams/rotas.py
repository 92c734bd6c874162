"""A rota of the wardens for tests: six of them over the five zones, two rounds a day."""

import datetime as dt
from collections.abc import Iterable

from django.test import Client
from django.utils import timezone

from areas.models import Area
from teams.models import Absence, Function, Membership, Organisation, Rota, RotaVersion, ShiftPattern, Team, User
from teams.rota import drafting
from teams.rota.publishing import publish

NAMES = ["Anna Acke", "Bert Baert", "Cleo Cools", "Dries Dumon", "Emma Eeckhout"]


def wardens_team() -> Team:
    return Team.objects.get(code="gemeenschapswachten")


def more_wardens(count: int = 5) -> list[User]:
    """Colleagues of Mo and Yasmina, without a password."""
    city = Organisation.objects.get(code="stad")
    found = []
    for name in NAMES[:count]:
        email = f"{name.split()[0].lower()}@kortrijk.example"
        person = User.objects.filter(email=email).first() or User.objects.create_user(
            email, None, name=name, organisation=city
        )
        Membership.objects.get_or_create(
            user=person, team=wardens_team(), function=Function.COMMUNITY_WARDEN,
            defaults={"starts": dt.date(2026, 1, 1)},
        )  # fmt: skip
        found.append(person)
    return found


def zones() -> list[Area]:
    return list(Area.objects.filter(set__code="binnenstad5").order_by("position", "code"))


def first_on() -> dt.date:
    return timezone.localdate().replace(day=1)


def rota_of(by: User, *, wardens: int = 5, notice_days: int = 14) -> Rota:
    more_wardens(wardens)
    rota = Rota.objects.create(team=wardens_team(), first_on=first_on(), notice_days=notice_days, created_by=by)
    rota.zones.set(zones())
    for name, hours in (("vroege ronde", (9, 13)), ("late ronde", (13, 17))):
        ShiftPattern.objects.create(
            rota=rota,
            name=name,
            weekdays=[0, 1, 2, 3, 4],
            starts=dt.time(hours[0]),
            ends=dt.time(hours[1]),
            on_closed_days=True,
        )
    return rota


def drafted(by: User, count: int = 3, **kinds: int) -> RotaVersion:
    draft = drafting.begin_draft(rota_of(by, **kinds), by=by)
    drafting.extend(draft, count)
    return draft


def published(by: User, count: int = 3, **kinds: int) -> Rota:
    version = drafted(by, count, **kinds)
    publish(version, by=by, late=True, accepts=True)
    return version.rota


def away(person: User, first: dt.date, last: dt.date) -> Absence:
    return Absence.objects.create(user=person, starts=first, ends=last)


def zones_served(version: RotaVersion, people: Iterable[User]) -> dict[str, list[str]]:
    return {
        person.name: list(version.turns.filter(user=person).order_by("starts").values_list("zone__code", flat=True))
        for person in people
    }


def seen_on(client: Client, address: str) -> str:
    """What the page hands on of what it shows."""
    return client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
