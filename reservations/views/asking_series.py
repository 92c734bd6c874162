"""Behind the link in a mail: a room week after week, first all its dates in one answer, then those that were chosen."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused
from reservations.forms.asking import AskForm
from reservations.forms.repeat import RepeatForm
from reservations.models import Contact, Room, Series
from reservations.placing import Placed
from reservations.register import asking_series
from reservations.views.series_booking import BACK, SEND, choices_in, context_of


def series_asked(
    request: HttpRequest, contact: Contact, key: uuid.UUID, form: AskForm, repeat: RepeatForm, room: Room
) -> HttpResponse | None:
    """None when something is wrong: that stands at its field, or in the form."""
    if BACK in request.POST or not repeat.is_valid():
        return None
    data = form.cleaned_data
    if data["last_day"]:
        form.add_error("last_day", _("A series is of uses that last less than a day."))
        return None
    series = repeat.series(room, data["day"], data["start"], data["end"], id=key, **form.use())
    if not repeat.look_through(series):
        return None
    try:
        return _answer(request, contact, asking_series.for_association(series, contact))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _answer(request: HttpRequest, contact: Contact, series: Series) -> HttpResponse:
    if SEND in request.POST:
        done = asking_series.ask(series, choices_in(request.POST), contact)
        messages.success(request, _said(done))
        return redirect("room-ask")
    context = {**context_of(request, series, asking_series.dates(series)), "contact": contact}
    return render(request, "reservations/public/ask_dates.html", context)


def _said(done: Placed) -> str:
    number, refused = len(done.placed), len(done.refused)
    said = [ngettext("%(number)s date asked for.", "%(number)s dates asked for.", number) % {"number": number}]
    if refused:
        missed = ngettext(
            "%(number)s could not be had, sir or madam: you hear it when it comes free.",
            "%(number)s could not be had, sir or madam: you hear it when they come free.",
            refused,
        )
        said.append(missed % {"number": refused})
    return " ".join([*said, _("The keeper of the building answers, and you get a mail.")])
