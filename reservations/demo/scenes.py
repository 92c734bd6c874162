"""What the demo city stands at the beginning of: the last free evening in Marke with the leaking roof the day after,
houses that are shut, and what waits for an answer now."""

import datetime as dt
import random
from collections.abc import Iterator

from kortrijk_gebied.workdays import A_DAY
from reservations.demo.diary import Diary, clock
from reservations.demo.uses import OCCASIONS, Occasion
from reservations.models import Booking, BookingState, Closure, Layout, RefusalReason, Room, Series
from reservations.moments import nearest
from reservations.unanswered import apology

FRIDAY, SUNDAY = 4, 6
WEEKLY_IN, WEEKS = 21, 8
FORTNIGHT = 14
AN_HOUR = dt.timedelta(hours=1)
L = Layout

# house, spaces (none: all of them), first day from today, days, why
CLOSURES: list[tuple[str, tuple[str, ...], int, int, str]] = [
    ("oc-rollegem", ("Zaal",), -120, 12, "Nieuwe vloer"),
    ("buurthuis-venning", (), -58, 2, "De stookketel is stuk"),
    ("dienstencentrum-de-conde", ("Polyvalente zaal",), -25, 1, "Verkiezing van de cliëntenraad"),
    ("oc-heule-1", ("Zaal links", "Zaal rechts"), 33, 3, "Nazicht van het podium"),
]

# The Saturday on which the roof of Marke will leak: house, room, from, until, what, who (a kind of association),
# set-up, persons. Bissegem has a room for the first three; the only other hall for the fourth is taken.
SATURDAY: list[tuple[str, str, str, str, str, str, Layout, int]] = [
    ("oc-marke", "grote-zaal", "09:30", "12:30", "Tweedehandsbeurs", "family", L.TABLES, 95),
    ("oc-marke", "zaal-a", "14:00", "17:30", "Repetitie met solisten", "music", L.EMPTY, 36),
    ("oc-marke", "zaal-b", "14:00", "17:30", "Dansles", "dance", L.EMPTY, 30),
    ("oc-marke", "grote-zaal", "19:00", "23:30", "Eetfestijn", "stage", L.DINNER, 160),
    ("oc-aalbeke", "grote-zaal-met-foyer", "19:00", "23:30", "Jubileum van de fanfare", "music", L.DINNER, 210),
]

# What waits: house, room, from how many days on, in which state, what it says.
WAITING: list[tuple[str, str, int, BookingState, str]] = [
    ("oc-aalbeke", "grote-polyvalente-zaal", 18, BookingState.REQUESTED, "We brengen zelf een geluidsinstallatie mee."),
    ("oc-aalbeke", "grote-polyvalente-zaal", 25, BookingState.REQUESTED, "Mag de bar tot 1 uur open blijven?"),
    ("oc-heule-1", "grote-zaal", 16, BookingState.REQUESTED, ""),
    ("oc-de-wervel", "zaal", 12, BookingState.REQUESTED, "Opstelling vanaf 16 uur, als dat kan."),
    ("oc-rollegem", "zaal", 9, BookingState.REQUESTED, ""),
    ("joc-kortrijk", "grote-zaal", 30, BookingState.REQUESTED, "Met drie groepen en een dj."),
    ("basisschool-de-wegwijzer", "turnzaal", 20, BookingState.REQUESTED, "Een tornooi met acht ploegen."),
    ("oc-kooigem", "zaal", 11, BookingState.HELD, ""),
    ("oc-lange-munte", "zaal", 15, BookingState.HELD, "We weten het na de vergadering van morgen."),
    ("oc-aalbeke", "grote-zaal-met-foyer", 40, BookingState.HELD, ""),
    ("oc-heule-2", "zaal", 13, BookingState.IN_TREATMENT, "Is er een lift voor wie niet op de trap kan?"),
    ("oc-bissegem", "grote-zaal", 22, BookingState.IN_TREATMENT, ""),
    ("oc-marke", "grote-zaal", 36, BookingState.REFUSED, "Geen fuif hier: de buren wonen ernaast. Vraag het JOC."),
    ("oc-de-wervel", "zaal", -20, BookingState.REFUSED, "Zonder verantwoordelijke van 18 jaar kan het niet."),
    ("oc-heule-1", "grote-zaal", -34, BookingState.EXPIRED, ""),
    ("oc-rollegem", "zaal", 27, BookingState.EXPIRED, ""),
    ("oc-kooigem", "zaal", -6, BookingState.REFUSED, ""),  # nobody answered
]  # fmt: skip


def last_free(today: dt.date) -> dt.date:
    """The Friday on which the hall of Marke has its last free evening: neither tomorrow nor far off."""
    return today + A_DAY * ((FRIDAY - today.weekday()) % 7 or 7)


def before(diary: Diary, today: dt.date) -> None:
    """What must stand before the dice fill the year."""
    _shut(diary, today)
    friday = last_free(today)
    evening = clock(friday, dt.time(18), dt.time(0))
    saturday = clock(friday + A_DAY, dt.time(9), dt.time(23, 45))
    marke, bissegem = diary.town.room("oc-marke", "grote-zaal"), diary.town.room("oc-bissegem", "grote-zaal")
    _saturday(diary, friday + A_DAY)
    diary.kept = [(marke, *evening), (bissegem, *evening), (bissegem, *saturday)]
    for room, starts, ends in diary.kept:
        diary.ledger.take(room, starts, ends)


