"""What the invented signals are about: subjects, texts, who raises them and who is asked to do what.

Nobody in them exists. Every text comes from a few turns of phrase, so that three hundred read as if told by many.
"""

from dataclasses import dataclass

WHEN = ("Sinds een week", "Al enkele dagen", "Sinds begin deze maand", "Sinds het weekend", "Al een tijdje")


@dataclass(frozen=True)
class Ask:
    """A task for a team: by its code, or "ward" for the ward team of the area."""

    team: str
    title: str
    done: tuple[str, ...]
    returned: str = ""


@dataclass(frozen=True)
class Plot:
    subject: str
    count: int
    texts: tuple[str, ...]
    raised_by: tuple[tuple[str, str], ...]  # account ("" for a citizen's own web form), channel
    outcomes: tuple[str, ...]
    asks: tuple[Ask, ...] = ()  # beside the task that routing makes
    notes: tuple[tuple[str, str], ...] = ()  # account, text
    areas: tuple[str, ...] = ()  # empty: anywhere


WARD_WATCH = Ask("ward", "Toezicht in de late uren",
                 ("Drie avonden langsgegaan; rustig sinds de tweede.", "Toezicht gehouden, jongeren aangesproken."),
                 "Geen ploeg vrij deze week; graag eerst de gemeenschapswachten.")  # fmt: skip
WARDEN_ROUND = Ask("gemeenschapswachten", "Meenemen in de ronde",
                   ("Twee weken in de ronde meegenomen; de plek is proper en rustig.",
                    "Bewoners aangesproken, afspraken hangen op."))  # fmt: skip
NEIGHBOURHOOD_WORK = Ask("buurtwerk", "Gesprek met de buurt",
                         ("Buurtgesprek gehouden; bewoners spreken elkaar nu eerst zelf aan.",
                          "Aan de deur geweest en uitleg gegeven."),
                         "Dit hoort bij de huisbewaarder; graag daar eerst navragen.")  # fmt: skip
CITY_CLEAN = Ask("team-net-noord", "Extra schoonmaak", ("Extra ronde gereden, alles opgeruimd.",))
SCHOOL = Ask("school-wegwijzer", "Leerlingen en ouders aanspreken", ("Brief meegegeven en besproken in de klas.",))

