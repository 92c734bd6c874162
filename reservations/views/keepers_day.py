"""What hangs at a door, and what a caretaker has in hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.workdays import A_DAY
from reservations.calendars import duty
from reservations.calendars.asked import Asked
from reservations.calendars.axis import week_of
from reservations.calendars.lists import of_rooms
from reservations.calendars.reading import read
from reservations.calendars.shown import Words
from reservations.models import Building, Room
from reservations.moments import whole_day
from reservations.register.looking import looked_at
from teams.decorators import signed_in, viewer


@member
@require_safe
def door(request: HttpRequest, building: str, code: str) -> HttpResponse:
    """The week of a room on one sheet, for whoever stands before it."""
    room = get_object_or_404(Room.objects.select_related("building__owner"), building__code=building, code=code)
    asked = Asked(viewer(request), request.GET)
    days = week_of(asked.day)
    period = whole_day(days[0])[0], whole_day(days[-1])[1]
    words = Words.of(read(asked.viewer, [room], *period), asked.viewer)
    entries = of_rooms(duty.door_words(words), [room], days)
    context = {
        "room": room, "days": entries.items(), "first": days[0], "last": days[-1],
        "before": asked.url(dag=days[0] - A_DAY * 7), "after": asked.url(dag=days[0] + A_DAY * 7),
        "back": f"{reverse('reservations:calendar-week')}?zaal={room.pk}&dag={asked.day}",
        "printed_at": timezone.now(),
    }  # fmt: skip
    return render(request, "reservations/calendar_door.html", context)


@member
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Of the houses one keeps; or of the one that is asked for."""
    asked = Asked(viewer(request), request.GET)
    kept = Building.objects.granted(asked.viewer, "approve")
    day = whole_day(asked.day)
    is_chosen = bool(asked.wanted.get("gebouw") or asked.room)
    rooms = list(asked.rooms() if is_chosen else asked.rooms().filter(building__in=kept))
    words = Words.of(read(asked.viewer, rooms, *day), asked.viewer)
    here, houses = reverse("reservations:calendar-duty"), duty.houses_of(words, rooms, day)
    looked_at([task.of_association for house in houses for task in house.tasks], by=signed_in(request), surface="duty")
    context = {
        "asked": asked, "form": asked.form, "houses": houses, "has_rooms": bool(rooms),
        "today": timezone.localdate(), "here": here, "back": here + asked.url(dag=None), "now": words.now,
        "before": here + asked.url(dag=asked.day - A_DAY), "after": here + asked.url(dag=asked.day + A_DAY),
    }  # fmt: skip
    return render(request, "reservations/calendar_duty.html", context)
