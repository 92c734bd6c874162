from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from signals.inbox import Filters
from signals.models import Category, Channel
from signals.workflow import SignalStatus
from teams.access import Access
from teams.models import Organisation

WORKING_SET = "gebieden17"


class FilterForm(forms.Form):
    """The filters of the inbox as they stand in its address. What is not understood narrows nothing."""

    gebied = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)
    onderwerp = forms.ChoiceField(label=_("Subject"), required=False)
    kanaal = forms.ChoiceField(label=_("Channel"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    organisatie = forms.ChoiceField(label=_("Owner"), required=False)
    geheim = forms.BooleanField(label=_("Only limited or sealed"), required=False)
    q = forms.CharField(required=False, max_length=100)

    def __init__(self, data: Any, *, viewer: Access) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.areas = list(areas_of(viewer))
        self.organisations = list(Organisation.objects.all())
        self.categories = list(Category.objects.all())
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
        words = (data.get("q") or "").strip()
        area = next((area for area in self.areas if area.pk == data.get("gebied")), None)
        return Filters(
            area=area,
            area_is_shown=area is None or area.set.code == WORKING_SET,
            owner_id=next((body.pk for body in self.organisations if body.code == data.get("organisatie")), None),
            category_ids=self._subtree(data.get("onderwerp") or ""),
            channel=data.get("kanaal") or "",
            status=data.get("status") or "",
            secret=bool(data.get("geheim")),
            words=words,
            words_category_ids=tuple(c.pk for c in self.categories if words and words.lower() in c.name.lower()),
        )

    def _subtree(self, code: str) -> tuple[int, ...]:
        chosen = {category.pk for category in self.categories if category.code == code}
        while more := {c.pk for c in self.categories if c.parent_id in chosen} - chosen:
            chosen |= more
        return tuple(sorted(chosen))


def areas_of(viewer: Access) -> Iterable[Area]:
    """The areas a viewer may choose from: those viewed of the 17, and all of one's own working set."""
    viewed = Area.objects.current().filter(pk__in=viewer.areas("view"), set__code=WORKING_SET)
    own = Area.objects.current().filter(
        set__in=Organisation.objects.filter(pk__in=[viewer.organisation_id or 0]).values("working_set")
    )
    return (viewed | own.exclude(set__code=WORKING_SET)).select_related("set").order_by("set__position", "code")


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
