"""Mails about an account. They leave behind the page, so that a mail server that is away loses none.

The link is made when the mail leaves and kept nowhere, and afterwards not even who it was for: an address
that somebody typed need not be ours to remember.
"""

import uuid
from smtplib import SMTPRecipientsRefused

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from kortrijk_gebied.failures import is_final
from kortrijk_gebied.jobs.models import MAIL_ATTEMPTS, Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from teams.models import User


def password_link(person: User) -> str:
    """Opens the page to choose a password: once, and for three days."""
    token = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return f"{settings.SITE_URL}{path}"


def queue(template: str, *, to: str, person: User | None) -> Job:
    """`template` begins the names of the two templates, of the subject and of the message."""
    payload = {"template": template, "to": to, "person": str(person.pk) if person else None}
    return enqueue("account-mail", key=f"account-mail:{uuid.uuid4()}", payload=payload, max_attempts=MAIL_ATTEMPTS)


@handles("account-mail")
def send_account_mail(job: Job) -> None:
    if not job.payload:  # sent by a worker that died before it could say so
        return
    template, words = job.payload["template"], {}
    person = User.objects.filter(pk=job.payload["person"], is_active=True).first()
    if person:
        words = {"password_reset_url": password_link(person)}
    if person or job.payload["person"] is None:  # stopped meanwhile: nothing to open
        subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
        body = render_to_string(f"{template}_message.txt", words).strip()
        try:
            send(job, to=job.payload["to"], subject=subject, body=body)
        except SMTPRecipientsRefused as refusal:
            if not is_final(refusal):
                raise
            job.result = {"refused": True}
    job.payload = {}
    job.save(update_fields=["payload", "result"])


def send(job: Job, *, to: str, subject: str, body: str) -> None:
    """With the Message-ID of the job, by which one that came twice is recognised."""
    EmailMessage(subject, body, to=[to], headers={"Message-ID": job.message_id}).send()
