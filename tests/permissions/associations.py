"""Associations with a contact, and activities, for the matrix."""

import datetime as dt
from typing import Any

from django.utils import timezone

from areas.models import Area
from reservations.activities import dates
from reservations.models import Activity, Association, Contact
from reservations.register import links, renewing
from teams.models import Organisation
from tests.cast import Cast

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    area = Area.objects.filter(set__code="gebieden17").first()
    club = Association.objects.create(name="Proefclub", number="V9999999", area=area)
    today = timezone.localdate()
    contact = Contact.objects.create(
        association=club, name="Proef Persoon", email="proef@vereniging.example", phone="056 00 11 22", may_ask=True,
        consent_on=today, consent_by="form", kept_until=today + dt.timedelta(days=300),
    )  # fmt: skip
    made: dict[str, Arguments] = {
        "association": [club.pk],
        "contact": [club.pk, contact.pk],
        "room link": [links.token_of(contact)],
        "renewal link": [renewing.token_of(contact)],
        "invented link": ["abc"],
        "invented booking": ["R-AAAA-0000"],
        "area page": [area.code if area else ""],
    }
    ocmw = Organisation.objects.get(code="ocmw")
    for name, details in (
        ("activity of an association", {"association": club, "is_public": True}),
        ("activity of the OCMW", {"organisation": ocmw, "is_public": True}),
        ("activity within the OCMW", {"organisation": ocmw}),
    ):
        made[name] = [_activity(area, details).pk]
    return made


def _activity(area: Area | None, details: dict[str, Any]) -> Activity:
    activity = Activity(
        title="Proef", area=area, first_on=timezone.localdate() + dt.timedelta(days=7), start_time=dt.time(14),
        end_time=dt.time(16), **details,
    )  # fmt: skip
    dates.write(activity)
    return activity
