"""Writes that cross models. Each is repeatable and says who did it."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams.invitations import invite
from teams.keeping import why_not_stop
from teams.models import Membership, Organisation, PostHolder, User

type DatedRows = models.QuerySet[Membership] | models.QuerySet[PostHolder]


@transaction.atomic
def add_person(*, person: User, organisation: Organisation, by: User) -> User:
    """A new colleague, without a password until the link in the mail is used."""
    person.organisation = organisation
    person.set_unusable_password()
    person.save(force_insert=True)
    invite(person=person, by=by)
    return person


@transaction.atomic
def deactivate(*, person: User, by: User) -> None:
    """Close an account at once and end what the person held. The person stays, for what is already written."""
    if person.pk == by.pk:
        raise Refused(_("You cannot stop your own account: ask another administrator."))
    if person.is_active and (reason := why_not_stop(person)):
        raise Refused(reason)
    today = timezone.localdate()
    User.objects.filter(pk=person.pk).update(is_active=False)
    for rows in (Membership.objects.filter(user=person), PostHolder.objects.filter(user=person)):
        end_today(rows, today)


def end_today(rows: DatedRows, today: dt.date) -> None:
    running = Q(ends__isnull=True) | Q(ends__gt=today)
    # What had not started yet keeps its first day only: an end may not lie before the start.
    rows.filter(running, starts__gt=today).update(ends=F("starts"))
    rows.filter(running, starts__lte=today).update(ends=today)


def end_before(rows: DatedRows, today: dt.date) -> None:
    """What ended today, or would still come for its first day, counts no more. Their history is kept."""
    rows.filter(starts__gte=today).delete()
    rows.filter(ends__gte=today).update(ends=today - dt.timedelta(days=1))


@transaction.atomic
def reactivate(*, person: User, by: User) -> None:
    """Open an account again. Memberships do not come back: they are given anew."""
    if User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        today = timezone.localdate()
        for rows in (Membership.objects.filter(user=person), PostHolder.objects.filter(user=person)):
            end_before(rows, today)
    invite(person=person, by=by)
