"""Which signals a viewer may read, and which it may only know of.

- open: who may view its area, and the teams that own or do it;
- limited: the same people within the owning organisation; others who may view the area, or have a task on it,
  see that it exists;
- sealed: members of the owning team with `view_sealed`. For everybody else it does not exist.

A share never opens the signal itself: it shows one sentence, written for the receiver. So does a handover that
its receiver did not answer yet, and the referral of a person.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kortrijk_gebied.ids import first_uuid7
from signals.levels import Level
from signals.workflow import ENDED, OPEN, UNDIVIDED, SignalStatus, WaitingFor
from teams.access import Access

# Waiting for somebody to divide it, or to close it.
NOBODY_AT_WORK = UNDIVIDED | {SignalStatus.RESOLVED}
# So long whoever registered it may correct it.
JUST_NOW = dt.timedelta(minutes=15)


class Sight(models.TextChoices):
    FULL = "full"
    SHARED = "shared"
    LIMITED = "limited"


def _placed_nowhere(viewer: Access) -> Q:
    """Without an area nobody could see it: then it is for those of the owner who may route."""
    if not viewer.areas("route"):
        return Q(pk__in=[])
    return Q(area__isnull=True, owner_id=viewer.organisation_id)


def may_read(viewer: Access) -> Q:
    mine = Q(team_id__in=viewer.team_ids) | Q(working_team_ids__overlap=sorted(viewer.team_ids))
    here = Q(area_id__in=viewer.areas("view")) | _placed_nowhere(viewer)
    return (
        Q(level=Level.OPEN) & (mine | here)
        | Q(level=Level.LIMITED, owner_id=viewer.organisation_id) & (mine | here)
        | Q(level=Level.SEALED, team_id__in=viewer.sealed_team_ids)
    )


def may_know_of(viewer: Access) -> Q:
    """Of limited matter: who may view its area, and a team of another organisation with a task on it."""
    works_on_it = Q(working_team_ids__overlap=sorted(viewer.team_ids))
    return Q(level=Level.LIMITED) & (Q(area_id__in=viewer.areas("view")) | works_on_it)


def may_write(viewer: Access) -> Q:
    """Reading is not steering: that is for who routes in the area for the owner, or works in the owning team."""
    routes_here = Q(area_id__in=viewer.areas("route")) | _placed_nowhere(viewer)
    return may_read(viewer) & (
        Q(owner_id=viewer.organisation_id) & ~Q(level=Level.SEALED) & routes_here | Q(team_id__in=viewer.teams("work"))
    )


def may_contribute(viewer: Access) -> Q:
    """Adding a note is for who reads it and registers, routes or works there: more than looking on."""
    here = Q(area_id__in=viewer.areas("register") | viewer.areas("route")) | _placed_nowhere(viewer)
    works = sorted(viewer.teams("work"))
    return may_read(viewer) & (here | Q(team_id__in=works) | Q(working_team_ids__overlap=works))


def is_late() -> Q:
    """Past its term, or past it when that began to stand still. Whether it is still open is another question."""
    late_before = ~Q(waiting_for=WaitingFor.REPORTER) | Q(due_at__lt=F("waiting_since"))
    return Q(due_at__lt=timezone.now()) & late_before


def in_area_inbox() -> Q:
    """Not routine, or routine that is late, repeated, shared or lifted, or that nobody has (yet, or any more)."""
    return Q(routine=False) | Q(surfaced_at__isnull=False) | Q(status__in=NOBODY_AT_WORK) | is_late()


def may_correct(viewer: Access) -> Q:
    """Who steers it; and whoever registered it, for a moment since they saved it: then it is a slip of their own. What
    they noted may have been told earlier: on a tablet without coverage, in a letter."""
    from signals.models.events import EventKind, SignalEvent

    saved = first_uuid7(timezone.now() - JUST_NOW)
    theirs = SignalEvent.objects.filter(
        signal=OuterRef("pk"), kind=EventKind.REGISTERED, by=viewer.user_id, pk__gt=saved
    )
    return may_write(viewer) | may_contribute(viewer) & Q(Exists(theirs))


class SignalQuerySet(models.QuerySet["Signal"]):  # type: ignore[name-defined]
    def readable(self, viewer: Access) -> Self:
        """Signals whose words the viewer may read."""
        return self.filter(may_read(viewer))

    def writable(self, viewer: Access) -> Self:
        """Signals the viewer may steer: offer, close, reopen, share."""
        return self.filter(may_write(viewer))

    def contributable(self, viewer: Access) -> Self:
        """Signals the viewer may add a note to."""
        return self.filter(may_contribute(viewer))

    def correctable(self, viewer: Access) -> Self:
        """Signals to which the viewer may give another subject or place."""
        return self.filter(may_correct(viewer))

    def listed(self, viewer: Access) -> Self:
        """Readable rows, plus those of which the viewer gets a shared sentence or knows only the existence.

        Each row carries `sight`. Of a row that is not `full`, show nothing but area, owner and the
        shared sentence; and never filter these rows by content: `matching()` knows that.
        """
        shared = self._shared(viewer)
        return self.filter(may_read(viewer) | may_know_of(viewer) | shared).annotate(
            sight=models.Case(
                models.When(may_read(viewer), then=models.Value(Sight.FULL)),
                models.When(shared, then=models.Value(Sight.SHARED)),
                default=models.Value(Sight.LIMITED),
            )
        )

    def matching(self, viewer: Access, content: Q) -> Self:
        """Filter a list by what is *in* signals. A match would tell about a row that is not readable."""
        return self.filter(may_read(viewer) & content)

    @staticmethod
    def _shared(viewer: Access) -> Q:
        from signals.models.handovers import Handover
        from signals.models.shares import Share

        shares = Share.objects.received_by(viewer).filter(signal=OuterRef("pk"))
        return Q(Exists(shares)) | Q(Exists(Handover.objects.shown_to(viewer).filter(signal=OuterRef("pk"))))

    def tally(self, **counts: models.Count) -> dict[str, int]:
        """Several counts of these rows in one query, by name.

        `aggregate()` would look every condition up in every other, all their keys hashed: a fifth of an inbox page.
        """
        together = self.order_by().values(together=models.Value(1)).annotate(**counts).values(*counts)
        return next(iter(together), dict.fromkeys(counts, 0))

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def ended(self) -> Self:
        return self.filter(status__in=ENDED)

    def to_divide(self) -> Self:
        return self.filter(status__in=UNDIVIDED)

    def surfaced(self) -> Self:
        return self.filter(in_area_inbox())
