from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from signals.models import SavedFilter
from teams.models import Team, User

MINE, LINK = "ik", "link"


class SavedFilterForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A name, and for whom: oneself, whoever has the link, or one of one's teams."""

    for_whom = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)

    class Meta:
        model = SavedFilter
        fields = ["name"]

    def __init__(self, data: Any = None, *, teams: list[Team], by: User, **kwargs: Any) -> None:
        super().__init__(data, auto_id="saved_%s", **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.instance.by = by if self.instance._state.adding else self.instance.by
        field = self.fields["for_whom"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [
            (MINE, _("for me alone")),
            (LINK, _("for me, and for who gets the link")),
            *((key, _("for %(team)s") % {"team": team}) for key, team in self.teams.items()),
        ]
        saved = self.instance
        self.initial["for_whom"] = str(saved.team_id) if saved.team_id else LINK if saved.by_link else MINE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = data.get("for_whom", MINE)
        self.instance.team = self.teams.get(chosen)
        self.instance.by_link = chosen == LINK
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """Whose it is decides under which names it may be kept, so that is looked at too."""
        return set(super()._get_validation_exclusions()) - {"by", "team"}  # type: ignore[misc]
