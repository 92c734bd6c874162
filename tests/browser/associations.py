"""An association with a contact, and activities, for the pages of a browser: with a long word in each."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from reservations.activities import dates
from reservations.models import Activity, Association, Building, Contact, Room
from reservations.register import links, renewing
from teams.models import Organisation, User
from tests.browser.bookings import LONG
from tests.reservations.rooms import booked


@transaction.atomic
def associations(people: dict[str, User]) -> dict[str, str]:
    area, today = Area.objects.get(set__code="gebieden17", code="overleie"), timezone.localdate()
    club = Association.objects.create(
        name=f"Vereniging {LONG}", number="V9999998", kinds=["sport", "culture"], area=area, note=LONG, address=LONG
    )
    contact = Contact.objects.create(
        association=club, name=f"Mieke {LONG}", function="voorzitter", email="mieke.langenaam@vereniging.example",
        phone="056 00 12 34", may_ask=True, consent_on=today, consent_by="form",
        kept_until=today + dt.timedelta(days=300),
    )  # fmt: skip
    room = Room.objects.filter(building__owner__code="stad")[0]
    booked(room, timezone.now() + dt.timedelta(days=410), 2, association=club, title=LONG, state="requested")
    centre = Building.objects.filter(owner__code="ocmw", area__isnull=False)[0]
    week = {"first_on": today, "until": today + dt.timedelta(days=20), "weekdays": list(range(7))}
    for kind, title, house in (("meal", LONG, None), ("open", "Onthaal", centre)):
        made = Activity(
            title=title, kind=kind, area=area, building=house, description=LONG, price="6 euro", place=LONG,
            organisation=Organisation.objects.get(code="stad"), contact_line="056 24 48 00", targets=["seniors"],
            start_time=dt.time(12), end_time=dt.time(13), is_public=True, skips_public_holidays=False, **week,
        )  # fmt: skip
        dates.write(made)
        dates.call_off(made, today + dt.timedelta(days=2))
    meal = Activity.objects.get(kind="meal", title=LONG)
    return {
        "association": reverse("reservations:association", args=[club.pk]),
        "association-contact": reverse("reservations:contact-edit", args=[club.pk, contact.pk]),
        "activity": reverse("reservations:activity", args=[meal.pk]),
        "room-link": reverse("room-link", args=[links.token_of(contact)]),
        "contact-renewal": reverse("contact-renewal", args=[renewing.token_of(contact)]),
    }
