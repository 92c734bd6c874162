"""Being away: one's own days, and those of colleagues for who keeps the people of an organisation."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kortrijk_gebied.access import member
from teams.absences import teams_left_alone, withdraw
from teams.decorators import signed_in, viewer
from teams.forms.absences import AbsenceForm
from teams.models import Absence
from teams.models.absences import KEEPERS

PER_PAGE = 50


@member
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """What is to come, with the form that adds to it."""
    access, today = viewer(request), timezone.localdate()
    form = AbsenceForm(request.POST if request.method == "POST" else None, viewer=access, person=signed_in(request))
    if request.method == "POST" and form.saved():
        _told(request, form.instance)
        return redirect("teams:absences")
    coming = Absence.objects.writable(access).filter(ends__gte=today).select_related("user", "replaced_by")
    page = Paginator(coming, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "keeps": access.holds(*KEEPERS), "today": today}
    return render(request, "teams/absences.html", context, status=422 if form.errors else 200)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept(request, pk)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None, instance=found, viewer=viewer(request), person=found.user
    )
    if request.method == "POST" and form.saved():
        _told(request, form.instance)
        return redirect("teams:absences")
    context = {"form": form, "absence": found}
    return render(request, "teams/absence.html", context, status=422 if form.errors else 200)


@member
@require_POST
def absence_withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    withdraw(_kept(request, pk))
    messages.success(request, _("Withdrawn: from today this person is there."))
    return redirect("teams:absences")


def _kept(request: HttpRequest, pk: uuid.UUID) -> Absence:
    return get_object_or_404(Absence.objects.writable(viewer(request)).select_related("user"), pk=pk)


def _told(request: HttpRequest, absence: Absence) -> None:
    messages.success(request, _("Saved."))
    if teams := teams_left_alone(absence):
        names = get_text_list([team.name for team in teams], _("and"))
        said = _(
            "%(person)s is no member of %(teams)s and cannot open the tasks there. The administrator can add them."
        )
        messages.warning(request, said % {"person": absence.replaced_by, "teams": names})
