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
from areas.within import areas_of_zone, in_or_over
from kortrijk_gebied.ids import first_uuid7, uuid7
from kortrijk_gebied.periods import previous_month
from kortrijk_gebied.workdays import BRUSSELS
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


def last_month() -> dt.date:
    return presence.months_kept()[0]


def of_last_month(zone: Area, *people: User, kinds: tuple[str, ...] = ("crossing",)) -> PatrolRound:
    """Each a round on a day of their own: the third, the fourth and so on."""
    for number, by in enumerate(people):
        at = dt.datetime.combine(last_month() + dt.timedelta(days=2 + number), dt.time(10), tzinfo=BRUSSELS)
        round_ = PatrolRound.objects.create(by=by, zone=zone, started_at=at, ended_at=at)
        RoundActivity.objects.bulk_create(RoundActivity(round=round_, kind=kind, at=at) for kind in kinds)
    return round_


class TestScreening:
    def test_puts_what_was_not_seen_first(self, cast: Cast, sign_in: SignIn) -> None:
        mo, (first, second, third, *rest) = cast["gemeenschapswacht"], zones()
        for zone, days_ago in ((first, 1), (second, 9), (third, 6), (first, 1), (first, 40)):
            walked(mo, zone, days_ago=days_ago)
        found = presence.screening()
        assert [seen.zone for seen in found] == [*rest, second, first, third]
        assert [seen.is_long_ago for seen in found] == [*(True for _zone in rest), True, False, False]
        page = sign_in(cast["coordinator"]).get(PAGE).content.decode()
        assert "lang geleden" in page
        assert "nog niet gezien" in page
        assert page.count("in de laatste zeven dagen") == 2

    def test_tells_no_day_and_no_order_of_what_was_seen_lately(self, cast: Cast, sign_in: SignIn) -> None:
        """In a zone of one warden it would be the day on which that one worked."""
        client, (first, second, *_rest) = sign_in(cast["coordinator"]), zones()
        pages = []
        for days in ((1, 3), (5, 2)):
            PatrolRound.objects.all().delete()
            for zone, days_ago in zip((first, second), days, strict=True):
                walked(cast["gemeenschapswacht"], zone, days_ago=days_ago)
            page = client.get(PAGE).content.decode()
            pages.append(page[page.index("<tbody") : page.index("</tbody>")])
        assert pages[0] == pages[1]


