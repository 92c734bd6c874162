from kortrijk_gebied.jobs.models import MAX_ATTEMPTS, Job
from kortrijk_gebied.jobs.registry import handles
from signals.models import WebhookDelivery
from signals.webhooks.sending import deliver


@handles("webhook")
def send_webhook(job: Job) -> None:
    related = ("webhook__team", "event__signal", "event__task")
    delivery = WebhookDelivery.objects.select_related(*related).filter(pk=job.payload["delivery"]).first()
    if delivery is not None:  # else its signal was erased meanwhile
        deliver(delivery, last_attempt=job.attempts >= MAX_ATTEMPTS)
