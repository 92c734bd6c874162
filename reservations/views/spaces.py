"""The spaces of a building, of which its rooms are made: split and joined by its keepers."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.spaces import JoinForm, SplitForm
from reservations.models import Building, Room
from reservations.spaces import join, split
from reservations.views.keeping import kept_building


@member
@require_safe
def spaces(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    return _page(request, building, SplitForm(building=building), JoinForm(building=building))


@member
@require_POST
def space_split(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    form = SplitForm(request.POST, building=building)
    if form.is_valid():
        try:
            split(form.cleaned_data["space"], into=form.cleaned_data["into"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Split. Now add a room for each part that can be booked by itself."))
            return redirect("reservations:spaces", code)
    return _page(request, building, form, JoinForm(building=building), status=422)


@member
@require_POST
def space_join(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    form = JoinForm(request.POST, building=building)
    if form.is_valid():
        try:
            join(list(form.cleaned_data["spaces"]), name=form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Joined. Who had a booking there, has it still."))
            return redirect("reservations:spaces", code)
    return _page(request, building, SplitForm(building=building), form, status=422)


def _page(
    request: HttpRequest, building: Building, splitting: SplitForm, joining: JoinForm, status: int = 200
) -> HttpResponse:
    found = building.spaces.prefetch_related(Prefetch("rooms", Room.objects.in_use()))
    context = {"building": building, "spaces": found, "splitting": splitting, "joining": joining}
    return render(request, "reservations/spaces.html", context, status=status)
