"""The reporter's own way in: a random address, behind which stands what became of the report and nothing more."""

import datetime as dt
import secrets
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signals.models.reports import Report

# So long after it ended a reporter may say that it did not help; later it is a new report.
REOPENED_WITHIN = dt.timedelta(days=30)


class Satisfaction(models.IntegerChoices):
    CONTENT = 3, _("satisfied")
    SO_SO = 2, _("so-so")
    NOT = 1, _("not satisfied")


def new_token() -> str:
    return secrets.token_urlsafe(24)


class StatusLinkQuerySet(models.QuerySet["StatusLink"]):
    def named_by(self, token: str) -> "StatusLink | None":
        return self.select_related("report__signal__category", "report__signal__owner").filter(token=token).first()

    def rated(self) -> Self:
        return self.filter(score__isnull=False)


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange(), row=pghistory.Old),
    pghistory.DeleteEvent(),
    exclude=["token", "comment"],
    model_name="StatusLinkChange",
)
class StatusLink(models.Model):
    """One per report, made when it is first put in a mail. Without a token it leads nowhere any more."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="status_link")
    token = models.CharField(max_length=40, unique=True, null=True, default=new_token, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    score = models.PositiveSmallIntegerField(_("satisfaction"), choices=Satisfaction, null=True, blank=True)
    comment = models.TextField(_("what could be better"), max_length=1000, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)

    objects = StatusLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("status page")
        verbose_name_plural = _("status pages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=True, rated_at__isnull=True, comment="")
                | models.Q(score__in=Satisfaction.values, rated_at__isnull=False),
                name="status_link_rated_at_when_rated",
            ),
        ]

    def __str__(self) -> str:
        return str(self.report_id)

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{reverse('status-page', args=[self.token])}"


def status_url(report: Report) -> str:
    """The address to put in a mail to who reported it; the same one each time."""
    link, _created = StatusLink.objects.get_or_create(report=report)
    return link.url if link.token else ""
