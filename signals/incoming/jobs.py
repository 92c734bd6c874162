"""What a worker does for mail that came in."""

from functools import partial

from django.db.models import Q

from kortrijk_gebied.jobs.bounces import Bounce
from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.jobs.rounds import each
from kortrijk_gebied.retention import kept_since
from signals.incoming.taking import take
from signals.models import IncomingMail
from signals.models.incoming import LEFT_OVER, MailState
from signals.proving import erase_unproven


@handles("read-mail")
def read_mail(job: Job) -> None:
    take(IncomingMail.objects.get(pk=job.payload["mail"]))


@handles("retention-mail")
def erase_old_mail(job: Job) -> None:
    """What became a report is kept there; as it came it need not be kept for long. What nobody looked at stays, apart
    from what machines wrote. And addresses that nobody said yes to."""
    job.count(erased=0, addresses=erase_unproven())
    waiting = Q(settled_at__isnull=True, state__in=[MailState.RECEIVED, *(LEFT_OVER - {MailState.AUTOMATIC})])
    old = IncomingMail.objects.filter(received_at__lt=kept_since("mail_days")).exclude(waiting)
    each(old, partial(_erase, job=job), about="Erasing mail")
    Bounce.erase_old()


def _erase(mail: IncomingMail, *, job: Job) -> None:
    mail.raw.delete(save=False)
    mail.delete()
    job.count(erased=1)
