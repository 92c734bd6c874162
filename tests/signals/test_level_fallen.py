"""What a colleague wrote while a signal was secret stays as secret, when it is read as open and so becomes less secret.

Reading what came in by itself is the only way in which that happens (docs/decisions/025).
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signals.arrivals import admit
from signals.attaching.files import read_file
from signals.attaching.keeping import attach_file, describe
from signals.handing import hand_over, refer_outside, refer_person
from signals.levels import Level
from signals.models import Attachment, Category, EventKind, Handover, Signal, SignalEvent, SignalTag, Tag
from signals.models.corrected import Spot
from signals.models.tags import tag_signal, untag_signal
from signals.waiting import remind_of_handovers
from teams.access import access_of
from teams.models import Team, User
from tests.cast import Cast, area
from tests.signals.files import pdf, picture, upload
from tests.signals.incoming.conftest import Receive, letter, made, receive  # noqa: F401

type SignIn = Callable[[User], Client]
type Write = Callable[[Signal, User], object]

SECRET = re.compile("kwibbel|Buurtwerk", re.IGNORECASE)
DAY = dt.timedelta(days=1)


@pytest.fixture
def mail(receive: Receive, cast: Cast) -> Signal:  # noqa: F811
    found: Signal = made(receive(letter("De lamp is stuk."))).signal
    Signal.objects.filter(pk=found.pk).update(area=area("Overleie"))
    found.refresh_from_db()
    assert found.level == Level.LIMITED
    return found


def read_as_open(mail: Signal, by: User) -> None:
    admit(signal=mail, by=by, category=Category.objects.get(name="Sluikstort"))
    assert mail.level == Level.OPEN


# --- what somebody may write ----------------------------------------------------------------------------


def outside(mail: Signal, by: User) -> Handover:
    return refer_outside(signal=mail, by=by, outside="Kwibbelzorg", text="kwibbelzin")


def declined(mail: Signal, by: User) -> None:
    outside(mail, by).decline(by=by, reason="kwibbelreden")


def withdrawn(mail: Signal, by: User) -> None:
    outside(mail, by).withdraw(by=by)


def confirmed(mail: Signal, by: User) -> None:
    """And it came back: the reporter wrote again."""
    outside(mail, by).confirm(by=by, answer="kwibbelantwoord")
    mail.refresh_from_db()
    mail.reopen(by=None, reason="De melder schreef terug.")


def retracted(mail: Signal, by: User) -> None:
    asked = outside(mail, by)
    asked.confirm(by=by, answer="kwibbelantwoord")
    asked.retract(by=by, reason="kwibbelreden")
    mail.refresh_from_db()


def closed(mail: Signal, by: User) -> None:
    mail.close(by=by, outcome="kwibbelafloop")
    mail.reopen(by=by, reason="kwibbelreden")


def cancelled(mail: Signal, by: User) -> None:
    mail.cancel(by=by, reason="kwibbelreden")
    mail.reopen(by=None, reason="De melder schreef terug.")


def waited(mail: Signal, by: User) -> None:
    until = timezone.localdate() + DAY
    mail.wait(by=by, until=until, waiting_for="other", reason="kwibbelreden")
    mail.resume(by=by)


def misplaced(mail: Signal, by: User) -> None:
    for place in ("Kwibbelhuis, tweede verdiep", "Overleiestraat 8"):
        mail.correct(by=by, category=mail.category, spot=Spot(place, area_id=mail.area_id), route=None)


def tagged(mail: Signal, by: User) -> None:
    tag_signal(signal=mail, name="kwibbelzucht", by=by)


def untagged(mail: Signal, by: User) -> None:
    tagged(mail, by)
    untag_signal(signal=mail, name="kwibbelzucht")


def noted(mail: Signal, by: User) -> None:
    mail.add_note(by=by, text="kwibbelnota")


def returned(mail: Signal, by: User) -> None:
    task = mail.offer(team=Team.objects.get(code="buurtwerk"), title="Kwibbelwerk", by=by)
    task.give_back(by=by, reason="kwibbelreden")
    mail.refresh_from_db()


def shared(mail: Signal, by: User) -> None:
    mail.share(
        by=by, team=Team.objects.get(code="buurtwerk"), text="kwibbelzin", legal_ground="x", purpose="y",
        expires_at=timezone.now() + DAY,
    )  # fmt: skip


def asked_to_take_over(mail: Signal, by: User) -> None:
    """Which falls away when the mail is read."""
    team = Team.objects.get(code="buurtwerk")
    hand_over(signal=mail, by=by, team=team, text="kwibbelzin", legal_ground="toestemming")


def photographed(mail: Signal, by: User) -> None:
    """What came along is of the reporter; what is to be seen on it, a colleague says."""
    photo = attach_file(signal=mail, file=read_file(upload(picture())), by=None, report=mail.reports.get())
    describe(attachment=photo, description="kwibbelgezicht")


def renamed(mail: Signal, by: User) -> None:
    paper = attach_file(signal=mail, file=read_file(upload(pdf(), "Brief.pdf")), by=None, report=mail.reports.get())
    describe(attachment=paper, description="", name="kwibbelbrief")


def brought(mail: Signal, by: User) -> None:
    """A file of a colleague, whatever it is called."""
    attach_file(signal=mail, file=read_file(upload(pdf(), "kwibbelbrief.pdf")), by=by)


WAYS = [
    declined, withdrawn, confirmed, retracted, closed, cancelled, waited, misplaced, tagged, untagged, noted, returned,
    shared, asked_to_take_over, photographed, renamed, brought,
]  # fmt: skip


class TestWritten:
    @pytest.mark.parametrize("write", WAYS, ids=lambda write: write.__name__)
    def test_is_for_its_owner_only(self, cast: Cast, mail: Signal, sign_in: SignIn, write: Write) -> None:
        write(mail, cast["coordinator"])
        mail.refresh_from_db()
        read_as_open(mail, cast["agent"])
        pages = [reverse(f"signals:{name}", args=[mail.reference]) for name in ("signal", "signal-history")]
        police, city = sign_in(cast["wijkinspecteur"]), sign_in(cast["coordinator"])
        assert [SECRET.findall(police.get(page).text) for page in pages] == [[], []]
        assert "De lamp is stuk." in police.get(pages[0]).text
        assert SECRET.search("".join(city.get(page).text for page in pages))
        heard = SignalEvent.objects.filter(signal=mail, level=Level.OPEN)  # by partners, in Open311
        assert not [event for event in heard if SECRET.search(f"{event.data}")]

    def test_outside_has_no_page_for_others(self, cast: Cast, mail: Signal, sign_in: SignIn) -> None:
        confirmed(mail, cast["coordinator"])
        read_as_open(mail, cast["agent"])
        page = reverse("signals:handover", args=[Handover.objects.get().pk])
        assert [sign_in(cast[who]).get(page).status_code for who in ("wijkinspecteur", "coordinator")] == [404, 200]

    def test_goes_on_being_secret_while_it_waits(self, cast: Cast, mail: Signal) -> None:
        """A person referred: the answer comes late, when the signal is open."""
        how: Any = {"by": cast["coordinator"], "text": "kwibbelzin", "legal_ground": "toestemming"}
        asked = refer_person(signal=mail, team=Team.objects.get(code="buurtwerk"), **how)
        read_as_open(mail, cast["agent"])
        Handover.objects.update(due_at=timezone.now() - DAY)
        assert remind_of_handovers() == 1
        asked.decline(by=cast["buurtwerker"], reason="kwibbelreden")
        told = mail.events.filter(kind__in=[EventKind.ASKED, EventKind.REMINDED, EventKind.DECLINED])
        assert list(told.values_list("level", flat=True)) == [Level.LIMITED] * 3

    def test_on_a_tag_is_found_by_its_owner_only(self, cast: Cast, mail: Signal, sign_in: SignIn) -> None:
        tagged(mail, cast["coordinator"])
        read_as_open(mail, cast["agent"])
        found = f"{reverse('inbox')}?tab=alles&label=kwibbelzucht"
        shown = [mail.reference in sign_in(cast[who]).get(found).text for who in ("wijkinspecteur", "coordinator")]
        assert shown == [False, True]
        readers = [who for who in cast if Tag.objects.readable(access_of(cast[who])).exists()]
        assert "coordinator" in readers
        assert {cast[who].organisation for who in readers} == {mail.owner}

    def test_afterwards_is_for_everybody_who_reads_it(self, cast: Cast, mail: Signal, sign_in: SignIn) -> None:
        """The control: on what is open the same words are open."""
        read_as_open(mail, cast["agent"])
        for write in (tagged, noted, closed, declined):
            write(mail, cast["coordinator"])
            mail.refresh_from_db()
        told = SECRET.findall(sign_in(cast["wijkinspecteur"]).get(mail_page(mail)).text)
        assert {"kwibbel"} <= {word.lower() for word in told}
        assert Handover.objects.get().level == SignalTag.objects.get().level == Level.OPEN


def mail_page(mail: Signal) -> Any:
    return reverse("signals:signal", args=[mail.reference])


class TestCameIn:
    def test_becomes_as_open_as_the_signal(self, cast: Cast, mail: Signal) -> None:
        """With the photo that nobody said a word of, made unrecognisable or not."""
        attach_file(signal=mail, file=read_file(upload(picture())), by=None, report=mail.reports.get())
        read_as_open(mail, cast["agent"])
        assert Attachment.objects.get().level == Level.OPEN
        assert set(mail.events.filter(level=Level.OPEN).values_list("kind", flat=True)) >= {
            EventKind.REGISTERED, EventKind.READ,
        }  # fmt: skip


class TestRaised:
    def test_raises_what_was_asked_outside_and_its_tags(self, cast: Cast, report: Callable[..., Signal]) -> None:
        signal = report("Onveilige situatie")
        for write in (tagged, declined):
            write(signal, cast["coordinator"])
        signal.refresh_from_db()
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        assert Handover.objects.get().level == SignalTag.objects.get().level == Level.LIMITED
