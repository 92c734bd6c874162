"""A season is settled: what was proposed becomes somebody's own."""

from collections.abc import Sequence
from contextlib import suppress

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.refusals import Refused
from reservations.locking import lock_rooms, undisturbed
from reservations.models import Allocation, AllocationState, Room, SchoolHoliday, Season
from reservations.seasons import telling
from reservations.seasons.deciding import of_the_season, undivided
from reservations.seasons.giving import KeptAlready, write
from reservations.seasons.table import undecided
from teams.models import User


@undisturbed()
def settle(season: Season, *, by: User) -> int:
    """The proposals become standing allocations, all or none, and who asked hears it once; how many there are. Done
    again it does nothing."""
    with suppress(Season.DoesNotExist):
        if Season.objects.get(pk=season.pk).is_settled:
            return 0
    rooms = set(Room.objects.in_use().filter(building__in=season.buildings.all()).values_list("pk", flat=True))
    spaces = lock_rooms(rooms)
    season = undivided(season)
    if open_ones := undecided(season.requests.standing()):
        said = ngettext(
            "%(count)s request has no answer yet. Divide first.",
            "%(count)s requests have no answer yet. Divide first.",
            len(open_ones),
        )
        raise Refused(said % {"count": len(open_ones)})
    holidays = list(SchoolHoliday.objects.all())
    proposals = list(season.allocations.filter(state=AllocationState.PROPOSED).with_words().order_by("pk"))
    for each in proposals:
        _let_stand(each, season, spaces.get(each.room_id), holidays)
    season.settled_at, season.settled_by = timezone.now(), by
    season.save(update_fields=["settled_at", "settled_by"])
    telling.of_outcomes(season, by=by)
    return len(proposals)


def _let_stand(
    proposed: Allocation, season: Season, spaces: Sequence[int] | None, holidays: Sequence[SchoolHoliday]
) -> None:
    if spaces is None:
        raise Refused(
            _("%(room)s is no longer one of this season, and %(holder)s would get it. Divide again.")
            % {"room": proposed.room.name, "holder": proposed.holder.name}
        )
    facts = {**of_the_season(season), "state": AllocationState.STANDING}
    for name, value in facts.items():
        setattr(proposed, name, value)
    proposed.save(update_fields=[*facts])
    try:
        write(proposed, spaces, holidays)
    except KeptAlready as problem:
        said = _("%(problem)s Or divide again: then the rule goes around it.")
        raise Refused(said % {"problem": problem}) from problem
