"""One room: shown to everybody, described and withdrawn by the keepers of its building."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.accessible import agree
from reservations.forms.rooms import RoomForm
from reservations.hours import days_open
from reservations.models import Building, Closure, Room
from reservations.openings import work_out
from reservations.parts import parts_of
from reservations.seasons.giving import work_out_house
from reservations.views.keeping import keeps, kept_building, kept_room


@member
@require_safe
def room(request: HttpRequest, code: str, room: str) -> HttpResponse:
    found = get_object_or_404(
        Room.objects.select_related("building__owner", "building__area").prefetch_related(
            "setups", "photos", Prefetch("building__rooms", Room.objects.in_use().prefetch_related("spaces"))
        ),
        building__code=code,
        code=room,
    )
    closures = list(Closure.objects.standing().ahead().filter(spaces__in=found.spaces.all()).distinct())
    context = {
        "room": found,
        "building": found.building,
        "parts": parts_of(found, list(found.building.rooms.all())),
        "weeks": days_open([found], timezone.localdate(), closures=closures),
        "closures": closures,
        "keeps": keeps(request, found.building),
    }
    return render(request, "reservations/room.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def room_add(request: HttpRequest, code: str) -> HttpResponse:
    building = kept_building(request, code)
    form = RoomForm(request.POST or None, building=building, instance=Room(building=building))
    if request.method == "POST" and _written(form, building):
        messages.success(request, _("The room is there. Now hang a photo, and look at its opening hours."))
        return redirect(form.instance)
    return _form(request, form, {"building": building})


@member
@require_http_methods(["GET", "HEAD", "POST"])
def room_edit(request: HttpRequest, code: str, room: str) -> HttpResponse:
    found = kept_room(request, code, room)
    form = RoomForm(request.POST or None, building=found.building, instance=found)
    if request.method == "POST" and _written(form, found.building):
        messages.success(request, _("Saved."))
        return redirect(found)
    shown = Room.objects.get(pk=found.pk)  # a form that is refused has changed the other one already
    return _form(request, form, {"building": found.building, "room": shown})


def _written(form: RoomForm, building: Building) -> bool:
    def write() -> None:
        form.write()
        agree(building)
        work_out(building)
        work_out_house(building)

    try:
        return form.saved(write)
    except Refused as refusal:  # somebody else is at work in this building for too long
        form.add_error(None, str(refusal))
        return False


def _form(request: HttpRequest, form: RoomForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "reservations/room_form.html", {"form": form, **context}, status=status)


@member
@require_POST
def room_withdrawal(request: HttpRequest, code: str, room: str) -> HttpResponse:
    """Nobody books it from now on. What stands in it stays: the keeper hears how much that is."""
    found = kept_room(request, code, room)
    found.withdraw()
    ahead = found.bookings.live().filter(ends__gt=timezone.now()).count()
    if ahead:
        said = ngettext(
            "The room is withdrawn. %(count)s booking still stands in it: move it, or let it take place.",
            "The room is withdrawn. %(count)s bookings still stand in it: move them, or let them take place.",
            ahead,
        )
        messages.warning(request, said % {"count": ahead})
    else:
        messages.success(request, _("The room is withdrawn."))
    return redirect(found)


@member
@require_POST
def room_return(request: HttpRequest, code: str, room: str) -> HttpResponse:
    found = kept_room(request, code, room)
    if found.is_in_use:
        raise Http404
    found.bring_back()
    messages.success(request, _("The room can be booked again."))
    return redirect(found)
