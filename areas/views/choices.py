"""Places to choose from while somebody types one: streets with their number, squares, buildings."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from areas.search import MOST, find
from kortrijk_gebied.access import public

LONGEST = 120
# For who is not signed in: a fast typist asks twice in a second, for half a minute.
RATES = {"place-choices": "60/m/ip"}


# It changes nothing; and a token would give everybody who reports something a cookie.
@csrf_exempt
@public
@require_POST
def choices(request: HttpRequest) -> HttpResponse:
    """By POST: what people report, and where, does not belong in a web log."""
    stranger = not request.user.is_authenticated
    if stranger and ratelimit.consume(request, app="areas", action="place-choices", config=RATES) is None:
        return HttpResponse(status=429)
    found = find(request.POST.get("q", "")[:LONGEST])
    return render(request, "areas/choices.html", {"matches": found.matches[:MOST]})
