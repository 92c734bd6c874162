"""What a tablet takes along to read where there is no network, and what was read there."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from signals.field.binding import is_page_of_the_shift
from signals.field.reading import mark_read, reading_of
from signals.field.shifts import running, tablet_of
from signals.views.field.answers import no, sent, spoken
from teams.access import access_of
from teams.decorators import signed_in


@spoken
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """Only on a tablet that is in use: what is taken along is taken out of the house. Not by its address alone, which
    whoever finds a locked tablet can type."""
    tablet, user = tablet_of(request), signed_in(request)
    in_hand = is_page_of_the_shift(request.session, request.headers.get("X-Word", ""))
    if not in_hand or tablet is None or tablet.is_revoked or tablet.order or not access_of(user).may("register"):
        return no(403, _("Start a shift on this tablet first."))
    shift = running(user, tablet)
    since = shift.started_at if shift else timezone.now()
    return JsonResponse({**reading_of(user, since), "person": {"id": str(user.pk), "name": user.name}})


@spoken
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    keys = sent(request).get("ids")
    mark_read(signed_in(request), keys if isinstance(keys, list) else [])
    return HttpResponse(status=204)
