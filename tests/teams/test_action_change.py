"""Changing what stands in the inventory: by who keeps it, and by two at the same time."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from teams.models import Action, Team, User
from tests.cast import Cast, area
from tests.teams.inventory import NORTH, action, words
from tests.teams.plans import a_goal, a_plan

type SignIn = Callable[[User], Client]


@pytest.fixture
def els(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["gebiedswerker"])


class TestChanging:
    def test_is_for_the_team_and_the_owner(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        made = action(cast["gebiedswerker"])
        url = f"{made.get_absolute_url()}bewerken/"
        assert els.post(url, words(cast, title="Twee banken")).status_code == 302
        assert Action.objects.get().title == "Twee banken"
        assert sign_in(cast["agent"]).post(url, words(cast)).status_code == 403
        assert sign_in(cast["fluvius"]).post(url, words(cast)).status_code == 404

    def test_leaves_a_goal_where_it_hangs_that_one_may_not_see(self, cast: Cast, sign_in: SignIn) -> None:
        anna = cast["coordinator.rand"]
        own = Team.objects.filter(memberships__user=anna)[0]
        made = action(anna, at="", team=own.code)
        Action.objects.filter(pk=made.pk).update(goal=a_goal(a_plan(), "Glasbollen"))
        client, url = sign_in(anna), f"{made.get_absolute_url()}bewerken/"
        assert "Glasbollen" not in client.get(url).content.decode()
        assert client.post(url, words(cast, title="Anders", team=own.pk, areas=[])).status_code == 302
        made.refresh_from_db()
        assert (made.title, made.goal and made.goal.title) == ("Anders", "Glasbollen")

    def test_of_one_service_may_name_a_number(self, cast: Cast, sign_in: SignIn) -> None:
        """Nobody reads it who does not have to know."""
        own = Team.objects.get(code="team-net-noord")
        made = action(cast["uitvoerder"], team=own.code, audience="internal")
        sent = words(cast, team=own.pk, areas=[], text="Bel 0470 12 34 56.")
        client, url = sign_in(cast["uitvoerder"]), f"{made.get_absolute_url()}bewerken/"
        assert client.post(url, sent).status_code == 422  # to others
        assert client.post(url, sent | {"audience": "internal"}).status_code == 302

    def test_leaves_its_status_alone(self, cast: Cast, els: Client) -> None:
        made = action(cast["gebiedswerker"])
        stale = Action.objects.get(pk=made.pk)
        made.plan(by=cast["gebiedswerker"])
        els.post(f"{stale.get_absolute_url()}bewerken/", words(cast, owner=cast["gebiedswerker"].pk))
        made.refresh_from_db()
        assert made.status == "planned"

    def test_asks_nothing_of_a_day_that_passed_by_itself(self, cast: Cast, els: Client) -> None:
        past = timezone.localdate() - dt.timedelta(days=3)
        made = action(cast["gebiedswerker"], due_on=past)
        url = f"{made.get_absolute_url()}bewerken/"
        assert els.post(url, words(cast, title="Twee banken", due_on=past.isoformat())).status_code == 302
        other = (past - dt.timedelta(days=1)).isoformat()
        assert els.post(url, words(cast, title="Drie banken", due_on=other)).status_code == 422
        made.refresh_from_db()
        assert (made.title, made.due_on) == ("Twee banken", past)

    def test_folds_away_only_what_is_empty(self, cast: Cast, els: Client) -> None:
        bare, told = action(cast["gebiedswerker"]), action(cast["gebiedswerker"], funding="Wijkbudget")
        for made, more in ((bare, False), (told, True)):
            assert els.get(f"{made.get_absolute_url()}bewerken/").context["form"].is_told_more is more
        answer = els.post("/gebieden/acties/nieuw/", words(cast, budget="veel"))
        assert answer.context["form"].is_told_more

    def test_leaves_what_is_planned_an_owner(self, cast: Cast, els: Client) -> None:
        made = action(cast["gebiedswerker"])
        made.plan(by=cast["gebiedswerker"])
        assert els.post(f"{made.get_absolute_url()}bewerken/", words(cast)).status_code == 422

    def test_leaves_an_owner_from_elsewhere_its_words_alone(self, cast: Cast, sign_in: SignIn) -> None:
        """Who keeps it, and who may read it, is for the team that keeps it."""
        hassan = cast["uitvoerder"]
        made = action(cast["gebiedswerker"], owner=hassan, audience="internal")
        client, url = sign_in(hassan), f"{made.get_absolute_url()}bewerken/"
        assert client.get(url).status_code == 200
        own = Team.objects.filter(memberships__user=hassan).first()
        assert own
        sent = words(cast, title="Twee banken", owner=hassan.pk, audience="public", team=own.pk)
        assert client.post(url, sent).status_code == 302
        made.refresh_from_db()
        assert (made.title, made.audience, made.team.code) == ("Twee banken", "internal", NORTH)


class TestSecondWriter:
    """Two have the form open; one saves."""

    def sent(self, client: Client, url: str, **changed: object) -> dict[str, object]:
        form = client.get(url).context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        return {**typed, **changed}

    def test_reads_what_the_first_changed_and_then_goes_on(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        made = action(cast["gebiedswerker"], text="Bij de kapel.")
        url, other = f"{made.get_absolute_url()}bewerken/", sign_in(cast["coordinator"])
        mine = self.sent(els, url, title="Zitbank")
        assert other.post(url, self.sent(other, url, title="Picknickbank", due_on="2027-05-03")).status_code == 302
        answer = els.post(url, mine)
        assert answer.status_code == 422
        html = answer.content.decode()
        for said in (cast["coordinator"].name, "Picknickbank", "3 mei 2027", 'value="Zitbank"', 'value="2027-05-03"'):
            assert said in html
        assert answer.context["action"].title == "Picknickbank"  # the heading says what stands there
        made.refresh_from_db()
        assert made.title == "Picknickbank"
        again = answer.context["form"]
        sent = {name: again[name].value() for name in again.fields if again[name].value() not in (None, "")}
        assert els.post(url, sent).status_code == 302
        made.refresh_from_db()
        # The own word wins, knowingly; the day that only the first one changed stays.
        assert (made.title, made.due_on) == ("Zitbank", dt.date(2027, 5, 3))

    def test_is_not_stopped_by_the_same_words_or_by_a_step(self, cast: Cast, els: Client, sign_in: SignIn) -> None:
        made = action(cast["gebiedswerker"], owner=cast["gebiedswerker"])
        url = f"{made.get_absolute_url()}bewerken/"
        mine = self.sent(els, url, title="Zitbank", areas=[area("Marke").pk, area("Overleie").pk])
        made.plan(by=cast["gebiedswerker"])
        for _time in range(2):
            assert els.post(url, mine).status_code == 302
        made.refresh_from_db()
        assert (made.title, made.status) == ("Zitbank", "planned")

    def test_hears_of_other_areas_too(self, cast: Cast, els: Client) -> None:
        made = action(cast["gebiedswerker"])
        url = f"{made.get_absolute_url()}bewerken/"
        mine = self.sent(els, url, title="Zitbank")
        made.lie_in([area("Pius X")])
        answer = els.post(url, mine)
        assert answer.status_code == 422
        assert answer.context["form"]["areas"].value() == [str(area("Pius X").pk)]
