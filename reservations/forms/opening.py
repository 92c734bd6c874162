"""The hours of a building or of one room: a period, and for each weekday at most two stretches."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.forms.days import DayField
from reservations.models import Building, OpeningPeriod, OpeningSpan, PeriodKind
from teams.forms.base import OnceForm

STRETCHES = ("", "_2")  # a morning and an afternoon
FURTHEST_YEARS = 10  # a slip of the finger in the year
A_WHOLE_DAY = 24 * 60
# Where the hours of Monday are copied to.
COPIES = {"weekdays": range(1, 5), "all": range(1, 7)}


def names_of(weekday: int, stretch: str) -> tuple[str, str]:
    return f"opens_{weekday}{stretch}", f"closes_{weekday}{stretch}"


class PeriodForm(OnceForm):
    one_of = ("room",)  # left out it is the whole building, which its first choice says

    class Meta:
        model = OpeningPeriod
        fields = ["name", "kind", "room", "starts", "ends"]
        field_classes = {"starts": DayField, "ends": DayField}

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.building = self.instance.building = building
        self.choice("room").queryset = building.rooms.in_use()
        self.choice("room").empty_label = _g("the whole building")
        self.choice("room").label = _g("For")
        self.choice("room").label_from_instance = lambda room: str(room.name)  # type: ignore[assignment,method-assign]
        self.fields["kind"].label = _g("Holds on")
        self.fields["name"].help_text = _g("For instance: Winter hours, Christmas holidays, Election day.")
        written = self._written()
        for weekday, day in WEEKDAYS.items():
            for number, stretch in enumerate(STRETCHES):
                for name, what in zip(names_of(weekday, stretch), (_("opens"), _("closes")), strict=True):
                    again = _g("again") if number else ""
                    self.fields[name] = forms.TimeField(
                        label=" ".join(filter(None, [str(day), again, str(what)])), required=False,
                        widget=forms.TimeInput(attrs={"type": "time", "class": "ds-input"}, format="%H:%M"),
                    )  # fmt: skip
                    self.initial.setdefault(name, written.get(name))

    def _written(self) -> dict[str, dt.time]:
        if not self.instance.pk:
            return {}
        written: dict[str, dt.time] = {}
        for span in self.instance.spans.order_by("weekday", "opens"):
            free = next((stretch for stretch in STRETCHES if names_of(span.weekday, stretch)[0] not in written), None)
            if free is not None:
                opens, closes = names_of(span.weekday, free)
                written |= {opens: span.opens, closes: span.closes}
        return written

    @property
    def days(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The weekdays with their fields, for the table of the page."""
        found = []
        for weekday, day in WEEKDAYS.items():
            pairs = [names_of(weekday, stretch) for stretch in STRETCHES]
            found.append((str(day), [(self[opens], self[closes]) for opens, closes in pairs]))
        return found

    def clean(self) -> None:
        super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _g("This day lies before the first one."))
        if ends and ends.year > timezone.localdate().year + FURTHEST_YEARS:
            self.add_error("ends", _g("This day lies too far ahead. Check the year."))
        for weekday in WEEKDAYS:
            self._clean_day(weekday)
        if self.cleaned_data.get("kind") == PeriodKind.YEAR and not self.errors and not list(self._spans()):
            self.add_error(None, _g("Fill in hours for at least one weekday: otherwise it is closed all year."))

    def _clean_day(self, weekday: int) -> None:
        taken: list[tuple[int, int]] = []
        for stretch in STRETCHES:
            first, last = names_of(weekday, stretch)
            if first in self.errors or last in self.errors:
                continue
            opens, closes = self.cleaned_data.get(first), self.cleaned_data.get(last)
            if (opens is None) != (closes is None):
                missing = first if opens is None else last
                self.add_error(missing, _g("Fill in both hours, or none."))
            elif opens is not None and closes is not None:
                begin, end = minutes(opens), minutes(closes)
                end += A_WHOLE_DAY if end <= begin else 0
                if any(begin < over and end > begun for begun, over in taken):
                    self.add_error(first, _g("These hours run through the first ones."))
                taken.append((begin, end))

    def _spans(self) -> Iterator[OpeningSpan]:
        for weekday in WEEKDAYS:
            for stretch in STRETCHES:
                opens, closes = (self.cleaned_data.get(name) for name in names_of(weekday, stretch))
                if opens is not None and closes is not None:
                    yield OpeningSpan(weekday=weekday, opens=opens, closes=closes)

    def write(self) -> None:
        period: OpeningPeriod = self.instance
        if period.pk is None:
            period.save(force_insert=True)
        else:
            period.save(update_fields=self.Meta.fields)
            period.spans.all().delete()
        spans = list(self._spans())
        for span in spans:
            span.period = period
        OpeningSpan.objects.bulk_create(spans)
        period.describe()

    def copied(self, to: str) -> dict[str, Any]:
        """What was typed, with the hours of Monday on other days too: the start of a new form."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        for weekday in COPIES.get(to, ()):
            for stretch in STRETCHES:
                for monday, other in zip(names_of(0, stretch), names_of(weekday, stretch), strict=True):
                    typed[other] = typed[monday]
        return typed


def minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
