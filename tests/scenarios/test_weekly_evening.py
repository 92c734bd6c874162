"""The weekly evening: a neighbourhood group looks for a room with tables and a kitchen, every Tuesday, near Overleie.

Joke of the OCMW types it in one sentence, with a word in it that says nothing to the program. The room of Overleie is
free on all but two of the Tuesdays: each says why not. The rest is booked in one press, the two are kept as refused;
and when one of them comes free, she has it on hold and a mail before anybody else thinks of it.
"""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, Message, State
from kortrijk_gebied.jobs.registry import perform
from reservations.actions import cancel
from reservations.models import Booking, BookingState, Series
from tests.cast import Cast
from tests.reservations.rooms import Rooms, at, booked
from tests.scenarios.screen import Page, Person

type Somebody = Callable[[str], Person]

SUNDAY = at(dt.date(2027, 1, 10), "14:00")
SENTENCE = "20 mensen, tafels, dinsdagavond wekelijks tot eind maart, dicht bij Overleie, met keuken en springkasteel"
COURSE, FEAST = dt.date(2027, 1, 26), dt.date(2027, 2, 16)


@pytest.mark.django_db
def test_weekly_evening(somebody: Somebody, rooms: Rooms, cast: Cast) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        course, _feast = two_tuesdays_are_taken(rooms, cast)
        joke = somebody("verpleegkundige")

        form = she_says_it_in_one_sentence(joke)
        dates = she_picks_the_room_of_overleie(joke, form)
        series = she_books_the_rest(joke, dates)
        ten_are_hers_and_two_are_refused(series, rooms)

        the_course_is_cancelled(course, cast)
        that_tuesday_is_kept_for_her(joke, series)


# --- the steps, in order -------------------------------------------------------------------------------


def two_tuesdays_are_taken(rooms: Rooms, cast: Cast) -> tuple[Booking, Booking]:
    ilse = cast["coordinator.ocmw"]
    return (
        booked(rooms.ocmw, at(COURSE, "20:00"), by=ilse, title="Cursus", persons=24),
        booked(rooms.ocmw, at(FEAST, "18:00"), 5, by=ilse, title="Feest", persons=24),
    )


def she_says_it_in_one_sentence(joke: Person) -> Page:
    """From the start page; the fields are filled in, and it says what it did not understand."""
    page = joke.presses("Zoeken", joke.opens(reverse("rooms")), {"In één zin": SENTENCE})
    page.says("‘springkasteel’ begrepen we niet.", "Je zei niet elk uur: van 19.30 tot 22.00 uur ingevuld.")
    form = page.button("De data bekijken", {"Waarvoor?": ""}).form
    filled_in = {name: form.values[name] for name in ("personen", "dag", "van", "tot", "herhaal", "laatste", "plek")}
    assert filled_in == {
        "personen": "20", "dag": "2027-01-12", "van": "19:30", "tot": "22:00", "herhaal": "weekly",
        "laatste": "2027-03-31", "plek": "Overleie",
    }  # fmt: skip
    return page


def she_picks_the_room_of_overleie(joke: Person, page: Page) -> Page:
    """It says on how many Tuesdays she can have it, and why not on the others; never who has it then."""
    page.says("Cursuslokaal, Centrum Overleie", "10 van de 12 dinsdagen vrij", "in Overleie")
    page.says("bezet op 26 januari en 16 februari")
    return joke.presses("De data bekijken", page, {"Waarvoor?": "Soep met de buurt"})


def she_books_the_rest(joke: Person, page: Page) -> Series:
    """For the two she wants no other hour: she waits for them."""
    page.says("12 data.", "2 kunnen niet zoals je vroeg", "Bezet tot 22.15 uur")
    form = page.button("Reserveer wat aangevinkt is", {}).form
    for name in (f"d-{COURSE}", f"d-{FEAST}"):
        form.values[name] = next(value for words, value in form.options[name].items() if "vrijkomt" in words)
    series_page = joke.presses("Reserveer wat aangevinkt is", page)
    series_page.says("12 data", "10 gaan door")
    return Series.objects.get()


def ten_are_hers_and_two_are_refused(series: Series, rooms: Rooms) -> None:
    dates = series.bookings.order_by("series_on")
    refused = dates.filter(state=BookingState.REFUSED)
    assert [each.series_on for each in refused] == [COURSE, FEAST]
    assert all(each.refusal == "occupied" and each.wants_offer for each in refused)
    assert {each.room for each in dates} == {rooms.ocmw}
    assert dates.filter(state=BookingState.CONFIRMED).count() == 10


def the_course_is_cancelled(course: Booking, cast: Cast) -> None:
    """Something came free: a worker looks who waits for it."""
    cancel(course, by=cast["coordinator.ocmw"])
    looks = Job.objects.get(kind="offer-freed-rooms")
    looks.state, looks.lease_until = State.RUNNING, timezone.now() + dt.timedelta(minutes=5)
    looks.save(update_fields=["state", "lease_until"])
    perform(looks)


def that_tuesday_is_kept_for_her(joke: Person, series: Series) -> None:
    kept = series.bookings.get(series_on=COURSE)
    assert kept.state == BookingState.HELD
    assert kept.hold_until
    assert kept.hold_until > timezone.now()
    mail = Message.objects.get(to=joke.user.email)
    assert mail.subject == f"Reservatie {kept.reference}: de zaal kwam vrij"
    page = joke.presses("Bevestigen", joke.opens(kept.get_absolute_url()))
    page.says("De zaal is van jou.")
    assert not series.bookings.filter(state=BookingState.HELD).exists()
