"""Three hundred signals of OCMW, police and all three together. Invented, nameless, and marked as invented."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone

from areas.locate import Location, current_locator
from areas.models import Area, Place
from signals.contacts import WORKING_SET, Contact, fresh_references
from signals.demo.plots import PLOTS, WHEN, Ask, Plot
from signals.demo.tale import Tale
from signals.importing.mapping import KINDS
from signals.levels import Level
from signals.models import Category, ReportKind
from signals.routing import Router
from signals.workflow import TaskStatus
from teams.models import Team, User

# Where more happens than elsewhere; the others count once.
BUSY = {"Overleie": 4, "Kortrijk Centrum": 3, "Pius X": 2, "Kortrijk Oost": 3, "Lange Munte": 2, "Kortrijk West": 2,
        "Heule Centrum": 2, "Marke": 2}  # fmt: skip
COORDINATOR = {"stad": "coordinator", "ocmw": "coordinator.ocmw", "politie": "coordinator.politie"}
TELLS = "verpleegkundige"
GROUND = "Gedeeld beroepsgeheim, noodzakelijk voor de hulp"


class Town:
    """Who and where: read once."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people = people
        self.teams = {team.code: team for team in Team.objects.select_related("organisation").prefetch_related("areas")}
        self.categories = {
            category.name: category for category in Category.objects.select_related("owner__intake_team")
        }
        self.router = Router()
        self.now = timezone.now()
        self.spots: dict[str, list[tuple[Place, Area]]] = defaultdict(list)
        places = list(Place.objects.exclude(kind="neighbourhood").order_by("pk"))
        found = current_locator().locate_all((place.longitude, place.latitude, self.now.date()) for place in places)
        for place, location in zip(places, found, strict=True):
            if (area := location.area(WORKING_SET)) is not None:
                self.spots[area.name].append((place, area))

    def ward_team(self, area: Area | None) -> Team | None:
        wards = (team for team in self.teams.values() if team.kind == Team.Kind.WARD)
        return next((team for team in wards if area in team.areas.all()), None)

    def spot(self, dice: random.Random, area: str = "") -> tuple[str, float, float, Location]:
        """A place with a point within some sixty metres of it, in the same area."""
        names = sorted(self.spots)
        name = area or dice.choices(names, [BUSY.get(name, 1) for name in names])[0]
        place, wanted = dice.choice(self.spots[name])
        for spread in (0.0006, 0.0003, 0.0):
            x = place.longitude + dice.uniform(-spread, spread)
            y = place.latitude + dice.uniform(-spread, spread)
            location = current_locator().locate(x, y, on=self.now.date())
            if location.area(WORKING_SET) == wanted:
                break
        return place.name, x, y, location


def tales(town: Town) -> Iterator[Tale]:
    count = sum(plot.count for plot in PLOTS)
    references = iter(fresh_references(count))
    for plot in PLOTS:
        for number in range(plot.count):
            dice = random.Random(f"{plot.subject} {number}")  # noqa: S311
            yield _tale(town, plot, number, next(references), dice)


def _tale(town: Town, plot: Plot, number: int, reference: str, dice: random.Random) -> Tale:
    # Every other one began within four weeks, the rest in the course of the year.
    days = dice.uniform(0.1, 28) if number % 2 else dice.uniform(20, 350)
    account, channel = dice.choice(plot.raised_by)
    place, x, y, location = town.spot(dice, dice.choice(plot.areas) if plot.areas else "")
    when = dice.choice(WHEN)
    category = town.categories[plot.subject]
    text = plot.texts[number % len(plot.texts)].format(when=when, small=when[0].lower() + when[1:])
    contact = Contact(
        category=category, description=text, channel=channel, kind=KINDS.get(category.code, ReportKind.REPORT),
        place=place, longitude=x, latitude=y, location=location, registered_by=town.people.get(account),
        received_at=_in_the_day(town.now - dt.timedelta(days=days), dice, town.now),
    )  # fmt: skip
    tale = Tale(contact, town.router, reference, dice)
    _work(town, plot, tale, number)
    waiting = any(task.status == TaskStatus.OFFERED for task in tale.made.tasks) and days < 28
    ending = dice.random() / (0.75 if days < 10 else 0.5 if days < 28 else 0.1)
    if waiting:
        pass
    elif ending > 1:
        tale.later(24 * 12)
        tale.close(_head(town, tale), dice.choice(plot.outcomes))
    elif ending < 0.15 and tale.made.tasks:  # all is done; a coordinator still has to close it
        tale.finish_tasks(dice.choice(plot.outcomes))
    tale.settle()
    return tale


