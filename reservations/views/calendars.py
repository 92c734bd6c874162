"""Who has which room when: a day, a week, a month, a list. Everybody who is signed in sees that a room is taken."""

import calendar
import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.periods import next_month, previous_month
from kortrijk_gebied.workdays import A_DAY
from reservations.calendars import lists, tables
from reservations.calendars.asked import Asked
from reservations.calendars.axis import week_of
from reservations.calendars.reading import Picture, read
from reservations.calendars.shown import Words
from reservations.models import Booking, BookingState, Room
from reservations.moments import Stretch, whole_day
from teams.decorators import viewer

REQUESTS = 20  # more of them stand with who answers them
TABS = [("day", _("Day")), ("week", _("Week")), ("month", _("Month")), ("agenda", _("Agenda"))]
STEPS = {"day": A_DAY, "week": A_DAY * 7, "agenda": A_DAY * 7}  # a month is as long as it is


@member
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Rooms by hours."""
    asked = Asked(viewer(request), request.GET)
    period = whole_day(asked.day)
    rooms = list(asked.rooms_between(*period))
    words = Words.of(read(asked.viewer, rooms, *period), asked.viewer)
    table = tables.by_hours(words, rooms, asked.day, whole=bool(asked.wanted.get("nacht")), only_free=asked.only_free)
    title = date_format(asked.day, "l j F Y")
    return _page(request, "day", asked, period, title, {"table": table, "words": words})


@member
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Of one room its hours, of more than one their days."""
    asked = Asked(viewer(request), request.GET)
    days = week_of(asked.day)
    period = _whole(days)
    rooms = list(asked.rooms_between(*period))
    words = Words.of(read(asked.viewer, rooms, *period), asked.viewer)
    shown: dict[str, Any] = {"days": days, "words": words}
    if asked.room and rooms:
        shown["table"] = tables.week_of_room(words, rooms[0], days, whole=bool(asked.wanted.get("nacht")))
    else:
        shown["houses"] = tables.houses(tables.by_days(words, rooms, days, only_free=asked.only_free))
    title = gettext("Week %(week)s, %(days)s") % {"week": days[0].isocalendar().week, "days": _from_to(days)}
    return _page(request, "week", asked, period, title, shown)


@member
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Of one room or one holder what happens on its days, of many rooms how full they are."""
    asked = Asked(viewer(request), request.GET)
    weeks = calendar.Calendar().monthdatescalendar(asked.day.year, asked.day.month)
    days = [day for week in weeks for day in week if day.month == asked.day.month]
    period = _whole(days)
    rooms = list(asked.rooms())
    in_words = asked.by_holder or asked.room is not None
    picture = Picture() if asked.by_holder else read(asked.viewer, rooms, *period, words=in_words)
    words = Words.of(picture, asked.viewer)
    shown: dict[str, Any] = {"days": days, "words": words}
    if in_words:
        entries = _entries(asked, words, rooms, days)
        shown["weeks"] = [[(day, entries.get(day)) for day in week] for week in weeks]
    else:
        rows = tables.by_fill(words.picture, rooms, days, words.now, only_free=asked.only_free)
        shown["houses"] = tables.houses(rows)
    return _page(request, "month", asked, period, date_format(asked.day, "F Y"), shown)


@member
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Seven days as a list."""
    asked = Asked(viewer(request), request.GET)
    days = [asked.day + A_DAY * n for n in range(7)]
    period = _whole(days)
    rooms = list(asked.rooms())
    words = Words.of(Picture() if asked.by_holder else read(asked.viewer, rooms, *period), asked.viewer)
    entries = _entries(asked, words, rooms, days)
    shown = {"days": [(day, found) for day, found in entries.items() if found], "words": words}
    return _page(request, "agenda", asked, period, _from_to(days), shown)


def _from_to(days: list[dt.date]) -> str:
    """The month once, when it is one."""
    first = date_format(days[0], "j" if days[0].month == days[-1].month else "j F")
    return gettext("%(first)s to %(last)s") % {"first": first, "last": date_format(days[-1])}


def _entries(asked: Asked, words: Words, rooms: list[Room], days: list[dt.date]) -> lists.Days:
    """Of a holder their own bookings alone; else all that takes the rooms."""
    if not asked.by_holder:
        return lists.of_rooms(words, rooms, days)
    bookings = _with_words(asked.bookings().occupying().overlapping(*_whole(days)))
    return lists.of_bookings(words, bookings, days)


def _with_words(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    return bookings.select_related("room__building", "organisation", "association", "team")


def _whole(days: list[dt.date]) -> Stretch:
    return whole_day(days[0])[0], whole_day(days[-1])[1]


def _page(
    request: HttpRequest, name: str, asked: Asked, period: Stretch, title: str, shown: dict[str, Any]
) -> HttpResponse:
    """The whole page, or its calendar alone when htmx asks for another day of it."""
    words: Words = shown["words"]
    requested = asked.bookings().filter(state=BookingState.REQUESTED).overlapping(*period)[:REQUESTS]
    context = {
        "asked": asked, "form": asked.form, "title": title, "today": timezone.localdate(), **_ways(name, asked),
        "requests": [(each, words.booking(each)) for each in _with_words(requested)], **shown,
    }  # fmt: skip
    part = "#calendar" if request.headers.get("HX-Request") == "true" else ""
    response = render(request, f"reservations/calendar_{name}.html{part}", {**context, "alone": bool(part)})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _ways(name: str, asked: Asked) -> dict[str, Any]:
    """Where one goes from here: back, ahead, to today, and to the same days in another form."""
    step = STEPS.get(name)
    here = reverse(f"reservations:calendar-{name}")
    on_this_day = asked.url(dag=asked.day)
    return {
        "here": here,
        "before": here + asked.url(dag=asked.day - step if step else previous_month(asked.day)),
        "back": here + asked.url(dag=None),
        "after": here + asked.url(dag=asked.day + step if step else next_month(asked.day)),
        "tabs": [(reverse(f"reservations:calendar-{tab}") + on_this_day, tab == name, says) for tab, says in TABS],
    }
