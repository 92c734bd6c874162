"""A contact of an association asks for a room: never more than asked, and the keeper of the building answers."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import actions, keepers, notices
from reservations.booking import may_be_asked
from reservations.locking import patience, undisturbed
from reservations.models import Association, Booking, BookingState, Contact, Quote, Room, Series
from reservations.models.bookings import BookingQuerySet
from reservations.models.states import LIVE
from reservations.placing import place
from reservations.prices import quoting
from reservations.rights import Rights
from reservations.words import when_in_words
from teams.models.organisations import OrganisationKind

NO_RIGHTS = Rights(frozenset(), frozenset())
MOST_OPEN = 20


def is_for_associations(room: Room) -> bool:
    """In the houses of the police nobody asks from outside."""
    return room.building.owner.kind != OrganisationKind.POLICE


def not_for_associations() -> set[int]:
    """The rooms nobody proposes them."""
    police = Room.objects.filter(building__owner__kind=OrganisationKind.POLICE)
    return set(police.values_list("pk", flat=True))


@undisturbed()
def ask(booking: Booking, contact: Contact) -> Booking:
    """Asked again with the same key it is the same one. What they write is for the keeper alone: nobody else reads a
    title that somebody of outside typed. Raises `Taken`, `Busy`, and `Refused` with a sentence. The mails stand in the
    same transaction, and of one association one asks at a time: two windows never ask for more than one may."""
    may_be_asked(booking)
    only_for_associations([booking])
    one_at_a_time(contact)
    made = Booking.objects.filter(pk=booking.pk).first()
    if made is None:
        may_ask_more(contact)
        not_again([booking], contact)
        for_association(booking, contact)
        (made,) = place([booking]).placed
        notices.tell(made, notices.REQUESTED)
        keepers.tell_keepers([made])
    if made.association_id != contact.association_id or made.contact_id is None:
        raise Refused(_("Somebody else used this form already. Open it anew."))
    if (made.room_id, made.starts, made.ends) != (booking.room_id, booking.starts, booking.ends):
        raise Refused(
            _("With this form %(reference)s was asked for already: another room or moment. Open the page anew, please.")
            % {"reference": made.reference}
        )
    return made


def only_for_associations(uses: Iterable[Booking | Series]) -> None:
    if not all(is_for_associations(each.room) for each in uses):
        raise Refused(_("This room cannot be asked for here. Choose another one."))


def for_association(booking: Booking, contact: Contact) -> None:
    """Asked for, whatever the room asks; not written yet."""
    booking.association, booking.contact, booking.is_shared = contact.association, contact, False
    booking.organisation = booking.team = booking.created_by = None
    booking.state, booking.hold_until = BookingState.REQUESTED, None


def may_ask_more(contact: Contact) -> None:
    """A series waits as one."""
    waiting = asked_by(contact).filter(state=BookingState.REQUESTED)
    series = waiting.filter(series__isnull=False).values("series").distinct().count()
    if waiting.filter(series=None).count() + series >= MOST_OPEN:
        raise Refused(_("So many requests wait for an answer already. Wait for those first, or call the house."))


def not_again(bookings: Collection[Booking], contact: Contact) -> None:
    mine = list(asked_by(contact).live().filter(room__in={each.room_id for each in bookings}))
    for each in bookings:
        if any(one.room_id == each.room_id and one.starts < each.ends and each.starts < one.ends for one in mine):
            raise Refused(
                _("Your association has or asked for this room at that moment already: %(moment)s.")
                % {"moment": when_in_words(each.starts, each.ends)}
            )


def one_at_a_time(contact: Contact) -> None:
    """Who books for the association meanwhile only needs it to exist, and does not wait for this."""
    with patience():
        Association.objects.select_for_update(no_key=True).get(pk=contact.association_id)


def asked_by(contact: Contact) -> BookingQuerySet:
    """What the association has or asked for from now on, whoever wrote it down."""
    return Booking.objects.filter(association=contact.association_id, ends__gt=timezone.now())


@undisturbed()
def cancel(booking: Booking, contact: Contact) -> None:
    """Who keeps the house hears it, in the same transaction."""
    if booking.association_id != contact.association_id:
        raise Refused(_("This booking is not of your association."))
    actions.cancel(booking, by=None, answer=_("Cancelled by the association."))
    keepers.tell_cancelled(booking)


def shown(contact: Contact) -> list[dict[str, Any]]:
    """The coming time, with the price and what may still be cancelled. What colleagues wrote down and do not share
    stays theirs: of that the association sees room, moment and what it owes."""
    found = list(asked_by(contact).select_related("room__building__owner").order_by("starts")[:60])
    quotes = {each.booking_id: each for each in Quote.objects.current().filter(booking__in=found)}
    return [
        {
            "booking": each, "cancels": each.state in LIVE, "has_words": bool(each.contact_id) or each.is_shared,
            "quote": quotes.get(each.pk), "waits_for_price": each.pk not in quotes and quoting.may_wait(each),
        }
        for each in found
    ]  # fmt: skip
