"""One request for a season: asked, withdrawn, and what the keeper decides of it by hand."""

import datetime as dt

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Allocation, AllocationState, Outcome, Room, SeasonRequest
from reservations.seasons.deciding import answer_with, proposal, undivided
from reservations.seasons.ranges import check_hours
from reservations.seasons.table import Table
from reservations.seasons.words import slot_in_words
from teams.models import User


@transaction.atomic
def ask(request: SeasonRequest, *, by: User) -> SeasonRequest:
    """Asked again with the same key it is the same one."""
    season = undivided(request.season)
    if known := SeasonRequest.objects.filter(pk=request.pk).first():
        if known.created_by_id != by.pk:
            raise Refused(_("Somebody else used this form already. Open it anew."))
        return known
    if not season.may_be_asked:
        raise Refused(_("Asking for %(season)s is over since %(day)s. Ask the keeper of the building.") % {
            "season": season.name, "day": date_format(season.requests_until),
        })  # fmt: skip
    check_hours(request.start_time, request.end_time)
    request.save(force_insert=True)
    return request


@transaction.atomic
def decide(request: SeasonRequest, room: Room, weekday: int, start: dt.time, end: dt.time, *, by: User) -> None:
    """The keeper gives it this hour, whatever the rule says; dividing again goes around it."""
    season, request = undivided(request.season), _locked(request)
    table = Table(season)
    if room.pk not in table.rooms:
        raise Refused(_("This room is not one of this season."))
    check_hours(start, end)
    slot = table.slot(room.pk, weekday, start, end)
    table.requests = [each for each in table.requests if each.pk != request.pk]
    if taker := table.board().taker(slot):
        raise Refused(_("%(when)s, is for %(other)s.") % {"when": slot_in_words(table, slot), "other": taker})
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    proposal(season, request, slot, by=by).save(force_insert=True)
    because = _("Given by the keeper: %(when)s.") % {"when": slot_in_words(table, slot)}
    answer_with(request, Outcome.GIVEN, because, fixed=True)


@transaction.atomic
def refuse(request: SeasonRequest, because: str, *, by: User) -> None:
    if not because.strip():
        raise Refused(_("Say why: whoever asked reads it."))
    undivided(request.season)
    request = _locked(request)
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    answer_with(request, Outcome.REFUSED, because.strip(), fixed=True)


@transaction.atomic
def leave_to_the_rule(request: SeasonRequest, *, by: User) -> None:
    """What was decided by hand is so no more: the next division says."""
    undivided(request.season)
    request = _locked(request)
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    answer_with(request, Outcome.ASKED, "", fixed=False)


@transaction.atomic
def withdraw_request(request: SeasonRequest, *, by: User) -> None:
    undivided(request.season)
    request = SeasonRequest.objects.select_for_update().get(pk=request.pk)
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    answer_with(request, Outcome.WITHDRAWN, "", fixed=False)


def _locked(request: SeasonRequest) -> SeasonRequest:
    found = SeasonRequest.objects.select_for_update(of=("self",)).select_related("season").get(pk=request.pk)
    if found.outcome == Outcome.WITHDRAWN:
        raise Refused(_("This request was withdrawn."))
    return found
