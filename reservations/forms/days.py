"""A day that somebody types."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from reservations.moments import YEARS
from teams.forms.base import date_input


class DayField(forms.DateField):
    """In a year that people plan for: another is a slip of the hand, and where calendars end the clock overflows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": date_input(), **kwargs})

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            years = {"first": YEARS[0], "last": YEARS[-1]}
            raise forms.ValidationError(_("This year is too far away. Choose one from %(first)s to %(last)s.") % years)
        return day
