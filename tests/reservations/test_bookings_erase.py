"""What was done in rooms is kept no longer than promised; the figures stay."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, Message, State, post
from reservations import actions
from reservations.models import Booking, DiscountReason, Loan, Quote, Series
from reservations.retention import ERASED, erase_old_words
from tests.cast import Cast
from tests.reservations.prices import price
from tests.reservations.rooms import Rooms, ahead, booked
from tests.reservations.stock import lent, thing

pytestmark = pytest.mark.django_db
LONG_AGO = -4 * 365


def night() -> None:
    now = timezone.now()
    erase_old_words(Job.objects.create(
        kind="retention-bookings", key=f"night:{now}", state=State.RUNNING, lease_until=now + dt.timedelta(hours=1)
    ))  # fmt: skip


def test_erases_the_words_of_what_is_long_over_and_who_asked(rooms: Rooms, cast: Cast) -> None:
    words: dict[str, Any] = {"title": "kwibbeltitel", "note": "kwibbelnota", "by": cast["gebiedswerker"], "persons": 40}
    old, young = booked(rooms.hall, ahead(LONG_AGO), **words), booked(rooms.hall, ahead(-30), **words)
    Booking.objects.filter(pk=old.pk).update(headcount=37, counted_at=timezone.now(), note="kwibbelnota")
    actions.count(young, by=cast["gebouwbeheerder"], headcount=12)
    post(key=f"booking:{old.pk}:confirmed:1:x", to="a@kortrijk.example", subject="kwibbel", body="kwibbeltitel")
    night()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.title, old.note, old.created_by, old.persons, old.headcount) == (ERASED, "", None, 40, 37)
    assert (young.title, young.created_by) == ("kwibbeltitel", cast["gebiedswerker"])
    changes = apps.get_model("reservations", "BookingChange").objects
    assert not changes.filter(pgh_obj=old.pk).exists()
    assert changes.filter(pgh_obj=young.pk).exists()
    assert not Message.objects.filter(body__contains="kwibbel").exists()
    night()  # again is nothing


def test_erases_why_somebody_paid_less_and_who_said_the_price(rooms: Rooms, cast: Cast) -> None:
    price(rooms)
    wedding = DiscountReason.objects.create(name="Wijkfeest", percent=50)
    for days in (LONG_AGO, -30):
        made = booked(rooms.hall, ahead(days), association=rooms.choir)
        Quote.objects.create(
            booking=made, number=1, subtotal=25, discount=12, discount_reason=wedding, note="kwibbelfeest", total=13,
            made_by=cast["gebouwbeheerder"],
        )  # fmt: skip
    night()
    kept = [(each.note, each.made_by, int(each.total)) for each in Quote.objects.order_by("booking__starts")]
    assert kept == [("", None, 13), ("kwibbelfeest", cast["gebouwbeheerder"], 13)]


def test_erases_those_of_its_series_and_loans(rooms: Rooms, cast: Cast) -> None:
    els, starts = cast["gebiedswerker"], ahead(LONG_AGO)
    series = Series.objects.create(
        room=rooms.hall, title="kwibbelreeks", persons=9, organisation=els.organisation, weekdays=[1], times=1,
        first_on=starts.date(), start_time=dt.time(9), end_time=dt.time(11), created_by=els, created_at=starts,
    )  # fmt: skip
    booked(rooms.hall, starts, by=els, series=series, series_on=starts.date())
    tables = thing(rooms.hall)
    old = lent(tables, starts, by=els, state="returned", returned_at=starts, returned_quantity=1, title="kwibbel")
    out = lent(tables, starts, by=els, state="out", title="Nog niet terug")
    night()
    assert Series.objects.get().title == ERASED
    old.refresh_from_db()
    assert (old.title, old.created_by) == (ERASED, None)
    assert Loan.objects.get(pk=out.pk).title == "Nog niet terug"


def test_forgets_what_closing_a_house_would_have_meant(db: None) -> None:
    now = timezone.now()
    asked = [
        Job.objects.create(kind="consolidation", key=f"c{days}", state=State.DONE, finished_at=now) for days in (1, 100)
    ]
    Job.objects.filter(pk=asked[1].pk).update(created_at=timezone.now() - dt.timedelta(days=100))
    night()
    assert list(Job.objects.filter(kind="consolidation")) == [asked[0]]
