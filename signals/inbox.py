"""The inbox: which tab shows which signals to whom, narrowed by filters, and how many there are.

Of a row that is not fully readable a viewer sees area and owner, so it may be found by those. Every other
condition is about content: it drops such rows, because a match would tell what is in them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from signals.levels import Level
from signals.models import Report, Signal, Task
from signals.visibility import Sight, SignalQuerySet, in_area_inbox, is_late, may_read
from signals.workflow import ENDED, SignalStatus
from teams.access import Access
from teams.models import Function

PER_PAGE = 50
COUNT_UP_TO = 2_000  # what has ended piles up: nobody pages further, and counting it all is slow

# They follow what happens in their areas, whichever organisation owns it.
FOLLOWERS = (Function.AREA_WORKER, Function.PROJECT_OFFICER)


class Tab(models.TextChoices):
    DIVIDE = "verdelen", _("To divide")
    MINE = "team", _("My team")
    LATE = "laat", _("Late")
    WAITING = "wacht", _("Waiting for an answer")
    UNPLACED = "zonder-plaats", _("Place unknown")
    ALL = "alles", _("All signals")


@dataclass(frozen=True)
class Filters:
    """What a viewer narrows the list to. Empty means everything."""

    area: Area | None = None
    area_is_shown: bool = True  # of the set that limited rows name; another set would place them more exactly
    owner_id: int | None = None
    category_ids: Collection[int] = ()
    channel: str = ""
    status: str = ""
    secret: bool = False
    words: str = ""
    words_category_ids: Collection[int] = ()  # whose name holds the words: a join would keep indexes out of it

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def is_empty(self) -> bool:
        return self == Filters()

    def outside(self) -> Q:
        """Conditions on what every listed row shows: its area and its owner."""
        condition = Q()
        if self.area and self.area_is_shown:
            condition &= Q(area=self.area)
        if self.owner_id:
            condition &= Q(owner_id=self.owner_id)
        return condition

    def content(self) -> Q:
        """Conditions on what is in a signal."""
        condition = Q()
        if self.area and not self.area_is_shown:
            condition &= Q(area_ids__contains=[self.area.pk])
        if self.category_ids:
            condition &= Q(category_id__in=self.category_ids)
        if self.channel:
            condition &= Q(Exists(Report.objects.filter(signal=OuterRef("pk"), channel=self.channel)))
        if self.status:
            condition &= Q(status=self.status)
        if self.secret:
            condition &= Q(level__gt=Level.OPEN)
        if self.words:
            words = re.escape(self.words)  # `~*` can use a trigram index, what Django makes of icontains cannot
            condition &= (
                Q(place__iregex=words)
                | Q(description__iregex=words)
                | Q(reference__startswith=self.words.upper())
                | Q(category_id__in=self.words_category_ids)
            )
        return condition


def in_my_inbox(viewer: Access) -> Q:
    """Everything of one's own teams; and in the areas one routes, what surfaced there and one's own
    organisation owns or works on. Whoever follows an area has all that surfaced in it."""
    own = Q(team_id__in=viewer.team_ids) | Q(working_team_ids__overlap=sorted(viewer.team_ids))
    ours = Q(owner_id=viewer.organisation_id) | Q(working_team_ids__overlap=sorted(viewer.teams("work")))
    here = Q(area_id__in=viewer.areas("route")) & ours
    if viewer.areas("route"):
        here |= Q(area__isnull=True, owner_id=viewer.organisation_id)
    if viewer.holds(*FOLLOWERS):
        here |= Q(area_id__in=viewer.areas("view"))
    return may_read(viewer) & (own | here & in_area_inbox())


def asks_own_team(viewer: Access) -> Q:
    """A task of it is offered to one of the viewer's teams, which has not answered yet."""
    offered = Task.objects.waiting_for_an_answer().filter(team_id__in=viewer.team_ids, signal=OuterRef("pk"))
    return Q(working_team_ids__overlap=sorted(viewer.team_ids)) & Q(Exists(offered))


