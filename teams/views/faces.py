"""How colleagues know and reach each other: a photo, working hours, a deputy, and when one is where every week."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from teams.decorators import signed_in, viewer
from teams.directory import colleagues_of
from teams.faces import hang, take_down
from teams.forms.faces import FaceForm, ReachForm
from teams.forms.presence import PresenceForm
from teams.models import PresenceHour, User

AN_HOUR = 3600


@member
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=signed_in(request).pk)
    form = ReachForm(request.POST if request.method == "POST" else None, instance=user)
    if request.method == "POST" and form.saved(lambda: user.save(update_fields=list(form.fields))):
        messages.success(request, _("Saved."))
        return redirect("teams:reach")
    context = {"form": form, "face": FaceForm(), "person": user, "hours": _hours(user), "presence": _presence(request)}
    return render(request, "teams/reach.html", context, status=422 if form.errors else 200)


@member
@require_POST
def face(request: HttpRequest) -> HttpResponse:
    form = FaceForm(request.POST, request.FILES)
    user = User.objects.get(pk=signed_in(request).pk)
    if form.is_valid():
        hang(user, form.cleaned_data["photo"])
        messages.success(request, _("Saved."))
        return redirect("teams:reach")
    context = {"form": ReachForm(instance=user), "face": form, "person": user}
    context |= {"hours": _hours(user), "presence": _presence(request)}
    return render(request, "teams/reach.html", context, status=422)


@member
@require_POST
def face_removal(request: HttpRequest) -> HttpResponse:
    take_down(User.objects.get(pk=signed_in(request).pk))
    messages.success(request, _("The photo is gone."))
    return redirect("teams:reach")


@member
@require_safe
def face_of(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """For who works with the person. Never another picture under an address that is kept for long."""
    people = User.objects.filter(is_active=True).exclude(photo="")
    found = get_object_or_404(people.filter(colleagues_of(viewer(request))), pk=pk)
    response = FileResponse(found.photo.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    patch_cache_control(response, private=True, max_age=AN_HOUR)
    return response


@member
@require_POST
def presence_add(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), _presence(request, sent=True)
    if form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:reach")
    context = {"form": ReachForm(instance=user), "face": FaceForm(), "person": user}
    return render(request, "teams/reach.html", context | {"hours": _hours(user), "presence": form}, status=422)


def _presence(request: HttpRequest, *, sent: bool = False) -> PresenceForm:
    areas = Area.objects.current().filter(pk__in=viewer(request).areas("view")).defer("boundary")
    return PresenceForm(request.POST if sent else None, person=signed_in(request), areas=areas)


def _hours(user: User) -> list[PresenceHour]:
    today = timezone.localdate()
    return list(PresenceHour.objects.not_over(today).filter(user=user).select_related("area"))
