"""Marke: two people press for the last free evening of the hall in the same second.

The cultural officer and Nele, who has the choir on the phone. One has it, the other is at once offered Bissegem with
the reason. On Saturday the roof leaks: closing the hall finds every booking a place, or says which cannot have one.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from reservations.closing import Closed, close, hits, propose
from reservations.models import Booking, Closure, Occupancy
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

    done = on_saturday_the_roof_leaks(rooms, cast)
    every_booking_has_a_place_or_is_named(done, rooms, in_bissegem)


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


def on_saturday_the_roof_leaks(rooms: Rooms, cast: Cast) -> Closed:
    """For two weeks. Besides the evening there stand a quiz for more people than any other hall holds, and a course."""
    nele = cast["gebouwbeheerder"]
    booked(rooms.hall, ahead(5), persons=230, title="Quiz", by=cast["gebiedswerker"])
    booked(rooms.half_a, ahead(6), persons=15, title="Bloemschikken", by=cast["gebiedswerker"])
    spaces = list(rooms.hall.spaces.all())
    closure = Closure(
        building=rooms.hall.building, starts=ahead(1, "08:00"), ends=ahead(15, "18:00"), reason="Het dak lekt"
    )
    found = list(hits(spaces, closure.starts, closure.ends))
    proposed = propose(found, spaces)
    choices = {key: each.room if each else None for key, each in proposed.items()}
    return close(closure, spaces=spaces, choices=choices, by=nele)


def every_booking_has_a_place_or_is_named(done: Closed, rooms: Rooms, in_bissegem: Booking) -> None:
    """Bissegem is taken on the evening itself, so the evening of the other cannot go there; the quiz goes nowhere."""
    moved, lost = {each.title for each in done.moved}, {each.title for each in done.cancelled}
    assert "Bloemschikken" in moved
    assert "Quiz" in lost
    assert len(moved) + len(lost) == 3
    in_bissegem.refresh_from_db()
    assert (in_bissegem.room, in_bissegem.state) == (rooms.bissegem, "confirmed")
    assert not Booking.objects.occupying().filter(room__spaces__in=done.closure.spaces.all()).exists()
    told = Message.objects.filter(to="gebiedswerker@kortrijk.example")
    assert {mail.subject.rpartition(": ")[2] for mail in told} == {"verplaatst", "geannuleerd"}
    assert all("Het dak lekt" in mail.body for mail in told)
