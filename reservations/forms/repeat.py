"""How it comes back. Left at "once" it is one booking."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.forms.names import NamedForm, date_input
from reservations.models import Frequency, Room, SchoolWeek, Series
from reservations.models.series import LONGEST_SERIES
from reservations.recurrence import faults

ONCE = ""
NTHS = [
    ("1", _("the first")), ("2", _("the second")), ("3", _("the third")), ("4", _("the fourth")),
    ("-1", _("the last")),
]  # fmt: skip


class RepeatForm(NamedForm):
    frequency = forms.ChoiceField(label=_("How often"), required=False)
    interval = forms.IntegerField(
        label=_("Every so many weeks or months"), required=False, min_value=1, max_value=52, initial=1
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), required=False, coerce=int, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: the weekday of the first time."),
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label=_("Which one of the month"), required=False, coerce=int, empty_value=None, choices=[("", ""), *NTHS],
        help_text=_("Left open: as the first time."),
    )  # fmt: skip
    school_week = forms.ChoiceField(label=_("School weeks"), required=False)
    skips_public_holidays = forms.BooleanField(label=_("Not on public holidays"), required=False, initial=True)
    skips_school_holidays = forms.BooleanField(label=_("Not in school holidays"), required=False)
    until = forms.DateField(label=_("Up to and including"), required=False, widget=date_input())
    times = forms.IntegerField(label=_("Or so many times"), required=False, min_value=1, max_value=LONGEST_SERIES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one_of = tuple(self.fields)
        cast(Any, self.fields["frequency"]).choices = [(ONCE, _g("once")), *Frequency.choices]
        cast(Any, self.fields["school_week"]).choices = [("", _g("every week")), *SchoolWeek.choices]

    @property
    def repeats(self) -> bool:
        return bool(self.data.get(self.add_prefix("frequency")))

    def series(self, room: Room | None, first: dt.date, start: dt.time, end: dt.time, **fields: Any) -> Series:
        """Of what was typed, with what a first time says by itself. Not written yet; without a room it is only to
        look with."""
        data = self.cleaned_data
        monthly = data["frequency"] == Frequency.MONTHLY
        nth = data["nth"] if data["nth"] is not None else nth_of(first)
        return Series(
            room=room, first_on=first, start_time=start, end_time=end, frequency=data["frequency"],
            interval=data["interval"] or 1, weekdays=sorted(data["weekdays"]) or [first.weekday()],
            nth=nth if monthly else None, school_week="" if monthly else data["school_week"],
            skips_public_holidays=data["skips_public_holidays"], skips_school_holidays=data["skips_school_holidays"],
            until=data["until"], times=data["times"], **fields,
        )  # fmt: skip

    def look_through(self, series: Series) -> bool:
        """Whether the rule is whole; what is wrong stands at its field."""
        for name, sentence in faults(series).items():
            self.add_error(name, sentence)
        return not self.errors


def nth_of(day: dt.date) -> int:
    """Which one of its weekday it is in its month; a fifth one is the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth <= 4 else -1
