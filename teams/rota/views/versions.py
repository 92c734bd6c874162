"""A draft: begun, lengthened, looked at, thrown away or published. What was published is only looked at."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.refusals import Refused
from teams.decorators import signed_in, viewer
from teams.models import Rota, RotaVersion, User
from teams.rota import drafting, words
from teams.rota.closed import to_come
from teams.rota.forms import AheadForm, PublicationForm
from teams.rota.publishing import Outlook, outlook, publish
from teams.rota.tables import grid
from teams.rota.views.settings import managed, managers


def draft_version(request: HttpRequest, pk: uuid.UUID) -> RotaVersion:
    """For who manages its rota; to others it is not there or not theirs."""
    readable = Rota.objects.readable(viewer(request))
    found = get_object_or_404(RotaVersion.objects.select_related("rota__team").filter(rota__in=readable), pk=pk)
    managed(request, found.rota_id)
    return found


@managers
@require_POST
def draft(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = drafting.begin_draft(managed(request, pk), by=signed_in(request))
    return redirect("rota:version", found.pk)


@managers
@require_POST
def filling(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = drafting.fill_in(managed(request, pk), by=signed_in(request))
    messages.success(request, _("Filled in for who is there now. Look at it, then publish."))
    return redirect("rota:version", found.pk)


@managers
@require_safe
def version(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return version_page(request, draft_version(request, pk))


def version_page(request: HttpRequest, found: RotaVersion, form: AheadForm | None = None) -> HttpResponse:
    seen = outlook(found)
    changes = words.consequences(seen.consequences, seen.names)["people"] if found.is_draft and seen.is_change else []
    context = {
        "rota": found.rota, "version": found, "grid": grid(found, seen.plan),
        "form": form or AheadForm(initial={"after": len(seen.plan.periods)}),
        "changes": changes,
        "closed": to_come(seen.plan, timezone.localdate()), **said(seen),
    }  # fmt: skip
    return render(request, "teams/rota/version.html", context, status=422 if form and form.errors else 200)


def said(seen: Outlook) -> dict[str, object]:
    return {
        "refused": words.all_said(seen.refused, seen.names),
        "uncovered": words.all_said(seen.uncovered, seen.names),
        "warned": words.all_said(seen.warned, seen.names),
    }


@managers
@require_POST
def periods(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = draft_version(request, pk), AheadForm(request.POST)
    if not form.is_valid():
        return version_page(request, found, form)
    try:
        drafting.extend(found, form.cleaned_data["count"], after=form.cleaned_data["after"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("rota:version", found.pk)


@managers
@require_POST
def removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = draft_version(request, pk)
    try:
        drafting.drop(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is gone. What was published holds."))
    return redirect("rota:rota", found.rota_id)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, user = draft_version(request, pk), signed_in(request)
    if not found.is_draft:
        return told(request, found, user)
    seen = outlook(found)
    form = PublicationForm(request.POST if request.method == "POST" else None, outlook=seen)
    if request.method == "POST" and form.is_valid():
        ticked = {name: form.cleaned_data.get(name, False) for name in ("accepts", "late", "replaces")}
        try:
            done = publish(found, by=user, seen=request.POST.get("seen", ""), note=form.cleaned_data["note"], **ticked)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return told(request, done, user)
    people = sorted(seen.names.person(who) for who in seen.consequences.people)
    context = {"rota": found.rota, "version": found, "form": form, "seen": seen, "people": people, **said(seen)}
    return render(request, "teams/rota/publication.html", context, status=422 if form.errors else 200)


def told(request: HttpRequest, version: RotaVersion, user: User) -> HttpResponse:
    """Of two who publish one draft the second reads who was first: what they wrote with it went nowhere."""
    if request.method == "POST" and version.published_by in (user, None):
        messages.success(request, _("Published. Everybody for whom something changes gets a mail."))
    elif request.method == "POST":
        said = _("%(who)s published this draft before you. What you wrote with it was not sent.")
        messages.error(request, said % {"who": version.published_by})
    return redirect("rota:rota", version.rota_id)
