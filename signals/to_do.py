"""Whose inbox a signal is in, and whether it asks for a hand there: that is what the menu counts."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from signals.models import EventKind, Handover, Signal, SignalEvent, Task
from signals.visibility import NOBODY_AT_WORK, in_area_inbox, is_late, may_read
from signals.workflow import HELD, HandoverKind, SignalStatus, WaitingFor
from teams.access import Access
from teams.models import Function

# They follow what happens in their areas, whichever organisation owns it.
FOLLOWERS = (Function.AREA_WORKER, Function.PROJECT_OFFICER)
# Why a signal came to the area inbox that somebody has in hand, and nobody looked at yet.
LIFTED = ("repeated", "lifted", "unanswered")
# Of these only that one more called, or what lifted it.
NO_ACTS = (EventKind.JOINED, EventKind.LIFTED, EventKind.FOLLOWED)


def acts(viewer: Access) -> bool:
    """Who does something about what comes in: there is a number in the menu for them, and a tab that it counts."""
    return viewer.may("route") or viewer.may("work")


def in_my_inbox(viewer: Access) -> Q:
    """Everything of one's own teams; and in the areas one routes, what surfaced there and one's own
    organisation owns or works on. Whoever follows an area has all that surfaced in it."""
    own = Q(team_id__in=viewer.team_ids) | Q(working_team_ids__overlap=sorted(viewer.team_ids))
    ours = Q(owner_id=viewer.organisation_id) | Q(working_team_ids__overlap=sorted(viewer.teams("work")))
    here = Q(area_id__in=viewer.areas("route")) & ours
    if viewer.areas("route"):
        here |= Q(area__isnull=True, owner_id=viewer.organisation_id)
    if viewer.holds(*FOLLOWERS):
        here |= Q(area_id__in=viewer.areas("view"))
    return may_read(viewer) & (own | here & in_area_inbox() | handed_to_own_team(viewer))


def asks_own_team(viewer: Access) -> Q:
    """A task of it, or the whole of it, is offered to one of the viewer's teams, which has not answered yet."""
    offered = Task.objects.waiting_for_an_answer().filter(team_id__in=viewer.team_ids, signal=OuterRef("pk"))
    works = Q(working_team_ids__overlap=sorted(viewer.team_ids)) & Q(Exists(offered))
    return works | handed_to_own_team(viewer)


def handed_to_own_team(viewer: Access) -> Q:
    """One of the viewer's teams is asked to take it over. Asked by key, so that it is looked up once."""
    pending = Handover.objects.pending().filter(team_id__in=viewer.team_ids)
    return Q(pk__in=pending.values("signal"))


def asks_others() -> Q:
    """Somebody is asked to take it over and did not answer yet."""
    return Q(pk__in=Handover.objects.pending().values("signal"))


def asks_for_a_hand(viewer: Access) -> Q:
    """Of what is in one's inbox: somebody has to divide it, to end it or to answer for one's own team; or it is late,
    and nobody was given a term for it that still runs; or it was lifted, and nobody did anything with it since; or
    somebody reported while the answer of the reporter is awaited. What was asked of another owner waits for that."""
    with_a_term = Task.objects.live().filter(signal=OuterRef("pk"), due_at__gt=timezone.now())
    adrift = is_late() & ~Q(status__in=HELD) & ~Q(Exists(with_a_term))
    given_away = Q(pk__in=Handover.objects.pending().filter(kind=HandoverKind.HANDOVER).values("signal"))
    open_to_us = (Q(status__in=NOBODY_AT_WORK) | adrift | _lifted_and_left(viewer) | _may_be_answered()) & ~given_away
    return open_to_us | asks_own_team(viewer)


def _lifted_and_left(viewer: Access) -> Q:
    """It keeps coming back, nobody answers, or a colleague lifted it: for who routes there to look at. One act is
    enough, and letting it wait is one."""
    if not viewer.areas("route"):
        return Q(pk__in=[])
    done = SignalEvent.objects.filter(signal=OuterRef("pk"), by__isnull=False, at__gt=OuterRef("surfaced_at"))
    # What is more secret than its signal must not show by what it moves.
    untouched = ~Q(Exists(done.filter(level__lte=OuterRef("level")).exclude(kind__in=NO_ACTS)))
    here = Q(area_id__in=viewer.areas("route")) | Q(area__isnull=True)
    return Q(surfaced_why__in=LIFTED) & ~Q(status__in=HELD) & here & untouched


def _may_be_answered() -> Q:
    """Who called gave no name, or another one: somebody has to say whether it is the answer."""
    return Q(status=SignalStatus.WAITING, waiting_for=WaitingFor.REPORTER, last_reported_at__gt=F("waiting_since"))


def asking_for_a_hand(viewer: Access) -> int:
    """The number beside the inbox in the menu: the length of the tab with which it opens."""
    if not acts(viewer):
        return 0
    mine = in_my_inbox(viewer) & asks_for_a_hand(viewer)
    return Signal.objects.open().filter(mine | handed_to_own_team(viewer)).count()
