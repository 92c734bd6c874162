"""A series: all its dates with how they stand, and what is done with the rest of it."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
from reservations.series_changes import Changed, ahead, cancel_from, change_from
from reservations.sight import seen_by, series_for
from reservations.why_not import Why, why_not
from teams.decorators import signed_in, viewer

FROM = "vanaf"


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


def _mine(request: HttpRequest, pk: uuid.UUID) -> Series:
    found = series_for(viewer(request), pk)
    if not _writes(request, found):
        raise PermissionDenied
    return found


def _from(request: HttpRequest) -> dt.date | None:
    """The first date it is about; none is all of it."""
    said = (request.POST if request.method == "POST" else request.GET).get(FROM, "")
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError:
        return None


@member
@require_POST
def series_cancellation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, by = _mine(request, pk), signed_in(request)
    own = found.created_by_id == by.pk or found.team_id in viewer(request).team_ids
    kind = CancelledBy.HOLDER if own else CancelledBy.KEEPER
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
    found, access, first = _mine(request, pk), viewer(request), _from(request)
    if not found.is_readable:  # type: ignore[attr-defined]
        raise PermissionDenied
    rights = Rights.of(access)
    may = [room.pk for room in Room.objects.in_use() if rights.books_at_once(room)]
    rooms = Room.objects.filter(pk__in=[*may, found.room_id]).select_related("building")
    given: dict[str, Any] = {"by": signed_in(request), "viewer": access, "rights": rights, "of": found, "rooms": rooms}
    form = SeriesChangeForm(request.POST if request.method == "POST" else None, initial=_typed(found), **given)
    if request.method == "POST" and form.is_valid():
        return _changed(request, found, first, form)
    dates = ahead(found, first)
    context = {"series": found, "form": form, "first": first, "dates": dates, "rule": in_words(found)}
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
        use=form.details(),
    )  # fmt: skip
    number = len(done.done)
    said = ngettext("%(number)s date was changed.", "%(number)s dates were changed.", number) % {"number": number}
    messages.success(request, said)
    if not done.stayed:
        return redirect(done.series)
    context = {"series": done.series, "stayed": [(each, _why(each, done, request)) for each in done.stayed]}
    return render(request, "reservations/series_stayed.html", context, status=409)


def _why(booking: Booking, done: Changed, request: HttpRequest) -> list[Why]:
    refusal = done.why[booking.pk]
    if not isinstance(refusal, Taken):
        return [Why(str(refusal))]
    wanted = Booking(
        pk=booking.pk, room=done.series.room, starts=booking.starts, ends=booking.ends, persons=done.series.persons,
        layout=done.series.layout, features=done.series.features,
    )  # fmt: skip
    return why_not([wanted], refusal.in_the_way, viewer(request))[booking.pk]
