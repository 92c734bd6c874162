"""What is typed while somebody talks survives a reload, and a colleague's answer is at hand."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from signals.models import Category, Report, StandardText
from teams.models import Organisation, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

NEW = "/signalen/nieuw/"


@pytest.fixture
def amber(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["agent"])


@pytest.fixture
def answer(cast: Cast) -> StandardText:
    return StandardText.objects.create(
        organisation=Organisation.objects.get(code="stad"), title="Waar kan ik met grofvuil terecht?",
        category=Category.objects.get(code="sluikstort"), text="Op het recyclagepark, met uw identiteitskaart.",
    )  # fmt: skip


class TestDraft:
    def test_stands_there_again_after_a_reload(self, amber: Client) -> None:
        said = amber.post(f"{NEW}concept/", {"description": "Een zetel op straat", "place": "Overleiestraat"})
        assert "Als concept bewaard om" in said.content.decode()
        page = amber.get(NEW).content.decode()
        assert "Een zetel op straat" in page
        assert "het staat hier weer" in page

    def test_is_the_persons_own(self, amber: Client, cast: Cast, sign_in: SignIn) -> None:
        amber.post(f"{NEW}concept/", {"description": "Een zetel op straat"})
        assert "Een zetel" not in sign_in(cast["coordinator"]).get(NEW).content.decode()

    def test_is_gone_once_it_is_saved(self, amber: Client) -> None:
        data = {
            "id": "0192f3a0-0000-7000-8000-000000000001", "category": Category.objects.get(code="sluikstort").pk,
            "description": "Een zetel op straat", "place": "Overleiestraat 8", "kind": "report", "channel": "phone",
        }  # fmt: skip
        amber.post(f"{NEW}concept/", data)
        assert amber.post(NEW, data).status_code == 303
        assert Report.objects.filter(description="Een zetel op straat").count() == 1
        assert "Een zetel" not in amber.get(NEW).content.decode()

    def test_that_comes_in_after_its_report_is_none(self, amber: Client) -> None:
        """Both were on their way together; the next caller does not begin with the words of the last one."""
        data = {
            "id": "0192f3a0-0000-7000-8000-000000000002", "category": Category.objects.get(code="sluikstort").pk,
            "description": "Een zetel op straat", "place": "Overleiestraat 8", "kind": "report", "channel": "phone",
        }  # fmt: skip
        assert amber.post(NEW, data).status_code == 303
        amber.post(f"{NEW}concept/", data)
        assert "Een zetel" not in amber.get(NEW).content.decode()

    def test_is_not_kept_when_nothing_was_typed(self, amber: Client) -> None:
        assert amber.post(f"{NEW}concept/", {"kind": "report", "channel": "phone"}).content.decode().strip() == ""
        assert "het staat hier weer" not in amber.get(NEW).content.decode()

    def test_can_be_thrown_away(self, amber: Client) -> None:
        amber.post(f"{NEW}concept/", {"description": "Een zetel op straat"})
        assert amber.post(f"{NEW}concept/verwijdering/").status_code == 302
        assert "Een zetel" not in amber.get(NEW).content.decode()

    def test_is_forgotten_by_the_next_day_and_at_signing_out(self, amber: Client) -> None:
        amber.post(f"{NEW}concept/", {"description": "Een zetel op straat"})
        with time_machine.travel(timezone.now() + dt.timedelta(hours=13)):
            assert "Een zetel" not in amber.get(NEW).content.decode()

    def test_of_each_tab_is_kept_by_itself(self, amber: Client) -> None:
        first, second = (
            {"id": f"0192f3a0-0000-7000-8000-00000000000{number}", "description": words, "place": "Overleiestraat 8",
             "category": str(Category.objects.get(code="sluikstort").pk), "kind": "report", "channel": "phone"}
            for number, words in [(3, "Een zetel op straat"), (4, "Een losse tegel")]
        )  # fmt: skip
        amber.post(f"{NEW}concept/", first)
        amber.post(f"{NEW}concept/", second)
        page = amber.get(NEW).text
        assert "Een losse tegel" in page  # the latest
        assert "Een zetel" not in page
        assert amber.post(NEW, second).status_code == 303
        page = amber.get(NEW).text
        assert "Een zetel op straat" in page
        assert f'value="{first["id"]}"' in page
        amber.post(f"{NEW}concept/verwijdering/", {"id": first["id"]})
        assert "het staat hier weer" not in amber.get(NEW).text

    def test_emptied_in_one_tab_leaves_that_of_another(self, amber: Client) -> None:
        one, other = "0192f3a0-0000-7000-8000-000000000005", "0192f3a0-0000-7000-8000-000000000006"
        amber.post(f"{NEW}concept/", {"id": one, "description": "Een zetel op straat"})
        amber.post(f"{NEW}concept/", {"id": other, "description": ""})
        assert "Een zetel op straat" in amber.get(NEW).text

    def test_makes_room_for_the_latest_five(self, amber: Client) -> None:
        for number in range(7):
            draft = {"id": f"0192f3a0-0000-7000-8000-00000000001{number}", "description": f"Melding {number}"}
            amber.post(f"{NEW}concept/", draft)
        kept = amber.session["intake-drafts"].values()
        assert [draft["typed"]["description"] for draft in kept] == [f"Melding {number}" for number in range(2, 7)]

    def test_keeps_a_box_that_was_unticked(self, amber: Client) -> None:
        amber.post(f"{NEW}concept/", {"description": "Een zetel op straat"})
        assert amber.get(NEW).context["form"]["wants_answer"].value() is False


class TestAnswers:
    def test_are_found_by_what_is_typed(self, amber: Client, answer: StandardText) -> None:
        page = amber.post(f"{NEW}antwoorden/", {"description": "mevrouw vraagt waar ze met grofvuil naartoe kan"})
        assert "Waar kan ik met grofvuil terecht?" in page.content.decode()

    def test_are_those_of_the_subject_as_long_as_nothing_is_typed(self, amber: Client, answer: StandardText) -> None:
        page = amber.post(f"{NEW}antwoorden/", {"category": str(answer.category_id)}).content.decode()
        assert "Waar kan ik met grofvuil terecht?" in page

    def test_out_of_use_are_not_found(self, amber: Client, answer: StandardText) -> None:
        StandardText.objects.update(active=False)
        assert "grofvuil" not in amber.post(f"{NEW}antwoorden/", {"description": "grofvuil"}).content.decode()

    def test_fill_the_field_without_javascript(self, amber: Client, answer: StandardText) -> None:
        page = amber.post(NEW, {"use": str(answer.pk), "description": "Waar met grofvuil?"})
        assert page.context["form"]["answer"].value() == "Op het recyclagepark, met uw identiteitskaart."
        assert not Report.objects.exists()

    def test_are_for_who_registers(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["dpo"]).post(f"{NEW}antwoorden/", {"description": "grofvuil"}).status_code == 403
