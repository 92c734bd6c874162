"""Who raised something hears what became of it, at a desk, a service centre or a school; and nobody else does."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.audit.models import ReadEntry
from signals.joining import join
from signals.levels import Level
from signals.models import Category, Feedback, PartnerKey, Signal
from signals.open311.posting import post
from teams.models import Organisation, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]

OUTCOME = "Kwibbelwoord: de tegel ligt weer vast."


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("feedback") + query).text


@pytest.fixture
def karel(cast: Cast, sign_in: SignIn) -> Client:
    """At the desk of a service centre."""
    return sign_in(cast["dienstencentrum"])


@pytest.fixture
def raised(cast: Cast, report: Make) -> Callable[..., Signal]:
    def make(subject: str = "Onveilige situatie", who: str = "dienstencentrum", **details: object) -> Signal:
        return report(subject, by=cast[who], channel="partner", **details)

    return make


@pytest.fixture
def solved(cast: Cast, raised: Make) -> Signal:
    signal = raised()
    signal.close(by=cast["coordinator"], outcome=OUTCOME)
    return signal


def by_program(number: int, key: PartnerKey, subject: str = "put-in-de-weg") -> Signal:
    row = {"service_code": subject, "description": "Een put.", "long": "3.2620", "lat": "50.8335"}
    return post({**row, "attribute[client_id]": f"n-{number}"}, key).signal


def key_of(code: str, by: User, team: str = "") -> PartnerKey:
    key = PartnerKey(
        organisation=Organisation.objects.get(code=code), name="app", may_post=True,
        team=Team.objects.get(code=team) if team else None, valid_until=timezone.localdate() + dt.timedelta(days=9),
    )  # fmt: skip
    PartnerKey.make(key, by=by)
    return key


class TestInbox:
    def test_tells_the_outcome_with_thanks_and_leads_to_the_signal(self, karel: Client, solved: Signal) -> None:
        shown = page(karel)
        assert OUTCOME in shown
        assert "Bedankt dat je dit meldde." in shown
        assert f'href="/signalen/{solved.reference}/"' in shown

    def test_puts_what_is_new_above_what_was_read(
        self, karel: Client, cast: Cast, raised: Make, solved: Signal
    ) -> None:
        Feedback.objects.update(at=timezone.now() + dt.timedelta(hours=1))  # read, though the latest
        page(karel)
        raised().close(by=cast["coordinator"], outcome="Later verteld.")
        shown = page(karel)
        assert shown.index("Later verteld.") < shown.index("Eerder gelezen") < shown.index(OUTCOME)

    def test_says_beside_the_menu_how_much_is_new(self, karel: Client, solved: Signal) -> None:
        link = 'id="menu-feedback"'
        assert ")</span></b>" in karel.get(reverse("rooms")).text.partition(link)[2][:400]
        page(karel)
        assert ")</span></b>" not in karel.get(reverse("rooms")).text.partition(link)[2][:400]

    def test_is_beside_the_menu_of_who_raises_signals(self, cast: Cast, sign_in: SignIn, kortrijk: None) -> None:
        for who in ("dienstencentrum", "vereniging", "gemeenschapswacht", "buurtwerker", "agent", "wijkinspecteur"):
            assert 'id="menu-feedback"' in sign_in(cast[who]).get(reverse("rooms")).text, who
        for who in ("dpo", "beheerder", "fluvius", "gebouwbeheerder"):
            assert 'id="menu-feedback"' not in sign_in(cast[who]).get(reverse("rooms")).text, who

    def test_loses_nothing_when_there_is_more_than_a_page(self, karel: Client, cast: Cast, raised: Make) -> None:
        signal = raised()
        now = timezone.now()
        Feedback.objects.bulk_create(
            Feedback(
                user=cast["dienstencentrum"], signal=signal, subject=f"Nummer {n:03}.", text="Gedaan.",
                at=now - dt.timedelta(minutes=n),
            )
            for n in range(70)
        )  # fmt: skip
        first, second = page(karel), page(karel)
        assert "Lees verder: nog 20 nieuwe berichten" in first
        shown = first + second + "".join(page(karel, f"?page={number}") for number in (1, 2, 3, 4))
        assert [n for n in range(70) if f"Nummer {n:03}." not in shown] == []

    def test_costs_the_same_number_of_queries_however_much(
        self, karel: Client, cast: Cast, raised: Make, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        def some(count: int) -> None:
            for _number in range(count):
                raised().close(by=cast["coordinator"], outcome="Gedaan.")

        some(1)
        page(karel)
        some(1)
        with CaptureQueriesContext(connection) as one:
            page(karel)
        some(6)
        with django_assert_num_queries(len(one)):
            page(karel)

    def test_stands_on_today_until_it_was_read(self, karel: Client, solved: Signal) -> None:
        assert OUTCOME in karel.get(reverse("today")).text
        page(karel)
        assert OUTCOME not in karel.get(reverse("today")).text


class TestFigures:
    def test_tell_solved_from_what_ended_otherwise(
        self, karel: Client, cast: Cast, raised: Make, solved: Signal
    ) -> None:
        raised()
        raised().cancel(by=cast["coordinator"], reason="Vergissing.")
        assert "Jouw 3 signalen: 1 opgelost, 1 anders afgelopen." in page(karel)

    def test_leave_out_what_was_typed_for_a_citizen(self, karel: Client, cast: Cast, report: Make) -> None:
        report(by=cast["dienstencentrum"], channel="counter").close(by=cast["coordinator"], outcome=OUTCOME)
        shown = page(karel)
        assert "Jouw" not in shown
        assert OUTCOME not in shown

    def test_of_sealed_matter_say_only_that_it_arrived(self, karel: Client, cast: Cast, raised: Make) -> None:
        asked = raised("Bezorgd om iemand")
        before = page(karel)
        asked.close(by=cast["verpleegkundige"], outcome=OUTCOME)
        after = page(karel)
        for shown in (before, after):
            assert "Jouw 1 signaal: 1 bezorgd aan de juiste dienst." in shown
        assert "Bezorgd aan de juiste dienst." in after
        assert OUTCOME not in after
        assert asked.reference not in after

    def test_do_not_tell_that_something_became_sealed(self, karel: Client, cast: Cast, raised: Make) -> None:
        raised()
        open_still, sealed = page(karel), raised()
        Signal.objects.filter(pk=sealed.pk).update(level=Level.SEALED, team=Team.objects.get(code="sociale-dienst"))
        assert "Jouw 1 signaal: 0 opgelost." in open_still
        assert "Jouw 2 signalen: 0 opgelost." in page(karel)

    def test_name_their_own_subject_to_who_belongs_nowhere(self, cast: Cast, raised: Make, report: Make) -> None:
        """Not that of whoever reported it first, which may say more."""
        first, theirs, bram = report("Woonkwaliteit"), raised("Onveilige situatie"), cast["coordinator"]
        User.objects.filter(pk=cast["dienstencentrum"].pk).update(organisation=None)
        join(theirs, into=first, by=bram)
        first.raise_level(by=bram, level=Level.LIMITED)
        first.close(by=bram, outcome=OUTCOME)
        assert Feedback.objects.get().subject == "Onveilige situatie"

    def test_of_limited_matter_count_for_its_owner_and_are_on_record(
        self, cast: Cast, sign_in: SignIn, raised: Make
    ) -> None:
        quarrel = raised("Burenruzie", who="wijkinspecteur")
        quarrel.close(by=cast["coordinator.politie"], outcome=OUTCOME)
        shown = page(sign_in(cast["wijkinspecteur"]))
        assert "Jouw 1 signaal: 1 opgelost." in shown
        assert OUTCOME in shown
        assert ReadEntry.objects.get(surface="feedback").reader_id == cast["wijkinspecteur"].pk


class TestSchool:
    def test_hears_of_what_it_raised_by_hand(self, cast: Cast, sign_in: SignIn, kortrijk: None) -> None:
        oscar = sign_in(cast["vereniging"])
        form = oscar.get(reverse("signals:intake"))
        assert '<option value="partner" selected>' in form.text
        typed = {
            "id": str(form.context["form"]["id"].value()), "category": Category.objects.get(name="Fietswrak").pk,
            "description": "Een wrak aan de poort.", "place": "Overleiestraat", "longitude": "3.2620",
            "latitude": "50.8335", "kind": "report", "channel": "partner",
        }  # fmt: skip
        assert oscar.post(reverse("signals:intake"), typed).status_code in (302, 303)
        Signal.objects.get().close(by=cast["coordinator"], outcome=OUTCOME)
        shown = page(oscar)
        assert OUTCOME in shown
        assert "Jouw 1 signaal: 1 opgelost." in shown
        assert "/signalen/S-" not in shown  # it raised it, it does not read it

    def test_does_not_answer_in_the_name_of_the_city(self, cast: Cast, sign_in: SignIn, kortrijk: None) -> None:
        typed = {
            "category": Category.objects.get(name="Fietswrak").pk, "description": "Een wrak.", "channel": "partner",
            "place": "Overleiestraat", "longitude": "3.2620", "latitude": "50.8335", "kind": "report",
            "answer": "Wij zeiden dat het in orde is.",
        }  # fmt: skip
        for who, is_open in (("vereniging", True), ("dienstencentrum", False)):
            sent = sign_in(cast[who]).post(reverse("signals:intake"), {**typed, "id": uuid4()})
            assert sent.status_code in (302, 303), sent.context["form"].errors
            assert Signal.objects.get(reports__registered_by=cast[who]).is_open is is_open

    def test_hears_of_what_its_program_raised(self, cast: Cast, sign_in: SignIn) -> None:
        key = key_of("school", cast["beheerder"])
        signals = [by_program(number, key) for number in range(3)]
        by_program(9, key, "bezorgd-om-iemand")
        signals[0].close(by=cast["coordinator"], outcome=OUTCOME)
        shown = page(sign_in(cast["vereniging"]))
        assert OUTCOME in shown
        name = "Basisschool De Wegwijzer (voorbeeld)"
        assert f"4 signalen via het programma van {name}: 1 opgelost, 1 bezorgd aan de juiste dienst." in shown

    def test_hears_it_at_the_post_of_the_program_alone(self, cast: Cast, sign_in: SignIn) -> None:
        other = Team.objects.create(code="school-keuken", name="Keuken", kind="desk", organisation_id=(
            cast["vereniging"].organisation_id))  # fmt: skip
        signal = by_program(1, key_of("school", cast["beheerder"], "school-wegwijzer"))
        cook = User.objects.create_user("kok@kortrijk.example", name="Kok", organisation=other.organisation)
        cook.memberships.create(team=other, function="association_contact")
        signal.close(by=cast["coordinator"], outcome=OUTCOME)
        assert [line.user for line in Feedback.objects.all()] == [cast["vereniging"]]
        assert "via het programma" not in page(sign_in(cook))
        assert "1 signaal via het programma" in page(sign_in(cast["vereniging"]))

    def test_does_not_hear_what_another_partner_raised(self, cast: Cast, sign_in: SignIn) -> None:
        by_program(1, key_of("fluvius", cast["beheerder"])).close(by=cast["coordinator"], outcome=OUTCOME)
        assert OUTCOME not in page(sign_in(cast["vereniging"]))
        assert "via het programma" not in page(sign_in(cast["vereniging"]))
        assert OUTCOME in page(sign_in(cast["fluvius"]))


class TestNobodyElse:
    """Coordinator, team lead, administrator, officer, colleague at the same desk: none sees anybody's figures."""

    OTHERS = ("coordinator", "gebiedswerker", "beheerder", "dpo")

    @pytest.fixture
    def mos(self, cast: Cast, report: Make) -> list[Signal]:
        """Four by the warden, of which three are over."""
        signals = [report(by=cast["gemeenschapswacht"], channel="warden") for _number in range(4)]
        for signal in signals[:3]:
            signal.close(by=cast["coordinator"], outcome=OUTCOME)
        return signals

    def test_sees_the_figures_of_a_person(self, cast: Cast, sign_in: SignIn, mos: list[Signal]) -> None:
        colleague = User.objects.create_user(
            "wacht@kortrijk.example", name="Wacht", organisation=cast["gemeenschapswacht"].organisation
        )
        colleague.memberships.create(team=Team.objects.get(code="gemeenschapswachten"), function="community_warden")
        mo = cast["gemeenschapswacht"].pk
        places = [reverse(name) for name in ("field-reading", "today", "rooms")]
        places.append(f"{reverse('feedback')}?user={mo}&persoon={mo}")
        for person in [*(cast[who] for who in self.OTHERS), colleague]:
            client = sign_in(person)
            for place in places:
                shown = client.get(place).text
                assert "Jouw 4" not in shown, (person, place)
                assert "3 opgelost" not in shown, (person, place)
                assert place == reverse("today") or OUTCOME not in shown, (person, place)
        assert Feedback.objects.unread().count() == 3  # nobody read them for him either
        assert "Jouw 4 signalen: 3 opgelost." in page(sign_in(cast["gemeenschapswacht"]))

    def test_finds_them_on_the_page_of_a_person_or_in_the_administration(
        self, cast: Cast, sign_in: SignIn, mos: list[Signal]
    ) -> None:
        shown = sign_in(cast["beheerder"]).get(reverse("teams:person", args=[cast["gemeenschapswacht"].pk])).text
        assert "Mo El Amrani" in shown
        assert "opgelost" not in shown
        assert Feedback not in admin.site._registry
