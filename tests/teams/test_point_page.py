"""The page on which a point ends: what it asks, what it refuses, and where it leads."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from teams.meetings import deciding
from teams.meetings.deciding import Agreement
from teams.models import Action
from tests.cast import Cast
from tests.teams.meetings import on_the_table, planned, raised, team_of

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + dt.timedelta(days=14)


class TestPage:
    def test_ends_a_point_and_goes_on_to_the_next(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        later = raised(cast["buurtwerker"], "Daarna", meeting=point.meeting)
        sent = {"how": "decided", "decision": "Goed", "a1-what": "Bellen", "a1-who": str(cast["buurtwerker"].pk),
                "a1-due_on": SOON.isoformat()}  # fmt: skip
        response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 302
        assert response["Location"] == reverse("meetings:point", args=[later.pk])
        assert Action.objects.get(point=point).owner == cast["buurtwerker"]

    def test_says_what_an_agreement_lacks_and_keeps_what_was_typed(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:point", args=[on_the_table(cast).pk])
        sent = {"how": "decided", "decision": "Goed", "a1-what": "Bellen met de buurt", "a2-due_on": "2020-01-01"}
        response = sign_in(cast["gebiedswerker"]).post(url, sent)
        assert response.status_code == 422
        body = response.content.decode()
        assert "Bellen met de buurt" in body
        assert "kies wie het doet" in body
        assert body.count("Afspraak 1, Wie:") == 1
        assert body.count('id="error-summary-heading"') == 1
        assert "zeg tegen wanneer" in body

    @pytest.mark.parametrize("how", ["noted", "later", "dropped"])
    def test_ends_in_other_ways(self, cast: Cast, sign_in, how: str) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        sent = {"how": how, "decision": "Opgelost" if how == "dropped" else ""}
        assert sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), sent).status_code == 302
        point.refresh_from_db()
        assert point.state == {"later": "open"}.get(how, how)

    @pytest.mark.parametrize("how", ["noted", "later"])
    def test_drops_no_words_that_it_would_keep_nowhere(self, cast: Cast, sign_in, how: str) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        sent = {"how": how, "decision": "De bank komt in mei."}
        response = sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 422
        assert "De bank komt in mei.</textarea>" in response.text
        point.refresh_from_db()
        assert (point.is_open, point.postponements.count()) == (True, 0)

    def test_gives_back_what_was_written_when_a_colleague_was_first(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point = on_the_table(cast)
        deciding.note(point, by=cast["gebiedswerker"])
        sent = {"how": "decided", "decision": "De bank komt in mei.", "a1-what": "Bank bestellen",
                "a1-who": str(cast["buurtwerker"].pk), "a1-due_on": SOON.isoformat()}  # fmt: skip
        response = sign_in(cast["buurtwerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 422
        for words in ("Wat je schreef, is niet bewaard", "De bank komt in mei.", "Bank bestellen"):
            assert words in response.text
        assert "is niet bewaard" not in sign_in(cast["buurtwerker"]).get(response.request["PATH_INFO"]).text

    @pytest.mark.parametrize(
        ("who", "reads", "ends"), [("agent", 200, 403), ("fluvius", 404, 404), ("buurtwerker", 200, 422)]
    )
    def test_is_for_members(self, cast: Cast, sign_in, who: str, reads: int, ends: int) -> None:  # type: ignore[no-untyped-def]
        url = reverse("meetings:point", args=[on_the_table(cast).pk])
        assert sign_in(cast[who]).get(url).status_code == reads
        assert sign_in(cast[who]).post(url, {}).status_code == ends


class TestDayOfAnAgreement:
    @pytest.mark.parametrize(("days", "said"), [(-1, "Deze dag is voorbij"), (3654, "meer dan tien jaar ver")])
    def test_is_to_come_and_not_of_another_century(self, cast: Cast, sign_in, days: int, said: str) -> None:  # type: ignore[no-untyped-def]
        point, day = on_the_table(cast), timezone.localdate() + dt.timedelta(days=days)
        with pytest.raises(Refused):
            deciding.decide(point, by=cast["gebiedswerker"], agreements=[Agreement("Bellen", cast["buurtwerker"], day)])
        sent = {"how": "decided", "a1-what": "Bellen", "a1-who": str(cast["buurtwerker"].pk), "a1-due_on": str(day)}
        response = sign_in(cast["gebiedswerker"]).post(reverse("meetings:point", args=[point.pk]), sent)
        assert response.status_code == 422
        assert said in response.text
        assert not Action.objects.filter(point=point).exists()

    def test_may_be_today(self, cast: Cast) -> None:
        line = Agreement("Bellen", cast["buurtwerker"], timezone.localdate())
        assert deciding.decide(on_the_table(cast), by=cast["gebiedswerker"], agreements=[line]).state == "decided"


class TestMeeting:
    def test_begins_with_the_first_point_and_then_goes_on(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        first = on_the_table(cast)
        second = raised(cast["buurtwerker"], "Daarna", meeting=first.meeting)
        client, url = sign_in(cast["buurtwerker"]), reverse("meetings:meeting", args=[first.meeting_id])

        def leads() -> list[bool]:
            page = client.get(url).text
            return [words in page for words in ("Begin met het eerste punt", "Ga door met het volgende punt")]

        assert leads() == [True, False]
        deciding.note(first, by=cast["gebiedswerker"])
        assert leads() == [False, True]
        deciding.note(second, by=cast["gebiedswerker"])
        assert leads() == [False, False]
        coming = raised(cast["buurtwerker"], "Straks", meeting=planned(cast["gebiedswerker"]))
        url = reverse("meetings:meeting", args=[coming.meeting_id])
        assert leads() == [False, False], "before its day nothing begins"


class TestForm:
    def test_before_the_day_offers_only_to_drop(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        client, coming = (
            sign_in(cast["buurtwerker"]),
            raised(cast["buurtwerker"], meeting=planned(cast["gebiedswerker"])),
        )
        page = client.get(reverse("meetings:point", args=[coming.pk])).text
        assert "Schrap dit punt" in page
        assert "Hoe eindigt het" not in page
        page = client.get(reverse("meetings:point", args=[on_the_table(cast).pk])).text
        assert "Hoe eindigt het" in page
        assert "Schrap dit punt" not in page
        url = reverse("meetings:point", args=[coming.pk])
        assert client.post(url, {"how": "dropped", "decision": "Al opgelost."}).status_code == 302
        coming.refresh_from_db()
        assert coming.state == "dropped"

    def test_names_the_team_first_and_others_with_their_organisation(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        page = sign_in(cast["buurtwerker"]).get(reverse("meetings:point", args=[on_the_table(cast).pk])).text
        own, others = page.index(f'<optgroup label="{team_of().name}"'), page.index('<optgroup label="Andere')
        hassan = page.index(f"{cast['uitvoerder'].name} ({cast['uitvoerder'].organisation})")
        assert own < page.index(f"{cast['wijkinspecteur'].name} (") < others < hassan

    def test_writes_more_than_three_agreements_at_once(self, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
        point, sent = on_the_table(cast), {"how": "decided"}
        for number in range(1, 6):
            line = {"what": f"Taak {number}", "who": str(cast["buurtwerker"].pk), "due_on": str(SOON)}
            sent |= {f"a{number}-{name}": value for name, value in line.items()}
        assert sign_in(cast["gebiedswerker"]).post(reverse("meetings:point", args=[point.pk]), sent).status_code == 302
        assert Action.objects.filter(point=point).count() == 5
