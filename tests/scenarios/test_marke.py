"""Marke: two people press for the last free evening of the hall in the same second.

The cultural officer and Nele, who has the choir on the phone. One has it, the other is at once offered Bissegem with
the reason. On Saturday the roof leaks: before anything is shut Nele sees every booking with a place for it, or that
there is none; she chooses, and everybody hears.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from reservations.models import Booking, Closure, Occupancy
from teams.models import User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead, booked
from tests.scenarios.screen import Page, Person, Typed

type Somebody = Callable[[str], Person]
type Pressed = tuple[Person, Page]

EVENING = ahead(12)


@pytest.mark.django_db(transaction=True)
def test_marke(somebody: Somebody, rooms: Rooms, cast: Cast) -> None:
    geert, nele = somebody("deelgemeente"), somebody("gebouwbeheerder")

    forms = [in_front_of_the_form(geert, rooms), in_front_of_the_form(nele, rooms)]
    asked: list[Typed] = [{"Waarvoor?": "Filmavond"}, {"Waarvoor?": "Zangkoor", "Voor wie?": rooms.choir.name}]
    has_it, has_not = both_press_at_once([(geert, forms[0]), (nele, forms[1])], asked)

    one_has_the_hall(has_it, rooms)
    in_bissegem = the_other_takes_bissegem(has_not, rooms)
    nobody_is_there_twice()

    done = on_saturday_the_roof_leaks(nele, rooms, cast)
    every_booking_has_a_place_or_is_named(done, rooms, in_bissegem)
    everybody_hears(Person(User.objects.get(email__startswith="sociaalhuis@")))


# --- the steps, in order -------------------------------------------------------------------------------


def in_front_of_the_form(person: Person, rooms: Rooms) -> Page:
    """From the calendar, with room and hour filled in."""
    filled_in = f"zaal={rooms.hall.pk}&dag={EVENING:%Y-%m-%d}&van=19:30&tot=22:30&personen=150"
    return person.opens(f"{reverse('reservations:booking-add')}?{filled_in}")


def both_press_at_once(pressing: list[Pressed], typed: list[Typed]) -> tuple[Pressed, Pressed]:
    """From one moment, each in a thread with a connection of its own. First who has it, then who has not."""
    start = Barrier(len(pressing))

    def press(who: Pressed, words: Typed) -> Pressed:
        try:
            start.wait()
            return who[0], who[0].presses("Reserveren", who[1], words)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(pressing)) as pool:
        waits = [pool.submit(press, who, words) for who, words in zip(pressing, typed, strict=True)]
        seen = [wait.result() for wait in waits]
    has_it, has_not = sorted(seen, key=lambda each: each[1].status)
    assert (has_it[1].status, has_not[1].status) == (200, 409)
    return has_it, has_not


def one_has_the_hall(who: Pressed, rooms: Rooms) -> None:
    who[1].says("Gereserveerd. De zaal is van jou.", "Grote zaal", "150")
    assert Booking.objects.get().room == rooms.hall


def the_other_takes_bissegem(who: Pressed, rooms: Rooms) -> Booking:
    """In one press, with all that was typed."""
    person, page = who
    there = Booking.objects.get()
    assert there.created_by
    page.says("OC Marke, Grote zaal kan dan niet.", f"Bezet tot 23.30 uur door {there.holder}: {there.title}.")
    page.says(f"Vraag het aan {there.created_by.name}.", "OC Bissegem", "vrij op hetzelfde uur", "km verder")
    page.says("plaats voor 220")
    offered = next(button for button in page.buttons if button.value.startswith(f"{rooms.bissegem.pk}@"))
    page.buttons = [offered]
    person.presses(offered.words, page).says("Gereserveerd. De zaal is van jou.", "Zaal, OC Bissegem")
    return Booking.objects.get(room=rooms.bissegem)


def nobody_is_there_twice() -> None:
    assert Booking.objects.occupying().count() == 2
    assert Occupancy.objects.count() == 3  # the hall is two halves


def on_saturday_the_roof_leaks(nele: Person, rooms: Rooms, cast: Cast) -> Page:
    """For two weeks. Besides the evening there stand a quiz for more people than any other hall holds, and two courses.
    Nele sees each with where it could go. Sewing she sends to the OCMW around the corner, which has to say yes."""
    els = cast["gebiedswerker"]
    booked(rooms.hall, ahead(5), persons=230, title="Quiz", by=els)
    booked(rooms.half_a, ahead(6), persons=15, title="Bloemschikken", by=els)
    booked(rooms.half_b, ahead(7), persons=22, title="Naailes", by=els)
    form = nele.follows("Zalen sluiten", nele.follows("Sluitingen", nele.opens(rooms.hall.building.get_absolute_url())))
    seen = nele.presses("Bekijken wat het raakt", form, {
        "sommige zalen": True, "Grote zaal": True, "Van": f"{ahead(1):%Y-%m-%d}", "Vanaf welk uur": "08:00",
        "Tot en met": f"{ahead(15):%Y-%m-%d}", "Tot welk uur": "18:00", "Reden": "Het dak lekt",
    })  # fmt: skip
    seen.says("4 reservaties", "Quiz", "geen gelijkwaardige zaal vrij dan", "Voorstel: OC Marke, Vergaderzaal")
    seen.says("Voorstel: OC Bissegem, Zaal", "aan te vragen bij de beheerder daar")
    assert not Closure.objects.exists()
    sewing = next(words for words in seen.labels if words.startswith("Waar “Naailes”"))
    there = next(words for words in seen.offered(sewing) if words.startswith("Centrum Overleie, Cursuslokaal"))
    return nele.presses("Sluiten en deze reservaties verplaatsen", seen, {sewing: there})


def every_booking_has_a_place_or_is_named(page: Page, rooms: Rooms, in_bissegem: Booking) -> None:
    """Bissegem is taken on the evening itself, so the evening of the other cannot go there; the quiz goes nowhere."""
    page.says("Voor 1 reservatie is een andere zaal gevraagd", "1 reservatie verplaatst", "OC Marke, Vergaderzaal")
    page.says("1 reservatie elders gevraagd", "wacht op de beheerder daar", "2 reservaties geannuleerd", "Quiz")
    in_bissegem.refresh_from_db()
    assert (in_bissegem.room, in_bissegem.state) == (rooms.bissegem, "confirmed")
    closure = Closure.objects.get()
    assert not Booking.objects.occupying().filter(room__spaces__in=closure.spaces.all()).exists()


def everybody_hears(wannes: Person) -> None:
    """Els of each of hers; Wannes that somebody asks for his room, and he says yes."""
    told = Message.objects.filter(to="gebiedswerker@kortrijk.example")
    words = {mail.subject.rpartition(": ")[2] for mail in told}
    assert words == {"verplaatst", "geannuleerd", "een andere zaal is voor je gevraagd"}
    assert all("Het dak lekt" in mail.body for mail in told)
    assert Message.objects.filter(to=wannes.user.email, subject__contains="Cursuslokaal").count() == 1
    asked = wannes.opens(reverse("reservations:requests"))
    asked.says("Naailes", "Centrum Overleie, Cursuslokaal")
    wannes.presses("Bevestigen", asked)
    assert Booking.objects.get(title="Naailes").state == "confirmed"
    assert told.filter(subject__endswith="bevestigd").count() == 1
