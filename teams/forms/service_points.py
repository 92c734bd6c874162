import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _g

from areas.models import Area
from areas.models.sets import SetKind
from kortrijk_gebied.discreet import DiscreetForm
from teams.forms.base import OnceForm, date_input
from teams.forms.overtaken import OvertakenForm
from teams.models import Organisation, ServicePoint, ServicePointPlace

# So far ahead a move is known.
FURTHEST = dt.timedelta(days=731)


class ServicePointForm(DiscreetForm, OvertakenForm):
    """Everybody reads it, when it is public: it is looked through."""

    discreet = ("name", "offers", "hours")

    class Meta:
        model = ServicePoint
        fields = ["name", "kind", "phone", "offers", "hours", "is_single_contact", "is_public", "source"]
        widgets = {"offers": forms.Textarea(attrs={"rows": 4})}

    one_of = ("phone", "offers", "hours", "source")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.instance._state.adding:
            self.instance.code = slugify(name.replace("’", "-"))[:60]
            if not self.instance.code or ServicePoint.objects.filter(code=self.instance.code).exists():
                raise forms.ValidationError(_g("A service point with this name stands in the list already."))
        return name


class PlaceForm(OnceForm):
    """Where a point is from a day on. An address or an area is enough."""

    class Meta:
        model = ServicePointPlace
        fields = ["starts", "address", "area", "longitude", "latitude"]
        localized_fields = ["longitude", "latitude"]
        widgets = {
            "starts": date_input(),
            "longitude": forms.TextInput(attrs={"inputmode": "decimal"}),
            "latitude": forms.TextInput(attrs={"inputmode": "decimal"}),
        }

    one_of = ("address", "area", "longitude", "latitude")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "place_%s", "prefix": "plaats", **kwargs})
        areas = Area.objects.current().filter(set__kind__in=[SetKind.WORKING, SetKind.CARE])
        self.choice("area").queryset = areas.defer("boundary").order_by("set__position", "position")
        self.choice("area").empty_label = _g("not known")

    def clean_starts(self) -> dt.date:
        starts: dt.date = self.cleaned_data["starts"]
        if starts > timezone.localdate() + FURTHEST:
            raise forms.ValidationError(_g("This is more than two years ahead. Look at the year."))
        return starts

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("address", "area", "longitude")):
            raise forms.ValidationError(_g("Say where it is: an address, an area, or a spot on the map."))
        return data
