"""One row of a file: what it says, or why it cannot be taken."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.locate import Location
from signals.importing.mapping import CHANNELS, ENDED, OPEN, YES, Columns, positions
from signals.models import Category, Channel

ZONE = ZoneInfo(settings.TIME_ZONE)
DATE = re.compile(
    r"(?:(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})|(?P<iy>\d{4})-(?P<im>\d{1,2})-(?P<id>\d{1,2}))"
    r"(?:[T ]+(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?)?"
)
# Older than this is a typing mistake, not a report: line 1777 is younger.
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=ZONE)
NUMBER_LENGTH, PLACE_LENGTH, TEXT_LENGTH = 60, 200, 5000


class Rejected(Exception):
    """This row cannot be taken; the message says why, in the language of who imports."""


@dataclass
class Row:
    line: int
    number: str
    received_at: dt.datetime
    category: Category
    channel: str
    description: str
    place: str
    locality: str
    longitude: float | None
    latitude: float | None
    due_at: dt.datetime | None
    ended_at: dt.datetime | None  # None: still open
    service: str
    answered: bool  # on the spot, by the report desk
    location: Location | None = None  # found later, many at once


class RowReader:
    """Reads rows of one file, with the columns it has and the categories there are."""

    def __init__(self, columns: Columns, header: Sequence[str]) -> None:
        self.at = positions(columns, header)
        self.header = list(header)
        self.width = len(header)
        self.now = timezone.now()
        choosable = list(Category.objects.choosable().select_related("owner__intake_team"))
        self.categories = {category.code: category for category in choosable}
        self.categories |= {category.name.casefold(): category for category in choosable}
        self._seen: dict[str, int] = {}

    def read(self, line: int, cells: Sequence[str]) -> Row:
        if len(cells) != self.width:
            raise Rejected(
                _("The row has %(cells)s columns, the header %(width)s.") % {"cells": len(cells), "width": self.width}
            )
        if any("\0" in cell for cell in cells):
            raise Rejected(_("The row holds an unreadable character."))
        given = {field: cells[place].strip() for field, place in self.at.items()}
        row = self._row(line, given)
        first = self._seen.setdefault(row.number, line)
        if first != line:
            raise Rejected(
                _("Number %(number)s is already on row %(first)s of this file.")
                % {"number": row.number, "first": first}
            )
        return row

    def _row(self, line: int, given: dict[str, str]) -> Row:
        number = _within(given["number"], NUMBER_LENGTH, _("The number"))
        if not number:
            raise Rejected(_("The number is missing."))
        received_at = self._past(given["received_at"], _("Date of the report"))
        if received_at is None:
            raise Rejected(_("The date of the report is missing."))
        if received_at < EARLIEST:
            raise Rejected(_("Date of the report “%(date)s” is too long ago.") % {"date": given["received_at"]})
        category = self._category(given["category"])
        longitude, latitude = _point(given.get("longitude", ""), given.get("latitude", ""))
        answered = given.get("answered", "").casefold() in YES
        return Row(
            line=line,
            number=number,
            received_at=received_at,
            category=category,
            channel=_channel(given.get("channel")),
            description=_within(given.get("description", ""), TEXT_LENGTH, _("The description")) or category.name,
            place=_within(given.get("place", ""), PLACE_LENGTH, _("The place")),
            locality=given.get("locality", ""),
            longitude=longitude,
            latitude=latitude,
            due_at=self._due(given.get("due_at", ""), received_at),
            ended_at=self._ended(given, received_at, answered),
            service=_within(given.get("service", ""), PLACE_LENGTH, _("The service")),
            answered=answered,
        )

    def _category(self, word: str) -> Category:
        if not word:
            raise Rejected(_("The subject is missing."))
        found = self.categories.get(word.casefold())
        if found is None:
            raise Rejected(_("Subject “%(word)s” is not known.") % {"word": word[:80]})
        return found

    def _past(self, word: str, what: str) -> dt.datetime | None:
        moment = _moment(word, what)
        if moment and moment > self.now:
            raise Rejected(_("%(what)s “%(date)s” lies in the future.") % {"what": what, "date": word})
        return moment

    @staticmethod
    def _due(word: str, received_at: dt.datetime) -> dt.datetime | None:
        due_at = _moment(word, _("Due date"))
        if due_at and due_at < received_at:
            raise Rejected(_("Due date “%(date)s” lies before the report.") % {"date": word})
        return due_at

    def _ended(self, given: dict[str, str], received_at: dt.datetime, answered: bool) -> dt.datetime | None:
        ended_at = self._past(given.get("ended_at", ""), _("Date of handling"))
        status = given.get("status", "").casefold()
        if status and status not in OPEN | ENDED:
            raise Rejected(_("Status “%(status)s” is not known.") % {"status": given["status"][:40]})
        if answered:
            # The clock of the answer may run a minute behind that of the call; it ended when it was told.
            return received_at
        if status in ENDED and ended_at is None:
            raise Rejected(_("Handled, but the date of handling is missing."))
        if status in OPEN and ended_at is not None:
            raise Rejected(_("Still open, but there is a date of handling."))
        if ended_at and ended_at < received_at:
            raise Rejected(_("It ended before it began: handled on %(date)s.") % {"date": given["ended_at"]})
        return ended_at


def _moment(word: str, what: str) -> dt.datetime | None:
    if not word:
        return None
    if match := DATE.fullmatch(word):
        part = match.groupdict()
        year, month, day = (part[name] or part[f"i{name}"] for name in "ymd")
        try:
            return dt.datetime(
                int(year), int(month), int(day), int(part["H"] or 0), int(part["M"] or 0), tzinfo=ZONE
            )  # fmt: skip
        except ValueError:
            pass
    raise Rejected(_("%(what)s “%(date)s” is not readable as day/month/year.") % {"what": what, "date": word[:40]})


def _point(longitude: str, latitude: str) -> tuple[float | None, float | None]:
    if not longitude and not latitude:
        return None, None
    if not longitude or not latitude:
        raise Rejected(_("One of the two coordinates is missing."))
    try:
        x, y = float(longitude.replace(",", ".")), float(latitude.replace(",", "."))
    except ValueError:
        x = y = 999
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise Rejected(
            _("Coordinates “%(latitude)s; %(longitude)s” are not readable as degrees.")
            % {"latitude": latitude[:20], "longitude": longitude[:20]}
        )
    return x, y


def _channel(word: str | None) -> str:
    if word is None:  # the file has no such column: it comes from a call line
        return Channel.PHONE
    channel = CHANNELS.get(word.casefold())
    if channel is None:
        raise Rejected(_("Channel “%(word)s” is not known.") % {"word": word[:40]})
    return channel


def _within(word: str, length: int, what: str) -> str:
    if len(word) > length:
        raise Rejected(_("%(what)s is longer than %(length)s characters.") % {"what": what, "length": length})
    return word
