"""Members from outside at a joint table, kept by who manages its areas and by administrators."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.access import Access
from teams.decorators import allowed, viewer
from teams.forms.joint import ExternalMemberForm
from teams.models import ExternalMember, Team


def keeps_outsiders_of(access: Access, team: Team) -> bool:
    kept = Team.objects.set_by(access) | Team.objects.managed_by(access)
    return team.organisation_id is None and kept.filter(pk=team.pk).exists()


@allowed("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def external_add(request: HttpRequest, code: str) -> HttpResponse:
    access = viewer(request)
    team = get_object_or_404(Team.objects.readable(access), code=code)
    if not keeps_outsiders_of(access, team):
        raise PermissionDenied
    return _form(request, team, None)


@allowed("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def external(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(ExternalMember.objects.readable(access).select_related("team"), pk=pk)
    if not ExternalMember.objects.writable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    return _form(request, found.team, found)


def _form(request: HttpRequest, team: Team, found: ExternalMember | None) -> HttpResponse:
    form = ExternalMemberForm(request.POST if request.method == "POST" else None, instance=found, team=team)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:team", team.code)
    context = {"form": form, "team": team, "external": found}
    return render(request, "teams/external_form.html", context, status=422 if form.errors else 200)
