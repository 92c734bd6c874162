"""From signal to policy: something that is open becomes a line of the inventory or a point on an agenda.

What is written for the mixed group is written anew. The link stands both ways, for who may read both; once the matter
becomes more secret it is gone, in the same transaction.
"""

import re
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State
from kortrijk_gebied.refusals import Refused, must_say_the_same
from signals.closing_mail import closing_mail
from signals.levels import Level
from signals.models import ActionEvidence, AgendaSubject, Dossier, Report, Reporter, Signal
from signals.models.lifted import LiftedQuerySet
from teams import lifting as decisions
from teams.access import Access, access_of
from teams.lifting import Behind
from teams.meetings.agenda import no_persons, put_on_agenda
from teams.models import Action, AgendaPoint, Team, User
from teams.models.meetings import PointState

type Matter = Signal | Dossier

# From so many characters on, the same words in a row were copied.
COPIED = 30


def must_be_open(matter: Matter) -> None:
    """What is secret, or about somebody, is for a case consultation and never for a mixed table."""
    personal = isinstance(matter, Signal) and matter.category.about_persons
    if matter.level > Level.OPEN or personal:
        raise Refused(
            _(
                "This is not open to all of the area team, so it stays out of the inventory and off the agenda. "
                "Plan a case consultation with those who must know."
            )
        )


def is_liftable(matter: Matter) -> bool:
    return matter.level == Level.OPEN and not (isinstance(matter, Signal) and matter.category.about_persons)


def lift_to_inventory(
    matter: Matter, *, by: User, action: Action | None = None, team: Team | None = None, title: str = "",
    text: str = "", kind: str = Action.Kind.BOTTLENECK, key: uuid.UUID | None = None,
) -> Action:  # fmt: skip
    """Behind an action that stands there, or a new one of one of one's teams. Again it changes nothing."""
    with transaction.atomic():
        matter = _held(matter, by)
        if action is None:
            _written_anew(matter, title, text)
            action = _new(matter, by, team, title, text, kind, key)
        elif not Action.objects.writable(access_of(by)).filter(pk=action.pk).exists():
            raise Refused(_("Only the team that keeps it, and its owner, put something behind it."))
        else:
            _written_anew(matter, action.title, action.text, action.result)
        ActionEvidence.objects.get_or_create(action=action, **_named(matter), defaults={"by": by})
    return action


def _new(
    matter: Matter, by: User, team: Team | None, title: str, text: str, kind: str, key: uuid.UUID | None
) -> Action:
    if team is None or team.pk not in access_of(by).team_ids:
        raise Refused(_("Choose one of your teams."))
    if not title.strip():
        raise Refused(_("Say in a few words what it is."))
    if key and (made := Action.objects.filter(pk=key).first()):
        must_say_the_same(made, created_by=by, team=team, kind=kind, title=title.strip(), text=text.strip())
        return made
    action = Action(
        **({"pk": key} if key else {}), kind=kind, title=title.strip(), text=text.strip(), team=team, created_by=by
    )
    action.lie_in([matter.area] if matter.area else [])
    return action


def lift_to_agenda(
    matter: Matter, *, by: User, team: Team, title: str, text: str = "", needs_decision: bool = False,
    key: uuid.UUID | None = None,
) -> AgendaPoint:  # fmt: skip
    """On the open agenda of one of one's teams; while it stands there, the same matter is the same point."""
    with transaction.atomic():
        matter = _held(matter, by)
        standing = AgendaSubject.objects.filter(point__team=team, point__state=PointState.OPEN, **_named(matter))
        if (found := standing.select_related("point").first()) and team.pk in access_of(by).team_ids:
            return found.point
        _written_anew(matter, title, text)
        point = put_on_agenda(team=team, title=title, text=text, needs_decision=needs_decision, by=by, key=key)
        AgendaSubject.objects.get_or_create(point=point, defaults={**_named(matter), "by": by})
    return point


def _held(matter: Matter, by: User) -> Matter:
    """Under its lock, as it is by now: of what became secret meanwhile nothing is lifted."""
    rows = type(matter)._default_manager.select_for_update(of=("self",))
    found: Matter = rows.get(pk=matter.pk)
    if not type(matter)._default_manager.readable(access_of(by)).filter(pk=matter.pk).exists():
        raise Refused(_("You may not read this any longer."))
    must_be_open(found)
    return found


