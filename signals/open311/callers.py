"""Who asks: anybody, or a partner by its key, which counts for no more than its rights."""

from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models import Category, PartnerKey, PartnerReport, Signal, Task
from signals.open311.answers import ApiError
from signals.visibility import may_read
from signals.workflow import SignalStatus
from teams.access import Access


@dataclass(frozen=True)
class Caller:
    """Without a key it is the public."""

    key: PartnerKey | None = None

    @property
    def access(self) -> Access:
        return self.key.access if self.key else Access()

    def requests(self) -> models.QuerySet[Signal]:
        """What this caller may follow, whole or in outline (`in_full`).

        Only ever what is open: of a secret a program gets nothing at all, whoever holds its key.
        """
        # What came in by itself nobody has looked at yet, and its subject may be wrong: it is not published.
        known = Q(category__in=Category.objects.filter(public=True).values("pk")) & ~Q(status=SignalStatus.NEW)
        full = Q(pk__in=[])
        if self.key is not None:
            sent = PartnerReport.objects.filter(
                report__signal=OuterRef("pk"), key__organisation=self.key.organisation_id
            )
            access = self.access
            full = may_read(access)
            known |= full | Q(Exists(sent)) | had_a_task_when_it_ended(access)
        in_full = models.Case(models.When(full, then=True), default=False, output_field=models.BooleanField())
        found: models.QuerySet[Signal] = Signal.objects.filter(known, level=Level.OPEN).annotate(in_full=in_full)
        return found


def had_a_task_when_it_ended(access: Access) -> Q:
    """What a team was asked for until the very end it still follows, in outline: else it would never see that end."""
    tasks = Task.objects.filter(signal=OuterRef("pk"), team__in=access.team_ids, level=Level.OPEN)
    return Q(Exists(tasks.ended_with_its_signal()))


def caller_of(request: HttpRequest, form: str = "xml") -> Caller:
    """Who asks, within what it may ask in a minute."""
    text = shown_key(request)
    if not text:
        _count(request, "open311-public")
        return Caller()
    key = _known_key(request, text)
    _count(request, "open311-key", str(key.pk))
    key.note_use()
    return Caller(key)


def poster_of(request: HttpRequest) -> PartnerKey:
    """The key of who reports; only with one can anything be reported."""
    text = shown_key(request)
    if not text:
        raise ApiError(403, _("Reporting takes a key (api_key). Ask one from the administrator of the city."))
    key = _known_key(request, text)
    if not key.may_post:
        raise ApiError(403, _("This key may read, not report."))
    key.note_use()
    return key


def count_post(request: HttpRequest, key: PartnerKey) -> None:
    _count(request, "open311-post", str(key.pk))


def still_valid(key: PartnerKey) -> None:
    """A key can be revoked while a long list of reports is being taken."""
    key.refresh_from_db(fields=["revoked_at", "valid_until", "may_post"])
    if not key.is_valid:
        raise ApiError(403, key.why_not)


def shown_key(request: HttpRequest) -> str:
    """In a header, where no log keeps it; in the form or the address as the standard has it."""
    shown = request.headers.get("X-Api-Key") or request.GET.get("api_key") or ""
    if not shown and request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        shown = request.POST.get("api_key", "")
    return shown.strip()


def _known_key(request: HttpRequest, text: str) -> PartnerKey:
    key = PartnerKey.objects.named_by(text)
    if key is None:
        _count(request, "open311-unknown-key")
        raise ApiError(403, _("We do not know this key (api_key)."))
    if not key.is_valid:
        raise ApiError(403, key.why_not)
    return key


def _count(request: HttpRequest, action: str, key: str | None = None) -> None:
    used = ratelimit.consume(
        request, app="signals", action=action, config=settings.OPEN311_RATES, key=key, limit_get=True
    )
    if used is None:
        raise ApiError(429, _("Too many questions in a short time. Wait a minute and go on."))
