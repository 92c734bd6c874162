from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.models import Place

MATCHES_SHOWN = 6


class SpotForm(forms.Form):
    """A spot: by the name of a place, by one place chosen among several, or by a click on the map."""

    q = forms.CharField(label=_("Street, square or building"), required=False, max_length=120)
    plek = forms.ModelChoiceField(queryset=Place.objects.all(), required=False)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)

    matches: list[Place]
    place: Place | None = None
    spot: tuple[float, float] | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, longitude, latitude = data.get("q") or "", data.get("lon"), data.get("lat")
        self.matches = list(Place.objects.search(text)[:MATCHES_SHOWN])
        if longitude is not None and latitude is not None:
            self.spot = (longitude, latitude)
            return data
        self.place = data.get("plek") or next(iter(self.matches), None)
        if self.place:
            self.spot = (self.place.longitude, self.place.latitude)
        return data
