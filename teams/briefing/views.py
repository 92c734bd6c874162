"""The briefing of one area: read in two minutes, acknowledged in one tap, and handed on in another."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.briefing import made
from teams.briefing.forms import NoteForm
from teams.briefing.handing import next_up, pass_on
from teams.briefing.since import as_of, period_of
from teams.decorators import allowed, signed_in, viewer
from teams.models import BriefingRead, ShiftNote


@allowed("view")
@require_safe
def briefing(request: HttpRequest) -> HttpResponse:
    user, access = signed_in(request), viewer(request)
    own = made.areas_of(user, access)
    code = request.GET.get("gebied")
    area = next(iter(own), None) if code is None else _viewable(request, code)
    if area is None:
        return render(request, "teams/briefing/briefing.html", {"own": []})
    return _page(request, area, own, NoteForm(initial={"key": uuid7()}))


def _page(request: HttpRequest, area: Area, own: list[Area], form: NoteForm) -> HttpResponse:
    user, access = signed_in(request), viewer(request)
    period = period_of(user, area)
    context = {
        "area": area,
        "own": own if area in own else [*own, area],
        "blocks": made.blocks_of(user, access, area, period),
        "since": period.start,
        "read": BriefingRead.objects.filter(user=user, area=area, day=timezone.localdate()).first(),
        "form": form,
        "viewer": access,
        "now": period.end,
    }
    return render(request, "teams/briefing/briefing.html", context, status=422 if form.errors else 200)


@allowed("view")
@require_POST
def reading(request: HttpRequest, code: str) -> HttpResponse:
    """Read, for oneself alone. Again the same day it says nothing new."""
    area, at = _viewable(request, code), _as_of(request.POST.get("as_of", ""))
    BriefingRead.objects.get_or_create(
        user=signed_in(request), area=area, day=timezone.localdate(at), defaults={"at": at}
    )  # fmt: skip
    messages.success(request, _("Read. Next time you see what came after this."))
    return redirect(f"{reverse('briefing:briefing')}?gebied={area.code}")


@allowed("view")
@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    user, area, form = signed_in(request), _viewable(request, code), NoteForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            left = pass_on(key=data["key"], by=user, area=area, text=data["text"], to_partners=data["partners"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told(left))
            return redirect(f"{reverse('briefing:briefing')}?gebied={area.code}")
    return _page(request, area, made.areas_of(user, viewer(request)), form)


def _as_of(said: str) -> dt.datetime:
    """When the page was made, also one that stood open since Friday."""
    try:
        at = parse_datetime(said)
    except ValueError:
        at = None
    return as_of(at if at and timezone.is_aware(at) else None, timezone.now())


def _told(left: ShiftNote) -> str:
    """The rota of one's own team says who comes after; where there is none it is the whole team."""
    after = next_up(left.team, left.area, left.by)
    if after:
        return _("Handed on: %(name)s comes after you and finds it in the briefing.") % {"name": after.name}
    return _("Handed on: %(team)s finds it in the next briefing.") % {"team": left.team}


def _viewable(request: HttpRequest, code: str) -> Area:
    area = next((area for area in made.viewable(viewer(request)) if area.code == code), None)
    if area is None:
        raise Http404
    return area
