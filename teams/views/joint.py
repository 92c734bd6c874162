"""A new team of several organisations together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.access import Access
from teams.decorators import allowed, viewer
from teams.forms.joint import JointTeamForm
from teams.models import Function, Team


def may_make_teams(access: Access) -> bool:
    return bool(access.areas("manage")) or access.holds(Function.ADMINISTRATOR)


@allowed("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def team_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not may_make_teams(access):
        raise PermissionDenied
    form = JointTeamForm(request.POST if request.method == "POST" else None, viewer=access)
    if request.method == "POST" and form.saved():
        messages.success(request, _("The team is there. Each administrator adds the people of their own house."))
        shown = Team.objects.readable(access).filter(pk=form.instance.pk).exists()
        return redirect("teams:team", form.instance.code) if shown else redirect("teams:teams")
    return render(request, "teams/joint_form.html", {"form": form}, status=422 if form.errors else 200)
