"""The returned task: nothing falls between two organisations.

Bram asks the police; they say why it is not theirs. He asks the OCMW; they cannot do it either. From then on both
coordinators know of it, and it stands in the inbox until somebody says yes.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse

from signals.models import EventKind, Signal, Task
from signals.workflow import SignalStatus
from tests.conftest import Sink
from tests.scenarios.screen import Page, Person
from tests.servers import Worker

type Somebody = Callable[[str], Person]

NOT_OURS = "Op privégrond mogen wij dit niet doen."
NO_HANDS = "Onze ploeg heeft daar het materiaal niet voor."
DONE = "De planken zijn vastgemaakt."


@pytest.mark.django_db(transaction=True)
def test_the_returned_task(somebody: Somebody, worker: Worker, smtp_sink: Sink) -> None:
    bram, lies, ilse = somebody("coordinator"), somebody("wijkinspecteur"), somebody("buurtwerker")

    somebody_calls_about_loose_planks(somebody("agent"))
    its_own_service_hands_it_to_bram(somebody("coordinator"))
    bram_asks(bram, "Wijkwerking Noord")
    lies_gives_it_back_with_the_reason(lies)
    bram_reads_why_and_has_it_to_divide_again(bram)
    worker.settle()
    nobody_is_alarmed_yet(smtp_sink)

    bram_asks(bram, "Buurtwerk")
    ilse_gives_it_back_too(ilse)
    worker.settle()
    the_coordinators_of_both_are_told(smtp_sink, bram, somebody("coordinator.ocmw"))
    both_read_the_two_reasons(bram, somebody("coordinator.ocmw"))
    given_back_again_by_a_second_press_changes_nothing(ilse)

    bram_gives_it_to_a_service_of_the_city(bram)
    the_signal_is_done(bram)


def running() -> Signal:
    return Signal.objects.get()


def task_at(team: str) -> Task:
    return Task.objects.get(team__name=team, title="Planken vastmaken")


def page_of(person: Person) -> Page:
    return person.opens(reverse("signals:signal", args=[running().reference]))


# --- the steps, in order --------------------------------------------------------------------------------


def somebody_calls_about_loose_planks(amber: Person) -> None:
    told = {
        "Onderwerp": "Onveilige situatie", "Plaats": "Overleiestraat 12", "Wat is er aan de hand?": "Losse planken.",
        "Naam": "An", "E-mailadres": "an@voorbeeld.example",
    }  # fmt: skip
    amber.presses("Bewaren", amber.opens(reverse("signals:intake")), told).says("Geregistreerd")


def its_own_service_hands_it_to_bram(bram: Person) -> None:
    """What the rule had given to a service of the city, Bram takes back: it is not theirs."""
    bram.presses("Intrekken", page_of(bram))
    assert running().status == SignalStatus.TO_DIVIDE


def bram_asks(bram: Person, team: str) -> None:
    asked = {"Wat vraag je?": "Planken vastmaken", "Team": team}
    bram.presses("Taak aanbieden", page_of(bram), asked).says(f"{team}, aangeboden op")
    assert running().status == SignalStatus.ROUTED


def lies_gives_it_back_with_the_reason(lies: Person) -> None:
    today = lies.opens(reverse("today"))
    today.says("Planken vastmaken")
    silent = lies.presses("Teruggeven", today, {"Waarom gaat ze terug?": " "})
    silent.says("Zeg in één zin waarom.")
    assert task_at("Wijkwerking Noord").is_live, "a return says why"
    lies.presses("Teruggeven", lies.opens(reverse("today")), {"Waarom gaat ze terug?": NOT_OURS})
    assert "Planken vastmaken" not in lies.opens(reverse("today")).text


def bram_reads_why_and_has_it_to_divide_again(bram: Person) -> None:
    assert running().status == SignalStatus.TO_DIVIDE
    bram.opens(f"{reverse('inbox')}?tab=te-verdelen").says("Onveilige situatie · Overleiestraat 12")
    page_of(bram).says("In het postvak omdat een taak teruggegeven werd.", NOT_OURS, "teruggegeven op")


def nobody_is_alarmed_yet(sink: Sink) -> None:
    assert not [mail for mail in sink.messages if mail["Subject"] == "Een taak die niemand opneemt"]


def ilse_gives_it_back_too(ilse: Person) -> None:
    today = ilse.opens(reverse("today"))
    ilse.presses("Teruggeven", today, {"Waarom gaat ze terug?": NO_HANDS})


def the_coordinators_of_both_are_told(sink: Sink, bram: Person, chantal: Person) -> None:
    told = {str(mail["To"]): mail for mail in sink.messages if mail["Subject"] == "Een taak die niemand opneemt"}
    assert set(told) == {bram.user.email, chantal.user.email}, "and nobody else, the police neither"
    for mail in told.values():
        words = mail.get_content()
        assert "twee keer teruggegeven" in words
        assert "Buurtwerk" in words
        for secret in ("Planken", NO_HANDS, "Overleiestraat", running().reference):
            assert secret not in words, "a mail says that there is something, the program says what"


def both_read_the_two_reasons(bram: Person, chantal: Person) -> None:
    for coordinator in (bram, chantal):
        page_of(coordinator).says(NOT_OURS, NO_HANDS)
    assert running().events.filter(kind=EventKind.RETURNED_TWICE).count() == 1
    assert running().status == SignalStatus.TO_DIVIDE


def given_back_again_by_a_second_press_changes_nothing(ilse: Person) -> None:
    before = Task.objects.get(pk=task_at("Buurtwerk").pk).outcome
    again = ilse.client.post(reverse("signals:task-return", args=[task_at("Buurtwerk").pk]), {"reason": "Nog eens."})
    assert again.status_code == 403, "without the token of a page"
    assert task_at("Buurtwerk").outcome == before


def bram_gives_it_to_a_service_of_the_city(bram: Person) -> None:
    asked = {"Wat vraag je?": "Planken vastmaken", "Team": "Team Net Kortrijk Noord"}
    bram.presses("Taak aanbieden", page_of(bram), asked).says("Team Net Kortrijk Noord, aanvaard op")


def the_signal_is_done(bram: Person) -> None:
    task_at("Team Net Kortrijk Noord").complete(by=bram.user, outcome=DONE)
    page_of(bram).says(DONE)
    assert running().status in (SignalStatus.RESOLVED, SignalStatus.CLOSED)
