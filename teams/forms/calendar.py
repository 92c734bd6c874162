import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.forms.base import OnceForm, date_input
from teams.models import ClosingDay, Organisation, WorkingWeek

# A slip of the finger in the year.
FURTHEST_YEARS = 5


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WorkingWeekForm(OnceForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Working days"), coerce=int, choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one working day: otherwise no term ever ends.")},
    )  # fmt: skip

    class Meta:
        model = WorkingWeek
        fields = ["organisation", "weekdays", "opens", "closes", "keeps_holidays"]
        widgets = {"opens": time_input(), "closes": time_input()}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fix("organisation", organisation)
        self.initial["weekdays"] = self.instance.weekdays


class ClosingDayForm(OnceForm):
    class Meta:
        model = ClosingDay
        fields = ["organisation", "day", "name"]
        widgets = {"day": date_input()}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "closing-day_%s", **kwargs})
        self.fix("organisation", organisation)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day has passed; terms that counted it do not change any more."))
        if day.year > today.year + FURTHEST_YEARS:
            raise forms.ValidationError(_("This day lies too far ahead. Check the year."))
        return day
