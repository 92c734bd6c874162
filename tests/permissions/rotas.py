"""For the matrix: the rota of the wardens, published, with a draft of what comes after, and the calendar of one."""

from django.utils import timezone

from teams.models import RotaCalendar
from teams.rota import drafting
from teams.rota.calendars import hashed
from tests.cast import Cast
from tests.teams.rotas import published

TOKEN = "een-adres-dat-niemand-raadt"


def everything(people: Cast) -> dict[str, list[object]]:
    rota = published(people["coordinator"], 1, wardens=0)
    draft = drafting.begin_draft(rota, by=people["coordinator"])
    # With somebody who comes in tomorrow, so that publishing it is late.
    draft.turns.filter(user=people["gemeenschapswacht"]).update(ends=timezone.localdate())
    RotaCalendar.objects.create(owner=people["gemeenschapswacht"], hashed=hashed(TOKEN))
    return {
        "rota": [rota.pk], "draft of a rota": [draft.pk], "round of a rota": [rota.patterns.all()[0].pk],
        "calendar of a warden": [TOKEN], "invented calendar": ["geraden"],
    }  # fmt: skip
