"""Filters that somebody keeps: whose they are, what they hold, and that they open nothing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from signals.forms.inbox import canonical
from signals.models import SavedFilter, Signal
from teams.models import Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]
QUERY = "?tab=alles&onderwerp=sluikstort"


@pytest.fixture
def bram(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


def keep(client: Client, for_whom: str = "ik", name: str = "Sluikstort", query: str = QUERY) -> SavedFilter | None:
    answer = client.post(reverse("saved-filter-add") + query, {"name": name, "for_whom": for_whom})
    if answer.status_code == 302:
        return SavedFilter.objects.get(name=name, team__isnull=for_whom in ("ik", "link"))
    assert answer.status_code == 422
    return None


class TestKeeping:
    def test_puts_it_beside_the_tabs_with_its_count(self, bram: Client, report: Make) -> None:
        report()
        report("Fietswrak")
        kept = keep(bram)
        assert kept is not None
        page = bram.get(f"{reverse('inbox')}?{kept.query}").text
        assert 'aria-current="true">Sluikstort<b>1</b></a>' in page
        assert "Deze filter bewaren" not in page  # it is kept
        assert "Deze filter bewaren" in bram.get(reverse("inbox"), {"q": "zetel"}).text

    def test_says_the_same_in_one_way(self) -> None:
        one = canonical({"q": " zetel ", "tab": "alles", "page": "2", "signaal": "S-BOKA-7291", "geheim": ""})
        assert one == canonical({"tab": "alles", "q": "zetel"}) == "tab=alles&q=zetel"

    def test_twice_under_one_name_is_refused(self, bram: Client) -> None:
        assert keep(bram)
        assert keep(bram, query="?tab=laat") is None
        assert SavedFilter.objects.count() == 1

    def test_is_changed_and_removed_by_its_maker(self, bram: Client) -> None:
        kept = keep(bram)
        assert kept is not None
        bram.post(reverse("saved-filter-edit", args=[kept.pk]), {"name": "Vuil", "for_whom": "link"})
        kept.refresh_from_db()
        assert (kept.name, kept.by_link) == ("Vuil", True)
        bram.post(reverse("saved-filter-end", args=[kept.pk]))
        assert not SavedFilter.objects.exists()


class TestForWhom:
    def see(self, client: Client, kept: SavedFilter) -> tuple[bool, int, int]:
        """Whether it stands in the list, and what opening and changing it answer."""
        listed = kept.name in client.get(reverse("saved-filters")).text
        opened = client.get(reverse("saved-filter", args=[kept.pk])).status_code
        return listed, opened, client.get(reverse("saved-filter-edit", args=[kept.pk])).status_code

    def test_oneself_hides_it_from_all_others(self, bram: Client, cast: Cast, sign_in: SignIn) -> None:
        kept = keep(bram)
        assert kept is not None
        assert self.see(bram, kept) == (True, 302, 200)
        assert self.see(sign_in(cast["agent"]), kept) == (False, 404, 404)

    def test_a_link_opens_it_for_who_has_it(self, bram: Client, cast: Cast, sign_in: SignIn) -> None:
        kept = keep(bram, "link")
        assert kept is not None
        assert self.see(sign_in(cast["agent"]), kept) == (False, 302, 404)

    def test_a_team_has_it_together(self, bram: Client, cast: Cast, sign_in: SignIn) -> None:
        team = Team.objects.filter(memberships__user=cast["coordinator"])[0]
        kept = keep(bram, str(team.pk))
        assert kept is not None
        colleague = team.memberships.exclude(user=cast["coordinator"]).first()
        if colleague is None:
            colleague = team.memberships.create(
                user=cast["agent"], function="executor", starts=team.memberships.all()[0].starts
            )
        assert self.see(sign_in(User.objects.get(pk=colleague.user_id)), kept) == (True, 302, 200)
        assert self.see(sign_in(cast["coordinator.politie"]), kept) == (False, 404, 404)

    def test_another_team_is_no_choice(self, bram: Client) -> None:
        assert keep(bram, str(Team.objects.get(code="sociale-dienst").pk)) is None


class TestSecrecy:
    def test_of_a_shared_filter_is_that_of_who_opens_it(
        self, bram: Client, cast: Cast, sign_in: SignIn, report: Make
    ) -> None:
        report("Bezorgd om iemand", description="Mevrouw opent niet.")
        joke = sign_in(cast["verpleegkundige"])
        kept = keep(joke, "link", "Zorgen", "?tab=alles&onderwerp=bezorgd-om-iemand")
        assert kept is not None
        assert "Mevrouw" in joke.get(f"{reverse('inbox')}?{kept.query}").text
        opened = bram.get(reverse("saved-filter", args=[kept.pk]), follow=True).text
        assert "Mevrouw" not in opened
        assert "Bezorgd om iemand ·" not in opened

    def test_counts_nothing_that_may_not_be_read(self, bram: Client, report: Make) -> None:
        kept = keep(bram, name="Zorgen", query="?tab=alles&onderwerp=bezorgd-om-iemand")
        limited = keep(bram, name="Schulden", query="?tab=alles&onderwerp=schuldhulp-of-steun")
        assert kept
        assert limited
        report("Bezorgd om iemand")
        report("Schuldhulp of steun")
        page = bram.get(reverse("saved-filters")).text
        assert page.count('class="number">0</td>') == 2


class TestCost:
    def test_is_the_same_for_one_and_for_four(self, bram: Client) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                bram.get(reverse("inbox"))
            return len(made)

        keep(bram)
        queries()
        one = queries()
        for number in range(3):
            keep(bram, name=f"Nog {number}")
        assert queries() == one
