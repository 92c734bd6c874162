"""A signal from the street: where it was seen, what it is about; registered like every other report."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.field.outcomes import Became
from signals.field.records import Record, key, number, words
from signals.intake import Contact, register
from signals.models import Category, Channel, Report, ReportKind, Result, Signal
from signals.whereabouts import Whereabouts, whereabouts
from teams.access import Access, access_of
from teams.models import User

LONGEST_PLACE, LONGEST_PHONE = 200, 30


def take_in(record: Record, author: User, noted_at: dt.datetime) -> Became:
    contact = contact_of(record, author, noted_at)
    if joined := _join(record, contact, author):
        return joined
    report = register(contact)
    signal = report.signal
    if contact.category.about_persons:
        return Became(Result.REGISTERED, _("Delivered to the right service."), signal, report)
    if contact.divide:
        return Became(Result.TO_DIVIDE, contact.divide, signal, report)
    return Became(Result.REGISTERED, "", signal, report)


def contact_of(record: Record, author: User, noted_at: dt.datetime) -> Contact:
    content = record.content
    category, known = _category(content)
    where = _where(content, noted_at)
    text, place, phone = words(content, "text"), where.text, words(content, "phone")
    if len(place) > LONGEST_PLACE:  # nothing that was typed is lost
        text, place = f"{text}\n{place}".strip(), place[:LONGEST_PLACE]
    if category.about_persons:
        text = _check_help(content, phone)
    longitude, latitude = where.point or (None, None)
    return Contact(
        id=_id_of(record, author), category=category, channel=Channel.WARDEN, registered_by=author,
        received_at=noted_at,
        kind=ReportKind.HELP_REQUEST if category.about_persons else ReportKind.REPORT,
        description=text or category.name, place=place, longitude=longitude, latitude=latitude,
        location=where.location, phone=phone if category.about_persons else "", wants_answer=category.about_persons,
        divide=of_another(record.writer, author) or _why_divide(category, known, where, access_of(author)),
    )  # fmt: skip


def _id_of(record: Record, author: User) -> uuid.UUID:
    """That of the record; another when a report of somebody else has it, of which the answer then tells nothing."""
    taken = Report.objects.filter(pk=record.id).exclude(registered_by=author).exists()
    return uuid7() if taken else record.id


def _category(content: dict[str, Any]) -> tuple[Category, bool]:
    """What it is about, and whether that subject can still be chosen."""
    found = Category.objects.named_by(content.get("category"))
    if found is None:
        return Category.objects.get(code=settings.INTAKE_CATEGORY), False
    return found, Category.objects.choosable().filter(pk=found.pk).exists()


def _where(content: dict[str, Any], noted_at: dt.datetime) -> Whereabouts:
    longitude, latitude = number(content, "longitude", -180, 180), number(content, "latitude", -90, 90)
    point = (longitude, latitude) if longitude is not None and latitude is not None else None
    return whereabouts(words(content, "place"), on=timezone.localdate(noted_at), point=point)


def _check_help(content: dict[str, Any], phone: str) -> str:
    """A number and a yes; what else was sent is not kept."""
    if content.get("consent") is not True:
        raise Refused(_("Ask first whether the Sociaal Huis may call."))
    if not phone or len(phone) > LONGEST_PHONE:
        raise Refused(_("On which number may the Sociaal Huis call?"))
    return _("Asks to be called.")


def of_another(writer: str, author: User) -> str:
    """Somebody found a tablet with the shift of another, and no network to sign in with."""
    if not writer:
        return ""
    said = _("Written on the tablet of %(author)s by somebody else, who did not sign in: “%(writer)s”. Ask who it was.")
    return said % {"author": author.name, "writer": writer}


def _why_divide(category: Category, known: bool, where: Whereabouts, access: Access) -> str:
    """Why a coordinator has to look first: what changed between noting and arriving, or was never clear."""
    if not known:
        return _("The subject that was chosen on the tablet is not in use any more: choose another.")
    if where.is_outside:
        return _("The tablet says that this lies outside Kortrijk.")
    if where.point is None:
        return _("The tablet did not know where this is.") if not where.text else _("Which place is meant?")
    if where.area is None or where.area.pk not in access.areas("register"):
        name = where.area.name if where.area else where.text
        return _("Who noted this does not work in %(area)s any more.") % {"area": name}
    return ""


def _join(record: Record, contact: Contact, author: User) -> Became | None:
    """Join the running signal that was chosen; when that ended meanwhile, or may not be read any more, it stands by
    itself."""
    chosen = key(record.content, "join")
    if chosen is None or record.writer:  # a coordinator sees it first
        return None
    signal = Signal.objects.readable(access_of(author)).filter(pk=chosen).first()
    if signal is None:
        return None
    try:
        report = register(contact, join=signal)
    except Refused:
        return None
    return Became(Result.JOINED, "", report.signal, report)
