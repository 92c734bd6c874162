"""A round written down at a desk, or set right there; what a tablet sends comes in through signals/field/rounds.py."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.ids import first_uuid7
from kortrijk_gebied.refusals import Refused, SaidOtherwise, must_say_the_same
from kortrijk_gebied.workdays import BRUSSELS
from signals.models import PatrolRound, RoundActivity
from teams.briefing.handing import team_of
from teams.models import User

BACK = dt.timedelta(days=14)  # how far back one remembers


@transaction.atomic
def write_down(
    *, key: uuid.UUID, by: User, zone: Area, starts: dt.datetime, ends: dt.datetime, kinds: Collection[str], note: str
) -> PatrolRound:
    """Sent twice with one key it is one round."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two forms of one person, one after the other
    if other := overlapping(key, by, starts, ends):
        raise Refused(_said(other))
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


def overlapping(key: uuid.UUID, by: User, starts: dt.datetime, ends: dt.datetime) -> PatrolRound | None:
    """Another round of the same person at that time: nobody walks two at once."""
    there = PatrolRound.objects.filter(by=by, started_at__lt=ends, ended_at__gt=starts).exclude(pk=key)
    return there.select_related("zone").defer("zone__boundary").order_by("started_at", "pk").first()


def _said(other: PatrolRound) -> str:
    said = _("You wrote down a round then already: %(zone)s, from %(start)s until %(end)s. Is it the same one?")
    assert other.ended_at  # noqa: S101  for the type checker: what still runs overlaps nothing here
    start, end = (time_format(localtime(each, BRUSSELS)) for each in (other.started_at, other.ended_at))
    return said % {"zone": other.zone.name if other.zone else _("no zone"), "start": start, "end": end}


def written_today() -> models.Q:
    """Told by the key, not by the day of the round: that may be of last week."""
    return models.Q(
        pk__gte=first_uuid7(localtime(timezone=BRUSSELS).replace(hour=0, minute=0, second=0, microsecond=0))
    )


def may_be_corrected(round_: PatrolRound) -> bool:
    """When it is over, on one day, and as lately as one may be written down."""
    first = localtime(round_.started_at, BRUSSELS).date()
    today = localtime(timezone=BRUSSELS).date()
    return round_.ended_at is not None and localtime(round_.ended_at, BRUSSELS).date() == first >= today - BACK


def state_of(round_: PatrolRound) -> str:
    """What is on the screen. A tablet may still send a later end, with a note."""
    kinds = sorted(set(round_.activities.values_list("kind", flat=True)))
    moments = [at and at.timestamp() for at in (round_.started_at, round_.ended_at)]
    said = [round_.zone_id, moments, round_.note, kinds]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@transaction.atomic
def correct(
    pk: uuid.UUID, *, by: User, seen: str, zone: Area, starts: dt.datetime, ends: dt.datetime, kinds: Collection[str],
    note: str,
) -> None:  # fmt: skip
    """By who walked it. What stood there first stays in the history. Sent twice it is corrected once."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two forms of one person, one after the other
    found = PatrolRound.objects.select_for_update(of=("self",)).get(pk=pk, by=by)
    told = {"zone_id": zone.pk, "started_at": starts, "ended_at": ends, "note": note}
    stands = set(found.activities.values_list("kind", flat=True))
    news = [name for name, value in told.items() if getattr(found, name) != value]
    if not news and stands == set(kinds):
        return
    if not may_be_corrected(found):
        raise Refused(_("A round is corrected when it is over, until two weeks later."))
    if state_of(found) != seen:
        raise Refused(_("This round changed meanwhile, perhaps by your tablet. Open it again, and correct it there."))
    if other := overlapping(pk, by, starts, ends):
        raise Refused(_said(other))
    found.activities.exclude(kind__in=kinds).delete()
    found.activities.filter(at=found.started_at).update(at=starts)
    RoundActivity.objects.bulk_create(
        RoundActivity(round=found, kind=kind, at=starts) for kind in kinds if kind not in stands
    )
    if "zone_id" in news:
        told["team_id"] = team.pk if (team := team_of(by, zone)) else None
    for name, value in told.items():
        setattr(found, name, value)
    if news:
        found.save(update_fields=[name.removesuffix("_id") for name in told])


def before_it_was_corrected(round_: PatrolRound) -> dict[str, Any]:
    """What stood there first, the last time on top, and which activities were taken out."""
    changed = apps.get_model("signals", "PatrolRoundChange")._default_manager.filter(pgh_obj=round_.pk)
    dropped = apps.get_model("signals", "RoundActivityChange")._default_manager.filter(round=round_.pk)
    return {
        "stood": changed.exclude(ended_at=None).select_related("zone").defer("zone__boundary").order_by("-pgh_id"),
        "dropped": dropped.filter(pgh_label="delete").order_by("pgh_id"),
    }  # fmt: skip


@transaction.atomic
def withdraw(pk: uuid.UUID, by: User) -> None:
    """A slip of the same day: the round never was. Sent twice it is gone already."""
    found = PatrolRound.objects.select_for_update(of=("self",)).filter(pk=pk, by=by).first()
    if found is None:
        return
    if not PatrolRound.objects.filter(written_today(), pk=pk, ended_at__isnull=False).exists():
        raise Refused(_("A round can be withdrawn on the day on which it was written down, and when it is over."))
    found.delete()
