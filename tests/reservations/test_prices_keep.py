"""Tariffs, their prices and who is in which price group, as those who keep the houses set them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reservations.models import (
    Association,
    OrganisationPriceGroup,
    Price,
    PriceGroup,
    PriceList,
    PriceMoment,
    Room,
    Tariff,
)
from tests.cast import Cast
from tests.reservations.prices import price, said, workday
from tests.reservations.rooms import Rooms, ahead

pytestmark = pytest.mark.django_db
type SignIn = Callable[..., Client]


@pytest.fixture
def listed(rooms: Rooms) -> PriceList:
    return price(rooms)


def filled_in(first: dt.date, amount: str = "8,75") -> dict[str, object]:
    cells = {
        f"prijs-{group.pk}-{moment.pk}": amount
        for group in PriceGroup.objects.filter(code="kortrijk")
        for moment in PriceMoment.objects.all()
    }
    return {"valid_from": first.isoformat(), "vat_rate": "6", "minimum": "", "deposit": "50", **cells}


class TestATariff:
    def test_is_given_rooms_which_leave_the_other(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        keeper = sign_in(cast["gebouwbeheerder"])
        sent = {"name": "Zalen in Marke", "late_percent": "30", "rooms": [rooms.hall.pk, rooms.half_a.pk]}
        keeper.post(reverse("reservations:tariff-add"), {**sent, "owner": rooms.hall.building.owner_id})
        made = Tariff.objects.get(name="Zalen in Marke")
        assert set(made.rooms.all()) == {rooms.hall, rooms.half_a}
        keeper.post(reverse("reservations:tariff-edit", args=[made.pk]), {**sent, "rooms": [rooms.half_a.pk]})
        assert Room.objects.get(pk=rooms.hall.pk).tariff is None

    def test_of_another_owner_is_not_ours_to_set(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        keeper = sign_in(cast["dienstencentrum"])
        for name in ("tariff", "tariff-edit", "price-list-add"):
            assert keeper.get(reverse(f"reservations:{name}", args=[listed.tariff_id])).status_code == 403
        sent = {"name": "Vreemd", "late_percent": "30", "rooms": [rooms.hall.pk], "owner": rooms.hall.building.owner_id}
        keeper.post(reverse("reservations:tariff-add"), sent)
        assert Room.objects.get(pk=rooms.hall.pk).tariff == listed.tariff


class TestNewPrices:
    def test_end_those_before_and_leave_what_was_said(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        made, first = said(rooms, workday(ahead(60))), timezone.localdate() + dt.timedelta(days=30)
        page = reverse("reservations:price-list-add", args=[listed.tariff_id])
        assert sign_in(cast["gebouwbeheerder"]).post(page, filled_in(first)).status_code == 302
        listed.refresh_from_db()
        fresh = PriceList.objects.exclude(pk=listed.pk).get()
        assert (listed.valid_to, fresh.valid_from, fresh.valid_to) == (first - dt.timedelta(days=1), first, None)
        assert {each.amount for each in fresh.prices.all()} == {Decimal("8.75")}
        assert made.quotes.get().price_list == listed

    def test_between_two_lists_end_before_the_second(self, listed: PriceList, cast: Cast, sign_in: SignIn) -> None:
        keeper, today = sign_in(cast["gebouwbeheerder"]), timezone.localdate()
        page = reverse("reservations:price-list-add", args=[listed.tariff_id])
        for days in (90, 30):
            keeper.post(page, filled_in(today + dt.timedelta(days=days)))
        spans = [(each.valid_from, each.valid_to) for each in PriceList.objects.order_by("valid_from")]
        edges = [today + dt.timedelta(days=number) for number in (29, 30, 89, 90)]
        assert [spans[0][1], *spans[1], *spans[2]] == [edges[0], edges[1], edges[2], edges[3], None]

    @pytest.mark.parametrize(("moved_to", "order"), [(60, "abc"), (120, "acb"), (20, "abc"), (-900, "bac")])
    def test_begin_on_another_day_and_all_follow_each_other(
        self, listed: PriceList, cast: Cast, sign_in: SignIn, moved_to: int, order: str
    ) -> None:
        """Of three lists the second begins later or earlier, also past another."""
        keeper, today = sign_in(cast["gebouwbeheerder"]), timezone.localdate()
        page = reverse("reservations:price-list-add", args=[listed.tariff_id])
        for days in (30, 90):
            keeper.post(page, filled_in(today + dt.timedelta(days=days)))
        names = dict(zip(PriceList.objects.order_by("valid_from").values_list("pk", flat=True), "abc", strict=True))
        second = next(pk for pk, name in names.items() if name == "b")
        edit = reverse("reservations:price-list-edit", args=[listed.tariff_id, second])
        assert keeper.post(edit, filled_in(today + dt.timedelta(days=moved_to))).status_code == 302
        found = list(PriceList.objects.order_by("valid_from"))
        assert "".join(names[each.pk] for each in found) == order
        begins = [each.valid_from - dt.timedelta(days=1) for each in found]
        assert [each.valid_to for each in found] == [*begins[1:], None]

    def test_that_were_said_are_not_changed_any_more(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        keeper = sign_in(cast["gebouwbeheerder"])
        page = reverse("reservations:price-list-edit", args=[listed.tariff_id, listed.pk])
        assert keeper.get(page).status_code == 200
        said(rooms, workday(ahead(20)))
        keeper.post(page, filled_in(listed.valid_from, "1"))
        assert not Price.objects.filter(amount=1).exists()

    def test_are_amounts_and_at_least_one(self, listed: PriceList, cast: Cast, sign_in: SignIn) -> None:
        keeper = sign_in(cast["gebouwbeheerder"])
        page, day = reverse("reservations:price-list-add", args=[listed.tariff_id]), timezone.localdate()
        for amount in ("-1", "tien", "1,005"):
            assert keeper.post(page, filled_in(day, amount)).status_code == 422
        answer = keeper.post(page, filled_in(day, ""))
        assert (answer.status_code, "minstens één prijs" in answer.content.decode()) == (422, True)
        assert PriceList.objects.get() == listed


class TestTheDatabase:
    def test_has_one_list_on_a_day(self, listed: PriceList) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            PriceList.objects.create(tariff_id=listed.tariff_id, valid_from=timezone.localdate())

    def test_has_no_price_below_nought(self, listed: PriceList) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Price.objects.update(amount=-1)


class TestWhoIsInWhichGroup:
    def test_is_chosen_for_many_at_once_and_only_where_it_changed(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        keeper, groups = sign_in(cast["gebouwbeheerder"]), {each.code: each for each in PriceGroup.objects.all()}
        own, was = rooms.hall.building.owner_id, groups["eigen"].pk
        page = reverse("reservations:price-holders")
        assert "Zangkoor Sint-Brixius" in keeper.get(f"{page}?zoek=brixius").content.decode()
        keeper.post(page, {
            f"vereniging-{rooms.choir.pk}": groups["elders"].pk, f"was-vereniging-{rooms.choir.pk}": "",
            f"organisatie-{own}": was, f"was-organisatie-{own}": was,
        })  # fmt: skip
        rooms.choir.refresh_from_db()
        assert rooms.choir.price_group == groups["elders"]
        keeper.post(page, {f"organisatie-{own}": "", f"was-organisatie-{own}": was})
        assert not OrganisationPriceGroup.objects.filter(organisation=own).exists()

    def test_is_not_taken_back_by_who_saves_an_old_page(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        """Somebody else chose for the choir, and for the city, after this page was shown."""
        keeper, groups = sign_in(cast["gebouwbeheerder"]), {each.code: each for each in PriceGroup.objects.all()}
        own, other = rooms.hall.building.owner_id, Association.objects.create(name="Biljartclub De Keu")
        page = reverse("reservations:price-holders")
        Association.objects.filter(pk=rooms.choir.pk).update(price_group=groups["elders"])
        OrganisationPriceGroup.objects.update_or_create(organisation_id=own, defaults={"price_group": groups["elders"]})
        answer = keeper.post(page, {
            f"vereniging-{rooms.choir.pk}": "", f"was-vereniging-{rooms.choir.pk}": "",
            f"organisatie-{own}": groups["eigen"].pk, f"was-organisatie-{own}": groups["eigen"].pk,
            f"vereniging-{other.pk}": groups["eigen"].pk, f"was-vereniging-{other.pk}": "",
        }, follow=True)  # fmt: skip
        for each in (rooms.choir, other):
            each.refresh_from_db()
        assert (rooms.choir.price_group, other.price_group) == (groups["elders"], groups["eigen"])
        assert OrganisationPriceGroup.objects.get(organisation=own).price_group == groups["elders"]
        assert "1 gewijzigd" in answer.content.decode()

    def test_is_for_who_keeps_prices_in_the_city(self, listed: PriceList, cast: Cast, sign_in: SignIn) -> None:
        page, seen = reverse("reservations:price-holders"), ("gebiedswerker", "beheerder", "beheerder.ocmw", "agent")
        answers = {who: sign_in(cast[who]).get(page).status_code for who in seen}
        assert answers == {"gebiedswerker": 403, "beheerder": 200, "beheerder.ocmw": 403, "agent": 403}

    def test_is_not_said_by_who_is_in_one(self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        group = PriceGroup.objects.get(code="eigen").pk
        sent = {f"vereniging-{rooms.choir.pk}": group, f"was-vereniging-{rooms.choir.pk}": ""}
        before = rooms.choir.price_group_id
        assert sign_in(cast["vereniging"]).post(reverse("reservations:price-holders"), sent).status_code == 403
        rooms.choir.refresh_from_db()
        assert rooms.choir.price_group_id == before


class TestThePages:
    def test_tell_everybody_what_a_room_costs(
        self, listed: PriceList, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        client = sign_in(cast["agent"])
        for page in (reverse("reservations:prices"), rooms.hall.get_absolute_url()):
            text = client.get(page).content.decode()
            assert "Kortrijkse vereniging" in text
            assert "12,50" in text
        assert "Deze zaal is gratis." in client.get(rooms.meeting.get_absolute_url()).content.decode()

    def test_ask_as_much_for_one_tariff_as_for_five(self, listed: PriceList, cast: Cast, sign_in: SignIn) -> None:
        client, counts = sign_in(cast["agent"]), []
        for names in ("", "ABCD"):
            for name in names:
                tariff = Tariff.objects.create(owner=listed.tariff.owner, name=name)
                copied = PriceList.objects.create(tariff=tariff, valid_from=listed.valid_from)
                Price.objects.bulk_create(
                    Price(
                        price_list=copied, price_group=each.price_group, moment=each.moment, amount=each.amount
                    )
                    for each in listed.prices.all()
                )  # fmt: skip
            with CaptureQueriesContext(connection) as questions:
                client.get(reverse("reservations:prices"))
            counts.append(len(questions))
        assert counts[0] == counts[1]

    def test_a_new_city_has_groups_and_moments_once(self, rooms: Rooms) -> None:
        for _twice in range(2):
            call_command("load_buildings", verbosity=0)
        assert (PriceGroup.objects.count(), PriceMoment.objects.count()) == (5, 3)
