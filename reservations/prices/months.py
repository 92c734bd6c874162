"""What is due in a month, for the houses of one owner. A month that is closed stays as it was; what changes in it
afterwards is put right in the first month that is still open."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Association, Booking, BookingState, Building, MonthLine, MonthList, Quote
from reservations.models.quotes import DUE
from reservations.moments import on_clock, whole_day
from reservations.prices.money import NOTHING, euros
from reservations.prices.quoting import price_of
from teams.access import Access
from teams.models import Organisation, User

CLOSES = "closing of months"

# What every booking owes now, beside what was charged for it in months that are closed: where the two differ.
DIFFERENCES = """
WITH owes AS (
    SELECT b.id AS booking, coalesce(b.organisation_id, 0) AS organisation,
           coalesce(b.association_id, 0) AS association, q.vat_rate, q.total AS amount, q.vat
    FROM reservations_quote q
    JOIN reservations_booking b ON b.id = q.booking_id
    JOIN reservations_room r ON r.id = b.room_id
    JOIN reservations_building h ON h.id = r.building_id
    WHERE q.is_current AND q.total > 0 AND h.owner_id = %(owner)s AND b.state = ANY(%(due)s)
      AND b.starts >= %(first)s AND b.starts < %(after)s
), charged AS (
    SELECT l.booking_id AS booking, coalesce(l.organisation_id, 0) AS organisation,
           coalesce(l.association_id, 0) AS association, l.vat_rate, sum(l.amount) AS amount, sum(l.vat) AS vat
    FROM reservations_monthline l
    JOIN reservations_monthlist m ON m.id = l.month_list_id
    WHERE m.owner_id = %(owner)s AND %(corrects)s
    GROUP BY 1, 2, 3, 4
)
SELECT booking, organisation, association, vat_rate, coalesce(owes.amount, 0), coalesce(owes.vat, 0),
       charged.amount, charged.vat
