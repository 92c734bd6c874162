"""The alderman's question: could we do without OC Bissegem?

Nele, who keeps the houses of the city, asks it; Bram, who coordinates, shows the answer; a police consultation stays a
stretch that is taken. Nothing moves.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse

from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.jobs.tasks import run_job
from reservations.models import Booking, Layout
from tests.cast import Cast
from tests.reservations import rooms as world
from tests.reservations.rooms import Rooms, ahead, booked
from tests.scenarios.screen import Page, Person


@pytest.mark.django_db
def test_the_alderman_asks_whether_a_house_can_close(cast: Cast, somebody: Callable[[str], Person]) -> None:
    rooms = world.make()
    a_choir_a_party_and_a_consultation(rooms, cast)
    nele = somebody("gebouwbeheerder")

    answer = nele_asks_what_if_bissegem_closes(nele)
    two_of_three_find_another_room(answer)
    in_a_spreadsheet_too(nele, answer)
    with_how_few_can_it_be_done(nele, rooms)
    nothing_moved(rooms)


def a_choir_a_party_and_a_consultation(rooms: Rooms, cast: Cast) -> None:
    booked(rooms.bissegem, ahead(5), persons=100, layout=Layout.ROWS, title="Koor Bissegem")
    booked(rooms.bissegem, ahead(6), persons=140, layout=Layout.DINNER, title="Eetfestijn")
    booked(rooms.hall, ahead(6), persons=150, title="Toneel Marke")
    booked(rooms.bissegem, ahead(7), by=cast["wijkinspecteur"], title="Overleg over Torfs")


def nele_asks_what_if_bissegem_closes(nele: Person) -> Page:
    form = nele.opens(f"{reverse('reservations:consolidation')}?gebouw=oc-bissegem")
    form.says("er wordt niets verplaatst")
    ask = {"Van": f"{ahead(1):%Y-%m-%d}", "Tot en met": f"{ahead(20):%Y-%m-%d}"}
    waiting = nele.presses("Wat als deze sluiten?", form, ask)
    waiting.says("Wat als OC Bissegem sluit?", "Aan het rekenen")
    return nele.opens(_worked_out(waiting))


def _worked_out(page: Page) -> str:
    job = Job.objects.get(kind="consolidation", state=State.WAITING)
    run_job(str(job.pk))
    return page.url


def two_of_three_find_another_room(answer: Page) -> None:
    answer.says(
        "3 reservaties verliezen hun zaal. Een andere vinden: 2, waarvan 2 op hetzelfde uur. Nergens passen: 1.",
        "Bewezen het beste", "Koor Bissegem", "OC Marke, Helft B",
        "nergens: geen zulke zaal vrij, of alleen in uren van een ander",
    )  # fmt: skip
    assert "Torfs" not in answer.text


def in_a_spreadsheet_too(nele: Person, answer: Page) -> None:
    sheet = b"".join(nele.client.get(f"{answer.url}lijst.csv")).decode()
    assert "Eetfestijn" in sheet
    assert "Torfs" not in sheet


def with_how_few_can_it_be_done(nele: Person, rooms: Rooms) -> None:
    """The party and the play need the two great halls; those of others Nele has no say in."""
    form = nele.opens(reverse("reservations:consolidation"))
    ask = {"Van": f"{ahead(1):%Y-%m-%d}", "Tot en met": f"{ahead(20):%Y-%m-%d}"}
    answer = nele.opens(_worked_out(nele.presses("Met hoe weinig kan het?", form, ask)))
    answer.says("Het kan met 4 gebouwen van de 4", "Bewezen het beste: met minder kan het niet")


def nothing_moved(rooms: Rooms) -> None:
    assert set(Booking.objects.values_list("room", "sequence")) == {(rooms.bissegem.pk, 0), (rooms.hall.pk, 0)}
