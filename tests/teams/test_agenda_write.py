"""Any member puts something on the agenda; nobody's case stands there."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.meetings import agenda, deciding
from teams.models import Action, AgendaPoint, User
from tests.cast import Cast
from tests.teams.meetings import OVERLEIE_TEAM, at, planned, raised, team_of, unplanned

pytestmark = pytest.mark.django_db

PERSONAL = "Mevrouw De Smet is dement en verwaarloost zich."
IN_DEBT = "Mevrouw Janssens, Overleiestraat 12, heeft schulden en drinkt."


class TestPutting:
    def test_lets_any_member_do_so(self, cast: Cast) -> None:
        for who in ("wijkinspecteur", "buurtwerker", "gebiedswerker"):
            assert raised(cast[who]).meeting is None
        assert AgendaPoint.objects.waiting().filter(team=team_of()).count() == 3

    def test_refuses_who_is_no_member(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            raised(cast["agent"])

    def test_makes_one_point_of_a_form_that_is_sent_twice(self, cast: Cast) -> None:
        key = uuid7()
        assert raised(cast["buurtwerker"], key=key) == raised(cast["buurtwerker"], key=key)

    def test_lifts_an_action_once_while_it_is_open(self, cast: Cast) -> None:
        action = Action.objects.create(title="Bankje", team=team_of())
        assert raised(cast["buurtwerker"], action=action) == raised(cast["gebiedswerker"], action=action)

    def test_keeps_off_what_is_for_the_members_alone(self, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        own = Action.objects.create(title="Onder ons", team=team_of(), audience="internal")
        with pytest.raises(Refused):
            raised(cast["buurtwerker"], action=own)
        meeting = planned(cast["gebiedswerker"])
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:meeting", args=[meeting.pk]))
        assert "Onder ons" not in page.content.decode()
        Action.objects.filter(pk=own.pk).update(audience="partners")
        page = sign_in(cast["gebiedswerker"]).get(reverse("meetings:meeting", args=[meeting.pk]))
        assert "Onder ons" in page.content.decode()

    def test_puts_a_point_last(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        titles = ["een", "twee", "drie"]
        for title in titles:
            raised(cast["buurtwerker"], title, meeting=meeting)
        assert [point.title for point in meeting.points.all()] == titles

    @pytest.mark.parametrize("words", [PERSONAL, "Dossier van 85.07.30-033.28", IN_DEBT])
    def test_refuses_somebodys_case(self, cast: Cast, words: str) -> None:
        with pytest.raises(agenda.Personal):
            raised(cast["buurtwerker"], "Zorgen", text=words)
        assert not AgendaPoint.objects.exists()

    def test_refuses_the_key_of_a_point_of_another_team(self, cast: Cast) -> None:
        theirs = raised(cast["deelgemeente"], team=team_of("gebiedsteam-bellegem"))
        with pytest.raises(Refused):
            raised(cast["buurtwerker"], key=theirs.pk)
        assert AgendaPoint.objects.get() == theirs

    def test_refuses_a_meeting_of_another_team(self, cast: Cast) -> None:
        other = planned(cast["deelgemeente"], team="gebiedsteam-bellegem")
        with pytest.raises(Refused):
            raised(cast["buurtwerker"], meeting=other)


class TestOrder:
    def test_goes_to_the_place_that_was_said_however_often(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        _one, _two, three = (raised(cast["buurtwerker"], title, meeting=meeting) for title in ("1", "2", "3"))
        for _time in range(2):
            agenda.put_in_place(three, 1)
            assert [point.title for point in meeting.points.all()] == ["3", "1", "2"]

    def test_of_what_has_ended_stays_where_it_ended(self, cast: Cast) -> None:
        point = raised(cast["buurtwerker"])
        deciding.drop(point, by=cast["buurtwerker"], reason="Al opgelost.")
        with pytest.raises(Refused):
            agenda.give_to_meeting(point, planned(cast["gebiedswerker"]))
        assert AgendaPoint.objects.get(pk=point.pk).meeting is None

    def test_of_what_was_just_taken_off_stays_as_it_is(self, cast: Cast) -> None:
        meeting = planned(cast["gebiedswerker"])
        one, two = (raised(cast["buurtwerker"], title, meeting=meeting) for title in ("1", "2"))
        agenda.give_to_meeting(AgendaPoint.objects.get(pk=two.pk), None)
        agenda.put_in_place(two, 1)  # as somebody saw it before
        assert list(meeting.points.all()) == [one]

    def test_goes_from_the_open_agenda_to_a_meeting_and_back(self, cast: Cast) -> None:
        meeting, point = planned(cast["gebiedswerker"]), raised(cast["buurtwerker"])
        for wanted in (meeting, meeting, None):
            agenda.give_to_meeting(point, wanted)
            point.refresh_from_db()
            assert point.meeting == wanted


class TestPage:
    def test_puts_a_request_on_the_agenda_of_a_meeting(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting = planned(cast["gebiedswerker"])
        url = reverse("meetings:meeting-points", args=[meeting.pk])
        assert sign_in(cast["wijkinspecteur"]).post(url, {"title": "Verlichting brug"}).status_code == 302
        assert meeting.points.get().raised_by == cast["wijkinspecteur"]

    def test_takes_the_title_of_what_is_lifted(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        action = Action.objects.create(title="Bankje aan de Leie", team=team_of())
        url = reverse("meetings:agenda", args=[OVERLEIE_TEAM])
        assert sign_in(cast["buurtwerker"]).post(url, {"action": str(action.pk)}).status_code == 302
        assert "Bankje aan de Leie" in AgendaPoint.objects.get(action=action).title

    def test_keeps_what_was_typed_when_it_is_somebodys_case(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:agenda", args=[OVERLEIE_TEAM])
        response = sign_in(cast["buurtwerker"]).post(url, {"title": "Zorgen om iemand", "text": PERSONAL})
        assert response.status_code == 422
        assert "Dossiers van personen horen niet op een agenda" in response.text
        assert reverse("consultations:consultations") in response.text
        assert "Zorgen om iemand" in response.text
        assert "druk nog eens op de knop" not in response.text, "a second press would not be served"

    def test_asks_once_about_a_house_number_beside_a_word_of_trouble(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        """It may be about the house. With a name it would be about somebody, and be refused."""
        url, client = reverse("meetings:agenda", args=[OVERLEIE_TEAM]), sign_in(cast["buurtwerker"])
        sent = {"title": "Bij Overleiestraat 12 wordt er gedronken", "text": "Wie daar woont, is vaak dronken."}
        assert client.post(url, sent | {"title": "Doorniksestraat 12 staat leeg"}).status_code == 302
        about = sent | {"text": "Wie in Overleiestraat 12 woont, is vaak dronken."}
        asked = client.post(url, about)
        assert asked.status_code == 422
        assert "een adres bij een woord over iemands moeilijkheden" in asked.text
        assert f'href="#{asked.context["form"]["title"].id_for_label}">Naar wat je schreef' in asked.text
        assert client.post(url, about | {"weighed": asked.context["form"]["weighed"].value()}).status_code == 302

    @pytest.mark.parametrize(("who", "code"), [("agent", 403), ("fluvius", 404), ("buurtwerker", 302)])
    def test_is_for_members(self, cast: Cast, sign_in, who: str, code: int) -> None:  # type: ignore[no-untyped-def]
        """The agent views the area and reads along; the grid operator does not."""
        meeting = planned(cast["gebiedswerker"])
        url = reverse("meetings:meeting-points", args=[meeting.pk])
        client: Client = sign_in(cast[who])
        assert client.post(url, {"title": "Iets"}).status_code == code
        assert client.get(url).status_code == 405

    def test_gives_points_a_place_and_a_meeting(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        meeting, client = planned(cast["gebiedswerker"]), sign_in(cast["buurtwerker"])
        one, two = raised(cast["buurtwerker"], "1", meeting=meeting), raised(cast["buurtwerker"], "2")
        client.post(reverse("meetings:point-meeting", args=[two.pk]), {"meeting": str(meeting.pk)})
        client.post(reverse("meetings:point-place", args=[two.pk]), {"place": "1"})
        assert list(meeting.points.all()) == [two, one]
        moved = client.post(reverse("meetings:point-place", args=[two.pk]), {"place": "2"})
        assert moved["Location"].endswith(f"#punt-{two.pk}"), "who works with the keyboard goes on from there"
        assert f'id="punt-{two.pk}"' in client.get(moved["Location"]).text
        client.post(reverse("meetings:point-meeting", args=[two.pk]))
        assert list(meeting.points.all()) == [one]
        assert sign_in(cast["agent"]).post(reverse("meetings:point-place", args=[one.pk])).status_code == 403


def test_of_a_planned_meeting_there_is_one_for_a_moment(cast: Cast) -> None:
    assert planned(cast["gebiedswerker"]) == planned(cast["gebiedswerker"])
    assert unplanned(cast["gebiedswerker"]).starts == at(3)
