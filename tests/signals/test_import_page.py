"""The same as the command, on a page: upload, columns, preview, a worker, the result."""

import csv
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import MAX_ATTEMPTS, Job
from kortrijk_gebied.jobs.registry import perform
from signals.importing import importer
from signals.importing.mapping import proposed
from signals.importing.run import run
from signals.models import Report, ReportImport
from tests.cast import Cast
from tests.signals.test_import_reports import HEADER, row

type SignIn = Callable[..., Client]


def a_file(*rows: dict[str, str], header: list[str] = HEADER, name: str = "maart.csv") -> SimpleUploadedFile:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=";", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode("cp1252"))


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast["coordinator"])


def upload(client: Client, *rows: dict[str, str], **file: object) -> ReportImport:
    answer = client.post(reverse("signals:imports"), {"file": a_file(*rows, **file)})  # type: ignore[arg-type]
    made = ReportImport.objects.get()
    assert answer.url == page(made)  # type: ignore[attr-defined]
    return made


def page(made: ReportImport, what: str = "import") -> str:
    return reverse(f"signals:{what}", args=[made.pk])


def chosen(**other: str) -> dict[str, str]:
    return {**proposed(HEADER), **other}


def work() -> None:
    for job in Job.objects.due():
        claimed = Job.objects.claim(job.pk)
        assert claimed is not None
        perform(claimed)


