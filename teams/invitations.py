"""The mail with which a new colleague chooses a password. The link is made when the mail leaves and kept nowhere."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from teams.models import User


def invite(*, person: User, by: User | None) -> Job:
    """Send a link to choose a password, once a minute at most."""
    minute = timezone.now().strftime("%Y%m%d%H%M")
    return enqueue(
        "invitation",
        key=f"invitation:{person.pk}:{minute}",
        payload={"person": str(person.pk)},
        by_id=by.pk if by else None,
    )


def password_link(person: User) -> str:
    """Opens the page to choose a password: once, and for three days."""
    token = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return f"{settings.SITE_URL}{path}"


@handles("invitation")
def send_invitation(job: Job) -> None:
    person = User.objects.filter(pk=job.payload["person"], is_active=True).first()
    if person is None:  # stopped meanwhile: nothing to open
        return
    body = render_to_string("teams/invitation.txt", {"person": person, "link": password_link(person)})
    EmailMessage(_("Choose your password for Gebied Kortrijk"), body, to=[person.email]).send()
