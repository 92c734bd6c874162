"""The one inventory: what a team does, could do, is held up by, or agreed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.within import ground_of, surface_of
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import spoken_reference, uuid7
from kortrijk_gebied.refusals import Refused
from teams.lifting import decided, must_be_own_words
from teams.models.action_words import ENDED, OPEN, TRANSITIONS, ActionKind, ActionStatus, ActionTag, ChainStage
from teams.models.action_words import Dimension as DimensionChoices
from teams.models.audience import Audience, audience_known, heard_by
from teams.models.people import User
from teams.models.places import Placed
from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access

# Whose matter lies behind it hears of these.
TOLD = [ActionStatus.PLANNED, ActionStatus.DONE, ActionStatus.DROPPED]


def new_reference() -> str:
    return spoken_reference("A")


class ActionQuerySet(models.QuerySet["Action"]):
    def readable(self, viewer: "Access") -> Self:
        """By whom it is meant for; its owner always."""
        places = Action.areas.through.objects
        here = models.Q(pk__in=places.filter(area__in=viewer.areas("view")).values("action"))
        nowhere = ~models.Exists(places.filter(action=models.OuterRef("pk")))
        heard = heard_by(viewer, areas=here, everywhere=models.Q(nowhere))
        if viewer.user_id is not None:
            heard |= models.Q(owner_id=viewer.user_id)
        return self.filter(heard)

    def writable(self, viewer: "Access") -> Self:
        """The team that keeps it, and its owner."""
        if viewer.user_id is None:
            return self.none()
        return self.filter(models.Q(team_id__in=viewer.team_ids) | models.Q(owner_id=viewer.user_id))

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def ended(self) -> Self:
        return self.filter(status__in=ENDED)

    def overdue(self, day: dt.date) -> Self:
        return self.open().filter(due_on__lt=day)

    def of_area(self, area: Area) -> Self:
        """In the area, however it was divided when the action was written down."""
        return self.filter(pk__in=Action.areas.through.objects.filter(ground_of(area)).values("action"))


@pghistory.track(*history(), model_name="ActionChange")
class Action(Placed):
    """An action, an opportunity, a bottleneck or an agreement. Whatever is planned or runs has an owner, and what is
    done says what came of it. Words for a mixed group: nothing of a person's trouble."""

    Kind = ActionKind
    Status = ActionStatus

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=ActionKind, default=ActionKind.ACTION)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what and why"), max_length=4000, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="actions", verbose_name=_("team that keeps it"))
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("owner")
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="actions", verbose_name=_("areas"))
    sectors = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("part of the area"))
    part = models.JSONField(null=True, blank=True, editable=False, help_text="GeoJSON: its sectors together")
    goal = models.ForeignKey(
        "teams.Goal", models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("goal of a plan")
    )
    point = models.ForeignKey(
        "teams.AgendaPoint", models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("agreed under"),
    )  # fmt: skip
    dimension = models.CharField(_("dimension"), max_length=10, choices=DimensionChoices, blank=True)
    stage = models.CharField(_("link of the safety chain"), max_length=11, choices=ChainStage, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=ActionStatus, default=ActionStatus.PROPOSED)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience, default=Audience.PARTNERS)
    tags = ArrayField(
        models.CharField(max_length=20, choices=ActionTag), verbose_name=_("tags"), default=list, blank=True
    )
    budget = models.DecimalField(_("budget (€)"), max_digits=12, decimal_places=2, null=True, blank=True)
    funding = models.CharField(_("paid from"), max_length=160, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            audience_known("action"),
            models.CheckConstraint(condition=models.Q(kind__in=ActionKind.values), name="action_kind_known"),
            models.CheckConstraint(condition=models.Q(status__in=ActionStatus.values), name="action_status_known"),
            models.CheckConstraint(
                condition=models.Q(dimension__in=["", *DimensionChoices.values]), name="action_dimension_known"
            ),
            models.CheckConstraint(condition=models.Q(stage__in=["", *ChainStage.values]), name="action_stage_known"),
            models.CheckConstraint(condition=models.Q(tags__contained_by=ActionTag.values), name="action_tags_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="action_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(part__isnull=True) | models.Q(part__type__in=["Polygon", "MultiPolygon"]),
                name="action_part_is_a_surface",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="agreement") | models.Q(owner__isnull=False, due_on__isnull=False),
                name="action_agreement_has_owner_and_date",
                violation_error_message=_("An agreement says who does it and by when."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["planned", "running"]) | models.Q(owner__isnull=False),
                name="action_planned_has_an_owner",
                violation_error_message=_("What is planned or runs has an owner."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=OPEN, done_at__isnull=True, done_by__isnull=True, result="")
                | models.Q(status__in=ENDED, done_at__isnull=False, done_by__isnull=False) & ~models.Q(result=""),
                name="action_done_at_by_with_result",
            ),
            models.CheckConstraint(
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=0), name="action_budget_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "status", "due_on"], name="action_of_team"),
            models.Index(fields=["owner", "due_on"], name="action_of_owner", condition=models.Q(status__in=OPEN)),
            models.Index(fields=["done_at"], name="action_done", condition=models.Q(done_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("inventory:action", args=[self.reference])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def tag_names(self) -> list[str]:
        return [str(ActionTag(tag).label) for tag in self.tags]

    def lie_in(self, areas: Iterable[Area], sectors: Iterable[Area] = (), *, also: Iterable[str] = ()) -> None:
        """In these areas, and of them only these parts."""
        sectors = list(sectors)
        self.part = surface_of(sectors)
        super().lie_in(areas, sectors, also=["part", *also])
        self.sectors.set(sectors)

    def take(self, *, by: User) -> None:
        """Be its owner. Whose it is already, hands it over by changing it."""
        with self._locked("take"):
            if self.owner_id not in (None, by.pk):
                raise Refused(_g("%(person)s has taken this already.") % {"person": self.owner})
            self._to(self.status, owner=by)

    def plan(self, *, by: User) -> None:
        """It will be done. What nobody took is then of who plans it."""
        with self._locked("plan", ActionStatus.PLANNED):
            self._to(ActionStatus.PLANNED, owner=self.owner or by)

    def start(self, *, by: User) -> None:
        with self._locked("start", ActionStatus.RUNNING):
            self._to(ActionStatus.RUNNING, owner=self.owner or by)

    def finish(self, *, by: User, result: str) -> None:
        self._end(ActionStatus.DONE, "finish", by, result, _g("Say what came of it."))

    def drop(self, *, by: User, reason: str) -> None:
        self._end(ActionStatus.DROPPED, "drop", by, reason, _g("Say why it is dropped."))

    def reopen(self, *, by: User) -> None:
        """What came of it stays in its history."""
        with self._locked("reopen"):
            status = ActionStatus.RUNNING if self.owner_id else ActionStatus.PROPOSED
            self._to(status, done_at=None, done_by=None, result="")

    def _end(self, status: ActionStatus, action: str, by: User, words: str, asked: str) -> None:
        if not (said := words.strip()):
            raise Refused(asked)
        with self._locked(action, status):
            if self._already and self.result != said:
                raise Refused(_g("Somebody was before you. Look at what stands there."))
            must_be_own_words(self, said)
            self._to(status, result=said, done_at=timezone.now(), done_by=by)

    def _to(self, status: str, **values: object) -> None:
        if self._already:
            return
        # Begun at once is taken up as well as planned first; taken up again, nobody is told twice.
        taken_up = self.status == ActionStatus.PROPOSED and status == ActionStatus.RUNNING
        changed, self.status = self.status != status, status
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=["status", *values])
        if taken_up or (changed and status in TOLD):
            decided(self)

    @contextmanager
    def _locked(self, action: str, to: ActionStatus | None = None) -> Iterator[None]:
        """Asked again of what stands there already (a form sent twice), it changes nothing."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Action.objects.select_for_update(of=("self",)))
            self._already = to is not None and self.status == to
            if not self._already and self.status not in TRANSITIONS[action]:
                said = _g("This stands at “%(status)s” now. Look again before you change it.")
                raise Refused(said % {"status": self.get_status_display()})
            yield

    _already = False
