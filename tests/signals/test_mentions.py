"""A colleague who is named in a note hears of it, if they may read it; and reads the words in one place only."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.jobs.models import Message
from signals.levels import Level
from signals.mentions import MOST_SUGGESTED, mentioned_in, readers_of, suggestions
from signals.models import Mention, Signal
from teams.access import access_of
from teams.models import Function, Membership, Team, User
from tests.cast import MARKE, Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


@pytest.fixture
def signal(report: Make) -> Signal:
    return report("Onveilige situatie")


class TestNames:
    def test_are_found_after_an_at_wherever_they_stand(self, cast: Cast) -> None:
        text = "Kijk jij, @Bram Vandeputte? En (@lies vanneste) ook."
        assert mentioned_in(text) == [cast["coordinator"], cast["wijkinspecteur"]]

    @pytest.mark.parametrize("text", ["Bram Vandeputte", "@Bram", "@Bram Vandeputtens", "an@bram.be", "@", ""])
    def test_are_not_guessed(self, cast: Cast, text: str) -> None:
        assert mentioned_in(text) == []

    def test_are_looked_up_in_one_query_however_many_words_follow_an_at(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        text = "@Bram Vandeputte " + " ".join(f"@woord{number}" for number in range(800))
        with django_assert_num_queries(1):
            assert mentioned_in(text) == [cast["coordinator"]]


class TestMentions:
    def test_stand_on_today_until_the_signal_is_opened(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        signal.add_note(by=cast["agent"], text="@Bram Vandeputte, kan dit vandaag?")
        bram = sign_in(cast["coordinator"])
        today = bram.get("/vandaag/").content.decode()
        assert f"Amber Desmet vermeldt je in een nota bij {signal.reference}" in today
        assert "kan dit vandaag" not in today
        bram.get(f"/signalen/{signal.reference}/")
        assert "vermeldt je" not in bram.get("/vandaag/").content.decode()

    def test_reach_each_colleague_of_one_name_who_may_read_the_note(self, cast: Cast, signal: Signal) -> None:
        namesakes = [
            User.objects.create_user(
                f"bram{n}@kortrijk.example", name="Bram Vandeputte", organisation=cast["coordinator"].organisation
            )
            for n in range(2)
        ]
        Membership.objects.create(
            user=namesakes[0], team=Team.objects.get(code="coordinatie-noord-centrum"), function=Function.COORDINATOR
        )
        signal.add_note(by=cast["agent"], text="@Bram Vandeputte, kan dit vandaag?")
        assert {mention.user for mention in Mention.objects.all()} == {cast["coordinator"], namesakes[0]}

    def test_reach_nobody_who_may_not_read_the_note(self, cast: Cast, signal: Signal) -> None:
        signal.add_note(by=cast["coordinator"], text="@Dirk Lagae en @Amber Desmet", level=Level.LIMITED)
        assert [mention.user for mention in Mention.objects.all()] == [cast["agent"]]

    def test_disappear_when_the_signal_becomes_more_secret(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        signal.add_note(by=cast["coordinator"], text="@Dirk Lagae, ken je dit?")
        dirk = sign_in(cast["coordinator.politie"])
        assert "vermeldt je" in dirk.get("/vandaag/").content.decode()
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert "vermeldt je" not in dirk.get("/vandaag/").content.decode()

    def test_are_mailed_to_who_asked_for_that_without_a_word_of_the_note(self, cast: Cast, signal: Signal) -> None:
        User.objects.filter(pk=cast["coordinator"].pk).update(mail_mentions=True)
        signal.add_note(by=cast["agent"], text="@Bram Vandeputte @Lies Vanneste Merkwoord.")
        mail = Message.objects.get(key__startswith="mention:")
        assert mail.to == cast["coordinator"].email
        assert "Merkwoord" not in mail.subject + mail.body
        assert f"/signalen/{signal.reference}/" in mail.body

    def test_of_oneself_are_none(self, cast: Cast, signal: Signal) -> None:
        signal.add_note(by=cast["agent"], text="@Amber Desmet moet dit doen.")
        assert not Mention.objects.exists()


class TestSuggestions:
    def test_name_colleagues_who_may_read_along(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        sealed = report("Bezorgd om iemand")
        joke = sign_in(cast["verpleegkundige"])
        url = f"/signalen/{sealed.reference}/collegas/"
        assert "Joke Lambrecht" in joke.get(url, {"q": "Jok"}).content.decode()
        assert "Bram" not in joke.get(url, {"q": "Bra"}).content.decode()

    def test_leave_out_who_left(self, cast: Cast, sign_in: SignIn, signal: Signal) -> None:
        url = f"/signalen/{signal.reference}/collegas/?q=Vande"
        assert "Bram Vandeputte" in sign_in(cast["agent"]).get(url).content.decode()
        cast["coordinator"].memberships.all().delete()
        assert "Bram Vandeputte" not in sign_in(cast["agent"]).get(url).content.decode()

    def test_know_of_each_what_that_person_may_read_alone(self, cast: Cast, report: Make) -> None:
        """Asked about all at once, nobody gets the answer of somebody else."""
        for signal in (report("Sluikstort"), report("Sluikstort", at=MARKE), report("Burenruzie"),
                       report("Bezorgd om iemand")):  # fmt: skip
            one_by_one = {
                person.pk
                for person in cast.values()
                if Signal.objects.readable(access_of(person)).filter(pk=signal.pk).exists()
            }
            assert one_by_one
            assert readers_of(signal, list(cast.values())) == one_by_one

    def test_cost_the_same_number_of_queries_however_many_bear_the_name(
        self, cast: Cast, sign_in: SignIn, signal: Signal, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with CaptureQueriesContext(connection) as few:
            assert len(suggestions("Vandeputte", signal=signal)) == 1
        for number in range(60):
            person = User.objects.create_user(
                f"v{number}@kortrijk.example", name=f"An Vandeputte {number}",
                organisation=cast["coordinator"].organisation,
            )  # fmt: skip
            for code in ("coordinatie-noord-centrum", "gebiedswerking", "groen")[: 1 + number % 3]:
                Membership.objects.create(user=person, team=Team.objects.get(code=code), function=Function.COORDINATOR)
        with django_assert_num_queries(len(few)):
            assert len(suggestions("Vandeputte", signal=signal)) == MOST_SUGGESTED

    def test_are_for_who_may_read_the_signal(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        sealed = report("Bezorgd om iemand")
        assert sign_in(cast["coordinator"]).get(f"/signalen/{sealed.reference}/collegas/?q=Jo").status_code == 404


class TestMailChoice:
    def test_is_each_persons_own(self, cast: Cast, sign_in: SignIn) -> None:
        sign_in(cast["agent"]).post("/teams/ik/mail/", {"mail_mentions": "on"})
        agent = User.objects.get(pk=cast["agent"].pk)
        assert (agent.mail_mentions, agent.mail_offers) == (True, False)
