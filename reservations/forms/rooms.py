"""A room as its keeper describes it: what it is made of, how many it holds in which set-up, what its rules are."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reservations.accessible import missing_in_house
from reservations.locking import lock_building, lock_rooms
from reservations.models import Building, Feature, Layout, Room, RoomSetup, Space
from teams.forms.base import OnceForm

MOST_PERSONS = 10_000


class RoomForm(OnceForm):
    spaces = forms.ModelMultipleChoiceField(
        Space.objects.none(),
        label=_("Made of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A hall that can be divided is made of its parts. Tick nothing for a room that stands alone."),
    )
    new_spaces = forms.CharField(
        label=_("And of these new spaces"),
        required=False,
        max_length=400,
        help_text=_("One on each line: a part that has no name here yet."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    features = forms.MultipleChoiceField(
        label=_("What there is"), choices=Feature.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Room
        fields = ["name", "description", "features", "turnaround", "needs_approval", "hold_hours", "notice_days"]

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.building = self.instance.building = building
        self.choice("spaces").queryset = building.spaces.all()
        if self.instance.pk:
            self.initial["spaces"] = list(self.instance.spaces.values_list("pk", flat=True))
        seats = {each.layout: each.capacity for each in self.instance.setups.all()} if self.instance.pk else {}
        for layout, label in Layout.choices:
            self.fields[f"seats_{layout}"] = forms.IntegerField(
                label=str(label).capitalize(), required=False, min_value=1, max_value=MOST_PERSONS,
                initial=seats.get(layout), widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    @property
    def one_of(self) -> list[str]:
        """Together they are asked for: none of them says of itself that it may be left out."""
        return [f"seats_{layout}" for layout in Layout.values]

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.one_of]

    def clean_features(self) -> list[str]:
        features: list[str] = self.cleaned_data["features"]
        if missing := missing_in_house(self.building, features):
            names = get_text_list([str(name).lower() for name in missing], _g("and"))
            raise forms.ValidationError(
                _g("This house has none, its page says: %(names)s. Change that first.") % {"names": names}
            )
        return features

    def clean_new_spaces(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["new_spaces"].splitlines() if line.strip()]
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_g("A name has at most 80 characters."))
        taken = self.building.spaces.filter(name__in=names).values_list("name", flat=True)
        if taken or len(set(names)) < len(names):
            raise forms.ValidationError(_g("A space of that name is there already. Tick it above."))
        return names

    def clean(self) -> None:
        super().clean()
        if not any(self.cleaned_data.get(name) for name in self.one_of) and not set(self.one_of) & set(self.errors):
            self.add_error(self.one_of[0], _g("Say of at least one set-up how many people the room holds."))
        name = self.cleaned_data.get("name", "")
        others = self.building.rooms.exclude(pk=self.instance.pk)
        if name and others.filter(Q(name__iexact=name)).exists():
            self.add_error("name", _g("Another room of this building has that name."))
        if "spaces" in self.cleaned_data:
            lock_building(self.building.pk)  # of a new room too: whoever books a part must know what it is a part of
            if self.instance.pk:
                self._keep_what_is_booked()

    def _keep_what_is_booked(self) -> None:
        """What a room is made of stands still while somebody is in it: who has booked it, has those spaces."""
        now = set(self.instance.spaces.all())
        if set(self.cleaned_data["spaces"]) == now and not self.cleaned_data.get("new_spaces"):
            return
        ahead = self.instance.bookings.occupying().filter(ends__gt=timezone.now()).count()
        if ahead:
            said = ngettext(
                "%(count)s booking still stands in this room. Split or join its spaces: then it goes along.",
                "%(count)s bookings still stand in this room. Split or join its spaces: then they go along.",
                ahead,
            )
            self.add_error("spaces", said % {"count": ahead})

    def write(self) -> Room:
        """All of it in the transaction of `saved`."""
        room: Room = self.instance
        if room.pk is None:
            room.code = self._code()
            room.save(force_insert=True)
        else:
            lock_rooms([room.pk])  # a booking that is being written reads how long clearing up takes
            room.save(update_fields=self.Meta.fields)
        self._write_spaces(room)
        wanted = {layout: self.cleaned_data.get(f"seats_{layout}") for layout in Layout.values}
        room.setups.filter(layout__in=[layout for layout, seats in wanted.items() if not seats]).delete()
        RoomSetup.objects.bulk_create(
            [RoomSetup(room=room, layout=layout, capacity=seats) for layout, seats in wanted.items() if seats],
            update_conflicts=True, unique_fields=["room", "layout"], update_fields=["capacity"],
        )  # fmt: skip
        room.describe()
        return room

    def _write_spaces(self, room: Room) -> None:
        names = self.cleaned_data["new_spaces"]
        chosen = set(self.cleaned_data["spaces"])
        if not chosen and not names:
            if room.spaces.exists():
                return
            names = [self._free_name(room.name)]
        made = [Space.objects.create(building=self.building, name=name) for name in names]
        room.spaces.set([*chosen, *made])

    def _free_name(self, name: str) -> str:
        taken = set(self.building.spaces.values_list("name", flat=True))
        return next(found for found in (name, *(f"{name} {number}" for number in range(2, 100))) if found not in taken)

    def _code(self) -> str:
        stem = slugify(self.cleaned_data["name"])[:50] or "zaal"
        taken = set(self.building.rooms.values_list("code", flat=True))
        return next(code for code in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if code not in taken)