def _work(town: Town, plot: Plot, tale: Tale, number: int) -> None:
    """Divide it, ask others, let them answer. What was raised today is left for the coordinators to divide."""
    age = town.now - tale.at
    fresh = age < dt.timedelta(days=1)
    head = _head(town, tale)
    ward = town.ward_team(tale.signal.area)
    tale.later(6)
    if not tale.made.tasks and tale.signal.owner.kind == "police" and ward and not fresh:
        if age < dt.timedelta(days=12) and number % 4 == 1:
            return  # left for the coordinator to divide
        tale.offer(ward, tale.signal.category.work_title, head)
    if plot.notes and number % 3:
        tale.later(30)
        account, text = plot.notes[number % len(plot.notes)]
        if tale.signal.level == Level.OPEN or town.people[account].organisation_id == tale.signal.owner_id:
            tale.add_note(town.people[account], text)
    if tale.signal.level == Level.SEALED:
        if number % 4 == 0 and ward:
            _share(town, tale, ward)
        return
    for step, ask in enumerate(plot.asks):
        if fresh or (number + step) % 3 == 2:
            continue
        _ask(town, tale, ask, head, ward)


def _ask(town: Town, tale: Tale, ask: Ask, head: User, ward: Team | None) -> None:
    team = ward if ask.team == "ward" else town.teams[ask.team]
    if team is None or (ask.team == "team-net-noord" and tale.signal.area not in team.areas.all()):
        return
    tale.later(20)
    task = tale.offer(team, ask.title, head, due_in=dt.timedelta(days=tale.dice.randint(0, 9)))
    member = _member(town, team)
    answer = tale.dice.random()
    if answer < (0.75 if town.now - tale.at < dt.timedelta(days=21) else 0.1):
        return  # still waiting for an answer, or accepted at once within the organisation
    tale.later(30)
    if ask.returned and answer < 0.85:
        tale.give_back(task, member, ask.returned)
        return
    if not task.accepted_at:
        tale.accept(task, member)
    if answer > 0.88:
        tale.later(90)
        tale.complete(task, member, tale.dice.choice(ask.done))


def _share(town: Town, tale: Tale, ward: Team) -> None:
    tale.later(48)
    tale.share(
        town.people[TELLS], ward,
        "Wij gaan langs bij een bewoner op dit adres. Graag een oogje in het zeil, niet aanbellen.",
        legal_ground=GROUND, purpose="Veilig huisbezoek", days=tale.dice.randint(10, 60),
    )  # fmt: skip


def _head(town: Town, tale: Tale) -> User:
    """Sealed matter never passes a coordinator: the nurse who keeps it decides."""
    return town.people[TELLS if tale.signal.level == Level.SEALED else COORDINATOR[tale.signal.owner.code]]


def _member(town: Town, team: Team) -> User | None:
    from signals.demo.accounts import ACCOUNTS, BEHIND

    accounts = [*ACCOUNTS, *BEHIND]
    return next((town.people[a.email] for a in accounts for code, _f in a.memberships if code == team.code), None)


def _in_the_day(moment: dt.datetime, dice: random.Random, now: dt.datetime) -> dt.datetime:
    """People report between seven and ten."""
    local = timezone.localtime(moment).replace(hour=dice.randint(7, 21), minute=dice.randint(0, 59))
    return min(local, now - dt.timedelta(minutes=dice.randint(20, 300)))
