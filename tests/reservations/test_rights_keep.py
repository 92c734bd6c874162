"""Who may do what in a house stands on a page of it, and is changed there by who keeps it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from reservations.granting import rights_in, version_of, write
from reservations.load import KEEPS, give_keepers
from reservations.models import Building
from reservations.rights import Rights
from teams.access import access_of
from teams.models import Organisation, Team, User
from tests.cast import Cast
from tests.reservations.rooms import Rooms

type SignIn = Callable[[User], Client]
PAGE = "/zalen/gebouwen/oc-marke/rechten/"


@pytest.fixture
def nele(cast: Cast, rooms: Rooms, sign_in: SignIn) -> Client:
    return sign_in(cast["gebouwbeheerder"])


def typed(building: Building, **changed: object) -> dict[str, object]:
    """The page as it stands, with these changes."""
    rights = rights_in(building)
    boxes = {f"team-{team.pk}": sorted(actions - {"view"}) for team, actions in rights.items()}
    return {"version": version_of(rights), **boxes, **changed}


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def test_a_keeper_gives_and_takes_back_and_it_counts_at_once(nele: Client, rooms: Rooms, cast: Cast) -> None:
    house, joke = rooms.meeting.building, cast["verpleegkundige"]
    assert Rights.of(access_of(joke)).books_at_once(rooms.meeting)
    taken: dict[str, object] = {f"team-{team('sociale-dienst').pk}": []}
    assert nele.post(PAGE, typed(house, **taken)).status_code == 302
    assert not Rights.of(access_of(joke)).books_at_once(rooms.meeting)
    assert team("sociale-dienst") not in rights_in(house)
    given = {"team": team("sociale-dienst").pk, "may": ["approve"]}
    assert nele.post(PAGE, typed(house, **given)).status_code == 302
    assert rights_in(house)[team("sociale-dienst")] == {"view", "approve"}
    html = nele.get(PAGE).content.decode()
    assert "nam af van Sociale dienst: reserveren" in html
    assert "gaf aan Sociale dienst: ja of nee zeggen" in html


def test_a_page_that_somebody_changed_meanwhile_changes_nothing(nele: Client, rooms: Rooms) -> None:
    house = rooms.hall.building
    old = typed(house, **{f"team-{team('buurtwerk').pk}": []})
    write([(house, team("wijkwerking-noord"), ["approve"])])
    answer = nele.post(PAGE, old)
    assert answer.status_code == 422
    assert "Intussen heeft iemand veranderd" in answer.content.decode()
    assert team("buurtwerk") in rights_in(house)


def test_sent_twice_it_is_done_once(nele: Client, rooms: Rooms) -> None:
    house = rooms.hall.building
    data = typed(house, **{f"team-{team('buurtwerk').pk}": ["book", "approve"]})
    assert [nele.post(PAGE, data).status_code for _time in range(2)] == [302, 302]
    assert nele.get(PAGE).content.decode().count("gaf aan") == 1


@pytest.mark.parametrize(
    ("action", "said"), [("manage", "moet dit huis beheren"), ("approve", "aanvragen beantwoorden")]
)
def test_the_last_who_does_what_is_needed_stays(nele: Client, rooms: Rooms, action: str, said: str) -> None:
    """A team without people in it is nobody."""
    house = rooms.hall.building
    empty = Team.objects.create(
        code="leeg",
        name="Leeg team",
        kind=Team.Kind.OFFICE,
        organisation=house.owner,
        group=Group.objects.create(name="leeg"),
    )
    write([(house, empty, KEEPS)])
    left = {f"team-{team('gebouwen').pk}": sorted({"book", "approve", "manage"} - {action})}
    answer = nele.post(PAGE, typed(house, **left))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert rights_in(house)[team("gebouwen")] == set(KEEPS)


def test_is_for_keepers_and_the_administrator_of_the_owner(rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
    for who, code in [("gebouwbeheerder", 200), ("beheerder", 200), ("beheerder.ocmw", 403), ("gebiedswerker", 403)]:
        client = sign_in(cast[who])
        assert client.get(PAGE).status_code == code
        assert ("/rechten/" in client.get("/zalen/gebouwen/oc-marke/").content.decode()) == (code == 200)


def test_in_the_first_house_of_a_new_owner_its_own_teams_book(rooms: Rooms) -> None:
    owner = Organisation.objects.create(code="museum", name="Museum", kind="partner", letter="M")
    keepers, guides = (
        Team.objects.create(
            code=code, name=code, kind=Team.Kind.SERVICE, organisation=owner, group=Group.objects.create(name=code)
        )
        for code in ("museum-huis", "museum-gidsen")
    )
    first = Building.objects.create(code="museum", name="Museum", kind="public_building", owner=owner)
    give_keepers(first, keepers)
    assert rights_in(first) == {keepers: set(KEEPS), guides: {"view", "book"}}
    write([(first, team("buurtwerk"), ["view", "book"])])
    second = Building.objects.create(code="museum-2", name="Museum 2", kind="public_building", owner=owner)
    give_keepers(second, keepers)
    assert set(rights_in(second)) == {keepers, guides, team("buurtwerk")}
