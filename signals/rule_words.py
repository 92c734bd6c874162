"""A rule as one reads it aloud."""

import datetime as dt
from collections.abc import Iterable

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signals.conditions import Window
from signals.levels import Level
from signals.models.reports import Channel
from signals.models.rules import RoutingRule
from signals.soundness import Soundness
from teams.models import Function


class RuleWords:
    """Puts rules into words. Reads the names of their areas once, however many rules there are."""

    def __init__(self, rules: Iterable[RoutingRule], soundness: Soundness | None = None) -> None:
        soundness = soundness or Soundness()
        keys = {key for rule in rules for key in rule.area_ids}
        self.names = {key: soundness.area_name(key) for key in keys}

    def areas(self, rule: RoutingRule) -> list[str]:
        return [self.names[key] for key in rule.area_ids]

    def sentence(self, rule: RoutingRule) -> str:
        """Uses `category` and `team`."""
        what = [rule.category.name if rule.category else _("Every subject"), *self.conditions(rule)]
        words = {"what": " ".join(what), "team": self.target(rule)}
        said = _("%(what)s goes to %(team)s, with the term of the subject.") % words
        days = rule.term_days
        if days is None and rule.category is not None:
            days = rule.category.term_days
        if days is not None:
            said = ngettext(
                "%(what)s goes to %(team)s, term %(days)s working day.",
                "%(what)s goes to %(team)s, term %(days)s working days.",
                days,
            ) % {**words, "days": days}
        return f"{said} {period}" if (period := period_words(rule.starts, rule.ends)) else said

    def conditions(self, rule: RoutingRule) -> list[str]:
        found = []
        if rule.area_ids:
            found.append(_("in %(areas)s") % {"areas": one_of(self.areas(rule))})
        if rule.channel:
            found.append(_("by %(channel)s") % {"channel": Channel(rule.channel).label})
        if rule.words:
            found.append(_("with %(words)s in the text") % {"words": one_of(quoted(rule.words))})
        if when := window_words(rule.window):
            found.append(when)
        if rule.holiday is not None:
            found.append(_("on a public holiday") if rule.holiday else _("not on a public holiday"))
        if rule.level is not None:
            found.append(_("(level %(level)s)") % {"level": Level(rule.level).label})
        return found

    @staticmethod
    def target(rule: RoutingRule) -> str:
        if not rule.post_function:
            return rule.team.name
        function = Function(rule.post_function).label
        return _("the %(function)s of the area in %(team)s") % {"function": function, "team": rule.team.name}


def quoted(words: str) -> list[str]:
    return [f"“{word.strip()}”" for word in words.replace(";", ",").replace("\n", ",").split(",") if word.strip()]


def one_of(names: list[str]) -> str:
    """As in: Overleie, Pius X or Marke."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def hour_words(time: dt.time) -> str:
    """“18 uur”, or “18.30 uur”."""
    return _("%(hour)s o'clock") % {"hour": time_format(time, "G.i" if time.minute else "G")}


def window_words(window: Window) -> str:
    if window.is_always:
        return ""
    first, last = (_day(window.day_from), _day(window.day_until))
    begin, end = (hour_words(time) if time is not None else "" for time in (window.time_from, window.time_until))
    words = {"first": first, "last": last, "begin": begin, "end": end}
    if window.in_one_stretch:
        return _("from %(first)s %(begin)s to %(last)s %(end)s") % words
    days = _("from %(first)s up to and including %(last)s") % words if first != last else _("on %(first)s") % words
    hours = _("between %(begin)s and %(end)s") % words
    return " ".join([days] * bool(first) + [hours] * bool(begin))


def _day(day: int | None) -> str:
    return "" if day is None else str(WEEKDAYS[day]).lower()


def period_words(starts: dt.date | None, ends: dt.date | None) -> str:
    words = {"starts": starts and date_format(starts), "ends": ends and date_format(ends)}
    if starts and ends:
        return _("From %(starts)s up to and including %(ends)s.") % words
    if starts:
        return _("From %(starts)s.") % words
    return _("Up to and including %(ends)s.") % words if ends else ""
