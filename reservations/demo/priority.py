"""Whose hours the gym of the school is in the demo city: the school by day, clubs in the evening, the OCMW on
Thursdays. One season is settled, as the bookings of the demo year have it; for the next one is being asked. And a night
in the youth centre, past midnight."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.workdays import A_DAY
from reservations.models import Allocation, Association, Building, Room, Season, SeasonRequest, Series
from reservations.moments import nearest
from reservations.school_holidays import school_year
from reservations.seasons.deciding import keep
from reservations.seasons.giving import give
from reservations.seasons.settling import settle
from teams.models import Function, Organisation, User

GYM, KEEPERS = "basisschool-de-wegwijzer", "school-wegwijzer"
WEEK, THURSDAY = [0, 1, 2, 3, 4], 3
LOT = 4711
# weekdays, from, until
LESSONS = [(WEEK, dt.time(8, 30), dt.time(12, 5)), ([0, 1, 3, 4], dt.time(13, 15), dt.time(14, 55))]

# What is asked for the next season: association (none: an organisation), what for, weekdays, from, until, persons,
# mostly under 18.
ASKED: list[tuple[str, str, str, list[int], str, str, int, bool]] = [
    ("Judoclub Overleie", "", "Training jeugd", [1], "17:30", "19:00", 18, True),
    ("Judoclub Overleie", "", "Training volwassenen", [1, 3], "19:00", "20:30", 16, False),
    ("Badmintonclub Pluim", "", "Vrij spel", [1], "19:00", "20:30", 24, False),
    ("Badmintonclub Pluim", "", "Competitie", [4], "19:00", "22:00", 24, False),
    ("Turnclub Sint-Amand", "", "Kleuterturnen", [2], "17:30", "18:30", 20, True),
    ("Turnclub Sint-Amand", "", "Recreatieturnen", [2], "18:30", "20:00", 22, False),
    ("Dansgroep Tierlantijn", "", "Dansles", [1, 2], "19:00", "20:30", 25, False),
    ("", "ocmw", "Bewegen met ouders en baby's", [THURSDAY], "15:00", "17:00", 15, False),
    ("", "politie", "Zelfverdediging", [0], "19:00", "21:00", 14, False),
]


def is_loaded() -> bool:
    return Season.objects.exists()


@transaction.atomic
def load() -> int:
    """After the bookings of the year; how many hours of the week are somebody's."""
    house = Building.objects.filter(code=GYM).select_related("owner").first()
    keeper = User.objects.filter(memberships__team__code=KEEPERS).order_by("pk").first()
    if house is None or keeper is None:
        return 0
    parts = list(Room.objects.filter(building=house, code__startswith="turnzaal-").order_by("code"))
    year = school_year(timezone.localdate())
    first, last = dt.date(year, 9, 1), dt.date(year + 1, 6, 30)
    for allocation in _by_day(house, parts, first, last):
        give(allocation, by=keeper)
    _by_night(first, last)
    _settled(house, parts, year, by=keeper)
    _asking(house, year + 1)
    return Allocation.objects.standing().count()


def _by_day(house: Building, parts: Iterable[Room], first: dt.date, last: dt.date) -> Iterator[Allocation]:
    for room in parts:
        for weekdays, start, end in LESSONS:
            yield Allocation(
                room=room, organisation=house.owner, weekdays=weekdays, start_time=start, end_time=end,
                first_on=first, last_on=last, skips_school_holidays=True, release_days=14,
                why="Overdag is de turnzaal van de school.",
            )  # fmt: skip
    *_others, room = parts
    yield Allocation(
        room=room, organisation=Organisation.objects.get(code="ocmw"), weekdays=[THURSDAY], start_time=dt.time(15, 15),
        end_time=dt.time(17, 15), first_on=first, last_on=last, skips_school_holidays=True, release_days=7,
        why="Afspraak met de school.",
    )  # fmt: skip


