"""Who is asked to take over or to take up hears so: by mail if they wish, on Today, in the inbox and beside it."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from kortrijk_gebied.jobs.models import Message, State
from signals.handing import hand_over, refer_outside, refer_person
from signals.models import Handover, Signal
from signals.rows import rows_of
from teams.access import access_of
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

MARKER = "kwibbelwoord"
HEADING = "Over te nemen of op te nemen"


@pytest.fixture
def asked(cast: Cast, report: Make) -> Handover:
    """The city asks the ward team of the north to take open matter over."""
    return _ask(cast, report("Onveilige situatie", description=f"Er is {MARKER}.", place=f"{MARKER}straat"))


def _ask(cast: Cast, signal: Signal) -> Handover:
    return hand_over(
        signal=signal, by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), text=f"Van {MARKER}."
    )


class TestMail:
    def test_says_who_asks_and_until_when_and_nothing_of_the_matter(self, cast: Cast, asked: Handover) -> None:
        mail = Message.objects.get(to=cast["wijkinspecteur"].email)
        assert mail.subject == "Gevraagd aan Wijkwerking Noord"
        assert str(asked.pk) in mail.body
        assert f"gevraagd aan {asked.receiver}" in mail.body
        assert asked.giver in mail.body
        assert MARKER not in mail.subject + mail.body
        assert asked.signal.reference not in mail.body

    def test_holds_as_little_of_what_is_sealed(self, cast: Cast, report: Make) -> None:
        refer_person(
            signal=report("Bezorgd om iemand", description=f"Over {MARKER}."), by=cast["verpleegkundige"],
            team=Team.objects.get(code="wijkwerking-noord"), text=f"Van {MARKER}.", legal_ground="Wet",
        )  # fmt: skip
        mail = Message.objects.get(to=cast["wijkinspecteur"].email)
        assert MARKER not in mail.subject + mail.body

    def test_goes_to_nobody_who_wishes_none(self, cast: Cast, report: Make) -> None:
        User.objects.filter(pk=cast["wijkinspecteur"].pk).update(mail_offers=False)
        _ask(cast, report("Onveilige situatie"))
        assert not Message.objects.filter(subject__startswith="Gevraagd aan").exists()

    def test_is_for_nobody_who_left_but_for_the_others_of_their_side(self, cast: Cast, report: Make) -> None:
        signal, lies, bram = report("Onveilige situatie"), cast["wijkinspecteur"], cast["coordinator"]
        asked = refer_outside(signal=signal, by=bram, outside="Farys", text="Hun put.")
        User.objects.filter(pk__in=[bram.pk, lies.pk]).update(is_active=False)
        _ask(cast, report("Onveilige situatie"))
        Handover.objects.get(pk=asked.pk).decline(by=None, reason="Van de buren.")
        told = set(Message.objects.filter(key__startswith="handover:").values_list("to", flat=True))
        assert not {bram.email, lies.email} & told
        assert told == {cast["uitvoerder"].email}  # of the team whose signal it is

    def test_that_did_not_leave_is_taken_back_with_what_was_asked(self, cast: Cast, asked: Handover) -> None:
        asked.withdraw(by=cast["coordinator"])
        assert Message.objects.get(to=cast["wijkinspecteur"].email).state == State.WITHDRAWN

    def test_of_a_referral_outside_goes_to_no_colleague(self, cast: Cast, report: Make) -> None:
        refer_outside(signal=report("Onveilige situatie"), by=cast["coordinator"], outside="Farys", text="Hun put.")
        assert not Message.objects.exists()


class TestToday:
    def test_shows_it_to_the_receiver_until_the_answer(self, cast: Cast, sign_in: SignIn, asked: Handover) -> None:
        lies = sign_in(cast["wijkinspecteur"])
        page = lies.get("/vandaag/").text
        assert HEADING in page
        assert f"Overdracht van {asked.giver}, gevraagd aan {asked.receiver}" in page
        assert "antwoord tegen" in page
        asked.decline(by=cast["wijkinspecteur"], reason="Niet voor ons.")
        assert HEADING not in lies.get("/vandaag/").text

    @pytest.mark.parametrize("who", ["wijkinspecteur.zuid", "coordinator", "buurtwerker"])
    def test_shows_it_to_nobody_else(self, cast: Cast, sign_in: SignIn, asked: Handover, who: str) -> None:
        assert HEADING not in sign_in(cast[who]).get("/vandaag/").text


class TestInbox:
    def row(self, asked: Handover, person: User) -> str:
        access = access_of(person)
        (row,) = rows_of(Signal.objects.listed(access).filter(pk=asked.signal_id), access)
        return render_to_string("signals/row.html", {"row": row})

    def test_marks_the_row_of_what_the_receiver_can_read(self, cast: Cast, asked: Handover) -> None:
        assert "<b>Overdracht</b>" in self.row(asked, cast["wijkinspecteur"])

    def test_does_not_for_who_asked_or_after_the_answer(self, cast: Cast, asked: Handover) -> None:
        assert "Overdracht" not in self.row(asked, cast["coordinator"])
        asked.acknowledge(by=cast["wijkinspecteur"])
        assert "Overdracht" not in self.row(asked, cast["wijkinspecteur"])

    def test_heads_it_as_asked_of_you(self, cast: Cast, sign_in: SignIn, asked: Handover) -> None:
        address = f"/signalen/{asked.signal.reference}/"
        mine, theirs = (sign_in(cast[who]).get(address).text for who in ("wijkinspecteur", "coordinator"))
        assert "Gevraagd aan je team" in mine
        assert "Gevraagd aan anderen" not in mine
        assert "Gevraagd aan anderen" in theirs
        assert "Gevraagd aan je team" not in theirs
