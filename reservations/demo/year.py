"""A year of bookings around today: what returns every week, what comes once, and what stands at this moment.

By fixed dice: the same day gives the same year, but for keys and references. Full houses are full and quiet ones
quiet (`uses.FULL`); everything falls within opening hours, and nothing twice.
"""

import datetime as dt
import random
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations.demo import scenes
from reservations.demo.diary import Diary, clock
from reservations.demo.ledger import Ledger
from reservations.demo.rhythms import FULL, Slot
from reservations.demo.town import Holder, Town
from reservations.demo.uses import OCCASIONS, Occasion
from reservations.models import Booking, RefusalReason, Room, SchoolHoliday, Series
from reservations.moments import Stretch, nearest, whole_day
from reservations.recurrence import dates_of
from reservations.school_holidays import SchoolCalendar

PAST = 0.75  # of the weeks
# How much of what comes once there is on a day still far off, and in school holidays.
KNOWN_DAYS, SHORTENS_OVER, AT_LEAST = 14, 100, 0.3
IN_HOLIDAYS = 0.5
# What returns every week makes a house full; what comes once comes where it is full already.
STEEP = 1.2


def is_loaded() -> bool:
    return Booking.objects.exists()


@transaction.atomic
def load(weeks: int = 52) -> int:
    """Around today, three quarters of it past; how many bookings. Rooms and hours must be there."""
    return Year(weeks).load()


class Year:
    def __init__(self, weeks: int) -> None:
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.first = self.today - dt.timedelta(days=round(weeks * 7 * PAST))
        self.last = self.first + dt.timedelta(weeks=weeks)
        self.town = Town()
        window = whole_day(self.first)[0], whole_day(self.last + A_DAY)[1]
        self.diary = Diary(self.town, Ledger(self.town.rooms, window), self.now)
        self.holidays = list(SchoolHoliday.objects.all())
        self.calendar = SchoolCalendar(self.holidays)

    def load(self) -> int:
        scenes.before(self.diary, self.today)
        for room in self.town.wholes():
            self._single(room)
        for room in self.town.parts():
            self._weekly(room)
        for room in self.town.parts():
            self._single(room)
        scenes.after(self.diary, self.today)
        self.diary.write()
        return len(self.diary.bookings)

    def _weekly(self, room: Room) -> None:
        full = FULL[room.building.code]
        for slot in self.town.rhythm(room):
            for weekday in slot.days:
                dice = random.Random(f"{room} {slot.start} {weekday}")  # noqa: S311
                if dice.random() < slot.regular * full:
                    occasion = dice.choice(OCCASIONS[slot.weekly])
                    for first, last in self._seasons(slot):
                        self._series(room, slot, int(weekday), occasion, (first, last), dice)

    def _seasons(self, slot: Slot) -> Iterator[tuple[dt.date, dt.date]]:
        """Clubs and schools begin anew in September; a service goes on the whole year."""
        first = self.first
        if not slot.in_holidays:
            summer = dt.date(self.today.year if self.first.month < 7 else self.today.year + 1, 6, 30)
            if first < summer < self.last:
                yield first, summer
                first = dt.date(summer.year, 9, 1)
        if first < self.last:
            yield first, self.last

    def _series(
        self,
        room: Room,
        slot: Slot,
        weekday: int,
        occasion: Occasion,
        season: tuple[dt.date, dt.date],
        dice: random.Random,
    ) -> None:
        holder, (layout, persons) = self.town.holder(occasion, room, dice), self.town.company(occasion, room, dice)
        first, last = season
        made_at = min(nearest(first - A_DAY * dice.randint(20, 90), dt.time(10, dice.randint(0, 59))), self.now)
        series = Series(
            title=holder.title, room=room, organisation=holder.organisation, team=holder.team,
            association=holder.association, layout=layout, persons=persons, is_shared=holder.shared,
            weekdays=[weekday], first_on=first, until=last, start_time=dt.time.fromisoformat(slot.start),
            end_time=dt.time.fromisoformat(slot.end), interval=2 if slot.in_holidays and dice.random() < 0.15 else 1,
            skips_school_holidays=not slot.in_holidays and self._knows(last), created_at=made_at, created_by=holder.by,
        )  # fmt: skip
        try:
            dates = dates_of(series, self.holidays)
        except Refused:  # not one date in so short a season
            return
        if self._mostly_open(room, slot, dates):
            self.diary.series.append(series)
            for day in dates:
                self._date(series, day, holder, dice)

    def _knows(self, last: dt.date) -> bool:
        return self.calendar.known_until is not None and last <= self.calendar.known_until

    def _mostly_open(self, room: Room, slot: Slot, dates: list[dt.date]) -> bool:
        shut = [self.diary.ledger.why_not(room, *_stretch(day, slot)) == RefusalReason.OUTSIDE_HOURS for day in dates]
        return sum(shut) < len(dates) / 4

    def _date(self, series: Series, day: dt.date, holder: Holder, dice: random.Random) -> None:
        times = clock(day, series.start_time, series.end_time)
        why_not = self.diary.ledger.why_not(series.room, *times)
        booking = self.diary.add(
            series.room, *times, holder, (series.layout, series.persons), series=series, series_on=day,
            created_at=series.created_at, state=Booking.State.REFUSED if why_not else Booking.State.CONFIRMED,
        )  # fmt: skip
        if why_not:
            self.diary.refused(booking, why_not)
        else:
            self.diary.fate(booking, dice)

    def _single(self, room: Room) -> None:
        chance = FULL[room.building.code] ** STEEP
        dice = random.Random(f"{room} once")  # noqa: S311
        for slot in self.town.rhythm(room):
            for weekday in slot.days:
                day = self.first + A_DAY * ((int(weekday) - self.first.weekday()) % 7)
                while day <= self.last:
                    if dice.random() < chance * self._demand(day, slot):
                        self.diary.once(room, *_stretch(day, slot), dice.choice(OCCASIONS[slot.once]), dice)
                    day += 7 * A_DAY

    def _demand(self, day: dt.date, slot: Slot) -> float:
        ahead = (day - self.today).days - KNOWN_DAYS
        demand = max(AT_LEAST, 1 - max(0, ahead) / SHORTENS_OVER)
        if day in self.calendar.days_off:
            return demand * IN_HOLIDAYS if slot.in_holidays else 0
        return demand


def _stretch(day: dt.date, slot: Slot) -> Stretch:
    return clock(day, dt.time.fromisoformat(slot.start), dt.time.fromisoformat(slot.end))
