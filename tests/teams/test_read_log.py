"""The read log is for the data protection officer of the organisation that owns what was read."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import Signal
from signals.reading import looked_at, looked_at_parts
from teams.models import User
from tests.cast import Cast

type SignIn = Callable[[User], Client]
type Make = Callable[..., Signal]

LOG = "/teams/leeslogboek/"


@pytest.fixture
def officer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["dpo.ocmw"])


@pytest.fixture
def sealed(report: Make) -> Signal:
    return report("Bezorgd om iemand", description="Een oudere vrouw.")


@pytest.fixture
def read(cast: Cast, sealed: Signal) -> Signal:
    """The social nurse looked at a sealed signal of the OCMW."""
    looked_at([sealed], by=cast["verpleegkundige"], surface="signal")
    return sealed


class TestOwnOfficer:
    def test_sees_who_read_what_when_and_where(self, cast: Cast, officer: Client, read: Signal) -> None:
        html = officer.get(LOG).content.decode()
        assert "Joke Lambrecht" in html
        assert read.reference in html
        assert "verzegeld" in html
        assert "pagina van het signaal" in html
        assert "Een oudere vrouw" not in html

    @pytest.mark.parametrize("who", ["dpo", "dpo.politie"])
    def test_of_another_organisation_finds_nothing(self, cast: Cast, sign_in: SignIn, read: Signal, who: str) -> None:
        client = sign_in(cast[who])
        for url in [LOG, f"{LOG}?reference={read.reference}"]:
            response = client.get(url)
            assert response.status_code == 200
            assert read.reference not in str(response.context["rows"])
        assert read.reference.encode() not in b"".join(client.get(f"{LOG}csv/"))

    @pytest.mark.parametrize("who", ["beheerder", "beheerder.ocmw", "coordinator.ocmw", "verpleegkundige"])
    @pytest.mark.parametrize("page", ["", "csv/", "controle/"])
    def test_is_the_only_one(self, cast: Cast, sign_in: SignIn, read: Signal, who: str, page: str) -> None:
        send = "post" if page == "controle/" else "get"
        assert getattr(sign_in(cast[who]), send)(f"{LOG}{page}").status_code == 403
        assert getattr(sign_in(cast["dpo.ocmw"]), send)(f"{LOG}{page}").status_code == 200


class TestParts:
    def test_are_named_beside_the_number_of_their_signal(self, cast: Cast, officer: Client, report: Make) -> None:
        signal, nurse = report(), cast["verpleegkundige"]
        note = signal.add_note(
            by=nurse, text="Alleen voor ons.", level=Level.SEALED, team=nurse.memberships.get(team__kind="service").team
        )
        looked_at_parts([note], of=signal, by=nurse, surface="signal")
        html = officer.get(LOG).content.decode()
        assert f"{signal.reference}, nota" in html
        assert "Alleen voor ons" not in html


class TestFilter:
    def test_by_person_by_number_and_by_period(self, cast: Cast, officer: Client, sealed: Signal) -> None:
        with time_machine.travel(timezone.now() - dt.timedelta(days=10)):
            looked_at([sealed], by=cast["verpleegkundige"], surface="signal")
        looked_at([sealed], by=cast["buurtwerker"], surface="inbox")
        day = timezone.localdate().isoformat()
        assert readers(officer, "?person=joke") == ["Joke Lambrecht"]
        assert readers(officer, f"?reference={sealed.reference.lower()}") == ["Ilse Claeys", "Joke Lambrecht"]
        assert readers(officer, f"?since={day}&until={day}") == ["Ilse Claeys"]
        assert readers(officer, "?person=niemand") == []

    def test_refuses_a_period_that_ends_before_it_starts(self, cast: Cast, officer: Client) -> None:
        html = officer.get(f"{LOG}?since=2026-02-01&until=2026-01-01").content.decode()
        assert "Het einde ligt voor het begin" in html

    def test_shows_fifty_a_page_at_the_same_cost(
        self, cast: Cast, officer: Client, sealed: Signal, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        looked_at([sealed], by=cast["verpleegkundige"], surface="signal")
        with django_assert_max_num_queries(20) as few:
            officer.get(LOG)
        looked_at([sealed] * 60, by=cast["verpleegkundige"], surface="signal")
        with django_assert_max_num_queries(len(few.captured_queries)):
            assert len(readers(officer)) == 50
        assert len(readers(officer, "?page=2")) == 11


class TestCheck:
    def test_says_that_the_log_is_complete(self, officer: Client, read: Signal) -> None:
        assert "Het logboek is volledig" in officer.post(f"{LOG}controle/").content.decode()

    def test_names_the_rows_that_were_tampered_with(self, cast: Cast, officer: Client, read: Signal) -> None:
        looked_at([read, read], by=cast["buurtwerker"], surface="inbox")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_readentry DISABLE TRIGGER USER")
            cursor.execute("UPDATE audit_readentry SET reader_name = 'Niemand' WHERE number = 2")
            cursor.execute("ALTER TABLE audit_readentry ENABLE TRIGGER USER")
        assert "klopt niet bij deze nummers: 2." in officer.post(f"{LOG}controle/").content.decode()

    def test_refuses_get(self, cast: Cast, officer: Client) -> None:
        assert officer.get(f"{LOG}controle/").status_code == 405


class TestDownload:
    def test_holds_the_filtered_rows(self, cast: Cast, officer: Client, read: Signal) -> None:
        looked_at([read], by=cast["buurtwerker"], surface="inbox")
        lines = download(officer, "?person=ilse")
        assert lines[0].startswith('\ufeff"nummer";"wanneer";"wie";"organisatie";')
        assert len(lines) == 2
        assert '"Ilse Claeys";"OCMW Kortrijk"' in lines[1]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_never_holds_a_formula(self, cast: Cast, officer: Client, sealed: Signal, start: str) -> None:
        person = cast["verpleegkundige"]
        person.name = f"{start}HYPERLINK(0)"
        looked_at([sealed], by=person, surface="signal")
        assert f""";"'{start}HYPERLINK(0)";""" in download(officer)[1]

    def test_breaks_off_when_its_reader_may_read_less(self, cast: Cast, officer: Client, read: Signal) -> None:
        answer = officer.get(f"{LOG}csv/")
        cast["dpo.ocmw"].memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
        rest = b"".join(answer).decode()
        assert read.reference not in rest
        assert "Afgebroken: je mag minder lezen" in rest


def readers(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"{LOG}{query}").context["rows"]
    return [entry.reader_name for entry, *_words in rows if isinstance(entry, ReadEntry)]


def download(client: Client, query: str = "") -> list[str]:
    return b"".join(client.get(f"{LOG}csv/{query}")).decode().splitlines()
