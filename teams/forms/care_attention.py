import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from teams.access import Access
from teams.care.places import care_areas_of_today
from teams.forms.base import OnceForm, date_input
from teams.forms.calendar import time_input
from teams.models import AttentionAppointment, AttentionCount, Organisation, ServicePoint, Team

FURTHEST = dt.timedelta(days=400)
MONTHS = 13  # so many are shown, and counted


def first_month(today: dt.date) -> dt.date:
    return (today.replace(day=1) - dt.timedelta(days=30 * (MONTHS - 1))).replace(day=1)


class InAreas(OnceForm):
    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [area.pk for area in care_areas_of_today(viewer)]
        self.choice("area").queryset = Area.objects.filter(pk__in=here).defer("boundary")


class CountForm(InAreas):
    """A number and nothing else. Counted again, the later count stands."""

    class Meta:
        model = AttentionCount
        fields = ["area", "programme", "month", "contacts", "volunteers"]
        widgets = {"month": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "count_%s", **kwargs})

    def clean_month(self) -> dt.date:
        month: dt.date = self.cleaned_data["month"].replace(day=1)
        if month > timezone.localdate():
            raise forms.ValidationError(_("This month has not begun yet."))
        if month < first_month(timezone.localdate()):
            raise forms.ValidationError(_("This is more than a year ago. Look at the year."))
        return month

    def validate_unique(self) -> None:
        """A month that was counted already is counted anew."""

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "month"}  # type: ignore[misc]


class AppointmentForm(InAreas):
    class Meta:
        model = AttentionAppointment
        fields = ["area", "programme", "day", "hour", "team", "place"]
        widgets = {"day": date_input(), "hour": time_input()}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "appointment_%s", **kwargs})
        today = timezone.localdate()
        self.choice("team").queryset = Team.objects.valid_on(today).filter(organisation=organisation)
        self.choice("place").queryset = ServicePoint.objects.within_sight(today)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not timezone.localdate() <= day <= timezone.localdate() + FURTHEST:
            raise forms.ValidationError(_("Choose a day from today on, within about a year."))
        return day
