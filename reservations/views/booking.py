"""One page to find a room and book it. Its key stands in its address: sent twice it is one booking."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.htmx import is_fragment
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.kept import give_back
from kortrijk_gebied.refusals import Refused
from reservations.booking import book
from reservations.choosing import Answer, looked, refused, room_said, with_choice
from reservations.for_meetings import MEETING, link, stays_too
from reservations.forms.booking import BookingForm, typed_of
from reservations.forms.names import NAMES, address_of, as_sent, chosen
from reservations.forms.repeat import RepeatForm
from reservations.forms.things import ThingsForm
from reservations.forms.wish import WishForm, usual
from reservations.locking import undisturbed
from reservations.models import Booking, BookingState, Room, Series
from reservations.placing import Taken
from reservations.prices.asking import costs_shown, holder_of
from reservations.rights import Rights
from reservations.sentence.reading import read
from reservations.sight import booking_for
from reservations.views.series_booking import series_asked
from teams.decorators import signed_in, viewer

KEY, HOLD, OVER, LOOK, COPY, WAIT, SENTENCE = "sleutel", "optie", "toch", "zoek", "kopie", "wacht", "wens"


@member
@require_http_methods(["GET", "HEAD", "POST"])
def booking_add(request: HttpRequest) -> HttpResponse:
    key = _key(request)
    if key is None:
        asked = _with_sentence(request.GET)
        asked[KEY] = str(uuid7())
        return redirect(f"{request.path}?{asked.urlencode()}")
    if made := _made(key, request):
        messages.info(request, _("You sent this form before: this is what came of it."))
        return redirect(made)
    return _asked(request, key) if request.method == "POST" else _begun(request)


def _with_sentence(asked: QueryDict) -> QueryDict:
    """What one sentence says stands in the fields, to be corrected there."""
    sentence = str(asked.get(SENTENCE, ""))
    if not sentence or NAMES["day"] in asked:
        return asked.copy()
    return QueryDict(f"{address_of({**read(sentence).fields})}&{urlencode({SENTENCE: sentence})}").copy()


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(KEY, ""))
    except ValueError:
        return None


def _made(key: uuid.UUID, request: HttpRequest) -> Booking | Series | None:
    for model in (Booking, Series):
        if found := model.objects.filter(pk=key, created_by=signed_in(request)).first():
            return found
    return None


# --- looking ----------------------------------------------------------------------------------------------


def _begun(request: HttpRequest) -> HttpResponse:
    typed = give_back(request)
    if typed is not None:
        messages.info(request, _("You had been signed out. What you typed still stands here: send it once more."))
    form = _form(request, initial=_filled_in(request) if typed is None else _unsent(typed))
    form.things = ThingsForm(typed)
    repeat = RepeatForm(initial=chosen(request.GET if typed is None else typed))
    room = room_said(str(form["room"].value() or ""))
    answer = Answer() if room else _looked(request, form, repeat)
    return _page(request, form, repeat, room, answer)


def _looked(request: HttpRequest, form: BookingForm, repeat: RepeatForm) -> Answer:
    wish = WishForm(as_sent(form, WishForm.base_fields))
    again = RepeatForm(as_sent(repeat, RepeatForm.base_fields))
    return looked(wish, Rights.of(viewer(request)), again, holder=holder_of(form, signed_in(request)))


def _filled_in(request: HttpRequest) -> dict[str, Any]:
    """The usual, what one booked before and books again, and what the address says."""
    wanted = usual()
    if reference := request.GET.get(COPY):
        found = booking_for(viewer(request), reference)
        wanted |= {**typed_of(found), **({} if found.is_readable else {"title": "", "note": "", "persons": ""})}  # type: ignore[attr-defined]
    said = {name: value for name, value in chosen(request.GET).items() if value}
    if "start" in said and "end" not in said:
        said["end"] = _two_hours_after(said["start"])
    return {**wanted, **said}


def _two_hours_after(start: str) -> str:
    hour, _colon, minutes = start.partition(":")
    return f"{(int(hour) + 2) % 24:02d}:{minutes}" if hour.isdigit() else ""


# --- booking ----------------------------------------------------------------------------------------------


def _asked(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    data, room = with_choice(request.POST)
    repeat, wish = RepeatForm(data), WishForm(data)
    if LOOK in data or room is None:
        form = _form(request, data=data) if not wish.is_valid() else _form(request, initial=_unsent(data))
        found = looked(wish, Rights.of(viewer(request)), repeat, holder=holder_of(form, signed_in(request)))
        return _page(request, form, repeat, None, found)
    form = _form(request, data=data)
    if not (form.is_valid() & form.things.is_valid()):
        return _page(request, form, repeat, room, Answer(), 422)
    if repeat.repeats:
        return series_asked(request, key, form, repeat, room) or _page(request, form, repeat, room, Answer(), 422)
    return _booked(request, form.booking(room, id=key), form, repeat)


def _booked(request: HttpRequest, booking: Booking, form: BookingForm, repeat: RepeatForm) -> HttpResponse:
    data, room = request.POST, booking.room
    try:
        with undisturbed():
            made = book(
                booking, by=signed_in(request), hold=HOLD in data, over_holds=OVER in data, wait=WAIT in data,
                loans=form.things.loans(booking),
            )  # fmt: skip
            former = link(made, request.GET.get(MEETING, ""), viewer(request))
    except Taken as taken:
        return _page(request, form, repeat, room, refused(booking, taken, viewer(request)), 409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, repeat, room, Answer(), 422)
    messages.success(request, what_came_of(made))
    if former:
        messages.warning(request, stays_too(former))
    return redirect(made)


def what_came_of(made: Booking) -> str:
    if made.state == BookingState.HELD:
        return _("On hold. Confirm it before the hold ends.")
    if made.state == BookingState.REQUESTED:
        return _("Asked. The keeper of the building answers it, and you hear that by mail.")
    if made.state == BookingState.REFUSED:
        return _("Noted. When the room comes free you get it on hold, and a mail.")
    return _("Booked. The room is yours.")


def _unsent(data: QueryDict) -> dict[str, Any]:
    """What was typed, without saying yet what is missing; a box that was not ticked is not sent."""
    return {**chosen(data), "is_shared": NAMES["is_shared"] in data}


# --- the page ---------------------------------------------------------------------------------------------


def _form(request: HttpRequest, **given: Any) -> BookingForm:
    access = viewer(request)
    form = BookingForm(by=signed_in(request), viewer=access, rights=Rights.of(access), **given)
    form.things = ThingsForm(request.POST if request.method == "POST" else None)
    return form


def _page(
    request: HttpRequest, form: BookingForm, repeat: RepeatForm, room: Room | None, answer: Answer, status: int = 200
) -> HttpResponse:
    rights = Rights.of(viewer(request))
    typed = form.data if form.is_bound else as_sent(form, WishForm.base_fields)
    context = {
        "form": form, "repeat": repeat, "room": room, "answer": answer, "page": request.get_full_path(),
        "state": rights.state(room) if room else "", "may_hold": bool(room and rights.may_hold(room)),
        "asks_which_hour": form.asks_which_hour or bool(form["later"].value()),
        "repeats": bool(repeat["frequency"].value()),
        "sentence": request.GET.get(SENTENCE, ""),
        "said": read(request.GET[SENTENCE]) if request.method == "GET" and request.GET.get(SENTENCE) else None,
        # Room or hours came along: what is still to be said is what for.
        "goes_on": request.method == "GET" and NAMES["day"] in request.GET,
        **costs_shown(form, room, answer.options, typed, signed_in(request)),
    }  # fmt: skip
    page = "reservations/booking_form.html"
    status = 422 if form.errors and status == 200 else status
    response = render(request, f"{page}#free" if is_fragment(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
