"""When, for how many people, and what must be there."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations.booking import may_be_asked
from reservations.forms.buildings import WORKING_SET
from reservations.forms.names import NamedForm, date_input, time_input
from reservations.models import Booking, Feature, Layout
from reservations.moments import YEARS, AmbiguousTime, NoSuchTime, last_day, moment, on_clock
from reservations.near import Near, near_named

FIRST, SECOND = "1", "2"
USUAL = dt.timedelta(hours=2)
USUAL_PERSONS = 10


def usual(now: dt.datetime | None = None) -> dict[str, Any]:
    """What most people want, to be changed: from the next hour on, two hours."""
    start = on_clock(now or timezone.now()).replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    if not 8 <= start.hour <= 20:
        start = (start + (A_DAY if start.hour > 20 else dt.timedelta(0))).replace(hour=9)
    return {
        "day": start.date().isoformat(), "start": f"{start:%H:%M}", "end": f"{start + USUAL:%H:%M}",
        "persons": str(USUAL_PERSONS),
    }  # fmt: skip


class MomentForm(NamedForm):
    """From when to when, on the clock."""

    day = forms.DateField(label=_("Day"), widget=date_input(), error_messages={"required": _("Choose a day.")})
    start = forms.TimeField(label=_("From"), widget=time_input(), error_messages={"required": _("Choose an hour.")})
    end = forms.TimeField(label=_("Ends at"), widget=time_input(), error_messages={"required": _("Choose an hour.")})
    last_day = forms.DateField(
        label=_("Until on another day"), required=False, widget=date_input(),
        help_text=_("Only for what lasts more than a day. Until 1.00 is the night after by itself."),
    )  # fmt: skip
    later = forms.ChoiceField(
        label=_("Which of the two?"), required=False, widget=forms.RadioSelect,
        choices=[(FIRST, _("The first: summer time")), (SECOND, _("The second: winter time"))],
    )  # fmt: skip
    asks_which_hour = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not {"day", "start", "end"} & set(self.errors):
            self._moments(data)
        return data

    def _moments(self, data: dict[str, Any]) -> None:
        """The day and hours on the clock, as moments; the hour that comes twice is asked about."""
        if not {data["day"].year, (data.get("last_day") or data["day"]).year} <= set(YEARS):
            self.add_error("day", _g("This year is too far away. Choose a day that can be booked."))
            return
        if data["start"] == data["end"] and not data.get("last_day"):
            self.add_error("end", _g("It begins and ends at the same hour. For a whole day, say on which day it ends."))
            return
        ends_on = data.get("last_day") or last_day(data["day"], data["start"], data["end"])
        later = {FIRST: False, SECOND: True}.get(data.get("later") or "")
        try:
            data["starts"] = self._moment("start", data["day"], data["start"], later)
            data["ends"] = self._moment("end", ends_on, data["end"], later)
            may_be_asked(Booking(starts=data["starts"], ends=data["ends"]))
        except (NoSuchTime, AmbiguousTime):
            return
        except Refused as refusal:
            self.add_error("last_day" if data.get("last_day") else "day", str(refusal))

    def _moment(self, name: str, day: dt.date, time: dt.time, later: bool | None) -> dt.datetime:
        try:
            return moment(day, time, later=later)
        except NoSuchTime as refusal:
            self.add_error(name, str(refusal))
            raise
        except AmbiguousTime as refusal:
            self.asks_which_hour = True
            self.add_error("later", str(refusal))
            raise


class WishForm(MomentForm):
    persons = forms.IntegerField(
        label=_("People"), min_value=1, max_value=100_000, error_messages={"required": _("Say with how many you come.")}
    )
    layout = forms.ChoiceField(label=_("Set-up"), required=False)
    features = forms.MultipleChoiceField(
        label=_("What must be there"), required=False, choices=Feature, widget=forms.CheckboxSelectMultiple
    )
    near = forms.ModelChoiceField(
        Area.objects.none(), label=_("Near"), required=False, to_field_name="code", empty_label=_("anywhere")
    )
    place = forms.CharField(label=_("Or near a street, a building"), required=False, max_length=120)
    one_of = ("near", "place", "layout")  # most people leave these: no "(optional)" beside them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["layout"]).choices = [("", _g("any set-up")), *Layout.choices]
        areas = Area.objects.current().in_set(WORKING_SET)
        cast(Any, self.fields["near"]).queryset = areas.defer("boundary").order_by("name")

    def clean_place(self) -> Near | None:
        said = self.cleaned_data["place"].strip()
        if not said:
            return None
        try:
            found = near_named(said)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if found is None:
            raise ValidationError(_g("We know no street, building or area of that name. Look how it is written."))
        return found

    @property
    def close_to(self) -> Near | None:
        """The place counts above the area."""
        data = self.cleaned_data
        return data["place"] or (Near.of(data["near"]) if data["near"] else None)

    def wish(self) -> Booking:
        """Without a room and without a holder: only to look with."""
        data = self.cleaned_data
        return Booking(
            starts=data["starts"], ends=data["ends"], persons=data["persons"], layout=data["layout"],
            features=data["features"],
        )  # fmt: skip
