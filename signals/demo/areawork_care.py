"""A care grid for every care area, this year and the year before; hours at service points; counts without a name.

All of it is invented but for the points themselves (teams/fixtures/README.md). It reads as the grids of the OCMW
might: offer, for whom, and where something lacks.
"""

import datetime as dt
import random

from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.workdays import add_working_days
from teams.models import (
    AttentionAppointment,
    AttentionCount,
    CareGrid,
    CareNeed,
    GridEntry,
    Organisation,
    PresenceHour,
    ServicePoint,
    TargetGroup,
    Team,
    User,
)

OLD, CARERS, DEMENTIA, FAMILIES, DISABLED, POOR, NEWCOMERS, ALONE = range(8)
HOME, MEALS, MEETING, TRANSPORT, LIVING, RIGHTS, MONEY, RELIEF, LEARNING = range(9)
NURSE, WORKER, OFFICER = "verpleegkundige", "buurtwerker", "projectmedewerker"
CENTRES = {"zorg-1": "de-zonnewijzer", "zorg-2": "centrum-overleie", "zorg-5": "de-zevenkamer",
           "zorg-6": "de-vlaskapelle", "zorg-7": "t-cirkant"}  # fmt: skip

# Target group, need, kind, words, source, who writes it, who may read it (p: partners, i: internal, m: mentioned).
EVERYWHERE = [
    (OLD, HOME, "offer", "Gezinszorg en poetshulp, wachttijd zes weken", "Dienst thuiszorg", NURSE, "p"),
    (OLD, TRANSPORT, "offer", "Mindermobielencentrale, twee dagen vooraf bellen", "Jaarverslag", NURSE, "p"),
    (POOR, MONEY, "offer", "Budgetbegeleiding op afspraak", "Sociale dienst", NURSE, "p"),
    (OLD, MEETING, "need", "Wie geen familie in de buurt heeft, komt weinig buiten", "Huisbezoeken 75+", NURSE, "p"),
    (CARERS, RELIEF, "need", "Geen oppas op zaterdag en zondag", "Overleg mantelzorg, maart", NURSE, "p"),
    (NEWCOMERS, LEARNING, "offer", "Oefenkansen Nederlands op woensdag", "Dienst samenleven", OFFICER, "p"),
]
WITH_A_CENTRE = [
    (OLD, MEALS, "offer", "Warme maaltijd op de middag, 7 euro", "Dienstencentrum", WORKER, "p"),
    (OLD, MEETING, "offer", "Ontmoeting en kaarten, elke namiddag", "Dienstencentrum", WORKER, "p"),
    (ALONE, MEALS, "offer", "Buurttafel op donderdag", "Dienstencentrum", WORKER, "p"),
]
OWN = {
    "zorg-1": [
        (POOR, MEALS, "offer", "Sociaal restaurant in het centrum", "Sociale kaart", OFFICER, "p"),
        (DEMENTIA, RELIEF, "offer", "Dagopvang, twee plaatsen vrijgehouden", "Sociale dienst", NURSE, "m"),
        (FAMILIES, MEETING, "offer", "Spelnamiddag voor peuters, elke vrijdag", "Huis van het Kind", OFFICER, "p"),
    ],
    "zorg-2": [
        (OLD, TRANSPORT, "need", "De bus stopt niet meer aan de Sint-Amandslaan", "Signalen bewoners", WORKER, "p"),
        (FAMILIES, LIVING, "need", "Vochtige huurhuizen rond de Meensepoort", "Buurtwerk, huisbezoeken", WORKER, "p"),
        (POOR, RIGHTS, "offer", "Zitdag sociale dienst in Centrum Overleie", "Sociale dienst", NURSE, "p"),
        (DEMENTIA, HOME, "offer", "Vaste verpleegkundige voor vijf gezinnen", "Sociale dienst", NURSE, "i"),
        (DEMENTIA, HOME, "need", "Avondzorg is moeilijk te vinden", "Huisartsenkring", NURSE, "p"),
    ],
    "zorg-3": [
        (OLD, MEALS, "need", "Geen dienstencentrum op wandelafstand", "Bevraging sleutelfiguren", NURSE, "p"),
        (NEWCOMERS, RIGHTS, "offer", "Spreekuur in het buurthuis", "Buurtwerk", WORKER, "p"),
        (FAMILIES, MEETING, "need", "Het buurthuis van de Venning ging dicht", "Buurtwerk", WORKER, "p"),
    ],
    "zorg-4": [
        (ALONE, MEETING, "offer", "Buurtsalon Lange Munte, dinsdag en donderdag", "Buurtwerk", WORKER, "p"),
        (DISABLED, LIVING, "need", "Liften in de hoogbouw vallen vaak uit", "Sociale huisvesting", OFFICER, "p"),
    ],
    "zorg-5": [
        (CARERS, LEARNING, "offer", "Praatcafé dementie, elke eerste donderdag", "Dienstencentrum", WORKER, "p"),
        (DISABLED, TRANSPORT, "need", "Geen aangepast vervoer in het weekend", "Adviesraad", OFFICER, "p"),
    ],
    "zorg-6": [
        (OLD, LIVING, "offer", "Advies over aanpassing van de woning", "Ergotherapeut OCMW", NURSE, "p"),
        (POOR, MONEY, "need", "Meer vragen over energiefacturen dan afspraken", "Zitdag energie", NURSE, "p"),
    ],
    "zorg-7": [
        (OLD, RELIEF, "offer", "Zitgymnastiek op dinsdag", "Dienstencentrum", WORKER, "p"),
        (CARERS, MEETING, "need", "Mantelzorgers kennen elkaar niet", "Overleg mantelzorg, maart", NURSE, "p"),
    ],
    "zorg-8": [
        (OLD, MEETING, "need", "Vijf dorpen, geen dienstencentrum", "Raster 2007", NURSE, "p"),
        (OLD, RIGHTS, "offer", "Sociaal Huis, drie antennes", "Sociaal Huis", NURSE, "p"),
        (ALONE, TRANSPORT, "need", "Na 18 uur rijdt er geen bus", "Dorpsoverleg", OFFICER, "p"),
        (OLD, MEALS, "offer", "Maaltijd aan huis, vijf dagen per week", "Dienst thuiszorg", NURSE, "p"),
    ],
}  # fmt: skip
# Of the year before: what is no longer so.
GONE = (OLD, TRANSPORT, "offer", "Pendeldienst op marktdag, proefproject", "Stad en OCMW", OFFICER, "p")
AUDIENCE = {"p": "partners", "i": "internal", "m": "internal"}

