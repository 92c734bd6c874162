"""Planning a meeting, putting something on its agenda, ending a point."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.workdays import BRUSSELS
from teams.access import Access
from teams.forms.base import date_input, due
from teams.forms.table import TableForm
from teams.meetings import deciding
from teams.meetings.planning import FARTHEST, MOST, Every, between, mark_of
from teams.models import Action, Meeting, Membership, Team, User
from teams.models.audience import Audience


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """`viewer` plans for the teams they are in. The team and the repetition of one that is planned stay."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    start = forms.TimeField(label=_("It starts at"), widget=time_input())
    end = forms.TimeField(label=_("It ends at"), widget=time_input())
    every = forms.ChoiceField(label=_("Repeat"), choices=Every.choices, required=False)
    until = forms.DateField(
        label=_("Repeat until"), widget=date_input(), required=False,
        help_text=_("Public holidays are left out; at most %(most)s meetings.") % {"most": MOST},
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    one_of = ("every",)

    class Meta:
        model = Meeting
        fields = ["team", "form", "place", "chair", "reporter", "second_reporter"]
        labels = {"place": _("Place")}

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.valid_on(timezone.localdate()).filter(pk__in=viewer.team_ids)
        self.choice("team").queryset = teams
        if self.instance.team_id:
            teams = teams.filter(pk=self.instance.team_id)
        members = Membership.objects.valid_on(timezone.localdate()).filter(team__in=teams)
        self.choice("chair").queryset = User.objects.filter(pk__in=members.values("user"), is_active=True)
        if not self.instance._state.adding:
            for name in ("team", "every", "until"):
                del self.fields[name]
            self.initial["seen"] = mark_of(self.instance)
            starts, ends = (moment.astimezone(BRUSSELS) for moment in (self.instance.starts, self.instance.ends))
            self.initial.update({"day": starts.date(), "start": starts.time(), "end": ends.time()})

    def choice(self, name: str) -> "forms.ModelChoiceField[Any]":
        return cast("forms.ModelChoiceField[Any]", self.fields[name])

    def look_again(self) -> None:
        """Sent once more, it counts over what a colleague made of it."""
        with_it = QueryDict(mutable=True)
        with_it.update(self.data)
        with_it["seen"] = mark_of(Meeting.objects.get(pk=self.instance.pk))
        self.data = with_it

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        team = data.get("team") or (None if self.instance._state.adding else self.instance.team)
        if team and (chair := data.get("chair")):
            today = timezone.localdate()
            if not Membership.objects.valid_on(today).filter(team=team, user=chair).exists():
                self.add_error("chair", _g("Choose a member of this team."))
        if data.get("every") and not data.get("until"):
            self.add_error("until", _g("Say until when it repeats."))
        if {"day", "start", "end"} <= data.keys():
            self.instance.starts, self.instance.ends = between(data["day"], data["start"], data["end"])
            if self.instance.ends <= self.instance.starts:
                self.add_error("end", _g("It must end after it starts."))
        return data

    def clean_day(self) -> dt.date:
        """A year typed wrongly is a meeting nobody finds again."""
        day: dt.date = self.cleaned_data["day"]
        if "day" in self.changed_data and not timezone.localdate() <= day <= timezone.localdate() + FARTHEST:
            raise ValidationError(_g("Choose a day from today on, at most two years ahead."))
        return day


class PointForm(TableForm):
    """A free request, or something that stands in the inventory. `key` makes it one point, however often it is sent."""

    discreet = ("title", "text")
    action = forms.ModelChoiceField(
        Action.objects.none(), label=_("From the inventory"), required=False, empty_label=_("a new request")
    )
    title = forms.CharField(label=_("What it is about"), max_length=160, required=False)
    text = forms.CharField(
        label=_("Explanation"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For all who may read it: nothing of a person’s trouble. That belongs in a case consultation."),
    )  # fmt: skip
    needs_decision = forms.BooleanField(label=_("A decision is needed"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    one_of = ("action", "title")

    def __init__(self, *args: Any, team: Team, viewer: Access, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        wanted = Action.objects.readable(viewer).open().filter(team=team).order_by("reference")
        if team.kind == Team.Kind.AREA:  # see `teams.meetings.agenda.may_stand_on`
            wanted = wanted.exclude(audience=Audience.INTERNAL)
        cast("forms.ModelChoiceField[Any]", self.fields["action"]).queryset = wanted

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("title") and not data.get("action") and "title" not in self.errors:
            self.add_error("title", _g("Say what it is about, or choose something from the inventory."))
        if data.get("action") and not data.get("title"):
            data["title"] = str(data["action"])
        return data


class Ending(forms.Form):
    """How the point ends."""

    DECIDED, NOTED, LATER, DROPPED = "decided", "noted", "later", "dropped"
    how = forms.ChoiceField(
        label=_("How does it end?"), widget=forms.RadioSelect, initial="decided",
        choices=[
            ("decided", _("decided, or agreed who does what")), ("noted", _("taken note of")),
            ("later", _("to the next meeting")), ("dropped", _("dropped: say why below")),
        ],
    )  # fmt: skip


class OutcomeForm(Ending, TableForm):
    discreet = ("decision",)
    decision = forms.CharField(
        label=_("What was decided"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        how, words = data.get("how"), data.get("decision", "").strip()
        if how == self.DROPPED and not words:
            self.add_error("decision", _g("Say why it is dropped."))
        if how in (self.NOTED, self.LATER) and words:  # they would be kept nowhere
            self.add_error("decision", _g("Only a decision has words. Choose “decided”, or leave this empty."))
        return data


@dataclass(frozen=True)
class Owners:
    """Who can promise something, the team itself first."""

    people: QuerySet[User]
    groups: list[tuple[str, list[tuple[str, str]]]]

    @classmethod
    def of(cls, team: Team) -> Self:
        people = deciding.owners_of(team).select_related("organisation")
        members = set(
            Membership.objects.valid_on(timezone.localdate()).filter(team=team).values_list("user", flat=True)
        )
        rows = [(one.pk in members, str(one.pk), one.name, str(one.organisation or "")) for one in people]
        named = [(is_member, (pk, f"{name} ({where})" if where else name)) for is_member, pk, name, where in rows]
        groups = [(team.name, [row for inside, row in named if inside])]
        groups.append((_g("Other colleagues who work there"), [row for inside, row in named if not inside]))
        return cls(people, [group for group in groups if group[1]])


class AgreementForm(TableForm):
    """One line: who does what, and by when. An empty line is none."""

    discreet = ("what",)
    what = forms.CharField(label=_("What"), max_length=160, required=False)
    who = forms.ModelChoiceField(User.objects.none(), label=_("Who"), required=False, empty_label=_("nobody yet"))
    due_on = forms.DateField(label=_("By when"), required=False, widget=date_input())
    one_of = ("what", "who", "due_on")

    def __init__(self, *args: Any, owners: Owners, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = cast("forms.ModelChoiceField[Any]", self.fields["who"])
        who.queryset, who.choices = owners.people, [("", who.empty_label), *owners.groups]

    def clean_due_on(self) -> dt.date | None:
        return due(self.cleaned_data["due_on"])

    @property
    def named(self) -> str:
        """Several are written at once, `a1` and on."""
        return _g("Agreement %(number)s") % {"number": (self.prefix or "").removeprefix("a")}

    @property
    def agreement(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in self.one_of}

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.one_of)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors or self.is_empty:
            return data
        if not data.get("what"):
            self.add_error("what", _g("Say what was agreed."))
        if not data.get("who"):
            self.add_error("who", _g("An agreement is of somebody: choose who does it."))
        if not data.get("due_on"):
            self.add_error("due_on", _g("An agreement has a day: say by when."))
        return data


class CancelForm(TableForm):
    discreet = ("note",)
    note = forms.CharField(label=_("Why, in one line"), max_length=300, required=False)
    with_room = forms.BooleanField(label=_("Cancel the room too"), required=False)
