"""Days and hours out of a sentence."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, field

from reservations.moments import YEARS
from reservations.sentence.left import Left
from reservations.sentence.words import AFTERNOON, DAY, EVENING, HOURS, MONTHS, NUMBER, PARTS, WEEKDAYS, number, one_of

MONTH, WEEKDAY, PART = one_of(MONTHS), one_of(WEEKDAYS), one_of(PARTS)
ON_DAY = rf"\d{{1,2}} (?:{MONTH})(?: \d{{4}})?|\d{{1,2}}[/-]\d{{1,2}}(?:[/-]\d{{2,4}})?"
IN_MONTH = rf"(?:{MONTH})(?: \d{{4}})?"
CLOCK = r"\d{1,2}(?:[.:u]\d{2}|u)?"
UNIT = r"(?: ?(?:uur|u|h))?"


@dataclass
class When:
    """As it was said; nothing of it is guessed. `is_said_by_ear` is "half acht": of the morning or of the evening?"""

    weekdays: list[int] = field(default_factory=list)
    is_plural: bool = False  # "dinsdagen"
    part: str = ""
    on: dt.date | None = None
    first: dt.date | None = None
    until: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    lasts: dt.timedelta | None = None
    is_said_by_ear: bool = False
    unknown: list[str] = field(default_factory=list)  # 31 februari


def read_dates(left: Left, when: When, today: dt.date) -> None:
    if found := left.take(rf"(tot en met|t\.?e\.?m\.?|t/m|tot) (eind(?:e)? )?(?:(?:van )?({ON_DAY})|({IN_MONTH}))"):
        inclusive = found[1] != "tot" or bool(found[2])
        when.until = date_said(found[3], today) if found[3] else month_said(found[4], today, last=inclusive)
        when.unknown += [] if when.until else [found[0]]
        if found[4] and not inclusive and when.until:
            when.until -= dt.timedelta(days=1)
    if found := left.take(
        rf"(?:vanaf|van|begin(?:nend)? (?:op|in)?|start(?:end)? (?:op|in)?) ?(?:({ON_DAY})|({IN_MONTH}))"
    ):
        when.first = date_said(found[1], today) if found[1] else month_said(found[2], today)
        when.unknown += [] if when.first else [found[0]]
    if found := left.take(rf"(?:op )?({ON_DAY})"):
        when.on = date_said(found[1], today)
        when.unknown += [] if when.on else [found[1]]
    elif found := left.take(rf"van({PART})"):
        when.on, when.part = today, PARTS[found[1]]
    elif found := left.take(r"(vandaag|overmorgen|morgen)"):
        when.on = today + dt.timedelta(days={"morgen": 1, "overmorgen": 2}.get(found[1], 0))
    elif found := left.take(rf"(?:over|binnen) ({NUMBER}) we(?:ek|ken)"):
        when.first = today + dt.timedelta(weeks=number(found[1]))
    elif left.take("volgende week"):
        when.first = today + dt.timedelta(days=7 - today.weekday())


def date_said(said: str, today: dt.date) -> dt.date | None:
    """24 december, 24/12 or 24/12/2026; without a year the next one. None when there is no such day."""
    day, month, year = (*re.split(r"[ /-]", said), "")[:3]
    named = MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year, today.year + 9)
    for each in (which for which in years if which in YEARS):
        try:
            found = dt.date(each, named, int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def month_said(said: str, today: dt.date, *, last: bool = False) -> dt.date | None:
    month, _space, year = said.partition(" ")
    named = MONTHS[month]
    which = int(year) if year else today.year + (named < today.month)
    return dt.date(which, named, monthrange(which, named)[1] if last else 1) if which in YEARS else None


def read_weekdays(left: Left, when: When) -> None:
    for found in left.take_all(rf"(?:op |(?:volgende|komende) )?({WEEKDAY})({PART})?(en|s)?"):
        day = WEEKDAYS[found[1]]
        if day not in when.weekdays:
            when.weekdays.append(day)
        when.part = PARTS[found[2]] if found[2] else when.part
        when.is_plural = when.is_plural or found[3] == "en"
    if left.take("(?:de )?(?:ge)?hele dag"):
        when.part = DAY
    for found in left.take_all(rf"(?:'?s |in de |de |elke |iedere )?({PART})(?:en|s)?"):
        when.part = when.part or PARTS[found[1]]


def read_hours(left: Left, when: When) -> None:
    if found := left.take(rf"(van |tussen )?({CLOCK})({UNIT}) ?(?:tot|-|–|en) ?({CLOCK})({UNIT})"):
        when.start, when.end = clock_said(found[2]), clock_said(found[4])
        return
    if found := left.take(
        rf"(?:gedurende |voor )?({NUMBER}|anderhalf|(?:\d,5))(?: ?uur|u) ?(?:lang|durend)|gedurende ({NUMBER}) uur"
    ):
        said = found[1] or found[2]
        hours = 1.5 if said == "anderhalf" else float(said.replace(",", ".")) if "," in said else number(said)
        when.lasts = dt.timedelta(hours=hours)
    if found := left.take(
        rf"(?:om |vanaf |rond |tegen |van )({CLOCK}){UNIT}|({CLOCK}) ?(?:uur|u|h)|(\d{{1,2}}[.:u]\d{{2}}|\d{{1,2}}u)"
    ):
        when.start = clock_said(found[1] or found[2] or found[3])
    elif found := left.take(
        rf"(?:om |vanaf |rond |tegen )?(?:(?P<how>half|kwart voor|kwart over) (?P<hour>{NUMBER})"
        rf"|(?P<whole>{NUMBER}) uur)(?: uur)?"
    ):
        when.start = _by_ear(found["how"] or "", number(found["hour"] or found["whole"]))
        when.is_said_by_ear = when.start is not None


def clock_said(said: str) -> dt.time | None:
    hour, minute = (*re.split(r"[.:u]", said), "")[:2]
    try:
        return dt.time(int(hour) % 24 if int(hour) == 24 else int(hour), int(minute or 0))
    except ValueError:
        return None


def _by_ear(how: str, hour: int) -> dt.time | None:
    """Half acht is 7.30."""
    minutes = hour * 60 + {"half": -30, "kwart voor": -15, "kwart over": 15}.get(how, 0)
    return dt.time(minutes // 60 % 24, minutes % 60) if 0 < hour <= 12 else None


def hours_of(when: When) -> tuple[dt.time, dt.time] | None:
    """From when to when, as far as it was said; nothing when neither an hour nor a part of the day was."""
    if when.start is None:
        if not when.part:
            return None
        start, end = HOURS[when.part]
        found = dt.time.fromisoformat(start), dt.time.fromisoformat(end)
        return (found[0], _later(found[0], when.lasts)) if when.lasts else found
    late = when.part in (AFTERNOON, EVENING) or (when.is_said_by_ear and when.start.hour < 9 and not when.part)
    start_at = _of_the_evening(when.start) if late else when.start
    if when.end:
        return start_at, _of_the_evening(when.end) if late else when.end
    return start_at, _later(start_at, when.lasts or dt.timedelta(hours=2))


def _of_the_evening(time: dt.time) -> dt.time:
    return time.replace(hour=time.hour + 12) if 1 <= time.hour < 12 else time


def _later(time: dt.time, lasts: dt.timedelta) -> dt.time:
    return (dt.datetime.combine(dt.date(2000, 1, 1), time) + lasts).time()
