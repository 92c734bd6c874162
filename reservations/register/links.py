"""The link in a mail by which a contact asks for a room: signed, for two hours, of one association.

The address is gone from the bar after the first click: what it opened stays in the session. Looked at anew at every
page: a contact who was erased, lost the right or got another address has nothing any more.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import Job, enqueue, post
from kortrijk_gebied.jobs.registry import handles
from reservations.models import Contact

SALT = "room-link"
KIND = "mail-room-link"
GOOD_FOR = dt.timedelta(hours=2)
KEPT_AS = "room_link"


def ask_by_mail(address: str) -> None:
    """The same work whether the address is known or not: a job. Only a worker looks it up."""
    enqueue(KIND, key=f"{KIND}:{uuid7()}", payload={"address": address})


@handles(KIND)
def send(job: Job) -> None:
    address, job.payload = job.payload.get("address", ""), {}  # what a stranger typed stays nowhere
    for contact in Contact.objects.asking().filter(email__iexact=address).select_related("association"):
        post(
            key=f"contact:{contact.pk}:link:{job.pk}",
            to=contact.email,
            subject=_("Your link to ask for a room"),
            body=_body(contact),
        )
    job.save(update_fields=["payload"])


def _body(contact: Contact) -> str:
    lines = [
        _("Somebody, probably you, asked for a link to ask for a room in Kortrijk for %(association)s.")
        % {"association": contact.association.name},
        "",
        f"{settings.SITE_URL}{reverse('room-link', args=[token_of(contact)])}",
        "",
        _("The link opens for two hours. Send it to nobody."),
        _("Did you not ask for it? Then do nothing."),
    ]
    return "\n".join(lines)


def token_of(contact: Contact) -> str:
    return signing.dumps([str(contact.pk), contact.association_id, mark_of(contact)], salt=SALT)


def mark_of(contact: Contact) -> str:
    """Of the address it went to: with another one it opens nothing."""
    return salted_hmac(SALT, contact.email.lower(), algorithm="sha256").hexdigest()[:16]


def named_by(token: str) -> Contact | None:
    try:
        key, association, mark = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _standing(key, association, mark)


def _standing(key: str, association: int, mark: str) -> Contact | None:
    contact = (
        Contact.objects.asking()
        .filter(pk=uuid.UUID(key), association=association)
        .select_related("association__area")
        .first()
    )
    return contact if contact and mark_of(contact) == mark else None


def open_for(session: SessionBase, contact: Contact) -> None:
    session.cycle_key()
    until = timezone.now() + GOOD_FOR
    session[KEPT_AS] = [str(contact.pk), contact.association_id, mark_of(contact), until.timestamp()]


def contact_of(session: SessionBase) -> Contact | None:
    kept = session.get(KEPT_AS)
    if not kept or kept[3] < timezone.now().timestamp():
        return None
    return _standing(*kept[:3])


def leave(session: SessionBase) -> None:
    session.pop(KEPT_AS, None)
