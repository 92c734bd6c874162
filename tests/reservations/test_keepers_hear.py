"""Who keeps a building hears that somebody asks for a room there."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from reservations.booking import book
from reservations.keepers import keepers_of
from reservations.models import Booking, Building, BuildingGrant, Frequency, Series
from reservations.serial import TAKE, book_series
from teams.models import Membership, Team, User
from tests.cast import Cast
from tests.reservations.rooms import Rooms, ahead

pytestmark = pytest.mark.django_db


def asked(room: Any, by: User, **more: Any) -> Booking:
    details = {"title": "Quiz", "persons": 9, "organisation": by.organisation, **more}
    return book(Booking(room=room, starts=ahead(9), ends=ahead(9, "22:00"), **details), by=by)


class TestMail:
    def test_goes_to_the_keepers_alone(self, rooms: Rooms, cast: Cast) -> None:
        asked(rooms.hall, cast["gebiedswerker"])
        mails = Message.objects.all()
        assert {mail.to for mail in mails} == {user.email for user in keepers_of(rooms.hall.building)}
        assert cast["gebouwbeheerder"].email in {mail.to for mail in mails}
        assert all(mail.subject == "Een aanvraag voor OC Marke, Grote zaal" and "Quiz" in mail.body for mail in mails)

    def test_is_not_sent_where_nobody_has_to_say_yes(self, rooms: Rooms, cast: Cast) -> None:
        asked(rooms.bissegem, cast["gebiedswerker"])
        assert not Message.objects.exists()

    @pytest.mark.parametrize(("room", "told"), [("hall", True), ("bissegem", False)])
    def test_is_sent_of_a_hold_that_its_holder_may_not_confirm(
        self, rooms: Rooms, cast: Cast, room: str, told: bool
    ) -> None:
        els = cast["gebiedswerker"]
        hold = Booking(
            room=getattr(rooms, room), starts=ahead(9), ends=ahead(9, "22:00"), title="Quiz", persons=9,
            organisation=els.organisation,
        )  # fmt: skip
        assert book(hold, by=els, hold=True).state == "held"
        assert Message.objects.exists() is told

    def test_says_nothing_of_what_is_not_shared(self, rooms: Rooms, cast: Cast) -> None:
        joke = cast["verpleegkundige"]
        team = Team.objects.get(code="sociale-dienst")
        asked(rooms.hall, joke, title="kwibbeltitel", note="kwibbelnota", is_shared=False, team=team)
        mails = list(Message.objects.all())
        assert mails
        assert not any("kwibbel" in mail.body + mail.subject or team.name in mail.body for mail in mails)
        assert all("OCMW" in mail.body for mail in mails)

    def test_of_a_series_is_one_for_each_keeper(self, rooms: Rooms, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        day = ahead(9).date()
        series = Series(
            room=rooms.hall, frequency=Frequency.WEEKLY, weekdays=[day.weekday()], first_on=day, times=8,
            start_time=dt.time(19, 30), end_time=dt.time(22), skips_public_holidays=False, title="Les", persons=9,
            organisation=els.organisation,
        )  # fmt: skip
        book_series(series, {day + dt.timedelta(weeks=number): TAKE for number in range(8)}, by=els)
        assert Message.objects.count() == len(keepers_of(rooms.hall.building))
        assert "en nog 3 data" in Message.objects.all()[0].body

    def test_skips_who_left(self, rooms: Rooms, cast: Cast) -> None:
        Membership.objects.filter(user=cast["gebouwbeheerder"]).update(ends=ahead(-1).date(), starts=ahead(-9).date())
        assert cast["gebouwbeheerder"] not in keepers_of(rooms.hall.building)


class TestNewBuilding:
    def test_gets_the_keepers_that_the_administrator_chooses(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        team = Team.objects.get(code="gebouwen")
        client = sign_in(cast["beheerder"])
        page = reverse("admin:reservations_building_add")
        assert 'name="keepers"' in client.get(page).content.decode()
        sent = {"name": "OC Nieuw", "code": "oc-nieuw", "kind": "community_centre", "keepers": team.pk}
        client.post(page, sent)
        made = Building.objects.get(code="oc-nieuw")
        assert cast["gebouwbeheerder"] in keepers_of(made)
        books = BuildingGrant.objects.filter(content_object=made, permission__codename="book_building")
        assert books.filter(group=Team.objects.get(code="gebiedswerking").group_id).exists()

    def test_is_refused_without(self, rooms: Rooms, cast: Cast, sign_in: Any) -> None:
        sent = {"name": "OC Nieuw", "code": "oc-nieuw", "kind": "community_centre", "keepers": ""}
        assert sign_in(cast["beheerder"]).post(reverse("admin:reservations_building_add"), sent).status_code == 200
        assert not Building.objects.filter(code="oc-nieuw").exists()
