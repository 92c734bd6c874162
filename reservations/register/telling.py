"""What became of a request, for the contact of an association who made it: as `notices`, to somebody of outside."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.jobs.models import post
from reservations import notices
from reservations.feeds import invitations
from reservations.models import Booking, Building, Contact, Quote, Series
from reservations.prices import quoting
from reservations.prices.money import NOTHING, euros
from reservations.prices.words import in_mail
from reservations.recurrence_words import in_words
from reservations.words import when_in_words

SENTENCES: dict[str, Promise] = {
    notices.REQUESTED: gettext_lazy("We have your request. The keeper of the building answers it; you get a mail."),
    notices.CONFIRMED: gettext_lazy("The room is yours, sir or madam."),
    notices.REFUSED: gettext_lazy("You do not get the room, sir or madam."),
    notices.CANCELLED: gettext_lazy("It was cancelled: the room is not yours any more."),
    notices.MOVED: gettext_lazy("It was moved. What stands above is how it is now."),
    notices.ASKED_ELSEWHERE: gettext_lazy(
        "The room you had closes. For you this room was asked: its keeper answers, and you get a mail, sir or madam."
    ),
    notices.CHANGED: gettext_lazy("Something in it was changed. Room and moment stayed."),
    notices.OFFERED: gettext_lazy("The room came free and is kept for you. Call the house to say yes."),
    notices.FREED: gettext_lazy(
        "The room came free. Your request stands with the keeper of the building again, and you get a mail."
    ),
    notices.EXPIRED: gettext_lazy("Nobody confirmed it in time, so the room is free again."),
    notices.OVERTAKEN: gettext_lazy("The keeper of the building gave the room to somebody else."),
}


def tell(booking: Booking, contact: Contact, what: str) -> None:
    if not contact.email:
        return
    post(
        key=f"booking:{booking.pk}:{what}:{booking.sequence}:contact:{contact.pk}",
        to=contact.email,
        subject=str(notices.SUBJECTS[what]) % {"reference": booking.reference},
        body=_body(booking, contact, what),
        attachments=[invitations.of_booking(booking, contact)],
    )


def _body(booking: Booking, contact: Contact, what: str) -> str:
    building = booking.room.building
    why = booking.answer and what in notices.ANSWERED
    lines = [
        _("Hello %(name)s") % {"name": contact.name},
        "",
        contact.association.name,
        f"{booking.room.name}, {building.name}",
        *([building.address] if building.address else []),
        when_in_words(booking.starts, booking.ends),
        "",
        str(SENTENCES[what]),
        *([_("Why: %(answer)s") % {"answer": booking.answer}] if why else []),
        *(price_of(booking) if what in notices.PRICED else []),
        *_and_then(building),
    ]
    return "\n".join(lines)


def price_of(booking: Booking) -> list[str]:
    """None of a room that costs nothing."""
    lines = in_mail(booking)
    return [_("You hear the price later, sir or madam.")] if not lines and quoting.may_wait(booking) else lines


def _and_then(building: Building) -> list[str]:
    link = f"{settings.SITE_URL}{reverse('room-by-mail')}"
    return [
        *([_("A question? Call %(phone)s.") % {"phone": building.contact_phone}] if building.contact_phone else []),
        "",
        _("What you asked for, and another room: %(link)s") % {"link": link},
    ]


# --- of a series: one mail, however many dates -----------------------------------------------------------


def tell_of_series(series: Series, dates: Collection[Booking], contact: Contact, *, said: str, key: str) -> None:
    """`key` is of this one act: said twice it is one mail."""
    if not contact.email:
        return
    building = series.room.building
    lines = [
        _("Hello %(name)s") % {"name": contact.name}, "",
        contact.association.name, str(series.room), *([building.address] if building.address else []),
        in_words(series), "",
        said, *(_of_date(each) for each in sorted(dates, key=lambda each: each.starts)), "",
        *_price_of_all(dates), *_and_then(building),
    ]  # fmt: skip
    post(
        key=f"series:{series.pk}:{key}:contact:{contact.pk}",
        to=contact.email,
        subject=_("Every date in %(room)s") % {"room": series.room},
        body="\n".join(lines),
        attachments=invitations.of_series(series, contact),
    )


def _of_date(booking: Booking) -> str:
    when = when_in_words(booking.starts, booking.ends)
    return f"- {when} ({booking.get_refusal_display()})" if booking.refusal else f"- {when}"


def _price_of_all(dates: Collection[Booking]) -> list[str]:
    """Together; none of a room that costs nothing."""
    totals = list(Quote.objects.current().filter(booking__in=dates).values_list("total", flat=True))
    if totals:
        words = {"amount": euros(sum(totals, NOTHING)), "count": len(totals)}
        return [_("Price: %(amount)s for %(count)s dates.") % words]
    return [_("You hear the price later, sir or madam.")] if any(map(quoting.may_wait, dates)) else []
