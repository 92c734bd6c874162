"""An ended point is set right in sight: what stood there stays, and a mail goes to whom it touches."""

import datetime as dt
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from teams import lifting
from teams.meetings import closing, correcting, deciding
from teams.meetings.agenda import Personal
from teams.meetings.deciding import Agreement
from teams.models import Action, AgendaPoint, ExternalMember, Membership
from teams.models.meetings import PointState
from tests.cast import Cast
from tests.teams.meetings import held_today, raised, team_of

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + dt.timedelta(days=14)


def decided(cast: Cast, words: str = "De bank komt in maart.", **agreed: Agreement) -> AgendaPoint:
    point = raised(cast["buurtwerker"], "Bankje", meeting=held_today(cast["gebiedswerker"]))
    return deciding.decide(point, by=cast["coordinator"], decision=words, agreements=list(agreed.values()))


def corrected(cast: Cast, point: AgendaPoint, words: str = "De bank komt in mei.", **more) -> AgendaPoint:  # type: ignore[no-untyped-def]
    said = {"by": cast["gebiedswerker"], "reason": "Verkeerde maand.", "words": words, **more}
    return correcting.correct(point, said.pop("state", PointState.DECIDED), **said)


def mails() -> list[Message]:
    return list(Message.objects.filter(key__startswith="meeting-corrected"))


class TestCorrecting:
    def test_keeps_what_stood_there_and_who_changed_it(self, cast: Cast) -> None:
        point = decided(cast)
        for _time in range(2):  # sent twice
            corrected(cast, point)
        point.refresh_from_db()
        assert (point.decision, point.decided_by) == ("De bank komt in mei.", cast["coordinator"])
        (kept,) = point.corrections.all()
        assert (kept.was_decision, kept.reason, kept.by) == (
            "De bank komt in maart.", "Verkeerde maand.", cast["gebiedswerker"],
        )  # fmt: skip
        assert not mails()  # the minutes have not left: they will say it right

    def test_mails_one_line_to_whom_it_touches_once_the_minutes_left(self, cast: Cast) -> None:
        outside = ExternalMember.objects.create(team=team_of(), name="Wim Coussée", email="wim@example.be")
        point = decided(cast, line=Agreement("Bellen", cast["wijkinspecteur"], SOON))
        other = raised(cast["buurtwerker"], "Iets heel anders", meeting=point.meeting)
        deciding.note(other, by=cast["gebiedswerker"])
        assert point.meeting
        closing.send_minutes(point.meeting, by=cast["gebiedswerker"])
        for _time in range(2):
            corrected(cast, point)
        # raised it, wrote it down, promised something, sits there from outside; the other members see it here
        touched = ["buurtwerker", "coordinator", "wijkinspecteur"]
        assert Counter(mail.to for mail in mails()) == Counter([outside.email, *(cast[who].email for who in touched)])
        body = mails()[0].body
        assert "Nu staat er:\n\nBankje: beslist\nDe bank komt in mei." in body
        assert "Eerst stond er:\n\nbeslist: De bank komt in maart." in body
        assert "Iets heel anders" not in body

    def test_adds_what_was_promised_and_forgotten_once(self, cast: Cast) -> None:
        point = decided(cast)
        for _time in range(2):
            corrected(cast, point, agreements=[Agreement("Bellen", cast["buurtwerker"], SOON)])
        assert Action.objects.get(point=point).owner == cast["buurtwerker"]

    def test_makes_a_note_a_decision_and_tells_who_lifted_it(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[object] = []
        monkeypatch.setattr(lifting, "decided", told.append)
        point = deciding.note(raised(cast["buurtwerker"], meeting=held_today(cast["gebiedswerker"])),
                              by=cast["gebiedswerker"])  # fmt: skip
        corrected(cast, point, "Toch beslist.")
        assert told == [point, point]

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (PointState.OPEN, "Toch niet"), (PointState.DECIDED, " "), (PointState.DROPPED, ""),
            (PointState.NOTED, "Met een besluit"),
        ],
    )  # fmt: skip
    def test_refuses_what_no_point_can_be(self, cast: Cast, state: PointState, words: str) -> None:
        point = decided(cast)
        with pytest.raises(Refused):
            corrected(cast, point, words, state=state)
        assert not point.corrections.exists()

    def test_refuses_a_case_a_lost_reason_and_an_open_point(self, cast: Cast) -> None:
        point = decided(cast)
        with pytest.raises(Personal):
            corrected(cast, point, "Mevrouw De Smet is dement.")
        with pytest.raises(Refused):
            corrected(cast, point, reason=" ")
        with pytest.raises(Refused):
            corrected(cast, raised(cast["buurtwerker"], meeting=point.meeting))

    def test_leaves_decided_what_somebody_promised_under(self, cast: Cast) -> None:
        point = decided(cast, line=Agreement("Bellen", cast["buurtwerker"], SOON))
        with pytest.raises(Refused):
            corrected(cast, point, "", state=PointState.NOTED)

    def test_leaves_dropped_what_no_meeting_spoke_about(self, cast: Cast) -> None:
        point = deciding.drop(raised(cast["buurtwerker"]), by=cast["buurtwerker"], reason="Al opgelost.")
        with pytest.raises(Refused):
            corrected(cast, point)
        assert corrected(cast, point, "Dubbel.", state=PointState.DROPPED).decision == "Dubbel."


