"""How many came, or that nobody did: told by who keeps the house, from the list of the day or from the booking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations import actions
from reservations.moves import Moves
from reservations.sight import booking_for
from teams.decorators import signed_in, viewer

FROM_LIST = "dag"
DIGITS = 5


@member
@require_POST
def booking_count(request: HttpRequest, reference: str) -> HttpResponse:
    found = booking_for(viewer(request), reference)
    if not Moves.of(found, viewer(request)).decides:
        raise PermissionDenied
    typed = request.POST.get("aantal", "")
    try:
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS):
            raise Refused(_("Give a whole number: how many people came, 0 when nobody did."))
        actions.count(found, by=signed_in(request), headcount=int(typed))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(found.reference, int(typed)))
    day = request.POST.get(FROM_LIST, "")
    return redirect(f"{reverse('reservations:calendar-duty')}?dag={day}" if _is_day(day) else found.get_absolute_url())


def _said(reference: str, came: int) -> str:
    if not came:
        return _("%(reference)s: nobody came.") % {"reference": reference}
    said = ngettext("%(reference)s: %(number)s person came.", "%(reference)s: %(number)s people came.", came)
    return said % {"reference": reference, "number": came}


def _is_day(typed: str) -> bool:
    return len(typed) == 10 and typed.replace("-", "").isdigit()
