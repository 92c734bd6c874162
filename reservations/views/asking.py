"""A contact of an association asks for a room by a link in a mail: an address first, then the page behind the link."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import public
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.keyed import keyed
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled, within
from reservations.choosing import Answer, Holder, looked, refused, with_choice
from reservations.forms.asking import AddressForm, AskForm
from reservations.forms.repeat import RepeatForm
from reservations.forms.wish import WishForm, usual
from reservations.models import Booking, Contact, Room
from reservations.placing import Taken
from reservations.prices.asking import costs_for
from reservations.register import asking, links, renewing, telling
from reservations.views.asking_series import series_asked
from reservations.views.series_booking import BACK
from teams.access import Access

KEY = "sleutel"
PAGES, ADDRESSES = "60/m/ip", "3/h/key"


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Behind the link: who has none, or none any more, begins with an address."""

    @public
    @keyed
    @throttled("room-link", PAGES)
    @wraps(view)
    def opened(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponse:
        contact = links.contact_of(request.session)
        if contact is None:
            links.leave(request.session)
            messages.info(request, _("Your link is over. Ask for a new one: it comes at once."))
            return redirect("room-by-mail")
        return view(request, contact, *args, **kwargs)

    return opened


@public
@keyed
@throttled("room-by-mail", "40/h/ip")
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest) -> HttpResponse:
    """Always the same answer: nobody learns here whose address we know."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].lower()
        if within(request, "room-link-address", ADDRESSES, key=address):
            links.ask_by_mail(address)
        return render(request, "reservations/public/mail_sent.html")
    if request.method != "POST" and links.contact_of(request.session):
        return redirect("room-ask")
    return render(request, "reservations/public/by_mail.html", {"form": form}, status=422 if form.errors else 200)


@public
@keyed
@throttled("room-link", PAGES)
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it asks for nothing; mail scanners open every link."""
    contact = links.named_by(token)
    if contact is None:
        return render(request, "reservations/public/link_over.html", status=410)
    links.open_for(request.session, contact)
    return redirect("room-ask")


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def ask(request: HttpRequest, contact: Contact) -> HttpResponse:
    key = _key(request)
    if key is None:
        return redirect(f"{request.path}?{KEY}={uuid7()}")
    if request.method != "POST":
        return _page(request, contact, AskForm(initial=usual()), Answer())
    data, room = with_choice(request.POST)
    form, repeat = AskForm(data), RepeatForm(data)
    if room is None or not form.is_valid():
        found = _free(WishForm(data), contact, repeat)
        return _page(request, contact, form, found, repeat=repeat, status=422 if form.errors else 200)
    if not repeat.repeats:
        return _asked(request, contact, form, form.booking(room, id=key))
    if (answer := series_asked(request, contact, key, form, repeat, room)) is not None:
        return answer
    found = _free(WishForm(data), contact, repeat)
    return _page(request, contact, form, found, repeat=repeat, status=200 if BACK in data else 422)


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(KEY, ""))
    except ValueError:
        return None


def _free(wish: WishForm, contact: Contact, repeat: RepeatForm) -> Answer:
    """Of every house but those of the police. Who asks from outside has no rights: everything can only be asked."""
    without = asking.not_for_associations()
    return looked(wish, asking.NO_RIGHTS, repeat, holder=_holder(contact), without=without)


def _holder(contact: Contact) -> Holder:
    return {"association_id": contact.association_id, "organisation_id": None}


def _asked(request: HttpRequest, contact: Contact, form: AskForm, booking: Booking) -> HttpResponse:
    try:
        made = asking.ask(booking, contact)
    except Taken as taken:
        answer = refused(booking, taken, Access(), without=asking.not_for_associations())
        return _page(request, contact, form, answer, booking.room, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, contact, form, Answer(), booking.room, status=422)
    said = _("Asked: %(reference)s. The keeper of the building answers, and you get a mail.")
    messages.success(request, " ".join([said % {"reference": made.reference}, *telling.price_of(made)]))
    return redirect("room-ask")


def _page(
    request: HttpRequest, contact: Contact, form: AskForm, answer: Answer, room: Room | None = None, status: int = 200,
    repeat: RepeatForm | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "contact": contact, "form": form, "repeat": repeat or RepeatForm(), "answer": answer, "room": room,
        "lines": asking.shown(contact),
        "asks_which_hour": form.asks_which_hour, "page": request.get_full_path(),
        "instead": answer.instead, "costs": costs_for(answer.options, _holder(contact)),
    }  # fmt: skip
    return render(request, "reservations/public/ask.html", context, status=status)


@require_POST
@by_link
def cancellation(request: HttpRequest, contact: Contact, reference: str) -> HttpResponse:
    found = get_object_or_404(
        asking.asked_by(contact).select_related("room__building__owner"), reference=reference.upper()
    )
    try:
        asking.cancel(found, contact)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("room-ask")
    said = [_("%(reference)s is cancelled.") % {"reference": found.reference}, *telling.price_of(found)]
    messages.success(request, " ".join(said))
    return redirect("room-ask")


@public
@keyed
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    links.leave(request.session)
    messages.success(request, _("Closed. On this device nobody asks for a room in your name now."))
    return redirect("room-by-mail")


@public
@keyed
@throttled("room-link", PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest, token: str) -> HttpResponse:
    """What we hold of a contact; they let it stand, or have it erased."""
    contact = renewing.named_by(token)
    done = ""
    if contact and request.method == "POST":
        if "ja" in request.POST:
            renewing.renew(contact)
            done = "stays"
        elif "nee" in request.POST:
            renewing.forget(contact)
            done = "erased"
    context = {"contact": contact, "done": done}
    return render(request, "reservations/public/renewal.html", context, status=200 if contact else 410)
