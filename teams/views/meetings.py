"""When teams meet: the list, one meeting, planning it, cancelling it."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams.access import Access
from teams.decorators import functions, signed_in, viewer
from teams.forms.meetings import CancelForm, PlanForm, PointForm
from teams.meetings import closing, letters, planning, rooms
from teams.meetings.lines import lines_of
from teams.models import AgendaPoint, Meeting, Team
from teams.models.meetings import LEADERS

PER_PAGE = 30


@member
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """What comes, of every team one hears; and the open agenda of the own teams."""
    access, now = viewer(request), timezone.now()
    shown = Meeting.objects.readable(access).select_related("team", "chair")
    past = "voorbij" in request.GET
    over = Q(ends__lt=now) | Q(state=Meeting.State.HELD)  # what is cancelled stays in sight until its day
    chosen = shown.filter(over) if past else shown.exclude(over)
    chosen = chosen.annotate(
        number=Count("points"),
        asking=Count("points", filter=Q(points__needs_decision=True, points__state="open")),
        needless=Exists(Meeting.objects.needless(now).filter(pk=OuterRef("pk"))),
    )
    chosen = chosen.order_by("-starts", "-pk") if past else chosen.order_by("starts", "pk")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    waiting = Count("points", filter=Q(points__in=AgendaPoint.objects.waiting()))
    teams = Team.objects.valid_on(timezone.localdate()).filter(pk__in=access.team_ids)
    meet = Exists(Meeting.objects.filter(team=OuterRef("pk")))
    agendas = teams.annotate(waiting=waiting).filter(Q(kind__in=["area"]) | Q(waiting__gt=0) | Q(meet))
    context = {"page": page, "past": past, "agendas": agendas.order_by("name"), "plans": access.holds(*LEADERS)}
    return render(request, "teams/meetings/meetings.html", context)


def readable_meeting(access: Access, pk: uuid.UUID) -> Meeting:
    rows = Meeting.objects.readable(access).select_related(
        "team", "chair", "created_by", "cancelled_by", "minutes_sent_by"
    )
    return get_object_or_404(rows, pk=pk)


def led_meeting(access: Access, pk: uuid.UUID) -> Meeting:
    found = readable_meeting(access, pk)
    if not Meeting.objects.led_by(access).filter(pk=pk).exists():
        raise PermissionDenied
    return found


@member
@require_safe
def meeting(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return meeting_page(request, readable_meeting(viewer(request), pk))


def meeting_page(
    request: HttpRequest, found: Meeting, form: PointForm | None = None, cancelling: CancelForm | None = None
) -> HttpResponse:
    access, now = viewer(request), timezone.now()
    writes = Meeting.objects.writable(access).filter(pk=found.pk).exists()
    waiting = AgendaPoint.objects.waiting().filter(team=found.team_id).select_related("raised_by")
    context = {
        "meeting": found,
        "points": found.points.select_related("raised_by", "action").order_by("position", "raised_at", "pk"),
        "next_point": found.points.open().order_by("position", "raised_at", "pk").first(),
        "some_ended": found.points.exclude(state=AgendaPoint.State.OPEN).exists(),
        "lines": lines_of(found, access) if found.state != Meeting.State.PLANNED else [],
        "waiting": waiting if writes and found.is_planned else [],
        "member": writes,
        "writes": writes and found.is_planned,
        "leads": found.is_planned and Meeting.objects.led_by(access).filter(pk=found.pk).exists(),
        "needless": Meeting.objects.needless(now).filter(pk=found.pk).exists(),
        "begun": found.day <= timezone.localdate(),
        "over": found.ends < now,
        "lacks_reporters": found.form == Meeting.Form.HEARING and not closing.has_two_reporters(found),
        "form": form or PointForm(team=found.team, viewer=access),
        "cancelling": cancelling or CancelForm(initial={"with_room": True}),
        "room": rooms.place_of(found, access, len(letters.hearers_of(found.team))),
    }
    refused = any(each and each.errors for each in (form, cancelling))
    return render(request, "teams/meetings/meeting.html", context, status=422 if refused else 200)


@functions(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    team = Team.objects.filter(pk__in=access.team_ids, code=request.GET.get("team", "")).first()
    form = PlanForm(request.POST if request.method == "POST" else None, viewer=access, initial={"team": team})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = planning.plan(form.instance, by=signed_in(request), every=data["every"], until=data["until"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _planned_in_words(made))
            if planning.is_cut(made, data["every"], data["until"]):
                said = _("At most %(most)s at once: plan the meetings after %(day)s later.")
                messages.warning(request, said % {"most": planning.MOST, "day": date_format(made[-1].day)})
            return redirect("meetings:meeting", made[0].pk)
    return render(request, "teams/meetings/form.html", {"form": form}, status=422 if form.errors else 200)


def _planned_in_words(made: Sequence[Meeting]) -> str:
    if len(made) == 1:
        return _("Planned. Everybody in the team hears it by mail.")
    said = _("%(number)s meetings are planned, from %(first)s to %(last)s. Everybody in the team hears it by mail.")
    return said % {"number": len(made), "first": date_format(made[0].day), "last": date_format(made[-1].day)}


@member
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = led_meeting(viewer(request), pk)
    form = PlanForm(request.POST if request.method == "POST" else None, viewer=viewer(request), instance=found)
    if not found.is_planned:
        messages.error(request, _("This meeting is over or cancelled. Choose another one."))
        return redirect("meetings:meeting", pk)
    if request.method == "POST" and form.is_valid():
        try:
            planning.change(form.instance, seen=form.cleaned_data["seen"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, planning.Overtaken):
                form.look_again()
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings:meeting", pk)
    context = {"form": form, "meeting": found}
    return render(request, "teams/meetings/form.html", context, status=422 if form.errors else 200)


@member
@require_POST
def meeting_cancellation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One press: everybody hears it, the points stay."""
    found, form = led_meeting(viewer(request), pk), CancelForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, found, cancelling=form)
    try:
        with transaction.atomic():
            closing.cancel(found, by=signed_in(request), note=form.cleaned_data["note"])
            if form.cleaned_data["with_room"] and (kept := rooms.give_back(found, by=signed_in(request))):
                messages.warning(request, kept)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return meeting_page(request, found, cancelling=form)
    messages.success(request, _("Cancelled. Everybody hears it by mail, and the points stand on the open agenda."))
    return redirect("meetings:meeting", pk)
