"""Rounds at a desk: every zone is seen, nobody is counted, and one's own stay one's own."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from areas.models import Area
from areas.within import areas_of_zone
from kortrijk_gebied.ids import uuid7
from signals import presence
from signals.demo.accounts import address
from signals.models import PatrolRound, RoundActivity
from teams.models import Team, User
from tests.cast import Cast, area

type SignIn = Callable[[Any], Client]
PAGE = "/gebieden/rondes/"


def behind() -> User:
    return User.objects.get(email=address("gemeenschapswacht.centrum"))


def zones() -> list[Area]:
    return presence.inner_zones()


def walked(by: User, zone: Area | None, *, days_ago: int = 0, kinds: tuple[str, ...] = (), note: str = "") -> None:
    at = timezone.now() - dt.timedelta(days=days_ago)
    round_ = PatrolRound.objects.create(by=by, zone=zone, started_at=at, ended_at=at, note=note)
    RoundActivity.objects.bulk_create(RoundActivity(round=round_, kind=kind, at=at) for kind in kinds)


class TestScreening:
    def test_puts_what_was_not_seen_first(self, cast: Cast, sign_in: SignIn) -> None:
        mo, (first, second, third, *rest) = cast["gemeenschapswacht"], zones()
        for zone, days_ago in ((first, 1), (second, 9), (third, 6), (first, 1), (first, 40)):
            walked(mo, zone, days_ago=days_ago)
        found = presence.screening()
        assert [seen.zone for seen in found] == [*rest, second, third, first]
        assert [seen.is_long_ago for seen in found] == [*(True for _zone in rest), True, False, False]
        assert [seen.days for seen in found] == [*(0 for _zone in rest), 1, 1, 1]
        page = sign_in(cast["coordinator"]).get(PAGE).content.decode()
        assert "niet gezien sinds" in page
        assert "nog niet gezien" in page


class TestCounts:
    def test_are_told_where_two_people_went(self, cast: Cast, sign_in: SignIn) -> None:
        mo, zone, alone = cast["gemeenschapswacht"], zones()[0], zones()[1]
        walked(mo, zone, kinds=("crossing", "informing"))
        walked(behind(), zone, kinds=("crossing",))
        walked(mo, alone, kinds=("event",))
        both, one = presence.by_zone(PatrolRound.objects.all())
        assert (both.kinds, both.days) == ({"crossing": 2, "informing": 1}, 1)
        assert (one.kinds, one.days) == (None, 1)
        chart = presence.chart_of([both, one])
        assert chart
        assert [bar.values for bar in chart.bars] == [[1], [2]]  # the event of one person is in no sum
        page = sign_in(cast["coordinator"]).get(PAGE).content.decode()
        assert "Eén persoon ging hier rond" in page
        assert "Toezicht op een evenement" not in page

    def test_name_nobody(self, cast: Cast, sign_in: SignIn) -> None:
        walked(cast["gemeenschapswacht"], zones()[0], note="Het hek is los.")
        for person in ("coordinator", "wijkinspecteur", "buurtwerker"):
            page = sign_in(cast[person]).get(PAGE).content.decode()
            main = page[page.index("<main") :]
            assert "Mo El" not in main
            assert "Het hek is los." not in main
        assert "Het hek is los." in sign_in(cast["gemeenschapswacht"]).get(PAGE).content.decode()

    def test_are_of_the_period(self, cast: Cast, sign_in: SignIn) -> None:
        walked(cast["gemeenschapswacht"], area("Marke"), days_ago=60)
        client = sign_in(cast["coordinator"])
        assert "Marke" not in client.get(PAGE).content.decode()
        assert "Marke" in client.get(f"{PAGE}?dagen=90").content.decode()
        assert "Marke" not in client.get(f"{PAGE}?dagen=7").content.decode()

    def test_cost_the_same_however_many(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gemeenschapswacht"])

        def more() -> None:
            for zone in zones():
                walked(cast["gemeenschapswacht"], zone, kinds=("crossing",))
                walked(behind(), zone, kinds=("crossing",))

        more()
        client.get(PAGE)
        with CaptureQueriesContext(connection) as few:
            client.get(PAGE)
        more()
        with CaptureQueriesContext(connection) as many:
            client.get(PAGE)
        assert len(many) == len(few)


class TestSection:
    def test_tells_presence_of_an_area_by_its_zones(self, cast: Cast, sign_in: SignIn) -> None:
        zone = zones()[0]
        [first, *_others] = areas_of_zone(zone)
        walked(cast["gemeenschapswacht"], zone, kinds=("crossing",))
        address_of = f"/gebieden/{first.code}/blok/presence/"
        alone = sign_in(cast["coordinator"]).get(address_of).content.decode()
        assert "Op 1 dag in deze periode gezien." in alone
        assert "Eén persoon" in alone
        walked(behind(), zone, days_ago=1, kinds=("crossing",))
        both = sign_in(cast["coordinator"]).get(address_of).content.decode()
        assert "Op 2 dagen in deze periode gezien." in both
        assert "Kinderen laten oversteken: 2" in both
        assert "gezien" not in sign_in(cast["coordinator"]).get("/gebieden/kooigem/blok/presence/").content.decode()


class TestWritingDown:
    def typed(self, **changes: Any) -> dict[str, Any]:
        return {
            "key": str(uuid7()), "zone": zones()[0].pk, "day": timezone.localdate().isoformat(), "starts": "09:00",
            "ends": "11:30", "activities": ["crossing", "contact"], "note": "Het hek is los.", "weighed": "", **changes,
        }  # fmt: skip

    def test_makes_one_round_of_a_form_sent_twice(self, cast: Cast, sign_in: SignIn) -> None:
        client, form = sign_in(cast["gemeenschapswacht"]), self.typed()
        assert client.get(f"{PAGE}nieuw/").status_code == 200
        for _twice in range(2):
            assert client.post(f"{PAGE}nieuw/", form).status_code == 302
        round_ = PatrolRound.objects.get()
        assert (round_.by, round_.note, round_.zone) == (cast["gemeenschapswacht"], "Het hek is los.", zones()[0])
        assert round_.team == Team.objects.get(code="gemeenschapswachten")
        assert sorted(each.kind for each in round_.activities.all()) == ["contact", "crossing"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"zone": ""},
            {"ends": "08:00"},
            {"activities": []},
            {"day": (timezone.localdate() + dt.timedelta(days=1)).isoformat()},
            {"day": (timezone.localdate() - dt.timedelta(days=15)).isoformat()},
            {"note": "Bel 0475 12 34 56."},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be(self, cast: Cast, sign_in: SignIn, wrong: dict[str, Any]) -> None:
        answer = sign_in(cast["gemeenschapswacht"]).post(f"{PAGE}nieuw/", self.typed(**wrong))
        assert answer.status_code == 422
        assert not PatrolRound.objects.exists()

    def test_does_not_take_over_a_round_of_somebody_else(self, cast: Cast, sign_in: SignIn) -> None:
        form = self.typed()
        sign_in(cast["gemeenschapswacht"]).post(f"{PAGE}nieuw/", form)
        assert sign_in(behind()).post(f"{PAGE}nieuw/", form).status_code == 422
        assert PatrolRound.objects.get().by == cast["gemeenschapswacht"]
