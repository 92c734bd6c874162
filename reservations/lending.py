"""What may be done with a loan. Each locks the things, asks once how many are free, checks, and writes its fields
alone; so nobody is promised what another has."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused
from reservations import loan_notices as notices
from reservations.locking import lock_equipment, undisturbed
from reservations.models import Booking, BookingState, Equipment, Loan, LoanState
from reservations.models.loan_states import AHEAD, LOAN_TRANSITIONS
from reservations.rights import Rights
from reservations.stock import free
from teams.access import access_of
from teams.models import User

EARLIEST = dt.timedelta(days=7)  # before its moment that things are handed out
LET_GO = frozenset({BookingState.REFUSED, BookingState.CANCELLED, BookingState.EXPIRED})


class TooMany(Refused):
    """So many cannot be had then; `left` of them can."""

    def __init__(self, equipment: Equipment, left: int) -> None:
        said = ngettext("Of %(what)s %(left)s can be had then.", "Of %(what)s %(left)s can be had then.", left)
        none = _("Of %(what)s none can be had then.")
        super().__init__((said if left else none) % {"what": equipment.name, "left": left})
        self.left = left


@undisturbed()
def lend(loans: Sequence[Loan], *, by: User) -> list[Loan]:
    """Write them, all or none, each confirmed or asked as the right of `by` is. Asked again with the same keys it
    writes nothing. With a booking: its spaces are locked already. Raises `TooMany`."""
    lock_equipment({each.equipment_id for each in loans})
    things = Equipment.objects.in_bulk([each.equipment_id for each in loans])  # as they are now that nobody lends
    known = Loan.objects.in_bulk([each.pk for each in loans])
    rights = Rights.of(access_of(by))
    for each in loans:
        if each.pk in known:
            continue
        each.equipment, each.created_by = things[each.equipment_id], by
        _check_place(each)
        at_once = rights.lends_at_once(each.equipment) and (each.booking is None or each.booking.occupies)
        left = _left(each) if at_once else each.equipment.lendable
        if each.quantity > left:
            raise TooMany(each.equipment, left)
        each.state = LoanState.CONFIRMED if at_once else LoanState.ASKED
        each.save(force_insert=True)
    return [known.get(each.pk, each) for each in loans]


def _left(loan: Loan) -> int:
    return free([loan.equipment], loan.starts, loan.ends, ignoring=[loan.pk])[loan.equipment_id]


def _check_place(loan: Loan) -> None:
    if _stays_behind(loan):
        raise Refused(
            _("%(what)s does not leave %(building)s: it goes with a room there.")
            % {"what": loan.equipment.name, "building": loan.equipment.building.name}
        )


def _stays_behind(loan: Loan) -> bool:
    """Fixed to another house than the one where it would be used."""
    there = loan.booking.room.building_id if loan.booking else None
    return not loan.equipment.is_portable and loan.equipment.building_id != there


# --- with a booking ---------------------------------------------------------------------------------------


def lend_with(bookings: Collection[Booking], loans: Sequence[Loan]) -> None:
    """These bookings were just written; all of what goes with them, or nothing of either."""
    if loans and len(bookings) > 1:
        lock_equipment({each.equipment_id for each in loans})
    for booking in bookings:
        if booking.created_by and (its := [each for each in loans if each.booking_id == booking.pk]):
            for each in its:
                each.booking = booking
            lend(its, by=booking.created_by)


def end_with(bookings: Collection[Booking]) -> None:
    """They are over: nobody comes for what was asked with them. What is out comes back as any loan does. Without the
    lock of the things: who ends a hold to book its place lends afterwards, and would lock in two turns. So who has that
    lock never waits for a row of a loan."""
    loans = Loan.objects.filter(booking__in=[each.pk for each in bookings], state__in=AHEAD)
    keys = list(loans.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Loan.objects.filter(pk__in=keys).update(state=LoanState.CANCELLED)


def follow(booking: Booking) -> None:
    """Its loans go where it goes, in its transaction. A booking never fails for a chair: what cannot be had then is
    a request again, and who asked hears it."""
    if not booking.loans.filter(state__in=AHEAD).exists():
        return
    if booking.state in LET_GO:
        end_with([booking])
        return
    lock_equipment(set(booking.loans.values_list("equipment_id", flat=True)))
    loans = booking.loans.filter(state__in=AHEAD).select_for_update(of=("self",)).order_by("pk")
    for each in loans.select_related("equipment__building", "created_by"):
        each.booking = booking
        _follow(each, booking)


def _follow(loan: Loan, booking: Booking) -> None:
    before, loan.starts, loan.ends = loan.state, booking.starts, booking.ends
    if _stays_behind(loan):
        loan.state = LoanState.CANCELLED
    elif booking.occupies and _is_agreed(loan, booking) and loan.quantity <= _left(loan):
        loan.state = LoanState.CONFIRMED
    else:
        loan.state = LoanState.ASKED
    loan.save(update_fields=["starts", "ends", "state"])
    if before == LoanState.CONFIRMED and loan.state != before and booking.occupies:
        notices.tell(loan, notices.ASKED_AGAIN if loan.state == LoanState.ASKED else notices.CANCELLED)


def _is_agreed(loan: Loan, booking: Booking) -> bool:
    """Said yes to before, or nobody's yes is needed; the keeper who gives a room gives what lies in its house too."""
    if loan.state == LoanState.CONFIRMED:
        return True
    if loan.created_by and Rights.of(access_of(loan.created_by)).lends_at_once(loan.equipment):
        return True
    given = booking.state == BookingState.CONFIRMED and booking.room.needs_approval
    return given and loan.equipment.building_id == booking.room.building_id


