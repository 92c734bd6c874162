import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.history import steps_of
from teams.models import Bulletin, Membership, Team, User
from tests.cast import Cast, area
from tests.teams.bulletins import TEAM, bulletin, changed, filled, stood

type SignIn = Callable[[User], Client]
ADD = "bulletins:bulletin-add"

pytestmark = pytest.mark.django_db


class TestWriting:
    def test_puts_it_in_the_list_of_who_may_read_it(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        answer = client.post(reverse(ADD), filled(audience="partners"), follow=True)
        assert "Nieuwe zitbank" in answer.content.decode()
        made = Bulletin.objects.get()
        assert (made.by, made.team.code, made.audience) == (cast["gebiedswerker"], TEAM, "partners")
        page = sign_in(cast["wijkinspecteur"]).get(reverse("bulletins:bulletins"))
        assert "Nieuwe zitbank" in page.content.decode()

    def test_sent_twice_makes_one(self, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), filled()
        assert [client.post(reverse(ADD), sent).status_code for _ in range(2)] == [302, 302]
        assert Bulletin.objects.count() == 1

    def test_is_refused_to_who_is_in_no_team_of_an_area(self, cast: Cast, sign_in: SignIn) -> None:
        for who in ("uitvoerder", "beheerder", "fluvius"):
            has_area = Team.areas.through.objects.filter(team__memberships__user=cast[who]).exists()
            code = 200 if has_area else 403
            assert sign_in(cast[who]).get(reverse(ADD)).status_code == code, who

    def test_is_refused_for_an_area_where_the_team_does_not_work(self, cast: Cast, sign_in: SignIn) -> None:
        sent = filled(areas=[str(area("Marke").pk)])
        answer = sign_in(cast["gebiedswerker"]).post(reverse(ADD), sent)  # works there in another team
        assert answer.status_code == 422
        assert "werkt niet in: Marke" in answer.content.decode()
        assert not Bulletin.objects.exists()

    def test_is_refused_for_a_team_that_one_is_not_in(self, cast: Cast, sign_in: SignIn) -> None:
        other = Team.objects.get(code="buurtwerk")
        assert sign_in(cast["gebiedswerker"]).post(reverse(ADD), filled(team=str(other.pk))).status_code == 422

    def test_asks_a_first_day_of_a_campaign_alone(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        answer = client.post(reverse(ADD), filled(kind="campaign"))
        assert answer.status_code == 422
        assert "Nieuwe zitbank" in answer.content.decode()
        client.post(reverse(ADD), filled(starts="2026-01-01"))
        assert Bulletin.objects.get().starts is None

    def test_warns_once_of_what_tells_of_a_person(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast["gebiedswerker"])
        sent = filled(text="Bel mevrouw Desmet op 0470 12 34 56.", audience="partners")
        answer = client.post(reverse(ADD), sent)
        assert answer.status_code == 422
        weighed = re.search(r'name="weighed" value="([^"]+)"', answer.content.decode())
        assert weighed
        assert client.post(reverse(ADD), {**sent, "weighed": weighed[1]}).status_code == 302


class TestForEverybody:
    def seen(self, answer: Any) -> str:
        found = re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode())
        assert found
        return found[1]

    def test_is_first_shown_as_citizens_will_see_it(self, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), filled(audience="public")
        answer = client.post(reverse(ADD), sent)
        assert answer.status_code == 200
        assert "Dit ziet iedereen" in answer.content.decode()
        assert not Bulletin.objects.exists()
        shown = {**sent, "seen": self.seen(answer)}
        assert client.post(reverse(ADD), shown).status_code == 422  # not looked whether somebody is recognised
        assert client.post(reverse(ADD), {**shown, "checked": "on"}).status_code == 302
        assert Bulletin.objects.get().is_public

    def test_is_shown_again_when_it_changed_meanwhile(self, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), filled(audience="public")
        seen = self.seen(client.post(reverse(ADD), sent))
        answer = client.post(reverse(ADD), {**sent, "seen": seen, "checked": "on", "text": "Iets anders."})
        assert answer.status_code == 200
        assert not Bulletin.objects.exists()

    def test_is_shown_again_when_another_team_speaks(self, cast: Cast, sign_in: SignIn) -> None:
        client, sent = sign_in(cast["gebiedswerker"]), filled(audience="public")
        seen = self.seen(client.post(reverse(ADD), sent))
        other = Team.objects.exclude(code=TEAM).filter(
            memberships__user=cast["gebiedswerker"], areas=area("Overleie"))[0]  # fmt: skip
        client.post(reverse(ADD), {**sent, "seen": seen, "checked": "on", "team": str(other.pk)})
        assert not Bulletin.objects.exists()

    def test_is_new_again_for_who_could_not_read_it_before(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        long_ago = timezone.now() - dt.timedelta(days=40)
        Bulletin.objects.update(published_at=long_ago)
        client, url = sign_in(cast["gebiedswerker"]), reverse("bulletins:bulletin-edit", args=[made.pk])
        client.post(url, filled(text="Verbeterd."))
        made.refresh_from_db()
        assert made.published_at == long_ago
        client.post(url, changed(client, url, audience="partners"))
        made.refresh_from_db()
        assert made.published_at > long_ago


class TestChanging:
    def test_is_for_all_of_the_team(self, cast: Cast, sign_in: SignIn) -> None:
        url = reverse("bulletins:bulletin-edit", args=[bulletin(cast, audience="partners").pk])
        client = sign_in(cast["wijkinspecteur"])
        assert client.post(url, changed(client, url, title="Beter")).status_code == 302
        assert Bulletin.objects.get().title == "Beter"

    def test_gives_it_no_area_of_another_team_and_keeps_what_it_had(self, cast: Cast, sign_in: SignIn) -> None:
        client, made = sign_in(cast["gebiedswerker"]), bulletin(cast)
        url, both = reverse("bulletins:bulletin-edit", args=[made.pk]), [area("Overleie").pk, area("Marke").pk]
        answer = client.post(url, changed(client, url, areas=both))
        assert answer.status_code == 422
        assert "werkt niet in: Marke" in answer.content.decode()
        made.lie_in([area("Overleie"), area("Marke")])
        assert client.post(url, changed(client, url, areas=both, title="Beter")).status_code == 302
        assert made.areas.count() == 2

    def test_is_refused_to_readers_and_unknown_to_others(self, cast: Cast, sign_in: SignIn) -> None:
        internal, partners = bulletin(cast), bulletin(cast, audience="partners")
        for made, who, code in ((partners, "verpleegkundige", 403), (internal, "verpleegkundige", 404)):
            for address in ("bulletin-edit", "photos"):
                url = reverse(f"bulletins:{address}", args=[made.pk])
                assert sign_in(cast[who]).get(url).status_code == code
            for address in ("bulletin-archive", "bulletin-return"):
                url = reverse(f"bulletins:{address}", args=[made.pk])
                assert sign_in(cast[who]).post(url).status_code == code
                assert sign_in(cast["gebiedswerker"]).get(url).status_code == 405

    def test_ends_with_the_membership(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        assert sign_in(cast["wijkinspecteur"]).get(url).status_code == 200
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["wijkinspecteur"]).update(ends=yesterday)
        again = User.objects.get(pk=cast["wijkinspecteur"].pk)
        assert sign_in(again).get(url).status_code == 404


class TestArchiving:
    def test_takes_it_from_the_list_and_back(self, cast: Cast, sign_in: SignIn) -> None:
        made, client = bulletin(cast, audience="public"), sign_in(cast["gebiedswerker"])
        archive = reverse("bulletins:bulletin-archive", args=[made.pk])
        assert [client.post(archive).status_code for _ in range(2)] == [302, 302]
        made.refresh_from_db()
        assert made.archived_by == cast["gebiedswerker"]
        page = reverse("bulletins:bulletins")
        assert made.title not in client.get(page).content.decode()
        assert made.title in client.get(page, {"archief": "on"}).content.decode()
        assert Client().get(reverse("news-item", args=[made.pk])).status_code == 404
        client.post(reverse("bulletins:bulletin-return", args=[made.pk]))
        assert made.title in client.get(page).content.decode()
        assert Client().get(reverse("news-item", args=[made.pk])).status_code == 200


class TestTwoWriters:
    def test_the_second_reads_what_the_first_wrote_and_keeps_the_own_words(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        one, other = sign_in(cast["gebiedswerker"]), sign_in(cast["gebiedswerker"])
        mine, theirs = changed(one, url, title="Van de eerste"), changed(other, url, title="Van de tweede")
        assert one.post(url, mine).status_code == 302
        answer = other.post(url, theirs)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Van de eerste" in page
        assert "Van de tweede" in page
        assert f"{cast['gebiedswerker'].name} wijzigde dit op" in page
        assert Bulletin.objects.get().title == "Van de eerste"
        assert other.post(url, theirs | {"stood": stood(page)}).status_code == 302
        assert Bulletin.objects.get().title == "Van de tweede"

    def test_other_areas_are_a_change_too(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast)
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        client = sign_in(cast["gebiedswerker"])
        sent = changed(client, url, title="Andere titel")
        made.areas.add(area("Marke"))
        answer = client.post(url, sent)
        assert answer.status_code == 422
        assert "Een collega wijzigde dit" in answer.content.decode()

    def test_tells_who_gave_it_other_areas(self, cast: Cast, sign_in: SignIn) -> None:
        made, client = bulletin(cast), sign_in(cast["gebiedswerker"])
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        sent = changed(client, url, areas=[area("Overleie").pk, area("Pius X").pk])
        assert client.post(url, sent).status_code == 302
        (step,) = steps_of([Bulletin.objects.get()])
        said = [(each.name, each.old, each.new) for each in step.differences]
        assert ("Gebieden", "Overleie", "Overleie, Pius X") in said

    def test_the_same_sent_twice_stops_nobody(self, cast: Cast, sign_in: SignIn) -> None:
        url = reverse("bulletins:bulletin-edit", args=[bulletin(cast).pk])
        client = sign_in(cast["gebiedswerker"])
        sent = changed(client, url, title="Andere titel")
        assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]

    def test_what_everybody_reads_is_shown_as_before(self, cast: Cast, sign_in: SignIn) -> None:
        made = bulletin(cast, audience="public")
        url = reverse("bulletins:bulletin-edit", args=[made.pk])
        client = sign_in(cast["gebiedswerker"])
        sent = changed(client, url, title="Andere titel", audience="public")
        shown = client.post(url, sent)
        assert shown.status_code == 200
        assert Bulletin.objects.get().title == made.title
        seen = re.search(r'name="seen" value="(\w+)"', shown.content.decode())
        assert seen
        assert client.post(url, sent | {"seen": seen[1], "checked": "on"}).status_code == 302
        assert Bulletin.objects.get().title == "Andere titel"
