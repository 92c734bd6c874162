"""What asks for attention: who reads it, and what its team does with it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from areas.models import Area
from kortrijk_gebied.history import steps_of
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.sections import Period, Place, Request, get_section
from teams.access import access_of, access_of_organisation
from teams.models import AreaFlag, Organisation, Team
from teams.models.audience import Audience
from tests.cast import Cast, area
from tests.teams.flags import flag_of

type SignIn = Callable[[Any], Client]
LIST = "/gebieden/aandacht/"


def typed(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "key": str(uuid7()), "kind": "risk", "areas": [area("Overleie").pk], "place": "Brug aan de Budastraat",
        "reason": "Gladde planken na regen.", "source": "screening", "starts": today.isoformat(),
        "review_on": (today + dt.timedelta(days=60)).isoformat(), "audience": "partners",
        "team": Team.objects.get(code="gebiedsteam-overleie-pius-x").pk, "weighed": "", **changes,
    }  # fmt: skip


class TestMaking:
    def test_puts_it_on_the_list(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["gebiedswerker"]).post(f"{LIST}nieuw/", typed())
        flag = AreaFlag.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{flag.pk}/")
        assert (flag.by, flag.kind, list(flag.areas.all())) == (cast["gebiedswerker"], "risk", [area("Overleie")])
        assert "Gladde planken" in sign_in(cast["wijkinspecteur"]).get(LIST).content.decode()

    def test_makes_one_of_a_form_sent_twice(self, cast: Cast, sign_in: SignIn) -> None:
        client, form = sign_in(cast["gebiedswerker"]), typed()
        client.post(f"{LIST}nieuw/", form)
        assert client.post(f"{LIST}nieuw/", form).status_code == 302
        assert AreaFlag.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"review_on": ""},
            {"review_on": (timezone.localdate() + dt.timedelta(days=185)).isoformat()},
            {"review_on": timezone.localdate().isoformat()},
            {"areas": []},
            {"reason": ""},
            {"audience": "public"},
            {"starts": "2020-01-01"},
        ],
        ids=str,
    )
    def test_refuses_what_would_last_or_says_nothing(self, cast: Cast, sign_in: SignIn, wrong: dict[str, Any]) -> None:
        answer = sign_in(cast["gebiedswerker"]).post(f"{LIST}nieuw/", typed(**wrong))
        assert answer.status_code == 422
        assert "Brug aan de Budastraat" in answer.content.decode()
        assert not AreaFlag.objects.exists()

    def test_names_the_last_day_at_the_field_when_the_review_is_too_far(self, cast: Cast, sign_in: SignIn) -> None:
        today = timezone.localdate()
        late = (today + dt.timedelta(days=700)).isoformat()
        answer = sign_in(cast["gebiedswerker"]).post(f"{LIST}nieuw/", typed(review_on=late))
        last = date_format(today + dt.timedelta(days=184))
        assert answer.status_code == 422
        assert answer.context["form"].errors == {
            "review_on": [f"Niets is voor altijd een aandachtsgebied: kies ten laatste {last}."]
        }
        flag = flag_of(cast)
        form = {"reason": "Nog altijd.", "review_on": late}
        answer = sign_in(cast["gebiedswerker"]).post(f"{LIST}{flag.pk}/herbekijken/", form)
        assert list(answer.context["form"].errors) == ["review_on"]

    def test_warns_of_what_could_be_a_person(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["gebiedswerker"]).post(f"{LIST}nieuw/", typed(reason="Bel 0475 12 34 56 voor meer."))
        assert answer.status_code == 422
        assert not AreaFlag.objects.exists()

    def test_is_not_for_another_team(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["wijkinspecteur.zuid"]).post(f"{LIST}nieuw/", typed())
        assert answer.status_code == 422

    def test_is_kept_to_half_a_year_by_the_database(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            flag_of(cast, days=85)
        flag_of(cast, days=84)


class TestReaders:
    def test_are_all_who_work_in_the_area(self, cast: Cast) -> None:
        flag = flag_of(cast)
        for person, reads in (("wijkinspecteur", True), ("buurtwerker", True), ("wijkinspecteur.zuid", False)):
            assert AreaFlag.objects.readable(access_of(cast[person])).filter(pk=flag.pk).exists() is reads, person

    def test_of_an_internal_one_are_its_team_and_organisation(self, cast: Cast) -> None:
        ward = Team.objects.get(code="wijkwerking-noord")
        flag = flag_of(cast, team=ward, audience=Audience.INTERNAL, by=cast["wijkinspecteur"])
        for person, reads in (("wijkinspecteur", True), ("coordinator.politie", True), ("gebiedswerker", False)):
            assert AreaFlag.objects.readable(access_of(cast[person])).filter(pk=flag.pk).exists() is reads, person

    def test_of_another_area_get_nothing(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        assert sign_in(cast["wijkinspecteur.zuid"]).get(f"{LIST}{flag.pk}/").status_code == 404
        assert sign_in(cast["buurtwerker"]).get(f"{LIST}{flag.pk}/").status_code == 200


class TestReview:
    def test_prolongs_with_a_new_reason_and_keeps_the_old_one(self, cast: Cast, sign_in: SignIn) -> None:
        flag, client = flag_of(cast, days=0), sign_in(cast["gebiedswerker"])
        to = timezone.localdate() + dt.timedelta(days=90)
        form = {"reason": "Nu ook op zaterdag.", "review_on": to.isoformat()}
        assert client.get(f"{LIST}{flag.pk}/herbekijken/").status_code == 200
        for _twice in range(2):
            assert client.post(f"{LIST}{flag.pk}/herbekijken/", form).status_code == 302
        flag.refresh_from_db()
        assert (flag.reason, flag.review_on, flag.reviewed_on) == ("Nu ook op zaterdag.", to, timezone.localdate())
        assert flag.changes.count() == 1  # type: ignore[attr-defined]
        page = client.get(f"{LIST}{flag.pk}/").content.decode()
        assert "Elke vrijdagavond lawaai." in page
        assert "Nu ook op zaterdag." in page

    def test_asks_for_a_reason(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        to = (timezone.localdate() + dt.timedelta(days=90)).isoformat()
        answer = sign_in(cast["gebiedswerker"]).post(f"{LIST}{flag.pk}/herbekijken/", {"reason": "", "review_on": to})
        assert (answer.status_code, "Zeg waarom het blijft" in answer.content.decode()) == (422, True)

    def test_reaches_no_further_than_half_a_year(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        far = (timezone.localdate() + dt.timedelta(days=185)).isoformat()
        form = {"reason": "Blijft.", "review_on": far}
        assert sign_in(cast["gebiedswerker"]).post(f"{LIST}{flag.pk}/herbekijken/", form).status_code == 422

    @pytest.mark.parametrize("act", ["herbekijken", "einde"])
    def test_is_for_its_team_alone(self, cast: Cast, sign_in: SignIn, act: str) -> None:
        address = f"{LIST}{flag_of(cast).pk}/{act}/"
        assert sign_in(cast["wijkinspecteur.zuid"]).get(address).status_code == 404
        assert sign_in(cast["uitvoerder"]).post(address, {}).status_code == 403
        assert sign_in(cast["wijkinspecteur"]).post(address, {}).status_code == 422

    def test_ends_with_what_came_of_it(self, cast: Cast, sign_in: SignIn) -> None:
        flag, client = flag_of(cast), sign_in(cast["wijkinspecteur"])
        for _twice in range(2):
            assert client.post(f"{LIST}{flag.pk}/einde/", {"outcome": "Rustig sinds mei."}).status_code == 302
        flag.refresh_from_db()
        assert (flag.ended_by, flag.outcome) == (cast["wijkinspecteur"], "Rustig sinds mei.")
        again = {"reason": "Toch.", "review_on": (timezone.localdate() + dt.timedelta(days=9)).isoformat()}
        assert client.post(f"{LIST}{flag.pk}/herbekijken/", again).status_code == 422
        assert "Rustig sinds mei." not in client.get(LIST).content.decode()
        assert "Rustig sinds mei." in client.get(f"{LIST}?toon=voorbij").content.decode()


class TestCorrecting:
    def test_changes_its_words_and_leaves_its_days(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        client, url = sign_in(cast["wijkinspecteur"]), f"{LIST}{flag.pk}/wijzigen/"
        form = client.get(url).context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        later = (flag.review_on + dt.timedelta(days=30)).isoformat()
        for _twice in range(2):
            answer = client.post(url, {**sent, "reason": "Elke vrijdagavond luid.", "review_on": later})
            assert answer.status_code == 302
        changed = AreaFlag.objects.get()
        assert (changed.reason, changed.review_on, changed.by) == ("Elke vrijdagavond luid.", flag.review_on, flag.by)
        assert {each.pk for each in changed.areas.all()} == {each.pk for each in flag.areas.all()}

    def test_tells_who_gave_it_other_areas(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        client, url = sign_in(cast["wijkinspecteur"]), f"{LIST}{flag.pk}/wijzigen/"
        form = client.get(url).context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        both = [area("Overleie").pk, area("Pius X").pk]
        assert client.post(url, {**sent, "areas": both}).status_code == 302
        (step,) = steps_of([AreaFlag.objects.get()])
        assert step.who == cast["wijkinspecteur"].name
        said = [(each.name, each.old, each.new) for each in step.differences]
        assert said == [("Gebieden", "Overleie", "Overleie, Pius X")]

    def test_lets_the_second_writer_read_first(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        client, url = sign_in(cast["wijkinspecteur"]), f"{LIST}{flag.pk}/wijzigen/"
        form = client.get(url).context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        sign_in(cast["gebiedswerker"]).post(url, {**sent, "reason": "Ook op zondag."})
        answer = client.post(url, {**sent, "reason": "Ook op dinsdag."})
        page = answer.content.decode()
        assert (answer.status_code, "Ook op zondag." in page, "Ook op dinsdag." in page) == (422, True, True)

    def test_never_gives_to_others_what_was_for_the_own_house(self, cast: Cast, sign_in: SignIn) -> None:
        """The history of a flag tells every reason it had: who may read it was decided when they were written."""
        flag = flag_of(cast, audience="internal")
        client, url = sign_in(cast["wijkinspecteur"]), f"{LIST}{flag.pk}/wijzigen/"
        form = client.get(url).context["form"]
        assert "audience" not in form.fields
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        assert client.post(url, {**sent, "reason": "Rustiger.", "audience": "partners"}).status_code == 302
        assert (AreaFlag.objects.get().reason, AreaFlag.objects.get().audience) == ("Rustiger.", "internal")

    def test_ends_when_it_is_over(self, cast: Cast, sign_in: SignIn) -> None:
        flag = flag_of(cast)
        client, url = sign_in(cast["wijkinspecteur"]), f"{LIST}{flag.pk}/wijzigen/"
        form = client.get(url).context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        flag.end(by=cast["gebiedswerker"], outcome="Rustig.")
        answer = client.post(url, {**sent, "reason": "Toch niet."})
        assert (answer.status_code, "al voorbij" in answer.content.decode()) == (422, True)
        assert AreaFlag.objects.get().reason == flag.reason


class TestList:
    def test_costs_the_same_however_many(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        flag_of(cast)
        client.get(LIST)
        with CaptureQueriesContext(connection) as few:
            client.get(LIST)
        for _time in range(4):
            flag_of(cast)
        with CaptureQueriesContext(connection) as many:
            client.get(LIST)
        assert len(many) == len(few)

    def test_begins_with_what_is_due(self, cast: Cast, sign_in: SignIn) -> None:
        flag_of(cast, place="Later")
        flag_of(cast, days=-3, place="Eerst")
        page = sign_in(cast["gebiedswerker"]).get(f"{LIST}?gebied=overleie").content.decode()
        assert page.index("Eerst") < page.index("Later")
        assert "Blijft het?" in page


class TestSections:
    def test_show_it_where_it_belongs(self, cast: Cast, sign_in: SignIn) -> None:
        flag_of(cast)
        client = sign_in(cast["wijkinspecteur"])
        assert "Overleiestraat" in client.get("/gebieden/overleie/blok/flags/").content.decode()
        assert "Overleiestraat" not in client.get("/gebieden/pius-x/blok/flags/").content.decode()
        assert "Overleiestraat" in client.get("/gebieden/briefing/?gebied=overleie").content.decode()

    def test_tell_the_report_what_ran_and_what_ended(self, cast: Cast) -> None:
        flag = flag_of(cast)
        flag.end(by=cast["gebiedswerker"], outcome="Rustig.")
        flag_of(cast, audience=Audience.INTERNAL, team=Team.objects.get(code="wijkwerking-noord"), place="Van de wijk")
        section = get_section("flags-of-month", Place.REPORT)
        assert section
        now, overleie = timezone.now(), Area.objects.get(pk=area("Overleie").pk)
        period = Period(now - dt.timedelta(days=20), now + dt.timedelta(days=1))

        def places(code: str) -> set[str]:
            reader = access_of_organisation(Organisation.objects.get(code=code), overleie)
            content = section.content(Request(viewer=reader, area=overleie, period=period))
            return {flag.place for flag in content["flags"]} if content else set()

        assert places("stad") == {"Overleiestraat"}
        assert places("politie") == {"Overleiestraat", "Van de wijk"}
