"""What a list of signals is narrowed to.

Of a row that is not fully readable a viewer sees area and owner, so it may be found by those. Every other
condition is about content: it drops such rows, because a match would tell what is in them.
"""

import dataclasses
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from areas.models import Area
from signals.levels import Level
from signals.models import BulkRow, Category, Report, SignalTag
from signals.models.base import at_their_level
from signals.workflow import ENDED
from teams.access import Access


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
    tag: str = ""
    frame: tuple[float, float, float, float] | None = None  # of the map: west, south, east, north
    choice_id: uuid.UUID | None = None  # what somebody chose to do something with, or to take along
    words: str = ""
    named: tuple[tuple[Category, ...], tuple[Area, ...]] = ((), ())  # what the words may name besides

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def is_empty(self) -> bool:
        return dataclasses.replace(self, named=((), ())) == Filters()

    @property
    def is_plain(self) -> bool:
        """Nothing that is worth keeping: a frame of the map or a choice of today is not a filter."""
        return dataclasses.replace(self, frame=None, choice_id=None, named=((), ())) == Filters()

    def outside(self) -> Q:
        """Conditions on what every listed row shows: its area and its owner."""
        condition = Q()
        if self.area and self.area_is_shown:
            condition &= Q(area=self.area)
        if self.owner_id:
            condition &= Q(owner_id=self.owner_id)
        return condition

    def content(self, viewer: Access) -> Q:
        """Conditions on what is in a signal. Its words are looked for apart."""
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
        if self.tag:
            tags = SignalTag.objects.filter(at_their_level(viewer), tag__name=self.tag)
            condition &= Q(Exists(tags.filter(signal=OuterRef("pk"))))
        if self.frame:
            west, south, east, north = self.frame
            condition &= Q(longitude__range=(west, east), latitude__range=(south, north))
        if self.choice_id:
            condition &= Q(Exists(BulkRow.objects.filter(signal=OuterRef("pk"), bulk=self.choice_id)))
        return condition
