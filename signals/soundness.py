"""Whether a rule can do what it says: asked when it is saved, and again each time it is used.

What was sound may break later: a team ends, a division of the city is replaced, a post goes. Then what the rule
catches waits to be divided, with the reason; it never goes on silently to another rule.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import Area, AreaSet, Crosswalk
from areas.succession import A_PART
from signals.conditions import SHORTEST_STEM, stems_of
from signals.levels import Level
from signals.models.categories import Category, lineage
from teams.access import teams_that_keep_sealed_matter, teams_that_work
from teams.models import Function, Organisation, Post, Team

if TYPE_CHECKING:
    from signals.models.rules import RoutingRule

type Faults = dict[str, str]
"""Name of a field to the sentence that says what is wrong with it."""


class Soundness:
    """Looks at rules as the city is today. Each thing is read once, and only when a rule asks for it."""

    def __init__(self) -> None:
        self.today = timezone.localdate()

    @cached_property
    def categories(self) -> dict[int, Category]:
        return {category.pk: category for category in Category.objects.select_related("owner")}

    @cached_property
    def parents(self) -> dict[int, int | None]:
        """Without their rows: every report that comes in asks for this, and for no more."""
        return dict(Category.objects.values_list("pk", "parent_id"))

    @cached_property
    def working(self) -> frozenset[int]:
        return frozenset(teams_that_work(self.today).values_list("pk", flat=True))

    @cached_property
    def keepers(self) -> dict[int, list[int]]:
        """For each organisation its teams in which somebody may read what is sealed."""
        found: dict[int, list[int]] = defaultdict(list)
        for team, organisation in teams_that_keep_sealed_matter().values_list("pk", "organisation_id").order_by("pk"):
            found[organisation].append(team)
        return found

    def keeper_of(self, organisation: Organisation) -> Team | None:
        """The team that keeps what nobody placed: the intake team when somebody there may read it, else the first
        one where somebody may. None when nobody in the organisation may."""
        keepers = self.keepers.get(organisation.pk, [])
        if organisation.intake_team_id in keepers:
            return organisation.intake_team
        return Team.objects.get(pk=keepers[0]) if keepers else None

    @cached_property
    def areas(self) -> dict[int, tuple[str, dt.date | None]]:
        """The name of each area, and since when its division no longer holds."""
        rows = Area.objects.values_list("pk", "name", "set__valid_from", "set__valid_to")
        return {
            pk: (name, until if until is not None and until <= self.today else None) for pk, name, _since, until in rows
        }

    @cached_property
    def posts(self) -> dict[tuple[int, str], dict[int, Post]]:
        """By team and function: the post of each area."""
        found: dict[tuple[int, str], dict[int, Post]] = defaultdict(dict)
        for post in Post.objects.select_related("area").defer("area__boundary").order_by("pk"):
            found[post.team_id, post.function][post.area_id] = post
        return found

    # --- what is wrong ---------------------------------------------------------------------------

    def faults(self, rule: "RoutingRule") -> Faults:
        """All that keeps the rule from working; empty when it is sound."""
        found = self.breaks(rule)
        if lost := self.lost_areas(rule):
            names = ", ".join(sorted(self.area_name(key) for key in lost))
            found["area_ids"] = _("%(areas)s: this division of the city no longer holds.") % {"areas": names}
        if "team" not in found and (said := self.leak(rule)):
            found["team"] = said
        return found

    def breaks(self, rule: "RoutingRule") -> Faults:
        """What breaks it wherever a signal lies."""
        found: Faults = {}
        if rule.category is not None and not rule.category.active:
            found["category"] = _("The subject “%(category)s” is no longer in use.") % {"category": rule.category}
        if said := self._team_fault(rule.team):
            found["team"] = said
        elif rule.post_function and not self.posts.get((rule.team_id, rule.post_function)):
            words = {"team": rule.team, "function": Function(rule.post_function).label}
            found["post_function"] = _("%(team)s has no post of %(function)s.") % words
        return found

    def _team_fault(self, team: Team) -> str:
        words = {"team": team.name}
        if team.organisation_id is None:
            return _("%(team)s is a joint team: it executes no tasks.") % words
        if team.ends is not None and team.ends < self.today:
            return _("%(team)s ended on %(date)s.") % {**words, "date": date_format(team.ends)}
        if team.starts > self.today:
            return _("%(team)s begins only on %(date)s.") % {**words, "date": date_format(team.starts)}
        return "" if team.pk in self.working else _("Nobody in %(team)s may take on tasks.") % words

    def leak(self, rule: "RoutingRule") -> str:
        """Sealed matter leaves its owner by a share only, and never goes where nobody could read it."""
        for category in self._sealed_subjects(rule):
            words = {"category": category, "owner": category.owner, "team": rule.team}
            if category.owner_id != rule.team.organisation_id:
                return _("“%(category)s” is sealed and stays with %(owner)s: choose a team of theirs.") % words
            if rule.team_id not in self.keepers[category.owner_id]:
                return _("“%(category)s” is sealed, and nobody in %(team)s may read what is sealed.") % words
        return ""

    def _sealed_subjects(self, rule: "RoutingRule") -> list[Category]:
        if rule.level not in (None, Level.SEALED):
            return []
        sealed = [category for category in self.categories.values() if category.level == Level.SEALED]
        if rule.category_id is None:
            return sealed
        return [category for category in sealed if rule.category_id in lineage(category.pk, self.parents)]

    # --- areas that are gone -----------------------------------------------------------------------

    def lost_areas(self, rule: "RoutingRule") -> list[int]:
        return [key for key in rule.area_ids if key not in self.areas or self.areas[key][1] is not None]

    def in_place_of(self, lost: Iterable[int]) -> frozenset[int] | None:
        """The areas of today that cover these; None when nobody can tell any more."""
        current = AreaSet.objects.current().filter(code__in=Area.objects.filter(pk__in=lost).values("set__code"))
        rows = Crosswalk.objects.filter(from_area__in=lost, to_set__in=current, share__gte=A_PART)
        return frozenset(rows.exclude(to_area=None).values_list("to_area_id", flat=True)) or None

    def area_name(self, key: int) -> str:
        return self.areas[key][0] if key in self.areas else _("an area that is gone")


# --- when it is saved ------------------------------------------------------------------------------------


def refuse_unsound(rule: "RoutingRule") -> None:
    faults = {**_wording_faults(rule), **_period_faults(rule)}
    if rule.team_id is not None:
        faults |= Soundness().faults(rule)
    if faults:
        raise ValidationError(dict(faults))


def _wording_faults(rule: "RoutingRule") -> Faults:
    if not rule.words.strip():
        return {}
    stems = stems_of(rule.words)
    short = [stem for stem in stems if len(stem) < SHORTEST_STEM]
    if short or not stems:
        said = _("“%(word)s” is too short: it stands in nearly every text. Take at least three letters.")
        return {"words": said % {"word": short[0] if short else rule.words.strip()}}
    return {}


def _period_faults(rule: "RoutingRule") -> Faults:
    found: Faults = {}
    if (rule.day_from is None) != (rule.day_until is None):
        missing = "day_from" if rule.day_from is None else "day_until"
        found[missing] = _("Choose both days, or neither.")
    if (rule.time_from is None) != (rule.time_until is None):
        missing = "time_from" if rule.time_from is None else "time_until"
        found[missing] = _("Fill in both hours, or neither.")
    if rule.in_one_stretch and not found and (rule.day_from is None or rule.time_from is None):
        found["in_one_stretch"] = _("One stretch runs from a day and an hour to a day and an hour: fill in all four.")
    is_empty = rule.time_from is not None and rule.time_from == rule.time_until
    if not found and is_empty and (not rule.in_one_stretch or rule.day_from == rule.day_until):
        found["time_until"] = _("It ends when it begins: then it never holds.")
    if rule.starts and rule.ends and rule.ends < rule.starts:
        found["ends"] = _("The end lies before the start.")
    return found


def broken_words(faults: Faults) -> str:
    """As one sentence after another."""
    return " ".join(faults.values())
