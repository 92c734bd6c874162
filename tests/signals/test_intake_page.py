"""The page of the report desk: what it saves, what it refuses, and what it keeps of what was typed."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Place
from kortrijk_gebied.ids import uuid7
from signals.models import Category, Channel, Report, Reporter, ReportKind, Signal
from teams.models import User
from tests.cast import KOOIGEM, OVERLEIE, Cast, area
from tests.signals.test_public_report import photo

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def typed(subject: str = "Sluikstort", **changes: Any) -> dict[str, Any]:
    """The form as a browser sends it, with defaults as the page gives them."""
    return {
        "id": str(uuid7()), "category": Category.objects.get(name=subject).pk, "place": "Overleiestraat 48",
        "description": "Een zetel op de stoep.", "kind": "report", "channel": "phone", "wants_answer": "on", **changes,
    }  # fmt: skip


@pytest.fixture
def agent(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["agent"])


def send(client: Client, **changes: Any) -> Any:
    return client.post(reverse("signals:intake"), typed(**changes), follow=True)


class TestSaving:
    def test_registers_what_was_typed(self, agent: Client, cast: Cast) -> None:
        send(agent, kind="complaint", channel="counter")
        report = Report.objects.get()
        assert (report.kind, report.channel) == (ReportKind.COMPLAINT, Channel.COUNTER)
        assert report.registered_by == cast["agent"]
        assert report.place == "Overleiestraat 48"
        assert report.signal.area == area("Overleie")

    def test_says_where_it_goes_and_by_when(self, agent: Client) -> None:
        page = send(agent)
        signal = Signal.objects.get()
        assert signal.due_at is not None
        assert f"Geregistreerd: {signal.reference}" in page.text
        day = timezone.localtime(signal.due_at)
        assert f"Gaat naar Team Net Kortrijk Noord, tegen {day.day} " in page.text
        assert "Volgende melding" in page.text

    def test_warns_once_of_what_betrays_somebody_to_who_reads_along(self, agent: Client) -> None:
        telling = typed(description="Van 1-ABC-234 lekt olie.")
        page = agent.post(reverse("signals:intake"), telling)
        assert page.status_code == 422
        assert "Hier staat een nummerplaat, en anderen lezen mee." in page.text
        weighed = re.search(r'name="weighed" value="(\w+)"', page.text)
        assert weighed is not None
        assert send(agent, **{**telling, "weighed": weighed[1]}).status_code == 200
        assert send(agent, **typed("Bezorgd om iemand", description="Jan Peeters is ziek.")).status_code == 200
        assert Report.objects.count() == 2

    def test_twice_is_once(self, agent: Client) -> None:
        same = typed()
        first = agent.post(reverse("signals:intake"), same)
        second = agent.post(reverse("signals:intake"), same)
        assert first.url == second.url  # type: ignore[attr-defined]
        assert Report.objects.count() == 1
        page = agent.get(second.url).text  # type: ignore[attr-defined]
        assert f"Dit is al bewaard: {Signal.objects.get().reference}." in page
        assert "Dit is al bewaard" not in send(agent).text

    def test_twice_names_no_number_of_what_is_sealed(self, agent: Client) -> None:
        same = typed("Bezorgd om iemand")
        agent.post(reverse("signals:intake"), same)
        page = agent.post(reverse("signals:intake"), same, follow=True).text
        assert "Dit is al bewaard en bezorgd aan de juiste dienst." in page
        assert Signal.objects.get().reference not in page

    def test_lets_no_browser_put_old_words_beside_a_new_id(self, agent: Client) -> None:
        """After Back a browser fills in what was typed, and takes the hidden id of the new page."""
        form = re.search(r"<form[^>]* id=\"intake\"[^>]*>", agent.get(reverse("signals:intake")).text)
        assert form is not None
        assert 'autocomplete="off"' in form[0]

    def test_never_takes_a_second_call_for_the_first(self, agent: Client) -> None:
        """Back in the browser, other words, save: the page still carries the id of the first report."""
        first = typed()
        agent.post(reverse("signals:intake"), first)
        refused = agent.post(reverse("signals:intake"), {**first, "description": "Heel iets anders."})
        assert refused.status_code == 422
        assert f"eerder al een andere melding bewaard: {Signal.objects.get().reference}." in refused.text
        again = refused.context["form"]
        agent.post(reverse("signals:intake"), {**first, "description": "Heel iets anders.", "id": again["id"].value()})
        assert Report.objects.count() == 2

    def test_answers_on_the_spot(self, agent: Client) -> None:
        page = send(agent, subject="Vraag of suggestie", answer="Morgen om 9.00 uur.")
        signal = Signal.objects.get()
        assert (signal.status, signal.outcome) == ("closed", "Morgen om 9.00 uur.")
        assert "Beantwoord en geregistreerd" in page.text

    def test_keeps_who_reported_apart_with_their_wish(self, agent: Client) -> None:
        send(agent, name="Rika", phone="0470 00 00 00", wants_answer="")
        reporter = Reporter.objects.get()
        assert (reporter.name, reporter.wants_answer) == ("Rika", False)

    def test_answers_without_a_place_and_says_its_number_all_the_same(self, agent: Client) -> None:
        page = send(agent, place="", answer="Volgende dinsdag.").text
        signal = Signal.objects.get()
        assert f"Beantwoord en geregistreerd: {signal.reference}" in page
        assert f'href="/signalen/{signal.reference}/"' not in page
        assert agent.get(f"/signalen/{signal.reference}/").status_code == 404

    def test_takes_the_area_when_there_is_no_street(self, agent: Client) -> None:
        send(agent, place="Achter het sportveld", area=area("Marke").pk)
        assert Signal.objects.get().area == area("Marke")

    def test_without_a_known_place_is_registered_all_the_same(self, agent: Client) -> None:
        send(agent, place="Qwxzv")
        signal = Signal.objects.get()
        assert (signal.area, signal.place) == (None, "Qwxzv")

    def test_to_a_part_of_a_page_answers_with_an_address(self, agent: Client) -> None:
        answer = agent.post(reverse("signals:intake"), typed(), headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == reverse("signals:intake-saved", args=[Report.objects.get().pk])


class TestRefusing:
    def refused(self, client: Client, **changes: Any) -> Any:
        page = send(client, **changes)
        assert page.status_code == 422
        assert not Report.objects.exists()
        return page

    def test_no_subject(self, agent: Client) -> None:
        assert "Kies waarover het gaat." in self.refused(agent, category="").text

    def test_a_subject_that_went_out_of_use_meanwhile(self, agent: Client) -> None:
        page = self.refused(agent, description="Een kwibbelzetel.", category=self.out_of_use()).text
        assert "Dit onderwerp is intussen niet meer in gebruik. Kies een ander." in page
        assert "Een kwibbelzetel." in page

    @staticmethod
    def out_of_use() -> int:
        """The page of the agent still offers it."""
        category = Category.objects.get(name="Zwerfvuil")
        Category.objects.filter(pk=category.pk).update(active=False)
        return category.pk

    def test_says_what_is_missing_in_the_order_of_the_page(self, agent: Client) -> None:
        page = self.refused(agent, description="", category="").text
        assert page.index("Schrijf in een zin wat er aan de hand is.") < page.index("Kies waarover het gaat.")

    def test_keeps_what_was_typed(self, agent: Client) -> None:
        page = self.refused(agent, category="", description="Een <b>lange</b> uitleg", name="Rika", phone="1")
        assert "Een &lt;b&gt;lange&lt;/b&gt; uitleg" in page.text
        assert 'value="Rika"' in page.text

    def test_no_words(self, agent: Client) -> None:
        assert "Schrijf in een zin wat er aan de hand is." in self.refused(agent, description=" ").text

    def test_a_moment_in_the_future(self, agent: Client) -> None:
        tomorrow = timezone.localtime() + dt.timedelta(days=1)
        page = self.refused(agent, received_at=tomorrow.strftime("%Y-%m-%dT%H:%M"))
        assert "Dit moment ligt in de toekomst." in page.text

    def test_a_place_outside_the_city(self, agent: Client) -> None:
        page = self.refused(agent, place="", longitude="3.72", latitude="51.05")
        assert "Deze plaats ligt buiten Kortrijk." in page.text

    def test_swapped_coordinates(self, agent: Client) -> None:
        page = self.refused(agent, place="", longitude=str(OVERLEIE[1]), latitude=str(OVERLEIE[0]))
        assert "Lengte en breedte zijn verwisseld." in page.text

    def test_half_a_point(self, agent: Client) -> None:
        assert "een lengte én een breedte" in self.refused(agent, longitude="3.26").text

    def test_an_answer_for_nobody(self, agent: Client) -> None:
        assert "Waar mag het antwoord naartoe?" in self.refused(agent, name="Rika").text

    def test_closing_a_worry_about_a_person(self, agent: Client) -> None:
        page = self.refused(agent, subject="Bezorgd om iemand", answer="Wij kijken ernaar.")
        assert "gaat altijd naar de juiste dienst" in page.text

    def test_an_area_where_one_does_not_register(self, cast: Cast, sign_in: SignIn) -> None:
        desk = sign_in(cast["dienstencentrum"])
        page = self.refused(desk, place="", longitude=str(KOOIGEM[0]), latitude=str(KOOIGEM[1]))
        assert "In Kooigem neem je geen meldingen op." in page.text
        assert send(desk, place="Overleiestraat").status_code == 200


class TestSeveralPlacesOfOneName:
    @pytest.fixture(autouse=True)
    def churches(self, kortrijk: None) -> None:
        for locality, (longitude, latitude) in {"Marke": (3.233, 50.806), "Kooigem": KOOIGEM}.items():
            Place.objects.create(
                name="Kapelletjesdreef", locality=locality, kind="street", longitude=longitude, latitude=latitude,
                source="test",
            )  # fmt: skip

    def test_asks_which_one(self, agent: Client) -> None:
        page = send(agent, place="Kapelletjesdreef 3")
        assert page.status_code == 422
        assert "Kapelletjesdreef 3, Kooigem" in page.text
        assert not Report.objects.exists()

    def test_takes_the_chosen_one(self, agent: Client) -> None:
        chosen = Place.objects.get(name="Kapelletjesdreef", locality="Kooigem")
        send(agent, place="Kapelletjesdreef 3", spot=str(chosen.pk))
        assert Signal.objects.get().area == area("Kooigem")
        assert Signal.objects.get().place == "Kapelletjesdreef 3"

    def test_takes_the_one_of_which_the_village_is_named(self, agent: Client) -> None:
        send(agent, place="Kapelletjesdreef 3, Marke")
        assert Signal.objects.get().area == area("Marke")

    def test_lets_go_when_it_is_none_of_them(self, agent: Client) -> None:
        send(agent, place="Kapelletjesdreef 3", spot="none")
        assert Signal.objects.get().area is None

    def test_without_javascript_a_button_finds_the_place(self, agent: Client) -> None:
        page = send(agent, place="Kapelletjesdreef", look="1", description="")
        assert page.status_code == 200
        assert "Welke plaats?" in page.text
        assert "Dit klopt nog niet" not in page.text


class TestPhotos:
    SAID = "kwam terug zonder de gekozen foto"

    def test_are_asked_for_once_more_when_the_page_comes_back(self, agent: Client) -> None:
        assert self.SAID in send(agent, description="", files=[photo()]).text
        assert self.SAID in send(agent, look="1", files=[photo()]).text
        assert self.SAID not in send(agent, description="").text

    def test_stay_where_they_are_when_the_form_is_put_back_into_the_page(self, agent: Client) -> None:
        answer = agent.post(
            reverse("signals:intake"), typed(description="", files=[photo()]), headers={"HX-Request": "true"}
        )
        assert answer.status_code == 422
        assert self.SAID not in answer.text


class TestAccess:
    def test_is_for_who_registers(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["agent"]).get(reverse("signals:intake")).status_code == 200
        assert sign_in(cast["uitvoerder"]).get(reverse("signals:intake")).status_code == 403

    def test_shows_where_to_call_in_an_emergency(self, agent: Client) -> None:
        page = agent.get(reverse("signals:intake")).text
        assert 'href="tel:112"' in page
        assert 'href="tel:101"' in page

    def test_shows_the_result_to_its_author_alone(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        address = reverse("signals:intake-saved", args=[report(by=cast["agent"]).reports.get().pk])
        assert sign_in(cast["agent"]).get(address).status_code == 200
        assert sign_in(cast["coordinator"]).get(address).status_code == 404