def lock_with(bookings: Iterable[Booking]) -> None:
    """Who changes many bookings locks all their things in one turn, after all their spaces."""
    things = Loan.objects.filter(booking__in=[each.pk for each in bookings], state__in=AHEAD)
    lock_equipment(set(things.values_list("equipment_id", flat=True)))


# --- what is done with one --------------------------------------------------------------------------------


@contextmanager
def _at_work(loan: Loan, action: str) -> Iterator[None]:
    """With the loan as it stands and its things locked; refused where `action` cannot be."""
    with undisturbed():
        lock_equipment([loan.equipment_id])
        now_so = Loan.objects.select_for_update(of=("self",), nowait=True)
        now_so = now_so.select_related("equipment__building", "booking__room")
        loan.refresh_from_db(from_queryset=now_so)
        if loan.state not in LOAN_TRANSITIONS[action]:
            raise Refused(
                _("This loan is %(state)s: that cannot be done any more.") % {"state": loan.get_state_display()}
            )
        yield


def _write(loan: Loan, **fields: object) -> None:
    for name, value in fields.items():
        setattr(loan, name, value)
    loan.save(update_fields=list(fields))


def confirm(loan: Loan, *, by: User) -> None:
    with _at_work(loan, "confirm"):
        if loan.booking and not loan.booking.occupies:
            raise Refused(_("The room is not confirmed yet: the things go along with it."))
        left = _left(loan)
        if loan.quantity > left:
            raise TooMany(loan.equipment, left)
        _write(loan, state=LoanState.CONFIRMED)
        notices.tell(loan, notices.CONFIRMED, by=by)


def cancel(loan: Loan, *, by: User, answer: str = "") -> None:
    """By who holds it, or by the keeper, who says why."""
    with _at_work(loan, "cancel"):
        _write(loan, state=LoanState.CANCELLED, answer=answer)
        notices.tell(loan, notices.CANCELLED, by=by)


def hand_out(loan: Loan, *, by: User, condition: str = "") -> None:
    """Somebody takes them along; without a word of its condition all of it is in order. What is promised to others
    before its moment, and what others still have, stays."""
    with _at_work(loan, "hand_out"):
        now = timezone.now()
        if loan.ends <= now:
            raise Refused(_("This moment is over."))
        if loan.starts > now + EARLIEST:
            raise Refused(_("That is more than a week too early."))
        out = loan.equipment.loans.filter(state=LoanState.OUT).aggregate(number=Sum("quantity"))["number"] or 0
        loan.starts = min(loan.starts, now)
        left = min(_left(loan), loan.equipment.lendable - out)
        if loan.quantity > left:
            raise TooMany(loan.equipment, left)
        _write(
            loan, state=LoanState.OUT, starts=loan.starts, picked_up_at=now, picked_up_by=by,
            picked_up_condition=condition,
        )  # fmt: skip


def take_back(loan: Loan, *, by: User, quantity: int, condition: str = "") -> list[Loan]:
    """How many came back in order; the others are lost or broken from now on. What was promised and is there no more
    is a request again, the youngest first: those loans."""
    if not 0 <= quantity <= loan.quantity:
        raise Refused(_("More cannot come back than went out."))
    with _at_work(loan, "take_back"):
        _write(
            loan, state=LoanState.RETURNED, returned_at=timezone.now(), returned_by=by, returned_quantity=quantity,
            returned_condition=condition,
        )  # fmt: skip
        if missing := loan.quantity - quantity:
            Equipment.objects.filter(pk=loan.equipment_id).update(unusable=F("unusable") + missing)
            loan.equipment.refresh_from_db(fields=["unusable"])
            return _ask_again(loan.equipment)
        return []


def _ask_again(equipment: Equipment) -> list[Loan]:
    """There is less now than was promised."""
    promised = equipment.loans.filter(state=LoanState.CONFIRMED, ends__gt=timezone.now())
    asked = []
    promised = promised.select_for_update(of=("self",), skip_locked=True)  # the others are being given up
    for each in promised.select_related("booking__room", "created_by").order_by("-created_at", "-pk"):
        each.equipment = equipment
        if each.quantity > _left(each):
            _write(each, state=LoanState.ASKED)
            notices.tell(each, notices.ASKED_AGAIN)
            asked.append(each)
    return asked


def remind_of_late() -> int:
    """Who still has something is told once; how many loans are late. Beat wakes it every hour."""
    late = Loan.objects.late(timezone.now()).select_related("equipment__building", "booking", "created_by")
    for each in late:
        notices.tell(each, notices.LATE)
    return len(late)
