"""How a signal is held while it changes, and how what was done to it is written down."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _g

from kortrijk_gebied.refusals import Refused
from signals.models.events import SignalEvent
from signals.models.matter import Matter
from signals.workflow import SIGNAL_TRANSITIONS
from teams.models import User

if TYPE_CHECKING:
    from signals.models.signals import Signal
    from signals.models.tasks import Task


class Held(Matter):
    class Meta(Matter.Meta):
        abstract = True

    @property
    def whole(self) -> "Signal":
        """Itself, as what other rows point at: only the last class of the line is a table."""
        return cast("Signal", self)

    @contextmanager
    def locked(self, action: str | None = None) -> Iterator[None]:
        """Hold the row for the length of a transition, with its state as it is now, and check that it may."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(of=("self",)))
            if action:
                self.must_allow(action)
            yield

    def must_allow(self, action: str) -> None:
        """Whether an action may follow the state it is in. The caller holds the lock."""
        if self.status not in SIGNAL_TRANSITIONS[action]:
            raise Refused(
                _g("This signal is already %(status)s. Reload the page to see it as it is now.")
                % {"status": self.get_status_display()}
            )

    def surface(self, why: str, at: dt.datetime | None = None) -> None:
        """Show it in the area inbox from now on. The first reason stays."""
        if self.surfaced_at is None:
            self.surfaced_at, self.surfaced_why = at or timezone.now(), why
            if not self._state.adding:
                self.save(update_fields=["surfaced_at", "surfaced_why"])

    def record(
        self, kind: str, *, by: User | None, at: dt.datetime | None = None, level: int | None = None,
        task: "Task | None" = None, **data: Any,
    ) -> SignalEvent:  # fmt: skip
        """Write in the course of the signal what somebody did, and let partners whom it concerns hear of it."""
        from signals.webhooks.announce import announce

        event = SignalEvent.objects.create(
            signal=self.whole, kind=kind, by=by, at=at or timezone.now(), task=task, data=data,
            level=self.level if level is None else max(level, self.level),
        )  # fmt: skip
        announce(event)
        return event
