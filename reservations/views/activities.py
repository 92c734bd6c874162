"""What there is to do, for colleagues: the week, one activity, and writing it down."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.history import steps_of
from kortrijk_gebied.refusals import Refused
from reservations.activities import dates, listing, uit_in, uit_out
from reservations.forms.activities import ActivityFilter, ActivityForm, EventsForm
from reservations.forms.allocations import DayForm
from reservations.forms.associations import areas
from reservations.models import Activity, Booking, Series
from reservations.register.rights import keeps_register, tells
from teams.decorators import signed_in, viewer

COPY, LOOK = "kopie", "toon"
COPIED = (
    "title", "kind", "description", "targets", "area", "building", "place", "contact_line", "price", "first_on",
    "start_time", "end_time", "weekdays", "nth", "interval", "until", "skips_public_holidays", "skips_school_holidays",
    "is_public",
)  # fmt: skip
MOST_AHEAD = 30


@member
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    access, form = viewer(request), ActivityFilter(request.GET)
    asked = form.asked()
    first, last = listing.week_of(asked.get("week") or timezone.localdate())
    found = listing.wanted(Activity.objects.readable(access), asked)
    week = listing.by_day(listing.dates(found, first, last), first)
    context = {
        "form": form, "week": week, "first": first, "last": last, "count": sum(len(day.dates) for day in week),
        "before": _of_week(request, first - listing.A_WEEK), "after": _of_week(request, first + listing.A_WEEK),
        "now": _of_week(request, None), "today": timezone.localdate(), "may_tell": tells(access),
        "keeps": keeps_register(access), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "reservations/activities.html", context)


def _of_week(request: HttpRequest, day: dt.date | None) -> str:
    asked = request.GET.copy()
    asked.pop("week", None)
    if day:
        asked["week"] = day.isoformat()
    return f"{request.path}?{asked.urlencode()}"


def _activity(request: HttpRequest, pk: uuid.UUID, *, to_write: bool = False) -> Activity:
    """Hidden: 404. Read and not to be written: 403."""
    access = viewer(request)
    found = Activity.objects.readable(access).select_related("area", "building", "organisation", "association")
    activity = get_object_or_404(found.defer("area__boundary"), pk=pk)
    if to_write and not Activity.objects.writable(access).filter(pk=pk).exists():
        raise PermissionDenied
    return activity


@member
@require_safe
def activity(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access, found = viewer(request), _activity(request, pk)
    ahead = found.dates.filter(ends__gt=timezone.now())
    context = {
        "activity": found, "when": dates.when(found), "ahead": ahead[:MOST_AHEAD],
        "more": max(ahead.count() - MOST_AHEAD, 0),
        "writes": Activity.objects.writable(access).filter(pk=pk).exists(), "may_tell": tells(access),
        # What of the booking one may not read does not stand here either.
        "booking": Booking.objects.readable(access).filter(pk=found.booking_id).first() if found.booking_id else None,
        "series": Series.objects.readable(access).filter(pk=found.series_id).first() if found.series_id else None,
    }  # fmt: skip
    return render(request, "reservations/activity.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def activity_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not tells(access):
        raise PermissionDenied
    new, like = Activity(created_by=signed_in(request)), _like(request)
    form = ActivityForm(
        request.POST if request.method == "POST" else None, viewer=access, instance=new, like=like,
        initial=model_to_dict(like, COPIED) if like else {},
    )  # fmt: skip
    return _form(request, form)


def _like(request: HttpRequest) -> Activity | None:
    """The same once more, of one that may be read."""
    try:
        key = uuid.UUID(request.GET.get(COPY, ""))
    except ValueError:
        return None
    return Activity.objects.readable(viewer(request)).filter(pk=key).first()


@member
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _activity(request, pk, to_write=True)
    return _form(
        request,
        ActivityForm(request.POST if request.method == "POST" else None, viewer=viewer(request), instance=found),
        found,
    )


def _form(request: HttpRequest, form: ActivityForm, found: Activity | None = None) -> HttpResponse:
    looks = LOOK in request.POST
    if request.method == "POST" and not looks and form.saved(lambda: dates.write(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    preview = form.preview if request.method == "POST" and form.is_valid() else None
    context = {"form": form, "activity": found, "preview": preview}
    status = 422 if form.errors else 200
    return render(request, "reservations/activity_form.html", context, status=status)


@member
@require_POST
def activity_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    _activity(request, pk, to_write=True).delete()
    messages.success(request, _("Taken away, with all its dates."))
    return redirect("reservations:activities")


@member
@require_POST
def activity_date(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One date is called off, or takes place after all."""
    found, form = _activity(request, pk, to_write=True), DayForm({"day": request.POST.get("dag", "")})
    if form.is_valid():
        dates.call_off(found, form.cleaned_data["day"], goes_on="wel" in request.POST)
    return redirect(f"{reverse('reservations:activity', args=[pk])}#data")


@member
@require_safe
def activity_history(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _activity(request, pk, to_write=True)
    context = {"about": found.title, "back": found.get_absolute_url(), "steps": steps_of([found])}
    return render(request, "history.html", context)


# --- UiTdatabank ----------------------------------------------------------------------------------------


@member
@require_safe
def activity_uit(request: HttpRequest, pk: uuid.UUID) -> JsonResponse:
    found = _activity(request, pk)
    return _json(uit_out.event(found, found.dates.all()), f"activiteit-{found.pk}")


@member
@require_safe
def activities_uit(request: HttpRequest) -> JsonResponse:
    """Those that are public and still to come, filtered as the page is."""
    found = listing.wanted(Activity.objects.public(), ActivityFilter(request.GET).asked())
    found = found.filter(dates__ends__gt=timezone.now()).distinct().order_by("first_on", "title")
    return _json(
        uit_out.collection(
            found.select_related("area", "building", "organisation", "association").prefetch_related("dates")
        ),
        f"activiteiten-{timezone.localdate()}",
    )


def _json(content: object, name: str) -> JsonResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@member
@require_http_methods(["GET", "HEAD", "POST"])
def activities_import(request: HttpRequest) -> HttpResponse:
    if not keeps_register(viewer(request)):
        raise PermissionDenied
    form, report = (
        EventsForm(
            request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
        ),
        None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            report = uit_in.read(
                form.cleaned_data["file"].read(uit_in.MOST_BYTES + 1), by=signed_in(request), areas=areas()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "report": report}
    return render(request, "reservations/activities_import.html", context, status=422 if form.errors else 200)
