"""Adopting and publishing: who may, what stops it, and what everybody then reads."""

import hashlib
import io
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import A_DAY
from teams.models import Goal, Membership, Plan, PlanVersion, User
from teams.models.audience import Audience
from teams.plans.publishing import Unowned, publish
from tests.cast import Cast
from tests.teams.plans import TEAM, a_goal, a_plan, an_action

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = a_plan(foreword="Wat de buurt vroeg.")
    theme = a_goal(plan, "Netheid", kind="theme")
    a_goal(
        plan, "Glasbollen verzetten", below=theme, owner="openbaar-domein", dimension="preventive", why="Sluikstort."
    )
    return plan


def item(plan: Plan) -> Goal:
    return plan.goals.get(kind="item")


def words(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())


def kept(version: PlanVersion) -> bytes:
    with version.file.open() as document:
        return bytes(document.read())


def expire(person: User) -> None:
    Membership.objects.filter(user=person, team__code=TEAM).update(
        mandate="de gebiedswerking", mandate_until=timezone.localdate() - A_DAY
    )


class TestAdoption:
    def test_says_who_when_and_in_whose_name(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        Membership.objects.filter(user=cast["gebiedswerker"], team__code=TEAM).update(mandate="het college")
        answer = sign_in(cast["gebiedswerker"]).post(reverse("plans:goal-adoption", args=[item(plan).pk]), follow=True)
        assert "Aanvaard." in answer.content.decode()
        goal = item(plan)
        assert (goal.adopted_by, goal.mandate) == (cast["gebiedswerker"], "het college")

    def test_is_refused_without_a_service(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        Goal.objects.filter(pk=item(plan).pk).update(owner_team=None)
        answer = sign_in(cast["gebiedswerker"]).post(reverse("plans:goal-adoption", args=[item(plan).pk]), follow=True)
        assert "begin er niet aan als de opvolging niet verzekerd is" in answer.content.decode()
        assert not item(plan).is_adopted

    def test_is_refused_when_the_mandate_expired(self, cast: Cast, plan: Plan) -> None:
        expire(cast["gebiedswerker"])
        with pytest.raises(Refused, match="de gebiedswerking"):
            item(plan).adopt(by=cast["gebiedswerker"])
        item(plan).adopt(by=cast["coordinator"])  # the control
        assert item(plan).adopted_by == cast["coordinator"]

    def test_is_not_for_a_heading(self, cast: Cast, plan: Plan) -> None:
        with pytest.raises(Refused, match="hoofdstuk"):
            plan.goals.get(kind="theme").adopt(by=cast["gebiedswerker"])

    def test_stands_when_asked_twice(self, cast: Cast, plan: Plan) -> None:
        item(plan).adopt(by=cast["gebiedswerker"])
        item(plan).adopt(by=cast["coordinator"])
        assert item(plan).adopted_by == cast["gebiedswerker"]

    def test_holds_in_the_database_too(self, plan: Plan) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.filter(pk=item(plan).pk).update(adopted_at=timezone.now())


class TestPublication:
    def test_keeps_words_and_document(self, cast: Cast, plan: Plan) -> None:
        version = publish(plan, by=cast["gebiedswerker"])
        document = kept(version)
        assert version.number == 1
        assert hashlib.sha256(document).hexdigest() == version.sha256
        assert "Glasbollen verzetten" in words(document)
        assert "Sluikstort." in words(document)

    def test_makes_a_tagged_dutch_document(self, cast: Cast, plan: Plan) -> None:
        root = PdfReader(io.BytesIO(kept(publish(plan, by=cast["gebiedswerker"])))).root_object
        assert str(root["/Lang"]) == "nl-BE"
        assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
        assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()  # type: ignore[union-attr]

    def test_names_what_has_no_service_with_links(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        loose = a_goal(plan, "Schoolstraat")
        with pytest.raises(Unowned, match="2 Schoolstraat"):
            publish(plan, by=cast["gebiedswerker"])
        client = sign_in(cast["gebiedswerker"])
        answer = client.post(reverse("plans:plan-publication", args=[plan.code]))
        assert answer.status_code == 422
        assert "Dit heeft nog geen dienst die het doet: 2 Schoolstraat." in answer.content.decode()
        assert reverse("plans:goal-edit", args=[loose.pk]) in answer.content.decode()
        assert not plan.versions.exists()

    def test_needs_no_service_above_goals_that_have_one(self, cast: Cast, plan: Plan) -> None:
        strategic = a_goal(plan, "Minder overlast", kind="strategic")
        a_goal(plan, "Ronde op vrijdag", kind="tactical", below=strategic, owner="preventie")
        assert publish(plan, by=cast["gebiedswerker"]).number == 1

    def test_finds_no_service_in_a_heading(self, cast: Cast, plan: Plan) -> None:
        """A heading below a promise carries nothing."""
        promise = a_goal(plan, "Schoolstraat")
        a_goal(plan, "Verkeer", kind="theme", below=promise)
        with pytest.raises(Unowned, match="2 Schoolstraat"):
            publish(plan, by=cast["gebiedswerker"])

    def test_is_refused_when_the_mandate_expired(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        expire(cast["gebiedswerker"])
        answer = sign_in(cast["gebiedswerker"]).post(reverse("plans:plan-publication", args=[plan.code]))
        assert answer.status_code == 422
        assert not plan.versions.exists()
        assert sign_in(cast["coordinator"]).post(reverse("plans:plan-publication", args=[plan.code])).status_code == 302

    def test_is_refused_of_headings_alone_and_of_a_partner(self, cast: Cast) -> None:
        empty = a_plan("Leeg")
        a_goal(empty, "Netheid", kind="theme")
        with pytest.raises(Refused, match="alleen hoofdstukken"):
            publish(empty, by=cast["gebiedswerker"])
        with pytest.raises(Refused, match="partner"):
            publish(a_plan("ZVP", "related", keeper="PZ Vlas"), by=cast["gebiedswerker"])

    def test_asked_twice_makes_one_version(self, cast: Cast, plan: Plan) -> None:
        assert publish(plan, by=cast["gebiedswerker"]) == publish(plan, by=cast["coordinator"])

    def test_takes_the_place_of_the_version_before(self, cast: Cast, plan: Plan) -> None:
        publish(plan, by=cast["gebiedswerker"])
        Goal.objects.filter(pk=item(plan).pk).update(title="Glasbollen ondergronds")
        second = publish(plan, by=cast["coordinator"])
        assert [(each.number, each.is_public) for each in plan.versions.all()] == [(2, True), (1, False)]
        assert second.contents["goals"][1]["title"] == "Glasbollen ondergronds"


class TestReading:
    """By who did not sign in."""

    def test_shows_the_published_version_and_never_the_draft(self, cast: Cast, plan: Plan, client: Client) -> None:
        page = reverse("plan-public", args=[plan.code])
        assert client.get(page).status_code == 404
        publish(plan, by=cast["gebiedswerker"])
        Goal.objects.filter(pk=item(plan).pk).update(title="Nieuwe tekst in ontwerp")
        a_goal(plan, "Nog een ontwerp", owner="groen")
        Plan.objects.filter(pk=plan.pk).update(title="Andere titel", foreword="Nog niet af.")
        said = client.get(page).content.decode()
        assert "Glasbollen verzetten" in said
        for draft in ("ontwerp", "Andere titel", "Nog niet af"):
            assert draft not in said
        assert "Andere titel" not in client.get(reverse("plans-public")).content.decode()
        document = b"".join(client.get(reverse("plan-public-document", args=[plan.code])).streaming_content)  # type: ignore[attr-defined]
        assert "Nieuwe tekst" not in words(document)

    def test_tells_nothing_of_internal_actions(self, cast: Cast, plan: Plan, client: Client) -> None:
        for audience in Audience.values:
            an_action(item(plan), f"Actie voor {audience}", by=cast["gebiedswerker"], audience=audience)
        publish(plan, by=cast["gebiedswerker"])
        said = client.get(reverse("plan-public", args=[plan.code])).content.decode()
        assert "0 van 2 acties gedaan" in said
        assert "Actie voor public" in said
        assert "Actie voor internal" not in said
        assert "Actie voor partners" not in said
        document = words(kept(plan.versions.get()))
        assert "Actie voor public" in document
        assert "Actie voor internal" not in document
        assert "Actie voor partners" not in document
        assert cast["gebiedswerker"].name not in said + document

    def test_counts_nothing_of_goals_written_since(self, cast: Cast, plan: Plan, client: Client) -> None:
        publish(plan, by=cast["gebiedswerker"])
        an_action(a_goal(plan, "Later", owner="groen"), "Geheim", by=cast["gebiedswerker"], audience=Audience.PUBLIC)
        said = client.get(reverse("plan-public", args=[plan.code])).content.decode()
        assert "acties gedaan" not in said
        assert "Geheim" not in said

    def test_ends_when_it_is_withdrawn(self, cast: Cast, plan: Plan, client: Client, sign_in: SignIn) -> None:
        publish(plan, by=cast["gebiedswerker"])
        address = reverse("plans:plan-withdrawal", args=[plan.code])
        assert sign_in(cast["gebiedswerker"]).post(address, {"reason": ""}).status_code == 422
        assert client.get(reverse("plan-public", args=[plan.code])).status_code == 200
        sign_in(cast["gebiedswerker"]).post(address, {"reason": "Een cijfer klopte niet."})
        for name in ("plan-public", "plan-public-document"):
            assert client.get(reverse(name, args=[plan.code])).status_code == 404
        assert plan.title not in client.get(reverse("plans-public")).content.decode()
        seen = sign_in(cast["wijkinspecteur"]).get(plan.get_absolute_url()).content.decode()
        assert "Een cijfer klopte niet." in seen

    def test_finds_a_former_version_only_as_a_colleague(self, cast: Cast, plan: Plan, sign_in: SignIn) -> None:
        publish(plan, by=cast["gebiedswerker"])
        Goal.objects.filter(pk=item(plan).pk).update(title="Anders")
        publish(plan, by=cast["gebiedswerker"])
        address = reverse("plans:plan-version", args=[plan.code, 1])
        answer = sign_in(cast["wijkinspecteur"]).get(address)
        assert "Glasbollen verzetten" in words(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        assert sign_in(cast["coordinator.rand"]).get(address).status_code == 404
