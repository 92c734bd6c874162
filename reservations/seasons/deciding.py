"""From requests to a division, by the rule and by hand, until it is settled. Until then it keeps nobody out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused
from reservations.locking import lock_rooms, undisturbed
from reservations.models import (
    Allocation,
    AllocationState,
    Outcome,
    Room,
    SchoolHoliday,
    Season,
    SeasonRequest,
)
from reservations.seasons import telling
from reservations.seasons.dividing import Slot, divide
from reservations.seasons.giving import KeptAlready, write
from reservations.seasons.table import Table, holder_key, minutes_of, proposal_of, time_of, undecided
from reservations.seasons.words import answer_in_words, slot_in_words
from teams.models import User


@dataclass(frozen=True)
class Decision:
    """What a request would get when divided now, beside what it has. Nothing is written."""

    request: SeasonRequest
    slot: Slot | None
    because: str
    gets: str
    had: str

    @property
    def differs(self) -> bool:
        return self.gets != self.had or self.request.outcome == Outcome.ASKED


def propose(season: Season) -> list[Decision]:
    """By the rule, around what was decided by hand."""
    table = Table(season)
    board = table.board()
    free = [each for each in table.requests if not each.is_fixed]
    wishes = {each.pk: table.wish(each) for each in free}
    answers = divide(table.rule, wishes.values(), board, _minutes_by_hand(table))
    found = []
    for request in table.requests:
        if request.is_fixed:
            found.append(_as_it_is(table, request))
            continue
        answer = answers[request.pk]
        instead = None if answer.slot else table.instead(request, board)
        because = answer_in_words(table, wishes[request.pk], answer, instead)
        gets = slot_in_words(table, answer.slot) if answer.slot else ""
        found.append(Decision(request, answer.slot, because, gets, has_in_words(table, request)))
    return found


def _minutes_by_hand(table: Table) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for request in table.fixed():
        holder = holder_key(request)
        found[holder] = found.get(holder, 0) + sum(slot.minutes for slot in table.slots_of(request.allocation))
    return found


def _as_it_is(table: Table, request: SeasonRequest) -> Decision:
    has = has_in_words(table, request)
    return Decision(request, None, request.because, has, has)


def has_in_words(table: Table, request: SeasonRequest) -> str:
    proposal = proposal_of(request)
    slots = list(table.slots_of(proposal)) if proposal and proposal.room_id in table.rooms else []
    return slot_in_words(table, slots[0]) if slots else ""


@transaction.atomic
def keep(season: Season, *, by: User) -> Sequence[Decision]:
    """Write what `propose` says; what was decided by hand stays. Divided again it is the same."""
    season = _open(season)
    decisions = propose(season)
    loose = [each.request for each in decisions if not each.request.is_fixed]
    Allocation.objects.filter(request__in=loose, state=AllocationState.PROPOSED).delete()
    new = []
    for each in decisions:
        if each.request.is_fixed:
            continue
        _answer(each.request, Outcome.GIVEN if each.slot else Outcome.REFUSED, each.because, fixed=False)
        if slot := each.slot:
            new.append(_proposal(season, each.request, slot.room, slot.weekday, slot.start, slot.end, by=by))
    Allocation.objects.bulk_create(new)
    return decisions


def _open(season: Season) -> Season:
    """Nobody else divides it meanwhile."""
    found = Season.objects.select_for_update(no_key=True).get(pk=season.pk)
    if found.is_settled:
        raise Refused(_("This season is settled: nothing in it is divided any more."))
    return found


def _answer(request: SeasonRequest, outcome: Outcome, because: str, *, fixed: bool) -> None:
    if (request.outcome, request.because, request.is_fixed) != (outcome, because, fixed):
        request.outcome, request.because, request.is_fixed = outcome, because, fixed
        request.save(update_fields=["outcome", "because", "is_fixed"])


def _proposal(
    season: Season, request: SeasonRequest, room: int, weekday: int, start: int, end: int, *, by: User
) -> Allocation:
    return Allocation(
        room_id=room, organisation_id=request.organisation_id, association_id=request.association_id, season=season,
        request=request, weekdays=[weekday], start_time=time_of(start), end_time=time_of(end),
        state=AllocationState.PROPOSED, created_by=by, why=_("Divided for %(season)s.") % {"season": season.name},
        **_of_the_season(season),
    )  # fmt: skip


def _of_the_season(season: Season) -> dict[str, Any]:
    """What its hours have of the season itself, which may be changed until it is settled."""
    return {
        "first_on": season.starts, "last_on": season.ends, "skips_school_holidays": season.skips_school_holidays,
        "release_days": season.release_days,
    }  # fmt: skip


@transaction.atomic
def ask(request: SeasonRequest, *, by: User) -> SeasonRequest:
    """Asked again with the same key it is the same one."""
    season = _open(request.season)
    if known := SeasonRequest.objects.filter(pk=request.pk).first():
        if known.created_by_id != by.pk:
            raise Refused(_("Somebody else used this form already. Open it anew."))
        return known
    if not season.may_be_asked:
        raise Refused(_("Asking for %(season)s is over since %(day)s. Ask the keeper of the building.") % {
            "season": season.name, "day": date_format(season.requests_until),
        })  # fmt: skip
    request.save(force_insert=True)
    return request


# --- by hand ----------------------------------------------------------------------------------------------


@transaction.atomic
def decide(request: SeasonRequest, room: Room, weekday: int, start: dt.time, end: dt.time, *, by: User) -> None:
    """The keeper gives it this hour, whatever the rule says; dividing again goes around it."""
    season, request = _open(request.season), _locked(request)
    table = Table(season)
    if room.pk not in table.rooms:
        raise Refused(_("This room is not one of this season."))
    if end <= start:
        raise Refused(_("It must end after it starts."))
    slot = table.slot(room.pk, weekday, minutes_of(start), minutes_of(end))
    table.requests = [each for each in table.requests if each.pk != request.pk]
    if taker := table.board().taker(slot):
        raise Refused(_("%(when)s, is for %(other)s.") % {"when": slot_in_words(table, slot), "other": taker})
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    _proposal(season, request, room.pk, weekday, slot.start, slot.end, by=by).save(force_insert=True)
    _answer(
        request, Outcome.GIVEN, _("Given by the keeper: %(when)s.") % {"when": slot_in_words(table, slot)}, fixed=True
    )


@transaction.atomic
def refuse(request: SeasonRequest, because: str, *, by: User) -> None:
    if not because.strip():
        raise Refused(_("Say why: whoever asked reads it."))
    _open(request.season)
    request = _locked(request)
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    _answer(request, Outcome.REFUSED, because.strip(), fixed=True)


@transaction.atomic
def leave_to_the_rule(request: SeasonRequest, *, by: User) -> None:
    """What was decided by hand is so no more: the next division says."""
    _open(request.season)
    request = _locked(request)
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    _answer(request, Outcome.ASKED, "", fixed=False)


@transaction.atomic
def withdraw_request(request: SeasonRequest, *, by: User) -> None:
    _open(request.season)
    request = SeasonRequest.objects.select_for_update().get(pk=request.pk)
    Allocation.objects.filter(request=request, state=AllocationState.PROPOSED).delete()
    _answer(request, Outcome.WITHDRAWN, "", fixed=False)


def _locked(request: SeasonRequest) -> SeasonRequest:
    found = SeasonRequest.objects.select_for_update(of=("self",)).select_related("season").get(pk=request.pk)
    if found.outcome == Outcome.WITHDRAWN:
        raise Refused(_("This request was withdrawn."))
    return found


# --- settled ----------------------------------------------------------------------------------------------


@undisturbed()
def settle(season: Season, *, by: User) -> int:
    """The proposals become standing allocations, all or none, and who asked hears it once; how many there are. Done
    again it does nothing."""
    with suppress(Season.DoesNotExist):
        if Season.objects.get(pk=season.pk).is_settled:
            return 0
    rooms = set(Room.objects.in_use().filter(building__in=season.buildings.all()).values_list("pk", flat=True))
    spaces = lock_rooms(rooms)
    season = _open(season)
    requests = list(season.requests.standing())
    if open_ones := undecided(requests):
        raise Refused(
            ngettext(
                "%(count)s request has no answer yet. Divide first.",
                "%(count)s requests have no answer yet. Divide first.",
                len(open_ones),
            )
            % {"count": len(open_ones)}
        )
    holidays = list(SchoolHoliday.objects.all())
    proposals = list(season.allocations.filter(state=AllocationState.PROPOSED).with_words().order_by("pk"))
    for each in proposals:
        if each.room_id not in spaces:
            raise Refused(
                _("%(room)s is no longer one of this season, and %(holder)s would get it. Divide again.")
                % {"room": each.room.name, "holder": each.holder.name}
            )
        facts = {**_of_the_season(season), "state": AllocationState.STANDING}
        for name, value in facts.items():
            setattr(each, name, value)
        each.save(update_fields=[*facts])
        try:
            write(each, spaces[each.room_id], holidays)
        except KeptAlready as problem:
            raise Refused(
                _("%(problem)s Or divide again: then the rule goes around it.") % {"problem": problem}
            ) from problem
    season.settled_at, season.settled_by = timezone.now(), by
    season.save(update_fields=["settled_at", "settled_by"])
    telling.of_outcomes(season, by=by)
    return len(proposals)
