"""A handful of answers and outcome texts for the demo. Examples: what the city really answers, it writes itself."""

from signals.models import Category, StandardText
from signals.models.texts import TextUse
from teams.models import Organisation

EXAMPLE = "(Voorbeeld) "

ANSWERS = [
    ("Wanneer wordt mijn afval opgehaald?", "ophaling-afval",
     "Zet de zakken de avond voordien buiten, vanaf 18 uur. De ophaaldag van uw straat staat op de kalender die u in "
     "december kreeg. Werd uw straat overgeslagen, dan noteren we een melding."),
    ("Waar kan ik met grofvuil terecht?", "sluikstort",
     "Grofvuil brengt u naar het recyclagepark, met uw identiteitskaart. Ophalen aan huis kan na afspraak."),
    ("Een straatlamp brandt niet: wat nu?", "straatverlichting",
     "Op de paal staat een nummer. Geef het door: we melden het aan de netbeheerder, die binnen tien werkdagen komt."),
    ("Hoe vraag ik een parkeerverbod aan voor een verhuis?", "signalisatie",
     "U vraagt het minstens tien werkdagen vooraf aan. Wij plaatsen de borden; u haalt ze niet zelf weg."),
    ("Mijn buren maken lawaai. Wat kan ik doen?", "geluidshinder",
     "Spreek eerst met uw buren. Is het nu, en houdt het niet op: bel 101. Komt het vaak terug, dan noteren we een "
     "melding voor de wijkinspecteur."),
    ("Ik maak me zorgen over iemand", "zorg-om-personen",
     "Vertel ons waarover u zich zorgen maakt. Alleen het Sociaal Huis leest het. U hoort enkel dat het is bezorgd. "
     "Is er nu gevaar, bel 112."),
]  # fmt: skip

OUTCOMES = [
    ("Opgeruimd", "afval-en-netheid", "We ruimden op: {plaats}, {vandaag}. Dank u om het te melden."),
    ("Niets aangetroffen", "", "We gingen kijken ({plaats}) en vonden niets meer. Ziet u het opnieuw, meld het ons."),
    ("Hersteld", "straten-en-pleinen", "{onderwerp}: hersteld op {vandaag}."),
    ("Op de planning", "groen", "We plannen dit mee in de volgende onderhoudsronde van {gebied}."),
]


def create() -> None:
    """Safe to repeat: a text that is there stays as it was edited."""
    city = Organisation.objects.get(code="stad")
    categories = {category.code: category for category in Category.objects.all()}
    for use, rows in ((TextUse.ANSWER, ANSWERS), (TextUse.OUTCOME, OUTCOMES)):
        for title, category, text in rows:
            StandardText.objects.get_or_create(
                organisation=city, use=use, title=EXAMPLE + title,
                defaults={"category": categories.get(category), "text": text},
            )  # fmt: skip
