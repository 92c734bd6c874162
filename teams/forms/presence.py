from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from teams.forms.base import OnceForm, date_input
from teams.models import PresenceHour, ServicePoint, Team, User

PLACE = 120  # characters of a place


class PresenceForm(DiscreetForm, OnceForm):
    """Of a person or of a team. Sent twice it is one moment."""

    discreet = ("place", "note")

    class Meta:
        model = PresenceHour
        fields = ["weekday", "opens", "closes", "service_point", "place", "area", "is_public", "note", "starts", "ends"]
        widgets = {
            "starts": date_input(),
            "ends": date_input(),
            "opens": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        error_messages = {
            "weekday": {"required": _("Choose a day.")},
            "opens": {"required": _("Say from when.")},
            "closes": {"required": _("Say until when.")},
        }

    def __init__(self, *args: Any, areas: Any, person: User | None = None, team: Team | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.instance.user, self.instance.team = person, team
        self.choice("area").queryset = areas
        points = ServicePoint.objects.within_sight(timezone.localdate())
        self.choice("service_point").queryset = points
        self.choice("service_point").empty_label = _g("at none of them")
        self.fields["place"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("place") and "place" not in self.errors:
            if data.get("service_point"):
                data["place"] = data["service_point"].name[:PLACE]
            else:
                self.add_error("place", _g("Say where: choose a service point, or write it."))
        opens, closes = data.get("opens"), data.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _g("The end lies before the start."))
        if data.get("is_public") and not data.get("area") and "area" not in self.errors:
            self.add_error("area", _g("Say in which area: residents look for it there."))
        return data

    def save(self, commit: bool = True) -> PresenceHour:
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        there = PresenceHour.objects.filter(user=self.instance.user, team=self.instance.team, **said).first()
        if there is not None:
            return there
        made: PresenceHour = super().save(commit)
        return made
