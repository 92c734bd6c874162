"""Hours as a keeper gives them to somebody."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from reservations.forms.booking import SHARED
from reservations.forms.days import DayField
from reservations.forms.names import time_input
from reservations.models import Allocation, Association, Building, Room
from reservations.models.allocations import LONGEST_ALLOCATION
from reservations.seasons.ranges import check_hours
from teams.models import Organisation

ORGANISATION, ASSOCIATION = "organisatie", "vereniging"


def all_holders() -> list[Any]:
    """Every organisation, and every association."""
    organisations = [(f"{ORGANISATION}:{each.pk}", each.name) for each in Organisation.objects.order_by("name")]
    associations = [(f"{ASSOCIATION}:{each.pk}", each.name) for each in Association.objects.order_by("name")]
    return [("", _g("choose")), (_g("Organisations"), organisations), (_g("Associations"), associations)]


def holding(said: str) -> dict[str, int]:
    kind, _colon, key = said.partition(":")
    return {"association_id" if kind == ASSOCIATION else "organisation_id": int(key)}


def weekday_field(label: Any, **kwargs: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day.")}, **kwargs,
    )  # fmt: skip


def end_field() -> forms.TimeField:
    return forms.TimeField(
        label=_("Ends at"), widget=time_input(), help_text=_("Earlier than the start? Then it is the day after.")
    )


class HoursForm(forms.Form):
    """From an hour to a later one, of the same day or past midnight."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("start_time"), data.get("end_time")
        if start is not None and end is not None:
            try:
                check_hours(start, end)
            except Refused as refusal:
                self.add_error("end_time", str(refusal))
        return data


class AllocationForm(DiscreetForm, HoursForm):
    """The key comes with the form: sent twice it is given once."""

    discreet = ("why",)
    id = forms.UUIDField(widget=forms.HiddenInput)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), empty_label=_("choose"))
    holder = forms.ChoiceField(label=_("For whom?"))
    weekdays = weekday_field(_("On"))
    start_time = forms.TimeField(label=_("From"), widget=time_input())
    end_time = end_field()
    first_on = DayField(label=_("From which day"))
    last_on = DayField(label=_("Up to and including"))
    skips_school_holidays = forms.BooleanField(label=_("Not in school holidays"), required=False)
    release_days = forms.IntegerField(
        label=_("Free for all, so many days ahead"), min_value=0, max_value=365, initial=14,
        help_text=_("What they did not book by then, everybody may book."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why they go first"), max_length=200,
        help_text=_("One sentence; everybody reads it. Of the OCMW and the police only their name is shown."),
    )  # fmt: skip

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", uuid7())
        self.initial.setdefault("first_on", timezone.localdate())
        rooms = cast(Any, self.fields["room"])
        rooms.queryset = building.rooms.in_use().order_by("name")
        rooms.label_from_instance = lambda room: room.name
        cast(Any, self.fields["holder"]).choices = all_holders()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _g("The last day comes before the first. Choose a later one."))
        elif first and last and last - first > LONGEST_ALLOCATION:
            self.add_error("last_on", _g("Hours are given for two years at most. Give them anew by then."))
        return data

    @property
    def allocation(self) -> Allocation:
        """Not written yet."""
        names = (
            "id", "room", "weekdays", "start_time", "end_time", "first_on", "last_on", "skips_school_holidays",
            "release_days", "why",
        )  # fmt: skip
        data = self.cleaned_data
        return Allocation(**holding(data["holder"]), **{name: data[name] for name in names})


class AllDatesForm(DiscreetForm):
    """What the holder books all days for."""

    discreet = ("title",)
    id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What for?"), max_length=120)
    persons = forms.IntegerField(label=_("People"), min_value=1, max_value=100_000)
    is_shared = forms.BooleanField(label=SHARED, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", uuid7())

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return bool(data.get("is_shared"))


class DayForm(forms.Form):
    day = DayField(widget=forms.HiddenInput)
