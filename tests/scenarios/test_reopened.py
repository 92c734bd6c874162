"""The reopened signal: the reporter says that it is not solved, and the one who did the work hears it.

Within thirty days one press is enough; afterwards a sentence says where to turn. Nobody signs in for it.
"""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from signals.models import Signal, StatusLink
from signals.workflow import SignalStatus
from tests.conftest import Sink
from tests.scenarios.screen import Citizen, Page, Person

type Somebody = Callable[[str], Person]

AN = "an@voorbeeld.example"
STILL = "Achter de glasbol staan nog twee zetels."


@pytest.mark.django_db(transaction=True)
def test_the_reopened_signal(somebody: Somebody, undo_delay_passes: Callable[[], None], smtp_sink: Sink) -> None:
    hassan, bram, an = somebody("uitvoerder"), somebody("coordinator"), Citizen()

    an_calls(somebody("agent"))
    team_net_does_it(hassan, "Opgeruimd.")
    undo_delay_passes()
    page = an_opens_the_link_of_the_mail(an, smtp_sink)
    an_says_that_it_is_not_solved(an, page)

    it_is_open_again_and_stands_in_the_inbox(bram)
    hassan_who_did_it_is_asked_again_with_her_words(hassan)
    an_reads_that_somebody_looks_again(an, page)
    said_once_more_it_changes_nothing(an, page)

    hassan_accepts(hassan)
    team_net_does_it(hassan, "Ook achter de glasbol opgeruimd.")
    undo_delay_passes()
    an_hears_how_it_ended_this_time(an, smtp_sink, page)
    an_is_content_in_two_clicks(an, page)

    after_thirty_days_a_sentence_says_where_to_turn(an, page)


def running() -> Signal:
    return Signal.objects.get()


# --- the steps, in order --------------------------------------------------------------------------------


def an_calls(amber: Person) -> None:
    told = {
        "Onderwerp": "Sluikstort", "Plaats": "Overleiestraat 12", "Wat is er aan de hand?": "Zetels aan de glasbol.",
        "Naam": "An", "E-mailadres": AN,
    }  # fmt: skip
    amber.presses("Bewaren", amber.opens(reverse("signals:intake")), told).says("Gaat naar Team Net Kortrijk Noord")


def team_net_does_it(hassan: Person, outcome: str) -> None:
    hassan.presses("Afgerond", hassan.opens(reverse("today")), {"Wat is er gedaan?": outcome})
    assert running().status == SignalStatus.CLOSED


def an_opens_the_link_of_the_mail(an: Citizen, sink: Sink) -> str:
    (mail,) = sink.to(AN, "Uw melding bij 1777")
    link = next(word for word in mail.get_content().split() if "/mijn-melding/" in word)
    path: str = "/" + link.split("/", 3)[3]
    page = an.opens(path)
    page.says("Uw melding is afgehandeld.", "Opgeruimd.")
    for personal in ("An,", AN, "Overleiestraat", "Zetels aan", running().reference, "Hassan"):
        assert personal not in page.html
    return path


def an_says_that_it_is_not_solved(an: Citizen, path: str) -> None:
    thanked = an.presses("Dit is niet opgelost", an.opens(path), {"Wat is er nog mis?": STILL})
    thanked.says("Dank u: we bekijken het opnieuw.", "We bekijken uw melding opnieuw.")
    assert "Opgeruimd." not in thanked.text, "how it ended is no longer true"


def it_is_open_again_and_stands_in_the_inbox(bram: Person) -> None:
    assert running().status == SignalStatus.REOPENED
    inbox = bram.opens(f"{reverse('inbox')}?tab=te-verdelen")
    inbox.says("Sluikstort · Overleiestraat 12", "Heropend")
    bram.opens(reverse("signals:signal", args=[running().reference])).says(
        "In het postvak omdat het heropend werd.", f"De melder zegt: {STILL}"
    )


def hassan_who_did_it_is_asked_again_with_her_words(hassan: Person) -> None:
    today = hassan.opens(reverse("today"))
    today.says("Opruimen", "Sluikstort · Overleiestraat 12")
    hassan.follows("Opruimen", today).says(f"De melder zegt: {STILL}")
    offered = running().tasks.live().get()
    assert (offered.team.name, offered.status) == ("Team Net Kortrijk Noord", "offered")


def an_reads_that_somebody_looks_again(an: Citizen, path: str) -> None:
    page = an.opens(path)
    assert "Dit is niet opgelost" not in page.text
    assert "tevreden" not in page.text


def said_once_more_it_changes_nothing(an: Citizen, path: str) -> None:
    """From another window that still stood open."""
    before = running().events.count()
    token = an.client.cookies["csrftoken"].value
    an.client.post(f"{path}niet-opgelost/", {"why": STILL, "csrfmiddlewaretoken": token})
    assert running().events.count() == before


def hassan_accepts(hassan: Person) -> None:
    hassan.presses("Aanvaarden", hassan.opens(reverse("today")))
    assert running().status == SignalStatus.IN_PROGRESS


def an_hears_how_it_ended_this_time(an: Citizen, sink: Sink, path: str) -> None:
    first, second = sink.to(AN, "Uw melding bij 1777")
    assert first["Message-ID"] != second["Message-ID"]
    assert "Ook achter de glasbol opgeruimd." in second.get_content()
    assert path in second.get_content(), "the same page goes on"
    an.opens(path).says("Uw melding is afgehandeld.", "Ook achter de glasbol opgeruimd.")


def an_is_content_in_two_clicks(an: Citizen, path: str) -> None:
    an.presses("Tevreden", an.opens(path)).says("Dank u. U kunt uw antwoord nog wijzigen.")
    assert StatusLink.objects.get().score == 3


def after_thirty_days_a_sentence_says_where_to_turn(an: Citizen, path: str) -> None:
    kept_open: Page = an.opens(path)  # the page as it stood in her browser
    with time_machine.travel(timezone.now() + dt.timedelta(days=29)):
        an.opens(path).says("Dit is niet opgelost")
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        late = an.opens(path)
        late.says("Dit is langer dan 30 dagen geleden afgehandeld.")
        assert an.follows("Doe een nieuwe melding", late).status == 200
        refused = an.presses("Dit is niet opgelost", kept_open, {"Wat is er nog mis?": "Weer een zetel."})
        refused.says("Doe een nieuwe melding", "dan bekijken we het meteen")
        assert "Weer een zetel." in refused.html, "what she typed is kept"
    assert running().status == SignalStatus.CLOSED
