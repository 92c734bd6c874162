"""A form that comes twice is one row. With other words the second time nothing is dropped: they stay in the form."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import SaidOtherwise
from teams.meetings import deciding
from teams.meetings.deciding import Agreement
from teams.models import (
    Action,
    AgendaPoint,
    AreaFlag,
    Bulletin,
    BulletinComment,
    CaseConsultation,
    Goal,
    GridEntry,
    Plan,
    ShiftNote,
    Team,
    User,
)
from tests.cast import Cast, area
from tests.teams.bulletins import TEAM, bulletin, filled
from tests.teams.care import typed as line
from tests.teams.meetings import held_today, raised, team_of
from tests.teams.test_care_pages import MATRIX

type SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

SENTENCE = "Dit formulier werd al bewaard, met andere woorden"
WORDS = "Wat ik er nog bij wou zetten."
TODAY = timezone.localdate()


@dataclass
class Form:
    """What somebody sends, to where, and in which field they then write something else."""

    url: str
    typed: dict[str, Any]
    field: str
    who: str = "gebiedswerker"


def of_a_flag(_cast: Cast) -> Form:
    typed = {
        "key": str(uuid.uuid4()), "kind": "risk", "areas": [area("Overleie").pk], "place": "Brug aan de Budastraat",
        "reason": "Gladde planken na regen.", "source": "screening", "starts": TODAY.isoformat(), "weighed": "",
        "review_on": (TODAY + dt.timedelta(days=60)).isoformat(), "audience": "partners",
        "team": Team.objects.get(code=TEAM).pk,
    }  # fmt: skip
    return Form(reverse("flags:flag-add"), typed, "reason")


def of_an_action(_cast: Cast) -> Form:
    typed = {
        "key": str(uuid.uuid4()), "kind": "action", "title": "Een bank", "text": "", "team": team_of().pk,
        "areas": [area("Overleie").pk], "dimension": "", "stage": "", "audience": "partners", "weighed": "",
    }  # fmt: skip
    return Form(reverse("inventory:action-add"), typed, "text")


def of_a_bulletin(_cast: Cast) -> Form:
    return Form(reverse("bulletins:bulletin-add"), filled(audience="partners"), "text")


def of_a_remark(cast: Cast) -> Form:
    typed = {"key": str(uuid.uuid4()), "text": "Mooi gedaan.", "weighed": ""}
    return Form(reverse("bulletins:comment-add", args=[bulletin(cast).pk]), typed, "text")


def of_a_plan(_cast: Cast) -> Form:
    typed = {
        "id": str(uuid.uuid4()), "kind": "programme", "title": "Wijkprogramma Pius X", "starts": "2026-01-01",
        "team": Team.objects.get(code=TEAM).pk, "areas": [area("Pius X").pk], "foreword": "Kort.", "weighed": "",
    }  # fmt: skip
    return Form(reverse("plans:plan-add"), typed, "foreword")


def of_a_goal(cast: Cast) -> Form:
    plan = Plan.objects.create(
        kind="programme", title="Wijkprogramma", code="wijkprogramma", starts="2026-01-01", team=team_of(),
        created_by=cast["gebiedswerker"],
    )  # fmt: skip
    typed = {"id": str(uuid.uuid4()), "kind": "item", "title": "Een bank aan de Leie", "parent": "", "weighed": ""}
    return Form(reverse("plans:goal-add", args=[plan.code]), typed, "title")


def of_a_grid_line(_cast: Cast) -> Form:
    return Form(reverse("care:entry-add", args=MATRIX), line(), "text", "verpleegkundige")


def of_a_note(_cast: Cast) -> Form:
    typed = {"key": str(uuid.uuid4()), "text": "Het hek is los.", "weighed": ""}
    return Form(reverse("briefing:note", args=["overleie"]), typed, "text", "gemeenschapswacht")


def of_an_agenda_point(_cast: Cast) -> Form:
    typed = {"key": str(uuid.uuid4()), "title": "Fietsen in de weg", "text": "", "weighed": ""}
    return Form(reverse("meetings:agenda", args=[TEAM]), typed, "text")


def of_a_consultation(cast: Cast) -> Form:
    typed = {
        "key": str(uuid.uuid4()), "day": TODAY.isoformat(), "purpose": "other", "purpose_other": "Wie volgt op?",
        "legal_ground": "consent", "participants": [cast["wijkinspecteur.zuid"].pk], "outside": "CAW", "weighed": "",
    }  # fmt: skip
    return Form(reverse("consultations:consultation-add"), typed, "outside", "verpleegkundige")


EVERY = [
    of_a_flag, of_an_action, of_a_bulletin, of_a_remark, of_a_plan, of_a_goal, of_a_grid_line, of_a_note,
    of_an_agenda_point, of_a_consultation,
]  # fmt: skip


@pytest.mark.parametrize("form_of", EVERY, ids=lambda form_of: form_of.__name__)
class TestForm:
    def test_that_comes_twice_is_one_row(self, cast: Cast, sign_in: SignIn, form_of: Callable[[Cast], Form]) -> None:
        form = form_of(cast)
        client = sign_in(cast[form.who])
        assert client.post(form.url, form.typed).status_code == 302
        before = _rows()
        assert client.post(form.url, form.typed).status_code == 302
        assert _rows() == before

    def test_keeps_other_words_of_the_second_time(
        self, cast: Cast, sign_in: SignIn, form_of: Callable[[Cast], Form]
    ) -> None:
        form = form_of(cast)
        client = sign_in(cast[form.who])
        assert client.post(form.url, form.typed).status_code == 302
        before = _rows()
        answer = client.post(form.url, {**form.typed, form.field: WORDS})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert SENTENCE in page
        assert WORDS in page
        assert _rows() == before


class TestAgreements:
    def test_that_come_again_and_differ_are_not_dropped(self, cast: Cast) -> None:
        point = raised(cast["buurtwerker"], meeting=held_today(cast["gebiedswerker"]))
        lines = [Agreement("Borden plaatsen", cast["wijkinspecteur"], TODAY + dt.timedelta(days=14))]
        more = [*lines, Agreement("Brief aan de straat", cast["gebiedswerker"], TODAY + dt.timedelta(days=7))]
        for _twice in range(2):
            deciding.decide(point, by=cast["gebiedswerker"], decision="Ja.", agreements=lines)
        with pytest.raises(SaidOtherwise):
            deciding.decide(point, by=cast["gebiedswerker"], decision="Ja.", agreements=more)
        assert [each.title for each in point.agreements.all()] == ["Borden plaatsen"]


def _rows() -> int:
    models = (
        Action, AgendaPoint, AreaFlag, Bulletin, BulletinComment, CaseConsultation, Goal, GridEntry, Plan, ShiftNote,
    )  # fmt: skip
    return sum(model.objects.count() for model in models)
