"""The mail with which a new colleague chooses a password. The link is made when the mail leaves and kept nowhere."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import MAIL_ATTEMPTS, Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from teams.account_mail import password_link, send
from teams.models import User


def invite(*, person: User, by: User | None) -> Job:
    """Send a link to choose a password, once a minute at most."""
    minute = timezone.now().strftime("%Y%m%d%H%M")
    return enqueue(
        "invitation",
        key=f"invitation:{person.pk}:{minute}",
        payload={"person": str(person.pk)},
        by_id=by.pk if by else None,
        max_attempts=MAIL_ATTEMPTS,
    )


@handles("invitation")
def send_invitation(job: Job) -> None:
    person = User.objects.filter(pk=job.payload["person"], is_active=True).first()
    if person is None:  # stopped meanwhile: nothing to open
        return
    body = render_to_string("teams/invitation.txt", {"person": person, "link": password_link(person)})
    send(job, to=person.email, subject=_("Choose your password for Gebied Kortrijk"), body=body)
