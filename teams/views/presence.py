"""When somebody can be found where, every week: one's own hours, and those of a team one is in or manages."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from areas.models import Area
from kortrijk_gebied.access import member
from teams.access import Access
from teams.decorators import viewer
from teams.forms.presence import PresenceForm
from teams.models import PresenceHour, Team


def keeps_hours_of(access: Access, team: Team) -> bool:
    return team.pk in access.team_ids or Team.objects.managed_by(access).filter(pk=team.pk).exists()


@member
@require_http_methods(["GET", "HEAD", "POST"])
def team_presence(request: HttpRequest, code: str) -> HttpResponse:
    """What a team has, with the form that adds to it."""
    access = viewer(request)
    team = get_object_or_404(Team.objects.readable(access), code=code)
    if not keeps_hours_of(access, team):
        raise PermissionDenied
    areas = Area.objects.current().filter(teams=team).defer("boundary")
    form = PresenceForm(request.POST if request.method == "POST" else None, team=team, areas=areas)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:team-presence", code)
    hours = PresenceHour.objects.not_over(timezone.localdate()).filter(team=team, user=None).select_related("area")
    context = {"team": team, "form": form, "hours": hours}
    return render(request, "teams/presence.html", context, status=422 if form.errors else 200)


@member
@require_POST
def presence_ending(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """From tomorrow nobody comes to a closed door."""
    found = get_object_or_404(PresenceHour.objects.writable(viewer(request)).select_related("team"), pk=pk)
    found.end()
    messages.success(request, _("Saved."))
    if found.user_id is None and found.team is not None:
        return redirect("teams:team-presence", found.team.code)
    return redirect("teams:reach")
