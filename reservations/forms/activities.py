"""An activity as its organiser describes it, and what the list of activities is asked."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.refusals import Refused
from reservations.activities import dates
from reservations.forms.activity_days import DayRows
from reservations.forms.associations import areas
from reservations.forms.names import date_input, time_input
from reservations.models import Activity, ActivityDate, ActivityKind, Association, Booking, Target
from reservations.moments import YEARS
from reservations.recurrence_words import NTH
from reservations.register.rights import keeps_register
from teams.access import Access
from teams.forms.base import OnceForm
from teams.models import Organisation

OWN, ASSOCIATION = "eigen", "vereniging"


class ActivityFilter(forms.Form):
    """Its fields stand in the address."""

    one_of = ("gebied", "soort", "doelgroep", "week")  # most people leave these: no "(optional)" beside them

    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, to_field_name="code", empty_label=_("every area")
    )
    soort = forms.ChoiceField(label=_("Kind"), required=False)
    doelgroep = forms.ChoiceField(label=_("For whom"), required=False)
    week = forms.DateField(label=_("Week of"), required=False, widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["gebied"].queryset = areas()
        fields["soort"].choices = [("", _g("all but open houses")), *ActivityKind.choices]
        fields["doelgroep"].choices = [("", _g("everybody")), *Target.choices]

    def clean_week(self) -> dt.date | None:
        week: dt.date | None = self.cleaned_data["week"]
        if week and week.year not in YEARS:
            raise ValidationError(_g("This year is too far away."))
        return week

    def asked(self) -> dict[str, Any]:
        """What of it can be understood."""
        self.is_valid()
        return self.cleaned_data


class ActivityForm(DiscreetForm, OnceForm):
    discreet = ("title", "description")
    holder = forms.ChoiceField(label=_("Organised by"))
    targets = forms.MultipleChoiceField(
        label=_("For whom"), choices=Target.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(number, name) for number, name in WEEKDAYS.items()], help_text=_("Nothing ticked: it is once."),
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label=_("Which of the month"), coerce=int, empty_value=None, required=False,
        choices=[("", _("every week")), *NTH.items()],
    )  # fmt: skip
    interval = forms.IntegerField(label=_("Every so many weeks or months"), min_value=1, max_value=52, initial=1)
    reference = forms.CharField(
        label=_("Booking of the room"), required=False, max_length=12,
        help_text=_("Its reference, such as R-ABCD-1234. What others may not read of it stays unread."),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = [
            "title", "kind", "description", "targets", "area", "building", "place", "contact_line", "price", "first_on",
            "start_time", "end_time", "weekdays", "nth", "interval", "until", "skips_public_holidays",
            "skips_school_holidays", "is_public",
        ]  # fmt: skip
        widgets = {
            "first_on": date_input(), "until": date_input(), "start_time": time_input(), "end_time": time_input(),
            "description": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip

    one_of = ("building", "place", "until", "nth", "interval")

    def __init__(self, *args: Any, viewer: Access, like: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.rows = DayRows(self.data if self.is_bound else None, like or self.instance)
        self.choice("area").queryset = areas()
        fields: dict[str, Any] = self.fields
        fields["holder"].choices = self._holders()
        fields["building"].empty_label = _g("somewhere else")
        fields["end_time"].help_text = ""
        found = self.instance
        if not found._state.adding or found.title:
            self.initial["holder"] = f"{ASSOCIATION}:{found.association_id}" if found.association_id else OWN
            self.initial.update(weekdays=found.weekdays, nth=found.nth)
            mine = Booking.objects.readable(viewer).filter(pk=found.booking_id).first() if found.booking_id else None
            self.initial["reference"] = mine.reference if mine else ""

    def _holders(self) -> list[Any]:
        own = Organisation.objects.filter(pk=self.viewer.organisation_id or 0).first()
        choices: list[Any] = [(OWN, own.name)] if own else []
        if keeps_register(self.viewer):
            found = Association.objects.current().values_list("pk", "name")
            choices.append((_g("Associations"), [(f"{ASSOCIATION}:{pk}", name) for pk, name in found]))
        return choices

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return True

    def clean_reference(self) -> str:
        said: str = self.cleaned_data["reference"].strip().upper()
        self.booked = Booking.objects.readable(self.viewer).filter(reference=said).first() if said else None
        if said and self.booked is None:
            raise forms.ValidationError(
                _g("There is no booking %(reference)s that you may read.") % {"reference": said}
            )
        return said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("first_on") and data["first_on"].year not in YEARS:
            self.add_error("first_on", _g("This year is too far away."))
        if not data.get("weekdays"):
            data["until"], data["nth"], data["interval"] = None, None, 1
        elif not data.get("until"):
            self.add_error("until", _g("It ends one day. Choose the last day it may take place."))
        elif data.get("first_on") and data["until"] < data["first_on"]:
            self.add_error("until", _g("The last day comes before the first. Choose a later one."))
        if {"first_on", "start_time", "end_time"} <= set(data):
            self._put_on_days(data)
        if not self.errors:
            self._hold(data)
        return data

    def _put_on_days(self, data: dict[str, Any]) -> None:
        days = self.rows.all_with((data["first_on"], data["start_time"], data["end_time"]))
        for row, error in self.rows.faults:
            self.add_error(None, f"{row.fields['day'].label}: {error}")
        if len(days) > 1 and data.get("weekdays"):
            self.add_error(
                "weekdays", _g("It comes back by a rule, or it is on days of its own. Choose one of the two.")
            )
        dates.put_on(self.instance, days)
        data["first_on"], data["start_time"], data["end_time"] = min(days)

    def _hold(self, data: dict[str, Any]) -> None:
        kind, _colon, key = data["holder"].partition(":")
        self.instance.organisation_id = self.viewer.organisation_id if kind == OWN else None
        self.instance.association_id = int(key) if kind == ASSOCIATION else None
        if data.get("reference") or "reference" in self.changed_data:
            self.instance.series_id = self.booked.series_id if self.booked else None
            self.instance.booking = self.booked if self.booked and not self.booked.series_id else None

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # of Django, not in its stubs
        if not self.errors:
            try:
                self.preview = dates.rows_of(self.instance)
            except Refused as refusal:
                self.add_error("weekdays", str(refusal))
            else:
                if not self.preview:
                    self.add_error("start_time", _g("In that night the clock goes forward over all of these hours."))

    preview: list[ActivityDate] | None = None
    booked: Booking | None = None


class EventsForm(forms.Form):
    file = forms.FileField(
        label=_("File of UiTdatabank"), widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=_("JSON: one event, a list of events, or the answer of its search with everything in it."),
    )  # fmt: skip