PLOTS: list[Plot] = [
    # --- sealed: about persons -------------------------------------------------------------------
    Plot("Bezorgd om iemand", 34, (
        "{when} gaan de rolluiken van de buur niet meer open. Er wordt niet opengedaan, de post puilt uit de bus.",
        "Oudere bewoner dwaalt 's avonds door de straat en vindt de eigen voordeur niet. Deze week twee keer gezien.",
        "{when} komt de bewoner niet meer naar de maaltijd in het dienstencentrum. Aan de telefoon klonk het verward.",
        "Bewoner slaapt in de wagen op de parking. Zegt dat het gaat, maar ziet er ziek uit.",
        "{when} hoort de buur iemand huilen door de muur. Er is ook een klein kind in huis.",
        "De poetshulp vond bedorven eten en veel lege flessen. De bewoner wil geen dokter zien.",
        "Na de begrafenis komt de bewoner niet meer buiten. {when} brandt er ook overdag geen licht.",
    ), (("agent", "phone"), ("dienstencentrum", "counter"), ("buurtwerker", "partner"), ("", "web")), (
        "Contact gelegd, huisarts en familie zijn op de hoogte. Dienstencentrum volgt op.",
        "Huisbezoek gedaan, thuiszorg opgestart.", "Bewoner gesproken; hulp aanvaard, opvolging over twee weken.",
    ), notes=(
        ("verpleegkundige", "Aangebeld, geen antwoord. Briefje in de bus met het nummer van de dienst."),
        ("verpleegkundige", "Kort gesproken aan de deur. Wil nadenken; we bellen vrijdag terug."),
        ("verpleegkundige", "Huisarts gevraagd om mee te kijken."),
    )),
    Plot("Zorgwekkende woonsituatie", 16, (
        "{when} stinkt het in de gang. Door de deur zie je stapels tot aan het plafond.",
        "De bewoner verwarmt met een gasvuurtje en de ramen zijn dichtgeplakt. Er slapen ook kinderen.",
        "Ongedierte komt uit dit huis bij de buren. De bewoner laat niemand binnen en oogt verwaarloosd.",
        "Geen water en stroom meer in het huis, zegt de buur. {when} wordt er met een emmer water gehaald.",
    ), (("agent", "phone"), ("wijkinspecteur", "partner"), ("buurtwerker", "partner")), (
        "Huisbezoek gedaan met de woningcontroleur; opruiming gepland samen met de bewoner.",
        "Bewoner verhuist tijdelijk, de woning wordt hersteld.",
    ), notes=(
        ("verpleegkundige", "Eerste huisbezoek gedaan. Vertrouwen opbouwen gaat voor opruimen."),
        ("verpleegkundige", "Begeleiding aan huis gevraagd, wachttijd drie weken."),
    )),
    # --- limited -----------------------------------------------------------------------------------
    Plot("Schuldhulp of steun", 22, (
        "Bewoner vroeg aan de balie hoe een afbetalingsplan werkt. Er ligt een brief van de deurwaarder.",
        "Gezin kan de energiefactuur niet betalen en vraagt een afspraak.",
        "Bewoner komt vragen waarom de uitkering nog niet gestort is.",
        "Alleenstaande ouder vraagt of er steun is voor schoolkosten.",
    ), (("dienstencentrum", "counter"), ("buurtwerker", "partner"), ("agent", "phone")), (
        "Afspraak geweest, dossier geopend.", "Doorverwezen naar budgetbegeleiding.", "Steun toegekend.",
    ), notes=(("coordinator.ocmw", "Afspraak vastgelegd in het Sociaal Huis."),)),
    Plot("Burenruzie", 26, (
        "{when} roepen de buren op elkaar over de haag. De melder durft de tuin niet meer in.",
        "Ruzie over een parkeerplaats liep op tot duwen en trekken. Kinderen keken toe.",
        "Bewoner klaagt over lawaai van de bovenbuur; die zegt dat er niets is. Het wordt grimmig.",
        "Afsluiting op de perceelsgrens werd vorige nacht uitgebroken. Beide buren willen dat iemand komt kijken.",
    ), (("agent", "phone"), ("wijkinspecteur", "partner"), ("", "web")), (
        "Beide partijen gehoord; zij gaan naar de bemiddelaar.",
        "Wijkinspecteur sprak met beide buren, afspraken gemaakt.",
    ), notes=(("coordinator.politie", "Eerst afzonderlijk horen, daarna samen."),)),
    Plot("Verdachte situatie", 24, (
        "Bestelwagen zonder bedrijfsnaam staat elke avond met draaiende motor in de straat.",
        "Iemand voelt aan de deurklinken van de wagens. Vannacht gezien, rond drie uur.",
        "Onbekende belt overal aan en vraagt of er oud goud te koop is.",
        "Veel korte bezoekjes aan een garagebox, tot diep in de nacht.",
    ), (("agent", "phone"), ("gemeenschapswacht", "warden"), ("", "app")), (
        "Nagegaan, niets vastgesteld. Toezicht gaat nog een week door.",
        "Ter plaatse geweest; betrokkenen gekend en aangesproken.",
    )),
    Plot("Klacht over de dienstverlening", 10, (
        "De bewoner wachtte drie uur op een ophaling die was afgesproken en kreeg geen bericht.",
        "Aan het loket werd de bewoner van het kastje naar de muur gestuurd.",
        "{when} probeert de melder de dienst te bereiken; niemand neemt op.",
    ), (("agent", "phone"), ("", "web")), ("Bewoner teruggebeld en excuses aangeboden.",
        "Werkwijze aangepast, bewoner verwittigd."), areas=("Kortrijk Centrum", "Overleie", "Pius X")),
    # --- open, several organisations ------------------------------------------------------------------
    Plot("Geluidshinder", 36, (
        "{when} luide muziek en roepen op het plein tot na middernacht. Bewoners slapen niet.",
        "Brommers trekken op aan het water, {small} tussen 21 en 23 uur.",
        "Terras gaat door na het sluitingsuur. {when} is het tot drie uur 's nachts lawaai.",
        "Blaffende honden op een koer, {small}, de hele namiddag.",
    ), (("agent", "phone"), ("", "app"), ("", "web"), ("gemeenschapswacht", "warden")), (
        "Uitbater gesproken; muziek gaat stiller vanaf 22 uur.", "Toezicht gehouden, rustig sinds een week.",
    ), (WARDEN_ROUND, NEIGHBOURHOOD_WORK), (
        ("wijkinspecteur", "Vooral op vrijdag. Volgende week samen met de gemeenschapswachten."),
    )),
    Plot("Drugsmateriaal gevonden", 20, (
        "Spuiten en folie gevonden achter de elektriciteitskast. Deze maand al twee keer opgeruimd.",
        "Lachgasflesjes liggen verspreid over het grasveld naast de speeltuin.",
        "In de portiek liggen naalden. Kinderen komen hier langs op weg naar school.",
    ), (("gemeenschapswacht", "warden"), ("agent", "phone")), (
        "Opgeruimd, plek blijft twee weken in de ronde.", "Weggehaald; verlichting wordt bijgezet.",
    ), (WARD_WATCH, CITY_CLEAN, NEIGHBOURHOOD_WORK), (
        ("projectmedewerker", "Zelfde plek als in het voorjaar. Bespreken met het gebiedsteam."),
    )),
    Plot("Leegstand en verloedering", 18, (
        "Leegstaand pand met ingeslagen ruit. {when} gaan er mensen binnen.",
        "Voortuin is een stort geworden, dakgoot hangt los boven het voetpad.",
        "Rijwoning staat al lang leeg; de achterdeur is opengebroken.",
    ), (("gemeenschapswacht", "warden"), ("agent", "phone"), ("gebiedswerker", "partner")), (
        "Eigenaar heeft het pand dichtgemaakt.", "Opgenomen in de lijst van leegstand, eigenaar aangeschreven.",
    ), (WARD_WATCH, WARDEN_ROUND)),
    Plot("Onveilige situatie", 16, (
        "Oversteek aan de school is 's ochtends onveilig: wagens staan dubbel. Vanmorgen bijna een aanrijding.",
        "Losse gevelplaat klappert in de wind boven het voetpad.",
        "Paaltje uit de grond gereden, er steekt een ijzer uit.",
    ), (("agent", "phone"), ("gemeenschapswacht", "warden"), ("", "app")), (
        "Afgezet en hersteld.", "Toezicht aan de schoolpoort, ouders aangesproken.",
    ), (SCHOOL, WARD_WATCH)),
    Plot("Verkeersoverlast", 16, (
        "Vrachtwagens rijden door de smalle straat ondanks het verbod. {when} dagelijks.",
        "Er wordt veel te hard gereden op de steenweg, {small}, vooral na 20 uur.",
        "Fietspad staat vol bestelwagens, fietsers moeten op de rijbaan.",
    ), (("agent", "phone"), ("", "web")), (
        "Metingen gedaan; snelheidsbord geplaatst.", "Leveranciers aangesproken, laad- en loszone wordt getekend.",
    ), (WARD_WATCH,)),
    Plot("Woonkwaliteit", 14, (
        "Schimmel op de muren van de slaapkamers, de verhuurder reageert niet.",
        "Elektriciteit ligt bloot in de gang van een huis met vijf kamers.",
        "{when} loopt het water door het plafond van de onderbuur.",
    ), (("agent", "phone"), ("buurtwerker", "partner")), (
        "Woning gecontroleerd; verhuurder herstelt binnen de twee maanden.", "Herstelling vastgesteld bij hercontrole.",
    ), (NEIGHBOURHOOD_WORK,)),
    Plot("Zwerfvuil", 14, (
        "Blikjes en snoeppapier langs het jaagpad, {small}. Ook in het water.",
        "Plein ligt vol na de markt; het waait tot in de voortuinen.",
        "{when} ligt er glas op de speeltuin.",
    ), (("gemeenschapswacht", "warden"), ("", "app"), ("agent", "phone")), (
        "Opgeruimd, extra vuilnisbak geplaatst.", "Opgeruimd met de vrijwilligers van de buurt.",
    ), (WARDEN_ROUND, SCHOOL)),
    Plot("Straatverlichting", 12, (
        "Drie lampen na elkaar uit op het fietspad. {when} is het er pikdonker.",
        "Lantaarn knippert de hele nacht voor het slaapkamerraam.",
        "Mast staat scheef na een aanrijding.",
    ), (("gemeenschapswacht", "warden"), ("agent", "phone"), ("", "app")), ("Lamp vervangen.",
        "Mast rechtgezet en gekeurd."),
        (WARDEN_ROUND,)),
    Plot("Goed nieuws", 8, (
        "De nieuwe bloembakken in de straat doen deugd. Bewoners gieten om beurt.",
        "Het pleintje is proper sinds de gemeenschapswachten langskomen. Bedankt.",
        "Straatfeest zonder één klacht: een pluim voor de buurt.",
    ), (("", "web"), ("gebiedswerker", "partner")), ("Doorgegeven aan de ploeg.",
        "Opgenomen in de nieuwsbrief van de buurt.")),
    Plot("Vraag of suggestie", 8, (
        "Kan er een bank komen aan de halte? Wie slecht te been is, staat nu recht.",
        "Waar kan de buurt een speelstraat aanvragen voor de zomer?",
    ), (("agent", "phone"), ("", "mail")), ("Uitleg gegeven en formulier bezorgd.",
        "Vraag doorgegeven aan de dienst.")),
]  # fmt: skip
