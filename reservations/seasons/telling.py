"""Whoever asked hears what became of it: one mail for all they asked, once, when the season is settled."""

from collections import defaultdict

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from reservations.models import Season, SeasonRequest
from reservations.seasons.words import asked_in_words
from teams.models import User


def of_outcomes(season: Season, *, by: User) -> None:
    """Who settled it knows. Of what is not shared a mail says which hours, never what for."""
    asked: dict[User, list[SeasonRequest]] = defaultdict(list)
    requests = season.requests.standing().select_related("created_by", "organisation", "association")
    for each in requests:
        if each.created_by and each.created_by.is_active and each.created_by != by:
            asked[each.created_by].append(each)
    for person, theirs in asked.items():
        post(
            key=f"season:{season.pk}:settled:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("%(season)s: your hours") % {"season": season.name},
            body=_body(season, person, theirs),
        )


def _body(season: Season, person: User, requests: list[SeasonRequest]) -> str:
    lines = [
        _("Hello %(name)s") % {"name": person.name},
        "",
        _("The hours of %(season)s are divided, from %(first)s up to and including %(last)s.")
        % {"season": season.name, "first": date_format(season.starts), "last": date_format(season.ends)},
    ]
    for each in requests:
        what = f" ({each.title})" if each.is_shared else ""
        lines += ["", f"{each.holder.name}{what}: {asked_in_words(each)}", each.because]
    link = f"{settings.SITE_URL}{season.get_absolute_url()}"
    return "\n".join([*lines, "", _("See it, and book your dates: %(link)s") % {"link": link}])