def after(diary: Diary, today: dt.date) -> None:
    for room, starts, ends in diary.kept:
        diary.ledger.give_back(room, starts, ends)
    # What the dice would have put there was refused for a thing that does not stand there.
    diary.bookings = [each for each in diary.bookings if not _stood_in_the_way(diary, each)]
    _fill(diary, today)
    for number, (building, code, days, state, words) in enumerate(WAITING):
        room = diary.town.room(building, code)
        dice = random.Random(f"waiting {number}")  # noqa: S311
        _wait(diary, room, today + A_DAY * days, state, words, dice)
    _waits_weekly(diary, today + A_DAY * WEEKLY_IN)


def _stood_in_the_way(diary: Diary, booking: Booking) -> bool:
    spaces = set(diary.ledger.spaces[booking.room_id])
    return booking.state == BookingState.REFUSED and any(
        booking.starts < ends and starts < booking.ends and spaces & set(diary.ledger.spaces[room.pk])
        for room, starts, ends in diary.kept
    )


def _shut(diary: Diary, today: dt.date) -> None:
    for building, names, first, days, reason in CLOSURES:
        house = next(room.building for room in diary.town.rooms if room.building.code == building)
        spaces = [space.pk for space in house.spaces.all() if not names or space.name in names]
        starts = nearest(today + A_DAY * first, dt.time(7))
        closure = Closure(
            building=house, starts=starts, ends=nearest(today + A_DAY * (first + days - 1), dt.time(23)), reason=reason,
            created_at=min(starts - 20 * A_DAY, diary.now - AN_HOUR),
        )  # fmt: skip
        diary.closures.append((closure, spaces))
        diary.ledger.shut(spaces, closure.starts, closure.ends)


def _saturday(diary: Diary, day: dt.date) -> None:
    for house, code, start, end, title, kind, layout, persons in SATURDAY:
        room = diary.town.room(house, code)
        times = clock(day, dt.time.fromisoformat(start), dt.time.fromisoformat(end))
        if diary.ledger.why_not(room, *times):  # a house that somebody gave other hours
            continue
        dice = random.Random(title)  # noqa: S311
        holder = diary.town.holder(Occasion(title, f"club:{kind}", layout), room, dice)
        diary.add(room, *times, holder, (layout, persons), created_at=diary.now - A_DAY * dice.randint(15, 60))


def _fill(diary: Diary, today: dt.date) -> None:
    """Every evening of a fortnight in Marke but the one: whoever has a half has the hall."""
    dice = random.Random("fortnight")  # noqa: S311
    for number in range(1, FORTNIGHT):
        day = today + A_DAY * number
        if day == last_free(today):
            continue
        evening = clock(day, dt.time(19), dt.time(22))
        for code in ("zaal-a", "zaal-b"):
            room = diary.town.room("oc-marke", code)
            if not diary.ledger.why_not(room, *evening):
                occasion = dice.choice(OCCASIONS["evening"])
                diary.add(
                    room, *evening, diary.town.holder(occasion, room, dice), diary.town.company(occasion, room, dice),
                    created_at=diary.now - A_DAY * dice.randint(5, 40),
                )  # fmt: skip


def _wait(
    diary: Diary, room: Room, day: dt.date, state: BookingState, words: str, dice: random.Random
) -> Booking | None:
    """On the first evening from that day on that is free."""
    for starts, ends in _evenings(day):
        if diary.ledger.why_not(room, starts, ends):
            continue
        occasion = dice.choice([each for each in OCCASIONS["party"] if each.holder.startswith("club:")])
        says = {"answer": words or apology()} if state == BookingState.REFUSED else {"note": words}
        if state == BookingState.REFUSED:
            says["refusal"] = RefusalReason.DECIDED if words else RefusalReason.UNANSWERED
        held = {"hold_until": diary.now + AN_HOUR * dice.randint(5, 40)} if state == BookingState.HELD else {}
        asked = min(starts - A_DAY * 12, diary.now) - AN_HOUR * dice.randint(2, 60)
        return diary.add(
            room, starts, ends, diary.town.holder(occasion, room, dice), diary.town.company(occasion, room, dice),
            state=state, created_at=asked, **says, **held,
        )  # fmt: skip
    return None


def _waits_weekly(diary: Diary, day: dt.date) -> None:
    """Eight Sunday evenings, asked as one series: one yes is enough."""
    room, dice = diary.town.room("oc-de-wervel", "zaal"), random.Random("weekly request")  # noqa: S311
    occasion = dice.choice([each for each in OCCASIONS["evening"] if each.holder.startswith("club:")])
    holder, (layout, persons) = diary.town.holder(occasion, room, dice), diary.town.company(occasion, room, dice)
    first = day + A_DAY * ((SUNDAY - day.weekday()) % 7)
    days = [first + 7 * A_DAY * week for week in range(WEEKS)]
    series = Series(
        title=holder.title, room=room, organisation=holder.organisation, team=holder.team,
        association=holder.association, layout=layout, persons=persons, is_shared=holder.shared,
        weekdays=[SUNDAY], first_on=first, until=days[-1],
        start_time=dt.time(18, 30), end_time=dt.time(21), skips_public_holidays=False, created_by=holder.by,
        created_at=diary.now - A_DAY,
    )  # fmt: skip
    diary.series.append(series)
    for on in days:
        diary.add(
            room, *clock(on, series.start_time, series.end_time), holder, (layout, persons), series=series,
            series_on=on, state=BookingState.REQUESTED, created_at=series.created_at,
        )  # fmt: skip


def _evenings(day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    for number in range(28):
        yield clock(day + A_DAY * number, dt.time(18, 30), dt.time(22))
