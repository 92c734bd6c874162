"""From the rule of an activity to its dates. The rule itself is that of a series (`recurrence`)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from reservations.models import Activity, ActivityDate, Frequency, SchoolHoliday, Series
from reservations.moments import nearest_stretch
from reservations.recurrence import dates_of
from reservations.recurrence_words import hours_in_words, in_words
from reservations.words import when_in_words


def series_of(activity: Activity) -> Series:
    """Its rule as a series, never written."""
    return Series(
        frequency=Frequency.MONTHLY if activity.nth else Frequency.WEEKLY, interval=activity.interval,
        weekdays=activity.weekdays, nth=activity.nth, first_on=activity.first_on, until=activity.until,
        start_time=activity.start_time, end_time=activity.end_time,
        skips_public_holidays=activity.skips_public_holidays, skips_school_holidays=activity.skips_school_holidays,
    )  # fmt: skip


def days_of(activity: Activity) -> list[dt.date]:
    """Raises Refused with a sentence when the rule is not whole, or comes to nothing."""
    if activity.days:
        return sorted(set(activity.days))
    if not activity.repeats:
        return [activity.first_on]
    return dates_of(series_of(activity), SchoolHoliday.objects.all())


def rows_of(activity: Activity) -> list[ActivityDate]:
    """Not written yet. Of a night in which the clock jumps over the whole of it there is none."""
    found = []
    for day in days_of(activity):
        if hours := nearest_stretch(day, activity.start_time, activity.end_time):
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
    if len(activity.days) > 1:
        words = {"dates": len(activity.days), "hours": hours_in_words(activity.start_time, activity.end_time)}
        return _("on %(dates)s days, %(hours)s") % words
    if activity.repeats:
        return in_words(series_of(activity))
    hours = nearest_stretch(activity.first_on, activity.start_time, activity.end_time)
    return when_in_words(*hours) if hours else ""
