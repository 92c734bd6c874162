"""A draft begins as a copy of what holds, and gets periods more. What is over stays as it was told."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.workdays import BRUSSELS
from teams.models import Rota, RotaShift, RotaTurn, RotaVersion, User
from teams.rota.closed import closed_days
from teams.rota.dealing import deal, filled
from teams.rota.facts import A_DAY, Days, Plan, Shift, Turn, periods_from
from teams.rota.making import make
from teams.rota.mending import mended
from teams.rota.reading import FOR_EVER, plan_of
from teams.rota.rules import twice
from teams.rota.zones import became_of, gone_over, zones_of

MOST_PERIODS = 12


def locked(rota: Rota) -> Rota:
    """One at a time: who makes, changes or publishes waits for who was first."""
    return Rota.objects.select_for_update(of=("self",)).select_related("team").get(pk=rota.pk)


def draft_of(version: RotaVersion) -> RotaVersion:
    found = RotaVersion.objects.filter(pk=version.pk).first()
    if found is None or not found.is_draft:
        raise Refused(_("This version was published and stays as it is. Make a new draft to change something."))
    return found


@transaction.atomic
def begin_draft(rota: Rota, *, by: User) -> RotaVersion:
    """The draft that is there, or a new one: what holds, less who left or is away by now, with who fills in."""
    rota = locked(rota)
    if found := rota.draft:
        return found
    published = rota.published
    number = (rota.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = RotaVersion.objects.create(rota=rota, number=number, created_by=by)
    if published is not None:
        plan = plan_of(rota, published)
        keep_turns(draft, plan.turns)
        now = [period for period in plan.periods if timezone.localdate() in period]
        # From the Monday on: a page shows a whole week out of one version.
        since = now[0].starts - now[0].starts.weekday() * A_DAY if now else rota.first_on
        keep_shifts(draft, [shift for shift in plan.shifts if shift.day >= since])
        mend(draft)
    return draft


@transaction.atomic
def fill_in(rota: Rota, *, by: User) -> RotaVersion:
    """A draft that proposes who fills in: a new one, or the one that is there, looked at again."""
    rota = locked(rota)
    if (draft := rota.draft) is None:
        return begin_draft(rota, by=by)
    mend(draft)
    return draft


@transaction.atomic
def extend(version: RotaVersion, count: int, *, after: int | None = None) -> None:
    """As many periods more, with their rounds. `after` is how many whoever asks saw: asked twice they come once."""
    rota = locked(version.rota)
    version = draft_of(version)
    plan = plan_of(rota, version)
    if not rota.patterns.exists() and not plan.zones:
        raise Refused(_("This rota has no zones."))
    done = len(plan.periods)
    if after is not None and done != after:
        if done == after + count:
            return
        raise Refused(_("The periods of this draft changed meanwhile. Look again, and add what is still missing."))
    ahead = periods_from(rota.first_on, rota.months, done + min(count, MOST_PERIODS))[done:]
    turns = make(plan, ahead)
    if not turns:
        raise Refused(_("Nobody serves in this team in those periods: add people to the team first."))
    keep_turns(version, turns)
    closed = closed_days(rota.team.organisation_id, rota.first_on, ahead[-1].ends)
    plan = replace(plan, turns=[*plan.turns, *turns], periods=[*plan.periods, *ahead], closed=closed)
    keep_shifts(version, [shift for period in ahead for shift in deal(plan, period)])


@transaction.atomic
def mend(version: RotaVersion) -> None:
    """For who is in the team and who is away by now: zones and rounds from tomorrow, and of today the rounds that
    nobody would walk and that did not begin yet."""
    rota = locked(version.rota)
    version = draft_of(version)
    today, ahead = timezone.localdate(), Days(timezone.localdate() + A_DAY, FOR_EVER)
    before = plan_of(rota, version)
    became = became_of(zones_of(rota))
    plan = mended(gone_over(before, became, ahead), ahead, known=list(twice(before)))
    if plan.turns != before.turns:
        version.turns.all().delete()
        keep_turns(version, plan.turns)
    now = timezone.localtime(timezone.now(), BRUSSELS).time()
    keep_anew(version, filled(plan, today, since=now), Days(today, today))
    keep_anew(version, redealt(plan, plan.periods), ahead)


def redealt(plan: Plan, periods: Iterable[Days]) -> list[Shift]:
    """Each period as a whole, so that zones in which nothing changes stay as they were."""
    ahead = Days(timezone.localdate() + A_DAY, FOR_EVER)
    return [shift for period in periods if period.common(ahead) for shift in deal(plan, period) if shift.day in ahead]


def keep_turns(version: RotaVersion, turns: Iterable[Turn]) -> None:
    RotaTurn.objects.bulk_create(
        RotaTurn(version=version, user_id=turn.who, zone_id=turn.zone, starts=turn.days.starts, ends=turn.days.ends)
        for turn in turns
    )


def keep_shifts(version: RotaVersion, shifts: Iterable[Shift]) -> None:
    RotaShift.objects.bulk_create(
        (
            RotaShift(
                version=version, user_id=shift.who, zone_id=shift.zone, day=shift.day, name=shift.name,
                starts=shift.starts, ends=shift.ends, is_cover=shift.is_cover,
            )
            for shift in shifts
        ),
        batch_size=1_000,
    )  # fmt: skip


def keep_anew(version: RotaVersion, shifts: Iterable[Shift], days: Days) -> None:
    """Instead of the rounds of these days."""
    version.shifts.filter(day__gte=days.starts, day__lte=days.ends).delete()
    keep_shifts(version, [shift for shift in shifts if shift.day in days])


@transaction.atomic
def drop(version: RotaVersion) -> None:
    locked(version.rota)
    draft_of(version).delete()
