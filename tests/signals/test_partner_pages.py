"""The pages on which an administrator keeps keys and webhooks."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.models import PartnerKey, Signal, Webhook, WebhookDelivery
from signals.models.partners import PREFIX, hashed
from teams.models import Organisation, Team, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def quinten(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder"])


@pytest.fixture
def rika(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["beheerder.ocmw"])


def org(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def typed(**given: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()), "organisation": org("fluvius").pk, "name": "Storingen", "may_post": "on",
        "valid_until": (timezone.localdate() + dt.timedelta(days=90)).isoformat(), **given,
    }  # fmt: skip


def hook(**given: Any) -> dict[str, Any]:
    return {"team": team("fluvius-verlichting").pk, "url": "https://fluvius.example/hook",
            "happenings": ["task.offered"], **given}  # fmt: skip


class TestKey:
    def test_is_shown_once(self, quinten: Client) -> None:
        answer = quinten.post(reverse("signals:partner-key-add"), typed())
        text = next(word for word in answer.text.split('"') if word.startswith(PREFIX))
        row = PartnerKey.objects.get()
        assert row.hashed == hashed(text)
        assert answer.headers["Cache-Control"] == "no-store, private"
        page = quinten.get(reverse("signals:partners")).text
        assert text not in page
        assert row.beginning in page

    def test_sent_twice_is_one_key(self, quinten: Client) -> None:
        same = typed()
        quinten.post(reverse("signals:partner-key-add"), same)
        answer = quinten.post(reverse("signals:partner-key-add"), same)
        assert answer.status_code == 422
        assert "al gemaakt en één keer getoond" in answer.text
        assert PartnerKey.objects.count() == 1

    def test_may_read_as_a_team_of_the_partner(self, quinten: Client) -> None:
        quinten.post(reverse("signals:partner-key-add"), typed(may_read="on", team=team("fluvius-verlichting").pk))
        assert PartnerKey.objects.get().access.team_ids == {team("fluvius-verlichting").pk}

    def test_forgets_a_team_it_does_not_read_as(self, quinten: Client) -> None:
        quinten.post(reverse("signals:partner-key-add"), typed(team=team("fluvius-verlichting").pk))
        assert PartnerKey.objects.get().team is None

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"may_post": ""}, "Vink minstens één recht aan"),
            ({"may_read": "on"}, "Kies het team van Fluvius"),
            ({"may_read": "on", "team": "school-wegwijzer"}, "Kies het team van Fluvius"),
            ({"may_read": "on", "team": "meldpunt-1777"}, "geldige keuze"),
            ({"organisation": "stad", "may_read": "on", "team": "fluvius-verlichting"}, "onder de eigen naam"),
            ({"organisation": "ocmw"}, "geldige keuze"),
            ({"valid_until": "2020-01-01"}, "voorbij"),
            ({"valid_until": "2099-01-01"}, "drie jaar"),
            ({"name": ""}, "verplicht"),
        ],
    )
    def test_is_refused_with_the_reason(self, quinten: Client, given: dict[str, str], says: str) -> None:
        if "team" in given:
            given = {**given, "team": str(team(given["team"]).pk)}
        if "organisation" in given:
            given = {**given, "organisation": str(org(given["organisation"]).pk)}
        answer = quinten.post(reverse("signals:partner-key-add"), typed(**given))
        assert answer.status_code == 422
        assert says in answer.text
        assert not PartnerKey.objects.exists()

    def test_of_a_public_body_is_for_reporting(self, rika: Client) -> None:
        page = rika.get(reverse("signals:partner-key-add")).text
        assert "may_read" not in page
        rika.post(reverse("signals:partner-key-add"), typed(organisation="", may_read="on", team="1"))
        row = PartnerKey.objects.get()
        assert (row.organisation.code, row.may_read) == ("ocmw", False)

    def test_is_revoked(self, quinten: Client, cast: Cast) -> None:
        quinten.post(reverse("signals:partner-key-add"), typed())
        row = PartnerKey.objects.get()
        answer = quinten.post(reverse("signals:partner-key-revocation", args=[row.pk]), follow=True)
        row.refresh_from_db()
        assert (row.is_valid, row.revoked_by) == (False, cast["beheerder"])
        assert "ingetrokken" in answer.text
        first = row.revoked_at
        quinten.post(reverse("signals:partner-key-revocation", args=[row.pk]))
        row.refresh_from_db()
        assert row.revoked_at == first

    def test_of_others_is_not_there(self, quinten: Client, rika: Client) -> None:
        quinten.post(reverse("signals:partner-key-add"), typed())
        row = PartnerKey.objects.get()
        assert "Storingen" not in rika.get(reverse("signals:partners")).text
        assert rika.post(reverse("signals:partner-key-revocation", args=[row.pk])).status_code == 404
        assert PartnerKey.objects.get().is_valid

    def test_leaves_its_past_without_its_hash(self, quinten: Client) -> None:
        quinten.post(reverse("signals:partner-key-add"), typed())
        quinten.post(reverse("signals:partner-key-revocation", args=[PartnerKey.objects.get().pk]))
        changes = PartnerKey.changes.rel.related_model._default_manager  # type: ignore[attr-defined]
        assert "hashed" not in changes.values()[0]
        assert changes.count() == 1


class TestWebhook:
    def test_shows_its_secret_once(self, quinten: Client) -> None:
        answer = quinten.post(reverse("signals:webhook-add"), hook())
        row = Webhook.objects.get()
        assert row.secret in answer.text
        assert row.organisation.code == "fluvius"
        assert row.secret not in quinten.get(reverse("signals:webhook", args=[row.pk])).text

    def test_gets_a_new_secret(self, quinten: Client) -> None:
        quinten.post(reverse("signals:webhook-add"), hook())
        row = Webhook.objects.get()
        answer = quinten.post(reverse("signals:webhook-secret", args=[row.pk]))
        assert Webhook.objects.get().secret != row.secret
        assert Webhook.objects.get().secret in answer.text

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"url": "ftp://fluvius.example/"}, "https"),
            ({"url": "https://wij:geheim@fluvius.example/"}, "naam en wachtwoord"),
            ({"url": "fluvius"}, "geldige"),
            ({"url": "https://127.0.0.1/beheer/"}, "127.0.0.1 ligt in een afgesloten netwerk"),
            ({"url": "https://169.254.169.254/latest/"}, "afgesloten netwerk"),
            ({"url": "https://[::ffff:10.0.0.1]/"}, "afgesloten netwerk"),
            ({"url": "https://localhost:8000/"}, "afgesloten netwerk"),
            ({"url": "https://storingen.fluvius.local/"}, "storingen.fluvius.local ligt in een afgesloten netwerk"),
            ({"happenings": []}, "minstens één moment"),
            ({"happenings": ["alles"]}, "geldige keuze"),
            ({"team": "groen"}, "geldige keuze"),
        ],
    )
    def test_is_refused_with_the_reason(self, quinten: Client, given: dict[str, Any], says: str) -> None:
        if "team" in given:
            given = {"team": team(given["team"]).pk}
        answer = quinten.post(reverse("signals:webhook-add"), hook(**given))
        assert answer.status_code == 422
        assert says in answer.text

    def test_takes_plain_http_in_a_demo_only(self, quinten: Client, settings: Any) -> None:
        settings.OUTGOING_PLAIN_HTTP = False
        answer = quinten.post(reverse("signals:webhook-add"), hook(url="http://fluvius.example/"))
        assert "moet met https beginnen" in answer.text

    def test_twice_at_one_address_is_refused(self, quinten: Client) -> None:
        quinten.post(reverse("signals:webhook-add"), hook())
        assert "al berichten op dit adres" in quinten.post(reverse("signals:webhook-add"), hook()).text

    def test_is_changed_but_not_given_to_another_team(self, quinten: Client) -> None:
        quinten.post(reverse("signals:webhook-add"), hook())
        row = Webhook.objects.get()
        changed = hook(team=team("school-wegwijzer").pk, url="https://fluvius.example/2")
        quinten.post(reverse("signals:webhook", args=[row.pk]), changed)
        row.refresh_from_db()
        assert (row.url, row.team.code) == ("https://fluvius.example/2", "fluvius-verlichting")

    def test_is_switched_off_and_on(self, quinten: Client) -> None:
        quinten.post(reverse("signals:webhook-add"), hook())
        url = reverse("signals:webhook-activity", args=[Webhook.objects.get().pk])
        quinten.post(url, {"active": "0"})
        assert not Webhook.objects.get().active
        quinten.post(url, {"active": "1"})
        assert Webhook.objects.get().active

    def test_is_not_for_who_has_no_partner(self, rika: Client) -> None:
        assert rika.get(reverse("signals:webhook-add")).status_code == 403
        assert "Webhook" not in rika.get(reverse("signals:partners")).text

    def test_of_others_is_not_there(self, quinten: Client, rika: Client) -> None:
        quinten.post(reverse("signals:webhook-add"), hook())
        key = Webhook.objects.get().pk
        assert rika.get(reverse("signals:webhook", args=[key])).status_code == 404
        for name in ("webhook-activity", "webhook-secret"):
            assert rika.post(reverse(f"signals:{name}", args=[key])).status_code == 404

    def test_tells_of_its_messages_and_not_about_whom(self, quinten: Client, report: Callable[..., Signal]) -> None:
        quinten.post(reverse("signals:webhook-add"), hook(happenings=["signal.routed"]))
        signal = report("Straatverlichting", place="kwibbelplaats")
        WebhookDelivery.objects.update(
            state="failed", attempts=5, answer=500, problem="De andere kant kon het niet aannemen."
        )
        page = quinten.get(reverse("signals:webhook", args=[Webhook.objects.get().pk])).text
        assert "Nieuw signaal voor het team" in page
        assert "500: De andere kant kon het niet aannemen." in page
        assert "Opnieuw sturen" in page
        assert signal.reference not in page
        assert "kwibbel" not in page
        assert "1 bericht niet bezorgd" in quinten.get(reverse("signals:partners")).text

    def test_says_in_the_list_that_the_last_one_did_not_arrive(
        self, quinten: Client, report: Callable[..., Signal]
    ) -> None:
        quinten.post(reverse("signals:webhook-add"), hook(happenings=["signal.routed"]))
        assert "nog niets verstuurd" in quinten.get(reverse("signals:partners")).text
        report("Straatverlichting")
        WebhookDelivery.objects.get().note("waiting", problem="fluvius.example ligt in een afgesloten netwerk.")
        page = quinten.get(reverse("signals:partners")).text
        assert "komt niet aan" in page
        assert ": fluvius.example ligt in een afgesloten netwerk." in page
        WebhookDelivery.objects.get().note("delivered", answer=204)
        assert "komt niet aan" not in quinten.get(reverse("signals:partners")).text

    def test_list_costs_the_same_however_many_there_are(self, quinten: Client, django_assert_num_queries: Any) -> None:
        def make(number: int) -> None:
            quinten.post(reverse("signals:webhook-add"), hook(url=f"https://fluvius.example/{number}"))
            quinten.post(reverse("signals:partner-key-add"), typed(name=f"Sleutel {number}"))

        make(1)
        with CaptureQueriesContext(connection) as one:
            quinten.get(reverse("signals:partners"))
        cost = len(one)
        make(2)
        make(3)
        with django_assert_num_queries(cost):
            quinten.get(reverse("signals:partners"))


class TestDatabase:
    """Whoever writes the row."""

    def key(self, cast: Cast, **fields: Any) -> None:
        row = PartnerKey(organisation=org("fluvius"), name="x", valid_until=timezone.localdate(), **fields)
        PartnerKey.make(row, by=cast["beheerder"])

    def test_keeps_a_key_without_rights_out(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError):
            self.key(cast, may_post=False)

    def test_keeps_a_reading_key_without_a_team_out(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError):
            self.key(cast, may_read=True)

    def test_keeps_a_webhook_for_unknown_happenings_out(self, cast: Cast) -> None:
        row = Webhook(
            team=team("fluvius-verlichting"), organisation=org("fluvius"), url="https://x.example", happenings=["y"]
        )
        with pytest.raises(IntegrityError):
            Webhook.begin(row, by=cast["beheerder"])