def _by_night(first: dt.date, last: dt.date) -> None:
    """In the youth centre, past midnight."""
    hall = Room.objects.filter(building__code="joc-kortrijk", code="grote-zaal").first()
    club = Association.objects.filter(name="Jeugdhuis De Poort").first()
    if hall and club and (by := _manager()):
        night = Allocation(
            room=hall, association=club, weekdays=[4], start_time=dt.time(20), end_time=dt.time(1), first_on=first,
            last_on=last, release_days=21, why="Het jeugdhuis heeft op vrijdag zijn vaste avond.",
        )  # fmt: skip
        give(night, by=by)


def _manager() -> User | None:
    return User.objects.filter(memberships__function=Function.BUILDING_MANAGER).order_by("pk").first()


def _season(house: Building, year: int, **fields: object) -> Season:
    first = dt.date(year, 9, 1)
    season: Season = Season.objects.create(
        **{
            "name": f"Turnzaal {year}-{year + 1}", "starts": first, "ends": dt.date(year + 1, 6, 30),
            "requests_until": first - 60 * A_DAY, "lot": LOT, "most_hours": 6,
            "created_at": nearest(first - 150 * A_DAY, dt.time(10)), **fields,
        }
    )  # fmt: skip
    season.buildings.set([house])
    return season


def _settled(house: Building, parts: list[Room], year: int, *, by: User) -> None:
    """Who trains there every week has the hour; a few others asked for the same one."""
    season = _season(house, year, most_hours=None, created_by=by)
    asked_at = nearest(season.requests_until - 20 * A_DAY, dt.time(9))
    today = timezone.localdate()
    trains = Series.objects.filter(
        room__in=parts, association__isnull=False, start_time__gte=dt.time(17), weekdays__len=1,
        weekdays__contained_by=WEEK, first_on__lte=today, until__gte=today,
    ).select_related("association").order_by("room__code", "weekdays", "start_time")  # fmt: skip
    wishes = [_wish(season, each.association, each.title, each.weekdays, each.start_time, each.end_time,
                    room=each.room, persons=each.persons, for_youth=True) for each in trains]  # fmt: skip
    late = Association.objects.exclude(pk__in=[each.association_id for each in wishes]).order_by("name")[:3]
    for other, taken in zip(late, wishes, strict=False):
        wishes.append(
            _wish(season, other, "Volleybal", taken.weekdays, taken.start_time, taken.end_time, room=taken.room)
        )
    for number, each in enumerate(wishes):
        each.created_by, each.created_at = by, asked_at + dt.timedelta(minutes=number)
    SeasonRequest.objects.bulk_create(wishes)
    keep(season, by=by)
    settle(season, by=by)
    settled_at = nearest(season.requests_until + 10 * A_DAY, dt.time(11))
    Season.objects.filter(pk=season.pk).update(settled_at=settled_at)


def _wish(
    season: Season, association: Association | None, title: str, weekdays: list[int], start: dt.time, end: dt.time,
    *, room: Room | None = None, persons: int = 18, for_youth: bool = False,
) -> SeasonRequest:  # fmt: skip
    return SeasonRequest(
        season=season, association=association, title=title, room=room, weekdays=weekdays, start_time=start,
        end_time=end, persons=min(persons, 30), for_youth=for_youth,
    )  # fmt: skip


def _asking(house: Building, year: int) -> None:
    today = timezone.localdate()
    season = _season(house, year, requests_until=today + 25 * A_DAY, created_at=timezone.now() - 20 * A_DAY)
    clubs = {each.name: each for each in Association.objects.all()}
    organisations = {each.code: each for each in Organisation.objects.all()}
    city = _manager()
    for number, (club, organisation, title, weekdays, start, end, persons, youth) in enumerate(ASKED):
        wish = _wish(
            season, clubs.get(club), title, weekdays, dt.time.fromisoformat(start), dt.time.fromisoformat(end),
            persons=persons, for_youth=youth,
        )  # fmt: skip
        wish.created_by, wish.created_at = city, timezone.now() - (len(ASKED) - number) * A_DAY
        if organisation:
            wish.organisation, wish.is_shared = organisations[organisation], False
            wish.created_by = User.objects.filter(organisation=wish.organisation, is_active=True).order_by("pk").first()
        wish.save(force_insert=True)