class TestCounts:
    """Of the last month that is over; its days are those before `month`."""

    def test_are_told_where_three_people_went(self, cast: Cast, sign_in: SignIn) -> None:
        mo, zone, pair = cast["gemeenschapswacht"], zones()[0], zones()[1]
        last = of_last_month(zone, mo, behind(), cast["gebiedswerker"])
        RoundActivity.objects.create(round=last, kind="informing", at=last.started_at)
        of_last_month(pair, mo, behind(), kinds=("event",))
        three, two = presence.by_zone(last_month())
        assert (three.kinds, three.days) == ({"crossing": 3, "informing": 1}, 3)
        assert (two.kinds, two.days) == ({}, None)
        chart = presence.chart_of([three, two])
        assert chart
        assert [bar.values for bar in chart.bars] == [[1], [3]]  # what two people did is in no sum
        page = sign_in(cast["coordinator"]).get(PAGE).content.decode()
        assert "Minder dan drie mensen gingen hier rond" in page
        assert "Toezicht op een evenement" not in page

    def test_do_not_move_with_the_round_of_today(self, cast: Cast, sign_in: SignIn) -> None:
        of_last_month(zones()[0], cast["gemeenschapswacht"], behind(), cast["gebiedswerker"])
        client = sign_in(cast["coordinator"])

        def counts() -> str:
            page = client.get(PAGE).content.decode()
            return page[
                page.index('aria-label="Wat er gedaan is') : page.index("<h2>Je eigen rondes")
                if "<h2>Je eigen rondes" in page
                else page.index("</main>")
            ]

        before = counts()
        walked(cast["gemeenschapswacht"], zones()[0], kinds=("crossing",))
        assert counts() == before

    def test_name_nobody(self, cast: Cast, sign_in: SignIn) -> None:
        walked(cast["gemeenschapswacht"], zones()[0], note="Het hek is los.")
        for person in ("coordinator", "wijkinspecteur", "buurtwerker"):
            page = sign_in(cast[person]).get(PAGE).content.decode()
            main = page[page.index("<main") :]
            assert "Mo El" not in main
            assert "Het hek is los." not in main
        assert "Het hek is los." in sign_in(cast["gemeenschapswacht"]).get(PAGE).content.decode()

    @pytest.mark.parametrize("asked", ["2026-13", "9999-12", "x", ""])
    def test_are_of_a_month_that_is_kept(self, cast: Cast, sign_in: SignIn, asked: str) -> None:
        of_last_month(area("Marke"), cast["gemeenschapswacht"])
        client = sign_in(cast["coordinator"])
        assert "Marke" in client.get(PAGE, {"maand": asked}).content.decode()
        before = previous_month(last_month())
        if before in presence.months_kept():
            assert "Marke" not in client.get(PAGE, {"maand": f"{before:%Y-%m}"}).content.decode()

    def test_cost_the_same_however_many(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gemeenschapswacht"])

        def more() -> None:
            for zone in zones():
                of_last_month(zone, cast["gemeenschapswacht"], behind(), cast["gebiedswerker"])

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
        zone, mo = zones()[0], cast["gemeenschapswacht"]
        [first, *_others] = areas_of_zone(zone)
        of_last_month(zone, mo, behind())
        address_of = f"/gebieden/{first.code}/blok/presence/"
        few = sign_in(cast["coordinator"]).get(address_of).content.decode()
        assert "Minder dan drie mensen gingen er rond" in few
        assert "oversteken" not in few
        of_last_month(zone, cast["gebiedswerker"])
        three = sign_in(cast["coordinator"]).get(address_of).content.decode()
        assert "op 2 dagen gezien" in three
        assert "Kinderen laten oversteken: 3" in three
        assert "gezien" not in sign_in(cast["coordinator"]).get("/gebieden/kooigem/blok/presence/").content.decode()

    def test_sums_nothing_that_a_zone_of_two_could_be_found_by(self, cast: Cast) -> None:
        """What an area says less what its zones say is nothing."""
        zone, mo = zones()[0], cast["gemeenschapswacht"]
        [first, *_others] = areas_of_zone(zone)
        of_last_month(zone, mo, behind(), cast["gebiedswerker"])
        of_last_month(first, mo, kinds=("event",))
        seen = presence.together(last_month(), in_or_over(first))
        assert seen
        assert seen.kinds == {"crossing": 3}
        assert seen.days == 3


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

    def test_drops_no_words_of_a_form_that_comes_again(self, cast: Cast, sign_in: SignIn) -> None:
        client, form = sign_in(cast["gemeenschapswacht"]), self.typed()
        assert client.post(f"{PAGE}nieuw/", form).status_code == 302
        for other in ({"note": "En de lamp is stuk."}, {"activities": ["crossing"]}):
            answer = client.post(f"{PAGE}nieuw/", {**form, **other})
            assert (answer.status_code, "met andere woorden" in answer.content.decode()) == (422, True)
        assert PatrolRound.objects.get().note == "Het hek is los."

    @pytest.mark.parametrize(
        "wrong",
        [
            {"zone": ""},
            {"ends": "08:00"},
            {"activities": []},
            {"day": (timezone.localdate() + dt.timedelta(days=1)).isoformat()},
            {"day": (timezone.localdate() - dt.timedelta(days=15)).isoformat()},
            {"starts": "00:00", "ends": "23:59"},
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

    def test_refuses_a_second_round_at_the_same_time(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gemeenschapswacht"])
        yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
        assert client.post(f"{PAGE}nieuw/", self.typed(day=yesterday)).status_code == 302
        over = client.post(f"{PAGE}nieuw/", self.typed(day=yesterday, starts="11:00", ends="12:00"))
        assert over.status_code == 422
        assert "van 9.00 uur tot 11.30 uur" in over.content.decode()
        assert PatrolRound.objects.count() == 1
        # The next one begins where that one ended, and a colleague walks at the same time.
        after = self.typed(day=yesterday, starts="11:30", ends="12:00")
        assert client.post(f"{PAGE}nieuw/", after).status_code == 302
        assert sign_in(behind()).post(f"{PAGE}nieuw/", self.typed(day=yesterday)).status_code == 302
        assert PatrolRound.objects.count() == 3


class TestWithdrawing:
    def address(self, round_: PatrolRound) -> str:
        return f"{PAGE}{round_.pk}/intrekking/"

    def test_takes_a_slip_of_today_away(self, cast: Cast, sign_in: SignIn) -> None:
        mo = cast["gemeenschapswacht"]
        walked(mo, zones()[0], days_ago=2, kinds=("crossing",))
        client, round_ = sign_in(mo), PatrolRound.objects.get()
        assert self.address(round_) in client.get(PAGE).content.decode()
        assert client.get(self.address(round_)).status_code == 405
        for _twice in range(2):
            assert client.post(self.address(round_)).status_code == 302
        assert not PatrolRound.objects.exists()
        assert not RoundActivity.objects.exists()

    def test_is_for_ones_own_of_the_same_day_that_is_over(self, cast: Cast, sign_in: SignIn) -> None:
        mo, at = cast["gemeenschapswacht"], timezone.now()
        old = first_uuid7(at - dt.timedelta(days=2))
        told: dict[str, Any] = {"zone": zones()[0], "started_at": at}
        kept = [
            PatrolRound.objects.create(pk=old, by=mo, ended_at=at, **told),
            PatrolRound.objects.create(by=mo, **told),
            PatrolRound.objects.create(by=behind(), ended_at=at, **told),
        ]
        client = sign_in(mo)
        page = client.get(PAGE).content.decode()
        for round_ in kept:
            assert self.address(round_) not in page
            client.post(self.address(round_))
        assert PatrolRound.objects.count() == 3
        assert sign_in(cast["fluvius"]).post(self.address(kept[1])).status_code == 403
