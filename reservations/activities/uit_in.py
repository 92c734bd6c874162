"""Events of UiTdatabank become activities: what each says is read, and taken when it can be.

Repeatable by the id of the event. What changed there is changed here; what was changed here is not overwritten: then it
is refused, with that reason. The shapes are those of `uit_out`; a name may also be a plain word, as older events have.
"""

import hashlib
import html
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from reservations.activities import dates
from reservations.activities.terms import KINDS, targets_in
from reservations.activities.uit_when import calendar_in
from reservations.models import Activity, ActivityKind, Association, Building
from teams.models import Organisation, User

type Json = Mapping[str, Any]

MOST, MOST_BYTES = 2000, 8 * 1024 * 1024
# What of an activity comes from there.
FIELDS = (
    "title", "description", "kind", "targets", "area_id", "building_id", "place", "organisation_id", "association_id",
    "contact_line", "price", "first_on", "until", "start_time", "end_time", "weekdays", "days", "cancelled_on",
    "is_public", "day_starts", "day_ends",
)  # fmt: skip
# Said only when they are there: what came in before we knew them keeps its digest.
LATER = {"day_starts", "day_ends"}
BREAKS = re.compile(r"<(?:br|/p|/li)[^>]*>", re.IGNORECASE)


@dataclass
class Report:
    added: list[Activity] = field(default_factory=list)
    changed: list[Activity] = field(default_factory=list)
    same: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)  # which, and why


def read(data: bytes, *, by: User, areas: Iterable[Area]) -> Report:
    """Item by item: one that cannot be taken stops no other. Raises Refused when it is no list of events at all."""
    report, known = Report(), Known(by, areas)
    for number, item in enumerate(_items(data), start=1):
        try:
            with transaction.atomic():
                _take(item, known, report)
        except (Refused, ValidationError, ValueError, TypeError, OverflowError) as refusal:
            name = _word(item.get("name")) if isinstance(item, Mapping) else ""
            name = name.encode(errors="replace").decode()
            report.refused.append((name or _("event %(number)s") % {"number": number}, _reason(refusal)))
    return report


def _reason(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, Refused):
        return str(refusal)
    return _(
        "It holds a day, a number or a sign that does not exist."
    )  # half a sign, the year 0, a price of 400 digits


def _items(data: bytes) -> list[Any]:
    if len(data) > MOST_BYTES:
        raise Refused(_("This file is too large. Give it in parts."))
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(_("This is not JSON. Save the answer of UiTdatabank as it comes.")) from error
    if isinstance(found, dict):
        found = found["member"] if isinstance(found.get("member"), list) else [found]
    if not isinstance(found, list) or not found:
        raise Refused(_("There is no event in this file."))
    if len(found) > MOST:
        raise Refused(_("That are more than %(most)s events. Give them in parts.") % {"most": MOST})
    return found


class Known:
    """What names lead to, read once for the whole file."""

    def __init__(self, by: User, areas: Iterable[Area]) -> None:
        self.by = by
        self.areas = {area.name.lower(): area for area in areas}
        self.buildings = {each.name.lower(): each for each in Building.objects.select_related("area")}
        self.associations = {each.name.lower(): each for each in Association.objects.all()}
        self.organisations = {each.name.lower(): each for each in Organisation.objects.all()}


def _take(item: Any, known: Known, report: Report) -> None:
    if not isinstance(item, Mapping):
        raise Refused(_("This is no event."))
    key = _key(item)
    said = _said(item, known)
    found = Activity.objects.select_for_update(of=("self",)).filter(uit_id=key).first()
    digest = digest_of(said)
    if found is None:
        made = Activity(**said, uit_id=key, uit_digest=digest, created_by=known.by)
        _write(made)
        report.added.append(made)
        return
    if digest == found.uit_digest:
        report.same += 1
        return
    if digest_of({name: getattr(found, name) for name in FIELDS}) != found.uit_digest:
        raise Refused(_("It was changed there, and here too. What stands here stays; change it by hand."))
    for name, value in said.items():
        setattr(found, name, value)
    found.uit_digest = digest
    _write(found)
    report.changed.append(found)


def _write(activity: Activity) -> None:
    activity.full_clean(validate_unique=False)
    rows = dates.rows_of(activity)
    if not rows or max(row.ends for row in rows) < timezone.now():
        raise Refused(_("It is over."))
    dates.write(activity)


