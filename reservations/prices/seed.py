"""The price groups and moments that a new city begins with. Their prices it sets itself."""

import datetime as dt

from reservations.models import DayKind, PriceBand, PriceGroup, PriceMoment

# code, name, pays a deposit
GROUPS = [
    ("eigen", "Eigen diensten", False),
    ("kortrijk", "Kortrijkse vereniging", True),
    ("elders", "Vereniging van buiten Kortrijk", True),
    ("prive", "Privé", True),
    ("commercieel", "Commercieel", True),
]
MOMENTS = [("dag", "dagtarief"), ("avond", "avondtarief"), ("weekend", "weekendtarief")]
BANDS = [
    (DayKind.WEEKDAY, dt.time(7), "dag"),
    (DayKind.WEEKDAY, dt.time(18), "avond"),
    (DayKind.WEEKEND, dt.time(0), "weekend"),
]


def sow() -> None:
    """Where there is none yet; what a city changed stays."""
    if not PriceGroup.objects.exists():
        PriceGroup.objects.bulk_create(
            PriceGroup(code=code, name=name, pays_deposit=deposit, order=number)
            for number, (code, name, deposit) in enumerate(GROUPS)
        )
    if not PriceMoment.objects.exists():
        moments = PriceMoment.objects.bulk_create(
            PriceMoment(code=code, name=name, order=number) for number, (code, name) in enumerate(MOMENTS)
        )
        by_code = {each.code: each for each in moments}
        PriceBand.objects.bulk_create(
            PriceBand(day_kind=kind, starts=starts, moment=by_code[code]) for kind, starts, code in BANDS
        )
