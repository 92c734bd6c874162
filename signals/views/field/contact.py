"""What a tablet asks before anything else: who is signed in, with which key it seals, what it is asked to do."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kortrijk_gebied.access import public
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import within
from signals.field import keys, records, shifts
from signals.field.binding import bind, is_page_of_the_shift
from signals.models import Order, Shift, Tablet
from signals.views.field.answers import CONTACT_RATE, no, sent, spoken, too_often
from teams.access import access_of
from teams.decorators import signed_in
from teams.models import Function, User

LARGEST = 2**62  # of what a tablet says of itself


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: HttpRequest) -> HttpResponse:
    if not within(request, "field-contact", CONTACT_RATE):
        return too_often()
    tablet = shifts.tablet_of(request)
    if tablet:
        tablet.was_seen()
    if request.method == "POST":
        if tablet:
            _note(tablet, sent(request))
        return HttpResponse(status=204)
    if tablet and tablet.order and request.user.is_authenticated:
        shifts.end(by=signed_in(request), tablet=tablet)
        logout(request)
    return JsonResponse(_standing(request, tablet))


@spoken
@require_POST
def shift(request: HttpRequest) -> HttpResponse:
    """Begin a shift on this tablet. Who has the session of another shift alone has to prove who it is."""
    user, said = signed_in(request), sent(request)
    word = str(said.get("word") or "")
    if not is_page_of_the_shift(request.session, word):
        return no(401, _("Sign in again to start a shift."))
    if not access_of(user).may("register"):
        return no(403, _("You do not register on the street: ask your administrator."))
    try:
        begun = shifts.start(
            shift_id=uuid.UUID(str(said.get("id"))), by=user, name=str(said.get("name") or ""),
            tablet=shifts.tablet_of(request) or shifts.tablet_of_token(str(said.get("before") or "")),
        )  # fmt: skip
    except ValueError:
        return no(422, _("We cannot read what the tablet sent. Load the page again."))
    except Refused as refusal:
        return no(403, str(refusal))
    bind(request.session, word)
    told = {**_tablet(begun.tablet), "token": shifts.token_of(begun.tablet)}
    response = JsonResponse({**_shift(begun), "person": _person(user), "tablet": told}, status=201)
    shifts.remember(response, begun.tablet, secure=not settings.DEMO)
    return response


@spoken
@require_POST
def shift_end(request: HttpRequest) -> HttpResponse:
    """End it, and sign out. Whether everything left, the tablet knows: it asks this only when it did."""
    shifts.end(by=signed_in(request), tablet=shifts.tablet_of(request))
    logout(request)
    return HttpResponse(status=204)


def _standing(request: HttpRequest, tablet: Tablet | None) -> dict[str, Any]:
    user = request.user if isinstance(request.user, User) and request.user.is_active else None
    running = shifts.running(user, tablet) if user else None
    key = keys.current()
    return {
        "now": timezone.now().isoformat(),
        "csrf": get_token(request),
        "person": _person(user) if user else None,
        "tablet": _tablet(tablet) if tablet else None,
        "key": {"id": key.pk, "jwk": key.public},
        "shift": {"id": str(running.pk), "pass": shifts.pass_of(running)} if running else None,
    }


def _person(user: User) -> dict[str, Any]:
    access = access_of(user)
    return {
        "id": str(user.pk),
        "name": user.name,
        "may_register": access.may("register"),
        "may_recover": access.holds(Function.COORDINATOR),
    }


def _tablet(tablet: Tablet) -> dict[str, Any]:
    return {"id": str(tablet.pk), "name": tablet.name, "order": tablet.order, "revoked": tablet.is_revoked}


def _shift(shift: Shift) -> dict[str, Any]:
    return {"shift": str(shift.pk), "pass": shifts.pass_of(shift)}


def _note(tablet: Tablet, said: dict[str, Any]) -> None:
    """What it says of itself: how much waits there, since when, and how its clock stands."""
    clock, now = records.moment(said.get("clock")), timezone.now()
    if not said.get("done"):  # doing what was asked, it did not count
        tablet.waiting = _count(said, "waiting", 2**31 - 1) or 0
        tablet.attention = _count(said, "attention", 2**31 - 1) or 0
        tablet.oldest_at = records.moment(said.get("oldest"))
    tablet.used, tablet.quota = _count(said, "used", LARGEST), _count(said, "quota", LARGEST)
    tablet.clock_offset_ms = round((now - clock).total_seconds() * 1000) if clock else None
    tablet.shell, tablet.seen_at = records.storable(str(said.get("shell") or ""))[:64], now
    tablet.save(
        update_fields=["waiting", "attention", "oldest_at", "used", "quota", "clock_offset_ms", "shell", "seen_at"]
    )
    if said.get("done") in Order.values:
        tablet.carried_out(said["done"])


def _count(said: dict[str, Any], name: str, most: int) -> int | None:
    found = records.number(said, name, 0, most)
    return None if found is None else int(found)
