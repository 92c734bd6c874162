"""When a team meets, and what it is to speak about. What comes of it are decisions and agreements: those are the
minutes, and nothing else is kept of what was said."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.models.people import User
from teams.models.teams import Function, Membership, Team

if TYPE_CHECKING:
    from teams.access import Access

LEADERS = (Function.COORDINATOR, Function.AREA_WORKER, Function.PROJECT_OFFICER)


class MeetingForm(models.TextChoices):
    """The registers of older documents (hearings, consultations, needs surveys) are a form, never a screen."""

    REGULAR = "regular", _("meeting")
    HEARING = "hearing", _("hearing")
    FIELD_WORKERS = "field_workers", _("consultation of field workers")
    RESIDENTS = "residents", _("residents’ meeting")
    NEEDS = "needs", _("needs survey of key figures")


def led_teams(viewer: "Access") -> models.QuerySet[Membership, int]:
    """Where one plans meetings and closes them: who leads in one team is a plain member of another."""
    own = Membership.objects.valid_on(timezone.localdate()).filter(user=viewer.user_id, function__in=LEADERS)
    return own.values_list("team", flat=True)


# A hearing or a residents’ meeting is held for who comes, not for what is decided there.
MEET_TO_DECIDE = (MeetingForm.REGULAR, MeetingForm.FIELD_WORKERS)
SOON = dt.timedelta(days=7)


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class PointState(models.TextChoices):
    OPEN = "open", _("open")
    DECIDED = "decided", _("decided")
    NOTED = "noted", _("taken note of")
    DROPPED = "dropped", _("dropped")


def teams_heard_by(viewer: "Access") -> models.QuerySet[Team]:
    """What a team speaks about is read by its members; of an area team also by who may view one of its areas."""
    areas = Team.areas.through.objects.filter(area__in=viewer.areas("view")).values("team")
    joint = models.Q(kind=Team.Kind.AREA, organisation__isnull=True, pk__in=areas)
    return Team.objects.filter(models.Q(pk__in=viewer.team_ids) | joint)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def readable(self, viewer: "Access") -> Self:
        return self.filter(team__in=teams_heard_by(viewer))

    def writable(self, viewer: "Access") -> Self:
        """Any member puts something on the agenda."""
        return self.filter(team__in=viewer.team_ids)

    def led_by(self, viewer: "Access") -> Self:
        """Who holds it and closes it: its chair, who planned it, and who leads in the team."""
        mine = models.Q(chair=viewer.user_id) | models.Q(created_by=viewer.user_id)
        return self.writable(viewer).filter(mine | models.Q(team__in=led_teams(viewer)))

    def planned(self) -> Self:
        return self.filter(state=MeetingState.PLANNED)

    def needless(self, now: dt.datetime) -> Self:
        """Of the coming days, those on whose agenda nothing asks for a decision: they need not be."""
        asks = AgendaPoint.objects.open().filter(meeting=models.OuterRef("pk"), needs_decision=True)
        soon = self.planned().filter(form__in=MEET_TO_DECIDE, starts__gt=now, starts__lte=now + SOON)
        return soon.exclude(models.Exists(asks))


@pghistory.track(*history(), model_name="MeetingChange")
class Meeting(models.Model):
    Form, State = MeetingForm, MeetingState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="meetings", verbose_name=_("team"))
    form = models.CharField(_("kind of meeting"), max_length=13, choices=MeetingForm, default=MeetingForm.REGULAR)
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    chair = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair"))
    # A hearing is written down by two; they need not be colleagues.
    reporter = models.CharField(_("first reporter"), max_length=120, blank=True)
    second_reporter = models.CharField(_("second reporter"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=MeetingState, default=MeetingState.PLANNED)
    cancel_note = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    minutes_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    minutes_sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="meeting_ends_after_starts",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(condition=models.Q(form__in=MeetingForm.values), name="meeting_form_known"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["planned"], cancelled_at__isnull=True, cancelled_by__isnull=True,
                    minutes_sent_at__isnull=True, minutes_sent_by__isnull=True,
                )
                | models.Q(state__in=["cancelled"], cancelled_at__isnull=False, cancelled_by__isnull=False,
                           minutes_sent_at__isnull=True, minutes_sent_by__isnull=True)
                | models.Q(state__in=["held"], cancelled_at__isnull=True, cancelled_by__isnull=True,
                           minutes_sent_at__isnull=False, minutes_sent_by__isnull=False),
                name="meeting_stamped_as_its_state",
            ),
            # A form that is sent twice plans one meeting.
            models.UniqueConstraint(
                fields=["team", "starts"], condition=~models.Q(state="cancelled"), name="meeting_once_per_moment",
                violation_error_message=_("This team already meets at that moment."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["team", "-starts"], name="meeting_of_team")]

    def __str__(self) -> str:
        return f"{self.team}, {timezone.localtime(self.starts):%d/%m/%Y}"

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts)


class AgendaPointQuerySet(models.QuerySet["AgendaPoint"]):
    def readable(self, viewer: "Access") -> Self:
        return self.filter(team__in=teams_heard_by(viewer))

    def writable(self, viewer: "Access") -> Self:
        return self.filter(team__in=viewer.team_ids)

    def open(self) -> Self:
        return self.filter(state=PointState.OPEN)

    def waiting(self) -> Self:
        """The open agenda of a team: what no meeting has yet."""
        return self.open().filter(meeting__isnull=True)

    def correctable(self, viewer: "Access") -> Self:
        """What has ended, for who ended it and for who leads there."""
        ended = self.writable(viewer).exclude(state=PointState.OPEN)
        me = viewer.user_id
        mine = models.Q(decided_by=me) | models.Q(meeting__chair=me) | models.Q(meeting__created_by=me)
        return ended.filter(mine | models.Q(team__in=led_teams(viewer)))


@pghistory.track(*history(), model_name="AgendaPointChange")
class AgendaPoint(models.Model):
    """Something a team speaks about. It stays the same row from the day it is raised until it ends, whatever number
    of meetings that takes, so that who raised it hears of the end."""

    State = PointState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="points", verbose_name=_("team"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("meeting")
    )
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what it is about"), max_length=160)
    text = models.TextField(_("explanation"), max_length=2000, blank=True)
    needs_decision = models.BooleanField(_("a decision is needed"), default=False)
    action = models.ForeignKey(
        "teams.Action", models.PROTECT, null=True, blank=True, related_name="points",
        verbose_name=_("about this of the inventory"),
    )  # fmt: skip
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("raised by"))
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=PointState, default=PointState.OPEN)
    # Of what was dropped: why.
    decision = models.TextField(_("decision"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = AgendaPointQuerySet.as_manager()

    class Meta:
        ordering = ["position", "raised_at", "pk"]
        verbose_name = _("agenda point")
        verbose_name_plural = _("agenda points")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=PointState.values), name="agendapoint_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | ~models.Q(state="open") & models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="agendapoint_decided_at_when_ended",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dropped", decision=""),
                name="agendapoint_dropped_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state"], name="agendapoint_of_team"),
            models.Index(fields=["-decided_at"], name="agendapoint_decided"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == PointState.OPEN


class Postponement(models.Model):
    """A point stood on the agenda of a meeting and went on to a later one: a line of those minutes."""

    point = models.ForeignKey(AgendaPoint, models.CASCADE, related_name="postponements")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="postponements")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")
        constraints = [models.UniqueConstraint(fields=["point", "meeting"], name="postponement_once")]

    def __str__(self) -> str:
        return f"{self.point}, {self.meeting}"
