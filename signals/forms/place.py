"""The place of a report in a form: typed, chosen among names, or a point; always explained when it is not right."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.forms import PlaceInput
from areas.locate import looks_swapped
from areas.models import Area, AreaSet
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.models import Category, Signal
from signals.vicinity import signals_nearby
from signals.whereabouts import Point, Whereabouts, whereabouts
from teams.access import Access

type Nearby = list[tuple[Signal, int]]


if TYPE_CHECKING:
    CategoryField = forms.ModelChoiceField[Category]
else:
    CategoryField = forms.ModelChoiceField


class Grouped(CategoryField):
    """Subjects under the heading of their group; the browser's own list finds one by typing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Category.objects.choosable(), **kwargs)

    def fill(self, empty: str) -> None:
        groups: dict[str, list[tuple[int, str]]] = {}
        assert self.queryset is not None  # noqa: S101  for the type checker
        leaves = self.queryset.filter(parent__isnull=False).select_related("parent")
        for leaf in leaves.order_by("parent__order", "parent__name", "order", "name"):
            groups.setdefault(leaf.parent.name if leaf.parent else "", []).append((leaf.pk, leaf.name))
        self.choices = [("", empty), *groups.items()]


class PlaceForm(forms.Form):
    """`access` says in which areas this person registers."""

    place = forms.CharField(label=_("Place"), max_length=200, required=False, widget=PlaceInput(key="spot"))
    spot = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), required=False)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=0)

    where: Whereabouts = Whereabouts()

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["area"].queryset = (  # type: ignore[attr-defined]
            Area.objects.current()
            .filter(set__kind=AreaSet.Kind.WORKING, pk__in=access.areas("register"))
            .defer("boundary")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        longitude, latitude = data.get("longitude"), data.get("latitude")
        if (longitude is None) != (latitude is None):
            self.add_error("place", _g("A point needs a longitude and a latitude. Choose the place by its name."))
            return data
        point = (longitude, latitude) if longitude is not None and latitude is not None else None
        self.where = self._look(data.get("place", ""), data.get("spot", ""), point)
        for problem in self._problems(point, data.get("area")):
            self.add_error("place", problem)
        return data

    def _look(self, text: str, chosen: str, point: Point | None) -> Whereabouts:
        return whereabouts(text, on=timezone.localdate(), chosen=chosen, point=point)

    def _problems(self, point: Point | None, area: Area | None) -> list[str]:
        if point and looks_swapped(*point, on=timezone.localdate()):
            return [_g("Longitude and latitude have changed places. Write the longitude (about 3.2) first.")]
        if self.where.is_outside:
            return [_g("This place lies outside Kortrijk. Choose a place in the city, or refer to that municipality.")]
        if elsewhere := self.says_elsewhere(area):
            return [elsewhere]
        if not self.where.is_certain and area is None:
            return [_g("Which place is it? Choose one below, or “None of these”.")]
        here = self.where.area
        if here and here.pk not in self.access.areas("register"):
            return [_g("You do not register in %(area)s. Pass this on to 1777.") % {"area": here.name}]
        return []

    def says_elsewhere(self, area: Area | None) -> str:
        """What to say when the words name another municipality and nothing of ours was chosen."""
        if not self.where.is_elsewhere or area is not None:
            return ""
        if self.where.asks and not self.where.is_none_of_them:
            said = _g("%(name)s is not in Kortrijk. Is it in Kortrijk after all? Choose the place below.")
        else:
            said = _g("%(name)s is not in Kortrijk. Please report it to that municipality.")
        return said % {"name": self.where.elsewhere}

    def refuse(self, refusal: Refused) -> None:
        """Show why it was not registered; saved once more, it counts as a report of its own."""
        self.add_error(None, str(refusal))
        self.data = {**self.data.dict(), "id": str(uuid7()), "join": ""}  # type: ignore[attr-defined]

    def look_around(self, category: Category | None = None) -> Nearby:
        """Running signals near the place, which this person may read and this subject could join."""
        if self.where.point is None or self.where.is_outside:
            return []
        longitude, latitude = self.where.point
        near = signals_nearby(
            self.access, longitude=longitude, latitude=latitude, category_id=category.pk if category else None
        )
        return [(signal, metres) for signal, metres in near if category is None or signal.level >= category.level]
