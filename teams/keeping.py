"""Who reads what is sealed: as long as an organisation has it to keep, the last one who may is not taken away.

Teams know nothing of signals. Whoever knows what an organisation has to keep says so with `register_need`.
"""

import datetime as dt
from collections.abc import Callable

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.access import Reader, readers_of_sealed_matter
from teams.models import Membership, Organisation, Team, User
from teams.models.teams import Dated

type Need = Callable[[int], bool]

_needs: list[Need] = []


def register_need(need: Need) -> None:
    """Ask `need` whether an organisation has sealed matter to keep."""
    if need not in _needs:
        _needs.append(need)


def needs_a_keeper(organisation_id: int) -> bool:
    return any(need(organisation_id) for need in _needs)


def why_not_stop(person: User) -> str:
    """Why this account cannot be closed now; empty when it can."""
    today = timezone.localdate()
    return _why_not(person.organisation_id, lambda reader: reader.user_id == person.pk, [today])


def why_not_change(membership: Membership) -> str:
    """Why this membership cannot have the days it has now, not yet saved; empty when it can."""
    of = membership.user.organisation_id
    return _why_not(of, lambda reader: reader.membership_id == membership.pk, _days_without(membership))


def why_not_end(team: Team) -> str:
    """Why this team cannot have the days it has now, not yet saved; empty when it can."""
    of = team.organisation_id
    return _why_not(of, lambda reader: team.pk in (reader.team_id, reader.through_id), _days_without(team))


def _days_without(dated: Dated) -> list[dt.date]:
    """The days to look at on which it would not hold: today, and the first one after its end."""
    today = timezone.localdate()
    days = [today] if dated.starts > today else []
    return days if dated.ends is None else [*days, max(today, dated.ends + dt.timedelta(days=1))]


def _why_not(of: int | None, goes: Callable[[Reader], bool], days: list[dt.date]) -> str:
    """A sentence when it takes away the last reader of an organisation that has something to keep. Where nobody
    reads already, it takes nothing away."""
    if days and connection.in_atomic_block:
        # Of the last two who go at the same moment the second one finds that the first one went.
        Organisation.objects.select_for_update(no_key=True).filter(pk__in=[of] if of else []).first()
    for day in days:
        readers = readers_of_sealed_matter(day)
        left = {reader.organisation_id for reader in readers if not goes(reader)}
        bereft = {reader.organisation_id for reader in readers if goes(reader)} - left
        for organisation in Organisation.objects.filter(pk__in=[pk for pk in bereft if pk is not None]):
            if needs_a_keeper(organisation.pk):
                return _(
                    "Then nobody in %(organisation)s could read its sealed matter any more. First make somebody else "
                    "a member of a team that keeps sealed matter."
                ) % {"organisation": organisation}
    return ""
