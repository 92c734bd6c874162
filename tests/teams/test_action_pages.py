"""The inventory on screen: found, read and written by who may, and by nobody else."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from areas.models import Area
from kortrijk_gebied.history import steps_of
from teams.inventory.views import PER_COLUMN, PER_PAGE
from teams.models import Action, User
from teams.models.audience import Audience
from tests.cast import Cast, area
from tests.teams.inventory import action, words
from tests.teams.plans import a_goal, a_plan

type SignIn = Callable[[User], Client]

ACTIONS = "/gebieden/acties/"


@pytest.fixture
def els(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["gebiedswerker"])


class TestList:
    def test_shows_what_is_open_and_due_first(self, cast: Cast, els: Client) -> None:
        today = timezone.localdate()
        action(cast["gebiedswerker"], "Later", due_on=today + dt.timedelta(days=9))
        action(cast["gebiedswerker"], "Eerst", due_on=today - dt.timedelta(days=1))
        done = action(cast["gebiedswerker"], "Voorbij")
        done.finish(by=cast["gebiedswerker"], result="Het staat er.")
        html = els.get(ACTIONS).content.decode()
        assert html.index("Eerst") < html.index("Later")
        assert "Voorbij" not in html
        assert "Voorbij" in els.get(f"{ACTIONS}?toestand=done").content.decode()

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("zoek=fiets", {"Fietsen"}), ("gebied=marke", {"Markt"}), ("team=gebiedsteam-marke", {"Markt"}),
            ("soort=agreement", {"Fietsen"}), ("dimensie=proactive", {"Markt"}), ("label=quick_win", {"Fietsen"}),
            ("mij=on", {"Fietsen"}), ("te_laat=on", {"Fietsen"}), ("toestand=planned", {"Fietsen"}),
            ("", {"Fietsen", "Markt"}),
        ],
    )  # fmt: skip
    def test_filters_by_its_address(self, cast: Cast, els: Client, query: str, titles: set[str]) -> None:
        by, past = cast["gebiedswerker"], timezone.localdate() - dt.timedelta(days=2)
        action(by, "Fietsen", kind="agreement", owner=by, due_on=past, status="planned", tags=["quick_win"])
        action(by, "Markt", at="Marke", team="gebiedsteam-marke", dimension="proactive", owner=cast["deelgemeente"])
        html = els.get(f"{ACTIONS}?{query}").content.decode()
        assert {title for title in ("Fietsen", "Markt") if f">{title}</a>" in html} == titles

    def test_is_not_undone_by_one_unknown_word(self, cast: Cast, els: Client) -> None:
        action(cast["gebiedswerker"], "Fietsen", kind="agreement", owner=cast["gebiedswerker"], due_on="2027-01-04")
        action(cast["gebiedswerker"], "Markt")
        html = els.get(f"{ACTIONS}?soort=agreement&gebied=bestaat-niet").content.decode()
        assert "Fietsen" in html
        assert "Markt" not in html

    def test_opens_from_the_page_of_a_ward(self, cast: Cast, els: Client) -> None:
        action(cast["gebiedswerker"], "Fietsen")
        action(cast["gebiedswerker"], "Markt", at="Marke")
        ward = Area.objects.current().filter(set__kind="ward", crosswalk__to_area=area("Overleie"))[0]
        answer = els.get(f"{ACTIONS}?gebied={ward.code}")
        html = answer.content.decode()
        assert not answer.context["form"].errors
        assert "Fietsen" in html
        assert "Markt" not in html

    def test_finds_what_stays_with_a_former_area(self, cast: Cast, els: Client) -> None:
        action(cast["gebiedswerker"], "Oud")
        assert "Oud" in els.get(f"{ACTIONS}?gebied=overleie").content.decode()

    def test_is_a_board_too(self, cast: Cast, els: Client) -> None:
        made = action(cast["gebiedswerker"])
        html = els.get(f"{ACTIONS}?vorm=bord").content.decode()
        assert made.title in html
        for step in ("plan", "start", "take"):  # the next one, and behind “another step” the others
            assert f"{ACTIONS}{made.reference}/stap/{step}/" in html
        assert f"{made.get_absolute_url()}#weg" in html

    def test_counts_what_stands_in_each_column(self, cast: Cast, els: Client) -> None:
        for number in range(PER_COLUMN + 2):
            action(cast["gebiedswerker"], f"Nummer {number}")
        action(cast["deelgemeente"], "Elders", at="Marke", team="gebiedsteam-marke", audience="internal")
        page = els.get(f"{ACTIONS}?vorm=bord")
        columns = {column["status"]: column for column in page.context["columns"]}
        assert (columns["proposed"]["number"], len(columns["proposed"]["cards"])) == (PER_COLUMN + 2, PER_COLUMN)
        assert (columns["proposed"]["more"], columns["planned"]["more"], columns["planned"]["number"]) == (
            True,
            False,
            0,
        )
        html = " ".join(page.content.decode().split())
        assert f'Voorgesteld <span class="term">{PER_COLUMN + 2}</span>' in html
        assert "Alles bij “Voorgesteld”" in html

    def test_shows_the_card_that_was_moved_in_a_column_that_is_full(self, cast: Cast, els: Client) -> None:
        today = timezone.localdate()
        for number in range(PER_COLUMN):
            action(
                cast["gebiedswerker"], f"Eerst {number}", status="planned", owner=cast["gebiedswerker"], due_on=today
            )
        made = action(cast["gebiedswerker"])
        answer = els.post(f"{made.get_absolute_url()}stap/plan/", {"next": f"{ACTIONS}?vorm=bord"}, follow=True)
        html = answer.content.decode()
        assert f'id="{made.reference}" tabindex="-1"' in html
        assert "stap/start/" in html
        assert f'value="{ACTIONS}?vorm=bord"' in html  # and the next one that is moved comes back to itself alone
        assert f'id="{made.reference}"' not in els.get(f"{ACTIONS}?vorm=bord").content.decode()

    def test_turns_its_pages_without_dots_that_mean_nothing(self, cast: Cast, els: Client) -> None:
        for number in range(PER_PAGE + 1):
            action(cast["gebiedswerker"], f"Nummer {number}")
        for page in (1, 2):
            pager = els.get(f"{ACTIONS}?page={page}").content.decode().split('class="ds-pagination"')[1]
            assert "…" not in pager.split("</nav>")[0]
            assert not re.search(r"<li *></li>", pager)  # the design system would draw dots in it

    @pytest.mark.parametrize("form", ["", "?vorm=bord"])
    def test_asks_as_much_for_many_as_for_few(
        self, cast: Cast, els: Client, form: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        action(cast["gebiedswerker"], owner=cast["gebiedswerker"])
        els.get(ACTIONS + form)
        with django_assert_max_num_queries(100) as few:
            els.get(ACTIONS + form)
        for number in range(12):
            action(cast["gebiedswerker"], f"Nummer {number}", owner=cast["coordinator"])
        with django_assert_max_num_queries(len(few)):
            els.get(ACTIONS + form)


class TestSheet:
    def test_holds_what_one_may_read_and_no_formula(self, cast: Cast, els: Client) -> None:
        action(cast["gebiedswerker"], "=HYPERLINK(1)", due_on="2027-01-04")
        action(cast["verpleegkundige"], "Van Bellegem", at="Bellegem", team="gebiedsteam-bellegem", audience="internal")
        text = b"".join(els.get(f"{ACTIONS}lijst.csv").streaming_content).decode()  # type: ignore[attr-defined]
        assert "'=HYPERLINK(1)" in text
        assert '"04/01/2027"' in text  # a day to a spreadsheet, that sorts it
        assert "Van Bellegem" not in text


class TestAdding:
    def test_writes_it_down_once(self, cast: Cast, els: Client) -> None:
        sent = words(cast, key=str(uuid.uuid4()))
        for _time in range(2):
            assert els.post(f"{ACTIONS}nieuw/", sent).status_code == 302
        (made,) = Action.objects.all()
        assert (made.created_by, list(made.areas.all())) == (cast["gebiedswerker"], [area("Overleie")])

    def test_begins_where_the_team_works_or_where_one_came_from(self, cast: Cast, els: Client) -> None:
        """Nothing ticked would be the whole city."""
        asked = {"": {"Overleie", "Pius X"}, "?gebied=marke": {"Marke"}, "?gebied=nergens": {"Overleie", "Pius X"}}
        for query, names in asked.items():
            chosen = els.get(f"{ACTIONS}nieuw/{query}").context["form"]["areas"]
            assert {choice.choice_label for choice in chosen if choice.data["selected"]} == names

    def test_of_somebody_else_is_not_taken_for_ones_own(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        sent = words(cast, key=str(uuid.uuid4()))
        assert els.post(f"{ACTIONS}nieuw/", sent).status_code == 302
        assert sign_in(cast["coordinator"]).post(f"{ACTIONS}nieuw/", sent).status_code == 422
        assert Action.objects.get().created_by == cast["gebiedswerker"]

    def test_keeps_a_part_of_an_area(self, cast: Cast, els: Client) -> None:
        sector = Area.objects.filter(set__kind="sector", crosswalk__to_area=area("Overleie"), crosswalk__share__gt=0.5)[
            0
        ]
        els.post(f"{ACTIONS}nieuw/", words(cast, sectors=[sector.pk]))
        part = Action.objects.get().part
        assert part is not None
        assert part["type"] in ("Polygon", "MultiPolygon")

    def test_refuses_a_part_that_lies_elsewhere(self, cast: Cast, els: Client) -> None:
        sector = Area.objects.filter(set__kind="sector", crosswalk__to_area=area("Marke"), crosswalk__share__gt=0.99)[0]
        answer = els.post(f"{ACTIONS}nieuw/", words(cast, sectors=[sector.pk]))
        assert answer.status_code == 422
        assert sector.name in answer.content.decode()

    def test_refuses_an_agreement_without_owner_or_day(self, cast: Cast, els: Client) -> None:
        answer = els.post(f"{ACTIONS}nieuw/", words(cast, kind="agreement", title="Wie doet wat"))
        assert answer.status_code == 422
        assert "Wie doet wat" in answer.content.decode()
        assert not Action.objects.exists()
        good = words(cast, kind="agreement", owner=cast["coordinator"].pk, due_on="2027-01-04")
        assert els.post(f"{ACTIONS}nieuw/", good).status_code == 302

    @pytest.mark.parametrize(
        ("days", "said"), [(-1, "Deze dag is voorbij."), (3660, "Dat is meer dan tien jaar ver."), (0, ""), (3650, "")]
    )
    def test_asks_for_a_day_that_can_be_kept(self, cast: Cast, els: Client, days: int, said: str) -> None:
        day = timezone.localdate() + dt.timedelta(days=days)
        answer = els.post(f"{ACTIONS}nieuw/", words(cast, due_on=day.isoformat()))
        assert answer.status_code == (422 if said else 302)
        assert Action.objects.exists() is not bool(said)
        if said:
            assert said in answer.context["form"].errors["due_on"][0]
            assert f'value="{day.isoformat()}"' in answer.content.decode()

    def test_warns_once_of_a_phone_number(self, cast: Cast, els: Client) -> None:
        answer = els.post(f"{ACTIONS}nieuw/", words(cast, text="Bel 0470 12 34 56."))
        assert answer.status_code == 422

    def test_is_closed_to_another_team(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["deelgemeente"]).post(f"{ACTIONS}nieuw/", words(cast))
        assert answer.status_code == 422
        assert not Action.objects.exists()


class TestPage:
    def test_is_for_who_may_view_the_area(self, cast: Cast, sign_in: SignIn) -> None:
        made = action(cast["gebiedswerker"])
        assert sign_in(cast["wijkinspecteur"]).get(made.get_absolute_url()).status_code == 200
        assert sign_in(cast["fluvius"]).get(made.get_absolute_url()).status_code == 404

    def test_internal_of_an_area_team_is_for_its_members(self, cast: Cast, sign_in: SignIn) -> None:
        made = action(cast["gebiedswerker"], audience=Audience.INTERNAL)
        assert sign_in(cast["wijkinspecteur"]).get(made.get_absolute_url()).status_code == 200
        assert sign_in(cast["agent"]).get(made.get_absolute_url()).status_code == 404

    def test_internal_of_a_service_is_for_its_organisation(self, cast: Cast, sign_in: SignIn) -> None:
        made = action(cast["uitvoerder"], team="team-net-noord", audience=Audience.INTERNAL)
        assert sign_in(cast["agent"]).get(made.get_absolute_url()).status_code == 200
        assert sign_in(cast["wijkinspecteur"]).get(made.get_absolute_url()).status_code == 404

    def test_opens_for_its_owner_wherever(self, cast: Cast, sign_in: SignIn) -> None:
        made = action(
            cast["uitvoerder"], team="team-net-noord", audience=Audience.INTERNAL, owner=cast["wijkinspecteur"]
        )
        assert sign_in(cast["wijkinspecteur"]).get(made.get_absolute_url()).status_code == 200

    def test_keeps_what_was_internal_out_of_the_history_of_others(
        self, cast: Cast, els: Client, sign_in: SignIn
    ) -> None:
        made = action(cast["gebiedswerker"], "Onder ons: wie belt de eigenaar?", audience=Audience.INTERNAL)
        made.figures.create(
            name="Klachten", value=3, unit="stuks", source="onder ons", measured_on=timezone.localdate()
        )
        for changed in ({"title": "Onder ons: de eigenaar antwoordde niet"}, {"title": "Bank", "audience": "partners"}):
            Action.objects.filter(pk=made.pk).update(**changed)
        made.figures.update(source="telling")
        Action.objects.filter(pk=made.pk).update(title="Zitbank")
        past = f"{made.get_absolute_url()}geschiedenis/"
        assert "Onder ons" in els.get(past).content.decode()
        seen = sign_in(cast["agent"]).get(past).content.decode()
        assert "Zitbank" in seen
        assert "nder ons" not in seen

    def test_keeps_the_goal_out_of_the_history_of_who_may_not_read_its_plan(
        self, cast: Cast, els: Client, sign_in: SignIn
    ) -> None:
        made = action(cast["gebiedswerker"], audience=Audience.PUBLIC, at="")
        plan = a_plan()
        Action.objects.filter(pk=made.pk).update(goal=a_goal(plan, "Glasbollen onder de lamp"))
        Action.objects.filter(pk=made.pk).update(title="Zitbank")
        seen = sign_in(cast["coordinator.rand"]).get(f"{made.get_absolute_url()}geschiedenis/").content.decode()
        assert "Zitbank" in seen
        assert "Glasbollen" not in seen

    def test_shows_its_history_to_the_same(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        made = action(cast["gebiedswerker"])
        els.post(f"{made.get_absolute_url()}stap/plan/")
        assert "gepland" in els.get(f"{made.get_absolute_url()}geschiedenis/").content.decode()
        assert sign_in(cast["fluvius"]).get(f"{made.get_absolute_url()}geschiedenis/").status_code == 404

    def test_tells_who_changed_its_areas(self, cast: Cast, els: Client) -> None:
        els.post(f"{ACTIONS}nieuw/", words(cast))
        made = Action.objects.get()
        past = f"{made.get_absolute_url()}geschiedenis/"
        assert "Overleie" not in els.get(past).content.decode()  # writing it down is no change
        both = words(cast, areas=[area("Overleie").pk, area("Pius X").pk], title="Banken")
        els.post(f"{made.get_absolute_url()}bewerken/", both)
        (step,) = steps_of([Action.objects.get()])
        assert [(each.name, each.old, each.new) for each in step.differences] == [
            ("Gebieden", "Overleie", "Overleie, Pius X"), ("Titel", "Bank aan het pleintje", "Banken"),
        ]  # fmt: skip
        assert step.who == str(cast["gebiedswerker"])


class TestSteps:
    def test_go_from_proposal_to_result(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"])
        for step, status in (("take", "proposed"), ("plan", "planned"), ("start", "running")):
            assert els.post(f"{made.get_absolute_url()}stap/{step}/").status_code == 302
            made.refresh_from_db()
            assert (made.status, made.owner) == (status, cast["gebiedswerker"])
        els.post(f"{made.get_absolute_url()}stap/finish/", {"words": "De bank staat er."})
        made.refresh_from_db()
        assert (made.status, made.result, made.done_by) == ("done", "De bank staat er.", cast["gebiedswerker"])
        els.post(f"{made.get_absolute_url()}stap/reopen/")
        made.refresh_from_db()
        assert (made.status, made.result, made.done_at) == ("running", "", None)

    def test_want_words_at_the_end(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"])
        for step in ("finish", "drop"):
            assert els.post(f"{made.get_absolute_url()}stap/{step}/").status_code == 422
        assert els.post(f"{made.get_absolute_url()}stap/drop/", {"drop-words": "Te duur."}).status_code == 302

    def test_say_that_it_stands_elsewhere_by_now(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"])
        made.finish(by=cast["coordinator"], result="Klaar.")
        answer = els.post(f"{made.get_absolute_url()}stap/start/")
        assert answer.status_code == 409
        answer = els.post(f"{made.get_absolute_url()}stap/drop/", {"drop-words": "Niemand had er tijd voor."})
        assert answer.status_code == 409
        assert "Niemand had er tijd voor." in answer.content.decode()  # its form is gone, the words are not

    def test_say_who_took_it(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"])
        answer = els.post(f"{made.get_absolute_url()}stap/take/", follow=True)
        assert f"Je nam “{made.title}” op." in answer.content.decode()

    def test_sent_twice_do_one_thing(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"])
        for _time in range(2):
            assert els.post(f"{made.get_absolute_url()}stap/finish/", {"words": "Klaar."}).status_code == 302
        assert els.post(f"{made.get_absolute_url()}stap/finish/", {"words": "Anders."}).status_code == 409

    def test_do_not_take_it_from_somebody(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"], owner=cast["coordinator"])
        assert els.post(f"{made.get_absolute_url()}stap/take/").status_code == 409

    def test_come_back_to_the_board_and_nowhere_else(self, cast: Cast, els: Client) -> None:
        made = action(cast["coordinator"])
        board = f"{ACTIONS}?vorm=bord"
        answer = els.post(f"{made.get_absolute_url()}stap/plan/", {"next": board})
        # At the card, where the keyboard goes on.
        assert answer.headers["Location"] == f"{board}&kaart={made.reference}#{made.reference}"
        away = els.post(f"{made.get_absolute_url()}stap/start/", {"next": "https://elders.example/"})
        assert away.headers["Location"] == made.get_absolute_url()

    def test_are_for_who_keeps_it(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        url = f"{action(cast['coordinator']).get_absolute_url()}stap/plan/"
        assert sign_in(cast["agent"]).post(url).status_code == 403
        assert sign_in(cast["fluvius"]).post(url).status_code == 404
        assert els.get(url).status_code == 405
        assert els.post(url).status_code == 302


class TestFigures:
    def test_stand_with_it_and_go(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        made = action(cast["coordinator"])
        url = f"{made.get_absolute_url()}cijfers/"
        sent = {"name": "Ritten", "value": "120,5", "unit": "per maand", "source": "OCMW", "measured_on": "2026-10-01"}
        assert sign_in(cast["agent"]).post(url, sent).status_code == 403
        assert els.post(url, {**sent, "source": ""}).status_code == 422
        assert els.post(url, sent).status_code == 302
        assert "per maand" in els.get(made.get_absolute_url()).content.decode()
        assert els.post(url, {**sent, "name": "Bel 0470 12 34 56"}).status_code == 422  # others read it
        gone = f"{url}{made.figures.get().pk}/weg/"
        for _time in range(2):
            assert els.post(gone).status_code == 302
        assert not made.figures.exists()
