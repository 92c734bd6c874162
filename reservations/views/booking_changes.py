"""Another room, another moment, or something else that it is for."""

from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.along import add_to
from reservations.choosing import CHOICE, Answer, Holder, looked, refused, room_said, with_choice
from reservations.forms.answers import MoveForm
from reservations.forms.booking import typed_of
from reservations.forms.change import ChangeForm
from reservations.forms.things import ThingsForm
from reservations.models import Booking, Room
from reservations.moves import AsksYes, Moves, move
from reservations.placing import Taken
from reservations.prices.moving import OtherPrice, at_the_price, costs_of_move
from reservations.rights import Rights
from reservations.sight import booking_for, for_proposals
from reservations.views.bookings import VERSION
from reservations.views.requests import version
from teams.decorators import signed_in, viewer

LOOK, KEY, PRICE = "zoek", "sleutel", "prijs"


def _mine(request: HttpRequest, reference: str) -> Booking:
    found = booking_for(viewer(request), reference)
    if not Booking.objects.writable(viewer(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def booking_move(request: HttpRequest, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    if request.method != "POST":
        form = MoveForm(initial=typed_of(found))
        return _move_page(request, found, form, _looked(request, found, _as_wish(found)))
    typed = request.POST.copy()
    if not found.is_readable:  # type: ignore[attr-defined]  # how many they are is asked of nobody else
        blurred = for_proposals(found, is_readable=False)
        typed["personen"], typed["opstelling"] = str(blurred.persons), ""
        typed.setlist("nodig", [])
    data, room = with_choice(typed)
    form = MoveForm(data)
    if not form.is_valid():
        return _move_page(request, found, form, Answer(), status=422)
    if LOOK in data:
        return _move_page(request, found, form, _looked(request, found, form))
    return _moved(request, found, form, room or found.room)


def _looked(request: HttpRequest, found: Booking, form: MoveForm) -> Answer:
    return looked(form, Rights.of(viewer(request)), holder=_holder(found))


def _holder(found: Booking) -> Holder:
    """What is kept for who holds it is free for it."""
    return {"association_id": found.association_id, "organisation_id": found.organisation_id}


def _as_wish(found: Booking) -> MoveForm:
    data = QueryDict(mutable=True)
    form = MoveForm()
    wanted = for_proposals(found, is_readable=found.is_readable)  # type: ignore[attr-defined]
    for name, value in typed_of(wanted).items():
        if name in form.fields:
            data.setlist(form.add_prefix(name), value if isinstance(value, list) else [value] if value else [])
    return MoveForm(data)


def _moved(request: HttpRequest, found: Booking, form: MoveForm, room: Room) -> HttpResponse:
    data = form.cleaned_data
    wanted = Booking(pk=found.pk, room=room, starts=data["starts"], ends=data["ends"], persons=0, **_holder(found))
    if found.is_readable:  # type: ignore[attr-defined]  # what they need is said in a sentence
        wanted.persons, wanted.layout, wanted.features = found.persons, found.layout, found.features
    shown = CHOICE in request.POST  # the price stood beside the button
    agreed = nullcontext() if shown else at_the_price(found, request.POST.get(PRICE, ""), viewer(request))
    try:
        with agreed:
            move(found, by=signed_in(request), room=room, starts=data["starts"], ends=data["ends"])
    except Taken as taken:
        found.refresh_from_db()
        return _move_page(request, found, form, refused(wanted, taken, viewer(request)), status=409)
    except OtherPrice as other:
        found.refresh_from_db()
        return _move_page(request, found, form, Answer(), other=other, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        ask = room if isinstance(refusal, AsksYes) else None
        return _move_page(request, found, form, Answer(), ask=ask, status=409)
    messages.success(request, _("Moved."))
    return redirect(found)


def _move_page(
    request: HttpRequest, found: Booking, form: MoveForm, answer: Answer, *, ask: Room | None = None,
    other: OtherPrice | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    wanted = room_said(str(form["room"].value() or "")) or found.room
    price = costs_of_move(found, answer.options, viewer(request))
    context = {
        "booking": found, "form": form, "answer": answer, "room": wanted, "ask": ask, "other": other, "price": price,
        "costs": price.by_option if price else {}, "moves": Moves.of(found, viewer(request)),
        "asks_which_hour": form.asks_which_hour,
    }  # fmt: skip
    return render(request, "reservations/booking_move.html", context, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def booking_change(request: HttpRequest, reference: str) -> HttpResponse:
    """Its words are those of who may read them."""
    found = _mine(request, reference)
    if not found.is_readable:  # type: ignore[attr-defined]
        raise PermissionDenied
    access, answer, status = viewer(request), Answer(), 200
    given: dict[str, Any] = {"by": signed_in(request), "viewer": access, "rights": Rights.of(access), "of": found}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=typed_of(found), **given)
    if request.method == "POST":
        status = 422
        found.seen = version(request.POST.get(VERSION, ""))
        if form.is_valid():
            try:
                actions.change(found, by=signed_in(request), **form.details())
            except Taken as taken:
                answer, status = refused(found, taken, access), 409
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect(found)
    context = {"booking": found, "form": form, "answer": answer}
    return render(request, "reservations/booking_change.html", context, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def booking_things(request: HttpRequest, reference: str) -> HttpResponse:
    """Things go along with a booking that stands already. The form has a key: sent twice it is once."""
    found = _mine(request, reference)
    form = ThingsForm(request.POST if request.method == "POST" else None)
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not form.is_filled_in:
            problem = _("Choose at least one thing.")
        elif form.is_valid():
            try:
                add_to(found, form.loans(found, key=request.POST.get(KEY, "")), by=signed_in(request))
            except Refused as refusal:
                problem, status = str(refusal), 409
            else:
                messages.success(request, _("It goes along with the room."))
                return redirect(found)
    context = {"booking": found, "form": form, "problem": problem, "key": request.POST.get(KEY) or uuid7()}
    return render(request, "reservations/booking_things.html", context, status=status)
