"""Who keeps a building hears that somebody asks for a room there: one mail for a request, one for a whole series; and
that a contact of an association cancelled."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.jobs.models import post
from reservations.models import Booking, BookingState, Building, BuildingGrant, Room
from reservations.rights import Rights
from reservations.words import when_in_words
from teams.access import access_of, accesses_of
from teams.models import Membership, User

MOST_DATES = 5


def keepers_of(building: Building) -> list[User]:
    """The people whose teams say yes or no there, today."""
    groups = BuildingGrant.objects.filter(content_object=building, permission__codename="approve_building")
    held = Membership.objects.valid_on(timezone.localdate()).filter(team__group_id__in=groups.values("group_id"))
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("email"))


def tell_keepers(made: Sequence[Booking], *, by: User | None = None) -> None:
    """Of what was made in one act only what asks for a yes, a hold that its holder may not confirm too. Who asked is
    not told of it, nor a colleague who may not read them the words."""
    asked = [each for each in made if each.state == BookingState.REQUESTED or _is_held_for_a_yes(each)]
    asked.sort(key=lambda each: (each.room.building_id, each.starts))
    for _key, some in groupby(asked, key=lambda each: each.room.building_id):
        of_house = list(some)
        people = [each for each in keepers_of(of_house[0].room.building) if each != by]
        viewers = accesses_of(people)
        for person in people:
            readable = Booking.objects.readable(viewers[person.pk]).filter(pk=of_house[0].pk).exists()
            _tell(of_house, person, readable=readable)


def _is_held_for_a_yes(booking: Booking) -> bool:
    person = booking.created_by
    if booking.state != BookingState.HELD or person is None:
        return False
    return not Rights.of(access_of(person)).books_at_once(booking.room)


def tell_gone(moved: Sequence[Booking], before: Room, *, by: User | None = None) -> None:
    """Requests that went to another house: who keeps the one where they were has nothing to answer any more."""
    first = moved[0]
    lines = [
        _("A request for %(room)s went to another building. You have nothing to answer any more.") % {"room": before},
        "", *_dates(moved), "",
        _("See it: %(link)s") % {"link": f"{settings.SITE_URL}{reverse('reservations:requests')}"},
    ]  # fmt: skip
    there = keepers_of(first.room.building)
    for person in keepers_of(before.building):
        if person == by or person in there:
            continue
        post(
            key=f"gone:{first.pk}:{first.sequence}:{before.building_id}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("A request for %(room)s is gone") % {"room": before},
            body="\n".join([_("Hello %(name)s") % {"name": person.name}, "", *lines]),
        )


def tell_cancelled(booking: Booking) -> None:
    """By somebody of outside. Who wrote it down, when that is a colleague, is told of it anyhow."""
    lines = [
        _("%(who)s cancelled a room that you keep.") % {"who": booking.holder.name}, "",
        str(booking.room), when_in_words(booking.starts, booking.ends), "",
        _("See it: %(link)s") % {"link": f"{settings.SITE_URL}{booking.get_absolute_url()}"},
    ]  # fmt: skip
    for person in keepers_of(booking.room.building):
        if person == booking.created_by:
            continue
        post(
            key=f"booking:{booking.pk}:cancelled:{booking.sequence}:keeper:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("Cancelled: %(room)s") % {"room": booking.room},
            body="\n".join([_("Hello %(name)s") % {"name": person.name}, "", *lines]),
        )


def _tell(asked: Sequence[Booking], person: User, *, readable: bool) -> None:
    first = asked[0]
    whose = first.team.name if readable and first.team else first.holder.name
    link = f"{settings.SITE_URL}{reverse('reservations:requests')}"
    lines = [
        _("Hello %(name)s") % {"name": person.name}, "",
        _("%(who)s asks for a room that you keep.") % {"who": whose}, "",
        *([first.title] if readable and first.is_shared else []),  # a mail lies about
        str(first.room), *_dates(asked), "",
        _("Say yes or no: %(link)s") % {"link": link},
    ]  # fmt: skip
    post(
        key=f"asked:{first.pk}:{first.sequence}:{first.room.building_id}:{person.pk}",  # of this one act
        to=person.email,
        reader_id=person.pk,
        subject=_("A request for %(room)s") % {"room": first.room},
        body="\n".join(lines),
    )


def _dates(some: Sequence[Booking]) -> list[str]:
    when = [when_in_words(each.starts, each.ends) for each in some[:MOST_DATES]]
    if (more := len(some) - MOST_DATES) > 0:
        when.append(ngettext("and %(number)s date more", "and %(number)s dates more", more) % {"number": more})
    return when
