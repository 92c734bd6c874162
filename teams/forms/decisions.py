"""Looking for what was decided."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.access import Access
from teams.forms.base import date_input
from teams.models import Team
from teams.models.meetings import teams_heard_by


class DecisionsForm(forms.Form):
    """What an address asks of the register."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, to_field_name="code", empty_label=_("every team")
    )
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, to_field_name="code", empty_label=_("every area")
    )
    van = forms.DateField(label=_("From"), required=False, widget=date_input())
    tot = forms.DateField(label=_("Until"), required=False, widget=date_input())
    one_of = ("q", "team", "gebied", "van", "tot")

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = teams_heard_by(viewer)
        cast(Any, self.fields["team"]).queryset = teams
        areas = Area.objects.current().filter(teams__in=teams).defer("boundary").distinct()
        cast(Any, self.fields["gebied"]).queryset = areas

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("van") and data.get("tot") and data["tot"] < data["van"]:
            raise ValidationError(_g("The end lies before the start."))
        return data
