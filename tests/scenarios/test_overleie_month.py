"""A month of the Overleie team: from the first signal over a decided action to its result in the monthly report.

What keeps coming back is lifted to the table of the team. There it is decided who does what by when; it is done; and
whoever raised it hears, each what is theirs to read.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import BRUSSELS
from signals.levels import Level
from signals.models import Channel, Signal
from teams import reports
from teams.inventory.overdue import mail_overdue
from teams.meetings.agenda import give_to_meeting
from teams.meetings.deciding import Agreement, decide
from teams.meetings.planning import plan
from teams.models import Action, AgendaPoint, Meeting, MonthlyReport, Team
from tests.cast import area
from tests.permissions.surfaces import pdf_text
from tests.scenarios.screen import Person

type Somebody = Callable[[str], Person]
type Report = Callable[..., Signal]

TITLE = "Zetels en zakken aan de glasbol: wat doen we?"
DECISION = "We zetten de glasbol onder de lamp en gaan vier weken kijken."
PROMISE = "Vier avonden langsgaan aan de glasbol"
RESULT = "Vier avonden geteld: nog twee stortingen in plaats van elf."


@contextmanager
def on(day: int, month: int = 11, hour: int = 9) -> Iterator[None]:
    with time_machine.travel(dt.datetime(2027, month, day, hour, tzinfo=BRUSSELS), tick=True):
        yield


@pytest.mark.django_db
def test_a_month_of_overleie(somebody: Somebody, report: Report) -> None:
    who = somebody  # each time signed in anew: nobody stays so for a month
    with on(2):
        signal = the_warden_and_a_citizen_raise_it(report, who("gemeenschapswacht"))
    with on(9):
        els_lifts_it_in_words_of_her_own(who("gebiedswerker"), signal)
        the_link_stands_both_ways(who("gebiedswerker"), signal)
    with on(10):
        els_gives_it_to_the_meeting_of_next_week(who("gebiedswerker"))
    with on(17, hour=11):
        the_team_decides_and_lies_promises(who("coordinator"), who("wijkinspecteur"))
        each_who_raised_it_hears_what_is_theirs(who("gemeenschapswacht"))
    with on(18):
        lies_finds_her_promise_on_today(who("wijkinspecteur"))
    with on(29):
        on_monday_it_is_over_its_date(who("wijkinspecteur"))
        lies_says_what_came_of_it(who("wijkinspecteur"))
        the_warden_hears_of_the_result(who("gemeenschapswacht"))
    with on(1, 12):
        it_stands_in_every_copy_of_the_month()
        and_once_it_is_secret_nothing_tells_where_it_came_from(who("gebiedswerker"), who("coordinator"), signal)


# --- the steps, in order -------------------------------------------------------------------------------


def the_warden_and_a_citizen_raise_it(report: Report, mo: Person) -> Signal:
    signal = report("Sluikstort", channel=Channel.WARDEN, by=mo.user, name="An", email="an@voorbeeld.example",
                    wants_answer=True)  # fmt: skip
    assert signal.level == Level.OPEN
    return signal


def els_lifts_it_in_words_of_her_own(els: Person, signal: Signal) -> None:
    seen = els.opens(reverse("signals:signal", args=[signal.reference]))
    assert any(words.startswith("Naar beleid tillen") for words, _to in seen.links)
    page = els.opens(reverse("signals:signal-policy", args=[signal.reference]))
    assert signal.description not in page.text
    copied = els.presses("Naar beleid tillen", page, {"Waarover het gaat": TITLE, "Uitleg": signal.description})
    copied.says("Dit zijn de woorden van wie het meldde.")
    told = {"Waarover het gaat": TITLE, "Uitleg": "Team Net ruimt elke maandag, en het komt terug."}
    els.presses("Naar beleid tillen", page, told).says("op de open agenda van Gebiedsteam Overleie en Pius X")


def the_link_stands_both_ways(els: Person, signal: Signal) -> None:
    els.opens(reverse("signals:signal", args=[signal.reference])).says("Waartoe het leidde", TITLE)
    els.opens(reverse("meetings:point", args=[point().pk])).says(TITLE, signal.reference)


def point() -> AgendaPoint:
    return AgendaPoint.objects.get(title=TITLE)


def els_gives_it_to_the_meeting_of_next_week(els: Person) -> None:
    starts = dt.datetime(2027, 11, 17, 9, tzinfo=BRUSSELS)
    team = Team.objects.get(code="gebiedsteam-overleie-pius-x")
    (meeting,) = plan(Meeting(team=team, starts=starts, ends=starts + dt.timedelta(hours=1)), by=els.user)
    give_to_meeting(point(), meeting)


def the_team_decides_and_lies_promises(bram: Person, lies: Person) -> None:
    promised = Agreement(PROMISE, lies.user, dt.date(2027, 11, 26))
    decide(point(), by=bram.user, decision=DECISION, agreements=[promised])


def each_who_raised_it_hears_what_is_theirs(mo: Person) -> None:
    mo.opens(reverse("feedback")).says("Gebiedsteam Overleie en Pius X besprak dit en nam een besluit.")
    (mail,) = Message.objects.filter(to="an@voorbeeld.example", key__startswith="policy:")
    assert "nam een besluit" in mail.body
    assert DECISION not in mail.body, "what the table wrote stays at the table"
    assert TITLE not in mail.body


def lies_finds_her_promise_on_today(lies: Person) -> None:
    lies.opens(reverse("today")).says("Wat je beloofde", PROMISE)


def on_monday_it_is_over_its_date(lies: Person) -> None:
    mail_overdue()
    (mail,) = Message.objects.filter(to=lies.user.email, key__startswith="overdue:")
    assert PROMISE in mail.body


def lies_says_what_came_of_it(lies: Person) -> None:
    page = lies.opens(promise().get_absolute_url())
    lies.presses("Het is klaar", page, {"Wat ervan kwam": RESULT}).says(RESULT)


def promise() -> Action:
    return Action.objects.get(title=PROMISE)


def the_warden_hears_of_the_result(mo: Person) -> None:
    mo.opens(reverse("feedback")).says(RESULT)


def it_stands_in_every_copy_of_the_month() -> None:
    reports.draft(dt.date(2027, 11, 1), area("Overleie"))
    copies = MonthlyReport.objects.filter(area=area("Overleie"), month=dt.date(2027, 11, 1))
    assert {copy.organisation.code for copy in copies} == {"stad", "ocmw", "politie"}
    for copy in copies:
        words = " ".join(pdf_text(reports.render(copy)).split())
        assert PROMISE in words
        assert "nog twee stortingen" in words


def and_once_it_is_secret_nothing_tells_where_it_came_from(els: Person, bram: Person, signal: Signal) -> None:
    signal.raise_level(by=bram.user, level=Level.LIMITED)
    for url in (promise().get_absolute_url(), reverse("meetings:point", args=[point().pk])):
        page = els.opens(url)
        assert signal.reference not in page.html
        assert signal.title not in page.html
