"""What for, and who holds it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from reservations.forms.names import NamedForm
from reservations.forms.things import ThingsForm
from reservations.forms.wish import WishForm
from reservations.models import Association, Booking, Room
from reservations.models.uses import DISCREET, Use
from reservations.moments import needs_last_day, on_clock
from reservations.rights import Rights
from teams.access import Access
from teams.models import Organisation, Team, User
from teams.models.organisations import OrganisationKind

OWN, TEAM, ASSOCIATION = "eigen", "team", "vereniging"
SHARED = _("Others may see what for: colleagues of every organisation, and who reads the list at the door")
NOT_SHARED = _(
    "Otherwise they see that it is taken, and whom of the building to ask. Of the OCMW and the police the door never "
    "says more than that."
)


class UseForm(DiscreetForm, NamedForm):
    """The part of a booking that may change without looking whether the room is free."""

    discreet = ("title", "note")
    title = forms.CharField(
        label=_("What for?"), max_length=120, error_messages={"required": _("Say in a few words what for.")}
    )
    holder = forms.ChoiceField(label=_("For whom?"))
    is_shared = forms.BooleanField(label=SHARED, required=False, help_text=NOT_SHARED)
    note = forms.CharField(
        label=_("For the keeper of the building"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Chairs, key, when you come to set up."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, viewer: Access, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        own = by.organisation
        self.fields["is_shared"].initial = own is None or own.kind not in DISCREET
        cast(Any, self.fields["holder"]).choices = holder_choices(own, viewer, rights)

    def others_read_it(self, data: dict[str, Any]) -> bool:
        return bool(data.get("is_shared"))

    def holding(self) -> dict[str, Any]:
        """The fields of a `Use` that say whose it is."""
        kind, _colon, key = self.cleaned_data["holder"].partition(":")
        held: dict[str, Any] = {"organisation": None, "team": None, "association": None}
        if kind == ASSOCIATION:
            return {**held, "association": Association.objects.get(pk=key)}
        held["organisation"] = self.by.organisation
        return {**held, "team": Team.objects.get(pk=key)} if kind == TEAM else held

    def use(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**self.holding(), **{name: data[name] for name in ("title", "is_shared", "note")}}


class BookingForm(UseForm, WishForm):
    """The whole of it, on one page."""

    room = forms.CharField(required=False, widget=forms.HiddenInput)
    things: ThingsForm  # beside it on the page

    def details(self) -> dict[str, Any]:
        """The fields of a `Use`, of one booking and of a series alike."""
        data = self.cleaned_data
        return {**self.use(), **{name: data[name] for name in ("persons", "layout", "features")}}

    def booking(self, room: Room, **fields: Any) -> Booking:
        data = self.cleaned_data
        return Booking(room=room, **{"starts": data["starts"], "ends": data["ends"], **self.details(), **fields})


def holder_choices(own: Organisation | None, viewer: Access, rights: Rights) -> list[Any]:
    """One's own organisation or a team of it; an association for who keeps a building and for the city's people."""
    choices: list[Any] = [(OWN, own.name)] if own else []
    teams = Team.objects.filter(pk__in=viewer.team_ids, organisation=own).order_by("name")
    choices += [(f"{TEAM}:{team.pk}", team.name) for team in teams]
    if rights.keeps or (own is not None and own.kind == OrganisationKind.CITY):
        associations = [(f"{ASSOCIATION}:{each.pk}", each.name) for each in Association.objects.all()]
        choices += [(_g("Associations"), associations)] if associations else []
    return choices


def holder_of(booking: Use) -> str:
    """As the form says it."""
    if booking.association:
        return f"{ASSOCIATION}:{booking.association.pk}"
    return f"{TEAM}:{booking.team.pk}" if booking.team else OWN


def typed_of(booking: Booking) -> dict[str, Any]:
    """What one would type to book the same again."""
    starts, ends = on_clock(booking.starts), on_clock(booking.ends)
    typed = {
        "room": str(booking.room_id), "day": starts.date().isoformat(), "start": f"{starts:%H:%M}",
        "end": f"{ends:%H:%M}", "persons": str(booking.persons), "layout": booking.layout,
        "features": booking.features, "title": booking.title, "holder": holder_of(booking), "note": booking.note,
        "is_shared": booking.is_shared,
    }  # fmt: skip
    if needs_last_day(starts, ends):
        typed["last_day"] = ends.date().isoformat()
    return typed
