"""Two rows of the register that are one association: all they have comes together, and no yes of a person is lost."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from reservations.models import Association, Booking, Contact, MonthLine, MonthList, PriceGroup
from reservations.register.merging import merge
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms, ahead, booked


class TestMerge:
    def test_brings_all_it_has_to_the_other(self, rooms: Rooms) -> None:
        other = Association.objects.create(name="Koor van Sint-Brixius", number="V0003001", kinds=["culture"])
        contact_of(other, name="Jan", email="jan@koor.example")
        contact_of(rooms.choir)
        booking = booked(rooms.hall, ahead(5), association=rooms.choir)
        merge(rooms.choir, other)
        booking.refresh_from_db()
        assert booking.association == other
        assert [each.name for each in other.contacts.all()] == ["Jan", "Mieke Vandorpe"]
        assert not Association.objects.filter(pk=rooms.choir.pk).exists()

    def test_brings_the_price_group_to_one_that_has_none(self, rooms: Rooms) -> None:
        group = PriceGroup.objects.create(code="koren", name="Koren")
        Association.objects.filter(pk=rooms.choir.pk).update(price_group=group)
        other = Association.objects.create(name="Koor van Sint-Brixius")
        merge(rooms.choir, other)
        other.refresh_from_db()
        assert other.price_group == group

    def test_fills_in_what_the_other_lacks_and_overwrites_nothing(self, rooms: Rooms) -> None:
        said = {"number": "V0003000", "address": "Kerkstraat 1", "website": "https://koor.example", "note": "Oud"}
        Association.objects.filter(pk=rooms.choir.pk).update(**said, kinds=["culture"])
        other = Association.objects.create(
            name="Koor van Sint-Brixius", address="Plein 2", kinds=["youth"], note="Nieuw"
        )
        merge(rooms.choir, other)
        other.refresh_from_db()
        assert (other.number, other.address, other.website) == ("V0003000", "Plein 2", "https://koor.example")
        assert (other.kinds, other.note, other.area) == (["culture", "youth"], "Nieuw\nOud", rooms.choir.area)

    def test_of_two_that_a_closed_month_charges_for_one_booking_is_refused(self, rooms: Rooms) -> None:
        """First the one, then what the other owes: the month stays as it was closed."""
        other = Association.objects.create(name="Koor van Sint-Brixius")
        booking = booked(rooms.hall, ahead(-40), association=other)
        closed = MonthList.objects.create(owner=rooms.hall.building.owner, month=ahead(-40).date().replace(day=1))
        for whose, amount in ((rooms.choir, 25), (other, 30)):
            MonthLine.objects.create(
                month_list=closed, booking=booking, association=whose, starts=booking.starts, ends=booking.ends,
                place="Zaal", amount=amount, vat_rate=0, vat=0,
            )  # fmt: skip
        with pytest.raises(Refused, match="afgesloten maand"):
            merge(rooms.choir, other)

    def test_of_two_with_a_number_is_refused(self, rooms: Rooms) -> None:
        Association.objects.filter(pk=rooms.choir.pk).update(number="V0003000")
        other = Association.objects.create(name="Ander koor", number="V0003001")
        with pytest.raises(Refused, match="allebei een registernummer"):
            merge(rooms.choir, other)


class TestPerson:
    """Mieke stands in both. Her yes in the choir lasts longest."""

    @pytest.fixture
    def other(self, rooms: Rooms) -> Association:
        return Association.objects.create(name="Koor van Sint-Brixius")

    @pytest.mark.parametrize("longest_first", [True, False])
    def test_of_both_keeps_the_longest_yes_whole_and_is_completed(
        self, rooms: Rooms, other: Association, *, longest_first: bool
    ) -> None:
        lesser = contact_of(
            other, name="mieke  vandorpe", email="MIEKE@koor.example", function="voorzitter", phone="", may_ask=True,
            consent_on=days(-300), consent_by="form", kept_until=days(30),
        )  # fmt: skip
        best = contact_of(rooms.choir, consent_on=days(-10), consent_by="phone", kept_until=days(700), may_ask=False)
        one, into = (rooms.choir, other) if longest_first else (other, rooms.choir)
        merge(one, into)
        found = into.contacts.get()
        assert found == best
        assert (found.consent_on, found.consent_by, found.kept_until) == (days(-10), "phone", days(700))
        assert (found.function, found.phone, found.may_ask) == ("voorzitter", "056 00 12 34", True)
        assert not Contact.objects.filter(pk=lesser.pk).exists()

    def test_keeps_the_other_yes_in_the_history(self, rooms: Rooms, other: Association) -> None:
        contact_of(other, consent_on=days(-300), consent_by="form", kept_until=days(30))
        best = contact_of(rooms.choir, consent_on=days(-10), consent_by="phone", kept_until=days(700))
        merge(other, rooms.choir)
        changes: Any = apps.get_model("reservations", "ContactChange")
        said = changes.objects.filter(pgh_obj_id=best.pk).values_list("consent_on", "consent_by", "kept_until")
        assert (days(-300), "form", days(30)) in said

    def test_of_two_equally_long_the_written_yes_counts(self, rooms: Rooms, other: Association) -> None:
        written = contact_of(other, consent_by="mail")
        contact_of(rooms.choir, consent_by="counter")
        merge(other, rooms.choir)
        assert rooms.choir.contacts.get() == written

    def test_keeps_the_bookings_they_asked_for(self, rooms: Rooms, other: Association) -> None:
        best, lesser = contact_of(rooms.choir, kept_until=days(700)), contact_of(other)
        booking = booked(rooms.hall, ahead(5), association=other, contact=lesser)
        merge(other, rooms.choir)
        assert Booking.objects.get(pk=booking.pk).contact == best

    def test_with_one_mail_address_and_another_name_is_two_people(self, rooms: Rooms, other: Association) -> None:
        contact_of(other, name="Jan Claeys")
        contact_of(rooms.choir)
        with pytest.raises(Refused, match=r"Jan Claeys en Mieke Vandorpe hebben hetzelfde mailadres"):
            merge(other, rooms.choir)
        assert Contact.objects.count() == 2
        assert Association.objects.filter(pk=other.pk).exists()

    def test_without_a_mail_address_is_known_by_name_and_number(self, rooms: Rooms, other: Association) -> None:
        contact_of(other, email="", may_ask=False, phone="056/00.12.34")
        contact_of(other, name="Piet", email="", may_ask=False)
        contact_of(rooms.choir)
        merge(other, rooms.choir)
        assert sorted(each.name for each in rooms.choir.contacts.all()) == ["Mieke Vandorpe", "Piet"]


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)
