"""A contact goes, and with it every trace of who it was: the row, its history, the mails that name it."""

from typing import Any

from django.apps import apps
from django.db import transaction

from kortrijk_gebied.jobs.models import Message
from reservations.models import Contact


@transaction.atomic
def erase(contact: Contact) -> None:
    """At once. What the association booked stays: it is of the association."""
    key = contact.pk
    Message.objects.filter(key__contains=str(key)).delete()
    contact.delete()
    changes: Any = apps.get_model("reservations", "ContactChange")
    changes.objects.filter(pgh_obj_id=key).delete()
    bookings: Any = apps.get_model("reservations", "BookingChange")
    bookings.objects.filter(contact_id=key).update(contact_id=None)
