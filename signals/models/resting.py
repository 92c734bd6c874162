"""A signal that stands still: unread, or waiting until a day with a reason."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _g

from kortrijk_gebied.refusals import Refused
from signals.models.events import EventKind
from signals.models.told import Told
from signals.workflow import SIGNAL_TRANSITIONS, SignalStatus
from teams.calendars import Calendars
from teams.models import User

LONGEST_WAIT = dt.timedelta(days=366)
WAITING_FIELDS = ("waiting_until", "waiting_since", "waiting_for", "waiting_reason")


class Resting(Told):
    class Meta(Told.Meta):
        abstract = True

    @property
    def may_be_answered(self) -> bool:
        """While an answer of its reporter is awaited somebody reported, and nobody said yet whether that is it."""
        return self.stands_still and self.waiting_since is not None and self.last_reported_at > self.waiting_since

    def read(self, *, by: User) -> None:
        """Somebody who may divide it reads what came in by itself. Read already, nothing changes."""
        with self.locked():
            if self.status in SIGNAL_TRANSITIONS["read"]:
                self.status = SignalStatus.TO_DIVIDE
                self.save(update_fields=["status"])
                self.record(EventKind.READ, by=by)

    def wait(self, *, by: User, until: dt.date, waiting_for: str, reason: str) -> None:
        """Let it rest until a day, on which it comes back by itself. While it waits: until another day."""
        reason, today = reason.strip(), timezone.localdate()
        with self.locked("wait"):
            if not reason:
                raise Refused(_g("Say what is awaited."))
            if not today < until <= today + LONGEST_WAIT:
                raise Refused(_g("Choose a day after today, within a year."))
            self.stop_waiting()
            self.status, self.waiting_since, self.waiting_until = SignalStatus.WAITING, timezone.now(), until
            self.waiting_for, self.waiting_reason = waiting_for, reason
            self.save(update_fields=["status", *WAITING_FIELDS])
            self.record(EventKind.WAITS, by=by, until=until.isoformat(), waiting_for=waiting_for, reason=reason)

    def resume(self, *, by: User | None) -> None:
        """What was awaited came, or its day did."""
        with self.locked("resume"):
            self.stop_waiting()
            self.record(EventKind.RESUMED, by=by)
            self.whole.follow_tasks(by=by)

    def break_off_waiting(self, *, by: User | None) -> None:
        """Something else than what was awaited happened. In its course too, which tells how long it stood still."""
        if self.stop_waiting():
            self.record(EventKind.RESUMED, by=by)

    def stop_waiting(self) -> bool:
        """Leave the state, and move the terms by the working time that an answer of the reporter took."""
        waited = self.forget_waiting()
        if waited:
            self.save(update_fields=["status", "due_at", *WAITING_FIELDS])
        return waited

    def forget_waiting(self) -> bool:
        """The same, for who saves the row; whether it waited. Terms of its live tasks are saved here."""
        if self.waiting_since is None:  # the database knows no other that waits
            return False
        if self.stands_still:
            calendars, now = Calendars(), timezone.now()
            if self.due_at:
                self.due_at = calendars.of(self.owner_id).resumed(
                    self.due_at, paused_at=self.waiting_since, resumed_at=now
                )
            for task in self.whole.tasks.live().filter(due_at__isnull=False).select_related("team"):
                task.stood_still(calendars.of(task.team.organisation_id), since=self.waiting_since, until=now)
        self.status, self.waiting_until, self.waiting_since = SignalStatus.TO_DIVIDE, None, None
        self.waiting_for, self.waiting_reason = "", ""
        return True
