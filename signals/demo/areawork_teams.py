"""Tables, roles, mandates, absences and presence hours of the demo; all invented. Safe to repeat."""

import datetime as dt

from django.utils import timezone

from areas.models import Area
from teams.models import Absence, CaseConsultation, ExternalMember, Membership, PresenceHour, Team, User
from teams.models.mandates import Role
from teams.seed import CODE_17

# team, person, function, role, mandate
SEATS = [
    ("stuurgroep-lange-munte", "gebiedswerker", "area_worker", Role.CHAIR, "Stad Kortrijk, gebiedswerking"),
    ("stuurgroep-lange-munte", "projectmedewerker", "project_officer", Role.REPORTER, ""),
    ("stuurgroep-venning", "projectmedewerker", "project_officer", Role.LEADER, "Stad Kortrijk, projecten"),
    ("stuurgroep-venning", "coordinator", "coordinator", Role.GUIDE, ""),
    ("operationele-stuurgroep", "coordinator", "coordinator", Role.CHAIR, "Stad Kortrijk"),
    ("operationele-stuurgroep", "coordinator.ocmw", "coordinator", Role.MEMBER, "OCMW Kortrijk"),
    ("operationele-stuurgroep", "coordinator.politie", "coordinator", Role.MEMBER, "PZ Vlas"),
    ("basisgebiedsteam", "gebiedswerker", "area_worker", Role.MEMBER, ""),
    ("basisgebiedsteam", "wijkinspecteur", "ward_inspector", Role.MEMBER, ""),
    ("basisgebiedsteam", "buurtwerker", "neighbourhood_worker", Role.MEMBER, ""),
]
OUTSIDERS = [
    ("stuurgroep-lange-munte", "Rita Verbeke", "bewoner", "de bewoners van de Lange Munte"),
    ("stuurgroep-lange-munte", "Johan Soete", "handelaar", "de handelaars van het winkelcentrum"),
    ("stuurgroep-venning", "Fatima Aydin", "bewonersgroep Venning", "de bewonersgroep"),
]
PURPOSES = {
    "stuurgroep-lange-munte": "Volgt de vernieuwing van de Lange Munte op, met bewoners en handelaars aan tafel.",
    "stuurgroep-venning": "Stuurt de heraanleg van de Venning en bewaakt wat met de bewoners is afgesproken.",
    "operationele-stuurgroep": "Beslist over wat gebiedsteams niet zelf kunnen oplossen.",
    "coordinatiecomite": "Legt de grote lijnen vast tussen stad, OCMW en politie.",
    "resa": "Werkt uit hoe stad, OCMW en politie signalen samen opvolgen.",
    "basisgebiedsteam": "De vaste kern van de gebiedsteams: gebiedswerker, wijkinspecteur en buurtwerker.",
}
HOURS = {
    "gebiedswerker": ("maandag tot donderdag, 8.30 tot 17 uur", "projectmedewerker"),
    "coordinator": ("elke werkdag, 8.30 tot 17 uur", "coordinator.rand"),
    "buurtwerker": ("dinsdag tot vrijdag, 9 tot 17.30 uur", "coordinator.ocmw"),
    "wijkinspecteur": ("wisselende diensten", "coordinator.politie"),
}
# person, weekday, from, until, place, note, for residents
PRESENCE = [
    ("gebiedswerker", 1, 9, 12, "Dienstencentrum Overleie", "", True),
    ("buurtwerker", 2, 14, 17, "Buurthuis Overleie", "", False),
    ("wijkinspecteur", 3, 16, 18, "Wijkantenne Overleie", "niet tijdens schoolvakanties", True),
]


def create(people: dict[str, User]) -> None:
    today = timezone.localdate()
    since, year_end = today - dt.timedelta(days=400), dt.date(today.year, 12, 31)
    teams = {team.code: team for team in Team.objects.all()}
    for code, purpose in PURPOSES.items():
        Team.objects.filter(code=code, purpose="").update(purpose=purpose)
    for code, who, function, role, mandate in SEATS:
        Membership.objects.get_or_create(
            team=teams[code], user=people[who], function=function,
            defaults={
                "role": role, "mandate": mandate, "mandate_until": year_end if mandate else None, "starts": since,
            },
        )  # fmt: skip
    for code, name, organisation, mandate in OUTSIDERS:
        ExternalMember.objects.get_or_create(
            team=teams[code], name=name,
            defaults={
                "organisation_name": organisation, "mandate": mandate, "starts": since,
                "email": f"{name.split()[0].lower()}@buurt.example",
            },
        )  # fmt: skip
    _people(people, today)
    _consultation(people, today)


def _people(people: dict[str, User], today: dt.date) -> None:
    overleie = Area.objects.get(set__code=CODE_17, name="Overleie")
    for who, (hours, deputy) in HOURS.items():
        User.objects.filter(pk=people[who].pk, hours="").update(hours=hours, deputy=people[deputy])
    for who, weekday, opens, closes, place, note, is_public in PRESENCE:
        PresenceHour.objects.get_or_create(
            user=people[who], area=overleie, weekday=weekday, place=place,
            defaults={"opens": dt.time(opens), "closes": dt.time(closes), "note": note, "is_public": is_public},
        )  # fmt: skip
    PresenceHour.objects.get_or_create(
        team=Team.objects.get(code="gebiedsteam-overleie-pius-x"), area=overleie, weekday=4, place="Markt Overleie",
        defaults={"opens": dt.time(9), "closes": dt.time(11), "note": "elke eerste vrijdag", "is_public": True},
    )  # fmt: skip
    if not Absence.objects.exists():
        for who, instead, first, last in (
            ("buurtwerker", "coordinator.ocmw", -1, 5),
            ("projectmedewerker", "gebiedswerker", 14, 20),
        ):
            Absence.objects.create(
                user=people[who], replaced_by=people[instead],
                starts=today + dt.timedelta(days=first), ends=today + dt.timedelta(days=last),
            )  # fmt: skip


def _consultation(people: dict[str, User], today: dt.date) -> None:
    joke = people["verpleegkundige"]
    if joke.organisation is None or CaseConsultation.objects.exists():
        return
    held = CaseConsultation(
        day=today - dt.timedelta(days=9), purpose=CaseConsultation.Purpose.CARE,
        legal_ground=CaseConsultation.Ground.BY_LAW, organisation=joke.organisation, convened_by=joke,
        outside=["CAW Zuid-West-Vlaanderen"],
    )  # fmt: skip
    held.seat([joke, people["wijkinspecteur.zuid"]])
