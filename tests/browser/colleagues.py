"""Who is who as pages show it: somebody with a photo who is away, a member from outside, a case consultation."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kortrijk_gebied.files.pictures import encoded
from teams.faces import hang
from teams.models import Absence, CaseConsultation, ExternalMember, Organisation, PresenceHour, Team, User
from tests.cast import Cast, area

LONG = "Buurtnetwerkondersteuningsmedewerker van de Lange Munte en omstreken"


def colleague_pages(cast: Cast) -> dict[str, str]:
    els, joke, today = cast["gebiedswerker"], cast["verpleegkundige"], timezone.localdate()
    hang(els, encoded(Image.new("RGB", (300, 400), "teal")))
    User.objects.filter(pk=els.pk).update(hours="maandag tot donderdag", deputy=cast["coordinator"])
    PresenceHour.objects.create(
        user=els, area=area("Overleie"), place="Dienstencentrum Overleie", weekday=1, opens=dt.time(9),
        closes=dt.time(12), note="niet tijdens de schoolvakantie",
    )  # fmt: skip
    away = Absence.objects.create(user=els, starts=today, ends=today + dt.timedelta(days=4), replaced_by=cast["agent"])
    outside = ExternalMember.objects.create(
        team=Team.objects.get(code="stuurgroep-lange-munte"), name="Rita Verbeke", organisation_name=LONG,
        email="rita.verbeke@buurt.example", mandate="de bewoners", mandate_until=today,
    )  # fmt: skip
    held = CaseConsultation(
        purpose="care",
        legal_ground="by_law",
        organisation=Organisation.objects.get(people=joke),
        convened_by=joke,
        outside=["CAW"],
    )
    held.seat([joke, cast["wijkinspecteur.zuid"]])
    return {
        "absence": reverse("teams:absence", args=[away.pk]), "external": reverse("teams:external", args=[outside.pk]),
        "consultation": reverse("consultations:consultation", args=[held.pk]),
    }  # fmt: skip
