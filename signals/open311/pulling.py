"""Requests of another server becoming reports of ours: each once, by the number it has there.

They go the way of every import: same routing rules, on their own date, and nobody gets a mail.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from signals.importing.importer import Importer
from signals.importing.rows import EARLIEST, NUMBER_LENGTH, PLACE_LENGTH, TEXT_LENGTH, Rejected, Row
from signals.models import Category, Channel
from signals.open311 import parsing
from signals.open311.answers import NO_TEXT, ApiError, check_text
from signals.open311.listing import moment_of

type Refused = Callable[[str, str], None]
"""Hears of what is not taken: its number there, and why."""


@dataclass
class Puller:
    """`subjects` says which subject of ours a service of theirs is; else its code or its name must be the same."""

    source: str
    subjects: dict[str, str] = field(default_factory=dict)
    refused: Refused = lambda number, reason: None
    dry_run: bool = False

    def __post_init__(self) -> None:
        choosable = list(Category.objects.choosable().select_related("owner__intake_team"))
        self.by_code = {category.code: category for category in choosable}
        self.by_name = {category.name.casefold(): category for category in choosable}
        self.numbers: dict[int, str] = {}
        self.seen: set[str] = set()
        self.importer = Importer(lambda refusal: self.refused(self.numbers[refusal.line], refusal.reason),
                                 dry_run=self.dry_run)  # fmt: skip
        self.count_refused = 0

    def take(self, rows: Iterable[parsing.Row]) -> None:
        """One answer of the server. The moments between two windows come in both: they count once."""
        readable = []
        for given in rows:
            number = NO_TEXT.sub("", given.get("service_request_id", ""))
            if number and number in self.seen:
                continue
            self.seen.add(number)
            line = len(self.numbers) + 1
            self.numbers[line] = number
            try:
                readable.append(self._row(line, number, given))
            except Rejected as reason:
                self.count_refused += 1
                self.refused(number, str(reason))
        self.importer.take(readable)

    @property
    def result(self) -> str:
        counts = self.importer.counts
        refused = self.count_refused + counts.rejected
        return f"pulled {counts.imported}, already known {counts.already_known}, refused {refused}"

    def _row(self, line: int, number: str, given: parsing.Row) -> Row:
        try:
            check_text(given)
        except ApiError as error:
            raise Rejected(error.descriptions[0]) from error
        if not number:
            raise Rejected(_("The number is missing."))
        ours = f"{self.source}:{number}"
        if len(ours) > NUMBER_LENGTH:
            raise Rejected(_("The number is too long."))
        category = self._category(given)
        received_at = _past(given, "requested_datetime")
        if received_at is None:
            raise Rejected(_("The moment of the report (requested_datetime) is missing."))
        if received_at < EARLIEST:
            raise Rejected(_("The report is of before 2000."))
        longitude, latitude = _point(given)
        due_at = moment_of(given.get("expected_datetime", ""))
        place = given.get("address", "")[:PLACE_LENGTH]
        return Row(
            line=line, number=ours, received_at=received_at, category=category, channel=Channel.PARTNER,
            description=given.get("description", "")[:TEXT_LENGTH] or category.name, place=place, locality="",
            longitude=longitude, latitude=latitude, due_at=due_at if due_at and due_at >= received_at else None,
            ended_at=_end(given, received_at), service=given.get("agency_responsible", "")[:PLACE_LENGTH],
            answered=False,
        )  # fmt: skip

    def _category(self, given: parsing.Row) -> Category:
        code, name = given.get("service_code", ""), given.get("service_name", "")
        found = self.by_code.get(self.subjects.get(code, code)) or self.by_name.get(name.casefold())
        if found is None:
            said = _("We have no subject for “%(name)s” (%(code)s). Name ours with --subject.")
            raise Rejected(said % {"name": name[:80], "code": code[:80]})
        return found


def _end(given: parsing.Row, received_at: dt.datetime) -> dt.datetime | None:
    status = given.get("status", "")
    if status == "open":
        return None
    if status != "closed":
        raise Rejected(_("State “%(word)s” (status) does not exist: open or closed.") % {"word": status[:20]})
    return max(_past(given, "updated_datetime") or received_at, received_at)


def _past(given: parsing.Row, name: str) -> dt.datetime | None:
    text = given.get(name, "")
    if not text:
        return None
    moment = moment_of(text)
    if moment is None:
        raise Rejected(_("%(field)s “%(text)s” is no moment with its time zone.") % {"field": name, "text": text[:40]})
    if moment > timezone.now():
        raise Rejected(_("%(field)s “%(text)s” lies in the future.") % {"field": name, "text": text[:40]})
    return moment


def _point(given: parsing.Row) -> tuple[float | None, float | None]:
    latitude, longitude = given.get("lat", ""), given.get("long", "")
    if not latitude and not longitude:
        return None, None
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        x = y = 999.0
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise Rejected(_("lat and long are not readable as degrees."))
    return x, y
