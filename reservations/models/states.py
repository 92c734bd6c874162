"""What a booking goes through, after the states of OSLO Zaalreservatie, and what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BookingState(models.TextChoices):
    REQUESTED = "requested", _("requested")  # takes no place yet: several people may ask for one evening
    HELD = "held", _("on hold")  # takes its place until a moment, then lets go by itself
    IN_TREATMENT = "in_treatment", _("in treatment")  # somebody looks at it, and nobody gets in between
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")  # a hold nobody confirmed in time
    NO_SHOW = "no_show", _("nobody came")


S = BookingState

# These stand in the occupancy of the spaces: nobody else can have them.
OCCUPYING = frozenset({S.HELD, S.IN_TREATMENT, S.CONFIRMED, S.NO_SHOW})
LIVE = frozenset({S.REQUESTED, S.HELD, S.IN_TREATMENT, S.CONFIRMED})
ENDED = frozenset(BookingState) - LIVE

# action -> the states from which it is allowed; where it leads, the action itself says
TRANSITIONS: dict[str, frozenset[BookingState]] = {
    "treat": frozenset({S.REQUESTED, S.HELD}),
    "put_back": frozenset({S.IN_TREATMENT}),
    "hold": frozenset({S.REQUESTED, S.REFUSED}),  # what was refused for want of room is offered when it comes free
    "ask_again": frozenset({S.REFUSED}),  # or stands with the keeper again, where that is who says yes
    "confirm": frozenset({S.REQUESTED, S.HELD, S.IN_TREATMENT}),
    "refuse": frozenset({S.REQUESTED, S.HELD, S.IN_TREATMENT}),
    "cancel": LIVE,
    "move": LIVE,
    "change": LIVE,
    "expire": frozenset({S.HELD}),
    "count": frozenset({S.CONFIRMED, S.NO_SHOW}),  # how many came, or that nobody did
}


class CancelledBy(models.TextChoices):
    HOLDER = "holder", _("who booked it")
    KEEPER = "keeper", _("the building")
    CLOSURE = "closure", _("a closure")


class RefusalReason(models.TextChoices):
    OCCUPIED = "occupied", _("it was taken already")
    CLOSED = "closed", _("the room is closed then")
    OUTSIDE_HOURS = "outside_hours", _("outside opening hours")
    ALLOCATED = "allocated", _("kept for somebody else")
    NO_SUCH_TIME = "no_such_time", _("that hour does not exist that day")
    UNFIT = "unfit", _("the room does not suit this use")
    DECIDED = "decided", _("the keeper of the building decided so")
    UNANSWERED = "unanswered", _("nobody answered before its moment")
