"""What a rule would have done with the signals of the last ninety days, had it worked then.

Looked at are only signals that the viewer may read: no number says anything about another one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from signals.models import Category, Report, RoutingRule, Signal
from signals.models.rules import TERMS
from signals.reading import looked_at
from signals.routing import Route, Router
from teams.access import Access
from teams.models import Team, User

BACK = dt.timedelta(days=90)
MOST_SIGNALS = 20_000
MOST_MOVES = 12
EXAMPLES = 3


@dataclass
class Move:
    """From one team to another; None is: to be divided."""

    source: Team | None
    target: Team | None
    count: int = 0
    newest: list[object] = field(default_factory=list)
    examples: list[Signal] = field(default_factory=list)


@dataclass
class Trial:
    """`caught` by the rule; of those `moved` to another team, and `retermed`: the same team, another term."""

    looked_at: int = 0
    caught: int = 0
    moved: int = 0
    retermed: int = 0
    moves: list[Move] = field(default_factory=list)
    is_cut: bool = False
    days: int = BACK.days

    @property
    def more_moves(self) -> int:
        return max(0, len(self.moves) - MOST_MOVES)

    @property
    def shown(self) -> list[Move]:
        return self.moves[:MOST_MOVES]


def try_rule(rule: RoutingRule, *, viewer: Access, user: User) -> Trial:
    """Compare the rules as they work with how they would with `rule`, saved or not, switched on.

    A saved rule that works already, with nothing changed, is compared with the rules without it.
    """
    in_order = list(RoutingRule.objects.whole().order_by("priority", "pk"))
    kept = next((other for other in in_order if other.pk == rule.pk and rule.pk is not None), None)
    before = [other for other in in_order if other.active]
    if kept is not None and kept.active and same(kept, rule):
        before.remove(kept)
    if kept is not None:
        after = [rule if other is kept else other for other in in_order if other.active or other is kept]
    else:
        after = [rule, *before] if rule.is_special else [*before, rule]
    trial = Trial()
    rows = _rows(viewer, [rule, *([kept] if kept else [])], trial)
    _compare(rows, Router(before), Router(after), rule, trial)
    _give_examples(trial, viewer=viewer, user=user)
    return trial


def same(one: RoutingRule, other: RoutingRule) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in TERMS)


type Row = tuple[object, int, list[int], dt.datetime, str, str]


def _rows(viewer: Access, touched: Iterable[RoutingRule], trial: Trial) -> Iterator[Row]:
    """Readable signals that one of these rules could be about, the newest first."""
    about = Q()
    for rule in touched:
        ids = Category.objects.subtree_ids(rule.category_id) if rule.category_id else None
        about |= (Q(category__in=ids) if ids is not None else Q(pk__isnull=False)) & (
            Q(area_ids__overlap=rule.area_ids) if rule.area_ids else Q()
        )
    first = Report.objects.filter(signal=OuterRef("pk")).order_by("received_at").values("channel")[:1]
    found = (
        Signal.objects.readable(viewer)
        .filter(about, reported_at__gte=timezone.now() - BACK)
        .order_by("-reported_at", "pk")
        .values_list("pk", "category_id", "area_ids", "reported_at", "description", Subquery(first))
    )
    for number, row in enumerate(found[: MOST_SIGNALS + 1].iterator()):
        if number == MOST_SIGNALS:
            trial.is_cut = True
            return
        trial.looked_at += 1
        yield row


def _compare(rows: Iterable[Row], before: Router, after: Router, rule: RoutingRule, trial: Trial) -> None:
    """A signal is routed by what it was when it came in: the level of its subject, not what it became."""
    categories = after.soundness.categories
    moves: dict[tuple[int | None, int | None], Move] = {}
    for pk, category_id, area_ids, at, text, channel in rows:
        category = categories[category_id]
        asked = {"category": category, "area_ids": area_ids, "channel": channel, "level": category.level,
                 "at": at, "text": text}  # fmt: skip
        old, new = before.route(**asked), after.route(**asked)  # type: ignore[arg-type]
        trial.caught += new.rule is rule
        if _key(old) != _key(new):
            move = moves.setdefault((_key(old), _key(new)), Move(old.team, new.team))
            move.count += 1
            move.newest += [pk] if len(move.newest) < EXAMPLES else []
        elif old.term_days != new.term_days:
            trial.retermed += 1
    trial.moves = sorted(moves.values(), key=lambda move: -move.count)
    trial.moved = sum(move.count for move in trial.moves)


def _key(route: Route) -> int | None:
    return route.team.pk if route.team else None


def _give_examples(trial: Trial, *, viewer: Access, user: User) -> None:
    """The newest of each move, in one query; what is secret among them has then been read, and that is on record."""
    wanted = [pk for move in trial.shown for pk in move.newest]
    readable = (
        Signal.objects.readable(viewer).filter(pk__in=wanted).select_related("category", "area").defer("area__boundary")
    )
    found = {signal.pk: signal for signal in readable}
    looked_at(found.values(), by=user, surface="rule-trial")
    for move in trial.shown:
        move.examples = [found[pk] for pk in move.newest if pk in found]