class TestUpload:
    def test_shows_the_columns_and_the_first_rows_with_their_problems(self, coordinator: Client) -> None:
        made = upload(coordinator, row("1"), row("2", Onderwerp="Vliegende schotel"))
        shown = coordinator.get(page(made)).text
        assert '<option value="Datum melding" selected>' in shown
        assert "Onderwerp “Vliegende schotel” is niet bekend." in shown
        assert "Bestand importeren (2 rijen)" in shown
        assert not Report.objects.exists()

    def test_proposes_columns_that_are_called_otherwise(self, coordinator: Client) -> None:
        made = upload(coordinator, header=["Id", "Ontvangen", "Categorie", "Lat", "Lon"])
        shown = coordinator.get(page(made)).text
        assert all(
            f'<option value="{name}" selected>' in shown for name in ["Id", "Ontvangen", "Categorie", "Lat", "Lon"]
        )

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [(b"", "Dit bestand is leeg."), (b"\x89PNG\0\0\0", "Dit is geen CSV-bestand of rekenblad.")],
    )
    def test_refuses_what_it_cannot_read(self, coordinator: Client, content: bytes, sentence: str) -> None:
        answer = coordinator.post(reverse("signals:imports"), {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert not ReportImport.objects.exists()

    def test_refuses_200_megabytes(self, coordinator: Client, settings: object) -> None:
        settings.IMPORT_MAX_BYTES = 2 * 1024 * 1024  # type: ignore[attr-defined]
        large = SimpleUploadedFile("jaar.csv", b"x" * 4 * 1024 * 1024)
        answer = coordinator.post(reverse("signals:imports"), {"file": large})
        assert answer.status_code == 422
        assert "Dit bestand is groter dan 2 MB. Splits het, bijvoorbeeld per maand" in answer.text


class TestColumns:
    def test_keeps_another_choice_and_shows_the_rows_again(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        answer = coordinator.post(page(made, "import-columns"), chosen(place="Deelgemeente"), follow=True)
        made.refresh_from_db()
        assert made.mapping["place"] == "Deelgemeente"
        assert "Deze rijen kunnen allemaal mee." in answer.text

    def test_asks_for_the_columns_it_cannot_do_without(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        answer = coordinator.post(page(made, "import-execution"), chosen(category=""))
        assert answer.status_code == 422
        assert "Kies de kolom waarin dit staat." in answer.text
        assert not Job.objects.exists()

    def test_shows_what_a_wrong_choice_gives(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        answer = coordinator.post(page(made, "import-columns"), chosen(received_at="Straat"), follow=True)
        assert "Datum van de melding “Overleiestraat” is niet leesbaar als dag/maand/jaar." in answer.text


class TestExecution:
    def test_imports_and_counts(self, coordinator: Client) -> None:
        made = upload(coordinator, row("1"), row("2"), row("3", Onderwerp="Vliegende schotel"))
        coordinator.post(page(made, "import-execution"), chosen())
        assert 'hx-trigger="every 2s"' in coordinator.get(page(made)).text
        work()
        made.refresh_from_db()
        assert (made.imported, made.already_known, made.rejected) == (2, 0, 1)
        done = coordinator.get(page(made, "import-progress")).text
        assert "Geweigerde rijen downloaden" in done
        assert "hx-trigger" not in done

    def test_starts_once_however_often_it_is_asked(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        for _time in range(2):
            coordinator.post(page(made, "import-execution"), chosen())
        assert Job.objects.count() == 1

    def test_gives_the_refused_rows_with_their_reason(self, coordinator: Client) -> None:
        made = upload(coordinator, row("3", Onderwerp="Vliegende schotel"))
        coordinator.post(page(made, "import-execution"), chosen())
        work()
        answer = coordinator.get(page(made, "import-refused"))
        assert 'filename="geweigerde rijen maart.csv"' in answer["Content-Disposition"]
        assert "Onderwerp “Vliegende schotel” is niet bekend." in answer.getvalue().decode("utf-8-sig")

    def test_erases_the_upload_when_it_is_done(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        file, name = made.file, str(made.file.name)
        coordinator.post(page(made, "import-execution"), chosen())
        work()
        assert not file.storage.exists(name)

    def test_goes_on_counting_after_a_worker_died(self, coordinator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importer, "BATCH", 1)
        made = upload(coordinator, row("1"), row("2"))
        coordinator.post(page(made, "import-execution"), chosen())
        made.refresh_from_db()

        def dies(done: int, _total: int) -> None:
            if done == 2:
                raise ConnectionError("the worker is gone")

        with pytest.raises(ConnectionError):  # the second batch is neither written nor counted
            run(made, advance=dies)
        assert Report.objects.count() == 1
        work()
        made.refresh_from_db()
        assert (made.imported, made.already_known) == (2, 0)

    def test_that_was_read_to_its_end_is_over_for_who_takes_it_over(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        coordinator.post(page(made, "import-execution"), chosen())
        made.refresh_from_db()
        run(made, advance=lambda _done, _total: None)  # and then its worker dies, before it says so
        work()
        made.refresh_from_db()
        assert made.job is not None
        assert (made.imported, made.job.state) == (1, "done")

    def test_says_in_words_why_it_stopped(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        coordinator.post(page(made, "import-execution"), chosen())
        with made.file.open("wb") as file:
            file.write(b"Iets;anders\n1;2\n")
        work()
        shown = coordinator.get(page(made)).text
        assert "Het importeren is gestopt" in shown
        assert "De kolommen kloppen niet" in shown

    def test_shows_no_words_of_a_program(self, coordinator: Client) -> None:
        made = upload(coordinator, row())
        coordinator.post(page(made, "import-execution"), chosen())
        Job.objects.update(
            state="failed", attempts=MAX_ATTEMPTS, error="KeyError: 'x'", finished_at="2026-03-03T10:00Z"
        )  # fmt: skip
        shown = coordinator.get(page(made)).text
        assert "Er ging iets mis bij ons." in shown
        assert "KeyError" not in shown


class TestWho:
    def test_is_for_who_registers_for_the_city_at_a_desk(self, cast: Cast, sign_in: SignIn) -> None:
        for person in ("agent", "coordinator", "gebiedswerker"):
            assert sign_in(cast[person]).get(reverse("signals:imports")).status_code == 200
        for person in ("gemeenschapswacht", "coordinator.ocmw", "dienstencentrum", "uitvoerder", "beheerder", "dpo"):
            assert sign_in(cast[person]).get(reverse("signals:imports")).status_code == 403

    def test_tells_colleagues_the_counts_and_not_the_content(
        self, coordinator: Client, cast: Cast, sign_in: SignIn
    ) -> None:
        made = upload(coordinator, row())
        colleague = sign_in(cast["agent"])
        assert "maart.csv" in colleague.get(reverse("signals:imports")).text
        for what in ("import", "import-progress", "import-refused"):
            assert colleague.get(page(made, what)).status_code == 404
        for what in ("import-columns", "import-execution"):
            assert colleague.post(page(made, what), chosen()).status_code == 404
        assert coordinator.get(page(made)).status_code == 200

    def test_asks_as_few_questions_for_many_imports(
        self, coordinator: Client, cast: Cast, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        user = cast["coordinator"]
        ReportImport.objects.bulk_create(
            ReportImport(organisation=user.organisation, by=user, name=f"{number}.csv") for number in range(40)
        )
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
            coordinator.get(reverse("signals:imports"))
