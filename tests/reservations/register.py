"""A contact of an association, as tests need one."""

import datetime as dt
from typing import Any

from django.utils import timezone

from reservations.models import Association, Contact


def contact_of(association: Association, **details: Any) -> Contact:
    today = timezone.localdate()
    return Contact.objects.create(**{
        "association": association, "name": "Mieke Vandorpe", "email": "mieke@koor.example", "phone": "056 00 12 34",
        "may_ask": True, "consent_on": today - dt.timedelta(days=1), "consent_by": "form",
        "kept_until": today + dt.timedelta(days=300), **details,
    })  # fmt: skip