FROM owes FULL JOIN charged USING (booking, organisation, association, vat_rate)
WHERE coalesce(owes.amount, 0) <> coalesce(charged.amount, 0) OR coalesce(owes.vat, 0) <> coalesce(charged.vat, 0)
"""

type Holder = Organisation | Association


@dataclass(frozen=True)
class Month:
    """Of one owner. `list` is there once it is closed."""

    owner: Organisation
    first: dt.date
    list: MonthList | None
    last_closed: dt.date | None
    first_closed: dt.date | None
    oldest: dt.date | None = None  # in which the first priced use is; while nothing is closed

    @classmethod
    def of(cls, owner: Organisation, first: dt.date) -> "Month":
        closed = {each.month: each for each in MonthList.objects.filter(owner=owner)}
        oldest = None if closed else _oldest(owner)
        return cls(owner, first, closed.get(first), max(closed, default=None), min(closed, default=None), oldest)

    @property
    def next(self) -> dt.date:
        return (self.first + dt.timedelta(days=32)).replace(day=1)

    @property
    def before(self) -> dt.date:
        return (self.first - dt.timedelta(days=1)).replace(day=1)

    @property
    def is_over(self) -> bool:
        return self.next <= timezone.localdate()

    @property
    def puts_right(self) -> bool:
        """The month after the last one that was closed."""
        return self.last_closed is not None and self.before == self.last_closed

    @property
    def may_close(self) -> bool:
        return (
            self.list is None and self.is_over and not self.is_too_early and (not self.last_closed or self.puts_right)
        )

    @property
    def is_too_early(self) -> bool:
        """Closed first, every month since would have to be closed before one in which something is due."""
        return self.oldest is not None and self.first < self.oldest

    @property
    def name(self) -> str:
        return date_format(self.first, "F Y")


def _oldest(owner: Organisation) -> dt.date | None:
    found = Quote.objects.filter(booking__room__building__owner=owner).aggregate(starts=Min("booking__starts"))
    return on_clock(found["starts"]).date().replace(day=1) if found["starts"] else None


@dataclass(frozen=True)
class Group:
    """What one holder owes."""

    holder: Holder
    lines: Sequence[MonthLine]

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def by_rate(self) -> list[tuple[int, Decimal, Decimal]]:
        """Of each VAT rate what is due, and the VAT within it."""
        return totals_by_rate(self.lines)

    @property
    def is_association(self) -> bool:
        return isinstance(self.holder, Association)


def totals_by_rate(lines: Iterable[MonthLine]) -> list[tuple[int, Decimal, Decimal]]:
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for line in lines:
        amount, vat = found.get(line.vat_rate, (NOTHING, NOTHING))
        found[line.vat_rate] = amount + line.amount, vat + line.vat
    return [(rate, *found[rate]) for rate in sorted(found)]


def lines_of(month: Month, viewer: Access | None = None) -> list[MonthLine]:
    """In the order in which they are read: by holder, then by moment. Of an open month they are not written. Without a
    viewer it is all of it, for who closes it."""
    lines = _frozen(month) if month.list else _open(month)
    if viewer is not None:
        kept = set(Building.objects.granted(viewer, "approve").values_list("pk", flat=True))
        lines = [line for line in lines if line.booking.room.building_id in kept or is_own(line, viewer)]
    return sorted(lines, key=_order)


def is_own(line: MonthLine, viewer: Access) -> bool:
    """Of their own organisation, or of an association for which they asked. Whose it was when it was charged counts."""
    if line.association_id:
        return viewer.user_id is not None and line.booking.created_by_id == viewer.user_id
    return viewer.organisation_id is not None and line.organisation_id == viewer.organisation_id


def _order(line: MonthLine) -> tuple[object, ...]:
    return line.organisation_id is not None, holder_of(line).name, line.starts, line.booking.reference, line.vat_rate


def holder_of(line: MonthLine) -> Holder:
    found = line.association or line.organisation
    if found is None:
        raise ValueError("The database lets no line be without a holder.")
    return found


def grouped(lines: Iterable[MonthLine]) -> list[Group]:
    found: dict[Holder, list[MonthLine]] = {}
    for line in lines:
        found.setdefault(holder_of(line), []).append(line)
    return [Group(holder, of) for holder, of in found.items()]


def _frozen(month: Month) -> list[MonthLine]:
    lines = MonthLine.objects.filter(month_list=month.list)
    return list(lines.select_related("booking__room__building", "organisation", "association"))


def _open(month: Month) -> list[MonthLine]:
    corrects = month.puts_right
    since = month.first_closed if corrects and month.first_closed else month.first
    asked: dict[str, Any] = {
        "owner": month.owner.pk, "due": [str(state) for state in DUE], "corrects": corrects,
        "first": whole_day(since)[0], "after": whole_day(month.next)[0],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES, asked)
        rows = cursor.fetchall()
    bookings = Booking.objects.select_related("room__building").in_bulk([row[0] for row in rows])
    words = _words_of(bookings)
    clubs = Association.objects.in_bulk({row[2] for row in rows if row[2]})
    own = Organisation.objects.in_bulk({row[1] for row in rows if row[1]})
    begins = whole_day(month.first)[0]
    return [_line(row, bookings[row[0]], words.get(row[0], ""), begins, clubs, own) for row in rows]


def _words_of(bookings: dict[uuid.UUID, Booking]) -> dict[uuid.UUID, str]:
    found = {}
    for quote in Quote.objects.current().filter(booking__in=bookings).select_related("discount_reason"):
        price = price_of(quote)
        off = f" · {quote.discount_reason}: {euros(-quote.discount)}" if quote.discount else ""
        nobody = _(" · nobody came") if bookings[quote.booking_id].state == BookingState.NO_SHOW else ""
        found[quote.booking_id] = f"{price.in_words}{off}{nobody}"
    return found


def _line(
    row: tuple[object, ...], booking: Booking, words: str, begins: dt.datetime, clubs: dict[int, Association],
    own: dict[int, Organisation],
) -> MonthLine:  # fmt: skip
    _key, organisation, association, rate, amount, vat, was, was_vat = row
    corrects = was is not None or booking.starts < begins
    if corrects:
        words = _("put right: %(was)s became %(now)s") % {"was": euros(was or NOTHING), "now": euros(amount)}  # type: ignore[arg-type]
    return MonthLine(
        booking=booking, organisation=own.get(organisation), association=clubs.get(association),  # type: ignore[call-overload]
        is_correction=corrects, starts=booking.starts, ends=booking.ends,
        place=f"{booking.room.building.name}, {booking.room.name}", words=words[:1000],
        amount=amount - (was or NOTHING), vat_rate=rate, vat=vat - (was_vat or NOTHING),  # type: ignore[operator, misc]
    )  # fmt: skip


@transaction.atomic
def close(month: Month, *, by: User) -> MonthList:
    """Freeze it. Closed before, it is the same one."""
    with connection.cursor() as cursor:  # two who close at once are one
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [CLOSES, month.owner.pk])
    month = Month.of(month.owner, month.first)
    if month.list:
        return month.list
    if not month.is_over:
        raise Refused(_("%(month)s is not over yet. Close it when it is.") % {"month": month.name})
    if month.last_closed and not month.may_close:
        said = _("Months are closed in order. After %(last)s comes the next one.")
        raise Refused(said % {"last": date_format(month.last_closed, "F Y")})
    if month.oldest and month.is_too_early:
        said = _("In %(month)s nothing had a price yet. The first month to close is %(oldest)s.")
        raise Refused(said % {"month": month.name, "oldest": date_format(month.oldest, "F Y")})
    made = MonthList.objects.create(owner=month.owner, month=month.first, closed_by=by)
    lines = lines_of(month)
    for line in lines:
        line.month_list = made
    MonthLine.objects.bulk_create(lines)
    return made
