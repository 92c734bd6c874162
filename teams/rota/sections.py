"""The rota where a day begins, and beside an area."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.within import in_or_over
from kortrijk_gebied.sections import Content, Place, Request, section
from teams.models import Rota, User
from teams.rota.facts import A_DAY
from teams.rota.missing import SOON, missing_in
from teams.rota.own import serving, shifts_of_person, turns_of_person


@section(key="today-rota", title=_("Your rota"), template="teams/rota/today.html", on={Place.TODAY}, order=8)
def own_rota(request: Request) -> Content:
    """The zone of today and its rounds; nothing for who has no turn."""
    user = (request.extra or {}).get("user")
    today = timezone.localdate()
    turns = [turn for turn in turns_of_person(user, today) if turn.is_now] if isinstance(user, User) else []
    if not isinstance(user, User) or not turns:
        return None
    return {"turn": turns[0], "shifts": shifts_of_person(user, today, today + A_DAY), "url": reverse("rota:rotas")}


@section(
    key="today-rota-missing", title=_("Somebody fell out of the rota"), template="teams/rota/missing.html",
    on={Place.TODAY}, order=7,
)  # fmt: skip
def fell_out(request: Request) -> Content:
    """For who makes the rota: what nobody walks since it was published, and the way to a draft that fills in."""
    today = timezone.localdate()
    found = [
        (rota, lines)
        for rota in Rota.objects.writable(request.viewer).select_related("team")
        if (version := rota.published) and (lines := missing_in(rota, version, until=today + SOON))
    ]
    return {"rotas": found} if found else None


@section(key="rota", title=_("Who serves here today"), template="teams/rota/beside.html", on={Place.AREA}, order=16)
def beside_area(request: Request) -> Content:
    """Of each zone that lies in the area, or is it: the wardens of today. For who may view it."""
    area: Any = request.area
    zones = Rota.zones.through.objects.filter(in_or_over(area, "area"))
    here = set(zones.values_list("area", flat=True))
    found = Rota.objects.readable(request.viewer).filter(pk__in=zones.values("rota")).select_related("team")
    rotas = [
        (rota, [each for each in serving(rota, timezone.localdate()) if each.zone.pk in here])
        for rota in found
        if rota.published
    ]
    return {"rotas": rotas} if rotas else None
