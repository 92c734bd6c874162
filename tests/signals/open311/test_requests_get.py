"""Who follows what: the public an outline of public subjects, a partner what its team reads and what it reported."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Channel, PartnerKey, PartnerReport, Signal
from signals.workflow import SignalStatus
from teams.models import Team
from tests.cast import MARKE, OVERLEIE, Cast
from tests.signals.open311.conftest import MakeKey, Post

pytestmark = pytest.mark.django_db

type Report = Callable[..., Signal]


def listed(client: Client, query: str = "", key: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/open311/v2/requests.json?{query}", headers={"X-Api-Key": key} if key else {})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def numbers(client: Client, query: str = "", key: str = "") -> set[str]:
    return {row["service_request_id"] for row in listed(client, query, key)}


class TestPublic:
    def test_follows_open_matter_of_public_subjects(self, client: Client, public: None, report: Report) -> None:
        shown, hidden = report("Sluikstort"), report("Zwerfvuil")
        assert numbers(client) == {shown.reference}
        assert client.get(f"/open311/v2/requests/{hidden.reference}.json").status_code == 404
        assert client.get(f"/open311/v2/requests/{shown.reference}.json").status_code == 200

    def test_follows_nothing_that_is_not_marked(self, client: Client, report: Report) -> None:
        report("Sluikstort")
        assert numbers(client) == set()

    def test_follows_nothing_that_nobody_has_read(self, client: Client, public: None, report: Report) -> None:
        """The control: the same report, once somebody opened it."""
        unread = report(by=None, channel=Channel.WEB)
        Signal.objects.update(status=SignalStatus.NEW)
        assert numbers(client) == set()
        assert client.get(f"/open311/v2/requests/{unread.reference}.json").status_code == 404
        Signal.objects.update(status=SignalStatus.TO_DIVIDE)
        assert numbers(client) == {unread.reference}
        assert client.get(f"/open311/v2/requests/{unread.reference}.json").status_code == 200

    def test_reads_no_words_and_no_exact_place(self, client: Client, public: None, report: Report, cast: Cast) -> None:
        signal = report(
            description="Bij mevrouw Peeters.", place="Overleiestraat 8, bij Peeters", name="Rosa Vercruysse",
            email="rosa@voorbeeld.example", at=(OVERLEIE[0] + 0.00001234, OVERLEIE[1]),
        )  # fmt: skip
        signal.close(by=cast["coordinator"], outcome="Opgebeld met Peeters.")
        (row,) = listed(client)
        assert row["description"] is None
        assert row["address"] == "Overleie"
        assert row["status_notes"] == "afgerond"
        assert (row["lat"], row["long"]) == (round(OVERLEIE[1], 4), round(OVERLEIE[0], 4))
        for word in ("Peeters", "Rosa", "Vercruysse", "voorbeeld.example"):
            assert word not in str(row)

    def test_reads_words_only_of_subjects_that_say_so(self, client: Client, public: None, report: Report) -> None:
        Category.objects.filter(code="sluikstort").update(public_words=True)
        report(description="Drie zetels.")
        assert listed(client)[0]["description"] == "Drie zetels."

    def test_sees_what_is_made_more_secret_disappear(
        self, client: Client, public: None, report: Report, cast: Cast
    ) -> None:
        signal = report()
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert numbers(client) == set()
        assert client.get(f"/open311/v2/requests/{signal.reference}.json").status_code == 404

    def test_sees_nothing_move_by_what_is_more_secret(
        self, client: Client, public: None, report: Report, cast: Cast
    ) -> None:
        signal = report()
        before = listed(client)
        signal.add_note(by=cast["coordinator"], text="Onder ons.", level=Level.LIMITED)
        ward = Team.objects.get(code="wijkwerking-noord")
        signal.offer(team=ward, title="Toezicht", by=cast["coordinator"], level=Level.LIMITED)
        assert listed(client) == before

    def test_has_a_limit(self, client: Client, public: None, settings: Any) -> None:
        settings.OPEN311_RATES = {**settings.OPEN311_RATES, "open311-public": "2/m/ip"}
        answers = [client.get("/open311/v2/requests.xml") for _time in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert "Wacht een minuut" in answers[2].text


class TestPartner:
    def test_reads_what_its_team_reads(self, client: Client, fluvius: str, report: Report) -> None:
        lamp = report("Straatverlichting", description="Lamp 12 brandt niet.", place="Overleiestraat 8")
        other = report("Put in de weg")
        (row,) = listed(client, key=fluvius)
        assert row["service_request_id"] == lamp.reference
        assert row["description"] == "Lamp 12 brandt niet."
        assert row["address"] == "Overleiestraat 8, Overleie"
        assert client.get(f"/open311/v2/requests/{other.reference}.json?api_key={fluvius}").status_code == 404

    def test_reads_no_reporter(self, client: Client, fluvius: str, report: Report) -> None:
        report("Straatverlichting", name="Rosa Vercruysse", email="rosa@voorbeeld.example", phone="056 11 22 33")
        assert not [word for word in ("Rosa", "voorbeeld", "056") if word in str(listed(client, key=fluvius))]

    def test_follows_what_it_reported_in_outline(self, client: Client, key: str, post: Post, report: Report) -> None:
        mine = post(service_code="put-in-de-weg", description="Diep.").json()[0]["service_request_id"]
        report("Put in de weg")
        (row,) = listed(client, key=key)
        assert row["service_request_id"] == mine
        assert row["description"] is None  # by now others may have told about it too

    def test_of_a_public_body_reads_no_more_than_everybody(
        self, client: Client, public: None, make_key: MakeKey, report: Report
    ) -> None:
        shown, _hidden = report("Sluikstort"), report("Zwerfvuil")
        key = make_key("stad")
        row = PartnerKey.objects.get()
        row.may_read, row.team = True, Team.objects.get(code="meldpunt-1777")
        row.save()  # past the form, which refuses this
        assert numbers(client, key=key) == {shown.reference}

    def test_reads_nothing_by_a_team_that_ended(self, client: Client, fluvius: str, report: Report) -> None:
        report("Straatverlichting")
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Team.objects.filter(code="fluvius-verlichting").update(starts=yesterday, ends=yesterday)
        assert numbers(client, key=fluvius) == set()

    def test_with_a_key_that_is_no_good_reads_not_even_what_is_public(
        self, client: Client, public: None, key: str, cast: Cast
    ) -> None:
        PartnerKey.objects.get().revoke(by=cast["beheerder"])
        answer = client.get(f"/open311/v2/requests.json?api_key={key}")
        assert answer.status_code == 403
        assert client.get("/open311/v2/requests.json").status_code == 200


class TestQuestion:
    @pytest.fixture
    def three(self, public: None, report: Report) -> dict[str, Signal]:
        now = timezone.now()
        return {name: report(received_at=now - dt.timedelta(days=days)) for name, days in
                {"today": 0, "lately": 60, "before": 120}.items()}  # fmt: skip

    def test_covers_the_last_ninety_days(self, client: Client, three: dict[str, Signal]) -> None:
        assert numbers(client) == {three["today"].reference, three["lately"].reference}

    def test_covers_ninety_days_from_its_start(self, client: Client, three: dict[str, Signal]) -> None:
        start = (timezone.now() - dt.timedelta(days=130)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert numbers(client, f"start_date={start}") == {three["before"].reference, three["lately"].reference}

    def test_covers_a_period_given_with_an_offset(self, client: Client, three: dict[str, Signal]) -> None:
        end = (timezone.localtime() - dt.timedelta(days=1)).isoformat(timespec="seconds")  # +01:00, unescaped
        assert numbers(client, f"end_date={end}") == {three["lately"].reference}

    def test_takes_a_state(self, client: Client, three: dict[str, Signal], cast: Cast) -> None:
        three["today"].close(by=cast["coordinator"], outcome="Weg.")
        assert numbers(client, "status=open") == {three["lately"].reference}
        assert numbers(client, "status=closed") == {three["today"].reference}
        assert len(numbers(client, "status=open,closed")) == 2

    def test_takes_subjects(self, client: Client, three: dict[str, Signal], report: Report) -> None:
        assert len(numbers(client, "service_code=sluikstort,zwerfvuil")) == 2
        assert numbers(client, "service_code=zwerfvuil") == set()

    def test_by_numbers_overrides_all_else(self, client: Client, three: dict[str, Signal]) -> None:
        asked = f"{three['before'].reference},{three['today'].reference.lower()},S-ZZZZ-0000"
        found = numbers(client, f"service_request_id={asked}&status=closed")
        assert found == {three["before"].reference, three["today"].reference}

    def test_goes_by_pages(self, client: Client, public: None, report: Report) -> None:
        made = {report().reference for _time in range(3)}
        pages = [numbers(client, f"page_size=2&page={page}") for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [2, 1, 0]
        assert pages[0] | pages[1] == made

    @pytest.mark.parametrize(
        ("query", "says"),
        [
            ("start_date=gisteren", "geen tijdstip"),
            ("start_date=2026-01-01T00:00:00", "tijdzone"),
            ("start_date=0001-01-01T00:00:00%2B23:59", "geen tijdstip"),
            ("start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "90 dagen"),
            ("start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "voor het begin"),
            ("status=bezig", "open of closed"),
            ("page=0", "vanaf 1"),
            ("page_size=veel", "vanaf 1"),
        ],
    )
    def test_that_is_none_is_refused(self, client: Client, kortrijk: None, query: str, says: str) -> None:
        answer = client.get(f"/open311/v2/requests.json?{query}")
        assert answer.status_code == 400
        assert says in answer.json()[0]["description"]

    @pytest.mark.parametrize(
        "page", ["requests/S-%00", "services/sluik%00stort", "tokens/%00", "requests.json?service_code=%00&x="]
    )
    def test_with_a_nul_in_the_address_is_refused(self, client: Client, kortrijk: None, page: str) -> None:
        assert client.get(f"/open311/v2/{page}.json").status_code == 400

    def test_about_an_unknown_subject_is_refused(self, client: Client, kortrijk: None) -> None:
        assert client.get("/open311/v2/requests.json?service_code=onzin").status_code == 404

    def test_costs_as_many_queries_however_many_there_are(
        self, client: Client, public: None, fluvius: str, report: Report, django_assert_num_queries: Any
    ) -> None:
        def cost() -> None:
            listed(client, key=fluvius)

        report("Straatverlichting")
        cost()  # and notes that the key was used
        for _time in range(4):
            report("Straatverlichting")
        with django_assert_num_queries(5):
            cost()

    def test_for_one_costs_the_same_whether_it_is_there(
        self, client: Client, public: None, report: Report, django_assert_num_queries: Any
    ) -> None:
        """Nothing in the work tells what is hidden from what does not exist."""
        signal, sealed = report(), report("Bezorgd om iemand", at=MARKE)
        for reference in (signal.reference, sealed.reference, "S-ZZZZ-0000"):
            with django_assert_num_queries(1):
                client.get(f"/open311/v2/requests/{reference}.json")


class TestOwnReport:
    def test_that_nobody_has_read_is_followed_by_who_sent_it_without_words(
        self, client: Client, key: str, public: None, post: Post
    ) -> None:
        """It has the number from us; words may be of somebody else who told of it too."""
        Category.objects.filter(code="sluikstort").update(public_words=True)
        mine = post().json()[0]["service_request_id"]
        Signal.objects.update(status=SignalStatus.NEW)
        assert [(row["service_request_id"], row["description"]) for row in listed(client, key=key)] == [(mine, None)]
        assert numbers(client) == set()

    def test_about_a_person_is_not_followed(self, client: Client, key: str, post: Post) -> None:
        post(service_code="bezorgd-om-iemand")
        reference = Signal.objects.get().reference
        assert numbers(client, key=key) == set()
        assert client.get(f"/open311/v2/requests/{reference}.json?api_key={key}").status_code == 404

    def test_that_joined_a_running_signal_is_followed(self, client: Client, key: str, report: Report) -> None:
        running = report("Put in de weg")
        contact = Contact(
            category=running.category, description="Nog altijd.", longitude=OVERLEIE[0], latitude=OVERLEIE[1]
        )
        mine = register(contact, join=running)
        PartnerReport.objects.create(report=mine, key=PartnerKey.objects.get())
        assert numbers(client, key=key) == {running.reference}
