from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from signals.forms.steering import lines
from signals.levels import Level
from signals.models import Signal
from teams.models import Organisation, Team


class NoteForm(DiscreetForm):
    discreet = ("text",)
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=lines(4), error_messages={"required": _("An empty note says nothing.")}
    )
    level = forms.TypedChoiceField(label=_("Who reads it"), coerce=int, widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, signal: Signal, organisation: Organisation | None, keeper: Team | None, **kwargs: Any
    ) -> None:
        """`keeper`: the team that could keep a sealed note of this writer, if there is one."""
        super().__init__(data, **kwargs)
        choices = {Level.OPEN: _g("Everybody who reads this signal")}
        if organisation:
            choices[Level.LIMITED] = _g("Only %(organisation)s") % {"organisation": organisation}
        if keeper:
            choices[Level.SEALED] = _g("Only who reads sealed matter of %(team)s") % {"team": keeper}
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [(level.value, words) for level, words in choices.items() if level >= signal.level]
        self.initial.setdefault("level", signal.level)

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return data.get("level") != Level.SEALED
