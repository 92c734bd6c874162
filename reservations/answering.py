"""A keeper answers the dates of a series in one act, and whoever asked hears it in one mail."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kortrijk_gebied.refusals import Refused
from reservations import actions, lending, notices
from reservations.locking import Busy, lock_rooms, undisturbed
from reservations.models import Booking
from reservations.series_changes import key_of_act
from teams.models import User


@dataclass(frozen=True)
class Answered:
    """`stayed` could not be answered so: taken meanwhile, or changed since it stood on the screen."""

    done: list[Booking] = field(default_factory=list)
    stayed: list[Booking] = field(default_factory=list)


def say_yes(dates: Sequence[Booking], *, by: User) -> Answered:
    return _answer(dates, by=by, what=notices.CONFIRMED)


def say_no(dates: Sequence[Booking], *, by: User, answer: str) -> Answered:
    return _answer(dates, by=by, what=notices.REFUSED, answer=answer)


@undisturbed()
def _answer(dates: Sequence[Booking], *, by: User, what: str, answer: str = "") -> Answered:
    lock_rooms({each.room_id for each in dates})
    lending.lock_with(dates)
    found = Answered()
    with notices.told_together():
        for each in dates:
            try:
                with transaction.atomic():
                    if what == notices.CONFIRMED:
                        actions.confirm(each, by=by)
                    else:
                        actions.refuse(each, by=by, answer=answer)
            except Busy:
                raise  # nobody knows yet
            except Refused:
                found.stayed.append(each)
            else:
                found.done.append(each)
    if found.done and (series := found.done[0].series):
        notices.tell_of_series(series, what, dates=found.done, key=key_of_act(found.done), by=by, answer=answer)
    return found
