"""Plans a team keeps, and the versions of them that everybody may read."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.within import ground_of
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.models.mandates import Role
from teams.models.people import User
from teams.models.places import Placed
from teams.models.teams import Dated, Function, Membership, Team, ends_after_starts

if TYPE_CHECKING:
    from teams.access import Access

# Who of the team that keeps a plan writes in it.
WRITERS = [Function.AREA_WORKER, Function.PROJECT_OFFICER, Function.COORDINATOR]


class PlanKind(models.TextChoices):
    SAFETY = "safety", _("integral safety plan")
    NINE_POINT = "nine_point", _("nine-point plan")
    PROGRAMME = "programme", _("neighbourhood programme")
    PARTICIPATION = "participation", _("participation plan")
    RELATED = "related", _("plan of a partner")


class PlanPhase(models.TextChoices):
    """The seven phases of making and following an integral safety plan."""

    MANDATE = "mandate", _("1. start and mandate")
    DIAGNOSIS = "diagnosis", _("2. diagnosis of safety")
    RELATED = "related", _("3. reading other plans")
    HEARINGS = "hearings", _("4. hearings by theme")
    PRIORITIES = "priorities", _("5. priorities and goals")
    ADOPTION = "adoption", _("6. adoption and publication")
    FOLLOW_UP = "follow_up", _("7. doing, following and evaluating")


class PlanQuerySet(models.QuerySet["Plan"]):
    def readable(self, viewer: "Access") -> Self:
        """The team that keeps it, and who may view one of its areas; without areas, who may view any."""
        places = Plan.areas.through.objects
        heard = models.Q(team_id__in=viewer.team_ids)
        if viewer.areas("view"):
            heard |= models.Q(pk__in=places.filter(area__in=viewer.areas("view")).values("plan"))
            heard |= models.Q(~models.Exists(places.filter(plan=models.OuterRef("pk"))))
        return self.filter(heard)

    def writable(self, viewer: "Access") -> Self:
        """Who has the pen in the team that keeps it: its leader, area workers, project officers, coordinators."""
        return self.filter(team__in=teams_written_for(viewer))

    def of_area(self, area: Area) -> Self:
        return self.filter(pk__in=Plan.areas.through.objects.filter(ground_of(area)).values("plan"))

    def public(self) -> Self:
        return self.filter(versions__ended_at__isnull=True, versions__isnull=False)

    def valid_on(self, day: dt.date) -> Self:
        return self.filter(Dated.valid(day))


def teams_written_for(viewer: "Access") -> models.QuerySet[Team]:
    """Teams whose plans a viewer writes."""
    if viewer.user_id is None:
        return Team.objects.none()
    today = timezone.localdate()
    holds = models.Q(function__in=WRITERS) | models.Q(role=Role.LEADER)
    pen = Membership.objects.valid_on(today).filter(holds, user_id=viewer.user_id)
    return Team.objects.valid_on(today).filter(pk__in=pen.values("team"))


@pghistory.track(*history(), model_name="PlanChange")
class Plan(Placed, Dated):
    """A tree of goals for some years; or, of a partner, that it exists, whose it is and how long it runs."""

    Kind = PlanKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=13, choices=PlanKind)
    title = models.CharField(_("title"), max_length=160)
    team = models.ForeignKey(Team, models.PROTECT, related_name="plans", verbose_name=_("team that keeps it"))
    keeper = models.CharField(
        _("whose plan it is"), max_length=120, blank=True, help_text=_("Only of a plan of a partner.")
    )
    areas = models.ManyToManyField(
        Area, blank=True, related_name="plans", verbose_name=_("areas"), help_text=_("None ticked: the whole city.")
    )
    phase = models.CharField(_("phase"), max_length=10, choices=PlanPhase, blank=True)
    cycle = models.CharField(
        _("cycle"), max_length=160, blank=True,
        help_text=_("For example: every six years, together with the zonal safety plan."),
    )  # fmt: skip
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_cycle", verbose_name=_("cycle before it"),
        editable=False,
    )  # fmt: skip
    foreword = models.TextField(_("foreword"), max_length=4000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-starts", "title", "pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            ends_after_starts("plan"),
            models.CheckConstraint(condition=models.Q(kind__in=PlanKind.values), name="plan_kind_known"),
            models.CheckConstraint(condition=models.Q(phase__in=["", *PlanPhase.values]), name="plan_phase_known"),
            models.CheckConstraint(
                condition=models.Q(phase="") | models.Q(kind="safety"),
                name="plan_phase_of_safety",
                violation_error_message=_("Only an integral safety plan goes through the seven phases."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="related") ^ models.Q(keeper=""),
                name="plan_of_a_partner_says_whose",
                violation_error_message=_("Of a plan of a partner, and only of that, say whose it is."),
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="plan_has_a_title"),
            models.CheckConstraint(condition=~models.Q(follows=models.F("id")), name="plan_follows_another"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The address of a plan is its title as it was first; it never changes."""
        if not self.code:
            self.code = free_code(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.code])

    @property
    def is_related(self) -> bool:
        return self.kind == PlanKind.RELATED

    @property
    def filename(self) -> str:
        return f"{self.code}.pdf"

    def locked(self) -> "Plan":
        """Whoever changes its tree or publishes it goes one after the other."""
        return Plan.objects.select_for_update(of=("self",)).select_related("team").get(pk=self.pk)


def free_code(title: str) -> str:
    """Of two with the same title at the same moment, the constraint lets the second try again."""
    code = slugify(title)[:50].strip("-") or "plan"
    taken = set(Plan.objects.filter(code__startswith=code).values_list("code", flat=True)) | {"nieuw", "doel"}
    return next(c for n in range(1, len(taken) + 2) if (c := code if n == 1 else f"{code}-{n}") not in taken)


@pghistory.track(*history(), model_name="PlanVersionChange")
class PlanVersion(models.Model):
    """What everybody reads: words and document as they were when they were published, whatever is written since."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    contents = models.JSONField(help_text="title, foreword and the tree of goals, see teams/plans/freezing.py")
    file = models.FileField(upload_to="plans/")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("public until"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why it was withdrawn"), max_length=400, blank=True)

    class Meta:
        ordering = ["plan", "-number"]
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(ended_at__isnull=True), name="plan_version_one_is_public"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, reason="")
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="plan_version_ended_at_by",
            ),
            models.CheckConstraint(condition=~models.Q(sha256="") & ~models.Q(file=""), name="plan_version_is_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"

    @property
    def is_public(self) -> bool:
        return self.ended_at is None

    @property
    def filename(self) -> str:
        return f"{self.plan.code}-{self.number}.pdf"

    def withdraw(self, *, by: User, reason: str) -> None:
        """From now on nobody outside reads it; that it was public, and why no longer, stays known."""
        if not (said := reason.strip()):
            raise Refused(_g("Say why it is withdrawn: colleagues will ask."))
        with transaction.atomic():
            self.plan.locked()
            self.refresh_from_db()
            if not self.is_public:
                raise Refused(_g("This version is not public any more."))
            self.end(by=by, reason=said)

    def end(self, *, by: User, reason: str = "") -> None:
        self.ended_at, self.ended_by, self.reason = timezone.now(), by, reason
        self.save(update_fields=["ended_at", "ended_by", "reason"])
