"""A series gets another last day. Later is more dates, each shown with what is in its way; earlier cancels the rest."""

import datetime as dt
from copy import copy

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from reservations import keepers, notices
from reservations.actions import late_from
from reservations.booking import prepare
from reservations.locking import Busy, lock_rooms, undisturbed
from reservations.models import Booking, BookingState, CancelledBy, RefusalReason, SchoolHoliday, Series
from reservations.placing import Placed, place, refuse
from reservations.recurrence import dates_of
from reservations.rights import Rights
from reservations.serial import Choices, Date, preview, wanted_of
from reservations.series_changes import cancel_from, key_of_act
from teams.access import access_of
from teams.models import User


def last_day(series: Series) -> dt.date:
    if series.until:
        return series.until
    try:
        return dates_of(series, SchoolHoliday.objects.all())[-1]
    except Refused:  # school holidays that were known then are not any more
        return max(_known(series), default=series.first_on)


def more_dates(series: Series, until: dt.date, *, by: User) -> list[Date]:
    """What comes with it, all in one answer. A date that was cancelled before is booked again on its own page."""
    known = _known(series)
    return [each for each in preview(_rest(series, until), by=by) if each.on not in known]


def cancelled_before(series: Series, until: dt.date) -> list[Booking]:
    """Dates up to then that it had and that were cancelled, when it was made shorter for instance."""
    gone = series.bookings.filter(state=BookingState.CANCELLED, starts__gt=timezone.now())
    return list(gone.filter(series_on__gt=last_day(series), series_on__lte=until).order_by("series_on"))


def _known(series: Series) -> set[dt.date]:
    return {each.series_on for each in series.bookings.only("series_on") if each.series_on}


def _rest(series: Series, until: dt.date) -> Series:
    """The same rule from its first new date on, so that every other week stays the same week. Never written."""
    whole = copy(series)
    whole.until, whole.times = until, None
    from_on, known = max(last_day(series), timezone.localdate()), _known(series)
    new = [on for on in dates_of(whole, SchoolHoliday.objects.all()) if on > from_on and on not in known]
    if not new:
        raise Refused(_("No new date comes with that. Choose a later day."))
    whole.first_on = new[0]
    return whole


@undisturbed()
def lengthen(series: Series, until: dt.date, choices: Choices, *, by: User) -> Placed:
    """Each new date that was chosen gets its state by right, as the first ones did; what cannot be had is kept as
    refused. Keepers hear of all that they have to answer in one mail. Sent again it writes nothing more."""
    rights, known = Rights.of(access_of(by)), _known(series)
    before = series.until, series.times
    rest = _rest(series, until)
    wanted = [each for each in wanted_of(rest, choices) if each.series_on not in known]
    contact = series.bookings.exclude(contact=None).values_list("contact", flat=True).first()
    for each in wanted:
        prepare(each, rights, by=by)
        if each.refusal == RefusalReason.NO_SUCH_TIME:
            refuse(each, RefusalReason.NO_SUCH_TIME)
        each.contact_id = contact
        each.created_by = series.created_by or (None if contact else by)  # whose series it is keeps it whole
    lock_rooms({each.room_id for each in wanted})
    series = Series.objects.select_for_update(of=("self",)).select_related("room__building", "created_by").get(
        pk=series.pk
    )  # fmt: skip
    if (series.until, series.times) != before:
        raise Busy(_("This series was changed at this moment. Look at it again."))
    done = place(wanted, keep_refused=True)
    _end_on(series, until)
    _tell(series, done, by=by)
    return done


def _tell(series: Series, done: Placed, *, by: User) -> None:
    made = [*done.placed, *done.refused]
    placed = [each for each in made if each.state != BookingState.REFUSED]
    if placed:
        notices.tell_of_series(series, notices.ADDED, dates=placed, key=key_of_act(placed), by=by)
    keepers.tell_keepers(made, by=by)


@undisturbed()
def shorten(series: Series, until: dt.date, *, by: User, kind: CancelledBy, answer: str = "") -> int:
    """What comes after is cancelled, late or in time as any date is; how many that were."""
    check_day(series, until)
    number = cancel_from(series, until + A_DAY, by=by, kind=kind, answer=answer)
    _end_on(Series.objects.select_for_update(of=("self",)).get(pk=series.pk), until)
    return number


def check_day(series: Series, until: dt.date) -> None:
    if until < timezone.localdate():
        raise Refused(_("That day is past. Choose today or a later day."))
    if until < series.first_on:
        raise Refused(_("The last day comes before the first. Choose a later one."))


def _end_on(series: Series, until: dt.date) -> None:
    series.until, series.times = until, None
    series.save(update_fields=["until", "times"])


def late(dates: list[Booking]) -> int:
    """How many of them are cancelled late by now."""
    now = timezone.now()
    return sum(each.state != BookingState.REQUESTED and now > late_from(each) for each in dates)
