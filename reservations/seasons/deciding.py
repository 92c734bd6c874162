"""From requests to a division by the rule. Until it is settled it keeps nobody out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Allocation, AllocationState, Outcome, Season, SeasonRequest
from reservations.seasons.dividing import Slot, divide
from reservations.seasons.table import Table, holder_key, proposal_of, time_of
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
    season = undivided(season)
    decisions = propose(season)
    loose = [each.request for each in decisions if not each.request.is_fixed]
    Allocation.objects.filter(request__in=loose, state=AllocationState.PROPOSED).delete()
    new = []
    for each in decisions:
        if each.request.is_fixed:
            continue
        answer_with(each.request, Outcome.GIVEN if each.slot else Outcome.REFUSED, each.because, fixed=False)
        if slot := each.slot:
            new.append(proposal(season, each.request, slot, by=by))
    Allocation.objects.bulk_create(new)
    return decisions


def undivided(season: Season) -> Season:
    """Nobody else divides it meanwhile."""
    found = Season.objects.select_for_update(no_key=True).get(pk=season.pk)
    if found.is_settled:
        raise Refused(_("This season is settled: nothing in it is divided any more."))
    return found


def answer_with(request: SeasonRequest, outcome: Outcome, because: str, *, fixed: bool) -> None:
    if (request.outcome, request.because, request.is_fixed) != (outcome, because, fixed):
        request.outcome, request.because, request.is_fixed = outcome, because, fixed
        request.save(update_fields=["outcome", "because", "is_fixed"])


def proposal(season: Season, request: SeasonRequest, slot: Slot, *, by: User) -> Allocation:
    """Not written yet."""
    return Allocation(
        room_id=slot.room, organisation_id=request.organisation_id, association_id=request.association_id,
        season=season, request=request, weekdays=[slot.weekday], start_time=time_of(slot.start),
        end_time=time_of(slot.end),
        state=AllocationState.PROPOSED, created_by=by, why=_("Divided for %(season)s.") % {"season": season.name},
        **of_the_season(season),
    )  # fmt: skip


def of_the_season(season: Season) -> dict[str, Any]:
    """What its hours have of the season itself, which may be changed until it is settled."""
    return {
        "first_on": season.starts, "last_on": season.ends, "skips_school_holidays": season.skips_school_holidays,
        "release_days": season.release_days,
    }  # fmt: skip
