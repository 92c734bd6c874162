"""Reading what came in by itself opens nothing that somebody decided to keep secret, and nothing of somebody else."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.arrivals import admit, needs_admission
from signals.handing import hand_over, refer_person
from signals.intake import Contact, register
from signals.joining import join, separate, split
from signals.levels import Level
from signals.models import Category, EventKind, Signal, UnprovenAddress
from signals.proving import prove
from signals.workflow import SignalStatus
from teams.models import Organisation, Team, User
from tests.cast import Cast, area
from tests.signals.incoming.conftest import Receive, letter, made, receive  # noqa: F401

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

OPEN = "Sluikstort"


def subject(name: str) -> Category:
    return Category.objects.get(name=name)


@pytest.fixture
def mail(receive: Receive) -> Signal:  # noqa: F811
    found: Signal = made(receive(letter("De lamp is stuk."))).signal
    return found


@pytest.fixture
def another(receive: Receive) -> Signal:  # noqa: F811
    found: Signal = made(receive(letter("Nog een lamp.", Subject="Lamp"))).signal
    return found


def limited(report: Make, cast: Cast) -> Signal:
    """Somebody made it more secret; nobody is at work on it."""
    signal = report("Onveilige situatie", description="Geheim.")
    signal.tasks.get().withdraw(by=cast["coordinator"])
    signal.refresh_from_db()
    signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
    return signal


class TestSplitOff:
    def test_an_unread_mail_becomes_open_when_it_is_read_as_open(
        self, cast: Cast, mail: Signal, another: Signal
    ) -> None:
        join(another, into=mail, by=cast["coordinator"])
        apart = split(mail, reports=[mail.reports.get(description__contains="Nog een").pk], by=cast["coordinator"])
        assert (apart.level, needs_admission(apart)) == (Level.LIMITED, True)
        admit(signal=apart, by=cast["agent"], category=subject(OPEN))
        assert apart.level == Level.OPEN

    def test_what_somebody_limited_stays_limited(self, cast: Cast, mail: Signal, another: Signal, report: Make) -> None:
        join(limited(report, cast), into=mail, by=cast["coordinator"])
        join(another, into=mail, by=cast["coordinator"])
        apart = split(mail, reports=[mail.reports.get(description__contains="Nog een").pk], by=cast["coordinator"])
        admit(signal=apart, by=cast["agent"], category=subject(OPEN))
        assert apart.level == Level.LIMITED

    def test_what_was_read_needs_no_reading(self, cast: Cast, mail: Signal, another: Signal) -> None:
        join(another, into=mail, by=cast["coordinator"])
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        mail.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        apart = split(mail, reports=[mail.reports.get(description__contains="Nog een").pk], by=cast["coordinator"])
        assert (apart.level, needs_admission(apart)) == (Level.LIMITED, False)


class TestJoinedWithIt:
    def test_what_somebody_limited_keeps_it_limited(self, cast: Cast, mail: Signal, report: Make) -> None:
        kept = limited(report, cast)
        joining = join(kept, into=mail, by=cast["coordinator"])
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        kept.refresh_from_db()
        assert (mail.level, kept.level, kept.category.name) == (Level.LIMITED, Level.LIMITED, "Onveilige situatie")
        separate(joining, by=cast["coordinator"])
        assert kept.level == Level.LIMITED

    def test_a_limited_subject_keeps_it_limited(self, cast: Cast, mail: Signal, report: Make) -> None:
        join(report("Klacht over de dienstverlening"), into=mail, by=cast["coordinator"])
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        assert mail.level == Level.LIMITED

    def test_another_unread_mail_becomes_open_with_it(self, cast: Cast, mail: Signal, another: Signal) -> None:
        join(another, into=mail, by=cast["coordinator"])
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        another.refresh_from_db()
        assert (mail.level, another.level, another.category.name) == (Level.OPEN, Level.OPEN, OPEN)


class TestDecided:
    def test_sealed_matter_stays_with_its_owner(self, cast: Cast, mail: Signal) -> None:
        ocmw = Organisation.objects.get(code="ocmw")
        Signal.objects.filter(pk=mail.pk).update(owner=ocmw, team=Team.objects.get(code="sociale-dienst"))
        mail.refresh_from_db()
        mail.raise_level(by=cast["verpleegkundige"], level=Level.SEALED)
        with pytest.raises(Refused, match="Iemand verzegelde dit"):
            admit(signal=mail, by=cast["verpleegkundige"], category=subject(OPEN))

    def test_sentences_for_one_team_stay_as_secret_as_they_were(self, cast: Cast, mail: Signal) -> None:
        ward = Team.objects.get(code="wijkwerking-noord")
        hand_over(signal=mail, by=cast["coordinator"], team=ward, text="kwibbelzin", legal_ground="toestemming")
        mail.share(
            by=cast["coordinator"], team=ward, text="kwibbelzin", legal_ground="x", purpose="y",
            expires_at=timezone.now() + dt.timedelta(days=1),
        )  # fmt: skip
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        assert mail.level == Level.OPEN
        told = mail.events.filter(kind__in=[EventKind.ASKED, EventKind.SHARED])
        assert set(told.values_list("level", flat=True)) == {Level.LIMITED}

    def test_a_person_referred_stays_between_owner_and_team(self, cast: Cast, mail: Signal, sign_in: SignIn) -> None:
        """With the answer, and with why it was taken back; its owner goes on reading all of it."""
        bram, team = cast["coordinator"], Team.objects.get(code="buurtwerk")
        how: dict[str, Any] = {"signal": mail, "by": bram, "team": team, "legal_ground": "toestemming"}
        for text in ("kwibbelzin", "kwabbelzin"):
            asked = refer_person(**how, text=text)
            asked.confirm(by=cast["buurtwerker"], answer="kwibbelantwoord")
            if text == "kwibbelzin":
                asked.retract(by=cast["buurtwerker"], reason="kwibbelreden")
        Signal.objects.filter(pk=mail.pk).update(area=area("Overleie"))
        mail.refresh_from_db()
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        pages = [reverse(f"signals:{name}", args=[mail.reference]) for name in ("signal", "signal-history")]
        told = re.compile("kw[ia]bbel|Buurtwerk")
        police, city = sign_in(cast["wijkinspecteur"]), sign_in(bram)
        assert [bool(told.search(police.get(page).text)) for page in pages] == [False, False]
        assert [bool(told.search(city.get(page).text)) for page in pages] == [True, True]
        page = reverse("signals:handover", args=[asked.pk])
        assert (police.get(page).status_code, city.get(page).status_code) == (404, 200)

    def test_the_team_that_is_asked_answers_beside_the_signal(self, cast: Cast, mail: Signal, sign_in: SignIn) -> None:
        asked = refer_person(
            signal=mail, by=cast["coordinator"], team=Team.objects.get(code="wijkwerking-noord"), text="kwibbelzin",
            legal_ground="toestemming",
        )  # fmt: skip
        Signal.objects.filter(pk=mail.pk).update(area=area("Overleie"))
        mail.refresh_from_db()
        admit(signal=mail, by=cast["agent"], category=subject(OPEN))
        page = reverse("signals:signal", args=[mail.reference])
        shown = [sign_in(cast[who]).get(page).text for who in ("wijkinspecteur", "coordinator.politie")]
        answer = reverse("signals:handover-confirmation", args=[asked.pk])
        assert [("kwibbelzin" in text, answer in text) for text in shown] == [(True, True), (False, False)]


class TestProving:
    def test_sends_nothing_on_that_somebody_else_reported(self, cast: Cast) -> None:
        web: dict[str, Any] = {"category": subject(OPEN), "channel": "web", "unread": True}
        theirs = register(Contact(description="Van iemand anders.", **web)).signal
        mine = register(Contact(description="Ook gezien.", **web), join=theirs)
        prove(UnprovenAddress.objects.create(report=mine, email="an@voorbeeld.be"))
        theirs.refresh_from_db()
        assert (theirs.status, theirs.report_count, theirs.tasks.count()) == (SignalStatus.NEW, 2, 0)
        assert mine.reporter.email == "an@voorbeeld.be"

    def test_sends_on_what_they_reported_themselves(self, cast: Cast) -> None:
        web: dict[str, Any] = {"category": subject(OPEN), "channel": "web", "unread": True}
        mine = register(Contact(description="Gezien.", **web))
        register(Contact(description="Ook gezien.", **web), join=mine.signal)
        prove(UnprovenAddress.objects.create(report=mine, email="an@voorbeeld.be"))
        mine.signal.refresh_from_db()
        assert mine.signal.status == SignalStatus.IN_PROGRESS
