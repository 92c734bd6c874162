"""What somebody who steers a signal fills in. The rules themselves stand in the models."""

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from signals.ending import Texts
from signals.levels import Level
from signals.models import Signal
from teams.calendars import calendar_of
from teams.models import Post, Team


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DayInput(forms.DateInput):
    """A native date input for a day from today on."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "min": timezone.localdate().isoformat()}


class NothingToFill(forms.Form):
    """For what is done by one key: it only carries a refusal."""


class TextSelect(forms.Select):
    """A select of standard texts; each option carries its text, for the script that fills it in."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-fills": "outcome"})
        self.texts: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if text := self.texts.get(str(value)):
            option["attrs"]["data-text"] = text
        return option


class ClosureForm(DiscreetForm):
    """How something ended; a standard text is used as it is when nothing else was typed."""

    discreet = ("outcome",)
    one_of = ("outcome", "standard")  # neither must be filled in, one of them must
    outcome = forms.CharField(label=_("How did it end?"), max_length=2000, required=False, widget=lines(3))
    standard = forms.ChoiceField(label=_("Standard text"), required=False, widget=TextSelect)
    missing = _("Say in a sentence how it ended: the reporter reads it.")

    def __init__(
        self, *args: Any, texts: Texts | None = None, level: int = Level.OPEN, missing: Any = None, **kwargs: Any
    ) -> None:  # fmt: skip
        """`texts` are there to choose from; `level` says how secret what is written will be."""
        super().__init__(*args, **kwargs)
        self.missing = missing or self.missing
        self.level, known = level, texts or {}
        field = cast(forms.ChoiceField, self.fields["standard"])
        field.choices = [("", _g("Write it yourself")), *((key, title) for key, (title, _text) in known.items())]
        field.widget.texts = {key: text for key, (_title, text) in known.items()}
        if not known:
            del self.fields["standard"]
            self.fields["outcome"].required = True
            self.fields["outcome"].error_messages["required"] = self.missing

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return self.level < Level.SEALED

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["outcome"] = (data.get("outcome") or "").strip()
        if not data["outcome"] and "standard" in self.fields:
            widget = cast(TextSelect, self.fields["standard"].widget)
            data["outcome"] = widget.texts.get(data.get("standard", ""), "")
        if not data["outcome"] and "outcome" not in self.errors:
            self.add_error("outcome", ValidationError(self.missing))
        return data


class ReasonForm(DiscreetForm):
    discreet = ("reason",)
    reason = forms.CharField(
        label=_("Why?"), max_length=2000, widget=lines(3), error_messages={"required": _("Say why, in a sentence.")}
    )

    def __init__(self, data: Any = None, *, level: int, **kwargs: Any) -> None:
        """`level` says how secret what is written will be."""
        super().__init__(data, **kwargs)
        self.level = level

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return self.level < Level.SEALED


class LevelForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("How secret"), coerce=int, choices=[(Level.LIMITED, ""), (Level.SEALED, "")], widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, signal: Signal, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        words = {
            Level.LIMITED: _g("Limited: others only see that something runs, with area and owner."),
            Level.SEALED: _g("Sealed: only who reads sealed matter in the owning team. For all others it is gone."),
        }
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [(level.value, text) for level, text in words.items() if level > signal.level]
        self.initial.setdefault("level", min(Level(signal.level) + 1, Level.SEALED))


def closing_time_of(day: dt.date, team: Team | None) -> dt.datetime:
    """When a day ends for who does the work."""
    return calendar_of(team.organisation_id if team else None).closing(day)


def grouped(teams: Iterable[Team]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Teams under the name of their organisation, for a select."""
    in_order = sorted(teams, key=lambda team: (team.organisation_id or 0, team.name))
    return [
        (str(body), [(str(team.pk), team.name) for team in some])
        for body, some in groupby(in_order, key=lambda team: team.organisation)
    ]


class TeamForm(forms.Form):
    """Base of what goes to a team that the viewer picks from `teams`."""

    team = forms.TypedChoiceField(label=_("Team"), error_messages={"required": _("Choose a team.")}, empty_value=None)

    def __init__(self, data: Any = None, *, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        known = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  for the type checker
        field.choices = [("", _g("Choose a team")), *grouped(known.values())]
        field.coerce = known.get


def post_label(post: Post) -> str:
    return f"{post.team.name}: {post}"


class OfferForm(TeamForm):
    field_order = ("team", "post", "title", "due_on")

    title = forms.CharField(
        label=_("What is asked"), max_length=200, error_messages={"required": _("Say what you ask of them.")}
    )
    post = forms.ModelChoiceField(
        Post.objects.none(), label=_("For which post"), required=False, empty_label=_("none: the whole team"),
        help_text=_("Then it goes to who holds that post today, and to who holds it tomorrow."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Due by"), required=False, widget=DayInput)

    def __init__(self, data: Any = None, *, area_ids: Collection[int] = (), **kwargs: Any) -> None:
        """`area_ids`: where the matter lies; only posts for there are offered."""
        super().__init__(data, **kwargs)
        if not area_ids:
            del self.fields["post"]
            return
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = Post.objects.filter(area__in=area_ids).select_related("team", "area").order_by("team")
        field.label_from_instance = post_label  # type: ignore[assignment]

    def clean(self) -> dict[str, Any] | None:
        team, post = self.cleaned_data.get("team"), self.cleaned_data.get("post")
        if team is not None and post is not None and post.team_id != team.pk:
            said = _g("This post is in %(team)s. Choose that team, or no post.")
            self.add_error("post", said % {"team": post.team})
        return super().clean()

    def clean_due_on(self) -> dt.datetime | None:
        # The team stands before it, so that is known here.
        day: dt.date | None = self.cleaned_data["due_on"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return closing_time_of(day, self.cleaned_data.get("team"))
