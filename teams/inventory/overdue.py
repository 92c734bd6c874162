"""On Monday morning: what is over its date, to who promised it and to who leads its team.

A mail goes through many hands: of what is of one house alone it holds the link, not the words.
"""

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.jobs.models import post
from kortrijk_gebied.jobs.rounds import each
from teams.access import access_of
from teams.models import Action, Function, Membership, User
from teams.models.audience import Audience
from teams.models.inventory import ActionQuerySet
from teams.models.mandates import Role

LEADING = Q(function__in=[Function.COORDINATOR, Function.AREA_WORKER]) | Q(role__in=[Role.LEADER, Role.CHAIR])
MOST = 20


def mail_overdue(today: dt.date | None = None) -> int:
    """One mail per person and week, however often the round is made; to how many."""
    day = today or timezone.localdate()
    people = User.objects.filter(_whose(day), is_active=True, mail_overdue=True).select_related("organisation")
    return each(people.order_by("pk"), lambda person: _mail(person, day), about="Mailing what is over its date")


def _whose(day: dt.date) -> Q:
    """Who may have something over its date: owners, and who leads a team that has."""
    late = Action.objects.overdue(day).order_by()
    leading = Membership.objects.valid_on(day).filter(LEADING, team__in=late.values("team"))
    return Q(pk__in=late.values("owner")) | Q(pk__in=leading.values("user"))


def _mail(person: User, day: dt.date) -> bool:
    led = Membership.objects.valid_on(day).filter(LEADING, user=person).values_list("team", flat=True)
    late = (
        Action.objects.overdue(day).readable(access_of(person)).select_related("owner", "team").order_by("due_on", "pk")
    )
    own, others = late.filter(owner=person), late.filter(team__in=list(led)).exclude(owner=person)
    if not (count := own.count() + others.count()):
        return False
    parts = [(_("What you promised:"), own[: MOST + 1]), (_("In the teams you lead:"), others[: MOST + 1])]
    told = "\n\n".join("\n".join([heading, *_lines(rows)]) for heading, rows in parts if rows)
    monday = day - dt.timedelta(days=day.weekday())
    post(
        key=f"overdue:{monday}:{person.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=ngettext("%(count)s agreement is over its date", "%(count)s agreements are over their date", count)
        % {"count": count},
        body=_(
            "Hello %(name)s\n\n%(told)s\n\nDone already? Say what came of it, and it is off the list.\n"
            "No such mail any more? Change it at “My page”: %(me)s\n"
        )
        % {"name": person.name, "told": told, "me": settings.SITE_URL + reverse("teams:me")},
    )
    return True


def _lines(found: ActionQuerySet) -> list[str]:
    rows, lines = list(found), []
    for action in rows[:MOST]:
        due = date_format(action.due_on) if action.due_on else ""
        what = action.reference if action.audience == Audience.INTERNAL else action.title
        whose = action.owner.name if action.owner else _("nobody yet")
        lines.append(f"- {what} ({whose}, {due}) {settings.SITE_URL}{action.get_absolute_url()}")
    if len(rows) > MOST:
        lines.append(f"- {_('And more')}: {settings.SITE_URL}{reverse('inventory:actions')}?te_laat=on")
    return lines
