"""Who sees that something was asked of others, and who reads the sentence that was written for them."""

from typing import TYPE_CHECKING, Self

from django.db import models

from signals.levels import Level
from signals.models.signals import Signal
from signals.visibility import may_read
from signals.workflow import OPEN, HandoverKind, HandoverState
from teams.access import Access

if TYPE_CHECKING:
    from signals.models.handovers import Handover  # noqa: F401  the type of its rows

PENDING = models.Q(state=HandoverState.OFFERED)


class HandoverQuerySet(models.QuerySet["Handover"]):
    def pending(self) -> Self:
        return self.filter(PENDING)

    def shown_to(self, viewer: Access) -> Self:
        """Those of which the viewer, in the receiving team, reads the sentence: as long as they wait for an answer,
        and a referral that was confirmed as long as its signal runs."""
        taken_up = models.Q(kind=HandoverKind.REFERRAL, state=HandoverState.CONFIRMED, signal__status__in=OPEN)
        return self.filter(PENDING | taken_up, team_id__in=viewer.team_ids)

    def given_by(self, viewer: Access) -> Self:
        """Those the viewer or a team of the viewer gave: that it did, also when what it gave is no longer its own."""
        return self.filter(models.Q(by_id=viewer.user_id) | models.Q(from_team_id__in=viewer.team_ids))

    def on_readable(self, viewer: Access) -> Self:
        """Those on signals whose words the viewer may read; within the owner only what was written for one team on a
        ground, and what was written while its signal was more secret, whatever it turned out to be."""
        is_open = models.Q(level=Level.OPEN, signal__level=Level.OPEN, legal_ground="")
        unsealed = models.Q(level__lt=Level.SEALED)
        kept = models.Q(signal__team_id__in=viewer.sealed_team_ids) | models.Q(from_team_id__in=viewer.sealed_team_ids)
        own = models.Q(signal__owner_id=viewer.organisation_id) & (unsealed | kept)
        return self.filter(is_open | own, signal__in=Signal.objects.filter(may_read(viewer)))

    def readable(self, viewer: Access) -> Self:
        """Those the viewer may know of. Whose words may be read as well, `with_words` says."""
        known = [self.shown_to(viewer), self.given_by(viewer), self.on_readable(viewer)]
        received = models.Q(team_id__in=viewer.team_ids)
        return self.filter(models.Q(*[("pk__in", some.values("pk")) for some in known], _connector="OR") | received)

    def with_words(self, viewer: Access) -> Self:
        words = [self.shown_to(viewer), self.on_readable(viewer)]
        return self.filter(models.Q(*[("pk__in", some.values("pk")) for some in words], _connector="OR"))
