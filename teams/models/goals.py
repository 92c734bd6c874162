"""The goals of a plan: a tree, five levels deep at most, of which every programme item has a service that does it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
import pgtrigger
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.models.action_words import Dimension as DimensionChoices
from teams.models.people import User
from teams.models.plans import Plan
from teams.models.teams import Membership, Team

MOST_DEEP = 5  # the trigger below says so too


class GoalKind(models.TextChoices):
    DOMAIN = "domain", _("domain")
    THEME = "theme", _("theme")
    STRATEGIC = "strategic", _("strategic goal")
    TACTICAL = "tactical", _("tactical goal")
    ITEM = "item", _("item")


# A heading over goals; the other kinds ask for somebody who does them, unless goals below them are done.
HEADINGS = [GoalKind.DOMAIN, GoalKind.THEME]


@pghistory.track(*history(), model_name="PhenomenonChange")
class Phenomenon(models.Model):
    """What a goal is about, in the words of those who count it. A list of our own, that an administrator changes."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("phenomenon")
        verbose_name_plural = _("phenomena")

    def __str__(self) -> str:
        return self.name


@pghistory.track(*history(), model_name="GoalChange")
class Goal(models.Model):
    Kind = GoalKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals", editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=9, choices=GoalKind)
    title = models.CharField(_("title"), max_length=200)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    what = models.TextField(_("what"), max_length=2000, blank=True)
    how = models.TextField(_("how"), max_length=2000, blank=True)
    dimension = models.CharField(_("dimension"), max_length=10, choices=DimensionChoices, blank=True)
    owner_team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("service that does it")
    )
    phenomena = models.ManyToManyField(Phenomenon, blank=True, related_name="goals", verbose_name=_("phenomena"))
    evaluation = models.TextField(_("evaluation"), max_length=2000, blank=True)
    evaluated_on = models.DateField(_("evaluated on"), null=True, blank=True)
    adopted_at = models.DateTimeField(_("adopted"), null=True, blank=True, editable=False)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    mandate = models.CharField(_("in whose name"), max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["plan", "position", "pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=GoalKind.values), name="goal_kind_known"),
            models.CheckConstraint(
                condition=models.Q(dimension__in=["", *DimensionChoices.values]), name="goal_dimension_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="goal_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(adopted_at__isnull=True, adopted_by__isnull=True, mandate="")
                | models.Q(adopted_at__isnull=False, adopted_by__isnull=False, owner_team__isnull=False),
                name="goal_adopted_at_by_with_a_service",
                violation_error_message=_("What is adopted has a service that does it."),
            ),
            models.CheckConstraint(
                condition=models.Q(evaluation="", evaluated_on__isnull=True)
                | ~models.Q(evaluation="") & models.Q(evaluated_on__isnull=False),
                name="goal_evaluation_has_a_day",
                violation_error_message=_("An evaluation has words and a day."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_a_tree",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("step", "uuid"), ("above", "teams_goal"), ("depth", "int")],
                func="""
                    step := NEW.parent_id; depth := 1;
                    WHILE step IS NOT NULL LOOP
                        SELECT * INTO above FROM teams_goal WHERE id = step;
                        depth := depth + 1;
                        IF step = NEW.id OR above.plan_id <> NEW.plan_id OR depth > 5 THEN
                            RAISE EXCEPTION 'A goal stands in the tree of its own plan, five deep at most'
                                USING ERRCODE = 'check_violation';
                        END IF;
                        step := above.parent_id;
                    END LOOP;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:goal", args=[self.pk])

    @property
    def is_heading(self) -> bool:
        return self.kind in HEADINGS

    @property
    def is_adopted(self) -> bool:
        return self.adopted_at is not None

    def adopt(self, *, by: User) -> None:
        """The town takes it on: with a service that does it, and by who may speak for the team of the plan."""
        from teams.mandates import must_speak

        with self.locked():
            if self.is_heading:
                raise Refused(_g("A domain or a theme is a heading: adopt what stands below it."))
            if self.owner_team is None:
                raise Refused(
                    _g("“%(goal)s” has no service that does it. First choose one: who begins without, ends without.")
                    % {"goal": self}
                )
            must_speak(by, self.plan.team, on=timezone.localdate())
            if not self.is_adopted:
                self.adopted_at, self.adopted_by, self.mandate = timezone.now(), by, spoken_for(by, self.plan.team)
                self.save(update_fields=["adopted_at", "adopted_by", "mandate"])

    def remove(self) -> None:
        """Of a goal that something hangs on, the history would be lost."""
        with self.locked():
            if self.children.exists():
                raise Refused(_g("Other goals stand below this one. First move or remove those."))
            if self.actions.exists():
                raise Refused(_g("Actions hang on this goal. First hang them elsewhere; or say here why it ended."))
            self.delete()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """With the plan held, so that no two moves make a circle together."""
        with transaction.atomic():
            plan = self.plan.locked()
            self.refresh_from_db()
            self.plan = plan
            yield


def spoken_for(person: User, team: Team) -> str:
    """In whose name somebody speaks in a team today, as the membership says."""
    today = timezone.localdate()
    held = Membership.objects.valid_on(today).filter(user=person, team=team).exclude(mandate="").order_by("pk")
    return next((words for each in held if (words := each.speaks_for(today))), "")
