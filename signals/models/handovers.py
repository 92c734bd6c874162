"""A signal asked of somebody else: to own it, to take up a person, or to have it outside. A yes makes it so."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from signals.models.base import Secret, history, level_known, never_below_its_signal
from signals.models.events import EventKind
from signals.models.handover_sight import PENDING, HandoverQuerySet
from signals.models.signals import Signal
from signals.workflow import HANDOVER_TRANSITIONS, HandoverKind, HandoverState, SignalStatus
from teams.models import Organisation, Team, User


@pghistory.track(*history(), model_name="HandoverChange")
class Handover(Secret):
    """`text` is all that the receiver reads of what is limited or sealed before it said yes. Its level is that of when
    it was written: it stays as secret, with its answer, should its signal become open."""

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="handovers")
    kind = models.CharField(_("kind"), max_length=10, choices=HandoverKind)
    state = models.CharField(_("state"), max_length=10, choices=HandoverState, default=HandoverState.OFFERED)
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="handovers", verbose_name=_("to")
    )
    outside = models.CharField(_("to whom"), max_length=120, blank=True)
    outside_email = models.EmailField(_("their e-mail address"), blank=True)
    text = models.TextField(_("what you tell them"), max_length=500)
    legal_ground = models.CharField(_("legal ground"), max_length=200, blank=True)
    seal = models.BooleanField(_("seal it"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("answer expected by"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # none: outside, by link
    answer = models.TextField(_("answer"), max_length=500, blank=True)  # why not, or how it was confirmed

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        triggers = [never_below_its_signal()]
        constraints = [
            level_known("handover"),
            models.CheckConstraint(condition=models.Q(kind__in=HandoverKind.values), name="handover_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=HandoverState.values), name="handover_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind=HandoverKind.OUTSIDE, team__isnull=True, legal_ground="", seal=False)
                & ~models.Q(outside="")
                | ~models.Q(kind=HandoverKind.OUTSIDE)
                & models.Q(team__isnull=False, outside="", outside_email=""),
                name="handover_to_a_team_or_outside",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="handover_says_something"),
            models.CheckConstraint(
                condition=models.Q(seal=False) | models.Q(kind=HandoverKind.HANDOVER) & ~models.Q(legal_ground=""),
                name="handover_seals_on_a_ground",
            ),
            models.CheckConstraint(
                condition=PENDING & models.Q(ended_at__isnull=True, ended_by__isnull=True, answer="")
                | ~PENDING & models.Q(ended_at__isnull=False),
                name="handover_ended_at_when_answered",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=HandoverState.DECLINED)
                & ~models.Q(state=HandoverState.CONFIRMED, kind=HandoverKind.OUTSIDE)
                | ~models.Q(answer=""),
                name="handover_declined_or_confirmed_outside_with_words",
            ),
            models.CheckConstraint(
                condition=models.Q(escalated_at__isnull=True) | models.Q(reminded_at__isnull=False),
                name="handover_reminds_before_it_escalates",
            ),
            models.UniqueConstraint(
                fields=["signal"], condition=PENDING & ~models.Q(kind=HandoverKind.REFERRAL),
                name="handover_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["signal", "team"], condition=PENDING & models.Q(kind=HandoverKind.REFERRAL),
                name="handover_one_referral_per_team",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["team", "state"], name="handover_received"),
            models.Index(fields=["due_at"], name="handover_pending", condition=PENDING),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.receiver}"

    @property
    def receiver(self) -> str:
        return self.team.name if self.team else self.outside

    @property
    def giver(self) -> str:
        return self.from_team.name if self.from_team else self.from_organisation.name

    @property
    def is_pending(self) -> bool:
        return self.state == HandoverState.OFFERED

    @property
    def is_retractable(self) -> bool:
        """Whether its yes can be taken back. A handover that was taken over can be handed back."""
        return self.state == HandoverState.CONFIRMED and self.kind in HANDOVER_TRANSITIONS["retract"]

    # --- the answer -------------------------------------------------------------------------------

    def acknowledge(self, *, by: User) -> None:
        """Yes: from now on it is the receiver's."""
        from signals.handing import take_over

        with self._transition("acknowledge"):
            self._end(HandoverState.CONFIRMED, by=by)
            take_over(handover=self, by=by)

    def confirm(self, *, by: User | None, answer: str = "") -> None:
        """The receiver has it. Of a referral outside somebody says how that is known, and then it is not ours."""
        from signals.handing import let_go

        with self._transition("confirm"):
            if self.kind == HandoverKind.OUTSIDE and not answer.strip():
                raise Refused(_g("Say how they confirmed it, and who."))
            self._end(HandoverState.CONFIRMED, by=by, answer=answer)
            self._record(EventKind.CONFIRMED, by=by, answer=self.answer)
            if self.kind == HandoverKind.OUTSIDE:
                let_go(handover=self, by=by)

    def decline(self, *, by: User | None, reason: str) -> None:
        with self._transition("decline"):
            if not reason.strip():
                raise Refused(_g("Say why not, in a sentence."))
            self._end(HandoverState.DECLINED, by=by, answer=reason)
            self._record(EventKind.DECLINED, by=by, answer=self.answer)
            self._give_back(by=by)

    def withdraw(self, *, by: User) -> None:
        with self._transition("withdraw"):
            self.take_back(by=by)
            self._give_back(by=by)

    def retract(self, *, by: User, reason: str) -> None:
        """The yes was a mistake: it is taken back, and what ended with it is open again."""
        from signals.handover_mail import tell_of_retraction
        from signals.outside import take_back_mail

        with self._transition("retract"):
            if not reason.strip():
                raise Refused(_g("Say why the confirmation is taken back."))
            confirmed_by, ended_it = self.ended_by, self._is_last_yes()
            self._end(HandoverState.WITHDRAWN, by=by, answer=reason)
            self._record(EventKind.RETRACTED, by=by, reason=self.answer)
            take_back_mail(self)
            tell_of_retraction(handover=self, by=by, confirmed_by=confirmed_by)
            if ended_it and self.signal.status == SignalStatus.NOT_OURS:
                self.signal.reopen(by=by, reason=reason)

    def _is_last_yes(self) -> bool:
        """Of what was reopened since, and went outside once more, only the last yes ended it."""
        later = self.signal.handovers.filter(state=HandoverState.CONFIRMED, ended_at__gt=self.ended_at)
        return self.kind == HandoverKind.OUTSIDE and not later.exists()

    # --- the steps below run under the lock of the signal -------------------------------------------

    def take_back(self, *, by: User | None, at: dt.datetime | None = None) -> None:
        from signals.outside import take_back_mail

        self._end(HandoverState.WITHDRAWN, by=by, at=at)
        take_back_mail(self)
        self._record(EventKind.TAKEN_BACK, by=by)

    def _give_back(self, *, by: User | None) -> None:
        if self.kind == HandoverKind.OUTSIDE:
            self.signal.come_back(by=by)

    def take_up_again(self) -> None:
        """Undo that it was withdrawn: it waits for an answer as before, and who did not get the mail yet gets it."""
        self.state, self.ended_at, self.ended_by, self.answer = HandoverState.OFFERED, None, None, ""
        self.save(update_fields=["state", "ended_at", "ended_by", "answer"])
        Message.objects.give_back(f"handover:{self.pk}:")

    def _end(
        self, state: HandoverState, *, by: User | None, answer: str = "", at: dt.datetime | None = None
    ) -> None:  # fmt: skip
        from signals.handover_mail import tell_who_asked

        self.state, self.ended_at = state, at or timezone.now()
        self.ended_by, self.answer = by, answer.strip()
        self.save(update_fields=["state", "ended_at", "ended_by", "answer"])
        tell_who_asked(handover=self)

    def _record(self, kind: str, *, by: User | None, **data: Any) -> None:
        self.signal.record(kind, by=by, level=self.level, handover=self.kind, receiver=self.receiver, **data)

    @contextmanager
    def _transition(self, action: str) -> Iterator[None]:
        """Lock signal, then handover (always in that order), and check that the action may follow."""
        with transaction.atomic():
            self.signal = Signal.objects.select_for_update(of=("self",)).get(pk=self.signal_id)
            self.refresh_from_db(from_queryset=Handover.objects.select_for_update(of=("self",)))
            follows = HandoverState.CONFIRMED if action == "retract" else HandoverState.OFFERED
            if self.kind not in HANDOVER_TRANSITIONS[action] or self.state != follows:
                raise Refused(
                    _g("This was %(state)s already. Reload the page to see it as it is now.")
                    % {"state": self.get_state_display()}
                )
            yield
