import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.bounces import Bounce
from signals.models.base import history
from signals.models.categories import Category
from signals.models.lexemes import LastDigits
from teams.access import Access
from teams.models import User


class Channel(models.TextChoices):
    PHONE = "phone", _("phone")
    MAIL = "mail", _("mail")
    WEB = "web", _("web")
    APP = "app", _("app")
    COUNTER = "counter", _("counter")
    WARDEN = "warden", _("warden")
    PARTNER = "partner", _("partner")


class ReportKind(models.TextChoices):
    QUESTION = "question", _("question")
    REPORT = "report", _("report")
    COMPLAINT = "complaint", _("complaint")
    SUGGESTION = "suggestion", _("suggestion")
    HELP_REQUEST = "help_request", _("help request")


class Located(models.Model):
    """A place in words, and on the map when known (WGS84 degrees)."""

    place = models.CharField(_("place"), max_length=200, blank=True)
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])

    class Meta:
        abstract = True


def whole_point(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(longitude__isnull=True, latitude__isnull=True)
        | models.Q(
            # A comparison with NULL would let half a point through.
            longitude__isnull=False,
            latitude__isnull=False,
            longitude__range=(-180, 180),
            latitude__range=(-90, 90),
        ),
        name=f"{name}_point_whole_and_on_earth",
    )


@pghistory.track(*history(), model_name="ReportChange")
class Report(Located):
    """One contact by one reporter through one channel. Its words are as secret as the signal's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.ForeignKey("signals.Signal", models.PROTECT, related_name="reports")
    external_number = models.CharField(_("external number"), max_length=60, null=True, blank=True, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ReportKind, default=ReportKind.REPORT)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="reports", verbose_name=_("category"), db_index=False
    )
    description = models.TextField(_("description"), max_length=5000)
    answer = models.TextField(_("answer"), blank=True, max_length=5000)
    answered_at_once = models.BooleanField(_("answered at once"), default=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="reports", db_index=False
    )
    # What the same reporter adds afterwards: it says who reported already, and is not counted once more.
    follows = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="later")
    saved_before = False  # of one object: what was sent now had become this report already

    class Meta:
        ordering = ["received_at"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            whole_point("report"),
            models.CheckConstraint(condition=models.Q(kind__in=ReportKind.values), name="report_kind_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="report_channel_known"),
        ]
        indexes = [
            models.Index(fields=["category", "received_at"], name="report_category_received"),
            models.Index(fields=["registered_by", "-received_at"], name="report_registered_by"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.received_at:%Y-%m-%d}"


class ReporterQuerySet(models.QuerySet["Reporter"]):
    def due_for_erasure(self) -> Self:
        """Those whose matter ended longer ago than the city keeps who reported it."""
        kept_since = timezone.now() - dt.timedelta(days=settings.RETENTION["reporter_days"])
        return self.filter(report__signal__closed_at__lt=kept_since)

    def with_bounces(self) -> Self:
        """`bounces`: mail to this address came back lately, and no more of it leaves."""
        back = Bounce.current().filter(address=Lower(models.OuterRef("email")))
        return self.annotate(bounces=models.Exists(back))

    def readable(self, viewer: Access) -> Self:
        """Who reported is the owner's alone: hidden from partners, and within the owner for whom it is granted."""
        return self.filter(
            models.Q(report__signal__area_id__in=viewer.areas("view_reporter"))
            | models.Q(report__signal__area_id__isnull=True)
            & models.Value(viewer.may("view_reporter"), output_field=models.BooleanField())
            | models.Q(report__signal__team_id__in=viewer.sealed_team_ids),
            report__signal__owner_id=viewer.organisation_id,
        )


@pghistory.track(*history(), model_name="ReporterChange")
class Reporter(models.Model):
    """Who reported, apart from what was reported: own permission, own retention."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="reporter")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    wants_answer = models.BooleanField(_("wants to hear what became of it"), default=True)

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="", email="", phone=""), name="reporter_has_something_to_say_who"
            ),
        ]
        indexes = [  # who calls again is found by name, address or number; the planner knows nothing of half an index
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="reporter_name_like"),
            models.Index(Lower("email"), name="reporter_email_lower"),
            models.Index(LastDigits("phone"), name="reporter_phone_last"),
        ]

    def __str__(self) -> str:
        return str(self.report_id)
