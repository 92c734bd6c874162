"""What a plan looks like from a distance: the balance of its dimensions, and which plans run in which year."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kortrijk_gebied.charts import BarChart
from teams.models import Plan
from teams.plans.freezing import Frozen
from teams.plans.progress import balance

BEFORE, AFTER = 2, 6  # years beside this one


def chart_of(plan: Frozen) -> BarChart | None:
    return balance(
        plan,
        _("Balance of the dimensions"),
        _("How many goals are proactive, preventive and reactive, for each part of the plan."),
        _("Part of the plan"),
    )


@dataclass(frozen=True)
class YearLine:
    """A plan, and for each year whether it runs."""

    plan: Plan
    years: list[tuple[int, bool]]


def timeline(plans: Iterable[Plan], today: dt.date) -> tuple[list[int], list[YearLine]]:
    years = list(range(today.year - BEFORE, today.year + AFTER + 1))
    lines = [
        YearLine(
            plan, [(year, plan.starts.year <= year and (plan.ends is None or year <= plan.ends.year)) for year in years]
        )
        for plan in plans
    ]
    return years, lines
