"""What an address of a calendar asks for: which day, which rooms, whose bookings."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from reservations.forms.buildings import WORKING_SET
from reservations.models import Association, Booking, Building, Room
from reservations.models.bookings import BookingQuerySet
from reservations.models.rooms import RoomQuerySet
from teams.access import Access
from teams.models import Organisation

ORGANISATION, ASSOCIATION = "o", "v"


class CalendarForm(forms.Form):
    """The names of its fields stand in addresses, so they are Dutch."""

    dag = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    gebouw = forms.ModelChoiceField(
        Building.objects.none(), label=gettext_lazy("Building"), required=False, to_field_name="code",
        empty_label=gettext_lazy("every building"),
    )  # fmt: skip
    zaal = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Room"), required=False, empty_label=gettext_lazy("every room")
    )
    gebied = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Area"), required=False, to_field_name="code",
        empty_label=gettext_lazy("every area"),
    )  # fmt: skip
    soort = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    houder = forms.ChoiceField(label=gettext_lazy("Booked by"), required=False)
    mijn = forms.BooleanField(label=gettext_lazy("Only mine and my team’s"), required=False)
    vrij = forms.BooleanField(label=gettext_lazy("Only rooms with a free hour"), required=False)
    nacht = forms.BooleanField(label=gettext_lazy("The night too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["gebouw"].queryset = Building.objects.order_by("name")
        fields["zaal"].queryset = Room.objects.in_use().select_related("building")
        fields["gebied"].queryset = Area.objects.current().in_set(WORKING_SET).defer("boundary")
        fields["soort"].choices = [("", _("every kind")), *Building.Kind.choices]
        fields["houder"].choices = [("", _("everybody")), *_holders()]


def _holders() -> list[tuple[str, str]]:
    """Everybody who could have booked, whether they did or not: the list itself tells nothing."""
    organisations = Organisation.objects.order_by("name").values_list("pk", "name")
    associations = Association.objects.values_list("pk", "name")
    return [
        *((f"{ORGANISATION}{pk}", name) for pk, name in organisations),
        *((f"{ASSOCIATION}{pk}", name) for pk, name in associations),
    ]


@dataclass(frozen=True)
class Asked:
    viewer: Access
    query: QueryDict

    @cached_property
    def form(self) -> CalendarForm:
        """Filled in with what was asked, and with today when no day was."""
        typed = self.query.copy()
        typed.setdefault("dag", timezone.localdate().isoformat())
        return CalendarForm(typed)

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What could be understood of it."""
        self.form.is_valid()
        return self.form.cleaned_data

    @cached_property
    def day(self) -> dt.date:
        day: dt.date = self.wanted.get("dag") or timezone.localdate()
        # A year on either side of what can be a date: the calendar also asks for the day before and the month after.
        return min(max(day, dt.date(dt.MINYEAR + 1, 1, 1)), dt.date(dt.MAXYEAR - 1, 12, 31))

    @property
    def room(self) -> Room | None:
        return self.wanted.get("zaal")

    @property
    def by_holder(self) -> bool:
        return bool(self.wanted.get("houder") or self.wanted.get("mijn"))

    @property
    def only_free(self) -> bool:
        return bool(self.wanted.get("vrij"))

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.wanted.items() if name != "dag")

    @property
    def said(self) -> list[str]:
        """The filters that are on, in words; of those with a box to tick the words beside it."""
        words = []
        for name, value in self.wanted.items():
            if value and name != "dag":
                choices = dict(getattr(self.form.fields[name], "choices", None) or ()) if isinstance(value, str) else {}
                words.append(str(self.form.fields[name].label if value is True else choices.get(value, value)))
        return words

    def url(self, **changes: Any) -> str:
        """The same question with something else in it; None leaves it out, and so does what was not filled in."""
        asked = {name: value for name, value in self.query.items() if value and name in self.form.fields}
        asked |= changes
        return f"?{urlencode({name: value for name, value in asked.items() if value is not None})}"

    def rooms(self) -> RoomQuerySet:
        wanted = self.wanted
        rooms = Room.objects.in_use().select_related("building__owner")
        filters = {
            "pk": self.room and self.room.pk, "building": wanted.get("gebouw"), "building__area": wanted.get("gebied"),
            "building__kind": wanted.get("soort"),
        }  # fmt: skip
        return rooms.filter(**{name: value for name, value in filters.items() if value})

    def bookings(self) -> BookingQuerySet:
        """What the viewer may read in these rooms of who was asked for. Never more: whose the rest is, nobody asks."""
        found = Booking.objects.readable(self.viewer).filter(room__in=self.rooms().select_related(None))
        if holder := self.wanted.get("houder"):
            of = "organisation" if holder.startswith(ORGANISATION) else "association"
            found = found.filter(**{of: holder[1:]})
        if self.wanted.get("mijn"):
            found = found.filter(Q(created_by=self.viewer.user_id) | Q(team__in=self.viewer.team_ids))
        return found

    def rooms_between(self, starts: dt.datetime, ends: dt.datetime) -> QuerySet[Room]:
        """Of a holder those that they have something in then."""
        if not self.by_holder:
            return self.rooms()
        return self.rooms().filter(pk__in=self.bookings().occupying().overlapping(starts, ends).values("room"))
