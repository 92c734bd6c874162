import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaSet
from kortrijk_gebied.discreet import DiscreetForm
from teams.access import Access
from teams.forms.base import OnceForm, date_input
from teams.models import Rota, ShiftPattern, Team, User
from teams.models.rota import SERVING, rota_teams_of
from teams.rota.changing import Change
from teams.rota.facts import Plan
from teams.rota.publishing import Outlook
from teams.rota.words import Names, when

if TYPE_CHECKING:
    from django.db.models import QuerySet


def teams_without(viewer: Access) -> "QuerySet[Team]":
    """Teams of people who serve zones, and that have no rota yet."""
    serving = Team.objects.valid_on(timezone.localdate()).filter(memberships__function=SERVING)
    return rota_teams_of(viewer).filter(pk__in=serving.values("pk"), rota=None)


class RotaForm(OnceForm):
    class Meta:
        model = Rota
        fields = ["team", "zones", "months", "first_on", "notice_days"]
        widgets = {"zones": forms.CheckboxSelectMultiple, "first_on": date_input()}

    def __init__(self, *args: Any, viewer: Access, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.created_by = user
        zones = Area.objects.current().defer("boundary").filter(set__kind=AreaSet.Kind.INNER_CITY)
        self.choice("team").queryset = teams_without(viewer).order_by("name", "pk")
        self.choice("zones").queryset = zones.order_by("position", "code", "pk")

    def clean_zones(self) -> Any:
        zones = self.cleaned_data["zones"]
        if len(zones) < 2:
            raise forms.ValidationError(_("Choose two zones or more: with one there is nothing to rotate."))
        return zones


class SettingsForm(OnceForm):
    """Zones, periods and the first day stay as they were: turns hang on them."""

    class Meta:
        model = Rota
        fields = ["notice_days"]


class PatternForm(OnceForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"), coerce=int, widget=forms.CheckboxSelectMultiple,
        choices=[(number, capfirst(name)) for number, name in WEEKDAYS.items()],
    )  # fmt: skip

    class Meta:
        model = ShiftPattern
        fields = ["rota", "name", "weekdays", "starts", "ends", "on_closed_days"]
        widgets = {
            "starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fix("rota", rota)


class AheadForm(forms.Form):
    count = forms.IntegerField(label=gettext_lazy("Periods to add"), min_value=1, max_value=6, initial=3)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)  # sent twice they come once


class ChangeForm(forms.Form):
    """What to change in one period. The page first shows what follows from it."""

    period = forms.TypedChoiceField(label=gettext_lazy("Period"), coerce=dt.date.fromisoformat)
    who = forms.TypedChoiceField(
        label=gettext_lazy("Who"), coerce=uuid.UUID, error_messages={"required": gettext_lazy("Choose who.")}
    )
    to = forms.ChoiceField(
        label=gettext_lazy("Becomes"),
        help_text=gettext_lazy("A colleague to swap with, a zone, or no turn at all."),
        error_messages={"required": gettext_lazy("Choose what it becomes.")},
    )

    def __init__(self, *args: Any, plan: Plan, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.periods = {period.starts: period for period in plan.periods if period.ends > today}
        staying = [one.key for one in plan.wardens if any(days.ends > today for days in one.member)]
        people = [(str(key), names.people.get(key, "")) for key in staying]
        people.sort(key=lambda one: (one[1], one[0]))
        zones = [(f"zone:{key}", names.zone(key)) for key in plan.zones]
        of_period = [(starts.isoformat(), when(period)) for starts, period in self.periods.items()]
        self.fields["period"].choices = of_period  # type: ignore[attr-defined]
        choose = ("", _("- Select an option -"))
        self.fields["who"].choices = [choose, *people]  # type: ignore[attr-defined]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            choose,
            (_("Swap with"), [(f"person:{key}", name) for key, name in people]),
            (_("Goes to"), zones),
            (_("Or"), [("none", _("no turn in this period"))]),
        ]

    @property
    def change(self) -> Change:
        kind, _sep, key = self.cleaned_data["to"].partition(":")
        period = self.periods[self.cleaned_data["period"]]
        return Change(
            period=period, who=self.cleaned_data["who"], other=uuid.UUID(key) if kind == "person" else None,
            zone=int(key) if kind == "zone" else None,
        )  # fmt: skip


class PublicationForm(DiscreetForm):
    discreet = ("note",)
    note = forms.CharField(
        label=gettext_lazy("Note for the team"), required=False, max_length=300,
        help_text=gettext_lazy("Stands in the mail to everybody for whom something changes."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    accepts = forms.BooleanField(label=gettext_lazy("I know that a zone stays without"), required=False)
    late = forms.BooleanField(label=gettext_lazy("It has to be, shorter before than agreed"), required=False)
    replaces = forms.BooleanField(
        label=gettext_lazy("The rota takes the place of who was named by hand"), required=False
    )

    def __init__(self, data: QueryDict | None = None, *, outlook: Outlook) -> None:
        """What was ticked on a page that holds no more is asked again."""
        asked = {"accepts": bool(outlook.uncovered), "late": outlook.is_late, "replaces": bool(outlook.by_hand)}
        if data is not None and data.get("seen") != outlook.mark:
            data = data.copy()
            for name in asked:
                data.pop(name, None)
        super().__init__(data)
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
