"""What became of a booking since somebody looked at it, in one sentence; of its words nothing."""

from django.apps import apps
from django.utils.translation import gettext as _

from reservations.models import Booking, Room
from reservations.words import when_in_words


def changed_since(booking: Booking, sequence: int | None) -> str:
    """`sequence` is what was seen then; the booking is as it stands now."""
    changes = apps.get_model("reservations", "BookingChange").objects
    before = changes.filter(pgh_obj=booking.pk, sequence=sequence).order_by("pgh_id").first()
    if before is None:
        return _("This booking was changed meanwhile.")
    if (before.room_id, before.starts, before.ends) != (booking.room_id, booking.starts, booking.ends):
        words = {
            "before": f"{Room.objects.get(pk=before.room_id)}, {when_in_words(before.starts, before.ends)}",
            "now": f"{booking.room}, {when_in_words(booking.starts, booking.ends)}",
        }
        return _("This booking was moved meanwhile: from %(before)s, to %(now)s.") % words
    if before.state != booking.state:
        return _("This booking is %(state)s meanwhile.") % {"state": booking.get_state_display()}
    return _("The details of this booking were changed meanwhile.")
