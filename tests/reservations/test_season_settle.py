"""A season that is settled: what was proposed stands, all or none, and everybody who asked hears it once."""

import datetime as dt

import pytest
from django.apps import apps
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations.models import AllocatedRange, Allocation, Season
from reservations.seasons.deciding import keep
from reservations.seasons.erasing import erase_requests
from reservations.seasons.requests import decide
from reservations.seasons.settling import settle
from tests.cast import Cast
from tests.reservations.allocated import given
from tests.reservations.rooms import Rooms
from tests.reservations.seasons import FIRST, asked, season

pytestmark = pytest.mark.django_db


@pytest.fixture
def spring(rooms: Rooms) -> Season:
    """Of the one hall of Bissegem: it seats nobody but one at a time."""
    return season(rooms.bissegem.building)


class TestSettling:
    def test_makes_them_stand_and_tells_each_once(self, spring: Season, cast: Cast) -> None:
        els = cast["gebiedswerker"]
        asked(spring, by=els, holder="Judo")
        asked(spring, by=els, holder="Scouts", for_youth=True)
        keep(spring, by=cast["gebouwbeheerder"])
        assert not AllocatedRange.objects.exists()
        assert settle(spring, by=cast["gebouwbeheerder"]) == 1
        assert settle(spring, by=cast["gebouwbeheerder"]) == 0
        assert AllocatedRange.objects.count() == 13
        (mail,) = Message.objects.filter(to=els.email)
        assert "Gekregen in ronde 1" in mail.body
        assert "Niet gekregen" in mail.body

    def test_is_refused_while_something_has_no_answer(self, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        with pytest.raises(Refused, match="1 aanvraag heeft nog geen antwoord"):
            settle(spring, by=cast["gebouwbeheerder"])

    def test_is_all_or_nothing(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        nele = cast["gebouwbeheerder"]
        asked(spring, by=nele, holder="Judo", weekdays=[0])
        asked(spring, by=nele, holder="Yoga", weekdays=[1])
        keep(spring, by=nele)
        given(rooms.bissegem, by=nele, weekdays=[1], last_on=spring.ends)
        standing = AllocatedRange.objects.count()
        with pytest.raises(Refused, match="verdeel opnieuw"):
            settle(spring, by=nele)
        spring.refresh_from_db()
        assert (spring.is_settled, AllocatedRange.objects.count()) == (False, standing)

    def test_is_of_the_season_as_it_is_now(self, spring: Season, cast: Cast) -> None:
        """Its days were changed after it was divided."""
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        keep(spring, by=cast["gebouwbeheerder"])
        Season.objects.update(ends=FIRST + dt.timedelta(days=27), release_days=3, skips_school_holidays=True)
        settle(spring, by=cast["gebouwbeheerder"])
        hours = Allocation.objects.get()
        assert (hours.last_on - FIRST, hours.release_days) == (dt.timedelta(days=27), 3)
        assert hours.skips_school_holidays
        assert AllocatedRange.objects.count() <= 4

    def test_is_refused_when_a_house_was_taken_out_of_it(self, rooms: Rooms, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["gebiedswerker"], holder="Judo")
        keep(spring, by=cast["gebouwbeheerder"])
        by_hand = asked(spring, by=cast["gebiedswerker"], holder="Yoga")
        decide(by_hand, rooms.bissegem, 2, dt.time(19), dt.time(20), by=cast["gebouwbeheerder"])
        spring.buildings.set([rooms.hall.building])
        with pytest.raises(Refused, match="Zaal hoort niet meer bij dit seizoen"):
            settle(spring, by=cast["gebouwbeheerder"])
        keep(spring, by=cast["gebouwbeheerder"])
        by_hand.refresh_from_db()
        assert not by_hand.is_fixed
        assert settle(spring, by=cast["gebouwbeheerder"]) == 2

    def test_mails_nothing_to_who_did_it(self, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["gebouwbeheerder"], holder="Judo")
        keep(spring, by=cast["gebouwbeheerder"])
        settle(spring, by=cast["gebouwbeheerder"])
        assert not Message.objects.exists()

    def test_is_the_end_of_dividing(self, spring: Season, cast: Cast) -> None:
        settle(spring, by=cast["gebouwbeheerder"])
        with pytest.raises(Refused, match="vastgesteld"):
            keep(spring, by=cast["gebouwbeheerder"])

    def test_tells_nobody_what_for_when_it_is_not_shared(self, spring: Season, cast: Cast) -> None:
        asked(spring, by=cast["verpleegkundige"], title="Groepsgesprek rouw", is_shared=False)
        keep(spring, by=cast["gebouwbeheerder"])
        settle(spring, by=cast["gebouwbeheerder"])
        assert "rouw" not in "".join(Message.objects.values_list("body", flat=True))


def test_once_long_over_the_words_go_and_whose_hours_they_were_stays(spring: Season, cast: Cast) -> None:
    els = cast["gebiedswerker"]
    asked(spring, by=els, holder="Judo", note="Met een rolstoel")
    keep(spring, by=cast["gebouwbeheerder"])
    settle(spring, by=cast["gebouwbeheerder"])
    after = timezone.now() + dt.timedelta(days=200)
    assert erase_requests(timezone.now(), "Gewist") == 0
    assert erase_requests(after, "Gewist") == 1
    request = spring.requests.get()
    assert (request.title, request.note, request.because, request.created_by) == ("Gewist", "", "Gewist", None)
    assert request.holder.name == "Judo"
    assert not Message.objects.filter(to=els.email).exists()
    assert not apps.get_model("reservations", "SeasonRequestChange").objects.filter(pgh_obj_id=request.pk).exists()
