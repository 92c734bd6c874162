"""The question what a closing would mean. The names of its fields stand in no address: it is posted."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reservations.consolidation.asking import Asked, closable
from reservations.forms.days import DayField
from reservations.models import Building
from teams.access import Access
from teams.models.organisations import OrganisationKind

LONGEST = 400  # days
FURTHEST = 100_000
FEWEST = "fewest"


def _buildings(label: Any, help_text: Any = "") -> "forms.ModelMultipleChoiceField[Building]":
    return forms.ModelMultipleChoiceField(
        Building.objects.none(), label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


class QuestionForm(forms.Form):
    close = _buildings(gettext_lazy("Which building closes?"))
    first = DayField(label=gettext_lazy("From"))
    last = DayField(label=gettext_lazy("Up to and including"))
    metres = forms.IntegerField(
        label=gettext_lazy("How far may people be sent, in metres?"), required=False, min_value=100,
        max_value=FURTHEST, help_text=gettext_lazy("As the crow flies. Left empty: anywhere in the city."),
    )  # fmt: skip
    shift = forms.TypedChoiceField(
        label=gettext_lazy("How much earlier or later may they begin?"), coerce=int, initial=0,
        choices=[(0, gettext_lazy("at the same hour")), (30, gettext_lazy("half an hour")),
                 (60, gettext_lazy("an hour")), (120, gettext_lazy("two hours"))],
    )  # fmt: skip
    keep = _buildings(gettext_lazy("Which stay in any case?"), gettext_lazy("Counts when you ask for the fewest."))
    empty = _buildings(
        gettext_lazy("Where is nobody sent?"), gettext_lazy("What is booked there now stays, as long as it stays open.")
    )

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        with_rooms = Building.objects.filter(pk__in=Building.objects.filter(rooms__isnull=False).values("pk"))
        kwargs["initial"] = {
            "first": yesterday - dt.timedelta(days=364), "last": yesterday,
            "empty": with_rooms.filter(owner__kind=OrganisationKind.POLICE),
        } | kwargs.get("initial", {})  # fmt: skip
        super().__init__(*args, **kwargs)
        self.may_close = closable(viewer)
        fields: dict[str, Any] = self.fields
        fields["close"].queryset = fields["keep"].queryset = self.may_close
        fields["empty"].queryset = with_rooms

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("last", _("Ask for %(days)s days at the most.") % {"days": LONGEST})
        if FEWEST not in self.data and not self.cleaned_data.get("close") and "close" not in self.errors:
            self.add_error("close", _("Choose at least one building."))

    def asked(self) -> Asked:
        """Of the fewest everything stays that the asker has no say in."""
        data = self.cleaned_data
        fewest = FEWEST in self.data
        others = Building.objects.exclude(pk__in=self.may_close.values("pk")).filter(rooms__isnull=False)
        keep = {building.pk for building in [*data["keep"], *others]} if fewest else set()
        return Asked(
            first=data["first"].isoformat(), last=data["last"].isoformat(),
            close=() if fewest else _keys(data["close"]), keep=tuple(sorted(keep)), empty=_keys(data["empty"]),
            metres=data["metres"], shift=data["shift"],
        )  # fmt: skip


def _keys(buildings: Any) -> tuple[int, ...]:
    return tuple(sorted(building.pk for building in buildings))