def _named(matter: Matter) -> dict[str, Matter]:
    return {"signal" if isinstance(matter, Signal) else "dossier": matter}


def _written_anew(matter: Matter, *words: str) -> None:
    no_persons(words)
    _not_as_reported(Signal.objects.filter(_in(matter)), *words)


def _in(matter: Matter) -> Q:
    """The signal itself; all in a dossier, those too that became secret since."""
    return Q(pk=matter.pk) if isinstance(matter, Signal) else Q(dossier_entries__dossier=matter)


def _not_as_reported(signals: "QuerySet[Signal]", *words: str) -> None:
    """Words of who reported it may tell who that is."""
    texts = [
        *signals.order_by().values_list("description", flat=True),
        *Report.objects.filter(signal__in=signals.order_by()).order_by().values_list("description", flat=True),
    ]
    own = _plain(" ".join(words))
    stretches = {own[start : start + COPIED] for start in range(len(own) - COPIED + 1)}
    if any(_shares(own, stretches, _plain(text)) for text in texts):
        raise Refused(
            _("These are the words of who reported it. Write it anew, for people who need not know who that is.")
        )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _shares(own: str, stretches: set[str], text: str) -> bool:
    """Whether a stretch of one stands in the other; a short text as a whole."""
    if len(text) <= COPIED:
        return len(text) > COPIED // 2 and text in own
    return any(text[start : start + COPIED] in stretches for start in range(len(text) - COPIED + 1))


@decisions.refuses_words
def refuse_reported_words(subject: Action | AgendaPoint, words: tuple[str, ...]) -> None:
    """What is written later stands on the same pages as what was written when it was lifted."""
    rows = [row for found in rows_behind(subject) for row in found.select_related("signal", "dossier")]
    for row in rows:
        _not_as_reported(Signal.objects.filter(_in(row.matter)), *words)


def forget(signal: Signal) -> None:
    """It became more secret: what stood of it beside the work of a mixed group is gone, and no mail tells of it."""
    ActionEvidence.objects.filter(signal=signal).delete()
    AgendaSubject.objects.filter(signal=signal).delete()
    for reporter in Reporter.objects.filter(report__signal=signal).select_related("report__category"):
        mails = Message.objects.filter(key__startswith=f"policy:{reporter.pk}:")
        for mail in mails.filter(state=State.WAITING):
            mail.withdraw()
        # What is being sent may fail and be sent again.
        mails.filter(state=State.RUNNING).update(body=closing_mail(signal, reporter))


@decisions.shows_behind
def behind(subject: Action | AgendaPoint, viewer: Access) -> list[Behind]:
    """What led to it, of what this viewer may read."""
    rows = [
        row
        for found in rows_behind(subject)
        for row in found.readable(viewer).select_related("signal__category", "signal__area", "dossier")
    ]
    lines = {row.matter.reference: Behind(row.matter.title, url_of(row.matter), row.matter.reference) for row in rows}
    return list(lines.values())


def rows_behind(subject: Action | AgendaPoint) -> "tuple[LiftedQuerySet[Any], LiftedQuerySet[Any]]":
    """To an agreement too what led to the point it was made under."""
    if isinstance(subject, Action):
        return (
            ActionEvidence.objects.filter(action=subject), AgendaSubject.objects.filter(point=subject.point_id),
        )  # fmt: skip
    return (
        ActionEvidence.objects.filter(action=subject.action_id), AgendaSubject.objects.filter(point=subject),
    )  # fmt: skip


def url_of(matter: Matter) -> str:
    return reverse("signals:signal" if isinstance(matter, Signal) else "signals:dossier", args=[matter.reference])


def became(matter: Matter, viewer: Access) -> tuple[list[Action], list[AgendaPoint]]:
    """What it led to, of what this viewer may read: the agreements made under a point too, and the points about an
    action."""
    if not is_liftable(matter):
        return [], []
    evidence = ActionEvidence.objects.filter(**_named(matter)).values("action")
    subjects = AgendaSubject.objects.filter(**_named(matter)).values("point")
    actions = Action.objects.readable(viewer).filter(Q(pk__in=evidence) | Q(point__in=subjects))
    points = AgendaPoint.objects.readable(viewer).filter(Q(pk__in=subjects) | Q(action__in=evidence))
    return list(actions.order_by("pk")), list(points.select_related("team", "meeting").order_by("pk"))
