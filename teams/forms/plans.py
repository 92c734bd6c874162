"""A plan, a goal, and why a plan is withdrawn. Others read all of it, so it is looked through."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaSet
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.refusals import Refused
from teams.access import Access
from teams.forms.base import date_input
from teams.forms.overtaken import OvertakenForm
from teams.models import Goal, Phenomenon, Plan, Team, User
from teams.models.plans import PlanKind, teams_written_for
from teams.plans.continuing import carry_on, years_after
from teams.plans.starting import STARTS, start
from teams.plans.tree import hang, outline, subtree
from teams.seed import CODE_17

NO_KEY = uuid.UUID(int=0)
LONGEST = 20  # years: further on it is a year typed wrongly


class PlanForm(DiscreetForm, OvertakenForm):
    discreet = ("title", "foreword")
    # Made with the page: the same page sent twice is one plan.
    id = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Plan
        fields = ["kind", "title", "team", "keeper", "areas", "starts", "ends", "phase", "cycle", "foreword"]
        widgets = {
            "kind": forms.RadioSelect, "areas": forms.CheckboxSelectMultiple, "starts": date_input(),
            "ends": date_input(), "foreword": forms.Textarea(attrs={"rows": 5}),
        }  # fmt: skip
        error_messages = {
            "kind": {"required": _("Choose what kind of plan it is.")},
            "title": {"required": _("Give the plan a title.")},
            "team": {"required": _("Choose the team that keeps it.")},
            "starts": {"required": _("Say from which day it runs.")},
        }

    def __init__(self, *args: Any, viewer: Access, former: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.former = former
        self.choice("team").queryset = written = teams_written_for(viewer).order_by("name")
        self.choice("areas").queryset = areas_of(self.instance)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = PlanKind.choices
        fields["starts"].localize = False
        if not self.instance._state.adding:
            self._is_of(self.instance.kind)
            del self.fields["id"]
        elif former is not None:
            self._is_of(former.kind)
            self._as_before(former)
        elif len(written) == 1:
            self.initial.setdefault("team", written[0])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "id" in self.fields and data.get("id"):
            self.instance.pk = data["id"]
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends.year - starts.year > LONGEST:
            said = _g("A plan runs for %(most)s years at most. Is the year right?")
            self.add_error("ends", said % {"most": LONGEST})
        # Of another kind than chosen in the end they stood out of sight.
        for name, kind in (("keeper", PlanKind.RELATED), ("phase", PlanKind.SAFETY)):
            if name in data and data.get("kind") != kind:
                data[name] = ""
        return data

    def _is_of(self, kind: str) -> None:
        """Its kind is known: it is not asked, nor what belongs to another one."""
        self.fix("kind", kind)
        if kind != PlanKind.RELATED:
            del self.fields["keeper"]
        if kind != PlanKind.SAFETY:
            del self.fields["phase"]

    def _as_before(self, former: Plan) -> None:
        starts, ends = years_after(former)
        kept = {name: getattr(former, name) for name in ("title", "team", "keeper", "cycle", "foreword")}
        self.initial.update({**kept, "areas": list(former.areas.all()), "starts": starts, "ends": ends})

    def save(self, commit: bool = True) -> Plan:
        plan: Plan = self.instance
        plan.lie_in(self.cleaned_data["areas"], also=self.columns)
        return plan

    def begin(self, *, by: User) -> None:
        """Keep a new plan: with the tree of the cycle before it, or the headings that its kind starts with."""
        self.instance.created_by = by
        if self.former is not None:
            self.instance.follows = self.former
            carry_on(self.former, self.save())
            return
        if not self.instance.cycle and (found := STARTS.get(self.instance.kind)):
            self.instance.cycle = found.cycle
        start(self.save())


def areas_of(plan: Plan) -> "QuerySet[Area]":
    """Those of today, and what a plan has of before."""
    current = Q(pk__in=Area.objects.current().filter(set__kind=AreaSet.Kind.WORKING, set__code=CODE_17).values("pk"))
    kept = Q() if plan._state.adding else Q(pk__in=plan.areas.values("pk"))
    return Area.objects.filter(current | kept if kept else current).defer("boundary")


def key_in(data: QueryDict, name: str = "id") -> uuid.UUID:
    """The key that came with the page, by which a form sent twice is known; of what is no key one that nothing has."""
    try:
        return uuid.UUID(data.get(name, ""))
    except ValueError:
        return NO_KEY


class GoalForm(DiscreetForm, OvertakenForm):
    discreet = ("title", "why", "what", "how", "evaluation")
    id = forms.UUIDField(widget=forms.HiddenInput)
    parent = forms.ChoiceField(label=_("Below"), required=False)

    class Meta:
        model = Goal
        fields = [
            "kind", "title", "owner_team", "why", "what", "how", "dimension", "phenomena", "evaluation", "evaluated_on",
        ]  # fmt: skip
        widgets = {
            "why": forms.Textarea(attrs={"rows": 3}), "what": forms.Textarea(attrs={"rows": 3}),
            "how": forms.Textarea(attrs={"rows": 3}), "evaluation": forms.Textarea(attrs={"rows": 3}),
            "evaluated_on": date_input(), "phenomena": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        error_messages = {"title": {"required": _("Give the goal a title.")}}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.was = plan, None if self.instance._state.adding else _agreed(self.instance)
        teams = Team.objects.executing().valid_on(timezone.localdate()).select_related("organisation")
        self.choice("owner_team").queryset = teams.order_by("organisation__name", "name")
        self.choice("phenomena").queryset = Phenomenon.objects.filter(active=True)
        goals = outline(plan)
        own = subtree(self.instance.pk, {goal.pk: goal.parent_id for goal, _number, _depth in goals})
        self.places = {str(goal.pk): goal for goal, _number, _depth in goals if goal.pk not in own}
        fields: dict[str, Any] = self.fields
        fields["parent"].choices = [
            ("", _("the plan itself")),
            *[(str(goal.pk), f"{number} {goal.title}") for goal, number, _depth in goals if goal.pk not in own],
        ]
        if not self.instance._state.adding:
            del self.fields["id"]
            self.initial["parent"] = str(self.instance.parent_id or "")

    def hold(self) -> Goal:
        """Under the lock of its plan, as whoever moves or adopts it."""
        self.plan.locked()
        held = Goal.objects.get(pk=self.instance.pk)
        self.was = _agreed(held)
        return held

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "id" in self.fields and data.get("id"):
            self.instance.pk = data["id"]
        self.instance.plan = self.plan
        if bool(data.get("evaluation")) != bool(data.get("evaluated_on")):
            missing = "evaluated_on" if data.get("evaluation") else "evaluation"
            if missing not in self.errors:
                self.add_error(missing, ValidationError(_("An evaluation has words and a day.")))
        return data

    def _post_clean(self) -> None:
        """Who changes what was adopted, or who does it, lets it be adopted again."""
        if self.was is not None and self._reads_otherwise():
            self.instance.adopted_at, self.instance.adopted_by, self.instance.mandate = None, None, ""
        super()._post_clean()  # type: ignore[misc]  # not in the stubs

    def _reads_otherwise(self) -> bool:
        data = self.cleaned_data
        team = getattr(data.get("owner_team"), "pk", None)
        return self.was != (data.get("kind"), data.get("title"), data.get("what"), team)

    def write(self) -> None:
        """Hang it in its place and keep it."""
        hang(self.instance, below=self.places.get(self.cleaned_data.get("parent") or ""))
        self.save()

    def written(self) -> bool:
        try:
            return self.saved(self.write)
        except Refused as refusal:
            self.add_error("parent", str(refusal))
            return False


def _agreed(goal: Goal) -> tuple[str, str, str, Any]:
    return goal.kind, goal.title, goal.what, goal.owner_team_id


class WithdrawalForm(DiscreetForm):
    discreet = ("reason",)
    reason = forms.CharField(
        label=_("Why it is withdrawn"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is withdrawn: colleagues will ask.")},
    )  # fmt: skip
