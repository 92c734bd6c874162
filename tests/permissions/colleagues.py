"""For the matrix: Els is away on some days, found at a place and known by a photo; Joke sat together with Luc."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from teams.models import Absence, CaseConsultation, ExternalMember, Organisation, PresenceHour, Team
from tests.cast import Cast

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    els, joke, today = people["gebiedswerker"], people["verpleegkundige"], timezone.localdate()
    els.photo.save("face", ContentFile(b"a face"))
    away = Absence.objects.create(user=els, starts=today, ends=today + dt.timedelta(days=2))
    there = PresenceHour.objects.create(user=els, place="Antenne", weekday=1, opens=dt.time(9), closes=dt.time(12))
    outsider = ExternalMember.objects.create(team=Team.objects.get(code="gebiedsteam-marke"), name="Rita")
    held = CaseConsultation(
        purpose="care", legal_ground="by_law", organisation=Organisation.objects.get(people=joke), convened_by=joke
    )
    held.seat([joke, people["wijkinspecteur.zuid"]])
    return {
        "absence": [away.pk], "presence": [there.pk], "external member": [outsider.pk], "consultation": [held.pk],
        "face": [els.pk],
    }  # fmt: skip
