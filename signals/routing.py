"""Where a signal goes. Rules are rows; the first that matches wins, and the signal keeps a sentence saying why."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.typed import plain
from kortrijk_gebied.workdays import BRUSSELS, is_holiday
from signals.conditions import pattern_of
from signals.levels import Level
from signals.models.categories import Category, lineage
from signals.models.reports import Channel
from signals.models.rules import RoutingRule
from signals.rule_words import window_words
from signals.soundness import Soundness, broken_words
from teams.calendars import Calendars
from teams.models import Post, Team


@dataclass(frozen=True)
class Route:
    """`team` is None when nobody could be named: the signal is then to be divided, and `reason` says so."""

    team: Team | None
    term_days: int
    why: Callable[[], str]
    rule: RoutingRule | None = None
    post: Post | None = None

    @property
    def reason(self) -> str:
        """Put into words when asked: who only counts routes does not need them."""
        return self.why()


class Arrival:
    """What came in, as far as a rule looks at it. Its words are read only when a rule asks for them."""

    def __init__(self, category: Category, area_ids: Collection[int], channel: str, level: int,
                 at: dt.datetime, text: str) -> None:  # fmt: skip
        self.category, self.area_ids, self.channel, self.level = category, area_ids, channel, level
        self.at, self._text = at, text
        self._plain: str | None = None
        self._day: dt.date | None = None

    @property
    def words(self) -> str:
        if self._plain is None:
            self._plain = plain(self._text)
        return self._plain

    @property
    def day(self) -> dt.date:
        if self._day is None:
            self._day = self.at.astimezone(BRUSSELS).date()
        return self._day


class Here(Enum):
    YES = auto()
    NO = auto()
    UNKNOWN = auto()  # in an area that the rule names by a border of before


class Line:
    """A rule made ready to be asked about many signals."""

    def __init__(self, rule: RoutingRule, soundness: Soundness) -> None:
        self.rule = rule
        lost = soundness.lost_areas(rule)
        self.areas = frozenset(rule.area_ids) - frozenset(lost)
        self.lost = soundness.in_place_of(lost) if lost else frozenset()
        self.names = [soundness.area_name(key) for key in rule.area_ids]
        self.window = None if rule.window.is_always else rule.window
        self.pattern = pattern_of(rule.words)
        self.is_dated = bool(rule.starts or rule.ends)
        self.broken = broken_words(soundness.breaks(rule))

    def catches(self, arrival: Arrival) -> bool:
        """Whether it is about this, wherever it lies."""
        rule = self.rule
        return (
            (not rule.channel or rule.channel == arrival.channel)
            and (rule.level is None or rule.level == arrival.level)
            and (not self.is_dated or rule.holds_on(arrival.day))
            and (rule.holiday is None or rule.holiday == is_holiday(arrival.day))
            and (self.window is None or self.window.holds(arrival.at))
            and (self.pattern is None or self.pattern.search(arrival.words) is not None)
        )

    def lies_here(self, area_ids: Collection[int]) -> Here:
        if not self.rule.area_ids or not self.areas.isdisjoint(area_ids):
            return Here.YES
        if self.lost is None or not self.lost.isdisjoint(area_ids):
            return Here.UNKNOWN
        return Here.NO


class Router:
    """The rules that are switched on, read once: the same queries however many signals follow.

    A rule is made ready when the first signal of its subject comes: one report needs few of them.
    """

    def __init__(self, rules: Iterable[RoutingRule] | None = None) -> None:
        self.soundness = Soundness()
        self.calendars = Calendars()
        self.rules = list(RoutingRule.objects.in_order().whole() if rules is None else rules)
        self._ready: dict[int, Line] = {}
        self._about: dict[int, list[Line]] = {}

    def route(
        self, *, category: Category, area_ids: Collection[int], channel: str, level: int,
        at: dt.datetime | None = None, text: str = "",
    ) -> Route:  # fmt: skip
        arrival = Arrival(category, area_ids, channel, level, at or timezone.now(), text)
        for line in self._lines_about(category):
            if not line.catches(arrival):
                continue
            here = line.lies_here(area_ids)
            if here is Here.NO:
                continue
            return self._by_rule(line, arrival, knows_area=here is Here.YES)
        return self._by_nobody(arrival, _("No rule matches: to be divided by a coordinator."))

    def due(self, at: dt.datetime, days: int, organisation_id: int | None) -> dt.datetime:
        """When a term is over in the calendar of an organisation."""
        return self.calendars.of(organisation_id).deadline(at, days)

    def _lines_about(self, category: Category) -> list[Line]:
        if category.pk not in self._about:
            above = {None, *lineage(category.pk, self.soundness.parents)}
            places = [place for place, rule in enumerate(self.rules) if rule.category_id in above]
            self._about[category.pk] = [self._line(place) for place in places]
        return self._about[category.pk]

    def _line(self, place: int) -> Line:
        if place not in self._ready:
            self._ready[place] = Line(self.rules[place], self.soundness)
        return self._ready[place]

    def _by_rule(self, line: Line, arrival: Arrival, *, knows_area: bool) -> Route:
        rule, category = line.rule, arrival.category
        if not knows_area:
            return self._by_broken(rule, arrival, _("The division of the city that it names no longer holds."))
        if line.broken:
            return self._by_broken(rule, arrival, line.broken)
        if arrival.level == Level.SEALED:
            if rule.team.organisation_id != category.owner_id:
                # Sealed matter leaves its owner by a share only, whatever a rule says.
                reason = _("Rule “%(rule)s” names another organisation; sealed matter stays with its owner.")
                return self._by_nobody(arrival, reason % {"rule": rule.name})
            if rule.team_id not in self.soundness.keepers[category.owner_id]:
                reason = _("Rule “%(rule)s” names a team in which nobody may read what is sealed.")
                return self._by_nobody(arrival, reason % {"rule": rule.name})
        post = self._post(rule, arrival.area_ids)
        return Route(rule.team, rule.term_for(category), lambda: _assigned(line, category, post), rule, post)

    def _post(self, rule: RoutingRule, area_ids: Collection[int]) -> Post | None:
        """The post of the area. Where the team has none, the whole team is asked."""
        if not rule.post_function:
            return None
        posts = self.soundness.posts[rule.team_id, rule.post_function]
        return next((post for area, post in posts.items() if area in area_ids), None)

    def _by_broken(self, rule: RoutingRule, arrival: Arrival, why: str) -> Route:
        said = _("Rule “%(rule)s” no longer works: to be divided by a coordinator. %(why)s")
        return self._by_nobody(arrival, said % {"rule": rule.name, "why": why})

    def _by_nobody(self, arrival: Arrival, reason: str) -> Route:
        category = arrival.category
        keeper = self._keeper(category) if arrival.level == Level.SEALED else None
        return Route(keeper, category.term_days, lambda: reason)

    def _keeper(self, category: Category) -> Team | None:
        """Who receives sealed matter that no rule places. Where nobody may read it, it waits at the intake team, and
        the organisation hears so (signals/keeping.py)."""
        return self.soundness.keeper_of(category.owner) or category.owner.intake_team


def _assigned(line: Line, category: Category, post: Post | None) -> str:
    team = line.rule.team.name
    return _("Assigned by rule “%(rule)s”: %(what)s goes to %(team)s.") % {
        "rule": line.rule.name,
        "what": " ".join([_("subject %(category)s") % {"category": category.name}, *_why(line)]),
        "team": _("%(post)s (%(team)s)") % {"post": post, "team": team} if post else team,
    }


def _why(line: Line) -> list[str]:
    """What made the rule match, besides the subject."""
    rule, found = line.rule, []
    if line.names:
        found.append(_("in %(areas)s") % {"areas": ", ".join(line.names)})
    if rule.channel:
        found.append(_("by %(channel)s") % {"channel": Channel(rule.channel).label})
    if rule.words:
        found.append(_("with these words in the text"))
    if line.window:
        found.append(window_words(line.window))
    if rule.holiday is not None:
        found.append(_("on a public holiday") if rule.holiday else _("not on a public holiday"))
    return found
