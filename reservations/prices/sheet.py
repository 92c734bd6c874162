"""A month for a spreadsheet: one line for each booking, as the finance service reads it in."""

from collections.abc import Iterable, Iterator

from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.sheets import Cell
from reservations.models import MonthLine
from reservations.moments import on_clock
from reservations.prices.months import holder_of


def heading() -> list[str]:
    return [
        _("for whom"), _("kind"), _("reference"), _("day"), _("from"), _("until"), _("where"), _("what"), _("amount"),
        _("VAT rate"), _("VAT within"), _("put right"),
    ]  # fmt: skip


def rows(lines: Iterable[MonthLine]) -> Iterator[list[Cell]]:
    for line in lines:
        starts, ends = on_clock(line.starts), on_clock(line.ends)
        yield [
            holder_of(line).name, _("association") if line.association_id else _("organisation"),
            line.booking.reference, date_format(starts, "d/m/Y"), time_format(starts.time(), "H:i"),
            time_format(ends.time(), "H:i"), line.place, line.words, _plain(line.amount), line.vat_rate,
            _plain(line.vat), _("yes") if line.is_correction else "",
        ]  # fmt: skip


def _plain(amount: object) -> str:
    """With a comma and two decimals, and nothing between the thousands: a number to a spreadsheet of this country."""
    return number_format(amount, 2, use_l10n=True, force_grouping=False)  # type: ignore[arg-type]
