"""What else is needed with a room: things to lend, a few lines of a thing and a number."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.models import Booking, Equipment, Loan

LINES = range(1, 4)
MOST = 100_000


def things_by_house() -> list[Any]:
    """What can be lent, by the house where it lies."""
    houses: dict[str, list[tuple[str, str]]] = {}
    for each in Equipment.objects.select_related("building").order_by("building__name", "name"):
        if each.lendable:
            houses.setdefault(each.building.name, []).append((str(each.pk), f"{each.name} ({each.lendable})"))
    return [("", _g("nothing")), *houses.items()]


class ThingsForm(forms.Form):
    """Its lines are optional, all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = things_by_house()
        for line in LINES:
            self.fields[f"materiaal{line}"] = forms.ChoiceField(label=_("What"), choices=choices, required=False)
            self.fields[f"hoeveel{line}"] = forms.IntegerField(
                label=_("How many"), required=False, min_value=1, max_value=MOST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    @property
    def one_of(self) -> list[str]:
        """None of them says of itself that it may be left out."""
        return list(self.fields)

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"materiaal{line}"], self[f"hoeveel{line}"]) for line in LINES]

    @property
    def is_filled_in(self) -> bool:
        return any(self[name].value() for name in self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for line in LINES:
            thing, number = data.get(f"materiaal{line}"), data.get(f"hoeveel{line}")
            if thing and not number and f"hoeveel{line}" not in self.errors:
                self.add_error(f"hoeveel{line}", _g("Say how many."))
            if number and not thing and f"materiaal{line}" not in self.errors:
                self.add_error(f"materiaal{line}", _g("Say of what."))
        return data

    def loans(self, booking: Booking, *, key: str = "") -> list[Loan]:
        """Not written. The same thing on two lines is one loan. With a `key` of the form they come besides what goes
        along already."""
        wanted: dict[int, int] = {}
        for line in LINES:
            if thing := self.cleaned_data[f"materiaal{line}"]:
                wanted[int(thing)] = wanted.get(int(thing), 0) + self.cleaned_data[f"hoeveel{line}"]
        return [
            Loan(
                id=uuid.uuid5(booking.pk, f"thing {thing} {key}".strip()), equipment_id=thing, booking=booking,
                quantity=quantity, starts=booking.starts, ends=booking.ends,
            )
            for thing, quantity in wanted.items()
        ]  # fmt: skip
