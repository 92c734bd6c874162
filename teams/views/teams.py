"""Teams: who is in them, which posts they hold, where they work."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from teams.access import Access
from teams.decorators import allowed, functions, viewer
from teams.forms.people import MembershipForm
from teams.forms.teams import TeamForm
from teams.models import ExternalMember, Function, Membership, PostHolder, PresenceHour, Team
from teams.models.posts import away_on
from teams.models.teams import Dated
from teams.views.external import keeps_outsiders_of
from teams.views.joint import may_make_teams
from teams.views.presence import keeps_hours_of

MOST_ENDED = 100
administrators = functions(Function.ADMINISTRATOR)


@member
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    access, today = viewer(request), timezone.localdate()
    valid = Q(memberships__in=Membership.objects.valid_on(today))
    found = (
        Team.objects.readable(access)
        .valid_on(today)
        .select_related("organisation")
        .prefetch_related(Prefetch("areas", Area.objects.current().defer("boundary")))
        .annotate(size=Count("memberships__user", filter=valid, distinct=True))
        .order_by("organisation_id", "kind", "name")
    )
    ended = Team.objects.readable(access).filter(ends__lt=today).order_by("-ends", "name", "pk")[:MOST_ENDED]
    own = [team for team in found if team.organisation_id is not None]
    joint = [team for team in found if team.organisation_id is None]
    context = {
        "own": own, "joint": joint, "my_ids": access.team_ids, "ended": ended,
        "may_make_teams": may_make_teams(access),
    }  # fmt: skip
    return render(request, "teams/teams.html", context)


@member
@require_safe
def team(request: HttpRequest, code: str) -> HttpResponse:
    access, today = viewer(request), timezone.localdate()
    found = get_object_or_404(Team.objects.readable(access).select_related("organisation"), code=code)
    members = found.memberships.filter(Dated.valid(today), user__is_active=True).select_related("user__organisation")
    holders = PostHolder.objects.valid_on(today).select_related("user").prefetch_related(away_on(today))
    posts = found.posts.select_related("area").prefetch_related(Prefetch("holders", holders, to_attr="current"))
    context = {
        "team": found,
        "members": members.order_by("user__organisation", "user__name", "pk").prefetch_related(away_on(today)),
        "outsiders": ExternalMember.objects.filter(Dated.valid(today), team=found),
        "keeps_outsiders": keeps_outsiders_of(access, found),
        "posts": posts,
        "hours": PresenceHour.objects.valid_on(today).filter(team=found, user=None).select_related("area"),
        "keeps_hours": keeps_hours_of(access, found),
        "manages": Team.objects.managed_by(access).filter(pk=found.pk).exists(),
        "steers": Team.objects.steered_by(access).filter(pk=found.pk).exists(),
        "sets": Team.objects.set_by(access).filter(pk=found.pk).exists(),
        "organisation_id": access.organisation_id,
    }
    return render(request, "teams/team.html", context)


def steered_team(access: Access, code: str) -> Team:
    found = get_object_or_404(Team.objects.readable(access), code=code)
    if not Team.objects.steered_by(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


@allowed("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def team_settings(request: HttpRequest, code: str) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(Team.objects.readable(access), code=code)
    if not Team.objects.set_by(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    form = TeamForm(request.POST or None, instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:team", found.code)
    return render(request, "teams/team_form.html", {"form": form, "team": found}, status=422 if form.errors else 200)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def team_member_add(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody of the viewer's own organisation joins the team, a joint one too."""
    access = viewer(request)
    found = get_object_or_404(Team.objects.readable(access), code=code)
    if not Team.objects.managed_by(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    form = MembershipForm(request.POST or None, viewer=access, initial={"starts": timezone.localdate()})
    form.fix("team", found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:team", found.code)
    context = {"form": form, "team": found}
    return render(request, "teams/membership_form.html", context, status=422 if form.errors else 200)
