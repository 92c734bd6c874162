"""Secrets of three organisations, each with a nonsense word of its own in every place where people write.

`kwibbelocmw2taak` stands in the title of a task on what is sealed to the OCMW, and nowhere else in the world.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from signals.handing import refer_person
from signals.intake import Contact, register
from signals.joining import join, separate
from signals.levels import Level
from signals.models import (
    ActionEvidence,
    AgendaSubject,
    Attachment,
    AttachmentKind,
    Bulk,
    BulkRow,
    Category,
    Channel,
    DeliveredPhoto,
    Delivery,
    Dossier,
    IncomingMail,
    MailState,
    Mention,
    PartnerKey,
    PartnerReport,
    Report,
    RoutingRule,
    Signal,
    UnprovenAddress,
)
from signals.models.status_links import status_url
from signals.models.tags import tag_signal
from teams.access import grant
from teams.models import Action, AgendaPoint, Membership, Organisation, Team, User
from tests.cast import OVERLEIE, Cast

# The team that keeps what is secret, and the one person of the cast who reads sealed matter there.
KEEPERS = {
    "stad": ("preventie", "projectmedewerker"),
    "ocmw": ("sociale-dienst", "verpleegkundige"),
    "politie": ("wijkwerking-noord", "wijkinspecteur"),
}
TABLE = "gebiedsteam-overleie-pius-x"  # where what is open is lifted to
RECEIVERS = {"stad": "wijkwerking-noord", "ocmw": "wijkwerking-noord", "politie": "sociale-dienst"}
# Where people write. `deelzin` is the sentence written for another team: that team alone reads it.
FIELDS = ("tekst", "plaats", "nota", "taak", "gedaan", "naam", "later", "foto", "stuk", "toestel")


@dataclass(frozen=True)
class Secret:
    """`running` holds everything; `over` is closed, with words about how it ended."""

    organisation: str
    level: Level
    running: Signal
    over: Signal

    def word(self, field: str) -> str:
        return word(self.organisation, self.level, field)

    @property
    def stem(self) -> str:
        return word(self.organisation, self.level, "")

    def is_for(self, role: str, cast: Cast) -> bool:
        """Whether this person may read its words: by hand, not by the code that is tested."""
        if self.level == Level.SEALED:
            return role == KEEPERS[self.organisation][1]
        return str(cast[role].organisation) == str(self.running.owner)


def word(organisation: str, level: int, field: str) -> str:
    return f"kwibbel{organisation}{int(level)}{field}"


def prepare(cast: Cast) -> None:
    """The city keeps nothing sealed of its own accord: give it a team that does, and each a subject per level."""
    preventie = Team.objects.get(code="preventie")
    grant(preventie, "view_sealed", preventie)
    Membership.objects.create(
        user=cast["projectmedewerker"], team=preventie, function="executor",
        starts=timezone.localdate() - dt.timedelta(days=9),
    )  # fmt: skip
    for organisation in KEEPERS:
        for level in (Level.LIMITED, Level.SEALED):
            subject(organisation, level)


def _by_a_program(report: Report) -> None:
    """As if the school had sent it: what a program reported itself, it follows; never what is secret of it."""
    school = {"organisation": Organisation.objects.get(code="school"), "valid_until": timezone.localdate()}
    key, _created = PartnerKey.objects.get_or_create(hashed="0" * 64, defaults={"name": "Proef", **school})
    PartnerReport.objects.create(report=report, key=key)


def subject(organisation: str, level: Level) -> Category:
    found, created = Category.objects.get_or_create(
        code=f"proef-{organisation}-{int(level)}",
        defaults={
            "name": f"Proef {organisation} {int(level)}", "owner": Organisation.objects.get(code=organisation),
            "level": level, "parent": Category.objects.get(name="Overlast en veiligheid"),
        },
    )  # fmt: skip
    if created:
        team = Team.objects.get(code=KEEPERS[organisation][0])
        RoutingRule.objects.create(name=f"Proef {organisation} {int(level)}", category=found, team=team, priority=1)
    return found


def plant(cast: Cast, organisation: str, level: Level) -> Secret:
    def write(field: str) -> str:
        return f"Over {word(organisation, level, field)}."

    keeper = cast[KEEPERS[organisation][1]]
    running, over = (_told(cast, organisation, level, write) for _which in range(2))
    running.tasks.update(title=write("taak"))
    running.add_note(by=keeper, text=write("nota"), level=level, team=running.team)
    task = running.offer(team=_team(KEEPERS[organisation][0]), title=f"Nog eens {write('taak')}", by=keeper)
    task.complete(by=keeper, outcome=write("gedaan"))
    photo = Attachment(
        signal=running, organisation=running.owner, team=running.team, width=1, height=1, size=1, sha256="0" * 64,
        level=level, description=write("foto"),
    )  # fmt: skip
    photo.thumbnail.save("klein", ContentFile(b"x"), save=False)
    photo.file.save(f"{word(organisation, level, 'foto')}.jpg", ContentFile(b"x"), save=True)
    paper = Attachment(
        signal=running, organisation=running.owner, team=running.team, kind=AttachmentKind.DOCUMENT, pages=1, size=1,
        sha256="1" * 64, level=level, name=word(organisation, level, "stuk"),
    )  # fmt: skip
    paper.file.save("stuk.pdf", ContentFile(b"x"), save=True)
    tag_signal(signal=running, name=word(organisation, level, "label"), by=keeper)
    BulkRow.objects.create(bulk=Bulk.objects.create(by=keeper, act="label"), signal=running)
    running.share(
        by=keeper, team=_team(RECEIVERS[organisation]), text=f"deelzin{organisation}", legal_ground="AVG 6.1.e",
        purpose=f"deelzin{organisation}", expires_at=timezone.now() + dt.timedelta(days=7),
    )  # fmt: skip
    refer_person(
        signal=running, by=keeper, team=_team(RECEIVERS[organisation]), text=f"deelzin{organisation}",
        legal_ground="AVG 6.1.e",
    )  # fmt: skip
    status_url(running.reports.all()[0])
    first = running.reports.earliest("received_at")
    UnprovenAddress.objects.create(report=first, email=f"{word(organisation, level, 'naam')}@voorbeeld.example")
    IncomingMail.objects.create(
        organisation=running.owner, fingerprint=uuid7().hex, raw="mail/x.eml", size=1, state=MailState.REGISTERED,
        report=first, sender=f"{word(organisation, level, 'naam')}@voorbeeld.example",
    )  # fmt: skip
    Mention.objects.create(note=running.notes.all()[0], user=keeper)
    assert running.team
    assert running.area
    dossier = Dossier.begin(
        by=keeper, title=word(organisation, level, "dossier"), kind="other", purpose=write("dossier"),
        team=running.team, area=running.area, level=level,
    )  # fmt: skip
    dossier.add(running, by=keeper)
    dossier.add_note(by=keeper, text=write("dossier"))
    _left_behind(running, keeper)
    separate(join(over, into=running, by=keeper), by=keeper)
    over.close(by=keeper, outcome=write("gedaan"))
    for signal in (running, over):
        signal.refresh_from_db()
    return Secret(organisation, level, running, over)


def _left_behind(signal: Signal, by: User) -> None:
    """Links that go when something becomes secret (tests/signals/test_lifting.py), as if one had been forgotten: the
    pages of the table ask again what is open."""
    team = _team(TABLE)
    action = Action(title="Leieboorden", team=team, created_by=by)
    action.lie_in(team.areas.current())
    ActionEvidence.objects.create(action=action, signal=signal, by=by)
    point = AgendaPoint.objects.create(team=team, title="Leieboorden", raised_by=by)
    AgendaSubject.objects.create(point=point, signal=signal, by=by)


def _told(cast: Cast, organisation: str, level: Level, write: Callable[[str], str]) -> Signal:
    """Told twice, the second time by a warden of the city, and both times by somebody with a name."""
    first = Contact(
        category=subject(organisation, level), description=write("tekst"), place=f"Overleiestraat, {write('plaats')}",
        registered_by=cast["agent"], longitude=OVERLEIE[0], latitude=OVERLEIE[1],
        name=word(organisation, level, "naam"), email=f"{word(organisation, level, 'naam')}@voorbeeld.example",
    )  # fmt: skip
    signal = register(first).signal
    _by_a_program(signal.reports.get())
    again = Contact(
        category=signal.category, description=write("later"), place=first.place, channel=Channel.WARDEN,
        registered_by=cast["gemeenschapswacht"], longitude=OVERLEIE[0], latitude=OVERLEIE[1],
    )  # fmt: skip
    _brought_by_a_tablet(register(again, join=signal), word(organisation, level, "toestel"))
    signal.refresh_from_db()
    return signal


def _brought_by_a_tablet(report: Report, problem: str) -> None:
    """With what its author was told, and a photo that could not be read."""
    author = report.registered_by
    assert author
    delivery = Delivery.objects.create(
        pk=report.pk, kind="signal", schema=1, sha256="0" * 64, author=author, by=author,
        result="joined", message=problem, signal=report.signal, report=report,
    )  # fmt: skip
    DeliveredPhoto.objects.create(delivery=delivery, position=1, sha256="1" * 64, problem=problem)


def _team(code: str) -> Team:
    return Team.objects.get(code=code)


def plant_all(cast: Cast) -> list[Secret]:
    prepare(cast)
    return [plant(cast, who, level) for who in KEEPERS for level in (Level.LIMITED, Level.SEALED)]


def clues(secrets: Iterable[Secret]) -> list[str]:
    """Everything that must not be read: stems of words, and references, which are nobody's business either."""
    found = []
    for secret in secrets:
        found += [secret.stem, secret.running.reference, secret.over.reference]
    return found
