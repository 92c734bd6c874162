"""The page on which a draft is published: it publishes what is on it, and says what it does to whom."""

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from teams.models import PostHolder, RotaVersion, User
from teams.rota import drafting
from teams.rota.publishing import publish
from tests.cast import Cast
from tests.teams.rotas import drafted, published, seen_on
from tests.teams.test_rota_publish import named_by_hand

type SignIn = Callable[[User], Client]


class TestPage:
    def test_publishes_what_was_on_the_screen_and_asks_again_what_was_ticked(self, cast: Cast, sign_in: SignIn) -> None:
        draft, bram = drafted(cast["coordinator"], wardens=2), sign_in(cast["coordinator"])  # a zone has nobody
        address = reverse("rota:version-publication", args=[draft.pk])
        given = {"note": "Tot dan.", "late": "on", "accepts": "on", "seen": seen_on(bram, address)}
        drafting.extend(draft, 1)  # a colleague, meanwhile
        answer = bram.post(address, given)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "gewijzigd sinds je de pagina opende" in page
        assert "Tot dan." in page
        assert "checked" not in page
        assert RotaVersion.objects.get(pk=draft.pk).is_draft
        assert bram.post(address, {**given, "seen": ""}).status_code == 422
        given["seen"] = page.split('name="seen" value="')[1].split('"')[0]
        assert bram.post(address, given).status_code == 302
        assert not RotaVersion.objects.get(pk=draft.pk).is_draft

    def test_tells_the_second_of_two_who_publish_who_was_first(self, cast: Cast, sign_in: SignIn) -> None:
        draft, bram = drafted(cast["coordinator"]), cast["coordinator"]
        address = reverse("rota:version-publication", args=[draft.pk])
        given = {"note": "Bel mij.", "late": "on", "seen": seen_on(sign_in(bram), address)}
        publish(draft, by=bram, late=True)
        second = sign_in(cast["coordinator.rand"]).post(address, given, follow=True).content.decode()
        assert f"{bram.name} publiceerde dit ontwerp net voor jou" in second
        assert "Gepubliceerd." in sign_in(bram).post(address, given, follow=True).content.decode()
        assert RotaVersion.objects.get(pk=draft.pk).note == ""

    def test_names_who_holds_a_post_by_hand_and_offers_to_end_it(self, cast: Cast, sign_in: SignIn) -> None:
        draft, bram = drafted(cast["coordinator"]), sign_in(cast["coordinator"])
        address = reverse("rota:version-publication", args=[draft.pk])
        assert "Met de hand aangeduid" not in bram.get(address).content.decode()
        _former, since, _coming = named_by_hand(cast)
        page = bram.get(address).content.decode()
        assert "Met de hand aangeduid" in page
        assert since.user.name in page[page.index("Met de hand aangeduid") :]
        bram.post(address, {"note": "", "late": "on", "replaces": "on", "seen": seen_on(bram, address)})
        since.refresh_from_db()
        assert since.ends == timezone.localdate() - dt.timedelta(days=1)

    def test_takes_a_holder_changed_by_hand_for_one_named_by_hand(self, cast: Cast, sign_in: SignIn) -> None:
        rota = published(cast["coordinator"])
        holder = PostHolder.objects.filter(post__team=rota.team, by_rota=True).order_by("pk")[0]
        given = {"starts": holder.starts.isoformat(), "ends": (timezone.localdate() + dt.timedelta(days=3)).isoformat()}
        answer = sign_in(cast["beheerder"]).post(reverse("teams:post-holder", args=[holder.pk]), given)
        assert answer.status_code == 302
        holder.refresh_from_db()
        assert not holder.by_rota
