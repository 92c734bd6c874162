"""Bellegem: no point needs a decision, so the program proposes not to meet. One press, everybody hears, nothing is
lost."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import is_working_day, monday_of
from teams import tasks
from teams.models import ExternalMember, Meeting, Team
from tests.cast import Cast
from tests.scenarios.screen import Person

type Somebody = Callable[[str], Person]

BELLEGEM = "gebiedsteam-bellegem"
TEAM = ["deelgemeente", "verpleegkundige", "wijkinspecteur.zuid"]
POINTS = ["Stand van de werken in de Bellegemstraat", "Terugblik op de buurtdag"]


@pytest.mark.django_db
def test_cancelled_meeting(somebody: Somebody, cast: Cast) -> None:
    ExternalMember.objects.create(team=team(), name="Rita Vercruysse", email="rita@bellegem.example")
    day = dt.datetime.combine(next_monday() + dt.timedelta(days=3), dt.time(9), timezone.get_current_timezone())

    with time_machine.travel(day - dt.timedelta(days=3), tick=False):
        geert, joke, luc = (somebody(who) for who in TEAM)
        geert_plans_a_meeting(geert, day)
        for person, title in zip((joke, luc), POINTS, strict=True):
            page = person.opens(address())
            person.presses("Zet het op de agenda", page, {"Waarover het gaat": title})
        assert not mails("needless"), "three working days before it is early"

    with time_machine.travel(day - dt.timedelta(days=1), tick=False):
        geert, joke, luc = (somebody(who) for who in TEAM)  # two days later they sign in anew
        for _round in range(3):
            tasks.propose_cancelling()
        (proposal,) = mails("needless")
        assert proposal.to == cast["deelgemeente"].email
        assert Meeting.objects.get().is_planned, "the program never cancels by itself"

        page = joke.opens(address())
        assert "Geen enkel punt vraagt een beslissing" in page.text
        assert not [button for button in page.buttons if "verwittig" in button.words], "that is for who leads"

        page = geert.presses("Annuleer, en verwittig iedereen", geert.opens(address()))
        assert "Geannuleerd. Iedereen krijgt bericht per mail" in page.text
        geert.client.post(reverse("meetings:meeting-cancellation", args=[Meeting.objects.get().pk]))

        page = luc.opens(reverse("meetings:agenda", args=[BELLEGEM]))
        assert all(title in page.text for title in POINTS), "the points are still there"
    everybody_heard_it_once(cast)


def geert_plans_a_meeting(geert: Person, day: dt.datetime) -> None:
    page = geert.opens(reverse("meetings:meeting-add"))
    typed = {
        "Team": team().name,
        "Dag": day.date().isoformat(),
        "Begint om": "09:00",
        "Eindigt om": "10:30",
        "Plaats": "OC Bellegem",
    }
    page = geert.presses("Plan het overleg", page, typed)
    assert "Gepland" in page.text


def everybody_heard_it_once(cast: Cast) -> None:
    members = {cast[who].email for who in TEAM}
    heard = Counter(message.to for message in mails("cancelled"))
    assert heard == Counter([*members, "rita@bellegem.example"])


def team() -> Team:
    return Team.objects.get(code=BELLEGEM)


def address() -> str:
    return reverse("meetings:meeting", args=[Meeting.objects.get(team=team()).pk])


def mails(what: str) -> list[Message]:
    return list(Message.objects.filter(key__startswith=f"meeting-{what}"))


def next_monday() -> dt.date:
    """Of a week in which everybody works from Monday to Thursday."""
    today = timezone.localdate()
    mondays = (monday_of(today) + dt.timedelta(weeks=weeks) for weeks in range(1, 5))
    return next(monday for monday in mondays if all(is_working_day(monday + dt.timedelta(days=n)) for n in range(4)))
