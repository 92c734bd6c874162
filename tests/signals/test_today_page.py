"""Today: what each of one's functions asks, together, and nothing of what one may not read."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.models import Signal
from teams.models import Function, Membership, MonthlyReport, Organisation, Team, User
from tests.cast import KOOIGEM, Cast, area

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]
type Look = Callable[[str], Any]


@pytest.fixture
def today(cast: Cast, sign_in: SignIn) -> Look:
    return lambda who: sign_in(cast[who]).get(reverse("today"))


def blocks(page: Any) -> list[str]:
    return [block["section"].key for block in page.context["blocks"]]


def next_step(page: Any) -> str:
    return str(page.context["actions"][0].url)


class TestForEachFunction:
    @pytest.mark.parametrize(
        ("who", "step"),
        [
            ("agent", "signals:intake"), ("dienstencentrum", "signals:intake"), ("coordinator", "inbox"),
            ("gemeenschapswacht", "field"), ("beheerder", "teams:people"), ("dpo", "teams:read-log"),
            ("gebouwbeheerder", "rooms"),
        ],
    )  # fmt: skip
    def test_has_one_obvious_next_step(self, today: Look, who: str, step: str) -> None:
        page = today(who)
        assert page.status_code == 200
        assert next_step(page) == reverse(step)

    def test_administrators_find_what_they_manage(self, today: Look) -> None:
        page = today("beheerder")
        assert reverse("teams:teams") in page.text
        assert reverse("teams:read-log") not in page.text
        assert "today-management" in blocks(page)

    def test_somebody_with_several_functions_sees_them_together(self, today: Look) -> None:
        page = today("deelgemeente")
        assert {"today-areas", "today-rooms"} <= set(blocks(page))

    def test_without_any_function_there_is_a_calm_word(self, cast: Cast, today: Look) -> None:
        Membership.objects.filter(user=cast["fluvius"]).update(ends=timezone.localdate() - dt.timedelta(days=1))
        page = today("fluvius")
        assert "Niets vraagt je aandacht" in page.text
        assert page.context["actions"] == []


class TestTasks:
    @pytest.fixture
    def asked(self, cast: Cast, report: Make) -> Any:
        return report().offer(
            team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht op woensdag", by=cast["coordinator"]
        )

    def test_offered_to_my_team_are_accepted_in_place(
        self, cast: Cast, sign_in: SignIn, today: Look, asked: Any
    ) -> None:
        page = today("wijkinspecteur")
        assert "today-asked" in blocks(page)
        address = reverse("signals:task-acceptance", args=[asked.pk])
        assert f'action="{address}"' in page.text
        answer = sign_in(cast["wijkinspecteur"]).post(address, {"next": reverse("today")})
        assert answer["Location"] == reverse("today")
        page = today("wijkinspecteur")
        assert "today-asked" not in blocks(page)
        assert "Toezicht op woensdag" in page.text

    def test_of_another_team_are_not_shown(self, today: Look, asked: Any) -> None:
        assert "Toezicht op woensdag" not in today("wijkinspecteur.zuid").text

    def test_say_how_many_are_late(self, today: Look, report: Make) -> None:
        report("Groenbeheer", received_at=timezone.now() - dt.timedelta(days=90))
        Membership.objects.create(
            user=User.objects.get(name="Hassan Maes"), team=Team.objects.get(code="groen"),
            function=Function.EXECUTOR, starts="2026-01-01",
        )  # fmt: skip
        assert "1 te laat" in today("uitvoerder").text

    def test_end_with_the_membership(self, cast: Cast, today: Look, asked: Any) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["wijkinspecteur"]).update(ends=yesterday)
        assert "Toezicht op woensdag" not in today("wijkinspecteur").text

    def test_are_eight_at_first_and_all_when_asked(
        self, cast: Cast, sign_in: SignIn, report: Make, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        team, warden = Team.objects.get(code="gemeenschapswachten"), sign_in(cast["gemeenschapswacht"])
        for number in range(12):
            report("Drugsmateriaal gevonden").offer(team=team, title=f"Ronde {number}", by=cast["coordinator"])
        page = warden.get(reverse("today")).text
        assert page.count('class="job"') == 8
        assert "?taken=alle" in page
        with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
            assert warden.get(reverse("today"), {"taken": "alle"}).text.count('class="job"') == 12


class TestNewInMyAreas:
    def test_shows_what_asks_for_attention_and_counts_routine(self, today: Look, report: Make) -> None:
        report("Onveilige situatie", place="Budastraat")
        report("Straatverlichting", place="Burgemeester Reynaertstraat")
        page = today("gebiedswerker").text
        assert "Budastraat" in page
        assert "Reynaertstraat" not in page
        assert "1 routinemelding ging meteen naar de juiste dienst." in page

    def test_leaves_out_what_is_older(self, today: Look, report: Make) -> None:
        report("Onveilige situatie", place="Budastraat", received_at=timezone.now() - dt.timedelta(days=3))
        assert "Budastraat" not in today("gebiedswerker").text

    def test_tells_nothing_of_sealed_or_limited_matter_of_others(self, today: Look, report: Make) -> None:
        report("Bezorgd om iemand", place="Sint-Denijsestraat")
        report("Verdachte situatie", place="Groeningestraat")
        page = today("gebiedswerker")
        assert "Denijsestraat" not in page.text
        assert "Groeningestraat" not in page.text
        assert page.context["blocks"][0]["content"].get("routine", 0) == 0
        assert not ReadEntry.objects.exists()

    def test_logs_the_limited_matter_it_shows_to_its_owner(self, today: Look, report: Make) -> None:
        seen = report("Verdachte situatie", place="Groeningestraat")
        assert "Groeningestraat" in today("wijkinspecteur").text
        assert ReadEntry.objects.filter(reference=seen.reference, surface="today").exists()


class TestTheRest:
    def test_says_that_a_sentence_was_shared_but_not_which(self, cast: Cast, today: Look, report: Make) -> None:
        worry = report("Bezorgd om iemand", at=KOOIGEM, place="Dorpsplein 3")
        share_for(worry, Team.objects.get(code="wijkwerking-zuid"), cast["verpleegkundige"])
        page = today("wijkinspecteur.zuid")
        assert "Een zin van OCMW Kortrijk" in page.text
        assert "rustig aanbellen" not in page.text
        assert "Dorpsplein" not in page.text
        assert "today-shared" not in blocks(today("wijkinspecteur"))

    def test_shows_feedback_on_what_i_raised(self, cast: Cast, today: Look, report: Make) -> None:
        signal = report(by=cast["gemeenschapswacht"], channel="warden")
        signal.close(by=cast["coordinator"], outcome="Opgeruimd.")
        assert "Lees de terugkoppeling (1 nieuw)" in today("gemeenschapswacht").text
        assert "Opgeruimd." not in today("coordinator").text

    def test_asks_the_area_worker_for_five_lines(self, cast: Cast, today: Look) -> None:
        for name in ("Overleie", "Marke"):
            MonthlyReport.objects.create(
                area=area(name), organisation=Organisation.objects.get(code="stad"), month="2026-10-01"
            )
        page = today("gebiedswerker").text
        assert "Overleie, oktober 2026: vul je vijf lijnen aan" in page
        assert "Marke, oktober 2026" not in page

    def test_costs_the_same_number_of_queries_however_much_there_is(
        self, cast: Cast, report: Make, today: Look, django_assert_max_num_queries: Any
    ) -> None:
        ward = Team.objects.get(code="wijkwerking-noord")
        for number in range(10):
            report("Onveilige situatie").offer(team=ward, title=f"Toezicht {number}", by=cast["coordinator"])
            report("Geluidshinder")
        with django_assert_max_num_queries(45):
            today("wijkinspecteur")


class TestStart:
    def start(self, sign_in: SignIn, person: User) -> str:
        return str(sign_in(person).get("/")["Location"])

    def test_is_today_for_most_and_the_tablet_for_a_warden(self, cast: Cast, sign_in: SignIn) -> None:
        assert self.start(sign_in, cast["coordinator"]) == reverse("today")
        assert self.start(sign_in, cast["gemeenschapswacht"]) == reverse("field")

    def test_of_a_warden_with_another_function_is_today(self, cast: Cast, sign_in: SignIn) -> None:
        Membership.objects.create(
            user=cast["gemeenschapswacht"], team=Team.objects.get(code="preventie"), function=Function.EXECUTOR,
            starts="2026-01-01",
        )  # fmt: skip
        assert self.start(sign_in, cast["gemeenschapswacht"]) == reverse("today")

    def test_says_who_one_is(self, today: Look) -> None:
        assert today("coordinator").context["who_lines"] == [
            "Coördinator, Stad Kortrijk",
            "Overleie, Pius X en Kortrijk Centrum",
        ]


def share_for(signal: Signal, team: Team, by: User) -> None:
    signal.share(
        by=by, team=team, text="Graag rustig aanbellen.", legal_ground="toestemming", purpose="samen langsgaan",
        expires_at=timezone.now() + dt.timedelta(days=9),
    )  # fmt: skip
