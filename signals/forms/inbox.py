import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from signals.contacts import WORKING_SET
from signals.filters import Filters
from signals.models import Bulk, Category, Channel
from signals.models.tags import LONGEST, normalised
from signals.workflow import SignalStatus
from teams.access import Access
from teams.models import Organisation

LONGEST_SEARCH = 100  # letters

# In the order of the address of a saved filter, which has one way to say one thing.
NAMES = ("tab", "gebied", "onderwerp", "status", "kanaal", "organisatie", "label", "geheim", "q")


class FilterForm(forms.Form):
    """The filters of the inbox as they stand in its address. What is not understood narrows nothing."""

    gebied = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)
    onderwerp = forms.ChoiceField(label=_("Subject"), required=False)
    kanaal = forms.ChoiceField(label=_("Channel"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    organisatie = forms.ChoiceField(label=_("Owner"), required=False)
    label = forms.CharField(label=_("Tag"), required=False, max_length=LONGEST)
    geheim = forms.BooleanField(label=_("Only limited or sealed"), required=False)
    kader = forms.CharField(required=False, max_length=100)
    keuze = forms.UUIDField(required=False)
    q = forms.CharField(required=False)

    def __init__(self, data: Any, *, viewer: Access, like: "FilterForm | None" = None) -> None:
        """`like` is a form of the same viewer, whose choices need not be asked again."""
        super().__init__(data, auto_id="filter_%s")
        self.viewer = viewer
        self.areas: list[Area] = like.areas if like else list(areas_of(viewer))
        self.organisations: list[Organisation] = like.organisations if like else list(Organisation.objects.all())
        self.categories: list[Category] = like.categories if like else list(Category.objects.all())
        everything = [("", _("all"))]
        self._choices("gebied", [(area.pk, area.name) for area in self.areas])
        self._choices("onderwerp", [*everything, *_tree(self.categories)])
        self._choices("kanaal", [*everything, *Channel.choices])
        self._choices("status", [("", _("everything open")), *SignalStatus.choices])
        self._choices("organisatie", [*everything, *((body.code, body.name) for body in self.organisations)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = choices

    def filters(self) -> Filters:
        self.is_valid()
        data = self.cleaned_data
        words = (data.get("q") or "").strip()[:LONGEST_SEARCH]  # as far as the page lets one type
        area = next((area for area in self.areas if area.pk == data.get("gebied")), None)
        return Filters(
            area=area,
            area_is_shown=area is None or area.set.code == WORKING_SET,
            owner_id=next((body.pk for body in self.organisations if body.code == data.get("organisatie")), None),
            category_ids=self._subtree(data.get("onderwerp") or ""),
            channel=data.get("kanaal") or "",
            status=data.get("status") or "",
            tag=normalised(data.get("label") or ""),
            secret=bool(data.get("geheim")),
            frame=frame_of(data.get("kader") or ""),
            choice_id=self._choice(data.get("keuze")),
            words=words,
            named=(tuple(self.categories), tuple(area for area in self.areas if area.set.code == WORKING_SET)),
        )

    def count(self, facets: Mapping[str, Mapping[Any, int]]) -> None:
        """Say behind each choice how many signals it leaves."""
        for area in self.areas:
            area.number = facets.get("gebied", {}).get(area.pk)  # type: ignore[attr-defined]  # for the template
        for name, counts in facets.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.TypedChoiceField) and counts:
                field.choices = [_counted(choice, counts) for choice in field.choices]  # type: ignore[union-attr]
        if secret := facets.get("geheim", {}).get(""):
            self.fields["geheim"].label = f"{_g('Only limited or sealed')} ({secret})"

    def _choice(self, asked: uuid.UUID | None) -> uuid.UUID | None:
        """What somebody else chose is nothing to this viewer."""
        return asked if asked and Bulk.objects.of(self.viewer).filter(pk=asked).exists() else None

    def _subtree(self, code: str) -> tuple[int, ...]:
        chosen = {category.pk for category in self.categories if category.code == code}
        while more := {c.pk for c in self.categories if c.parent_id in chosen} - chosen:
            chosen |= more
        return tuple(sorted(chosen))


def frame_of(text: str) -> tuple[float, float, float, float] | None:
    """`3.20,50.80,3.30,50.85`: the edges of a map, west first."""
    try:
        west, south, east, north = (float(edge) for edge in text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def canonical(data: Mapping[str, str]) -> str:
    """The filters in an address, in one order and with nothing else: two that say the same are the same text."""
    said = [(name, (data.get(name) or "").strip()) for name in NAMES]
    return urlencode([(name, value) for name, value in said if value])


def areas_of(viewer: Access) -> Iterable[Area]:
    """The areas a viewer may choose from: those viewed of the 17, and all of one's own working set."""
    viewed = Area.objects.current().filter(pk__in=viewer.areas("view"), set__code=WORKING_SET)
    own = Area.objects.current().filter(
        set__in=Organisation.objects.filter(pk__in=[viewer.organisation_id or 0]).values("working_set")
    )
    both = (viewed | own.exclude(set__code=WORKING_SET)).select_related("set").defer("boundary")
    return both.order_by("set__position", "code")


def _counted(choice: Any, counts: Mapping[Any, int]) -> Any:
    """One choice, or a group of them, with its number; none where there is none."""
    value, label = choice
    if isinstance(label, (list, tuple)):
        return (value, [_counted(below, counts) for below in label])
    return (value, f"{label} ({counts[value]})" if counts.get(value) else label)


def _tree(categories: Iterable[Category]) -> list[tuple[Any, Any]]:
    """Per group: the whole group, then what lies below it."""
    rows = list(categories)
    return [
        (root.name, [(root.code, _("all of %(group)s") % {"group": root.name}), *_below(root.pk, rows)])
        for root in rows
        if root.parent_id is None
    ]


def _below(parent: int, rows: list[Category]) -> list[tuple[str, str]]:
    return [pair for row in rows if row.parent_id == parent for pair in [(row.code, row.name), *_below(row.pk, rows)]]
