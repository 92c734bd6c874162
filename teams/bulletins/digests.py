"""The news of somebody's areas in one mail, for who asked for it: titles and links, never the text."""

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.jobs import rounds
from kortrijk_gebied.jobs.models import post
from teams.access import access_of
from teams.models import Bulletin, DigestChoice, User

HOUR = 7
# Who writes at this moment is not yet committed: that is for the next mail.
A_MOMENT = dt.timedelta(minutes=2)


def send_digests() -> int:
    """Again the same day it does nothing: it is noted with the mail up to when somebody was told."""
    now = timezone.localtime()
    day = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if now < day:
        return 0
    monday = day - dt.timedelta(days=day.weekday())
    due = DigestChoice.objects.filter(
        Q(rhythm="daily", told_until__lt=day - A_MOMENT) | Q(rhythm="weekly", told_until__lt=monday - A_MOMENT)
    )
    people = User.objects.filter(is_active=True, pk__in=due.values("user")).order_by("pk")
    with translation.override("nl"):
        return rounds.each(people, lambda person: _tell(person, due, now), about="digests")


def _tell(person: User, due: QuerySet[DigestChoice], now: dt.datetime) -> bool:
    """What is new is told even when a beat slept: from where the last mail ended."""
    choices = list(due.filter(user=person).select_for_update().order_by("pk"))
    if not choices:  # another worker was first
        return False
    until = now - A_MOMENT
    readable = Bulletin.objects.readable(access_of(person)).standing()
    new: dict[object, Bulletin] = {}
    for choice in choices:
        since = readable.about([choice.area_id]).filter(published_at__gt=choice.told_until, published_at__lte=until)
        new |= {row.pk: row for row in since.exclude(by=person).select_related("team")}
    DigestChoice.objects.filter(pk__in=[choice.pk for choice in choices]).update(told_until=until)
    if new:
        _mail(person, sorted(new.values(), key=lambda row: row.published_at, reverse=True), until)
    return bool(new)


def _mail(person: User, rows: list[Bulletin], until: dt.datetime) -> None:
    lines = [f"- {row.title} ({row.team.name})\n  {settings.SITE_URL}{row.get_absolute_url()}" for row in rows]
    subject = ngettext("%(count)s new bulletin from your areas", "%(count)s new bulletins from your areas", len(rows))
    names = {
        "name": person.name, "lines": "\n".join(lines),
        "address": settings.SITE_URL + reverse("bulletins:digests"),
    }  # fmt: skip
    post(
        key=f"digest:{person.pk}:{until.isoformat()}",
        to=person.email,
        reader_id=person.pk,
        subject=subject % {"count": len(rows)},
        body=_("Dear %(name)s\n\nThis is new in your areas:\n\n%(lines)s\n\nLess mail, or more: %(address)s\n") % names,
    )
