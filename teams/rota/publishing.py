"""A draft becomes what holds: the posts follow it, and who is concerned is told, once."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams.models import PostHolder, Rota, RotaVersion, User
from teams.rota import telling, words
from teams.rota.changing import Consequences, mark_of, state_of
from teams.rota.drafting import locked
from teams.rota.facts import Days, Plan
from teams.rota.posts import beside_the_rota, follow, named_by_hand
from teams.rota.reading import FOR_EVER, names_of, plan_of
from teams.rota.rules import Broken, Rule, broken
from teams.rota.words import Names


@dataclass(frozen=True)
class Outlook:
    """What publishing a draft would do, and what stands in the way."""

    plan: Plan
    names: Names
    consequences: Consequences
    refused: list[Broken]
    uncovered: list[Broken]  # may be accepted, by name
    warned: list[Broken]
    first_on: dt.date | None  # the first day that is otherwise for somebody
    is_late: bool
    is_change: bool  # something was told before
    by_hand: list[PostHolder]  # who was named for a zone, and is not there by this rota

    @property
    def mark(self) -> str:
        """What is on the screen: published is what was looked at."""
        named = (f"{each.pk} {each.starts} {each.ends}" for each in self.by_hand)
        return mark_of([state_of(self.plan), *named])


def outlook(version: RotaVersion) -> Outlook:
    rota, today = version.rota, timezone.localdate()
    plan, before = plan_of(rota, version), plan_of(rota, rota.published)
    ahead = Days(today, FOR_EVER)
    # What is over, and what of today had begun, cannot be otherwise any more.
    now = [each for each in broken(plan) if each.days.ends > today]
    found = Consequences.between(ahead_of(before, ahead), ahead_of(plan, ahead))
    days = [turn.days.starts for turn in [*found.gone, *found.new]]
    days += [shift.day for shift in {*before.shifts} ^ {*plan.shifts} if shift.day in ahead]
    first_on = max(min(days), today) if days else None
    return Outlook(
        plan=plan,
        names=names_of(rota, plan),
        consequences=found,
        refused=[each for each in now if each.is_hard and each.rule != Rule.COVERED],
        uncovered=[each for each in now if each.rule == Rule.COVERED],
        warned=[each for each in now if not each.is_hard],
        first_on=first_on,
        is_late=first_on is not None and first_on < today + dt.timedelta(days=rota.notice_days),
        is_change=bool(before.turns),
        by_hand=beside_the_rota(named_by_hand(rota, plan.zones), plan),
    )


def ahead_of(plan: Plan, days: Days) -> Plan:
    """What of a plan is still to come: a version keeps no rounds of long ago."""
    turns = [turn for turn in plan.turns if turn.days.common(days)]
    shifts = [shift for shift in plan.shifts if shift.day in days]
    return replace(plan, turns=turns, shifts=shifts)


@transaction.atomic
def publish(
    version: RotaVersion, *, by: User, seen: str | None = None, accepts: bool = False, late: bool = False,
    replaces: bool = False, note: str = "",
) -> RotaVersion:  # fmt: skip
    """Raises Refused, with the rule by name. `seen`: the mark of the outlook that was on the screen, if there was one;
    `accepts`: a zone stays without, knowingly; `late`: told shorter before than agreed; `replaces`: also who was named
    by hand makes place. Published already, it is told to nobody again."""
    rota: Rota = locked(version.rota)
    version = RotaVersion.objects.select_related("rota__team").get(pk=version.pk)
    if not version.is_draft:
        return version
    now = outlook(version)
    if seen is not None and seen != now.mark:
        raise Refused(_("This changed since you opened the page. Below stands how it is now: look, then publish."))
    if not now.plan.turns:
        raise Refused(_("There are no periods in this draft yet: add some first."))
    if now.refused:
        raise Refused(words.refusal(now.refused, now.names))
    if now.uncovered and not accepts:
        raise Refused(words.refusal(now.uncovered, now.names))
    if now.is_late and not late:
        raise Refused(_("This is later than the notice agreed with the team. Confirm that it has to be."))
    before = rota.published
    version.state, version.published_at, version.published_by = RotaVersion.State.PUBLISHED, timezone.now(), by
    version.note = note or version.note
    version.accepted = words.refusal(now.uncovered, now.names)[:1000]
    version.save(update_fields=["state", "published_at", "published_by", "accepted", "note"])
    rota.zones.set(now.plan.zones)  # of a division that came in between
    follow(rota, now.plan, replaces=now.by_hand if replaces else ())
    telling.tell(version, now.consequences, now.names, is_first=before is None)
    return version
