"""The street of the demo: where a shift must look, what was left for it, and six weeks of rounds. Safe to repeat."""

import datetime as dt
import random

from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import PatrolRound, RoundActivity, RoundActivityKind
from signals.presence import inner_zones
from teams.models import AreaFlag, ShiftNote, Team, User
from teams.models.audience import Audience
from teams.models.flags import FlagKind, FlagSource
from teams.seed import CODE_17

EXAMPLE = "(Voorbeeld) "
WEEKS = 6
# kind, areas, place, reason, chosen after, team, by, for, begun and to be reviewed in so many days
FLAGS = [
    (FlagKind.ATTENTION, ["overleie"], "Schoolpoort Overleiestraat",
     "Auto’s op de stoep tussen 8.15 en 8.40 uur. Sta aan het zebrapad en spreek bestuurders aan.",
     FlagSource.MONITORING, "gebiedsteam-overleie-pius-x", "gebiedswerker", Audience.PARTNERS, -40, 44),
    (FlagKind.RISK, ["overleie"], "Brug aan de Budastraat",
     "Gladde planken na regen. De leuning wordt hersteld; verwijs fietsers naar het fietspad ernaast.",
     FlagSource.EVENT, "gebiedsteam-overleie-pius-x", "coordinator", Audience.PARTNERS, -12, 20),
    (FlagKind.ATTENTION, ["overleie", "pius-x"], "Pleintjes langs de Leie",
     "Bewoners melden lawaai op warme avonden. Ga langs, maak een praatje, leg uit waar je wel terechtkunt.",
     FlagSource.RESIDENTS, "gebiedsteam-overleie-pius-x", "buurtwerker", Audience.PARTNERS, -95, -4),
    (FlagKind.RISK, ["overleie"], "Parking achter het station",
     "Fietsdiefstallen in de namiddag. Extra aandacht tussen 14 en 18 uur.",
     FlagSource.SCREENING, "wijkwerking-noord", "wijkinspecteur", Audience.INTERNAL, -20, 70),
]  # fmt: skip
NOTES = [
    ("gemeenschapswacht.centrum", "gemeenschapswachten",
     "De pomp op het plein lekt; Team Net weet het. Zeg het aan wie ernaar vraagt.",
     Audience.INTERNAL, 15),
    ("wijkinspecteur", "wijkwerking-noord", "Zaterdag is er een straatfeest: de straat is dicht van 13 tot 22 uur.",
     Audience.PARTNERS, 20),
]  # fmt: skip


def create(people: dict[str, User]) -> None:
    teams = {team.code: team for team in Team.objects.all()}
    areas = {area.code: area for area in Area.objects.filter(set__code=CODE_17).defer("boundary")}
    if not AreaFlag.objects.exists():
        _flags(people, teams, areas)
    if not ShiftNote.objects.exists():
        for who, code, text, audience, hours in NOTES:
            ShiftNote.objects.create(
                by=people[who], team=teams[code], area=areas["overleie"], text=f"{EXAMPLE}{text}", audience=audience,
                at=timezone.now() - dt.timedelta(hours=hours),
            )  # fmt: skip
    if not PatrolRound.objects.exists():
        team = teams["gemeenschapswachten"]
        known = [people["gemeenschapswacht"], people["gemeenschapswacht.centrum"]]
        others = User.objects.filter(memberships__team=team, email__startswith="wacht.").order_by("email")
        _rounds([*known, *others[:4]], team)


def _flags(people: dict[str, User], teams: dict[str, Team], areas: dict[str, Area]) -> None:
    today = timezone.localdate()
    for kind, codes, place, reason, source, team, by, audience, begun, review in FLAGS:
        flag = AreaFlag(
            kind=kind, place=f"{EXAMPLE}{place}", reason=reason, source=source, team=teams[team], by=people[by],
            audience=audience, starts=today + dt.timedelta(days=begun), review_on=today + dt.timedelta(days=review),
        )  # fmt: skip
        flag.lie_in(areas[code] for code in codes)


def _rounds(wardens: list[User], team: Team) -> None:
    """On workdays each a round; one zone, the last, was not seen for more than a week."""
    dice, today = random.Random("rounds"), timezone.localdate()  # noqa: S311
    zones, kinds = inner_zones(), list(RoundActivityKind)
    rounds, activities = [], []
    for back in range(WEEKS * 7, 0, -1):
        day = today - dt.timedelta(days=back)
        if day.weekday() >= 5:
            continue
        seen = zones[:-1] if back <= 9 else zones
        for number, warden in enumerate(wardens):
            began = dt.datetime.combine(day, dt.time(8 + 5 * (number % 2)), tzinfo=BRUSSELS)
            ended = began + dt.timedelta(hours=3)
            round_ = PatrolRound(by=warden, team=team, zone=dice.choice(seen), started_at=began, ended_at=ended)
            rounds.append(round_)
            for kind in dice.sample(kinds, dice.randint(1, 3)):
                activities.append(RoundActivity(round=round_, kind=kind, at=began + dt.timedelta(hours=1)))
    PatrolRound.objects.bulk_create(rounds)
    RoundActivity.objects.bulk_create(activities)
