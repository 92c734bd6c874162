"""The permission matrix of every page that is not about one signal: each address, each role, exact answers."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reservations.models import Building
from signals.models import PartnerKey, RoutingRule, Signal, Webhook, WebhookDelivery
from teams.models import Membership, MonthlyReport, Organisation, Post, Team, User
from tests.cast import Cast, area
from tests.permissions import test_signal_pages as about_signals
from tests.permissions.people import EVERYBODY, OVERSEEING, WORKING
from tests.permissions.test_signal_pages import answers
from tests.test_urls import ENTRIES, PUBLIC

VIEWING = set(WORKING) - {"vereniging", "fluvius"}
REGISTERING = VIEWING - {"uitvoerder", "verpleegkundige"}
COORDINATING = {"coordinator", "coordinator.rand", "coordinator.ocmw", "coordinator.politie"}
ADMINISTERING = {"beheerder", "beheerder.ocmw"}
PROTECTING = {"dpo", "dpo.ocmw"}

# address -> (its arguments, who gets a page, what the others get)
PAGES: dict[str, tuple[list[object], set[str], int]] = {
    "inbox": ([], set(WORKING), 403),
    "inbox-rows": ([], set(WORKING), 403),
    "today": ([], set(EVERYBODY), 0),
    "field": ([], REGISTERING, 403),
    "field-tasks": ([], set(EVERYBODY), 0),
    "field-feedback": ([], set(EVERYBODY), 0),
    "rooms": ([], set(EVERYBODY), 0),
    "signals:intake": ([], REGISTERING, 403),
    "signals:rules": ([], COORDINATING | {"gebiedswerker"} | ADMINISTERING, 403),
    "signals:rule-add": ([], COORDINATING | ADMINISTERING, 403),
    "signals:export": ([], set(WORKING), 403),
    "signals:exports": ([], PROTECTING, 403),
    "signals:partners": ([], ADMINISTERING, 403),
    "signals:partner-key-add": ([], ADMINISTERING, 403),
    "signals:webhook-add": ([], {"beheerder"}, 403),
    "teams:me": ([], set(EVERYBODY), 0),
    "teams:teams": ([], set(EVERYBODY), 0),
    "teams:people": ([], ADMINISTERING, 403),
    "teams:person-add": ([], ADMINISTERING, 403),
    "teams:read-log": ([], PROTECTING, 403),
    "teams:read-log-csv": ([], PROTECTING, 403),
    "reports:reports": ([], set(EVERYBODY), 0),  # an empty list for who follows no area
    "areas:areas": ([], set(EVERYBODY), 0),
    "areas:area": (["overleie"], set(EVERYBODY), 0),
    "areas:contact": ([], set(EVERYBODY), 0),
    "areas:contact-answer": ([], set(EVERYBODY), 0),
    "account_change_password": ([], set(EVERYBODY), 0),
    "admin:index": ([], ADMINISTERING, 302),
}

# Addresses of one object, tried below or beside their own tests.
OF_ONE_OBJECT = {
    "areas:area-section", "areas:tile",
    "signals:rule", "signals:rule-position", "signals:rule-activity",
    "teams:person", "teams:person-edit", "teams:person-deactivation", "teams:person-activation",
    "teams:person-invitation", "teams:membership-add", "teams:membership",
    "teams:team", "teams:team-settings", "teams:team-member-add",
    "teams:post-add", "teams:post", "teams:post-edit", "teams:post-holder", "teams:read-log-check",
    "reports:document", "reports:words", "reservations:building", "reservations:building-edit",
    "signals:intake-saved", "signals:intake-surroundings", "field-saved", "field-surroundings",
    "signals:signal-tasks", "signals:task", "signals:task-acceptance", "signals:task-withdrawal",
    "signals:share", "signals:share-end", "signals:attachment",
    # tests/signals/test_import_page.py
    "signals:imports", "signals:import", "signals:import-columns", "signals:import-execution",
    "signals:import-progress", "signals:import-refused",
    "signals:partner-key-revocation", "signals:webhook", "signals:webhook-activity", "signals:webhook-secret",
    "signals:delivery-retry",
}  # fmt: skip


def test_every_address_has_its_place_in_the_matrix() -> None:
    placed = {*PAGES, *OF_ONE_OBJECT, *PUBLIC, *about_signals.ON_SIGNAL, *about_signals.ON_TASK}
    addresses = {name for name, _ in ENTRIES if not name.startswith("admin:")}
    assert addresses - placed == set()


def only(may: set[str], answer: int, stopped: set[str], stop: int = 403, other: int = 404) -> dict[str, int]:
    """Who may gets the answer, whom the first guard stops a 403, everybody else is told it is not there."""
    return {who: answer if who in may else stop if who in stopped else other for who in EVERYBODY}


@pytest.mark.parametrize("address", PAGES)
def test_page_answers_each_as_it_should(address: str, clients: dict[str, Client]) -> None:
    arguments, may, otherwise = PAGES[address]
    got = answers(clients, "get", reverse(address, args=arguments))
    assert got == {who: 200 if who in may else otherwise for who in EVERYBODY}


@pytest.mark.parametrize("address", [name for name, (_, may, _) in PAGES.items() if may == set(EVERYBODY)])
def test_page_for_every_colleague_is_for_no_stranger(address: str, client: Client, kortrijk: None) -> None:
    answer = client.get(reverse(address, args=PAGES[address][0]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


class TestPeople:
    """An administrator keeps the people of the own organisation; those of another are not there."""

    @pytest.mark.parametrize(
        ("address", "method", "answer"),
        [
            ("teams:person", "get", 200),
            ("teams:person-edit", "get", 200),
            ("teams:membership-add", "get", 200),
            ("teams:person-deactivation", "post", 302),
            ("teams:person-activation", "post", 302),
            ("teams:person-invitation", "post", 302),
        ],
    )
    def test_are_kept_by_their_own_administrator(
        self,
        cast: Cast,
        clients: dict[str, Client],
        address: str,
        method: str,
        answer: int,
    ) -> None:
        person = User.objects.create_user(
            "nieuw@kortrijk.example", None, name="Nieuw", organisation=cast["agent"].organisation
        )
        got = answers(clients, method, reverse(address, args=[person.pk]))
        assert got == only({"beheerder"}, answer, set(EVERYBODY) - ADMINISTERING)

    def test_have_memberships_that_their_own_administrator_keeps(self, cast: Cast, clients: dict[str, Client]) -> None:
        membership = Membership.objects.filter(user=cast["buurtwerker"], team__code="buurtwerk").get()
        got = answers(clients, "get", reverse("teams:membership", args=[membership.pk]))
        assert got == only({"beheerder.ocmw"}, 200, set(EVERYBODY) - ADMINISTERING)


class TestTeam:
    @pytest.mark.parametrize("address", ["teams:team-settings", "teams:post-add"])
    def test_is_steered_by_its_own_administrator(self, clients: dict[str, Client], address: str) -> None:
        got = answers(clients, "get", reverse(address, args=["groen"]))
        assert got["beheerder"] == 200
        assert {got[who] for who in EVERYBODY if who != "beheerder"} <= {403, 404}

    def test_takes_members_from_its_own_administrator(self, clients: dict[str, Client]) -> None:
        got = answers(clients, "get", reverse("teams:team-member-add", args=["groen"]))
        assert got["beheerder"] == 200
        assert {got[who] for who in EVERYBODY if who != "beheerder"} <= {403, 404}

    def test_a_joint_one_takes_from_each_administrator_its_own_people(self, clients: dict[str, Client]) -> None:
        got = answers(clients, "get", reverse("teams:team-member-add", args=["gebiedsteam-overleie-pius-x"]))
        assert {who for who, code in got.items() if code == 200} == ADMINISTERING

    @pytest.mark.parametrize("address", ["teams:post", "teams:post-edit"])
    def test_has_posts_kept_by_its_own_administrator(self, clients: dict[str, Client], address: str) -> None:
        post = Post.objects.filter(team__code="wijkwerking-noord").first()
        assert post is not None
        got = answers(clients, "get", reverse(address, args=[post.pk]))
        assert {
            who for who, code in got.items() if code == 200
        } == set()  # the police's administrator is not in this cast


class TestRule:
    @pytest.mark.parametrize(("address", "answer"), [("signals:rule-position", 302), ("signals:rule-activity", 302)])
    def test_is_changed_by_the_owner_of_its_subject(
        self,
        clients: dict[str, Client],
        address: str,
        answer: int,
    ) -> None:
        rule = RoutingRule.objects.get(name="Geluidshinder wijk Noord")
        got = answers(clients, "post", reverse(address, args=[rule.pk]))
        assert got == {who: answer if who == "coordinator.politie" else 403 for who in EVERYBODY}

    def test_is_read_by_whoever_routes(self, clients: dict[str, Client]) -> None:
        rule = RoutingRule.objects.get(name="Geluidshinder wijk Noord")
        got = answers(clients, "get", reverse("signals:rule", args=[rule.pk]))
        assert {who for who, code in got.items() if code == 200} <= COORDINATING | ADMINISTERING | {"gebiedswerker"}
        assert got["coordinator.politie"] == 200
        assert got["gemeenschapswacht"] == 403


class TestReport:
    def report(self, of: str) -> MonthlyReport:
        first = (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        return MonthlyReport.objects.create(
            area=area("Overleie"), organisation=Organisation.objects.get(code=of), month=first
        )

    @pytest.mark.parametrize(
        ("of", "readers"),
        [
            ("stad", {"agent", "coordinator", "gebiedswerker", "uitvoerder", "gemeenschapswacht"}),
            ("ocmw", {"coordinator.ocmw", "buurtwerker", "verpleegkundige", "dienstencentrum"}),
            ("politie", {"coordinator.politie", "wijkinspecteur"}),
        ],
    )
    def test_is_read_in_its_own_organisation_where_one_views_the_area(
        self,
        clients: dict[str, Client],
        of: str,
        readers: set[str],
    ) -> None:
        url = reverse("reports:document", args=[self.report(of).pk])
        assert answers(clients, "get", url) == only(readers, 200, set(EVERYBODY) - VIEWING)

    def test_is_worded_by_the_area_worker_of_its_area(self, clients: dict[str, Client]) -> None:
        url = reverse("reports:words", args=[self.report("stad").pk])
        assert {who for who, code in answers(clients, "get", url).items() if code == 200} == {"gebiedswerker"}


class TestBuilding:
    def test_is_known_to_every_colleague_and_changed_by_who_manages_it(self, clients: dict[str, Client]) -> None:
        from django.core.management import call_command

        call_command("load_buildings", verbosity=0)
        building = Building.objects.filter(owner__code="stad").first()
        assert building is not None
        assert set(answers(clients, "get", reverse("reservations:building", args=[building.code])).values()) == {200}
        edits = answers(clients, "get", reverse("reservations:building-edit", args=[building.code]))
        assert {code for who, code in edits.items() if who not in ADMINISTERING} == {403}


class TestConfirmation:
    """What was just registered is shown to who did, and to nobody else."""

    @pytest.mark.parametrize("address", ["signals:intake-saved", "field-saved"])
    def test_is_shown_to_who_registered(
        self,
        cast: Cast,
        report: Callable[..., Signal],
        clients: dict[str, Client],
        address: str,
    ) -> None:
        signal = report(by=cast["gemeenschapswacht"])
        got = answers(clients, "get", reverse(address, args=[signal.reports.get().pk]))
        assert got == only({"gemeenschapswacht"}, 200, set(EVERYBODY) - REGISTERING)


class TestReadLog:
    def test_is_checked_by_data_protection_officers(self, clients: dict[str, Client]) -> None:
        got = answers(clients, "post", reverse("teams:read-log-check"))
        assert got == {who: 200 if who in PROTECTING else 403 for who in EVERYBODY}
        assert OVERSEEING


class TestConnection:
    """Those of a partner are kept by the administrator of the city; to that of the OCMW they are not there."""

    def test_of_a_partner_is_kept_by_the_city(self, cast: Cast, clients: dict[str, Client]) -> None:
        key = PartnerKey(organisation=Organisation.objects.get(code="school"), name="x", valid_until="2030-01-01")
        PartnerKey.make(key, by=cast["beheerder"])
        expected = only({"beheerder"}, 302, set(EVERYBODY) - ADMINISTERING)
        assert answers(clients, "post", reverse("signals:partner-key-revocation", args=[key.pk])) == expected

    @pytest.mark.parametrize(
        ("address", "method", "answer"),
        [("webhook", "get", 200), ("webhook-activity", "post", 302), ("webhook-secret", "post", 200)],
    )
    def test_by_webhook_too(
        self, cast: Cast, clients: dict[str, Client], address: str, method: str, answer: int
    ) -> None:
        hook = self.webhook(cast)
        expected = only({"beheerder"}, answer, set(EVERYBODY) - ADMINISTERING)
        assert answers(clients, method, reverse(f"signals:{address}", args=[hook.pk])) == expected

    def test_sends_again_for_its_administrator(
        self, cast: Cast, clients: dict[str, Client], report: Callable[..., Signal]
    ) -> None:
        self.webhook(cast)
        report("Straatverlichting")
        url = reverse("signals:delivery-retry", args=[WebhookDelivery.objects.get().pk])
        assert answers(clients, "post", url) == only({"beheerder"}, 302, set(EVERYBODY) - ADMINISTERING)

    @staticmethod
    def webhook(cast: Cast) -> Webhook:
        team = Team.objects.get(code="fluvius-verlichting")
        hook = Webhook(team=team, url="https://x.example/", happenings=["signal.routed"])
        hook.full_clean(exclude=["organisation", "secret"])
        Webhook.begin(hook, by=cast["beheerder"])
        return hook
