"""Many reports in one document: each taken or refused by itself, and sending it again does no harm."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from signals.models import PartnerKey, Report
from signals.open311 import batch, posting
from tests.cast import OVERLEIE, Cast

pytestmark = pytest.mark.django_db


def document(*rows: dict[str, str]) -> str:
    cells = {"service_code": "sluikstort", "lat": str(OVERLEIE[1]), "long": str(OVERLEIE[0])}
    requests = "".join(
        "<request>" + "".join(element(name, value) for name, value in {**cells, **row}.items()) + "</request>"
        for row in rows
    )
    return f'<?xml version="1.0" encoding="utf-8"?><service_requests>{requests}</service_requests>'


def element(name: str, value: str) -> str:
    return f'<attribute code="client_id">{value}</attribute>' if name == "client_id" else f"<{name}>{value}</{name}>"


def send(client: Client, key: str, body: str | bytes, content_type: str = "text/xml") -> Any:
    return client.post("/open311/v2/requests.json", body, content_type=content_type, headers={"X-Api-Key": key})


THREE = [{"client_id": "A-1"}, {"client_id": "A-2"}, {"client_id": "A-3"}]


class TestBatch:
    def test_takes_each_report(self, client: Client, key: str) -> None:
        answers = send(client, key, document(*THREE)).json()
        assert [answer["client_id"] for answer in answers] == ["A-1", "A-2", "A-3"]
        assert len({answer["service_request_id"] for answer in answers}) == 3

    def test_sent_again_changes_nothing(self, client: Client, key: str) -> None:
        first = send(client, key, document(*THREE)).json()
        assert send(client, key, document(*THREE)).json() == first
        assert Report.objects.count() == 3

    def test_refuses_one_and_takes_the_others(self, client: Client, key: str) -> None:
        rows = [{"client_id": "A-1"}, {"client_id": "A-2", "service_code": "onzin"}, {"client_id": "A-3", "lat": "51"}]
        answer = send(client, key, document(*rows))
        assert answer.status_code == 200
        taken, unknown, outside = answer.json()
        assert taken["service_request_id"]
        assert unknown["errors"][0]["code"] == 404
        assert "buiten de stad" in outside["errors"][0]["description"]

    def test_asks_each_row_for_its_own_number(self, client: Client, key: str) -> None:
        answer = send(client, key, document({}))
        assert answer.status_code == 400
        assert "client_id" in answer.json()[0]["errors"][0]["description"]

    def test_is_taken_as_json_too(self, client: Client, key: str) -> None:
        row = {"service_code": "sluikstort", "lat": OVERLEIE[1], "long": OVERLEIE[0], "attribute[client_id]": 7}
        assert send(client, key, json.dumps([row]), "application/json").json()[0]["client_id"] == "7"

    @pytest.mark.parametrize("sign", ["\x00", "\ud800"])
    @pytest.mark.parametrize(
        "name", ["service_code", "description", "jurisdiction_id", "attribute[client_id]", "address_string", "x\ud800"]
    )
    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_refuses_the_row_with_half_a_sign_and_takes_the_others(
        self, client: Client, key: str, name: str, sign: str, form: str
    ) -> None:
        rows = [{"service_code": "sluikstort", "lat": OVERLEIE[1], "long": OVERLEIE[0], "attribute[client_id]": number}
                for number in ("A-1", "A-2", "A-3")]  # fmt: skip
        rows[1][name] = f"a{sign}b"
        answer = client.post(
            f"/open311/v2/requests.{form}", json.dumps(rows), content_type="application/json",
            headers={"X-Api-Key": key},
        )  # fmt: skip
        assert answer.status_code == 200
        assert "bevat een teken dat er geen is" in answer.text
        assert set(Report.objects.values_list("external_number", flat=True)) == {"school:A-1", "school:A-3"}

    def test_keeps_what_came_before_its_key_was_revoked(
        self, client: Client, key: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the middle of the document, by somebody else."""
        post, row = posting.post, PartnerKey.objects.get()

        def post_and_revoke(given: Any, by: PartnerKey) -> Report:
            report = post(given, by)
            if Report.objects.count() == 2:
                row.revoke(by=cast["beheerder"])
            return report

        monkeypatch.setattr(batch, "post", post_and_revoke)
        answer = send(client, key, document(*THREE))
        assert answer.status_code == 200
        assert [("errors" in one) for one in answer.json()] == [False, False, True]
        refused = answer.json()[2]
        assert refused["client_id"] == "A-3"
        assert refused["errors"] == [
            {"code": 403, "description": "Deze sleutel is ingetrokken. Vraag een nieuwe aan de beheerder."}
        ]
        assert set(Report.objects.values_list("external_number", flat=True)) == {"school:A-1", "school:A-2"}

    def test_counts_each_report_to_the_limit(self, client: Client, key: str, settings: Any) -> None:
        settings.OPEN311_RATES = {**settings.OPEN311_RATES, "open311-post": "2/m/key"}
        answers = send(client, key, document(*THREE)).json()
        assert answers[2]["errors"][0]["code"] == 429
        assert Report.objects.count() == 2


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;">]>
<service_requests><request><description>&lol2;</description></request></service_requests>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<service_requests><request><description>&file;</description></request></service_requests>"""


class TestUnreadable:
    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ("<service_requests><request>", "niet leesbaar op regel 1"),
            ("geen xml", "niet leesbaar op regel 1"),
            (" ", "niet leesbaar"),
            (BOMB, "DTD of entiteiten"),
            (OUTSIDE, "DTD of entiteiten"),
            ("<reports/>", "begint met <reports>"),
            ("<service_requests/>", "geen melding"),
            (document({"client_id": "A-1", "description": "a&#xD800;b"}), "niet leesbaar"),
            (document({"client_id": "A-1", "description": "a\x00b"}), "niet leesbaar"),
            (document({"client_id": "A-1", "description": "a~b"}).encode().replace(b"~", b"\xed\xa0\x80"), "niet lees"),
            (b'<?xml version="1.0" encoding="utf-7"?><service_requests/>', "niet leesbaar"),
            (b"<service_requests>\xff\xfe</service_requests>", "niet leesbaar"),
            ("<service_requests>" + "<request/>" * 101 + "</service_requests>", "Hoogstens 100"),
            ("<service_requests>" + "<a>" * 50_000 + "</a>" * 50_000 + "</service_requests>", "geen melding"),
        ],
    )
    def test_xml_is_refused_with_the_reason(self, client: Client, key: str, body: str | bytes, says: str) -> None:
        answer = send(client, key, body)
        assert answer.status_code == 400
        assert says in answer.json()[0]["description"]
        assert not Report.objects.exists()

    def test_xml_after_which_a_whole_document_is_taken(self, client: Client, key: str) -> None:
        """The control: what was refused for one entity is taken without it."""
        for body in (BOMB, OUTSIDE, "<service_requests><request>"):
            assert send(client, key, body).status_code == 400
        assert send(client, key, document(*THREE)).status_code == 200
        assert Report.objects.count() == 3

    def test_xml_that_unfolds_without_end_costs_no_time_and_tells_no_file(self, client: Client, key: str) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{laughs}]>' + (
            "<service_requests><request><description>&l9;</description></request></service_requests>"
        )
        began = time.process_time()
        assert send(client, key, bomb).status_code == 400
        assert time.process_time() - began < 2
        assert "root:" not in send(client, key, OUTSIDE).text

    @pytest.mark.parametrize("body", ["{", "7", '["x"]', "[" * 100_000, '{"a": 1}'])
    def test_json_is_refused_with_the_reason(self, client: Client, key: str, body: str) -> None:
        answer = send(client, key, body, "application/json")
        assert answer.status_code == 400
        assert "JSON" in answer.json()[0]["description"]

    def test_for_being_too_large(self, client: Client, key: str) -> None:
        answer = send(client, key, "<service_requests>" + " " * 1_100_000 + "</service_requests>")
        assert "kleinere delen" in answer.json()[0]["description"]
