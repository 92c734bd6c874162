"""A person whom two rows of the register both know becomes one contact: with the best yes, and none of it lost."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Association, Booking, ConsentBy, Contact
from reservations.register.erasing import erase

FILLED = ("function", "email", "phone")
YES = ("consent_on", "consent_by", "kept_until")
# What can be shown to who asks for it later, before what was only said.
WRITTEN = {ConsentBy.FORM, ConsentBy.MAIL, ConsentBy.LINK}


def bring_together(one: Association, into: Association) -> None:
    """Of two associations that become one, each with its people locked. Raises Refused where two people share one mail
    address: of neither the yes may go."""
    known = list(into.contacts.select_for_update().order_by("pk"))
    for contact in one.contacts.select_for_update().order_by("pk"):
        if other := _same_person(contact, known):
            known.remove(other)
            known.append(_together(contact, other))


def _same_person(contact: Contact, known: Iterable[Contact]) -> Contact | None:
    """By the mail address; where one of the two has none, by name and number."""
    by_mail = {each.email.lower(): each for each in known if each.email}
    if found := by_mail.get(contact.email.lower()):
        if _plain(found.name) != _plain(contact.name):
            words = {"one": contact.name, "other": found.name, "mail": contact.email}
            raise Refused(
                _("%(one)s and %(other)s have the same mail address, %(mail)s. Give one of them another one first.")
                % words
            )
        return found
    mine = _plain(contact.name), _digits(contact.phone)
    return next(
        (each for each in known if mine[1] and mine == (_plain(each.name), _digits(each.phone))
         and not (each.email and contact.email)),
        None,
    )  # fmt: skip


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdecimal())


def _together(one: Contact, other: Contact) -> Contact:
    """The one with the best yes stays, completed; the yes of the other stands in its history."""
    stays, goes = sorted((one, other), key=_strength, reverse=True)
    best = {name: getattr(stays, name) for name in YES}
    fields = {name: getattr(stays, name) or getattr(goes, name) for name in FILLED}
    fields["may_ask"] = stays.may_ask or goes.may_ask
    lesser = {name: getattr(goes, name) for name in YES}
    Booking.objects.filter(contact=goes).update(contact=stays)
    erase(goes)
    if lesser != best:  # the history keeps a row as it was before each change
        _write(stays, **lesser)
    _write(stays, **best, **fields)
    return stays


def _strength(contact: Contact) -> tuple[Any, ...]:
    complete = sum(bool(getattr(contact, name)) for name in (*FILLED, "may_ask"))
    return contact.kept_until, contact.consent_by in WRITTEN, contact.consent_on, complete


def _write(contact: Contact, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(fields))
