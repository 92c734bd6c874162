"""What stands in the cells: of a booking its words for who may read it, for everybody else that the room is taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reservations.calendars.grid import Cell, Kind, Piece
from reservations.calendars.kept import Kept
from reservations.calendars.reading import Picture, Use
from reservations.models import Booking, BookingState, Room
from reservations.moments import on_clock
from teams.access import Access

# Said beside the words of a booking; of one that is confirmed there is nothing to say.
STYLES = ("own", "known", "hidden", "closed", "kept", "clears")  # of two in one cell the first gives it its look
SAID = {BookingState.HELD, BookingState.IN_TREATMENT, BookingState.NO_SHOW, BookingState.REQUESTED}


@dataclass(frozen=True)
class Taker:
    """One use of a room, in words."""

    style: str  # own, known, hidden, closed, kept, clears
    title: str
    times: str
    holder: str = ""
    state: str = ""
    part: str = ""  # the room it was booked as, when that is another one
    url: str = ""


@dataclass(frozen=True)
class Shown:
    """A cell of a table. `url` of a free one leads to the form, filled in."""

    kind: str
    span: int
    times: str
    takers: tuple[Taker, ...] = ()
    url: str = ""
    key: str = ""
    label: str = ""


@dataclass(frozen=True)
class Words:
    """The words of one picture for one viewer."""

    picture: Picture
    viewer: Access
    now: dt.datetime

    @classmethod
    def of(cls, picture: Picture, viewer: Access) -> "Words":
        return cls(picture, viewer, timezone.now())

    def cells(self, room: Room, cells: Iterable[Cell]) -> list[Shown]:
        return [self.piece(room, cell.piece, cell.span) for cell in cells]

    def piece(self, room: Room, piece: Piece, span: int = 1) -> Shown:
        times = between(piece.starts, piece.ends)
        if piece.kind == Kind.FREE:
            return self.free(room, piece, span)
        takers = tuple(self.taker(room, use) for use in piece.takers if isinstance(use, Use))
        takers += tuple(self.kept(use) for use in piece.takers if isinstance(use, Kept))
        styles = {taker.style for taker in takers}
        kind = next((style for style in STYLES if style in styles), piece.kind)
        if len(takers) > 1:  # somebody clears up in one half while the other is in use
            takers = tuple(taker for taker in takers if taker.style != "clears") or takers[:1]
        return Shown(str(kind), span, times, takers)

    def free(self, room: Room, piece: Piece, span: int) -> Shown:
        """Everybody may ask for what is still to come."""
        times = between(piece.starts, piece.ends)
        if piece.ends <= self.now:
            return Shown("free", span, times)
        label = _("Book %(room)s, %(times)s") % {"room": room, "times": times}
        key = f"r{room.pk}-{piece.starts:%m%d%H%M}"
        return Shown("free", span, times, url=form_url(room, piece.starts), key=key, label=label)

    def taker(self, room: Room, use: Use) -> Taker:
        times = between(use.starts, use.ends)
        if use.clears:
            return Taker("clears", _("Clearing up"), times)
        if use.closure:
            return Taker("closed", _("Closed: %(reason)s") % {"reason": use.reason}, times)
        booking = self.picture.of(use)
        return self.booking(booking, room) if booking else Taker("hidden", _("Taken"), times)

    def kept(self, kept: Kept) -> Taker:
        url = reverse("reservations:allocation", args=[kept.allocation])
        title = _("Kept for %(holder)s") % {"holder": kept.holder}
        return Taker("kept", title, between(kept.starts, kept.ends), url=url)

    def booking(self, booking: Booking, room: Room | None = None) -> Taker:
        """Only of a booking that the viewer may read. `room` is where it is shown."""
        own = booking.organisation_id is not None and booking.organisation_id == self.viewer.organisation_id
        return Taker(
            "own" if own else "known",
            booking.title,
            between(booking.starts, booking.ends),
            holder=booking.team.name if booking.team else booking.holder.name,
            state=booking.get_state_display() if booking.state in SAID else "",
            part=booking.room.name if room and booking.room_id != room.pk else "",
            url=booking.get_absolute_url(),
        )


def between(starts: dt.datetime, ends: dt.datetime) -> str:
    """From when until when: an evening until 2.00, a day until 24.00; with its days what lasts longer."""
    if ends - starts > dt.timedelta(hours=23):
        return f"{_day(starts)} {clock(starts)} – {_day(ends)} {clock(ends)}"
    until = clock(ends)
    return f"{clock(starts)}–{'24.00' if until == '0.00' else until}"


def clock(moment: dt.datetime) -> str:
    """As `time_format` with G.i, which takes ten times as long; a calendar asks it thousands of times."""
    here = on_clock(moment)
    return f"{here.hour}.{here.minute:02d}"


def _day(moment: dt.datetime) -> str:
    return date_format(on_clock(moment), "D j/n")


def form_url(room: Room, starts: dt.datetime) -> str:
    """The form to book, with room, day and hour filled in. Of an hour that comes twice it asks which of the two."""
    here = on_clock(starts)
    asked = {"zaal": room.pk, "dag": here.date().isoformat(), "van": f"{here:%H:%M}"}
    return f"{reverse('rooms')}reserveren/?{urlencode(asked)}"
