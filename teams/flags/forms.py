"""An attention area or a risk as a team writes it down, looks at it again, and ends it."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaSet
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.forms.base import date_input
from teams.forms.overtaken import OvertakenForm
from teams.models import AreaFlag, Team
from teams.models.audience import Audience
from teams.models.flags import LONGEST

USUAL = dt.timedelta(days=91)
# A flag is for colleagues: a street is not called a risk in public.
READERS = (Audience.INTERNAL, Audience.PARTNERS)
# Who keeps it stays; its days go by looking at it again. So does for whom it is: its history would tell others what
# was written for the own organisation alone.
FIXED = ("key", "starts", "review_on", "team", "audience")


class FlagForm(DiscreetForm, OvertakenForm):
    """`key` comes with the form: sent twice it is one flag."""

    discreet = ("place", "reason")
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = AreaFlag
        fields = ["kind", "areas", "place", "reason", "source", "starts", "review_on", "team", "audience"]
        widgets = {
            "areas": forms.CheckboxSelectMultiple, "reason": forms.Textarea(attrs={"rows": 4}),
            "starts": date_input(), "review_on": date_input(), "audience": forms.RadioSelect, "kind": forms.RadioSelect,
        }  # fmt: skip

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        initial = {"key": uuid7(), "review_on": timezone.localdate() + USUAL, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        mine = Team.objects.valid_on(timezone.localdate()).filter(pk__in=viewer.team_ids).order_by("name")
        team = self.choice("team")
        team.queryset, team.empty_label = mine, _g("Choose a team")
        if len(mine) == 1:
            self.fix("team", mine[0])
        here = Area.objects.current().filter(pk__in=viewer.areas("view"), set__kind=AreaSet.Kind.WORKING)
        wanted = Q(pk__in=here.values("pk"))
        if not self.instance._state.adding:
            wanted |= Q(pk__in=self.instance.areas.values("pk"))
        self.choice("areas").queryset = Area.objects.filter(wanted).defer("boundary").order_by("name")
        for name in ("kind", "audience"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
            known = AreaFlag.Kind.choices if name == "kind" else [(each.value, each.label) for each in READERS]
            field.choices = [(value, capfirst(str(label))) for value, label in known]
        self.fields["starts"].help_text = _g("Within half a year of today.")
        self.fields["areas"].error_messages["required"] = _g("Choose at least one area.")
        if not self.instance._state.adding:
            for name in FIXED:
                del self.fields[name]

    def clean_starts(self) -> dt.date:
        starts: dt.date = self.cleaned_data["starts"]
        if abs(starts - timezone.localdate()) > LONGEST:
            raise forms.ValidationError(_g("Choose a day within half a year of today."))
        return starts

    def clean_review_on(self) -> dt.date:
        return ahead(self.cleaned_data["review_on"])

    def clean(self) -> dict[str, Any]:
        """The constraint cannot say it: it looks at the day of the last review too, which is not asked here."""
        data = super().clean() or self.cleaned_data
        starts, review_on = data.get("starts"), data.get("review_on")
        if starts and review_on and review_on <= starts:
            self.add_error("review_on", _g("The review must come after the start."))
        elif starts and review_on and review_on > starts + LONGEST:
            self.add_error("review_on", too_late(starts))
        return data

    def hold(self) -> AreaFlag:
        """What is over is no longer written in."""
        held = AreaFlag.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if held.is_over:
            raise forms.ValidationError(_g("This is over already. Make a new one if it is needed again."))
        return held

    def save(self, commit: bool = True) -> AreaFlag:
        flag: AreaFlag = self.instance
        flag.lie_in(self.cleaned_data["areas"], also=self.columns)
        return flag

    @property
    def pk(self) -> uuid.UUID:
        found: uuid.UUID = self.cleaned_data["key"]
        return found


class ReviewForm(DiscreetForm):
    """It stays, and why."""

    discreet = ("reason",)
    reason = forms.CharField(
        label=_("Why it stays"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you see there now. The former reason stays in the history."),
        error_messages={"required": _("Say why it stays, or end it.")},
    )  # fmt: skip
    review_on = forms.DateField(label=_("To be reviewed on"), widget=date_input(), help_text=_("At most six months."))

    def clean_review_on(self) -> dt.date:
        review_on, today = ahead(self.cleaned_data["review_on"]), timezone.localdate()
        if review_on > today + LONGEST:
            raise forms.ValidationError(too_late(today))
        return review_on


class EndingForm(DiscreetForm):
    discreet = ("outcome",)
    outcome = forms.CharField(
        label=_("What came of it"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in one sentence what came of it.")},
    )  # fmt: skip


def too_late(start: dt.date) -> str:
    said = _g("Nothing is an attention area for good: choose %(last)s at the latest.")
    return said % {"last": date_format(start + LONGEST)}


def ahead(day: dt.date) -> dt.date:
    if day <= timezone.localdate():
        raise forms.ValidationError(_g("Choose a day that is still to come."))
    return day
