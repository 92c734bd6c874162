"""A calendar file becomes dates to ask for: what it holds is shown, and each date leads to the form, filled in."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.feeds.coming_in import MOST_BYTES, Wanted, dates_in
from reservations.forms.names import NAMES
from reservations.moments import on_clock
from reservations.words import when_in_words


class CalendarFileForm(forms.Form):
    file = forms.FileField(label=_("Calendar file"), widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}))

    def dates(self) -> list[Wanted]:
        """Nothing when it was refused: why stands at the field."""
        try:
            return dates_in(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return []


@member
@require_http_methods(["GET", "HEAD", "POST"])
def from_calendar(request: HttpRequest) -> HttpResponse:
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    found = form.dates() if request.method == "POST" and form.is_valid() else []
    dates = [(each, when_in_words(each.starts, each.ends), _form_url(each)) for each in found]
    status = 422 if request.method == "POST" and not dates else 200
    return render(request, "reservations/from_calendar.html", {"form": form, "dates": dates}, status=status)


def _form_url(wanted: Wanted) -> str:
    starts, ends = on_clock(wanted.starts), on_clock(wanted.ends)
    said = {"day": starts.date().isoformat(), "start": f"{starts:%H:%M}", "end": f"{ends:%H:%M}", "title": wanted.title}
    return f"{reverse('reservations:booking-add')}?{urlencode({NAMES[name]: value for name, value in said.items()})}"
