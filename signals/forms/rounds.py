"""A round of who has no tablet."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaSet
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import PatrolRound, RoundActivityKind
from signals.rounds import BACK
from teams.access import Access
from teams.forms.base import date_input
from teams.models import User
from teams.rota.own import zone_today


class RoundForm(DiscreetForm):
    """A new one, or with `stands` one to set right."""

    discreet = ("note",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    zone = forms.ModelChoiceField(
        Area.objects.none(), label=_("Zone or area"), empty_label=_("Choose a zone"),
        error_messages={"required": _("Choose where you were.")},
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), widget=date_input())
    starts = forms.TimeField(label=_("from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    activities = forms.MultipleChoiceField(
        label=_("What you did"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one activity.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("For who comes after you"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your team reads it in the next briefing. No names, no route."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Access, user: User, stands: PatrolRound | None = None) -> None:
        self.stands = stands
        super().__init__(*args, initial=as_it_stands(stands) if stands else proposed(user))
        if stands:
            del self.fields["key"]
        current = Area.objects.current().defer("boundary")
        inner = current.filter(set__kind=AreaSet.Kind.INNER_CITY)
        own = current.filter(set__kind=AreaSet.Kind.WORKING, pk__in=viewer.areas("register"))
        for name in ("starts", "ends"):
            self.fields[name].label = capfirst(str(self.fields[name].label))
        zone, activities = self.fields["zone"], self.fields["activities"]
        assert isinstance(zone, forms.ModelChoiceField)  # noqa: S101  for the type checker
        assert isinstance(activities, forms.MultipleChoiceField)  # noqa: S101
        there = Area.objects.filter(pk__in=[stands.zone_id] if stands and stands.zone_id else []).defer("boundary")
        zone.queryset = (inner | own | there).order_by("-set__kind", "position", "pk")
        activities.choices = [(kind.value, capfirst(str(kind.label))) for kind in RoundActivityKind]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if not today - BACK <= day <= today:
            raise forms.ValidationError(_g("Choose a day of the last two weeks."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _g("The end lies before the start."))
        elif ends and data.get("day") == timezone.localdate() and ends > timezone.localtime().time():
            self.add_error("ends", _g("That is still to come: write it down when the round is over."))
        return data

    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """A tablet knows the second: what was left as it stood stays so."""
        day, found = self.cleaned_data["day"], []
        for name, stood in (("starts", "started_at"), ("ends", "ended_at")):
            at = dt.datetime.combine(day, self.cleaned_data[name], tzinfo=BRUSSELS)
            known = localtime(getattr(self.stands, stood), BRUSSELS) if self.stands else at
            found.append(known if known.replace(second=0, microsecond=0) == at else at)
        return found[0], found[1]


def proposed(user: User) -> dict[str, Any]:
    """Today, in the zone of the own rota."""
    return {"key": uuid7(), "day": timezone.localdate(), "zone": zone_today(user)}


def as_it_stands(round_: PatrolRound) -> dict[str, Any]:
    starts, ends = localtime(round_.started_at, BRUSSELS), localtime(round_.ended_at, BRUSSELS)
    kinds = list(round_.activities.values_list("kind", flat=True))
    return {
        "zone": round_.zone_id, "day": starts.date(), "starts": starts.time(), "ends": ends.time(), "note": round_.note,
        "activities": kinds,
    }  # fmt: skip
