"""A rota is made once; after that its notice and its rounds may be otherwise."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.decorators import functions, signed_in, viewer
from teams.models import Rota, ShiftPattern
from teams.models.rota import MANAGERS
from teams.rota.forms import PatternForm, RotaForm, SettingsForm

managers = functions(*MANAGERS)


def managed(request: HttpRequest, pk: uuid.UUID) -> Rota:
    access = viewer(request)
    found = get_object_or_404(Rota.objects.readable(access).select_related("team"), pk=pk)
    if not Rota.objects.writable(access).filter(pk=pk).exists():
        raise PermissionDenied
    return found


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def rota_add(request: HttpRequest) -> HttpResponse:
    first = timezone.localdate().replace(day=1)
    form = RotaForm(
        request.POST if request.method == "POST" else None,
        viewer=viewer(request),
        user=signed_in(request),
        initial={"first_on": first, "months": 2},
    )
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved. Now say which rounds a day has; then make the first periods."))
        return redirect("rota:settings", form.instance.pk)
    return render(request, "teams/rota/rota_form.html", {"form": form}, status=422 if form.errors else 200)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def rota_settings(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rota = managed(request, pk)
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=rota)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("rota:settings", rota.pk)
    return page(request, rota, form=form, status=422 if form.errors else 200)


@managers
@require_POST
def pattern_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rota = managed(request, pk)
    form = PatternForm(request.POST, rota=rota)
    if not form.saved():
        return page(request, rota, pattern_form=form, status=422)
    messages.success(request, _("Saved. The round comes in the next draft: deal the rounds again there."))
    return redirect("rota:settings", rota.pk)


@managers
@require_POST
def pattern_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    pattern = get_object_or_404(ShiftPattern.objects.filter(rota__in=Rota.objects.readable(viewer(request))), pk=pk)
    rota = managed(request, pattern.rota_id)
    pattern.delete()
    messages.success(request, _("Gone from the next draft on. What was published stays as it is."))
    return redirect("rota:settings", rota.pk)


def page(request: HttpRequest, rota: Rota, *, status: int, **forms: object) -> HttpResponse:
    context = {
        "rota": rota, "form": SettingsForm(instance=rota), "pattern_form": PatternForm(rota=rota),
        "patterns": rota.patterns.all(), **forms,
    }  # fmt: skip
    return render(request, "teams/rota/settings.html", context, status=status)
