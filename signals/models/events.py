"""What people did with a signal, in order. Sentences are made when shown, in the reader's language."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from signals.levels import Level
from signals.models.base import Secret, at_their_level, history, level_known, never_below_its_signal
from signals.visibility import may_read
from signals.workflow import HandoverKind, WaitingFor
from teams.access import Access
from teams.models import User


class EventKind(models.TextChoices):
    REGISTERED = "registered", _("Reported by %(channel)s.")
    JOINED = "joined", _("Another report joined, by %(channel)s.")
    OFFERED = "offered", _("Task “%(title)s” offered to %(team)s.")
    ACCEPTED = "accepted", _("%(team)s accepted “%(title)s”.")
    RETURNED = "returned", _("%(team)s returned “%(title)s”: %(outcome)s")
    RETURNED_TWICE = "returned_twice", _("Returned %(count)s times: the coordinators decide.")
    COMPLETED = "completed", _("%(team)s did “%(title)s”: %(outcome)s")
    WITHDRAWN = "withdrawn", _("Task “%(title)s” for %(team)s withdrawn.")
    LIFTED = "lifted", _("Lifted to the area inbox.")
    REPEATED = "repeated", _("Reported %(count)s times in 30 days: lifted to the area inbox.")
    LEVEL_RAISED = "level_raised", _("Made more secret.")
    SHARED = "shared", _("A sentence shared with %(team)s.")
    SHARE_ENDED = "share_ended", _("Sharing with %(team)s ended.")
    ANSWERED = "answered", _("Answered at once: %(outcome)s")
    CLOSED = "closed", _("Closed: %(outcome)s")
    CANCELLED = "cancelled", _("Cancelled: %(reason)s")
    REOPENED = "reopened", _("Reopened: %(reason)s")
    TOLD = "told", _("The reporter gets a mail.")
    PHOTO_ADDED = "photo_added", _("A photo added.")
    DOCUMENT_ADDED = "document_added", _("A document added.")
    PHOTO_SMUDGED = "photo_smudged", _("A photo made unrecognisable in places.")
    PHOTO_REMOVED = "photo_removed", _("A photo removed.")
    DOCUMENT_REMOVED = "document_removed", _("A document removed.")
    READ = "read", _("Read for the first time.")
    WAITS = "waits", _("Waits for %(waiting_for)s until %(until)s: %(reason)s")
    RESUMED = "resumed", _("No longer waiting.")
    ASKED = "asked", _("%(handover)s asked of %(receiver)s: “%(text)s”")
    CONFIRMED = "confirmed", _("%(handover)s confirmed by %(receiver)s. %(answer)s")
    DECLINED = "declined", _("%(handover)s declined by %(receiver)s: %(answer)s")
    TAKEN_BACK = "taken_back", _("%(handover)s to %(receiver)s taken back.")
    HANDED_OVER = "handed_over", _("Handed over by %(giver)s to %(receiver)s.")
    RETRACTED = "retracted", _("%(handover)s to %(receiver)s: the confirmation taken back. %(reason)s")
    REMINDED = "reminded", _("%(handover)s: %(receiver)s did not answer yet and was reminded.")
    ESCALATED = "escalated", _("%(handover)s: still no answer from %(receiver)s. Both sides were told.")
    KEPT = "kept", _("Nobody in %(giver)s can read it any more: now %(receiver)s keeps it.")
    NOT_OURS = "not_ours", _("Not ours: %(outcome)s")
    FOLLOWED = "followed", _("The reporter adds something, by %(channel)s.")
    PROVEN = "proven", _("The reporter confirmed the mail address.")
    FILES_REFUSED = "files_refused", _("Not taken in: %(files)s")
    # These name no other signal: whoever reads this one may not know of that.
    OFFER_REMINDED = "offer_reminded", _("%(team)s did not answer yet and was reminded.")
    OFFER_ESCALATED = "offer_escalated", _("Still no answer of %(team)s. The coordinators of both were told.")
    BEGUN = "begun", _("%(team)s began with “%(title)s”.")
    MERGED = "merged", _("Joined with another signal.")
    TOOK_IN = "took_in", _("%(count)s reports of another signal joined.")
    SEPARATED = "separated", _("The joining undone.")
    SPLIT_OFF = "split_off", _("%(count)s reports went on as a signal of their own.")
    SPLIT_FROM = "split_from", _("Split off from another signal.")
    NEW_SUBJECT = "new_subject", _("Subject corrected: “%(old)s” became “%(new)s”.")
    NEW_PLACE = "new_place", _("Place corrected: “%(old)s” became “%(new)s”.")


# A task that a rule gave to a team of the owner: nobody said yes to it.
WENT_STRAIGHT = _("“%(title)s” went straight to %(team)s.")


class Unseen(models.TextChoices):
    """Why a team may no longer see its task, which is then withdrawn."""

    SEALED = (
        "sealed",
        _("Task “%(title)s” for %(team)s withdrawn: sealed, and no sentence is shared with them."),
    )
    SHARE_ENDED = "share_ended", _("Task “%(title)s” for %(team)s withdrawn: the sharing with them ended.")


class SignalEventQuerySet(models.QuerySet["SignalEvent"]):
    def readable(self, viewer: Access) -> Self:
        from signals.models.signals import Signal

        return self.filter(
            at_their_level(viewer) | models.Q(level=Level.LIMITED, task__team__organisation_id=viewer.organisation_id),
            signal__in=Signal.objects.filter(may_read(viewer)),
        )


@pghistory.track(*history(), model_name="SignalEventChange")
class SignalEvent(Secret):
    signal = models.ForeignKey("signals.Signal", models.CASCADE, related_name="events", db_index=False)
    task = models.ForeignKey("signals.Task", models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=16, choices=EventKind)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    data = models.JSONField(default=dict, blank=True)

    objects = SignalEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [never_below_its_signal()]
        constraints = [
            level_known("event"),
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_known"),
        ]
        indexes = [models.Index(fields=["signal", "-at"], name="event_signal_at")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        label = Unseen(self.data["why"]).label if "why" in self.data else EventKind(self.kind).label
        if self.kind == EventKind.ACCEPTED and self.by_id is None:
            label = WENT_STRAIGHT
        return capfirst(str(label) % self.words)

    @property
    def words(self) -> dict[str, Any]:
        """What goes into its sentence, codes and days in the words of the reader."""
        from signals.models.reports import Channel

        data = dict(self.data)
        for name, choices in (("channel", Channel), ("waiting_for", WaitingFor), ("handover", HandoverKind)):
            if name in data:
                data[name] = choices(data[name]).label
        for name in ("old", "new"):
            if data.get(name) == "":
                data[name] = _("unknown")
        if "until" in data:
            data["until"] = date_format(dt.date.fromisoformat(data["until"]))
        return data