# Team, service point, weekday, from, until, what for.
SITTINGS = [
    ("sociale-dienst", "centrum-overleie", 1, "09:00", "12:00", "zitdag sociale dienst"),
    ("sociale-dienst", "antenne-zuid-1", 3, "13:30", "16:00", "zitdag sociale dienst"),
    ("sociale-dienst", "t-cirkant", 1, "13:30", "16:00", "zitdag sociale dienst"),
    ("sociaal-huis", "sociaal-huis", 0, "09:00", "12:00", "zonder afspraak"),
    ("buurtwerk", "buurtwerk-lange-munte", 2, "14:00", "17:00", "buurtsalon"),
]
# In so many working days, care area, service point, hour.
AHEAD = [(2, "zorg-2", "centrum-overleie", "10:00"), (6, "zorg-7", "t-cirkant", "14:00"),
         (9, "zorg-8", "antenne-zuid-1", "09:30")]  # fmt: skip


def create(people: dict[str, User]) -> None:
    """Safe to run again: where a grid stands, nothing is added."""
    if CareGrid.objects.exists():
        return
    year, today = timezone.localdate().year, timezone.localdate()
    areas = {area.code: area for area in Area.objects.filter(set__code="woonzorg8")}
    for code, area in areas.items():
        grid = CareGrid.objects.create(area=area, year=year - 1)
        lines = [*EVERYWHERE, *OWN[code][:-1], *(WITH_A_CENTRE if code in CENTRES else []), GONE]
        for each in lines:
            _line(grid, each, people, CENTRES.get(code))
        grid.take_over(by=people["coordinator.ocmw"], year=year)
        grid.fix(by=people["coordinator.ocmw"])
        now = CareGrid.objects.get(area=area, year=year)
        _line(now, OWN[code][-1], people, CENTRES.get(code))
        for entry in now.entries.filter(text=GONE[3]):
            entry.remove(by=people[OFFICER])
    _sittings()
    _attention(people, list(areas.values()), today)


def _line(
    grid: CareGrid, line: tuple[int, int, str, str, str, str, str], people: dict[str, User], centre: str | None
) -> None:
    group, need, kind, text, source, who, read = line
    groups, needs = list(TargetGroup.objects.all()), list(CareNeed.objects.all())
    by = people[who]
    point = ServicePoint.objects.filter(code=centre).first() if source == "Dienstencentrum" else None
    GridEntry.objects.create(
        grid=grid, target_group=groups[group], need=needs[need], kind=kind, text=text, source=source, by=by,
        organisation=Organisation.objects.get(people=by), audience=AUDIENCE[read], is_mentioned=read == "m",
        service_point=point,
    )  # fmt: skip


def _sittings() -> None:
    for team, code, weekday, opens, closes, note in SITTINGS:
        point = ServicePoint.objects.get(code=code)
        PresenceHour.objects.create(
            team=Team.objects.get(code=team), place=point.name, service_point=point, weekday=weekday, opens=opens,
            closes=closes, note=note, starts=timezone.localdate() - dt.timedelta(days=200),
        )  # fmt: skip


def _attention(people: dict[str, User], areas: list[Area], today: dt.date) -> None:
    dice, month = random.Random("aandacht"), today.replace(day=1)  # noqa: S311
    for _back in range(6):
        month = (month - dt.timedelta(days=1)).replace(day=1)
        for area in areas:
            for programme, most in (("over_75", 40), ("neighbours", 12)):
                AttentionCount.objects.create(
                    area=area, programme=programme, month=month, contacts=dice.randint(1, most),
                    volunteers=dice.randint(1, 6) if programme == "neighbours" else None, by=people[NURSE],
                )  # fmt: skip
    for days, code, point, hour in AHEAD:
        AttentionAppointment.objects.create(
            area=next(area for area in areas if area.code == code), programme="over_75", hour=hour,
            day=add_working_days(today, days), team=Team.objects.get(code="sociale-dienst"),
            place=ServicePoint.objects.get(code=point), by=people[NURSE],
        )  # fmt: skip
