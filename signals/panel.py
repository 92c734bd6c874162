"""Everything of one signal that one viewer may see and do: what stands beside the list and on its own page."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from areas.models import Area, AreaSet
from areas.svg import area_map
from kortrijk_gebied.templatetags.gebied import term_words
from signals import mentions, moves
from signals import moves_elsewhere as elsewhere
from signals.actions import can_undo_closing
from signals.arrivals import needs_admission
from signals.attaching.showing import Shown, shown
from signals.course import Entry, course_of
from signals.levels import Level
from signals.meanwhile import seen_in
from signals.models import (
    Attachment,
    Channel,
    Handover,
    Joining,
    Note,
    Report,
    Reporter,
    Share,
    Signal,
    SignalTag,
    Task,
)
from signals.moves import Move
from signals.moves_elsewhere import on_handover
from signals.reading import looked_at, looked_at_parts
from signals.workflow import (
    LIVE_TASK,
    SIGNAL_TRANSITIONS,
    STARTED_TASK,
    TASK_TRANSITIONS,
    HandoverKind,
    HandoverState,
    SignalStatus,
    TaskStatus,
)
from teams.access import Access, teams_that_work
from teams.models import Post, Team, User

# In which sets a colleague of whichever organisation thinks, and what an area of it is called.
AREA_WORDS = {
    AreaSet.Kind.WORKING: "%s",
    AreaSet.Kind.CARE: gettext_lazy("care area %s"),
    AreaSet.Kind.PATROL: gettext_lazy("zone %s"),
    AreaSet.Kind.WARD: "%s",
}
TASK_WORDS = {
    TaskStatus.OFFERED: gettext_lazy("%(team)s, offered on %(date)s at %(time)s"),
    TaskStatus.ACCEPTED: gettext_lazy("%(team)s, accepted on %(date)s at %(time)s"),
    TaskStatus.IN_PROGRESS: gettext_lazy("%(team)s, at work since %(date)s at %(time)s"),
    TaskStatus.DONE: gettext_lazy("%(team)s, done on %(date)s at %(time)s"),
    TaskStatus.RETURNED: gettext_lazy("%(team)s, returned on %(date)s at %(time)s"),
    TaskStatus.WITHDRAWN: gettext_lazy("%(team)s, withdrawn on %(date)s at %(time)s"),
}
SURFACED_WORDS = {
    "repeated": gettext_lazy("In the inbox because it keeps being reported here."),
    "returned": gettext_lazy("In the inbox because a task was returned."),
    "shared": gettext_lazy("In the inbox because several organisations work on it."),
    "lifted": gettext_lazy("In the inbox because a colleague lifted it."),
    "reopened": gettext_lazy("In the inbox because it was reopened."),
    "followed": gettext_lazy("In the inbox because its reporter added something."),
    "handed_over": gettext_lazy("In the inbox because it was handed over."),
    "declined": gettext_lazy("In the inbox because somebody outside declined it."),
    "unanswered": gettext_lazy("In the inbox because nobody answered what was asked."),
    "split": gettext_lazy("In the inbox because it was split off from another signal."),
}
TERM_COLORS = {"late": "danger", "soon": "warning", "": "neutral"}


@dataclass(frozen=True)
class TaskLine:
    task: Task
    words: str
    moves: list[Move] = field(default_factory=list)
    is_own: bool = False  # of a team the viewer is in: its moves stand in the open


@dataclass(frozen=True)
class HandoverLine:
    handover: Handover
    moves: list[Move] = field(default_factory=list)


@dataclass
class Panel:
    """One signal for one viewer, who may read it. Each part is asked of the database when first shown."""

    signal: Signal
    viewer: Access
    user: User

    def log(self) -> None:
        """Reading what is secret is on record: the signal, and any note or photo more secret than it."""
        looked_at([self.signal], by=self.user, surface="signal")
        mentions.seen(self.signal, by=self.user)
        looked_at_parts([*self._course[1], *self.photos], of=self.signal, by=self.user, surface="signal")

    # --- what it is ------------------------------------------------------------------------------

    @cached_property
    def reports(self) -> list[Report]:
        return list(Report.objects.filter(signal=self.signal).select_related("registered_by"))

    @property
    def reported(self) -> str:
        """Such as “2 meldingen, telefoon en tablet”."""
        contacts = [report for report in self.reports if report.follows_id is None]
        channels = list(dict.fromkeys(str(Channel(report.channel).label) for report in contacts))
        count = ngettext("%(count)s report", "%(count)s reports", len(contacts)) % {"count": len(contacts)}
        return f"{count}, {get_text_list(channels, _('and'))}"

    @property
    def later_reports(self) -> list[Report]:
        return [report for report in self.reports[1:] if report.description.strip()]

    @cached_property
    def reporters(self) -> list[Reporter]:
        return list(Reporter.objects.readable(self.viewer).filter(report__signal=self.signal).with_bounces())

    @property
    def term_tag(self) -> dict[str, str] | None:
        if not self.signal.is_open or self.signal.due_at is None:
            return None
        if self.signal.stands_still:
            return {"color": "neutral", "words": _("term stands still")}
        urgency, words = term_words(self.signal.due_at, timezone.localtime())
        return {"color": TERM_COLORS[urgency], "words": words}

    @property
    def surfaced(self) -> str:
        return str(SURFACED_WORDS.get(self.signal.surfaced_why, ""))

    @cached_property
    def areas_line(self) -> str:
        """Its place in the words of each organisation: “Overleie · woonzorggebied Noord · zone Noord · wijk 4”."""
        areas = Area.objects.filter(pk__in=self.signal.area_ids, set__kind__in=AREA_WORDS).select_related("set")
        names = {area.set.kind: area.name for area in areas}
        if ward := names.get(AreaSet.Kind.WARD):
            names[AreaSet.Kind.WARD] = ward[:1].lower() + ward[1:]
        return " · ".join(str(words) % names[kind] for kind, words in AREA_WORDS.items() if kind in names)

    @cached_property
    def map(self) -> dict[str, Any] | None:
        here = self.signal
        if here.area_id is None:
            return None
        known = here.longitude is not None and here.latitude is not None
        return area_map(here.area_id, (here.longitude, here.latitude) if known else None)  # type: ignore[arg-type]

    @cached_property
    def why(self) -> dict[str, str]:
        """The sentence of the routing, cut around the name of its rule so that it can be a link."""
        before, quoted, after = "", "", self.signal.route_reason
        if found := re.search(r"“(.+?)”", after):
            before, quoted, after = after[: found.start()], found.group(0), after[found.end() :]
        sees_rules = self.signal.rule_id and self.viewer.may("route")
        url = reverse("signals:rule", args=[self.signal.rule_id]) if sees_rules else ""
        return {"before": before, "rule": quoted, "url": url, "after": after}

    @cached_property
    def photos(self) -> list[Attachment]:
        readable = Attachment.objects.readable(self.viewer).filter(signal=self.signal)
        return list(readable.select_related("organisation", "team"))

    @property
    def attachments(self) -> list[Shown]:
        for attachment in self.photos:
            attachment.signal = self.signal
        return shown(self.photos)

    @cached_property
    def attaching(self) -> Move | None:
        if not self.may_note:
            return None
        return moves.attachment(self.signal, self.user.organisation, keeper_of(self.signal, self.viewer))

    @cached_property
    def _course(self) -> tuple[list[Entry], list[Note]]:
        return course_of(self.signal, self.viewer)

    @property
    def course(self) -> list[Entry]:
        return self._course[0]

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
        asked = Handover.objects.on_readable(self.viewer).filter(signal=self.signal)
        shown = asked.exclude(state__in=[HandoverState.DECLINED, HandoverState.WITHDRAWN]).exclude(
            kind=HandoverKind.HANDOVER, state=HandoverState.CONFIRMED
        )
        related = ("team__organisation", "by", "from_team", "from_organisation")
        return [self._handover_line(one) for one in shown.select_related(*related).order_by("at")]

    def _handover_line(self, asked: Handover) -> HandoverLine:
        asked.signal = self.signal
        own = asked.team_id in self.viewer.team_ids & self.viewer.teams("work")
        return HandoverLine(asked, self._seen(on_handover(asked, may_answer=own, may_steer=self.may_steer)))

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
            task, task_words(task), self._seen(task_moves(task, self.viewer, self.may_steer)),
            task.team_id in self.viewer.team_ids,
        )  # fmt: skip

    # --- what can be done ------------------------------------------------------------------------

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
            bar += [moves.closure(signal), moves.offer(signal, self.teams)]
        elif self.may_steer:
            bar += [moves.reopening(signal)]
        if self.may_note:
            bar += [moves.note(signal, self.user.organisation, keeper_of(signal, self.viewer))]
        if self.may_steer and signal.is_open:
            bar += [moves.share(signal, self.teams)]
        return self._seen(bar)

    @cached_property
    def tags(self) -> list[SignalTag]:
        return list(SignalTag.objects.filter(signal=self.signal).select_related("tag"))

    @cached_property
    def joining(self) -> Joining | None:
        """What it went on in, as long as that was not undone."""
        if self.signal.status != SignalStatus.JOINED:
            return None
        return self.signal.joinings.filter(undone_at__isnull=True).select_related("into").first()

    @cached_property
    def goes_on_in(self) -> Signal | None:
        readable = Signal.objects.readable(self.viewer).select_related("category")
        return readable.filter(pk=self.joining.into_id).first() if self.joining else None

    @cached_property
    def more(self) -> list[Move]:
        signal = self.signal
        if not (self.may_steer and signal.is_open):
            return []
        more = [moves.lifting(signal)] if signal.routine and signal.surfaced_at is None else []
        if signal.status in SIGNAL_TRANSITIONS["wait"]:
            more += [elsewhere.waiting(signal)]
        if signal.status in SIGNAL_TRANSITIONS["hand_over"] and not self._is_asked:
            more += elsewhere.to_others(signal, self.teams)
        more += [moves.tagging(signal, self.viewer)]
        more += [moves.secrecy(signal)] if signal.level < Level.SEALED else []
        more += [moves.cancellation(signal)] if signal.status in SIGNAL_TRANSITIONS["cancel"] else []
        return self._seen(more)

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
        of_tasks = [move for line in self.handovers for move in line.moves]
        of_tasks += [move for line in self.tasks for move in line.moves]
        attaching = [self.attaching] if self.attaching else []
        return [move for move in [*attaching, *self.bar, *self.more, *of_tasks] if move.asks]


def keeper_of(signal: Signal, viewer: Access) -> Team | None:
    """The team that keeps a sealed note of this viewer: the signal's own, else one the viewer is in."""
    if signal.level == Level.SEALED:
        return signal.team
    return Team.objects.filter(pk__in=viewer.sealed_team_ids & viewer.team_ids).order_by("pk").first()


def task_moves(task: Task, viewer: Access, may_steer: bool) -> list[Move]:
    found: list[Move] = []
    if task.team_id in viewer.teams("work"):
        if task.status == TaskStatus.OFFERED:
            found += [moves.acceptance(task), moves.return_(task)]
        elif task.status in STARTED_TASK:
            found.append(moves.completion(task))
            if task.status in TASK_TRANSITIONS["begin"]:
                found.append(moves.beginning(task))
            found.append(moves.return_(task))
    if may_steer and task.is_live:
        found.append(moves.withdrawal(task))
    return found


def task_words(task: Task) -> str:
    """Who has it and since when, such as “Team Net, aanvaard op 18 november om 8.16 uur”."""
    since = {
        TaskStatus.OFFERED: task.offered_at,
        TaskStatus.ACCEPTED: task.accepted_at,
        TaskStatus.IN_PROGRESS: task.accepted_at,
    }
    at = timezone.localtime(since.get(TaskStatus(task.status)) or task.ended_at or task.offered_at)
    words = {"team": task.team.name, "date": date_format(at, "j F"), "time": time_format(at.time())}
    return str(TASK_WORDS[TaskStatus(task.status)]) % words
