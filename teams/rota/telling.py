"""The mail about a new version: to each whose turns or rounds change, with their own lines and nobody else's."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from teams.models import RotaShift, RotaVersion, User
from teams.rota import words
from teams.rota.changing import Consequences
from teams.rota.closed import with_closed_days
from teams.rota.facts import Days
from teams.rota.words import Names

AHEAD = dt.timedelta(days=14)  # rounds named in a mail: the others stand on the page and in the calendar


def tell(version: RotaVersion, found: Consequences, names: Names, *, is_first: bool) -> None:
    for person in User.objects.filter(pk__in=found.people, is_active=True).order_by("pk"):
        body = render_to_string(
            "teams/rota/published.txt",
            {
                "person": person, "version": version, "rota": version.rota, "is_first": is_first,
                "since": _since(found, person), "changes": _changes(found, person, names),
                "turns": _turns(version, person, names), "rounds": _rounds(version, person),
                "url": f"{settings.SITE_URL}{version.rota.get_absolute_url()}",
            },
        )  # fmt: skip
        post(
            key=f"rota:{version.pk}:{person.pk}", to=person.email, reader_id=person.pk, body=body.strip() + "\n",
            subject=_("Your rota: %(team)s") % {"team": version.rota.team.name},
        )  # fmt: skip


def _since(found: Consequences, person: User) -> dt.date | None:
    """The first day in another zone than was told before; None where only rounds change."""
    days = [turn.days.starts for turn in (*found.gone, *found.new) if turn.who == person.pk]
    return max(min(days), timezone.localdate()) if days else None


def _changes(found: Consequences, person: User, names: Names) -> list[str]:
    """What goes and what comes, in the order of the days."""
    gone = [(turn.days.starts, 0, _("no longer %(zone)s, %(days)s"), turn) for turn in found.gone]
    new = [(turn.days.starts, 1, _("new: %(zone)s, %(days)s"), turn) for turn in found.new]
    return [
        said % {"zone": names.zone(turn.zone), "days": words.when(turn.days)}
        for _day, _new, said, turn in sorted([*gone, *new], key=lambda each: each[:2])
        if turn.who == person.pk
    ]


def _turns(version: RotaVersion, person: User, names: Names) -> list[str]:
    rows = version.turns.filter(user=person, ends__gte=timezone.localdate()).order_by("starts", "pk")
    return [f"{words.when(Days(turn.starts, turn.ends))}: {names.zone(turn.zone_id)}" for turn in rows]


def _rounds(version: RotaVersion, person: User) -> list[str]:
    today = timezone.localdate()
    rows = version.shifts.filter(user=person, day__gte=today, day__lt=today + AHEAD)
    rows = rows.select_related("zone", "version__rota__team").defer("zone__boundary")
    return [line(shift) for shift in with_closed_days(rows)]


def line(shift: RotaShift) -> str:
    hours = f"{time_format(shift.starts, 'G.i')}–{time_format(shift.ends)}"
    cover = _(", in place of a colleague") if shift.is_cover else ""
    closed = f", {shift.closed_for}" if shift.closed_for else ""
    return f"{date_format(shift.day, 'D j F')}{closed}, {hours}: {shift.zone.name} ({shift.name}){cover}"
