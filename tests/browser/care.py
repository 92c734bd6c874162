"""A care grid for the pages of a browser: with long words, a gap, a hint and a line of one's own."""

from django.urls import reverse

from teams.models import AttentionAppointment, AttentionCount, CareNeed, ServicePoint, Team, User
from tests.teams.care import YEAR, a_day, care, line, need

LONG = "Boodschappenbegeleidingsvrijwilligersvervoersdienst"


def care_pages(people: dict[str, User]) -> dict[str, str]:
    joke, area = people["verpleegkundige"], care()
    mine = line(joke, f"{LONG} voor wie niet meer met de bus kan, elke dinsdag", source=f"Telling {LONG}")
    line(joke, "Nachtzorg op afspraak", audience="internal", need=CareNeed.objects.all()[1])
    line(joke, "Soep", year=YEAR - 1)
    line(people["projectmedewerker"], "Oefenkansen Nederlands", need=CareNeed.objects.all()[2])
    need(joke, f"Geen {LONG} in het weekend", need=CareNeed.objects.all()[3])
    point = ServicePoint.objects.get(code="centrum-overleie")
    month = a_day(0).replace(day=1)
    AttentionCount.objects.create(area=area, programme="over_75", month=month, contacts=3, by=joke)
    AttentionAppointment.objects.create(
        area=area, programme="neighbours", day=a_day(4), hour="10:00", team=Team.objects.get(code="buurtwerk"),
        place=point, by=joke,
    )  # fmt: skip
    return {
        "care": reverse("care:matrix", args=["zorg-2", YEAR]),
        "care-line": reverse("care:entry", args=[mine.pk]),
        "care-point": point.get_absolute_url(),
    }
