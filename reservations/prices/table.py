"""Prices as a table: of each price group what each moment costs."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from reservations.models import DayKind, Price, PriceBand, PriceGroup, PriceList, PriceMoment, Tariff

# What a prefetch of lists needs beside it.
WITH_PRICES = ("prices__moment", "prices__price_group")


@dataclass(frozen=True)
class Table:
    price_list: PriceList
    moments: list[PriceMoment]
    rows: list[tuple[PriceGroup, list[Price | None]]]

    @classmethod
    def of(cls, found: PriceList | None) -> "Table | None":
        """Its prices, fetched with their moments and groups (`WITH_PRICES`)."""
        if found is None:
            return None
        prices = {(each.price_group_id, each.moment_id): each for each in found.prices.all()}
        moments = sorted({each.moment for each in prices.values()}, key=lambda each: (each.order, each.name))
        groups = sorted({each.price_group for each in prices.values()}, key=lambda each: (each.order, each.name))
        rows = [(group, [prices.get((group.pk, moment.pk)) for moment in moments]) for group in groups]
        return cls(found, moments, rows)


def current_list(tariff: Tariff, day: dt.date) -> PriceList | None:
    """That holds on that day, else the first that is to come; from what is prefetched."""
    lists = sorted(tariff.lists.all(), key=lambda each: each.valid_from)
    holds = (each for each in lists if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to))
    return next(holds, None) or next((each for each in lists if each.valid_from > day), None)


def bands_in_words() -> dict[str, list[str]]:
    """Of each moment when it holds: `maandag tot vrijdag van 18.00 tot 24.00 uur`."""
    by_kind: dict[str, list[PriceBand]] = defaultdict(list)
    for band in PriceBand.objects.select_related("moment").order_by("day_kind", "starts"):
        by_kind[band.day_kind].append(band)
    said: dict[str, list[str]] = defaultdict(list)
    for kind, bands in sorted(by_kind.items()):
        for number, band in enumerate(bands):
            over = bands[(number + 1) % len(bands)].starts
            words = {
                "days": DayKind(kind).label, "start": time_format(band.starts, "G.i"), "end": time_format(over, "G.i")
            }  # fmt: skip
            whole = _("%(days)s, the whole day") if len(bands) == 1 else _("%(days)s from %(start)s to %(end)s")
            said[band.moment.name].append(whole % words)
    return dict(said)
