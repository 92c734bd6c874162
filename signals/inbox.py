"""The inbox: which tab shows which signals to whom, narrowed by filters, and how many there are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Least
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from signals.filters import Filters
from signals.models import Handover, Signal, Task
from signals.search import Asked, Found, find
from signals.to_do import FOLLOWERS, acts, asks_for_a_hand, asks_others, asks_own_team, handed_to_own_team, in_my_inbox
from signals.visibility import (
    Sight,
    SignalQuerySet,
    is_late,
    may_contribute,
)
from signals.workflow import HELD, UNDIVIDED, SignalStatus
from teams.access import Access
from teams.models import Function

PER_PAGE = 50
KEYS = ArrayField(UUIDField())
COUNT_UP_TO = 2_000  # what has ended piles up: nobody pages further, and counting it all is slow


class Tab(models.TextChoices):
    TODO = "doen", _("To be done")
    DIVIDE = "verdelen", _("To divide")
    MINE = "team", _("My team")
    LATE = "laat", _("Late")
    WAITING = "wacht", _("Waiting")
    NEW = "nieuw", _("Just come in")
    UNPLACED = "zonder-plaats", _("Place unknown")
    ALL = "alles", _("All signals")


def with_mine(rows: SignalQuerySet, viewer: Access) -> SignalQuerySet:
    """Each with `mine`: worked out once, not again for every tab that asks for it."""
    knowing: SignalQuerySet = rows.alias(mine=ExpressionWrapper(in_my_inbox(viewer), models.BooleanField()))
    return knowing


def tab_conditions(viewer: Access) -> dict[str, Q]:
    """For rows of `Signal.objects.listed(viewer)` that went through `with_mine`."""
    mine = Q(mine=True)
    elsewhere = Task.objects.waiting_for_an_answer().exclude(team__organisation=viewer.organisation_id)
    responsible = viewer.areas("view") if viewer.holds(*FOLLOWERS) else viewer.areas("route")
    wordless = Q(sight=Sight.SHARED) | Q(sight=Sight.LIMITED, area_id__in=responsible)
    return {
        Tab.TODO: mine & asks_for_a_hand(viewer) | Q(sight=Sight.SHARED) & handed_to_own_team(viewer),
        Tab.DIVIDE: mine & Q(status__in=UNDIVIDED),
        Tab.MINE: mine | wordless,
        Tab.LATE: mine & is_late(),
        Tab.WAITING: mine & (Q(Exists(elsewhere.filter(signal=OuterRef("pk")))) | Q(status__in=HELD) | asks_others()),
        Tab.NEW: Q(status=SignalStatus.NEW) & (may_contribute(viewer) if viewer.holds(Function.DESK_AGENT) else mine),
        Tab.UNPLACED: mine & Q(area__isnull=True),
        Tab.ALL: Q(),
    }


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator that is told how many there are."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self._count = count

    @property
    def count(self) -> int:
        return self._count


@dataclass
class Inbox:
    """One tab of one viewer's inbox."""

    viewer: Access
    tab: str
    filters: Filters

    @property
    def is_everything(self) -> bool:
        """Who looks for words among all signals finds what ended too."""
        return self.tab == Tab.ALL and bool(self.filters.words) and not self.filters.status

    @cached_property
    def found(self) -> Found | None:
        """What the words find within the other filters; None when nobody looks for words."""
        asked = Asked(self.filters.words, *self.filters.named)
        if not asked.text:
            return None
        within = self.filters.outside() & self.filters.content(self.viewer)
        ended = self.filters.ended or self.is_everything
        return find(self.viewer, asked, within, running=not self.filters.ended, ended=ended)

    def rows(self) -> SignalQuerySet:
        """Listed signals within the filters, all tabs together."""
        rows: SignalQuerySet = Signal.objects.listed(self.viewer).filter(self.filters.outside())
        content = self.filters.content(self.viewer)
        if self.found is not None:
            content &= Q(pk__in=self.found.ids)
        if content:
            rows = rows.matching(self.viewer, content)
        return rows if self.filters.ended or self.is_everything else rows.open()

    @cached_property
    def conditions(self) -> dict[str, Q]:
        conditions = tab_conditions(self.viewer)
        if self.is_everything:  # the other tabs still hold what runs
            return {tab: condition & Q(closed_at=None) if condition else Q() for tab, condition in conditions.items()}
        return conditions

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many each tab holds, in one query."""
        if self.filters.ended:
            some = self.in_tab().values("pk")[:COUNT_UP_TO]
            return {self.tab: some.count()}
        everything = {
            tab: Count("pk", filter=condition) if condition else Count("pk")
            for tab, condition in self.conditions.items()
        }
        return with_mine(self.rows(), self.viewer).tally(
            **{tab.replace("-", "_"): count for tab, count in everything.items()}
        )

    def count(self, tab: str) -> int | None:
        return self.counts.get(tab.replace("-", "_"))

    def page(self, number: str | int | None) -> "Page[Any]":
        return CountedPaginator(self.in_order(), self.count(self.tab) or 0).get_page(number)

    def in_tab(self) -> SignalQuerySet:
        condition = self.conditions[self.tab]
        return with_mine(self.rows(), self.viewer).filter(condition) if condition else self.rows()

    def came_since(self, moment: dt.datetime) -> int:
        """How many with all their words are new in this tab: reported, or surfaced, after a moment."""
        if self.filters.words or self.filters.ended:
            return 0
        new = Q(reported_at__gt=moment) | Q(surfaced_at__gt=moment)
        return self.in_tab().filter(new, sight=Sight.FULL).count()

    def in_order(self) -> SignalQuerySet:
        """What waits for an answer of one's own team first, then shared sentences, then by term; what it is asked to
        take over, by when the answer is expected. What words found, the best match first.

        Limited rows come last, in an order that tells nothing: not even which of them came first.
        """
        rows = self.in_tab().select_related("category", "area", "owner").defer("area__boundary")
        if self.found is not None:
            ids = Value(list(self.found.ids), KEYS)
            how_well = Func(ids, F("pk"), function="array_position", output_field=models.IntegerField())
            best_first: SignalQuerySet = rows.annotate(how_well=how_well).order_by("how_well")
            return best_first
        if self.filters.ended:
            return rows.order_by("-closed_at", "pk")
        asked = Handover.objects.pending().filter(team_id__in=self.viewer.team_ids, signal=OuterRef("pk"))
        first = Subquery(asked.order_by("due_at").values("due_at")[:1])
        answer_by = Case(When(handed_to_own_team(self.viewer), then=first))
        rows = rows.annotate(
            rank=Case(
                When(asks_own_team(self.viewer) & Q(sight=Sight.FULL), then=Value(0)),
                When(handed_to_own_team(self.viewer) & Q(sight=Sight.SHARED), then=Value(0)),
                When(sight=Sight.SHARED, then=Value(1)),
                When(sight=Sight.FULL, then=Value(2)),
                default=Value(3),
            ),
            by_term=Case(
                When(sight=Sight.FULL, then=Least(F("due_at"), answer_by)),  # the first of both
                When(sight=Sight.SHARED, then=answer_by),  # that of the signal is not theirs to know
            ),
            by_area=Case(When(~Q(sight=Sight.FULL), then=F("area__code"))),
            by_owner=Case(When(~Q(sight=Sight.FULL), then=F("owner_id"))),
            by_key=Case(When(sight=Sight.FULL, then=F("pk"))),
        )
        ordered: SignalQuerySet = rows.order_by(
            "rank", F("by_term").asc(nulls_last=True), "by_area", "by_owner", "by_key"
        )
        return ordered


def tab_of(asked: Mapping[str, str], viewer: Access) -> str:
    """The tab that an address names. Else it begins with what the menu counts; who looks for words, with all of their
    own."""
    named = asked.get("tab", "")
    if named in Tab.values:
        return named
    if acts(viewer):
        return Tab.MINE if asked.get("q") else Tab.TODO
    return Tab.MINE if viewer.holds(*FOLLOWERS) else Tab.ALL
