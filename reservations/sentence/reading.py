"""A wish in one sentence becomes the fields of the form. What nobody said is filled in as usual and named; what is not
understood is named too."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from areas.typed import plain
from reservations.forms.wish import USUAL_PERSONS, usual
from reservations.models import Frequency, SchoolWeek
from reservations.moments import on_clock
from reservations.near import landmarks, named_among
from reservations.sentence.left import Left
from reservations.sentence.when import WEEKDAY, When, hours_of, read_dates, read_hours, read_weekdays
from reservations.sentence.words import FEATURES, LAYOUTS, NTHS, NUMBER, PEOPLE, number, one_of

LONGEST = 300
MOST_WORDS = 5  # in a name of a place
NEAR = r"(?:dicht ?)?bij|nabij|vlak ?bij|in de buurt van|in de omgeving van|rond|in|aan|naast|op"
EACH, NTH = "elke|iedere|alle", one_of(NTHS)


@dataclass
class Said:
    """`fields` are those of the form, by their names in code; `filled_in` are sentences about what was not said,
    `unknown` the words that say nothing to us."""

    fields: dict[str, Any] = field(default_factory=dict)
    filled_in: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read(text: str, *, now: dt.datetime | None = None) -> Said:
    clock = on_clock(now or timezone.now())
    said, left, when = Said(), Left(text[:LONGEST]), When()
    _near(left, said)
    _people(left, said)
    comes_back = _repeat(left, said)
    read_dates(left, when, clock.date())
    read_weekdays(left, when)
    read_hours(left, when)
    _needs(left, said)
    _landmark(left, said)
    _what_for(left, said)
    said.unknown += [*when.unknown, *left.runs()]
    comes_back = comes_back or bool(when.is_plural or when.until or said.fields.get("times"))
    _moments(when, said, clock, comes_back=comes_back)
    return said


# --- where ------------------------------------------------------------------------------------------------


def _near(left: Left, said: Said) -> None:
    """ "dicht bij Overleie": the longest name behind such a word that we know."""
    tried: list[tuple[int, int, str]] = []
    for found in re.finditer(rf"(?<!\w)(?:{NEAR}) (?:de |het |den )?", left.text):
        words = list(re.finditer(r"[^\s,;]+", left.text[found.end() :]))[:MOST_WORDS]
        for last in reversed(words):
            end = found.end() + last.end()
            tried += [(found.start(), end, plain(left.text[begin:end])) for begin in {found.end(), _bare(found)}]
    _take_best(left, said, tried, named_among)


def _bare(found: re.Match[str]) -> int:
    """Where the name begins when its article is a part of it: De Condé."""
    return found.start() + len(re.match(rf"(?:{NEAR}) ", found[0])[0])  # type: ignore[index]


def _landmark(left: Left, said: Said) -> None:
    """An area or a building that is named alone."""
    if "place" in said.fields:
        return
    words = [(found.start(), found.end()) for found in re.finditer(r"[^\s,;]+", left.text)]
    tried = [
        (words[first][0], words[last][1], plain(left.text[words[first][0] : words[last][1]]))
        for first in range(len(words))
        for last in range(first, min(first + MOST_WORDS, len(words)))
    ]
    _take_best(left, said, tried, landmarks)


def _take_best(left: Left, said: Said, tried: list[tuple[int, int, str]], look_up: Callable[[Any], Any]) -> None:
    known = look_up({name for _begin, _end, name in tried if name}) if tried else {}
    fitting = [each for each in tried if each[2] in known]
    if not fitting:
        return
    begin, end, name = max(fitting, key=lambda each: len(each[2]))
    left.text = f"{left.text[:begin]} ; {left.text[end:]}"
    found = known[name]
    said.fields["place"] = found[0].name if len(found) == 1 else name
    if len(found) > 1:
        names = get_text_list([each.name for each in found], _("or"))
        said.filled_in.append(_("There are several of that name. Say which one: %(places)s.") % {"places": names})


# --- who and what -----------------------------------------------------------------------------------------


def _people(left: Left, said: Said) -> None:
    with_many = r"(?:met |voor )?(?:ons |z'n |zijn )?(?:ongeveer |een )?"
    if found := left.take(rf"{with_many}(?:({NUMBER}) ?(?:a|tot|-) ?)?({NUMBER})(?:tal)? (?:{PEOPLE})"):
        said.fields["persons"] = max(number(each) for each in found.groups() if each)
    elif found := left.take(r"(?:met|voor) (?:ons |z'n )?(\d{1,4})(?:en)?(?=\s*(?:[,;.]|$))"):
        said.fields["persons"] = number(found[1])
    else:
        said.fields["persons"] = USUAL_PERSONS
        said.filled_in.append(_("You did not say how many people: %(number)s filled in.") % {"number": USUAL_PERSONS})


def _needs(left: Left, said: Said) -> None:
    """Not what it must do without: "zonder keuken" is not understood."""
    without = left.take_all(
        rf"(?:zonder|geen) (?:{'|'.join(each for name, each in FEATURES.items() if name != 'step_free')})"
    )
    said.unknown += [found[0] for found in without]
    said.fields["features"] = [str(name) for name, words in FEATURES.items() if left.take_all(words)]
    for layout, words in LAYOUTS.items():
        if left.take(words) and "layout" not in said.fields:
            said.fields["layout"] = str(layout)


def _what_for(left: Left, said: Said) -> None:
    if found := left.take(r"voor (?:een |de |het |ons |onze |mijn )?([^\s;,.\d][^;,.]*[^\s;,.])"):
        said.fields["title"] = found[1].strip()[:120].capitalize()


# --- how often, and when ----------------------------------------------------------------------------------


def _repeat(left: Left, said: Said) -> bool:
    """Whether it comes back; what it leaves out too."""
    fields = said.fields
    fields["skips_school_holidays"] = bool(
        left.take(r"(?:maar )?(?:niet|behalve|buiten|geen) (?:in |tijdens )?(?:de )?(?:school)?vakanties?")
    )
    fields["skips_public_holidays"] = not left.take("ook op feestdagen")
    left.take(r"(?:maar )?(?:niet|behalve|geen)(?: op)?(?: de)? feestdagen")
    if found := left.take(rf"({NUMBER}) (?:keer|maal|weken lang)|gedurende ({NUMBER}) weken"):
        fields["times"] = number(found[1] or found[2])
    if found := left.take(r"(?:in (?:de )?)?([ab])[ -]we(?:ek|ken)"):
        return _weekly(fields, school_week=str(SchoolWeek(found[1])))
    if found := left.take(rf"(?:{EACH}) ({NTH}) (?=(?:{WEEKDAY}))") or left.take(
        rf"(?:op )?(?:de )?({NTH}) (?=(?:{WEEKDAY})\w* van (?:de|elke|iedere) maand)"
    ):
        left.take("van (?:de|elke|iedere) maand|maandelijks")
        fields |= {"frequency": str(Frequency.MONTHLY), "nth": NTHS[found[1]]}
        return True
    if left.take("maandelijks|elke maand|iedere maand"):
        fields["frequency"] = str(Frequency.MONTHLY)
        return True
    if found := left.take(
        rf"(?:om de|elke|iedere) ({NUMBER}) we(?:ek|ken)|tweewekelijkse?|veertiendaagse?|om de (?:14 dagen|andere week)"
    ):
        return _weekly(fields, interval=number(found[1]) if found[1] else 2)
    if left.take(rf"wekelijkse?|elke week|iedere week|(?:elke|iedere) (?=(?:{WEEKDAY}))"):
        return _weekly(fields)
    return False


def _weekly(fields: dict[str, Any], **more: Any) -> bool:
    fields |= {"frequency": str(Frequency.WEEKLY), **more}
    return True


def _moments(when: When, said: Said, clock: dt.datetime, *, comes_back: bool) -> None:
    hours = hours_of(when)
    if hours is None:
        begins = usual(clock)
        hours = dt.time.fromisoformat(begins["start"]), dt.time.fromisoformat(begins["end"])
    fields = said.fields
    fields["start"], fields["end"] = (f"{each:%H:%M}" for each in hours)
    if when.start is None or (when.end is None and not when.lasts) or (when.is_said_by_ear and not when.part):
        words = {"start": time_format(hours[0], "G.i"), "end": time_format(hours[1])}
        said.filled_in.append(_("You did not say every hour: from %(start)s to %(end)s filled in.") % words)
    day = _day(when, clock, hours[0])
    fields["day"] = day.isoformat()
    if not (when.on or when.first or when.weekdays):
        said.filled_in.append(_("You did not say which day: %(day)s filled in.") % {"day": date_format(day, "l j F")})
    if comes_back:
        _rhythm(when, said, day)


def _day(when: When, clock: dt.datetime, start: dt.time) -> dt.date:
    """The one that was said, else the first of its weekday that is still to come."""
    if when.on:
        return when.on
    today = clock.date()
    day = max(when.first or today, today if start > clock.time() else today + dt.timedelta(days=1))
    while when.weekdays and day.weekday() not in when.weekdays:
        day += dt.timedelta(days=1)
    return day


def _rhythm(when: When, said: Said, day: dt.date) -> None:
    fields = said.fields
    fields.setdefault("frequency", str(Frequency.WEEKLY))
    if len(when.weekdays) > 1:
        fields["weekdays"] = [str(each) for each in sorted(when.weekdays)]
    if when.until:
        fields["until"] = when.until.isoformat()
        fields.pop("times", None)
    elif "times" not in fields:
        until = dt.date(day.year + (day.month > 6), 6, 30)  # to the end of the working year of schools and associations
        fields["until"] = until.isoformat()
        said.filled_in.append(
            _("You did not say until when: up to and including %(day)s.") % {"day": date_format(until)}
        )
