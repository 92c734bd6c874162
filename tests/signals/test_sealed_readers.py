"""Sealed matter always has a reader: the last one is not taken away, and where time does it, others take over."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.keeping import find_readers_again
from signals.levels import Level
from signals.models import Category, Dossier, EventKind, Note, Signal
from signals.soundness import Soundness
from teams.access import access_of, grant
from teams.models import Function, Membership, Organisation, Team, User
from tests.cast import Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

CATEGORIES = "/beheer/signals/category/"
LAST = "Dan kan niemand van OCMW"
NOBODY = "mag lezen wat verzegeld is: wat hierover binnenkomt, zou verloren zijn"
DAY = dt.timedelta(days=1)


def day(offset: int = 0) -> dt.date:
    return timezone.localdate() + offset * DAY


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def reads(person: User, signal: Signal) -> bool:
    fresh = User.objects.get(pk=person.pk)
    return Signal.objects.readable(access_of(fresh)).filter(pk=signal.pk).exists()


@pytest.fixture
def joke(cast: Cast) -> User:
    """From now on the only one of the OCMW who reads what is sealed."""
    keeping = Soundness().keepers[Organisation.objects.get(code="ocmw").pk]
    others = Membership.objects.filter(team__in=keeping).exclude(user=cast["verpleegkundige"])
    others.update(ends=day(-1))
    return cast["verpleegkundige"]


@pytest.fixture
def membership(joke: User) -> Membership:
    return Membership.objects.get(user=joke, team__code="sociale-dienst")


@pytest.fixture
def rika(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder.ocmw"])


def second_reader() -> User:
    ocmw = Organisation.objects.get(code="ocmw")
    person = User.objects.create_user("tweede@kortrijk.example", name="Tweede Lezer", organisation=ocmw)
    Membership.objects.create(user=person, team=team("buurtwerk"), function=Function.NEIGHBOURHOOD_WORKER)
    return person


class TestASubject:
    typed = {
        "name": "Radicalisering", "code": "radicalisering", "term_days": "5", "level": str(Level.SEALED.value),
        "order": "5", "active": "on", "task_title": "Bespreken",
    }  # fmt: skip

    def test_is_not_sealed_where_nobody_may_read_it(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["beheerder"]).post(f"{CATEGORIES}add/", self.typed)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert NOBODY in html
        assert 'value="Radicalisering"' in html
        assert 'value="Bespreken"' in html
        assert not Category.objects.filter(code="radicalisering").exists()

    def test_is_sealed_where_somebody_may(self, cast: Cast, rika: Client) -> None:
        assert rika.post(f"{CATEGORIES}add/", self.typed).status_code == 302
        assert Category.objects.get(code="radicalisering").owner.code == "ocmw"

    def test_is_not_taken_up_again_either(self, cast: Cast) -> None:
        kept = Category.objects.create(
            name="Oud", code="oud", owner=Organisation.objects.get(code="stad"), level=Level.SEALED, active=False
        )
        kept.clean()
        kept.active = True
        with pytest.raises(ValidationError, match=NOBODY):
            kept.clean()

    def test_can_still_be_changed_after_its_reader_left(self, membership: Membership) -> None:
        Membership.objects.filter(pk=membership.pk).update(ends=day(-1))
        subject = Category.objects.get(name="Bezorgd om iemand")
        subject.term_days = 4
        subject.clean()


class TestTheLastReader:
    def stop(self, client: Client, person: User) -> Any:
        return client.post(reverse("teams:person-deactivation", args=[person.pk]), follow=True)

    def test_is_not_stopped(self, rika: Client, joke: User) -> None:
        assert LAST in self.stop(rika, joke).content.decode()
        joke.refresh_from_db()
        assert joke.is_active

    def test_is_stopped_once_there_is_another(self, rika: Client, joke: User) -> None:
        second_reader()
        assert LAST not in self.stop(rika, joke).content.decode()
        joke.refresh_from_db()
        assert not joke.is_active

    def test_is_stopped_where_nothing_is_sealed(self, cast: Cast, sign_in: SignIn) -> None:
        """The police own no sealed subject, and nothing sealed runs there."""
        Membership.objects.filter(user=cast["wijkinspecteur.zuid"]).update(ends=day(-1))
        self.stop(sign_in(cast["beheerder.politie"]), cast["wijkinspecteur"])
        assert not User.objects.get(pk=cast["wijkinspecteur"].pk).is_active

    def test_stays_as_long_as_something_sealed_runs(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        others = Membership.objects.filter(team__code__startswith="wijkwerking-").exclude(user=cast["wijkinspecteur"])
        others.update(ends=day(-1))
        worry = report("Burenruzie", by=cast["wijkinspecteur"])
        Signal.objects.filter(pk=worry.pk).update(level=Level.SEALED, team=team("wijkwerking-noord"))
        self.stop(sign_in(cast["beheerder.politie"]), cast["wijkinspecteur"])
        assert User.objects.get(pk=cast["wijkinspecteur"].pk).is_active


class TestTheLastMembership:
    def end(self, client: Client, membership: Membership, ends: dt.date) -> Any:
        typed = {"starts": membership.starts.isoformat(), "ends": ends.isoformat(), "mandate": "Namens de dienst"}
        return client.post(reverse("teams:membership", args=[membership.pk]), typed)

    @pytest.mark.parametrize("offset", [-1, 0, 30])
    def test_does_not_end_whenever_that_is(self, rika: Client, membership: Membership, offset: int) -> None:
        answer = self.end(rika, membership, day(offset))
        assert answer.status_code == 422
        html = answer.content.decode()
        assert LAST in html
        assert "Namens de dienst" in html
        assert day(offset).isoformat() in html
        membership.refresh_from_db()
        assert membership.ends is None

    def test_ends_once_there_is_another(self, rika: Client, membership: Membership) -> None:
        second_reader()
        assert self.end(rika, membership, day()).status_code == 302

    def test_does_not_begin_later_either(self, membership: Membership) -> None:
        membership.starts = day(3)
        with pytest.raises(ValidationError, match=LAST):
            membership.clean()

    def test_that_ends_anyway_can_be_worded_anew(self, rika: Client, membership: Membership) -> None:
        Membership.objects.filter(pk=membership.pk).update(ends=day(5))
        assert self.end(rika, membership, day(5)).status_code == 302


class TestTheLastTeam:
    def test_does_not_end(self, membership: Membership) -> None:
        keeping = team("sociale-dienst")
        keeping.ends = day(10)
        with pytest.raises(ValidationError, match=LAST):
            keeping.full_clean()

    def test_ends_once_another_keeps(self, membership: Membership) -> None:
        second_reader()
        keeping = team("sociale-dienst")
        keeping.ends = day(10)
        keeping.full_clean()

    def test_may_change_its_name(self, membership: Membership) -> None:
        keeping = team("sociale-dienst")
        keeping.name = "Dienst Zorg"
        keeping.full_clean()


@pytest.fixture
def worry(membership: Membership, report: Make) -> Signal:
    return report("Bezorgd om iemand", description="Mevrouw opent niet meer.")


class TestWhatTimeTookTheReaderOf:
    @pytest.fixture
    def lost(self, worry: Signal, membership: Membership) -> Signal:
        Membership.objects.filter(pk=membership.pk).update(ends=day(-1))
        assert worry.team == team("sociale-dienst")
        return worry

    def test_goes_to_a_team_of_the_same_organisation_that_keeps(self, lost: Signal) -> None:
        reader = second_reader()
        assert not reads(reader, lost)
        assert find_readers_again() == 1
        lost.refresh_from_db()
        assert lost.team == team("buurtwerk")
        assert reads(reader, lost)
        event = lost.events.get(kind=EventKind.KEPT)
        assert event.sentence == "Niemand in Sociale dienst kan het nog lezen: nu bewaart Buurtwerk het."
        assert event.level == Level.SEALED

    def test_moves_once(self, lost: Signal) -> None:
        second_reader()
        assert [find_readers_again(), find_readers_again()] == [1, 0]
        assert lost.events.filter(kind=EventKind.KEPT).count() == 1

    def test_takes_its_sealed_notes_along(self, lost: Signal, joke: User) -> None:
        reader = second_reader()
        note = lost.add_note(by=joke, text="Sleutel bij de buur", level=Level.SEALED, team=team("sociale-dienst"))
        find_readers_again()
        assert Note.objects.readable(access_of(reader)).filter(pk=note.pk).exists()

    def test_goes_with_what_is_sealed_in_a_dossier(self, lost: Signal, joke: User) -> None:
        reader = second_reader()
        dossier = Dossier.objects.create(
            reference="D-0001", opened_by=joke, title="Zorg in de straat", owner=lost.owner, level=Level.SEALED,
            team=team("sociale-dienst"), area=area("Overleie"),
        )  # fmt: skip
        find_readers_again()
        assert Dossier.objects.readable(access_of(reader)).filter(pk=dossier.pk).exists()

    def test_never_goes_to_another_organisation(self, lost: Signal) -> None:
        assert Soundness().keepers[Organisation.objects.get(code="politie").pk]
        assert find_readers_again() == 0
        lost.refresh_from_db()
        assert lost.team == team("sociale-dienst")

    def test_stays_where_somebody_reads_it(self, worry: Signal, joke: User) -> None:
        second_reader()
        assert find_readers_again() == 0
        assert reads(joke, worry)

    def test_of_a_team_that_ended_moves_too(self, worry: Signal, joke: User) -> None:
        reader = second_reader()
        Team.objects.filter(code="sociale-dienst").update(ends=day(-1))
        assert not reads(joke, worry)
        assert find_readers_again() == 1
        assert reads(reader, worry)

    def test_is_not_sent_there_any_more(self, lost: Signal, report: Make) -> None:
        reader = second_reader()
        assert reads(reader, report("Bezorgd om iemand"))


class TestTheNumberOnToday:
    @pytest.fixture
    def lost(self, worry: Signal, membership: Membership) -> Signal:
        Membership.objects.filter(pk=membership.pk).update(ends=day(-1))
        return worry

    def page(self, client: Client) -> str:
        return str(client.get(reverse("today")).content.decode())

    @pytest.mark.parametrize("who", ["beheerder.ocmw", "coordinator.ocmw"])
    def test_is_told_to_who_can_do_something_about_it(
        self, cast: Cast, sign_in: SignIn, lost: Signal, who: str
    ) -> None:
        html = self.page(sign_in(cast[who]))
        assert "1 verzegeld signaal zonder lezer: geef iemand in je organisatie het leesrecht." in html
        for secret in (lost.reference, str(lost.pk), "Mevrouw", lost.place):
            assert secret not in html

    @pytest.mark.parametrize("who", ["beheerder", "coordinator", "beheerder.politie", "coordinator.politie", "dpo.ocmw",
                                     "verpleegkundige", "dienstencentrum"])  # fmt: skip
    def test_is_told_to_nobody_else(self, cast: Cast, sign_in: SignIn, lost: Signal, who: str) -> None:
        assert "zonder lezer" not in self.page(sign_in(cast[who]))

    @pytest.mark.parametrize("who", ["beheerder.ocmw", "coordinator.ocmw"])
    def test_is_silent_when_somebody_reads_it(self, cast: Cast, sign_in: SignIn, worry: Signal, who: str) -> None:
        assert "zonder lezer" not in self.page(sign_in(cast[who]))

    def test_goes_once_somebody_is_given_the_right(self, cast: Cast, sign_in: SignIn, lost: Signal) -> None:
        office = team("coordinatie-ocmw")
        grant(office, "view_sealed", office)
        find_readers_again()
        assert "zonder lezer" not in self.page(sign_in(cast["beheerder.ocmw"]))
        assert reads(cast["coordinator.ocmw"], lost)
