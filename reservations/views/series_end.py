"""A series ends later or earlier: first what that does, then it is done."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations.forms.answers import CancellationForm
from reservations.forms.change import EndForm
from reservations.models import Series
from reservations.series_changes import ahead
from reservations.series_end import cancelled_before, check_day, last_day, late, lengthen, more_dates, shorten
from reservations.views.series import mine, who_cancels_series
from reservations.views.series_booking import SEND, choices_in, context_of, what_came_of_dates
from teams.decorators import signed_in


@member
@require_http_methods(["GET", "HEAD", "POST"])
def series_end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = mine(request, pk)
    if not found.is_readable:  # type: ignore[attr-defined]
        raise PermissionDenied
    end = last_day(found)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"until": end})
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _ended(request, found, form, end)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409
    return _page(request, found, form, end=end, status=status)


def _ended(request: HttpRequest, found: Series, form: EndForm, end: dt.date) -> HttpResponse:
    until = form.cleaned_data["until"]
    if until == end:
        raise Refused(_("That is its last day already."))
    if until > end:
        return _later(request, found, form, until)
    check_day(found, until)
    if SEND in request.POST:
        kind, answer = who_cancels_series(request, found), CancellationForm(request.POST).said()
        number = shorten(found, until, by=signed_in(request), kind=kind, answer=answer)
        said = ngettext("%(number)s date was cancelled.", "%(number)s dates were cancelled.", number)
        messages.success(request, said % {"number": number})
        return redirect(found)
    going = ahead(found, until + A_DAY)
    shown = {"going": going, "late": late(going), "until": until, "cancellation": CancellationForm()}
    return _page(request, found, form, shortens=True, **shown)


def _later(request: HttpRequest, found: Series, form: EndForm, until: dt.date) -> HttpResponse:
    by = signed_in(request)
    if SEND in request.POST:
        done = lengthen(found, until, choices_in(request.POST), by=by)
        messages.success(request, what_came_of_dates(done))
        return redirect(found)
    shown = context_of(request, found, more_dates(found, until, by=by))
    return _page(request, found, form, **shown, until=until, gone=cancelled_before(found, until))


def _page(request: HttpRequest, found: Series, form: EndForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {"series": found, "form": form, "SEND": SEND, **shown}
    return render(request, "reservations/series_end.html", context, status=status)
