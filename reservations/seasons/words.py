"""Seasons and allocations in sentences. Never what somebody does there: only whose hours they are."""

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reservations.models import Allocation, Group, Season, SeasonRequest
from reservations.recurrence_words import hours_in_words
from reservations.seasons.dividing import Answer, Because, Slot, Wish
from reservations.seasons.table import Table, time_of

GIVEN: dict[Because, Promise] = {
    Because.ALONE: gettext_lazy("nobody else waited for this hour any more."),
    Because.TURN: gettext_lazy("each gets one in a round, and %(other)s had a turn."),
    Because.GROUP: gettext_lazy("in the order comes first: %(group)s. Then: %(other_group)s."),
    Because.LAST: gettext_lazy("%(holder)s had this hour last season too."),
    Because.SO_FAR: gettext_lazy("%(holder)s had fewer hours so far than %(other)s."),
    Because.ASKED: gettext_lazy("%(holder)s asks fewer hours than %(other)s."),
    Because.LOT: gettext_lazy("the lot chose between %(holder)s and %(other)s."),
}


def slot_in_words(table: Table, slot: Slot) -> str:
    hours = hours_in_words(time_of(slot.start), time_of(slot.end))
    return f"{WEEKDAYS[slot.weekday]} {hours}, {table.rooms[slot.room].name}"


def answer_in_words(table: Table, wish: Wish, answer: Answer, instead: Slot | None) -> str:
    if answer.slot:
        other = answer.other
        words = {
            "holder": wish.name, "group": Group(wish.group).label,
            "other": other.name if isinstance(other, Wish) else "",
            "other_group": Group(other.group).label if isinstance(other, Wish) else "",
        }  # fmt: skip
        said = str(GIVEN[answer.because]) % words
        return _("Given in round %(round)s: %(why)s") % {"round": answer.round, "why": said}
    return " ".join([_refused(table, wish, answer), *([_free(table, instead)] if instead else [])])


def _refused(table: Table, wish: Wish, answer: Answer) -> str:
    if answer.because == Because.MOST:
        return _("Not given: one holder has at most %(hours)s hours a week.") % {"hours": table.season.most_hours}
    if answer.because == Because.NOWHERE:
        return _("Not given: no room that suits is open then.")
    taken = {"when": slot_in_words(table, wish.slots[0]), "other": answer.other}
    if len(wish.slots) > 1:
        return _("Not given: all that suits is somebody's already; %(when)s, is for %(other)s.") % taken
    return _("Not given: %(when)s, is for %(other)s.") % taken


def _free(table: Table, slot: Slot) -> str:
    return _("What is free: %(when)s.") % {"when": slot_in_words(table, slot)}


def weekdays_in_words(weekdays: list[int]) -> str:
    """ "maandag tot en met vrijdag", "dinsdag en donderdag"."""
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return _("%(first)s up to and including %(last)s") % {"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]}
    return get_text_list([str(WEEKDAYS[each]) for each in days], _("and"))


def when_in_words(of: Allocation) -> str:
    return f"{weekdays_in_words(of.weekdays)} {hours_in_words(of.start_time, of.end_time)}"


def asked_in_words(request: SeasonRequest) -> str:
    days = get_text_list([str(WEEKDAYS[each]) for each in sorted(request.weekdays)], _("or"))
    return f"{days} {hours_in_words(request.start_time, request.end_time)}"


def abbreviated(weekday: int) -> str:
    return str(WEEKDAYS_ABBR[weekday])


def release_in_words(days: int) -> str:
    if not days:
        return _("What the holder did not book is free for all on the day itself.")
    return ngettext(
        "What the holder did not book is free for all %(days)s day ahead.",
        "What the holder did not book is free for all %(days)s days ahead.",
        days,
    ) % {"days": days}


def rule_in_words(season: Season) -> list[str]:
    """Each knob in a sentence, in the order in which they count."""
    said = [
        _("It goes in rounds: in each round every holder gets at most one hour of those they ask for."),
        _("In a round these go first, in this order: %(order)s.")
        % {"order": ", ".join(str(Group(each).label) for each in season.order)},
    ]
    said.append(
        _("For under-18s counts only when colleagues may see what for. Who does not share it stands with its own kind.")
    )
    if season.keeps_last:
        said.append(_("Among those who are alike: who had the hour last season keeps it."))
    said += [
        _("Then who has fewest hours so far, and after that who asked for fewest."),
        _(
            "Still alike? The lot decides: it was drawn once, number %(lot)s, so that dividing again gives the same."
        ) % {"lot": season.lot},
    ]  # fmt: skip
    if season.most_hours:
        said.append(_("Nobody gets more than %(hours)s hours a week.") % {"hours": season.most_hours})
    if season.skips_school_holidays:
        said.append(_("In school holidays the hours are kept for nobody."))
    return [*said, release_in_words(season.release_days)]
