"""The register of associations: its numbers, its people, who reads and keeps them."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from reservations.models import Association, Contact
from reservations.register import renewing, sheet
from reservations.register.erasing import erase
from reservations.register.numbers import read_number
from teams.access import access_of
from teams.models import User
from tests.cast import Cast
from tests.reservations.register import contact_of
from tests.reservations.rooms import Rooms, ahead, booked

type SignIn = Callable[[User], Client]


class TestNumber:
    @pytest.mark.parametrize("typed", ["V0001001", "v0001001", " V 000 1001 ", "v-000.1001"])
    def test_is_written_down_in_one_way(self, typed: str) -> None:
        assert read_number(typed) == "V0001001"

    @pytest.mark.parametrize("typed", ["0001001", "V001001", "V00010011", "W0001001", "V000100A", "0417497106"])
    def test_that_is_wrong_is_told_what_it_should_look_like(self, typed: str) -> None:
        with pytest.raises(Refused, match=r"een V met zeven cijfers, zoals V0001001"):
            read_number(typed)

    @pytest.mark.django_db
    @pytest.mark.parametrize("number", ["V123", "v0001001", "V12345 7"])
    def test_that_is_wrong_is_refused_by_the_database(self, number: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Association.objects.create(name="Proef", number=number)

    def test_of_another_association_is_refused_with_its_name(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        Association.objects.filter(pk=rooms.choir.pk).update(number="V0001001")
        page = sign_in(cast["gebouwbeheerder"]).post(
            reverse("reservations:association-add"), {"name": "Andere", "number": "v000 1001"}
        )
        assert page.status_code == 422
        assert "Zangkoor Sint-Brixius heeft dat nummer al" in page.text

    def test_may_stay_unknown_for_several(self, rooms: Rooms) -> None:
        Association.objects.create(name="Zonder nummer")
        assert Association.objects.filter(number="").count() >= 2


class TestPage:
    def test_shows_people_to_who_keeps_the_register_and_notes_it(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn
    ) -> None:
        contact_of(rooms.choir)
        page = sign_in(cast["coordinator"]).get(rooms.choir.get_absolute_url())
        assert "Mieke Vandorpe" in page.text
        entry = ReadEntry.objects.get(object_type="contact")
        assert (entry.reader_name, entry.surface) == (cast["coordinator"].name, "association")

    @pytest.mark.parametrize("who", ["agent", "wijkinspecteur", "coordinator.politie", "verpleegkundige", "dpo"])
    def test_hides_them_from_everybody_else(self, rooms: Rooms, cast: Cast, sign_in: SignIn, who: str) -> None:
        contact_of(rooms.choir)
        page = sign_in(cast[who]).get(rooms.choir.get_absolute_url())
        assert page.status_code == 200
        assert all(word not in page.text for word in ("Mieke", "056 00 12 34", "mieke@"))

    def test_shows_them_to_a_keeper_where_the_association_comes(self, rooms: Rooms, cast: Cast) -> None:
        contact, keeper = contact_of(rooms.choir), access_of(cast["coordinator.politie"])
        assert not Contact.objects.readable(keeper).exists()
        booked(rooms.police, ahead(-400), association=rooms.choir)
        assert not Contact.objects.readable(keeper).exists()
        booked(rooms.police, ahead(-300), association=rooms.choir)
        assert Contact.objects.readable(keeper).get() == contact

    def test_lists_and_sheets_name_nobody(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        contact_of(rooms.choir)
        client = sign_in(cast["coordinator"])
        for address in ("associations", "associations-sheet"):
            answer = client.get(reverse(f"reservations:{address}"))
            text = b"".join(answer).decode()
            assert rooms.choir.name in text
            assert "Mieke" not in text

    def test_asks_as_many_questions_for_fifty_as_for_one(
        self, rooms: Rooms, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        area = Area.objects.filter(set__code="gebieden17")[0]
        Association.objects.bulk_create(Association(name=f"Club {number}", area=area) for number in range(60))
        client = sign_in(cast["coordinator"])
        client.get(reverse("reservations:associations"))
        with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
            client.get(reverse("reservations:associations"))


class TestConsent:
    def test_is_asked_first(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        today = timezone.localdate()
        said = {
            "name": "Jan", "phone": "056 11 22 33", "consent_on": today, "consent_by": "phone",
            "kept_until": today + dt.timedelta(days=100),
        }  # fmt: skip
        client, address = sign_in(cast["coordinator"]), reverse("reservations:contact-add", args=[rooms.choir.pk])
        page = client.post(address, said)
        assert "Zonder toestemming schrijven we niemand in" in page.text
        assert not Contact.objects.exists()
        assert client.post(address, {**said, "has_consent": "on"}).status_code == 302
        assert Contact.objects.get().created_by == cast["coordinator"]

    def test_counts_two_years_at_the_most(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        today = timezone.localdate()
        page = sign_in(cast["coordinator"]).post(reverse("reservations:contact-add", args=[rooms.choir.pk]), {
            "name": "Jan", "phone": "056 11 22 33", "consent_on": today, "consent_by": "phone", "has_consent": "on",
            "kept_until": today + dt.timedelta(days=800),
        })  # fmt: skip
        assert "Een toestemming van die dag geldt tot" in page.text

    def test_was_given_already(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        page = sign_in(cast["coordinator"]).post(reverse("reservations:contact-add", args=[rooms.choir.pk]), {
            "name": "Jan", "phone": "056 11 22 33", "consent_on": tomorrow, "consent_by": "phone", "has_consent": "on",
            "kept_until": tomorrow + dt.timedelta(days=100),
        })  # fmt: skip
        assert page.status_code == 422
        assert not Contact.objects.exists()

    def test_taken_back_erases_every_trace(self, rooms: Rooms) -> None:
        contact = contact_of(rooms.choir)
        booking = booked(rooms.hall, ahead(5), association=rooms.choir, contact=contact)
        contact.name = "Mieke Vandorpe-Claeys"
        contact.save(update_fields=["name"])
        renewing.ask(contact)
        changes = apps.get_model("reservations", "ContactChange").objects
        assert changes.filter(name="Mieke Vandorpe").exists()
        erase(contact)
        assert not changes.exists()
        assert not Message.objects.filter(to="mieke@koor.example").exists()
        booking.refresh_from_db()
        assert (booking.contact, booking.association) == (None, rooms.choir)
        assert not apps.get_model("reservations", "BookingChange").objects.exclude(contact_id=None).exists()


class TestNight:
    def test_asks_a_month_before_and_once(self, rooms: Rooms) -> None:
        contact = contact_of(rooms.choir, kept_until=timezone.localdate() + dt.timedelta(days=20))
        renewing.nightly()
        renewing.nightly()
        mail = Message.objects.get(to=contact.email)
        assert "Zangkoor Sint-Brixius" in mail.subject
        assert "/zaal-vragen/gegevens/" in mail.body

    def test_erases_whose_time_is_over_and_nobody_else(self, rooms: Rooms) -> None:
        today = timezone.localdate()
        old = contact_of(rooms.choir, consent_on=today - dt.timedelta(days=400), kept_until=today - dt.timedelta(1))
        contact_of(rooms.choir, name="Wie blijft", email="blijft@koor.example", kept_until=today)
        renewing.nightly()
        assert not Contact.objects.filter(pk=old.pk).exists()
        assert Contact.objects.get().name == "Wie blijft"

    def test_yes_by_the_link_counts_anew(self, rooms: Rooms, client: Client) -> None:
        contact = contact_of(rooms.choir, kept_until=timezone.localdate() + dt.timedelta(days=20))
        address = reverse("contact-renewal", args=[renewing.token_of(contact)])
        assert "Mieke Vandorpe" in client.get(address).text
        assert client.post(address, {"ja": "1"}).status_code == 200
        contact.refresh_from_db()
        assert contact.kept_until == renewing.longest_from(timezone.localdate())
        assert contact.consent_by == "link"

    def test_no_by_the_link_erases_at_once(self, rooms: Rooms, client: Client) -> None:
        address = reverse("contact-renewal", args=[renewing.token_of(contact_of(rooms.choir))])
        assert "Uw gegevens zijn gewist" in client.post(address, {"nee": "1"}).text
        assert not Contact.objects.exists()
        assert client.get(address).status_code == 410

    def test_without_yes_or_no_nothing_is_erased(self, rooms: Rooms, client: Client) -> None:
        contact = contact_of(rooms.choir)
        page = client.post(reverse("contact-renewal", args=[renewing.token_of(contact)]))
        assert "Mogen we uw gegevens bewaren?" in page.text
        assert Contact.objects.filter(pk=contact.pk).exists()

    def test_the_link_ends_with_the_address_it_went_to(self, rooms: Rooms) -> None:
        contact = contact_of(rooms.choir)
        token = renewing.token_of(contact)
        assert renewing.named_by(token) == contact
        Contact.objects.filter(pk=contact.pk).update(email="andere@koor.example")
        assert renewing.named_by(token) is None


class TestSheet:
    HEAD = "naam;nummer;soorten;gebied;adres;website\n"

    def test_is_read_row_by_row_with_a_reason_for_each_refused(self, rooms: Rooms) -> None:
        rows = (
            "Turnkring;V0002001;sport, jeugd;Marke;Kerkstraat 1;\n"
            "Fout nummer;V12;;;;\n"
            ";V0002002;;;;\n"
            "Ver weg;;;Antwerpen;;\n"
            "Rare soort;;vissen;;;\n"
        )
        report = self._read(rows)
        assert report.added == ["Turnkring"]
        assert [each.line for each in report.refused] == [3, 4, 5, 6]
        assert "V met zeven cijfers" in report.refused[0].reason
        assert "Antwerpen" in report.refused[2].reason
        found = Association.objects.get(number="V0002001")
        assert (found.kinds, found.area and found.area.name) == (["sport", "youth"], "Marke")

    def test_given_again_changes_nothing(self, rooms: Rooms) -> None:
        row = "Turnkring;V0002001;sport;Marke;Kerkstraat 1;\n"
        self._read(row)
        report = self._read(row)
        assert (report.added, report.changed, report.same) == ([], [], 1)
        report = self._read("Turnkring;V0002001;;;Nieuwe straat 2;\n")
        assert report.changed == ["Turnkring"]
        assert Association.objects.get(number="V0002001").kinds == ["sport"]

    def test_a_number_of_another_one_is_refused(self, rooms: Rooms) -> None:
        self._read("Turnkring;V0002001;;;;\nDansclub;V0002002;;;;\n")
        report = self._read("Turnkring;V0002002;;;;\n")
        assert "Dansclub" in report.refused[0].reason

    def test_another_number_for_a_known_one_is_refused(self, rooms: Rooms) -> None:
        self._read("Turnkring;V0002001;;;;\n")
        report = self._read("Turnkring;V0002009;;;;\n")
        assert "V0002001" in report.refused[0].reason
        assert Association.objects.get(name="Turnkring").number == "V0002001"

    def test_goes_out_and_comes_back_the_same(self, rooms: Rooms, cast: Cast, sign_in: SignIn) -> None:
        self._read("Turnkring;V0002001;sport, jeugd;Marke;Kerkstraat 1;https://turnkring.example\n")
        out = b"".join(sign_in(cast["coordinator"]).get(reverse("reservations:associations-sheet")))
        report = sheet.read(BytesIO(out), Area.objects.filter(set__code="gebieden17"))
        assert (report.added, report.changed, report.refused) == ([], [], [])

    def _read(self, rows: str) -> sheet.Report:
        areas = Area.objects.filter(set__code="gebieden17")
        return sheet.read(BytesIO((self.HEAD + rows).encode()), areas)
