"""A round of who has no tablet."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaSet
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from signals.models import RoundActivityKind
from teams.access import Access
from teams.forms.base import date_input

AT_MOST_BACK = dt.timedelta(days=14)


class RoundForm(DiscreetForm):
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

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), "day": timezone.localdate()}
        super().__init__(*args, **kwargs)
        current = Area.objects.current().defer("boundary")
        inner = current.filter(set__kind=AreaSet.Kind.INNER_CITY)
        own = current.filter(set__kind=AreaSet.Kind.WORKING, pk__in=viewer.areas("register"))
        for name in ("starts", "ends"):
            self.fields[name].label = capfirst(str(self.fields[name].label))
        zone, activities = self.fields["zone"], self.fields["activities"]
        assert isinstance(zone, forms.ModelChoiceField)  # noqa: S101  for the type checker
        assert isinstance(activities, forms.MultipleChoiceField)  # noqa: S101
        zone.queryset = (inner | own).order_by("-set__kind", "position", "pk")
        activities.choices = [(kind.value, capfirst(str(kind.label))) for kind in RoundActivityKind]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if not today - AT_MOST_BACK <= day <= today:
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
