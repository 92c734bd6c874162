"""The own rota in another calendar: where one makes and revokes the address, and the file itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member, public
from kortrijk_gebied.throttle import throttled
from teams.decorators import signed_in
from teams.models import RotaCalendar
from teams.rota.calendars import give_new, named_by, revoke, why_closed, written

# Of one address on the internet: Google and Outlook come for many colleagues from the same few.
RATE = "600/m/ip"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "same-origin",
    "Content-Disposition": 'inline; filename="beurtrol.ics"',
}


@member
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: HttpRequest) -> HttpResponse:
    """The new address is shown in this answer and nowhere else, so without a redirect that would have to carry it."""
    user = signed_in(request)
    address = give_new(user) if request.method == "POST" else ""
    kept = RotaCalendar.objects.filter(owner=user, revoked_at__isnull=True).first()
    return render(request, "teams/rota/calendar.html", {"address": address, "kept": kept})


@member
@require_POST
def revocation(request: HttpRequest) -> HttpResponse:
    revoke(signed_in(request))
    messages.success(request, _("The calendar of your rota opens nothing any more."))
    return redirect("rota:calendar")


@public
@throttled("rota-calendar", RATE)
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """Nobody is signed in here: whoever has the address reads the turns and rounds of its owner."""
    found = named_by(token)
    if found is None:
        return _said(_("There is no calendar here. Look whether the whole address was copied."), 404)
    if why := why_closed(found):
        return _said(why, 410)
    return HttpResponse(written(found.owner), content_type="text/calendar; charset=utf-8", headers=HEADERS)


def _said(sentence: str, status: int) -> HttpResponse:
    headers = {name: value for name, value in HEADERS.items() if name != "Content-Disposition"}
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)
