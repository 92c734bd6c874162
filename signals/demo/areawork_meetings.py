"""Meetings of the demo: Overleie's team met a month ago and meets again; Bellegem's has nothing to decide. All
invented. Safe to repeat."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from kortrijk_gebied.workdays import BRUSSELS, add_working_days
from teams.models import Action, AgendaPoint, Meeting, PointCorrection, Team, User
from teams.models.audience import Audience
from teams.models.meetings import PointState

OVERLEIE, BELLEGEM = "gebiedsteam-overleie-pius-x", "gebiedsteam-bellegem"


@dataclass(frozen=True)
class Said:
    """A point: who raised it, what came of it, and who promised what within how many days after the meeting."""

    by: str
    title: str
    text: str = ""
    decision: str = ""
    state: str = PointState.OPEN
    to_decide: bool = False
    agreed: tuple[tuple[str, str, int], ...] = ()


LAST_MONTH = (
    Said("wijkinspecteur", "Fietsen op het Overleieplein", "Bij het einde van de school is het druk en smal.",
         "Tussen 15.30 en 16.30 u. is het plein voor voetgangers.", PointState.DECIDED, to_decide=True, agreed=(
             ("gebiedswerker", "Borden en een brief aan de ouders van De Wegwijzer", 12),
             ("wijkinspecteur", "Twee weken toezicht bij het einde van de school", 21),
         )),
    Said("buurtwerker", "Zitbank aan het voetpad naar het dienstencentrum",
         "Ouderen vragen halverwege een plek om te rusten.", "", PointState.DECIDED, to_decide=True, agreed=(
             ("coordinator", "Een bank vragen aan Openbaar domein", 45),
         )),
    Said("coordinator.ocmw", "Nieuwe openingsuren van de antenne", "Op woensdag ook in de namiddag.", "",
         PointState.NOTED),
    Said("gebiedswerker", "Vlaggen voor de buurtdag", "", "De school regelt dit zelf.", PointState.DROPPED),
)  # fmt: skip
COMING = (
    Said("buurtwerker", "Leegstaand pand op de hoek van de Overleiestraat", "Wie kent de eigenaar?", to_decide=True),
    Said("wijkinspecteur", "Verlichting onder de brug", "Drie meldingen sinds de klok verzet is.", to_decide=True),
    Said("gebiedswerker", "Stand van het speelpleintje"),
)
WAITING = (
    Said("coordinator", "Winterdienst: wie strooit aan het dienstencentrum?", to_decide=True),
    Said("buurtwerker", "Babbelbank in het park"),
)
BELLEGEM_COMING = (
    Said("deelgemeente", "Stand van de werken in de Bellegemstraat"),
    Said("wijkinspecteur.zuid", "Terugblik op de buurtdag"),
)


def create(people: dict[str, User]) -> None:
    if Meeting.objects.exists():
        return
    els, geert, today = people["gebiedswerker"], people["deelgemeente"], timezone.localdate()
    overleie = Team.objects.get(code=OVERLEIE)
    held = _meeting(overleie, _back(today, 28), els, "Dienstencentrum Overleie")
    _points(overleie, held, LAST_MONTH, people)
    _corrected(held, els)
    Meeting.objects.filter(pk=held.pk).update(state="held", minutes_sent_at=held.ends, minutes_sent_by=els)
    _points(overleie, _meeting(overleie, add_working_days(today, 5), els, "Buurthuis Overleie"), COMING, people)
    _points(overleie, None, WAITING, people)
    bellegem = Team.objects.get(code=BELLEGEM)
    _points(bellegem, _meeting(bellegem, add_working_days(today, 2), geert, "OC Bellegem"), BELLEGEM_COMING, people)


def _back(day: dt.date, days: int) -> dt.date:
    return add_working_days(day - dt.timedelta(days=days), 0)


def _meeting(team: Team, day: dt.date, by: User, place: str) -> Meeting:
    starts = dt.datetime.combine(day, dt.time(9, 30), BRUSSELS)
    return Meeting.objects.create(
        team=team, starts=starts, ends=starts + dt.timedelta(hours=1), place=place, chair=by, created_by=by,
        created_at=starts - dt.timedelta(days=40),
    )  # fmt: skip


def _points(team: Team, meeting: Meeting | None, said: tuple[Said, ...], people: dict[str, User]) -> None:
    for position, each in enumerate(said, 1):
        ended = meeting if each.state != PointState.OPEN else None
        raised = (meeting.starts if ended and meeting else timezone.now()) - dt.timedelta(days=6, hours=position)
        point = AgendaPoint.objects.create(
            team=team, meeting=meeting, position=position if meeting else 0, title=each.title, text=each.text,
            needs_decision=each.to_decide, raised_by=people[each.by], raised_at=raised, state=each.state,
            decision=each.decision, decided_at=ended.ends if ended else None,
            decided_by=people["gebiedswerker"] if ended else None,
        )  # fmt: skip
        for who, what, days in each.agreed:
            _agreed(point, people[who], what, days)


def _corrected(meeting: Meeting, by: User) -> None:
    """One hour was written down wrongly, and set right the day after."""
    first = meeting.points.exclude(decision="").order_by("position")[0]
    PointCorrection.objects.create(
        point=first, was_state=first.state, was_decision=first.decision.replace("16.30", "16.00"), by=by,
        reason="De school is pas om 16.30 u. uit.", at=meeting.ends + dt.timedelta(days=1),
    )  # fmt: skip


def _agreed(point: AgendaPoint, who: User, what: str, days: int) -> None:
    if point.meeting is None:
        return
    action = Action(
        kind=Action.Kind.AGREEMENT, title=what, team=point.team, owner=who, point=point, created_by=point.decided_by,
        due_on=timezone.localdate(point.meeting.starts) + dt.timedelta(days=days), status=Action.Status.PLANNED,
        audience=Audience.PARTNERS, created_at=point.meeting.ends,
    )  # fmt: skip
    action.lie_in(point.team.areas.current())
