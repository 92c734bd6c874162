"""A season with its rule, what is asked for it, and what its keeper decides by hand."""

from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from reservations.forms.allocations import HoursForm, end_field, weekday_field
from reservations.forms.booking import ASSOCIATION, SHARED, TEAM, holder_choices
from reservations.forms.days import DayField
from reservations.forms.names import time_input
from reservations.models import Building, Feature, Group, Layout, Room, Season, SeasonRequest
from reservations.models.seasons import LONGEST_SEASON
from reservations.models.uses import DISCREET
from reservations.rights import Rights
from teams.access import Access
from teams.forms.base import OnceForm
from teams.models import User

PLACES = range(len(Group))


class SeasonForm(OnceForm):
    """The order is asked place by place: that works without a mouse, and without scripts."""

    class Meta:
        model = Season
        fields = [
            "name", "buildings", "starts", "ends", "requests_until", "keeps_last", "most_hours", "release_days",
            "skips_school_holidays",
        ]  # fmt: skip
        widgets = {
            "buildings": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        field_classes = {"starts": DayField, "ends": DayField, "requests_until": DayField}

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = cast(Any, self.fields)
        fields["buildings"].queryset = Building.objects.managed_by(viewer).order_by("name")
        for name, label, said in (
            ("name", _g("Name"), _g("For instance: Autumn 2027, weekday evenings.")),
            ("requests_until", _g("One can ask until"), _g("From the day after on it is divided.")),
            ("keeps_last", _g("Who had the hour last season keeps it"),
             _g("Among those who stand alike in the order.")),
            ("most_hours", _g("Most hours a week for one holder"), _g("Left empty: as many as the rounds bring.")),
            ("release_days", _g("Free for all, so many days ahead"),
             _g("What they did not book by then, everybody may book.")),
            ("skips_school_holidays", _g("Not in school holidays"), _g("Then the hours are kept for nobody.")),
            ("buildings", _g("Buildings"), _g("All their rooms can be asked for.")),
            ("starts", _g("From"), ""), ("ends", _g("Up to and including"), ""),
        ):  # fmt: skip
            fields[name].label, fields[name].help_text = label, said
        for place in PLACES:
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_g("Place %(number)s") % {"number": place + 1}, choices=Group.choices,
                initial=self.instance.order[place],
            )  # fmt: skip

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[f"place_{place}"] for place in PLACES]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        order = [data.get(f"place_{place}") for place in PLACES]
        if len(set(order)) < len(order):
            again = next(place for place in PLACES if order[place] in order[:place])
            self.add_error(f"place_{again}", _g("This one has a place already. Give each one its own."))
        self.instance.order = order
        starts, ends, until = data.get("starts"), data.get("ends"), data.get("requests_until")
        if starts and ends and ends < starts:
            self.add_error("ends", _g("The last day comes before the first. Choose a later one."))
        elif starts and ends and ends - starts > LONGEST_SEASON:
            self.add_error("ends", _g("A season lasts a year at most."))
        if starts and until and until > starts:
            self.add_error("requests_until", _g("One asks before the season begins."))
        return data


class RequestForm(DiscreetForm, HoursForm):
    """One hour of the week, on one of some days. Sent twice it is one request."""

    discreet = ("title", "note")
    one_of = ("room", "layout")
    id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What for?"), max_length=120)
    holder = forms.ChoiceField(label=_("For whom?"))
    for_youth = forms.BooleanField(
        label=_("Mostly for under-18s"), required=False,
        help_text=_("Counts in the order only when colleagues may see what for: everybody must be able to check it."),
    )  # fmt: skip
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("any room that suits")
    )
    weekdays = weekday_field(_("On one of these days"), help_text=_("You get one hour. Want two? Ask twice."))
    start_time = forms.TimeField(label=_("From"), widget=time_input())
    end_time = end_field()
    persons = forms.IntegerField(label=_("People"), min_value=1, max_value=100_000)
    layout = forms.ChoiceField(label=_("Set-up"), required=False)
    features = forms.MultipleChoiceField(
        label=_("What must be there"), required=False, choices=Feature, widget=forms.CheckboxSelectMultiple
    )
    is_shared = forms.BooleanField(
        label=SHARED, required=False,
        help_text=_("Otherwise the keeper sees who asks and when, not what for."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("For the keeper of the building"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, season: Season, by: User, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.season, self.by = season, by
        self.initial.setdefault("id", uuid7())
        own = by.organisation
        self.initial.setdefault("is_shared", own is None or own.kind not in DISCREET)
        fields = cast(Any, self.fields)
        fields["holder"].choices = holder_choices(own, viewer, Rights.of(viewer))
        fields["room"].queryset = Room.objects.in_use().filter(building__in=season.buildings.all())
        fields["room"].queryset = fields["room"].queryset.select_related("building")
        fields["layout"].choices = [("", _g("any set-up")), *Layout.choices]

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return bool(data.get("is_shared"))

    @property
    def request(self) -> SeasonRequest:
        """Not written yet."""
        data = self.cleaned_data
        kind, _colon, key = data["holder"].partition(":")
        held: dict[str, Any] = {"organisation": self.by.organisation}
        if kind == ASSOCIATION:
            held = {"association_id": int(key)}
        elif kind == TEAM:
            held["team_id"] = int(key)
        names = (
            "id", "title", "for_youth", "room", "weekdays", "start_time", "end_time", "persons", "layout", "features",
            "is_shared", "note",
        )  # fmt: skip
        return SeasonRequest(season=self.season, created_by=self.by, **held, **{name: data[name] for name in names})


class DecisionForm(HoursForm):
    """What the keeper gives a request instead of what the rule says."""

    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), empty_label=_("choose"))
    weekday = forms.TypedChoiceField(label=_("Day"), coerce=int, choices=list(WEEKDAYS.items()))
    start_time = forms.TimeField(label=_("From"), widget=time_input())
    end_time = end_field()

    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.in_use().filter(building__in=season.buildings.all())
        cast(Any, self.fields["room"]).queryset = rooms.select_related("building")


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("Why not"), max_length=500, help_text=_("Whoever asked reads it."),
        error_messages={"required": _("Say why: whoever asked reads it.")},
    )  # fmt: skip
