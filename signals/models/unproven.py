"""An address typed on the public form, until whoever reads its mail says that it is theirs."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signals.models.reports import Report
from signals.models.status_links import new_token

GOOD_FOR = dt.timedelta(days=3)
# So many may wait of one address. Of more no mail leaves: nobody's mailbox is filled by way of us.
MOST_WAITING = 3


class UnprovenAddressQuerySet(models.QuerySet["UnprovenAddress"]):
    def current(self) -> Self:
        return self.filter(made_at__gt=timezone.now() - GOOD_FOR)

    def waiting(self) -> Self:
        return self.current().filter(proven_at__isnull=True)

    def worn_out(self) -> Self:
        return self.filter(made_at__lte=timezone.now() - GOOD_FOR)


class UnprovenAddress(models.Model):
    """Beside the report, not in its reporter: no answer goes there, and no colleague sees it."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="unproven_address")
    email = models.EmailField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    proven_at = models.DateTimeField(null=True, blank=True)

    objects = UnprovenAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("unproven address")
        verbose_name_plural = _("unproven addresses")
        indexes = [models.Index(Lower("email"), name="unproven_email")]

    def __str__(self) -> str:
        return str(self.report_id)
