"""An action as it is written down, ended, and held against a figure."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaSet, Crosswalk
from areas.succession import A_PART
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.access import Access
from teams.forms.base import OnceForm, date_input, due
from teams.forms.overtaken import OvertakenForm
from teams.lifting import must_be_own_words
from teams.models import Action, ActionFigure, Membership, Team, User
from teams.models.action_words import ActionStatus, ActionTag
from teams.models.audience import Audience
from teams.plans.choosing import by_plan, goals_for

GOING = [ActionStatus.PLANNED, ActionStatus.RUNNING]


def areas_for(viewer: Access) -> Any:
    """Areas of the area work that a viewer may name. The other divisions find an action through them."""
    here = Area.objects.current().filter(set__kind=AreaSet.Kind.WORKING, pk__in=viewer.areas("view"))
    return here.defer("boundary").order_by("set__position", "position", "pk")


def teams_of(viewer: Access) -> Any:
    return Team.objects.valid_on(timezone.localdate()).filter(pk__in=viewer.team_ids).order_by("name")


class ActionForm(DiscreetForm, OvertakenForm):
    discreet = ("title", "text")
    folded = ("dimension", "stage", "tags", "budget", "funding")
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=_("Areas"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("One or several. None: the whole city."),
    )  # fmt: skip
    sectors = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=_("Only these parts of the areas"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    tags = forms.MultipleChoiceField(
        label=_("Tags"), required=False, choices=ActionTag.choices, widget=forms.CheckboxSelectMultiple
    )

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)  # sent twice it is one action

    budget = forms.DecimalField(
        label=_("Budget (€)"), max_digits=12, decimal_places=2, min_value=0, required=False, localize=True
    )

    class Meta:
        model = Action
        fields = [
            "kind", "title", "text", "team", "owner", "due_on", "areas", "sectors", "goal", "dimension", "stage",
            "audience", "tags", "budget", "funding",
        ]  # fmt: skip
        widgets = {"due_on": date_input(), "text": forms.Textarea(attrs={"rows": 5})}
        error_messages = {"title": {"required": _("Say in a few words what it is.")}}
        help_texts = {
            "text": _("For all who may read it: nothing of a person’s trouble. That belongs in a case consultation."),
            "audience": _("Own organisation: of an area team its members alone."),
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new, mine = self.instance._state.adding, teams_of(viewer)
        kept, lies = Q(), Q()
        if is_new:
            self.initial.setdefault("key", uuid7())
            self.initial.setdefault("team", mine.filter(kind=Team.Kind.AREA).first() or mine.first())
            if not self.initial.get("areas") and (team := self.initial["team"]):
                self.initial["areas"] = team.areas.current()  # none would be the whole city
        else:
            kept, lies = Q(pk=self.instance.team_id), Q(pk__in=self.instance.areas.values("pk"))
        self.choice("team").queryset = Team.objects.filter(Q(pk__in=mine) | kept).order_by("name")
        self.choice("team").empty_label = None
        if not is_new and self.instance.team_id not in viewer.team_ids:
            # Its owner only: who keeps it, and who may read it, is for the team that keeps it.
            self.fix("team", self.instance.team)
            self.fix("audience", self.instance.audience)
        self.choice("owner").queryset = self._people(viewer)
        self.choice("owner").empty_label = _g("nobody yet")
        self._goals(viewer)
        areas = Area.objects.filter(Q(pk__in=areas_for(viewer)) | lies).defer("boundary")
        self.choice("areas").queryset = areas.order_by("set__position", "position", "pk")
        sectors = Area.objects.current().filter(set__kind=AreaSet.Kind.SECTOR).defer("boundary")
        self.choice("sectors").queryset = sectors.order_by("name", "pk")

    @property
    def is_told_more(self) -> bool:
        """Something stands in what is folded away, or is wrong with it."""
        return any(self[name].value() or name in self.errors for name in self.folded)

    def _goals(self, viewer: Access) -> None:
        """One that hangs on a goal of a plan the viewer may not read stays there, unseen."""
        goals = goals_for(viewer, self.instance.goal_id)
        if self.instance.goal_id and not goals.filter(pk=self.instance.goal_id).exists():
            del self.fields["goal"]
            return
        self.choice("goal").queryset = goals
        self.choice("goal").choices = by_plan(goals)

    def _people(self, viewer: Access) -> Any:
        """Colleagues in one of one's teams, and who has it now."""
        beside = Membership.objects.valid_on(timezone.localdate()).filter(team__in=viewer.team_ids)
        found = Q(pk__in=beside.values("user")) | Q(pk=self.instance.owner_id) | Q(pk=viewer.user_id)
        return User.objects.filter(found).select_related("organisation").order_by("name")

    def others_read_it(self, data: dict[str, Any]) -> bool:
        team: Team | None = data.get("team")
        return data.get("audience") != Audience.INTERNAL or team is None or team.organisation_id is None

    def clean_due_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_on"]
        return due(day) if "due_on" in self.changed_data else day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        areas, sectors = list(data.get("areas") or []), list(data.get("sectors") or [])
        if sectors and areas and not self.has_error("sectors"):
            inside = set(
                Crosswalk.objects.filter(from_area__in=sectors, to_area__in=areas, share__gte=A_PART)
                .values_list("from_area", flat=True)
            )  # fmt: skip
            if outside := [sector.name for sector in sectors if sector.pk not in inside]:
                said = _g("This lies in none of the chosen areas: %(names)s.") % {"names": ", ".join(outside)}
                self.add_error("sectors", said)
        elif sectors:
            self.add_error("sectors", _g("Choose the areas first."))
        if self.instance.status in GOING and "owner" in data and data["owner"] is None:
            self.add_error("owner", _g("What is planned or runs has an owner."))
        if not self.instance._state.adding:
            self._look_whose_words(data)
        return data

    def _look_whose_words(self, data: dict[str, Any]) -> None:
        """Those of who reported what lies behind it stay out, also of what is written in it later."""
        for name in [name for name in self.discreet if name in self.changed_data and name in data]:
            try:
                must_be_own_words(self.instance, data[name])
            except Refused as refusal:
                self.add_error(name, str(refusal))

    def save(self, commit: bool = True) -> Action:
        """Of one that stands there already only what the form asks: its status may move on meanwhile."""
        action: Action = self.instance
        if action._state.adding:
            action.pk = self.cleaned_data.get("key") or action.pk
        action.lie_in(self.cleaned_data["areas"], self.cleaned_data["sectors"], also=self.columns)
        return action


class WordsForm(DiscreetForm):
    """What came of it, or why it is dropped. Read by all who may read the action, and in the monthly report."""

    words = forms.CharField(label=_("What came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    discreet = ("words",)


class DropForm(WordsForm):
    prefix = "drop"
    words = forms.CharField(label=_("Why it is dropped"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class FigureForm(DiscreetForm, OnceForm):
    discreet = ("name", "source")
    value = forms.DecimalField(label=_("Figure"), max_digits=14, decimal_places=2, localize=True)

    class Meta:
        model = ActionFigure
        fields = ["name", "value", "unit", "source", "measured_on"]
        widgets = {"measured_on": date_input()}
