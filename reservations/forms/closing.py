"""A closure as a keeper asks for it, and what they decide of each booking that it hits."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from reservations.forms.days import DayField
from reservations.hit import Hit
from reservations.models import Booking, Building, Closure, Room, Space
from reservations.models.occupancy import LONGEST_CLOSURE
from reservations.moments import moment, whole_day

WHOLE, SOME = "whole", "some"
CANCEL = "-"


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ClosureForm(forms.Form):
    """The key comes with the form: sent twice it is one closure."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What closes"),
        choices=[(WHOLE, _("the whole building")), (SOME, _("some rooms"))],
        widget=forms.RadioSelect,
        initial=WHOLE,
    )
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(), label=_("Which rooms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    first_day = DayField(label=_("From"), error_messages={"required": _("Choose a day.")})
    first_hour = forms.TimeField(
        label=_("From which hour"), widget=time_input(), required=False, help_text=_("Left empty: from midnight on.")
    )
    last_day = DayField(label=_("Up to and including"), error_messages={"required": _("Choose a day.")})
    last_hour = forms.TimeField(
        label=_("Until which hour"), widget=time_input(), required=False, help_text=_("Left empty: that whole day.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, error_messages={"required": _("Say why it closes.")},
        help_text=_("Everybody reads this, and who loses a room gets it by mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.building = building
        self.initial.setdefault("id", uuid7())
        rooms: Any = self.fields["rooms"]
        rooms.queryset = building.rooms.in_use().prefetch_related("spaces")
        rooms.label_from_instance = lambda room: room.name

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("what") == SOME and not self.cleaned_data.get("rooms") and "rooms" not in self.errors:
            self.add_error("rooms", _g("Tick the rooms that close."))
        if not self.building.spaces.exists():
            self.add_error(None, _g("This building has no rooms yet: there is nothing to close."))
        starts, ends = self._moment("first"), self._moment("last")
        if starts and ends and ends <= starts:
            self.add_error("last_day", _g("It must end after it starts."))
        elif starts and ends and ends - starts > LONGEST_CLOSURE:
            self.add_error(
                "last_day", _g("A closure lasts at most a year. Withdraw the rooms if they never open again.")
            )
        self.cleaned_data |= {"starts": starts, "ends": ends}

    def _moment(self, end: str) -> Any:
        day, hour = self.cleaned_data.get(f"{end}_day"), self.cleaned_data.get(f"{end}_hour")
        if day is None or f"{end}_hour" in self.errors:
            return None
        if hour is None:
            return whole_day(day)[end == "last"]
        try:
            # Of an hour that comes twice in October: shut from the first, open after the second.
            return moment(day, hour, later=end == "last")
        except Refused as refusal:
            self.add_error(f"{end}_hour", str(refusal))
            return None

    @property
    def spaces(self) -> list[Space]:
        if self.cleaned_data["what"] == WHOLE:
            return list(self.building.spaces.all())
        return list({space for room in self.cleaned_data["rooms"] for space in room.spaces.all()})

    @property
    def closure(self) -> Closure:
        """Not written yet."""
        names = ("id", "starts", "ends", "reason")
        return Closure(building=self.building, **{name: self.cleaned_data[name] for name in names})


class DecisionForm(forms.Form):
    """For each booking the room it goes to, or that it is cancelled."""

    def __init__(self, *args: Any, hits: Sequence[Hit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hits = hits
        for hit in hits:
            choices = [(str(each.room.pk), hit.said(each)) for each in hit.options]
            self.fields[hit.field] = forms.ChoiceField(
                label=hit.label, choices=[*choices, (CANCEL, _("cancel, and tell the holder"))],
                widget=forms.Select(attrs={"class": "ds-input"}),
                initial=str(hit.proposal.room.pk) if hit.proposal else CANCEL,
                error_messages={
                    "invalid_choice": _("This room was taken meanwhile. Choose again."),
                    "required": _("Say where it goes."),
                },
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Hit, forms.BoundField]]:
        return [(hit, self[hit.field]) for hit in self.hits]

    def choose_again(self, bookings: Collection[Booking]) -> None:
        """Of these the room that was chosen cannot be had. Why is not said: it may be in what nobody else may read."""
        for hit in self.hits:
            if hit.booking in bookings:
                self.add_error(hit.field, _("It is taken meanwhile, or does not suit what they need. Choose another."))

    @property
    def choices(self) -> dict[uuid.UUID, Room | None]:
        rooms = {str(each.room.pk): each.room for hit in self.hits for each in hit.options}
        return {hit.booking.pk: rooms.get(self.cleaned_data[hit.field]) for hit in self.hits}
