"""Today: the page on which a day begins, made of what each of one's functions asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.within import working_areas
from kortrijk_gebied.access import member
from kortrijk_gebied.sections import Place, Request, sections_on
from signals.today_links import ACTIONS, links_for
from teams.decorators import signed_in, viewer
from teams.start import own_areas


@member
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    access, user = viewer(request), signed_in(request)
    asked = Request(
        viewer=access,
        extra={"user": user, "areas": working_areas(own_areas(user, access)), "all_tasks": "taken" in request.GET},
    )
    shown = [(section, section.content(asked)) for section in sections_on(Place.TODAY)]
    context = {
        "blocks": [{"section": section, "content": content} for section, content in shown if content is not None],
        "is_asked": any(section.key == "today-asked" and content for section, content in shown),
        "actions": links_for(ACTIONS, access),
        "day": timezone.localdate(),
        "viewer": access,
    }
    return render(request, "signals/today.html", context)
