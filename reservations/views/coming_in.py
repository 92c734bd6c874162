"""A calendar file becomes dates to ask for: what it holds is shown, and each date leads to the form, filled in."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.feeds.as_a_rule import rule_of
from reservations.feeds.coming_in import MOST_BYTES, Brought, dates_in, nothing_there
from reservations.feeds.one_event import Wanted
from reservations.forms.names import NAMES, address_of
from reservations.moments import needs_last_day, on_clock
from reservations.words import when_in_words

NOTHING = Brought([], [])


class CalendarFileForm(forms.Form):
    file = forms.FileField(label=_("Calendar file"), widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}))

    def brought(self) -> Brought:
        """Nothing when it was refused: why stands at the field."""
        try:
            found = dates_in(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return NOTHING
        if not found.dates:
            self.add_error("file", str(nothing_there()))
        return found


@member
@require_http_methods(["GET", "HEAD", "POST"])
def from_calendar(request: HttpRequest) -> HttpResponse:
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    found = form.brought() if request.method == "POST" and form.is_valid() else NOTHING
    dates = [(each, when_in_words(each.starts, each.ends), _form_url(each)) for each in found.dates]
    rule = rule_of(found.dates)
    series_url = f"{reverse('reservations:booking-add')}?{_address(rule)}#free" if rule else ""
    status = 422 if request.method == "POST" and not dates else 200
    context = {
        "form": form, "dates": dates, "series_url": series_url, "left_out": found.left_out, "until": found.until,
    }  # fmt: skip
    return render(request, "reservations/from_calendar.html", context, status=status)


def _address(rule: dict[str, Any]) -> str:
    """As somebody would type it; with how many they come is asked there."""
    said = {name: f"{value:%H:%M}" if isinstance(value, dt.time) else value for name, value in rule.items()}
    return address_of(said)


def _form_url(wanted: Wanted) -> str:
    starts, ends = on_clock(wanted.starts), on_clock(wanted.ends)
    said = {"day": starts.date().isoformat(), "start": f"{starts:%H:%M}", "end": f"{ends:%H:%M}", "title": wanted.title}
    if needs_last_day(starts, ends):
        said["last_day"] = ends.date().isoformat()
    return f"{reverse('reservations:booking-add')}?{urlencode({NAMES[name]: value for name, value in said.items()})}"
