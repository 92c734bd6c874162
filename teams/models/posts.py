import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.models.absences import Absence
from teams.models.people import User
from teams.models.teams import Dated, DateRange, Function, Membership, Team, ends_after_starts


def away_on(day: dt.date) -> "models.Prefetch[str]":
    """For rows with a `user`: that they are away that day, and who answers meanwhile, as `user.away`."""
    return models.Prefetch("user__absences", Absence.objects.with_replacement(day), to_attr="away")


class PostHolderQuerySet(models.QuerySet["PostHolder"]):
    def valid_on(self, day: dt.date) -> Self:
        """Holders who count on a day: a post is held by a member of its team, as long as that lasts."""
        member = Membership.objects.valid_on(day).filter(
            user=models.OuterRef("user"), team=models.OuterRef("post__team")
        )
        return self.filter(Dated.valid(day), models.Exists(member))

    def not_over(self, day: dt.date) -> Self:
        return self.exclude(ends__lt=day)


class PostQuerySet(models.QuerySet["Post"]):
    def with_holders(self, day: dt.date) -> Self:
        """With who holds each of them that day, as `held_by`, and who of these is away; in two queries more."""
        holders = PostHolder.objects.valid_on(day).select_related("user").prefetch_related(away_on(day))
        return (
            self.select_related("area")
            .defer("area__boundary")
            .prefetch_related(models.Prefetch("holders", holders, to_attr="current"))
        )


@pghistory.track(model_name="PostChange")
class Post(models.Model):
    """A function in a team for an area: work goes to the post, whoever holds it that day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="posts", verbose_name=_("team"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="posts", verbose_name=_("area"))
    function = models.CharField(_("function"), max_length=30, choices=Function)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["area__code", "function"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["team", "area", "function"], name="post_once"),
            models.CheckConstraint(condition=models.Q(function__in=Function.values), name="post_function_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_function_display()} {self.area.name}"

    @property
    def held_by(self) -> list[User]:
        """Who holds it on the day it was asked for `with_holders`."""
        return [holder.user for holder in getattr(self, "current", [])]


@pghistory.track(model_name="PostHolderChange")
class PostHolder(Dated):
    post = models.ForeignKey(Post, models.CASCADE, related_name="holders", verbose_name=_("post"))
    user = models.ForeignKey(User, models.CASCADE, related_name="posts_held", verbose_name=_("person"))
    by_rota = models.BooleanField(_("by the rota"), default=False, editable=False)  # the next one may put another

    objects = PostHolderQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("post holder")
        verbose_name_plural = _("post holders")
        constraints = [
            ends_after_starts("postholder"),
            ExclusionConstraint(
                name="postholder_no_overlap",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (DateRange("starts", "ends", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds this post in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.post}"
