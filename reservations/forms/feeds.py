"""Of what somebody wants a calendar."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from reservations.models import Building, Feed, FeedKind, Room
from reservations.models.feeds import MOST_FEEDS
from teams.access import Access
from teams.models import Team, User

MINE = FeedKind.PERSON.value
OF: dict[str, tuple[str, Any]] = {"team": ("team", Team), "building": ("building", Building), "room": ("room", Room)}


class FeedForm(forms.Form):
    """`of` is a kind and a key: "room-12". Everybody may look up buildings and rooms; of teams one's own."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    of = forms.ChoiceField(label=_("Calendar of"))

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        teams = Team.objects.filter(pk__in=viewer.team_ids).order_by("name")
        self.choices = [
            (MINE, _g("My bookings and those of my teams")),
            (_g("My teams"), [(f"team-{team.pk}", team.name) for team in teams]),
            (_g("Buildings"), [(f"building-{pk}", name) for pk, name in Building.objects.values_list("pk", "name")]),
            (_g("Rooms"), [
                (f"room-{room.pk}", str(room)) for room in Room.objects.in_use().select_related("building")
            ]),
        ]  # fmt: skip
        field = self.fields["of"]
        if isinstance(field, forms.ChoiceField):
            field.choices = self.choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if Feed.objects.standing().filter(owner=self.viewer.user_id).count() >= MOST_FEEDS:
            raise forms.ValidationError(_g("You have %(most)s calendars. Revoke one first.") % {"most": MOST_FEEDS})
        return said

    def feed(self, owner: User) -> Feed:
        kind, _dash, key = self.cleaned_data["of"].partition("-")
        feed = Feed(pk=self.cleaned_data["id"], kind=kind, owner=owner)
        if kind in OF:
            name, model = OF[kind]
            setattr(feed, name, model.objects.get(pk=key))
        return feed


def is_made(key: uuid.UUID) -> bool:
    """Whether a form was sent twice: its address was shown the first time, and nobody has it any more."""
    return Feed.objects.filter(pk=key).exists()
