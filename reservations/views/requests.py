"""The inbox of who keeps a building: what asks for a yes or a no."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from reservations.forms.answers import RefusalForm
from reservations.inbox import moments
from reservations.rights import Rights
from teams.decorators import viewer


@member
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not Rights.of(access).keeps:
        raise PermissionDenied
    found = moments(access)
    context = {"moments": found, "count": sum(len(each.lines) for each in found), "reasons": RefusalForm()}
    return render(request, "reservations/requests.html", context)
