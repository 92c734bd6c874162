"""The days of an activity besides its first, one a row, each with hours of its own when it has them.

There are always a few rows more than are filled in: whoever needs more of them looks at the dates, and finds new ones.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.activities.dates import OnDay, hours_of
from reservations.forms.names import NamedForm, date_input, time_input
from reservations.models import Activity
from reservations.moments import YEARS, nearest_stretch

PREFIX, EMPTY, MOST = "rij", 4, 400
TYPED = re.compile(rf"{PREFIX}-(\d{{1,3}})-\w+", re.ASCII)


class DayRow(NamedForm):
    """Left empty it is no day; without hours it has those of the first day."""

    day = forms.DateField(required=False, widget=date_input())
    start = forms.TimeField(label=_("From"), required=False, widget=time_input())
    end = forms.TimeField(label=_("Ends at"), required=False, widget=time_input())
    one_of = ("day", "start", "end")

    def __init__(self, data: Any = None, *, number: int, day: dict[str, Any] | None = None) -> None:
        super().__init__(data, prefix=f"{PREFIX}-{number}", initial=day or {})
        self.number = number + 2  # after the first day, which stands above
        self.fields["day"].label = _g("Day %(number)s") % {"number": self.number}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data["day"] is None:
            if data["start"] or data["end"]:
                self.add_error("day", _g("Choose the day of these hours."))
        elif data["day"].year not in YEARS:
            self.add_error("day", _g("This year is too far away."))
        elif (data["start"] is None) != (data["end"] is None):
            self.add_error("start" if data["start"] is None else "end", _g("Fill in both hours, or none."))
        return data


class DayRows:
    """The rows of one form: what was typed, or the days of an activity."""

    def __init__(self, data: Mapping[str, Any] | None, activity: Activity | None = None) -> None:
        if data is not None:
            typed = [int(found[1]) for name in data if (found := TYPED.fullmatch(name)) and data[name]]
            count = min(max(typed, default=-1) + 1 + EMPTY, MOST)
            self.rows = [DayRow(data, number=number) for number in range(count)]
            return
        days = list(_others(activity)) if activity else []
        days += [{} for _row in range(EMPTY)]
        self.rows = [DayRow(number=number, day=day) for number, day in enumerate(days)]

    def __iter__(self) -> Iterator[DayRow]:
        return iter(self.rows)

    @property
    def are_filled_in(self) -> bool:
        return any(row[name].value() for row in self.rows for name in row.fields)

    def all_with(self, first: OnDay) -> list[OnDay]:
        """The first day and those of the rows. What cannot be is said in its row."""
        found = {first[0]: first}
        for row in self.rows:
            if not row.is_valid() or row.cleaned_data["day"] is None:
                continue
            said = row.cleaned_data
            day: OnDay = (said["day"], said["start"] or first[1], said["end"] or first[2])
            if day[0] in found:
                row.add_error("day", _g("This day stands here already. Twice on one day are two activities."))
            elif nearest_stretch(*day) is None:
                row.add_error("start", _g("In that night the clock goes forward over all of these hours."))
            found.setdefault(day[0], day)
        return list(found.values())

    @property
    def faults(self) -> list[tuple[DayRow, str]]:
        return [(row, str(error)) for row in self.rows for errors in row.errors.values() for error in errors]


def _others(activity: Activity) -> Iterator[dict[str, Any]]:
    """Hours that are those of the first day are left empty, as one types them."""
    if not activity.days:
        return
    first, *others = hours_of(activity)
    for day, start, end in others:
        own = (start, end) != first[1:]
        yield {"day": day, "start": start if own else None, "end": end if own else None}
