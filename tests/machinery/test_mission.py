"""docs/missie.md answers for every system the sources name, and what it calls a type or a tag is one."""

import csv
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kortrijk_gebied.embedded import ROOT
from signals.levels import Level
from signals.models import Dossier
from signals.models.dossiers import DossierKind
from signals.models.reports import Channel, ReportKind
from teams.models import Action, Meeting, Membership, Plan, Team
from teams.models.action_words import ActionTag, ChainStage
from teams.models.bulletins import BulletinKind
from teams.models.kinds import JOINT_KINDS, TeamKind
from teams.models.meetings import MeetingForm
from teams.models.plans import PlanKind, PlanPhase
from tests.cast import Cast, area
from tests.teams.bulletins import bulletin
from tests.teams.inventory import action
from tests.teams.meetings import planned
from tests.teams.plans import a_plan

SYSTEMS = ROOT / "tests/machinery/data/systems.csv"
HOWS = {"screen", "type", "tag", "template", "data"}
LINE = re.compile(r"^\| (\d+) \| (\d{3}:\d+) \| (.+?) \| ([^|]+) \| (\w+) \| (`[^|]+`) \|$", re.M)
ROWS = LINE.findall((ROOT / "docs/missie.md").read_text(encoding="utf-8"))


def systems() -> list[tuple[str, str]]:
    with SYSTEMS.open(encoding="utf-8", newline="") as file:
        return [(f"{row['seed']}:{row['line']}", row["dutch_phrase"]) for row in csv.DictReader(file)]


class TestTable:
    def test_has_every_system_once_and_in_order(self) -> None:
        assert [(source, phrase.replace("\\|", "|")) for _number, source, phrase, *_rest in ROWS] == systems()
        assert [int(number) for number, *_rest in ROWS] == list(range(1, 115))

    def test_names_tests_that_exist(self) -> None:
        missing = []
        for number, *_rest, tests in ROWS:
            for path, name in re.findall(r"`([\w/.]+)::(\w+)`", tests):
                file = ROOT / path
                source = file.read_text(encoding="utf-8") if file.is_file() else ""
                if not re.search(rf"^(class|def) {name}\b", source, re.M):
                    missing.append((number, path, name))
        assert missing == []

    def test_says_in_which_way_each_is_done(self) -> None:
        assert {how for *_rest, how, _tests in ROWS} == HOWS

    def test_counts_what_is_open(self) -> None:
        left = [number for number, _source, _phrase, where, *_rest in ROWS if where.startswith("open")]
        text = (ROOT / "docs/missie.md").read_text(encoding="utf-8")
        assert f"Open, whole or in part: {len(left)} ({', '.join(left)})" in text

    def test_speaks_of_kinds_and_tags_that_are_there(self) -> None:
        known = labels()
        for number, _source, _phrase, where, _how, _tests in ROWS:
            for word in re.findall(r"(?:tag|the kind|channel|\band kind) \*([^*]+)\*", where):
                assert word in known, (number, word)


def labels() -> set[str]:
    """What every choice of every model is called in English."""
    with translation.override("en"):
        return {
            str(label)
            for model in apps.get_models()
            for field in model._meta.get_fields()
            for _value, label in getattr(field, "flatchoices", None) or []
        } | {str(label) for label in ActionTag.labels}


@pytest.fixture
def els(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast["gebiedswerker"])
    return client


@pytest.mark.django_db
class TestInventory:
    """Registers of older documents that are one word on a line of the inventory."""

    @pytest.mark.parametrize("tag", ActionTag.values)
    def test_finds_a_line_by_its_tag(self, cast: Cast, els: Client, tag: str) -> None:
        action(cast["gebiedswerker"], "Met het label", tags=[tag])
        action(cast["gebiedswerker"], "Zonder label")
        page = els.get(f"/gebieden/acties/?label={tag}").content.decode()
        assert "Met het label</a>" in page
        assert "Zonder label</a>" not in page

    def test_shows_money_and_the_link_of_the_safety_chain(self, cast: Cast, els: Client) -> None:
        made: Action = action(
            cast["gebiedswerker"], budget="12500.00", funding="Stedenfonds", stage=ChainStage.PREVENTION
        )
        page = els.get(f"/gebieden/acties/{made.reference}/").content.decode()
        for said in ("12.500,00", "Stedenfonds", "Preventie"):
            assert said in page


def said(label: Any) -> str:
    words = str(label)
    return words[:1].upper() + words[1:]


