"""What stands on an agenda: putting it there, moving it, and how it ends."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams import lifting
from teams.access import Access
from teams.decorators import signed_in, viewer
from teams.forms.meetings import AgreementForm, OutcomeForm, Owners, PointForm
from teams.meetings import agenda, deciding
from teams.models import Action, AgendaPoint, Meeting, Team
from teams.models.meetings import teams_heard_by
from teams.views.meetings import meeting_page, readable_meeting

LINES = 6  # agreements that can be written at once; from the third on they are folded away


def add_point(form: PointForm, request: HttpRequest, team: Team, meeting: Meeting | None) -> bool:
    data = form.cleaned_data
    try:
        agenda.put_on_agenda(
            team=team, title=data["title"], text=data["text"], needs_decision=data["needs_decision"],
            by=signed_in(request), meeting=meeting, action=data["action"], key=data["key"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.is_personal = isinstance(refusal, agenda.Personal)
        return False
    messages.success(request, _("It stands on the agenda."))
    return True


@member
@require_POST
def meeting_points(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access = viewer(request)
    found = readable_meeting(access, pk)
    if found.team_id not in access.team_ids:
        raise PermissionDenied
    form = PointForm(request.POST, team=found.team, viewer=access)
    if form.is_valid() and add_point(form, request, found.team, found):
        return redirect("meetings:meeting", pk)
    return meeting_page(request, found, form=form)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def team_agenda(request: HttpRequest, code: str) -> HttpResponse:
    """The open agenda of a team: what no meeting has yet."""
    access = viewer(request)
    team = get_object_or_404(teams_heard_by(access), code=code)
    if request.method == "POST" and team.pk not in access.team_ids:
        raise PermissionDenied
    form = PointForm(request.POST if request.method == "POST" else None, team=team, viewer=access)
    if request.method == "POST" and form.is_valid() and add_point(form, request, team, None):
        return redirect("meetings:agenda", code)
    waiting = AgendaPoint.objects.waiting().filter(team=team).select_related("raised_by", "action")
    context = {
        "team": team, "form": form, "writes": team.pk in access.team_ids, "points": waiting.order_by("raised_at", "pk"),
        "meeting": Meeting.objects.planned().filter(team=team, ends__gte=timezone.now()).first(),
    }  # fmt: skip
    return render(request, "teams/meetings/agenda.html", context, status=422 if form.errors else 200)


def readable_point(access: Access, pk: uuid.UUID) -> AgendaPoint:
    rows = AgendaPoint.objects.readable(access).select_related("team", "meeting", "raised_by", "decided_by", "action")
    return get_object_or_404(rows, pk=pk)


def writable_point(access: Access, pk: uuid.UUID) -> AgendaPoint:
    found = readable_point(access, pk)
    if found.team_id not in access.team_ids:
        raise PermissionDenied
    return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One point, and how it ends: wie, wat, wanneer."""
    access = viewer(request)
    found = writable_point(access, pk) if request.method == "POST" else readable_point(access, pk)
    data = request.POST if request.method == "POST" else None
    owners = Owners.of(found.team)
    forms = [AgreementForm(data, owners=owners, prefix=f"a{number}") for number in range(1, LINES + 1)]
    form, begun = OutcomeForm(data), found.meeting is not None and found.meeting.day <= timezone.localdate()
    if not begun:  # then it can only be dropped
        form.fields["decision"].label = _("Why it is dropped")
    if data is not None and all([form.is_valid(), *(each.is_valid() for each in forms)]):
        try:
            _end(found, form, forms, request)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_next(found))
    form.is_personal |= any(each.is_personal for each in forms)
    context = {
        "point": found, "form": form, "lines": forms,
        "about": Action.objects.readable(access).filter(points=found).first(),
        "agreements": Action.objects.readable(access).filter(point=found).select_related("owner"),
        "behind": lifting.behind(found, access),
        "ends": found.is_open and found.team_id in access.team_ids,
        "corrects": AgendaPoint.objects.correctable(access).filter(pk=found.pk).exists(),
        "corrections": found.corrections.select_related("by"),
        "begun": begun, "more_lines": data is not None and any(not line.is_empty or line.errors for line in forms[2:]),
    }  # fmt: skip
    wrong = any(each.errors for each in [form, *forms])
    return render(request, "teams/meetings/point.html", context, status=422 if wrong else 200)


def _end(found: AgendaPoint, form: OutcomeForm, lines: list[AgreementForm], request: HttpRequest) -> None:
    by, data = signed_in(request), form.cleaned_data
    ways: dict[str, Any] = {
        OutcomeForm.NOTED: lambda: deciding.note(found, by=by),
        OutcomeForm.LATER: lambda: deciding.postpone(found, by=by),
        OutcomeForm.DROPPED: lambda: deciding.drop(found, by=by, reason=data["decision"]),
    }
    agreed = [deciding.Agreement(**line.agreement) for line in lines if not line.is_empty]
    decides = data["how"] == OutcomeForm.DECIDED
    if agreed and not decides:
        raise Refused(_("You wrote an agreement: then the point ends as decided."))
    if decides:
        deciding.decide(found, by=by, decision=data["decision"], agreements=agreed)
    else:
        ways[data["how"]]()
    messages.success(request, _("Noted."))


def _next(ended: AgendaPoint) -> str:
    """The next open point of the meeting; after the last one the meeting itself."""
    if ended.meeting is None:
        return reverse("meetings:agenda", args=[ended.team.code])
    later = ended.meeting.points.open().filter(position__gte=ended.position).exclude(pk=ended.pk).first()
    if later:
        return reverse("meetings:point", args=[later.pk])
    return reverse("meetings:meeting", args=[ended.meeting_id])


@member
@require_POST
def point_place(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The button says the place it goes to, so that pressed twice it goes there once."""
    found, place = writable_point(viewer(request), pk), request.POST.get("place", "")
    if not place.isdecimal() or len(place) > 4:
        return redirect("meetings:point", pk)
    try:
        agenda.put_in_place(found, int(place))
    except Refused as refusal:
        messages.error(request, str(refusal))
    if not found.meeting_id:
        return redirect("meetings:point", pk)
    # Who works with the keyboard comes back to the point that moved.
    return redirect(f"{reverse('meetings:meeting', args=[found.meeting_id])}#punt-{pk}")


@member
@require_POST
def point_meeting(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """To a meeting of its team; without one back to the open agenda."""
    found, wanted = writable_point(viewer(request), pk), request.POST.get("meeting", "")
    here = found.meeting_id
    chosen = None
    if wanted:
        try:
            chosen = Meeting.objects.writable(viewer(request)).filter(team=found.team_id, pk=uuid.UUID(wanted)).first()
        except ValueError:
            chosen = None
        if chosen is None:
            messages.error(request, _("This meeting is of another team."))
            return redirect("meetings:point", pk)
    try:
        agenda.give_to_meeting(found, chosen)
    except Refused as refusal:
        messages.error(request, str(refusal))
    to = here or (chosen.pk if chosen else None)
    return redirect("meetings:meeting", to) if to else redirect("meetings:agenda", found.team.code)
