"""The beginnings of the stories that are told live: Overleie has two reports and waits for the third."""

import datetime as dt
import random

from areas.models import Place
from signals.contacts import Contact, fresh_references, report_of
from signals.demo.invented import GROUND, TELLS, Town
from signals.demo.photos import add_car, add_paper, add_photo
from signals.demo.tale import Tale
from signals.models import Channel, EventKind, Feedback, Report, Signal, Task
from signals.raised import hears_how_it_ends
from signals.vicinity import times_reported
from signals.workflow import SignalStatus, TaskStatus
from teams.models import User

RUBBISH = (
    "Oude zetel en een tiental zakken naast de glascontainer.",
    "De zakken zijn opengereten, het ligt nu tot op straat.",
)


def scenes(town: Town) -> list[Tale]:
    overleie, kooigem = fresh_references(2)
    return [_overleie(town, overleie), _kooigem(town, kooigem)]


def _overleie(town: Town, reference: str) -> Tale:
    """Rubbish at one spot, twice in a month, with Team Net; no coordinator saw it yet. The third call is yours."""
    category = town.categories["Sluikstort"]
    place = _quiet_spot(town, category.pk)
    first = town.now - dt.timedelta(days=12, hours=3)
    second = town.now - dt.timedelta(days=3, hours=5)

    def told(text: str, channel: Channel, at: dt.datetime, by: str) -> Contact:
        return Contact(
            category=category, description=text, channel=channel, place=place.name, longitude=place.longitude,
            latitude=place.latitude, received_at=at, registered_by=town.people[by],
        )  # fmt: skip

    call = told(RUBBISH[0], Channel.PHONE, first, "agent")
    call.due_at = town.now + dt.timedelta(days=2)
    tale = Tale(call, town.router, reference, random.Random("Overleie"))  # noqa: S311
    warden = told(RUBBISH[1], Channel.WARDEN, second, "gemeenschapswacht")
    tale.made.reports.append(report_of(warden, tale.signal))
    tale.signal.report_count, tale.signal.last_reported_at = 2, second
    tale.made.note(EventKind.JOINED, second, warden.registered_by, channel=Channel.WARDEN)
    tale.settle()
    return tale


def _quiet_spot(town: Town, category_id: int) -> Place:
    """A street of Overleie where nothing of the kind was reported for a month, so that two really is two."""
    places = [place for place, _area in town.spots["Overleie"]]
    return min(
        places,
        key=lambda place: times_reported(
            category_id=category_id, longitude=place.longitude, latitude=place.latitude, until=town.now
        ),
    )


def _kooigem(town: Town, reference: str) -> Tale:
    """A worried neighbour in a village: sealed, with one sentence for the ward inspector."""
    place, x, y, location = town.spot(random.Random("Kooigem"), "Kooigem")  # noqa: S311
    tale = Tale(
        Contact(
            category=town.categories["Bezorgd om iemand"], place=place, longitude=x, latitude=y, location=location,
            description="Bewoonster op hoge leeftijd doet niet meer open. Het gras staat hoog, de post blijft liggen.",
            received_at=town.now - dt.timedelta(days=4, hours=2), registered_by=town.people["agent"],
        ),
        town.router, reference, random.Random("Kooigem"),  # noqa: S311
    )  # fmt: skip
    nurse = town.people[TELLS]
    tale.later(20)
    tale.add_note(nurse, "Huisbezoek gepland. De huisarts kent de situatie.")
    tale.later(20)
    tale.share(
        nurse, town.teams["wijkwerking-zuid"],
        "Donderdag gaan wij langs bij een alleenwonende bewoner in het dorp. Rijd die avond eens door de straat.",
        legal_ground=GROUND, purpose="Veilig huisbezoek", days=21,
    )  # fmt: skip
    tale.settle()
    return tale


def give_to_the_warden(town: Town, *, count: int = 45) -> int:
    """Some of what wardens reported in the north was by Mo: what ended comes back as feedback, part of it unread."""
    mo: User = town.people["gemeenschapswacht"]
    his = (
        Report.objects.filter(
            channel=Channel.WARDEN, registered_by__isnull=True, signal__area__name__in=["Overleie", "Pius X"],
            signal__level=0,
        )
        .order_by("-received_at", "external_number")
        .values_list("pk", flat=True)[:count]
    )  # fmt: skip
    Report.objects.filter(pk__in=list(his)).update(registered_by=mo)
    ended = Signal.objects.ended().filter(
        reports__registered_by=mo, reports__channel=Channel.WARDEN
    ).select_related("category").distinct().order_by("-closed_at")  # fmt: skip
    lines = []
    for number, signal in enumerate(ended):
        assert signal.closed_at is not None  # noqa: S101  it is ended
        heard = hears_how_it_ends(signal, mo)
        read_at = signal.closed_at + dt.timedelta(hours=20) if number >= 6 else None
        lines.append(
            Feedback(
                user=mo, signal=signal, at=signal.closed_at,
                subject=signal.title if heard else signal.category.name,
                text=signal.outcome if heard else "Bezorgd aan de juiste dienst.",
                read_at=min(read_at, town.now) if read_at else None,
            )
        )  # fmt: skip
    Feedback.objects.bulk_create(lines, ignore_conflicts=True)
    return len(lines)


def accept_lamps(town: Town) -> None:
    """The grid operator answers within the week; what came in lately still waits for its yes."""
    by = town.people["fluvius"]
    waiting = Task.objects.filter(team__code="fluvius-verlichting", status=TaskStatus.OFFERED)
    for number, task in enumerate(waiting.select_related("signal", "team").order_by("offered_at", "pk")):
        at = task.offered_at + dt.timedelta(hours=26)
        if at > town.now - dt.timedelta(days=4) or number % 5 == 0:
            continue
        task.status, task.accepted_at, task.accepted_by = TaskStatus.ACCEPTED, at, by
        task.save(update_fields=["status", "accepted_at", "accepted_by"])
        Signal.objects.filter(pk=task.signal_id, status=SignalStatus.ROUTED).update(status=SignalStatus.IN_PROGRESS)
        task.signal.record(EventKind.ACCEPTED, by=by, at=at, task=task, team=task.team.name, title=task.title)


def add_photos(town: Town, count: int = 8) -> None:
    mo = town.people["gemeenschapswacht"]
    signals = Signal.objects.open().filter(reports__registered_by=mo, reports__channel=Channel.WARDEN)
    shown: Report | None = None  # in Overleie, where everybody looks
    for number, signal in enumerate(
        signals.select_related("category", "area").distinct().order_by("-reported_at")[:count]
    ):
        report = signal.reports.filter(registered_by=mo).latest("received_at")
        add_photo(report, by=mo, number=number)
        if signal.area and signal.area.code == "overleie":
            shown = report
    if shown:
        add_car(shown, by=mo)
        add_paper(shown, by=mo)
