"""What a page about booking shows besides its form: rooms that are free, what is in the way, what could be instead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from kortrijk_gebied.refusals import Refused
from reservations.finding import Option, find, near_misses, offers, read_key
from reservations.finding_series import Found, find_series
from reservations.forms.names import NAMES
from reservations.forms.repeat import RepeatForm
from reservations.forms.wish import SECOND, WishForm
from reservations.models import Booking, BookingState, Room
from reservations.moments import on_clock
from reservations.offering import WANT_OF_ROOM
from reservations.placing import Taken
from reservations.rights import Rights
from reservations.why_not import Why, why_not
from teams.access import Access

CHOICE = "keuze"

type Holder = Mapping[str, int | None]  # association_id and organisation_id


@dataclass(frozen=True)
class Answer:
    """`free` is None when nobody asked yet, or asked for what comes back: that is in `series`. `said` is why nothing
    could be looked for; `over_holds` says that only holds are in the way of a keeper,
    `may_wait` that the room may come free."""

    free: list[Option] | None = None
    near: list[Option] = field(default_factory=list)
    why: list[Why] = field(default_factory=list)
    instead: list[Option] = field(default_factory=list)
    series: Found | None = None
    said: str = ""
    over_holds: bool = False
    may_wait: bool = False

    @property
    def options(self) -> list[Option]:
        """Every room it offers."""
        return [*(self.free or []), *self.near, *self.instead]


def looked(
    form: WishForm, rights: Rights, repeat: RepeatForm | None = None, *, holder: Holder | None = None,
    without: Collection[int] = (),
) -> Answer:  # fmt: skip
    """Free rooms for a wish; when there is none, what nearly is. For one that comes back, over all its dates. `holder`
    is whose it would be; `without` are rooms not to propose."""
    if not form.is_valid():
        return Answer()
    if repeat is not None and repeat.repeats:
        return _over_dates(form, rights, repeat, holder, without)
    near = form.close_to
    free = find(_wish(form, holder), rights=rights, near=near, without=without)
    misses = near_misses(_wish(form, holder), rights=rights, near=near, without=without, free=free)
    return Answer(free=free, near=misses)


def _wish(form: WishForm, holder: Holder | None) -> Booking:
    wish = form.wish()
    for name, key in (holder or {}).items():
        setattr(wish, name, key)
    return wish


def _over_dates(
    form: WishForm, rights: Rights, repeat: RepeatForm, holder: Holder | None, without: Collection[int]
) -> Answer:
    data = form.cleaned_data
    if not repeat.is_valid():
        return Answer(said=_first_error(repeat))
    series = repeat.series(None, data["day"], data["start"], data["end"])
    if not repeat.look_through(series):
        return Answer(said=_first_error(repeat))
    try:
        found = find_series(series, _wish(form, holder), rights=rights, near=form.close_to, without=without)
    except Refused as refusal:
        return Answer(said=str(refusal))
    return Answer(series=found)


def _first_error(form: RepeatForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def refused(booking: Booking, taken: Taken, viewer: Access, *, without: Collection[int] = ()) -> Answer:
    rights = Rights.of(viewer)
    keys = [one.booking_id for one in taken.in_the_way[booking.pk]]
    known = {key for key in keys if key}
    held = Booking.objects.filter(pk__in=known, state=BookingState.HELD).count()
    return Answer(
        why=why_not([booking], taken.in_the_way, viewer)[booking.pk],
        instead=offers(booking, rights=rights, without=without),
        may_wait=all(one.reason in WANT_OF_ROOM for one in taken.in_the_way[booking.pk]),
        over_holds=rights.decides(booking.room) and None not in keys and held == len(known),
    )


def room_said(said: str) -> Room | None:
    """By its key, or as an address says it: `oc-marke/grote-zaal`."""
    rooms = Room.objects.select_related("building__owner").prefetch_related("setups")
    building, _slash, code = said.replace("\0", "").partition("/")
    if said.isdecimal():
        return rooms.filter(pk=int(said[:15])).first()
    return rooms.filter(building__code=building, code=code).first() if code else None


def with_choice(data: QueryDict) -> tuple[QueryDict, Room | None]:
    """What was typed; a button with a room and a moment on it counts above what stands in the fields."""
    found = read_key(data.get(CHOICE, ""))
    if found is None:
        return data, room_said(data.get(NAMES["room"], ""))
    room, typed, starts = room_said(str(found[0])), WishForm(data), on_clock(found[1])
    if room is None or not typed.is_valid():
        return data, room
    wish = typed.wish()
    ends = on_clock(found[1] + (wish.ends - wish.starts))
    chosen = data.copy()
    if len(data.getlist(NAMES["weekdays"])) == 1:  # what comes back on Tuesdays goes to another weekday as a whole
        chosen.setlist(NAMES["weekdays"], [str(starts.weekday())])
    for name, value in {
        "room": str(room.pk), "day": starts.date().isoformat(), "start": f"{starts:%H:%M}", "end": f"{ends:%H:%M}",
        "later": SECOND if starts.fold else data.get(NAMES["later"], ""),
        "last_day": ends.date().isoformat() if data.get(NAMES["last_day"]) else "",
    }.items():  # fmt: skip
        chosen[NAMES[name]] = value
    return chosen, room
