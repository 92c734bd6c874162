"""Being away: what changes for the others. A replacement is called; no task and no right goes along."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from teams.models import Absence, Membership, Team


@transaction.atomic
def withdraw(absence: Absence) -> None:
    """What had not begun leaves no trace on the pages; who is back sooner was away until yesterday."""
    held = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    if held is None:
        return
    today = timezone.localdate()
    if held.starts >= today:
        held.delete()
    elif held.ends >= today:
        held.ends = today - dt.timedelta(days=1)
        held.save(update_fields=["ends"])


def teams_left_alone(absence: Absence) -> list[Team]:
    """Teams with work whose tasks the replacement cannot open. Being named gives nobody a right."""
    if absence.replaced_by is None:
        return []
    day = max(absence.starts, timezone.localdate())
    members = Membership.objects.valid_on(day)
    theirs = members.filter(user=absence.replaced_by).values("team")
    mine = members.filter(user=absence.user).values("team")
    return list(Team.objects.executing().filter(pk__in=mine).exclude(pk__in=theirs))
