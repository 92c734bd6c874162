"""A rota for the pages of a browser: seven wardens, one with a long name and five away on some days."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from teams.models import User
from teams.rota import drafting
from teams.rota.reading import plan_of
from tests.teams.rotas import away, more_wardens, published

LONG = "Wilhelmina-Alexandrina Vandenbroucke-Vanoverschelde de Ghellinck d’Elseghem"


def rota_pages(people: dict[str, User]) -> dict[str, str]:
    by = people["coordinator"]
    User.objects.filter(pk=more_wardens()[0].pk).update(name=LONG)
    rota = published(by)
    monday = timezone.localdate() + dt.timedelta(days=35 - timezone.localdate().weekday())
    for person in User.objects.filter(rota_turns__version=rota.published).distinct()[:5]:
        away(person, monday, monday + dt.timedelta(days=2))
    draft = drafting.begin_draft(rota, by=by)
    drafting.extend(draft, 2)
    plan = plan_of(rota, draft)
    one, two = plan.turns_in(plan.periods[2])[0], plan.periods[3]
    asked = f"?period={two.starts}&who={one.who}&to=zone:{one.zone}"
    change = reverse("rota:version-change", args=[draft.pk])
    return {
        "rota": rota.get_absolute_url(), "rota-week": f"{reverse('rota:week', args=[rota.pk])}?dag={monday}",
        "rota-draft": reverse("rota:version", args=[draft.pk]), "rota-change": change,
        "rota-broken": f"{change}{asked}",
        "rota-publication": reverse("rota:version-publication", args=[draft.pk]),
    }  # fmt: skip
