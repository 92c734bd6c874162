"""What the OCMW and the police do in a room is theirs: others see that it is taken, and whom of the building to ask."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.workdays import A_DAY
from reservations.models import Booking, Series
from reservations.moments import on_clock
from teams.models import User
from tests.cast import Cast
from tests.permissions.surfaces import Look
from tests.reservations.booking_pages import typed
from tests.reservations.rooms import Rooms, ahead, booked, make

pytestmark = pytest.mark.django_db

WORD = "kwibbel"  # in everything that is written; stands nowhere else
# Who keeps the hall, and somebody who reads much elsewhere.
OTHERS = {"verpleegkundige": ["gebouwbeheerder", "dpo"], "wijkinspecteur": ["gebouwbeheerder", "verpleegkundige"]}
type SignIn = Callable[[User], Client]


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    return make()


@pytest.fixture(params=OTHERS)
def planted(request: pytest.FixtureRequest, rooms: Rooms, cast: Cast) -> tuple[str, list[Booking]]:
    """In the hall of the city a booking, a request, one of a series, and what was cancelled; none is shared."""
    who: str = request.param
    words: dict[str, Any] = {
        "title": f"{WORD} gesprek",
        "note": f"{WORD} nota",
        "persons": 97,
        "by": cast[who],
        "is_shared": False,
    }
    cancelled: dict[str, Any] = {"cancelled_kind": "holder", "cancelled_at": timezone.now()}
    day = on_clock(ahead(9)).date()
    series = Series.objects.create(
        room=rooms.hall, organisation=cast[who].organisation, created_by=cast[who], weekdays=[day.weekday()], times=1,
        first_on=day, start_time=ahead(9).time(), end_time=(ahead(9) + A_DAY / 24).time(),
        **{name: words[name] for name in ("title", "note", "persons", "is_shared")},
    )  # fmt: skip
    return who, [
        booked(rooms.hall, ahead(5), **words),
        booked(rooms.hall, ahead(6), state="requested", **words),
        booked(rooms.hall, ahead(9), series=series, series_on=day, **words),
        booked(rooms.hall, ahead(7), state="cancelled", answer=f"{WORD} ziek", **cancelled, **words),
    ]


def looks(bookings: list[Booking]) -> Iterator[Look]:
    """Everywhere a booking could show. Of what exists for nobody, the answer has no words either."""
    for name in ("rooms", "reservations:requests", "reservations:feeds"):
        yield Look(reverse(name))
    yield Look(f"{reverse('reservations:calendar-agenda')}?dag={bookings[0].starts:%Y-%m-%d}")
    for each in bookings:
        for name in ("", "-history", "-move", "-change"):
            yield Look(reverse(f"reservations:booking{name}", args=[each.reference]))
    first, asked, one_of_series, _cancelled = bookings
    for each in (first, asked):
        for name in ("-confirmation", "-move", "-again"):
            yield Look(reverse(f"reservations:booking{name}", args=[each.reference]), {"zoek": "1"})
    add, sent = reverse("reservations:booking-add"), typed(first.room, first.starts, waarvoor="Overleg")
    yield Look(f"{add}?kopie={first.reference}&sleutel={uuid7()}")
    yield Look(f"{add}?sleutel={first.pk}")
    yield Look(f"{add}?sleutel={uuid7()}", sent)
    yield Look(f"{add}?sleutel={uuid7()}", {**sent, "herhaal": "weekly", "keren": "2"})
    yield Look(reverse("reservations:series", args=[one_of_series.series_id]))
    for name in ("change", "end"):
        yield Look(reverse(f"reservations:series-{name}", args=[one_of_series.series_id]))


def seen(client: Client, look: Look) -> str:
    response = client.post(look.url, look.typed, follow=True) if look.typed else client.get(look.url, follow=True)
    return response.content.decode()


def test_others_read_no_word_of_it(planted: tuple[str, list[Booking]], cast: Cast, sign_in: SignIn) -> None:
    who, bookings = planted
    told = []
    for other in OTHERS[who]:
        client = sign_in(cast[other])
        for look in looks(bookings):
            page = seen(client, look)
            told += [f"{other}: {look.name}: {clue}" for clue in (WORD, cast[who].name) if clue in page]
    assert told == []


def test_who_holds_it_reads_it(planted: tuple[str, list[Booking]], cast: Cast, sign_in: SignIn) -> None:
    """The control: without it the attack would prove nothing."""
    who, bookings = planted
    client = sign_in(cast[who])
    own = [reverse("reservations:booking", args=[each.reference]) for each in bookings]
    for url in (*own, reverse("rooms"), reverse("reservations:series", args=[bookings[2].series_id])):
        assert WORD in seen(client, Look(url))


def test_one_date_that_is_shared_tells_nothing_of_its_series(
    planted: tuple[str, list[Booking]], cast: Cast, sign_in: SignIn
) -> None:
    who, (_first, _asked, date, _cancelled) = planted
    Booking.objects.filter(pk=date.pk).update(is_shared=True, title="Open deur", note="", persons=3)
    pages = [
        reverse("reservations:series", args=[date.series_id]),
        reverse("reservations:series-change", args=[date.series_id]),
    ]
    for other in OTHERS[who]:
        client = sign_in(cast[other])
        assert "Open deur" in seen(client, Look(date.get_absolute_url()))
        assert [WORD in seen(client, Look(page)) for page in pages] == [False, False]
    assert WORD in seen(sign_in(cast[who]), Look(pages[0]))


def test_the_history_of_what_is_shared_since_keeps_what_was_written_before(
    planted: tuple[str, list[Booking]], cast: Cast, sign_in: SignIn
) -> None:
    who, (found, *_others) = planted
    Booking.objects.filter(pk=found.pk).update(is_shared=True, title="Open deur", note="", persons=3)
    Booking.objects.filter(pk=found.pk).update(title="Opendeurdag")
    history = Look(reverse("reservations:booking-history", args=[found.reference]))
    for other in OTHERS[who]:
        page = seen(sign_in(cast[other]), history)
        assert (WORD in page, "Open deur" in page) == (False, True)
    assert WORD in seen(sign_in(cast[who]), history)
