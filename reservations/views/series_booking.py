"""From a form to a series: first all its dates in one answer, then those that were chosen."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused
from reservations.forms.booking import BookingForm
from reservations.forms.repeat import RepeatForm
from reservations.forms.things import ThingsForm
from reservations.models import BookingState, Room, Series
from reservations.placing import Placed
from reservations.prices.asking import costs_of_dates
from reservations.recurrence_words import in_words
from reservations.rights import Rights
from reservations.serial import SKIP, TAKE, WAIT, Date, book_series, preview
from teams.decorators import signed_in, viewer

SEND, BACK, DATE = "boek", "terug-naar-formulier", "d-"
NOT_TYPED = {"csrfmiddlewaretoken", SEND}


def series_asked(
    request: HttpRequest, key: uuid.UUID, form: BookingForm, repeat: RepeatForm, room: Room
) -> HttpResponse | None:
    """None when something is wrong: that stands at its field, or in the form."""
    if BACK in request.POST:
        return None
    if not repeat.is_valid():
        return None
    data = form.cleaned_data
    if data["last_day"]:
        form.add_error("last_day", _("A series is of uses that last less than a day."))
        return None
    series = repeat.series(room, data["day"], data["start"], data["end"], id=key, **form.details())
    if not repeat.look_through(series):
        return None
    try:
        return _booked(request, series, form.things) if SEND in request.POST else _dates(request, series)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _booked(request: HttpRequest, series: Series, things: ThingsForm) -> HttpResponse:
    choices = choices_in(request.POST)
    done = book_series(series, choices, by=signed_in(request), things=things.loans if things.is_filled_in else None)
    messages.success(request, what_came_of_dates(done))
    return redirect(series)


def choices_in(data: QueryDict) -> dict[dt.date, str]:
    """What was chosen for each date."""
    choices: dict[dt.date, str] = {}
    for name, value in data.items():
        if name.startswith(DATE):
            try:
                choices[dt.date.fromisoformat(name.removeprefix(DATE))] = str(value)
            except ValueError:
                continue
    return choices


def what_came_of_dates(done: Placed) -> str:
    said = _came_in(done)
    if done.refused:
        refused = len(done.refused)
        said += " " + ngettext(
            "%(number)s could not be had: you hear it when it comes free.",
            "%(number)s could not be had: you hear it when they come free.",
            refused,
        ) % {"number": refused}
    if done.without_things:
        days = [date_format(each.series_on, "j F") for each in done.without_things if each.series_on]
        said += " " + _("There are not enough things left for %(days)s: the room is yours, without them.") % {
            "days": get_text_list(days, _("and"))
        }
    return said


def _came_in(done: Placed) -> str:
    asked = sum(each.state == BookingState.REQUESTED for each in done.placed)
    number = len(done.placed) - asked
    said = []
    if number or not asked:
        said.append(ngettext("%(number)s date is in.", "%(number)s dates are in.", number) % {"number": number})
    if asked:
        words = ngettext(
            "%(number)s date is asked for: the keeper says yes first.",
            "%(number)s dates are asked for: the keeper says yes first.",
            asked,
        )
        said.append(words % {"number": asked})
    return " ".join(said)


def _dates(request: HttpRequest, series: Series) -> HttpResponse:
    context = context_of(request, series, preview(series, by=signed_in(request)))
    asks = Rights.of(viewer(request)).state(series.room) == BookingState.REQUESTED
    return render(request, "reservations/series_preview.html", {**context, "asks": asks})


def context_of(request: HttpRequest, series: Series, dates: list[Date]) -> dict[str, Any]:
    free = sum(date.is_free for date in dates)
    return {
        "series": series, "rule": in_words(series), "dates": dates, "free": free, "hindered": len(dates) - free,
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_TYPED and not name.startswith(DATE)
            for value in values
        ],
        "costs": costs_of_dates(dates), "TAKE": TAKE, "WAIT": WAIT, "SKIP": SKIP, "page": request.get_full_path(),
    }  # fmt: skip
