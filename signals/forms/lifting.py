"""What of a signal or dossier goes to the table of a team, in words of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.forms.table import TableForm
from teams.inventory.forms import teams_of
from teams.models import Action, Team

AGENDA, NEW, EXISTING = "agenda", "nieuw", "bestaand"


class LiftForm(TableForm):
    """Its words begin empty: what stood in the signal was written for others."""

    discreet = ("title", "text")
    one_of = ("team", "title", "action")  # which of them is asked for, depends on where it goes
    where = forms.ChoiceField(
        label=_("Where to?"),
        choices=[
            (AGENDA, _("on the open agenda")), (NEW, _("a new line in the inventory")),
            (EXISTING, _("behind an action that stands there")),
        ],
        widget=forms.RadioSelect, initial=AGENDA,
    )  # fmt: skip
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=None)
    title = forms.CharField(
        label=_("What it is about"), max_length=160, required=False,
        help_text=_("In your own words: everybody around the table reads it. No names, nothing of a person’s trouble."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Explanation"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    needs_decision = forms.BooleanField(label=_("A decision is needed"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of line"), required=False, initial=Action.Kind.BOTTLENECK,
        choices=[choice for choice in Action.Kind.choices if choice[0] != Action.Kind.AGREEMENT],
    )  # fmt: skip
    action = forms.ModelChoiceField(Action.objects.none(), label=_("Action"), required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)  # sent twice it is one

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["team"].queryset = teams = teams_of(viewer)
        self.initial.setdefault("team", teams.filter(kind=Team.Kind.AREA).first() or teams.first())
        self.initial.setdefault("key", uuid7())
        fields["action"].queryset = kept = Action.objects.writable(viewer).open().order_by("title", "pk")
        able = {AGENDA: teams.exists(), EXISTING: kept.exists()}
        able[NEW] = able[AGENDA]
        fields["where"].choices = [choice for choice in fields["where"].choices if able[choice[0]]]
        self.is_possible = any(able.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        where = data.get("where")
        if where == EXISTING and not data.get("action") and not self.has_error("action"):
            self.add_error("action", _g("Choose the action."))
        if where in (AGENDA, NEW):
            if not data.get("title") and not self.has_error("title"):
                self.add_error("title", _g("Say in a few words what it is."))
            if not data.get("team") and not self.has_error("team"):
                self.add_error("team", _g("Choose one of your teams."))
        return data
