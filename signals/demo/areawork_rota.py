"""The rota of the wardens in the demo: twelve of them over the five zones, half a year back and half a year ahead, and
a draft of what comes after. All invented. Safe to repeat."""

import datetime as dt

from django.utils import timezone

from areas.models import Area
from teams.models import Absence, Function, Membership, Rota, ShiftPattern, Team, User
from teams.rota import drafting
from teams.rota.facts import periods_from
from teams.rota.publishing import publish

# Without a password: they fill the rota, nobody signs in as one of them.
WARDENS = [
    "Aurélie Vandorpe", "Bilal Haddadi", "Carine Lefevere", "Daan Verstraete", "Eline Soetaert", "Fatih Yildiz",
    "Gudrun Pattyn", "Hanne Deceuninck", "Ibrahima Diallo", "Jens Cottenier",
]  # fmt: skip
ROUNDS = [
    ("vroege ronde", [0, 1, 2, 3, 4, 5], dt.time(8), dt.time(12)),
    ("schoolronde", [0, 1, 3, 4], dt.time(15, 15), dt.time(17)),
    ("late ronde", [4, 5], dt.time(17), dt.time(21)),
]


def create(people: dict[str, User]) -> None:
    team = Team.objects.get(code="gemeenschapswachten")
    if Rota.objects.filter(team=team).exists():
        return
    wardens = _wardens(team, people["gemeenschapswacht"])
    _away(wardens)
    today = timezone.localdate()
    first_on = periods_from(dt.date(today.year - 1, 1, 1), 2, 12)
    started = [period.starts for period in first_on if period.ends < today][-3]
    rota = Rota.objects.create(team=team, first_on=started, created_by=people["coordinator"])
    rota.zones.set(Area.objects.current().filter(set__code="binnenstad5"))
    ShiftPattern.objects.bulk_create(
        ShiftPattern(rota=rota, name=name, weekdays=weekdays, starts=starts, ends=ends)
        for name, weekdays, starts, ends in ROUNDS
    )
    draft = drafting.begin_draft(rota, by=people["coordinator"])
    drafting.extend(draft, 6)
    publish(draft, by=people["coordinator"], late=True, accepts=True, note="Vragen? Bel Bram, of spreek hem aan.")
    drafting.extend(drafting.begin_draft(rota, by=people["coordinator"]), 2)


def _wardens(team: Team, mo: User) -> list[User]:
    since = timezone.localdate() - dt.timedelta(days=800)
    found = []
    for name in WARDENS:
        email = f"wacht.{name.split()[0].lower().replace('é', 'e')}@kortrijk.example"
        person = User.objects.filter(email=email).first() or User.objects.create_user(
            email, None, name=name, organisation=mo.organisation
        )
        Membership.objects.get_or_create(
            user=person, team=team, function=Function.COMMUNITY_WARDEN, defaults={"starts": since}
        )
        found.append(person)
    return found


def _away(wardens: list[User]) -> None:
    """Two weeks of one, and two months of another who is back after that."""
    today = timezone.localdate()
    for person, first, days in ((wardens[0], today + dt.timedelta(days=10), 13), (wardens[3], today, 62)):
        if not person.absences.exists():
            last = first + dt.timedelta(days=days)
            Absence.objects.create(user=person, starts=first, ends=last, replaced_by=None)