def tab_conditions(viewer: Access) -> dict[str, Q]:
    """For rows of `Signal.objects.listed(viewer)`."""
    mine = in_my_inbox(viewer)
    elsewhere = Task.objects.waiting_for_an_answer().exclude(team__organisation=viewer.organisation_id)
    responsible = viewer.areas("view") if viewer.holds(*FOLLOWERS) else viewer.areas("route")
    wordless = Q(sight=Sight.SHARED) | Q(sight=Sight.LIMITED, area_id__in=responsible)
    return {
        Tab.DIVIDE: mine & Q(status=SignalStatus.TO_DIVIDE),
        Tab.MINE: mine | wordless,
        Tab.LATE: mine & is_late(),
        Tab.WAITING: mine & Q(Exists(elsewhere.filter(signal=OuterRef("pk")))),
        Tab.UNPLACED: mine & Q(area__isnull=True),
        Tab.ALL: Q(),
    }


def asking_for_a_hand(viewer: Access) -> int:
    """The number beside the inbox in the menu: to divide, late, or offered to one's own team."""
    now = Q(status=SignalStatus.TO_DIVIDE) | is_late() | asks_own_team(viewer)
    return Signal.objects.open().filter(in_my_inbox(viewer) & now).count()


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

    def rows(self) -> SignalQuerySet:
        """Listed signals within the filters, all tabs together."""
        rows: SignalQuerySet = Signal.objects.listed(self.viewer).filter(self.filters.outside())
        content = self.filters.content()
        if content:
            rows = rows.matching(self.viewer, content)
        return rows if self.filters.ended else rows.open()

    @cached_property
    def conditions(self) -> dict[str, Q]:
        return tab_conditions(self.viewer)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many each tab holds, in one query."""
        if self.filters.ended:
            some = self.rows().filter(self.conditions[self.tab]).values("pk")[:COUNT_UP_TO]
            return {self.tab: some.count()}
        everything = {
            tab: Count("pk", filter=condition) if condition else Count("pk")
            for tab, condition in self.conditions.items()
        }
        return self.rows().aggregate(**{tab.replace("-", "_"): count for tab, count in everything.items()})

    def count(self, tab: str) -> int | None:
        return self.counts.get(tab.replace("-", "_"))

    def page(self, number: str | int | None) -> "Page[Any]":
        return CountedPaginator(self.in_order(), self.count(self.tab) or 0).get_page(number)

    def in_order(self) -> SignalQuerySet:
        """What waits for an answer of one's own team first, then shared sentences, then by term.

        Limited rows come last, in an order that tells nothing: not even which of them came first.
        """
        rows: SignalQuerySet = self.rows().filter(self.conditions[self.tab])
        rows = rows.select_related("category", "area", "owner")
        if self.filters.ended:
            return rows.order_by("-closed_at", "pk")
        rows = rows.annotate(
            rank=Case(
                When(asks_own_team(self.viewer) & Q(sight=Sight.FULL), then=Value(0)),
                When(sight=Sight.SHARED, then=Value(1)),
                When(sight=Sight.FULL, then=Value(2)),
                default=Value(3),
            ),
            by_term=Case(When(sight=Sight.FULL, then=F("due_at"))),
            by_area=Case(When(~Q(sight=Sight.FULL), then=F("area__code"))),
            by_owner=Case(When(~Q(sight=Sight.FULL), then=F("owner_id"))),
            by_key=Case(When(sight=Sight.FULL, then=F("pk"))),
        )
        return rows.order_by("rank", F("by_term").asc(nulls_last=True), "by_area", "by_owner", "by_key")


def first_tab(viewer: Access) -> str:
    """Where somebody begins who asks for nothing in particular."""
    mine = viewer.may("route") or viewer.may("work") or viewer.holds(*FOLLOWERS)
    return Tab.MINE if mine else Tab.ALL
