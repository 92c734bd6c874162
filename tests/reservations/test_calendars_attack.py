"""What the OCMW and the police do in a room and do not share: everybody looks for it in every calendar, and finds that
the room is taken."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from reservations.models import Booking
from reservations.models.uses import DISCREET
from teams.models import Organisation, Team, User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, at, booked

type SignIn = Callable[[User], Client]

TUESDAY = dt.date(2026, 11, 24)
MARKS = ("kwibbeltitel", "kwibbelnota", "kwibbelteam")
# A coordinator of the city, the keeper of the building, and somebody of another organisation.
ATTACKERS = ["coordinator", "gebouwbeheerder", "vereniging"]
HOLDS = [("ocmw", "verpleegkundige", "sociale-dienst"), ("politie", "wijkinspecteur", "wijkwerking-noord")]
HOUR = {"ocmw": "10:00", "politie": "14:00"}
CHANGING = (
    r'"X-CSRFToken": "[^"]*"', r'name="csrfmiddlewaretoken" value="[^"]*"', r"houder=o\d+", r" selected",
    r"<summary>Filter.*?</summary>",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel(at(TUESDAY, "07:00"), tick=False):
        yield


@pytest.fixture
def secrets(cast: Cast, rooms: Rooms) -> dict[str, Booking]:
    """In a room of the city, by each organisation that keeps it to itself; one of them asked for and not decided."""
    Team.objects.filter(code__in=["sociale-dienst", "wijkwerking-noord"]).update(name="kwibbelteam")
    made = {}
    for code, who, team in HOLDS:
        details: dict[str, Any] = {
            "by": cast[who], "title": "kwibbeltitel", "note": "kwibbelnota", "persons": 4711, "layout": "dinner",
            "team": Team.objects.get(code=team),
        }  # fmt: skip
        made[code] = booked(rooms.half_a, at(TUESDAY, HOUR[code]), 2, **details)
        booked(rooms.half_b, at(TUESDAY, HOUR[code]), 2, state=Booking.State.REQUESTED, **details)
    assert not any(each.is_shared for each in made.values())
    return made


def looks(rooms: Rooms) -> list[str]:
    """Every form of the calendar; of everything, of one room, of who holds it and of oneself; and the doors."""
    discreet = Organisation.objects.filter(kind__in=DISCREET).values_list("pk", flat=True)
    queries = ["", *(f"&houder=o{pk}" for pk in discreet), f"&zaal={rooms.hall.pk}"]
    found = [f"{form}?dag=2026-11-24{query}" for form in ("", "week/", "maand/", "agenda/") for query in queries]
    found += [f"?dag=2026-11-24&{query}=on" for query in ("mijn", "vrij", "nacht")]
    doors = [f"deur/oc-marke/{code}/?dag=2026-11-24" for code in ("grote-zaal", "helft-a")]
    return [*found, "vandaag/?dag=2026-11-24", "vandaag/?dag=2026-11-24&gebouw=oc-marke", *doors]


def seen(client: Client, look: str) -> str:
    response = client.get(f"/zalen/kalender/{look}")
    assert response.status_code == 200
    return response.text


class TestWords:
    @pytest.mark.parametrize("who", ATTACKERS)
    def test_of_what_is_not_shared_are_nowhere(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking], who: str
    ) -> None:
        client = sign_in(cast[who])
        keeps = who == "gebouwbeheerder"
        for look in looks(rooms):
            html = seen(client, look)
            found = [mark for mark in MARKS if mark in html]
            found += [each.reference for each in secrets.values() if each.reference in html]
            if not (keeps and look.startswith("vandaag/")):  # who puts the chairs ready must know how many
                found += ["4711"] if "4711" in html or "4.711" in html else []
            assert not found, f"{who} reads {found} on {look}"

    @pytest.mark.parametrize(("who", "theirs"), [("verpleegkundige", "politie"), ("wijkinspecteur", "ocmw")])
    def test_of_another_organisation_that_keeps_secrets_are_not_there_either(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking], who: str, theirs: str
    ) -> None:
        client = sign_in(cast[who])
        assert not [look for look in looks(rooms)[::3] if secrets[theirs].reference in seen(client, look)]

    @pytest.mark.parametrize(("who", "own"), [("verpleegkundige", "ocmw"), ("wijkinspecteur", "politie")])
    def test_are_there_for_who_holds_it(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking], who: str, own: str
    ) -> None:
        """The control: the same places, with the words on them."""
        client = sign_in(cast[who])
        for form in ("", "week/", "agenda/"):
            html = seen(client, f"{form}?dag=2026-11-24")
            assert "kwibbeltitel" in html
            assert secrets[own].reference in html
        assert "kwibbeltitel" in seen(client, f"maand/?dag=2026-11-24&zaal={rooms.hall.pk}")
        assert "kwibbelnota" in seen(client, "vandaag/?dag=2026-11-24&gebouw=oc-marke")

    def test_hang_at_no_door_whoever_prints_it(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking]
    ) -> None:
        for is_shared in (False, True):  # with colleagues, not with who walks by
            Booking.objects.filter(pk__in=[each.pk for each in secrets.values()]).update(is_shared=is_shared)
            html = seen(sign_in(cast["verpleegkundige"]), "deur/oc-marke/helft-a/?dag=2026-11-24")
            assert not [mark for mark in MARKS if mark in html]
            assert "Bezet" in html

    def test_are_read_by_everybody_once_shared(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking]
    ) -> None:
        Booking.objects.filter(pk=secrets["ocmw"].pk).update(is_shared=True)
        assert secrets["ocmw"].reference in seen(sign_in(cast["coordinator"]), "?dag=2026-11-24")


class TestWhose:
    @pytest.mark.parametrize("who", ATTACKERS)
    def test_it_is_shows_no_filter_by_holder(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking], who: str
    ) -> None:
        """A holder of whom one reads nothing gives the same page as one that has nothing."""
        client = sign_in(cast[who])
        nothing = Organisation.objects.get(code="fluvius").pk
        for form in ("", "week/", "maand/", "agenda/"):
            empty = self.told(seen(client, f"{form}?dag=2026-11-24&houder=o{nothing}"))
            for organisation in Organisation.objects.filter(kind__in=DISCREET):
                assert self.told(seen(client, f"{form}?dag=2026-11-24&houder=o{organisation.pk}")) == empty

    def test_it_is_tells_that_filter_who_may_read_it(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking]
    ) -> None:
        ocmw = Organisation.objects.get(code="ocmw").pk
        assert "kwibbeltitel" in seen(sign_in(cast["verpleegkundige"]), f"agenda/?dag=2026-11-24&houder=o{ocmw}")

    @staticmethod
    def told(html: str) -> str:
        """Less who was asked for, and what each answer has of its own."""
        for pattern in CHANGING:
            html = re.sub(pattern, "", html, flags=re.DOTALL)
        return html


class TestTaken:
    @pytest.mark.parametrize("who", ATTACKERS)
    def test_is_what_everybody_sees(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking], who: str
    ) -> None:
        client = sign_in(cast[who])
        day = seen(client, f"?dag=2026-11-24&zaal={rooms.hall.pk}")
        assert day.count("<b>Bezet</b>") == 2
        assert "10.00–12.00" in day

    def test_is_told_with_chairs_to_the_keeper_alone(
        self, cast: Cast, sign_in: SignIn, rooms: Rooms, secrets: dict[str, Booking]
    ) -> None:
        look = "vandaag/?dag=2026-11-24&gebouw=oc-marke"
        assert "4711 personen, gedekte tafels" in seen(sign_in(cast["gebouwbeheerder"]), look)
        assert "personen" not in seen(sign_in(cast["coordinator"]), look)
