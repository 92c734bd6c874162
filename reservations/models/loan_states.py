"""What a loan goes through, and what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoanState(models.TextChoices):
    ASKED = "asked", _("asked")  # takes nothing yet: its keeper, or the keeper of the room, still answers
    CONFIRMED = "confirmed", _("confirmed")
    OUT = "out", _("handed out")
    RETURNED = "returned", _("back")
    CANCELLED = "cancelled", _("cancelled")


L = LoanState

# These pieces somebody else cannot have. What is back or cancelled takes none.
TAKING = frozenset({L.CONFIRMED, L.OUT})
# Not with its holder yet: a booking that moves or ends takes these along.
AHEAD = frozenset({L.ASKED, L.CONFIRMED})
RUNNING = AHEAD | {L.OUT}

# action -> the states from which it is allowed; where it leads, the action itself says
LOAN_TRANSITIONS: dict[str, frozenset[LoanState]] = {
    "confirm": frozenset({L.ASKED}),
    "cancel": AHEAD,
    "hand_out": frozenset({L.CONFIRMED}),
    "take_back": frozenset({L.OUT}),
}
