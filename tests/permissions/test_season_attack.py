"""What the OCMW and the police ask a room for stays theirs: others see whose hours they are, and when."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from reservations.models import Allocation, Season, SeasonRequest
from reservations.seasons.deciding import keep
from reservations.seasons.settling import settle
from teams.models import User
from tests.cast import Cast
from tests.permissions.surfaces import Look
from tests.reservations.allocated import given
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, ahead, make
from tests.reservations.seasons import asked, season

pytestmark = pytest.mark.django_db

WORD = "kwibbel"  # in everything that is written; stands nowhere else
OTHERS = {"verpleegkundige": ["gebiedswerker", "dpo"], "wijkinspecteur": ["gebiedswerker", "verpleegkundige"]}
type SignIn = Callable[[User], Client]
type Planted = tuple[str, Season, SeasonRequest, Allocation]


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    return make()


@pytest.fixture(params=OTHERS)
def planted(request: pytest.FixtureRequest, rooms: Rooms, cast: Cast) -> Planted:
    """In the city's house hours with a reason, and a request that is not shared, divided and settled."""
    who: str = request.param
    hours = given(
        rooms.meeting, by=cast["gebouwbeheerder"], organisation=cast[who].organisation, why=f"{WORD} elke avond"
    )
    spring = season(rooms.bissegem.building, name="Voorjaar in Bissegem")
    wish = asked(spring, by=cast[who], title=f"{WORD} gesprek", note=f"{WORD} nota", is_shared=False, for_youth=True)
    keep(spring, by=cast["gebouwbeheerder"])
    return who, spring, wish, hours


def looks(planted: Planted, rooms: Rooms) -> Iterator[Look]:
    _who, spring, wish, hours = planted
    yield Look(reverse("reservations:seasons"))
    yield Look(spring.get_absolute_url())
    yield Look(wish.get_absolute_url())
    yield Look(reverse("reservations:season-division", args=[spring.pk]))
    yield Look(hours.get_absolute_url())
    for house in (rooms.meeting.building, rooms.bissegem.building):
        yield Look(reverse("reservations:allocations", args=[house.code]))
        yield Look(house.get_absolute_url())
    yield Look(f"{reverse('reservations:calendar-day')}?dag={ahead(20):%Y-%m-%d}")
    add = reverse("reservations:booking-add")
    yield Look(f"{add}?sleutel={wish.pk}", typed(rooms.meeting, ahead(20), waarvoor="Overleg"))


def seen(client: Client, look: Look) -> str:
    response = client.post(look.url, look.typed, follow=True) if look.typed else client.get(look.url, follow=True)
    return response.content.decode()


def test_others_read_no_word_of_it(planted: Planted, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    told = []
    for other in OTHERS[planted[0]]:
        client = sign_in(cast[other])
        told += [f"{other}: {look.name}" for look in looks(planted, rooms) if WORD in seen(client, look)]
    assert told == []


def test_the_keeper_divides_without_reading_what_for(
    planted: Planted, rooms: Rooms, cast: Cast, sign_in: SignIn
) -> None:
    """Whose and when they must know; what for not. The reason of the hours the keeper wrote."""
    who, spring, wish, _hours = planted
    client = sign_in(cast["gebouwbeheerder"])
    pages = [
        spring.get_absolute_url(),
        wish.get_absolute_url(),
        reverse("reservations:season-division", args=[spring.pk]),
    ]
    shown = [seen(client, Look(page)) for page in pages]
    organisation = cast[who].organisation
    assert organisation is not None
    assert not [page for page in shown if WORD in page]
    assert all(organisation.name in page for page in shown)


def test_who_asked_reads_it(planted: Planted, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    """The control: without it the attack would prove nothing."""
    who, spring, wish, hours = planted
    client = sign_in(cast[who])
    for page in (spring.get_absolute_url(), wish.get_absolute_url(), hours.get_absolute_url()):
        assert WORD in seen(client, Look(page))


def test_for_how_many_it_is_reads_who_may_read_it(planted: Planted, cast: Cast, sign_in: SignIn) -> None:
    """As of a booking: for whom and with what says what for."""
    who, _spring, wish, _hours = planted
    pages = {
        each: seen(sign_in(cast[each]), Look(wish.get_absolute_url()))
        for each in (who, "gebouwbeheerder", *OTHERS[who])
    }
    assert [each for each, page in pages.items() if "vooral onder 18" in page] == [who]


@pytest.mark.parametrize("rival", ["", "Scouts"])
def test_the_outcome_is_the_same_for_youth_or_not(rooms: Rooms, cast: Cast, sign_in: SignIn, rival: str) -> None:
    """What the keeper may not read decides nothing: so no sentence, and not who got the hour, gives it away."""
    shown = []
    for number, for_youth in enumerate((True, False)):
        spring = season(rooms.bissegem.building, name=f"Seizoen {number}", lot=1)
        asked(spring, by=cast["verpleegkundige"], is_shared=False, for_youth=for_youth)
        asked(spring, by=cast["gebiedswerker"], holder=rival or "Zangkoor", for_youth=bool(rival))
        keep(spring, by=cast["gebouwbeheerder"])
        shown.append([(each.outcome, each.because) for each in spring.requests.order_by("created_at")])
        page = seen(sign_in(cast["gebouwbeheerder"]), Look(reverse("reservations:season-division", args=[spring.pk])))
        assert ("activiteiten voor jongeren" in page) is bool(rival)
    assert shown[0] == shown[1]


def test_settled_it_is_whose_and_no_more(planted: Planted, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    who, spring, wish, _hours = planted
    settle(spring, by=cast["gebouwbeheerder"])
    page = seen(sign_in(cast[OTHERS[who][0]]), Look(wish.allocation.get_absolute_url()))
    assert WORD not in page
    assert "Verdeeld voor" not in page
    assert "Voorjaar in Bissegem" in page
