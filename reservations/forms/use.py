"""What the page of use is asked for. The names of its fields stand in addresses, so they are Dutch."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from reservations.forms.buildings import WORKING_SET
from reservations.forms.days import DayField
from reservations.models import Building, Room

USUAL, LONGEST = 90, 400  # days


class UseForm(forms.Form):
    van = DayField(label=gettext_lazy("From"), required=False)
    tot = DayField(label=gettext_lazy("Up to and including"), required=False)
    gebouw = forms.ModelChoiceField(
        Building.objects.none(), label=gettext_lazy("Building"), required=False, to_field_name="code",
        empty_label=gettext_lazy("every building"),
    )  # fmt: skip
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Area"), required=False, to_field_name="code",
        empty_label=gettext_lazy("every area"),
    )  # fmt: skip

    def __init__(self, asked: Any) -> None:
        typed = asked.copy()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        if not typed.get("tot"):
            typed["tot"] = yesterday.isoformat()
        if not typed.get("van"):
            typed["van"] = (yesterday - dt.timedelta(days=USUAL - 1)).isoformat()
        super().__init__(typed)
        fields: dict[str, Any] = self.fields
        fields["gebouw"].queryset = Building.objects.filter(rooms__isnull=False).distinct().order_by("name")
        fields["gebied"].queryset = Area.objects.current().in_set(WORKING_SET).defer("boundary")

    def clean(self) -> None:
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("The last day comes before the first."))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("tot", _("Ask for %(days)s days at the most.") % {"days": LONGEST})

    def rooms(self) -> list[Room]:
        """Those withdrawn too: they were used. Of what could not be understood it asks for all."""
        wanted = {"building": self.cleaned_data.get("gebouw"), "building__area": self.cleaned_data.get("gebied")}
        rooms = Room.objects.select_related("building").order_by("building__name", "name")
        return list(rooms.filter(**{name: value for name, value in wanted.items() if value}))
