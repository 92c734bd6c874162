"""What a booking or a series is for; where and when stand on other pages."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.forms.booking import UseForm, holder_of
from reservations.forms.days import DayField
from reservations.forms.names import NamedForm, time_input
from reservations.models import Booking, Feature, Layout, Room, Series
from reservations.models.rooms import RoomQuerySet


class ChangeForm(UseForm):
    persons = forms.IntegerField(label=_("People"), min_value=1, max_value=100_000)
    layout = forms.ChoiceField(label=_("Set-up"), required=False)
    features = forms.MultipleChoiceField(
        label=_("What must be there"), required=False, choices=Feature, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("title", "holder", "persons", "layout", "features", "is_shared", "note")

    def __init__(self, *args: Any, of: Booking | Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["layout"]).choices = [("", _g("any set-up")), *Layout.choices]
        holder = cast(Any, self.fields["holder"])
        known = {key for group, keys in holder.choices for key in (dict(keys) if isinstance(keys, list) else [group])}
        if holder_of(of) not in known:  # a keeper changes what others hold
            name = of.team.name if of.team else of.holder.name
            holder.choices = [("", name), *holder.choices]
            holder.required = False
        self.of = of

    def holding(self) -> dict[str, Any]:
        if not self.cleaned_data["holder"]:
            return {name: getattr(self.of, name) for name in ("organisation", "team", "association")}
        return super().holding()

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**self.use(), **{name: data[name] for name in ("persons", "layout", "features")}}


class EndForm(NamedForm):
    until = DayField(label=_("Last day"))


class SeriesChangeForm(ChangeForm):
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"))
    start = forms.TimeField(label=_("From"), widget=time_input())
    end = forms.TimeField(label=_("Ends at"), widget=time_input())

    def __init__(self, *args: Any, rooms: RoomQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["room"]).queryset = rooms
