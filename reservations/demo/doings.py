"""What there is to do in the demo city: the meals, courses, sitting days and open houses of the centres."""

import csv
import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.workdays import A_DAY
from reservations.activities import dates
from reservations.models import Activity, ActivityKind, Building

TABLE = Path(__file__).parent / "doings.csv"
BACK, AHEAD = 28, 150  # days: within the school holidays that are known
CALLED_OFF = "Bingo"
FESTIVAL_BESIDE = "Digitaal café"  # in the same house
FESTIVAL = [(24, "19:30", "22:00"), (25, "14:00", "17:00"), (26, "10:30", "12:00")]


def is_loaded() -> bool:
    return Activity.objects.exists()


@transaction.atomic
def load() -> int:
    """Of every line of the table whose house stands in an area; how many."""
    houses = {house.code: house for house in Building.objects.select_related("owner", "area")}
    with TABLE.open(encoding="utf-8", newline="") as table:
        made = [_made(row, houses[row["house"]]) for row in csv.DictReader(table) if _stands(row["house"], houses)]
    made += [_festival(each) for each in made if each.title == FESTIVAL_BESIDE][:1]
    for activity in made:
        dates.write(activity)
        if activity.title == CALLED_OFF:
            dates.call_off(activity, activity.dates.filter(starts__gt=timezone.now())[0].on)
    return len(made)


def _made(row: dict[str, str], house: Building) -> Activity:
    today = timezone.localdate()
    return Activity(
        title=row["title"], description=row["description"], kind=ActivityKind(row["kind"]),
        targets=row["targets"].split(), area=house.area, building=house, place=row["place"],
        organisation=house.owner, price=row["price"], contact_line=house.contact_phone,
        weekdays=[int(day) for day in row["days"].split()], nth=int(row["nth"]) if row["nth"] else None,
        interval=int(row["every"]), first_on=today - A_DAY * BACK, until=today + A_DAY * AHEAD,
        start_time=dt.time.fromisoformat(row["start"]), end_time=dt.time.fromisoformat(row["end"]),
        skips_school_holidays=row["kind"] == ActivityKind.COURSE, is_public=True, is_example=True,
    )  # fmt: skip


def _festival(beside: Activity) -> Activity:
    """On days of its own, each with its own hours."""
    made = Activity(
        title="Vertelweekend", description="Verhalen uit de buurt, van wie er woont.", targets=["families"],
        area=beside.area, building=beside.building, place="Cafetaria", organisation=beside.organisation,
        price="gratis", contact_line=beside.contact_line, is_public=True, is_example=True,
    )  # fmt: skip
    today, clock = timezone.localdate(), dt.time.fromisoformat
    dates.put_on(made, [(today + A_DAY * days, clock(start), clock(end)) for days, start, end in FESTIVAL])
    return made


def _stands(code: str, houses: dict[str, Building]) -> bool:
    return code in houses and houses[code].area_id is not None
