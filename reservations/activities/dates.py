"""From the rule of an activity to its dates. The rule itself is that of a series (`recurrence`)."""

import datetime as dt
from collections.abc import Iterable
from itertools import repeat

from django.db import transaction
from django.utils.translation import gettext as _

from reservations.models import Activity, ActivityDate, Frequency, SchoolHoliday, Series
from reservations.moments import nearest_stretch
from reservations.recurrence import dates_of
from reservations.recurrence_words import hours_in_words, in_words
from reservations.words import when_in_words

type OnDay = tuple[dt.date, dt.time, dt.time]


def series_of(activity: Activity) -> Series:
    """Its rule as a series, never written."""
    return Series(
        frequency=Frequency.MONTHLY if activity.nth else Frequency.WEEKLY, interval=activity.interval,
        weekdays=activity.weekdays, nth=activity.nth, first_on=activity.first_on, until=activity.until,
        start_time=activity.start_time, end_time=activity.end_time,
        skips_public_holidays=activity.skips_public_holidays, skips_school_holidays=activity.skips_school_holidays,
    )  # fmt: skip


def hours_of(activity: Activity) -> list[OnDay]:
    """Each day with its hours. Raises Refused with a sentence when the rule is not whole, or comes to nothing."""
    usual = activity.start_time, activity.end_time
    if activity.days:
        own = zip(activity.day_starts, activity.day_ends, strict=True) if activity.day_starts else repeat(usual)
        return sorted((day, *hours) for day, hours in dict(zip(activity.days, own, strict=False)).items())
    if not activity.repeats:
        return [(activity.first_on, *usual)]
    return [(day, *usual) for day in dates_of(series_of(activity), SchoolHoliday.objects.all())]


def put_on(activity: Activity, days: Iterable[OnDay]) -> None:
    """On days of its own, not written yet; one pair of hours is said once."""
    found = sorted(days)
    activity.first_on, activity.start_time, activity.end_time = found[0]
    own = len({(start, end) for _day, start, end in found}) > 1
    activity.days = [day for day, _start, _end in found] if len(found) > 1 else []
    activity.day_starts = [start for _day, start, _end in found] if own else []
    activity.day_ends = [end for _day, _start, end in found] if own else []


def rows_of(activity: Activity) -> list[ActivityDate]:
    """Not written yet. Of a night in which the clock jumps over the whole of it there is none."""
    found = []
    for day, start, end in hours_of(activity):
        if hours := nearest_stretch(day, start, end):
            found.append(
                ActivityDate(
                    activity=activity, on=day, starts=hours[0], ends=hours[1], is_cancelled=day in activity.cancelled_on
                )
            )
    return found


@transaction.atomic
def write(activity: Activity) -> None:
    """The activity with its dates: every one anew, so that rule and dates never differ."""
    rows = rows_of(activity)
    activity.save()
    activity.dates.all().delete()
    ActivityDate.objects.bulk_create(rows)


@transaction.atomic
def call_off(activity: Activity, day: dt.date, *, goes_on: bool = False) -> None:
    """One date does not take place, or does after all. Said twice it is the same."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    days = set(locked.cancelled_on) - {day} if goes_on else {*locked.cancelled_on, day}
    changed = ActivityDate.objects.filter(activity=locked, on=day).update(is_cancelled=not goes_on)
    if changed:
        locked.cancelled_on = sorted(days)
        locked.save(update_fields=["cancelled_on"])


def when(activity: Activity) -> str:
    """In words: once, its rhythm, or on how many days."""
    if activity.day_starts:
        return _("on %(dates)s days, each with its own hours") % {"dates": len(activity.days)}
    if len(activity.days) > 1:
        words = {"dates": len(activity.days), "hours": hours_in_words(activity.start_time, activity.end_time)}
        return _("on %(dates)s days, %(hours)s") % words
    if activity.repeats:
        return in_words(series_of(activity))
    hours = nearest_stretch(activity.first_on, activity.start_time, activity.end_time)
    return when_in_words(*hours) if hours else ""
