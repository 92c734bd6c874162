"""The log of a round: begun, what was done, ended with a note for who comes after. Never where somebody walked."""

import datetime as dt
import uuid

from django.utils.translation import gettext as _

from areas.models import Area
from kortrijk_gebied.refusals import Refused
from signals.field.outcomes import Became
from signals.field.records import Record, key, number, words
from signals.models import PatrolRound, Result, RoundActivity, RoundActivityKind
from teams.briefing.handing import team_of
from teams.models import User


def take_in(record: Record, author: User, noted_at: dt.datetime) -> Became:
    pk = key(record.content, "round")
    if pk is None:
        raise Refused(_("We cannot read what the tablet sent. It stays on the tablet; tell your coordinator."))
    act = record.content.get("act")
    round_ = _round(pk, record, author, noted_at)
    if act == "start":
        return Became(Result.STARTED)
    if act == "activity":
        kind = str(record.content.get("activity"))
        known = kind if kind in RoundActivityKind.values else RoundActivityKind.MONITORING
        told = {"round": round_, "kind": known, "at": noted_at, "text": words(record.content, "text")[:300]}
        RoundActivity.objects.get_or_create(pk=record.id, defaults=told)
        return Became(Result.NOTED)
    return _end(round_, words(record.content, "text"), noted_at)


def _round(pk: uuid.UUID, record: Record, author: User, noted_at: dt.datetime) -> PatrolRound:
    """The round it belongs to. Whatever of it arrives first begins it; a start that comes later sets it right."""
    zone = _zone(record)
    found, _made = PatrolRound.objects.select_for_update(of=("self",)).get_or_create(
        pk=pk, defaults={"by": author, "team": team_of(author, zone), "zone": zone, "started_at": noted_at}
    )
    if found.by_id != author.pk:
        raise Refused(_("This round belongs to somebody else."))
    if record.content.get("act") == "start":
        found.zone = zone or found.zone
        found.started_at = min(found.started_at, noted_at)
        found.save(update_fields=["zone", "started_at"])
    return found


def _end(round_: PatrolRound, text: str, noted_at: dt.datetime) -> Became:
    """Closed twice, in two tabs or on two tablets, it ended the last time, and both notes stay."""
    round_.ended_at = max(noted_at, round_.started_at, round_.ended_at or noted_at)
    round_.note = "\n\n".join(filter(None, [round_.note, text]))
    round_.save(update_fields=["ended_at", "note"])
    return Became(Result.ENDED)


def _zone(record: Record) -> Area | None:
    pk = number(record.content, "zone", 1, 2**31 - 1)
    return Area.objects.current().defer("boundary").filter(pk=int(pk)).first() if pk else None
