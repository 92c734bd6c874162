"""Where a signal goes. Rules are rows; the first that matches wins, and the signal keeps a sentence saying why."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models.categories import Category, lineage
from signals.models.reports import Channel
from signals.models.rules import RoutingRule
from signals.models.signals import Signal
from teams.access import Access
from teams.models import Team

LATELY = dt.timedelta(days=30)


@dataclass(frozen=True)
class Route:
    """`team` is None when nobody could be named: the signal is then to be divided, and `reason` says so."""

    team: Team | None
    term_days: int
    reason: str
    rule: RoutingRule | None = None


class Router:
    """The active rules, read once: two queries however many signals follow."""

    def __init__(self) -> None:
        self.rules = [
            (rule, frozenset(area.pk for area in rule.areas.all()), [area.name for area in rule.areas.all()])
            for rule in RoutingRule.objects.in_order()
            .select_related("team__organisation", "category")
            .prefetch_related("areas")
        ]
        self.parents: dict[int, int | None] = dict(Category.objects.values_list("pk", "parent_id"))

    def route(self, *, category: Category, area_ids: Collection[int], channel: str, level: int) -> Route:
        line = lineage(category.pk, self.parents)
        for rule, areas, names in self.rules:
            if rule.category_id is not None and rule.category_id not in line:
                continue
            if areas and areas.isdisjoint(area_ids):
                continue
            if rule.channel and rule.channel != channel:
                continue
            if rule.level is not None and rule.level != level:
                continue
            return self._by_rule(rule, names, category, level)
        return self._by_nobody(category, level, _("No rule matches: to be divided by a coordinator."))

    def _by_rule(self, rule: RoutingRule, names: list[str], category: Category, level: int) -> Route:
        if level == Level.SEALED and rule.team.organisation_id != category.owner_id:
            # Sealed matter leaves its owner by a share only, whatever a rule says.
            reason = _("Rule “%(rule)s” names another organisation; sealed matter stays with its owner.")
            return self._by_nobody(category, level, reason % {"rule": rule.name})
        what = [_("subject %(category)s") % {"category": category.name}]
        if names:
            what.append(_("in %(areas)s") % {"areas": ", ".join(names)})
        if rule.channel:
            what.append(_("by %(channel)s") % {"channel": Channel(rule.channel).label})
        reason = _("Assigned by rule “%(rule)s”: %(what)s goes to %(team)s.") % {
            "rule": rule.name,
            "what": " ".join(what),
            "team": rule.team.name,
        }
        return Route(rule.team, rule.term_for(category), reason, rule)

    @staticmethod
    def _by_nobody(category: Category, level: int, reason: str) -> Route:
        keeper = category.owner.intake_team if level == Level.SEALED else None
        return Route(keeper, category.term_days, reason)


def placed_lately(viewer: Access) -> Counter[int]:
    """How many signals each rule, by its key, placed in the last thirty days: those still open that the
    viewer may read."""
    recent = Signal.objects.readable(viewer).open().filter(reported_at__gte=timezone.now() - LATELY)
    return Counter(dict(recent.filter(rule__isnull=False).values_list("rule").annotate(Count("pk")).order_by()))
