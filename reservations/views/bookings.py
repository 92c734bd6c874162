"""One booking: what, where, when, how it stands, and what may be done with it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.booking import book
from reservations.choosing import Answer, refused
from reservations.forms.answers import CancellationForm, RefusalForm
from reservations.models import Booking
from reservations.moves import Moves, next_in_words, who_cancels
from reservations.placing import Taken
from reservations.register.looking import looked_at
from reservations.rights import Rights
from reservations.serial import use_of
from reservations.sight import booking_for, history_for
from reservations.views.booking import what_came_of
from reservations.views.requests import version
from teams.decorators import signed_in, viewer

OVER, NEXT, VERSION = "toch", "next", "versie"


@member
@require_safe
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    return shown(request, booking_for(viewer(request), reference))


def shown(
    request: HttpRequest, found: Booking, answer: Answer | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    access = viewer(request)
    moves = Moves.of(found, access)
    if found.is_readable and moves.decides and not found.created_by:  # type: ignore[attr-defined]
        looked_at([found.contact], by=signed_in(request), surface="booking")
    context = {
        "booking": found, "moves": moves, "next": next_in_words(found), "refusal": refusal,
        "answer": answer or Answer(), "reasons": RefusalForm(), "typed": request.POST,
        "cancellation": CancellationForm(request.POST if request.method == "POST" else None),
    }  # fmt: skip
    return render(request, "reservations/booking.html", context, status=status)


@member
@require_safe
def booking_history(request: HttpRequest, reference: str) -> HttpResponse:
    """For who may read it: a change says who made it, and what stood there."""
    found = booking_for(viewer(request), reference)
    if not found.is_readable:  # type: ignore[attr-defined]
        raise PermissionDenied
    context = {
        "about": found.reference, "title": found.title, "back": found.get_absolute_url(),
        "steps": history_for(viewer(request), found),
    }  # fmt: skip
    return render(request, "history.html", context)


class Unsaid(Refused):
    """A word is missing: the page comes back and asks for it."""


# --- what is done with it ---------------------------------------------------------------------------------


def _act(request: HttpRequest, reference: str, allows: str, act: Callable[[Booking], str]) -> HttpResponse:
    """`allows` names the move; `act` does it and gives what is said then."""
    found = booking_for(viewer(request), reference)
    moves = Moves.of(found, viewer(request))
    if not moves.writes or (allows in ("treat", "put_back", "refuse") and not moves.decides):
        raise PermissionDenied
    if allows == "confirm" and not moves.rights.may_confirm(found):
        raise PermissionDenied
    found.seen = version(request.POST.get(VERSION, ""))
    try:
        said = act(found)
    except Taken as taken:
        return shown(
            request, booking_for(viewer(request), reference), refused(found, taken, viewer(request)), status=409
        )
    except Refused as refusal:
        status = 422 if isinstance(refusal, Unsaid) else 409
        return shown(request, booking_for(viewer(request), reference), refusal=str(refusal), status=status)
    messages.success(request, said)
    to_inbox = request.POST.get(NEXT) == reverse("reservations:requests")
    return redirect("reservations:requests") if to_inbox else redirect(found)


@member
@require_POST
def booking_confirmation(request: HttpRequest, reference: str) -> HttpResponse:
    def confirm(found: Booking) -> str:
        over = OVER in request.POST and Rights.of(viewer(request)).decides(found.room)
        actions.confirm(found, by=signed_in(request), over_holds=over)
        return _("%(reference)s is confirmed.") % {"reference": found.reference}

    return _act(request, reference, "confirm", confirm)


@member
@require_POST
def booking_treatment(request: HttpRequest, reference: str) -> HttpResponse:
    def treat(found: Booking) -> str:
        actions.treat(found, by=signed_in(request))
        return _("%(reference)s is in treatment: nobody gets in between.") % {"reference": found.reference}

    return _act(request, reference, "treat", treat)


@member
@require_POST
def booking_return(request: HttpRequest, reference: str) -> HttpResponse:
    def put_back(found: Booking) -> str:
        actions.put_back(found, by=signed_in(request))
        return _("%(reference)s stands with the requests again.") % {"reference": found.reference}

    return _act(request, reference, "put_back", put_back)


@member
@require_POST
def booking_refusal(request: HttpRequest, reference: str) -> HttpResponse:
    def refuse(found: Booking) -> str:
        answer = RefusalForm(request.POST).said()
        if not answer:
            raise Unsaid(_("Say why: whoever asked reads it."))
        actions.refuse(found, by=signed_in(request), answer=answer)
        return _("%(reference)s is refused, and whoever asked reads why.") % {"reference": found.reference}

    return _act(request, reference, "refuse", refuse)


@member
@require_POST
def booking_cancellation(request: HttpRequest, reference: str) -> HttpResponse:
    def cancel(found: Booking) -> str:
        by = signed_in(request)
        actions.cancel(found, by=by, kind=who_cancels(found, by), answer=CancellationForm(request.POST).said())
        return _("Cancelled. The room is free for others; a mistake? Book it again below.")

    return _act(request, reference, "cancel", cancel)


@member
@require_POST
def booking_again(request: HttpRequest, reference: str) -> HttpResponse:
    """The same once more, after it was cancelled or a hold ended: pressed twice it is one booking."""
    found = booking_for(viewer(request), reference)
    moves = Moves.of(found, viewer(request))
    if not moves.writes or not found.is_readable:  # type: ignore[attr-defined]
        raise PermissionDenied
    if not moves.again:
        return shown(request, found, refusal=_("This booking still stands, or its moment is over."), status=409)
    copy = Booking(
        id=uuid.uuid5(found.pk, "again"), room=found.room, starts=found.starts, ends=found.ends, **use_of(found)
    )
    try:
        made = book(copy, by=signed_in(request))
    except Taken as taken:
        return shown(request, found, refused(copy, taken, viewer(request)), status=409)
    except Refused as refusal:
        return shown(request, found, refusal=str(refusal), status=409)
    messages.success(request, what_came_of(made))
    return redirect(made)
