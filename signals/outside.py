"""The mail to somebody outside to whom a signal is referred, with a link on which they say yes or no.

They do not work with this program and have no password: the link is signed, and good for this one answer.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import Message, State, post
from signals.levels import Level
from signals.models import Handover

SALT = "handover-outside"
GOOD_FOR = dt.timedelta(days=120)


def link_for(handover: Handover) -> str:
    token = signing.dumps(str(handover.pk), salt=SALT)
    return f"{settings.SITE_URL}{reverse('signals:outside', args=[token])}"


def handover_of(token: str) -> Handover | None:
    """What a link was made for; None when it is not one of ours, too old, or of what is not open any more."""
    try:
        pk = uuid.UUID(signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except (signing.BadSignature, ValueError):
        return None
    return Handover.objects.filter(pk=pk, signal__level=Level.OPEN).select_related("by__organisation", "signal").first()


def write(handover: Handover, *, key: str, after: dt.timedelta = dt.timedelta(0)) -> None:
    """Only about open matter, and only the words written for them. `key` tells one mail from the next."""
    if not handover.outside_email or handover.signal.level > Level.OPEN:
        return
    words = {
        "outside": handover.outside,
        "place": handover.signal.place or _("place unknown"),
        "text": handover.text,
        "name": handover.by.name,
        "organisation": handover.from_organisation.name,
        "link": link_for(handover),
    }
    post(
        key=f"handover:{handover.pk}:{key}",
        to=handover.outside_email,
        subject=_("A report for %(outside)s, from %(organisation)s") % words,
        body=_(
            "Dear %(outside)s\n\nThis was reported to us and is yours to do.\n\nPlace: %(place)s\n%(text)s\n\n"
            "Please let us know that you have it, or why it is not for you:\n%(link)s\n\n%(name)s, %(organisation)s"
        )
        % words,
        send_after=timezone.now() + after,
    )


def take_back_mail(handover: Handover) -> None:
    """What did not leave stays here. Who had a mail already hears that it is over; of what it was, no more."""
    mails = Message.objects.filter(key__startswith=f"handover:{handover.pk}:")
    for message in mails.filter(state=State.WAITING):
        message.withdraw()
    if not handover.outside_email:
        return
    if mails.filter(to=handover.outside_email, state__in=[State.DONE, State.RUNNING]).exists():
        _tell_that_it_is_over(handover)


def _tell_that_it_is_over(handover: Handover) -> None:
    words = {
        "outside": handover.outside,
        "day": date_format(timezone.localtime(handover.at), "j F Y"),
        "organisation": handover.from_organisation.name,
    }
    post(
        key=f"handover:{handover.pk}:over",
        to=handover.outside_email,
        subject=_("You need do nothing more for a report from %(organisation)s") % words,
        body=_(
            "Dear %(outside)s\n\nOn %(day)s we passed a report on to you. We take that back: you need do nothing more "
            "for it.\n\nQuestions? Call 1777.\n\n%(organisation)s"
        )
        % words,
    )
