"""The inbox of who keeps a building: what asks for a yes or a no."""

import uuid
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.answering import Answered, say_no, say_yes
from reservations.forms.answers import RefusalForm
from reservations.inbox import asking, competing, moments, number
from reservations.models import Booking
from reservations.register.looking import looked_at
from reservations.rights import Rights
from reservations.sight import series_for
from reservations.unanswered import missed
from teams.decorators import signed_in, viewer

A_PAGE, MOST_MISSED = 25, 20
DATE, EVERY, ALL = "datum", "elke-datum", "alle"
DIGITS = 9  # of the number of a version


@member
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not Rights.of(access).keeps:
        raise PermissionDenied
    page = Paginator(competing(access), A_PAGE).get_page(request.GET.get("page"))
    found = moments(access, list(page))
    asked = [each.booking for moment in found for each in moment.lines]
    looked_at([each.contact for each in asked if each.is_readable], by=signed_in(request), surface="request")  # type: ignore[attr-defined]
    context = {
        "page": page, "moments": found, "count": number(access),
        "reasons": RefusalForm(), "missed": missed(access)[:MOST_MISSED], "DATE": DATE, "EVERY": EVERY, "ALL": ALL,
    }  # fmt: skip
    return render(request, "reservations/requests.html", context)


def version(said: str) -> int | None:
    """The `sequence` that stood on the screen; None asks nothing."""
    return int(said) if said.isdecimal() and len(said) <= DIGITS else None


@member
@require_POST
def series_confirmation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    def confirm(dates: Sequence[Booking]) -> str:
        done = say_yes(dates, by=signed_in(request))
        count = len(done.done)
        said = ngettext("%(number)s date is confirmed.", "%(number)s dates are confirmed.", count) % {"number": count}
        return f"{said} {_stayed(done)}".strip()

    return _answered(request, pk, confirm)


@member
@require_POST
def series_refusal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    def refuse(dates: Sequence[Booking]) -> str:
        answer = RefusalForm(request.POST).said()
        if not answer:
            raise Refused(_("Say why: whoever asked reads it."))
        done = say_no(dates, by=signed_in(request), answer=answer)
        count = len(done.done)
        said = ngettext("%(number)s date is refused.", "%(number)s dates are refused.", count) % {"number": count}
        return f"{said} {_stayed(done)}".strip()

    return _answered(request, pk, refuse)


def _answered(request: HttpRequest, pk: uuid.UUID, act: Callable[[Sequence[Booking]], str]) -> HttpResponse:
    """Only of the rooms that the viewer keeps, and of what stood on their screen."""
    access = viewer(request)
    found = series_for(access, pk)
    mine = asking(access).filter(series=found)
    if not Rights.of(access).keeps & set(found.bookings.values_list("room__building", flat=True)):
        raise PermissionDenied
    seen = dict(each.partition(":")[::2] for each in request.POST.getlist(EVERY if ALL in request.POST else DATE))
    dates = list(mine.filter(reference__in=seen))
    for each in dates:
        each.seen = version(seen[each.reference])
    try:
        if not dates:
            raise Refused(_("Choose at least one date."))
        messages.success(request, act(dates))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reservations:requests")


def _stayed(done: Answered) -> str:
    count = len(done.stayed)
    if not count:
        return ""
    said = ngettext("%(number)s is still here: see why.", "%(number)s are still here: see why.", count)
    return said % {"number": count}
