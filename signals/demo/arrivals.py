"""What came in by itself and nobody read yet: mails and reports of the website, by the way they always come in."""

from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.demo.photos import drawn
from signals.incoming.fetching import store
from signals.incoming.taking import take
from signals.intake import Contact, register
from signals.models import Category, Channel, IncomingMail, Signal
from signals.whereabouts import whereabouts
from signals.workflow import SignalStatus

# Subjects that everybody may follow: what lies or stands in the street, never what somebody does.
PUBLIC = [
    "sluikstort", "zwerfvuil", "volle-vuilnisbak", "straatverlichting", "losse-tegels-of-voetpad", "put-in-de-weg",
    "verkeerslichten", "verstopt-rioolputje", "groenbeheer", "fietswrak",
]  # fmt: skip
MAILS = [
    ("Lotte Declercq", "lotte@voorbeeld.example", "Lamp voor de school",
     "Goeiemorgen\n\nDe straatlamp aan de Overleiestraat 47 flikkert al een week. Mijn dochter steekt daar over.\n\n"
     "Vriendelijke groeten\nLotte"),
    ("Wim Taelman", "wim.taelman@voorbeeld.example", "bezorgd",
     "Mijn bovenbuur heb ik al twee weken niet meer gehoord. Vroeger groette hij altijd. Kan iemand eens gaan kijken? "
     "Sint-Denijseweg 12."),
    ("Fietsersbond", "info@fietsers.example", "FW: put Doorniksewijk",
     "Kan dit bij de juiste dienst komen?\n\nVan: Jan\nVerzonden: maandag\nOnderwerp: put\n\n"
     "Ter hoogte van Doorniksewijk 101 zit een put van tien centimeter in het fietspad."),
]  # fmt: skip
WEB = [
    ("zwerfvuil", "Buda-eiland", "Na het weekend ligt het gras vol blikjes en bekers."),
    ("geluidshinder", "Grote Markt", "Elke vrijdag muziek tot drie uur op het terras. Slapen lukt niet meer."),
]
LEFT_OVER = b"From: nieuwsbrief@winkel.example\r\nSubject: \r\nDate: Sat, 21 Nov 2026 09:00:00 +0100\r\n\r\n"


def arrive() -> None:
    """Safe to run again."""
    if IncomingMail.objects.exists():
        return
    Category.objects.filter(code__in=PUBLIC).update(public=True)
    for number, (name, address, subject, text) in enumerate(MAILS):
        mail = EmailMessage()
        mail["From"], mail["Subject"], mail["To"] = f"{name} <{address}>", subject, settings.DEFAULT_FROM_EMAIL
        mail["Message-ID"], mail["Date"] = f"<voorbeeld-{number}@voorbeeld.example>", "Sat, 21 Nov 2026 14:30:00 +0100"
        mail.set_content(text)
        if number == 0:
            mail.add_attachment(drawn(3), maintype="image", subtype="jpeg", filename="lamp.jpg")
        _receive(mail.as_bytes())
    _receive(LEFT_OVER)
    for code, place, words in WEB:
        where = whereabouts(place, on=timezone.localdate())
        longitude, latitude = where.point or (None, None)
        contact = Contact(
            category=Category.objects.get(code=code), description=words, channel=Channel.WEB, place=where.text or place,
            longitude=longitude, latitude=latitude, location=where.location, unread=True,
        )  # fmt: skip
        register(contact)
    new = Signal.objects.filter(status=SignalStatus.NEW, reports__channel__in=[Channel.MAIL, Channel.WEB])
    Signal.objects.filter(pk__in=new.values("pk")).update(invented=True)
    # Nobody is behind these addresses.
    Message.objects.filter(key__startswith="receipt:").delete()


def _receive(raw: bytes) -> None:
    store(raw, len(raw))
    take(IncomingMail.objects.latest("received_at", "pk"))
