"""Activities as events of UiTdatabank (its Entry API, JSON-LD).

After the guide "Calendar info" of that API and the examples with which UiTdatabank tests itself
(cultuurnet/udb3-backend, features/data/events): `calendarType` is single or multiple with a `subEvent` per date, or
periodic with `openingHours` by `dayOfWeek`; names and texts stand by language; ages are "6-12", "60-" or "-"; a price
is a number in euro; a date that is called off has status Unavailable. Two things only UiTdatabank can give: the `@id`
of a place and of an organiser. We write their name and address, as its own events show them; who sends this on puts the
`@id` there. Of a price in words that is no number we write no price.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kortrijk_gebied.workdays import A_DAY
from reservations.activities.terms import EVENT_TYPES, UNSAID, age_range
from reservations.models import Activity, ActivityDate, ActivityKind
from reservations.moments import on_clock

LANGUAGE = "nl"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVENT_URL = "https://io.uitdatabank.be/event/"
ADDRESS = re.compile(r"^(?P<street>.+?),\s*(?P<code>\d{4})\s+(?P<town>.+)$")
EUROS = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(?:euro|€)|€\s*(\d+(?:[.,]\d{1,2})?)", re.IGNORECASE)
FREE = re.compile(r"\bgratis\b", re.IGNORECASE)
MAIL, PHONE, URL = re.compile(r"[^\s,;]+@[^\s,;]+\.\w+"), re.compile(r"0\d[\d ./]{6,}\d"), re.compile(r"https?://\S+")


def event(activity: Activity, dates: Iterable[ActivityDate]) -> dict[str, Any]:
    found = sorted(dates, key=lambda each: each.starts)
    term, label = EVENT_TYPES.get(ActivityKind(activity.kind), UNSAID)
    written: dict[str, Any] = {
        "@context": "/contexts/event",
        "mainLanguage": LANGUAGE,
        "name": {LANGUAGE: activity.title},
        "terms": [{"id": term, "label": label, "domain": "eventtype"}],
        "location": _location(activity),
        "organizer": {"mainLanguage": LANGUAGE, "name": {LANGUAGE: activity.holder.name}},
        **_calendar(activity, found),
        "typicalAgeRange": age_range(activity.targets),
        "audience": {"audienceType": "everyone"},
    }
    if activity.uit_id:
        written["@id"] = EVENT_URL + activity.uit_id
    if activity.description:
        written["description"] = {LANGUAGE: activity.description}
    return written | _price(activity.price) | _contact(activity.contact_line)


def collection(activities: Iterable[Activity]) -> dict[str, Any]:
    """As the answer of its search: the dates of each were fetched along."""
    member = [event(each, each.dates.all()) for each in activities]
    return {
        "@context": "http://www.w3.org/ns/hydra/context.jsonld", "@type": "PagedCollection",
        "itemsPerPage": len(member), "totalItems": len(member), "member": member,
    }  # fmt: skip


def _location(activity: Activity) -> dict[str, Any]:
    building = activity.building
    found = ADDRESS.match((building.address if building else activity.place) or "")
    name = building.name if building else activity.place
    return {
        "mainLanguage": LANGUAGE,
        "name": {LANGUAGE: name or activity.area.name},
        "address": {LANGUAGE: {
            "addressCountry": "BE",
            "addressLocality": found["town"] if found else "Kortrijk",
            "postalCode": found["code"] if found else "8500",
            "streetAddress": found["street"] if found else (building.address if building else activity.place),
        }},
    }  # fmt: skip


def _calendar(activity: Activity, dates: list[ActivityDate]) -> dict[str, Any]:
    if not dates:
        return {"calendarType": "single", "subEvent": []}
    span = {"startDate": _moment(dates[0].starts), "endDate": _moment(dates[-1].ends)}
    off = all(each.is_cancelled for each in dates)
    status = {"status": _status(off=off)}
    if _is_whole_weeks(activity, dates):
        hours = {
            "opens": f"{activity.start_time:%H:%M}", "closes": f"{activity.end_time:%H:%M}",
            "dayOfWeek": [DAYS[number] for number in sorted(activity.weekdays)],
        }  # fmt: skip
        return {"calendarType": "periodic", **span, **status, "openingHours": [hours]}
    sub = [
        {"startDate": _moment(each.starts), "endDate": _moment(each.ends), "status": _status(off=each.is_cancelled)}
        for each in dates
    ]
    return {"calendarType": "single" if len(sub) == 1 else "multiple", **span, **status, "subEvent": sub}


def _is_whole_weeks(activity: Activity, dates: list[ActivityDate]) -> bool:
    """Every week, and no date of it missing: only then hours by weekday say the same as the dates."""
    if not activity.weekdays or activity.nth or activity.interval != 1 or activity.until is None:
        return False
    if activity.end_time <= activity.start_time or any(each.is_cancelled for each in dates):
        return False
    length = (activity.until - activity.first_on).days + 1
    days = (activity.first_on + A_DAY * number for number in range(length))
    return [each.on for each in dates] == [day for day in days if day.weekday() in activity.weekdays]


def _moment(moment: dt.datetime) -> str:
    return on_clock(moment).isoformat(timespec="seconds")


def _status(*, off: bool) -> dict[str, Any]:
    if not off:
        return {"type": "Available"}
    return {"type": "Unavailable", "reason": {LANGUAGE: _("Does not take place.")}}


def _price(words: str) -> dict[str, Any]:
    found = EUROS.search(words)
    if not found and not FREE.search(words):
        return {}
    amount = float((found[1] or found[2]).replace(",", ".")) if found else 0
    base = {"category": "base", "name": {LANGUAGE: "Basistarief"}, "price": amount, "priceCurrency": "EUR"}
    return {"priceInfo": [base]}


def _contact(line: str) -> dict[str, Any]:
    """What in the line is a number, an address or a page; who reads it registers there."""
    found = {"phone": PHONE.search(line), "email": MAIL.search(line), "url": URL.search(line)}
    said = {name: match[0].strip() for name, match in found.items() if match}
    if not said:
        return {}
    booking: dict[str, Any] = dict(said)
    if "url" in said:
        booking["urlLabel"] = {LANGUAGE: _("Register")}
    return {"contactPoint": {name: [said[name]] if name in said else [] for name in found}, "bookingInfo": booking}
