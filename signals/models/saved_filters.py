"""Filters of the inbox that somebody keeps. They hold no signals: each who uses one sees what they may see."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.models import Team, User


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def of(self, viewer: Access) -> Self:
        """One's own, and those of one's teams: the tabs beside the fixed ones."""
        return self.filter(Q(by_id=viewer.user_id, team=None) | Q(team_id__in=viewer.team_ids))

    def openable(self, viewer: Access) -> Self:
        """Those too whose link was handed out."""
        return self.filter(Q(by_id=viewer.user_id) | Q(team_id__in=viewer.team_ids) | Q(by_link=True))

    def editable(self, viewer: Access) -> Self:
        """Who made it changes it; a colleague of the team it is for too."""
        return self.filter(Q(by_id=viewer.user_id) | Q(team_id__in=viewer.team_ids))


class SavedFilter(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1000)  # as it stands in the address, in a fixed order
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("for"))
    by_link = models.BooleanField(_("who has the link may open it"), default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="savedfilter_says_what_and_how"),
            models.UniqueConstraint(
                fields=["by", "name"], condition=Q(team=None), name="savedfilter_once_per_person",
                violation_error_message=_("You keep a filter of that name already."),
            ),
            models.UniqueConstraint(
                fields=["team", "name"], condition=Q(team__isnull=False), name="savedfilter_once_per_team",
                violation_error_message=_("This team keeps a filter of that name already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Column(models.TextChoices):
    """What a row of the inbox can show beside what it always shows."""

    REFERENCE = "nummer", _("Number")
    AREA = "gebied", _("Area")
    STATUS = "status", _("Status")
    OWNER = "organisatie", _("Owner")
    REPORTED = "gemeld", _("Reported")
    REPORTS = "meldingen", _("Reports")
    TAGS = "labels", _("Tags")


class InboxChoice(models.Model):
    """How somebody wants the rows of the inbox. Who chose nothing has no row here."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    columns = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(columns__contained_by=Column.values), name="inboxchoice_columns_known")
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    @classmethod
    def of(cls, user: User) -> list[str]:
        row = cls.objects.filter(user=user).first()
        return [column for column in Column.values if row and column in row.columns]
