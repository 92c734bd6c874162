"""A contact of an association asks for a room week after week: all dates in one answer, and one mail for the keeper."""

from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations import keepers, notices
from reservations.locking import lock_rooms, undisturbed
from reservations.models import BookingState, Contact, RefusalReason, Series
from reservations.placing import Placed, place, refuse
from reservations.register import asking, telling
from reservations.serial import Choices, Date, seen, wanted_of
from teams.access import Access

MOST_DATES = 60  # a year of weeks, and some


def for_association(series: Series, contact: Contact) -> Series:
    series.association, series.is_shared = contact.association, False
    series.organisation = series.team = series.created_by = None
    return series


def dates(series: Series) -> list[Date]:
    """As colleagues see them, but never a room of the police, nor what others do."""
    asking.only_for_associations([series])
    return _not_too_many(seen(series, Access(), asking.NO_RIGHTS, without=asking.not_for_associations()))


@undisturbed()
def ask(series: Series, choices: Choices, contact: Contact) -> Placed:
    """As `asking.ask`. What was taken meanwhile is kept as refused, and offered when it comes free."""
    wanted = _not_too_many(wanted_of(series, choices))
    asking.only_for_associations(wanted)
    asking.one_at_a_time(contact)
    lock_rooms({each.room_id for each in wanted})
    known = Series.objects.filter(pk=series.pk).first()
    if known and (known.association_id != contact.association_id or known.created_by_id):
        raise Refused(_("Somebody else used this form already. Open it anew."))
    for each in wanted:
        asking.for_association(each, contact)
        if each.refusal == RefusalReason.NO_SUCH_TIME:
            refuse(each, RefusalReason.NO_SUCH_TIME)
    if known is None:
        asking.may_ask_more(contact)
        asking.not_again(wanted, contact)
        series.save(force_insert=True)
    done = place(wanted, keep_refused=True)
    made = [*done.placed, *done.refused]
    refused = [each for each in made if each.state == BookingState.REFUSED]
    if known is None:
        said = str(telling.SENTENCES[notices.REQUESTED])
        telling.tell_of_series(series, made, contact, said=said, key=notices.REQUESTED)
        keepers.tell_keepers(made)
    return Placed([each for each in made if each not in refused], refused, done.in_the_way)


def _not_too_many[T](found: list[T]) -> list[T]:
    if len(found) > MOST_DATES:
        raise Refused(_("That are more than %(most)s dates. Ask for them in parts.") % {"most": MOST_DATES})
    return found
