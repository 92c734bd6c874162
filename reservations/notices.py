"""Who hears what became of a booking."""

from reservations.models import Booking
from teams.models import User

CONFIRMED, REFUSED, CANCELLED, MOVED = "confirmed", "refused", "cancelled", "moved"
EXPIRED, OVERTAKEN, OFFERED = "expired", "overtaken", "offered"


def tell(booking: Booking, what: str, *, by: User | None = None) -> None:
    """Mail whoever made it."""
