"""Who is told that a flag must be looked at again, and that it lapsed because nobody did."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs import rounds
from kortrijk_gebied.jobs.models import post
from teams.models import AreaFlag, Function, Membership, User
from teams.models.flags import WARNED_BEFORE

# The area worker of the team; without one who coordinates it; without anybody who wrote it.
LOOKING_AFTER = (Function.AREA_WORKER, Function.PROJECT_OFFICER, Function.COORDINATOR)


def look_after_flags() -> int:
    """Once a day: what is due is said, what nobody looked at goes. Again the same day it does nothing more."""
    return rounds.each(AreaFlag.objects.due(timezone.localdate()), _look_after, about="flags")


def _look_after(flag: AreaFlag) -> bool:
    today = timezone.localdate()
    if flag.lapse():
        _tell(
            flag, "lapsed", _("%(where)s: lapsed"),
            _("Nobody looked at it again in time, so it lapsed by itself. Is it still needed? Then make a new one."),
        )  # fmt: skip
        return True
    if flag.lapses_on - today < WARNED_BEFORE:
        _tell(flag, "lapses", _("%(where)s: lapses on %(lapses)s"), _("Nobody looked at it again yet. Does it stay?"))
    else:
        _tell(flag, "review", _("%(where)s: look again"), _("Today is the day to look again. Does it stay, and why?"))
    return False


def _tell(flag: AreaFlag, what: str, subject: str, body: str) -> None:
    """Once per date of review. The mail names the place; the reason stands behind the link."""
    names = {"where": str(flag), "lapses": date_format(flag.lapses_on)}
    address = settings.SITE_URL + reverse("flags:flag", args=[flag.pk])
    for person in keepers(flag, timezone.localdate()):
        post(
            key=f"flag:{flag.pk}:{what}:{flag.review_on}:{person.pk}", to=person.email, reader_id=person.pk,
            subject=subject % names, body=f"{body % names}\n\n{address}\n",
        )  # fmt: skip


def keepers(flag: AreaFlag, day: dt.date) -> list[User]:
    members = list(
        Membership.objects.valid_on(day).filter(team=flag.team_id, user__is_active=True).select_related("user")
    )
    for function in LOOKING_AFTER:
        if found := [each.user for each in members if each.function == function]:
            return sorted(set(found), key=lambda user: user.name)
    return [flag.by] if flag.by.is_active else []
