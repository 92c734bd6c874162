"""The figures room by room, for a spreadsheet."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kortrijk_gebied.sheets import Cell
from reservations.use.report import UseReport


def heading() -> list[str]:
    return [
        _("building"), _("room"), _("hours open"), _("hours used"), _("bookings"), _("not shared with you"),
        _("people"), _("seats there"), _("counted"), _("came"), _("expected of those"), _("nobody came"),
        _("cancelled"), _("cancelled late"),
    ]  # fmt: skip


def rows(report: UseReport) -> Iterator[list[Cell]]:
    for line in report.by_room:
        people = line.people
        yield [
            line.of.building.name, line.of.name, round(line.hours.open, 2), round(line.hours.used, 2), people.uses,
            people.hidden, people.persons, people.seats, people.counted, people.came, people.expected_of_counted,
            people.no_shows, people.cancelled, people.cancelled_late,
        ]  # fmt: skip
