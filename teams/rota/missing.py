"""Who fell out since the rota was published, and where: for the team, and by mail for who makes it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import Area
from kortrijk_gebied.jobs.models import post
from teams.models import Absence, Rota, RotaShift, RotaVersion, User
from teams.models.rota import makers_of
from teams.rota import words
from teams.rota.facts import Days
from teams.rota.own import versions_that_hold
from teams.rota.reading import FOR_EVER, wardens_of

SOON = dt.timedelta(days=14)


@dataclass
class Missing:
    """Rounds that were told to somebody who is not there then. Why stands nowhere."""

    person: User
    zone: Area
    rounds: list[RotaShift]

    @property
    def days(self) -> Days:
        return Days(self.rounds[0].day, self.rounds[-1].day)

    @property
    def sentence(self) -> str:
        counted = ngettext("%(rounds)s round", "%(rounds)s rounds", len(self.rounds)) % {"rounds": len(self.rounds)}
        told = {"zone": self.zone.name, "rounds": counted, "when": words.when(self.days)}
        return _("%(zone)s: %(rounds)s, %(when)s") % told


def missing_in(rota: Rota, version: RotaVersion, *, until: dt.date | None = None) -> list[Missing]:
    """By person and zone, the first to miss first; in a fixed number of questions."""
    today = timezone.localdate()
    people = {warden.key: warden for warden in wardens_of(rota)}
    # A year of rounds is thousands of rows: only those of who is away some day or leaves are looked at.
    there = [one.key for one in people.values() if max(days.ends for days in one.member) == FOR_EVER]
    there = [key for key in there if all(days.ends < today for days in people[key].away)]
    rows = version.shifts.filter(day__gte=today).exclude(user__in=there)
    rows = rows.select_related("user", "zone").defer("zone__boundary")
    if until:
        rows = rows.filter(day__lt=until)
    found: dict[tuple[object, int], Missing] = {}
    for shift in rows.order_by("day", "starts", "pk"):
        warden = people.get(shift.user_id)
        if warden is None or not warden.is_there(shift.day):
            line = found.setdefault((shift.user_id, shift.zone_id), Missing(shift.user, shift.zone, []))
            line.rounds.append(shift)
    return list(found.values())


def tell_planners(absence: Absence, *, by: User) -> None:
    """Everybody who may make a rota that counts on this person in those days; once for these days, and not who said
    it: whoever is there can propose who fills in."""
    first = max(absence.starts, timezone.localdate())
    versions = versions_that_hold().select_related("rota__team")
    of_person = RotaShift.objects.filter(user=absence.user, day__gte=first, day__lte=absence.ends)
    for version in versions.filter(pk__in=of_person.values("version")):
        rounds = of_person.filter(version=version).count()
        for planner in makers_of(version.rota.team).exclude(pk=by.pk):
            _tell(planner, version, absence, rounds)


def _tell(planner: User, version: RotaVersion, absence: Absence, rounds: int) -> None:
    names = {
        "person": absence.user.name, "team": version.rota.team.name,
        "when": words.when(Days(absence.starts, absence.ends)),
        "rounds": ngettext("%(rounds)s round", "%(rounds)s rounds", rounds) % {"rounds": rounds},
    }  # fmt: skip
    body = _(
        "%(person)s is away: %(when)s. %(rounds)s of the published rota of %(team)s have nobody now.\n\n"
        "On the page of the rota you make a draft with one press that proposes who fills in. Nobody else is told until "
        "you publish it."
    )
    post(
        key=f"rota-missing:{absence.pk}:{absence.starts}:{absence.ends}:{version.pk}:{planner.pk}", to=planner.email,
        reader_id=planner.pk, subject=_("Rota: %(person)s is away from %(day)s")
        % {"person": absence.user.name, "day": date_format(absence.starts)},
        body=f"{body % names}\n\n{settings.SITE_URL}{version.rota.get_absolute_url()}\n",
    )  # fmt: skip
