"""The demo city, loaded once: areas, teams, people, two years of reports, three hundred invented signals."""

import datetime as dt
import random
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from areas.load import load_areas
from areas.models import Area
from kortrijk_gebied.periods import previous_month
from signals import seed as signal_seed
from signals.contacts import write
from signals.demo import (
    accounts,
    areawork_bulletins,
    areawork_care,
    areawork_flags,
    areawork_inventory,
    areawork_meetings,
    areawork_plans,
    areawork_rota,
    areawork_teams,
    dossiers,
    texts,
    year,
)
from signals.demo.arrivals import arrive
from signals.demo.connections import connect
from signals.demo.invented import TELLS, Town, tales
from signals.demo.lists import keep_filters, tag_some
from signals.demo.rules import add_rules
from signals.demo.scenes import accept_lamps, add_photos, give_to_the_warden, scenes
from signals.demo.standing import stand
from signals.demo.tale import Tale
from signals.importing.importer import BATCH, Importer
from signals.levels import Level
from signals.models import Note, Share, Signal
from signals.reading import looked_at
from signals.suggesting.training import train
from teams import reports
from teams import seed as team_seed
from teams.models import MonthlyReport, ReportWords, User
from teams.seed import CODE_17

# When beat mails what is due (kortrijk_gebied/celery.py).
LEAVES_AT = dt.time(6, 30)

type Say = Callable[[str], None]


def is_loaded() -> bool:
    return Signal.objects.filter(invented=True).exists()


def load(say: Say = lambda text: None) -> None:
    """Every step may be repeated; the last one, in one transaction, says that all is there."""
    load_areas()
    team_seed.seed()
    signal_seed.seed()
    people = accounts.create()
    texts.create()
    say("areas, teams and accounts are there")
    _reports(say)
    with transaction.atomic():
        _invented(people)
        town = Town(people)
        fed_back = give_to_the_warden(town)
        accept_lamps(town)
        add_photos(town)
        keep_filters(town)
        tag_some(town)
        add_rules()
        _reads(people)
        connect(people)
        arrive()
        dossiers.create(people)
        areawork_teams.create(people)
        areawork_meetings.create(people)
        areawork_rota.create(people)
        areawork_flags.create(people)
        areawork_inventory.create(people)
        areawork_plans.create(people)
        areawork_care.create(people)
        areawork_bulletins.create(people)
        stand(people)
    say(f"invented signals {Signal.objects.filter(invented=True).count()}, feedback for the warden {fed_back}")
    _months(people)
    say("reports wait for their five lines; one of the month before was sent")
    if lesson := train():
        say(f"the subjects are learned from {lesson.texts} texts")
    with connection.cursor() as cursor:  # what the planner knows of these tables dates from when they were empty
        cursor.execute("ANALYZE")


def _months(people: dict[str, User]) -> None:
    """Of the last month that left by the rule, Overleie shows how a sent report looks; the next one waits for its five
    lines, also when that month still runs."""
    today = timezone.localdate()
    overleie = Area.objects.get(set__code=CODE_17, code="overleie")
    waiting = previous_month(today)
    if _leaves(overleie, waiting) <= today:
        waiting = today.replace(day=1)
    earlier = previous_month(waiting)
    if not ReportWords.objects.filter(area=overleie, month=earlier).exists():
        words = "Het pleintje bleef de hele maand proper.\nDe buurt hielp zelf mee opruimen."
        reports.put_into_words(area=overleie, month=earlier, text=words, by=people["gebiedswerker"])
    for report in reports.draft(earlier, overleie):
        reports.send(report.pk)
        left = dt.datetime.combine(_leaves(overleie, earlier), LEAVES_AT, timezone.get_current_timezone())
        MonthlyReport.objects.sent().filter(pk=report.pk).update(sent_at=left)
    reports.draft(waiting)


def _leaves(area: Area, month: dt.date) -> dt.date:
    """The day on which the rule of the area team lets the report of a month leave."""
    report = MonthlyReport(area=area, month=month)
    return reports.due_on([report], timezone.localdate())[report.pk]


def _reports(say: Say) -> None:
    now = timezone.now()
    latest = list(year.this_year(year.rows_of_file(), now))
    importer = Importer()
    for rows in (list(year.year_before(latest, now)), latest):
        rows.sort(key=lambda row: row.received_at)
        for start in range(0, len(rows), BATCH):
            importer.take(rows[start : start + BATCH])
        say(f"reports: {importer.counts}")


def _invented(people: dict[str, User]) -> None:
    town = Town(people)
    told: list[Tale] = [*tales(town), *scenes(town)]
    write([tale.made for tale in told])
    Note.objects.bulk_create([note for tale in told for note in tale.notes])
    Share.objects.bulk_create([share for tale in told for share in tale.shares])


def _reads(people: dict[str, User]) -> None:
    """The read log of the demo is made by the function that always makes it."""
    dice = random.Random("reads")  # noqa: S311
    sealed = list(Signal.objects.filter(invented=True, level=Level.SEALED).order_by("reported_at"))
    for _evening in range(6):
        looked_at(dice.sample(sealed, 3), by=people[TELLS], surface="signal")
    received = Signal.objects.filter(level=Level.SEALED, shares__team__code="wijkwerking-zuid").distinct()
    looked_at(received[:3], by=people["wijkinspecteur.zuid"], surface="share")
    limited = Signal.objects.filter(invented=True, level=Level.LIMITED, owner__code="politie").order_by("reported_at")
    looked_at(limited[:8], by=people["coordinator.politie"], surface="inbox")