@pytest.mark.django_db
class TestKinds:
    """Screens that older documents asked for and that are a kind of something."""

    @pytest.mark.parametrize("form", MeetingForm)
    def test_of_a_meeting_stand_on_its_page(self, cast: Cast, els: Client, form: MeetingForm) -> None:
        meeting: Meeting = planned(cast["gebiedswerker"], form=form)
        assert said(form.label) in els.get(f"/gebieden/overleg/{meeting.pk}/").content.decode()

    @pytest.mark.parametrize("kind", BulletinKind)
    def test_of_a_post_stand_above_it(self, cast: Cast, els: Client, kind: BulletinKind) -> None:
        days: dict[str, Any] = {"starts": timezone.localdate()} if kind == BulletinKind.CAMPAIGN else {}
        made = bulletin(cast, kind=kind, audience="partners", **days)
        assert said(kind.label) in els.get(made.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("kind", PlanKind)
    def test_of_a_plan_stand_in_the_list(self, cast: Cast, els: Client, kind: PlanKind) -> None:
        a_plan(kind=kind, **({"keeper": "Parket"} if kind == PlanKind.RELATED else {}))
        table = els.get("/gebieden/plannen/").content.decode().split("<tbody>")[1]  # a filter above it names them all
        assert said(kind.label) in table

    def test_of_a_safety_plan_are_seven_phases(self, cast: Cast, els: Client) -> None:
        assert len(PlanPhase) == 7
        made: Plan = a_plan(kind="safety", phase=PlanPhase.HEARINGS)
        assert str(PlanPhase.HEARINGS.label) in els.get(made.get_absolute_url()).content.decode()


@pytest.mark.django_db
class TestMeans:
    """Staff, ICT and money of an organisation in an area: a line of the inventory, with its amount and who pays."""

    def test_are_found_by_area_and_go_along_as_a_file(self, cast: Cast, els: Client) -> None:
        given: dict[str, Any] = {"tags": ["means"], "budget": "31000.00", "funding": "OCMW Kortrijk"}
        action(cast["gebiedswerker"], "Halftijdse buurtwerker", **given)
        action(cast["gebiedswerker"], "Tablet voor de antenne", at="Marke", **given)
        asked = {"label": "means", "gebied": "overleie"}
        page = els.get("/gebieden/acties/", asked).content.decode()
        assert "Halftijdse buurtwerker</a>" in page
        assert "Tablet voor de antenne</a>" not in page
        sheet = els.get(reverse("inventory:actions-sheet"), asked).getvalue().decode()
        (line,) = [row for row in sheet.splitlines() if "Halftijdse buurtwerker" in row]
        for said in ("31000", "OCMW Kortrijk", "Overleie", "Gebiedsteam Overleie en Pius X"):
            assert said in line
        assert "Tablet" not in sheet


@pytest.mark.django_db
class TestSanction:
    """Of a municipal administrative sanction the reference stands with the signal, and nothing of its file."""

    def test_is_found_by_its_reference(self, cast: Cast, sign_in: Any, report: Any) -> None:
        one, other = report(), report()
        bram = sign_in(cast["coordinator"])
        url = reverse("signals:signal-tags", args=[one.reference])
        assert bram.post(url, {"name": "GAS 2026/117"}).status_code < 400
        page = bram.get("/postvak/", {"tab": "alles", "label": "gas 2026/117"}).content.decode()
        assert one.reference in page
        assert other.reference not in page


@pytest.mark.django_db
class TestTeams:
    @pytest.mark.parametrize("kind", TeamKind)
    def test_of_every_kind_say_which_they_are(self, cast: Cast, els: Client, kind: TeamKind) -> None:
        joint = None if kind in JOINT_KINDS else cast["gebiedswerker"].organisation
        made = Team.objects.create(code="proef", name="Ploeg van de proef", kind=kind, organisation=joint)
        Membership.objects.create(team=made, user=cast["gebiedswerker"], function="area_worker")
        page = els.get(reverse("teams:team", args=["proef"])).content.decode()
        assert str(kind.label).casefold() in page.casefold()

    @pytest.mark.parametrize(
        ("code", "kind", "areas"),
        [
            ("resa", TeamKind.WORKING, []),
            ("stuurgroep-lange-munte", TeamKind.STEERING, ["Lange Munte"]),
            ("stuurgroep-venning", TeamKind.STEERING, ["Kortrijk Oost"]),
            ("operationele-stuurgroep", TeamKind.OPERATIONAL, []),
            ("coordinatiecomite", TeamKind.COMMITTEE, []),
        ],
    )
    def test_of_the_sources_are_there_from_the_start(
        self, kortrijk: None, code: str, kind: TeamKind, areas: list[str]
    ) -> None:
        team = Team.objects.get(code=code, organisation=None)
        assert (team.kind, [area.name for area in team.areas.all()]) == (kind, areas)


@pytest.mark.django_db
class TestReports:
    @pytest.mark.parametrize("kind", ReportKind)
    def test_of_every_kind_say_which_they_are(self, cast: Cast, sign_in: Any, report: Any, kind: ReportKind) -> None:
        made = report(kind=kind)
        url = reverse("signals:signal", args=[made.reference])
        page = sign_in(cast["coordinator"]).get(url).content.decode()
        assert (f"1 melding ({kind.label}), telefoon" in page) == (kind != ReportKind.REPORT)
        assert ("1 melding, telefoon" in page) == (kind == ReportKind.REPORT)


@pytest.mark.django_db
class TestDossiers:
    @pytest.mark.parametrize("kind", DossierKind)
    def test_of_every_kind_say_which_they_are(self, cast: Cast, sign_in: Any, kind: DossierKind) -> None:
        made = Dossier.begin(
            by=cast["coordinator"], title="Leieboorden", kind=kind, purpose="Waarom hier?", area=area("Overleie"),
            team=Team.objects.get(code="team-net-noord"), level=Level.OPEN,
        )  # fmt: skip
        page = sign_in(cast["coordinator"]).get(f"/signalen/dossiers/{made.reference}/").content.decode()
        assert f"{made.reference} · {said(kind.label)} ·" in page


@pytest.mark.django_db
class TestChannels:
    @pytest.mark.parametrize("channel", Channel)
    def test_narrow_the_inbox(self, cast: Cast, sign_in: Any, report: Any, channel: Channel) -> None:
        other = next(each for each in Channel if each != channel)
        here, there = report(channel=channel), report(channel=other)
        page = sign_in(cast["coordinator"]).get("/postvak/", {"tab": "alles", "kanaal": channel.value}).content.decode()
        assert here.reference in page
        assert there.reference not in page
