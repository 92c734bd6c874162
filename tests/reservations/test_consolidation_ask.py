"""What if a building closed: asked by who may, answered by a worker, and shown with no more words than one may read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.jobs.tasks import run_job
from reservations.consolidation.asking import Asked
from reservations.consolidation.reading import read_town
from reservations.consolidation.shown import Answer
from reservations.models import Booking, BuildingGrant, Feature, Layout
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.rooms import Rooms, ahead, booked

pytestmark = pytest.mark.django_db
FORM = reverse("reservations:consolidation")


def day(days: int) -> str:
    return ahead(days).date().isoformat()


def typed(rooms: Rooms, **more: Any) -> dict[str, Any]:
    return {"first": day(1), "last": day(30), "close": [rooms.hall.building_id], "shift": "0", **more}


def ask(rooms: Rooms, by: User, *, shift: int = 0, close: bool = True, **more: Any) -> Job:
    closing = (rooms.hall.building_id,) if close else ()
    job = Asked(day(1), day(30), closing, shift=shift, **more).ask(by)
    run_job(str(job.pk))
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    return job


class TestTheTownOfAPeriod:
    def test_has_rooms_hours_and_what_was_sure(self, rooms: Rooms) -> None:
        sure = booked(rooms.hall, ahead(3), 2, persons=80, layout=Layout.ROWS, features=[Feature.STAGE])
        booked(rooms.hall, ahead(4), state=Booking.State.REQUESTED)
        held = booked(rooms.bissegem, ahead(3), state=Booking.State.HELD, hold_until=ahead(2))
        booked(rooms.hall, ahead(40))
        town = read_town(ahead(1).date(), ahead(30).date())
        (need,) = town.needs
        begins = round(sure.starts.timestamp() / 60)
        assert (need.key, need.room, need.starts, need.ends) == (str(sure.pk), rooms.hall.pk, begins, begins + 120)
        assert (need.persons, need.layout, need.features) == (80, "rows", frozenset({"stage"}))
        hall = town.places[rooms.hall.pk]
        assert (hall.seats("rows"), hall.turnaround, len(hall.spaces), hall.is_open(begins, begins + 600)) == (
            240, 60, 2, True,
        )  # fmt: skip
        assert sorted(town.shut) == [held.room.spaces.get().pk]
        marke, bissegem = rooms.hall.building_id, rooms.bissegem.building_id
        assert 1000 < (town.metres(marke, bissegem) or 0) < 10_000  # by the middles of their areas

    def test_has_also_where_nobody_came(self, rooms: Rooms) -> None:
        """It was asked for, and so needs a place."""
        missed = booked(rooms.hall, ahead(-3), state=Booking.State.NO_SHOW)
        assert [need.key for need in read_town(ahead(-5).date(), ahead(-1).date()).needs] == [str(missed.pk)]

    def test_has_no_room_open_that_was_withdrawn_or_takes_nobody(self, rooms: Rooms) -> None:
        rooms.meeting.withdraw()
        town = read_town(ahead(1).date(), ahead(2).date(), empty=[rooms.police.building_id])
        assert not town.places[rooms.meeting.pk].open
        assert not town.places[rooms.police.pk].open
        assert town.places[rooms.ocmw.pk].open

    def test_takes_as_many_queries_for_many_bookings(
        self, rooms: Rooms, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        read_town(ahead(1).date(), ahead(2).date())  # the middles of the areas are kept
        for days in range(1, 6):
            booked(rooms.hall, ahead(days))
        with django_assert_num_queries(8):
            read_town(ahead(1).date(), ahead(30).date())


class TestAnAnswer:
    def test_says_who_finds_another_room_and_why_the_rest_does_not(self, rooms: Rooms, cast: Cast) -> None:
        fits = booked(rooms.hall, ahead(3), persons=100, layout=Layout.ROWS)
        large = booked(rooms.hall, ahead(4), persons=230, layout=Layout.ROWS)
        booked(rooms.bissegem, ahead(5))
        taken = booked(rooms.hall, ahead(5), persons=100, layout=Layout.ROWS)
        job = ask(rooms, cast["coordinator"])
        assert [moved[:3] for moved in job.result["moved"]] == [[str(fits.pk), rooms.bissegem.pk, 0]]
        assert sorted(job.result["left"]) == sorted([[str(large.pk), "size"], [str(taken.pk), "free"]])
        assert job.result["gap"] == 0
        fits.refresh_from_db()
        assert (fits.room, fits.sequence) == (rooms.hall, 0)  # it was a question

    def test_is_one_job_however_often_it_is_asked(self, rooms: Rooms, cast: Cast) -> None:
        assert ask(rooms, cast["coordinator"]) == ask(rooms, cast["coordinator"])
        assert ask(rooms, cast["coordinator"]) != ask(rooms, cast["coordinator"], shift=30)

    def test_is_worked_out_anew_when_it_failed(self, rooms: Rooms, cast: Cast) -> None:
        first = ask(rooms, cast["coordinator"])
        Job.objects.filter(pk=first.pk).update(state=State.FAILED)
        assert ask(rooms, cast["coordinator"]) != first

    @pytest.mark.parametrize(
        ("asks", "reason"),
        [({"features": [Feature.PIANO]}, "features"), ({"layout": Layout.SPORT}, "size"), ({}, "distance")],
    )
    def test_gives_the_reason(self, rooms: Rooms, cast: Cast, asks: dict[str, Any], reason: str) -> None:
        mine = booked(rooms.hall, ahead(3), **asks)
        job = ask(rooms, cast["coordinator"], metres=None if asks else 100)
        assert job.result["left"] == [[str(mine.pk), reason]]

    def test_finds_the_fewest_and_proves_it(self, rooms: Rooms, cast: Cast) -> None:
        booked(rooms.hall, ahead(3), persons=230, layout=Layout.ROWS)
        booked(rooms.bissegem, ahead(4), persons=100, layout=Layout.ROWS)
        job = ask(rooms, cast["coordinator"], close=False)
        assert (job.result["stay"], job.result["at_least"]) == ([rooms.hall.building_id], 1)
        assert Answer(job, access_of(cast["coordinator"])).buildings_gap == 0


class TestHoursThatAreSomebodysOwn:
    """Kept by an allocation, booked or not."""

    def test_are_no_place_for_who_does_not_hold_them(self, rooms: Rooms, cast: Cast) -> None:
        given(rooms.bissegem, by=cast["gebouwbeheerder"], association=rooms.choir, release_days=30)  # all released
        others = booked(rooms.hall, ahead(3, "19:00"), persons=100, layout=Layout.ROWS)
        theirs = booked(rooms.hall, ahead(4, "19:00"), persons=100, layout=Layout.ROWS, association=rooms.choir)
        job = ask(rooms, cast["coordinator"])
        assert [moved[0] for moved in job.result["moved"]] == [str(theirs.pk)]
        assert job.result["left"] == [[str(others.pk), "free"]]

    def test_look_for_a_place_themselves_when_they_are_in_what_closes(
        self, rooms: Rooms, cast: Cast, client: Client
    ) -> None:
        last = ahead(20).date()
        one = given(rooms.hall, by=cast["gebouwbeheerder"], association=rooms.choir, last_on=last)
        given(rooms.bissegem, by=cast["gebouwbeheerder"], last_on=last)
        booked(rooms.hall, ahead(3, "19:00"), association=rooms.choir)
        booked(rooms.half_a, ahead(4, "19:00"), by=cast["verpleegkundige"])  # somebody else's use is none of theirs
        job = ask(rooms, cast["coordinator"])
        assert job.result["kept"] == [[str(one.pk), 20, 19]]
        client.force_login(cast["coordinator"])
        page = client.get(reverse("reservations:consolidation-answer", args=[job.pk])).content.decode()
        assert "Toewijzingen die ook een plek zoeken" in page
        assert 'data-label="Niet geboekt">19<' in page
        assert "niemand anders krijgt er een plek in" in client.get(FORM).content.decode()

    def test_are_all_there_is_to_say_when_nothing_is_booked(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        given(rooms.hall, by=cast["gebouwbeheerder"], association=rooms.choir)
        job = ask(rooms, cast["coordinator"])
        client.force_login(cast["coordinator"])
        page = client.get(reverse("reservations:consolidation-answer", args=[job.pk])).content.decode()
        assert "Niets verliest zijn zaal" not in page
        assert "Zangkoor Sint-Brixius" in page


class TestWhoAsks:
    @pytest.mark.parametrize(("role", "status"), [("coordinator", 302), ("gebouwbeheerder", 302), ("agent", 403)])
    def test_is_a_coordinator_or_a_manager(
        self, rooms: Rooms, cast: Cast, client: Client, role: str, status: int
    ) -> None:
        client.force_login(cast[role])
        assert client.post(FORM, typed(rooms)).status_code == status

    def test_asks_of_the_buildings_they_manage(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        client.force_login(cast["gebouwbeheerder"])
        assert client.post(FORM, typed(rooms, close=[rooms.police.building_id])).status_code == 422
        client.post(FORM, typed(rooms, close=[], fewest="1"))
        kept = Asked.of(Job.objects.get(kind="consolidation")).keep
        assert {rooms.police.building_id, rooms.ocmw.building_id} <= set(kept)
        assert rooms.hall.building_id not in kept

    def test_opens_nobody_elses_answer_but_a_coordinator_does(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        job = ask(rooms, cast["coordinator"])
        pages = [
            reverse(f"reservations:consolidation-{page}", args=[job.pk]) for page in ("answer", "progress", "sheet")
        ]
        client.force_login(cast["gebouwbeheerder"])
        assert {client.get(page).status_code for page in pages} == {404}
        client.force_login(cast["coordinator"])
        assert {client.get(page).status_code for page in pages} == {200}

    @pytest.mark.parametrize(
        "wrong",
        [{"close": []}, {"last": day(0)}, {"first": day(-500)}, {"metres": "-1"}, {"shift": "7"}, {"close": ["0"]}],
    )
    def test_is_told_what_is_wrong(self, rooms: Rooms, cast: Cast, client: Client, wrong: dict[str, Any]) -> None:
        client.force_login(cast["coordinator"])
        answer = client.post(FORM, typed(rooms, **wrong))
        assert answer.status_code == 422
        assert b"error-summary" in answer.content
        assert not Job.objects.filter(kind="consolidation").exists()


class TestWhatIsNotShared:
    SECRET = "Schuldbemiddeling Torfs"

    def test_shows_as_taken_without_holder_reason_or_words(self, rooms: Rooms, cast: Cast, client: Client) -> None:
        booked(rooms.hall, ahead(3), by=cast["verpleegkundige"], title=self.SECRET, persons=239)
        open_to_all = booked(rooms.hall, ahead(4), title="Toneel", persons=239, layout=Layout.ROWS)
        job = ask(rooms, cast["coordinator"])
        client.force_login(cast["coordinator"])
        page = client.get(reverse("reservations:consolidation-answer", args=[job.pk])).content.decode()
        sheet = b"".join(client.get(reverse("reservations:consolidation-sheet", args=[job.pk]))).decode()
        for text in (page.split('id="content"')[-1], sheet):
            assert self.SECRET not in text
            assert "OCMW Kortrijk" not in text
            assert "Toneel" in text
            assert "geen zaal groot genoeg" in text  # of the one that is shared
        lines = Answer(job, access_of(cast["coordinator"])).lines
        assert [(line.reference, line.is_readable) for line in lines] == [
            ("", False), (open_to_all.reference, True),
        ]  # fmt: skip
        assert [line.why for line in lines] == ["niet met jou gedeeld", "geen zaal groot genoeg, in die opstelling"]
        own = Answer(job, access_of(cast["verpleegkundige"])).lines
        assert self.SECRET in [line.title for line in own]


def test_grants_are_read_when_it_is_asked(rooms: Rooms, cast: Cast, client: Client) -> None:
    client.force_login(cast["gebouwbeheerder"])
    assert client.get(FORM).status_code == 200
    BuildingGrant.objects.filter(permission__codename="manage_building").delete()
    assert client.get(FORM).status_code == 403
