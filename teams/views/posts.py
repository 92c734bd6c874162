"""Posts of a team and who holds them: work goes to the post, whoever holds it that day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.decorators import functions, viewer
from teams.forms.teams import PostForm, PostHolderForm
from teams.models import Function, Post, PostHolder, Team
from teams.views.teams import steered_team

administrators = functions(Function.ADMINISTRATOR)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def post_add(request: HttpRequest, code: str) -> HttpResponse:
    team = steered_team(viewer(request), code)
    form = PostForm(request.POST or None, team=team)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved. Now say who holds the post."))
        return redirect("teams:post", form.instance.pk)
    return render(request, "teams/post_form.html", {"form": form, "team": team}, status=422 if form.errors else 200)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post with all who held it; the form on the page adds the next holder."""
    steered = Post.objects.filter(team__in=Team.objects.steered_by(viewer(request)))
    found = get_object_or_404(steered.select_related("team", "area"), pk=pk)
    form = PostHolderForm(request.POST or None, post=found, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:post", found.pk)
    holders = found.holders.select_related("user")
    context = {"post": found, "team": found.team, "holders": holders, "form": form, "today": timezone.localdate()}
    return render(request, "teams/post.html", context, status=422 if form.errors else 200)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    steered = Post.objects.filter(team__in=Team.objects.steered_by(viewer(request)))
    found = get_object_or_404(steered.select_related("team", "area"), pk=pk)
    form = PostForm(request.POST or None, instance=found, team=found.team)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:post", found.pk)
    context = {"form": form, "team": found.team, "post": found}
    return render(request, "teams/post_form.html", context, status=422 if form.errors else 200)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def post_holder(request: HttpRequest, pk: int) -> HttpResponse:
    steered = PostHolder.objects.filter(post__team__in=Team.objects.steered_by(viewer(request)))
    found = get_object_or_404(steered.select_related("post__team", "post__area", "user"), pk=pk)
    form = PostHolderForm(request.POST or None, instance=found, post=found.post)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:post", found.post_id)
    context = {"form": form, "post": found.post, "holder": found, "team": found.post.team}
    return render(request, "teams/post_holder_form.html", context, status=422 if form.errors else 200)
