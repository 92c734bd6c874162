from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from areas.search import Found, Match, by_key, find


class PlaceInput(forms.TextInput):
    """A field for a place: static/areas/places.js, where a page loads it, shows choices while somebody types.

    `key` names a hidden field of the same form that gets the key of what was chosen (areas.search.Match); without
    one the words must do. `submits` sends the form as soon as something was chosen.
    """

    def __init__(
        self, *, key: str = "", kind: str = "text", submits: bool = False, attrs: dict[str, Any] | None = None
    ) -> None:
        self.input_type = kind
        places = {
            "autocomplete": "off",
            "data-places": reverse_lazy("areas:place-choices"),
            "data-places-label": _("Places"),
            "data-places-key": key,
        }
        super().__init__({**places, **({"data-places-submit": True} if submits else {}), **(attrs or {})})


class SpotForm(forms.Form):
    """A spot: by the name of a place, by one place chosen among several, or by a click on the map."""

    q = forms.CharField(
        label=_("Street, square or building"), required=False, max_length=120,
        help_text=_("Or click a spot on the map."),
        widget=PlaceInput(kind="search", submits=True, attrs={"class": "ds-input", "data-search": True}),
    )  # fmt: skip
    plek = forms.CharField(required=False, max_length=40)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)

    found: Found = Found()
    match: Match | None = None
    spot: tuple[float, float] | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        longitude, latitude, key = data.get("lon"), data.get("lat"), data.get("plek")
        self.found = find(data.get("q") or "")
        if longitude is not None and latitude is not None:
            self.spot = (longitude, latitude)
            return data
        if key:
            self.match = self.found.chosen(key) or by_key(key)
            if self.match is None:
                self.add_error("plek", _("That place is not there any more."))
        else:
            self.match = next(iter(self.found.matches), None)
        self.spot = self.match.point if self.match else None
        return data
