"""What we answer has the shape of the examples in the standard, in XML and in JSON."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from signals.models import Signal
from tests.signals.open311 import standard
from tests.signals.open311.conftest import FORM, PLACED

pytestmark = pytest.mark.django_db


def shape(element: ElementTree.Element) -> dict[str, Any]:
    """The names of elements, each once, with what is in them."""
    children: dict[str, Any] = {}
    for child in element:
        children.setdefault(child.tag, {}).update(shape(child))
    return children


def ours(client: Client, path: str, **headers: str) -> ElementTree.Element:
    found: ElementTree.Element = fromstring(client.get(f"/open311/{path}", headers=headers).content)
    return found


def spark(element: ElementTree.Element) -> Any:
    """XML as JSON by the convention the standard names: a container of like children is a list."""
    lists = {"services", "service_requests", "attributes", "values", "errors", "endpoints", "formats"}
    if element.tag in lists:
        return [spark(child) for child in element]
    if len(element):
        return {child.tag: spark(child) for child in element}
    return element.text


def as_texts(found: Any) -> Any:
    """JSON with its numbers and truths as the words XML has for them."""
    if isinstance(found, dict):
        return {name: as_texts(value) for name, value in found.items()}
    if isinstance(found, list):
        return [as_texts(value) for value in found]
    return str(found).lower() if isinstance(found, bool) else None if found is None else str(found)


@pytest.fixture
def signal(report: Callable[..., Signal], public: None) -> Signal:
    return report()


class TestXml:
    @pytest.mark.parametrize(
        ("path", "example"),
        [
            ("discovery.xml", standard.DISCOVERY),
            ("v2/services.xml", standard.SERVICES),
            ("v2/services/sluikstort.xml", standard.SERVICE_DEFINITION),
            ("v2/requests.xml", standard.REQUESTS),
            ("v2/requests/{reference}.xml", standard.REQUESTS),
            ("v2/services/bestaat-niet.xml", standard.ERRORS),
        ],
    )
    def test_has_the_elements_of_the_example(self, client: Client, signal: Signal, path: str, example: str) -> None:
        answer = ours(client, path.format(reference=signal.reference))
        assert answer.tag == fromstring(example).tag
        assert shape(answer) == shape(fromstring(example))

    def test_declares_itself_as_the_standard_asks(self, client: Client, kortrijk: None) -> None:
        answer = client.get("/open311/v2/services.xml")
        assert answer["Content-Type"] == "text/xml; charset=utf-8"
        assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')

    def test_receipt_has_the_elements_of_the_example(self, client: Client, key: str) -> None:
        body = urlencode({"api_key": key, "service_code": "sluikstort", **PLACED})
        answer = client.post("/open311/v2/requests.xml", body, content_type=FORM)
        assert shape(fromstring(answer.content)) == shape(fromstring(standard.POSTED))

    def test_holds_no_character_that_xml_forbids(
        self, client: Client, public: None, report: Callable[..., Signal]
    ) -> None:
        signal = report()
        signal.category.public_words = True
        signal.category.save()
        Signal.objects.filter(pk=signal.pk).update(description="Zetel \x0b& <zak>")
        assert ours(client, "v2/requests.xml").findtext("request/description") == "Zetel & <zak>"


class TestJson:
    @pytest.mark.parametrize(
        "path",
        ["discovery", "v2/services", "v2/services/sluikstort", "v2/requests", "v2/requests/{reference}", "v2/nergens"],
    )
    def test_is_the_xml_by_the_spark_convention(self, client: Client, signal: Signal, path: str) -> None:
        path = path.format(reference=signal.reference)
        as_json = client.get(f"/open311/{path}.json")
        same = spark(ours(client, f"{path}.xml"))
        if as_json["Content-Type"].startswith("application/json"):
            assert as_texts(as_json.json()) == same
        else:  # what is nowhere has no form of its own: the required one
            assert path == "v2/nergens"

    def test_holds_lists_and_truths_as_such(self, client: Client, kortrijk: None) -> None:
        first = client.get("/open311/v2/services.json").json()[0]
        assert first["metadata"] is True
        definition = client.get("/open311/v2/services/sluikstort.json").json()
        assert [attribute["order"] for attribute in definition["attributes"]] == [1, 2, 3]


class TestAddresses:
    @pytest.mark.parametrize("path", ["v2/services", "v2/services.yaml", "v2/requests/", "v3/services.xml", "x"])
    def test_that_are_none_are_refused_as_the_standard_does(self, client: Client, kortrijk: None, path: str) -> None:
        answer = client.get(f"/open311/{path}")
        assert answer.status_code == 404
        assert shape(fromstring(answer.content)) == shape(fromstring(standard.ERRORS))

    def test_take_no_other_method(self, client: Client, kortrijk: None) -> None:
        answer = client.delete("/open311/v2/requests.json")
        assert answer.status_code == 405
        assert answer.json() == [{"code": 405, "description": "Dit adres aanvaardt alleen GET, HEAD, POST."}]

    def test_need_no_session_and_no_token_of_a_form(self, key: str) -> None:
        strict = Client(enforce_csrf_checks=True)
        body = urlencode({"api_key": key, "service_code": "sluikstort", **PLACED})
        assert strict.post("/open311/v2/requests.json", body, content_type=FORM).status_code == 200

    def test_say_when_something_breaks(
        self, client: Client, kortrijk: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("signals.open311.catalogue.services", lambda: 1 // 0)
        answer = client.get("/open311/v2/services.json")
        assert answer.status_code == 500
        assert answer.json()[0]["description"] == "Er liep iets mis bij ons. Probeer het later opnieuw."
        assert "Open311 failed" in caplog.text


class TestServices:
    def test_are_the_subjects_that_can_be_reported(self, client: Client, kortrijk: None) -> None:
        found = {service["service_code"]: service for service in client.get("/open311/v2/services.json").json()}
        assert found["sluikstort"]["type"] == "realtime"
        assert found["burenruzie"]["type"] == "batch"
        assert found["bezorgd-om-iemand"]["type"] == "blackbox"
        assert "afval-en-netheid" not in found

    def test_tell_of_urgency_in_their_definition(self, client: Client, kortrijk: None) -> None:
        first = client.get("/open311/v2/services/sluikstort.json").json()["attributes"][0]
        assert first["description"] == "Spoed? Bel 112 of 101."
        assert first["variable"] is False

    def test_belong_to_one_jurisdiction(self, client: Client, kortrijk: None) -> None:
        assert client.get("/open311/v2/services.json?jurisdiction_id=kortrijk.be").status_code == 200
        assert client.get("/open311/v2/services.json?jurisdiction_id=").status_code == 200
        other = client.get("/open311/v2/services.json?jurisdiction_id=sfgov.org")
        assert other.status_code == 404
        assert "jurisdiction_id" in other.json()[0]["description"]

    def test_cost_as_many_queries_however_many_there_are(
        self, client: Client, kortrijk: None, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(1):
            client.get("/open311/v2/services.xml")
