"""The versions of a rule: who changed what when, in sentences, and back to one of before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models import Category, RoutingRule
from signals.models.reports import Channel
from signals.models.rules import TERMS
from signals.rule_words import RuleWords, quoted, window_words
from teams.access import Access
from teams.models import Function, Team, User

NOTHING = "–"


@dataclass(frozen=True)
class Version:
    number: int
    at: dt.datetime
    by: str  # empty for what was there from the start
    said: list[str]
    sentence: str  # the rule as it was then
    is_current: bool


def versions_of(rule: RoutingRule) -> list[Version]:
    """The newest first; the same queries however many there are."""
    rows = list(rule.changes.order_by("pgh_id"))  # type: ignore[attr-defined]  # made by pghistory
    states = [_as_rule(row) for row in rows]
    _fill(states, Category, "category")
    _fill(states, Team, "team")
    words = RuleWords(states)
    people = User.objects.in_bulk({state.changed_by_id for state in states} - {None})
    found: list[Version] = []
    for last, state in _by_version(states):
        by = people.get(state.changed_by_id)
        said = list(differences(last, state, words)) if last else [_("Made.")]
        found.append(
            Version(state.version, state.changed_at, by.name if by else "", said or [_("Kept without a change.")],
                    words.sentence(state), state.version == rule.version)
        )  # fmt: skip
    return found[::-1]


def _as_rule(row: Any) -> RoutingRule:
    """The rule as it stood, never to be saved."""
    names = [field.attname for field in RoutingRule._meta.concrete_fields]
    return RoutingRule(**{name: getattr(row, name) for name in names})


def _fill(states: Iterable[RoutingRule], model: type[Category] | type[Team], name: str) -> None:
    known = model._default_manager.in_bulk({getattr(state, f"{name}_id") for state in states} - {None})
    for state in states:
        if (key := getattr(state, f"{name}_id")) is not None:
            setattr(state, name, known[key])


def _by_version(states: list[RoutingRule]) -> Iterator[tuple[RoutingRule | None, RoutingRule]]:
    """Each version with what was there just before it. Rows of one version differ only in their place among the
    others, when those were moved."""
    last: RoutingRule | None = None
    for state in states:
        if last is None or state.version != last.version:
            yield last, state
        last = state


def differences(old: RoutingRule, new: RoutingRule, words: RuleWords) -> Iterator[str]:
    if old.active != new.active:
        yield _("Switched on.") if new.active else _("Switched off.")
    if set(old.area_ids) != set(new.area_ids):
        yield from _areas_changed(old, new, words)
    for label, before, after in (
        (_("Name"), old.name, new.name),
        (_("Subject"), old.category and old.category.name, new.category and new.category.name),
        (_("Channel"), _label(Channel, old.channel), _label(Channel, new.channel)),
        (_("Level"), _label(Level, old.level), _label(Level, new.level)),
        (_("Words in the text"), ", ".join(quoted(old.words)), ", ".join(quoted(new.words))),
        (_("When"), window_words(old.window), window_words(new.window)),
        (_("Public holiday"), _yes_no(old.holiday), _yes_no(new.holiday)),
        (_("Team"), old.team.name, new.team.name),
        (_("For which post"), _label(Function, old.post_function), _label(Function, new.post_function)),
        (_("Term in working days"), old.term_days, new.term_days),
        (_("Holds from"), old.starts and date_format(old.starts), new.starts and date_format(new.starts)),
        (_("Holds up to and including"), old.ends and date_format(old.ends), new.ends and date_format(new.ends)),
    ):
        if before != after:
            yield _("%(what)s: %(before)s → %(after)s.") % {
                "what": label, "before": _shown(before), "after": _shown(after),
            }  # fmt: skip
    if old.priority != new.priority:
        yield _("Moved from place %(before)s to %(after)s.") % {"before": old.priority, "after": new.priority}


def _areas_changed(old: RoutingRule, new: RoutingRule, words: RuleWords) -> Iterator[str]:
    came = [words.names[key] for key in new.area_ids if key not in old.area_ids]
    went = [words.names[key] for key in old.area_ids if key not in new.area_ids]
    if came:
        yield _("Areas that came: %(areas)s.") % {"areas": ", ".join(came)}
    if went:
        yield _("Areas that went: %(areas)s.") % {"areas": ", ".join(went)}


def _label(choices: Any, value: Any) -> str:
    return "" if value in ("", None) else str(choices(value).label)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else str(_("only then") if value else _("never then"))


def _shown(value: object) -> object:
    return NOTHING if value in ("", None) else value


def restore(rule: RoutingRule, number: int, *, viewer: Access, by: User) -> None:
    """Make the rule again what it was in a version; that is itself a new version. Not its place, and not whether it
    works. Refused when it could not be saved like that today."""
    with transaction.atomic():
        rule.refresh_from_db(from_queryset=RoutingRule.objects.select_for_update(of=("self",)))
        row = rule.changes.filter(version=number).order_by("-pgh_id").first()  # type: ignore[attr-defined]
        if row is None:
            raise Refused(_("There is no such version."))
        for name in TERMS:
            attribute = f"{name}_id" if name in ("category", "team") else name
            setattr(rule, attribute, getattr(row, attribute))
        if rule.category is None or rule.category.owner_id != viewer.organisation_id:
            raise Refused(_("That version is about a subject of another organisation."))
        try:
            rule.full_clean()
        except ValidationError as error:
            said = _("This version cannot work any more: %(why)s")
            raise Refused(said % {"why": " ".join(error.messages)}) from error
        rule.keep(by=by)
