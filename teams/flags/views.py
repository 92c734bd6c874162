"""The list of what asks for attention now, and what its team does with it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area
from kortrijk_gebied.history import steps_of
from kortrijk_gebied.refusals import Refused
from teams.decorators import allowed, signed_in, viewer
from teams.flags.forms import USUAL, EndingForm, FlagForm, ReviewForm
from teams.forms.overtaken import repeats
from teams.forms.plans import key_in
from teams.models import AreaFlag

PER_PAGE = 50


@allowed("view")
@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """What is due for review stands first: the order is that of the review."""
    access, over = viewer(request), request.GET.get("toon") == "voorbij"
    readable = AreaFlag.objects.readable(access)
    found = readable.exclude(pk__in=AreaFlag.objects.open()).order_by("-at", "-pk") if over else readable.open()
    area = Area.objects.current().filter(code=request.GET.get("gebied", "")).defer("boundary").first()
    if area:
        found = found.of_areas([area])
    page = Paginator(with_words(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "over": over, "area": area, "may_add": bool(access.team_ids), "teams": access.team_ids}
    return render(request, "teams/flags/flags.html", context)


def with_words(found: QuerySet[AreaFlag]) -> QuerySet[AreaFlag]:
    """With all that a line says, in two queries."""
    return found.select_related("team", "ended_by").prefetch_related(Prefetch("areas", Area.objects.defer("boundary")))


@allowed("view")
@require_http_methods(["GET", "HEAD", "POST"])
def flag_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not access.team_ids:
        raise PermissionDenied
    there = Area.objects.current().filter(code=request.GET.get("gebied", ""), pk__in=access.areas("view")).first()
    form = FlagForm(posted(request), viewer=access, initial={"areas": [there.pk]} if there else None)
    if request.method == "POST":
        made = AreaFlag.objects.filter(pk=key_in(request.POST, "key"), by=signed_in(request)).first()
        if repeats(form, made) if made else form.saved(lambda: _make(form, request)):
            messages.success(request, _("It stands on the page of the area and in the briefing."))
            return redirect("flags:flag", form.pk)
    return render(request, "teams/flags/flag_form.html", {"form": form}, status=422 if form.errors else 200)


def posted(request: HttpRequest) -> QueryDict | None:
    """Also what was sent without a word is an answer."""
    return request.POST if request.method == "POST" else None


def _make(form: FlagForm, request: HttpRequest) -> None:
    form.instance.pk, form.instance.by = form.pk, signed_in(request)
    form.save()


@allowed("view")
@require_safe
def flag(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(with_words(AreaFlag.objects.readable(access)).select_related("by"), pk=pk)
    context = {"flag": found, "steps": steps_of([found]), "may_write": found.team_id in access.team_ids}
    return render(request, "teams/flags/flag.html", context)


@allowed("view")
@require_http_methods(["GET", "HEAD", "POST"])
def flag_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was written wrong. Why it stays, and until when, is said by looking at it again."""
    found = _writable(request, pk)
    form = FlagForm(posted(request), viewer=viewer(request), instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("flags:flag", found.pk)
    return render(
        request, "teams/flags/flag_form.html", {"form": form, "flag": found}, status=422 if form.errors else 200
    )


@allowed("view")
@require_http_methods(["GET", "HEAD", "POST"])
def flag_review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _writable(request, pk)
    form = ReviewForm(posted(request), initial={"review_on": timezone.localdate() + USUAL})
    if request.method == "POST" and form.is_valid():
        try:
            found.prolong(reason=form.cleaned_data["reason"], review_on=form.cleaned_data["review_on"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stays, with the new reason."))
            return redirect("flags:flag", found.pk)
    context = {"form": form, "flag": found, "title": _("Look at it again"), "say": _("It stays")}
    return render(request, "teams/flags/act.html", context, status=422 if form.errors else 200)


@allowed("view")
@require_http_methods(["GET", "HEAD", "POST"])
def flag_ending(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = _writable(request, pk), EndingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            found.end(by=signed_in(request), outcome=form.cleaned_data["outcome"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is over. What came of it stays readable."))
            return redirect(reverse("flags:flags"))
    context = {"form": form, "flag": found, "title": _("End it"), "say": _("End it")}
    return render(request, "teams/flags/act.html", context, status=422 if form.errors else 200)


def _writable(request: HttpRequest, pk: uuid.UUID) -> AreaFlag:
    access = viewer(request)
    found = get_object_or_404(with_words(AreaFlag.objects.readable(access)), pk=pk)
    if not AreaFlag.objects.writable(access).filter(pk=pk).exists():
        raise PermissionDenied
    return found
