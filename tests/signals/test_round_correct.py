"""A round that was written down wrongly is set right by who walked it, and by nobody else."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from areas.models import Area, AreaSet
from kortrijk_gebied.workdays import BRUSSELS
from signals import presence
from signals.models import PatrolRound, RoundActivity
from signals.rounds import correct, state_of
from teams.models import RotaTurn, Team
from tests.cast import Cast
from tests.teams.rotas import published

type SignIn = Callable[[Any], Client]
PAGE = "/gebieden/rondes/"


def zones() -> list[Area]:
    return presence.inner_zones()


@pytest.fixture
def walked(cast: Cast) -> PatrolRound:
    """Yesterday by Mo, with a tablet that knows the second."""
    day = timezone.localdate() - dt.timedelta(days=1)
    starts = dt.datetime.combine(day, dt.time(9, 0, 37), tzinfo=BRUSSELS)
    round_ = PatrolRound.objects.create(
        by=cast["gemeenschapswacht"], team=Team.objects.get(code="gemeenschapswachten"), zone=zones()[0],
        started_at=starts, ended_at=starts + dt.timedelta(hours=2), note="Het hek is los.",
    )  # fmt: skip
    RoundActivity.objects.create(round=round_, kind="crossing", at=starts, text="Aan de school")
    RoundActivity.objects.create(round=round_, kind="contact", at=starts + dt.timedelta(hours=1))
    return round_


def address(round_: PatrolRound) -> str:
    return f"{PAGE}{round_.pk}/verbetering/"


def typed(round_: PatrolRound, **changes: Any) -> dict[str, Any]:
    day = timezone.localdate(round_.started_at)
    return {
        "zone": round_.zone_id, "day": day.isoformat(), "starts": "09:00", "ends": "11:00", "weighed": "",
        "activities": ["crossing", "contact"], "note": round_.note, "seen": state_of(round_), **changes,
    }  # fmt: skip


def kinds(round_: PatrolRound) -> list[str]:
    return sorted(round_.activities.values_list("kind", flat=True))


class TestCorrecting:
    def test_says_what_stands_there_and_keeps_what_stood_first(
        self, walked: PatrolRound, cast: Cast, sign_in: SignIn
    ) -> None:
        client = sign_in(cast["gemeenschapswacht"])
        assert address(walked) in client.get(PAGE).content.decode()
        form = client.get(address(walked)).context["form"]
        assert [form[name].value() for name in ("zone", "note")] == [walked.zone_id, "Het hek is los."]
        given = typed(walked, note="Het hek is hersteld.", zone=zones()[1].pk, activities=["contact", "event"])
        for _twice in range(2):
            assert client.post(address(walked), given).status_code == 302
        walked.refresh_from_db()
        assert (walked.note, walked.zone, kinds(walked)) == ("Het hek is hersteld.", zones()[1], ["contact", "event"])
        page = client.get(address(walked)).content.decode()
        before = page[page.index("Wat er eerst stond</h2>") :]
        assert f"9.00–11.00 uur · {zones()[0].name}" in before
        assert "Het hek is los." in before
        assert "Kinderen laten oversteken: Aan de school" in before
        assert apps.get_model("signals", "PatrolRoundChange").objects.count() == 1
        assert apps.get_model("signals", "RoundActivityChange").objects.get().kind == "crossing"

    def test_leaves_what_was_not_touched_to_the_second(self, walked: PatrolRound, cast: Cast, sign_in: SignIn) -> None:
        stood = (walked.started_at, walked.ended_at)
        sign_in(cast["gemeenschapswacht"]).post(address(walked), typed(walked, note="Anders."))
        walked.refresh_from_db()
        assert (walked.started_at, walked.ended_at, walked.note) == (*stood, "Anders.")
        assert walked.activities.get(kind="crossing").text == "Aan de school"

    def test_moves_what_was_noted_at_the_start_along(self, walked: PatrolRound, cast: Cast, sign_in: SignIn) -> None:
        later = walked.activities.get(kind="contact").at
        sign_in(cast["gemeenschapswacht"]).post(address(walked), typed(walked, starts="08:30"))
        walked.refresh_from_db()
        assert timezone.localtime(walked.started_at).time() == dt.time(8, 30)
        assert walked.activities.get(kind="crossing").at == walked.started_at
        assert walked.activities.get(kind="contact").at == later

    def test_is_of_who_walked_it_alone(self, walked: PatrolRound, cast: Cast, sign_in: SignIn) -> None:
        for who, code in (("gebiedswerker", 404), ("coordinator", 403), ("fluvius", 403)):
            client = sign_in(cast[who])
            assert client.get(address(walked)).status_code == code
            assert client.post(address(walked), typed(walked, note="Niets.")).status_code == code
        with pytest.raises(PatrolRound.DoesNotExist):
            correct(
                walked.pk, by=cast["gebiedswerker"], seen=state_of(walked), zone=zones()[0], kinds=["event"],
                note="Niets.", starts=walked.started_at, ends=walked.started_at,
            )  # fmt: skip
        walked.refresh_from_db()
        assert walked.note == "Het hek is los."
        assert sign_in(cast["gemeenschapswacht"]).get(address(walked)).status_code == 200

    def test_is_refused_when_a_tablet_wrote_meanwhile(self, walked: PatrolRound, cast: Cast, sign_in: SignIn) -> None:
        given = typed(walked, note="Het hek is hersteld.")
        PatrolRound.objects.update(note="Het hek is los.\n\nEn de lamp is stuk.")
        answer = sign_in(cast["gemeenschapswacht"]).post(address(walked), given)
        assert answer.status_code == 422
        assert "intussen gewijzigd" in answer.content.decode()
        assert "Het hek is hersteld." in answer.content.decode()
        walked.refresh_from_db()
        assert "lamp" in walked.note

    def test_is_refused_over_another_round_but_not_over_itself(
        self, walked: PatrolRound, cast: Cast, sign_in: SignIn
    ) -> None:
        client, after = sign_in(cast["gemeenschapswacht"]), walked.ended_at
        assert after
        PatrolRound.objects.create(
            by=walked.by, zone=zones()[2], started_at=after, ended_at=after + dt.timedelta(hours=1)
        )
        answer = client.post(address(walked), typed(walked, ends="11:30"))
        assert answer.status_code == 422
        assert "Is het dezelfde?" in answer.content.decode()
        assert client.post(address(walked), typed(walked, ends="10:30")).status_code == 302

    def test_is_not_of_a_round_that_runs_lasted_a_night_or_is_long_ago(
        self, walked: PatrolRound, cast: Cast, sign_in: SignIn
    ) -> None:
        client = sign_in(cast["gemeenschapswacht"])
        starts, long_ago = walked.started_at, walked.started_at - dt.timedelta(days=20)
        for began, ended in ((starts, None), (starts, starts + dt.timedelta(hours=20)), (long_ago, long_ago)):
            PatrolRound.objects.update(started_at=began, ended_at=ended)
            assert address(walked) not in client.get(PAGE).content.decode()
            given = typed(PatrolRound.objects.get(), note="Anders.")
            assert client.post(address(walked), given).status_code == 302
            assert PatrolRound.objects.get().note == "Het hek is los."


class TestProposed:
    def test_is_the_zone_of_the_own_rota_today(self, cast: Cast, sign_in: SignIn) -> None:
        client, today = sign_in(cast["gemeenschapswacht"]), timezone.localdate()
        assert client.get(f"{PAGE}nieuw/").context["form"]["zone"].value() is None
        rota = published(cast["coordinator"])
        turn = RotaTurn.objects.get(
            version=rota.published, user=cast["gemeenschapswacht"], starts__lte=today, ends__gte=today
        )
        assert client.get(f"{PAGE}nieuw/").context["form"]["zone"].value() == turn.zone_id
        assert turn.zone.set.kind == AreaSet.Kind.INNER_CITY
