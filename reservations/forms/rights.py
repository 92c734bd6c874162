"""Which team may do what in a building: a row of boxes for each that may something, and one for a team that comes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.granting import ACTIONS, Actions, version_of
from teams.models import Team


class RightsForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    team = forms.ChoiceField(label=_("Which team comes along?"), required=False)
    may = forms.MultipleChoiceField(
        label=_("What may it do?"), required=False, choices=list(ACTIONS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rights: Mapping[Team, Actions], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights = rights
        self.fields["version"].initial = version_of(rights)
        for team, actions in rights.items():
            self.fields[f"team-{team.pk}"] = forms.MultipleChoiceField(
                label=team.name, required=False, choices=list(ACTIONS.items()), initial=sorted(actions),
                widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
            )  # fmt: skip
        known = [team.pk for team in rights]
        valid = Team.objects.valid_on(timezone.localdate()).exclude(organisation=None).exclude(pk__in=known)
        self.others = {str(team.pk): team for team in valid.select_related("organisation")}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, team in sorted(self.others.items(), key=lambda each: (str(each[1].organisation), each[1].name)):
            groups.setdefault(str(team.organisation), []).append((key, team.name))
        self.fields["team"].choices = [("", _g("no team")), *groups.items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        if data.get("team") and not data.get("may") and "may" not in self.errors:
            self.add_error("may", _g("Tick what that team may do."))
        if data.get("may") and not data.get("team") and "team" not in self.errors:
            self.add_error("team", _g("Choose the team that may do this."))

    def rows(self) -> Iterator[tuple[Team, BoundField]]:
        for team in self.rights:
            yield team, self[f"team-{team.pk}"]

    def wanted(self) -> dict[Team, Actions]:
        data = self.cleaned_data
        found = {team: frozenset(data[f"team-{team.pk}"]) for team in self.rights}
        return found | ({self.others[data["team"]]: frozenset(data["may"])} if data["team"] else {})