class TestMandate:
    """Where a decision falls, somebody speaks for a house: who writes it, who promises, who drops what others want."""

    @pytest.fixture
    def expired(self, cast: Cast) -> None:
        own = Membership.objects.filter(user=cast["wijkinspecteur"], team=team_of())
        own.update(mandate="PZ Vlas", mandate_until=timezone.localdate() - dt.timedelta(days=1))

    @pytest.mark.usefixtures("expired")
    def test_that_expired_promises_corrects_and_drops_nothing(self, cast: Cast) -> None:
        promise, luc = Agreement("Bellen", cast["wijkinspecteur"], SOON), cast["wijkinspecteur"]
        point = decided(cast)
        other = raised(cast["buurtwerker"], "Iets anders", meeting=point.meeting)
        with pytest.raises(Refused, match="PZ Vlas"):
            deciding.decide(other, by=cast["gebiedswerker"], decision="Ja", agreements=[promise])
        with pytest.raises(Refused, match="PZ Vlas"):
            deciding.drop(other, by=luc, reason="Niet nodig.")
        with pytest.raises(Refused, match="PZ Vlas"):
            corrected(cast, point, by=luc)
        with pytest.raises(Refused, match="PZ Vlas"):
            corrected(cast, point, agreements=[promise])
        other.refresh_from_db()
        assert other.is_open
        assert not Action.objects.filter(owner=luc).exists()
        Membership.objects.filter(user=luc, team=team_of()).update(mandate_until=None)
        assert deciding.decide(other, by=cast["gebiedswerker"], decision="Ja", agreements=[promise]).state == "decided"

    @pytest.mark.usefixtures("expired")
    def test_that_expired_takes_back_what_one_raised_oneself(self, cast: Cast) -> None:
        luc = cast["wijkinspecteur"]
        assert deciding.drop(raised(luc), by=luc, reason="Al opgelost.").state == "dropped"


class TestPage:
    def test_shows_what_stood_there_with_the_point_and_in_the_minutes(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point, client = decided(cast), sign_in(cast["gebiedswerker"])
        assert point.meeting
        closing.send_minutes(point.meeting, by=cast["gebiedswerker"])
        assert (
            reverse("meetings:point-correction", args=[point.pk])
            in client.get(reverse("meetings:point", args=[point.pk])).text
        )
        sent = {"how": "decided", "decision": "De bank komt in mei.", "reason": "Verkeerde maand."}
        assert client.post(reverse("meetings:point-correction", args=[point.pk]), sent).status_code == 302
        for name, pk in (("point", point.pk), ("meeting", point.meeting_id), ("minutes", point.meeting_id)):
            page = client.get(reverse(f"meetings:{name}", args=[pk])).text
            assert "De bank komt in mei." in page
            assert "De bank komt in maart." in page
            assert "door Els" in page
        assert "De bank komt in mei." in client.get(f"{reverse('meetings:decisions')}?{urlencode({'q': 'mei'})}").text

    def test_keeps_what_was_typed_when_it_refuses(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:point-correction", args=[decided(cast).pk])
        response = sign_in(cast["gebiedswerker"]).post(url, {"how": "noted", "decision": "Mei", "reason": "Fout"})
        assert response.status_code == 422
        assert "laat het besluit leeg" in response.text
        assert "Mei</textarea>" in response.text

    @pytest.mark.parametrize(
        ("who", "code"), [("coordinator", 200), ("buurtwerker", 403), ("agent", 403), ("fluvius", 404)]
    )
    def test_is_for_who_ended_it_and_who_leads(self, cast: Cast, sign_in, who: str, code: int) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:point-correction", args=[decided(cast).pk])
        assert sign_in(cast[who]).get(url).status_code == code
        if code != 200:
            assert sign_in(cast[who]).post(url, {}).status_code == code

    def test_opens_for_a_member_who_ended_it(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point = raised(cast["gebiedswerker"], meeting=held_today(cast["gebiedswerker"]))
        deciding.note(point, by=cast["buurtwerker"])
        url = reverse("meetings:point-correction", args=[point.pk])
        assert sign_in(cast["buurtwerker"]).get(url).status_code == 200

    def test_of_an_open_point_leads_back_to_it(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point = raised(cast["buurtwerker"])
        response = sign_in(cast["gebiedswerker"]).get(reverse("meetings:point-correction", args=[point.pk]))
        assert response["Location"] == reverse("meetings:point", args=[point.pk])
