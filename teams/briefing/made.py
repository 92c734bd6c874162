"""A briefing, made of sections and of nothing else; in an order in which two minutes do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from areas.models import Area, AreaSet
from areas.within import working_areas
from kortrijk_gebied.sections import Content, Period, Place, Request, Section, sections_on
from teams.access import Access
from teams.briefing.since import period_of
from teams.models import User
from teams.start import own_areas

MOST = 5  # lines of a section


@dataclass(frozen=True)
class Block:
    section: Section
    content: Content


def areas_of(user: User, access: Access) -> list[Area]:
    """One's own, as areas of the area work: a zone of the inner city stands for those it lies in. Without any of
    one's own, those one may view."""
    own = [area for area in working_areas(own_areas(user, access)) if area.pk in access.areas("view")]
    return own or viewable(access)


def viewable(access: Access) -> list[Area]:
    found = Area.objects.current().filter(pk__in=access.areas("view"), set__kind=AreaSet.Kind.WORKING)
    return list(found.defer("boundary"))


def blocks_of(
    user: User, access: Access, area: Area, period: Period | None = None, *, without: Collection[str] = (), **extra: Any
) -> list[Block]:
    """A section with nothing to say is left out. One that is not wanted (`without`) is not even asked: to make some is
    to log that they are read."""
    asked = Request(
        viewer=access, area=area, period=period or period_of(user, area), extra={"user": user, "most": MOST, **extra}
    )
    wanted = [section for section in sections_on(Place.BRIEFING) if section.key not in without]
    made = [Block(section, section.content(asked)) for section in wanted]
    return [block for block in made if block.content is not None]
