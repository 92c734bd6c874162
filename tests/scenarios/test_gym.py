"""The school gym by day and evening: three owners in one room, and nobody in another's way.

The school has it by day, the OCMW on Thursdays. For the evenings two clubs ask the same hour; the season is divided
by a rule that says why. Whoever has an hour books all its dates with one press. The afternoon that the OCMW does not
need goes back, and a neighbour has it within the minute.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import A_DAY
from reservations.models import Allocation, Booking, Season, SeasonRequest
from tests.cast import Cast
from tests.reservations.rooms import Rooms
from tests.reservations.seasons import association
from tests.scenarios.screen import Page, Person

pytestmark = pytest.mark.django_db

type Somebody = Callable[[str], Person]

TODAY = timezone.localdate()
FIRST = TODAY + 30 * A_DAY
THURSDAY = FIRST + A_DAY * ((3 - FIRST.weekday()) % 7)
TUESDAY = FIRST + A_DAY * ((1 - FIRST.weekday()) % 7)
DAYS = {"maandag": "0", "dinsdag": "1", "woensdag": "2", "donderdag": "3", "vrijdag": "4"}


def test_the_gym_by_day_and_evening(somebody: Somebody, rooms: Rooms, cast: Cast) -> None:
    keeper, els, joke = somebody("gebouwbeheerder"), somebody("gebiedswerker"), somebody("verpleegkundige")
    association("Judoclub")
    association("Scouts")

    the_keeper_gives_hours(keeper, rooms, "Basisschool De Wegwijzer (voorbeeld)", "08:30", "16:00", *DAYS)
    the_keeper_gives_hours(keeper, rooms, "OCMW Kortrijk", "17:00", "19:00", "donderdag")
    nobody_else_has_them(els, rooms)

    season = the_keeper_opens_a_season(keeper)
    two_clubs_ask_the_same_hour(els, season)
    the_keeper_divides_and_settles(keeper, season)
    each_hears_why(els)

    the_scouts_book_all_their_evenings(els, rooms)
    the_ocmw_gives_a_thursday_back(joke, els, rooms)


# --- the steps, in order -------------------------------------------------------------------------------


def the_keeper_gives_hours(keeper: Person, rooms: Rooms, holder: str, start: str, end: str, *days: str) -> None:
    """For a year. The page then says when what they do not book comes free."""
    page = keeper.opens(reverse("reservations:allocation-add", args=[rooms.bissegem.building.code]))
    typed = {
        "Zaal": rooms.bissegem.name, "Voor wie?": holder, "Van": start, "Tot": end, "Vanaf welke dag": f"{TODAY}",
        "Tot en met": f"{TODAY + 300 * A_DAY}", "Zoveel dagen vooraf": "14", "Waarom ze voorgaan": "Vaste afspraak.",
    }  # fmt: skip
    given = ticked(page, "Geef deze uren", "weekdays", [DAYS[day] for day in days])
    keeper.presses("Geef deze uren", given, typed).says(
        f"Vanaf nu zijn deze uren voorbehouden voor {holder}.", "14 dagen vooraf vrij voor iedereen"
    )


def ticked(page: Page, button: str, name: str, values: list[str]) -> Page:
    """Several boxes of one name."""
    page.button(button, {}).form.values[name] = values
    return page


def nobody_else_has_them(els: Person, rooms: Rooms) -> None:
    """It says whose they are and when they come free; not what the OCMW does there."""
    page = asks_for(els, rooms, THURSDAY, "17:30", "18:30")
    assert page.status == 409
    free_on = THURSDAY - 14 * A_DAY
    page.says("Voorbehouden voor OCMW Kortrijk tot 19.00 uur.", f"Vrij vanaf {free_on.day} ")
    assert "Vaste afspraak" not in page.text
    asks_for(els, rooms, TODAY + A_DAY * ((1 - TODAY.weekday()) % 7 or 7), "10:00", "11:00").says("Gereserveerd")


def asks_for(person: Person, rooms: Rooms, day: dt.date, start: str, end: str) -> Page:
    asked = f"zaal={rooms.bissegem.pk}&dag={day}&van={start}&tot={end}&personen=20"
    page = person.opens(f"{reverse('reservations:booking-add')}?{asked}")
    return person.presses("Reserveren", page, {"Waarvoor?": "Buurtfeest"})


def the_keeper_opens_a_season(keeper: Person) -> Season:
    page = keeper.opens(reverse("reservations:season-add"))
    bissegem = Allocation.objects.all()[0].room.building
    typed = {
        "Naam": "Avonden in de turnzaal", "Van": f"{FIRST}", "Tot en met": f"{FIRST + 60 * A_DAY}",
        "Vragen kan tot en met": f"{TODAY + 10 * A_DAY}",
    }  # fmt: skip
    shown = keeper.presses("Bewaren", ticked(page, "Bewaren", "buildings", [str(bissegem.pk)]), typed)
    shown.says("Zo wordt het verdeeld", "In een ronde is de volgorde: scholen en partners, activiteiten voor jongeren")
    return Season.objects.get()


def two_clubs_ask_the_same_hour(els: Person, season: Season) -> None:
    for club, youth in (("Judoclub", False), ("Scouts", True)):
        page = els.opens(reverse("reservations:season-request-add", args=[season.pk]))
        typed = {
            "Waarvoor?": "Vaste avond", "Voor wie?": club, "Van": "19:30", "Tot": "21:00", "Mensen": "25",
            "Vooral voor jongeren": youth,
        }  # fmt: skip
        els.presses("Vraag aan", ticked(page, "Vraag aan", "weekdays", ["1"]), typed).says("Nog geen antwoord.")
    assert SeasonRequest.objects.count() == 2


def the_keeper_divides_and_settles(keeper: Person, season: Season) -> None:
    """First before and after, and nothing written; then so; then settled."""
    preview = keeper.follows("Verdelen", keeper.opens(season.get_absolute_url()))
    preview.says("1 aanvraag krijgt een uur, 1 krijgt niets.", "de volgorde zet eerst activiteiten voor jongeren")
    assert not Allocation.objects.filter(season=season).exists()
    divided = keeper.presses("Verdeel zo", preview)
    divided.says("is voor Scouts", "Wel vrij: dinsdag van")
    keeper.presses("Stel het seizoen vast", divided).says("Vastgesteld: 1 uur is toegekend.")


def each_hears_why(els: Person) -> None:
    mail = Message.objects.get(to=els.user.email, subject="Avonden in de turnzaal: jullie uren")
    assert "Gekregen in ronde 1: de volgorde zet eerst activiteiten voor jongeren en dan verenigingen." in mail.body
    assert "Niet gekregen: dinsdag van 19.30 tot 21.00 uur, Zaal, is voor Scouts." in mail.body


def the_scouts_book_all_their_evenings(els: Person, rooms: Rooms) -> None:
    """In one press; each stands at once, for a keeper gave them already."""
    hours = Allocation.objects.get(association__name="Scouts")
    done = els.presses("Boek alle dagen", els.opens(hours.get_absolute_url()))
    assert done.status == 200
    booked = Booking.objects.filter(association__name="Scouts")
    assert booked.count() == hours.ranges.count()
    assert set(booked.values_list("state", flat=True)) == {"confirmed"}
    els.opens(hours.get_absolute_url()).says("geboekt: Vaste avond")


def the_ocmw_gives_a_thursday_back(joke: Person, els: Person, rooms: Rooms) -> None:
    page = joke.opens(Allocation.objects.get(organisation__code="ocmw").get_absolute_url())
    for button in page.buttons:
        if button.form.values.get("day") == f"{THURSDAY}":
            page.buttons = [button]
    joke.presses("Teruggeven", page).says("Die dag is nu vrij voor iedereen.")
    asks_for(els, rooms, THURSDAY, "17:30", "18:30").says("Gereserveerd")
    assert asks_for(els, rooms, THURSDAY + 7 * A_DAY, "17:30", "18:30").status == 409