def digest_of(said: Mapping[str, Any]) -> str:
    facts = [[name, _plain(said.get(name))] for name in FIELDS if said.get(name) or name not in LATER]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, default=str).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return [str(each) for each in value] if isinstance(value, list) else str(value)


# --- what an event says ---------------------------------------------------------------------------------


def _key(item: Json) -> str:
    last = str(item.get("@id") or item.get("id") or "").rstrip("/").rpartition("/")[2]
    try:
        return str(uuid.UUID(last))
    except ValueError as error:
        raise Refused(_("It has no id of UiTdatabank.")) from error


def _said(item: Json, known: Known) -> dict[str, Any]:
    title = _word(item.get("name"))
    if not title:
        raise Refused(_("It has no name."))
    where = _where(item, known)
    return {
        "title": title[:120],
        "description": _text(_word(item.get("description")))[:2000],
        "kind": _kind(item),
        "targets": targets_in(str(item.get("typicalAgeRange") or "")),
        "contact_line": _contact(item)[:200],
        "price": _price(item)[:120],
        "is_public": _word(item.get("audience"), "audienceType") in ("", "everyone"),
        **where,
        **_holder(item, known),
        **calendar_in(item),
    }


def _word(said: Any, of: str = "nl") -> str:
    """A word, or the one of a language; in Dutch when there is."""
    if isinstance(said, Mapping):
        said = said.get(of) or (next(iter(said.values()), "") if of == "nl" else "")
    return said.replace("\0", "").strip() if isinstance(said, str) else ""


def _text(markup: str) -> str:
    return html.unescape(strip_tags(BREAKS.sub("\n", markup))).strip()


def _kind(item: Json) -> str:
    terms = item.get("terms")
    ids = [str(term.get("id")) for term in terms if isinstance(term, Mapping)] if isinstance(terms, list) else []
    return next((KINDS[each] for each in ids if each in KINDS), ActivityKind.ACTIVITY)


def _where(item: Json, known: Known) -> dict[str, Any]:
    location = item.get("location")
    if not isinstance(location, Mapping):
        raise Refused(_("It does not say where."))
    name, address = _word(location.get("name")), location.get("address")
    if isinstance(address, Mapping) and isinstance(address.get("nl"), Mapping):
        address = address["nl"]
    address = address if isinstance(address, Mapping) else {}
    building = known.buildings.get(name.lower())
    town = _word(address.get("addressLocality"))
    area = building.area if building else known.areas.get(town.lower()) or known.areas.get(name.lower())
    if area is None:
        raise Refused(
            _("We do not know in which area “%(place)s” is. Add the building, or write it down by hand.")
            % {"place": name or town}
        )
    parts = [name, _word(address.get("streetAddress")), f"{_word(address.get('postalCode'))} {town}".strip()]
    place = "" if building else ", ".join(part for part in parts if part)
    return {"area_id": area.pk, "building_id": building.pk if building else None, "place": place[:200]}


def _holder(item: Json, known: Known) -> dict[str, Any]:
    """Whoever is named; without a name it is of who brings the file."""
    organizer = item.get("organizer")
    name = _word(organizer.get("name")) if isinstance(organizer, Mapping) else ""
    if not name:
        return {"organisation_id": known.by.organisation_id, "association_id": None}
    if name.lower() in known.organisations:
        return {"organisation_id": known.organisations[name.lower()].pk, "association_id": None}
    if name.lower() in known.associations:
        return {"organisation_id": None, "association_id": known.associations[name.lower()].pk}
    raise Refused(_("“%(name)s” is not in the register of associations. Add it first.") % {"name": name})


def _contact(item: Json) -> str:
    for place in (item.get("bookingInfo"), item.get("contactPoint")):
        if isinstance(place, Mapping):
            said = (place.get(name) for name in ("phone", "email", "url"))
            words = [each[0] if isinstance(each, list) and each else each for each in said]
            if found := [_word(word) for word in words if _word(word)]:
                return ", ".join(found)
    return ""


def _price(item: Json) -> str:
    prices = item.get("priceInfo")
    for each in prices if isinstance(prices, list) else []:
        if isinstance(each, Mapping) and each.get("category") == "base" and isinstance(each.get("price"), int | float):
            if not isfinite(each["price"]):
                raise Refused(_("Its price is no number."))
            amount = f"{each['price']:.2f}".replace(".", ",").removesuffix(",00")
            return "gratis" if not each["price"] else f"{amount} euro"
    return ""
