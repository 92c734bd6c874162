"""What a closure would hit, and where it could go: what a keeper looks at before they decide."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reservations.alternatives import Alternative
from reservations.closing import hits
from reservations.models import Booking, Space
from reservations.moments import on_clock
from reservations.rehousing import Free, Rehousing, propose
from reservations.sight import for_proposals
from reservations.words import distance_in_words
from teams.access import Access

MOST_OPTIONS = 8


@dataclass(frozen=True)
class Hit:
    """Of a booking whose words the viewer may not read, only whose it is, when and where is shown."""

    booking: Booking
    is_readable: bool
    proposal: Alternative | None
    options: list[Alternative]
    rehousing: Rehousing

    @property
    def field(self) -> str:
        return f"waarheen-{self.booking.pk}"

    @property
    def title(self) -> str:
        return self.booking.title if self.is_readable else _("taken")

    @property
    def label(self) -> str:
        return _("Where %(title)s of %(day)s goes") % {"title": f"“{self.title}”", "day": self.day}

    @property
    def day(self) -> str:
        return date_format(on_clock(self.booking.starts), "D j F")

    @property
    def hours(self) -> str:
        starts, ends = (time_format(on_clock(each).time(), "G.i") for each in (self.booking.starts, self.booking.ends))
        return f"{starts}–{ends}"

    @property
    def proposed(self) -> str:
        return self.said(self.proposal) if self.proposal else ""

    @property
    def proposal_asks(self) -> bool:
        return self.proposal is not None and self._asks(self.proposal)

    def _asks(self, alternative: Alternative) -> bool:
        return self.rehousing.takes_its_place(self.booking, alternative.room)

    def said(self, alternative: Alternative) -> str:
        """A room as a choice: which, how far, for how many, and whether its keeper is asked first."""
        room = alternative.room
        words = [f"{room.building.name}, {room.name}"]
        if room.building_id == self.booking.room.building_id:
            words.append(_("same building"))
        elif alternative.metres is not None:
            words.append(_("%(distance)s further") % {"distance": distance_in_words(alternative.metres)})
        seats = ngettext("%(count)s person", "%(count)s persons", alternative.capacity)
        words.append(seats % {"count": alternative.capacity})
        if self._asks(alternative):
            words.append(_("the keeper there is asked"))
        return ", ".join(words)


def hits_of(spaces: Collection[Space], starts: dt.datetime, ends: dt.datetime, viewer: Access) -> list[Hit]:
    found = list(hits(spaces, starts, ends).order_by("starts", "pk"))
    readable = set(
        Booking.objects.readable(viewer).filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True)
    )
    asked = [for_proposals(each, is_readable=each.pk in readable) for each in found]
    rehousing = Rehousing.of(viewer, found)
    free = rehousing.free(asked, spaces)
    proposals = propose(found, _suiting(found, free, rehousing, spaces))
    return [
        Hit(each, each.pk in readable, proposals[each.pk], _options(proposals[each.pk], free[each.pk]), rehousing)
        for each in found
    ]


def _suiting(found: Sequence[Booking], free: Free, rehousing: Rehousing, spaces: Collection[Space]) -> Free:
    """Of the rooms that may be shown for each those that suit what it really needs: what is proposed must be had."""
    suits = rehousing.free(found, spaces)
    really = {key: {each.room.pk for each in rooms} for key, rooms in suits.items()}
    return {key: [each for each in rooms if each.room.pk in really[key]] for key, rooms in free.items()}


def _options(proposal: Alternative | None, free: Sequence[Alternative]) -> list[Alternative]:
    """What is proposed first, however far down the list of what is near."""
    rest = [each for each in free if proposal is None or each.room.pk != proposal.room.pk]
    return [*([proposal] if proposal else []), *rest][:MOST_OPTIONS]
