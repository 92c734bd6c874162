"""One signal for one viewer: what stands beside the list and on its own page, with all that can be done there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from signals import mentions, moves
from signals import moves_elsewhere as elsewhere
from signals.arrivals import needs_admission
from signals.choices import Choices, Page
from signals.ending import Ending
from signals.facts import Facts
from signals.levels import Level
from signals.lifting import is_liftable
from signals.meanwhile import seen_in
from signals.models import Handover, Share, Signal, Task
from signals.moves import Move
from signals.moves_elsewhere import on_handover
from signals.reading import looked_at, looked_at_parts
from signals.task_lines import TaskLine, task_moves, task_words
from signals.undoing import can_undo_closing
from signals.workflow import LIVE_TASK, SIGNAL_TRANSITIONS, HandoverKind, HandoverState, SignalStatus, TaskStatus
from teams.access import Access, teams_that_work
from teams.models import Post, Team


@dataclass(frozen=True)
class HandoverLine:
    handover: Handover
    moves: list[Move] = field(default_factory=list)
    is_received: bool = False  # a team of the viewer has to answer


class Panel(Facts):
    def log(self) -> None:
        """Reading what is secret is on record: the signal, and any note or photo more secret than it."""
        looked_at([self.signal], by=self.user, surface="signal")
        mentions.seen(self.signal, by=self.user)
        looked_at_parts([*self.read_course[1], *self.photos], of=self.signal, by=self.user, surface="signal")

    @cached_property
    def shares(self) -> list[dict[str, Any]]:
        """Sentences given to others: for the owner's eyes."""
        if self.signal.owner_id != self.viewer.organisation_id:
            return []
        given = Share.objects.current().filter(signal=self.signal).select_related("team", "by")
        return [
            {"share": share, "end": moves.share_end(share, self.signal) if self.may_steer else None} for share in given
        ]

    @cached_property
    def handovers(self) -> list[HandoverLine]:
        """What was asked of others and waits for an answer; and referrals of persons that were taken up."""
        asked = Handover.objects.with_words(self.viewer).filter(signal=self.signal)
        shown = asked.exclude(state__in=[HandoverState.DECLINED, HandoverState.WITHDRAWN]).exclude(
            kind=HandoverKind.HANDOVER, state=HandoverState.CONFIRMED
        )
        related = ("team__organisation", "by", "from_team", "from_organisation")
        return [self._handover_line(one) for one in shown.select_related(*related).order_by("at")]

    def _handover_line(self, asked: Handover) -> HandoverLine:
        asked.signal = self.signal
        own = asked.team_id in self.viewer.team_ids & self.viewer.teams("work")
        found = on_handover(asked, may_answer=own, may_steer=self.may_steer)
        return HandoverLine(asked, self._seen(found), asked.is_pending and asked.team_id in self.viewer.team_ids)

    @property
    def handover_groups(self) -> list[tuple[str, list[HandoverLine]]]:
        """What the viewer's team has to answer first, under a heading of its own."""
        received = [line for line in self.handovers if line.is_received]
        others = [line for line in self.handovers if not line.is_received]
        groups = [(_("Asked of your team"), received), (_("Asked of others"), others)]
        return [(heading, lines) for heading, lines in groups if lines]

    def _seen(self, found: list[Move]) -> list[Move]:
        """Each carries how much of the course the viewer has seen."""
        for move in found:
            move.seen = seen_in(self.course)
        return found

    # --- who does what ---------------------------------------------------------------------------

    @cached_property
    def tasks(self) -> list[TaskLine]:
        tasks = Task.objects.readable(self.viewer).filter(signal=self.signal).select_related("team__organisation")
        tasks = tasks.prefetch_related(Prefetch("post", Post.objects.with_holders(timezone.localdate())))
        in_order = sorted(tasks, key=lambda task: task.status not in LIVE_TASK and task.status != TaskStatus.DONE)
        return [self._task_line(task) for task in in_order]

    def _task_line(self, task: Task) -> TaskLine:
        task.signal = self.signal
        return TaskLine(
            task, task_words(task), self._seen(task_moves(task, self.viewer, self.may_steer, self._ending)),
            task.team_id in self.viewer.team_ids,
        )  # fmt: skip

    # --- what can be done ------------------------------------------------------------------------

    @cached_property
    def _ending(self) -> Ending:
        return Ending(self.signal)

    @cached_property
    def may_steer(self) -> bool:
        return Signal.objects.writable(self.viewer).filter(pk=self.signal.pk).exists()

    @cached_property
    def may_note(self) -> bool:
        return Signal.objects.contributable(self.viewer).filter(pk=self.signal.pk).exists()

    @cached_property
    def teams(self) -> list[Team]:
        return list(teams_that_work().select_related("organisation"))

    @cached_property
    def undo(self) -> Move | None:
        return moves.undo(self.signal) if self.may_steer and can_undo_closing(self.signal, by=self.user) else None

    @cached_property
    def attaching(self) -> Move | None:
        if not self.may_note or self.joining:
            return None
        return moves.attachment(self.signal, self.user.organisation, keeper_of(self.signal, self.viewer))

    @property
    def separation_url(self) -> str:
        """Where the joining is undone; for who steers both."""
        if self.joining is None or self.goes_on_in is None or not self.may_steer:
            return ""
        steers_both = Signal.objects.writable(self.viewer).filter(pk=self.goes_on_in.pk).exists()
        return reverse("signals:joining-undo", args=[self.joining.pk]) if steers_both else ""

    @property
    def admission_url(self) -> str:
        """Where what came in by itself gets its subject and its place; empty when it has them."""
        if not (self.may_note and needs_admission(self.signal)):
            return ""
        return reverse("signals:signal-admission", args=[self.signal.reference])

    @cached_property
    def bar(self) -> list[Move]:
        """The moves at the foot of the panel; the first is the obvious one."""
        signal, bar = self.signal, []
        if self.may_steer and signal.status == SignalStatus.REFERRED:
            pass  # it is for them to answer, or for us to take back
        elif self.may_steer and signal.is_open:
            bar += [moves.closure(signal, ending=self._ending), moves.offer(signal, self.teams)]
        elif self.may_steer and signal.status in SIGNAL_TRANSITIONS["reopen"]:
            bar += [moves.reopening(signal)]
        if self.may_note:
            bar += [moves.note(signal, self.user.organisation, keeper_of(signal, self.viewer))]
        if self.may_steer and signal.is_open:
            bar += [moves.share(signal, self.teams)]
        return self._seen(bar)

    @cached_property
    def choices(self) -> list[Choices]:
        """What is done less often, together by what it is for."""
        if not self.may_steer or self.joining:
            pages = [*self._corrections, *self._to_policy()]
            return [Choices(_("This signal"), pages=pages)] if pages else []
        found = [
            Choices(_("This signal"), list(self._rest()), self._corrections),
            Choices(_("With other signals"), pages=[*self._with_others(), *self._to_policy()]),
            Choices(_("To others"), list(self._to_others())),
            Choices(_("Shield or stop"), list(self._shield_or_stop())),
        ]
        return [group for group in found if group.moves or group.pages]

    @cached_property
    def _corrections(self) -> list[Page]:
        signal = self.signal
        if signal.status not in SIGNAL_TRANSITIONS["correct"] or self.admission_url:
            return []
        if not (self.may_steer or Signal.objects.correctable(self.viewer).filter(pk=signal.pk).exists()):
            return []
        url = reverse("signals:signal-correction", args=[signal.reference])
        return [Page(_("Correct subject or place…"), url, key="e")]

    def _rest(self) -> Iterable[Move]:
        signal = self.signal
        if signal.is_open and signal.routine and signal.surfaced_at is None:
            yield moves.lifting(signal)
        if signal.status in SIGNAL_TRANSITIONS["wait"]:
            yield elsewhere.waiting(signal)
        if signal.is_open:
            yield moves.tagging(signal, self.viewer)

    def _with_others(self) -> Iterable[Page]:
        signal, here = self.signal, [self.signal.reference]
        if signal.status in SIGNAL_TRANSITIONS["merge"]:
            yield Page(_("Join with another…"), reverse("signals:signal-joining", args=here), key="p", is_dialog=True)
        if signal.status in SIGNAL_TRANSITIONS["split"] and len(self.reports) > 1:
            yield Page(_("Split…"), reverse("signals:signal-splitting", args=here))
        yield Page(_("In a dossier…"), f"{reverse('signals:dossier-add')}?signaal={signal.reference}")

    def _to_policy(self) -> Iterable[Page]:
        """For anybody in a team: what is open to all of them may come on their table."""
        if is_liftable(self.signal) and self.viewer.team_ids:
            yield Page(_("Lift to policy…"), reverse("signals:signal-policy", args=[self.signal.reference]))

    def _to_others(self) -> Iterable[Move]:
        yield from (move for move in self.bar if move.name == "share")  # a phone has no room for it in the bar
        if self.signal.status in SIGNAL_TRANSITIONS["hand_over"] and not self._is_asked:
            yield from elsewhere.to_others(self.signal, self.teams)

    def _shield_or_stop(self) -> Iterable[Move]:
        signal = self.signal
        if signal.is_open and signal.level < Level.SEALED:
            yield moves.secrecy(signal)
        if signal.status in SIGNAL_TRANSITIONS["cancel"]:
            yield moves.cancellation(signal)

    @property
    def more(self) -> list[Move]:
        return self._seen([move for group in self.choices for move in group.moves])

    @cached_property
    def _is_asked(self) -> bool:
        """Only one at a time can be asked to take it over."""
        return any(
            line.handover.is_pending and line.handover.kind != HandoverKind.REFERRAL for line in self.handovers
        )  # fmt: skip

    @cached_property
    def resume(self) -> Move | None:
        if self.signal.status != SignalStatus.WAITING or not self.may_steer:
            return None
        return elsewhere.resumption(self.signal)

    @property
    def dialogs(self) -> list[Move]:
        """One for each move that asks something, wherever its button stands."""
        attaching = [self.attaching] if self.attaching else []
        of_others = [move for line in self.handovers for move in line.moves]
        of_tasks = [move for line in self.tasks for move in line.moves]
        found = [*attaching, *self.bar, *self.more, *of_others, *of_tasks]
        return list({move.name: move for move in found if move.asks}.values())


def keeper_of(signal: Signal, viewer: Access) -> Team | None:
    """The team that keeps a sealed note of this viewer: the signal's own, else one the viewer is in."""
    if signal.level == Level.SEALED:
        return signal.team
    return Team.objects.filter(pk__in=viewer.sealed_team_ids & viewer.team_ids).order_by("pk").first()
