"""The rules in words: what is asked, and what of a plan breaks it, with who and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.rota.facts import Days, Key
from teams.rota.rules import Broken, Rule

if TYPE_CHECKING:
    from teams.rota.changing import Consequences

NAMES = {
    Rule.COVERED: gettext_lazy("every zone has somebody in every period"),
    Rule.TWICE: gettext_lazy("nobody serves the same zone twice running"),
    Rule.ORDER: gettext_lazy("everybody passes the zones in their order"),
    Rule.LEAVE: gettext_lazy("who is away serves nowhere"),
    Rule.MEMBER: gettext_lazy("who serves is in the team"),
    Rule.OVERLAP: gettext_lazy("nobody is in two places at once"),
}


BY_DAY = frozenset({Rule.LEAVE, Rule.MEMBER})


@dataclass(frozen=True)
class Names:
    """What people and zones are called."""

    people: Mapping[Key, str] = field(default_factory=dict)
    zones: Mapping[Key, str] = field(default_factory=dict)

    def person(self, key: Key | None) -> str:
        return self.people.get(key, _("somebody who left"))

    def zone(self, key: Key | None) -> str:
        return self.zones.get(key, _("a zone that is gone"))


@dataclass(frozen=True)
class Said:
    """One rule that does not hold, for a page: which, and the sentence."""

    rule: str
    sentence: str
    is_hard: bool


def said(found: Broken, names: Names) -> Said:
    words = {
        Rule.COVERED: _("%(zone)s has nobody, %(when)s."),
        Rule.TWICE: _("%(who)s would be in %(zone)s twice running, %(when)s."),
        Rule.ORDER: _("%(who)s comes to %(zone)s out of turn, %(when)s."),
        Rule.LEAVE: _("%(who)s is away and would be in %(zone)s, %(when)s."),
        Rule.MEMBER: _("%(who)s is not in the team and would be in %(zone)s, %(when)s."),
        Rule.OVERLAP: _("%(who)s would be in two places at once, %(when)s."),
    }
    filled = {"who": names.person(found.who), "zone": names.zone(found.zone), "when": when(found.days)}
    return Said(str(NAMES[found.rule]), words[found.rule] % filled, found.is_hard)


def all_said(found: Iterable[Broken], names: Names) -> list[Said]:
    """Of who is not there in a zone one sentence, whatever the number of rounds."""
    together: dict[object, Broken] = {}
    for each in found:
        key = (each.rule, each.who, each.zone) if each.rule in BY_DAY else each
        first = together.setdefault(key, each)
        days = Days(min(first.days.starts, each.days.starts), max(first.days.ends, each.days.ends))
        together[key] = replace(first, days=days)
    return [said(each, names) for each in together.values()]


def refusal(found: Iterable[Broken], names: Names) -> str:
    """Which rules, each with its first sentence: for a message."""
    firsts: dict[Rule, Broken] = {}
    for each in found:
        firsts.setdefault(each.rule, each)
    lines = [(said(each, names), each) for each in firsts.values()]
    return " ".join(
        _("Rule “%(rule)s”: %(what)s") % {"rule": line.rule, "what": line.sentence} for line, _each in lines
    )


def when(days: Days) -> str:
    if days.starts == days.ends:
        return date_format(days.starts)
    return _("%(first)s up to and including %(last)s") % {
        "first": date_format(days.starts), "last": date_format(days.ends),
    }  # fmt: skip


def consequences(found: "Consequences", names: Names) -> dict[str, object]:
    """By person: where from, where to, and on how many days the rounds are otherwise; and what it does to the rules."""
    return {
        "hard": all_said(found.hard, names),
        "soft": all_said([each for each in found.breaks if not each.is_hard], names),
        "mends": all_said(found.mends, names),
        "people": [
            {
                "name": names.person(who),
                "gone": [(names.zone(turn.zone), when(turn.days)) for turn in found.gone if turn.who == who],
                "new": [(names.zone(turn.zone), when(turn.days)) for turn in found.new if turn.who == who],
                "rounds": found.rounds[who],
            }
            for who in sorted(found.people, key=names.person)
        ],
    }
