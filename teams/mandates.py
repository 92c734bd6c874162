"""Who may speak for somebody: a mandate is asked for where something is decided or adopted."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams.models import Membership, Team, User


def why_not_speak(membership: Membership, day: dt.date) -> str:
    """The sentence that refuses a member whose mandate ran out; empty when they may speak.

    Without the words of a mandate a member speaks for themselves, and that never runs out."""
    if not membership.mandate or membership.has_mandate_on(day) or membership.mandate_until is None:
        return ""
    return _(
        "The mandate of %(person)s in %(team)s (“%(mandate)s”) expired on %(day)s. Renew it with the membership, "
        "or let somebody else speak."
    ) % {
        "person": membership.user,
        "team": membership.team,
        "mandate": membership.mandate,
        "day": date_format(membership.mandate_until, "j F Y"),
    }


def must_speak(user: User, team: Team, on: dt.date | None = None) -> None:
    """Raises Refused when every mandate of a member ran out; who has none, or one that still holds, passes."""
    day = on or timezone.localdate()
    mandated = Membership.objects.valid_on(day).filter(user=user, team=team).exclude(mandate="")
    refusals = [why_not_speak(each, day) for each in mandated.select_related("user", "team").order_by("pk")]
    if refusals and all(refusals):
        raise Refused(refusals[0])
