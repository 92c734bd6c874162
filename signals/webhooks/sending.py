"""One message to a partner: put together when it leaves, signed, sent, and what came of it noted.

What a partner hears is what Open311 would answer it at that moment (docs/decisions/020). Signed as
https://www.standardwebhooks.com has it, so that a partner finds a library for it. What is limited or sealed never
stands in a message: then it holds a link, which opens only for who may read it.
"""

import base64
import hashlib
import hmac
import json
import time
import uuid
from typing import Any, cast

from django.conf import settings
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.outgoing import Unreachable, send
from signals.levels import Level
from signals.models import DeliveryState, Signal, Task, Webhook, WebhookDelivery
from signals.models.webhooks import ABOUT_TASKS, Happening
from signals.open311.callers import had_a_task_when_it_ended
from signals.open311.listing import link_to, told
from signals.visibility import may_read
from signals.webhooks.announce import concerns, reported_by
from teams.access import access_of_team
from teams.models import Team

SECONDS = 10
MOST_ANSWERED = 4096
USER_AGENT = "gebied-kortrijk-webhook/1"


class NotDelivered(Exception):
    """It will be tried again; the delivery says why."""


def deliver(delivery: WebhookDelivery, *, last_attempt: bool) -> None:
    """Send it; raises NotDelivered when it must be tried again."""
    webhook = delivery.webhook
    message = message_of(delivery) if webhook.active else None
    if message is None:
        delivery.note(DeliveryState.DROPPED, problem=_why_not(delivery))
        return
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    after = DeliveryState.FAILED if last_attempt else DeliveryState.WAITING
    try:
        answer = send(
            "POST", webhook.url, headers=headers_for(webhook, delivery.pk, body, int(time.time())), body=body,
            seconds=SECONDS, most=MOST_ANSWERED,
        )  # fmt: skip
    except Unreachable as error:
        delivery.note(after, problem=str(error))
        raise NotDelivered from error
    if 200 <= answer.status < 300:
        delivery.note(DeliveryState.DELIVERED, answer=answer.status)
        return
    delivery.note(after, answer=answer.status, problem=_what_it_answered(answer.status))
    raise NotDelivered


def headers_for(webhook: Webhook, pk: uuid.UUID, body: bytes, at: int) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": USER_AGENT,
        "webhook-id": str(pk),
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{signature(webhook.secret, str(pk), at, body)}",
    }


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{at}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def message_of(delivery: WebhookDelivery) -> dict[str, Any] | None:
    """What may be told now, which can be less than when it happened; None when that is nothing."""
    event, task, webhook = delivery.event, delivery.event.task, delivery.webhook
    about_task = delivery.happening in ABOUT_TASKS
    is_open, comes_back = _level(delivery) == Level.OPEN, _comes_back(delivery)
    concerned = about_task or (is_open and (comes_back or concerns(webhook, event.signal_id)))
    if not _is_valid(webhook.team) or not concerned:
        return None
    message: dict[str, Any] = {
        "type": delivery.happening,
        "timestamp": event.at.isoformat(timespec="seconds"),
        "data": {},
    }
    if about_task and task is not None:
        message["data"]["task"] = _task(task, whole=is_open)
    if is_open and (signal := _followed(webhook, event.signal_id, comes_back=comes_back)):
        message["data"]["signal"] = _signal(signal)
    return message


def _level(delivery: WebhookDelivery) -> int:
    event, task = delivery.event, delivery.event.task
    return max(event.level, event.signal.level, task.level if task else Level.OPEN)


def _comes_back(delivery: WebhookDelivery) -> bool:
    """It is open again, of which they were told the end: else it would stay over for them. Their task, which ended
    with it, need not have been asked of them once more."""
    told_the_end = WebhookDelivery.objects.filter(
        webhook=delivery.webhook, event__signal=delivery.event.signal_id, happening=Happening.CLOSED
    ).exclude(state=DeliveryState.DROPPED)
    return delivery.happening == Happening.REOPENED and told_the_end.exists()


def _is_valid(team: Team) -> bool:
    return Team.objects.valid_on(timezone.localdate()).filter(pk=team.pk).exists()


def _followed(webhook: Webhook, signal_id: uuid.UUID, *, comes_back: bool = False) -> Signal | None:
    """The signal with how much of it may be told: what the team reads in full, what its organisation reported, what
    everybody follows and what comes back in outline."""
    access = access_of_team(webhook.team)
    full = may_read(access)
    reported = reported_by(webhook.organisation_id).filter(report__signal=OuterRef("pk"))
    known = full | Q(Exists(reported)) | Q(category__public=True) | had_a_task_when_it_ended(access)
    in_full = Case(When(full, then=True), default=False, output_field=BooleanField())
    known = Q() if comes_back else known
    found: QuerySet[Signal] = Signal.objects.filter(known, pk=signal_id, level=Level.OPEN).annotate(in_full=in_full)
    return found.select_related("category", "area", "owner").first()


SAID = ("service_request_id", "status", "service_code", "service_name", "address", "lat", "long")


def _signal(signal: Signal) -> dict[str, Any]:
    outline = cast(dict[str, Any], told(signal))
    return {name: outline[name] for name in SAID} | {
        "requested_datetime": timezone.localtime(signal.reported_at).isoformat(timespec="seconds"),
        "request": link_to(signal),
        "page": _site(reverse("signals:signal", args=[signal.reference])),
    }


def _task(task: Task, *, whole: bool) -> dict[str, Any]:
    """Of secret matter the link alone: the team reads the rest in the program, under a name."""
    page = _site(reverse("signals:task", args=[task.pk]))
    if not whole:
        return {"page": page}
    due = timezone.localtime(task.due_at).isoformat(timespec="seconds") if task.due_at else None
    return {"id": str(task.pk), "title": task.title, "status": task.status, "due": due, "page": page}


def _site(path: str) -> str:
    return str(settings.SITE_URL).rstrip("/") + path


def _why_not(delivery: WebhookDelivery) -> str:
    if not delivery.webhook.active:
        return _("The webhook is switched off.")
    if not _is_valid(delivery.webhook.team):
        return _("The team has ended.")
    if _level(delivery) > Level.OPEN:
        return _("It is not open any more.")
    return _("It does not concern the team any more.")


def _what_it_answered(status: int) -> str:
    if 300 <= status < 400:
        return _("The other side refers to another address; we follow no one. Change the address.")
    if status in (401, 403):
        return _("The other side refuses us.")
    if status in (404, 410):
        return _("The other side knows no such address.")
    return _("The other side could not take it.")
