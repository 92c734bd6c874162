"""The funeral meal tomorrow: forty people, tables and a kitchen, at noon, asked the day before.

Mieke of the choir asks it in the evening by a link in a mail, without a password. Nele, who keeps the hall, reads who
asks and the number to call, and says yes. The caretaker knows what to put ready. What it is for nobody else reads.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from kortrijk_gebied.jobs.models import Job, Message
from kortrijk_gebied.jobs.registry import perform
from reservations.models import Booking, Feature
from reservations.register import links
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms, ahead, booked
from tests.scenarios.screen import Citizen, Page, Person

NOON = ahead(1, "12:00")


@pytest.mark.django_db
def test_funeral_meal(somebody: Callable[[str], Person], rooms: Rooms) -> None:
    cache.clear()
    a_kitchen_in_marke_and_a_course_in_half_b(rooms)
    mieke, nele = Citizen(), somebody("gebouwbeheerder")

    page = mieke_opens_the_link_of_her_mail(mieke)
    asked = she_asks_the_half_with_a_kitchen(mieke, page, rooms)
    nele_sees_who_asks_and_says_yes(nele, asked)
    mieke_hears_it_at_once(mieke, asked)
    the_caretaker_knows_what_to_put_ready(nele)
    and_nobody_else_reads_what_for(somebody("gebiedswerker"), asked)


def a_kitchen_in_marke_and_a_course_in_half_b(rooms: Rooms) -> None:
    """So the great hall is taken, and one half of it is not."""
    contact_of(rooms.choir)
    for room in (rooms.hall, rooms.half_a):
        room.features = [*room.features, Feature.KITCHEN]
        room.save(update_fields=["features"])
    booked(rooms.half_b, ahead(1, "09:00"), 6, persons=20, title="Bloemschikken")


def mieke_opens_the_link_of_her_mail(mieke: Citizen) -> Page:
    form = mieke.opens(reverse("room-by-mail"))
    mieke.presses("Stuur mij de link", form, {"Uw e-mailadres": "Mieke@koor.example"}).says("Kijk in uw mail")
    for job in Job.objects.filter(kind=links.KIND):
        perform(job)
    found = re.search(r"https?://\S+/zaal-vragen/link/\S+", Message.objects.get(to="mieke@koor.example").body)
    assert found
    page = mieke.opens(urlsplit(found[0]).path)
    page.says("Voor Zangkoor Sint-Brixius, door Mieke Vandorpe.")
    assert "link" not in page.url
    return page


def she_asks_the_half_with_a_kitchen(mieke: Citizen, page: Page, rooms: Rooms) -> Booking:
    wish = {
        "Dag": f"{NOON:%Y-%m-%d}", "Van": "12:00", "Tot": "16:00", "Mensen": "40",
        "Waarvoor is het?": "Koffietafel na de begrafenis", "keuken": True,
    }  # fmt: skip
    free = mieke.presses("Toon vrije zalen", page, wish)
    free.says("1 zaal vrij", "Helft A, OC Marke")
    mieke.presses("Vraag aan", free).says("Gevraagd:", "De zaalbeheerder antwoordt", "Aangevraagd")
    asked = Booking.objects.get(association=rooms.choir)
    assert (asked.state, asked.room, asked.persons) == ("requested", rooms.half_a, 40)
    return asked


def nele_sees_who_asks_and_says_yes(nele: Person, asked: Booking) -> None:
    inbox = nele.opens(reverse("reservations:requests"))
    inbox.says("Koffietafel na de begrafenis", "Zangkoor Sint-Brixius, Mieke Vandorpe, 056 00 12 34", "40 personen")
    nele.presses("Bevestigen", inbox).says(f"{asked.reference} is bevestigd.")


def mieke_hears_it_at_once(mieke: Citizen, asked: Booking) -> None:
    mail = Message.objects.get(to="mieke@koor.example", key__contains="confirmed")
    assert "De zaal is voor u." in mail.body
    assert "Helft A, OC Marke" in mail.body
    mieke.opens(reverse("room-ask")).says("Bevestigd", asked.reference, "Koffietafel na de begrafenis")


def the_caretaker_knows_what_to_put_ready(nele: Person) -> None:
    tomorrow = nele.opens(f"{reverse('reservations:calendar-duty')}?dag={NOON:%Y-%m-%d}")
    tomorrow.says("40 personen", "keuken", "Bel Mieke Vandorpe")


def and_nobody_else_reads_what_for(els: Person, asked: Booking) -> None:
    assert els.is_refused(asked.get_absolute_url())
    day = els.opens(f"{reverse('reservations:calendar-day')}?dag={NOON:%Y-%m-%d}&gebouw=oc-marke")
    day.says("Bloemschikken", "Bezet")
    assert "begrafenis" not in day.html
    assert "Mieke" not in day.html
