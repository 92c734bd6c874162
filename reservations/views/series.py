"""A series: all its dates with how they stand, and what is done with the rest of it."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.answers import CancellationForm
from reservations.forms.booking import holder_of
from reservations.forms.change import SeriesChangeForm
from reservations.models import Booking, CancelledBy, Room, Series
from reservations.models.states import LIVE
from reservations.placing import Taken
from reservations.recurrence_words import in_words
from reservations.rights import Rights
from reservations.serial import use_of
from reservations.series_changes import Changed, DatesAskYes, ahead, cancel_from, change_from
from reservations.sight import seen_by, series_for
from reservations.why_not import Why, why_not
from teams.decorators import signed_in, viewer

FROM, ASK = "vanaf", "vraag"


@member
@require_safe
def series(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = series_for(viewer(request), pk)
    dates = list(seen_by(viewer(request)).filter(series=found).order_by("series_on"))
    now = timezone.now()
    context = {
        "series": found, "rule": in_words(found), "dates": dates, "writes": _writes(request, found),
        "to_come": [each for each in dates if each.starts > now and each.state in LIVE],
        "live": sum(each.state in LIVE for each in dates), "now": now, "cancellation": CancellationForm(),
    }  # fmt: skip
    return render(request, "reservations/series.html", context)


def _writes(request: HttpRequest, found: Series) -> bool:
    """Who may change each of its dates may change it whole."""
    writable = Booking.objects.writable(viewer(request)).filter(series=found)
    return found.bookings.exists() and writable.count() == found.bookings.count()


def mine(request: HttpRequest, pk: uuid.UUID) -> Series:
    found = series_for(viewer(request), pk)
    if not _writes(request, found):
        raise PermissionDenied
    return found


def _from(request: HttpRequest) -> dt.date | None:
    """The first date it is about; none is all of it. What is no date is never all of it."""
    said = (request.POST if request.method == "POST" else request.GET).get(FROM, "")
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError as problem:
        raise BadRequest from problem


def who_cancels_series(request: HttpRequest, found: Series) -> CancelledBy:
    own = found.created_by_id == signed_in(request).pk or found.team_id in viewer(request).team_ids
    return CancelledBy.HOLDER if own else CancelledBy.KEEPER


@member
@require_POST
def series_cancellation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, by = mine(request, pk), signed_in(request)
    kind = who_cancels_series(request, found)
    try:
        number = cancel_from(found, _from(request), by=by, kind=kind, answer=CancellationForm(request.POST).said())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(number)s date was cancelled.", "%(number)s dates were cancelled.", number)
        messages.success(request, said % {"number": number})
    return redirect(found)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def series_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, access, first = mine(request, pk), viewer(request), _from(request)
    if not found.is_readable:  # type: ignore[attr-defined]
        raise PermissionDenied
    rights = Rights.of(access)
    may = [room.pk for room in Room.objects.in_use() if rights.books_at_once(room)]
    rooms = Room.objects.filter(pk__in=[*may, found.room_id]).select_related("building")
    given: dict[str, Any] = {"by": signed_in(request), "viewer": access, "rights": rights, "of": found, "rooms": rooms}
    form = SeriesChangeForm(request.POST if request.method == "POST" else None, initial=_typed(found), **given)
    context: dict[str, Any] = {"series": found, "form": form, "first": first, "dates": ahead(found, first)}
    if request.method == "POST" and form.is_valid():
        try:
            return _changed(request, found, first, form)
        except DatesAskYes as question:
            context["question"] = question
        except Refused as refusal:
            form.add_error(None, str(refusal))
        return render(request, "reservations/series_change.html", context, status=409)
    return render(request, "reservations/series_change.html", context, status=422 if form.errors else 200)


def _typed(found: Series) -> dict[str, object]:
    return {
        **use_of(found), "holder": holder_of(found), "room": found.room_id, "start": found.start_time,
        "end": found.end_time,
    }  # fmt: skip


def _changed(request: HttpRequest, found: Series, first: dt.date | None, form: SeriesChangeForm) -> HttpResponse:
    data = form.cleaned_data
    done = change_from(
        found, first, by=signed_in(request), room=data["room"], start=data["start"], end=data["end"],
        use=form.details(), ask=ASK in request.POST,
    )  # fmt: skip
    messages.success(request, _said(done))
    if not done.stayed:
        return redirect(done.series)
    context = {"series": done.series, "stayed": [(each, _why(each, done, request)) for each in done.stayed]}
    return render(request, "reservations/series_stayed.html", context, status=409)


def _said(done: Changed) -> str:
    counted = [
        (len(done.done), ngettext("%(number)s date was changed.", "%(number)s dates were changed.", len(done.done)))
    ]
    if asked := len(done.asked):
        words = ngettext("%(number)s waits for a yes.", "%(number)s wait for a yes.", asked)
        counted.append((asked, words))
    if by_hand := len(done.by_hand):
        words = ngettext(
            "%(number)s keeps what was changed in it by hand.",
            "%(number)s keep what was changed in them by hand.",
            by_hand,
        )
        counted.append((by_hand, words))
    return " ".join(words % {"number": number} for number, words in counted)


def _why(booking: Booking, done: Changed, request: HttpRequest) -> list[Why]:
    refusal = done.why[booking.pk]
    if not isinstance(refusal, Taken):
        return [Why(str(refusal))]
    wanted = Booking(
        pk=booking.pk, room=done.series.room, starts=booking.starts, ends=booking.ends, persons=done.series.persons,
        layout=done.series.layout, features=done.series.features,
    )  # fmt: skip
    return why_not([wanted], refusal.in_the_way, viewer(request))[booking.pk]
