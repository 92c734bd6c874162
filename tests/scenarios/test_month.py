"""The month: a file of reports comes in, three organisations work on it, and a PDF lies in every mailbox.

The last part is the night in which a worker is killed: nothing is lost, and nobody gets a thing twice.
"""

import datetime as dt
import io
import lzma
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, Message, State
from kortrijk_gebied.jobs.tasks import sweep
from signals.models import Report, Signal
from signals.workflow import TaskStatus
from teams.models import MonthlyReport
from teams.tasks import draft_monthly_reports, mail_due_reports
from tests.cast import area
from tests.conftest import Sink
from tests.permissions.surfaces import pdf_text
from tests.scenarios.screen import Page, Person
from tests.servers import Worker, wait_until

type Somebody = Callable[[str], Person]

ROWS = 2000
MONTH = "2025-01"
THIRD_WORKING_DAY = dt.datetime(2025, 2, 5, 7, 0, tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
def test_the_month(somebody: Somebody, worker: Worker, undo_delay_passes: Callable[[], None], smtp_sink: Sink) -> None:
    amber, bram = somebody("agent"), somebody("coordinator")

    a_file_comes_in(amber, worker)
    each_row_went_where_it_should()
    the_same_file_again_changes_nothing(amber, worker)
    assert not Message.objects.exists(), "an import tells nobody: that was told, or not, when it happened"

    signal = open_in_overleie()
    bram_asks_police_and_ocmw(bram, signal)
    the_police_accept(somebody("wijkinspecteur"), signal)
    the_ocmw_returns_it(somebody("buurtwerker"), signal)
    bram_reads_why_and_closes_it(bram, signal)
    a_caller_of_january_is_answered(amber, bram, undo_delay_passes, smtp_sink)

    what_only_one_organisation_may_know(somebody)
    overleie_is_sent_by_hand(worker, smtp_sink)
    the_copies_differ_where_they_must(smtp_sink)
    sent_by_hand_again_nothing_happens(worker, smtp_sink)

    the_others_leave_by_themselves_though_a_worker_is_killed(worker)
    everybody_has_one_of_each(smtp_sink)


# --- the file ------------------------------------------------------------------------------------------


def first_rows() -> bytes:
    source = settings.BASE_DIR / "signals" / "fixtures" / "meldingen_1777_2025.csv.xz"
    with lzma.open(source, "rt", encoding="utf-8-sig", newline="") as file:
        return "".join(line for line, _number in zip(file, range(ROWS + 1), strict=False)).encode()


def a_file_comes_in(amber: Person, worker: Worker) -> None:
    given = SimpleUploadedFile("januari.csv", first_rows(), "text/csv")
    seen = amber.presses("Opladen en bekijken", amber.opens(reverse("signals:imports")), {"Bestand": given})
    seen.says("In welke kolom staat wat?", "1777-2025-00001", "Straatverlichting")
    begun = amber.presses("Bestand importeren (2.000 rijen)", seen)
    worker.settle()
    done: Page = amber.opens(begun.url)
    done.says("Geïmporteerd 2.000", "Al bekend 0", "Geweigerd 0", "Alle rijen zijn opgenomen.")


def each_row_went_where_it_should() -> None:
    assert Report.objects.count() == ROWS
    signals = Signal.objects.all()
    assert 0 < signals.count() <= ROWS
    assert not signals.filter(route_reason="").exists(), "each keeps a sentence saying which rule sent it where"
    for subject, teams in (
        ("Ophaling afval", {"Openbaar domein"}),
        ("Straatverlichting", {"Fluvius openbare verlichting"}),
        ("Zorgwekkende woonsituatie", {"Sociale dienst"}),
        ("Geluidshinder", {"Wijkwerking Noord", "Wijkwerking Centrum", "Wijkwerking Zuid"}),
    ):
        sent = signals.filter(category__name=subject, tasks__isnull=False).values_list("tasks__team__name", flat=True)
        assert set() != set(sent) <= teams


def the_same_file_again_changes_nothing(amber: Person, worker: Worker) -> None:
    before = Counter(Signal.objects.values_list("status", flat=True))
    given = SimpleUploadedFile("januari opnieuw.csv", first_rows(), "text/csv")
    seen = amber.presses("Opladen en bekijken", amber.opens(reverse("signals:imports")), {"Bestand": given})
    begun = amber.presses("Bestand importeren (2.000 rijen)", seen)
    worker.settle()
    amber.opens(begun.url).says("Geïmporteerd 0", "Al bekend 2.000")
    assert Counter(Signal.objects.values_list("status", flat=True)) == before


# --- the work ------------------------------------------------------------------------------------------


def open_in_overleie() -> Signal:
    """Something of the file that is still open, in the area that three organisations follow."""
    found = Signal.objects.open().filter(area=area("Overleie"), owner__code="stad", routine=True)
    signal: Signal = found.earliest("reported_at")
    return signal


def page_of(person: Person, signal: Signal) -> Page:
    return person.opens(reverse("signals:signal", args=[signal.reference]))


def bram_asks_police_and_ocmw(bram: Person, signal: Signal) -> None:
    for team, asked in (("Wijkwerking Noord", "Extra toezicht"), ("Buurtwerk", "Met de buren praten")):
        page = bram.presses("Taak aanbieden", page_of(bram, signal), {"Team": team, "Wat vraag je?": asked})
        page.says(asked, f"{team}, aangeboden op")


def the_police_accept(lies: Person, signal: Signal) -> None:
    page = page_of(lies, signal)
    page.says("Extra toezicht")
    lies.presses("Aanvaarden", page).says("Wijkwerking Noord, aanvaard op")


def the_ocmw_returns_it(ilse: Person, signal: Signal) -> None:
    page = page_of(ilse, signal)
    ilse.presses("Taak teruggeven", page, {"Waarom?": "Dit is voor het buurtcomité."}).says(
        "Buurtwerk, teruggegeven op"
    )


def bram_reads_why_and_closes_it(bram: Person, signal: Signal) -> None:
    page = page_of(bram, signal)
    page.says("In het postvak omdat", "Dit is voor het buurtcomité.")
    closed = bram.presses("Afronden", page, {"Hoe liep het af?": "Opgeruimd; de buren houden een oog in het zeil."})
    closed.says("Afgerond op", "de buren houden een oog in het zeil")
    signal.refresh_from_db()
    assert not signal.is_open
    assert set(signal.tasks.exclude(team__organisation__code="stad").values_list("status", flat=True)) == {
        TaskStatus.WITHDRAWN,  # the police still had it
        TaskStatus.RETURNED,
    }


def a_caller_of_january_is_answered(
    amber: Person, bram: Person, undo_delay_passes: Callable[[], None], smtp_sink: Sink
) -> None:
    told = {
        "Onderwerp": "Onveilige situatie", "Plaats": "Overleiestraat 30", "Wat is er aan de hand?": "Losse dakgoot.",
        "Naam": "Carine", "E-mailadres": "carine@voorbeeld.example", "Ontvangen": "2025-01-15T10:00",
    }  # fmt: skip
    amber.presses("Bewaren", amber.opens(reverse("signals:intake")), told).says("Geregistreerd")
    signal = Signal.objects.get(category__name="Onveilige situatie", reports__reporter__name="Carine")
    bram.presses("Afronden", page_of(bram, signal), {"Hoe liep het af?": "De goot is vastgezet."})
    undo_delay_passes()
    (mail,) = smtp_sink.to("carine@voorbeeld.example", "Uw melding bij 1777")
    assert "De goot is vastgezet." in mail.get_content()


# --- the month on paper --------------------------------------------------------------------------------


def what_only_one_organisation_may_know(somebody: Somebody) -> None:
    """A limited matter of the police, and one that is sealed to the OCMW, both in Overleie in January."""
    for who, subject in (("wijkinspecteur", "Burenruzie"), ("dienstencentrum", "Bezorgd om iemand")):
        told = {
            "Onderwerp": subject, "Plaats": "Overleiestraat 7", "Wat is er aan de hand?": "Kwartelkoning.",
            "Ontvangen": "2025-01-20T09:00",
        }  # fmt: skip
        person = somebody(who)
        assert person.presses("Bewaren", person.opens(reverse("signals:intake")), told).status == 200


def by_hand(*options: str) -> list[str]:
    said = io.StringIO()
    call_command("monthly_reports", "--month", MONTH, *options, stdout=said)
    return said.getvalue().splitlines()


def overleie_is_sent_by_hand(worker: Worker, smtp_sink: Sink) -> None:
    smtp_sink.messages.clear()
    code = area("Overleie").code
    assert by_hand("--area", code) == [f"{MONTH} {code} {who}: drafted" for who in ("stad", "ocmw", "politie")]
    assert by_hand("--area", code, "--send") == [f"{MONTH} {code} {who}: sent" for who in ("stad", "ocmw", "politie")]
    worker.settle()
    assert {mail["To"] for mail in smtp_sink.messages} == {
        "coordinator@kortrijk.example", "gebiedswerker@kortrijk.example", "coordinator.ocmw@kortrijk.example",
        "buurtwerker@kortrijk.example", "wijkinspecteur@kortrijk.example",
    }  # fmt: skip


def attached(mail: EmailMessage) -> str:
    (file,) = mail.iter_attachments()
    assert file.get_content_type() == "application/pdf"
    document = file.get_content()
    assert isinstance(document, bytes)
    assert document.startswith(b"%PDF")
    return " ".join(pdf_text(document).split())


def the_copies_differ_where_they_must(smtp_sink: Sink) -> None:
    city, ocmw, police = (
        attached(smtp_sink.to(f"{who}@kortrijk.example")[0])
        for who in ("gebiedswerker", "buurtwerker", "wijkinspecteur")
    )
    for copy, name in ((city, "Stad Kortrijk"), (ocmw, "OCMW Kortrijk"), (police, "PZ Vlas")):
        assert f"Dit exemplaar is voor {name}" in copy
        assert "januari 2025" in copy
        assert "Overleie" in copy
        assert "Onveilige situatie" in copy
        assert "Kwartelkoning" not in copy
        assert "Bezorgd om iemand" not in copy
        assert "Burenruzie" not in copy
    assert "Er loopt één zaak bij PZ Vlas" in city
    assert "Er loopt één zaak bij PZ Vlas" in ocmw
    assert "bij PZ Vlas" not in police
    assert "Beperkt, zonder onderwerp" in police
    assert "Beperkt, zonder onderwerp" not in ocmw, "it keeps nothing limited here, and what it sealed is in no copy"


def sent_by_hand_again_nothing_happens(worker: Worker, smtp_sink: Sink) -> None:
    mails, rows = len(smtp_sink.messages), MonthlyReport.objects.count()
    code = area("Overleie").code
    again = by_hand("--area", code, "--send")
    assert again == [f"{MONTH} {code} {who}: sent already" for who in ("stad", "ocmw", "politie")]
    worker.settle()
    assert (len(smtp_sink.messages), MonthlyReport.objects.count()) == (mails, rows)


# --- the night -----------------------------------------------------------------------------------------


def the_others_leave_by_themselves_though_a_worker_is_killed(worker: Worker) -> None:
    with time_machine.travel(THIRD_WORKING_DAY):
        draft_monthly_reports()
        mail_due_reports()
        mail_due_reports()
    jobs = Job.objects.filter(kind="monthly report")
    assert jobs.count() == MonthlyReport.objects.drafts().count() > 0, "one job each, however often beat wakes"

    wait_until(lambda: jobs.filter(state=State.RUNNING).exists(), what="a worker renders a report")
    worker.kill()
    left = list(jobs.filter(state=State.RUNNING))
    assert left, "killed in the middle of it"
    assert MonthlyReport.objects.filter(pk__in=[job.payload["report"] for job in left], state="draft").exists()

    Job.objects.filter(state=State.RUNNING).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    Message.objects.filter(state=State.RUNNING).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    worker.start()
    sweep()
    worker.settle()
    assert set(jobs.values_list("state", flat=True)) == {State.DONE}
    assert not MonthlyReport.objects.drafts().exists()


def everybody_has_one_of_each(smtp_sink: Sink) -> None:
    got = Counter((str(mail["To"]), str(mail["Subject"])) for mail in smtp_sink.messages)
    assert set(got.values()) == {1}
    assert got["gebiedswerker@kortrijk.example", "Maandrapport Pius X, januari 2025"] == 1
    assert got["deelgemeente@kortrijk.example", "Maandrapport Marke, januari 2025"] == 1
    assert len({mail["Message-ID"] for mail in smtp_sink.messages}) == len(smtp_sink.messages)
    for mail in smtp_sink.messages:
        assert attached(mail)
