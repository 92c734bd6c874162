"""Which webhooks hear of an event: written in the transaction of the event, sent by a worker afterwards."""

import uuid

from django.db.models import QuerySet
from django.utils import timezone

from signals.levels import Level
from signals.models.events import EventKind, SignalEvent
from signals.models.partners import PartnerReport
from signals.models.tasks import Task
from signals.models.webhooks import Happening, Webhook, WebhookDelivery
from signals.workflow import COUNTING_TASK
from teams.models import Team

# What people did, in the words of the interface.
MEANS = {
    EventKind.OFFERED: Happening.OFFERED,
    EventKind.ACCEPTED: Happening.ACCEPTED,
    EventKind.RETURNED: Happening.RETURNED,
    EventKind.COMPLETED: Happening.DONE,
    EventKind.WITHDRAWN: Happening.WITHDRAWN,
    EventKind.NEW_SUBJECT: Happening.CORRECTED,
    EventKind.NEW_PLACE: Happening.CORRECTED,
    EventKind.CLOSED: Happening.CLOSED,
    EventKind.CANCELLED: Happening.CLOSED,
    EventKind.NOT_OURS: Happening.CLOSED,
    EventKind.REOPENED: Happening.REOPENED,
}


def happening_of(event: SignalEvent) -> Happening | None:
    happening = MEANS.get(EventKind(event.kind))
    if happening == Happening.OFFERED and event.by_id is None:
        return Happening.ROUTED  # a rule did it, not a person
    return happening


def announce(*events: SignalEvent) -> None:
    """One query while nobody listens, however many events."""
    told = [(event, happening) for event in events if (happening := happening_of(event))]
    teams = Team.objects.valid_on(timezone.localdate())
    listening = list(Webhook.objects.filter(active=True, team__in=teams)) if told else []
    for event, happening in told:
        for webhook in listening:
            if happening in webhook.happenings and _concerns(webhook, event):
                _write(webhook, event, happening)


def _concerns(webhook: Webhook, event: SignalEvent) -> bool:
    """A task: its own team alone, which knows of it already. A signal: as long as it is open to them."""
    if event.task is not None:
        return webhook.team_id == event.task.team_id
    return event.level == Level.OPEN and concerns(webhook, event.signal_id)


def concerns(webhook: Webhook, signal_id: uuid.UUID) -> bool:
    """Whoever has a task on it now, or did one, or had one when it ended, or reported it. Who gave its task back is
    out of it."""
    given = Task.objects.filter(signal_id=signal_id, team=webhook.team_id, level=Level.OPEN)
    works = given.filter(status__in=COUNTING_TASK) | given.ended_with_its_signal()
    return works.exists() or reported_by(webhook.organisation_id).filter(report__signal_id=signal_id).exists()


def reported_by(organisation_id: int) -> QuerySet[PartnerReport]:
    return PartnerReport.objects.filter(key__organisation=organisation_id)


def _write(webhook: Webhook, event: SignalEvent, happening: Happening) -> None:
    at_once = WebhookDelivery.objects.filter(webhook=webhook, happening=happening, event__at=event.at)
    if happening == Happening.CORRECTED and at_once.filter(event__signal=event.signal_id).exists():
        return  # subject and place in one act: the message tells both
    delivery, created = WebhookDelivery.objects.get_or_create(
        webhook=webhook, event=event, defaults={"happening": happening}
    )
    if created:
        delivery.send_soon()
