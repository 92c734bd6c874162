"""A round written down at a desk; what a tablet sends comes in through signals/field/rounds.py."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused, SaidOtherwise, must_say_the_same
from signals.models import PatrolRound, RoundActivity
from teams.briefing.handing import team_of
from teams.models import User


@transaction.atomic
def write_down(
    *, key: uuid.UUID, by: User, zone: Area, starts: dt.datetime, ends: dt.datetime, kinds: Collection[str], note: str
) -> PatrolRound:
    """Sent twice with one key it is one round."""
    told = {"by": by, "team": team_of(by, zone), "zone": zone, "started_at": starts, "ended_at": ends, "note": note}
    found, made = PatrolRound.objects.get_or_create(pk=key, defaults=told)
    if found.by_id != by.pk:
        raise Refused(_("This round belongs to somebody else."))
    if made:
        RoundActivity.objects.bulk_create(RoundActivity(round=found, kind=kind, at=starts) for kind in kinds)
        return found
    del told["team"]  # of today, and today may be another day
    must_say_the_same(found, **told)
    if set(found.activities.values_list("kind", flat=True)) != set(kinds):
        raise SaidOtherwise
    return found
