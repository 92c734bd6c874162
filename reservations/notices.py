"""Who hears what became of a booking: who made it, unless they did it themselves. One mail for each time it changed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kortrijk_gebied.jobs.models import post
from reservations.feeds import invitations
from reservations.models import Booking, BookingState, Series
from reservations.moments import on_clock
from reservations.prices.words import in_mail, of_series_in_mail
from reservations.words import when_in_words
from teams.models import User

REQUESTED, HELD, CONFIRMED, REFUSED, CANCELLED, MOVED, CHANGED = (
    "requested", "held", "confirmed", "refused", "cancelled", "moved", "changed",
)  # fmt: skip
EXPIRED, OVERTAKEN, OFFERED, ASKED_ELSEWHERE = "expired", "overtaken", "offered", "asked elsewhere"
FREED, ADDED = "freed", "added"
MADE = {
    BookingState.REQUESTED: REQUESTED, BookingState.HELD: HELD, BookingState.CONFIRMED: CONFIRMED,
    BookingState.REFUSED: REFUSED,
}  # fmt: skip

SUBJECTS: dict[str, Promise] = {
    REQUESTED: gettext_lazy("Booking %(reference)s: asked"),
    HELD: gettext_lazy("Booking %(reference)s: on hold"),
    CONFIRMED: gettext_lazy("Booking %(reference)s: confirmed"),
    REFUSED: gettext_lazy("Booking %(reference)s: refused"),
    CANCELLED: gettext_lazy("Booking %(reference)s: cancelled"),
    MOVED: gettext_lazy("Booking %(reference)s: moved"),
    CHANGED: gettext_lazy("Booking %(reference)s: changed"),
    EXPIRED: gettext_lazy("Booking %(reference)s: your hold ended"),
    OVERTAKEN: gettext_lazy("Booking %(reference)s: your hold was given to somebody else"),
    OFFERED: gettext_lazy("Booking %(reference)s: the room came free"),
    FREED: gettext_lazy("Booking %(reference)s: the room came free"),
    ASKED_ELSEWHERE: gettext_lazy("Booking %(reference)s: another room was asked for you"),
}
SENTENCES: dict[str, Promise] = {
    REQUESTED: gettext_lazy("The keeper of the building answers it."),
    HELD: gettext_lazy("The room is kept for you until %(hold)s. Confirm it before then."),
    CONFIRMED: gettext_lazy("The room is yours."),
    REFUSED: gettext_lazy("You do not have the room."),
    CANCELLED: gettext_lazy("It was cancelled: you do not have the room any more."),
    MOVED: gettext_lazy("It was moved. What stands above is how it is now."),
    CHANGED: gettext_lazy("Something in it was changed. Room and moment stayed."),
    EXPIRED: gettext_lazy("Nobody confirmed it in time, so the room is free again. You can still ask for it anew."),
    OVERTAKEN: gettext_lazy(
        "The keeper of the building gave the room to somebody else. Ask for another room or another moment."
    ),
    FREED: gettext_lazy(
        "You asked for it before and it was taken. Now it is free, and the keeper of the building answers."
    ),
    OFFERED: gettext_lazy(
        "You asked for it before and it was taken. It is kept for you until %(hold)s. Say yes or no."
    ),
    ASKED_ELSEWHERE: gettext_lazy(
        "You lose the room you had. Another was asked for you, as it stands above; it is yours when the keeper there "
        "says yes."
    ),
}

_together: ContextVar[bool] = ContextVar("told of together", default=False)


def tell(booking: Booking, what: str, *, by: User | None = None) -> None:
    """Mail whoever made it. Of what is not shared a mail says when and where, never what for."""
    person = booking.created_by
    if person is None and booking.contact and not _together.get():
        from reservations.register import telling

        telling.tell(booking, booking.contact, what)
    if _together.get() or person is None or not person.is_active or person == by:
        return
    post(
        key=f"booking:{booking.pk}:{what}:{booking.sequence}:{person.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=str(SUBJECTS[what]) % {"reference": booking.reference},
        body=_body(booking, what, person),
        attachments=[invitations.of_booking(booking, person)],
    )


def _body(booking: Booking, what: str, person: User) -> str:
    hold = date_format(on_clock(booking.hold_until), "DATETIME_FORMAT") if booking.hold_until else ""
    lines = [
        _("Hello %(name)s") % {"name": person.name},
        "",
        *([booking.title] if booking.is_shared else []),
        f"{booking.room.name}, {booking.room.building.name}",
        when_in_words(booking.starts, booking.ends),
        "",
        str(SENTENCES[what]) % {"hold": hold},
        *([_("Why: %(answer)s") % {"answer": booking.answer}] if booking.answer and what in ANSWERED else []),
        *(in_mail(booking, person) if what in PRICED else []),
        "",
        _("See it, or do something about it: %(link)s") % {"link": f"{settings.SITE_URL}{booking.get_absolute_url()}"},
    ]
    return "\n".join(lines)


ANSWERED = {CONFIRMED, REFUSED, CANCELLED, MOVED, ASKED_ELSEWHERE}
LISTED = {CONFIRMED, REFUSED, ADDED}  # of a series, date by date
PRICED = {REQUESTED, FREED, HELD, CONFIRMED, CANCELLED, MOVED, OFFERED, ASKED_ELSEWHERE}


# --- of a series: one mail, however many dates -----------------------------------------------------------


@contextmanager
def told_together() -> Iterator[None]:
    """Within it nobody is told of single bookings: whoever does many at once tells it in one mail."""
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)


def _dates_in_words(what: str, number: int) -> str:
    said = {
        CANCELLED: ngettext("%(dates)s date of it was cancelled.", "%(dates)s dates of it were cancelled.", number),
        MOVED: ngettext("%(dates)s date of it was moved.", "%(dates)s dates of it were moved.", number),
        CHANGED: ngettext("%(dates)s date of it was changed.", "%(dates)s dates of it were changed.", number),
        REQUESTED: ngettext(
            "%(dates)s date of it is asked anew. The keeper of the building answers.",
            "%(dates)s dates of it are asked anew. The keeper of the building answers.", number,
        ),
        ADDED: ngettext("%(dates)s date came with it.", "%(dates)s dates came with it.", number),
        CONFIRMED: ngettext("%(dates)s date of it was confirmed.", "%(dates)s dates of it were confirmed.", number),
        REFUSED: ngettext("%(dates)s date of it was refused.", "%(dates)s dates of it were refused.", number),
    }  # fmt: skip
    return said[what] % {"dates": number}


def tell_of_series(
    series: Series, what: str, *, dates: Collection[Booking], key: str, by: User | None = None,
    cut_from: Series | None = None, answer: str = "",
) -> None:  # fmt: skip
    """`key` is of this one act: said twice it is one mail. `cut_from` is the series whose later dates it took over: a
    calendar has to forget them there."""
    said = _dates_in_words(what, len(dates))
    if answer:
        said += " " + _("Why: %(answer)s") % {"answer": answer}
    person = series.created_by
    if person is None and (contact := next((each.contact for each in dates if each.contact), None)):
        from reservations.register import telling

        telling.tell_of_series(series, dates, contact, said=said, key=f"{what}:{key}")
    if person is None or not person.is_active or person == by:
        return
    prices = of_series_in_mail(dates, person)
    when = [f"- {when_in_words(each.starts, each.ends)}" for each in dates] if what in LISTED else []
    link = f"{settings.SITE_URL}{reverse('reservations:series', args=[series.pk])}"
    title = [series.title] if series.is_shared else []
    lines = [_("Hello %(name)s") % {"name": person.name}, "", *title, str(series.room)]
    post(
        key=f"series:{series.pk}:{what}:{key}:{person.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=_("Your series in %(room)s") % {"room": series.room},
        body="\n".join([*lines, "", said, *when, *prices, "", _("All dates: %(link)s") % {"link": link}]),
        attachments=[file for each in (series, cut_from) if each for file in invitations.of_series(each, person)],
    )
