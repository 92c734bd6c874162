"""The working calendar of one's own organisation: terms are counted in it. Its administrator keeps it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kortrijk_gebied.workdays import holidays_of
from teams.calendars import calendar_of
from teams.decorators import functions, viewer
from teams.forms.calendar import ClosingDayForm, WorkingWeekForm
from teams.models import ClosingDay, Function, Organisation, WorkingWeek

administrators = functions(Function.ADMINISTRATOR)
EXAMPLE_DAYS = 5


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The week, and the list of closing days; the form of the page keeps the week."""
    organisation = own_organisation(request)
    week = WorkingWeek.objects.filter(organisation=organisation).first()
    form = WorkingWeekForm(request.POST or None, instance=week, organisation=organisation)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved. New terms are counted like this; those that run stay as they are."))
        return redirect("teams:calendar")
    return page(request, form=form, status=422 if form.errors else 200)


@administrators
@require_POST
def closing_day_add(request: HttpRequest) -> HttpResponse:
    form = ClosingDayForm(request.POST, organisation=own_organisation(request))
    if not form.saved():
        return page(request, day_form=form, status=422)
    said = _("%(day)s is a closing day from now on. Terms that run already stay as they are.")
    messages.success(request, said % {"day": date_format(form.instance.day)})
    return redirect("teams:calendar")


@administrators
@require_POST
def closing_day_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ClosingDay.objects.kept_by(viewer(request)), pk=pk)
    found.delete()
    said = _("%(day)s is a working day again. Terms that run already stay as they are.")
    messages.success(request, said % {"day": date_format(found.day)})
    return redirect("teams:calendar")


def own_organisation(request: HttpRequest) -> Organisation:
    return get_object_or_404(Organisation, pk=viewer(request).organisation_id)


def page(request: HttpRequest, *, status: int, **forms: Any) -> HttpResponse:
    organisation, today = own_organisation(request), timezone.localdate()
    week = WorkingWeek.objects.filter(organisation=organisation).first()
    counts = calendar_of(organisation.pk)
    context = {
        "organisation": organisation,
        "form": WorkingWeekForm(instance=week, organisation=organisation),
        "day_form": ClosingDayForm(organisation=organisation),
        "days": ClosingDay.objects.kept_by(viewer(request)).from_day(today),
        "holidays": _coming_holidays(today) if counts.keeps_holidays else [],
        "example_days": EXAMPLE_DAYS,
        "example": counts.deadline(timezone.now(), EXAMPLE_DAYS),
        **forms,
    }
    return render(request, "teams/calendar.html", context, status=status)


def _coming_holidays(today: dt.date) -> list[tuple[dt.date, str]]:
    """The public holidays of the coming year."""
    coming = {**holidays_of(today.year), **holidays_of(today.year + 1)}
    return [(day, name) for day, name in coming.items() if today <= day < today + dt.timedelta(days=365)]
