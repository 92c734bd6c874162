"""The people of the demo city, one for each role. All names are invented; the password of all is the same."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from teams.models import Function, Membership, Organisation, Post, PostHolder, Team, User

PASSWORD = "gebied-kortrijk"  # noqa: S105  public on purpose: bin/demo prints it
DOMAIN = "kortrijk.example"


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    organisation: str
    memberships: tuple[tuple[str, Function], ...]
    role: str
    try_first: str
    phone: str = ""


F = Function
ACCOUNTS: list[Account] = [
    Account("agent", "Amber Desmet", "stad", (("meldpunt-1777", F.DESK_AGENT),), "Meldpuntmedewerker 1777",
            "Neem een melding op: Postvak, Nieuwe melding"),
    Account("coordinator", "Bram Vandeputte", "stad",
            (("coordinatie-noord-centrum", F.COORDINATOR), ("gebiedsteam-overleie-pius-x", F.COORDINATOR)),
            "Coördinator stad", "Maak het postvak leeg met j, k, r en d", "056 00 00 01"),
    Account("coordinator.rand", "Brigitte Callens", "stad", (("coordinatie-rand", F.COORDINATOR),),
            "Coördinator stad, rand", "Bekijk Te laat in de deelgemeenten"),
    Account("coordinator.ocmw", "Chantal Verhelst", "ocmw",
            (("coordinatie-ocmw", F.COORDINATOR), ("gebiedsteam-overleie-pius-x", F.COORDINATOR)),
            "Coördinator OCMW", "Bekijk wat beperkt is, en wat je niet ziet", "056 00 00 02"),
    Account("coordinator.politie", "Dirk Lagae", "politie", (("coordinatie-politie", F.COORDINATOR),),
            "Coördinator politie", "Bied een taak aan: Postvak, te verdelen", "056 00 00 03"),
    Account("gebiedswerker", "Els Deprez", "stad",
            (("gebiedswerking", F.AREA_WORKER), ("gebiedsteam-overleie-pius-x", F.AREA_WORKER)),
            "Gebiedswerker", "Open Gebieden, Overleie", "056 00 00 04"),
    Account("projectmedewerker", "Farah Benali", "stad",
            (("gebiedswerking", F.PROJECT_OFFICER), ("gebiedsteam-centrum", F.PROJECT_OFFICER)),
            "Projectmedewerker", "Vul het maandrapport aan: vijf lijnen"),
    Account("deelgemeente", "Geert Holvoet", "stad",
            (("gebiedswerking", F.AREA_WORKER), ("gebouwen", F.CULTURAL_OFFICER), ("gebouwen", F.CENTRE_MANAGER),
             ("gebiedsteam-marke", F.AREA_WORKER), ("gebiedsteam-bellegem", F.AREA_WORKER)),
            "Deelgemeente: cultuur, gebied en OC", "Zoek onder Zalen een zaal voor elke dinsdagavond"),
    Account("uitvoerder", "Hassan Maes", "stad",
            (("openbaar-domein", F.EXECUTOR), ("team-net-noord", F.EXECUTOR)),
            "Medewerker openbaar domein", "Werk een taak af in Vandaag"),
    Account("buurtwerker", "Ilse Claeys", "ocmw",
            (("buurtwerk", F.NEIGHBOURHOOD_WORKER), ("gebiedsteam-overleie-pius-x", F.NEIGHBOURHOOD_WORKER)),
            "Buurtwerker", "Meld een signaal voor een partner"),
    Account("verpleegkundige", "Joke Lambrecht", "ocmw",
            (("sociale-dienst", F.SOCIAL_NURSE), ("gebiedsteam-bellegem", F.SOCIAL_NURSE)),
            "Sociaal verpleegkundige", "Deel één zin met de wijkinspecteur", "056 00 00 05"),
    Account("dienstencentrum", "Karel Ghesquiere", "ocmw", (("dienstencentrum-overleie", F.SERVICE_DESK),),
            "Balie dienstencentrum", "Neem een melding op aan de balie"),
    Account("wijkinspecteur", "Lies Vanneste", "politie",
            (("wijkwerking-noord", F.WARD_INSPECTOR), ("gebiedsteam-overleie-pius-x", F.WARD_INSPECTOR)),
            "Wijkinspecteur", "Aanvaard of geef een taak terug", "056 00 00 06"),
    Account("wijkinspecteur.zuid", "Luc Debusschere", "politie",
            (("wijkwerking-zuid", F.WARD_INSPECTOR), ("gebiedsteam-bellegem", F.WARD_INSPECTOR)),
            "Wijkinspecteur Zuid", "Lees wat de sociale dienst deelde"),
    Account("gemeenschapswacht", "Mo El Amrani", "stad", (("gemeenschapswachten", F.COMMUNITY_WARDEN),),
            "Gemeenschapswacht", "Open /veld/, start je dienst, zet het netwerk uit, meld iets"),
    Account("gebouwbeheerder", "Nele Descheemaeker", "stad", (("gebouwen", F.BUILDING_MANAGER),),
            "Gebouwbeheerder", "Beantwoord aanvragen onder Zalen, en sluit een zaal voor een lek"),
    Account("vereniging", "Oscar Tanghe", "school", (("school-wegwijzer", F.ASSOCIATION_CONTACT),),
            "Contact van een school", "Meld iets, en lees onder Terugkoppeling wat ervan kwam"),
    Account("fluvius", "Pieter Storme", "fluvius", (("fluvius-verlichting", F.EXECUTOR),),
            "Partner Fluvius", "Aanvaard een taak straatverlichting"),
    Account("beheerder", "Quinten Hoste", "stad", (("beheer-stad", F.ADMINISTRATOR),),
            "Beheerder stad", "Voeg een collega toe: Beheer"),
    Account("beheerder.ocmw", "Rika Delrue", "ocmw", (("beheer-ocmw", F.ADMINISTRATOR),),
            "Beheerder OCMW", "Voeg een collega toe: Beheer"),
    Account("beheerder.politie", "Stijn Bekaert", "politie", (("beheer-politie", F.ADMINISTRATOR),),
            "Beheerder politie", "Voeg een collega toe: Beheer"),
    Account("dpo", "Tine Parmentier", "stad", (("gegevensbescherming-stad", F.DATA_PROTECTION_OFFICER),),
            "Functionaris gegevensbescherming stad", "Open het leeslogboek"),
    Account("dpo.ocmw", "Ugo Seynaeve", "ocmw", (("gegevensbescherming-ocmw", F.DATA_PROTECTION_OFFICER),),
            "Functionaris gegevensbescherming OCMW", "Zie wie verzegelde signalen las"),
    Account("dpo.politie", "Veerle Noppe", "politie", (("gegevensbescherming-politie", F.DATA_PROTECTION_OFFICER),),
            "Functionaris gegevensbescherming politie", "Open het leeslogboek"),
]  # fmt: skip

# Who plays no role of their own: what is sealed to their team must be read by somebody, and what it is asked, answered.
BEHIND: list[Account] = [
    Account("sociaalhuis", "Wannes Deleu", "ocmw", (("sociaal-huis", F.SERVICE_DESK),),
            "Onthaal Sociaal Huis", "Lees wie om hulp vraagt: verzegeld"),
    Account("wijkinspecteur.centrum", "Xander Deceuninck", "politie", (("wijkwerking-centrum", F.WARD_INSPECTOR),),
            "Wijkinspecteur Centrum", "Aanvaard of geef een taak terug", "056 00 00 07"),
    Account("gemeenschapswacht.centrum", "Yasmina Haddou", "stad", (("gemeenschapswachten", F.COMMUNITY_WARDEN),),
            "Gemeenschapswacht", "Neem de tablet van een collega over"),
]  # fmt: skip

# Who to reach for which area: post, team, function, areas, holder. The wardens hold theirs by the rota.
POSTS: list[tuple[str, Function, tuple[str, ...], str]] = [
    ("coordinatie-noord-centrum", F.COORDINATOR, ("Overleie", "Pius X", "Kortrijk Centrum"), "coordinator"),
    ("coordinatie-rand", F.COORDINATOR, ("Heule Centrum", "Heule Sente", "Heule Watermolen", "Aalbeke", "Bellegem",
     "Bissegem", "Kooigem", "Marke", "Rollegem"), "coordinator.rand"),
    ("gebiedswerking", F.AREA_WORKER, ("Overleie", "Pius X", "Kortrijk Centrum", "Kortrijk West"), "gebiedswerker"),
    ("gebiedswerking", F.AREA_WORKER, ("Marke", "Aalbeke", "Rollegem", "Bellegem", "Kooigem"), "deelgemeente"),
    ("sociale-dienst", F.SOCIAL_NURSE, ("Overleie", "Pius X", "Bellegem", "Kooigem", "Marke"), "verpleegkundige"),
    ("buurtwerk", F.NEIGHBOURHOOD_WORKER, ("Overleie", "Pius X"), "buurtwerker"),
    ("wijkwerking-noord", F.WARD_INSPECTOR, ("Overleie", "Pius X", "Heule Centrum", "Bissegem"), "wijkinspecteur"),
    ("wijkwerking-zuid", F.WARD_INSPECTOR, ("Marke", "Aalbeke", "Rollegem", "Bellegem", "Kooigem", "Hoog Kortrijk",
     "Lange Munte"), "wijkinspecteur.zuid"),
    ("wijkwerking-centrum", F.WARD_INSPECTOR, ("Kortrijk Centrum", "Kortrijk West"), "wijkinspecteur.centrum"),
]  # fmt: skip


def address(account: str) -> str:
    return f"{account}@{DOMAIN}"


def create() -> dict[str, User]:
    """The people, their memberships and posts; safe to run again. Teams must be there (teams.seed)."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    teams = {team.code: team for team in Team.objects.all()}
    since = timezone.localdate() - dt.timedelta(days=800)
    people: dict[str, User] = {}
    for account in [*ACCOUNTS, *BEHIND]:
        person = User.objects.filter(email=address(account.email)).first()
        if person is None:
            person = User.objects.create_user(
                address(account.email), PASSWORD, name=account.name, phone=account.phone,
                organisation=organisations[account.organisation],
                mail_offers=any(function == F.WARD_INSPECTOR for _team, function in account.memberships),
            )  # fmt: skip
        people[account.email] = person
        for code, function in account.memberships:
            Membership.objects.get_or_create(
                user=person, team=teams[code], function=function, defaults={"starts": since}
            )
    for code, function, names, holder in POSTS:
        for area in teams[code].areas.filter(name__in=names):
            post, _created = Post.objects.get_or_create(team=teams[code], area=area, function=function)
            PostHolder.objects.get_or_create(post=post, user=people[holder], defaults={"starts": since})
    return people
