"""Nobody is kept longer than they said yes to: asked by mail in time to stay, and erased when nothing comes."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from kortrijk_gebied.jobs.rounds import each
from reservations.models import ConsentBy, Contact
from reservations.register.erasing import erase
from reservations.register.links import mark_of

SALT = "contact-renewal"
ASKED_BEFORE = dt.timedelta(days=30)
GOOD_FOR = dt.timedelta(days=45)


def longest_from(day: dt.date) -> dt.date:
    """How long a yes of that day counts."""
    years = settings.RETENTION["contact_years"]
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def nightly() -> None:
    today = timezone.localdate()
    each(Contact.objects.filter(kept_until__lt=today), _erased, about="Erasing contacts")
    soon = Contact.objects.filter(kept_until__lte=today + ASKED_BEFORE).exclude(email="").select_related("association")
    unasked = [one for one in soon if one.asked_on is None or one.asked_on < one.kept_until - ASKED_BEFORE]
    each(unasked, ask, about="Asking contacts to stay")


def _erased(contact: Contact) -> bool:
    erase(contact)
    return True


def ask(contact: Contact) -> bool:
    link = f"{settings.SITE_URL}{reverse('contact-renewal', args=[token_of(contact)])}"
    words = {"name": contact.name, "association": contact.association.name, "day": date_format(contact.kept_until)}
    post(
        key=f"contact:{contact.pk}:renewal:{contact.kept_until}",
        to=contact.email,
        subject=_("May we keep your details for %(association)s?") % words,
        body="\n".join([
            _("Hello %(name)s") % words, "",
            _("You are a contact of %(association)s in the register of associations of Kortrijk.") % words,
            _("We keep your details until %(day)s. After that they are erased.") % words, "",
            _("Say yes, or have them erased at once: %(link)s") % {"link": link},
        ]),
    )  # fmt: skip
    contact.asked_on = timezone.localdate()
    contact.save(update_fields=["asked_on"])
    return True


def token_of(contact: Contact) -> str:
    return signing.dumps([str(contact.pk), mark_of(contact)], salt=SALT)


def named_by(token: str) -> Contact | None:
    """Of the address it was mailed to: with another one it opens nothing."""
    try:
        key, mark = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    contact = Contact.objects.select_related("association").filter(pk=key).first()
    return contact if contact and mark_of(contact) == mark else None


def renew(contact: Contact) -> None:
    """They say yes themselves: from today on it counts anew."""
    today = timezone.localdate()
    contact.consent_on, contact.consent_by, contact.kept_until = today, ConsentBy.LINK, longest_from(today)
    contact.save(update_fields=["consent_on", "consent_by", "kept_until"])


def forget(contact: Contact) -> None:
    """They take their yes back."""
    erase(contact)
